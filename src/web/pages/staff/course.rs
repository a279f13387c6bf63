//! A citizen's course on one page, for those who may see citizens.

use crate::{
    domain::values::ids::CitizenId,
    views::course_summaries,
    web::{
        pages::{course::course, error::PageError, staff::signed_in::SignedIn},
        path::Id,
    },
};
use actix_web::{HttpResponse, http::StatusCode};

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn course_of_citizen(own: SignedIn, id: Option<Id<CitizenId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    let summary = own.read(move |conn, context| course_summaries::of_citizen(conn, context, &id)).await?;
    Ok(own.framed(course(&own.locale, &summary)).answer(&own.locale, StatusCode::OK))
}
