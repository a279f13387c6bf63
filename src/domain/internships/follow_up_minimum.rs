//! What a follow-up says at least, by the type of internship, so that it is worth having: a training where a skill stands, a
//! clarification an answer, a recruitment whether a demand of the position is met.
//!
//! Nobody is made to invent anything: where it cannot be said yet, the words of citizen, company or colleagues are enough.

use crate::domain::{
    input::Fault,
    internships::{follow_up::Record, internship::Internship, purpose::InternshipType},
    values::text::{Line, folded},
};

/// What is lacking: the field, and what would make it pass.
pub struct Lacking {
    pub field: &'static str,
    pub fault: Fault,
}

impl Record {
    fn answers_to(&self, question: &Line) -> bool {
        self.answers.iter().flatten().any(|own| folded(own.question.as_str()) == folded(question.as_str()))
    }

    /// Whether anybody is quoted.
    fn quotes_anybody(&self) -> bool {
        self.citizen_words.is_some() || self.company_words.is_some() || self.colleagues.is_some()
    }
}

/// What a follow-up of an internship lacks; nothing where the agreement names nothing that could be said, or every question has been
/// answered before.
pub fn lacking(internship: &Internship, record: &Record) -> Option<Lacking> {
    if record.quotes_anybody() {
        return None;
    }
    let purpose = &internship.standing().terms.purpose;
    match purpose.kind {
        InternshipType::Training => {
            let skills = purpose.skills.as_deref().unwrap_or_default();
            let said = record.skills.iter().flatten().next().is_some();
            (!skills.is_empty() && !said).then(no_skill)
        }
        InternshipType::Clarification => {
            let answered = |question: &Line| internship.held().any(|held| held.record.answers_to(question));
            let questions = purpose.questions.as_deref().unwrap_or_default();
            let said = record.answers.iter().flatten().next().is_some();
            (questions.iter().any(|question| !answered(question)) && !said).then(no_answer)
        }
        InternshipType::Recruitment => {
            let demands = purpose.prospect.as_ref().map(|prospect| prospect.must_be_able_to.as_slice()).unwrap_or_default();
            let said = record.demands.iter().flatten().next().is_some();
            (!demands.is_empty() && !said).then(no_demand)
        }
    }
}

fn no_skill() -> Lacking {
    let fault = Fault::new(
        "no-skill",
        "Skriv, hvor borgeren står nu med mindst én af færdighederne i aftalen. Kan det ikke siges endnu, så skriv med borgerens, virksomhedens eller kollegernes ord hvorfor.",
        "Write where the citizen stands now with at least one skill of the agreement. If that cannot be said yet, write why in the words of the citizen, the company or the colleagues.",
    );
    Lacking { field: "skills", fault }
}

fn no_answer() -> Lacking {
    let fault = Fault::new(
        "no-answer",
        "Skriv et svar på mindst ét af spørgsmålene i aftalen. Er der ikke noget svar endnu, så skriv med borgerens, virksomhedens eller kollegernes ord, hvad der blev sagt.",
        "Write an answer to at least one question of the agreement. If there is none yet, write what was said in the words of the citizen, the company or the colleagues.",
    );
    Lacking { field: "answers", fault }
}

fn no_demand() -> Lacking {
    let fault = Fault::new(
        "no-demand",
        "Skriv, om borgeren opfylder mindst ét af kravene til stillingen, eller hvad virksomheden siger. Kan det ikke siges endnu, så skriv med borgerens eller kollegernes ord hvorfor.",
        "Write whether the citizen meets at least one demand of the position, or what the company says. If that cannot be said yet, write why in the words of the citizen or the colleagues.",
    );
    Lacking { field: "demands", fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{input::read, testing::*};
    use serde_json::{Value, json};

    fn lacks(purpose: &Value, before: Option<Value>, said: Value) -> Option<(&'static str, &'static str)> {
        let mut course = running("a", "2024-01-08", "2024-04-07");
        if let Some(before) = before {
            follow_up(&mut course, "2024-01-12", before);
        }
        let internship = &mut course.internships[0];
        internship.first.terms.purpose = read(purpose).unwrap();
        lacking(internship, &read(&said).unwrap()).map(|lack| (lack.field, lack.fault.code))
    }

    #[test]
    fn each_type_asks_for_its_own_and_words_are_always_enough() {
        let training = json!({"kind": "training", "skills": [{"skill": "Kasse", "now": 2, "target": 5}]});
        let clarification = json!({"kind": "clarification", "questions": ["Hvor mange timer?"]});
        let position =
            json!({"position": "Lager", "weekly_hours": 20, "must_be_able_to": ["Truck"], "decision_on": "2024-03-04"});
        let recruitment = json!({"kind": "recruitment", "prospect": position});
        for (purpose, said, lack) in [
            (&training, json!({"skills": [{"skill": "Kasse", "now": 2}]}), ("skills", "no-skill")),
            (&clarification, json!({"answers": [{"question": "Hvor mange timer?", "answer": "Ti."}]}), ("answers", "no-answer")),
            (&recruitment, json!({"demands": [{"demand": "Truck", "met": false}]}), ("demands", "no-demand")),
        ] {
            assert_eq!(lacks(purpose, None, said), None, "{purpose}");
            for field in ["citizen_words", "company_words", "colleagues"] {
                assert_eq!(lacks(purpose, None, json!({field: "Det er for tidligt at sige."})), None, "{purpose}");
            }
            for too_little in [json!({}), json!({"phase": "progression", "belonging": 7}), json!({lack.0: []})] {
                assert_eq!(lacks(purpose, None, too_little.clone()), Some(lack), "{too_little}");
            }
        }
    }

    #[test]
    fn what_the_agreement_does_not_name_or_was_answered_before_is_not_asked_for() {
        let none = json!({"kind": "training"});
        assert_eq!(lacks(&none, None, json!({"phase": "progression"})), None);
        let clarification = json!({"kind": "clarification", "questions": ["Hvor mange timer?"]});
        let before = json!({"answers": [{"question": "Hvor mange timer?", "answer": "Ti."}]});
        assert_eq!(lacks(&clarification, Some(before), json!({"phase": "progression"})), None);
    }
}
