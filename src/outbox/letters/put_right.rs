//! To somebody here who had been told of a flag: what it rested on was registered in error. And to whoever was responsible for one of two
//! records of the same person: they are one now.

use crate::{
    domain::{people::correction::Corrected, values::localized::localized},
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, HOME, Letter},
    },
};

/// The flag has gone because of the correction.
pub fn put_right(what: Corrected, case: &CaseNames, citizen: &str) -> Letter {
    if what == Corrected::Merged {
        return merged(case, citizen);
    }
    let what = what.label();
    Letter {
        subject: localized(
            format!("Registreret ved en fejl: {} – {}", what.da, case.short()),
            format!("Registered in error: {} – {}", what.en, case.short()),
        ),
        blocks: vec![
            Block::Text(localized(
                format!(
                    "{}: {} var registreret ved en fejl. Det er rettet, og et flag, som du har fået besked om, gælder ikke længere.",
                    case.short(),
                    what.da
                ),
                format!(
                    "{}: {} was registered in error. It is put right, and a flag that you were told of no longer stands.",
                    case.short(),
                    what.en
                ),
            )),
            Block::Text(localized("Du skal ikke gøre mere ved det.", "There is nothing more for you to do about it.")),
            Block::Button(
                localized("Se, hvad der er rettet", "See what was put right"),
                format!("{HOME}/citizens/{citizen}/corrections"),
            ),
        ],
    }
}

/// Two records of one person are one.
fn merged(case: &CaseNames, citizen: &str) -> Letter {
    let reference = &case.reference;
    Letter {
        subject: localized(
            format!("To registreringer af samme person er lagt sammen – {}", case.short()),
            format!("Two records of one person have been merged – {}", case.short()),
        ),
        blocks: vec![
            Block::Text(localized(
                format!(
                    "Samme person var registreret to gange. Nu står alt i sag {reference}: praktikker, opfølgninger og flag. Flag om den gamle registrering er lukket, og det, der stadig kræver handling, står i sag {reference}."
                ),
                format!(
                    "The same person was registered twice. Everything now stands in case {reference}: internships, follow-ups and flags. Flags about the old record are closed, and what still needs somebody to act stands in case {reference}."
                ),
            )),
            Block::Text(localized(
                format!("Den, der er ansvarlig for sag {reference}, følger op fra nu af."),
                format!("Whoever is responsible for case {reference} follows up from now on."),
            )),
            Block::Button(
                localized("Se, hvad der er lagt sammen", "See what was merged"),
                format!("{HOME}/citizens/{citizen}/corrections"),
            ),
        ],
    }
}
