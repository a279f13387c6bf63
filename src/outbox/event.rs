//! What actions cause beyond their own rows, as typed facts. An action hands its events to the outbox in its own transaction; the
//! letters are made from them here, at once.
//!
//! Promise: an event is kept or lost together with what caused it. The same event again, from a second run, another instance or
//! a replay, adds nothing: each letter has a key made of what it is about.

use crate::{
    context::Context,
    domain::{
        internships::{
            alignment::{Party, Via},
            approval::ApprovalOf,
            internship::{AnswerKind, Internship},
            link_purpose::LinkPurpose,
        },
        letter::LetterKind,
        people::correction::Corrected,
        rules::flags::Audience,
        values::ids::{AccountId, AnswerId, ApprovalRequestId, CitizenId, ClosingId, CorrectionId, InternshipId, LetterId},
    },
    outbox::{
        calendar::{CalendarObject, Organizer, object},
        letters::{
            Alignment, AppointmentChange, DecisionLetter, FlagNotice, FollowUpAhead, OpeningLine, PartyNews, RecordedWord,
            alignment, answer, appointments, approval_answered, approval_asked, at_once, course_closed, decision, digest,
            internship_closed, news, openings_to_renew, put_right, receipt,
        },
        link::link,
        mailer::sender_address,
        queue::{Envelope, LetterCause, queue},
        recipients::PartyAddresses,
    },
    store::{StoreError, Tx},
};
use chrono::NaiveDate;

/// See the module.
pub enum Event<'a> {
    /// A party is to read a version and confirm it.
    ConfirmationAsked {
        version: VersionToConfirm<'a>,
        party: Party,
        to: &'a str,
        /// What makes it a letter of its own beside the invitation; none for the invitation itself.
        reminder: Option<&'a str>,
    },
    /// The company is to answer whether it hires (S7).
    DecisionAsked {
        internship: &'a InternshipId,
        reference: &'a str,
        decision_on: NaiveDate,
        to: &'a str,
        key: &'a str,
        cause: LetterCause,
    },
    /// The company has answered; its consultant is told.
    CompanyAnswered {
        answer: AnswerKind,
        answer_id: &'a AnswerId,
        internship: &'a InternshipId,
        reference: &'a str,
        consultant: &'a AccountId,
        to: &'a str,
    },
    /// A citizen's course is closed: to the citizen, or to the contact person of an internship.
    CourseClosed {
        closing: &'a ClosingId,
        citizen: &'a CitizenId,
        internship: Option<&'a InternshipId>,
        reference: &'a str,
        to: &'a str,
    },
    /// A team leader is to approve something.
    ApprovalAsked {
        request: &'a ApprovalRequestId,
        what: ApprovalOf,
        internship: &'a Internship,
        leader: &'a AccountId,
        to: &'a str,
    },
    /// A team leader has answered; whoever asked is told.
    ApprovalAnswered {
        request: &'a ApprovalRequestId,
        what: ApprovalOf,
        granted: bool,
        internship: &'a Internship,
        reader: &'a AccountId,
        to: &'a str,
    },
    /// Something that a party is told of without being asked for anything.
    News { internship: &'a Internship, news: &'a PartyNews, party: Party, to: &'a str },
    /// Somebody here has recorded a word for a party; it gets a receipt.
    WordRecorded { internship: &'a Internship, word: &'a RecordedWord, party: Party, via: Via, to: &'a str },
    /// A flag that somebody was told of has gone: what it rested on was registered in error.
    PutRight {
        what: Corrected,
        correction: &'a CorrectionId,
        reference: &'a str,
        citizen: &'a CitizenId,
        audience: Audience,
        account: &'a AccountId,
        to: &'a str,
    },
    /// Openings expire soon; who keeps them is to renew or close them.
    OpeningsExpire { openings: &'a [OpeningLine], audience: Audience, to: &'a str, key: &'a str },
    /// Appointments of an internship that are new, moved or called off: to citizen or company, with what puts them into a calendar.
    AppointmentsChanged {
        internship: &'a InternshipId,
        reference: &'a str,
        changes: &'a [AppointmentChange],
        party: Party,
        to: &'a str,
    },
    /// Flags that were raised for somebody who works here, among them a warning or an alarm.
    Warned {
        lines: &'a [FlagNotice],
        ahead: &'a [FollowUpAhead],
        changes: &'a [AppointmentChange],
        audience: Audience,
        to: &'a str,
        key: &'a str,
    },
    /// The day's notices for somebody who works here, and the follow-ups that come next.
    DigestDue {
        lines: &'a [FlagNotice],
        ahead: &'a [FollowUpAhead],
        changes: &'a [AppointmentChange],
        audience: Audience,
        account: &'a AccountId,
        to: &'a str,
        key: &'a str,
    },
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

/// Hands an event to the outbox: the id of the letter that was made from it, where it is a new one.
///
/// # Errors
/// A failure of the database.
pub fn emit(tx: &mut Tx, context: &Context, event: Event) -> Result<Option<LetterId>, StoreError> {
    let calendar = calendar(context, &event);
    let envelope = envelope(tx, context, event)?;
    queue(tx, context, envelope, &calendar)
}

/// What the letter of an event puts into its reader's calendar.
fn calendar(context: &Context, event: &Event) -> Vec<CalendarObject> {
    match event {
        Event::AppointmentsChanged { changes, .. } | Event::Warned { changes, .. } | Event::DigestDue { changes, .. } => {
            calendar_objects(context, changes)
        }
        _ => Vec::new(),
    }
}

/// Appointments as entries, on behalf of the municipality.
pub fn calendar_objects(context: &Context, changes: &[AppointmentChange]) -> Vec<CalendarObject> {
    let sender = sender_address(&context.services.settings.mail.from);
    let organizer = Organizer { name: context.tenant.municipality().name(), address: &sender };
    changes.iter().map(|change| object(change, organizer, context.at.instant)).collect()
}

/// Asks citizen and company to read and confirm a version, where they have an address.
///
/// # Errors
/// A failure of the database.
pub fn invite(tx: &mut Tx, context: &Context, version: VersionToConfirm, addresses: &PartyAddresses) -> Result<(), StoreError> {
    for (party, address) in [(Party::Citizen, &addresses.citizen), (Party::Company, &addresses.company)] {
        if let Some(to) = address {
            emit(tx, context, Event::ConfirmationAsked { version, party, to, reminder: None })?;
        }
    }
    Ok(())
}

fn audience_of(party: Party) -> Audience {
    if party == Party::Citizen { Audience::Citizen } else { Audience::CompanyContact }
}

fn envelope<'a>(tx: &mut Tx, context: &Context, event: Event<'a>) -> Result<Envelope<'a>, StoreError> {
    let today = context.at.today;
    Ok(match event {
        Event::ConfirmationAsked {
            version: VersionToConfirm { internship, reference, number, first_day },
            party,
            to,
            reminder,
        } => {
            let (link, works_until) = link(tx, context, LinkPurpose::Alignment, party, internship, &number.to_string())?;
            let facts =
                Alignment { party, reference, version: number, start: first_day, reminder: reminder.is_some(), works_until };
            Envelope {
                key: reminder.map_or_else(|| format!("alignment/{internship}/{number}/{party}"), ToOwned::to_owned),
                kind: if reminder.is_some() { LetterKind::AlignmentReminder } else { LetterKind::Alignment },
                audience: audience_of(party),
                to,
                letter: alignment(&facts),
                cause: LetterCause::Unconfirmed { internship: internship.clone(), version: number, party },
                case: Some(reference),
                link: Some(link),
                digest_of: None,
            }
        }
        Event::DecisionAsked { internship, reference, decision_on, to, key, cause } => {
            let (link, _) = link(tx, context, LinkPurpose::Decision, Party::Company, internship, &decision_on.to_string())?;
            Envelope {
                key: key.to_owned(),
                kind: LetterKind::Decision,
                audience: Audience::CompanyContact,
                to,
                letter: decision(&DecisionLetter { reference, decision_on, today }),
                cause,
                case: Some(reference),
                link: Some(link),
                digest_of: None,
            }
        }
        Event::CompanyAnswered { answer: given, answer_id, internship, reference, consultant, to } => Envelope {
            key: format!("answer/{answer_id}/{consultant}"),
            kind: LetterKind::Answer,
            audience: Audience::Consultant,
            to,
            letter: answer(given, reference, internship.as_str()),
            cause: LetterCause::Lasting,
            case: Some(reference),
            link: None,
            digest_of: None,
        },
        Event::CourseClosed { closing, citizen, internship, reference, to } => Envelope {
            key: format!("closing/{closing}/{}", internship.map_or(citizen.as_str(), InternshipId::as_str)),
            kind: LetterKind::Closing,
            audience: if internship.is_some() { Audience::CompanyContact } else { Audience::Citizen },
            to,
            letter: if internship.is_some() { internship_closed(reference) } else { course_closed(reference) },
            cause: LetterCause::Closed { citizen: citizen.clone() },
            case: Some(reference),
            link: None,
            digest_of: None,
        },
        Event::ApprovalAsked { request, what, internship, leader, to } => Envelope {
            key: format!("approval-asked/{request}/{leader}"),
            kind: LetterKind::ApprovalAsked,
            audience: Audience::TeamLeader,
            to,
            letter: approval_asked(what, &internship.reference, internship.id.as_str()),
            cause: LetterCause::Lasting,
            case: Some(&internship.reference),
            link: None,
            digest_of: None,
        },
        Event::ApprovalAnswered { request, what, granted, internship, reader, to } => Envelope {
            key: format!("approval-answered/{request}/{reader}"),
            kind: LetterKind::ApprovalAnswered,
            audience: Audience::Consultant,
            to,
            letter: approval_answered(what, granted, &internship.reference, internship.id.as_str()),
            cause: LetterCause::Lasting,
            case: Some(&internship.reference),
            link: None,
            digest_of: None,
        },
        Event::News { internship, news: happened, party, to } => Envelope {
            key: happened.key(internship, party),
            kind: happened.kind(),
            audience: audience_of(party),
            to,
            letter: news(happened, party, &internship.reference),
            cause: LetterCause::Lasting,
            case: Some(&internship.reference),
            link: None,
            digest_of: None,
        },
        Event::WordRecorded { internship, word, party, via, to } => Envelope {
            key: word.key(internship, party),
            kind: LetterKind::Receipt,
            audience: audience_of(party),
            to,
            letter: receipt(word, party, via, &internship.reference),
            cause: LetterCause::Lasting,
            case: Some(&internship.reference),
            link: None,
            digest_of: None,
        },
        Event::PutRight { what, correction, reference, citizen, audience, account, to } => Envelope {
            key: format!("put-right/{correction}/{account}"),
            kind: LetterKind::PutRight,
            audience,
            to,
            letter: put_right(what, reference, citizen.as_str()),
            cause: LetterCause::Lasting,
            case: Some(reference),
            link: None,
            digest_of: None,
        },
        Event::OpeningsExpire { openings, audience, to, key } => Envelope {
            key: key.to_owned(),
            kind: LetterKind::Openings,
            audience,
            to,
            letter: openings_to_renew(openings, today),
            cause: LetterCause::Openings(openings.iter().map(|line| (line.opening.clone(), line.expires_on)).collect()),
            case: None,
            link: None,
            digest_of: None,
        },
        Event::AppointmentsChanged { internship, reference, changes, party, to } => Envelope {
            key: appointments_key(internship, party, changes),
            kind: LetterKind::Appointments,
            audience: audience_of(party),
            to,
            letter: appointments(changes, reference),
            cause: LetterCause::Appointments,
            case: Some(reference),
            link: None,
            digest_of: None,
        },
        Event::Warned { lines, ahead, changes, audience, to, key } => Envelope {
            key: key.to_owned(),
            kind: LetterKind::Warning,
            audience,
            to,
            letter: at_once(lines, ahead, changes),
            cause: cause_of(ahead),
            case: None,
            link: None,
            digest_of: None,
        },
        Event::DigestDue { lines, ahead, changes, audience, account, to, key } => Envelope {
            key: key.to_owned(),
            kind: LetterKind::Digest,
            audience,
            to,
            letter: digest(lines, ahead, changes),
            cause: cause_of(ahead),
            case: None,
            link: None,
            digest_of: Some(account),
        },
    })
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
