//! A yes to one accommodation is taken back by itself (S3): consent to what a company is told holds for as long as its giver wants.
//!
//! Promise: what was agreed and when it was taken back is kept; from then on the company reads it no longer where the citizen took it
//! back; the consultant is told, and the party where somebody else recorded it.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, unknown},
        internships::{
            case::{InternshipCase, case},
            save::save,
        },
    },
    context::Context,
    domain::{
        input::Fault,
        internships::alignment::{Party, Via},
        people::access::Permission,
        values::ids::{AccommodationId, AccountId, FormerAgreementId, InternshipId},
    },
    outbox::{emit::emit, event::Event, letters::RecordedWord, news::send_receipt, recipients},
    store::{Tx, internships, schema::FormerAgreementRow},
};

crate::input! {
    /// A yes that is taken back, recorded by the consultant: the party gets a receipt.
    pub struct TakingBack {
        pub party: Party,
        pub accommodation: AccommodationId,
        /// `paper`, `telephone` or `meeting`.
        pub via: Via,
    }
}

crate::input! {
    /// A yes that a party takes back through its link.
    pub struct LinkTakingBack {
        pub accommodation: AccommodationId,
    }
}

/// Records that a party has taken its yes to an accommodation back.
///
/// # Errors
/// Not found; over; not how it was said; no such yes.
pub fn record(tx: &mut Tx, context: &Context, id: &InternshipId, body: &TakingBack) -> Result<(), ActionError> {
    let by = context.authorize(Permission::KeepInternships)?;
    if !matches!(body.via, Via::Paper | Via::Telephone | Via::Meeting) || body.party == Party::Consultant {
        let fault_of = Fault::not(
            "via",
            "paper, telephone eller meeting, og parten borgeren eller virksomheden",
            "paper, telephone or meeting, and the party citizen or company",
        );
        return fault("via", fault_of);
    }
    let by = Some(by.id.clone());
    let case = case(tx, context, id)?;
    take_back(tx, context, case, (body.party, body.via), &body.accommodation, by)
}

/// Takes a party's yes to an accommodation back, however that came.
///
/// # Errors
/// Over; no such yes.
pub fn take_back(
    tx: &mut Tx,
    context: &Context,
    case: InternshipCase,
    (party, via): (Party, Via),
    item: &AccommodationId,
    recorded_by: Option<AccountId>,
) -> Result<(), ActionError> {
    let InternshipCase { row, internship, .. } = case;
    if internship.is_closed() {
        return conflict("over", "Praktikken er slut eller aflyst.", "The internship is over or cancelled.");
    }
    if !internship.accommodations.iter().any(|own| own.id == *item) {
        return unknown("accommodation");
    }
    let Some(agreed) = internships::take_back(tx, context.tenant, item, party)? else {
        return conflict("not-agreed", "Der er ikke sagt ja til hensynet.", "There is no yes to the accommodation.");
    };
    let former = FormerAgreementRow {
        id: FormerAgreementId::new(context.at),
        municipality: context.tenant.clone(),
        accommodation_id: item.clone(),
        party,
        via: agreed.via,
        agreed_on: agreed.agreed_on,
        taken_back_via: via,
        taken_back_on: context.at.today,
        recorded_by,
    };
    internships::keep_former_agreement(tx, &former)?;
    let citizen = row.citizen_id.clone();
    save(tx, context, row)?;
    let found = recipients::people(tx, context.tenant, context.at.today, Some(&citizen), Some(&internship.id), None)?;
    for reader in found.consultants.iter().filter(|_| via == Via::Link) {
        let event = Event::AgreementTakenBack {
            internship: &internship,
            party,
            former: &former.id,
            reader: &reader.id,
            to: &reader.email,
        };
        emit(tx, context, event)?;
    }
    send_receipt(tx, context, &internship, party, via, &RecordedWord::AgreementTakenBack(former.id))
}
