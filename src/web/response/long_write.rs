//! Answers a write that takes many transactions: once for a key, and to its end even where nobody waits for the answer any more.

use crate::{
    actions::{
        ActionError, Tx,
        idempotency::{self, Claim, IdempotencyKey},
    },
    app::App,
    context::{Account, Context},
    domain::values::day::At,
    views::Representation,
    web::{
        problem::{Problem, ProblemKind},
        response::answer::{Answered, answer, send},
    },
};
use actix_web::http::StatusCode;
use serde::Serialize;
use std::future::Future;

/// Who asks for it, when, under which key, and whether it is only rehearsed.
pub struct LongWrite {
    pub account: Account,
    pub at: At,
    pub key: Option<IdempotencyKey>,
    pub dry_run: bool,
}

impl LongWrite {
    /// Does the work and answers its result; with a key that was answered before, that answer.
    ///
    /// The key is claimed in a transaction of its own before the work begins, and answered or given back after it. A dry run
    /// uses no key up.
    pub async fn answer<V, W>(self, app: &App, work: W) -> Answered
    where
        V: Serialize + 'static,
        W: Future<Output = Result<V, Problem>> + 'static,
    {
        if let Claim::Answered(before) = self.claim(app).await? {
            return Ok(send(before));
        }
        let app = app.clone();
        let done = async move {
            let made = work.await.and_then(|view| Ok(answer(StatusCode::OK, Representation::only(view))?));
            match &made {
                Ok(answer) => {
                    let answer = answer.clone();
                    self.settle(&app, move |tx, context, key| idempotency::complete(tx, context, key, &answer)).await?;
                }
                Err(_) => self.settle(&app, idempotency::release).await?,
            }
            made
        };
        let answer = actix_web::rt::spawn(done).await.map_err(|_| Problem::new(ProblemKind::Internal))?;
        Ok(send(answer?))
    }

    async fn claim(&self, app: &App) -> Result<Claim, Problem> {
        let Some(key) = self.key.clone() else { return Ok(Claim::Claimed) };
        let (services, account, at) = (app.services.clone(), self.account.clone(), self.at);
        let claim = move |tx: &mut Tx| idempotency::claim(tx, &Context::of(&services, &account, at), &key);
        Ok(if self.dry_run { app.db.dry_run(claim).await } else { app.db.write(claim).await }?)
    }

    async fn settle<S>(&self, app: &App, settle: S) -> Result<(), Problem>
    where
        S: Fn(&mut Tx, &Context, &IdempotencyKey) -> Result<(), ActionError> + Send + 'static,
    {
        let Some(key) = self.key.clone().filter(|_| !self.dry_run) else { return Ok(()) };
        let (services, account, at) = (app.services.clone(), self.account.clone(), self.at);
        Ok(app.db.write(move |tx: &mut Tx| settle(tx, &Context::of(&services, &account, at), &key)).await?)
    }
}
