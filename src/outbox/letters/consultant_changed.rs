//! To the citizen: somebody else is responsible from now on (S9, S25). What was handed over is not in it; that it was, is: nobody should
//! have to tell everything again.

use crate::{
    domain::values::localized::localized,
    outbox::letters::letter::{Block, Letter},
};

pub fn consultant_changed(name: &str, handed_over: bool) -> Letter {
    let mut blocks = vec![Block::Text(localized(
        format!("{name} er din jobkonsulent fra nu af."),
        format!("{name} is your consultant from now on."),
    ))];
    if handed_over {
        blocks.push(Block::Text(localized(
            "Din tidligere jobkonsulent har skrevet ned, hvad I har aftalt, og hvad der er vigtigt for dig. Du skal ikke fortælle det hele igen.",
            "Your former consultant has written down what you agreed on and what matters to you. You need not tell everything again.",
        )));
    }
    blocks.push(Block::Text(localized(
        "Det, der er aftalt, gælder stadig. Du skal ikke gøre noget. Ring eller skriv, hvis du vil tale om det.",
        "What was agreed still holds. You need not do anything. Call or write if you want to talk about it.",
    )));
    Letter { subject: localized(format!("{name} er din nye jobkonsulent"), format!("{name} is your new consultant")), blocks }
}
