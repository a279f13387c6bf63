//! A citizen's course on one page, made to be printed: with the case number at its head, and without what leads on.

use crate::{
    domain::values::in_words::{capital, day_in_words},
    views::{
        agreements::OwnCourse,
        course_summaries::{CourseSummary, SummaryInternship},
    },
    web::pages::{
        components::{fact, whom_to_call},
        frame::WebPage,
        locale::Locale,
    },
};
use maud::{Markup, html};

/// The page of a summary.
pub fn course(locale: &Locale, summary: &CourseSummary) -> WebPage {
    let title = locale.t(format!("Forløb: {}", summary.citizen), format!("Course: {}", summary.citizen));
    let body = html! {
        (goals_and_story(locale, &summary.own))
        @if !summary.internships.is_empty() { h2 { (locale.t("Praktikker", "Internships")) } }
        @for own in &summary.internships { (internship(locale, own)) }
        @if !summary.outcomes.is_empty() {
            h2 { (locale.t("Job og uddannelse", "Jobs and education")) }
            ul {
                @for own in &summary.outcomes {
                    @let (from, until) = (day_in_words(own.first_day), own.ended_on.map(day_in_words));
                    li {
                        (capital(locale.say(&own.what)))
                        @if let Some(employer) = &own.employer { (locale.t(" hos ", " at ")) (employer) }
                        (locale.t(" fra den ", " from ")) (locale.say(&from))
                        @if let Some(until) = &until { (locale.t(" til den ", " to ")) (locale.say(until)) }
                    }
                }
            }
        }
        (who_and_what_next(locale, &summary.own))
        @if let Some(who) = &summary.responsible {
            h2 { (locale.t("Jobkonsulent", "Consultant")) }
            (whom_to_call(locale, &who.name, who.phone.as_deref(), &who.email))
        }
        p.quiet { (summary.reference) }
    };
    WebPage {
        municipality: Some(summary.municipality.clone()),
        case: Some(summary.reference.clone()),
        ..WebPage::new(title, body)
    }
}

/// The citizen's goals and story, as they stand.
pub fn goals_and_story(locale: &Locale, own: &OwnCourse) -> Markup {
    html! {
        h2 { (locale.t("Mål og historie", "Goals and story")) }
        @if own.goals.is_empty() && own.story.is_empty() {
            p { (locale.t("Der er ikke skrevet noget endnu.", "Nothing has been written yet.")) }
        }
        @if !own.goals.is_empty() {
            ul { @for goal in &own.goals { li.words { (goal) } } }
        }
        @for entry in &own.story {
            h3 { (locale.say(&day_in_words(entry.on))) " – " (locale.say(&entry.kind.label())) }
            p.words { (entry.words) }
        }
    }
}

/// What is waited for, and who has looked after the case.
pub fn who_and_what_next(locale: &Locale, own: &OwnCourse) -> Markup {
    html! {
        @if !own.awaited.is_empty() {
            h2 { (locale.t("Det venter vi på", "What we are waiting for")) }
            ul {
                @for awaited in &own.awaited {
                    @let day = day_in_words(awaited.expected_on);
                    li { (awaited.words.as_str()) " – " (locale.t(format!("ventes den {}", day.da), format!("expected on {}", day.en))) }
                }
            }
        }
        @if !own.former_consultants.is_empty() {
            h2 { (locale.t("Hvem har haft sagen før?", "Who has looked after the case before?")) }
            ul {
                @for former in &own.former_consultants {
                    @let day = day_in_words(former.until);
                    li { (former.name) " – " (locale.t(format!("til den {}", day.da), format!("until {}", day.en))) }
                }
            }
        }
    }
}

fn internship(locale: &Locale, own: &SummaryInternship) -> Markup {
    let (first, last) = (day_in_words(own.period.first), day_in_words(own.period.last));
    let days = locale.t(format!("{} til {}", first.da, last.da), format!("{} to {}", first.en, last.en));
    let held: Vec<String> = own.followed_up.iter().map(|day| locale.say(&day_in_words(*day)).to_owned()).collect();
    let answers: Vec<String> = own
        .answers
        .iter()
        .map(|answer| format!("{}: {}", locale.say(&day_in_words(answer.on)), locale.say(&answer.answer.label())))
        .collect();
    let ended = own.ended.as_ref().map(|ended| {
        let (day, how) = (day_in_words(ended.last_day), ended.how.label());
        locale.t(format!("{}, {}", day.da, how.da), format!("{}, {}", day.en, how.en))
    });
    html! {
        h3 { (own.workplace) }
        dl.facts {
            (fact(locale.t("Type", "Type"), &[&capital(locale.say(&own.kind.label()))]))
            (fact(locale.t("Periode", "Period"), &[&days]))
            (fact(locale.t("Status", "Status"), &[&capital(locale.say(&own.state.label()))]))
            @if !held.is_empty() { (fact(locale.t("Opfølgninger", "Follow-ups"), &held.iter().map(String::as_str).collect::<Vec<_>>())) }
            @if !answers.is_empty() {
                (fact(locale.t("Virksomhedens svar", "The company's answer"), &answers.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            @if let Some(ended) = &ended { (fact(locale.t("Slut", "Ended"), &[ended])) }
            @if let Some(step) = &own.next_step { (fact(locale.t("Næste skridt", "Next step"), &[step])) }
        }
    }
}
