//! The forms of a page about one thing: each is sent to a path below the page, runs one action, and leads back to the page. What does not
//! fit is said on the page, with what was typed.
//!
//! Promise: nothing is done without the session's guard, nor on what has changed since the form was shown.

use crate::{
    actions::{ActionError, people::scope::relations},
    context::{Context, Seen, Shown},
    domain::input::Field,
    store::Tx,
    web::{
        pages::{
            components::{FormField, Tone, notice},
            error::PageError,
            form::{FormBody, Typed},
            frame::see_other,
            locale::Locale,
            staff::signed_in::SignedIn,
        },
        path::Id,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use maud::{Markup, html};

/// Where a form is sent to: `{things}/{id}/{name}`.
#[derive(Clone, Copy)]
pub(super) struct FormPath {
    pub(super) things: &'static str,
    pub(super) name: &'static str,
}

/// What was sent with a form, where it has to be shown again.
#[derive(Default)]
pub(super) struct Sent {
    form: &'static str,
    typed: Typed,
    problem: Option<Problem>,
}

impl Sent {
    pub(super) fn status(&self) -> StatusCode {
        self.problem.as_ref().map_or(StatusCode::OK, |problem| problem.kind.status())
    }

    /// That it was not saved, and why.
    pub(super) fn notice(&self, locale: &Locale) -> Markup {
        let Some(problem) = &self.problem else { return html! {} };
        let what = match &problem.detail {
            // The page is there again already: who reads it need not fetch anything.
            _ if problem.kind == ProblemKind::Stale => locale.t(
                "En anden har ændret noget imens. Se, hvordan det står nu, og send igen, hvis det stadig passer.",
                "Somebody else has changed something meanwhile. See how it stands now, and send again if it still fits.",
            ),
            Some(detail) => locale.say(detail),
            None => locale.t("Se felterne herunder.", "See the fields below."),
        };
        notice(Tone::Bad, html! { p { (locale.t("Det blev ikke gemt. ", "It was not saved. ")) (what) } })
    }
}

/// An action on a thing that has changed no more than whoever acts has seen.
type Act<I, B> = fn(&mut Tx, &Context, Seen, &I, &B) -> Result<(), ActionError>;

/// Runs an action with what a form sent, and goes back to the page of the thing; shows it with what was sent where
/// that does not fit.
///
/// # Errors
/// Sent from elsewhere; what the action refuses for another reason than what was sent; what `show` says.
pub(super) async fn send<I, B>(
    own: SignedIn,
    id: Option<Id<I>>,
    form: FormPath,
    body: FormBody,
    act: Act<I, B>,
    show: impl AsyncFnOnce(&SignedIn, I, Sent) -> Result<HttpResponse, PageError>,
) -> Result<HttpResponse, PageError>
where
    I: Clone + std::fmt::Display + Send + 'static,
    B: Field + Send + 'static,
{
    let id = own.known(id)?;
    let own = own.at(format!("{}/{id}", form.things));
    let typed = own.guarded(body.0)?;
    match done(&own, id.clone(), typed.clone(), act).await {
        Ok(()) => Ok(see_other(&own.locale, &own.locale.path)),
        Err(problem) if matches!(problem.kind, ProblemKind::InvalidFields | ProblemKind::Stale | ProblemKind::Conflict) => {
            show(&own, id, Sent { form: form.name, typed, problem: Some(problem) }).await
        }
        Err(problem) => Err(PageError::new(&own.locale, problem)),
    }
}

async fn done<I, B>(own: &SignedIn, id: I, mut typed: Typed, act: Act<I, B>) -> Result<(), Problem>
where
    I: Send + 'static,
    B: Field + Send + 'static,
{
    let seen = Seen::Revision(typed.take("revision").and_then(|text| text.parse().ok()).unwrap_or_default());
    let body = typed.read::<B>()?;
    let (services, reader) = (own.app.services.clone(), own.reader());
    let done = move |tx: &mut Tx| {
        let (shown, context) = (Shown::default(), Context::of(&services, &reader.account, reader.at));
        tx.begin_journal();
        act(tx, &context.noting(&shown), seen, &id, &body)?;
        let of = relations(tx, &context, shown.take())?;
        Ok::<_, ActionError>(reader.note_change(tx, &services.keys, of)?)
    };
    Ok(own.app.db.write(done).await?)
}

/// The forms of a page as it is shown.
pub(super) struct PageForms<'a> {
    pub(super) own: &'a SignedIn,
    pub(super) sent: &'a Sent,
    /// Of what the page shows.
    pub(super) revision: Option<i32>,
}

impl PageForms<'_> {
    /// A form; `start` is what its fields hold before anybody has typed.
    pub(super) fn form(&self, form: FormPath, start: &[(&str, String)], fields: impl FnOnce(&FormField) -> Markup) -> Markup {
        let (own, sent) = (self.own, self.sent);
        let again = sent.form == form.name;
        let typed = if again { sent.typed.clone() } else { Typed::of(start) };
        let faults = sent.problem.as_ref().filter(|_| again).and_then(|problem| problem.faults.as_deref());
        let field = FormField { locale: &own.locale, typed: &typed, faults, form: form.name };
        html! {
            form method="post" action=(own.locale.to(&format!("{}/{}", own.locale.path, form.name))) {
                (own.guard())
                input type="hidden" name="revision" value=(self.revision.unwrap_or_default());
                (fields(&field))
            }
        }
    }

    /// The same, folded away under what it is for; open where it has to be looked at again.
    pub(super) fn folded(
        &self,
        form: FormPath,
        summary: &str,
        start: &[(&str, String)],
        fields: impl FnOnce(&FormField) -> Markup,
    ) -> Markup {
        html! {
            details open[self.sent.form == form.name] {
                summary { (summary) }
                (self.form(form, start, fields))
            }
        }
    }
}
