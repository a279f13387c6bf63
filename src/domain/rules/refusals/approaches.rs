//! `approach-limit` and `advertising-protected`. A company that is asked too often by too many stops answering, so uninvited
//! approaches are counted by the calendar month; and one that is protected against advertising (CVR-loven § 19) is not written
//! to uninvited at all.

use crate::domain::{
    companies::approach::{Approach, next_month},
    rules::{
        about::About,
        evidence::compared,
        refusals::{refusal::Refusal, refusal_rule::Found},
        rule_id::RuleId,
        rule_on_figure::RuleOnFigure,
        rulebook::Rulebook,
    },
    values::{day::danish, localized::localized},
};
use chrono::NaiveDate;

/// No more uninvited approaches to a company in a month than its limit.
pub const LIMIT: RuleOnFigure =
    RuleOnFigure { id: RuleId::new("approach-limit"), figure: "approaches_a_month", about: About::Approach };
/// Nothing uninvited in writing to a company that is protected against it.
pub const PROTECTED: RuleOnFigure =
    RuleOnFigure { id: RuleId::new("advertising-protected"), figure: "advertising_protection", about: About::Approach };

/// How many uninvited approaches a company gets in a month at most.
pub fn at_most(own: Option<i64>, book: &Rulebook, today: NaiveDate) -> i64 {
    own.unwrap_or(book.on(today).approaches_a_month)
}

/// All refusals of an approach at once.
pub fn refusals(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Vec<Refusal> {
    if approach.invited {
        return Vec::new();
    }
    let found = [(LIMIT, limit(approach, book, today)), (PROTECTED, protected(approach, book, today))].into_iter();
    found.filter_map(|(rule, found)| Some(found?.refusal(rule.id, rule.figure, None, book, today))).collect()
}

fn limit(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Option<Found> {
    let most = at_most(approach.at_most, book, today);
    if approach.before < most || !book.refuses(LIMIT.figure, today) {
        return None;
    }
    let next = next_month(approach.made_on);
    let month = localized(approach.made_on.format("%m.%Y").to_string(), approach.made_on.format("%Y-%m").to_string());
    Some(Found {
        compared: vec![
            compared(localized("Måned", "Month"), month),
            compared(localized("Uopfordrede henvendelser i måneden", "Uninvited approaches in the month"), approach.before),
            compared(localized("Højst om måneden", "At most in a month"), most),
        ],
        reason: localized(
            "Virksomheden har fået så mange uopfordrede henvendelser i måneden, som den må få.",
            "The company has had as many uninvited approaches in the month as it may have.",
        ),
        passes_if: localized(
            format!("Vent til {}, eller registrér, at virksomheden selv har bedt om det.", danish(next)),
            format!("Wait until {next}, or record that the company asked for it itself."),
        ),
        ..Found::default()
    })
}

fn protected(approach: &Approach, book: &Rulebook, today: NaiveDate) -> Option<Found> {
    if !approach.protected || !approach.via.is_written() || !book.refuses(PROTECTED.figure, today) {
        return None;
    }
    let via = approach.via.label();
    Some(Found {
        compared: vec![
            compared(localized("Reklamebeskyttet", "Protected against advertising"), localized("ja", "yes")),
            compared(localized("Henvendelse ved", "Approached by"), via.clone()),
        ],
        reason: localized(
            "Virksomheden er reklamebeskyttet. Der må ikke skrives til den, når den ikke har bedt om det.",
            "The company is protected against advertising. Nobody may write to it uninvited.",
        ),
        passes_if: localized(
            "Ring, eller kom forbi – eller registrér, at virksomheden selv har bedt om det.",
            "Call, or visit – or record that the company asked for it itself.",
        ),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{companies::approach::ApproachVia, rules::rulebook::BUILT_IN};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn approach() -> Approach {
        let made_on = day("2024-02-29");
        Approach { via: ApproachVia::EMail, invited: false, made_on, protected: false, before: 0, at_most: None }
    }

    fn refused(approach: &Approach, book: &Rulebook) -> Vec<RuleId> {
        let told = |refusal: Refusal| {
            for text in [&refusal.reason.da, &refusal.reason.en, &refusal.passes_if.da, &refusal.passes_if.en] {
                assert!(!text.is_empty(), "{refusal:?}");
            }
            assert!(refusal.compared.len() > 1, "{refusal:?}");
            refusal.rule
        };
        refusals(approach, book, day("2024-02-29")).into_iter().map(told).collect()
    }

    #[test]
    fn the_companys_own_limit_goes_before_the_rulebooks_and_the_invited_are_not_counted() {
        let book = crate::domain::testing::book();
        let usual = book.on(day("2024-02-29")).approaches_a_month;
        for (before, at_most, invited, expected) in [
            (usual - 1, None, false, &[][..]),
            (usual, None, false, &[LIMIT.id][..]),
            (usual, None, true, &[][..]),
            (usual, Some(usual + 1), false, &[][..]),
            (usual + 1, Some(usual + 1), false, &[LIMIT.id][..]),
            (0, Some(0), false, &[LIMIT.id][..]),
            (0, Some(0), true, &[][..]),
        ] {
            let own = Approach { before, at_most, invited, ..approach() };
            assert_eq!(refused(&own, book), expected, "{own:?}");
        }
        let said = refusals(&Approach { before: usual, ..approach() }, book, day("2024-02-29"));
        assert!(said[0].passes_if.en.contains("2024-03-01"), "{}", said[0].passes_if.en);
        assert_eq!(said[0].compared[1].value, usual.to_string());
    }

    #[test]
    fn a_protected_company_is_not_written_to_uninvited() {
        let book = crate::domain::testing::book();
        for (via, invited, expected) in [
            (ApproachVia::EMail, false, &[PROTECTED.id][..]),
            (ApproachVia::Letter, false, &[PROTECTED.id][..]),
            (ApproachVia::EMail, true, &[][..]),
            (ApproachVia::Telephone, false, &[][..]),
            (ApproachVia::Visit, false, &[][..]),
            (ApproachVia::Meeting, false, &[][..]),
        ] {
            let own = Approach { via, invited, protected: true, ..approach() };
            assert_eq!(refused(&own, book), expected, "{own:?}");
        }
        let both = Approach { protected: true, before: 99, ..approach() };
        assert_eq!(refused(&both, book), [LIMIT.id, PROTECTED.id], "all at once");
    }

    #[test]
    fn a_rule_that_is_switched_off_is_not_asked() {
        let off = |figure: &str, value: &str| {
            BUILT_IN.replace(&format!("figure = \"{figure}\"\nvalue = {value}"), &format!("figure = \"{figure}\"\nvalue = false"))
        };
        let book = Rulebook::read(&off(PROTECTED.figure, "true")).unwrap();
        assert!(refused(&Approach { protected: true, ..approach() }, &book).is_empty());
    }
}
