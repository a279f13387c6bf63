//! A request of somebody who is signed in.

use crate::{
    actions::idempotency::IdempotencyKey,
    app::App,
    domain::{input::Field, values::day::At},
    views::sessions::Session,
    web::{
        addresses::Addresses,
        auth,
        problem::Problem,
        request::{
            body::{FromBody, NoBody, read_body},
            headers,
            query::{NoQuery, query},
        },
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use sha2::{Digest, Sha256};
use std::{future::Future, pin::Pin};

/// See the module.
pub struct Authenticated<B = NoBody, Q = NoQuery> {
    pub session: Session,
    pub body: B,
    pub query: Q,
    pub at: At,
    /// The revision that an `If-Match` names.
    pub seen: Option<i32>,
    pub key: Option<IdempotencyKey>,
    /// The `If-None-Match`.
    pub none_match: Option<String>,
    pub network: String,
    pub path: String,
    pub query_text: String,
    /// What the asker wants to be answered in.
    pub accept: String,
}

impl<B: FromBody + 'static, Q: Field + 'static> FromRequest for Authenticated<B, Q> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let app: App = headers::app(&request)?;
            refuse_misdirected(&request)?;
            let at = app.clock.now();
            let session = auth::session(&app, &request, at).await?;
            let query = query::<Q>(request.query_string())?;
            let key = headers::idempotency_key(&request)?;
            let bytes = read_body::<B>(&app, &request, &mut payload).await?;
            let text = |name| headers::text(&request, name).map(ToOwned::to_owned);
            Ok(Self {
                session,
                body: B::from_body(&request, &bytes)?,
                query,
                at,
                seen: headers::seen(&request),
                key: key.map(|key| IdempotencyKey { key, fingerprint: fingerprint(&request, &bytes) }),
                none_match: text("If-None-Match"),
                network: auth::network_of(&app, &request),
                path: request.path().to_owned(),
                query_text: request.query_string().to_owned(),
                accept: text("Accept").unwrap_or_default(),
            })
        })
    }
}

/// What makes two requests the same: method, address, body.
fn fingerprint(request: &HttpRequest, body: &[u8]) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{} {}\n", request.method(), request.uri()));
    digest.update(body);
    data_encoding::HEXLOWER.encode(&digest.finalize())
}

/// `PUT /citizens/search` reaches the handler of `/citizens/{id}`, but the fixed address has other methods.
fn refuse_misdirected(request: &HttpRequest) -> Result<(), Problem> {
    let fixed = request.app_data::<web::Data<Addresses>>().filter(|addresses| {
        let took_a_pattern = !request.match_info().is_empty();
        took_a_pattern && addresses.is_fixed(request.path())
    });
    fixed.map_or(Ok(()), |addresses| Err(addresses.refusal(request.path())))
}
