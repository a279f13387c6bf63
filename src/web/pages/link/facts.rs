//! What every page of a working link is made from, and what stands around it: whose it is, whom to call, and the case.

use crate::{
    domain::internships::alignment::Party,
    views::{agreements::AgreementView, links::LinkView},
    web::pages::{components::whom_to_call, frame::WebPage, locale::Locale},
};
use maud::{Markup, html};

/// See the module.
pub(super) struct LinkFacts<'a> {
    pub(super) token: &'a str,
    pub(super) view: &'a LinkView,
    pub(super) agreement: &'a AgreementView,
}

impl LinkFacts<'_> {
    pub(super) fn is_company(&self) -> bool {
        self.view.party == Party::Company
    }

    /// Where a form is sent.
    pub(super) fn action(&self, locale: &Locale, what: &str) -> String {
        locale.to(&format!("/l/{}/{what}", self.token))
    }

    /// The page, with whom to call or write to below it.
    pub(super) fn framed(&self, locale: &Locale, title: String, body: &Markup) -> WebPage {
        let body = html! {
            (body)
            @if let Some(who) = &self.agreement.responsible {
                h2 { (locale.t("Spørgsmål? Ring eller skriv", "Questions? Call or write")) }
                (whom_to_call(locale, &who.name, who.phone.as_deref(), &who.email))
            }
            @if let Some(reference) = &self.view.reference { p.quiet { (reference) } }
        };
        let case = self.view.reference.clone();
        WebPage { municipality: Some(self.agreement.municipality.clone()), case, ..WebPage::new(title, body) }
    }
}
