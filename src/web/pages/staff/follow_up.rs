//! A follow-up that is planned: when and where; to agree on time and place, to move it, to call it off. What is said at it belongs
//! elsewhere.

use crate::{
    actions::internships::follow_ups,
    domain::values::{
        day::At,
        ids::FollowUpId,
        in_words::{capital, day_in_words},
    },
    views::{
        Representation,
        named::{self, NamedFollowUp},
        written::{self, WrittenThere},
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
            written::written_there,
        },
        path::Id,
    },
};
use actix_web::HttpResponse;
use maud::{Markup, html};

/// The page's forms, by the paths that they are sent to.
const MOVE: FormPath = FormPath { things: "/follow-ups", name: "move" };
const CANCEL: FormPath = FormPath { things: "/follow-ups", name: "cancellation" };

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn follow_up(own: SignedIn, id: Option<Id<FollowUpId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    show(&own, id, Sent::default()).await
}

/// Moves it, or puts down what was agreed.
///
/// # Errors
/// As [`follow_up`].
pub async fn move_follow_up(own: SignedIn, id: Option<Id<FollowUpId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, MOVE, body, follow_ups::move_to, show).await
}

/// Calls it off.
///
/// # Errors
/// As [`follow_up`].
pub async fn cancel_follow_up(own: SignedIn, id: Option<Id<FollowUpId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, CANCEL, body, follow_ups::cancel, show).await
}

async fn show(own: &SignedIn, id: FollowUpId, sent: Sent) -> Result<HttpResponse, PageError> {
    let (shown, written) = own
        .read(move |conn, context| Ok((named::follow_up(conn, context, &id)?, written::of_follow_up(conn, context, &id)?)))
        .await?;
    Ok(own.framed(page(own, &shown, &written, &sent)).answer(&own.locale, sent.status()))
}

fn page(own: &SignedIn, shown: &Representation<NamedFollowUp>, written: &WrittenThere, sent: &Sent) -> WebPage {
    let (locale, view) = (&own.locale, &shown.body);
    let unsettled = locale.t("Ikke aftalt endnu", "Not agreed yet");
    let at = view.at.as_ref().map(|at| locale.t(format!("Kl. {}", at.as_str().replace(':', ".")), at.to_string()));
    let body = html! {
        (sent.notice(locale))
        (standing(locale, view, own.at))
        dl.facts {
            (fact(locale.t("Dag", "Day"), &[locale.say(&day_in_words(view.on))]))
            (fact(locale.t("Tid", "Time"), &[at.as_deref().unwrap_or(unsettled)]))
            (fact(locale.t("Sted", "Place"), &[view.place.as_deref().unwrap_or(unsettled)]))
            (fact(locale.t("Anledning", "Occasion"), &[&capital(locale.say(&view.kind.label()))]))
        }
        p { a href=(locale.to(&format!("/internships/{}", view.internship))) { (locale.t("Se praktikken", "See the internship")) } }
        (written_there(locale, written))
        @if view.is_open() { (forms(own, shown, sent)) }
    };
    WebPage::new(locale.t(format!("Opfølgning: {}", view.case), format!("Follow-up: {}", view.case)), body)
}

fn standing(locale: &Locale, view: &NamedFollowUp, at: At) -> Markup {
    let said = |tone, da: String, en: String| notice(tone, html! { p { (locale.t(da, en)) } });
    if view.in_error_on.is_some() {
        let text = (
            "Opfølgningen blev registreret ved en fejl. Den tæller ikke.",
            "The follow-up was registered in error. It does not count.",
        );
        return said(Tone::Plain, text.0.into(), text.1.into());
    }
    if let Some(day) = view.held_on.map(day_in_words) {
        return said(Tone::Good, format!("Holdt den {}.", day.da), format!("Held on {}.", day.en));
    }
    if let Some(day) = view.cancelled_on.map(day_in_words) {
        let reason = view.cancel_reason.as_deref().unwrap_or_default();
        return said(Tone::Plain, format!("Aflyst den {}: »{reason}«", day.da), format!("Called off on {}: »{reason}«", day.en));
    }
    if view.on < at.today {
        let text = (
            "Dagen er gået, og opfølgningen er ikke holdt. Aftal en ny dag.",
            "The day has passed, and the follow-up was not held. Agree on a new day.",
        );
        return said(Tone::Warn, text.0.into(), text.1.into());
    }
    html! {}
}

fn forms(own: &SignedIn, shown: &Representation<NamedFollowUp>, sent: &Sent) -> Markup {
    let (locale, view) = (&own.locale, &shown.body);
    let forms = PageForms { own, sent, revision: shown.revision };
    // A day that has passed would not be taken.
    let day = if view.on < own.at.today { String::new() } else { view.on.to_string() };
    let agreed = |has: bool| {
        has.then_some(locale.t("Lad feltet stå tomt, hvis det stadig gælder.", "Leave it empty if that still holds."))
    };
    html! {
        h2 { (locale.t("Hvad skal der ske?", "What is to happen?")) }
        (forms.folded(MOVE, locale.t("Aftal tid og sted, eller flyt den", "Agree on time and place, or move it"), &[("to", day)], |field| html! {
            (field.line("date", "to", locale.t("Hvilken dag?", "Which day?"), None))
            (field.line("time", "at", locale.t("Hvad tid?", "At what time?"), agreed(view.at.is_some())))
            (field.line("text", "place", locale.t("Hvor?", "Where?"), agreed(view.place.is_some())))
            button type="submit" { (locale.t("Gem", "Save")) }
        }))
        (forms.folded(CANCEL, locale.t("Aflys opfølgningen", "Call off the follow-up"), &[], |field| html! {
            (field.prose("reason", locale.t("Hvorfor?", "Why?"), None))
            button.second type="submit" { (locale.t("Aflys", "Call off")) }
        }))
    }
}
