//! The usual ladders of steps, and who is notified of an alignment that somebody has not confirmed.

use crate::domain::{
    internships::alignment::{Decided, Party, Version},
    rules::{
        evidence::{Compared, compared},
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
    let parties = version.unconfirmed().into_iter().map(|party| format!("{} / {}", party.label().da, party.label().en));
    let decision = (version.decided == Decided::Waits).then(|| "afgørelse om forlængelsen / the extension's decision".to_owned());
    let names = parties.chain(decision);
    compared(localized("Mangler", "Missing"), names.collect::<Vec<_>>().join(", "))
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
