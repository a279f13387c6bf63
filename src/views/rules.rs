//! The rulebook on a day: what refuses, what asks, what flags, and every figure with its reference.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        rules::{
            flags::RULES,
            registry,
            rule_id::RuleId,
            rulebook::{BookVersion, Effect, Row, Rulebook},
        },
        values::localized::Localized,
    },
    store::{Conn, StoreError, rulebooks},
    views::Representation,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A rule that flags, in words.
#[derive(Serialize, ToSchema)]
pub struct FlagRuleView {
    #[schema(value_type = String)]
    pub rule: RuleId,
    pub reference: String,
    pub what: Localized,
    pub why: Localized,
    pub now: Localized,
}

/// A row on a day.
#[derive(Serialize, ToSchema)]
pub struct RowOn {
    #[serde(flatten)]
    pub row: Row,
    /// The law's row runs on past the last day for which the law is known.
    pub unconfirmed: bool,
}

/// A rulebook on a day.
#[derive(Serialize, ToSchema)]
pub struct RulesView {
    /// What a decision stores.
    pub version: String,
    /// Rules that it lets refuse on that day, at booking, change, extension and start.
    #[schema(value_type = Vec<String>)]
    pub refuse: Vec<RuleId>,
    /// Rules that ask for written reasons on that day.
    #[schema(value_type = Vec<String>)]
    pub ask: Vec<RuleId>,
    /// Rules that flag, in the words of today.
    pub flag: Vec<FlagRuleView>,
    /// Every figure on the day asked for.
    pub figures: Vec<RowOn>,
}

crate::input! {
    /// Which book, on which day.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct RulesQuery {
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

/// What is in force on a day, with references, in words. Open to everybody who is signed in.
///
/// # Errors
/// Nobody is signed in; a version that was never used.
pub fn on_day(conn: &mut Conn, context: &Context, query: &RulesQuery) -> Result<Representation<RulesView>, ActionError> {
    context.account()?;
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
}
