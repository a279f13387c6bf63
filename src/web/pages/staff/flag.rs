//! A flag with its evidence: why it stands, what to do, and the two answers that need no more than this page: *I have seen to it*, and
//! *let it rest*. A person decides; the page says what the rule compared.

use crate::{
    actions::{
        ActionError,
        flags::handling::{self, Acknowledgement, Snooze},
    },
    context::{Context, Seen},
    domain::{
        people::access::{Permission, may},
        rules::flags::Level,
        values::{
            ids::FlagId,
            in_words::{capital, day_in_words},
        },
    },
    store::Tx,
    views::{
        Representation,
        flags::{self, FlagView},
    },
    web::{
        pages::{
            components::{FormField, Tone, fact, notice},
            error::PageError,
            form::{FormBody, Typed},
            frame::{WebPage, see_other},
            locale::Locale,
            staff::signed_in::SignedIn,
        },
        path::Id,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use maud::{Markup, html};

/// What was sent with one of the two forms, where it has to be shown again.
#[derive(Default)]
struct Sent {
    typed: Typed,
    problem: Option<Problem>,
    form: &'static str,
}

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn flag(own: SignedIn, id: Option<Id<FlagId>>) -> Result<HttpResponse, PageError> {
    let id = known(&own, id)?;
    show(&own, id, Sent::default(), StatusCode::OK).await
}

/// *I have seen to it.*
///
/// # Errors
/// As [`flag`].
pub async fn acknowledge(own: SignedIn, id: Option<Id<FlagId>>, form: FormBody) -> Result<HttpResponse, PageError> {
    let (id, typed) = (known(&own, id)?, own.guarded(form.0)?);
    let (seen, rest) = revision(&typed);
    let read = rest.read::<Acknowledgement>();
    let done =
        write(&own, id.clone(), read, move |tx, context, id, body| handling::acknowledge(tx, context, seen, id, body)).await;
    answered(own, id, done, typed, "acknowledge").await
}

/// *Let it rest until then.*
///
/// # Errors
/// As [`flag`].
pub async fn snooze(own: SignedIn, id: Option<Id<FlagId>>, form: FormBody) -> Result<HttpResponse, PageError> {
    let (id, typed) = (known(&own, id)?, own.guarded(form.0)?);
    let (seen, rest) = revision(&typed);
    let read = rest.read::<Snooze>();
    let done = write(&own, id.clone(), read, move |tx, context, id, body| handling::snooze(tx, context, seen, id, body)).await;
    answered(own, id, done, typed, "snooze").await
}

fn known(own: &SignedIn, id: Option<Id<FlagId>>) -> Result<FlagId, PageError> {
    id.map(|id| id.0).ok_or_else(|| PageError::new(&own.locale, Problem::new(ProblemKind::NotFound)))
}

/// The revision that the form was shown with, and the rest of the form.
fn revision(typed: &Typed) -> (Seen, Typed) {
    let mut rest = typed.clone();
    let seen = rest.take("revision").and_then(|text| text.parse().ok()).unwrap_or_default();
    (Seen::Revision(seen), rest)
}

async fn write<B: Send + 'static>(
    own: &SignedIn,
    id: FlagId,
    body: Result<B, Problem>,
    act: impl Fn(&mut Tx, &Context, &FlagId, &B) -> Result<(), ActionError> + Send + 'static,
) -> Result<(), Problem> {
    let body = body?;
    let (services, account, at) = (own.app.services.clone(), own.session.account.clone(), own.at);
    let done = own.app.db.write(move |tx| act(tx, &Context::of(&services, &account, at), &id, &body)).await;
    done.map_err(Problem::from)
}

async fn answered(
    own: SignedIn,
    id: FlagId,
    done: Result<(), Problem>,
    typed: Typed,
    form: &'static str,
) -> Result<HttpResponse, PageError> {
    let path = format!("/flags/{id}");
    match done {
        Ok(()) => Ok(see_other(&own.locale, &path)),
        Err(problem) if matches!(problem.kind, ProblemKind::InvalidFields | ProblemKind::Stale | ProblemKind::Conflict) => {
            let own = own.at(path);
            let status = problem.kind.status();
            show(&own, id, Sent { typed, problem: Some(problem), form }, status).await
        }
        Err(problem) => Err(PageError::new(&own.locale, problem)),
    }
}

async fn show(own: &SignedIn, id: FlagId, sent: Sent, status: StatusCode) -> Result<HttpResponse, PageError> {
    let shown = own.read(move |conn, context| flags::one(conn, context, &id)).await?;
    let page = own.framed(page(own, &shown, &sent));
    Ok(page.answer(&own.locale, status))
}

fn page(own: &SignedIn, shown: &Representation<FlagView>, sent: &Sent) -> WebPage {
    let (locale, view) = (&own.locale, &shown.body);
    let level = view.flag.level.label();
    let title = format!("{}: {}", capital(locale.say(&level)), view.case_name);
    let body = html! {
        (wrong(locale, sent))
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

fn wrong(locale: &Locale, sent: &Sent) -> Markup {
    let Some(problem) = &sent.problem else { return html! {} };
    let what = match &problem.detail {
        Some(detail) => locale.say(detail).to_owned(),
        None => locale.t("Se felterne herunder.", "See the fields below.").to_owned(),
    };
    notice(Tone::Bad, html! { p { (locale.t("Det blev ikke gemt. ", "It was not saved. ")) (what) } })
}

fn standing(locale: &Locale, view: &FlagView) -> Markup {
    let until = view.flag.snoozed_until.map(day_in_words);
    html! {
        @if let Some(day) = view.flag.gone_on.map(day_in_words) {
            (notice(Tone::Good, html! {
                p { (locale.t(format!("Flaget står ikke længere. Det lukkede den {}.", day.da), format!("The flag no longer stands. It closed on {}.", day.en))) }
            }))
        } @else if view.flag.acknowledged_level.is_some() {
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
    let field = |form: &'static str| FormField {
        locale,
        typed: &sent.typed,
        faults: sent.problem.as_ref().filter(|_| sent.form == form).and_then(|problem| problem.faults.as_deref()),
        form,
    };
    let hidden = html! { (own.guard()) input type="hidden" name="revision" value=(shown.revision.unwrap_or_default()); };
    let path = format!("/flags/{}", view.flag.id);
    html! {
        h2 { (locale.t("Dit svar", "Your answer")) }
        details open[sent.form == "acknowledge"] {
            summary { (locale.t("Jeg har taget hånd om det", "I have seen to it")) }
            form method="post" action=(locale.to(&format!("{path}/acknowledgement"))) {
                (hidden)
                (field("acknowledge").prose("reason", locale.t("Hvad er der gjort eller aftalt?", "What has been done or agreed?"), None))
                button type="submit" { (locale.t("Kvittér", "Acknowledge")) }
            }
        }
        details open[sent.form == "snooze"] {
            summary { (locale.t("Lad det hvile til en dag", "Let it rest until a day")) }
            form method="post" action=(locale.to(&format!("{path}/snooze"))) {
                (hidden)
                (field("snooze").line("date", "until", locale.t("Til og med", "Until, that day included"), None))
                (field("snooze").prose("reason", locale.t("Hvorfor?", "Why?"), None))
                button.second type="submit" { (locale.t("Udsæt", "Let it rest")) }
            }
        }
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
