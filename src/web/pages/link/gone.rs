//! What a link shows that no longer works: nothing about anybody, and the way to a new one.

use crate::{
    domain::internships::link_purpose::LinkPurpose,
    views::links::LinkView,
    web::pages::{
        components::{Tone, notice},
        frame::WebPage,
        link::outcome::{LinkDone, Pressed},
        locale::Locale,
    },
};
use maud::html;

pub(super) fn page(locale: &Locale, token: &str, view: &LinkView, outcome: &Pressed) -> WebPage {
    if view.over {
        let body = html! {
            p {
                @match view.purpose {
                    LinkPurpose::Alignment | LinkPurpose::Decision | LinkPurpose::Mentor => {
                        (locale.t(
                            "Praktikken er slut eller aflyst, så der skal ikke svares på noget.",
                            "The internship is over or cancelled, so nothing is to be answered.",
                        ))
                    }
                    LinkPurpose::Statement => {
                        (locale.t(
                            "Praktikken er begyndt eller slut, så der skal ikke svares på noget.",
                            "The internship has begun or is over, so nothing is to be answered.",
                        ))
                    }
                    LinkPurpose::FollowUp => {
                        (locale.t(
                            "Vi har talt sammen om det, eller også skal samtalen ikke holdes. Du behøver ikke at skrive mere.",
                            "We have talked about it, or the talk is not to be held. You need not write any more.",
                        ))
                    }
                    LinkPurpose::Retention => {
                        (locale.t("Vi har allerede hørt om jobbet. Du behøver ikke at skrive mere.", "We have heard about the job already. You need not write any more."))
                    }
                }
                " "
                (locale.t(
                    "Har du spørgsmål, så ring til den, der står i brevet.",
                    "If you have questions, call whoever is named in the letter.",
                ))
            }
        };
        return WebPage::new(locale.t("Der skal ikke svares mere", "No answer is needed any more"), body);
    }
    if !view.expired {
        // It works, and what it shows waits for the citizen's word.
        let body = html! {
            p {
                (locale.t(
                    "Der bliver talt med borgeren om aftalen. I får besked, når den er klar til jer. Har I spørgsmål, så ring til den, der står i brevet.",
                    "The agreement is being talked over with the citizen. You are told when it is ready for you. If you have questions, call whoever is named in the letter.",
                ))
            }
        };
        return WebPage::new(locale.t("Aftalen er ved at blive ændret", "The agreement is being changed"), body);
    }
    let body = html! {
        (outcome.notice(locale))
        @if outcome.done == Some(LinkDone::Renewed) {
            (notice(Tone::Good, html! {
                p {
                    (locale.t(
                        "Vi sender et nyt link til den e-mailadresse, vi har. Det kan tage nogle minutter. Kommer det ikke, så ring til den, der står i brevet.",
                        "We are sending a new link to the e-mail address that we have. It can take some minutes. If it does not come, call whoever is named in the letter.",
                    ))
                }
            }))
        } @else if outcome.problem.is_none() {
            p {
                (locale.t(
                    "Linket er for gammelt, eller der er sendt et nyere. Det er for at passe på dine oplysninger. Tryk her for at få et nyt.",
                    "The link is too old, or a newer one has been sent. That is to protect your information. Press here to get a new one.",
                ))
            }
            form method="post" action=(locale.to(&format!("/l/{token}/renewal"))) {
                button type="submit" { (locale.t("Send mig et nyt link", "Send me a new link")) }
            }
        }
    };
    WebPage::new(locale.t("Linket virker ikke længere", "The link no longer works"), body)
}
