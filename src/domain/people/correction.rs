//! What was written down wrongly is put right: what stood before stays to be seen, and counts nowhere.
//!
//! Promise: soon after it was recorded, whoever recorded it or the consultant who is responsible puts it right with reasons; later only a
//! team leader. A correction takes nothing away that somebody could not read again.

use crate::domain::values::{day::plus, ids::AccountId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::code_enum! {
    /// What was put right.
    pub enum Corrected {
        Booking = "booking" ("aftalen om praktik", "the booking"),
        Start = "start" ("praktikkens begyndelse", "the start of the internship"),
        End = "end" ("praktikkens afslutning", "the end of the internship"),
        FollowUp = "follow-up" ("opfølgningen", "the follow-up"),
        Answer = "answer" ("virksomhedens svar", "the company's answer"),
        Pause = "pause" ("pausen", "the pause"),
        Outcome = "outcome" ("det næste skridt", "the next step"),
        RetentionCheck = "retention-check" ("kontrollen af jobbet", "the check of the job"),
        Cpr = "cpr" ("CPR-nummeret", "the CPR number"),
        Name = "name" ("navnet", "the name"),
        Merged = "merged" ("samme person under to numre", "one person under two numbers"),
    }
}

/// Who was told that it is put right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionTold {
    pub citizen: bool,
    pub company: bool,
    /// Those here who had been told of a flag about it.
    pub accounts: Vec<AccountId>,
}

/// A record as the question whether it may be put right looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// Who recorded it, where that is kept.
    pub by: Option<&'a AccountId>,
    pub on: NaiveDate,
    /// Who is responsible for the citizen.
    pub consultant: &'a AccountId,
}

/// Why somebody may not put something right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MayNot {
    /// Somebody else recorded it, and somebody else is responsible.
    OfSomebodyElse,
    /// It was recorded so long ago that a team leader does it.
    TooLate,
}

impl Recorded<'_> {
    /// Whether somebody, who leads or not, may put it right today.
    ///
    /// # Errors
    /// Who may.
    pub fn may_be_put_right(self, (who, leads): (&AccountId, bool), days: i64, today: NaiveDate) -> Result<(), MayNot> {
        if leads {
            return Ok(());
        }
        if self.by != Some(who) && self.consultant != who {
            return Err(MayNot::OfSomebodyElse);
        }
        if today > plus(self.on, days) { Err(MayNot::TooLate) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        people::access::{Permission, Role, may},
        testing::day,
    };

    #[test]
    fn who_recorded_it_or_is_responsible_within_the_days_and_later_a_team_leader() {
        let id = |name: &str| AccountId::stored(name);
        let (by, consultant) = (id("by"), id("consultant"));
        let recorded = Recorded { by: Some(&by), on: day("2026-01-05"), consultant: &consultant };
        let asked =
            |who: &str, role: Role, on: &str| recorded.may_be_put_right((&id(who), may(role, Permission::Lead)), 14, day(on));
        for (who, role, on, expected) in [
            ("by", Role::Consultant, "2026-01-19", Ok(())),
            ("by", Role::Liaison, "2026-01-19", Ok(())),
            ("consultant", Role::Consultant, "2026-01-19", Ok(())),
            ("consultant", Role::Consultant, "2026-01-20", Err(MayNot::TooLate)),
            ("another", Role::Consultant, "2026-01-05", Err(MayNot::OfSomebodyElse)),
            ("another", Role::TeamLeader, "2030-01-05", Ok(())),
        ] {
            assert_eq!(asked(who, role, on), expected, "{who} on {on}");
        }
    }
}
