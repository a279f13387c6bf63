//! Internships and what belongs to them: versions, confirmations, accommodations, approvals, answers, outcomes.

use crate::{
    domain::{
        internships::alignment::{Party, Via},
        people::tenant::Tenant,
        values::ids::{AccommodationId, AccountId, ApprovalId, CitizenId, InternshipId, ObjectionId, OutcomeId, WorkplaceId},
    },
    store::{
        citizens::{CitizensWithin, citizens_within},
        db::{
            conn::{Conn, Tx},
            error::StoreError,
        },
        macros::{even_in_error, noun},
        schema::*,
        sealed::SealedText,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;

noun!(internships, InternshipRow, InternshipId);
even_in_error!(internships, InternshipRow, InternshipId);

/// What a list can be narrowed to.
#[derive(Clone, Debug, Default)]
pub struct InternshipFilter {
    pub citizen: Option<CitizenId>,
    pub workplace: Option<WorkplaceId>,
    /// Those about some citizens only.
    pub within: Option<CitizensWithin>,
}

pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &InternshipFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<InternshipRow>, StoreError> {
    use crate::store::schema::internships;
    let mut own = internships::own(tenant).into_boxed();
    if let Some(citizen) = &narrow.citizen {
        own = own.filter(internships::citizen_id.eq(citizen));
    }
    if let Some(workplace) = &narrow.workplace {
        own = own.filter(internships::workplace_id.eq(workplace));
    }
    if let Some(within) = &narrow.within {
        own = own
            .filter(internships::citizen_id.eq_any(citizens_within!(tenant, within).select(crate::store::schema::citizens::id)));
    }
    Ok(own.filter(internships::id.gt(after)).order(internships::id).limit(limit).load(conn)?)
}

/// Those at a workplace that are neither ended nor cancelled.
pub fn not_ended_at(conn: &mut Conn, tenant: &Tenant, workplace: &WorkplaceId) -> Result<Vec<InternshipRow>, StoreError> {
    use crate::store::schema::internships;
    let there = internships::own(tenant).filter(internships::workplace_id.eq(workplace));
    let open = there.filter(internships::last_day.is_null()).filter(internships::cancelled_on.is_null());
    Ok(open.order(internships::id).load(conn)?)
}

pub fn add_version(tx: &mut Tx, row: &VersionRow) -> Result<(), StoreError> {
    diesel::insert_into(versions::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Withdraws a version.
pub fn withdraw_version(
    tx: &mut Tx,
    tenant: &Tenant,
    (internship, number): (&InternshipId, i32),
    on: NaiveDate,
    by: &AccountId,
    because: &SealedText,
) -> Result<(), StoreError> {
    let own = versions::own(tenant).filter(versions::internship_id.eq(internship)).filter(versions::number.eq(number));
    let withdrawn =
        (versions::withdrawn_on.eq(Some(on)), versions::withdrawn_by.eq(Some(by)), versions::withdrawn_because.eq(Some(because)));
    diesel::update(own).set(withdrawn).execute(&mut **tx)?;
    Ok(())
}

/// Records the decision of an extension.
pub fn decide_version(
    tx: &mut Tx,
    tenant: &Tenant,
    internship: &InternshipId,
    number: i32,
    on: NaiveDate,
    decision: &SealedText,
) -> Result<(), StoreError> {
    let own = versions::own(tenant).filter(versions::internship_id.eq(internship)).filter(versions::number.eq(number));
    let decided = (versions::decided_on.eq(Some(on)), versions::decision.eq(Some(decision)));
    diesel::update(own).set(decided).execute(&mut **tx)?;
    Ok(())
}

/// What is asked of a team leader.
pub mod approval_requests {
    use super::*;

    noun!(approval_requests, ApprovalRequestRow, ApprovalRequestId);

    /// Those of an internship, the eldest first.
    pub fn of_internship(
        conn: &mut Conn,
        tenant: &Tenant,
        internship: &InternshipId,
    ) -> Result<Vec<ApprovalRequestRow>, StoreError> {
        use crate::store::schema::approval_requests;
        let own = approval_requests::own(tenant).filter(approval_requests::internship_id.eq(internship));
        Ok(own.order(approval_requests::id).load(conn)?)
    }

    /// What a list can be narrowed to.
    #[derive(Clone, Debug, Default)]
    pub struct ApprovalRequestFilter {
        pub internship: Option<InternshipId>,
        /// Those that wait for an answer, or those that have one.
        pub waiting: Option<bool>,
        /// Those asked by an account.
        pub asked_by: Option<AccountId>,
        /// Those about some citizens only.
        pub within: Option<CitizensWithin>,
    }

    pub fn page(
        conn: &mut Conn,
        tenant: &Tenant,
        narrow: &ApprovalRequestFilter,
        after: &str,
        limit: i64,
    ) -> Result<Vec<ApprovalRequestRow>, StoreError> {
        use crate::store::schema::{approval_requests, internships};
        let mut own = approval_requests::own(tenant).into_boxed();
        if let Some(internship) = &narrow.internship {
            own = own.filter(approval_requests::internship_id.eq(internship));
        }
        if let Some(asked_by) = &narrow.asked_by {
            own = own.filter(approval_requests::asked_by.eq(asked_by));
        }
        if let Some(within) = &narrow.within {
            own = own.filter(
                approval_requests::citizen_id.eq_any(citizens_within!(tenant, within).select(crate::store::schema::citizens::id)),
            );
        }
        // What has ended, was cancelled or registered in error waits for nobody.
        let open = internships::own(tenant)
            .filter(internships::id.eq(approval_requests::internship_id))
            .filter(internships::end_recorded_on.is_null())
            .filter(internships::cancelled_on.is_null());
        own = match narrow.waiting {
            Some(true) => own.filter(approval_requests::answered_on.is_null()).filter(diesel::dsl::exists(open)),
            Some(false) => own.filter(approval_requests::answered_on.is_not_null()),
            None => own,
        };
        Ok(own.filter(approval_requests::id.gt(after)).order(approval_requests::id).limit(limit).load(conn)?)
    }
}

pub fn confirm(tx: &mut Tx, row: &ConfirmationRow) -> Result<(), StoreError> {
    diesel::insert_into(confirmations::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn object(tx: &mut Tx, row: &ObjectionRow) -> Result<(), StoreError> {
    diesel::insert_into(objections::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Closes the open objections of a party to a version; how many there were.
pub fn withdraw_objections(
    tx: &mut Tx,
    tenant: &Tenant,
    internship: &InternshipId,
    number: i32,
    party: Party,
    (on, via, by): (NaiveDate, Via, Option<&AccountId>),
) -> Result<Vec<ObjectionId>, StoreError> {
    let open = objections::own(tenant)
        .filter(objections::internship_id.eq(internship))
        .filter(objections::number.eq(number))
        .filter(objections::party.eq(party))
        .filter(objections::withdrawn_on.is_null());
    let withdrawn = (
        objections::withdrawn_on.eq(Some(on)),
        objections::withdrawn_via.eq(Some(via)),
        objections::withdrawn_recorded_by.eq(by),
    );
    let ids: Vec<ObjectionId> = open.select(objections::id).load(&mut **tx)?;
    diesel::update(objections::own(tenant).filter(objections::id.eq_any(&ids))).set(withdrawn).execute(&mut **tx)?;
    Ok(ids)
}

/// Keeps why an objection was recorded as taken back.
pub fn explain_withdrawal(tx: &mut Tx, tenant: &Tenant, id: &ObjectionId, sealed: &SealedText) -> Result<(), StoreError> {
    let own = objections::own(tenant).filter(objections::id.eq(id));
    diesel::update(own).set(objections::withdrawal_sealed.eq(Some(sealed))).execute(&mut **tx)?;
    Ok(())
}

pub fn drop_accommodations(tx: &mut Tx, tenant: &Tenant, internship: &InternshipId, on: NaiveDate) -> Result<(), StoreError> {
    let own = accommodations::own(tenant)
        .filter(accommodations::internship_id.eq(internship))
        .filter(accommodations::dropped_on.is_null());
    diesel::update(own).set(accommodations::dropped_on.eq(Some(on))).execute(&mut **tx)?;
    Ok(())
}

pub fn add_accommodation(tx: &mut Tx, row: &AccommodationRow) -> Result<(), StoreError> {
    diesel::insert_into(accommodations::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn agree(tx: &mut Tx, row: &AgreementRow) -> Result<(), StoreError> {
    diesel::insert_into(agreements::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Takes a party's yes to an accommodation back; how it was given, where it was.
pub fn take_back(tx: &mut Tx, tenant: &Tenant, item: &AccommodationId, party: Party) -> Result<Option<AgreementRow>, StoreError> {
    let own = || agreements::own(tenant).filter(agreements::accommodation_id.eq(item)).filter(agreements::party.eq(party));
    let row = own().first(&mut **tx).optional()?;
    diesel::delete(own()).execute(&mut **tx)?;
    Ok(row)
}

pub fn keep_former_agreement(tx: &mut Tx, row: &FormerAgreementRow) -> Result<(), StoreError> {
    diesel::insert_into(former_agreements::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Of each accommodation that stands, whether the citizen has agreed to it.
pub fn agreed_by_citizen(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Vec<bool>, StoreError> {
    let own = accommodations::own(tenant).filter(accommodations::internship_id.eq(internship));
    let standing: Vec<AccommodationId> =
        own.filter(accommodations::dropped_on.is_null()).select(accommodations::id).load(conn)?;
    let agreed = agreements::own(tenant)
        .filter(agreements::accommodation_id.eq_any(&standing))
        .filter(agreements::party.eq(Party::Citizen));
    let agreed: Vec<AccommodationId> = agreed.select(agreements::accommodation_id).load(conn)?;
    Ok(standing.iter().map(|id| agreed.contains(id)).collect())
}

/// The internships of a citizen with their references, also those that were registered in error, as they were booked.
pub fn named_even_in_error(
    conn: &mut Conn,
    tenant: &Tenant,
    citizen: &CitizenId,
) -> Result<Vec<(InternshipId, String)>, StoreError> {
    use crate::store::schema::internships;
    let own = internships::with_errors(tenant).filter(internships::citizen_id.eq(citizen)).order(internships::id);
    Ok(own.select((internships::id, internships::reference)).load(conn)?)
}

pub fn approve(tx: &mut Tx, row: &ApprovalRow) -> Result<(), StoreError> {
    diesel::insert_into(approvals::table).values(row).execute(&mut **tx)?;
    Ok(())
}

/// Unused approvals for a citizen to a given last day.
pub fn approvals_to(
    conn: &mut Conn,
    tenant: &Tenant,
    citizen: &CitizenId,
    to: NaiveDate,
) -> Result<Vec<ApprovalRow>, StoreError> {
    let open = approvals::own(tenant).filter(approvals::citizen_id.eq(citizen)).filter(approvals::to_on.eq(to));
    Ok(open.filter(approvals::used_on.is_null()).order(approvals::id).load(conn)?)
}

pub fn use_approval(tx: &mut Tx, tenant: &Tenant, id: &ApprovalId, on: NaiveDate) -> Result<(), StoreError> {
    diesel::update(approvals::own(tenant).filter(approvals::id.eq(id)))
        .set(approvals::used_on.eq(Some(on)))
        .execute(&mut **tx)?;
    Ok(())
}

/// The company's answers to the decision date.
pub mod answers {
    use super::*;
    noun!(answers, AnswerRow, AnswerId);
    even_in_error!(answers, AnswerRow, AnswerId);
}

/// Reasons that team leaders have given beforehand.
pub mod reasons {
    use super::*;
    noun!(written_reasons, WrittenReasonsRow, WrittenReasonsId);

    /// Those nobody has used: about a citizen, at a workplace or anywhere.
    pub fn unused(
        conn: &mut Conn,
        tenant: &Tenant,
        citizen: &CitizenId,
        workplace: &WorkplaceId,
    ) -> Result<Vec<WrittenReasonsRow>, StoreError> {
        use crate::store::schema::written_reasons;
        let own = written_reasons::own(tenant).filter(written_reasons::citizen_id.eq(citizen));
        let there = written_reasons::workplace_id.is_null().or(written_reasons::workplace_id.eq(workplace));
        Ok(own.filter(written_reasons::used_on.is_null()).filter(there).order(written_reasons::id).load(conn)?)
    }
}

pub mod outcomes {
    use super::*;
    noun!(outcomes, OutcomeRow, OutcomeId);
    even_in_error!(outcomes, OutcomeRow, OutcomeId);

    /// What came of an internship, in the order in which it was recorded.
    pub fn of_internship(conn: &mut Conn, tenant: &Tenant, internship: &InternshipId) -> Result<Vec<OutcomeRow>, StoreError> {
        use crate::store::schema::outcomes;
        let own = outcomes::own(tenant).filter(outcomes::internship_id.eq(internship));
        Ok(own.order((outcomes::recorded_on, outcomes::id)).load(conn)?)
    }

    /// All that a citizen went on to, also what was registered in error.
    pub fn ids_of_citizen(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Vec<OutcomeId>, StoreError> {
        use crate::store::schema::outcomes;
        let own = outcomes::with_errors(tenant).filter(outcomes::citizen_id.eq(citizen));
        Ok(own.select(outcomes::id).order(outcomes::id).load(conn)?)
    }

    /// The checks of a job, in order of their days.
    pub fn checks(conn: &mut Conn, tenant: &Tenant, outcome: &OutcomeId) -> Result<Vec<RetentionCheckRow>, StoreError> {
        use crate::store::schema::retention_checks;
        let own = retention_checks::own(tenant).filter(retention_checks::outcome_id.eq(outcome));
        Ok(own.order((retention_checks::held_on, retention_checks::id)).load(conn)?)
    }
}

/// Checks that a job holds.
pub mod retention_checks {
    use super::*;
    noun!(retention_checks, RetentionCheckRow, RetentionCheckId);
    even_in_error!(retention_checks, RetentionCheckRow, RetentionCheckId);
}
