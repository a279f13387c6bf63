//! Answers a read.

use crate::{
    actions::{ActionError, Conn},
    app::App,
    context::Context,
    domain::people::read_log::ReadVia,
    views::Representation,
    web::{
        problem::Problem,
        request::Authenticated,
        response::{
            answer::{Answered, answer, send},
            logged::Reader,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use serde::Serialize;

impl<B: Send + 'static, Q: Send + 'static> Authenticated<B, Q> {
    /// Answers one thing; 304 where the asker has it already.
    pub async fn read<V, F>(self, app: &App, read: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Conn, &Context, &Q) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let reader = Reader { account: self.session.account, at: self.at, via: ReadVia::Api, network: self.network };
        let query = self.query;
        let read = move |conn: &mut Conn, context: &Context| answer(StatusCode::OK, read(conn, context, &query)?);
        let answer = reader.read(app, read).await?;
        match (&answer.etag, &self.none_match) {
            (Some(etag), Some(known)) if names(known, etag) => {
                Ok(HttpResponse::NotModified().insert_header((header::ETAG, etag.as_str())).finish())
            }
            _ => Ok(send(answer)),
        }
    }
}

impl<B: Send + 'static, Q: Send + 'static> Authenticated<B, Q> {
    /// Answers a search whose words stand in the body, because they must not stand in an address.
    pub async fn find<V, F>(self, app: &App, find: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Conn, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let reader = Reader { account: self.session.account, at: self.at, via: ReadVia::Api, network: self.network };
        let body = self.body;
        let find = move |conn: &mut Conn, context: &Context| answer(StatusCode::OK, find(conn, context, &body)?);
        Ok(send(reader.read(app, find).await?))
    }
}

impl<B, Q> Authenticated<B, Q> {
    /// Asks whether something may be done, before work for it that takes long.
    ///
    /// # Errors
    /// It may not.
    pub async fn ask_first<T, F>(&self, app: &App, may: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Context) -> Result<T, ActionError> + Send + 'static,
    {
        let (services, account, at) = (app.services.clone(), self.session.account.clone(), self.at);
        Ok(app.db.read(move |conn| may(conn, &Context::of(&services, &account, at))).await?)
    }
}

/// Whether an `If-None-Match` names a tag.
fn names(known: &str, etag: &str) -> bool {
    known.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}
