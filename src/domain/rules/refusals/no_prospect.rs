//! `no-prospect` (S2): recruitment only where the company foresees a vacancy. Until the company has been asked, none is foreseen.

use crate::domain::{
    internships::purpose::InternshipType,
    rules::{
        about::About,
        evidence::compared,
        refusals::{
            check::Check,
            refusal::Refusal,
            refusal_rule::{Found, RefusalRule},
        },
        rule_id::RuleId,
        rulebook::Rulebook,
    },
    values::localized::localized,
};
use chrono::NaiveDate;

pub const RULE: RefusalRule =
    RefusalRule { id: RuleId::new("no-prospect"), figure: "prospect_needed", about: About::Booking, check };

fn check(check: &Check) -> Option<Found> {
    found(check.terms.kind(), check.foresees_vacancy, check.open_prospect)
}

/// The same for an opening, which has no citizen yet: only if the rule refuses.
pub fn of_opening(
    kind: InternshipType,
    foresees_vacancy: Option<bool>,
    open_prospect: bool,
    book: &Rulebook,
    today: NaiveDate,
) -> Option<Refusal> {
    let found = found(kind, foresees_vacancy, open_prospect).filter(|_| book.refuses(RULE.figure, today))?;
    Some(found.refusal(RULE.id, RULE.figure, None, book, today))
}

fn found(kind: InternshipType, foresees_vacancy: Option<bool>, open_prospect: bool) -> Option<Found> {
    let foreseen = foresees_vacancy == Some(true) || open_prospect;
    if kind != InternshipType::Recruitment || foreseen {
        return None;
    }
    let known = match foresees_vacancy {
        None => localized("ikke spurgt", "not asked"),
        _ => localized("nej", "no"),
    };
    Some(Found {
        reason: localized(
            "Virksomheden regner ikke med at få en ledig stilling. Uden udsigt til job bliver en rekrutteringspraktik gratis arbejdskraft.",
            "The company foresees no vacancy. Without a job in sight a recruitment internship becomes free labour.",
        ),
        compared: vec![compared(
            localized("Virksomheden forventer en ledig stilling", "The company foresees a vacancy"),
            known.clone(),
        )],
        passes_if: localized(
            "Spørg virksomheden, og registrér en jobudsigt på arbejdspladsen – eller vælg afklaring eller træning, hvis det er formålet.",
            "Ask the company and record a prospect at the workplace – or choose clarification or training, if that is the purpose.",
        ),
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use crate::domain::testing::*;

    #[test]
    fn only_a_foreseen_vacancy_or_a_recorded_prospect_lets_a_recruitment_pass() {
        for (foresees, prospect, refused) in
            [(None, false, true), (Some(false), false, true), (Some(true), false, false), (Some(false), true, false)]
        {
            let mut case = RuleCase::new();
            case.recruitment("2024-03-25");
            case.foresees_vacancy = foresees;
            case.open_prospect = prospect;
            assert_eq!(case.refused("no-prospect"), refused, "{foresees:?} {prospect}");
        }
        let mut case = RuleCase::new();
        case.foresees_vacancy = Some(false);
        assert!(!case.refused("no-prospect"), "a clarification needs no vacancy");
    }
}
