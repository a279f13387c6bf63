//! An internship for those who work here: what is agreed, who has said what, what is missing, what the company answered. Made to be
//! printed, too.

use crate::{
    domain::{
        internships::alignment::{Party, Via},
        people::access::Permission,
        values::{
            ids::InternshipId,
            in_words::{capital, day_in_words, genitive, hours_in_words},
            text::Prose,
        },
    },
    views::{
        agreements::{self, AgreementView},
        internships::{self, InternshipView},
        named::{self, WaitingThere},
        written::{self, WrittenThere},
    },
    web::{
        pages::{
            components::{Tone, fact, lines, notice},
            error::PageError,
            frame::WebPage,
            locale::Locale,
            staff::{follow_up_line::follow_up_line, signed_in::SignedIn},
            written::written_there,
        },
        path::Id,
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use chrono::NaiveDate;
use maud::{Markup, html};

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn internship(own: SignedIn, id: Option<Id<InternshipId>>) -> Result<HttpResponse, PageError> {
    let locale = &own.locale;
    let id = own.known(id)?;
    let (agreement, view, waiting, written) = own
        .read(move |conn, context| {
            let agreement = agreements::of_internship(conn, context, &id)?;
            let written = if context.may(Permission::SeeCitizens) {
                written::of_internship(conn, context, &id)?
            } else {
                WrittenThere::default()
            };
            Ok((agreement, internships::one(conn, context, &id)?.body, named::waiting_at(conn, context, &id)?, written))
        })
        .await?;
    let name = genitive(&agreement.citizen);
    let title = locale.t(
        format!("{} praktik hos {}", name.da, agreement.workplace),
        format!("{} internship at {}", name.en, agreement.workplace),
    );
    let body = html! {
        p { strong { (capital(locale.say(&view.state.label()))) } }
        (waits(locale, &waiting))
        (missing(locale, &view))
        (terms(locale, &agreement))
        (words(locale, &view))
        (company(locale, &agreement, &view))
        (statements(locale, &view))
        (written_there(locale, &written))
        @if let Some(decision) = &agreement.decision {
            h2 { (locale.t("Afgørelse", "Decision")) }
            p.words { (decision.reasons.as_str()) }
            p.words { (decision.complaint_guidance.as_str()) }
            p.quiet { (locale.say(&day_in_words(decision.on))) ", " (decision.by) }
        }
        p.quiet { (locale.t("Sag ", "Case ")) (view.reference) }
    };
    let page = WebPage { case: Some(view.reference.clone()), ..WebPage::new(title, body) };
    Ok(own.framed(page).answer(locale, StatusCode::OK))
}

/// What representative and employer stated, and how it was given.
fn statements(locale: &Locale, view: &InternshipView) -> Markup {
    html! {
        @if let Some(own) = &view.statement {
            h2 { (locale.t("De ansattes repræsentant", "The employees' representative")) }
            p {
                @if let Some(name) = &own.name { (name.as_str()) ", " }
                (locale.say(&own.given_by.label())) ": "
                (stated(locale, own.conditions_met, (own.on, own.via), own.remark.as_ref(), own.overruled.as_ref()))
            }
        }
        @if let Some(own) = &view.employer_statement {
            h2 { (locale.t("Virksomhedens erklæring", "The employer's statement")) }
            p {
                @if let Some(name) = &own.given_by { (name) ": " }
                (stated(locale, own.conditions_met, (own.on, Some(own.via)), own.remark.as_ref(), own.overruled.as_ref()))
            }
        }
    }
}

fn stated(
    locale: &Locale,
    met: bool,
    (on, via): (NaiveDate, Option<Via>),
    remark: Option<&Prose>,
    overruled: Option<&Prose>,
) -> Markup {
    let (day, via) = (day_in_words(on), via.map(|via| via.label()));
    html! {
        @if met {
            (locale.t("betingelserne er opfyldt", "the conditions are met"))
        } @else {
            (locale.t("betingelserne er ikke opfyldt", "the conditions are not met"))
        }
        " (" (locale.say(&day)) @if let Some(via) = &via { ", " (locale.say(via)) } ")"
        @if let Some(words) = remark { br; span.words { "»" (words.as_str()) "«" } }
        @if let Some(reasons) = overruled {
            br; (locale.t("Teamlederen lader den begynde alligevel: ", "The team leader lets it begin all the same: ")) span.words { (reasons.as_str()) }
        }
    }
}

/// What leads on from here.
fn waits(locale: &Locale, waiting: &WaitingThere) -> Markup {
    html! {
        @for request in &waiting.approvals {
            @let what = request.what.label();
            (notice(Tone::Warn, html! {
                p {
                    a href=(locale.to(&format!("/approvals/{}", request.id))) {
                        (locale.t(format!("Venter på godkendelse: {}", what.da), format!("Waits for approval: {}", what.en)))
                    }
                }
            }))
        }
        @if !waiting.follow_ups.is_empty() {
            h2 { (locale.t("De næste opfølgninger", "The next follow-ups")) }
            ul { @for own in &waiting.follow_ups { li { (follow_up_line(locale, own)) } } }
        }
    }
}

fn missing(locale: &Locale, view: &InternshipView) -> Markup {
    html! {
        @if !view.missing.is_empty() {
            h2 { (locale.t("Det mangler, før den kan begynde", "What is missing before it can start")) }
            ul {
                @for lack in &view.missing {
                    li { (capital(locale.say(&lack.what.label()))) " – " (locale.say(&lack.from)) }
                }
            }
        }
    }
}

fn terms(locale: &Locale, agreement: &AgreementView) -> Markup {
    html! {
        h2 { (locale.t("Aftalen", "The agreement")) }
        dl.facts {
            @for part in &agreement.parts {
                div {
                    dt { (locale.say(&part.label)) @if part.new { " " mark { (locale.t("Nyt", "New")) } } }
                    @for line in lines(locale, &part.lines) { dd { (capital(line)) } }
                    @if part.new && !part.before.is_empty() {
                        dd.was { (locale.t("Før: ", "Before: ")) (lines(locale, &part.before).join("; ")) }
                    }
                }
            }
            @if let Some(contact) = &agreement.contact { (fact(locale.t("Kontaktperson", "Contact person"), &[contact])) }
            @if let Some(address) = &agreement.address { (fact(locale.t("Adresse", "Address"), &[address])) }
        }
        @if let Some(reason) = &agreement.reason {
            h3 { (locale.t("Begrundelse for forlængelsen", "Reasons for the extension")) }
            p.words { (reason.as_str()) }
        }
    }
}

/// What the parties have said to the newest version, and how.
fn words(locale: &Locale, view: &InternshipView) -> Markup {
    let newest = view.versions.last();
    html! {
        h2 { (locale.t("Svar på aftalen", "Words on the agreement")) }
        ul {
            @for own in newest.into_iter().flat_map(|newest| &newest.confirmations) {
                @let day = day_in_words(own.on);
                li {
                    (capital(locale.say(&own.party.label()))) " " (locale.t("har sagt ja den ", "agreed on ")) (locale.say(&day)) " – "
                    (locale.say(&own.via.label()))
                }
            }
            @for own in newest.into_iter().flat_map(|newest| &newest.objections).filter(|own| own.withdrawn_on.is_none()) {
                @let day = day_in_words(own.on);
                li {
                    (capital(locale.say(&own.party.label()))) ", " (locale.say(&day)) ": "
                    span.words { "»" (own.words) "«" }
                    @if let Some(via) = own.via { " – " (locale.say(&via.label())) }
                }
            }
            @for party in Party::ALL.iter().filter(|party| newest.is_some_and(|newest| newest.confirmations.iter().all(|own| own.party != **party))) {
                li { (locale.t("Vi venter på ", "We wait for ")) (locale.say(&party.label())) }
            }
        }
    }
}

fn company(locale: &Locale, agreement: &AgreementView, view: &InternshipView) -> Markup {
    html! {
        @if agreement.commitment.is_some() || !view.answers.is_empty() {
            h2 { (locale.t("Det har virksomheden sagt", "What the company has said")) }
        }
        @if let Some(commitment) = &agreement.commitment {
            @let from = day_in_words(commitment.latest_first_day);
            @let hours = hours_in_words(commitment.weekly_hours);
            p {
                (locale.t(
                    format!("Tilsagn: {}, {}, senest fra den {}.", commitment.position.as_str(), hours.da, from.da),
                    format!("Commitment: {}, {}, from {} at the latest.", commitment.position.as_str(), hours.en, from.en),
                ))
                br; (locale.t("Betingelse: ", "Condition: ")) (commitment.condition.as_str())
            }
        }
        @for answer in &view.answers {
            p {
                (locale.say(&day_in_words(answer.on))) ": " (locale.say(&answer.answer.label()))
                @if let Some(day) = answer.first_day.map(day_in_words) { (locale.t(" fra den ", " from ")) (locale.say(&day)) }
                @if let Some(hours) = answer.weekly_hours.map(hours_in_words) { ", " (locale.say(&hours)) }
                @if let Some(said) = &answer.words { br; span.words { "»" (said) "«" } }
            }
        }
    }
}
