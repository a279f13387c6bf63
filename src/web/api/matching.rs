//! The right match: openings and workplaces for a citizen, citizens for an opening; and what a citizen seeks by.

use crate::{
    actions::{
        ActionError,
        matching::{self, CitizenMatch, CitizenMatches, Match, Matches},
        people::profile as act,
    },
    app::App,
    context::Context,
    domain::{
        people::{access::Permission, profile::Profile},
        values::{
            ids::{CitizenId, OpeningId},
            text::Whole,
        },
    },
    store::{Conn, citizens},
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch, Listed, Representation},
    },
};
use actix_web::{get, put, web};
use utoipa::IntoParams;

crate::input! {
    /// How many.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct HowMany {
        /// The best so many; 20 unless said.
        pub limit: Option<Whole<1, 100>>,
    }
}

impl HowMany {
    fn get(&self) -> usize {
        self.limit.and_then(|limit| usize::try_from(limit.get()).ok()).unwrap_or(20)
    }
}

/// The best are one page.
impl Listed for Matches {
    type Item = Match;
    fn next(&self) -> Option<&str> {
        None
    }
    fn items(self) -> Vec<Match> {
        self.items
    }
}
impl Listed for CitizenMatches {
    type Item = CitizenMatch;
    fn next(&self) -> Option<&str> {
        None
    }
    fn items(self) -> Vec<CitizenMatch> {
        self.items
    }
}

fn show(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<Representation<Profile>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = citizens::find(conn, context.tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    Ok(Representation::of(Profile::of(context, &row)?, row.revision))
}

/// What a citizen seeks by: home, reach, languages, times, network, and whether the citizen agrees to be found.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path)), responses((status = 200, body = Profile)))]
#[get("/citizens/{id}/search-profile")]
pub async fn search_profile(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| show(conn, context, &id.0)).await
}

/// Puts what a citizen seeks by, in place of what was said before.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path), IfMatch), request_body = Profile, responses((status = 200, body = Profile)))]
#[put("/citizens/{id}/search-profile")]
pub async fn put_search_profile(app: web::Data<App>, ask: Authenticated<Profile>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::put(tx, context, seen, &id.0, body)?;
        show(tx, context, &id.0)
    })
    .await
}

/// The openings and workplaces that fit a citizen best, each with why, and what was left out and why.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path), HowMany), responses((status = 200, body = Matches)))]
#[get("/citizens/{id}/matches")]
pub async fn for_citizen(app: web::Data<App>, ask: Authenticated<NoBody, HowMany>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, query| matching::for_citizen(conn, context, &id.0, query.get())).await
}

/// The citizens of the municipality whom an opening fits best, of those who have agreed to be found.
#[utoipa::path(tag = "matching", params(("id" = OpeningId, Path), HowMany), responses((status = 200, body = CitizenMatches)))]
#[get("/openings/{id}/matches")]
pub async fn for_opening(app: web::Data<App>, ask: Authenticated<NoBody, HowMany>, id: Id<OpeningId>) -> Answered {
    ask.list(&app, move |conn, context, query| matching::for_opening(conn, context, &id.0, query.get())).await
}
