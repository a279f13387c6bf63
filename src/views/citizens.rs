//! Citizens: one, and the list of those of a municipality.

use crate::{
    actions::{
        ActionError,
        error::corrupt,
        people::{
            citizens::{CprSearch, NameSearch},
            closed, scope,
        },
    },
    context::Context,
    domain::{
        internships::outcome::Outcome,
        people::{
            access::Permission,
            citizen::{Capacity, Goal},
            read_log::PersonalData,
        },
        values::{
            ids::{AccountId, CitizenId},
            register::Cpr,
            search::{order_of, wanted},
        },
    },
    store::{
        Conn, citizen_names,
        citizens::{self, CitizenFilter},
        courses, former_numbers,
        schema::CitizenRow,
        sealed,
    },
    views::{
        Representation,
        closings::{self, ClosingView},
        page::{Cursor, Limit, Page, PageRequest},
        restrictions::{self, RestrictionView},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A citizen in a list.
#[derive(Serialize, ToSchema)]
pub struct CitizenLine {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    pub name: String,
    pub consultant: AccountId,
    /// Since when the course is closed; null while it is open.
    pub closed_since: Option<NaiveDate>,
}

fn line(context: &Context, row: CitizenRow) -> Result<CitizenLine, ActionError> {
    context.shows(&row.id, PersonalData::Listed);
    let name = row.details(&context.services.keys)?.name;
    Ok(CitizenLine { id: row.id, reference: row.reference, name, consultant: row.consultant_id, closed_since: row.closed_since })
}

#[derive(Serialize, ToSchema)]
pub struct CitizenView {
    pub id: CitizenId,
    /// The name used in letters.
    pub reference: String,
    /// The date of birth; the serial number is never shown.
    pub cpr: String,
    /// Those that the citizen had here before, eldest first: they find the citizen too.
    pub former_numbers: Vec<String>,
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
    pub mentor_email: Option<String>,
    pub mentor_phone: Option<String>,
    pub latest_employer: Option<String>,
    /// What the citizen went on to, eldest first.
    pub outcomes: Vec<Outcome>,
    /// Since when the course is closed; null while it is open.
    pub closed_since: Option<NaiveDate>,
    /// How and why it was closed and opened again, eldest first.
    pub closings: Vec<ClosingView>,
    /// When and why the data may only be kept, eldest first.
    pub restrictions: Vec<RestrictionView>,
    /// The day from which everything of the citizen is erased; null while there is no such day.
    pub erased_from: Option<NaiveDate>,
    /// The record in which the person goes on, where this one was merged into it: everything stands there now.
    pub merged_into: Option<CitizenId>,
    pub merged_on: Option<NaiveDate>,
}

fn view(conn: &mut Conn, context: &Context, row: CitizenRow) -> Result<CitizenView, ActionError> {
    // Nothing hangs on one that was merged into another.
    context.shows(&row.id, PersonalData::Record);
    let course = courses::load(conn, &context.services.keys, context.tenant, &row.id)?;
    let cpr = sealed::CITIZEN_CPR.open(&context.services.keys, &row.id, &row.cpr_sealed)?;
    let cpr = Cpr::parse(&cpr).ok_or_else(|| corrupt("a sealed number"))?;
    let mut former = Vec::new();
    for had in former_numbers::of_citizen(conn, context.tenant, &row.id)? {
        let number = sealed::FORMER_CPR.open(&context.services.keys, &had.id, &had.cpr_sealed)?;
        former.push(Cpr::parse(&number).ok_or_else(|| corrupt("a sealed number"))?.masked());
    }
    let (person, goals) = (row.details(&context.services.keys)?, row.own_goals(&context.services.keys)?);
    let (capacities, outcomes) = match course {
        Some(course) => (course.citizen.capacities, course.outcomes),
        None => Default::default(),
    };
    Ok(CitizenView {
        restrictions: restrictions::of_citizen(conn, context, &row.id)?,
        erased_from: restrictions::erased_from(conn, context, &row)?,
        closings: closings::of_citizen(conn, context, &row.id)?,
        closed_since: row.closed_since,
        id: row.id,
        reference: row.reference,
        cpr: cpr.masked(),
        former_numbers: former,
        cpr_is_replacement: cpr.is_replacement(),
        name: person.name,
        email: person.email,
        phone: person.phone,
        target_group: row.target_group,
        job_ready: row.job_ready,
        in_employment: row.in_employment,
        goals,
        capacities,
        consultant: row.consultant_id,
        mentor: person.mentor,
        mentor_email: person.mentor_email,
        mentor_phone: person.mentor_phone,
        latest_employer: row.latest_employer,
        outcomes,
        merged_into: row.merged_into,
        merged_on: row.merged_on,
    })
}

crate::input! {
    /// Which citizens.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct CitizenQuery {
        /// Those of one consultant.
        pub consultant: Option<AccountId>,
        /// Those whose course is closed, or those whose course is open.
        pub closed: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The citizens of the municipality.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &CitizenQuery) -> Result<Page<CitizenLine>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let filter =
        CitizenFilter { consultant: query.consultant.clone(), closed: query.closed, within: scope::narrowed(conn, context)? };
    let rows = citizens::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| line(context, row))
}

/// One citizen, also one that was merged into another: it says where the person went.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<CitizenView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = citizens::find_even_merged(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(conn, context, row)?, revision))
}

/// Citizens that are found by a name.
#[derive(Serialize, ToSchema)]
pub struct FoundCitizens {
    /// The best first.
    pub items: Vec<CitizenLine>,
    /// Whether there are more than are shown: type more of the name.
    pub more: bool,
}

/// So many are shown.
const MOST_FOUND: usize = 50;
/// So many are looked at.
const MOST_LOOKED_AT: i64 = 500;

/// The citizens with a name, however it is written: whole words, beginnings of words, and in spite of a typing error.
///
/// # Errors
/// Not for this role.
pub fn by_name(conn: &mut Conn, context: &Context, search: &NameSearch) -> Result<Representation<FoundCitizens>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let (keys, wanted) = (&context.services.keys, wanted(search.name.as_str()));
    let within = scope::narrowed(conn, context)?;
    if wanted.must.is_empty() {
        return Ok(Representation::only(FoundCitizens { items: Vec::new(), more: false }));
    }
    let rows = citizen_names::find(conn, keys, context.tenant, &wanted, within.as_ref(), MOST_LOOKED_AT)?;
    let looked_at = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for row in rows {
        let name = row.details(keys)?.name;
        found.extend(wanted.rank_of(&name).map(|rank| (rank, order_of(&name), row)));
    }
    found.sort_by(|(rank, name, row), (other, others, theirs)| (rank, name, &row.id).cmp(&(other, others, &theirs.id)));
    let more = found.len() > MOST_FOUND || looked_at == MOST_LOOKED_AT;
    let shown = found.into_iter().take(MOST_FOUND).map(|(.., row)| line(context, row));
    Ok(Representation::only(FoundCitizens { items: shown.collect::<Result<_, _>>()?, more }))
}

/// The citizen with a CPR number; where nobody has it, whoever had it last.
///
/// # Errors
/// Not for this role; not found.
pub fn by_cpr(conn: &mut Conn, context: &Context, search: &CprSearch) -> Result<Representation<CitizenView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let hash = context.services.keys.lookup_hash("cpr", search.cpr.reveal());
    let row = match citizens::by_cpr(conn, context.tenant, &hash)? {
        Some(row) => row,
        None => {
            let holder = former_numbers::holder(conn, context.tenant, &hash)?.ok_or(ActionError::NotFound)?;
            row(conn, context, &holder)?
        }
    };
    let revision = row.revision;
    Ok(Representation::of(view(conn, context, row)?, revision))
}

/// # Errors
/// Not found; merged into another: it says into whom.
pub(in crate::views) fn row(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CitizenRow, ActionError> {
    closed::citizen(conn, context, id)
}
