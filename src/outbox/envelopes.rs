//! How each event becomes a letter with its envelope: key, kind, reader, frame, and what is asked again before it leaves.

use crate::{
    context::Context,
    domain::{
        internships::{
            alignment::Party,
            internship::Internship,
            link_purpose::LinkPurpose,
            questions::{QuestionsAbout, asked},
        },
        letter::LetterKind,
        rules::flags::Audience,
        values::ids::InternshipId,
    },
    outbox::{
        about::{about_internship, audience_here, audience_of, case_of_citizen, case_of_internship, frame, frame_here},
        calendar::calendar_objects,
        event::{Event, VersionToConfirm},
        letters::{
            Alignment, AppointmentChange, CaseNames, DecisionLetter, FollowUpAhead, Frame, MentorLetter, MentorNews, PartyNews,
            Questions, accommodation_left_out, account_changed, agreement_taken_back, alignment, answer, appointments,
            approval_answered, approval_asked, at_once, choose_password, consultant_changed, course_closed, decision, digest,
            internship_closed, mentor_cancelled, mentor_told, new_link, news, openings_to_renew, put_right, questions, receipt,
            stated, statement_asked, written,
        },
        link::{link, mentor_occasion},
        queue::{Envelope, LetterCause},
    },
    store::{StoreError, Tx, accounts, schema::StatementRequestRow},
};

/// The letter that is made from an event.
///
/// # Errors
/// A failure of the database.
pub fn envelope<'a>(tx: &mut Tx, context: &Context, event: Event<'a>) -> Result<Envelope<'a>, StoreError> {
    let today = context.at.today;
    Ok(match event {
        Event::PasswordAsked { link, last, is_new_account, role, to } => {
            let (letter, frame) = (choose_password(last, is_new_account), frame_here(context, None));
            let new =
                Envelope::new(format!("account-link/{link}"), LetterKind::AccountLink, audience_here(role), to, letter, frame);
            Envelope { cause: LetterCause::AccountLink { link: link.clone() }, ..new }
        }
        Event::AccountChanged { change, by, changes, role, to } => {
            let (letter, frame) = (account_changed(by, changes), frame_here(context, None));
            let key = format!("account-changed/{change}/{to}");
            Envelope::new(key, LetterKind::AccountChanged, audience_here(role), to, letter, frame)
        }
        Event::ConfirmationAsked { version, party, to, reminder } => {
            confirmation_asked(tx, context, version, party, to, reminder)?
        }
        Event::LinkRenewed { internship, party, to, key } => {
            let occasion = internship.newest().number.to_string();
            let (link, _) = link(tx, context, LinkPurpose::Alignment, party, &internship.id, &occasion)?;
            let (case, frame) = about_internship(tx, context, &internship.id)?;
            let letter = new_link(party, &case);
            let new = Envelope::new(key.to_owned(), LetterKind::NewLink, audience_of(party), to, letter, frame);
            Envelope { link: Some(link), ..new }
        }
        Event::DecisionAsked { internship, decision_on, to, key, cause } => {
            let (link, _) = link(tx, context, LinkPurpose::Decision, Party::Company, internship, &decision_on.to_string())?;
            let (case, frame) = about_internship(tx, context, internship)?;
            let letter = decision(&DecisionLetter { case: &case, decision_on, today });
            let (kind, audience) = (LetterKind::Decision, Audience::CompanyContact);
            Envelope { cause, link: Some(link), ..Envelope::new(key.to_owned(), kind, audience, to, letter, frame) }
        }
        Event::CompanyAnswered { answer: given, answer_id, internship, consultant, to } => {
            let (case, frame) = to_colleague(tx, context, internship)?;
            let key = format!("answer/{answer_id}/{consultant}");
            let letter = answer(given, &case, internship.as_str());
            Envelope::new(key, LetterKind::Answer, Audience::Consultant, to, letter, frame)
        }
        Event::QuestionsAsked { internship, about, party, to, mark } => {
            questions_asked(tx, context, internship, about, party, to, mark)?
        }
        Event::Written { internship, about, party, written: id, reader, to } => {
            let (case, frame) = to_colleague(tx, context, internship)?;
            let (key, letter) = (format!("written/{id}/{reader}"), written(about, party, &case, internship.as_str()));
            Envelope::new(key, LetterKind::Written, Audience::Consultant, to, letter, frame)
        }
        Event::AccommodationLeftOut { internship, party, reader, to } => {
            let (case, frame) = to_colleague(tx, context, &internship.id)?;
            let key = format!("left-out/{}/{}/{party}/{reader}", internship.id, internship.newest().number);
            let letter = accommodation_left_out(party, &case, internship.id.as_str());
            Envelope::new(key, LetterKind::AccommodationLeftOut, Audience::Consultant, to, letter, frame)
        }
        Event::AgreementTakenBack { internship, party, former, reader, to } => {
            let (case, frame) = to_colleague(tx, context, &internship.id)?;
            let letter = agreement_taken_back(party, &case, internship.id.as_str());
            let key = format!("taken-back/{former}/{reader}");
            Envelope::new(key, LetterKind::AccommodationLeftOut, Audience::Consultant, to, letter, frame)
        }
        Event::StatementAsked { request, mark } => statement_asked_of(tx, context, request, mark)?,
        Event::Stated { internship, by, met, revision, reader, to } => {
            let (case, frame) = to_colleague(tx, context, internship)?;
            let (key, letter) = (format!("stated/{internship}/{revision}/{reader}"), stated(by, met, &case, internship.as_str()));
            Envelope::new(key, LetterKind::Stated, Audience::Consultant, to, letter, frame)
        }
        Event::MentorTold { internship, news, name, to, mark } => {
            mentor_told_of(tx, context, internship, news, (name, to), mark)?
        }
        Event::ConsultantChanged { change, citizen, handed_over, to } => {
            let frame = frame(tx, context, &citizen.id, &citizen.reference)?;
            let name = accounts::find(tx, context.tenant, &citizen.consultant_id)?.map(|own| own.name).unwrap_or_default();
            let (key, letter) = (format!("consultant-changed/{change}"), consultant_changed(&name, handed_over));
            Envelope::new(key, LetterKind::ConsultantChanged, Audience::Citizen, to, letter, frame)
        }
        Event::CourseClosed { closing, citizen, internship, reference, to } => {
            let key = format!("closing/{closing}/{}", internship.map_or(citizen.as_str(), InternshipId::as_str));
            let frame = frame(tx, context, citizen, reference)?;
            let (audience, letter) = match internship {
                Some(id) => (Audience::CompanyContact, internship_closed(&case_of_internship(tx, context, id)?)),
                None => (Audience::Citizen, course_closed()),
            };
            let cause = LetterCause::Closed { citizen: citizen.clone() };
            Envelope { cause, ..Envelope::new(key, LetterKind::Closing, audience, to, letter, frame) }
        }
        Event::ApprovalAsked { request, what, internship, leader, to } => {
            let (case, frame) = to_colleague(tx, context, &internship.id)?;
            let key = format!("approval-asked/{request}/{leader}");
            let letter = approval_asked(what, &case, request.as_str());
            Envelope::new(key, LetterKind::ApprovalAsked, Audience::TeamLeader, to, letter, frame)
        }
        Event::ApprovalAnswered { request, what, granted, internship, reader, to } => {
            let (case, frame) = to_colleague(tx, context, &internship.id)?;
            let key = format!("approval-answered/{request}/{reader}");
            let letter = approval_answered(what, granted, &case, request.as_str());
            Envelope::new(key, LetterKind::ApprovalAnswered, Audience::Consultant, to, letter, frame)
        }
        Event::News { internship, news: happened, party, to } => {
            let (case, frame) = about_internship(tx, context, &internship.id)?;
            let letter = news(happened, party, &case);
            // The reasons of a decision stand behind the citizen's own link.
            let link = match happened {
                PartyNews::Decided { .. } if party == Party::Citizen => {
                    let occasion = internship.newest().number.to_string();
                    Some(link(tx, context, LinkPurpose::Alignment, party, &internship.id, &occasion)?.0)
                }
                _ => None,
            };
            let key = happened.key(internship, party);
            Envelope { link, ..Envelope::new(key, happened.kind(), audience_of(party), to, letter, frame) }
        }
        Event::WordRecorded { internship, word, party, via, to } => {
            let (case, frame) = about_internship(tx, context, &internship.id)?;
            let letter = receipt(word, party, via, &case);
            let new = Envelope::new(word.key(internship, party), LetterKind::Receipt, audience_of(party), to, letter, frame);
            let occasion = internship.newest().number.to_string();
            let link = if word.is_read_by_link() {
                Some(link(tx, context, LinkPurpose::Alignment, party, &internship.id, &occasion)?.0)
            } else {
                None
            };
            Envelope { link, ..new }
        }
        Event::PutRight { what, correction, internship, citizen, audience, account, to } => {
            let case = match internship {
                Some(id) => case_of_internship(tx, context, id)?,
                None => case_of_citizen(tx, context, citizen)?,
            };
            let (key, frame) = (format!("put-right/{correction}/{account}"), frame_here(context, Some(&case.reference)));
            let letter = put_right(what, &case, citizen.as_str());
            Envelope::new(key, LetterKind::PutRight, audience, to, letter, frame)
        }
        Event::OpeningsExpire { openings, audience, to, key } => {
            let letter = openings_to_renew(openings, today);
            let cause = LetterCause::Openings(openings.iter().map(|line| (line.opening.clone(), line.expires_on)).collect());
            let frame = frame_here(context, None);
            Envelope { cause, ..Envelope::new(key.to_owned(), LetterKind::Openings, audience, to, letter, frame) }
        }
        Event::AppointmentsChanged { internship, changes, party, to } => {
            let (case, frame) = about_internship(tx, context, internship)?;
            let letter = appointments(changes, &case, audience_of(party));
            let (key, cause) = (appointments_key(internship, party, changes), LetterCause::Appointments);
            let calendar = calendar_objects(context, changes);
            let new = Envelope::new(key, LetterKind::Appointments, audience_of(party), to, letter, frame);
            Envelope { cause, calendar, ..new }
        }
        Event::Warned { lines, ahead, changes, audience, to, key } => {
            let (letter, frame) = (at_once(lines, ahead, changes), frame_here(context, None));
            let (cause, calendar) = (cause_of(ahead), calendar_objects(context, changes));
            Envelope { cause, calendar, ..Envelope::new(key.to_owned(), LetterKind::Warning, audience, to, letter, frame) }
        }
        Event::DigestDue { lines, ahead, changes, audience, account, to, key } => {
            let (letter, frame) = (digest(lines, ahead, changes), frame_here(context, None));
            let (cause, calendar, digest_of) = (cause_of(ahead), calendar_objects(context, changes), Some(account));
            let new = Envelope::new(key.to_owned(), LetterKind::Digest, audience, to, letter, frame);
            Envelope { cause, calendar, digest_of, ..new }
        }
    })
}

fn confirmation_asked<'a>(
    tx: &mut Tx,
    context: &Context,
    version: VersionToConfirm,
    party: Party,
    to: &'a str,
    reminder: Option<&str>,
) -> Result<Envelope<'a>, StoreError> {
    let (internship, number) = (version.internship, version.number);
    let (link, works_until) = link(tx, context, LinkPurpose::Alignment, party, internship, &number.to_string())?;
    let (case, frame) = about_internship(tx, context, internship)?;
    let period = version.period();
    let letter = alignment(&Alignment {
        party,
        case: &case,
        cause: version.cause,
        start: period.first,
        last: period.last,
        changed: &version.changed(),
        commitment: version.commitment,
        reminder: reminder.is_some(),
        works_until,
    });
    let key = reminder.map_or_else(|| format!("alignment/{internship}/{number}/{party}"), ToOwned::to_owned);
    let kind = if reminder.is_some() { LetterKind::AlignmentReminder } else { LetterKind::Alignment };
    let cause = LetterCause::Unconfirmed { internship: internship.clone(), version: number, party };
    Ok(Envelope { cause, link: Some(link), ..Envelope::new(key, kind, audience_of(party), to, letter, frame) })
}

fn questions_asked<'a>(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    about: &QuestionsAbout,
    party: Party,
    to: &'a str,
    mark: Option<&str>,
) -> Result<Envelope<'a>, StoreError> {
    let (purpose, occasion) = (about.purpose(), about.occasion());
    let (link, works_until) = link(tx, context, purpose, party, &internship.id, &occasion)?;
    let (case, frame) = about_internship(tx, context, &internship.id)?;
    let asked = asked(purpose, party, internship);
    let letter = questions(&Questions { about, party, case: &case, asked: &asked, works_until });
    let key = mark.map_or_else(|| format!("questions/{purpose}/{occasion}/{party}"), ToOwned::to_owned);
    let cause = LetterCause::Questions { internship: internship.id.clone(), purpose, occasion };
    let new = Envelope::new(key, LetterKind::Questions, audience_of(party), to, letter, frame);
    Ok(Envelope { cause, link: Some(link), ..new })
}

/// To somebody who is neither the citizen nor the contact person: it names the workplace, and nobody.
fn statement_asked_of<'a>(
    tx: &mut Tx,
    context: &Context,
    request: &'a StatementRequestRow,
    mark: Option<&str>,
) -> Result<Envelope<'a>, StoreError> {
    let (internship, occasion) = (&request.internship_id, request.id.to_string());
    let (link, works_until) = link(tx, context, LinkPurpose::Statement, Party::Company, internship, &occasion)?;
    let (case, frame) = about_internship(tx, context, internship)?;
    let letter = statement_asked(&CaseNames { citizen: None, ..case }, &request.name, works_until);
    let key = mark.map_or_else(|| format!("statement/{occasion}"), ToOwned::to_owned);
    let cause = LetterCause::Statement { internship: internship.clone(), request: request.id.clone() };
    let new = Envelope::new(key, LetterKind::Statement, Audience::CompanyContact, &request.email, letter, frame);
    Ok(Envelope { cause, link: Some(link), ..new })
}

fn mentor_told_of<'a>(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    news: MentorNews,
    (name, to): (&str, &'a str),
    mark: Option<&str>,
) -> Result<Envelope<'a>, StoreError> {
    let (case, frame) = about_internship(tx, context, &internship.id)?;
    let occasion = mentor_occasion(context, to);
    let new = |key, letter| Envelope::new(key, LetterKind::Mentor, Audience::Mentor, to, letter, frame);
    let MentorNews::Agreed { is_first } = news else {
        let key = format!("mentor-cancelled/{}/{occasion}", internship.id);
        return Ok(new(key, mentor_cancelled(&case, name)));
    };
    let (link, works_until) = link(tx, context, LinkPurpose::Mentor, Party::Citizen, &internship.id, &occasion)?;
    let version = internship.standing();
    let (first, last) = (version.terms.period.first, version.terms.period.last);
    let letter = mentor_told(&MentorLetter { case: &case, name, is_first, first, last, works_until });
    let key = mark.map_or_else(|| format!("mentor/{}/{}/{occasion}", internship.id, version.number), ToOwned::to_owned);
    Ok(Envelope { link: Some(link), ..new(key, letter) })
}

/// What a letter to somebody who works here says of an internship's case.
fn to_colleague(tx: &mut Tx, context: &Context, internship: &InternshipId) -> Result<(CaseNames, Frame), StoreError> {
    let case = case_of_internship(tx, context, internship)?;
    let frame = frame_here(context, Some(&case.reference));
    Ok((case, frame))
}

/// An entry is said under a number of its own each time, so what is said first makes the letter.
fn appointments_key(internship: &InternshipId, party: Party, changes: &[AppointmentChange]) -> String {
    let first = changes.first().map(|change| format!("{}/{}", change.uid, change.sequence)).unwrap_or_default();
    format!("appointments/{internship}/{party}/{first}")
}

/// What a letter to somebody who works here rests on.
fn cause_of(ahead: &[FollowUpAhead]) -> LetterCause {
    if ahead.is_empty() {
        return LetterCause::Lines;
    }
    LetterCause::LinesAndFollowUps(ahead.iter().map(|own| (own.id.clone(), own.on)).collect())
}
