//! When a running internship is followed up (L19): by its type, its end and its decision date, from the figures of the rulebook.
//! What is planned follows from the terms in force, so that an extension or a new decision date plans anew.

use crate::domain::{
    internships::{follow_up::Planned, internship::Internship, purpose::InternshipType},
    rules::rulebook::Figures,
    values::{
        day::plus,
        working_days::{working_day_after, working_day_from, working_day_until},
    },
};
use chrono::NaiveDate;

/// A day on which a follow-up belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub kind: Planned,
    pub on: NaiveDate,
    /// The day on which it is due: the same, unless somebody is away on it; then the first working day after.
    pub due_on: NaiveDate,
}

/// The plan of a running internship: in the first week, then at the cadence of its type, before the end, and on the
/// decision date; on working days, one a day, in order. A regular one so near another is left out. Empty before the start.
/// What falls into a pause, or on days on which the workplace is closed, waits; of several that wait for one day one is left.
pub fn plan(internship: &Internship, figures: &Figures) -> Vec<Slot> {
    let Some(stay) = internship.stay() else { return Vec::new() };
    let every = match internship.standing().terms.kind() {
        InternshipType::Clarification => figures.follow_up_every_days_clarification,
        InternshipType::Training => figures.follow_up_every_days_training,
        InternshipType::Recruitment => figures.follow_up_every_days_recruitment,
    };
    let away = internship.away(figures);
    let slot = |kind, on: NaiveDate| {
        let due_on = working_day_after(on, &away);
        Some(Slot { kind, on, due_on }).filter(|slot| stay.first < slot.on && slot.on <= stay.last)
    };
    let fixed = [
        internship.decision_on().and_then(|on| slot(Planned::Decision, working_day_until(on))),
        slot(Planned::BeforeEnd, working_day_until(plus(stay.last, -figures.follow_up_before_end_days))),
        slot(Planned::First, working_day_from(plus(stay.first, figures.follow_up_first_day - 1))),
    ];
    let mut slots: Vec<Slot> = fixed.into_iter().flatten().collect();
    let regular = (1..).map(|count| plus(stay.first, count * every.max(1))).take_while(|on| *on <= stay.last);
    for slot in regular.filter_map(|on| slot(Planned::Regular, working_day_until(on))) {
        let near = |other: &Slot| (other.due_on - slot.due_on).num_days().abs() < figures.follow_up_apart_days;
        if !slots.iter().any(near) {
            slots.push(slot);
        }
    }
    slots.sort_by_key(|slot| slot.due_on);
    // The sort is stable: of several on one day the first named above stays.
    slots.dedup_by_key(|slot| slot.due_on);
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{book, closed, extend, internship, pause, terms};

    fn due(internship: &Internship) -> Vec<String> {
        plan(internship, book().on(internship.first.terms.period.first)).iter().map(|slot| slot.due_on.to_string()).collect()
    }

    fn days(internship: &Internship) -> Vec<(String, Planned)> {
        plan(internship, book().on(internship.first.terms.period.first))
            .iter()
            .map(|slot| (slot.on.to_string(), slot.kind))
            .collect()
    }

    #[test]
    fn in_the_first_week_every_four_weeks_and_before_the_end_over_a_leap_day() {
        let own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        let expected = [
            ("2024-01-12", Planned::First),
            ("2024-02-05", Planned::Regular),
            ("2024-03-04", Planned::Regular),
            // The fourteenth day before the end is a Sunday; the regular one of Easter Monday would be five days later.
            ("2024-03-22", Planned::BeforeEnd),
        ];
        assert_eq!(days(&own), expected.map(|(on, kind)| (on.to_owned(), kind)));
    }

    #[test]
    fn an_extension_moves_what_stands_before_the_end_and_a_decision_date_takes_its_day() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        extend(&mut own, "2024-04-02", "2024-05-05");
        own.later[0].terms.decision_on = Some("2024-04-29".parse().unwrap());
        let found = days(&own);
        assert!(found.contains(&("2024-04-19".into(), Planned::BeforeEnd)));
        assert!(found.contains(&("2024-04-29".into(), Planned::Decision)));
        assert!(
            !found.iter().any(|(_, kind)| *kind == Planned::BeforeEnd)
                || !found.contains(&("2024-03-22".into(), Planned::BeforeEnd))
        );
        assert_eq!(found.iter().filter(|(on, _)| on == "2024-04-29").count(), 1);
    }

    #[test]
    fn a_stay_of_a_day_and_one_not_begun_have_no_plan() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-01-08", 20.0));
        assert!(days(&own).is_empty());
        own.first.terms.period.last = "2024-02-08".parse().unwrap();
        own.started_on = None;
        assert!(days(&own).is_empty());
    }

    #[test]
    fn what_falls_into_a_pause_or_a_closure_waits_until_the_working_day_after() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        assert_eq!(due(&own), ["2024-01-12", "2024-02-05", "2024-03-04", "2024-03-22"]);
        own.pauses = vec![pause("holiday", "2024-02-05", Some("2024-02-09"))];
        assert_eq!(due(&own), ["2024-01-12", "2024-02-12", "2024-03-04", "2024-03-22"]);
        own.closures = vec![closed("2024-02-12", "2024-02-16")];
        assert_eq!(due(&own), ["2024-01-12", "2024-02-19", "2024-03-04", "2024-03-22"]);
        // Two that wait for the same day are one; so is a regular one that would come soon after.
        own.closures = vec![closed("2024-02-12", "2024-03-08")];
        assert_eq!(due(&own), ["2024-01-12", "2024-03-22"]);
        // An open pause is waited for four weeks at most.
        own.closures.clear();
        own.pauses = vec![pause("illness", "2024-01-10", None)];
        assert_eq!(due(&own), ["2024-02-07", "2024-03-04", "2024-03-22"]);
    }
}
