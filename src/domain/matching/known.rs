//! What has to be looked up about a place before it can be ranked.

use crate::domain::{
    matching::{
        seeker::Seeker,
        standing::{Prospect, Standing},
    },
    values::localized::Localized,
};

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
