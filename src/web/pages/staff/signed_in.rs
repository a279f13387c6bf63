//! A request of somebody who is signed in by cookie. Who is not is asked to sign in, and comes back to where the letter led.

use crate::{
    actions::ActionError,
    app::App,
    context::{Account, Context},
    domain::{people::read_log::ReadVia, values::day::At},
    store::Conn,
    views::sessions::Session,
    web::{
        auth,
        pages::{
            error::PageError,
            form::Typed,
            frame::{WebPage, see_other},
            locale::Locale,
            staff::why::why,
        },
        path::Id,
        problem::{Problem, ProblemKind},
        response::Reader,
    },
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError, dev::Payload, http::StatusCode, web};
use maud::{Markup, html};
use std::{future::Future, pin::Pin};

/// See the module.
pub struct SignedIn {
    pub app: App,
    pub session: Session,
    pub locale: Locale,
    pub at: At,
    network: String,
    csrf: String,
}

/// Why a page of somebody's work is not shown.
#[derive(Debug)]
pub enum NotShown {
    SignInFirst(Locale),
    Error(PageError),
}

impl std::fmt::Display for NotShown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SignInFirst(_) => f.write_str("sign-in first"),
            Self::Error(error) => error.fmt(f),
        }
    }
}

impl ResponseError for NotShown {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignInFirst(_) => StatusCode::SEE_OTHER,
            Self::Error(error) => error.status_code(),
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::SignInFirst(locale) => {
                let to: String = url::form_urlencoded::byte_serialize(locale.path.as_bytes()).collect();
                see_other(locale, &format!("/sign-in?to={to}"))
            }
            Self::Error(error) => error.error_response(),
        }
    }
}

impl From<PageError> for NotShown {
    fn from(error: PageError) -> Self {
        Self::Error(error)
    }
}

impl FromRequest for SignedIn {
    type Error = NotShown;
    type Future = Pin<Box<dyn Future<Output = Result<Self, NotShown>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let locale = Locale::of(&request);
            let app = request.app_data::<web::Data<App>>().map(|app| App::clone(app));
            let app = app.ok_or_else(|| PageError::new(&locale, Problem::new(ProblemKind::Internal)))?;
            let at = app.clock.now();
            let found = auth::of_cookie(&app, &request, at).await.map_err(|problem| PageError::new(&locale, problem))?;
            let session = found.ok_or_else(|| NotShown::SignInFirst(locale.clone()))?;
            let csrf = auth::csrf_token(&app.services.keys, &session);
            let network = auth::network_of(&app, &request);
            Ok(Self { app, session, locale, at, network, csrf })
        })
    }
}

impl SignedIn {
    /// The same request, shown again at another path: a form was sent to this one.
    pub fn at(self, path: String) -> Self {
        Self { locale: self.locale.at(path), ..self }
    }

    /// What the address names.
    ///
    /// # Errors
    /// It names nothing.
    pub fn known<I>(&self, id: Option<Id<I>>) -> Result<I, PageError> {
        id.map(|id| id.0).ok_or_else(|| PageError::new(&self.locale, Problem::new(ProblemKind::NotFound)))
    }

    /// Who reads.
    pub fn reader(&self) -> Reader {
        Reader { account: self.session.account.clone(), at: self.at, via: ReadVia::Page, network: self.network.clone() }
    }

    /// Reads what a page shows.
    ///
    /// # Errors
    /// What the view refuses, as a page.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl Fn(&mut Conn, &Context) -> Result<T, ActionError> + Send + 'static,
    ) -> Result<T, PageError> {
        match self.reader().read(&self.app, read).await {
            Err(ActionError::ReasonMissing(citizen)) => {
                let form = why(&self.locale, &self.guard(), (&citizen, &self.locale.path), &Typed::default(), None);
                Err(PageError::new(&self.locale, ActionError::ReasonMissing(citizen)).with(form))
            }
            other => other.map_err(|error| PageError::new(&self.locale, error)),
        }
    }

    /// The hidden field with which the session's forms are sent.
    pub fn guard(&self) -> Markup {
        html! { input type="hidden" name="csrf" value=(self.csrf); }
    }

    /// Takes that field out of what was sent.
    ///
    /// # Errors
    /// It is missing, or made for another session.
    pub fn guarded(&self, typed: Result<Typed, Problem>) -> Result<Typed, PageError> {
        let mut typed = typed.map_err(|problem| PageError::new(&self.locale, problem))?;
        if typed.take("csrf").as_ref() == Some(&self.csrf) {
            return Ok(typed);
        }
        Err(PageError::new(&self.locale, Problem::new(ProblemKind::Forbidden)))
    }

    /// The page in its frame, with who is signed in.
    pub fn framed(&self, page: WebPage) -> WebPage {
        let account = account_of(&self.locale, &self.session.account, &self.guard());
        let municipality = Some(self.session.account.tenant.municipality().authority());
        WebPage { municipality, account: Some(account), ..page }
    }
}

/// Who is signed in, and how to sign out.
fn account_of(locale: &Locale, account: &Account, guard: &Markup) -> Markup {
    html! {
        span { (account.name) }
        form method="post" action=(locale.to("/sign-out")) {
            (guard)
            button.plain type="submit" { (locale.t("Log ud", "Sign out")) }
        }
    }
}
