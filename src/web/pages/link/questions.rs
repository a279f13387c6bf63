//! What citizen or company is asked before a follow-up (S3, S4, S14–S16), or of a job (S19), and what they wrote already. Nothing has to
//! be answered; what is sent is added to what was written before.

use crate::{
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose, questions::Question},
        values::{
            ids::AccommodationId,
            in_words::{day_in_words, moment_in_words},
            localized::{Localized, localized},
        },
    },
    views::links::QuestionsAboutView,
    web::pages::{
        components::{FormField, Tone, notice},
        frame::WebPage,
        link::{
            facts::LinkFacts,
            outcome::{LinkDone, Pressed},
        },
        locale::Locale,
        written::in_words,
    },
};
use maud::{Markup, html};

pub(super) const FORM: &str = "questions";

pub(super) fn page(locale: &Locale, facts: &LinkFacts, asked: &QuestionsAboutView, outcome: &Pressed) -> WebPage {
    let (is_company, who, place) = (facts.view.party == Party::Company, &facts.agreement.citizen, &facts.agreement.workplace);
    let title = match (facts.view.purpose, is_company) {
        (LinkPurpose::Retention, true) => {
            locale.t(format!("Hvordan går det med {who} i jobbet?"), format!("How is {who} doing in the job?"))
        }
        (LinkPurpose::Retention, false) => locale.t("Hvordan går det i dit job?".into(), "How is your job going?".into()),
        (_, true) => locale.t(format!("Hvordan går det med {who}?"), format!("How is {who} doing?")),
        (_, false) => locale.t(format!("Hvordan går det hos {place}?"), format!("How is it going at {place}?")),
    };
    let written = &facts.view.written;
    let functions: Vec<(AccommodationId, String)> =
        facts.view.accommodations.iter().map(|item| (item.id.clone(), item.function.clone())).collect();
    let body = html! {
        (outcome.notice(locale))
        @if outcome.done == Some(LinkDone::Written) {
            (notice(Tone::Good, html! {
                p { (locale.t("Tak. Jobkonsulenten læser det, før I taler sammen.", "Thank you. The consultant reads it before you talk.")) }
            }))
        } @else {
            (notice(Tone::Plain, html! { p { (locale.say(&about(asked))) } }))
        }
        @if written.is_empty() || outcome.form.is_some() {
            (form(locale, facts, outcome))
        } @else {
            @for own in written {
                @let day = day_in_words(own.on);
                @let you = if is_company { "I" } else { "du" };
                h2 { (locale.t(format!("Det skrev {you} den {}", day.da), format!("What you wrote on {}", day.en))) }
                (in_words(locale, &own.written, &functions))
            }
            details {
                summary { (locale.t("Skriv noget mere", "Write something more")) }
                (form(locale, facts, outcome))
            }
        }
    };
    facts.framed(locale, title, &body)
}

fn about(asked: &QuestionsAboutView) -> Localized {
    let day = day_in_words(asked.on);
    let voluntary = localized(
        "Svar på det, du vil. Kun kommunen læser svaret.",
        "Answer what you want to. Only the municipality reads the answer.",
    );
    let what = match asked.weeks {
        Some(weeks) => localized(
            format!("Jobbet begyndte den {}. Det er nu {weeks} uger siden.", day.da),
            format!("The job began on {}, {weeks} weeks ago.", day.en),
        ),
        None => {
            let when = moment_in_words(asked.on, asked.at.as_ref());
            let place = asked.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
            localized(format!("Vi taler sammen den {}{place}.", when.da), format!("We talk on {}{place}.", when.en))
        }
    };
    localized(format!("{} {}", what.da, voluntary.da), format!("{} {}", what.en, voluntary.en))
}

fn form(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(FORM);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(FORM), form: FORM };
    html! {
        form method="post" action=(facts.action(locale, "words")) {
            @for asked in &facts.view.questions {
                @let text = locale.say(&asked.text);
                @let name = asked.question.code();
                @match asked.question {
                    Question::Holds | Question::ContactPersonThere => { (field.yes_or_no(name, text)) }
                    Question::Words | Question::Colleagues => { (field.prose(name, text, None)) }
                    Question::Belonging | Question::Heard | Question::Belief => { (field.mark(name, text)) }
                    Question::Skills => { h3 { (text) } @for item in &asked.items { (field.mark(&format!("skills[skill={item}].now"), item)) } }
                    Question::Answers => { h3 { (text) } @for item in &asked.items { (field.prose(&format!("answers[question={item}].answer"), item, None)) } }
                    Question::Demands => { h3 { (text) } @for item in &asked.items { (field.yes_or_no(&format!("demands[demand={item}].met"), item)) } }
                    Question::Accommodations => {
                        h3 { (text) }
                        @for item in &facts.view.accommodations {
                            (field.yes_or_no(&format!("accommodations[accommodation={}].kept", item.id), &item.function))
                        }
                    }
                }
            }
            button type="submit" { (locale.t("Send", "Send")) }
        }
    }
}
