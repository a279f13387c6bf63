//! Which appointments of an internship belong in people's calendars (S3, S4, L19): the first day, the planned follow-ups, and the date
//! on which the company decides (S7). What stands in a calendar is kept: citizens and companies miss what was only told once.
//!
//! Promise: nothing is asked for before all have confirmed the agreement, nothing of what is over, and what is past is left alone.

use crate::domain::{
    internships::{alignment::Party, internship::Internship},
    values::{clock_time::ClockTime, ids::FollowUpId},
};
use chrono::NaiveDate;

crate::code_enum! {
    /// What an appointment is about.
    pub enum AppointmentKind {
        Start = "start" ("første dag i praktikken", "first day of the internship"),
        FollowUp = "follow-up" ("opfølgning på praktikken", "follow-up on the internship"),
        Decision = "decision" ("frist for svar om ansættelse", "deadline of the hiring decision"),
    }
}

impl AppointmentKind {
    /// Who has to be there.
    pub const fn attendees(self) -> &'static [Party] {
        match self {
            Self::Start => &[Party::Citizen, Party::Company],
            Self::FollowUp => &[Party::Citizen, Party::Company, Party::Consultant],
            Self::Decision => &[Party::Company],
        }
    }
}

/// Which appointment of an internship: there is one start and one decision at a time, and a follow-up is known by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentOf {
    pub kind: AppointmentKind,
    pub follow_up: Option<FollowUpId>,
}

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slotted {
    pub on: NaiveDate,
    /// None: all day.
    pub at: Option<ClockTime>,
    /// None: at the workplace.
    pub place: Option<String>,
    /// Whom to ask for there.
    pub ask_for: Option<String>,
}

/// An appointment that should stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    pub of: AppointmentOf,
    pub slot: Slotted,
}

/// Those that should stand, from today on, in the order of their days.
pub fn appointments(internship: &Internship, today: NaiveDate) -> Vec<Appointment> {
    let agreed = internship.in_force().is_some() || internship.started_on.is_some();
    if internship.is_closed() || !agreed {
        return Vec::new();
    }
    let terms = &internship.standing().terms;
    let all_day = |on| Slotted { on, at: None, place: None, ask_for: None };
    let one = |kind| AppointmentOf { kind, follow_up: None };
    let met = internship.meeting.as_ref();
    let start = Slotted {
        on: terms.period.first,
        at: met.and_then(|met| met.at.clone()),
        place: met.and_then(|met| met.place.as_ref()).map(ToString::to_string),
        ask_for: met.and_then(|met| met.ask_for.as_ref()).map(ToString::to_string),
    };
    let follow_ups = internship.follow_ups.iter().filter(|own| own.is_open()).map(|own| Appointment {
        of: AppointmentOf { kind: AppointmentKind::FollowUp, follow_up: Some(own.id.clone()) },
        slot: Slotted { on: own.due_on, at: own.at.clone(), place: own.place.clone(), ask_for: None },
    });
    let decision = terms.decision_on.filter(|_| internship.answered().is_none());
    let mut all: Vec<Appointment> = std::iter::once(Appointment { of: one(AppointmentKind::Start), slot: start })
        .chain(follow_ups)
        .chain(decision.map(|on| Appointment { of: one(AppointmentKind::Decision), slot: all_day(on) }))
        .filter(|own| own.slot.on >= today)
        .collect();
    // The sort is stable, and follow-ups are in the order of their days already.
    all.sort_by_key(|own| own.slot.on);
    all
}

/// Whether an appointment that should no longer stand is called off by us. Not one whose day is past, nor one that has taken place: a
/// follow-up held on its day, a start that was made, a question that was answered.
pub fn is_called_off(internship: Option<&Internship>, of: &AppointmentOf, on: NaiveDate, today: NaiveDate) -> bool {
    let Some(internship) = internship else { return on >= today };
    let done = match of.kind {
        AppointmentKind::Start => internship.started_on.is_some(),
        AppointmentKind::FollowUp => internship
            .follow_ups
            .iter()
            .any(|own| Some(&own.id) == of.follow_up.as_ref() && own.held.as_ref().is_some_and(|held| held.on == on)),
        AppointmentKind::Decision => internship.decision_on() == Some(on) && internship.answered().is_some(),
    };
    on >= today && !done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        testing::{answer_with, day, decide_on, end, extend_first, follow_up, plan_follow_up, running, waiting},
    };
    use serde_json::json;

    const ALL: &[Party] = Party::ALL;

    fn found(internship: &Internship, today: &str) -> Vec<String> {
        let said = |own: Appointment| {
            let at = own.slot.at.map(|at| format!(" {at}")).unwrap_or_default();
            let place = own.slot.place.map(|place| format!(" {place}")).unwrap_or_default();
            format!("{} {}{at}{place}", own.of.kind, own.slot.on)
        };
        appointments(internship, day(today)).into_iter().map(said).collect()
    }

    #[test]
    fn the_first_day_stands_once_all_have_confirmed_until_it_is_past() {
        for (confirmed, today, expected) in [
            (ALL, "2024-01-02", &["start 2024-01-08"][..]),
            (ALL, "2024-01-08", &["start 2024-01-08"]),
            (ALL, "2024-01-09", &[]),
            (&[Party::Citizen, Party::Company], "2024-01-02", &[]),
            (&[], "2024-01-02", &[]),
        ] {
            assert_eq!(found(&waiting("2024-01-01", "2024-01-08", confirmed).internships[0], today), expected, "{today}");
        }
    }

    #[test]
    fn a_meeting_gives_the_first_day_its_time_and_place() {
        let mut own = waiting("2024-01-01", "2024-01-08", ALL);
        own.internships[0].meeting = Some(read(&json!({"at": "08:30", "place": "Porten", "ask_for": "Mona"})).unwrap());
        assert_eq!(found(&own.internships[0], "2024-01-02"), ["start 2024-01-08 08:30 Porten"]);
        assert_eq!(appointments(&own.internships[0], day("2024-01-02"))[0].slot.ask_for.as_deref(), Some("Mona"));
    }

    #[test]
    fn follow_ups_stand_from_today_on_while_nobody_has_held_or_cancelled_them() {
        let mut own = running("a", "2024-01-08", "2024-04-07");
        for on in ["2024-01-12", "2024-02-05", "2024-03-04"] {
            plan_follow_up(&mut own, on);
        }
        own.internships[0].follow_ups[1].at = ClockTime::parse("14:00");
        own.internships[0].follow_ups[1].place = Some("Kantinen".into());
        own.internships[0].follow_ups[2].cancelled_on = Some(day("2024-01-10"));
        follow_up(&mut own, "2024-02-20", json!({}));
        for (today, expected) in [
            ("2024-01-12", &["follow-up 2024-01-12", "follow-up 2024-02-05 14:00 Kantinen"][..]),
            ("2024-01-13", &["follow-up 2024-02-05 14:00 Kantinen"]),
            ("2024-02-05", &["follow-up 2024-02-05 14:00 Kantinen"]),
            ("2024-02-06", &[]),
        ] {
            assert_eq!(found(&own.internships[0], today), expected, "{today}");
        }
    }

    #[test]
    fn the_decision_stands_until_it_is_past_or_answered() {
        let mut own = running("a", "2024-01-08", "2024-04-07");
        decide_on(&mut own, "2024-03-29");
        assert_eq!(found(&own.internships[0], "2024-03-29"), ["decision 2024-03-29"]);
        assert_eq!(found(&own.internships[0], "2024-03-30"), Vec::<String>::new());
        answer_with(&mut own, "more-time", "2024-03-20");
        assert_eq!(found(&own.internships[0], "2024-03-21"), ["decision 2024-03-29"]);
        answer_with(&mut own, "no", "2024-03-22");
        assert_eq!(found(&own.internships[0], "2024-03-22"), Vec::<String>::new());
    }

    #[test]
    fn nothing_stands_of_what_is_over() {
        let mut own = running("a", "2024-01-08", "2024-04-07");
        plan_follow_up(&mut own, "2024-02-05");
        extend_first(&mut own, "2024-02-01", "2024-05-05");
        assert_eq!(found(&own.internships[0], "2024-02-01"), ["follow-up 2024-02-05"]);
        end(&mut own, "a", "2024-02-02");
        assert_eq!(found(&own.internships[0], "2024-02-02"), Vec::<String>::new());
        let mut cancelled = waiting("2024-01-01", "2024-01-08", ALL);
        cancelled.internships[0].cancelled_on = Some(day("2024-01-03"));
        assert_eq!(found(&cancelled.internships[0], "2024-01-03"), Vec::<String>::new());
    }

    #[test]
    fn what_no_longer_stands_is_called_off_up_to_its_day_unless_it_took_place() {
        let of = |kind, follow_up: Option<&str>| AppointmentOf { kind, follow_up: follow_up.map(FollowUpId::stored) };
        let start = of(AppointmentKind::Start, None);
        let mut waits = waiting("2024-01-01", "2024-01-08", ALL);
        waits.internships[0].cancelled_on = Some(day("2024-01-08"));
        let waits = &waits.internships[0];
        let mut held = running("a", "2024-01-08", "2024-04-07");
        follow_up(&mut held, "2024-02-05", json!({}));
        decide_on(&mut held, "2024-02-05");
        let open = held.clone();
        answer_with(&mut held, "no", "2024-02-01");
        let (held, open) = (&held.internships[0], &open.internships[0]);
        let same = of(AppointmentKind::FollowUp, Some("2024-02-05"));
        let other = of(AppointmentKind::FollowUp, Some("gone"));
        let decision = of(AppointmentKind::Decision, None);
        for (internship, of, on, today, called_off) in [
            // In error, or gone altogether.
            (None, &start, "2024-01-08", "2024-01-08", true),
            (None, &start, "2024-01-08", "2024-01-09", false),
            // A start: called off to the day itself; one that was made stays.
            (Some(waits), &start, "2024-01-08", "2024-01-07", true),
            (Some(waits), &start, "2024-01-08", "2024-01-08", true),
            (Some(waits), &start, "2024-01-08", "2024-01-09", false),
            (Some(held), &start, "2024-01-08", "2024-01-08", false),
            // A follow-up: held on its day it stays, held before it is called off; one that was taken away, too.
            (Some(held), &same, "2024-02-05", "2024-02-05", false),
            (Some(held), &same, "2024-02-08", "2024-02-05", true),
            (Some(held), &other, "2024-02-05", "2024-02-05", true),
            (Some(held), &other, "2024-02-05", "2024-02-06", false),
            // A decision: answered it stays; another date calls it off.
            (Some(held), &decision, "2024-02-05", "2024-02-01", false),
            (Some(open), &decision, "2024-02-05", "2024-02-01", true),
            (Some(held), &decision, "2024-02-12", "2024-02-01", true),
        ] {
            assert_eq!(is_called_off(internship, of, day(on), day(today)), called_off, "{of:?} {on} {today}");
        }
    }
}
