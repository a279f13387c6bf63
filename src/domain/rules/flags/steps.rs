//! The usual ladders of steps, and who is notified of an alignment that somebody has not confirmed.

use crate::domain::{
    internships::alignment::{Decided, Party, Version},
    rules::{
        evidence::{Compared, compared, listed},
        flags::finding::{Audience, FlagStep, Level},
    },
    values::localized::localized,
};
use chrono::NaiveDate;

/// A day that never comes, for a step out of reach.
pub const NEVER: NaiveDate = NaiveDate::MAX;

/// Three steps: notice, warning, alarm.
pub fn three_steps(days: [NaiveDate; 3], audiences: [&[Audience]; 3]) -> Vec<FlagStep> {
    steps(&[Level::Notice, Level::Warning, Level::Alarm], &days, &audiences)
}

/// Two steps: notice and warning.
pub fn two_steps(days: [NaiveDate; 2], audiences: [&[Audience]; 2]) -> Vec<FlagStep> {
    steps(&[Level::Notice, Level::Warning], &days, &audiences)
}

fn steps(levels: &[Level], days: &[NaiveDate], audiences: &[&[Audience]]) -> Vec<FlagStep> {
    let each = levels.iter().zip(days).zip(audiences);
    each.map(|((level, on), audience)| FlagStep { level: *level, on: *on, audience: audience.to_vec() }).collect()
}

/// What a version misses before it is in force, as evidence: who has not confirmed, and an extension's decision.
pub fn missing_parties(version: &Version) -> Compared {
    let parties = version.unconfirmed().into_iter().map(|party| party.label());
    let decision =
        (version.decided == Decided::Waits).then(|| localized("afgørelse om forlængelsen", "the extension's decision"));
    compared(localized("Mangler", "Missing"), listed(parties.chain(decision)))
}

/// Those who have not confirmed a version, and the consultant.
pub fn unconfirmed(version: &Version) -> Vec<Audience> {
    let missing = version.unconfirmed().into_iter().map(|party| match party {
        Party::Citizen => Audience::Citizen,
        Party::Consultant => Audience::Consultant,
        Party::Company => Audience::CompanyContact,
    });
    let mut audience: Vec<Audience> = missing.chain([Audience::Consultant]).collect();
    audience.sort();
    audience.dedup();
    audience
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        internships::alignment::Cause,
        testing::{day, terms, version},
    };

    #[test]
    fn a_ladder_has_its_levels_days_and_audiences_in_order() {
        use Audience::{Citizen, Consultant, TeamLeader};
        let days = ["2024-02-28", "2024-02-29", "2024-03-01"].map(day);
        let rungs = [
            FlagStep { level: Level::Notice, on: days[0], audience: vec![Citizen] },
            FlagStep { level: Level::Warning, on: days[1], audience: vec![Citizen, Consultant] },
            FlagStep { level: Level::Alarm, on: days[2], audience: vec![TeamLeader] },
        ];
        assert_eq!(three_steps(days, [&[Citizen], &[Citizen, Consultant], &[TeamLeader]]), rungs);
        assert_eq!(two_steps([days[0], days[1]], [&[Citizen], &[Citizen, Consultant]]), rungs[..2]);
    }

    #[test]
    fn whoever_has_not_confirmed_is_named_and_notified_with_the_consultant() {
        use Audience::{Citizen, CompanyContact, Consultant};
        let mut version =
            version(2, terms("here", "here", "2024-01-08", "2024-04-07", 20.0), Cause::Extension, day("2024-02-29"));
        let told = |version: &Version| (missing_parties(version).value, unconfirmed(version));
        assert_eq!(told(&version), (String::new(), vec![Consultant]));
        version.decided = Decided::Waits;
        let decision = "afgørelse om forlængelsen";
        assert_eq!(told(&version), (decision.to_owned(), vec![Consultant]));
        version.confirmations.retain(|confirmation| confirmation.party != Party::Company);
        let company = format!("virksomheden, {decision}");
        assert_eq!(told(&version), (company, vec![Consultant, CompanyContact]));
        version.confirmations.clear();
        version.decided = Decided::NotNeeded;
        let all = "borgeren, jobkonsulenten, virksomheden";
        assert_eq!(told(&version), (all.to_owned(), vec![Citizen, Consultant, CompanyContact]));
    }
}
