//! What the employee representative states before the start: whether the conditions of the law are met at the workplace (L15). The
//! citizen is not named.

use crate::{
    domain::values::{
        in_words::{capital, day_in_words},
        localized::Localized,
    },
    views::links::StatementAskedView,
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

pub(super) const FORM: &str = "statement";

pub(super) fn page(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> WebPage {
    let place = &facts.agreement.workplace;
    let title =
        locale.t(format!("Erklæring om en virksomhedspraktik hos {place}"), format!("A statement on an internship at {place}"));
    let body = html! {
        (outcome.notice(locale))
        @if let Some(asked) = &facts.view.statement {
            (standing(locale, asked, outcome))
            h2 { (locale.t("Hvad drejer det sig om?", "What is it about?")) }
            dl.facts {
                @for part in &facts.agreement.parts {
                    @let said: Vec<String> = lines(locale, &part.lines).into_iter().map(capital).collect();
                    (fact(locale.say(&part.label), &said.iter().map(String::as_str).collect::<Vec<_>>()))
                }
            }
            h2 { (locale.t("Lovens betingelser", "The conditions of the law")) }
            (conditions(locale, &asked.conditions))
            (form(locale, facts, outcome))
        }
    };
    facts.framed(locale, title, &body)
}

fn standing(locale: &Locale, asked: &StatementAskedView, outcome: &Pressed) -> Markup {
    let (name, role) = (&asked.name, asked.given_by.label());
    let Some(given) = &asked.given else {
        return notice(
            Tone::Plain,
            html! {
                p {
                    (locale.t(
                        format!("{name}, du bliver spurgt som {}. Praktikken begynder ikke, før du har svaret.", role.da),
                        format!("{name}, you are asked as {}. The internship does not begin before you have answered.", role.en),
                    ))
                }
            },
        );
    };
    let day = day_in_words(given.on);
    let thanks =
        if outcome.done == Some(LinkDone::Stated) { locale.t("Tak for svaret. ", "Thank you for the answer. ") } else { "" };
    let (met, not) = (
        locale.t(
            format!("Du svarede den {}, at betingelserne er opfyldt.", day.da),
            format!("You answered on {} that the conditions are met.", day.en),
        ),
        locale.t(
            format!("Du svarede den {}, at betingelserne ikke er opfyldt.", day.da),
            format!("You answered on {} that the conditions are not met.", day.en),
        ),
    );
    notice(
        Tone::Good,
        html! {
            p { (thanks) (if given.conditions_met { met } else { not }) }
            @if let Some(words) = &given.remark { p.words { "»" (words.as_str()) "«" } }
            p { (locale.t("Har noget ændret sig, så svar igen, før praktikken begynder.", "If something has changed, answer again before the internship begins.")) }
        },
    )
}

pub(super) fn conditions(locale: &Locale, of: &[Localized]) -> Markup {
    html! { ul { @for condition in of { li { (locale.say(condition)) } } } }
}

/// Whether they are met, and what is not.
pub(super) fn statement_fields(locale: &Locale, field: &FormField) -> Markup {
    html! {
        (field.yes_or_no("conditions_met", locale.t("Er betingelserne opfyldt?", "Are the conditions met?")))
        (field.prose(
            "remark",
            locale.t("Hvad er ikke opfyldt?", "What is not met?"),
            Some(locale.t("Skriv det med egne ord. Er alt opfyldt, kan feltet stå tomt.", "Write it in your own words. If all is met, leave this empty.")),
        ))
    }
}

fn form(locale: &Locale, facts: &LinkFacts, outcome: &Pressed) -> Markup {
    let typed = outcome.typed(FORM);
    let field = FormField { locale, typed: &typed, faults: outcome.faults(FORM), form: FORM };
    html! {
        h2 { (locale.t("Dit svar", "Your answer")) }
        form method="post" action=(facts.action(locale, "statement")) {
            (statement_fields(locale, &field))
            button type="submit" { (locale.t("Send svar", "Send answer")) }
        }
    }
}
