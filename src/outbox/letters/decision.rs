//! To the company's contact: will you hire (S7)? A reminder before the date, the question on it, and the question again after it.

use crate::{
    domain::values::{day::danish, localized::localized},
    outbox::letters::letter::{Block, LINK, Letter},
};
use chrono::NaiveDate;

pub struct DecisionLetter<'a> {
    pub reference: &'a str,
    pub decision_on: NaiveDate,
    pub today: NaiveDate,
}

pub fn decision(facts: &DecisionLetter) -> Letter {
    let (date, reference) = (facts.decision_on, facts.reference);
    let late = (facts.today - date).num_days();
    let what = match late {
        1.. => localized(
            format!("I skulle have svaret den {}, om I ansætter. Svaret er {late} dage forsinket.", danish(date)),
            format!("You were to answer on {date} whether you hire. The answer is {late} days late."),
        ),
        0 => localized("I dag er dagen, hvor I svarer, om I ansætter.", "Today is the day on which you answer whether you hire."),
        _ => localized(
            format!("Senest den {} svarer I, om I ansætter.", danish(date)),
            format!("By {date} you answer whether you hire."),
        ),
    };
    let subject = if late > 0 {
        localized(
            format!("Vi mangler jeres svar om ansættelse ({reference})"),
            format!("We miss your answer on hiring ({reference})"),
        )
    } else {
        localized(
            format!("Ansætter I? Svar senest {} ({reference})", danish(date)),
            format!("Do you hire? Answer by {date} ({reference})"),
        )
    };
    Letter {
        subject,
        blocks: vec![
            Block::Text(what),
            Block::Text(localized(
                "Et klart svar er det vigtigste for den, der er i praktik hos jer – også når svaret er nej.",
                "A clear answer matters most to the person who is with you – also when it is no.",
            )),
            Block::List(vec![
                localized("Vi ansætter", "We hire"),
                localized("Vi ansætter ikke", "We do not hire"),
                localized("Vi beder om mere tid, fordi …", "We ask for more time, because …"),
            ]),
            Block::Button(localized("Giv jeres svar", "Give your answer"), LINK.into()),
        ],
    }
}
