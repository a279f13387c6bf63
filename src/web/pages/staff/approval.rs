//! What a team leader is asked to approve (S1, S5): for whom, why, and how it has gone so far; and the answer. Whoever asks never answers.

use crate::{
    actions::internships::approvals,
    domain::{
        internships::{
            alignment::Cause,
            approval::{ApprovalOf, may_answer},
        },
        people::access::{Permission, may},
        rules::flags::Audience,
        values::{ids::ApprovalRequestId, in_words::day_in_words},
    },
    views::{
        Representation,
        internships::{self, InternshipView},
        named::{self, NamedApproval},
        records::ShareView,
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

/// The page's form, by the path that it is sent to.
const ANSWER: FormPath = FormPath { things: "/approvals", name: "answer" };

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn approval(own: SignedIn, id: Option<Id<ApprovalRequestId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    show(&own, id, Sent::default()).await
}

/// Grants or refuses it.
///
/// # Errors
/// As [`approval`].
pub async fn answer_approval(
    own: SignedIn,
    id: Option<Id<ApprovalRequestId>>,
    body: FormBody,
) -> Result<HttpResponse, PageError> {
    send(own, id, ANSWER, body, approvals::answer, show).await
}

async fn show(own: &SignedIn, id: ApprovalRequestId, sent: Sent) -> Result<HttpResponse, PageError> {
    let (shown, internship) = own
        .read(move |conn, context| {
            let shown = named::approval(conn, context, &id)?;
            let internship = internships::one(conn, context, &shown.body.request.internship)?.body;
            Ok((shown, internship))
        })
        .await?;
    Ok(own.framed(page(own, &shown, &internship, &sent)).answer(&own.locale, sent.status()))
}

fn page(own: &SignedIn, shown: &Representation<NamedApproval>, internship: &InternshipView, sent: &Sent) -> WebPage {
    let (locale, view) = (&own.locale, &shown.body);
    let request = &view.request;
    let asked_on = day_in_words(request.asked_on);
    let body = html! {
        (sent.notice(locale))
        (standing(own, view, internship))
        p { strong { (asked(locale, view)) } }
        h2 { (locale.t("Hvorfor?", "Why?")) }
        p.words { (request.reasons) }
        p.quiet {
            (locale.t(format!("{}, den {}", view.asked_by, asked_on.da), format!("{}, on {}", view.asked_by, asked_on.en)))
        }
        h2 { (locale.t("Sådan er det gået indtil nu", "How it has gone so far")) }
        (course(locale, view, internship))
        p { a href=(locale.to(&format!("/internships/{}", request.internship))) { (locale.t("Se praktikken", "See the internship")) } }
        @if is_asked(own, view, internship) { (form(own, shown, sent)) }
    };
    let what = request.what.label();
    let title = locale
        .t(format!("Godkendelse: {} – {}", what.da, view.case.short()), format!("Approval: {} – {}", what.en, view.case.short()));
    WebPage::new(title, body)
}

/// What it is about, in one sentence.
fn asked(locale: &Locale, view: &NamedApproval) -> String {
    let (who, day) = (&view.asked_by, day_in_words(view.request.day));
    let own = view.case.internship(Audience::TeamLeader);
    match view.request.what {
        ApprovalOf::Extension => locale.t(
            format!("{who} vil forlænge {} til og med den {}.", own.da, day.da),
            format!("{who} wants to extend {} until {}, that day included.", own.en, day.en),
        ),
        ApprovalOf::EarlyStart => locale.t(
            format!("{who} vil registrere, at {} begyndte den {}, før alt var aftalt.", own.da, day.da),
            format!("{who} wants to record that {} began on {}, before everything was agreed.", own.en, day.en),
        ),
    }
}

/// Over or cancelled: an answer would change nothing.
fn is_closed(internship: &InternshipView) -> bool {
    internship.ended.is_some() || internship.cancelled_on.is_some() || internship.in_error_on.is_some()
}

/// Whether whoever reads it is to answer.
fn is_asked(own: &SignedIn, view: &NamedApproval, internship: &InternshipView) -> bool {
    let account = &own.session.account;
    let waits = view.request.answered_on.is_none() && !is_closed(internship);
    waits && may(account.role, Permission::Lead) && may_answer(&view.request.asked_by, &account.id)
}

/// The answer, or who is to give it.
fn standing(own: &SignedIn, view: &NamedApproval, internship: &InternshipView) -> Markup {
    let (locale, request) = (&own.locale, &view.request);
    if let Some(on) = request.answered_on.map(day_in_words) {
        let granted = request.granted == Some(true);
        let (da, en) = if granted { ("Godkendt", "Approved") } else { ("Ikke godkendt", "Not approved") };
        let by = view.answered_by.as_deref().unwrap_or_default();
        let said = locale.t(format!("{da} af {by} den {}.", on.da), format!("{en} by {by} on {}.", on.en));
        return notice(
            if granted { Tone::Good } else { Tone::Warn },
            html! {
                p { strong { (said) } }
                @if let Some(words) = &request.answer { p.words { "»" (words) "«" } }
            },
        );
    }
    let text = if is_closed(internship) {
        locale.t(
            "Praktikken er slut eller aflyst. Der skal ikke svares mere.",
            "The internship is over or cancelled. No answer is needed any more.",
        )
    } else if is_asked(own, view, internship) {
        locale.t("Din godkendelse mangler. Svar nederst på siden.", "Your approval is needed. Answer at the end of the page.")
    } else if request.asked_by == own.session.account.id {
        locale.t(
            "Du har spurgt. En teamleder skal svare; du får besked.",
            "You have asked. A team leader is to answer; you will be told.",
        )
    } else {
        locale.t("Venter på svar fra en teamleder.", "Waits for a team leader to answer.")
    };
    notice(Tone::Plain, html! { p { (text) } })
}

/// The figures that an answer rests on.
fn course(locale: &Locale, view: &NamedApproval, internship: &InternshipView) -> Markup {
    let began = internship.started_on.map(day_in_words);
    let extended = |version: &&internships::VersionView| version.cause == Cause::Extension && version.in_force_since.is_some();
    let extensions = internship.versions.iter().filter(extended).count();
    let ShareView { hired, ended, .. } = &internship.company_record.share_hired;
    let hired = match ended {
        0 => locale.t("Ingen praktik er slut endnu", "No internship has ended yet").to_owned(),
        _ => locale.t(format!("{hired} af {ended}"), format!("{hired} of {ended}")),
    };
    html! {
        dl.facts {
            (fact(locale.t("Begyndt", "Began"), &[began.as_ref().map_or(locale.t("Ikke endnu", "Not yet"), |day| locale.say(day))]))
            (fact(locale.t("Slutter efter aftalen", "Ends as agreed"), &[locale.say(&day_in_words(internship.last_day))]))
            (fact(locale.t("Forlænget før", "Extended before"), &[&times(locale, extensions)]))
            (fact(locale.t("Opfølgninger holdt", "Follow-ups held"), &[&view.held.to_string()]))
            @if let Some(day) = internship.decision_on.map(day_in_words) {
                (fact(locale.t("Virksomheden svarer om ansættelse", "The company answers about a job"), &[locale.say(&day)]))
            }
            (fact(locale.t("Ansat efter praktik her", "Hired after internships here"), &[&hired]))
        }
    }
}

fn times(locale: &Locale, count: usize) -> String {
    match count {
        0 => locale.t("Nej", "No").to_owned(),
        1 => locale.t("1 gang", "Once").to_owned(),
        _ => locale.t(format!("{count} gange"), format!("{count} times")),
    }
}

/// One text, and a button for each answer: there is nothing to choose first.
fn form(own: &SignedIn, shown: &Representation<NamedApproval>, sent: &Sent) -> Markup {
    let locale = &own.locale;
    let forms = PageForms { own, sent, revision: shown.revision };
    html! {
        h2 { (locale.t("Dit svar", "Your answer")) }
        (forms.form(ANSWER, &[], |field| html! {
            (field.prose("reasons", locale.t("Din begrundelse", "Your reasons"), Some(locale.t("Den, der har spurgt, kan læse den.", "Whoever asked can read them."))))
            div.buttons {
                button type="submit" name="granted:bool" value="true" { (locale.t("Godkend", "Approve")) }
                button.second type="submit" name="granted:bool" value="false" { (locale.t("Godkend ikke", "Do not approve")) }
            }
        }))
    }
}
