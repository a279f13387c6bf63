//! Workplaces (production units): one, those of a company, and those that are looked for by name, number, industry, place or
//! distance.

use crate::{
    actions::{ActionError, companies::places},
    context::Context,
    domain::{
        companies::search::{IndustryStart, Near},
        input::{Fault, Faults, Pointer},
        people::access::Permission,
        values::{
            geo::{Placed, PlacedBy, degrees},
            ids::{CompanyId, WorkplaceId},
            register::{Cvr, Municipality, PNumber},
            text::{Line, Whole},
        },
    },
    store::{Conn, companies, company_lists, schema::WorkplaceRow},
    views::{
        Representation, companies as company_views,
        page::{Cursor, Limit, Listed, Page, PageRequest, Pages},
        query::AsText,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// The usual search radius, in kilometres.
const USUAL_KM: i64 = 25;

#[derive(Serialize, ToSchema)]
pub struct WorkplaceView {
    pub id: WorkplaceId,
    pub company: CompanyId,
    pub p_number: String,
    pub name: String,
    pub address: Option<String>,
    /// Its own; null: the company's.
    pub industry: Option<String>,
    pub industry_scheme: Option<String>,
    /// The municipality that it lies in.
    pub lies_in: Option<String>,
    pub postcode: Option<String>,
    pub city: Option<String>,
    /// Degrees north and east (WGS 84), as exactly as `placed_by` says.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub placed_by: Option<PlacedBy>,
    /// Employees as the register gives them, a figure or an interval.
    pub staff_low: Option<i32>,
    pub staff_high: Option<i32>,
    pub closed_on: Option<NaiveDate>,
    /// Null: not asked.
    pub foresees_vacancy: Option<bool>,
    pub asked_on: Option<NaiveDate>,
}

fn view(row: WorkplaceRow) -> WorkplaceView {
    WorkplaceView {
        id: row.id,
        company: row.company_id,
        p_number: row.p_number,
        name: row.name,
        address: row.address,
        industry: row.industry,
        industry_scheme: row.industry_scheme.map(|scheme| scheme.to_string()),
        lies_in: row.lies_in,
        postcode: row.postcode,
        city: row.city,
        latitude: row.latitude.map(degrees),
        longitude: row.longitude.map(degrees),
        placed_by: row.placed_by,
        staff_low: row.staff_low,
        staff_high: row.staff_high,
        closed_on: row.closed_on,
        foresees_vacancy: row.foresees_vacancy,
        asked_on: row.asked_on,
    }
}

crate::input! {
    /// Which workplaces.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WorkplaceQuery {
        /// Words of its name or its company's, also with a typing error, or beginnings of them. The best come first; at most
        /// 5,000 are found.
        #[param(value_type = Option<Line>)]
        pub name: Option<AsText<Line>>,
        /// Its company's.
        #[param(value_type = Option<Cvr>)]
        pub cvr: Option<AsText<Cvr>>,
        #[param(value_type = Option<PNumber>)]
        pub p_number: Option<AsText<PNumber>>,
        /// How the code of its industry begins; where it has none of its own, the company's.
        #[param(value_type = Option<IndustryStart>)]
        pub industry: Option<AsText<IndustryStart>>,
        /// The municipality that it lies in.
        #[param(value_type = Option<Municipality>)]
        pub lies_in: Option<AsText<Municipality>>,
        /// A postcode (8000), a municipality's code (751), or latitude and longitude (56.15,10.2). The nearest come first.
        #[param(value_type = Option<Near>)]
        pub near: Option<AsText<Near>>,
        /// As the crow flies, where `near` is given; 25 unless said.
        pub within_km: Option<Whole<1, 500>>,
        pub foresees_vacancy: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// A workplace in a list, with its company.
#[derive(Serialize, ToSchema)]
pub struct WorkplaceFound {
    #[serde(flatten)]
    pub workplace: WorkplaceView,
    pub company_name: String,
    pub cvr: String,
    /// Kilometres along the great circle, from where the answer's `near` lies to where `placed_by` puts the workplace.
    pub km: Option<f64>,
}

/// Where the point lies that the asker named, and how exactly it is known.
#[derive(Serialize, ToSchema)]
pub struct NearView {
    pub latitude: f64,
    pub longitude: f64,
    pub placed_by: PlacedBy,
}

/// A page of workplaces.
#[derive(Serialize, ToSchema)]
pub struct WorkplacesFound {
    pub items: Vec<WorkplaceFound>,
    /// Null where no point was named.
    pub near: Option<NearView>,
    #[serde(skip)]
    next: Option<String>,
}

impl Listed for WorkplacesFound {
    type Item = WorkplaceFound;
    fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
    fn items(self) -> Vec<WorkplaceFound> {
        self.items
    }
}

/// The point that is meant.
fn point(conn: &mut Conn, context: &Context, near: &Near) -> Result<Placed, ActionError> {
    places::find(conn, context.tenant, near.location())?.ok_or_else(|| {
        let da = "Postnummeret er ikke indlæst her. Brug en kommunes kode eller bredde- og længdegrad.";
        let en = "The postcode is not loaded here. Use a municipality's code, or latitude and longitude.";
        let mut faults = Faults::default();
        faults.add::<()>(&Pointer::root().to("near"), Fault::new("unknown", da, en));
        ActionError::Faults(faults)
    })
}

fn kilometres(metres: i64) -> Option<f64> {
    i32::try_from(metres).ok().map(|metres| f64::from(metres) / 1000.0)
}

/// The workplaces of the municipality's register, all or those that are looked for: the nearest first where `near` is given,
/// the best name first where `name` is.
///
/// # Errors
/// Not for this role; a postcode that is not loaded.
pub fn page(conn: &mut Conn, context: &Context, query: &WorkplaceQuery) -> Result<WorkplacesFound, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let near = query.near.as_ref().map(|near| point(conn, context, &near.0)).transpose()?;
    let km = kilometres(query.within_km.map_or(USUAL_KM, Whole::get) * 1000).unwrap_or_default();
    let filter = company_lists::WhichWorkplaces {
        tenant: context.tenant,
        name: query.name.as_ref().map(|name| &name.0),
        cvr: query.cvr.as_ref().map(|cvr| &cvr.0),
        p_number: query.p_number.as_ref().map(|number| &number.0),
        industry: query.industry.as_ref().map(|start| &start.0),
        lies_in: query.lies_in.as_ref().map(|municipality| &municipality.0),
        foresees_vacancy: query.foresees_vacancy,
        near: near.map(|near| (near.point, km)),
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = company_lists::workplaces(conn, &filter, &request.after, request.wanted())?;
    let page = request.keyed(rows, |key, (row, company_name, cvr)| {
        let km = near.and_then(|_| kilometres(key.rank));
        Ok(WorkplaceFound { workplace: view(row), company_name, cvr, km })
    })?;
    let near = near.map(|near| NearView {
        latitude: degrees(near.point.latitude),
        longitude: degrees(near.point.longitude),
        placed_by: near.by,
    });
    Ok(WorkplacesFound { items: page.items, near, next: page.next })
}

/// The workplaces of a company.
///
/// # Errors
/// Not for this role; not found.
pub fn of_company(
    conn: &mut Conn,
    context: &Context,
    company: &CompanyId,
    pages: &Pages,
) -> Result<Page<WorkplaceView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    company_views::row(conn, context, company)?;
    let request = PageRequest::from(pages);
    let rows = companies::workplaces::of_company(conn, context.tenant, company, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(view(row)))
}

/// One workplace.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Representation<WorkplaceView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let row = row(conn, context, id)?;
    let revision = row.revision;
    Ok(Representation::of(view(row), revision))
}

/// A workplace as it is written whole: what a patch is of. A position that only follows from the postcode or the municipality is not
/// part of it.
///
/// # Errors
/// Not for this role; not found.
pub fn whole(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Value, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let place = view(row(conn, context, id)?);
    let WorkplaceView { name, address, industry, industry_scheme, lies_in, postcode, city, closed_on, foresees_vacancy, .. } =
        &place;
    let own = place.placed_by == Some(PlacedBy::Coordinates);
    let coordinates = own.then(|| json!({"latitude": place.latitude, "longitude": place.longitude}));
    Ok(json!({
        "name": name, "address": address, "industry": industry, "industry_scheme": industry_scheme, "closed_on": closed_on,
        "foresees_vacancy": foresees_vacancy,
        "location": {"municipality": lies_in, "postcode": postcode, "city": city, "coordinates": coordinates},
    }))
}

pub(super) fn row(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<WorkplaceRow, ActionError> {
    companies::workplaces::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)
}
