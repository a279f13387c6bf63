//! What is on the stage, found by the names of the file.

use crate::{
    actions::ActionError,
    context::{Account, Context, Services},
    domain::{
        people::tenant::Tenant,
        values::{
            day::At,
            ids::{CitizenId, ContactId, InternshipId, WorkplaceId},
            localized::localized,
        },
    },
    replay::{format::Case, stage::cast::Player},
};
use std::sync::Arc;

/// A workplace of the case.
#[derive(Clone, Debug)]
pub struct StagedPlace {
    pub refs: Vec<String>,
    pub workplace: WorkplaceId,
    pub name: String,
    pub contact: ContactId,
}

/// Everything on the stage. Cheap to clone: an event is played in a transaction of its own, which may be asked for again.
#[derive(Clone)]
pub struct Stage {
    pub services: Arc<Services>,
    pub case: Arc<Case>,
    pub players: Vec<Player>,
    /// Who is responsible now.
    pub consultant: Account,
    /// All who have been, in order.
    pub consultants: Vec<Account>,
    pub liaison: Account,
    pub leader: Account,
    pub citizen: CitizenId,
    pub places: Vec<StagedPlace>,
    /// What was booked under which name, in order.
    pub internships: Vec<(String, InternshipId)>,
    /// Part of every address.
    pub(super) slug: String,
    pub(super) password_hash: String,
}

impl Stage {
    pub fn context<'a>(&'a self, by: &'a Account, at: At) -> Context<'a> {
        Context::of(&self.services, by, at)
    }

    pub fn tenant(&self) -> &Tenant {
        &self.consultant.tenant
    }

    /// The internship that stands under a name.
    ///
    /// # Errors
    /// None was booked under it: a booking that was refused leaves none.
    pub fn internship(&self, name: &str) -> Result<&InternshipId, ActionError> {
        let found = self.internships.iter().rev().find(|(own, _)| own == name).map(|(_, id)| id);
        found.ok_or_else(|| {
            let (da, en) = (format!("Der er ingen praktik »{name}«."), format!("There is no internship “{name}”."));
            ActionError::Conflict("not-in-force", localized(da, en))
        })
    }

    /// The workplace that a ref names; a company's is its first.
    ///
    /// # Errors
    /// No company or workplace of the case has it.
    pub fn place(&self, name: &str) -> Result<&StagedPlace, ActionError> {
        self.may_place(name).ok_or_else(|| {
            let (da, en) = (format!("Forløbet har ingen virksomhed »{name}«."), format!("The case has no company “{name}”."));
            ActionError::Conflict("unknown-company", localized(da, en))
        })
    }

    pub fn may_place(&self, name: &str) -> Option<&StagedPlace> {
        self.places.iter().find(|place| place.refs.iter().any(|own| own == name))
    }

    pub(super) fn booked(&self, name: &str) -> Vec<InternshipId> {
        self.internships.iter().filter(|(own, _)| own == name).map(|(_, id)| id.clone()).collect()
    }

    pub(super) fn there(&self, name: &str) -> Vec<WorkplaceId> {
        let named = self.places.iter().filter(|place| place.refs.iter().any(|own| own == name));
        named.map(|place| place.workplace.clone()).collect()
    }
}
