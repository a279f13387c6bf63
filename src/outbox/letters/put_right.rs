//! To somebody here who had been told of a flag: what it rested on was registered in error.

use crate::{
    domain::{people::correction::Corrected, values::localized::localized},
    outbox::letters::letter::{Block, HOME, Letter},
};

/// The flag has gone because of the correction.
pub fn put_right(what: Corrected, reference: &str, citizen: &str) -> Letter {
    let what = what.label();
    Letter {
        subject: localized(
            format!("Registreret ved en fejl: {} ({reference})", what.da),
            format!("Registered in error: {} ({reference})", what.en),
        ),
        blocks: vec![
            Block::Text(localized(
                format!(
                    "I sag {reference} var {} registreret ved en fejl. Det er rettet, og et flag, som du har fået besked om, gælder ikke længere.",
                    what.da
                ),
                format!(
                    "In case {reference} {} was registered in error. It is put right, and a flag that you were told of no longer stands.",
                    what.en
                ),
            )),
            Block::Text(localized("Du skal ikke gøre mere ved det.", "There is nothing more for you to do about it.")),
            Block::Button(
                localized("Se, hvad der er rettet", "See what was put right"),
                format!("{HOME}/api/v1/citizens/{citizen}/corrections"),
            ),
        ],
    }
}
