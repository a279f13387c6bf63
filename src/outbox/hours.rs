//! When letters leave: on working days within the hours of the settings, alarms too. Nobody reads a warning at three minutes past
//! midnight, and one that comes on Christmas Day is learnt to be overlooked.
//!
//! A letter that somebody has just asked for, a new link in place of one that has expired, leaves at once.

use crate::{
    domain::values::{
        copenhagen::{self, hour, local},
        day::At,
        working_days::{is_working_day, working_day_from},
    },
    settings::Letters,
};
use chrono::{DateTime, Utc};

/// Whether letters leave now.
pub fn are_open(at: At, hours: &Letters) -> bool {
    hours.on_days_off || is_working_day(at.today) && (hours.from..hours.until).contains(&hour(at))
}

/// The next moment at which letters leave: now, or when the next working day's hours begin.
pub fn next_open(at: At, hours: &Letters) -> DateTime<Utc> {
    if are_open(at, hours) {
        return at.instant;
    }
    let too_late = is_working_day(at.today) && hour(at) >= hours.from;
    let from = if too_late { at.today.succ_opt().unwrap_or(at.today) } else { at.today };
    local(working_day_from(from), hours.from)
}

/// The same for another moment.
pub fn next_open_from(instant: DateTime<Utc>, hours: &Letters) -> DateTime<Utc> {
    next_open(copenhagen::at(instant), hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::values::copenhagen::at, settings::Settings};

    #[test]
    fn letters_wait_for_the_hours_of_a_working_day() {
        let hours = Settings::base().unwrap().letters;
        for (now, next) in [
            // Winter: an hour before UTC is Copenhagen's; a Monday.
            ("2024-01-08T05:59:59Z", "2024-01-08T06:00:00Z"),
            ("2024-01-08T06:00:00Z", "2024-01-08T06:00:00Z"),
            ("2024-01-08T16:59:59Z", "2024-01-08T16:59:59Z"),
            ("2024-01-08T17:00:00Z", "2024-01-09T06:00:00Z"),
            // Friday evening; Saturday; the evening before Maundy Thursday, with summer time in between.
            ("2024-01-12T18:00:00Z", "2024-01-15T06:00:00Z"),
            ("2024-01-13T10:00:00Z", "2024-01-15T06:00:00Z"),
            ("2024-03-27T18:00:00Z", "2024-04-02T05:00:00Z"),
            ("2024-12-23T20:00:00Z", "2024-12-27T06:00:00Z"),
        ] {
            let found = next_open(at(now.parse().unwrap()), &hours);
            assert_eq!(found, next.parse::<DateTime<Utc>>().unwrap(), "{now}");
            assert!(are_open(at(found), &hours), "{now}");
        }
        let always = Letters { on_days_off: true, ..hours };
        assert!(are_open(at("2024-12-25T02:00:00Z".parse().unwrap()), &always));
    }
}
