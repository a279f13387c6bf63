//! What is shown of a thing: computed when it is asked for, never stored.

use crate::{
    actions::{Case, Stop, Turn, case},
    domain::{
        access::{Deed, Role, may},
        alignment::{Cause, Confirmation, ExtensionPapers, Objection, Terms},
        citizen::{Capacity, Goal, NeedFacts},
        flags::{Level, Words, rule},
        gate,
        ids::{
            AccountId, CitizenId, CompanyId, ContactId, FlagId, InternshipId, LetterId, NeedId, OutcomeId, ProspectId,
            WorkplaceId,
        },
        internship::{Accommodation, Answer, Decision, Ended, Road, State, Statement},
        outcome::Outcome,
        refusals::Compared,
        register::Cpr,
        said::Said,
        values::{FullTime, WeeklyHours},
    },
    store::{Conn, Failure, courses, flags as shelf, rows::*},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

fn corrupt(what: &str) -> Stop {
    Stop::Failed(Failure::Corrupt(what.into()))
}

#[derive(Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether the daily digest of notices is wanted.
    pub wants_digests: bool,
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
}

pub fn account(row: AccountRow) -> Result<AccountView, Stop> {
    let role = Role::parse(&row.role).ok_or_else(|| corrupt("a role"))?;
    Ok(AccountView {
        id: AccountId::stored(row.id),
        email: row.email,
        name: row.name,
        role,
        wants_digests: row.wants_digests,
        closed_on: row.closed_on,
    })
}

#[derive(Serialize, ToSchema)]
pub struct CompanyView {
    pub id: CompanyId,
    pub cvr: String,
    pub name: String,
    pub industry: Option<String>,
    pub industry_scheme: Option<String>,
    pub advertising_protected: bool,
    pub liaison: AccountId,
}

pub fn company(row: CompanyRow) -> CompanyView {
    CompanyView {
        id: CompanyId::stored(row.id),
        cvr: row.cvr,
        name: row.name,
        industry: row.industry,
        industry_scheme: row.industry_scheme,
        advertising_protected: row.advertising_protected,
        liaison: AccountId::stored(row.liaison_id),
    }
}

#[derive(Serialize, ToSchema)]
pub struct WorkplaceView {
    pub id: WorkplaceId,
    pub company: CompanyId,
    pub p_number: String,
    pub name: String,
    pub address: Option<String>,
    /// Null: not asked.
    pub foresees_vacancy: Option<bool>,
    pub asked_on: Option<NaiveDate>,
}

pub fn workplace(row: WorkplaceRow) -> WorkplaceView {
    WorkplaceView {
        id: WorkplaceId::stored(row.id),
        company: CompanyId::stored(row.company_id),
        p_number: row.p_number,
        name: row.name,
        address: row.address,
        foresees_vacancy: row.foresees_vacancy,
        asked_on: row.asked_on,
    }
}

#[derive(Serialize, ToSchema)]
pub struct ContactView {
    pub id: ContactId,
    pub workplace: WorkplaceId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub job: Option<String>,
    pub left_on: Option<NaiveDate>,
}

pub fn contact(row: ContactRow) -> ContactView {
    ContactView {
        id: ContactId::stored(row.id),
        workplace: WorkplaceId::stored(row.workplace_id),
        name: row.name,
        email: row.email,
        phone: row.phone,
        job: row.job,
        left_on: row.left_on,
    }
}

#[derive(Serialize, ToSchema)]
pub struct StaffView {
    /// Written 2026-08.
    pub month: String,
    pub full_time: FullTime,
}

pub fn staff(row: StaffRow) -> StaffView {
    StaffView { month: row.month.format("%Y-%m").to_string(), full_time: FullTime::from_hundredths(row.hundredths) }
}

#[derive(Serialize, ToSchema)]
pub struct ProspectView {
    pub id: ProspectId,
    pub workplace: WorkplaceId,
    pub position: String,
    pub weekly_hours: WeeklyHours,
    pub from: Option<NaiveDate>,
    pub condition: Option<String>,
    /// The company's own words.
    pub words: String,
    pub recorded_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
}

pub fn prospect(row: ProspectRow) -> ProspectView {
    ProspectView {
        id: ProspectId::stored(row.id),
        workplace: WorkplaceId::stored(row.workplace_id),
        position: row.position,
        weekly_hours: WeeklyHours::from_minutes(row.weekly_minutes),
        from: row.from_on,
        condition: row.condition,
        words: row.words,
        recorded_on: row.recorded_on,
        withdrawn_on: row.withdrawn_on,
    }
}

/// A citizen in a list.
#[derive(Serialize, ToSchema)]
pub struct CitizenLine {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    pub name: String,
    pub consultant: AccountId,
}

pub fn citizen_line(row: CitizenRow) -> CitizenLine {
    CitizenLine {
        id: CitizenId::stored(row.id),
        reference: row.reference,
        name: row.name,
        consultant: AccountId::stored(row.consultant_id),
    }
}

#[derive(Serialize, ToSchema)]
pub struct CitizenView {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    /// The date of birth; the serial number is never shown.
    pub cpr: String,
    /// A replacement or test number.
    pub cpr_is_replacement: bool,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub target_group: String,
    pub job_ready: bool,
    pub in_employment: bool,
    pub goals: Vec<Goal>,
    pub capacities: Vec<Capacity>,
    pub consultant: AccountId,
    pub mentor: Option<String>,
    pub latest_employer: Option<String>,
    /// What the citizen went on to, eldest first.
    pub outcomes: Vec<Outcome>,
}

pub fn citizen(conn: &mut Conn, turn: &Turn, row: CitizenRow) -> Result<CitizenView, Stop> {
    let course = courses::load(conn, &turn.desk.keys, &turn.by.municipality, &row.id)?.ok_or(Stop::NotFound)?;
    let cpr =
        turn.desk.keys.open(&row.cpr_sealed).and_then(|text| Cpr::parse(&text)).ok_or_else(|| corrupt("a sealed number"))?;
    Ok(CitizenView {
        id: CitizenId::stored(row.id),
        reference: row.reference,
        cpr: cpr.masked(),
        cpr_is_replacement: cpr.is_replacement(),
        name: row.name,
        email: row.email,
        phone: row.phone,
        target_group: row.target_group,
        job_ready: row.job_ready,
        in_employment: row.in_employment,
        goals: course.citizen.goals,
        capacities: course.citizen.capacities,
        consultant: AccountId::stored(row.consultant_id),
        mentor: row.mentor,
        latest_employer: row.latest_employer,
        outcomes: course.outcomes,
    })
}

#[derive(Serialize, ToSchema)]
pub struct NeedView {
    pub id: NeedId,
    #[serde(flatten)]
    pub facts: NeedFacts,
}

/// The needs of a citizen.
#[derive(Serialize, ToSchema)]
pub struct NeedsView {
    pub needs: Vec<NeedView>,
}

/// An internship in a list.
#[derive(Serialize, ToSchema)]
pub struct InternshipLine {
    pub id: InternshipId,
    pub reference: String,
    pub citizen: CitizenId,
    pub workplace: WorkplaceId,
    pub booked_on: NaiveDate,
    pub started_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    /// The last day, once its end is recorded.
    pub last_day: Option<NaiveDate>,
}

pub fn internship_line(row: InternshipRow) -> InternshipLine {
    InternshipLine {
        id: InternshipId::stored(row.id),
        reference: row.reference,
        citizen: CitizenId::stored(row.citizen_id),
        workplace: WorkplaceId::stored(row.workplace_id),
        booked_on: row.booked_on,
        started_on: row.started_on,
        cancelled_on: row.cancelled_on,
        last_day: row.last_day,
    }
}

/// One version of the alignment.
#[derive(Serialize, ToSchema)]
pub struct VersionView {
    pub number: i32,
    /// What a confirmation binds to.
    pub hash: String,
    pub made_on: NaiveDate,
    pub cause: Cause,
    pub terms: Terms,
    /// What lay on the table with an extension, under whichever name.
    pub papers: Option<ExtensionPapers>,
    pub confirmations: Vec<Confirmation>,
    pub objections: Vec<Objection>,
    /// The day on which the last of the three confirmed.
    pub in_force_since: Option<NaiveDate>,
}

#[derive(Serialize, ToSchema)]
pub struct InternshipView {
    pub id: InternshipId,
    pub reference: String,
    pub citizen: CitizenId,
    pub workplace: WorkplaceId,
    pub state: State,
    pub booked_on: NaiveDate,
    pub road: Option<Road>,
    pub new_function: Option<String>,
    /// The version that stands.
    pub standing_version: i32,
    /// The version to be confirmed.
    pub newest_version: i32,
    pub versions: Vec<VersionView>,
    pub accommodations: Vec<Accommodation>,
    /// The day on which the citizen said that none are needed.
    pub none_needed_on: Option<NaiveDate>,
    pub contact: Option<ContactId>,
    pub contact_name: Option<String>,
    pub statement: Option<Statement>,
    pub decision: Option<Decision>,
    /// What is missing before it can start, and from whom.
    pub missing: Vec<gate::Lack>,
    pub started_on: Option<NaiveDate>,
    /// Planned or recorded, inclusive.
    pub last_day: NaiveDate,
    /// When the company decides.
    pub decision_on: Option<NaiveDate>,
    pub answers: Vec<Answer>,
    pub ended: Option<Ended>,
    pub cancelled_on: Option<NaiveDate>,
    pub next_step: Option<String>,
    pub outcomes: Vec<Outcome>,
    /// L18, said at booking: plan it so that it combines with, or leads to, ordinary paid hours.
    pub advice: Said,
}

/// An internship as it stands, with its revision.
pub fn internship(conn: &mut Conn, turn: &Turn, id: &InternshipId) -> Result<(InternshipView, i32), Stop> {
    turn.may(Deed::SeeInternships)?;
    let Case { row, course, internship } = case(conn, turn.desk, &turn.by.municipality, id)?;
    let sees_needs = may(turn.by.role, Deed::SeeNeeds);
    let outcomes = course.outcomes.into_iter().filter(|outcome| outcome.from.as_ref() == Some(id)).collect();
    let view = InternshipView {
        state: internship.state(turn.at.today),
        citizen: course.citizen.id,
        workplace: WorkplaceId::stored(row.workplace_id),
        booked_on: internship.booked_on,
        road: internship.road,
        standing_version: internship.standing().number,
        newest_version: internship.newest().number,
        versions: internship.versions().map(version).collect(),
        missing: if internship.started_on.is_none() { gate::missing(&internship) } else { Vec::new() },
        last_day: internship.last_day(),
        decision_on: internship.decision_on(),
        accommodations: internship
            .accommodations
            .into_iter()
            .map(|item| Accommodation { need: item.need.filter(|_| sees_needs), ..item })
            .collect(),
        none_needed_on: internship.none_needed,
        contact: internship.contact,
        contact_name: internship.contact_name,
        statement: internship.statement,
        decision: internship.decision,
        started_on: internship.started_on,
        answers: internship.answers,
        ended: internship.ended,
        cancelled_on: internship.cancelled_on,
        next_step: internship.next_step,
        reference: internship.reference,
        new_function: internship.new_function,
        id: internship.id,
        outcomes,
        advice: crate::domain::said::said(
            "Praktik er ikke sæsonarbejde, afløsning eller ekstra hænder (L17). Læg den, så den følges af eller fører til ordinære timer (L18).",
            "An internship is no seasonal work, stand-in or extra pair of hands (L17). Plan it with, or towards, ordinary paid hours (L18).",
        ),
    };
    Ok((view, row.revision))
}

pub fn version(version: &crate::domain::alignment::Version) -> VersionView {
    VersionView {
        number: version.number,
        hash: version.hash.clone(),
        made_on: version.made_on,
        cause: version.cause,
        terms: version.terms.clone(),
        papers: version.papers.clone(),
        confirmations: version.confirmations.clone(),
        objections: version.objections.clone(),
        in_force_since: version.in_force_since(),
    }
}

#[derive(Serialize, ToSchema)]
pub struct OutcomeView {
    pub citizen: CitizenId,
    #[serde(flatten)]
    pub outcome: Outcome,
}

pub fn outcome(row: OutcomeRow) -> Result<OutcomeView, Stop> {
    Ok(OutcomeView { citizen: CitizenId::stored(row.citizen_id.clone()), outcome: courses::outcome(row)? })
}

/// A flag in a list.
#[derive(Serialize, ToSchema)]
pub struct FlagLine {
    pub id: FlagId,
    pub rule: String,
    /// The finding or law it rests on.
    pub reference: &'static str,
    pub level: Level,
    /// What it is about, as `kind:id`.
    pub subject: String,
    pub citizen: CitizenId,
    pub raised_on: NaiveDate,
    pub risen_on: NaiveDate,
    /// `cleared`, `closed` or `unanswered`; null while it stands.
    pub gone: Option<String>,
    pub gone_on: Option<NaiveDate>,
    pub acknowledged_level: Option<String>,
    pub snoozed_until: Option<NaiveDate>,
}

pub fn flag_line(row: &FlagRow) -> Result<FlagLine, Stop> {
    Ok(FlagLine {
        id: FlagId::stored(row.id.clone()),
        rule: row.rule.clone(),
        reference: rule(&row.rule).map_or("", |rule| rule.reference),
        level: Level::parse(&row.level).ok_or_else(|| corrupt("a level"))?,
        subject: row.subject.clone(),
        citizen: CitizenId::stored(row.citizen_id.clone()),
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
    /// `raised`, `rose`, `acknowledged`, `snoozed`, `cleared`, `closed` or `unanswered`.
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
    pub what: Said,
    pub why: Said,
    pub now: Said,
    /// Facts and figures compared.
    pub evidence: Vec<Compared>,
    /// The rulebook under which it was raised or rose.
    pub rulebook: String,
    pub history: Vec<FlagEventView>,
    pub told: Vec<ToldView>,
}

pub fn flag(conn: &mut Conn, row: &FlagRow) -> Result<FlagView, Stop> {
    let words = rule(&row.rule).map(crate::domain::flags::Rule::words);
    let Words { what, why, now } = words.ok_or_else(|| corrupt("a flag of an unknown rule"))?;
    let history = shelf::history(conn, &row.id)?;
    let told = shelf::told(conn, &row.id)?;
    Ok(FlagView {
        flag: flag_line(row)?,
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
    pub recipient: String,
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

pub fn letter_line(row: &LetterRow) -> LetterLine {
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
        recipient: row.recipient.clone(),
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

/// What was made, where nothing more is to be said of it.
#[derive(Serialize, ToSchema)]
pub struct Made {
    pub id: OutcomeId,
}
