//! What somebody without an account does through a one-time link. Opening a link only shows; acting is a POST, because mail
//! scanners open links. An expired link offers to send a new one.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        flags::notify::ask_for_decision,
        internships::{answers, case::case, confirming},
    },
    context::{Context, Services},
    crypto::token_hash,
    domain::{
        internships::{
            alignment::{Party, Via},
            link_purpose::LinkPurpose,
        },
        people::tenant::Tenant,
        values::{
            day::At,
            ids::{AccommodationId, InternshipId},
            text::{Prose, Text},
        },
    },
    outbox::{
        event::{Event, VersionToConfirm, emit},
        queue::LetterCause,
        recipients,
    },
    store::{Conn, Tx, citizens, internships, letters, schema::LinkRow, system::doors},
};

crate::input! {
    /// The party confirms what it has read.
    pub struct LinkConfirming {
        /// The hash that the link showed.
        pub hash: Text<64>,
        /// The accommodations that the party agrees to.
        pub agreed_accommodations: Vec<AccommodationId>,
    }
}

crate::input! {
    /// The party does not agree, and says what should be different.
    pub struct LinkObjecting {
        pub words: Prose,
    }
}

/// What a link opens.
pub struct OpenedLink {
    pub tenant: Tenant,
    pub internship: InternshipId,
    pub party: Party,
    pub purpose: LinkPurpose,
    pub expired: bool,
    pub row: LinkRow,
}

impl OpenedLink {
    fn context<'a>(&'a self, services: &'a Services, at: At) -> Context<'a> {
        Context::link(services, &self.tenant, at)
    }
}

/// Opens a link: shows, and does nothing.
///
/// # Errors
/// No such link; the course is closed.
pub fn open(conn: &mut Conn, at: At, token: &str) -> Result<OpenedLink, ActionError> {
    let row = doors::link_by_token(conn, &token_hash(token))?.ok_or(ActionError::NotFound)?;
    let internship = internships::find(conn, &row.municipality, &row.internship_id)?.ok_or(ActionError::NotFound)?;
    if citizens::find(conn, &row.municipality, &internship.citizen_id)?.is_some_and(|citizen| citizen.closed_since.is_some()) {
        return conflict(
            "course-closed",
            "Forløbet er lukket. Linket virker ikke længere, og der skal ikke svares.",
            "The course is closed. The link no longer works, and no answer is needed.",
        );
    }
    Ok(OpenedLink {
        tenant: row.municipality.clone(),
        internship: row.internship_id.clone(),
        party: row.party,
        purpose: row.purpose,
        expired: row.expires_on < at.today,
        row,
    })
}

fn usable(conn: &mut Conn, at: At, token: &str, purpose: LinkPurpose) -> Result<OpenedLink, ActionError> {
    let opened = open(conn, at, token)?;
    if opened.purpose != purpose {
        return Err(ActionError::NotFound);
    }
    if opened.expired {
        return conflict(
            "link-expired",
            "Linket er udløbet. Bed om et nyt med POST …/renewal.",
            "The link has expired. Ask for a new one with POST …/renewal.",
        );
    }
    Ok(opened)
}

/// Confirms through a link.
///
/// # Errors
/// As [`confirming::give`]; no such link; expired.
pub fn confirm(tx: &mut Tx, services: &Services, at: At, token: &str, body: &LinkConfirming) -> Result<(), ActionError> {
    let opened = usable(tx, at, token, LinkPurpose::Alignment)?;
    let word = confirming::Word {
        internship: &opened.internship,
        party: opened.party,
        via: Via::Link,
        hash: body.hash.as_str(),
        accommodations: &body.agreed_accommodations,
        recorded_by: None,
        given_by: None,
    };
    confirming::give(tx, &opened.context(services, at), &word)
}

/// Objects through a link.
///
/// # Errors
/// As [`confirming::object`]; no such link; expired.
pub fn object(tx: &mut Tx, services: &Services, at: At, token: &str, body: &LinkObjecting) -> Result<(), ActionError> {
    let opened = usable(tx, at, token, LinkPurpose::Alignment)?;
    let objection = confirming::SpokenObjection {
        party: opened.party,
        via: Via::Link,
        words: &body.words,
        given_by: None,
        recorded_by: None,
    };
    confirming::object(tx, &opened.context(services, at), &opened.internship, &objection)
}

/// Answers *hire*, *no* or *more time* through a link.
///
/// # Errors
/// As [`answers::give`]; no such link; expired.
pub fn answer(tx: &mut Tx, services: &Services, at: At, token: &str, body: &answers::Answering) -> Result<(), ActionError> {
    let opened = usable(tx, at, token, LinkPurpose::Decision)?;
    answers::give(tx, &opened.context(services, at), &opened.internship, body, (Via::Link, None))
}

/// Sends a new link for an expired one, to the address that is on record now.
///
/// # Errors
/// No such link; it works still.
pub fn renew(tx: &mut Tx, services: &Services, at: At, token: &str) -> Result<(), ActionError> {
    let opened = open(tx, at, token)?;
    if !opened.expired {
        return conflict("link-works", "Linket virker stadig.", "The link still works.");
    }
    let context = opened.context(services, at);
    let case = case(tx, &context, &opened.internship)?;
    let people = recipients::people(tx, &opened.tenant, at.today, Some(&case.row.citizen_id), Some(&opened.internship), None)?;
    let address = if opened.party == Party::Citizen {
        people.citizen.and_then(|citizen| citizen.email)
    } else {
        people.contact.and_then(|contact| contact.email)
    };
    let Some(address) = address else { return Ok(()) };
    let key = format!("renewal/{}/{}", opened.row.id, at.today);
    let letter = if opened.purpose == LinkPurpose::Alignment {
        let version = VersionToConfirm::newest_of(&case.internship);
        emit(tx, &context, Event::ConfirmationAsked { version, party: opened.party, to: &address, reminder: Some(&key) })?
    } else {
        ask_for_decision(tx, &context, &case.internship, &address, &key, LetterCause::Lasting)?
    };
    // Somebody waits for it now, whatever the hour.
    if let Some(letter) = letter {
        letters::leave_at(tx, context.tenant, &letter, at.instant.naive_utc())?;
    }
    Ok(())
}
