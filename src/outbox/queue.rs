//! Queues letters, in the transaction of what caused them: rendered then, under a natural key, so that a second run, a
//! second instance or a replay adds nothing.

use crate::{
    actions::ActionError,
    context::Context,
    crypto::token_hash,
    domain::{
        internships::{alignment::Party, internship::Internship},
        people::tenant::Tenant,
        rules::flags::Audience,
        values::{
            day::{At, plus},
            ids::{AccountId, CitizenId, ContactId, FlagId, InternshipId, LetterId, LinkId, OpeningId, WorkplaceId},
        },
    },
    outbox::letters::{Alignment, Letter, alignment},
    store::{
        Conn, StoreError, Tx, accounts, companies, internships, letters, links,
        schema::{AccountRow, CitizenRow, ContactRow, LetterRow, LinkRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a letter rests on; asked again just before it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterCause {
    /// Something that stays true: an answer was given.
    Lasting,
    /// Any of these flags stands.
    Flags(Vec<FlagId>),
    /// Any of the lines that it carries still holds.
    Lines,
    /// Any of these openings still expires on its day.
    Openings(Vec<(OpeningId, NaiveDate)>),
    /// The party has not confirmed this version, and it is the newest.
    Unconfirmed { internship: InternshipId, version: i32, party: Party },
}

/// A letter with its envelope.
pub struct Envelope<'a> {
    pub tenant: &'a Tenant,
    /// What makes it the same letter when it is queued again.
    pub key: String,
    pub kind: &'static str,
    pub audience: Audience,
    pub to: &'a str,
    pub letter: Letter,
    pub cause: LetterCause,
    pub case: Option<&'a str>,
    pub link: Option<LinkId>,
    /// Whose digest it is, where it is one.
    pub digest_of: Option<&'a AccountId>,
}

/// Queues a letter. The id where it is new.
pub fn queue(tx: &mut Tx, at: At, envelope: Envelope) -> Result<Option<LetterId>, ActionError> {
    let id = LetterId::new(at);
    let set = envelope.letter.set();
    let cause = serde_json::to_string(&envelope.cause).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let now = at.instant.naive_utc();
    let row = LetterRow {
        id: id.clone(),
        municipality: envelope.tenant.clone(),
        dedupe_key: envelope.key,
        kind: envelope.kind.into(),
        audience: envelope.audience.code().into(),
        recipient: envelope.to.into(),
        subject: set.subject,
        plain: set.plain,
        html: set.html,
        cause,
        case_reference: envelope.case.map(Into::into),
        link_id: envelope.link,
        digest_of: envelope.digest_of.cloned(),
        queued_on: at.today,
        created_at: now,
        not_before: now,
        attempts: 0,
        claimed_by: None,
        claimed_until: None,
        sent_at: None,
        failed_at: None,
        dropped_at: None,
        last_error: None,
    };
    Ok(letters::queue(tx, &row)?.then_some(id))
}

/// The link of a party to a thing, and the last day on which it works: the one that is open, or a new one. One is open per
/// party and thing.
pub fn link(
    tx: &mut Tx,
    context: &Context,
    purpose: &str,
    party: Party,
    internship: &InternshipId,
    occasion: &str,
) -> Result<(LinkId, NaiveDate), ActionError> {
    if let Some(open) = links::open(tx, purpose, party.code(), internship, occasion)?
        && open.expires_on > context.at.today
    {
        return Ok((open.id, open.expires_on));
    }
    let id = LinkId::new(context.at);
    let expires_on = plus(context.at.today, context.services.settings.link_days);
    let row = LinkRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        token_hash: token_hash(&context.services.keys.link_token(id.as_str())),
        purpose: purpose.into(),
        party: party.code().into(),
        internship_id: internship.clone(),
        occasion: occasion.into(),
        expires_on,
    };
    links::insert(tx, &row)?;
    Ok((id, expires_on))
}

/// The people around an internship, a citizen or a workplace to whom letters go.
pub struct People {
    pub citizen: Option<CitizenRow>,
    pub consultant: Option<AccountRow>,
    pub liaison: Option<AccountRow>,
    pub team_leaders: Vec<AccountRow>,
    /// The contact person named for the internship, else the first of the workplace.
    pub contact: Option<ContactRow>,
}

/// Finds them; the workplace is that of a flag or an internship, where there is one.
pub fn people(
    conn: &mut Conn,
    tenant: &Tenant,
    citizen: Option<&CitizenId>,
    internship: Option<&InternshipId>,
    workplace: Option<&WorkplaceId>,
) -> Result<People, ActionError> {
    let citizen = match citizen {
        Some(id) => Some(crate::store::citizens::find(conn, tenant, id)?.ok_or(ActionError::NotFound)?),
        None => None,
    };
    let consultant = match &citizen {
        Some(citizen) => accounts::find(conn, tenant, &citizen.consultant_id)?,
        None => None,
    };
    let row = match internship {
        Some(id) => internships::find(conn, tenant, id)?,
        None => None,
    };
    let place: Option<WorkplaceRow> = match workplace.or(row.as_ref().map(|row| &row.workplace_id)) {
        Some(id) => companies::workplaces::find(conn, tenant, id)?,
        None => None,
    };
    let company = match &place {
        Some(place) => companies::find(conn, tenant, &place.company_id)?,
        None => None,
    };
    let liaison = match company {
        Some(company) => accounts::find(conn, tenant, &company.liaison_id)?,
        None => None,
    };
    let named = row.as_ref().and_then(|row| row.contact_id.as_ref());
    let contact = contact_of(conn, tenant, named, place.as_ref().map(|place| &place.id))?;
    Ok(People {
        consultant: consultant.filter(|account| account.closed_on.is_none()),
        liaison: liaison.filter(|account| account.closed_on.is_none()),
        team_leaders: accounts::with_role(conn, tenant, "team-leader")?,
        citizen,
        contact,
    })
}

/// The addresses of the parties that confirm by letter, where they have one.
#[derive(Debug, Default)]
pub struct Addresses {
    pub citizen: Option<String>,
    /// Of the contact person named for the internship, else of the first at the workplace who has one.
    pub company: Option<String>,
}

/// Finds them.
///
/// # Errors
/// A failure of the database.
pub fn addresses(
    conn: &mut Conn,
    context: &Context,
    citizen: &CitizenId,
    contact: Option<&ContactId>,
    workplace: &WorkplaceId,
) -> Result<Addresses, StoreError> {
    let citizen = crate::store::citizens::find(conn, context.tenant, citizen)?;
    Ok(Addresses {
        citizen: citizen.and_then(|citizen| citizen.email),
        company: contact_of(conn, context.tenant, contact, Some(workplace))?.and_then(|contact| contact.email),
    })
}

/// The contact person named for an internship, else the first of the workplace who has an address.
fn contact_of(
    conn: &mut Conn,
    tenant: &Tenant,
    named: Option<&ContactId>,
    workplace: Option<&WorkplaceId>,
) -> Result<Option<ContactRow>, StoreError> {
    let named = match named {
        Some(id) => companies::contacts::find(conn, tenant, id)?.filter(|contact| contact.left_on.is_none()),
        None => None,
    };
    match (named, workplace) {
        (Some(contact), _) => Ok(Some(contact)),
        (None, Some(workplace)) => {
            let there = companies::contacts::of_workplace(conn, tenant, workplace)?;
            Ok(there.into_iter().find(|contact| contact.email.is_some()))
        }
        (None, None) => Ok(None),
    }
}

/// The version that the parties are asked to confirm.
#[derive(Clone, Copy, Debug)]
pub struct VersionToConfirm<'a> {
    pub internship: &'a InternshipId,
    pub reference: &'a str,
    pub number: i32,
    pub first_day: NaiveDate,
}

impl<'a> VersionToConfirm<'a> {
    pub fn newest_of(internship: &'a Internship) -> Self {
        let newest = internship.newest();
        Self {
            internship: &internship.id,
            reference: &internship.reference,
            number: newest.number,
            first_day: newest.terms.period.first,
        }
    }
}

/// Asks citizen and company to read and confirm a version, by letter, where they have an address.
///
/// # Errors
/// A failure of the database.
pub fn invite(tx: &mut Tx, context: &Context, version: &VersionToConfirm, addresses: &Addresses) -> Result<(), ActionError> {
    for (party, address) in [(Party::Citizen, &addresses.citizen), (Party::Company, &addresses.company)] {
        if let Some(address) = address {
            ask_to_confirm(tx, context, version, party, address, None)?;
        }
    }
    Ok(())
}

/// One letter that asks a party to confirm: the invitation, or under its own key a reminder.
pub fn ask_to_confirm(
    tx: &mut Tx,
    context: &Context,
    version: &VersionToConfirm,
    party: Party,
    to: &str,
    reminder: Option<&str>,
) -> Result<Option<LetterId>, ActionError> {
    let VersionToConfirm { internship, reference, number, first_day } = *version;
    let (link, works_until) = link(tx, context, "alignment", party, internship, &number.to_string())?;
    let facts = Alignment { party, reference, version: number, start: first_day, reminder: reminder.is_some(), works_until };
    let key = reminder.map_or_else(|| format!("alignment/{internship}/{number}/{party}"), ToOwned::to_owned);
    let audience = if party == Party::Citizen { Audience::Citizen } else { Audience::CompanyContact };
    queue(
        tx,
        context.at,
        Envelope {
            tenant: context.tenant,
            key,
            kind: if reminder.is_some() { "alignment-reminder" } else { "alignment" },
            audience,
            to,
            letter: alignment(&facts),
            cause: LetterCause::Unconfirmed { internship: internship.clone(), version: number, party },
            case: Some(reference),
            link: Some(link),
            digest_of: None,
        },
    )
}

/// A case reference that tells nothing about the person.
pub fn reference(prefix: &str) -> Result<String, ActionError> {
    Ok(crate::crypto::case_reference(prefix)?)
}
