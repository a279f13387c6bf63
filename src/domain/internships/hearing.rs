//! Hearing of the party (partshøring, forvaltningsloven § 19; L26): before the municipality ends an internship against a citizen, it puts to
//! the citizen the facts that speak against the citizen and may not be known, and hears the answer.
//!
//! What must never happen: the municipality breaks an internship off and nobody has written down what the citizen was asked, or why that was
//! not needed.

use crate::domain::{
    input::{Fault, Faults, Pointer},
    values::{day::danish, text::Prose},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::input! {
    /// That the citizen was heard, or why that was not needed: one of the two.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Hearing {
        /// The facts that were put to the citizen.
        pub facts: Option<Prose>,
        /// The day on which they were.
        pub put_on: Option<NaiveDate>,
        /// What the citizen said; left out: nothing.
        pub answer: Option<Prose>,
        /// Until when the citizen could answer; needed where there is no answer.
        pub answer_by: Option<NaiveDate>,
        /// Why the citizen was not heard: for instance since the citizen gave the facts.
        pub not_needed: Option<Prose>,
    }
}

/// A hearing as it was recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HearingHeld {
    #[serde(flatten)]
    pub hearing: Hearing,
    pub recorded_on: NaiveDate,
}

/// The faults of what was written of a hearing on a day, or of its absence.
pub fn faults(hearing: Option<&Hearing>, today: NaiveDate) -> Faults {
    let mut faults = Faults::default();
    let at = Pointer::root().to("hearing");
    let Some(hearing) = hearing else {
        faults.add::<()>(
            &at,
            Fault::new(
                "hearing",
                "Kommunen afbryder praktikken. Forelæg først borgeren de oplysninger, der taler imod, og skriv, hvad borgeren svarede; eller \
                 skriv, hvorfor det ikke var nødvendigt (partshøring, forvaltningsloven § 19).",
                "The municipality breaks the internship off. First put to the citizen the facts that speak against it, and write what the \
                 citizen answered; or write why that was not needed (hearing of the party, forvaltningsloven § 19).",
            ),
        );
        return faults;
    };
    let Hearing { facts, put_on, answer, answer_by, not_needed } = hearing;
    if not_needed.is_some() {
        let put = [
            ("facts", facts.is_some()),
            ("put_on", put_on.is_some()),
            ("answer", answer.is_some()),
            ("answer_by", answer_by.is_some()),
        ];
        for (field, _) in put.into_iter().filter(|(_, is_there)| *is_there) {
            let text = ("Hører ikke til, når borgeren ikke blev hørt.", "Does not belong where the citizen was not heard.");
            faults.add::<()>(&at.to(field), Fault::new("not-here", text.0, text.1));
        }
        return faults;
    }
    for (field, is_there) in [("facts", facts.is_some()), ("put_on", put_on.is_some())] {
        if !is_there {
            faults.add::<()>(&at.to(field), Fault::new("required", "Skal udfyldes.", "Is required."));
        }
    }
    if put_on.is_some_and(|on| on > today) {
        faults.add::<()>(
            &at.to("put_on"),
            Fault::new("in-future", "Kan ikke være en dag, der kommer.", "Must not be a day to come."),
        );
    }
    if answer.is_none() && answer_by.is_none_or(|by| by >= today || put_on.is_some_and(|on| by <= on)) {
        let (da, en) = answer_by.filter(|by| *by >= today).map_or_else(
            || {
                (
                    "Skriv borgerens svar, eller hvornår fristen udløb.".into(),
                    "Write the citizen's answer, or when the time for it ended.".into(),
                )
            },
            |by| (format!("Borgeren kan svare til og med den {}.", danish(by)), format!("The citizen may answer until {by}.")),
        );
        let code = if answer_by.is_some() { "answer-by" } else { "required" };
        faults.add::<()>(&at.to("answer"), Fault::new(code, da, en));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::input::read;
    use serde_json::{Value, json};

    #[test]
    fn the_citizen_was_heard_or_it_says_why_not() {
        let today = "2026-03-20".parse().unwrap();
        for (given, expected) in [
            (Value::Null, vec![("/hearing", "hearing")]),
            (json!({"not_needed": "Borgeren har selv bedt om det."}), vec![]),
            (json!({"facts": "Fravær", "put_on": "2026-03-10", "answer": "Bussen kørte ikke."}), vec![]),
            (json!({"facts": "Fravær", "put_on": "2026-03-10", "answer_by": "2026-03-19"}), vec![]),
            (
                json!({"facts": "Fravær", "put_on": "2026-03-10", "answer_by": "2026-03-20"}),
                vec![("/hearing/answer", "answer-by")],
            ),
            (
                json!({"facts": "Fravær", "put_on": "2026-03-10", "answer_by": "2026-03-10"}),
                vec![("/hearing/answer", "answer-by")],
            ),
            (json!({"facts": "Fravær", "put_on": "2026-03-10"}), vec![("/hearing/answer", "required")]),
            (json!({"facts": "Fravær", "put_on": "2026-03-21", "answer": "Nej"}), vec![("/hearing/put_on", "in-future")]),
            (json!({"answer": "Nej"}), vec![("/hearing/facts", "required"), ("/hearing/put_on", "required")]),
            (json!({"not_needed": "Nej", "facts": "Fravær"}), vec![("/hearing/facts", "not-here")]),
        ] {
            let hearing: Option<Hearing> = (!given.is_null()).then(|| read(&given).unwrap());
            let found = faults(hearing.as_ref(), today).0;
            let found: Vec<(String, &str)> = found.iter().map(|(at, fault)| (at.as_str().to_owned(), fault.code)).collect();
            let expected: Vec<(String, &str)> = expected.into_iter().map(|(at, code)| (at.to_owned(), code)).collect();
            assert_eq!(found, expected, "{given}");
        }
    }
}
