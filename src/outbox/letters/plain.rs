//! A letter as text.

use crate::{
    domain::values::localized::Lang,
    outbox::letters::{frame::Frame, letter::Block},
};

pub(super) fn plain(blocks: &[Block], frame: &Frame) -> String {
    let [da, en] = [Lang::Da, Lang::En].map(|lang| {
        let said: Vec<String> = blocks.iter().map(|block| piece(block, lang)).chain([closing(frame, lang)]).collect();
        said.join("\n\n")
    });
    let case = frame.reference.as_ref().map_or_else(String::new, |reference| format!("\n\n{reference}"));
    format!("{da}\n\n— English —\n\n{en}{case}\n")
}

fn piece(block: &Block, lang: Lang) -> String {
    match block {
        Block::Heading(said) => format!("== {} ==", said.lang(lang)),
        Block::Text(said) | Block::Note(said) => said.lang(lang).to_owned(),
        Block::List(items) => items.iter().map(|item| format!("- {}", item.lang(lang))).collect::<Vec<_>>().join("\n"),
        Block::Facts(facts) => {
            let line = |(label, said): &(_, _)| format!("{}: {}", text(label, lang), text(said, lang));
            facts.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Block::Button(said, to) => format!("{}:\n{to}", said.lang(lang)),
    }
}

fn text(said: &crate::domain::values::localized::Localized, lang: Lang) -> &str {
    said.lang(lang)
}

fn closing(frame: &Frame, lang: Lang) -> String {
    let Some(who) = &frame.responsible else { return frame.municipality.clone() };
    let (greeting, phone) = match lang {
        Lang::Da => ("Venlig hilsen", "Telefon"),
        Lang::En => ("Kind regards", "Telephone"),
    };
    let phone = who.phone.as_ref().map_or_else(String::new, |number| format!("\n{phone}: {number}"));
    format!("{greeting}\n{}\n{}{phone}\n{}", who.name, frame.municipality, who.email)
}
