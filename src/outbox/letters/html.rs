//! A letter as HTML that reads well on a telephone, in light and dark, and in mail programs that know little: one column, styles
//! on the elements, nothing fetched from anywhere.

use crate::{
    domain::values::localized::{Lang, Localized},
    outbox::letters::{
        frame::Frame,
        letter::{Block, Letter},
    },
};
use maud::{DOCTYPE, Markup, html as markup};

/// Mail programs that know no `style` element show the light colours of the elements themselves.
const DARK: &str = "@media (prefers-color-scheme: dark) { body, .page { background: #1b1b1b !important; color: #f2f2f2 !important } \
    .small, .label { color: #c4c4c4 !important } a { color: #9cc4ff !important } .button { background: #9cc4ff !important; color: #0a1a2e !important } \
    .owner { border-color: #9cc4ff !important } hr { border-color: #555555 !important } }";
const BODY: &str = "margin:0;padding:0;background:#ffffff;color:#1a1a1a;font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:17px;line-height:1.5;overflow-wrap:break-word";
const PAGE: &str = "max-width:600px;margin:0 auto;padding:20px 16px 32px";
const HEADER: &str = "margin:0 0 20px;padding:0 0 12px;border-bottom:3px solid #003e7e;font-weight:700";
const HEADING: &str = "font-size:20px;line-height:1.3;margin:28px 0 8px";
const BUTTON: &str = "display:inline-block;background:#003e7e;color:#ffffff;text-decoration:none;font-weight:700;padding:12px 20px;border-radius:4px";
const LINK: &str = "color:#00478f";
const SMALL: &str = "font-size:15px;color:#4a4a4a;margin:16px 0";
const RULE: &str = "border:0;border-top:1px solid #bbbbbb;margin:32px 0";

pub(super) fn html(letter: &Letter, frame: &Frame) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang="da" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (letter.subject.da) }
                style { (DARK) }
            }
            body style=(BODY) {
                div.page style=(PAGE) {
                    p.owner style=(HEADER) { (frame.municipality) }
                    (said(&letter.blocks, frame, Lang::Da))
                    hr style=(RULE);
                    div lang="en" {
                        p.small style=(SMALL) { "English" }
                        (said(&letter.blocks, frame, Lang::En))
                    }
                    @if let Some(reference) = &frame.reference {
                        p.small style=(SMALL) { (reference) }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn said(blocks: &[Block], frame: &Frame, lang: Lang) -> Markup {
    markup! {
        @for block in blocks { (piece(block, lang)) }
        (closing(frame, lang))
    }
}

fn piece(block: &Block, lang: Lang) -> Markup {
    let text = |said: &Localized| said.lang(lang).to_owned();
    markup! {
        @match block {
            Block::Heading(said) => { h2 style=(HEADING) { (text(said)) } }
            Block::Text(said) => {
                p style="margin:0 0 16px" {
                    @for (index, line) in text(said).lines().enumerate() {
                        @if index > 0 { br; }
                        (line)
                    }
                }
            }
            Block::List(items) => {
                ul style="margin:0 0 16px;padding-left:22px" { @for item in items { li { (text(item)) } } }
            }
            Block::Facts(facts) => {
                dl style="margin:0 0 16px" {
                    @for (label, said) in facts {
                        dt.label style="font-size:15px;color:#4a4a4a" { (text(label)) }
                        dd style="margin:0 0 8px;font-weight:600" { (text(said)) }
                    }
                }
            }
            Block::Button(said, to) => { p style="margin:20px 0" { a.button style=(BUTTON) href=(to) { (text(said)) } } }
            Block::Note(said) => { p.small style=(SMALL) { (text(said)) } }
        }
    }
}

fn closing(frame: &Frame, lang: Lang) -> Markup {
    let greeting = match lang {
        Lang::Da => "Venlig hilsen",
        Lang::En => "Kind regards",
    };
    markup! {
        @if let Some(who) = &frame.responsible {
            p style="margin:28px 0 0" {
                (greeting) br;
                (who.name) br;
                (frame.municipality)
                @if let Some(phone) = &who.phone {
                    br;
                    a style=(LINK) href={ "tel:" (phone.split_whitespace().collect::<String>()) } { (phone) }
                }
                br;
                a style=(LINK) href={ "mailto:" (who.email) } { (who.email) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::localized::localized;

    #[test]
    fn words_from_outside_cannot_become_markup() {
        let letter = Letter { subject: localized("a", "b"), blocks: vec![Block::Text(localized("<script>&\"", "x"))] };
        let set = letter.set(&Frame { municipality: "<b>".into(), ..Frame::default() });
        assert!(set.html.contains("&lt;script&gt;&amp;&quot;") && !set.html.contains("<script>") && !set.html.contains("<b>"));
        assert!(set.plain.contains("<script>&\""));
    }
}
