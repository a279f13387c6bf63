//! Those who sign in, and citizens with their needs and outcomes.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::outcome::Outcome,
        people::{
            access::Role,
            citizen::{Capacity, Goal, NeedFacts},
        },
        values::{
            ids::{AccountId, CitizenId, NeedId, OutcomeId},
            register::Cpr,
        },
    },
    store::{
        Conn, courses,
        schema::{AccountRow, CitizenRow, OutcomeRow, RetentionCheckRow},
        sealed,
    },
    views::corrupt,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// Whether the daily digest of notices is wanted.
    pub wants_digests: bool,
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
}

pub fn account(row: AccountRow) -> Result<AccountView, ActionError> {
    let role = Role::parse(&row.role).ok_or_else(|| corrupt("a role"))?;
    Ok(AccountView {
        id: AccountId::stored(row.id),
        email: row.email,
        name: row.name,
        role,
        wants_digests: row.wants_digests,
        closed_on: row.closed_on,
    })
}

/// A citizen in a list.
#[derive(Serialize, ToSchema)]
pub struct CitizenLine {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    pub name: String,
    pub consultant: AccountId,
}

pub fn citizen_line(row: CitizenRow) -> CitizenLine {
    CitizenLine {
        id: CitizenId::stored(row.id),
        reference: row.reference,
        name: row.name,
        consultant: AccountId::stored(row.consultant_id),
    }
}

#[derive(Serialize, ToSchema)]
pub struct CitizenView {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    /// The date of birth; the serial number is never shown.
    pub cpr: String,
    /// A replacement or test number.
    pub cpr_is_replacement: bool,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub target_group: String,
    pub job_ready: bool,
    pub in_employment: bool,
    pub goals: Vec<Goal>,
    pub capacities: Vec<Capacity>,
    pub consultant: AccountId,
    pub mentor: Option<String>,
    pub latest_employer: Option<String>,
    /// What the citizen went on to, eldest first.
    pub outcomes: Vec<Outcome>,
}

pub fn citizen(conn: &mut Conn, context: &Context, row: CitizenRow) -> Result<CitizenView, ActionError> {
    let course = courses::load(conn, &context.services.keys, context.tenant, &row.id)?.ok_or(ActionError::NotFound)?;
    let cpr = sealed::CITIZEN_CPR.open(&context.services.keys, &row.id, &row.cpr_sealed)?;
    let cpr = Cpr::parse(&cpr).ok_or_else(|| corrupt("a sealed number"))?;
    Ok(CitizenView {
        id: CitizenId::stored(row.id),
        reference: row.reference,
        cpr: cpr.masked(),
        cpr_is_replacement: cpr.is_replacement(),
        name: row.name,
        email: row.email,
        phone: row.phone,
        target_group: row.target_group,
        job_ready: row.job_ready,
        in_employment: row.in_employment,
        goals: course.citizen.goals,
        capacities: course.citizen.capacities,
        consultant: AccountId::stored(row.consultant_id),
        mentor: row.mentor,
        latest_employer: row.latest_employer,
        outcomes: course.outcomes,
    })
}

#[derive(Serialize, ToSchema)]
pub struct NeedView {
    pub id: NeedId,
    #[serde(flatten)]
    pub facts: NeedFacts,
}

/// The needs of a citizen.
#[derive(Serialize, ToSchema)]
pub struct NeedsView {
    pub needs: Vec<NeedView>,
}

#[derive(Serialize, ToSchema)]
pub struct OutcomeView {
    pub citizen: CitizenId,
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Agreed in the internship it came from, and to be kept in the job (S3): the function only.
    pub accommodations: Vec<String>,
}

pub fn outcome(row: OutcomeRow, checks: &[RetentionCheckRow], accommodations: Vec<String>) -> Result<OutcomeView, ActionError> {
    Ok(OutcomeView {
        accommodations,
        citizen: CitizenId::stored(row.citizen_id.clone()),
        outcome: courses::outcome(row, checks)?,
    })
}

/// What was made, where nothing more is to be said of it.
#[derive(Serialize, ToSchema)]
pub struct Made {
    pub id: OutcomeId,
}
