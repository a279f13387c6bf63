//! Rows as the benchmarks fill them in, with everything that none of them cares about: the one place that names every column.
//! What a benchmark wants otherwise it says itself (`CitizenRow { look_on, ..rows::citizen(…) }`).

use crate::place::{here, today};
use chrono::{Days, NaiveDate};
use rettematch::{
    crypto::Keys,
    domain::{
        internships::{
            alignment::{Cause, Party, Via},
            internship::Ending,
            outcome::OutcomeStep,
        },
        people::personal_details::PersonalDetails,
        values::ids::{AccountId, CitizenId, CompanyId, ContactId, InternshipId, OutcomeId, WorkplaceId},
    },
    store::{
        schema::*,
        sealed::{self, SealedText},
    },
};

pub fn company(id: String, cvr: String, liaison: &str) -> CompanyRow {
    CompanyRow {
        id: CompanyId::stored(id),
        municipality: here(),
        cvr,
        name: "Firma".into(),
        industry: None,
        industry_scheme: None,
        advertising_protected: false,
        liaison_id: AccountId::stored(liaison),
        revision: 1,
        form: None,
        closed_on: None,
        approaches_at_most: None,
    }
}

/// One that somebody has dealt with and that expects a vacancy.
pub fn workplace(id: String, company: String, p_number: String) -> WorkplaceRow {
    WorkplaceRow {
        id: WorkplaceId::stored(id),
        municipality: here(),
        company_id: CompanyId::stored(company),
        p_number,
        name: "Sted".into(),
        address: None,
        foresees_vacancy: Some(true),
        asked_on: None,
        revision: 1,
        look_on: None,
        industry: None,
        industry_scheme: None,
        trade: None,
        lies_in: None,
        postcode: None,
        city: None,
        latitude: None,
        longitude: None,
        placed_by: None,
        cell: None,
        staff_low: None,
        staff_high: None,
        closed_on: None,
        known: true,
        placed_here: false,
        standing: 1,
    }
}

pub fn contact(id: String, workplace: String) -> ContactRow {
    ContactRow {
        id: ContactId::stored(id),
        municipality: here(),
        workplace_id: WorkplaceId::stored(workplace),
        name: "Daglig leder".into(),
        email: None,
        phone: None,
        job: None,
        left_on: None,
        revision: 1,
    }
}

/// So many hundredths of full-time posts in a month.
pub fn staff(workplace: String, month: NaiveDate, hundredths: i64) -> StaffRow {
    StaffRow { workplace_id: WorkplaceId::stored(workplace), month, municipality: here(), hundredths, given_here: true }
}

/// Known for years, and `mark` tells the citizen from others.
pub fn citizen(keys: &Keys, id: String, mark: &str, consultant: &str) -> CitizenRow {
    let details = PersonalDetails { name: "Prøve".into(), ..PersonalDetails::default() };
    CitizenRow {
        person: sealed::CITIZEN_PERSON.seal(keys, &id, &details).unwrap(),
        goals: sealed::CITIZEN_GOALS.seal(keys, &id, &Vec::new()).unwrap(),
        id: CitizenId::stored(id),
        municipality: here(),
        reference: format!("B-{mark}"),
        cpr_sealed: SealedText::stored("sealed"),
        cpr_hash: format!("hash {mark}"),
        target_group: "3".into(),
        job_ready: false,
        in_employment: false,
        consultant_id: AccountId::stored(consultant),
        latest_employer: None,
        look_on: None,
        revision: 1,
        registered_on: Some(today() - Days::new(2_000)),
        profile: None,
        findable_since: None,
        closed_since: None,
        reopened_on: None,
        merged_into: None,
        merged_on: None,
    }
}

/// Booked and started on its first day.
pub fn internship(id: String, mark: &str, citizen: String, workplace: String, by: &str, first: NaiveDate) -> InternshipRow {
    InternshipRow {
        id: InternshipId::stored(id),
        municipality: here(),
        citizen_id: CitizenId::stored(citizen),
        workplace_id: WorkplaceId::stored(workplace),
        reference: format!("P-{mark}"),
        booked_on: first,
        booked_by: AccountId::stored(by),
        road: None,
        new_function: None,
        none_needed_on: Some(first),
        contact_id: None,
        statement: None,
        decision: None,
        started_on: Some(first),
        last_day: None,
        ending: None,
        ended_by: None,
        end_note: None,
        end_recorded_on: None,
        cancelled_on: None,
        cancel_reason: None,
        next_step: None,
        revision: 1,
        prospect_gone_on: None,
        closing_id: None,
        contact_named_on: None,
        start_recorded_on: None,
        start_reasons: None,
        start_approved_by: None,
        in_error_on: None,
        start_recorded_by: None,
        end_recorded_by: None,
    }
}

/// The same that has ended on a day.
pub fn ended(row: InternshipRow, last: NaiveDate, ending: Ending) -> InternshipRow {
    InternshipRow { last_day: Some(last), ending: Some(ending), end_recorded_on: Some(last), ..row }
}

/// The first version of an internship; its terms are sealed.
pub fn version(internship: String, terms: SealedText, hash: String, by: &str, on: NaiveDate) -> VersionRow {
    VersionRow {
        internship_id: InternshipId::stored(internship),
        number: 1,
        municipality: here(),
        terms,
        hash,
        cause: Cause::Booking,
        papers: None,
        made_on: on,
        made_by: AccountId::stored(by),
        rulebook: "000000000000".into(),
        asked: None,
        withdrawn_on: None,
        withdrawn_by: None,
        withdrawn_because: None,
        needs_decision: false,
        decided_on: None,
        decision: None,
    }
}

/// Of the first version, on paper.
pub fn confirmation(internship: String, party: Party, hash: String, by: &str, on: NaiveDate) -> ConfirmationRow {
    ConfirmationRow {
        internship_id: InternshipId::stored(internship),
        number: 1,
        party,
        municipality: here(),
        hash,
        via: Via::Paper,
        recorded_by: Some(AccountId::stored(by)),
        confirmed_on: on,
        confirmed_at: on.and_hms_opt(9, 0, 0).unwrap(),
        given_by: None,
    }
}

/// A part-time job at the workplace from a day on.
pub fn hire(id: String, citizen: String, internship: String, workplace: String, by: &str, on: NaiveDate) -> OutcomeRow {
    OutcomeRow {
        id: OutcomeId::stored(id),
        municipality: here(),
        citizen_id: CitizenId::stored(citizen),
        internship_id: Some(InternshipId::stored(internship)),
        step: OutcomeStep::OrdinaryPartTime,
        workplace_id: Some(WorkplaceId::stored(workplace)),
        employer: None,
        first_day: on,
        weekly_minutes: Some(1_200),
        until_on: None,
        recorded_on: on,
        recorded_by: AccountId::stored(by),
        ended_on: None,
        next_step: None,
        revision: 1,
        in_error_on: None,
    }
}
