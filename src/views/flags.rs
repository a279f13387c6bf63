//! Flags with their history, letters, runs of the schedule.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        rules::{
            evidence::Compared,
            flags::{Audience, Level, Words, rule},
        },
        values::{
            ids::{AccountId, CitizenId, FlagId, LetterId, WorkplaceId},
            localized::Localized,
        },
    },
    store::{
        Conn, flags as shelf,
        schema::{FlagRow, LetterRow, RunRow},
    },
    views::corrupt,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A flag in a list.
#[derive(Serialize, ToSchema)]
pub struct FlagLine {
    pub id: FlagId,
    pub rule: String,
    /// The finding or law it rests on.
    pub reference: String,
    pub level: Level,
    /// What it is about, as `kind:id`.
    pub subject: String,
    /// Null where it is about a workplace.
    pub citizen: Option<CitizenId>,
    /// Null where it is about a citizen's course.
    pub workplace: Option<WorkplaceId>,
    pub raised_on: NaiveDate,
    pub risen_on: NaiveDate,
    /// `cleared`, `closed`, `seen` or `unanswered`; null while it stands.
    pub gone: Option<String>,
    pub gone_on: Option<NaiveDate>,
    pub acknowledged_level: Option<String>,
    pub snoozed_until: Option<NaiveDate>,
}

pub fn flag_line(context: &Context, row: &FlagRow) -> Result<FlagLine, ActionError> {
    Ok(FlagLine {
        id: FlagId::stored(row.id.clone()),
        rule: row.rule.clone(),
        reference: rule(&row.rule).map_or("", |rule| rule.reference(&context.services.book, context.at.today)).to_owned(),
        level: Level::parse(&row.level).ok_or_else(|| corrupt("a level"))?,
        subject: row.subject.clone(),
        citizen: row.citizen_id.clone().map(CitizenId::stored),
        workplace: row.workplace_id.clone().map(WorkplaceId::stored),
        raised_on: row.raised_on,
        risen_on: row.risen_on,
        gone: row.gone.clone(),
        gone_on: row.gone_on,
        acknowledged_level: row.acknowledged_level.clone(),
        snoozed_until: row.snoozed_until,
    })
}

/// Something that happened to a flag.
#[derive(Serialize, ToSchema)]
pub struct FlagEventView {
    pub on: NaiveDate,
    /// `raised`, `rose`, `acknowledged`, `snoozed`, `cleared`, `closed`, `seen` or `unanswered`.
    pub what: String,
    pub level: String,
    /// Who did it; null: the schedule.
    pub by: Option<AccountId>,
    pub reason: Option<String>,
}

/// Who was told of a flag.
#[derive(Serialize, ToSchema)]
pub struct ToldView {
    pub audience: String,
    pub account: Option<AccountId>,
    pub level: String,
    pub what: String,
    pub on: NaiveDate,
    /// The letter that carries it; null: not written yet.
    pub letter: Option<LetterId>,
}

#[derive(Serialize, ToSchema)]
pub struct FlagView {
    #[serde(flatten)]
    pub flag: FlagLine,
    pub episode: i32,
    pub what: Localized,
    pub why: Localized,
    pub now: Localized,
    /// Facts and figures compared.
    pub evidence: Vec<Compared>,
    /// The rulebook under which it was raised or rose.
    pub rulebook: String,
    pub history: Vec<FlagEventView>,
    pub told: Vec<ToldView>,
}

pub fn flag(conn: &mut Conn, context: &Context, row: &FlagRow) -> Result<FlagView, ActionError> {
    let words = rule(&row.rule).map(|rule| rule.words());
    let Words { what, why, now } = words.ok_or_else(|| corrupt("a flag of an unknown rule"))?;
    let history = shelf::history(conn, &row.id)?;
    let told = shelf::told(conn, &row.id)?;
    Ok(FlagView {
        flag: flag_line(context, row)?,
        episode: row.episode,
        what,
        why,
        now,
        evidence: serde_json::from_str(&row.evidence).map_err(|_| corrupt("evidence"))?,
        rulebook: row.rulebook.clone(),
        history: history
            .into_iter()
            .map(|event| FlagEventView {
                on: event.happened_on,
                what: event.what,
                level: event.level,
                by: event.account_id.map(AccountId::stored),
                reason: event.reason,
            })
            .collect(),
        told: told
            .into_iter()
            .map(|told| ToldView {
                audience: told.audience,
                account: told.account_id.map(AccountId::stored),
                level: told.level,
                what: told.what,
                on: told.told_on,
                letter: told.letter_id.map(LetterId::stored),
            })
            .collect(),
    })
}

/// A letter: what, to whom, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct LetterLine {
    pub id: LetterId,
    pub kind: String,
    pub audience: String,
    /// Null where it is a citizen's and the asker may not see citizens.
    pub recipient: Option<String>,
    pub subject: String,
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

/// The address of a citizen is for those who may see citizens.
pub fn letter_line(row: &LetterRow, sees_citizens: bool) -> LetterLine {
    let state = match (row.sent_at, row.failed_at, row.dropped_at) {
        (Some(_), _, _) => "sent",
        (_, Some(_), _) => "failed",
        (_, _, Some(_)) => "dropped",
        _ => "waiting",
    };
    LetterLine {
        id: LetterId::stored(row.id.clone()),
        kind: row.kind.clone(),
        audience: row.audience.clone(),
        recipient: (sees_citizens || row.audience != Audience::Citizen.code()).then(|| row.recipient.clone()),
        subject: row.subject.clone(),
        case_reference: row.case_reference.clone(),
        queued_on: row.queued_on,
        state,
        attempts: row.attempts,
        sent_at: row.sent_at.map(|at| at.and_utc()),
        next_try_at: (state == "waiting").then(|| row.not_before.and_utc()),
        last_error: row.last_error.clone(),
    }
}

#[derive(Serialize, ToSchema)]
pub struct LetterView {
    #[serde(flatten)]
    pub line: LetterLine,
    /// The text as written; the address of a one-time link is put in only when it is sent.
    pub plain: String,
}

#[derive(Serialize, ToSchema)]
pub struct RunView {
    pub job: String,
    pub day: NaiveDate,
    pub started_at: DateTime<Utc>,
    /// The end of its latest round on that day.
    pub finished_at: Option<DateTime<Utc>>,
    /// How much it has done on that day.
    pub done: i64,
}

pub fn run(row: RunRow) -> RunView {
    RunView {
        job: row.job,
        day: row.day,
        started_at: row.started_at.and_utc(),
        finished_at: row.finished_at.map(|at| at.and_utc()),
        done: row.done,
    }
}
