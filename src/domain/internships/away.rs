//! Who is away when: the pauses of an internship and the days on which its workplace is closed, as what waits for somebody sees them.

use crate::domain::{
    internships::{
        alignment::Party,
        internship::Internship,
        pause::{Pause, PauseKind},
    },
    rules::rulebook::Figures,
    values::day::{Period, days_in},
};

impl Internship {
    /// The days on which nothing that is planned there can be held.
    pub fn away(&self, figures: &Figures) -> Vec<Period> {
        self.pauses.iter().map(|pause| pause.waited_for(figures)).chain(self.closures.iter().map(|closed| closed.days)).collect()
    }

    /// The days on which the company is away: its workplace is closed, for everybody or for this internship.
    pub fn company_away(&self, figures: &Figures) -> Vec<Period> {
        let closed = self.closures.iter().map(|closed| closed.days);
        closed.chain(self.paused(|kind| kind == PauseKind::Closure).map(|pause| pause.waited_for(figures))).collect()
    }

    /// The days on which one of some parties is away; the consultant never is.
    pub fn away_among(&self, parties: &[Party], figures: &Figures) -> Vec<Period> {
        let citizen = || self.paused(|kind| kind != PauseKind::Closure).map(|pause| pause.waited_for(figures));
        let mut days = Vec::new();
        if parties.contains(&Party::Company) {
            days.extend(self.company_away(figures));
        }
        if parties.contains(&Party::Citizen) {
            days.extend(citizen());
        }
        days
    }

    /// How many of some days were agreed as a pause.
    pub fn days_paused(&self, days: Period) -> i64 {
        let shared = self.pauses.iter().filter_map(|pause| pause.until(days.last)?.shared(&days));
        days_in(&shared.collect::<Vec<_>>())
    }

    fn paused(&self, is: fn(PauseKind) -> bool) -> impl Iterator<Item = &Pause> {
        self.pauses.iter().filter(move |pause| is(pause.kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        companies::closed_days::ClosedDays,
        testing::{book, day, internship, pause, terms},
    };

    fn period(first: &str, last: &str) -> Period {
        Period::new(day(first), day(last)).unwrap()
    }

    #[test]
    fn each_waits_for_those_who_are_away_and_an_open_pause_for_four_weeks_at_most() {
        let figures = book().on(day("2024-01-01"));
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-07-07", 20.0));
        own.pauses = vec![
            pause("illness", "2024-02-01", None),
            pause("holiday", "2024-04-01", Some("2024-04-07")),
            pause("closure", "2024-05-06", Some("2024-05-10")),
        ];
        own.closures = vec![ClosedDays { days: period("2024-06-03", "2024-06-07"), recorded_on: day("2024-01-08") }];
        let (ill, holiday) = (period("2024-02-01", "2024-02-28"), period("2024-04-01", "2024-04-07"));
        let (paused, closed) = (period("2024-05-06", "2024-05-10"), period("2024-06-03", "2024-06-07"));
        assert_eq!(own.away(figures), [ill, holiday, paused, closed]);
        for (parties, expected) in [
            (&[Party::Citizen][..], vec![ill, holiday]),
            (&[Party::Company][..], vec![closed, paused]),
            (&[Party::Citizen, Party::Company][..], vec![closed, paused, ill, holiday]),
            (&[Party::Consultant][..], vec![]),
        ] {
            assert_eq!(own.away_among(parties, figures), expected, "{parties:?}");
        }
    }

    #[test]
    fn days_in_pause_count_once_and_an_open_one_goes_on() {
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-07-07", 20.0));
        own.pauses = vec![pause("holiday", "2024-01-10", Some("2024-01-12")), pause("illness", "2024-01-30", None)];
        for (first, last, expected) in [
            ("2024-01-08", "2024-01-09", 0),
            ("2024-01-08", "2024-01-10", 1),
            ("2024-01-08", "2024-01-29", 3),
            ("2024-01-11", "2024-01-31", 4),
            ("2024-01-11", "2024-06-30", 155),
        ] {
            assert_eq!(own.days_paused(period(first, last)), expected, "{first} to {last}");
        }
    }
}
