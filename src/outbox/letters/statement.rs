//! To the employee representative: are the conditions of the law met (L15)? And to the consultant: what they or the employer stated. The citizen is not
//! named to the representative.

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
        letter::{Block, HOME, LINK, Letter},
    },
};
use chrono::NaiveDate;

pub fn statement_asked(case: &CaseNames, name: &str, works_until: NaiveDate) -> Letter {
    let until = day_in_words(works_until);
    let at = case
        .workplace
        .as_ref()
        .map_or_else(Localized::default, |place| localized(format!(" hos {place}"), format!(" at {place}")));
    Letter {
        subject: localized(
            format!("Erklæring om en virksomhedspraktik{}", at.da),
            format!("A statement on an internship{}", at.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!(
                    "Kære {name}. Der skal være en virksomhedspraktik{}. Før den kan begynde, skal du som repræsentant for de ansatte erklære, om lovens betingelser er opfyldt.",
                    at.da
                ),
                format!(
                    "Dear {name}. There is to be an internship{}. Before it can begin, you as the employees' representative state whether the conditions of the law are met.",
                    at.en
                ),
            )),
            Block::Text(localized(
                "Det handler om arbejdspladsen: at ingen ansat mister sit arbejde eller sine timer, og at der ikke er for mange i praktik. Du kan læse betingelserne på siden og svare dér.",
                "It is about the workplace: that no employee loses work or hours, and that there are not too many interns. You can read the conditions on the page and answer there.",
            )),
            Block::Button(localized("Læs og svar", "Read and answer"), LINK.into()),
            Block::Note(localized(
                format!(
                    "Linket er kun til dig og virker til og med den {}. Der sker ikke noget, før der trykkes på en knap på siden.",
                    until.da
                ),
                format!(
                    "The link is for you only and works until {}, that day included. Nothing happens until a button on the page is pressed.",
                    until.en
                ),
            )),
        ],
    }
}

/// Whose statement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedBy {
    Representative,
    Employer,
}

/// To whoever reads for the consultant.
pub fn stated(by: StatedBy, met: bool, case: &CaseNames, internship: &str) -> Letter {
    let (name, own) = (case.short(), case.internship(Audience::Consultant));
    let (said, now) = if met {
        (
            localized("betingelserne er opfyldt", "the conditions are met"),
            localized("Du skal ikke gøre noget.", "You need not do anything."),
        )
    } else {
        (
            localized("betingelserne er ikke opfyldt", "the conditions are not met"),
            localized(
                "Praktikken kan ikke begynde. Læs, hvad der mangler, og tal med virksomheden. Kun teamlederen kan lade den begynde alligevel, med en begrundelse.",
                "The internship cannot begin. Read what is missing, and talk to the company. Only the team leader can let it begin all the same, with reasons.",
            ),
        )
    };
    let who = match by {
        StatedBy::Representative => localized("de ansattes repræsentant", "the employees' representative"),
        StatedBy::Employer => localized("virksomheden", "the company"),
    };
    Letter {
        subject: localized(
            format!("{name}: {} svarer, at {}", who.da, said.da),
            format!("{name}: {} answers that {}", who.en, said.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!("{} har svaret, at {}. Det handler om {}.", capital(&who.da), said.da, own.da),
                format!("{} has answered that {}. It is about {}.", capital(&who.en), said.en, own.en),
            )),
            Block::Text(now),
            Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/internships/{internship}")),
        ],
    }
}
