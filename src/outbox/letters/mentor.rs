//! To the citizen's mentor: what is agreed now, or that it is called off (S21). No need, no reason, no decision: those are the citizen's to
//! tell.

use crate::{
    domain::{
        rules::flags::Audience,
        values::{
            in_words::{capital, day_in_words},
            localized::{Localized, localized},
        },
    },
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, LINK, Letter},
    },
};
use chrono::NaiveDate;

/// What the mentor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentorNews {
    /// All three have agreed: to a first agreement, or to another one.
    Agreed {
        is_first: bool,
    },
    Cancelled,
}

/// A letter about what is agreed.
pub struct MentorLetter<'a> {
    pub case: &'a CaseNames,
    pub name: &'a str,
    pub is_first: bool,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// The last day on which the link works.
    pub works_until: NaiveDate,
}

pub fn mentor_told(facts: &MentorLetter) -> Letter {
    let own = facts.case.internship(Audience::Mentor);
    let (first, last, until) = (day_in_words(facts.first), day_in_words(facts.last), day_in_words(facts.works_until));
    let (subject, what) = if facts.is_first {
        (
            localized(format!("{} er aftalt", capital(&own.da)), format!("{} is agreed", capital(&own.en))),
            localized(
                format!("{} er aftalt fra den {} til og med den {}.", capital(&own.da), first.da, last.da),
                format!("{} is agreed from {} to {}.", capital(&own.en), first.en, last.en),
            ),
        )
    } else {
        (
            localized(format!("Ændret: {}", own.da), format!("Changed: {}", own.en)),
            localized(
                format!("Aftalen om {} er ændret. Praktikken går nu fra den {} til og med den {}.", own.da, first.da, last.da),
                format!("The agreement on {} has changed. It now goes from {} to {}.", own.en, first.en, last.en),
            ),
        )
    };
    let blocks = vec![
        Block::Text(localized(format!("Kære {}.", facts.name), format!("Dear {}.", facts.name))),
        Block::Text(what),
        Block::Text(localized(
            "Du får besked, fordi du er mentor. På siden kan du se, hvad der er aftalt, og hvornår vi mødes.",
            "We write to you because you are the mentor. On the page you can see what is agreed, and when we meet.",
        )),
        Block::Button(localized("Se, hvad der er aftalt", "See what is agreed"), LINK.into()),
        Block::Note(localized(
            format!(
                "Linket er kun til dig og virker til og med den {}. Er du ikke mentor længere, så svar på denne mail.",
                until.da
            ),
            format!(
                "The link is for you only and works until {}, that day included. If you are no longer the mentor, answer this letter.",
                until.en
            ),
        )),
    ];
    Letter { subject, blocks }
}

pub fn mentor_cancelled(case: &CaseNames, name: &str) -> Letter {
    let own = case.internship(Audience::Mentor);
    let what: Localized = localized(
        format!("Kære {name}. {} er aflyst og begynder ikke.", capital(&own.da)),
        format!("Dear {name}. {} is cancelled and does not begin.", capital(&own.en)),
    );
    Letter {
        subject: localized(format!("Aflyst: {}", own.da), format!("Cancelled: {}", own.en)),
        blocks: vec![
            Block::Text(what),
            Block::Text(localized(
                "Har du spørgsmål, så ring eller svar på denne mail.",
                "If you have questions, call or answer this letter.",
            )),
        ],
    }
}
