//! Queues letters, in the transaction of what caused them: rendered then, under a natural key, so that a second run, a
//! second instance or a replay adds nothing.

use crate::{
    context::Context,
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose},
        letter::LetterKind,
        rules::flags::Audience,
        values::ids::{
            AccountId, AccountLinkId, CitizenId, FlagId, FollowUpId, InternshipId, LetterId, LinkId, OpeningId,
            StatementRequestId,
        },
    },
    outbox::{
        calendar::CalendarObject,
        hours,
        letters::{Frame, Letter},
    },
    store::{
        StoreError, Tx, letters,
        schema::LetterRow,
        sealed::{self, SealedError},
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
    /// The link still lets somebody choose a password; its address goes into the letter when it is sent.
    AccountLink { link: AccountLinkId },
    /// Any of these flags stands.
    Flags(Vec<FlagId>),
    /// Any of the lines that it carries still holds.
    Lines,
    /// The same, or any of these follow-ups is still to be held on its day.
    LinesAndFollowUps(Vec<(FollowUpId, NaiveDate)>),
    /// Any of these openings still expires on its day.
    Openings(Vec<(OpeningId, NaiveDate)>),
    /// Any of the entries of a calendar that it carries was not said again since.
    Appointments,
    /// The course of this citizen is closed.
    Closed { citizen: CitizenId },
    /// Somebody waits for the answers still.
    Questions { internship: InternshipId, purpose: LinkPurpose, occasion: String },
    /// The representative who was asked last has not stated anything yet.
    Statement { internship: InternshipId, request: StatementRequestId },
    /// The party has not confirmed this version, and it is the newest.
    Unconfirmed { internship: InternshipId, version: i32, party: Party },
}

/// A letter with its envelope.
pub struct Envelope<'a> {
    /// What makes it the same letter when it is queued again.
    pub key: String,
    pub kind: LetterKind,
    pub audience: Audience,
    pub to: &'a str,
    pub letter: Letter,
    pub frame: Frame,
    pub cause: LetterCause,
    pub link: Option<LinkId>,
    /// Whose digest it is, where it is one.
    pub digest_of: Option<&'a AccountId>,
    /// What it puts into its reader's calendar.
    pub calendar: Vec<CalendarObject>,
}

impl<'a> Envelope<'a> {
    /// One that rests on what stays true, and carries no link.
    pub fn new(key: String, kind: LetterKind, audience: Audience, to: &'a str, letter: Letter, frame: Frame) -> Self {
        Self {
            key,
            kind,
            audience,
            to,
            letter,
            frame,
            cause: LetterCause::Lasting,
            link: None,
            digest_of: None,
            calendar: Vec::new(),
        }
    }
}

/// Queues a letter, with what it puts into a calendar. The id where it is new.
///
/// # Errors
/// A failure of the database.
pub fn queue(tx: &mut Tx, context: &Context, envelope: Envelope) -> Result<Option<LetterId>, StoreError> {
    let at = context.at;
    let id = LetterId::new(at);
    let set = envelope.letter.set(&envelope.frame);
    let cause = serde_json::to_string(&envelope.cause).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    let (now, keys) = (at.instant.naive_utc(), &context.services.keys);
    let not_before = hours::next_open(at, &context.services.settings.letters).naive_utc();
    let calendar = calendar_column(&envelope.calendar)?;
    let row = LetterRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        dedupe_key: envelope.key,
        kind: envelope.kind,
        audience: envelope.audience,
        recipient: sealed::LETTER_RECIPIENT.seal(keys, &id, &envelope.to.to_owned()).map_err(unsealable)?,
        recipient_hash: Some(letters::recipient_hash(keys, envelope.to)),
        subject: sealed::LETTER_SUBJECT.seal(keys, &id, &set.subject).map_err(unsealable)?,
        plain: sealed::LETTER_PLAIN.seal(keys, &id, &set.plain).map_err(unsealable)?,
        html: sealed::LETTER_HTML.seal(keys, &id, &set.html).map_err(unsealable)?,
        cause,
        case_reference: envelope.frame.reference.clone(),
        link_id: envelope.link,
        digest_of: envelope.digest_of.cloned(),
        queued_on: at.today,
        created_at: now,
        not_before,
        due_at: Some(not_before),
        attempts: 0,
        claimed_by: None,
        claimed_until: None,
        sent_at: None,
        failed_at: None,
        dropped_at: None,
        last_error: None,
        calendar: sealed::LETTER_CALENDAR.seal_some(keys, &id, calendar.as_ref()).map_err(unsealable)?,
        reply_to: envelope.frame.responsible.map(|own| own.email),
    };
    Ok(letters::queue(tx, &row)?.then_some(id))
}

fn unsealable(error: SealedError) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// Entries of a calendar as a letter keeps them; nothing where there are none.
///
/// # Errors
/// None that is known.
pub fn calendar_column(calendar: &[CalendarObject]) -> Result<Option<String>, StoreError> {
    if calendar.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(calendar).map(Some).map_err(|error| StoreError::Corrupt(error.to_string()))
}
