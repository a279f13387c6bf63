//! All that is kept of a citizen, to read and to print: what a caseworker hands over when the citizen asks for it. Whoever wants it as data
//! gets the same from the API.

use crate::{
    domain::values::{
        copenhagen::at,
        ids::CitizenId,
        in_words::{capital, day_in_words},
    },
    views::{
        citizens::CitizenView,
        course_summaries,
        extracts::{self, CitizenExtract},
        reads::ReadView,
    },
    web::{
        pages::{components::fact, course::course, error::PageError, frame::WebPage, locale::Locale, staff::signed_in::SignedIn},
        path::Id,
    },
};
use actix_web::{HttpResponse, http::StatusCode};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

/// Shows it.
///
/// # Errors
/// Not for this role; not found.
pub async fn extract_of_citizen(own: SignedIn, id: Option<Id<CitizenId>>) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    let read = own.read(move |conn, context| {
        Ok((course_summaries::of_citizen(conn, context, &id)?, extracts::of_citizen(conn, context, &id)?))
    });
    let (summary, extract) = read.await?;
    let locale = &own.locale;
    let course = course(locale, &summary);
    let title = locale.t(format!("Alt om {}", extract.citizen.name), format!("Everything about {}", extract.citizen.name));
    let body = html! {
        p { (locale.t(
            format!("Udskrift den {} af alt, hvad {} har om dig.", day(locale, extract.made_at), extract.municipality),
            format!("Printed on {}: all that {} keeps about you.", day(locale, extract.made_at), extract.municipality),
        )) }
        (record(locale, &extract.citizen))
        (course.body)
        (needs(locale, &extract))
        (words(locale, &extract))
        (plans(locale, &extract))
        (flags_and_letters(locale, &extract))
        (changed(locale, &extract))
        (looked(locale, &extract.reads))
    };
    let page = WebPage { case: course.case, ..WebPage::new(title, body) };
    Ok(own.framed(page).answer(locale, StatusCode::OK))
}

fn day(locale: &Locale, instant: DateTime<Utc>) -> String {
    locale.say(&day_in_words(at(instant).today)).to_owned()
}

fn record(locale: &Locale, own: &CitizenView) -> Markup {
    let numbers: Vec<&str> = std::iter::once(&own.cpr).chain(&own.former_numbers).map(String::as_str).collect();
    let reached = [own.email.as_deref(), own.phone.as_deref()].into_iter().flatten().collect::<Vec<_>>();
    let mentor = [own.mentor.as_deref(), own.mentor_email.as_deref(), own.mentor_phone.as_deref()];
    let mentor = mentor.into_iter().flatten().collect::<Vec<_>>();
    html! {
        h2 { (locale.t("Stamoplysninger", "Record")) }
        dl.facts {
            (fact(locale.t("Navn", "Name"), &[&own.name]))
            (fact(locale.t("CPR-nummer (vises forkortet)", "CPR number (shown in part)"), &numbers))
            @if !reached.is_empty() { (fact(locale.t("E-mail og telefon", "E-mail and telephone"), &reached)) }
            (fact(locale.t("Målgruppe", "Target group"), &[&own.target_group]))
            @if !mentor.is_empty() { (fact(locale.t("Mentor", "Mentor"), &mentor)) }
            @for own in &own.restrictions {
                (fact(locale.t("Oplysningerne må kun opbevares siden", "The data may only be kept since"), &[locale.say(&day_in_words(own.since)), &own.reasons]))
            }
            @if let Some(from) = own.erased_from {
                (fact(locale.t("Alt slettes fra", "Everything is erased from"), &[locale.say(&day_in_words(from))]))
            }
            @if let Some(employer) = &own.latest_employer { (fact(locale.t("Seneste arbejdsgiver (P-nummer)", "Latest employer (P-number)"), &[employer])) }
        }
    }
}

fn needs(locale: &Locale, extract: &CitizenExtract) -> Markup {
    html! {
        @if !extract.needs.is_empty() {
            h2 { (locale.t("Skånebehov", "Accommodation needs")) }
            ul { @for own in &extract.needs { li { (own.facts.kind) ": " (own.facts.function) } } }
        }
    }
}

/// What was said at follow-ups, and written through links.
fn words(locale: &Locale, extract: &CitizenExtract) -> Markup {
    let held = || extract.follow_ups.iter().filter_map(|own| Some((own, own.record.as_ref()?, own.held_on?)));
    html! {
        @if held().next().is_some() { h2 { (locale.t("Sagt ved opfølgninger", "Said at follow-ups")) } }
        @for (own, record, on) in held() {
            h3 { (locale.say(&day_in_words(on))) }
            @for (who, said) in [
                (locale.t("Borgeren", "The citizen"), &record.citizen_words),
                (locale.t("Virksomheden", "The company"), &record.company_words),
                (locale.t("Kollegerne", "The colleagues"), &record.colleagues),
            ] {
                @if let Some(said) = said { p.words { (who) ": " (said) } }
            }
            @for added in &own.addenda { p.words { (added.words) } }
        }
        @for own in extract.internships.iter().flat_map(|own| &own.hearings) {
            h3 { (locale.say(&day_in_words(own.recorded_on))) " – " (locale.t("Partshøring", "Hearing of the party")) }
            @for (who, said) in [
                (locale.t("Forelagt", "Put to the citizen"), &own.hearing.facts),
                (locale.t("Borgerens svar", "The citizen's answer"), &own.hearing.answer),
                (locale.t("Ikke hørt, fordi", "Not heard, because"), &own.hearing.not_needed),
            ] {
                @if let Some(said) = said { p.words { (who) ": " (said) } }
            }
        }
        @if !extract.written.is_empty() { h2 { (locale.t("Skrevet gennem links", "Written through links")) } }
        @for own in &extract.written {
            h3 { (locale.say(&day_in_words(own.on))) " – " (capital(locale.say(&own.party.label()))) }
            @for said in [&own.written.words, &own.written.colleagues].into_iter().flatten() { p.words { (said) } }
        }
    }
}

fn plans(locale: &Locale, extract: &CitizenExtract) -> Markup {
    html! {
        @if !extract.steps.is_empty() { h2 { (locale.t("Samtaler, skridt og ventetid", "Conversations, steps and waiting")) } }
        @for own in &extract.steps {
            h3 { (locale.say(&day_in_words(own.expected_on))) " – " (capital(locale.say(&own.kind.label()))) }
            p.words { (own.words) }
            @if let Some(result) = &own.result { p.words { (result) } }
        }
        @if !extract.corrections.is_empty() { h2 { (locale.t("Rettelser", "Corrections")) } }
        @for own in &extract.corrections {
            h3 { (locale.say(&day_in_words(own.on))) " – " (capital(locale.say(&own.what.label()))) }
            @if let Some(reasons) = &own.reasons { p.words { (reasons) } }
        }
    }
}

fn flags_and_letters(locale: &Locale, extract: &CitizenExtract) -> Markup {
    html! {
        @if !extract.flags.is_empty() { h2 { (locale.t("Advarsler i forløbet", "Flags in the course")) } }
        @for own in &extract.flags {
            h3 { (locale.say(&day_in_words(own.flag.raised_on))) " – " (locale.say(&own.what)) }
            p { (locale.say(&own.why)) }
        }
        @if !extract.letters.is_empty() { h2 { (locale.t("Breve i sagen", "Letters of the case")) } }
        @for own in &extract.letters {
            h3 { (locale.say(&day_in_words(own.line.queued_on))) " – " (own.line.subject.as_deref().unwrap_or_default()) }
            p.quiet { (own.line.recipient.as_deref().unwrap_or_default()) }
            p.words { (own.plain.as_deref().unwrap_or_default()) }
        }
    }
}

fn changed(locale: &Locale, extract: &CitizenExtract) -> Markup {
    html! {
        @if !extract.changes.is_empty() {
            h2 { (locale.t("Hvem har ændret noget?", "Who has changed something?")) }
            ul {
                @for own in &extract.changes {
                    li {
                        (day(locale, own.at)) ": " (own.name.as_deref().unwrap_or_default()) " – " (locale.say(&own.what_in_words))
                        ", " (locale.say(&own.relation_in_words))
                        @if let Some(reason) = &own.reason { ": " (reason) }
                    }
                }
            }
        }
    }
}

/// What was seen on one day by one reader stands in one line.
fn looked(locale: &Locale, reads: &[ReadView]) -> Markup {
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for own in reads {
        let who = own.name.clone().unwrap_or_else(|| capital(locale.say(&own.via_in_words)));
        for shown in &own.shown {
            let reason = shown.reason.as_ref().map(|reason| format!(" (»{reason}«)")).unwrap_or_default();
            let reader = format!("{}: {who}, {}{reason}", day(locale, own.at), locale.say(&shown.relation_in_words));
            let what = locale.say(&shown.what_in_words);
            match told.iter_mut().find(|(other, _)| *other == reader) {
                Some((_, seen)) if seen.contains(&what) => {}
                Some((_, seen)) => seen.push(what),
                None => told.push((reader, vec![what])),
            }
        }
    }
    html! {
        h2 { (locale.t("Hvem har set noget?", "Who has looked?")) }
        ul { @for (reader, seen) in &told { li { (reader) " – " (seen.join(", ")) } } }
    }
}
