//! Workplaces by what is asked of them: by name, number, industry, place, distance.

use crate::{
    actions::{ActionError, companies::places},
    app::App,
    context::Context,
    domain::{
        companies::search::{IndustryStart, Near},
        input::{Fault, Faults, Pointer},
        people::access::Permission,
        values::{
            geo::{Placed, PlacedBy, degrees},
            register::{Cvr, Municipality, PNumber},
            text::{Line, Whole},
        },
    },
    store::{Conn, company_lists},
    views::{self, WorkplaceView},
    web::{
        request::{AsText, Authenticated, Limit, NoBody},
        response::{Answered, Cursor, Listed, PageRequest},
    },
};
use actix_web::{get, web};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

crate::input! {
    /// Which workplaces.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct WhichWorkplaces {
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

/// So far is looked around, in kilometres, unless said.
const USUAL_KM: i64 = 25;

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
#[utoipa::path(tag = "companies", params(WhichWorkplaces), responses((status = 200, body = WorkplacesFound)))]
#[get("/workplaces")]
pub async fn list_workplaces(app: web::Data<App>, ask: Authenticated<NoBody, WhichWorkplaces>) -> Answered {
    ask.list(&app, |conn, context, asked| {
        context.authorize(Permission::SeeCompanies)?;
        let near = asked.near.as_ref().map(|near| point(conn, context, &near.0)).transpose()?;
        let km = kilometres(asked.within_km.map_or(USUAL_KM, Whole::get) * 1000).unwrap_or_default();
        let which = company_lists::WhichWorkplaces {
            tenant: context.tenant,
            name: asked.name.as_ref().map(|name| &name.0),
            cvr: asked.cvr.as_ref().map(|cvr| &cvr.0),
            p_number: asked.p_number.as_ref().map(|number| &number.0),
            industry: asked.industry.as_ref().map(|start| &start.0),
            lies_in: asked.lies_in.as_ref().map(|tenant| &tenant.0),
            foresees_vacancy: asked.foresees_vacancy,
            near: near.map(|near| (near.point, km)),
        };
        let cut = PageRequest::new(asked.cursor.as_ref(), asked.limit);
        let rows = company_lists::workplaces(conn, &which, &cut.place, cut.wanted())?;
        let page = cut.placed(rows, |place, (row, company_name, cvr)| {
            let km = near.and_then(|_| kilometres(place.rank));
            Ok(WorkplaceFound { workplace: views::workplace(row), company_name, cvr, km })
        })?;
        let near = near.map(|near| NearView {
            latitude: degrees(near.point.latitude),
            longitude: degrees(near.point.longitude),
            placed_by: near.by,
        });
        Ok(WorkplacesFound { items: page.items, near, next: page.next })
    })
    .await
}
