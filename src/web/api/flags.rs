//! Flags, letters, runs of the schedule, and the rulebook.

use crate::{
    actions::{
        ActionError,
        flags::handling::{self, Acknowledgement, Snooze},
    },
    app::App,
    context::Context,
    domain::{
        people::access::{Permission, may},
        rules::{
            flags::{Level, RULES},
            registry,
            rule_id::RuleId,
            rulebook::{BookVersion, Effect, Row, Rulebook},
        },
        values::{
            day::plus,
            ids::{CitizenId, FlagId, LetterId, WorkplaceId},
            localized::Localized,
            text::Text,
        },
    },
    store::{Conn, StoreError, flags, letters, rulebooks, runs},
    views::{self, FlagLine, FlagView, LetterLine, LetterView, RunView},
    web::{
        path::Id,
        request::{Authenticated, Limit, NoBody},
        response::{Answered, Cursor, IfMatch, Page, PageRequest, Representation},
    },
};
use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

crate::input! {
    /// Which flags.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichFlags {
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
#[utoipa::path(tag = "flags", params(WhichFlags), responses((status = 200, body = Page<FlagLine>)))]
#[get("/flags")]
pub async fn list(app: web::Data<App>, ask: Authenticated<NoBody, WhichFlags>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::HandleFlags)?;
        let narrow = flags::FlagFilter {
            citizen: which.citizen.as_ref().map(ToString::to_string),
            workplace: which.workplace.as_ref().map(ToString::to_string),
            rule: which.rule.as_ref().map(ToString::to_string),
            level: which.level.map(|level| level.code().into()),
            standing: which.standing,
        };
        let cut = PageRequest::new(which.cursor.as_ref(), which.limit);
        let rows = flags::page(conn, context.tenant, &narrow, &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| views::flag_line(context, &row))
    })
    .await
}

fn show(conn: &mut Conn, context: &Context, id: &FlagId) -> Result<Representation<FlagView>, ActionError> {
    context.authorize(Permission::HandleFlags)?;
    let row = flags::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    Ok(Representation::of(views::flag(conn, context, &row)?, row.revision))
}

/// One flag: its evidence, its history, and who was told.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path)), responses((status = 200, body = FlagView)))]
#[get("/flags/{id}")]
pub async fn one(app: web::Data<App>, ask: Authenticated, id: Id<FlagId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Acknowledges a flag with a reason: no more letters at its level. An alarm only by a team leader.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path), IfMatch), request_body = Acknowledgement, responses((status = 200, body = FlagView)))]
#[post("/flags/{id}/acknowledgement")]
pub async fn acknowledge(app: web::Data<App>, ask: Authenticated<Acknowledgement>, id: Id<FlagId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        handling::acknowledge(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// Lets a flag be quiet for at most 28 days.
#[utoipa::path(tag = "flags", params(("id" = FlagId, Path), IfMatch), request_body = Snooze, responses((status = 200, body = FlagView)))]
#[post("/flags/{id}/snooze")]
pub async fn snooze(app: web::Data<App>, ask: Authenticated<Snooze>, id: Id<FlagId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        handling::snooze(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

crate::code_enum! {
    /// Where a letter stands.
    pub enum LetterState {
        Waiting = "waiting" ("venter", "waiting"),
        Sent = "sent" ("sendt", "sent"),
        Failed = "failed" ("kunne ikke leveres", "failed"),
        Dropped = "dropped" ("bortfaldet", "dropped"),
    }
}

crate::input! {
    /// Which letters.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichLetters {
        pub state: Option<LetterState>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The letters of the municipality: sent, waiting, failed, dropped.
#[utoipa::path(tag = "letters", params(WhichLetters), responses((status = 200, body = Page<LetterLine>)))]
#[get("/letters")]
pub async fn list_letters(app: web::Data<App>, ask: Authenticated<NoBody, WhichLetters>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::SeeLetters)?;
        let sees_citizens = may(context.account()?.role, Permission::SeeCitizens);
        let state = which.state.map(|state| match state {
            LetterState::Waiting => letters::LetterStanding::Waiting,
            LetterState::Sent => letters::LetterStanding::Sent,
            LetterState::Failed => letters::LetterStanding::Failed,
            LetterState::Dropped => letters::LetterStanding::Dropped,
        });
        let cut = PageRequest::new(which.cursor.as_ref(), which.limit);
        let rows = letters::page(conn, context.tenant, state, &cut.after, cut.wanted())?;
        cut.page(rows, |row| row.id.clone(), |row| Ok(views::letter_line(&row, sees_citizens)))
    })
    .await
}

/// One letter with its text.
#[utoipa::path(tag = "letters", params(("id" = LetterId, Path)), responses((status = 200, body = LetterView)))]
#[get("/letters/{id}")]
pub async fn letter(app: web::Data<App>, ask: Authenticated, id: Id<LetterId>) -> Answered {
    ask.read(&app, move |conn, context, _| {
        context.authorize(Permission::SeeLetters)?;
        let row = letters::find(conn, context.tenant, id.0.as_str())?.ok_or(ActionError::NotFound)?;
        Ok(Representation::only(LetterView {
            line: views::letter_line(&row, may(context.account()?.role, Permission::SeeCitizens)),
            plain: row.plain,
        }))
    })
    .await
}

crate::input! {
    /// Which runs.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichRuns {
        /// Those before a day; left out: the latest.
        pub before: Option<NaiveDate>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The runs of the schedule, latest first.
#[utoipa::path(tag = "letters", params(WhichRuns), responses((status = 200, body = Page<RunView>)))]
#[get("/runs")]
pub async fn list_runs(app: web::Data<App>, ask: Authenticated<NoBody, WhichRuns>) -> Answered {
    ask.list(&app, |conn, context, which| {
        context.authorize(Permission::SeeRuns)?;
        let before = which.before.unwrap_or(plus(context.at.today, 1));
        let rows = runs::page(conn, before, which.limit.map_or(crate::web::request::USUAL_LIMIT, Limit::get))?;
        Ok(Page { items: rows.into_iter().map(views::run).collect(), next: None })
    })
    .await
}

/// A rule that flags, in words.
#[derive(Serialize, ToSchema)]
struct FlagRuleView {
    #[schema(value_type = String)]
    rule: RuleId,
    reference: String,
    what: Localized,
    why: Localized,
    now: Localized,
}

/// A row on a day.
#[derive(Serialize, ToSchema)]
struct RowOn {
    #[serde(flatten)]
    row: Row,
    /// The law's row runs on past the last day for which the law is known.
    unconfirmed: bool,
}

/// A rulebook on a day.
#[derive(Serialize, ToSchema)]
struct RulesView {
    /// What a decision stores.
    version: String,
    /// Rules that it lets refuse on that day, at booking, change, extension and start.
    #[schema(value_type = Vec<String>)]
    refuse: Vec<RuleId>,
    /// Rules that ask for written reasons on that day.
    #[schema(value_type = Vec<String>)]
    ask: Vec<RuleId>,
    /// Rules that flag, in the words of today.
    flag: Vec<FlagRuleView>,
    /// Every figure on the day asked for.
    figures: Vec<RowOn>,
}

crate::input! {
    /// Which book, on which day.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct OnDay {
        /// Left out: today.
        pub on: Option<NaiveDate>,
        /// The book that a decision names; left out: the present one.
        pub version: Option<BookVersion>,
    }
}

/// The rows of the present book, or of one that decisions were taken under.
fn rows(conn: &mut Conn, present: &Rulebook, version: Option<&BookVersion>) -> Result<Vec<Row>, ActionError> {
    let Some(version) = version.map(BookVersion::as_str).filter(|version| *version != present.version) else {
        return Ok(present.rows.clone());
    };
    let kept = rulebooks::find(conn, version)?.ok_or(ActionError::NotFound)?;
    Ok(Rulebook::rows_of(&kept.text).map_err(|why| StoreError::Corrupt(format!("rulebook {version}: {why}")))?)
}

/// What is in force on a day, with references, in words.
#[utoipa::path(tag = "rules", params(OnDay), responses((status = 200, body = RulesView)))]
#[get("/rules")]
pub async fn rules(app: web::Data<App>, ask: Authenticated<NoBody, OnDay>) -> Answered {
    ask.read(&app, |conn, context, query| {
        let on = query.on.unwrap_or(context.at.today);
        let book = &context.services.book;
        let mut figures = rows(conn, book, query.version.as_ref())?;
        figures.retain(|row| row.in_force(on));
        // A book from before there was such a row says nothing of it.
        let until = figures.iter().find(|row| row.figure == "confirmed_until").and_then(|row| row.value.as_str()?.parse().ok());
        let known = until.unwrap_or(NaiveDate::MAX);
        let that = |effect: Effect| -> Vec<RuleId> {
            let does = |figure: &str| figures.iter().any(|row| row.figure == figure && row.effect == effect && !row.is_off());
            registry::refusing().filter(|rule| does(rule.figure)).map(|rule| rule.id).collect()
        };
        let flag = RULES.iter().map(|rule| {
            let words = rule.words();
            let reference = rule.reference(book, on).to_owned();
            FlagRuleView { rule: rule.id, reference, what: words.what, why: words.why, now: words.now }
        });
        Ok(Representation::only(RulesView {
            version: query.version.as_ref().map_or(&*book.version, BookVersion::as_str).to_owned(),
            refuse: that(Effect::Refuse),
            ask: that(Effect::Ask),
            flag: flag.collect(),
            figures: figures.into_iter().map(|row| RowOn { unconfirmed: row.is_unconfirmed(on, known), row }).collect(),
        }))
    })
    .await
}
