//! Flags with their evidence and history, and who was told.

use crate::{
    actions::{ActionError, error::corrupt, flags::visible, people::scope},
    context::Context,
    domain::{
        people::{access::Permission, read_log::PersonalData},
        rules::{
            evidence::Compared,
            flags::{Level, Words, rule, words_on},
        },
        values::{
            ids::{AccountId, CitizenId, FlagId, LetterId, WorkplaceId},
            localized::Localized,
            text::Text,
        },
    },
    outbox::about,
    store::{
        Conn, accounts,
        flags::{self, FlagFilter},
        schema::FlagRow,
        sealed,
    },
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

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
    pub acknowledged_level: Option<Level>,
    pub snoozed_until: Option<NaiveDate>,
}

fn line(context: &Context, row: &FlagRow) -> Result<FlagLine, ActionError> {
    if let Some(citizen) = &row.citizen_id {
        context.shows(citizen, PersonalData::Flag);
    }
    Ok(FlagLine {
        id: row.id.clone(),
        rule: row.rule.to_string(),
        reference: rule(row.rule).map_or("", |rule| rule.reference(&context.services.book, context.at.today)).to_owned(),
        level: row.level,
        subject: row.subject.clone(),
        citizen: row.citizen_id.clone(),
        workplace: row.workplace_id.clone(),
        raised_on: row.raised_on,
        risen_on: row.risen_on,
        gone: row.gone.map(|gone| gone.to_string()),
        gone_on: row.gone_on,
        acknowledged_level: row.acknowledged_level,
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
    pub what_in_words: Localized,
    /// Who did it; null: the schedule.
    pub by: Option<AccountId>,
    pub by_name: Option<String>,
    /// For those who may see citizens, and whoever wrote it.
    pub reason: Option<String>,
}

/// Who was told of a flag.
#[derive(Serialize, ToSchema)]
pub struct ToldView {
    pub audience: String,
    pub audience_in_words: Localized,
    pub account: Option<AccountId>,
    /// Null where it is not somebody who works here.
    pub name: Option<String>,
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
    /// Whom and where it is about: *Anna (Netto Risskov)*.
    pub case_name: String,
    /// The reference of the internship or the citizen, or the P-number.
    pub case_reference: String,
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

fn view(conn: &mut Conn, context: &Context, row: &FlagRow) -> Result<FlagView, ActionError> {
    let words = rule(row.rule).map(|rule| words_on(rule, &row.occasion, context.at.today));
    let Words { what, why, now } = words.ok_or_else(|| corrupt("a flag of an unknown rule"))?;
    let sees_citizens = context.may(Permission::SeeCitizens);
    let own = context.account().ok().map(|account| &account.id);
    let history = flags::history(conn, context.tenant, &row.id)?;
    let told = flags::told(conn, context.tenant, &row.id)?;
    let case = about::case_of_flag(conn, context, &row.subject, row.citizen_id.as_ref(), row.workplace_id.as_ref())?;
    let accounts: Vec<&AccountId> = history
        .iter()
        .filter_map(|event| event.account_id.as_ref())
        .chain(told.iter().filter_map(|told| told.account_id.as_ref()))
        .collect();
    let names = accounts::names(conn, context.tenant, &accounts)?;
    let name = |id: &Option<AccountId>| names.iter().find(|(own, _)| Some(own) == id.as_ref()).map(|(_, name)| name.clone());
    Ok(FlagView {
        flag: line(context, row)?,
        case_name: case.short(),
        case_reference: case.reference,
        episode: row.episode,
        what,
        why,
        now,
        evidence: serde_json::from_str(&row.evidence).map_err(|_| corrupt("evidence"))?,
        rulebook: row.rulebook.clone(),
        history: history
            .into_iter()
            .map(|event| -> Result<FlagEventView, ActionError> {
                let reads = sees_citizens || event.account_id.as_ref() == own;
                let sealed_reason = event.reason.as_ref().filter(|_| reads);
                Ok(FlagEventView {
                    reason: sealed::FLAG_REASON.open_some(&context.services.keys, &event.id, sealed_reason)?,
                    on: event.happened_on,
                    what: event.what.to_string(),
                    what_in_words: event.what.label(),
                    level: event.level.to_string(),
                    by_name: name(&event.account_id),
                    by: event.account_id,
                })
            })
            .collect::<Result<_, _>>()?,
        told: told
            .into_iter()
            .map(|told| ToldView {
                audience: told.audience.to_string(),
                audience_in_words: told.audience.label(),
                name: name(&told.account_id),
                account: told.account_id,
                level: told.level.to_string(),
                what: told.what,
                on: told.told_on,
                letter: told.letter_id,
            })
            .collect(),
    })
}

crate::input! {
    /// Which flags.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct FlagQuery {
        /// Those about one citizen's course.
        pub citizen: Option<CitizenId>,
        /// Those about one workplace.
        pub workplace: Option<WorkplaceId>,
        /// Those of one rule.
        pub rule: Option<Text<100>>,
        /// Those at one level now.
        pub level: Option<Level>,
        /// True: those that stand; false: those that have gone.
        pub standing: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The flags of the municipality.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &FlagQuery) -> Result<Page<FlagLine>, ActionError> {
    context.authorize(Permission::HandleFlags)?;
    let filter = FlagFilter {
        citizen: query.citizen.clone(),
        workplace: query.workplace.clone(),
        rule: query.rule.as_ref().map(ToString::to_string),
        level: query.level,
        standing: query.standing,
        for_audience: visible::audience(context),
        within: scope::narrowed(conn, context)?,
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = flags::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| line(context, &row))
}

/// One flag.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &FlagId) -> Result<Representation<FlagView>, ActionError> {
    context.authorize(Permission::HandleFlags)?;
    let row = visible::find(conn, context, id)?;
    Ok(Representation::of(view(conn, context, &row)?, row.revision))
}
