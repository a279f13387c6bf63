//! A request without a sign-in: links, signing in.

use crate::{
    domain::values::day::At,
    web::{
        problem::Problem,
        request::{
            body::{FromBody, NoBody, read_body},
            headers::app,
            query::{NoQuery, query},
        },
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::{future::Future, pin::Pin};

/// See the module.
pub struct Anonymous<B = NoBody> {
    pub body: B,
    pub at: At,
}

impl<B: FromBody + 'static> FromRequest for Anonymous<B> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let app = app(&request)?;
            query::<NoQuery>(request.query_string())?;
            let bytes = read_body::<B>(&app, &request, &mut payload).await?;
            Ok(Self { body: B::from_body(&request, &bytes)?, at: app.clock.now() })
        })
    }
}
