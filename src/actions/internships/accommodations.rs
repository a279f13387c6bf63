//! Accommodations (S3): agreed item by item by citizen and company, or the citizen says expressly that none are needed. The
//! company reads what is done, never the cause. A different set is a material change, and so a new version.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, unknown},
        internships::{
            case::case,
            registration::{decide::Ground, save::next_version},
            save::save,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{
            alignment::{Accommodations, Party, Via},
            internship::Internship,
        },
        people::{access::Permission, tenant::Tenant},
        values::{
            day::At,
            ids::{AccommodationId, CitizenId, InternshipId, NeedId},
            text::ForCompany,
        },
    },
    outbox::{
        emit::emit,
        event::{Event, VersionToConfirm},
        recipients,
    },
    store::{
        Tx, citizens, internships,
        schema::{AccommodationRow, AgreementRow},
        sealed,
    },
};

crate::input! {
    /// One accommodation.
    pub struct Item {
        /// What is done, as the company may read it; never the cause.
        pub function: ForCompany,
        /// The need behind it.
        pub need: Option<NeedId>,
    }
}

crate::input! {
    /// Either the items, or the citizen's express word that none are needed.
    pub struct Settlement {
        pub items: Option<Vec<Item>>,
        /// True: the citizen has said expressly that none are needed.
        pub none_needed: Option<bool>,
    }
}

crate::input! {
    /// What a party agrees to, recorded by the consultant.
    pub struct Agreeing {
        pub party: Party,
        pub accommodations: Vec<AccommodationId>,
        pub via: Via,
    }
}

impl Settlement {
    /// As it stands in the terms.
    ///
    /// # Errors
    /// Both, or neither.
    pub fn terms(&self) -> Result<Accommodations, ActionError> {
        match (&self.items, self.none_needed) {
            (None | Some(_), Some(true)) if self.items.as_ref().is_none_or(Vec::is_empty) => Ok(Accommodations::NoneNeeded),
            (Some(items), None | Some(false)) if !items.is_empty() => {
                Ok(Accommodations::Items(items.iter().map(|item| item.function.to_string()).collect()))
            }
            _ => fault(
                "items",
                Fault::new(
                    "items-or-none",
                    "Skriv skånehensynene, eller at borgeren siger, at ingen er nødvendige.",
                    "Write the accommodations, or that the citizen says none are needed.",
                ),
            ),
        }
    }

    /// Each item names no need but the citizen's own.
    ///
    /// # Errors
    /// Somebody else's need, or none that there is.
    pub fn check_needs(&self, own: &[NeedId]) -> Result<(), ActionError> {
        let mut named = self.items.iter().flatten().filter_map(|item| item.need.as_ref());
        if named.all(|need| own.contains(need)) { Ok(()) } else { unknown("items") }
    }
}

/// Puts the items of an internship in place of older ones.
///
/// # Errors
/// A failure of the database.
pub fn replace(tx: &mut Tx, context: &Context, settlement: &Settlement, internship: &InternshipId) -> Result<(), ActionError> {
    internships::drop_accommodations(tx, context.tenant, internship, context.at.today)?;
    for (position, item) in (0..).zip(settlement.items.iter().flatten()) {
        let id = AccommodationId::new(context.at);
        internships::add_accommodation(
            tx,
            &AccommodationRow {
                id: id.clone(),
                internship_id: internship.clone(),
                municipality: context.tenant.clone(),
                position,
                need_id: item.need.clone(),
                sealed: sealed::ACCOMMODATION.seal(&context.services.keys, &id, &item.function.to_string())?,
                dropped_on: None,
            },
        )?;
    }
    Ok(())
}

/// Settles the accommodations: a new version, unless nothing changes.
///
/// # Errors
/// Not found, changed since, over, or neither items nor none.
pub fn settle(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, settlement: &Settlement) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let mut case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    if case.internship.ended.is_some() || case.internship.cancelled_on.is_some() {
        return conflict("over", "Praktikken er slut.", "The internship is over.");
    }
    let mut terms = case.internship.newest().terms.clone();
    let settled = settlement.terms()?;
    if terms.accommodations == settled {
        return conflict("nothing-changed", "Der er ikke ændret noget.", "Nothing has changed.");
    }
    let needs = citizens::needs::ids_of_citizen(tx, context.tenant, &case.row.citizen_id)?;
    settlement.check_needs(&needs)?;
    replace(tx, context, settlement, id)?;
    case.row.none_needed_on = (settled == Accommodations::NoneNeeded).then_some(context.at.today);
    terms.accommodations = settled;
    let asked = case.internship.newest().asked.clone().unwrap_or_default();
    let ground = Ground::of_change(&case.internship, terms.period.last, asked);
    let place = &terms.place.workplace;
    let addresses = recipients::addresses(tx, context, &case.row.citizen_id, case.row.contact_id.as_ref(), place)?;
    next_version(tx, context, case, &addresses, &terms, &ground)
}

/// Records what a party has agreed to on paper, by telephone or at a meeting.
///
/// # Errors
/// Not found, or an item that is not of this internship.
pub fn agree(tx: &mut Tx, context: &Context, id: &InternshipId, agreeing: &Agreeing) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    if !matches!(agreeing.via, Via::Paper | Via::Telephone | Via::Meeting) || agreeing.party == Party::Consultant {
        return fault(
            "via",
            Fault::not(
                "via",
                "paper, telephone eller meeting, og parten borgeren eller virksomheden",
                "paper, telephone or meeting, and the party citizen or company",
            ),
        );
    }
    let case = case(tx, context, id)?;
    record_agreements(tx, context.tenant, context.at, &case.internship, agreeing.party, &agreeing.accommodations, agreeing.via)?;
    let citizen = case.row.citizen_id.clone();
    save(tx, context, case.row)?;
    if agreeing.party == Party::Citizen {
        ask_company(tx, context, &citizen, &case.internship)?;
    }
    Ok(())
}

/// Asks the company to confirm the newest version, now that the citizen has agreed to what it is told. Asked before: nothing.
///
/// # Errors
/// A failure of the database.
pub fn ask_company(tx: &mut Tx, context: &Context, citizen: &CitizenId, internship: &Internship) -> Result<(), ActionError> {
    if internship.accommodations.is_empty() || internship.is_closed() || internship.newest().confirmed_by(Party::Company) {
        return Ok(());
    }
    let Some(row) = internships::find(tx, context.tenant, &internship.id)? else { return Ok(()) };
    let found = recipients::addresses(tx, context, citizen, row.contact_id.as_ref(), &row.workplace_id)?;
    if let Some(to) = &found.company {
        let version = VersionToConfirm::newest_of(internship);
        emit(tx, context, Event::ConfirmationAsked { version, party: Party::Company, to, reminder: None })?;
    }
    Ok(())
}

/// Adds agreements; one that is there already is left as it is.
pub fn record_agreements(
    tx: &mut Tx,
    tenant: &Tenant,
    at: At,
    internship: &Internship,
    party: Party,
    items: &[AccommodationId],
    via: Via,
) -> Result<(), ActionError> {
    for id in items {
        let Some(item) = internship.accommodations.iter().find(|item| item.id == *id) else { return unknown("accommodations") };
        if !item.agreed_by(party) {
            internships::agree(
                tx,
                &AgreementRow { accommodation_id: id.clone(), party, municipality: tenant.clone(), via, agreed_on: at.today },
            )?;
        }
    }
    Ok(())
}
