//! To the company's contact: will you hire (S7)? A reminder before the date, the question on it, and the question again after it.
//! Three buttons, an answer each; each opens the page on which the answer is given.

use crate::{
    domain::{
        internships::internship::AnswerKind,
        rules::flags::Audience,
        values::{
            in_words::day_in_words,
            localized::{Localized, localized},
        },
    },
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, LINK, Letter},
    },
};
use chrono::NaiveDate;

pub struct DecisionLetter<'a> {
    pub case: &'a CaseNames,
    pub decision_on: NaiveDate,
    pub today: NaiveDate,
}

pub fn decision(facts: &DecisionLetter) -> Letter {
    let date = day_in_words(facts.decision_on);
    let own = facts.case.internship(Audience::CompanyContact);
    let late = facts.today > facts.decision_on;
    let who = facts.case.citizen.clone();
    let subject = if late {
        localized(
            format!("Vi mangler jeres svar: kan I ansætte{}?", hire(&who).da),
            "We are waiting for your answer: can you hire?",
        )
    } else {
        localized(
            format!("Kan I ansætte{}? Svar senest {}", hire(&who).da, date.da),
            format!("Can you hire{}? Answer by {}", hire(&who).en, date.en),
        )
    };
    let what = if late {
        localized(
            format!("Vi mangler stadig jeres svar, som vi aftalte til den {}. Det handler om {}.", date.da, own.da),
            format!("We are still waiting for your answer, which we agreed on for {}. It is about {}.", date.en, own.en),
        )
    } else {
        localized(
            format!("Vi har aftalt, at I senest den {} svarer på, om I kan ansætte. Det handler om {}.", date.da, own.da),
            format!("We have agreed that you answer by {} whether you can hire. It is about {}.", date.en, own.en),
        )
    };
    let button = |kind: AnswerKind, da, en| Block::Button(localized(da, en), format!("{LINK}?answer={}", kind.code()));
    Letter {
        subject,
        blocks: vec![
            Block::Text(what),
            Block::Text(localized(
                "Et klart svar betyder mest for den, der er i praktik hos jer – også når svaret er nej. »Vi mangler ikke nogen« er et ærligt svar.",
                "A clear answer matters most to the person who is with you – also when it is no. \"We are not short of anyone\" is an honest answer.",
            )),
            button(AnswerKind::Hire, "Vi ansætter", "We hire"),
            button(AnswerKind::No, "Vi ansætter ikke", "We do not hire"),
            button(AnswerKind::MoreTime, "Vi har brug for mere tid", "We need more time"),
            Block::Note(localized(
                "Knapperne åbner en side, hvor I skriver svaret og sender det. Der sker ikke noget, før I trykker på Send svar.",
                "The buttons open a page on which you write the answer and send it. Nothing happens until you press Send answer.",
            )),
        ],
    }
}

fn hire(who: &Option<String>) -> Localized {
    who.as_ref().map_or_else(Localized::default, |name| localized(format!(" {name}"), format!(" {name}")))
}
