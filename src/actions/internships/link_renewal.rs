//! A new link for one that has expired, to the address that is on record now.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        flags::notify::ask_for_decision,
        internships::{
            case::{InternshipCase, case},
            mentor,
            opened_link::{LinkStanding, OpenedLink, PresentedLink, open, over},
        },
    },
    context::{Context, Services},
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose, questions::QuestionsAbout},
        values::{day::At, ids::LetterId},
    },
    outbox::{
        emit::emit,
        event::{Event, VersionToConfirm},
        queue::LetterCause,
        recipients,
    },
    store::{Tx, letters, statement_requests},
};

/// Sends a new link for an expired one, to the address that is on record now.
///
/// # Errors
/// No such link; it works still.
pub fn renew(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink) -> Result<(), ActionError> {
    let opened = open(tx, presented)?;
    let context = opened.context(services, at);
    let case = case(tx, &context, &opened.internship)?;
    match opened.standing(tx, &context, &case)? {
        LinkStanding::Works => return conflict("link-works", "Linket virker stadig.", "The link still works."),
        LinkStanding::Over => return Err(over(opened.purpose)),
        LinkStanding::Expired => {}
    }
    if opened.party == Party::Company && opened.purpose == LinkPurpose::Alignment && !case.internship.company_may_read() {
        return conflict(
            "citizen-first",
            "Aftalen er ved at blive ændret. I får et nyt link, når den er klar til jer.",
            "The agreement is being changed. You get a new link when it is ready for you.",
        );
    }
    let key = format!("renewal/{}/{}", opened.row.id, at.today);
    if let Some(letter) = asked_again(tx, &context, &opened, &case, &key)? {
        // Somebody waits for it now, whatever the hour.
        letters::leave_at(tx, context.tenant, &letter, at.instant.naive_utc())?;
    }
    Ok(())
}

/// Asks again what the link asked, at the address on record. The letter, where a new one is queued.
fn asked_again(
    tx: &mut Tx,
    context: &Context,
    opened: &OpenedLink,
    case: &InternshipCase,
    key: &str,
) -> Result<Option<LetterId>, ActionError> {
    let (tenant, today) = (&opened.tenant, context.at.today);
    if opened.purpose == LinkPurpose::Statement {
        let request = statement_requests::newest(tx, tenant, &opened.internship)?;
        let Some(request) = request.filter(|own| own.id.as_str() == opened.row.occasion) else { return Ok(None) };
        return Ok(emit(tx, context, Event::StatementAsked { request: &request, mark: Some(key) })?);
    }
    if opened.purpose == LinkPurpose::Mentor {
        return mentor::send_link(tx, context, &case.internship, key);
    }
    let people = recipients::people(tx, tenant, today, Some(&case.row.citizen_id), Some(&opened.internship), None)?;
    let address = if opened.party == Party::Citizen {
        people.citizen.map(|citizen| citizen.email(&context.services.keys)).transpose()?.flatten()
    } else {
        people.contact.and_then(|contact| contact.email)
    };
    let Some(to) = &address else { return Ok(None) };
    let (party, internship) = (opened.party, &case.internship);
    Ok(match opened.purpose {
        LinkPurpose::Alignment if internship.newest().confirmed_by(party) => {
            emit(tx, context, Event::LinkRenewed { internship, party, to, key })?
        }
        LinkPurpose::Alignment => {
            let version = VersionToConfirm::newest_of(internship);
            emit(tx, context, Event::ConfirmationAsked { version, party, to, reminder: Some(key) })?
        }
        LinkPurpose::Decision => ask_for_decision(tx, context, internship, to, key, LetterCause::Lasting)?,
        LinkPurpose::FollowUp | LinkPurpose::Retention => {
            let of = (opened.purpose, opened.row.occasion.as_str());
            let about = QuestionsAbout::open(&case.course, internship, of, context.figures());
            match &about {
                Some(about) => emit(tx, context, Event::QuestionsAsked { internship, about, party, to, mark: Some(key) })?,
                None => None,
            }
        }
        LinkPurpose::Statement | LinkPurpose::Mentor => None,
    })
}
