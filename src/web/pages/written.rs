//! What somebody wrote before a follow-up, or of a job, as it is read: to the one who wrote it, and to those who may see citizens.

use crate::{
    domain::{
        internships::questions::{Question, Written},
        values::{
            ids::AccommodationId,
            in_words::{capital, day_in_words},
        },
    },
    views::written::WrittenThere,
    web::pages::{components::fact, locale::Locale},
};
use maud::{Markup, html};

/// What was written, each with who wrote it and when.
pub fn written_there(locale: &Locale, there: &WrittenThere) -> Markup {
    html! {
        @if !there.written.is_empty() { h2 { (locale.t("Skrevet på forhånd", "Written beforehand")) } }
        @for own in there.written.iter().rev() {
            h3 { (capital(locale.say(&own.party.label()))) ", " (locale.say(&day_in_words(own.on))) }
            (in_words(locale, &own.written, &there.functions))
        }
    }
}

/// Each question that was answered, with the answer. An accommodation is named by its function.
pub fn in_words(locale: &Locale, written: &Written, functions: &[(AccommodationId, String)]) -> Markup {
    html! {
        dl.facts {
            @for question in written.answered() {
                @let answer = answer(locale, question, written, functions);
                (fact(&capital(locale.say(&question.label())), &answer.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
    }
}

fn answer(locale: &Locale, question: Question, written: &Written, functions: &[(AccommodationId, String)]) -> Vec<String> {
    let yes = |said: bool| locale.t(if said { "ja" } else { "nej" }, if said { "yes" } else { "no" });
    let function = |id: &AccommodationId| {
        let own = functions.iter().find(|(own, _)| own == id).map(|(_, function)| function.as_str());
        own.unwrap_or_else(|| locale.t("et tidligere hensyn", "a former accommodation"))
    };
    match question {
        Question::Holds => written.holds.map(yes).map(Into::into).into_iter().collect(),
        Question::ContactPersonThere => written.contact_person_there.map(yes).map(Into::into).into_iter().collect(),
        Question::Words => written.words.iter().map(ToString::to_string).collect(),
        Question::Colleagues => written.colleagues.iter().map(ToString::to_string).collect(),
        Question::Belonging => written.belonging.iter().map(|mark| mark.get().to_string()).collect(),
        Question::Heard => written.heard.iter().map(|mark| mark.get().to_string()).collect(),
        Question::Belief => written.belief.iter().map(|mark| mark.get().to_string()).collect(),
        Question::Skills => {
            written.skills.iter().flatten().map(|own| format!("{}: {}", own.skill.as_str(), own.now.get())).collect()
        }
        Question::Answers => {
            written.answers.iter().flatten().map(|own| format!("{} {}", own.question.as_str(), own.answer.as_str())).collect()
        }
        Question::Demands => {
            written.demands.iter().flatten().map(|own| format!("{}: {}", own.demand.as_str(), yes(own.met))).collect()
        }
        Question::Accommodations => written
            .accommodations
            .iter()
            .flatten()
            .map(|own| {
                let note = own.note.as_ref().map_or_else(String::new, |note| format!(" – {}", note.as_str()));
                format!("{}: {}{note}", function(&own.accommodation), yes(own.kept))
            })
            .collect(),
    }
}
