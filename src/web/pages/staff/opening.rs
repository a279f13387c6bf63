//! An opening that expires: what it offers, whom to ask whether it still stands; to renew it, and to close it.

use crate::{
    actions::companies::openings,
    domain::{
        people::access::{Permission, may},
        values::{
            ids::OpeningId,
            in_words::{capital, day_in_words},
            vocabulary::{TermKind, label_of},
        },
    },
    views::{
        Representation,
        named::{self, NamedOpening},
        openings::OpeningView,
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
const RENEW: FormPath = FormPath { things: "/openings", name: "renewal" };
const CLOSE: FormPath = FormPath { things: "/openings", name: "closure" };

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn opening(own: SignedIn, id: Option<Id<OpeningId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    show(&own, id, Sent::default()).await
}

/// Lets it stand on.
///
/// # Errors
/// As [`opening`].
pub async fn renew_opening(own: SignedIn, id: Option<Id<OpeningId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, RENEW, body, openings::renew, show).await
}

/// It is no longer there.
///
/// # Errors
/// As [`opening`].
pub async fn close_opening(own: SignedIn, id: Option<Id<OpeningId>>, body: FormBody) -> Result<HttpResponse, PageError> {
    send(own, id, CLOSE, body, openings::close, show).await
}

async fn show(own: &SignedIn, id: OpeningId, sent: Sent) -> Result<HttpResponse, PageError> {
    let shown = own.read(move |conn, context| named::opening(conn, context, &id)).await?;
    Ok(own.framed(page(own, &shown, &sent)).answer(&own.locale, sent.status()))
}

fn page(own: &SignedIn, shown: &Representation<NamedOpening>, sent: &Sent) -> WebPage {
    let (locale, named) = (&own.locale, &shown.body);
    let view = &named.opening;
    let occupation = label_of(TermKind::Occupation, &view.occupation);
    let body = html! {
        (sent.notice(locale))
        (standing(locale, view))
        dl.facts {
            (fact(locale.t("Hvad", "What"), &[&capital(locale.say(&occupation)), &capital(locale.say(&view.kind.label()))]))
            (fact(locale.t("Fra", "From"), &[locale.say(&day_in_words(view.from))]))
            (fact(locale.t("Pladser", "Places"), &[&view.places.to_string()]))
            @if let Some(contact) = &named.contact { (fact(locale.t("Spørg", "Ask"), &[contact])) }
            @if let Some(words) = &view.words { (fact(locale.t("Med egne ord", "In own words"), &[words])) }
            (fact(locale.t("P-nummer", "P-number"), &[&named.p_number]))
        }
        @if view.closed_on.is_none() { (forms(own, shown, sent)) }
    };
    let title = locale.t(format!("Jobåbning hos {}", named.workplace), format!("Opening at {}", named.workplace));
    WebPage::new(title, body)
}

fn standing(locale: &Locale, view: &OpeningView) -> Markup {
    let expires = day_in_words(view.expires_on);
    let (tone, text) = if let Some(day) = view.closed_on.map(day_in_words) {
        let reason = view.close_reason.as_deref().unwrap_or_default();
        let text = locale.t(
            format!("Åbningen blev lukket den {}: »{reason}«", day.da),
            format!("The opening was closed on {}: »{reason}«", day.en),
        );
        (Tone::Plain, text)
    } else if view.in_force {
        let text = locale.t(
            format!("Åbningen gælder til og med den {}.", expires.da),
            format!("The opening stands until {}, that day included.", expires.en),
        );
        (Tone::Plain, text)
    } else {
        let text = locale.t(
            format!("Åbningen udløb den {}. Den vises ikke længere for nogen.", expires.da),
            format!("The opening expired on {}. It is no longer shown to anybody.", expires.en),
        );
        (Tone::Warn, text)
    };
    notice(tone, html! { p { (text) } })
}

fn forms(own: &SignedIn, shown: &Representation<NamedOpening>, sent: &Sent) -> Markup {
    let locale = &own.locale;
    if !may(own.session.account.role, Permission::KeepCompanies) {
        return html! {
            p.quiet { (locale.t("En virksomhedskonsulent eller teamlederen kan forny eller lukke åbningen.", "An employer liaison or the team leader can renew or close the opening.")) }
        };
    }
    let forms = PageForms { own, sent, revision: shown.revision };
    html! {
        h2 { (locale.t("Gælder tilbuddet stadig?", "Does the offer still stand?")) }
        p { (locale.t("Spørg virksomheden. Forny så åbningen, eller luk den.", "Ask the company. Then renew the opening, or close it.")) }
        (forms.folded(RENEW, locale.t("Ja, forny åbningen", "Yes, renew the opening"), &[("expires_on", shown.body.renewed_until.to_string())], |field| html! {
            (field.line("date", "expires_on", locale.t("Gælder til og med", "Stands until, that day included"), None))
            button type="submit" { (locale.t("Forny", "Renew")) }
        }))
        (forms.folded(CLOSE, locale.t("Nej, luk åbningen", "No, close the opening"), &[], |field| html! {
            (field.line("text", "reason", locale.t("Hvorfor?", "Why?"), Some(locale.t("For eksempel: Stillingen er besat.", "For instance: The job is taken."))))
            button.second type="submit" { (locale.t("Luk", "Close")) }
        }))
    }
}
