//! What is kept of a citizen: who it is, needs, goals, and what the citizen seeks by.

use crate::{
    domain::{
        companies::opening::{Language, TimeOfDay},
        people::{
            citizen::{Goal, NeedFacts},
            personal_details::PersonalDetails,
            profile::Profile,
        },
        values::{
            geo::Coordinates,
            register::{Location, Municipality, PNumber, Postcode},
            text::{Line, Prose, Whole},
            vocabulary::Term,
        },
    },
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredNeed {
    kind: Line,
    function: Line,
    rules_out: Vec<Term>,
}

#[derive(Deserialize, Serialize)]
struct StoredGoal {
    own_words: Prose,
    occupations: Vec<Term>,
}

#[derive(Deserialize, Serialize)]
struct StoredPersonalDetails {
    name: String,
    email: Option<String>,
    phone: Option<String>,
    mentor: Option<String>,
    mentor_email: Option<String>,
    mentor_phone: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct StoredProfile {
    home: Option<StoredLocation>,
    farthest_km: Option<Whole<1, 500>>,
    longest_minutes: Option<Whole<1, 600>>,
    languages: Option<Vec<Language>>,
    times: Option<Vec<TimeOfDay>>,
    network: Option<Vec<PNumber>>,
    agrees_to_be_found: Option<bool>,
}

#[derive(Deserialize, Serialize)]
struct StoredLocation {
    municipality: Option<Municipality>,
    postcode: Option<Postcode>,
    city: Option<Line>,
    coordinates: Option<Coordinates>,
}

impl StoredValue for NeedFacts {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { kind, function, rules_out } = self.clone();
        write(StoredNeed { kind, function, rules_out })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredNeed { kind, function, rules_out } = read(text)?;
        Ok(Self { kind, function, rules_out })
    }
}

impl StoredValue for PersonalDetails {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { name, email, phone, mentor, mentor_email, mentor_phone } = self.clone();
        write(StoredPersonalDetails { name, email, phone, mentor, mentor_email, mentor_phone })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredPersonalDetails { name, email, phone, mentor, mentor_email, mentor_phone } = read(text)?;
        Ok(Self { name, email, phone, mentor, mentor_email, mentor_phone })
    }
}

impl StoredValue for Vec<Goal> {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let stored = |Goal { own_words, occupations }| StoredGoal { own_words, occupations };
        write(self.iter().cloned().map(stored).collect::<Vec<_>>())
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let goal = |StoredGoal { own_words, occupations }| Goal { own_words, occupations };
        Ok(read::<Vec<StoredGoal>>(text)?.into_iter().map(goal).collect())
    }
}

impl StoredValue for Profile {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { home, farthest_km, longest_minutes, languages, times, network, agrees_to_be_found } = self.clone();
        let home = home.map(|Location { municipality, postcode, city, coordinates }| StoredLocation {
            municipality,
            postcode,
            city,
            coordinates,
        });
        write(StoredProfile { home, farthest_km, longest_minutes, languages, times, network, agrees_to_be_found })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredProfile { home, farthest_km, longest_minutes, languages, times, network, agrees_to_be_found } = read(text)?;
        let home = home.map(|StoredLocation { municipality, postcode, city, coordinates }| Location {
            municipality,
            postcode,
            city,
            coordinates,
        });
        Ok(Self { home, farthest_km, longest_minutes, languages, times, network, agrees_to_be_found })
    }
}
