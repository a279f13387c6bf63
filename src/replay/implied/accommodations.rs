//! Accommodations that are implied: those of the citizen's needs.

use crate::{
    actions::{
        ActionError,
        internships::accommodations::{self, Item, Settlement},
    },
    context::Seen,
    domain::{
        internships::alignment::{Accommodations, Party, Via},
        people::citizen::Need,
        values::{day::At, ids::InternshipId},
    },
    replay::{
        format::{Given, GivenAccommodations},
        implied::confirmations::{confirm, load},
        stage::Stage,
        words::for_company,
    },
    store::{Tx, courses},
};

const ACCOMMODATION: &str = "Opgaver og tempo som aftalt på mødet";

fn by_needs(needs: &[Need]) -> GivenAccommodations {
    if needs.is_empty() { GivenAccommodations::NoneNeeded } else { GivenAccommodations::Agreed }
}

fn settlement(needs: &[Need], how: GivenAccommodations) -> Result<Settlement, ActionError> {
    let items = match how {
        GivenAccommodations::NoneNeeded => return Ok(Settlement { items: None, none_needed: Some(true) }),
        GivenAccommodations::Agreed if needs.is_empty() => vec![Item { function: for_company(ACCOMMODATION)?, need: None }],
        GivenAccommodations::Agreed => {
            let of = |need: &Need| -> Result<Item, ActionError> {
                Ok(Item { function: for_company(need.facts.function.as_str())?, need: Some(need.id.clone()) })
            };
            needs.iter().map(of).collect::<Result<_, _>>()?
        }
    };
    Ok(Settlement { items: Some(items), none_needed: None })
}

/// What is written about accommodations when the internship is booked. Where a `start` says that they are missing, they
/// are at most proposed, so that agreeing later makes no new version.
///
/// # Errors
/// A failure of the database.
pub fn settled_at_booking(tx: &mut Tx, scene: &Stage, at: At, internship: &str) -> Result<Option<Settlement>, ActionError> {
    let needs = courses::needs(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?;
    let mut starts = scene.case.starts_of(internship, at.today).map(|start| start.accommodations.or(|| by_needs(&needs)));
    let how = match starts.next() {
        None => Some(by_needs(&needs)),
        Some(Some(how)) => Some(how),
        Some(None) => starts.flatten().next().filter(|later| *later == GivenAccommodations::Agreed),
    };
    how.map(|how| settlement(&needs, how)).transpose()
}

/// Accommodations as a start says: agreed by citizen and company, or not needed. Where that makes a new version, whoever had
/// confirmed the one before confirms again: the file knows no such step.
///
/// # Errors
/// Those of the actions.
pub fn accommodate(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    id: &InternshipId,
    given: &Given<GivenAccommodations>,
) -> Result<(), ActionError> {
    let context = scene.context(&scene.consultant, at);
    let needs = courses::needs(tx, &scene.services.keys, scene.tenant(), &scene.citizen)?;
    let Some(how) = given.or(|| by_needs(&needs)) else { return Ok(()) };
    let internship = load(tx, scene, at, id)?.internship;
    let stands = match &internship.newest().terms.accommodations {
        Accommodations::Unsettled => false,
        Accommodations::NoneNeeded => how == GivenAccommodations::NoneNeeded,
        Accommodations::Items(_) => how == GivenAccommodations::Agreed,
    };
    if !stands {
        let had: Vec<Party> = Party::ALL.iter().copied().filter(|party| internship.newest().confirmed_by(*party)).collect();
        accommodations::settle(tx, &context, Seen::Newest, id, &settlement(&needs, how)?)?;
        confirm(tx, scene, at, id, &had)?;
    }
    agree(tx, scene, at, id)
}

/// Citizen and company agree to each item, at a meeting.
pub(super) fn agree(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<(), ActionError> {
    let items: Vec<_> = load(tx, scene, at, id)?.internship.accommodations.into_iter().map(|item| item.id).collect();
    for party in [Party::Citizen, Party::Company] {
        if !items.is_empty() {
            let agreeing = accommodations::Agreeing { party, accommodations: items.clone(), via: Via::Meeting };
            accommodations::agree(tx, &scene.context(&scene.consultant, at), id, &agreeing)?;
        }
    }
    Ok(())
}
