//! Openings: what workplaces offer.

use crate::{
    actions::{ActionError, companies::openings::in_force, error::corrupt},
    context::Context,
    domain::{
        companies::opening::{HoursRange, Language, TimeOfDay},
        internships::purpose::InternshipType,
        people::access::Permission,
        values::{
            geo::{PlacedBy, degrees},
            ids::{AccountId, CompanyId, ContactId, OpeningId, ProspectId, WorkplaceId},
            register::Municipality,
            text::{Text, WeeklyHours},
            vocabulary::Term,
        },
    },
    store::{
        Conn,
        openings::{self, OpeningFilter},
        schema::OpeningRow,
        search::{self, SearchSubject},
    },
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
        query::AsText,
        workplaces,
    },
};
use chrono::NaiveDate;
use serde::{Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct OpeningView {
    pub id: OpeningId,
    pub company: CompanyId,
    pub workplace: WorkplaceId,
    pub kind: InternshipType,
    pub occupation: Term,
    pub tasks: Vec<Term>,
    pub hours: HoursRange,
    /// Empty: any time.
    pub times: Vec<TimeOfDay>,
    pub languages: Vec<Language>,
    pub accommodations: Vec<Term>,
    pub prospect: Option<ProspectId>,
    pub contact: Option<ContactId>,
    pub from: NaiveDate,
    pub places: i32,
    pub words: Option<String>,
    /// The last day on which it stands.
    pub expires_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub close_reason: Option<String>,
    /// Whether it stands today.
    pub in_force: bool,
    /// Who keeps it and is reminded before it expires.
    pub kept_by: AccountId,
    /// Where its workplace lies, as exactly as `placed_by` says.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub placed_by: Option<PlacedBy>,
}

fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, ActionError> {
    serde_json::from_str(text).map_err(|_| corrupt("a list of an opening"))
}

pub(super) fn view(row: OpeningRow, today: NaiveDate) -> Result<OpeningView, ActionError> {
    Ok(OpeningView {
        in_force: in_force(&row, today),
        kind: row.kind,
        occupation: Term::parse(&row.occupation).ok_or_else(|| corrupt("an occupation"))?,
        tasks: list(&row.tasks)?,
        hours: HoursRange { from: WeeklyHours::from_minutes(row.least_minutes), to: WeeklyHours::from_minutes(row.most_minutes) },
        times: list(&row.times)?,
        languages: list(&row.languages)?,
        accommodations: list(&row.accommodations)?,
        prospect: row.prospect_id,
        contact: row.contact_id,
        from: row.from_on,
        places: row.places,
        words: row.words,
        expires_on: row.expires_on,
        closed_on: row.closed_on,
        close_reason: row.close_reason,
        kept_by: row.kept_by,
        latitude: row.latitude.map(degrees),
        longitude: row.longitude.map(degrees),
        placed_by: row.placed_by,
        id: row.id,
        company: row.company_id,
        workplace: row.workplace_id,
    })
}

crate::input! {
    /// Which openings.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct OpeningQuery {
        /// Those of one occupation, by its term.
        #[param(value_type = Option<String>)]
        pub occupation: Option<AsText<Term>>,
        /// Those of one type of internship.
        pub kind: Option<InternshipType>,
        /// Those that have these words, or words so written but for a typing error, in the order in which they were registered.
        #[param(value_type = Option<String>, max_length = 100)]
        pub text: Option<AsText<Text<100>>>,
        /// Those at workplaces that lie in a municipality, by its code.
        #[param(value_type = Option<String>)]
        pub lies_in: Option<AsText<Municipality>>,
        /// True: those that have expired or are closed, too.
        pub all: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

crate::input! {
    /// Whether those that have expired or are closed are wanted, too.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WorkplaceOpeningQuery {
        /// True: those that have expired or are closed, too.
        pub all: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The openings in force, or all that there ever were.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &OpeningQuery) -> Result<Page<OpeningView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let filter = OpeningFilter {
        occupation: query.occupation.as_ref().map(|term| term.0.to_string()),
        kind: query.kind,
        lies_in: query.lies_in.as_ref().map(|code| code.0.as_str().into()),
        in_force_on: in_force_on(context, query.all),
        ..OpeningFilter::default()
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = match &query.text {
        Some(text) => {
            let found = search::find(conn, context.tenant, SearchSubject::Opening, text.0.as_str())?;
            let found: Vec<OpeningId> = found.into_iter().map(|hit| OpeningId::stored(hit.id)).collect();
            openings::page_of(conn, context.tenant, &found, &filter, request.after_id(), request.wanted())?
        }
        None => openings::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?,
    };
    request.page(rows, |row| row.id.to_string(), |row| view(row, context.at.today))
}

/// The openings at a workplace.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(
    conn: &mut Conn,
    context: &Context,
    workplace: &WorkplaceId,
    query: &WorkplaceOpeningQuery,
) -> Result<Page<OpeningView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    workplaces::row(conn, context, workplace)?;
    let filter = OpeningFilter {
        workplace: Some(workplace.clone()),
        in_force_on: in_force_on(context, query.all),
        ..OpeningFilter::default()
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = openings::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| view(row, context.at.today))
}

fn in_force_on(context: &Context, all: Option<bool>) -> Option<NaiveDate> {
    (!all.unwrap_or_default()).then_some(context.at.today)
}

/// One opening.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &OpeningId) -> Result<Representation<OpeningView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = openings::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let revision = row.revision;
    Ok(Representation::of(view(row, context.at.today)?, revision))
}
