//! A dated row of the book.

use crate::domain::values::target_group::TargetGroup;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// What a row does.
    pub enum Effect {
        Refuse = "refuse" ("afvises", "refuse"),
        Ask = "ask" ("spørges", "ask"),
        Flag = "flag" ("flages", "flag"),
        /// A definition that several rules use.
        Define = "define" ("defineres", "define"),
    }
}

crate::code_enum! {
    /// How sure we are of a row.
    pub enum Sure {
        /// The wording was read.
        H = "H" ("ordlyden er læst", "the wording was read"),
        /// Second-hand or inferred.
        M = "M" ("på anden hånd eller udledt", "second-hand or inferred"),
        L = "L" ("ubekræftet", "unconfirmed"),
        /// Ours: a setting that no law gives.
        Ours = "Ours" ("vores indstilling; ingen lov siger det", "our setting; no law gives it"),
    }
}

/// A dated row of the book.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Row {
    pub figure: String,
    #[schema(value_type = Value)]
    pub value: toml::Value,
    /// What it is counted in; empty for a duty.
    pub unit: String,
    /// First day in force; open where its beginning is not known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in force, inclusive.
    pub valid_to: Option<NaiveDate>,
    pub legal_reference: String,
    /// The target groups it binds; empty: all.
    pub target_groups: Vec<TargetGroup>,
    pub effect: Effect,
    pub sure: Sure,
    /// The rules that use it, where their name does not say so.
    pub rules: Vec<String>,
    /// What it says, in Danish and English.
    pub da: String,
    pub en: String,
}

impl Row {
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether it is a duty that is switched off.
    pub fn is_off(&self) -> bool {
        self.value == toml::Value::Boolean(false)
    }

    /// Whether it is law that runs on past the last day for which the law is known.
    pub fn is_unconfirmed(&self, day: NaiveDate, confirmed_until: NaiveDate) -> bool {
        self.sure != Sure::Ours && day > confirmed_until && self.valid_from.is_none_or(|from| from <= confirmed_until)
    }

    /// Whether it names a target group, or binds all.
    pub fn names(&self, group: &TargetGroup) -> bool {
        self.target_groups.is_empty() || self.target_groups.contains(group)
    }
}
