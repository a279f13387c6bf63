//! What a place offers.

use crate::domain::{
    companies::opening::{Language, TimeOfDay},
    internships::purpose::InternshipType,
    values::{geo::Placed, text::WeeklyHours, vocabulary::Term},
};

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
    pub kind: InternshipType,
    pub occupation: Term,
    pub tasks: Vec<Term>,
    pub least_hours: WeeklyHours,
    /// Empty: any.
    pub times: Vec<TimeOfDay>,
    /// What must be spoken.
    pub languages: Vec<Language>,
    pub accommodations: Vec<Term>,
}
