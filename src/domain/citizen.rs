//! The citizen: goals in the citizen's own words (S11, S20), capacity, needs, target group.

use crate::domain::{
    form::{Fault, Faults, Field, Pointer},
    ids::{AccountId, CitizenId, NeedId},
    register::PNumber,
    rulebook::Figures,
    values::{Line, Prose, WeeklyHours},
    vocabulary::Term,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// LAB § 6 number, `1` to `13`. The set itself is a dated row of the rulebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^([1-9]|1[0-3])$", examples("3"))]
pub struct TargetGroup(String);

impl TargetGroup {
    pub fn parse(text: &str) -> Option<Self> {
        let number: u8 = text.trim().parse().ok()?;
        ((1..=13).contains(&number) && number.to_string() == text.trim()).then(|| Self(number.to_string()))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for TargetGroup {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let text = faults.text(value, at)?;
        Self::parse(text).or_else(|| {
            faults.add(
                at,
                Fault::not("target-group", "nummeret i LAB § 6, \"1\" til \"13\"", "the number in LAB § 6, \"1\" to \"13\""),
            )
        })
    }
}

crate::form! {
    /// What the citizen wants, in the citizen's own words and as occupations.
    #[derive(PartialEq, Eq, Serialize, Deserialize)]
    pub struct Goal {
        pub own_words: Prose,
        pub occupations: Vec<Term>,
    }
}

crate::form! {
    /// A need for accommodation: health data. `kind` and the cause never reach the company; `function` may.
    #[derive(Serialize, Deserialize)]
    pub struct NeedFacts {
        pub kind: Line,
        /// What is needed, as the company may read it.
        pub function: Line,
        /// Tasks that it rules out.
        pub rules_out: Vec<Term>,
    }
}

#[derive(Clone, Debug)]
pub struct Need {
    pub id: NeedId,
    pub facts: NeedFacts,
}

/// Hours a week agreed with the citizen, from a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Capacity {
    pub from: NaiveDate,
    pub weekly_hours: WeeklyHours,
}

/// What the rules need to know of a citizen: no name, no CPR number.
#[derive(Clone, Debug)]
pub struct Citizen {
    pub id: CitizenId,
    pub reference: String,
    pub target_group: TargetGroup,
    /// Self-supporting (group 12) only.
    pub job_ready: bool,
    /// Sick-listed (groups 6 and 7): employed, and kept at the own workplace.
    pub in_employment: bool,
    pub goals: Vec<Goal>,
    pub capacities: Vec<Capacity>,
    pub needs: Vec<Need>,
    pub consultant: AccountId,
    pub latest_employer: Option<PNumber>,
    /// The day on which the citizen was registered here; none on older records.
    pub registered_on: Option<NaiveDate>,
}

/// A sick-listed person in employment, kept at the own workplace (L12): ratio, long stay, series and a company's record do
/// not count them.
pub fn kept_at(group: &str, in_employment: bool, latest_employer: Option<&str>, p_number: &str, _: &Figures) -> bool {
    matches!(group, "6" | "7") && in_employment && latest_employer == Some(p_number)
}

impl Citizen {
    /// Whether an occupation is one of the citizen's goals; with no goals on record nothing is outside them.
    pub fn has_goal(&self, occupation: &Term) -> bool {
        let mut goals = self.goals.iter().flat_map(|goal| &goal.occupations).peekable();
        goals.peek().is_none() || goals.any(|own| own == occupation)
    }

    /// The capacity agreed for a day; none agreed yet.
    pub fn capacity_on(&self, day: NaiveDate) -> Option<WeeklyHours> {
        self.capacities
            .iter()
            .filter(|capacity| capacity.from <= day)
            .max_by_key(|capacity| capacity.from)
            .map(|capacity| capacity.weekly_hours)
    }
}
