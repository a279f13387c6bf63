//! In which language a page is written, and where it stands.

use crate::{
    domain::values::localized::{Lang, Localized},
    web::language::lang,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::{
    convert::Infallible,
    future::{Ready, ready},
};

/// See the module.
#[derive(Clone, Debug)]
pub struct Locale {
    pub lang: Lang,
    /// The path on which the page is shown again in the other language.
    pub path: String,
    /// Whether the address names the language: then every address that leads on does.
    named: bool,
}

impl Locale {
    pub fn of(request: &HttpRequest) -> Self {
        let named = request.query_string().split('&').any(|pair| pair.starts_with("lang="));
        Self { lang: lang(), path: request.path().to_owned(), named }
    }

    /// The same page shown at another path: a form was sent to this one.
    pub fn at(self, path: String) -> Self {
        Self { path, ..self }
    }

    /// One of two texts: Danish, English.
    pub fn t<T>(&self, da: T, en: T) -> T {
        match self.lang {
            Lang::Da => da,
            Lang::En => en,
        }
    }

    pub fn say<'t>(&self, text: &'t Localized) -> &'t str {
        text.lang(self.lang)
    }

    /// An address of ours that keeps the language.
    pub fn to(&self, path: &str) -> String {
        if !self.named {
            return path.to_owned();
        }
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}lang={}", self.code())
    }

    /// This page in the other language: its code, its name, its address.
    pub fn other(&self) -> (&'static str, &'static str, String) {
        let (code, name) = self.t(("en", "English"), ("da", "Dansk"));
        (code, name, format!("{}?lang={code}", self.path))
    }

    pub fn code(&self) -> &'static str {
        self.t("da", "en")
    }
}

impl FromRequest for Locale {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}
