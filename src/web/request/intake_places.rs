//! How many lists are sent and brought in at once, by this instance.
//!
//! Promise: nobody fills the disk with files that are never sent to their end, and one municipality's list does not keep the others from
//! bringing theirs in. Each list that is read takes some 300 megabytes at most.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::{ids::AccountId, localized::localized},
    },
    web::problem::{Problem, ProblemKind},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Files that one account sends at once.
const SENT_BY_ONE: usize = 2;
/// Files that are sent at once in all.
const SENT_IN_ALL: usize = 8;
/// Lists that are read at once in all.
const READ_IN_ALL: usize = 4;
/// So often a place is looked for before somebody is refused: three seconds.
const LOOKS: usize = 30;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
/// When to come again, in seconds.
const AGAIN: i64 = 60;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    Sent(AccountId),
    Read(Tenant),
}

impl Use {
    fn is_like(&self, other: &Self) -> bool {
        matches!(self, Self::Sent(_)) == matches!(other, Self::Sent(_))
    }
}

/// See the module.
#[derive(Clone, Default)]
pub struct IntakePlaces(Arc<Mutex<BTreeMap<Use, usize>>>);

/// A place that is free again when this is dropped.
pub struct IntakePlace {
    places: IntakePlaces,
    of: Use,
}

impl IntakePlaces {
    /// A place for a file that somebody sends.
    ///
    /// # Errors
    /// Too many are sent just now.
    pub fn to_send(&self, account: &AccountId) -> Result<IntakePlace, Problem> {
        self.take(Use::Sent(account.clone()), SENT_BY_ONE, SENT_IN_ALL).ok_or_else(|| {
            let detail = localized(
                "Der sendes allerede så mange lister, som der kan på én gang. Vent, til de er sendt, og prøv igen.",
                "As many lists are being sent as can be at once. Wait until they have been, and try again.",
            );
            Problem { retry_after: Some(AGAIN), ..Problem::with(ProblemKind::TooOften, detail) }
        })
    }

    /// A place for a municipality's list that is brought in. A short one before it is waited for.
    ///
    /// # Errors
    /// It brings one in already, or too many others do.
    pub async fn to_read(&self, tenant: &Tenant) -> Result<IntakePlace, Problem> {
        for _ in 0..LOOKS {
            if let Some(place) = self.take(Use::Read(tenant.clone()), 1, READ_IN_ALL) {
                return Ok(place);
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        let detail = localized(
            "Der indlæses allerede en liste. Vent, til den er færdig, og send din igen.",
            "A list is being brought in already. Wait until it is done, and send yours again.",
        );
        let problem = Problem::with(ProblemKind::Conflict, detail);
        Err(Problem { retry_after: Some(AGAIN), code: Some("import-at-work"), ..problem })
    }

    fn take(&self, of: Use, most_of_one: usize, most: usize) -> Option<IntakePlace> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let in_all: usize = taken.iter().filter(|(other, _)| other.is_like(&of)).map(|(_, count)| count).sum();
        let own = taken.get(&of).copied().unwrap_or_default();
        if own >= most_of_one || in_all >= most {
            return None;
        }
        taken.insert(of.clone(), own + 1);
        Some(IntakePlace { places: self.clone(), of })
    }
}

impl Drop for IntakePlace {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.of) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.remove(&self.of);
            }
        }
    }
}
