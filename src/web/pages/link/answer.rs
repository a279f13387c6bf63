//! The company's answer to the question whether it hires (S7): *we hire* (from when, how many hours), *we do not*, or *we need more time,
//! because …*. *We are not short of anyone* is an honest answer.

use crate::{
    domain::{
        internships::internship::{Answer, AnswerKind},
        values::in_words::{capital, day_in_words, hours_in_words},
    },
    web::pages::{
        components::{FormField, Tone, fact, lines, notice},
        frame::WebPage,
        link::{
            facts::LinkFacts,
            outcome::{LinkDone, Pressed},
        },
        locale::Locale,
    },
};
use maud::{Markup, html};

pub(super) const FORM: &str = "answer";

pub(super) fn page(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> WebPage {
    let who = &facts.agreement.citizen;
    let title = locale.t(format!("Kan I ansætte {who}?"), format!("Can you hire {who}?"));
    let body = html! {
        (outcome.notice(locale))
        (standing(locale, facts, outcome))
        dl.facts {
            @for part in facts.agreement.parts.iter().filter(|part| part.part.is_of_the_stay()) {
                @let said: Vec<String> = lines(locale, &part.lines).into_iter().map(capital).collect();
                (fact(locale.say(&part.label), &said.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
        (form(locale, facts, outcome))
    };
    facts.framed(locale, title, &body)
}

fn standing(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> Markup {
    if let Some(last) = facts.view.answers.last() {
        let day = day_in_words(last.on);
        let thanks = if outcome.done == Some(LinkDone::Answered) {
            locale.t("Tak for svaret. ", "Thank you for the answer. ")
        } else {
            ""
        };
        return notice(
            Tone::Good,
            html! {
                p {
                    (thanks)
                    (locale.t(format!("I svarede den {}: ", day.da), format!("You answered on {}: ", day.en)))
                    (said(locale, last)) "."
                }
                p { (locale.t("Er der kommet noget nyt, så send et nyt svar.", "If something has changed, send another answer.")) }
            },
        );
    }
    let Some(day) = facts.view.decision_on.map(day_in_words) else { return html! {} };
    notice(
        Tone::Plain,
        html! {
            p {
                (locale.t(
                    format!("Vi har aftalt, at I svarer senest den {}. Et klart svar betyder mest – også når det er nej.", day.da),
                    format!("We have agreed that you answer by {}. A clear answer matters most – also when it is no.", day.en),
                ))
            }
        },
    )
}

/// The answer with what was said with it.
fn said(locale: &Locale, answer: &Answer) -> String {
    let label = answer.answer.label();
    let from = answer.first_day.map(day_in_words);
    let from = from.map(|day| locale.t(format!(" fra den {}", day.da), format!(" from {}", day.en))).unwrap_or_default();
    let hours = answer.weekly_hours.map(hours_in_words);
    let hours = hours.map(|hours| format!(", {}", locale.say(&hours))).unwrap_or_default();
    format!("{}{from}{hours}", locale.say(&label))
}

fn form(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(FORM);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(FORM), form: FORM };
    let chosen = |kind: AnswerKind| {
        typed.has("answer", kind.code()) || typed.is_empty() && outcome.preselected.as_deref() == Some(kind.code())
    };
    let of = |kind: AnswerKind, da, en| (kind.code(), locale.t(da, en), chosen(kind));
    let answers = [
        of(AnswerKind::Hire, "Vi ansætter", "We hire"),
        of(AnswerKind::No, "Vi ansætter ikke", "We do not hire"),
        of(AnswerKind::MoreTime, "Vi har brug for mere tid", "We need more time"),
    ];
    html! {
        form method="post" action=(facts.action(locale, "answer")) {
            (field.choices("radio", "answer", locale.t("Jeres svar", "Your answer"), &answers))
            (field.line("date", "first_day", locale.t("Hvis I ansætter: fra hvilken dag?", "If you hire: from which day?"), None))
            (field.line("number", "weekly_hours", locale.t("Hvis I ansætter: hvor mange timer om ugen?", "If you hire: how many hours a week?"), None))
            (field.prose(
                "words",
                locale.t("Med jeres egne ord", "In your own words"),
                Some(locale.t(
                    "Skriv hvorfor, hvis I har brug for mere tid. Ellers kan feltet stå tomt. »Vi mangler ikke nogen« er et ærligt svar.",
                    "Write why if you need more time. Otherwise this may be left empty. \"We are not short of anyone\" is an honest answer.",
                )),
            ))
            button type="submit" { (locale.t("Send svar", "Send answer")) }
        }
    }
}
