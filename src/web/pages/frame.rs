//! What stands around every page, and its headers.

use crate::web::pages::{locale::Locale, style::STYLE_PATH};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use maud::{DOCTYPE, Markup, html};

/// A page before it is put into its frame.
pub struct WebPage {
    pub title: String,
    /// Whose page it is, where that is known.
    pub municipality: Option<String>,
    /// The case number, which stands at the head of what is printed.
    pub case: Option<String>,
    /// Beside the language: whoever is signed in, and how to sign out.
    pub account: Option<Markup>,
    pub body: Markup,
}

impl WebPage {
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self { title: title.into(), municipality: None, case: None, account: None, body }
    }

    /// Sends it. No browser keeps it: the Back key asks again, and shows what is true then.
    pub fn answer(self, locale: &Locale, status: StatusCode) -> HttpResponse {
        HttpResponse::build(status)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("text/html; charset=utf-8")
            .body(self.framed(locale).into_string())
    }

    fn framed(self, locale: &Locale) -> Markup {
        let (code, name, other) = locale.other();
        let owner = self.municipality.unwrap_or_else(|| "RetteMatch".to_owned());
        html! {
            (DOCTYPE)
            html lang=(locale.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (self.title) @if self.title != owner { " – " (owner) } }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(*STYLE_PATH);
                }
                body {
                    a.skip href="#main" { (locale.t("Gå til indholdet", "Skip to content")) }
                    header {
                        div.bar {
                            p.owner { (owner) }
                            @if let Some(case) = self.case { p.case { (locale.t("Sag ", "Case ")) (case) } }
                            nav aria-label=(locale.t("Sprog og konto", "Language and account")) {
                                @if let Some(account) = self.account { (account) }
                                a href=(other) lang=(code) hreflang=(code) { (name) }
                            }
                        }
                    }
                    main id="main" tabindex="-1" {
                        h1 { (self.title) }
                        (self.body)
                    }
                }
            }
        }
    }
}

/// Sends the browser to another address of ours with `GET`, so that neither Back nor Reload acts again.
pub fn see_other(locale: &Locale, path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, locale.to(path)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// Where to go after a form: a path of ours, and nothing else.
pub fn ours(to: &str) -> &str {
    if to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\n', '\r']) { to } else { "/" }
}
