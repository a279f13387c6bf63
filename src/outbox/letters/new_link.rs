//! To whoever asked for a new link to an agreement that they have answered already: they want to read it, or the decision, again.

use crate::{
    domain::{internships::alignment::Party, values::localized::localized},
    outbox::{
        about::audience_of,
        letters::{
            case_names::CaseNames,
            letter::{Block, LINK, Letter},
        },
    },
};

pub fn new_link(party: Party, case: &CaseNames) -> Letter {
    let own = case.internship(audience_of(party));
    Letter {
        subject: localized(format!("Nyt link til aftalen om {}", own.da), format!("A new link to the agreement on {}", own.en)),
        blocks: vec![
            Block::Text(localized(
                format!("Her er det nye link til aftalen om {}. Der skal ikke svares på noget.", own.da),
                format!("Here is the new link to the agreement on {}. No answer is needed.", own.en),
            )),
            Block::Button(localized("Læs aftalen", "Read the agreement"), LINK.into()),
        ],
    }
}
