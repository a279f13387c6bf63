//! A flag with its evidence: why it stands, what to do, and the two answers that need no more than this page: *I have seen to it*, and
//! *let it rest*. A person decides; the page says what the rule compared.

use crate::{
    actions::flags::handling,
    domain::{
        people::access::{Permission, may},
        rules::flags::Level,
        values::{
            ids::FlagId,
            in_words::{capital, day_in_words},
        },
    },
    views::{
        Representation,
        flags::{self, FlagView},
    },
    web::{
        pages::{
            components::{Tone, fact, notice},
            error::PageError,
            form::FormBody,
            frame::WebPage,
            locale::Locale,
            staff::{
                forms::{FormPath, PageForms, Sent, send},
                signed_in::SignedIn,
            },
        },
        path::Id,
    },
};
use actix_web::HttpResponse;
use maud::{Markup, html};

/// The page's forms, by the paths that they are sent to.
const ACKNOWLEDGE: FormPath = FormPath { things: "/flags", name: "acknowledgement" };
const SNOOZE: FormPath = FormPath { things: "/flags", name: "snooze" };

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn flag(own: SignedIn, id: Option<Id<FlagId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    show(&own, id, Sent::default()).await
}

/// *I have seen to it.*
///
/// # Errors
/// As [`flag`].
pub async fn acknowledge(own: SignedIn, id: Option<Id<FlagId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, ACKNOWLEDGE, body, handling::acknowledge, show).await
}

/// *Let it rest until then.*
///
/// # Errors
/// As [`flag`].
pub async fn snooze(own: SignedIn, id: Option<Id<FlagId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, SNOOZE, body, handling::snooze, show).await
}

async fn show(own: &SignedIn, id: FlagId, sent: Sent) -> Result<HttpResponse, PageError> {
    let shown = own.read(move |conn, context| flags::one(conn, context, &id)).await?;
    Ok(own.framed(page(own, &shown, &sent)).answer(&own.locale, sent.status()))
}

fn page(own: &SignedIn, shown: &Representation<FlagView>, sent: &Sent) -> WebPage {
    let (locale, view) = (&own.locale, &shown.body);
    let level = view.flag.level.label();
    let title = format!("{}: {}", capital(locale.say(&level)), view.case_name);
    let body = html! {
        (sent.notice(locale))
        (standing(locale, view))
        p { strong { (locale.say(&view.what)) } }
        p { (locale.say(&view.why)) }
        h2 { (locale.t("Næste skridt", "Next step")) }
        p { (locale.say(&view.now)) }
        @if let Some(internship) = view.flag.subject.strip_prefix("internship:") {
            p { a href=(locale.to(&format!("/internships/{internship}"))) { (locale.t("Se praktikken", "See the internship")) } }
        }
        h2 { (locale.t("Det har reglen set på", "What the rule looked at")) }
        dl.facts {
            @for figure in &view.evidence { (fact(locale.say(&figure.what), &[figure.value(locale.lang)])) }
            (fact(locale.t("Hviler på", "Rests on"), &[&view.flag.reference]))
        }
        @if view.flag.gone.is_none() { (answers(own, shown, sent)) }
        (history(locale, view))
        p.quiet { (view.case_reference) " · " (view.flag.rule) }
    };
    WebPage::new(title, body)
}

fn standing(locale: &Locale, view: &FlagView) -> Markup {
    let until = view.flag.snoozed_until.map(day_in_words);
    html! {
        @if let Some(day) = view.flag.gone_on.map(day_in_words) {
            (notice(Tone::Good, html! {
                p { (locale.t(format!("Flaget står ikke længere. Det lukkede den {}.", day.da), format!("The flag no longer stands. It closed on {}.", day.en))) }
            }))
        } @else if view.flag.acknowledged_level.is_some_and(|level| level >= view.flag.level) {
            (notice(Tone::Plain, html! {
                p { (locale.t("Flaget er kvitteret. Det siger til igen, hvis det stiger.", "The flag is acknowledged. It speaks up again if it rises.")) }
            }))
        } @else if let Some(day) = until {
            (notice(Tone::Plain, html! {
                p { (locale.t(format!("Flaget er udsat til og med den {}.", day.da), format!("The flag rests until {}, that day included.", day.en))) }
            }))
        }
    }
}

/// The two forms; of an alarm only a team leader answers.
fn answers(own: &SignedIn, shown: &Representation<FlagView>, sent: &Sent) -> Markup {
    let (locale, view) = (&own.locale, &shown.body);
    if view.flag.level == Level::Alarm && !may(own.session.account.role, Permission::Lead) {
        return html! {
            p.quiet { (locale.t("En alarm kan kun teamlederen kvittere for eller udsætte.", "Only the team leader can acknowledge or postpone an alarm.")) }
        };
    }
    let forms = PageForms { own, sent, revision: shown.revision };
    html! {
        h2 { (locale.t("Dit svar", "Your answer")) }
        (forms.folded(ACKNOWLEDGE, locale.t("Jeg har taget hånd om det", "I have seen to it"), &[], |field| html! {
            (field.prose("reason", locale.t("Hvad er der gjort eller aftalt?", "What has been done or agreed?"), None))
            button type="submit" { (locale.t("Kvittér", "Acknowledge")) }
        }))
        (forms.folded(SNOOZE, locale.t("Lad det hvile til en dag", "Let it rest until a day"), &[], |field| html! {
            (field.line("date", "until", locale.t("Til og med", "Until, that day included"), None))
            (field.prose("reason", locale.t("Hvorfor?", "Why?"), None))
            button.second type="submit" { (locale.t("Udsæt", "Let it rest")) }
        }))
    }
}

fn history(locale: &Locale, view: &FlagView) -> Markup {
    html! {
        h2 { (locale.t("Hvad er der sket?", "What has happened?")) }
        ul {
            @for event in &view.history {
                li {
                    (locale.say(&day_in_words(event.on))) ": " (locale.say(&event.what_in_words))
                    @if let Some(name) = &event.by_name { ", " (name) }
                    @if let Some(reason) = &event.reason { br; span.words { "»" (reason) "«" } }
                }
            }
        }
        @if !view.told.is_empty() {
            h3 { (locale.t("Hvem har fået besked?", "Who was told?")) }
            ul {
                @for told in &view.told {
                    li { (locale.say(&day_in_words(told.on))) ": " (locale.say(&told.audience_in_words)) @if let Some(name) = &told.name { ", " (name) } }
                }
            }
        }
    }
}
