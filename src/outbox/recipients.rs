//! To whom letters go: the people around a citizen, an internship or a workplace, and the addresses that are on record.

use crate::{
    context::Context,
    domain::{
        people::tenant::Tenant,
        values::ids::{CitizenId, ContactId, InternshipId, WorkplaceId},
    },
    outbox::readers::{leaders, readers},
    store::{
        Conn, StoreError, accounts, citizens, companies, internships,
        schema::{AccountRow, CitizenRow, ContactRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;

/// The people around an internship, a citizen or a workplace to whom letters go.
pub struct People {
    pub citizen: Option<CitizenRow>,
    /// Who reads what is meant for the consultant: see [`readers`].
    pub consultants: Vec<AccountRow>,
    /// Who reads what is meant for the company's liaison.
    pub liaisons: Vec<AccountRow>,
    /// Those who lead the team of the consultant, where there is a citizen, else of the liaison.
    pub team_leaders: Vec<AccountRow>,
    /// The contact person named for the internship, else the first of the workplace.
    pub contact: Option<ContactRow>,
}

/// Finds them; the workplace is that of a flag or an internship, where there is one.
///
/// # Errors
/// A failure of the database.
pub fn people(
    conn: &mut Conn,
    tenant: &Tenant,
    today: NaiveDate,
    citizen: Option<&CitizenId>,
    internship: Option<&InternshipId>,
    workplace: Option<&WorkplaceId>,
) -> Result<People, StoreError> {
    let citizen = match citizen {
        Some(id) => citizens::find(conn, tenant, id)?,
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
    let reading = |conn: &mut Conn, account: Option<&AccountRow>| match account {
        Some(account) => readers(conn, tenant, today, account),
        None => Ok(Vec::new()),
    };
    Ok(People {
        team_leaders: leaders(conn, tenant, today, consultant.as_ref().or(liaison.as_ref()).and_then(|own| own.team.as_deref()))?,
        consultants: reading(conn, consultant.as_ref())?,
        liaisons: reading(conn, liaison.as_ref())?,
        citizen,
        contact,
    })
}

/// The addresses of the parties that confirm by letter, where they have one.
#[derive(Debug, Default)]
pub struct PartyAddresses {
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
) -> Result<PartyAddresses, StoreError> {
    let citizen = citizens::find(conn, context.tenant, citizen)?;
    Ok(PartyAddresses {
        citizen: citizen.map(|citizen| citizen.email(&context.services.keys)).transpose()?.flatten(),
        company: contact_of(conn, context.tenant, contact, Some(workplace))?.and_then(|contact| contact.email),
    })
}

/// The contact person to whom an internship's letters go.
///
/// # Errors
/// A failure of the database.
pub fn contact(
    conn: &mut Conn,
    context: &Context,
    named: Option<&ContactId>,
    workplace: &WorkplaceId,
) -> Result<Option<ContactRow>, StoreError> {
    contact_of(conn, context.tenant, named, Some(workplace))
}

/// The contact person named for an internship, else the first of the workplace who has an address.
///
/// # Errors
/// A failure of the database.
pub fn contact_of(
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
