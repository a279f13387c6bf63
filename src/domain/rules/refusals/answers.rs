//! Asks every rule about a registration. All are asked, so that all that stands in the way is said at once; each names its
//! reference, the figures it compared, and what would make it pass.

use crate::domain::{
    internships::alignment::Asked,
    people::access::Role,
    rules::{
        refusals::{
            check::{Check, Reason},
            list::RULES,
            refusal::Refusal,
        },
        rule_id::RuleId,
        rulebook::Effect,
    },
};

/// What the rules say of a registration.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// What stands in its way: refusals, and asks without reasons from someone whose role may give them.
    pub stops: Vec<Refusal>,
    /// Asks that have been answered.
    pub asked: Vec<Asked>,
}

/// Evaluates every rule whose row binds the citizen's group and is not switched off on the day. Whether a rule refuses or asks
/// for reasons is the row's effect.
pub fn answers(check: &Check) -> Answers {
    let group = &check.course.citizen.target_group;
    let mut answers = Answers::default();
    for rule in RULES.iter().filter(|rule| check.book.is_on(rule.figure, check.today)) {
        let Some(found) = (rule.check)(check) else { continue };
        let figure = found.figure.unwrap_or(rule.figure);
        let ask_of = match check.book.effect(figure, check.today) {
            Some(Effect::Refuse) => None,
            Some(Effect::Ask) if found.ask_of.is_some() => found.ask_of,
            _ => continue,
        };
        if !check.book.binds(figure, check.today, group) {
            continue;
        }
        match ask_of.and_then(|of| reasons_for(check, rule.id, of)) {
            Some(reason) => {
                answers.asked.push(Asked { rule: rule.id, reasons: reason.words.clone(), given_by: reason.given_by.clone() })
            }
            None => answers.stops.push(found.refusal(rule.id, rule.figure, ask_of, check.book, check.today)),
        }
    }
    answers
}

fn reasons_for<'a>(check: &Check<'a>, rule: RuleId, of: Role) -> Option<&'a Reason> {
    check.reasons.iter().find(|reason| reason.rule == rule && (of != Role::TeamLeader || reason.by_leader))
}

#[cfg(test)]
mod tests {
    use crate::domain::rules::rulebook::{Effect, Figures};
    use crate::domain::{rules::refusals::list::RULES, testing::*};

    #[test]
    fn every_rule_rests_on_a_row_that_refuses_or_asks() {
        let book = book();
        for rule in RULES {
            assert!(Figures::NAMES.contains(&rule.figure), "{}", rule.id);
            let row = book.row(rule.figure, day("2024-01-02")).unwrap();
            assert!(matches!(row.effect, Effect::Refuse | Effect::Ask), "{}", rule.id);
            assert!(!row.legal_reference.is_empty(), "{}", rule.id);
        }
    }

    #[test]
    fn a_rule_is_asked_only_where_its_row_is_switched_on_refuses_and_binds() {
        let duty = "figure = \"prospect_needed\"\nvalue = true\n";
        let dated = "figure = \"prospect_needed\"\nvalue = true\nvalid_to = \"2024-02-28\"\n";
        let newer = format!(
            "[[row]]\nfigure = \"prospect_needed\"\nvalue = false\nvalid_from = \"2024-02-29\"\n{}\n[[row]]\n{dated}",
            "unit = \"\"\nlegal_reference = \"\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"\"\nen = \"\"\n"
        );
        let newer = newer.trim_start_matches("[[row]]\n");
        let own = "effect = \"refuse\"\nsure = \"Ours\"\nda = \"Rekruttering";
        type Changes<'a> = &'a [(&'a str, &'a str)];
        let cases: [(Changes, &str, bool); 7] = [
            (&[], "2024-01-02", true),
            (&[(duty, newer)], "2024-02-28", true),
            (&[(duty, newer)], "2024-02-29", false),
            (&[(own, &own.replace("refuse", "flag"))], "2024-01-02", false),
            (&[(own, &own.replace("refuse", "ask"))], "2024-01-02", false),
            (&[(own, &format!("target_groups = [\"1\", \"2\"]\n{own}"))], "2024-01-02", false),
            (&[(own, &format!("target_groups = [\"1\", \"3\"]\n{own}"))], "2024-01-02", true),
        ];
        for (changes, today, refused) in cases {
            let mut case = RuleCase::new();
            case.rules(changes);
            case.on(today);
            case.recruitment("2024-03-25");
            case.foresees_vacancy = None;
            assert_eq!(case.refused("no-prospect"), refused, "{changes:?} on {today}");
        }
    }

    #[test]
    fn a_refusal_says_with_which_figure_it_would_pass() {
        let mut case = RuleCase::new();
        case.end("2024-06-30");
        assert_eq!(case.would_pass("duration-limit").0.as_deref(), Some("2024-04-07"));
        case.steps(&[("2024-01-08", 36.0)]);
        case.other("2024-02-01", "2024-03-01", 12.0);
        assert_eq!(case.would_pass("weekly-hours").1, Some(25.0), "37 less 12");
        assert_eq!(case.would_pass("hours-capacity").1, Some(18.0), "30 less 12");
        case.staff(Some(500));
        case.placed_by_others(1, 20.0);
        assert_eq!(case.would_pass("reasonable-ratio").1, Some(17.0), "37 less 20");
    }

    #[test]
    fn a_refusal_names_the_reference_that_its_row_has_on_the_day() {
        let mut case = RuleCase::new();
        case.end("2024-04-08");
        assert_eq!(case.reference("duration-limit"), "LAB § 61(1) no. 2 (L4)", "the figure that was passed");
        case.rules(&[("LAB § 61(1) no. 2 (L4)", "§ 9")]);
        assert_eq!(case.reference("duration-limit"), "§ 9");
        case.steps(&[("2024-01-08", 31.0)]);
        assert_eq!(case.reference("hours-capacity"), "S10", "the rule's own");
    }

    /// A book in which the first booking may last 91 days and the whole 150, and from 2024-04-01 on 60 and 100.
    fn two_years(case: &mut RuleCase) {
        let row = |figure: &str, days: i64, reference: &str, dated: &str| {
            format!("figure = \"{figure}\"\nvalue = {days}\n{dated}\nunit = \"days\"\nlegal_reference = \"{reference}\"\n")
        };
        let rest = "target_groups = [\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]\neffect = \"refuse\"\nsure = \"H\"\nda = \"\"\nen = \"\"\n\n[[row]]\n";
        let two = |figure: &str, days: i64, then: i64| {
            row(figure, then, "new", "valid_from = 2024-04-01") + rest + &row(figure, days, "old", "valid_to = 2024-03-31")
        };
        case.rules(&[
            (
                "figure = \"first_booking_days\"\nvalue = 91\nunit = \"days\"\nlegal_reference = \"LAB § 61(1) no. 2 (L4)\"\n",
                &two("first_booking_days", 91, 60),
            ),
            (
                "figure = \"without_special_need_days\"\nvalue = 182\nunit = \"days\"\nlegal_reference = \"LAB § 61(2) (L5)\"\n",
                &two("without_special_need_days", 150, 100),
            ),
        ]);
    }

    #[test]
    fn what_is_registered_is_judged_by_the_figures_of_its_day() {
        // A booking whose days lie on both sides of the change: 91 days by the old figures, 60 by the new.
        for (today, last, refused) in [
            ("2024-03-31", "2024-06-22", false),
            ("2024-03-31", "2024-06-23", true),
            ("2024-04-01", "2024-05-22", false),
            ("2024-04-01", "2024-05-23", true),
        ] {
            let mut case = RuleCase::new();
            two_years(&mut case);
            case.on(today);
            case.period("2024-03-24", last);
            assert_eq!(case.refused("duration-limit"), refused, "booked {today} to {last}");
        }
        // The scene's stay began on 2024-01-08 and was booked for 91 days, which stays lawful; extended it is judged by
        // the day on which the extension is registered: day 100 is 2024-04-16, day 150 is 2024-06-05.
        for (today, to, reference) in [
            ("2024-03-31", "2024-06-05", None),
            ("2024-03-31", "2024-06-06", Some("old")),
            ("2024-04-01", "2024-04-16", None),
            ("2024-04-01", "2024-04-17", Some("new")),
        ] {
            let mut case = RuleCase::new();
            two_years(&mut case);
            case.extend("2024-04-07", to, today);
            assert_eq!(case.refused("duration-limit"), reference.is_some(), "extended {today} to {to}");
            if let Some(reference) = reference {
                assert_eq!(case.reference("duration-limit"), reference);
            }
        }
    }
}
