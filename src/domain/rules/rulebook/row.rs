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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{book, day};

    fn row(valid_from: Option<&str>, valid_to: Option<&str>) -> Row {
        let row = book().row("first_booking_days", day("2024-01-01")).unwrap().clone();
        Row { valid_from: valid_from.map(day), valid_to: valid_to.map(day), ..row }
    }

    #[test]
    fn a_row_is_in_force_from_its_first_day_to_its_last() {
        for (from, to, on, in_force) in [
            (None, None, "2024-02-29", true),
            (Some("2024-02-29"), None, "2024-02-28", false),
            (Some("2024-02-29"), None, "2024-02-29", true),
            (None, Some("2024-02-29"), "2024-02-29", true),
            (None, Some("2024-02-29"), "2024-03-01", false),
            (Some("2024-02-29"), Some("2024-03-01"), "2024-03-01", true),
            (Some("2024-02-29"), Some("2024-03-01"), "2024-03-02", false),
        ] {
            assert_eq!(row(from, to).in_force(day(on)), in_force, "{from:?} to {to:?} on {on}");
        }
    }

    #[test]
    fn law_is_unconfirmed_after_the_last_day_that_is_known_unless_it_began_later_or_is_ours() {
        let (sure, ours) = (Sure::H, Sure::Ours);
        for (sure, from, on, unconfirmed) in [
            (sure, None, "2026-12-31", false),
            (sure, None, "2027-01-01", true),
            (sure, Some("2026-12-31"), "2027-01-01", true),
            (sure, Some("2027-01-01"), "2027-01-01", false),
            (Sure::M, None, "2027-06-01", true),
            (ours, None, "2027-01-01", false),
        ] {
            let row = Row { sure, ..row(from, None) };
            assert_eq!(row.is_unconfirmed(day(on), day("2026-12-31")), unconfirmed, "{sure} {from:?} on {on}");
        }
    }

    #[test]
    fn only_a_duty_is_switched_off_and_a_row_without_groups_names_all() {
        for (value, off) in
            [(toml::Value::Boolean(false), true), (toml::Value::Boolean(true), false), (toml::Value::Integer(0), false)]
        {
            assert_eq!(Row { value: value.clone(), ..row(None, None) }.is_off(), off, "{value}");
        }
        let group = |text: &str| TargetGroup::parse(text).unwrap();
        for (target_groups, named) in [(vec![], true), (vec![group("2"), group("3")], true), (vec![group("2")], false)] {
            assert_eq!(Row { target_groups, ..row(None, None) }.names(&group("3")), named);
        }
    }
}
