//! The page on which whoever got a link in a letter chooses a password.

use crate::{
    actions::people::password_links::{ChosenPassword, may_choose},
    app::App,
    web::{
        auth,
        pages::{
            components::{FormField, Tone, notice},
            error::PageError,
            form::{FormBody, Typed},
            frame::{WebPage, see_other},
            locale::Locale,
        },
        path::Token,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpResponse, http::StatusCode, web};
use maud::html;

/// The form; a link that opens nothing says where to get another.
///
/// # Errors
/// A failure of the database.
pub async fn ask_password(app: web::Data<App>, locale: Locale, token: Option<Token>) -> Result<HttpResponse, PageError> {
    let (token, at) = (known(token), app.clock.now());
    let opens = app.db.read(move |conn| may_choose(conn, at, &token, None)).await.map_err(Problem::from);
    answer(&locale, &Typed::default(), opens)
}

/// Sets the password, and leads to where one signs in.
///
/// # Errors
/// A failure of the database. A password that does not fit shows the form again.
pub async fn choose_password(
    app: web::Data<App>,
    locale: Locale,
    token: Option<Token>,
    form: FormBody,
) -> Result<HttpResponse, PageError> {
    let typed = form.0.map_err(|problem| PageError::new(&locale, problem))?;
    let done = match typed.read::<ChosenPassword>() {
        Ok(chosen) => auth::choose_password(&app, app.clock.now(), known(token), chosen.password).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(see_other(&locale, "/sign-in")),
        refused => answer(&locale, &typed, refused),
    }
}

fn known(token: Option<Token>) -> String {
    token.map(|token| token.0.token).unwrap_or_default()
}

fn answer(locale: &Locale, typed: &Typed, outcome: Result<(), Problem>) -> Result<HttpResponse, PageError> {
    let problem = outcome.err();
    match problem.as_ref().map(|problem| problem.kind) {
        Some(ProblemKind::NotFound) => Ok(gone(locale).answer(locale, StatusCode::NOT_FOUND)),
        Some(ProblemKind::InvalidFields) | None => {
            let status = problem.as_ref().map_or(StatusCode::OK, |problem| problem.kind.status());
            Ok(page(locale, typed, problem.as_ref()).answer(locale, status))
        }
        Some(kind) => Err(PageError::new(locale, problem.unwrap_or_else(|| Problem::new(kind)))),
    }
}

fn gone(locale: &Locale) -> WebPage {
    let body = html! {
        p {
            (locale.t(
                "Linket er brugt, eller det er for gammelt. Bed kommunens administrator om et nyt.",
                "The link was used, or it is too old. Ask the municipality's administrator for a new one.",
            ))
        }
    };
    WebPage::new(locale.t("Linket virker ikke længere", "The link no longer works"), body)
}

fn page(locale: &Locale, typed: &Typed, problem: Option<&Problem>) -> WebPage {
    let faults = problem.and_then(|problem| problem.faults.as_deref());
    let field = FormField { locale, typed, faults, form: "password" };
    let hint = locale.t(
        "Mindst 12 tegn. Fire-fem tilfældige ord er nemme at huske og svære at gætte.",
        "At least 12 characters. Four or five random words are easy to remember and hard to guess.",
    );
    let body = html! {
        @if problem.is_some() {
            (notice(Tone::Bad, html! { p { (locale.t("Adgangskoden er ikke gemt.", "The password was not saved.")) } }))
        }
        form method="post" {
            (field.line("password", "password", locale.t("Ny adgangskode", "New password"), Some(hint)))
            button type="submit" { (locale.t("Gem adgangskoden", "Save the password")) }
        }
    };
    WebPage::new(locale.t("Vælg din adgangskode", "Choose your password"), body)
}
