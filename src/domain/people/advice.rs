//! Advice shown beside a booking: what the study recommends (S14, S15), and what the law asks to be kept in mind (L17, L18).
//! Advice refuses nothing and asks for nothing: a person decides.

use crate::domain::{
    internships::{
        course::Course,
        follow_up::{Motivation, Phase},
    },
    values::localized::{Localized, localized},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A piece of advice, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Advice {
    pub reference: &'static str,
    #[serde(flatten)]
    pub said: Localized,
}

fn of(reference: &'static str, da: &str, en: &str) -> Advice {
    Advice { reference, said: localized(da, en) }
}

/// What holds for every booking.
pub fn at_booking() -> [Advice; 2] {
    [
        of(
            "VEJ 9641/2022 (L17)",
            "Praktik er ikke til korte sæsonopgaver, ikke kun til at afløse en ansat, og ikke til at dække virksomhedens behov for arbejdskraft.",
            "An internship is not for short seasonal tasks, not only to replace an employee, and not to fill the company's need of labour.",
        ),
        of(
            "LAB § 59 (L18)",
            "Læg praktikken, så den kan kombineres med ordinære timer eller føre til dem – også få timer er en begyndelse.",
            "Plan it so that it combines with ordinary paid hours or leads to them – few hours are a beginning, too.",
        ),
    ]
}

fn for_phase(phase: Phase) -> Advice {
    match phase {
        Phase::Progression => of(
            "S14",
            "Der er retning og tro. Hold farten: næste skridt skal ligge klart, før dette er slut.",
            "There is direction and belief. Keep the pace: have the next step ready before this one ends.",
        ),
        Phase::Stagnation => of(
            "S14",
            "Borgeren venter. Endnu en forlængelse eller et skift gør det værre: sæt en dato og et konkret mål.",
            "The citizen is waiting. One more extension or change makes it worse: set a date and a concrete aim.",
        ),
        Phase::Setback => of(
            "S14",
            "Meningen er blevet mindre. Lyt først; vælg så et sted, hvor borgeren hører til og kan lykkes hurtigt.",
            "Meaning has shrunk. Listen first; then choose a place where the citizen belongs and can soon succeed.",
        ),
        Phase::Derailment => of(
            "S14",
            "Borgeren er overvældet. Relationen og de presserende problemer kommer før en ny praktik.",
            "The citizen is overwhelmed. Relation and pressing problems come before a new internship.",
        ),
    }
}

fn for_motivation(motivation: Motivation) -> Advice {
    match motivation {
        Motivation::Necessity => of(
            "S15",
            "Nødvendigheden driver: gå hurtigt frem, og vælg kun praktik med et job i sigte.",
            "Necessity drives: act fast, and choose only internships with a job in sight.",
        ),
        Motivation::Relations => of(
            "S15",
            "Relationer driver: vælg arbejdspladsen efter menneskerne, og aftal en kontaktperson, der er der hver dag.",
            "Relations drive: choose the workplace for its people, and agree on a contact person who is there every day.",
        ),
        Motivation::Mastery => of(
            "S15",
            "Mestring driver: begynd, hvor borgeren kan noget, lad kravene stige i små trin, og sig højt, hvad der lykkes.",
            "Mastery drives: begin where the citizen can do something, let demands rise in small steps, and name what succeeds.",
        ),
        Motivation::Direction => of(
            "S15",
            "Retning driver: vis vejen fra denne praktik til borgerens eget mål, skridt for skridt.",
            "Direction drives: show the way from this internship to the citizen's own goal, step by step.",
        ),
        Motivation::Practice => of(
            "S15",
            "Praksis driver: lad borgeren lære med hænderne, og sørg for, at skånehensynene holder.",
            "Practice drives: let the citizen learn by doing, and see to it that the accommodations hold.",
        ),
    }
}

/// What the study advises for the phase and the motivation last recorded of a citizen.
pub fn advice(course: &Course) -> Vec<Advice> {
    let held = course.held();
    let phase = held.iter().rev().find_map(|(_, held)| held.record.phase);
    let motivation = held.iter().rev().find_map(|(_, held)| held.record.motivation);
    phase.map(for_phase).into_iter().chain(motivation.map(for_motivation)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{follow_up, running};
    use serde_json::json;

    #[test]
    fn the_latest_phase_and_motivation_are_advised_on() {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        assert_eq!(advice(&course), []);
        follow_up(&mut course, "2024-01-12", json!({"phase": "stagnation", "motivation": "mastery"}));
        follow_up(&mut course, "2024-02-05", json!({"phase": "progression"}));
        assert_eq!(advice(&course), [for_phase(Phase::Progression), for_motivation(Motivation::Mastery)]);
    }

    #[test]
    fn every_phase_and_motivation_has_words_of_its_own() {
        let words = Phase::ALL.iter().map(|phase| for_phase(*phase)).chain(Motivation::ALL.iter().map(|it| for_motivation(*it)));
        let mut all: Vec<String> = words.map(|advice| advice.said.en).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!((all.len(), count), (9, 9));
    }
}
