//! What a follow-up or a party's own words name of the agreement, item by item: skills, questions, demands, accommodations.
//!
//! Promise: nothing is kept about an item that does not stand in the agreement, and each item is kept in the agreement's spelling.

use crate::domain::{
    input::{Fault, Faults, Pointer},
    internships::{
        follow_up::{AccommodationKept, DemandMet, QuestionAnswered, SkillNow},
        internship::Internship,
    },
    values::text::{Line, folded},
};

/// See the module.
pub struct ListedItems<'a> {
    pub skills: &'a mut Option<Vec<SkillNow>>,
    pub answers: &'a mut Option<Vec<QuestionAnswered>>,
    pub demands: &'a mut Option<Vec<DemandMet>>,
    pub accommodations: &'a mut Option<Vec<AccommodationKept>>,
}

impl ListedItems<'_> {
    /// Puts the agreement's own spelling, and tells what does not stand there.
    pub fn fit(self, internship: &Internship, faults: &mut Faults) {
        let (root, purpose) = (Pointer::root(), &internship.standing().terms.purpose);
        let skills: Vec<&Line> = purpose.skills.iter().flatten().map(|skill| &skill.skill).collect();
        for (index, skill) in self.skills.iter_mut().flatten().enumerate() {
            own_spelling(&mut skill.skill, &skills, &root.to("skills").to(index).to("skill"), faults);
        }
        let questions: Vec<&Line> = purpose.questions.iter().flatten().collect();
        for (index, answer) in self.answers.iter_mut().flatten().enumerate() {
            own_spelling(&mut answer.question, &questions, &root.to("answers").to(index).to("question"), faults);
        }
        let demands: Vec<&Line> = purpose.prospect.iter().flat_map(|prospect| &prospect.must_be_able_to).collect();
        for (index, demand) in self.demands.iter_mut().flatten().enumerate() {
            own_spelling(&mut demand.demand, &demands, &root.to("demands").to(index).to("demand"), faults);
        }
        for (index, item) in self.accommodations.iter().flatten().enumerate() {
            if !internship.accommodations.iter().any(|own| own.id == item.accommodation) {
                faults.add::<()>(&root.to("accommodations").to(index).to("accommodation"), not_of_it());
            }
        }
    }
}

fn not_of_it() -> Fault {
    Fault::new("not-agreed", "Står ikke i aftalen om praktikken.", "Does not stand in the agreement on the internship.")
}

fn own_spelling(named: &mut Line, known: &[&Line], at: &Pointer, faults: &mut Faults) {
    match known.iter().find(|own| folded(own.as_str()) == folded(named.as_str())) {
        Some(own) => *named = (*own).clone(),
        None => {
            faults.add::<()>(at, not_of_it());
        }
    }
}
