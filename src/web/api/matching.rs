//! The right match: openings and workplaces for a citizen, citizens for an opening; and what a citizen seeks by.

use crate::{
    actions::patching::patched,
    actions::people::profile as act,
    app::App,
    domain::{
        people::{
            access::Permission,
            profile::{Profile, ProfilePatch},
        },
        values::ids::{CitizenId, OpeningId},
    },
    views::{
        matching::{self, CitizenMatches, MatchQuery, Matches},
        profiles,
    },
    web::{
        path::Id,
        request::{Authenticated, NoBody},
        response::{Answered, IfMatch},
    },
};
use actix_web::{get, patch, put, web};

/// What a citizen seeks by: home, reach, languages, times, network, and whether the citizen agrees to be found.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path)), responses((status = 200, body = Profile)))]
#[get("/citizens/{id}/search-profile")]
pub async fn search_profile(app: web::Data<App>, ask: Authenticated, id: Id<CitizenId>) -> Answered {
    ask.read(&app, move |conn, context, _| profiles::of_citizen(conn, context, &id.0)).await
}

/// Puts what a citizen seeks by, in place of what was said before.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path), IfMatch), request_body = Profile, responses((status = 200, body = Profile)))]
#[put("/citizens/{id}/search-profile")]
pub async fn put_search_profile(app: web::Data<App>, ask: Authenticated<Profile>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, body| {
        act::put(tx, context, seen, &id.0, body)?;
        profiles::of_citizen(tx, context, &id.0)
    })
    .await
}

/// Changes some of what a citizen seeks by: what is left out stays (RFC 7396).
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path), IfMatch), request_body(content(
    (ProfilePatch = "application/json"), (ProfilePatch = "application/merge-patch+json"))), responses((status = 200, body = Profile)))]
#[patch("/citizens/{id}/search-profile")]
pub async fn amend_search_profile(app: web::Data<App>, ask: Authenticated<ProfilePatch>, id: Id<CitizenId>) -> Answered {
    ask.change(&app, move |tx, context, seen, patch| {
        let whole = patched(context, Permission::KeepCitizens, patch, || Ok(profiles::of_citizen(tx, context, &id.0)?.body))?;
        act::put(tx, context, seen, &id.0, &whole)?;
        profiles::of_citizen(tx, context, &id.0)
    })
    .await
}

/// The openings and workplaces that fit a citizen best, each with why, and what was left out and why.
#[utoipa::path(tag = "matching", params(("id" = CitizenId, Path), MatchQuery), responses((status = 200, body = Matches)))]
#[get("/citizens/{id}/matches")]
pub async fn for_citizen(app: web::Data<App>, ask: Authenticated<NoBody, MatchQuery>, id: Id<CitizenId>) -> Answered {
    ask.list(&app, move |conn, context, query| matching::for_citizen(conn, context, &id.0, query.get())).await
}

/// The citizens of the municipality whom an opening fits best, of those who have agreed to be found.
#[utoipa::path(tag = "matching", params(("id" = OpeningId, Path), MatchQuery), responses((status = 200, body = CitizenMatches)))]
#[get("/openings/{id}/matches")]
pub async fn for_opening(app: web::Data<App>, ask: Authenticated<NoBody, MatchQuery>, id: Id<OpeningId>) -> Answered {
    ask.list(&app, move |conn, context, query| matching::for_opening(conn, context, &id.0, query.get())).await
}
