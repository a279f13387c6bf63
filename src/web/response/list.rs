//! Answers a list: a page with a `Link` to the next one (RFC 8288), or all pages as a file.

use crate::{
    actions::{ActionError, Conn},
    app::App,
    context::Context,
    domain::{input::Field, people::read_log::ReadVia},
    views::page::Listed,
    web::{
        export::{self, Form},
        language::{LANG, lang},
        problem::Problem,
        request::{Authenticated, query},
        response::{answer::Answered, logged::Reader},
    },
};
use actix_web::{HttpResponse, http::header};
use std::sync::Arc;

impl<B: 'static, Q: Field + Send + 'static> Authenticated<B, Q> {
    /// Answers a list; as a file where one is asked for.
    pub async fn list<L, F>(self, app: &App, list: F) -> Answered
    where
        L: Listed,
        F: Fn(&mut Conn, &Context, &Q) -> Result<L, ActionError> + Send + Sync + 'static,
    {
        let (path, text, list) = (self.path, self.query_text, Arc::new(list));
        let form = Form::wanted(&self.accept);
        let via = if form.is_some() { ReadVia::File } else { ReadVia::Api };
        let reader = Reader { account: self.session.account, at: self.at, via, network: self.network };
        let (app, lang) = (app.clone(), lang());
        let read = move |query: Q| {
            let (app, reader, list) = (app.clone(), reader.clone(), Arc::clone(&list));
            let read = move |conn: &mut Conn, context: &Context| list(conn, context, &query);
            async move { reader.read(&app, read).await.map_err(in_query) }
        };
        let page = read(self.query).await?;
        if let Some(form) = form {
            let kept = without(&text, &["cursor", "limit"]);
            let next = move |cursor: String| {
                // A query with a cursor has a limit; a file is read in pages of the greatest length.
                let page = query::<Q>(&format!("{kept}limit=200&cursor={cursor}")).map(&read);
                LANG.scope(lang, async move { page?.await })
            };
            return export::answer(form, &path, page, next).await;
        }
        let mut answer = HttpResponse::Ok();
        answer.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::VARY, "Accept"));
        if let Some(next) = page.next() {
            let kept = without(&text, &["cursor"]);
            answer.insert_header((header::LINK, format!("<{path}?{kept}cursor={next}>; rel=\"next\"")));
        }
        Ok(answer.json(page))
    }
}

/// A list has no body: its faults are in the query.
fn in_query(error: ActionError) -> Problem {
    Problem { in_query: true, ..error.into() }
}

/// A query string without some parameters.
fn without(query: &str, names: &[&str]) -> String {
    let kept = |pair: &&str| !pair.is_empty() && !names.contains(&pair.split('=').next().unwrap_or_default());
    query.split('&').filter(kept).map(|pair| format!("{pair}&")).collect()
}
