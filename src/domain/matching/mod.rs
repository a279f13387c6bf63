//! Matching: which opening or workplace fits a citizen, and which citizen an opening, by fixed rules that a person can read. Hard
//! conditions come first ([`limits`]); then a sum of named parts ([`parts`]), each with its weight from the rulebook and its
//! reason in words (S2–S4, S8, S11, S13).
//!
//! Companies are ranked by whom they hire, never by how many interns they have hosted. What must never happen: a part that rests
//! on a protected trait; a weight that is learned; a result that breaks a hard condition; a better prospect, a nearer place or
//! one more accommodation that lowers a rank.

pub mod limits;
pub mod parts;
#[cfg(test)]
mod properties;

use crate::domain::{
    companies::opening::{Language, TimeOfDay},
    internships::purpose::Kind,
    people::citizen::NeedFacts,
    rules::rulebook::Figures,
    values::{
        geo::Placed,
        localized::{Localized, localized},
        text::{WeeklyHours, folded},
        vocabulary::{Term, TermEntry, accommodation_of},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// What is known of the citizen who seeks. No name, no number.
#[derive(Clone, Debug)]
pub struct Seeker {
    /// Occupations of the citizen's own goals (S11).
    pub goals: Vec<Term>,
    /// Accommodations needed, of those that the list knows (S3).
    pub needs: Vec<Term>,
    /// Needs in words that the list does not know: not compared.
    pub other_needs: usize,
    /// Tasks that a need rules out (S10).
    pub ruled_out: Vec<Term>,
    /// Hours a week agreed with the citizen (S10).
    pub capacity: Option<WeeklyHours>,
    pub home: Placed,
    pub reach: Reach,
    /// Spoken; empty: not asked.
    pub languages: Vec<Language>,
    /// When in the day the citizen can work; empty: any time.
    pub times: Vec<TimeOfDay>,
    /// P-numbers where the citizen knows somebody (S13).
    pub network: Vec<String>,
}

/// How far from home a place may be, and how that was reckoned.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reach {
    pub farthest_km: f64,
    pub reckoned: Localized,
}

/// The accommodations that needs ask for: those in the list, built in or the municipality's own, and how many are in other
/// words. An own one is known by its key and its names.
pub fn accommodations_of<'n>(needs: impl Iterator<Item = &'n NeedFacts>, own: &[TermEntry]) -> (Vec<Term>, usize) {
    let named = |kind: &str| {
        let kind = folded(kind);
        let is = |entry: &&TermEntry| [entry.key.as_str(), &entry.da, &entry.en].iter().any(|name| folded(name) == kind);
        own.iter().find(is).map(|entry| entry.key.clone())
    };
    let (mut listed, mut other) = (Vec::new(), 0);
    for need in needs {
        match accommodation_of(need.kind.as_str()).or_else(|| named(need.kind.as_str())) {
            Some(term) if !listed.contains(&term) => listed.push(term),
            Some(_) => {}
            None => other += 1,
        }
    }
    (listed, other)
}

/// A whole number as one with decimals; the rulebook's figures are small.
pub(crate) fn decimal(number: i64) -> f64 {
    i32::try_from(number).map_or(0.0, f64::from)
}

impl Reach {
    /// From the limits agreed with the citizen, the shorter of the two; without any, the rulebook's.
    pub fn of(km: Option<i64>, minutes: Option<i64>, figures: &Figures) -> Self {
        let away = |minutes: i64| {
            (decimal(minutes) - f64::from(figures.match_minutes_before)).max(0.0) / 60.0 * f64::from(figures.match_km_an_hour)
        };
        let by_time = minutes.map(|minutes| (away(minutes), minutes));
        match (km.map(decimal), by_time) {
            (Some(km), None) => Self::agreed(km),
            (Some(km), Some((away, _))) if km <= away => Self::agreed(km),
            (_, Some((farthest_km, minutes))) => Self {
                farthest_km,
                reckoned: localized(
                    format!(
                        "Aftalt med borgeren: højst {minutes} minutter hver vej. Regnet som {} minutter til at komme af sted og {} km i timen i luftlinje.",
                        figures.match_minutes_before, figures.match_km_an_hour
                    ),
                    format!(
                        "Agreed with the citizen: at most {minutes} minutes each way. Reckoned as {} minutes to get going and {} km an hour as the crow flies.",
                        figures.match_minutes_before, figures.match_km_an_hour
                    ),
                ),
            },
            (None, None) => Self {
                farthest_km: f64::from(figures.match_farthest_km),
                reckoned: localized(
                    format!("Ingen grænse er aftalt med borgeren: {} km, som regelbogen siger.", figures.match_farthest_km),
                    format!("No limit is agreed with the citizen: {} km, as the rulebook says.", figures.match_farthest_km),
                ),
            },
        }
    }

    fn agreed(km: f64) -> Self {
        let reckoned = localized(
            format!("Aftalt med borgeren: højst {km} km i luftlinje."),
            format!("Agreed with the citizen: at most {km} km as the crow flies."),
        );
        Self { farthest_km: km, reckoned }
    }
}

/// What a place offers, as far as it can be seen at a glance.
#[derive(Clone, Debug)]
pub struct Offer {
    /// None where the workplace has told of no opening.
    pub opening: Option<Opened>,
    /// The industry code, by which a workplace without an opening is judged.
    pub industry: Option<String>,
    pub placed: Placed,
}

/// An opening.
#[derive(Clone, Debug)]
pub struct Opened {
    pub kind: Kind,
    pub occupation: Term,
    pub tasks: Vec<Term>,
    pub least_hours: WeeklyHours,
    /// Empty: any.
    pub times: Vec<TimeOfDay>,
    /// What must be spoken.
    pub languages: Vec<Language>,
    pub accommodations: Vec<Term>,
}

/// What has to be looked up about a place before it can be ranked.
#[derive(Clone, Debug)]
pub struct Known {
    pub prospect: Prospect,
    /// Share of ended internships that led to a hire, shrunk towards the industry's (S8).
    pub hires: Hires,
    /// Why the workplace stands flagged, where it does.
    pub flagged: Option<Localized>,
    /// A contact person is named (S4).
    pub contact: bool,
    /// Follow-ups held there: how many were good, of how many (S3, S4).
    pub follow_ups: (i64, i64),
    pub road: KnownRoad,
}

/// The record of hiring as it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hires {
    pub ended: i64,
    pub hired: i64,
    pub share: f64,
}

/// How near a job is (S2), nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Prospect {
    /// Recorded with the company's own words, and not withdrawn.
    Recorded,
    /// The company foresees a vacancy.
    Foreseen,
    NotAsked,
    /// It foresees none.
    None,
}

impl Prospect {
    /// All, each at the place of its code.
    pub const ALL: [Self; 4] = [Self::None, Self::NotAsked, Self::Foreseen, Self::Recorded];

    /// From whether one is recorded, and whether the company has said that it foresees a vacancy.
    pub fn of(recorded: bool, foresees_vacancy: Option<bool>) -> Self {
        match (recorded, foresees_vacancy) {
            (true, _) => Self::Recorded,
            (_, Some(true)) => Self::Foreseen,
            (_, None) => Self::NotAsked,
            (_, Some(false)) => Self::None,
        }
    }
}

/// What stands of a workplace, so that a first look can bound its rank: kept with it and with its openings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub prospect: Prospect,
    /// Whether somebody has been an intern there.
    pub tried: bool,
}

impl Standing {
    /// The facts of a workplace that nobody here has worked with.
    pub fn of_nobody() -> Self {
        Self { prospect: Prospect::NotAsked, tried: false }
    }

    pub fn all() -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(|tried| Prospect::ALL.map(|prospect| Self { prospect, tried }))
    }

    /// One that is kept.
    pub fn parse(code: i32) -> Option<Self> {
        Self::all().find(|standing| standing.code() == code)
    }

    /// As it is kept.
    pub fn code(self) -> i32 {
        let prospect = match self.prospect {
            Prospect::None => 0,
            Prospect::NotAsked => 1,
            Prospect::Foreseen => 2,
            Prospect::Recorded => 3,
        };
        if self.tried { prospect + 4 } else { prospect }
    }
}

/// By which road the citizen would come there (S13), shortest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownRoad {
    /// The citizen knows somebody there.
    Network,
    /// The jobcentre has been in touch with the company.
    Jobcentre,
    None,
}

impl Known {
    /// The best facts that a workplace of this standing can have, which bound its rank from above. Without earlier interns nobody
    /// was hired or followed up, and its share is the trade's: at most `prior`.
    pub fn at_best(standing: Standing, prior: f64, seeker: &Seeker) -> Self {
        let (share, follow_ups) = if standing.tried { (1.0, (1, 1)) } else { (prior, (0, 0)) };
        Self {
            prospect: standing.prospect,
            hires: Hires { ended: 0, hired: 0, share },
            flagged: None,
            contact: true,
            follow_ups,
            road: if seeker.network.is_empty() { KnownRoad::Jobcentre } else { KnownRoad::Network },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::json;

    #[test]
    fn each_standing_has_a_code_of_its_own() {
        assert_eq!(Standing::all().map(Standing::code).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert!(Standing::all().all(|standing| Standing::parse(standing.code()) == Some(standing)));
    }

    #[test]
    fn a_need_is_known_by_the_key_or_a_name_of_a_term_built_in_or_own() {
        let own = [TermEntry::own(Term::parse("own dog").unwrap(), "Egen hund med".into(), "Own dog along".into())];
        let needs: Vec<NeedFacts> = [" PACE ", "pace", "egen hund med", "Own Dog", "noget andet"]
            .map(|kind| read(&json!({"kind": kind, "function": "x", "rules_out": []})).unwrap())
            .into();
        let (listed, other) = accommodations_of(needs.iter(), &own);
        assert_eq!(listed.iter().map(Term::as_str).collect::<Vec<_>>(), ["pace", "own dog"]);
        assert_eq!(other, 1);
    }
}
