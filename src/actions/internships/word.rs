//! A party's word with who gave it and how (S1, S20): the name as it is now, since a contact card may say another one later.

use crate::{
    actions::{ActionError, error::fault, internships::case::InternshipCase},
    context::Context,
    domain::{
        input::Fault,
        internships::alignment::{Party, Via},
        values::text::Line,
    },
    store::{Conn, citizens, companies},
};

/// Who gives a party's word: whoever is named, else the party as it is on record.
///
/// # Errors
/// A failure of the database.
pub fn giver(
    conn: &mut Conn,
    context: &Context,
    case: &InternshipCase,
    party: Party,
    named: Option<&Line>,
) -> Result<Option<String>, ActionError> {
    if let Some(named) = named {
        return Ok(Some(named.to_string()));
    }
    Ok(match party {
        Party::Citizen => match citizens::find(conn, context.tenant, &case.row.citizen_id)? {
            Some(citizen) => Some(citizen.details(&context.services.keys)?.name),
            None => None,
        },
        Party::Consultant => context.account().ok().map(|account| account.name.clone()),
        Party::Company => match &case.row.contact_id {
            Some(contact) => companies::contacts::find(conn, context.tenant, contact)?.map(|contact| contact.name),
            None => None,
        },
    })
}

/// What is recorded here for somebody else came on paper, by telephone or at a meeting.
///
/// # Errors
/// Another way.
pub fn recorded_how(via: Via) -> Result<(), ActionError> {
    if matches!(via, Via::Paper | Via::Telephone | Via::Meeting) {
        return Ok(());
    }
    fault(
        "via",
        Fault::not(
            "via",
            "paper, telephone eller meeting: sådan som det blev sagt",
            "paper, telephone or meeting: as it was said",
        ),
    )
}
