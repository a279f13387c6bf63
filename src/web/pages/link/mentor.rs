//! What the citizen's mentor reads: what is agreed, where, and when people meet (S21). There is nothing to answer.

use crate::{
    domain::values::in_words::{capital, genitive, moment_in_words},
    web::pages::{
        components::{fact, lines},
        frame::WebPage,
        link::facts::LinkFacts,
        locale::Locale,
    },
};
use maud::html;

pub(super) fn page(locale: &Locale, facts: &LinkFacts) -> WebPage {
    let agreement = facts.agreement;
    let (own, place) = (genitive(&agreement.citizen), &agreement.workplace);
    let title = locale.t(format!("{} praktik hos {place}", own.da), format!("{} internship at {place}", own.en));
    let body = html! {
        p { (locale.t("Du kan læse det her, fordi du er mentor. Du skal ikke svare på noget.", "You can read this because you are the mentor. There is nothing to answer.")) }
        h2 { (locale.t("Det er aftalt", "What is agreed")) }
        dl.facts {
            @for part in &agreement.parts {
                @let said: Vec<String> = lines(locale, &part.lines).into_iter().map(capital).collect();
                (fact(locale.say(&part.label), &said.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
        h2 { (locale.t("Hvor og hos hvem", "Where and with whom")) }
        p {
            (place)
            @if let Some(address) = &agreement.address { br; (address) }
        }
        @if let Some(contact) = &agreement.contact { p { (locale.t("Spørg efter: ", "Ask for: ")) (contact) } }
        @if !facts.view.appointments.is_empty() {
            h2 { (locale.t("Her mødes vi", "When we meet")) }
            p { (locale.t("Tag gerne med, hvis I er enige om det.", "You are welcome to come along, if you two agree on it.")) }
            ul {
                @for own in &facts.view.appointments {
                    li {
                        (locale.say(&moment_in_words(own.on, own.at.as_ref()))) " – " (locale.say(&own.what.label()))
                        @if let Some(place) = &own.place { ", " (place) }
                        @if let Some(who) = &own.ask_for { ", " (locale.t("spørg efter ", "ask for ")) (who) }
                    }
                }
            }
        }
    };
    facts.framed(locale, title, &body)
}
