//! What a flag is about, as the file names it and as the database does.

use crate::{
    domain::{
        rules::flags::Subject,
        values::ids::{InternshipId, OutcomeId, WorkplaceId},
    },
    replay::stage::scene::Stage,
};

impl Stage {
    /// The keys of the subjects that a file's `about` can mean.
    pub fn subjects(&self, about: &str, outcomes: &[(OutcomeId, InternshipId)]) -> Vec<String> {
        if about == "citizen" {
            return vec![Subject::Citizen(self.citizen.clone()).key()];
        }
        if let Some(name) = about.strip_prefix("citizen at ") {
            let there = self.there(name).into_iter();
            return there.map(|place| Subject::CitizenAt(self.citizen.clone(), place).key()).collect();
        }
        if let Some(name) = about.strip_prefix("hire from ") {
            let from = self.booked(name);
            let own = outcomes.iter().filter(|(_, internship)| from.contains(internship));
            return own.map(|(id, _)| Subject::Outcome(id.clone()).key()).collect();
        }
        let internships = self.booked(about).into_iter().map(|id| Subject::Internship(id).key());
        internships.chain(self.there(about).into_iter().map(|place| format!("workplace:{place}"))).collect()
    }

    /// The name that the file has for a subject.
    pub fn about(&self, subject: &str, outcomes: &[(OutcomeId, InternshipId)]) -> String {
        let name =
            |id: &InternshipId| self.internships.iter().find(|(_, own)| own == id).map_or("?", |(name, _)| name).to_owned();
        let place = |id: &WorkplaceId| {
            let found = self.places.iter().find(|place| place.workplace == *id);
            found.and_then(|place| place.refs.first()).map_or("?", String::as_str).to_owned()
        };
        match Subject::parse(subject) {
            Some(Subject::Internship(id)) => name(&id),
            Some(Subject::Citizen(_)) => "citizen".into(),
            Some(Subject::CitizenAt(_, workplace)) => format!("citizen at {}", place(&workplace)),
            Some(Subject::Outcome(id)) => {
                let from = outcomes.iter().find(|(own, _)| *own == id).map(|(_, from)| name(from));
                format!("hire from {}", from.unwrap_or_else(|| "elsewhere".into()))
            }
            Some(Subject::Workplace(workplace)) => place(&workplace),
            None => subject.to_owned(),
        }
    }
}
