//! The table of all rules, generated from the rules and the rulebook, so that the documentation cannot differ from the software. It is
//! in the handbook (`src/handbook/rules.md`, checked by a test) and in the served description.
//!
//! A rule appears by its line in `refusals::RULES` or `flags::list::RULES`. Which figures belong to it stands in the rows of the
//! book: the row it rests on, and those that name it in `rules`.

use crate::domain::{
    rules::{
        about::About,
        flags, registry,
        rule_id::RuleId,
        rulebook::{Effect, Row, Rulebook},
    },
    values::localized::{Localized, localized},
};
use chrono::NaiveDate;

/// A rule in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleEntry {
    pub rule: RuleId,
    pub strength: Effect,
    /// What it looks at.
    pub about: Localized,
    /// Its figures: name, value, unit.
    pub figures: Vec<(String, String, String)>,
    pub reference: String,
    pub meaning: Localized,
}

/// All rules of a rulebook on a day: refusals, asks, flags. A rule whose duty is switched off is left out.
pub fn entries(book: &Rulebook, day: NaiveDate) -> Vec<RuleEntry> {
    let resting = registry::refusing().filter_map(|rule| {
        let row = book.row(rule.figure, day).filter(|row| !row.is_off())?;
        Some(entry(
            book,
            day,
            (rule.id, rule.about),
            row.effect,
            Some(row),
            row.legal_reference.clone(),
            localized(&*row.da, &*row.en),
        ))
    });
    let flagging = flags::list::RULES.iter().map(|rule| {
        entry(book, day, (rule.id, rule.about), Effect::Flag, None, rule.reference(book, day).to_owned(), rule.words().what)
    });
    let mut all: Vec<RuleEntry> = resting.chain(flagging).collect();
    all.sort_by_key(|entry| entry.strength);
    all
}

fn entry(
    book: &Rulebook,
    day: NaiveDate,
    (rule, about): (RuleId, About),
    strength: Effect,
    own: Option<&Row>,
    reference: String,
    meaning: Localized,
) -> RuleEntry {
    let rows = || {
        let named = book.rows_on(day).filter(|row| row.rules.iter().any(|name| rule == **name));
        own.into_iter().chain(named.filter(move |row| own.is_none_or(|own| own.figure != row.figure)))
    };
    RuleEntry {
        rule,
        strength,
        about: about.label(),
        figures: rows().filter(|row| !row.is_off()).filter_map(|row| figure(row, own)).collect(),
        reference,
        meaning,
    }
}

/// A figure with its value. A second duty of a rule is shown with its effect and its law.
fn figure(row: &Row, own: Option<&Row>) -> Option<(String, String, String)> {
    if row.value.is_bool() {
        let beside = own.is_some_and(|own| own.figure != row.figure);
        return beside.then(|| (row.figure.clone(), row.effect.label().en, format!("({})", row.legal_reference)));
    }
    let one = |value: &toml::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let value = match &row.value {
        toml::Value::Array(list) => list.iter().map(one).collect::<Vec<_>>().join(" / "),
        other => one(other),
    };
    Some((row.figure.clone(), value, row.unit.clone()))
}

/// The table as Markdown: one for each period without changes, headed by its first day.
pub fn markdown(book: &Rulebook) -> String {
    let first = table(book, NaiveDate::MIN);
    let later = book.changes().map(|day| format!("\nFrom {day} on:\n\n{}", table(book, day)));
    std::iter::once(first).chain(later).collect()
}

fn table(book: &Rulebook, day: NaiveDate) -> String {
    let head = "| rule | strength | about | figures | rests on | what it means |\n|---|---|---|---|---|---|\n";
    std::iter::once(head.to_owned()).chain(entries(book, day).iter().map(line)).collect()
}

fn line(entry: &RuleEntry) -> String {
    let figures: Vec<String> =
        entry.figures.iter().map(|(name, value, unit)| format!("`{name}` {value} {unit}").trim_end().to_owned()).collect();
    let meaning = format!("{} · *{}*", entry.meaning.en, entry.meaning.da);
    let cells = [
        format!("`{}`", entry.rule),
        entry.strength.label().en,
        entry.about.en.clone(),
        figures.join("; "),
        entry.reference.clone(),
        meaning,
    ];
    // A line break or a bar in a cell would end it.
    format!("| {} |\n", cells.map(|cell| cell.replace('\n', " ").replace('|', "\\|")).join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::{flags::flag_rule::Basis, rulebook::BUILT_IN};
    use std::collections::BTreeSet;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_rule_has_a_line_that_says_what_it_is_about_and_rests_on() {
        let book = crate::domain::testing::book();
        let entries = entries(book, day("2026-01-05"));
        let listed: BTreeSet<RuleId> = entries.iter().map(|entry| entry.rule).collect();
        assert_eq!(listed.len(), entries.len(), "a rule is there twice");
        assert_eq!(listed, registry::ids().collect());
        for entry in &entries {
            assert!(
                !entry.reference.is_empty() && !entry.meaning.da.is_empty() && !entry.meaning.en.is_empty(),
                "{}",
                entry.rule
            );
        }
    }

    #[test]
    fn the_rows_name_only_rules_that_there_are() {
        let book = crate::domain::testing::book();
        for row in &book.rows {
            for rule in &row.rules {
                assert!(RuleId::parse(rule).is_some(), "{} names {rule}", row.figure);
            }
        }
    }

    #[test]
    fn a_rule_that_flags_rests_on_a_row_of_its_own_and_all_its_rows_give_the_same_reference() {
        let book = crate::domain::testing::book();
        for rule in flags::list::RULES {
            let named: Vec<&Row> = book
                .rows
                .iter()
                .filter(|row| row.effect == Effect::Flag && row.rules.iter().any(|name| rule.id == **name))
                .collect();
            match rule.basis {
                Basis::Figure(figure) => {
                    let row = book.row(figure, day("2026-01-05")).unwrap();
                    assert!(row.rules.iter().any(|name| rule.id == **name), "{figure} does not name {}", rule.id);
                    for own in named {
                        assert_eq!(own.legal_reference, row.legal_reference, "{} and {figure} of {}", own.figure, rule.id);
                    }
                }
                Basis::Reference(reference) => {
                    assert!(!reference.is_empty() && named.is_empty(), "{} has a row, and rests on it", rule.id)
                }
            }
        }
    }

    #[test]
    fn a_change_of_the_book_changes_the_table_from_its_day_on() {
        let duty = "figure = \"prospect_needed\"\nvalue = true\n";
        let rest = "unit = \"\"\nlegal_reference = \"§ 9\"\neffect = \"ask\"\nsure = \"L\"\nda = \"a|b\"\nen = \"c\"\n";
        let newer = format!("{duty}valid_from = 2027-01-01\n{rest}\n[[row]]\n{duty}valid_to = 2026-12-31\n");
        let book = Rulebook::read(&BUILT_IN.replace(duty, &newer)).unwrap();
        let text = markdown(&book);
        let (before, after) = text.split_once("\nFrom 2027-01-01 on:\n").unwrap();
        assert!(before.contains("| `no-prospect` | refuse | booking, change, extension |"), "{before}");
        assert!(after.contains("| `no-prospect` | ask | booking, change, extension |  | § 9 | c · *a\\|b* |"), "{after}");
        let off = BUILT_IN.replace(duty, &duty.replace("true", "false"));
        assert!(!markdown(&Rulebook::read(&off).unwrap()).contains("| `no-prospect` |"));
    }

    #[test]
    fn the_table_shows_the_figures_of_a_rule_with_their_units() {
        let text = markdown(&Rulebook::read(BUILT_IN).unwrap());
        for figure in ["`first_booking_days` 91 days", "`long_stay_steps` 182 / 273 / 364 days", "`ratio_rounding` down"] {
            assert!(text.contains(figure), "{figure}");
        }
    }
}
