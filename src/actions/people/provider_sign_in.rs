//! Whoever the municipality's own provider vouches for, and the account that is theirs.
//!
//! Promise: role and name follow the provider's newest claims, and older ones change nothing. Who is given no role any longer loses the
//! access that the provider gave, and the sessions. An existing account becomes somebody's by an address that the provider has verified,
//! within the municipality that it names, and by nothing else; a program's account and one that somebody closed never do. Whoever is
//! responsible for what the new role cannot have is out until it is handed over, so that it is flagged; and one administrator stays.

use crate::{
    actions::{
        ActionError,
        people::{
            account_changes::{check_role, keep_an_administrator, record},
            account_closing::shut,
            accounts::{by, new_row},
            work::look_again,
        },
    },
    context::{Account, Context, Services},
    crypto::token_hash,
    domain::{
        people::{
            access::Role,
            account::{AccountField, RoleConfirmation},
            provider_claims::ProviderPerson,
        },
        values::{
            day::At,
            localized::{Localized, localized},
            text::Line,
        },
    },
    store::{
        Conn, StoreError, Tx, accounts, identities,
        schema::{AccountRow, IdentityRow, SpentSignInRow},
        system::doors,
    },
};
use chrono::{DateTime, Utc};

/// By which way somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VouchedBy {
    /// A sign-in: what it does not give is taken away.
    SignIn,
    /// A token that was made for something else as well: what it does not give, it does not give.
    Token,
}

/// What became of somebody's coming.
#[derive(Clone, Debug)]
pub enum Arrival {
    Welcome(Account),
    /// No claim gives a role.
    NoRole,
    /// The claims name no municipality, or another than the account's.
    NoMunicipality,
    /// There is no account yet, and no address to make one with.
    NoAddress,
    /// The address is another account's, or it is not verified.
    AddressTaken,
    /// Somebody here has closed the account.
    Closed,
    /// Another role, which cannot have what its holder is responsible for.
    HasWork,
    /// Another role, and no administrator would be left.
    LastAdministrator,
    /// Newer claims were followed since.
    Outdated,
}

impl Arrival {
    /// What to do, for whoever is not let in.
    pub fn words(&self) -> Localized {
        match self {
            Self::Welcome(_) => localized("", ""),
            Self::NoRole => localized(
                "Kommunens login giver dig ingen rolle i RetteMatch. Bed den, der styrer brugere hos jer, om at give dig en.",
                "The municipality's sign-in gives you no role in RetteMatch. Ask whoever keeps the users of your municipality for one.",
            ),
            Self::NoMunicipality => localized(
                "Kommunens login siger, at du hører til en anden kommune eller ingen. Bed den, der styrer brugere hos jer, om at se på det.",
                "The municipality's sign-in says that you belong to another municipality, or to none. Ask whoever keeps its users to look at it.",
            ),
            Self::NoAddress => localized(
                "Kommunens login siger ikke, hvilken e-mailadresse du har. Bed den, der styrer brugere hos jer, om at sende den med.",
                "The municipality's sign-in does not say which e-mail address you have. Ask whoever keeps its users to send it along.",
            ),
            Self::AddressTaken => localized(
                "Din e-mailadresse har allerede en konto, og kommunens login har ikke bekræftet, at adressen er din. Log ind med \
                 adgangskode, eller bed kommunens administrator om hjælp.",
                "Your e-mail address has an account already, and the municipality's sign-in has not verified that the address is yours. \
                 Sign in with your password, or ask the municipality's administrator for help.",
            ),
            Self::Closed => localized(
                "Din konto er lukket. Bed kommunens administrator om at åbne den.",
                "Your account is closed. Ask the municipality's administrator to open it.",
            ),
            Self::HasWork => localized(
                "Du har fået en anden rolle, og du er ansvarlig for borgere eller virksomheder, som den ikke kan have. Bed din teamleder \
                 om at overdrage dem, og log så ind igen.",
                "You were given another role, and you are responsible for citizens or companies that it cannot have. Ask your team leader \
                 to hand them over, then sign in again.",
            ),
            Self::LastAdministrator => localized(
                "Du har fået en anden rolle, og du er kommunens eneste administrator. Opret en anden først.",
                "You were given another role, and you are the municipality's only administrator. Open another one first.",
            ),
            Self::Outdated => localized("Log ind igen.", "Sign in again."),
        }
    }
}

/// Spends the state with which somebody came back from the provider. Open to whoever comes back.
///
/// # Errors
/// It was spent before.
pub fn spend(tx: &mut Tx, state: &str, expires_at: DateTime<Utc>) -> Result<(), ActionError> {
    let row = SpentSignInRow { state_hash: token_hash(state), expires_at: expires_at.naive_utc() };
    doors::spend(tx, &row).map_err(|failure| match failure {
        StoreError::Duplicate(_) => ActionError::NotFound,
        other => other.into(),
    })
}

/// The account of somebody for whom everything is as it is claimed already; none: [`arrive`] has to look. The provider's word is the
/// authorisation. Names follow sign-ins only.
///
/// # Errors
/// A failure of the database.
pub fn standing(conn: &mut Conn, person: &ProviderPerson) -> Result<Option<Account>, ActionError> {
    let Some((identity, row)) = doors::identity(conn, &person.issuer, &person.subject)? else { return Ok(None) };
    let is_same = row.closed_on.is_none()
        && identity.withdrawn_at.is_none()
        && person.role == Some(row.role)
        && person.tenant.as_ref() == Some(&row.municipality);
    Ok(is_same.then(|| by(row)))
}

/// Finds, links or makes the account of somebody, and lets role and name follow. The provider's word is the authorisation.
///
/// # Errors
/// A failure of the database.
pub fn arrive(
    tx: &mut Tx,
    services: &Services,
    at: At,
    person: &ProviderPerson,
    vouched: VouchedBy,
) -> Result<Arrival, ActionError> {
    if let Some((identity, row)) = doors::identity(tx, &person.issuer, &person.subject)? {
        return known(tx, services, at, person, vouched, identity, row);
    }
    let (Some(role), Some(tenant)) = (person.role, &person.tenant) else {
        return Ok(if person.role.is_none() { Arrival::NoRole } else { Arrival::NoMunicipality });
    };
    let Some(email) = &person.email else { return Ok(Arrival::NoAddress) };
    let identity = |row: &AccountRow| IdentityRow {
        issuer: person.issuer.clone(),
        subject: person.subject.clone(),
        municipality: tenant.clone(),
        account_id: row.id.clone(),
        linked_at: at.instant.naive_utc(),
        claims_at: person.issued_at.naive_utc(),
        withdrawn_at: None,
    };
    let Some(row) = doors::account_by_email(tx, email.as_str())? else {
        let name = person.name.clone().or_else(|| Line::parse(email.as_str()).ok()).ok_or(ActionError::NotFound)?;
        let mut row = new_row(at, tenant, email, &name, role, "");
        row.role_confirmation = confirmation(role);
        accounts::insert(tx, &row)?;
        identities::insert(tx, &identity(&row))?;
        return own(tx, services, at, row, |tx, context, row| {
            let given = row.role_confirmation.map(|own| own.to_string());
            record(tx, context, &row.id, AccountField::RoleConfirmation, None, given)?;
            record(tx, context, &row.id, AccountField::Identity, None, Some("made".into()))
        });
    };
    let is_theirs = person.is_email_verified && row.municipality == *tenant && !row.is_client;
    if !is_theirs || identities::has(tx, tenant, &row.id, &person.issuer)? {
        return Ok(Arrival::AddressTaken);
    }
    if row.closed_on.is_some() {
        return Ok(Arrival::Closed);
    }
    if let Some(hindered) = hindrance(tx, services, at, &row, role)? {
        return Ok(hindered);
    }
    identities::insert(tx, &identity(&row))?;
    own(tx, services, at, row, |tx, context, row| {
        record(tx, context, &row.id, AccountField::Identity, None, Some("linked".into()))?;
        let before = row.clone();
        follow(tx, context, &before, row, (role, person.name.as_ref()))
    })
}

/// Somebody who has come before.
fn known(
    tx: &mut Tx,
    services: &Services,
    at: At,
    person: &ProviderPerson,
    vouched: VouchedBy,
    mut identity: IdentityRow,
    mut row: AccountRow,
) -> Result<Arrival, ActionError> {
    if person.issued_at.naive_utc() < identity.claims_at {
        return Ok(Arrival::Outdated);
    }
    let is_here = person.tenant.as_ref() == Some(&row.municipality);
    let role = person.role.filter(|_| is_here);
    let Some(role) = role else {
        if vouched == VouchedBy::SignIn {
            withdraw(tx, services, at, person, identity, row)?;
        }
        return Ok(if person.role.is_none() { Arrival::NoRole } else { Arrival::NoMunicipality });
    };
    if row.closed_on.is_some() && identity.withdrawn_at.is_none() {
        return Ok(Arrival::Closed);
    }
    if let Some(hindered) = hindrance(tx, services, at, &row, role)? {
        if vouched == VouchedBy::SignIn {
            withdraw(tx, services, at, person, identity, row)?;
        }
        return Ok(hindered);
    }
    identity.withdrawn_at = None;
    identity.claims_at = person.issued_at.naive_utc();
    identities::update(tx, &identity)?;
    let before = row.clone();
    row.closed_on = None;
    let name = person.name.as_ref().filter(|_| vouched == VouchedBy::SignIn);
    own(tx, services, at, row, |tx, context, row| follow(tx, context, &before, row, (role, name)))
}

/// Why somebody cannot get another role, where they cannot.
fn hindrance(tx: &mut Tx, services: &Services, at: At, row: &AccountRow, role: Role) -> Result<Option<Arrival>, ActionError> {
    if row.role == role {
        return Ok(None);
    }
    let account = by(row.clone());
    match check_role(tx, &Context::of(services, &account, at), row, role) {
        Ok(()) => Ok(None),
        Err(ActionError::Conflict("last-administrator", _)) => Ok(Some(Arrival::LastAdministrator)),
        Err(ActionError::Conflict(..)) => Ok(Some(Arrival::HasWork)),
        Err(other) => Err(other),
    }
}

/// The provider gives no role here any longer, or one that cannot be: the sessions end, and the account is closed until it can. The last
/// administrator's stays open.
fn withdraw(
    tx: &mut Tx,
    services: &Services,
    at: At,
    person: &ProviderPerson,
    mut identity: IdentityRow,
    mut row: AccountRow,
) -> Result<(), ActionError> {
    identity.claims_at = person.issued_at.naive_utc();
    if row.closed_on.is_none() {
        let account = by(row.clone());
        let context = Context::of(services, &account, at);
        match keep_an_administrator(tx, &context, &row) {
            Ok(()) => {
                identity.withdrawn_at = Some(at.instant.naive_utc());
                shut(tx, &context, &mut row)?;
            }
            Err(ActionError::Conflict(..)) => accounts::sign_out_everywhere(tx, &row.id)?,
            Err(other) => return Err(other),
        }
    }
    Ok(identities::update(tx, &identity)?)
}

/// Does something with an account in its own name.
fn own(
    tx: &mut Tx,
    services: &Services,
    at: At,
    mut row: AccountRow,
    act: impl FnOnce(&mut Tx, &Context, &mut AccountRow) -> Result<(), ActionError>,
) -> Result<Arrival, ActionError> {
    let account = by(row.clone());
    act(tx, &Context::of(services, &account, at), &mut row)?;
    Ok(Arrival::Welcome(by(row)))
}

/// Lets role and name follow. Another role ends the sessions; a password that the program made opens nothing any longer.
fn follow(
    tx: &mut Tx,
    context: &Context,
    before: &AccountRow,
    row: &mut AccountRow,
    (role, name): (Role, Option<&Line>),
) -> Result<(), ActionError> {
    if let Some(name) = name {
        row.name = name.to_string();
    }
    if row.role != role || row.asked_role.is_some() {
        row.role = role;
        (row.asked_role, row.asked_by, row.role_confirmation) = (None, None, confirmation(role));
    }
    if row.has_first_password {
        (row.has_first_password, row.password_hash) = (false, String::new());
    }
    if row == before {
        return Ok(());
    }
    let text = |own: Option<RoleConfirmation>| own.map(|own| own.to_string());
    let day = |row: &AccountRow| row.closed_on.map(|day| day.to_string());
    let values = [
        (AccountField::ClosedOn, day(before), day(row)),
        (AccountField::Name, Some(before.name.clone()), Some(row.name.clone())),
        (AccountField::Role, Some(before.role.to_string()), Some(row.role.to_string())),
        (AccountField::RoleConfirmation, text(before.role_confirmation), text(row.role_confirmation)),
    ];
    for (field, then, now) in values {
        record(tx, context, &row.id, field, then, now)?;
    }
    row.revision += 1;
    accounts::update(tx, row)?;
    if before.role != row.role {
        accounts::sign_out_everywhere(tx, &row.id)?;
    }
    // What it is responsible for may be more, less, or somebody's again.
    Ok(look_again(tx, context, row)?)
}

fn confirmation(role: Role) -> Option<RoleConfirmation> {
    role.is_given_by_two().then_some(RoleConfirmation::Provider)
}
