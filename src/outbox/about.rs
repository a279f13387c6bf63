//! What a letter is about: the names of its case, and who answers for it. Read when the letter is made.
//!
//! Promise: whoever is named as responsible reads letters today: a substitute where the consultant is away, else who leads the team.

use crate::{
    context::Context,
    domain::{
        internships::alignment::Party,
        people::access::Role,
        rules::flags::Audience,
        values::ids::{CitizenId, InternshipId, WorkplaceId},
    },
    outbox::{
        letters::{CaseNames, Frame, Responsible},
        readers::readers,
        recipients::contact_of,
    },
    settings::Naming,
    store::{
        Conn, StoreError, accounts, citizens, companies, internships,
        schema::{InternshipRow, WorkplaceRow},
    },
};

/// What a letter to a citizen or a company says of an internship's case, and who answers for it.
///
/// # Errors
/// A failure of the database.
pub fn about_internship(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<(CaseNames, Frame), StoreError> {
    let Some(row) = internships::find_even_in_error(conn, context.tenant, id)? else { return Ok(Default::default()) };
    let frame = frame(conn, context, &row.citizen_id, &row.reference)?;
    Ok((case_of(conn, context, row)?, frame))
}

/// The names of an internship's case.
///
/// # Errors
/// A failure of the database.
pub fn case_of_internship(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<CaseNames, StoreError> {
    match internships::find_even_in_error(conn, context.tenant, id)? {
        Some(row) => case_of(conn, context, row),
        None => Ok(CaseNames::default()),
    }
}

fn case_of(conn: &mut Conn, context: &Context, row: InternshipRow) -> Result<CaseNames, StoreError> {
    if names_nobody(context) {
        return Ok(CaseNames { reference: row.reference, ..CaseNames::default() });
    }
    Ok(names(conn, context, &row)?.case)
}

/// The names around an internship, whatever letters may say.
pub struct Names {
    pub case: CaseNames,
    /// First and last name.
    pub citizen_full: String,
}

/// Finds them.
///
/// # Errors
/// A failure of the database.
pub fn names(conn: &mut Conn, context: &Context, row: &InternshipRow) -> Result<Names, StoreError> {
    let citizen = citizens::find_even_merged(conn, context.tenant, &row.citizen_id)?;
    let name = citizen.map(|citizen| citizen.details(&context.services.keys)).transpose()?.map(|own| own.name);
    let place = companies::workplaces::find(conn, context.tenant, &row.workplace_id)?;
    let contact = contact_of(conn, context.tenant, row.contact_id.as_ref(), Some(&row.workplace_id))?;
    let contact = contact.map(|contact| match contact.phone {
        Some(phone) => format!("{}, {phone}", contact.name),
        None => contact.name,
    });
    let case = CaseNames {
        reference: row.reference.clone(),
        citizen: name.as_deref().map(first_name),
        address: place.as_ref().map(address).filter(|address| !address.is_empty()),
        workplace: place.map(|place| place.name),
        contact,
    };
    Ok(Names { case, citizen_full: name.unwrap_or_default() })
}

/// The names of a citizen's case, where no internship is meant.
///
/// # Errors
/// A failure of the database.
pub fn case_of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CaseNames, StoreError> {
    let case = named_citizen(conn, context, id)?;
    if names_nobody(context) { Ok(CaseNames { citizen: None, ..case }) } else { Ok(case) }
}

fn named_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CaseNames, StoreError> {
    let Some(row) = citizens::find_even_merged(conn, context.tenant, id)? else { return Ok(CaseNames::default()) };
    let citizen = Some(first_name(&row.details(&context.services.keys)?.name));
    Ok(CaseNames { reference: row.reference, citizen, ..CaseNames::default() })
}

/// The name of a workplace, which letters to those who work here always say: it is no secret.
///
/// # Errors
/// A failure of the database.
pub fn case_of_workplace(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<CaseNames, StoreError> {
    let Some(row) = companies::workplaces::find(conn, context.tenant, id)? else { return Ok(CaseNames::default()) };
    let reference = format!("P {}", row.p_number);
    Ok(CaseNames { reference, workplace: Some(row.name), ..CaseNames::default() })
}

/// The names of what a flag is about, whatever letters may say.
///
/// # Errors
/// A failure of the database.
pub fn case_of_flag(
    conn: &mut Conn,
    context: &Context,
    subject: &str,
    citizen: Option<&CitizenId>,
    workplace: Option<&WorkplaceId>,
) -> Result<CaseNames, StoreError> {
    let internship = match subject.strip_prefix("internship:").map(InternshipId::stored) {
        Some(id) => internships::find_even_in_error(conn, context.tenant, &id)?,
        None => None,
    };
    match (internship, citizen, workplace) {
        (Some(row), ..) => Ok(names(conn, context, &row)?.case),
        (None, Some(citizen), _) => named_citizen(conn, context, citizen),
        (None, None, Some(workplace)) => case_of_workplace(conn, context, workplace),
        (None, None, None) => Ok(CaseNames::default()),
    }
}

/// What stands around a letter to a citizen or a company about a citizen's case.
///
/// # Errors
/// A failure of the database.
pub fn frame(conn: &mut Conn, context: &Context, citizen: &CitizenId, reference: &str) -> Result<Frame, StoreError> {
    let consultant = match citizens::find_even_merged(conn, context.tenant, citizen)? {
        Some(row) => accounts::find(conn, context.tenant, &row.consultant_id)?,
        None => None,
    };
    let reading = match &consultant {
        Some(consultant) => readers(conn, context.tenant, context.at.today, consultant)?,
        None => Vec::new(),
    };
    let responsible = reading.into_iter().next().map(|own| Responsible { name: own.name, phone: own.phone, email: own.email });
    Ok(Frame { responsible, ..frame_here(context, Some(reference)) })
}

/// What stands around a letter to somebody who works here.
pub fn frame_here(context: &Context, reference: Option<&str>) -> Frame {
    let municipality = context.tenant.municipality().authority();
    Frame { municipality, responsible: None, reference: reference.map(ToOwned::to_owned) }
}

/// Of whom a letter to somebody who works here is read. Who administers leads, as far as letters go.
pub fn audience_here(role: Role) -> Audience {
    match role {
        Role::Liaison => Audience::Liaison,
        Role::Consultant => Audience::Consultant,
        Role::TeamLeader | Role::Administrator | Role::Auditor => Audience::TeamLeader,
    }
}

/// Of whom a letter to a party is read.
pub fn audience_of(party: Party) -> Audience {
    if party == Party::Citizen { Audience::Citizen } else { Audience::CompanyContact }
}

fn names_nobody(context: &Context) -> bool {
    context.services.settings.letters.naming == Naming::CaseNumber
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Street, postcode and place, as far as they are known.
fn address(place: &WorkplaceRow) -> String {
    let town = [place.postcode.as_deref(), place.city.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let street = place.address.clone().unwrap_or_default();
    // Some registers give the postcode with the street.
    if town.is_empty() || place.postcode.as_deref().is_some_and(|code| street.contains(code)) {
        return street;
    }
    if street.is_empty() { town } else { format!("{street}, {town}") }
}
