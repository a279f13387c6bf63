//! Letters: what was sent, what waits, what failed, what was dropped.

use crate::{
    actions::{ActionError, people::scope},
    context::Context,
    domain::{
        people::{access::Permission, read_log::PersonalData},
        rules::flags::Audience,
        values::ids::{CitizenId, LetterId},
    },
    store::{
        Conn, StoreError, accounts,
        letters::{self, LetterFilter, LetterStanding, recipient_hash},
        schema::LetterRow,
        sealed,
    },
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

crate::code_enum! {
    /// Where a letter stands.
    pub enum LetterState {
        Waiting = "waiting" ("venter", "waiting"),
        Sent = "sent" ("sendt", "sent"),
        Failed = "failed" ("kunne ikke leveres", "failed"),
        Dropped = "dropped" ("bortfaldet", "dropped"),
    }
}

/// A letter: what, to whom, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct LetterLine {
    pub id: LetterId,
    pub kind: String,
    pub audience: String,
    /// Null where it is a citizen's and the asker may not see citizens.
    pub recipient: Option<String>,
    /// Null for those who may not read it.
    pub subject: Option<String>,
    pub case_reference: Option<String>,
    pub queued_on: NaiveDate,
    /// `waiting`, `sent`, `failed` or `dropped` (its cause had gone).
    pub state: &'static str,
    pub attempts: i32,
    pub sent_at: Option<DateTime<Utc>>,
    /// When it is tried next, while it waits.
    pub next_try_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

/// Whether somebody may read what a letter says: those who may see citizens, and of what goes to companies and their liaisons those who
/// may see internships. Others see that it is there, and how it fared.
fn reads(context: &Context, row: &LetterRow) -> bool {
    let is_about_companies = matches!(row.audience, Audience::CompanyContact | Audience::Liaison);
    context.may(Permission::SeeCitizens) || (is_about_companies && context.may(Permission::SeeInternships))
}

/// Whom a letter is about, as it is found.
type About = [(LetterId, CitizenId)];

/// The address of a citizen is for those who may see citizens.
fn line(row: &LetterRow, context: &Context, about: &About) -> Result<LetterLine, StoreError> {
    // Whoever may not read it is shown whose it is all the same, by the number of the case.
    let what = if reads(context, row) { PersonalData::Letter } else { PersonalData::Listed };
    about.iter().filter(|(id, _)| *id == row.id).for_each(|(_, citizen)| context.shows(citizen, what));
    let sees_citizens = context.may(Permission::SeeCitizens);
    let state = match (row.sent_at, row.failed_at, row.dropped_at) {
        (Some(_), _, _) => "sent",
        (_, Some(_), _) => "failed",
        (_, _, Some(_)) => "dropped",
        _ => "waiting",
    };
    let is_shown = sees_citizens || !matches!(row.audience, Audience::Citizen | Audience::Mentor);
    let recipient = if is_shown { Some(row.address(&context.services.keys)?) } else { None };
    Ok(LetterLine {
        recipient,
        id: row.id.clone(),
        kind: row.kind.to_string(),
        audience: row.audience.to_string(),
        subject: sealed::LETTER_SUBJECT.open_some(
            &context.services.keys,
            &row.id,
            Some(&row.subject).filter(|_| reads(context, row)),
        )?,
        case_reference: row.case_reference.clone(),
        queued_on: row.queued_on,
        state,
        attempts: row.attempts,
        sent_at: row.sent_at.map(|at| at.and_utc()),
        next_try_at: (state == "waiting").then(|| row.not_before.and_utc()),
        last_error: row.last_error.clone(),
    })
}

#[derive(Serialize, ToSchema)]
pub struct LetterView {
    #[serde(flatten)]
    pub line: LetterLine,
    /// The text as written; the address of a one-time link is put in only when it is sent. Null as the subject is.
    pub plain: Option<String>,
}

crate::input! {
    /// Which letters.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct LetterQuery {
        pub state: Option<LetterState>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// Where what is written to whoever asks goes.
fn own_address(conn: &mut Conn, context: &Context) -> Result<Option<String>, ActionError> {
    let own = context.account()?;
    Ok(accounts::find(conn, context.tenant, &own.id)?.map(|account| account.email))
}

/// The letters of the municipality.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &LetterQuery) -> Result<Page<LetterLine>, ActionError> {
    context.authorize(Permission::SeeLetters)?;
    let state = query.state.map(|state| match state {
        LetterState::Waiting => LetterStanding::Waiting,
        LetterState::Sent => LetterStanding::Sent,
        LetterState::Failed => LetterStanding::Failed,
        LetterState::Dropped => LetterStanding::Dropped,
    });
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let own = own_address(conn, context)?.map(|address| recipient_hash(&context.services.keys, &address));
    let within = scope::narrowed(conn, context)?.zip(own);
    let filter = LetterFilter { standing: state, within };
    let rows = letters::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    let about = letters::citizens_of(conn, context.tenant, &rows.iter().collect::<Vec<_>>())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(line(&row, context, &about)?))
}

/// One letter with its text.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &LetterId) -> Result<Representation<LetterView>, ActionError> {
    context.authorize(Permission::SeeLetters)?;
    let row = letters::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let about = letters::citizens_of(conn, context.tenant, &[&row])?;
    let plain = Some(&row.plain).filter(|_| reads(context, &row));
    let plain = sealed::LETTER_PLAIN.open_some(&context.services.keys, &row.id, plain)?;
    Ok(Representation::only(LetterView { line: line(&row, context, &about)?, plain }))
}
