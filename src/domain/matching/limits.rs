//! Hard conditions that need nothing but the two sides: whatever breaks one is left out, and the answer says why. Conditions that
//! need the workplace's own figures (ratio, latest employer, duration) are the very rules of booking ([`HARD_RULES`]), so that no
//! result can be one that a booking would refuse.

use crate::domain::{
    matching::{offer::Offer, seeker::Seeker},
    rules::{
        refusals::{duration_limit, hours, latest_employer, no_prospect, overlap, reasonable_ratio, task_ruled_out},
        rule_id::RuleId,
    },
    values::{
        localized::{Localized, localized},
        vocabulary::{TermKind, label_of},
    },
};

/// The rules of booking that exclude a workplace from the results if they refuse.
pub const HARD_RULES: &[RuleId] = &[
    no_prospect::RULE.id,
    duration_limit::RULE.id,
    hours::WEEKLY.id,
    hours::CAPACITY.id,
    task_ruled_out::RULE.id,
    overlap::RULE.id,
    reasonable_ratio::RULE.id,
    latest_employer::RULE.id,
];

/// Why a place is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub because: &'static str,
    pub why: Localized,
}

fn left_out(because: &'static str, da: impl Into<String>, en: impl Into<String>) -> Option<LeftOut> {
    Some(LeftOut { because, why: localized(da, en) })
}

/// The first hard condition that an offer breaks; none if it may be ranked.
pub fn broken(seeker: &Seeker, offer: &Offer) -> Option<LeftOut> {
    let (km, farthest) = (seeker.home.point.km_to(offer.placed.point), seeker.reach.farthest_km);
    if km > farthest {
        return left_out(
            "too-far",
            format!("{km:.1} km væk; grænsen er {farthest:.1} km."),
            format!("{km:.1} km away; the limit is {farthest:.1} km."),
        );
    }
    let opening = offer.opening.as_ref()?;
    if let Some(task) = opening.tasks.iter().find(|task| seeker.ruled_out.contains(task)) {
        let task = label_of(TermKind::Task, task);
        return left_out(
            task_ruled_out::RULE.id.as_str(),
            format!("Opgaven {} er udelukket for borgeren.", task.da),
            format!("The task {} is ruled out for the citizen.", task.en),
        );
    }
    if let Some(capacity) = seeker.capacity.filter(|capacity| opening.least_hours > *capacity) {
        return left_out(
            hours::CAPACITY.id.as_str(),
            format!("Mindst {} timer om ugen; aftalt med borgeren er {capacity}.", opening.least_hours),
            format!("At least {} hours a week; agreed with the citizen are {capacity}.", opening.least_hours),
        );
    }
    if let Some(language) =
        opening.languages.iter().find(|spoken| !seeker.languages.is_empty() && !seeker.languages.contains(spoken))
    {
        return left_out(
            "language",
            format!("Stedet kræver sproget {language}, som borgeren ikke taler."),
            format!("The place asks for the language {language}, which the citizen does not speak."),
        );
    }
    let asked_apart = !opening.times.is_empty() && !seeker.times.is_empty();
    if asked_apart && !opening.times.iter().any(|time| seeker.times.contains(time)) {
        return left_out(
            "times",
            "Arbejdstiden ligger, når borgeren ikke kan arbejde.",
            "The work is at times when the citizen cannot work.",
        );
    }
    None
}
