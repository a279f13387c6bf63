//! A case: one person's course, and what is expected of it.

use crate::{
    domain::values::localized::Localized,
    replay::format::{
        event::{CaseEvent, EventKind, StartEvent},
        expectation::{Expectation, ExpectationKind},
        given::Given,
        people::{CaseCitizen, CaseCompany},
    },
};
use chrono::NaiveDate;

/// All cases of a file.
#[derive(Clone, Debug)]
pub struct CourseFile {
    pub cases: Vec<Case>,
}

/// One person's course, and what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    /// In one language only where the file has no more.
    pub about: Option<Localized>,
    pub citizen: CaseCitizen,
    pub companies: Vec<CaseCompany>,
    /// Follow-ups are held only as the file says.
    pub follow_ups_as_given: bool,
    /// In file order.
    pub events: Vec<CaseEvent>,
    pub expected: Vec<Expectation>,
}

impl Case {
    /// The `start` events of an internship from a day on; where there is none, its start is implied.
    pub fn starts_of<'a>(&'a self, internship: &'a str, from: NaiveDate) -> impl Iterator<Item = &'a StartEvent> {
        self.events.iter().filter(move |event| event.on >= from).filter_map(move |event| match &event.what {
            EventKind::Start(start) if start.internship == internship => Some(start),
            _ => None,
        })
    }

    /// Whether the file itself says what becomes of an internship's start: with a `start` event, or that nobody records one.
    pub fn has_start(&self, internship: &str) -> bool {
        let left_out = self
            .events
            .iter()
            .any(|event| matches!(&event.what, EventKind::Book(book) if book.internship == internship && book.start_left_out));
        left_out || self.starts_of(internship, NaiveDate::MIN).next().is_some()
    }

    /// Whether all three are implied to confirm a new version. Before the start of an internship with a `start` event they
    /// are not, since that event says who did; once it has begun they are, unless the file has `confirm` events from then on.
    pub fn implies_confirmation(&self, internship: &str, begun: bool, from: NaiveDate) -> bool {
        let is_own = |event: &CaseEvent| matches!(&event.what, EventKind::Confirm { internship: own, .. } if own == internship);
        let confirmed = self.events.iter().filter(|event| event.on >= from).any(is_own);
        !self.has_start(internship) || (begun && !confirmed)
    }

    /// The first day played, and the last: 60 days after the last event or expectation.
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let events = self.events.iter().map(|event| event.on);
        let first = events.clone().min()?;
        let expected = self.expected.iter().flat_map(|expectation| match &expectation.claim {
            ExpectationKind::Flag { by, not_before, .. } => vec![*by, *not_before],
            ExpectationKind::Cleared { by, .. } => vec![*by],
            ExpectationKind::Refused { on, .. } => vec![*on],
            ExpectationKind::Never { .. } | ExpectationKind::Letters { .. } => Vec::new(),
        });
        let read = self.events.iter().filter_map(|event| match &event.what {
            EventKind::ChangeConsultant { read_on: Given::Is(day), .. } => Some(*day),
            _ => None,
        });
        let last = events.chain(expected.flatten()).chain(read).max()?;
        Some((first, crate::domain::values::day::plus(last, DAYS_AFTER)))
    }
}

/// A case is played so many days on after the last thing in it, so that what should never be said has time to be said.
const DAYS_AFTER: i64 = 60;
