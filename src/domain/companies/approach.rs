//! An approach: somebody here turns to a company. A company that is asked too often by too many stops answering, so uninvited
//! ones are counted by the calendar month; and one that is protected against advertising (CVR-loven § 19) is not written to
//! uninvited at all.

use crate::domain::{
    rules::{
        about::About,
        refusals::{Refusal, compared},
        rulebook::{Effect, Rulebook},
    },
    values::{
        day::danish,
        localized::{Localized, localized},
    },
};
use chrono::{Months, NaiveDate};

crate::code_enum! {
    /// How a company was turned to.
    pub enum ApproachVia {
        Telephone = "telephone" ("telefon", "telephone"),
        Visit = "visit" ("besøg", "visit"),
        EMail = "e-mail" ("e-mail", "e-mail"),
        Letter = "letter" ("brev", "letter"),
        Meeting = "meeting" ("møde", "meeting"),
    }
}

impl ApproachVia {
    /// Whether it is written.
    pub fn is_written(self) -> bool {
        matches!(self, Self::EMail | Self::Letter)
    }
}

/// No more uninvited approaches to a company in a month than its limit.
pub const LIMIT: &str = "approach-limit";
pub const LIMIT_FIGURE: &str = "approaches_a_month";
/// Nothing uninvited in writing to a company that is protected against it.
pub const PROTECTED: &str = "advertising-protected";
pub const PROTECTED_FIGURE: &str = "advertising_protection";

/// The rules about approaches, each with the figure that it rests on.
pub const RULES: [(&str, &str, About); 2] =
    [(LIMIT, LIMIT_FIGURE, About::Approach), (PROTECTED, PROTECTED_FIGURE, About::Approach)];

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Approach {
    pub via: ApproachVia,
    /// The company had asked for it.
    pub invited: bool,
    pub made_on: NaiveDate,
    /// The company is protected against advertising.
    pub protected: bool,
    /// Uninvited approaches to the company in the same month, without this one.
    pub before: i64,
    /// The company's own limit.
    pub at_most: Option<i64>,
}

/// How many uninvited approaches a company gets in a month at most.
pub fn at_most(own: Option<i64>, book: &Rulebook, today: NaiveDate) -> i64 {
    own.unwrap_or(book.on(today).approaches_a_month)
}

/// What stands in the way of an approach: all of it at once.
pub fn refusals(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Vec<Refusal> {
    if approach.invited {
        return Vec::new();
    }
    [limit(approach, book, today), protected(approach, book, today)].into_iter().flatten().collect()
}

fn refuses(figure: &str, book: &Rulebook, today: NaiveDate) -> bool {
    book.is_on(figure, today) && book.effect(figure, today) == Some(Effect::Refuse)
}

fn refusal(
    rule: &'static str,
    figure: &str,
    book: &Rulebook,
    today: NaiveDate,
    reason: Localized,
    passes_if: Localized,
) -> Refusal {
    Refusal {
        rule,
        ask_of: None,
        reference: book.reference(figure, today).to_owned(),
        reason,
        compared: Vec::new(),
        passes_if,
        missing: Vec::new(),
        latest_last_day: None,
        hours_left: None,
    }
}

/// The first day of the month after.
pub fn next_month(day: NaiveDate) -> NaiveDate {
    let first = crate::domain::companies::workplace::month_of(day);
    first.checked_add_months(Months::new(1)).unwrap_or(first)
}

fn limit(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Option<Refusal> {
    let most = at_most(approach.at_most, book, today);
    if approach.before < most || !refuses(LIMIT_FIGURE, book, today) {
        return None;
    }
    let next = next_month(approach.made_on);
    let month = approach.made_on.format("%Y-%m");
    Some(Refusal {
        compared: vec![
            compared(localized("Måned", "Month"), month),
            compared(localized("Uopfordrede henvendelser i måneden", "Uninvited approaches in the month"), approach.before),
            compared(localized("Højst om måneden", "At most in a month"), most),
        ],
        ..refusal(
            LIMIT,
            LIMIT_FIGURE,
            book,
            today,
            localized(
                "Virksomheden har fået så mange uopfordrede henvendelser i måneden, som den må få.",
                "The company has had as many uninvited approaches in the month as it may have.",
            ),
            localized(
                format!("Vent til {}, eller registrér, at virksomheden selv har bedt om det.", danish(next)),
                format!("Wait until {next}, or record that the company asked for it itself."),
            ),
        )
    })
}

fn protected(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Option<Refusal> {
    if !approach.protected || !approach.via.is_written() || !refuses(PROTECTED_FIGURE, book, today) {
        return None;
    }
    let via = approach.via.label();
    Some(Refusal {
        compared: vec![
            compared(localized("Reklamebeskyttet", "Protected against advertising"), "ja / yes"),
            compared(localized("Henvendelse ved", "Approached by"), format!("{} / {}", via.da, via.en)),
        ],
        ..refusal(
            PROTECTED,
            PROTECTED_FIGURE,
            book,
            today,
            localized(
                "Virksomheden er reklamebeskyttet. Der må ikke skrives til den, når den ikke har bedt om det.",
                "The company is protected against advertising. Nobody may write to it uninvited.",
            ),
            localized(
                "Ring, eller kom forbi – eller registrér, at virksomheden selv har bedt om det.",
                "Call, or visit – or record that the company asked for it itself.",
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::rulebook::BUILT_IN;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn approach() -> Approach {
        let made_on = day("2024-02-29");
        Approach { via: ApproachVia::EMail, invited: false, made_on, protected: false, before: 0, at_most: None }
    }

    fn refused(approach: &Approach, book: &Rulebook) -> Vec<&'static str> {
        refusals(approach, book, day("2024-02-29")).iter().map(|refusal| refusal.rule).collect()
    }

    #[test]
    fn the_companys_own_limit_goes_before_the_rulebooks_and_the_invited_are_not_counted() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        let usual = book.on(day("2024-02-29")).approaches_a_month;
        for (before, at_most, invited, expected) in [
            (usual - 1, None, false, &[][..]),
            (usual, None, false, &[LIMIT][..]),
            (usual, None, true, &[][..]),
            (usual, Some(usual + 1), false, &[][..]),
            (usual + 1, Some(usual + 1), false, &[LIMIT][..]),
            (0, Some(0), false, &[LIMIT][..]),
            (0, Some(0), true, &[][..]),
        ] {
            let own = Approach { before, at_most, invited, ..approach() };
            assert_eq!(refused(&own, &book), expected, "{own:?}");
        }
        let said = refusals(&Approach { before: usual, ..approach() }, &book, day("2024-02-29"));
        assert!(said[0].passes_if.en.contains("2024-03-01"), "{}", said[0].passes_if.en);
        assert_eq!(said[0].compared[1].value, usual.to_string());
    }

    #[test]
    fn a_protected_company_is_not_written_to_uninvited() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        for (via, invited, expected) in [
            (ApproachVia::EMail, false, &[PROTECTED][..]),
            (ApproachVia::Letter, false, &[PROTECTED][..]),
            (ApproachVia::EMail, true, &[][..]),
            (ApproachVia::Telephone, false, &[][..]),
            (ApproachVia::Visit, false, &[][..]),
            (ApproachVia::Meeting, false, &[][..]),
        ] {
            let own = Approach { via, invited, protected: true, ..approach() };
            assert_eq!(refused(&own, &book), expected, "{own:?}");
        }
        let both = Approach { protected: true, before: 99, ..approach() };
        assert_eq!(refused(&both, &book), [LIMIT, PROTECTED], "all at once");
    }

    #[test]
    fn a_rule_that_is_switched_off_is_not_asked() {
        let off = |figure: &str, value: &str| {
            BUILT_IN.replace(&format!("figure = \"{figure}\"\nvalue = {value}"), &format!("figure = \"{figure}\"\nvalue = false"))
        };
        let book = Rulebook::read(&off(PROTECTED_FIGURE, "true")).unwrap();
        assert!(refused(&Approach { protected: true, ..approach() }, &book).is_empty());
    }

    #[test]
    fn december_is_followed_by_january() {
        assert_eq!(next_month(day("2024-12-31")), day("2025-01-01"));
        assert_eq!(next_month(day("2024-01-31")), day("2024-02-01"));
    }
}
