//! A letter before it is set, and as it is stored and sent: text and HTML in both languages.

use crate::domain::values::localized::{Lang, Localized};

/// Placeholder for the address of a one-time link.
pub const LINK: &str = "{{link}}";

/// Placeholder for the address of the service.
pub const HOME: &str = "{{home}}";

/// A letter before it is set in text and HTML.
pub struct Letter {
    pub subject: Localized,
    pub blocks: Vec<Block>,
}

/// A piece of a letter.
pub enum Block {
    Heading(Localized),
    Text(Localized),
    List(Vec<Localized>),
    /// What to press, and where it leads ([`LINK`] or a path under [`HOME`]).
    Button(Localized, String),
}

/// A letter as it is stored and sent.
pub struct Set {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

impl Letter {
    /// Sets it in both languages, as text and as HTML.
    pub fn set(&self) -> Set {
        let plain =
            [Lang::Da, Lang::En].map(|lang| self.blocks.iter().map(|block| block.plain(lang)).collect::<Vec<_>>().join("\n\n"));
        let html = [Lang::Da, Lang::En].map(|lang| self.blocks.iter().map(|block| block.html(lang)).collect::<String>());
        let [da, en] = plain;
        let [html_da, html_en] = html;
        Set {
            subject: format!("{} / {}", self.subject.da, self.subject.en),
            plain: format!("{da}\n\n— English —\n\n{en}\n"),
            html: format!(
                "<!DOCTYPE html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
                 <body style=\"font-family:sans-serif;max-width:40em;line-height:1.5\"><div>{html_da}</div><hr><div lang=\"en\">{html_en}</div></body></html>",
                escaped(&self.subject.da)
            ),
        }
    }
}

impl Block {
    fn plain(&self, lang: Lang) -> String {
        match self {
            Self::Heading(said) => format!("== {} ==", said.lang(lang)),
            Self::Text(said) => said.lang(lang).to_owned(),
            Self::List(items) => items.iter().map(|item| format!("- {}", item.lang(lang))).collect::<Vec<_>>().join("\n"),
            Self::Button(said, to) => format!("{}:\n{to}", said.lang(lang)),
        }
    }

    fn html(&self, lang: Lang) -> String {
        match self {
            Self::Heading(said) => format!("<h2>{}</h2>", escaped(said.lang(lang))),
            Self::Text(said) => format!("<p>{}</p>", escaped(said.lang(lang)).replace('\n', "<br>")),
            Self::List(items) => {
                format!(
                    "<ul>{}</ul>",
                    items.iter().map(|item| format!("<li>{}</li>", escaped(item.lang(lang)))).collect::<String>()
                )
            }
            Self::Button(said, to) => format!("<p><a href=\"{to}\">{}</a></p>", escaped(said.lang(lang))),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::localized::localized;

    #[test]
    fn words_from_outside_cannot_become_markup() {
        let letter = Letter { subject: localized("a", "b"), blocks: vec![Block::Text(localized("<script>&\"", "x"))] };
        let set = letter.set();
        assert!(set.html.contains("&lt;script&gt;&amp;&quot;") && !set.html.contains("<script>"));
        assert!(set.plain.contains("<script>&\""));
    }
}
