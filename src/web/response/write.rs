//! Answers a write: what it needs to have seen, whether it is only rehearsed, and that it is done once.

use crate::{
    actions::{ActionError, Tx, idempotency, people::scope::relations},
    app::App,
    context::{Context, Seen, Shown},
    domain::people::read_log::ReadVia,
    views::Representation,
    web::{
        problem::Problem,
        request::{Authenticated, MayDryRun},
        response::{
            answer::{Answered, answer, send},
            if_match,
            logged::Reader,
        },
    },
};
use actix_web::http::StatusCode;
use serde::Serialize;

impl<B, Q> Authenticated<B, Q> {
    /// What whoever changes something says to have seen.
    ///
    /// # Errors
    /// `If-Match` is missing.
    pub fn seen(&self) -> Result<Seen, Problem> {
        Ok(Seen::Revision(self.seen.ok_or_else(if_match::missing)?))
    }
}

impl<B: Send + 'static, Q: MayDryRun + Send + 'static> Authenticated<B, Q> {
    /// Makes something new: 201.
    pub async fn create<V, F>(self, app: &App, create: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Tx, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let status = if self.query.is_dry_run() { StatusCode::OK } else { StatusCode::CREATED };
        self.write(app, status, move |tx, context, body| create(tx, context, body)).await
    }

    /// Adds to what is there without changing what was seen: 200.
    pub async fn add<V, F>(self, app: &App, add: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Tx, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        self.write(app, StatusCode::OK, add).await
    }

    /// Answers a change of something that exists; requires `If-Match`.
    pub async fn change<V, F>(self, app: &App, change: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Tx, &Context, Seen, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let seen = self.seen()?;
        self.write(app, StatusCode::OK, move |tx, context, body| change(tx, context, seen, body)).await
    }

    /// Answers a write: the answer that was kept where the same key asked the same before; otherwise it is done, once.
    async fn write<V, F>(self, app: &App, status: StatusCode, write: F) -> Answered
    where
        V: Serialize + Send + 'static,
        F: Fn(&mut Tx, &Context, &B) -> Result<Representation<V>, ActionError> + Send + 'static,
    {
        let is_dry_run = self.query.is_dry_run();
        let services = app.services.clone();
        let Self { session, at, body, key, network, .. } = self;
        let reader = Reader { account: session.account, at, via: ReadVia::Api, network };
        let own = reader.clone();
        let run = move |tx: &mut Tx| -> Result<_, ActionError> {
            let (shown, context) = (Shown::default(), Context::of(&services, &own.account, at));
            let noting = context.noting(&shown);
            tx.begin_journal();
            let act = |tx: &mut Tx| answer(status, write(tx, &noting, &body)?);
            let answer = match &key {
                Some(key) => idempotency::once(tx, &context, key, act)?,
                None => act(tx)?,
            };
            let of = relations(tx, &context, shown.take())?;
            own.note_change(tx, &services.keys, of.clone())?;
            Ok((answer, of))
        };
        if !is_dry_run {
            return Ok(send(app.db.write(run).await?.0));
        }
        // Nothing is changed: what it shows was read.
        let (answer, shown) = app.db.dry_run(run).await?;
        reader.keep(app, shown).await?;
        Ok(send(answer))
    }
}
