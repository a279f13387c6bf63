//! The pieces that pages are made of.

use crate::{
    domain::{
        input::Faults,
        values::localized::{Lang, Localized},
    },
    web::pages::{form::Typed, locale::Locale},
};
use maud::{Markup, html};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Good => "notice good",
            Self::Warn => "notice warn",
            Self::Bad => "notice bad",
        }
    }
}

/// Something to be noticed; what went well or wrong is read aloud at once.
pub fn notice(tone: Tone, body: Markup) -> Markup {
    let role = match tone {
        Tone::Bad => Some("alert"),
        Tone::Good => Some("status"),
        Tone::Plain | Tone::Warn => None,
    };
    html! { div class=(tone.class()) role=[role] { (body) } }
}

/// A label with its lines.
pub fn fact(label: &str, lines: &[&str]) -> Markup {
    html! {
        div {
            dt { (label) }
            @for line in lines { dd { (line) } }
        }
    }
}

/// The texts of what is wrong with a field of a form, in the reader's language.
pub fn wrong<'f>(faults: Option<&'f Faults>, lang: Lang, field: &'f str) -> impl Iterator<Item = String> + 'f {
    let all = faults.into_iter().flat_map(|faults| &faults.0);
    all.filter(move |(at, _)| at.as_str().trim_start_matches('/').split('/').next() == Some(field))
        .map(move |(_, fault)| fault.message.lang(lang).to_owned())
}

/// The field of a body that an element of a form belongs to: `skills` of `skills[skill=till].now:number`.
fn body_field(name: &str) -> &str {
    name.split(['[', ':']).next().unwrap_or(name)
}

/// A field of a form, with what was typed and what is wrong with it.
pub struct FormField<'a> {
    pub locale: &'a Locale,
    pub typed: &'a Typed,
    pub faults: Option<&'a Faults>,
    /// Ids are unique on a page; forms share field names.
    pub form: &'static str,
}

impl FormField<'_> {
    /// A text of several lines.
    pub fn prose(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        self.labelled(name, label, hint, |id, described, invalid| {
            html! {
                textarea id=(id) name=(name) rows="5" maxlength="4000" aria-describedby=[described] aria-invalid=[invalid] {
                    (self.typed.text(name))
                }
            }
        })
    }

    /// A mark from 0 to 10.
    pub fn mark(&self, name: &str, label: &str) -> Markup {
        let hint = self.locale.t("0 er slet ikke, 10 er helt", "0 is not at all, 10 is fully");
        self.labelled(name, label, Some(hint), |id, described, invalid| {
            let key = format!("{name}:number");
            html! {
                input.short type="number" id=(id) name=(key) value=(self.typed.text(&key)) min="0" max="10" step="1"
                    inputmode="numeric" aria-describedby=[described] aria-invalid=[invalid];
            }
        })
    }

    /// Yes or no, or nothing.
    pub fn yes_or_no(&self, name: &str, legend: &str) -> Markup {
        let key = format!("{name}:bool");
        let of = |value, da, en| (value, self.locale.t(da, en), self.typed.has(&key, value));
        self.choices("radio", &key, legend, &[of("true", "Ja", "Yes"), of("false", "Nej", "No")])
    }

    /// A line: `kind` is the `type` of the element; a number is named `name:number` in the form.
    pub fn line(&self, kind: &str, name: &str, label: &str, hint: Option<&str>) -> Markup {
        self.labelled(name, label, hint, |id, described, invalid| {
            let (key, step) = if kind == "number" { (format!("{name}:number"), Some("any")) } else { (name.to_owned(), None) };
            let complete = match kind {
                "email" => Some("username"),
                "password" => Some("current-password"),
                _ => None,
            };
            let value = (kind != "password").then(|| self.typed.text(&key));
            html! {
                input type=(kind) id=(id) name=(key) value=[value] step=[step] autocomplete=[complete]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
        })
    }

    /// Of an item of a list all of the name counts: its field stands on the page once for each.
    fn id(&self, name: &str) -> String {
        if name.contains('=') {
            return format!("{}-{}", self.form, name.replace(|letter: char| !letter.is_alphanumeric(), "-"));
        }
        format!("{}-{}", self.form, body_field(name))
    }

    fn labelled(
        &self,
        name: &str,
        label: &str,
        hint: Option<&str>,
        control: impl FnOnce(&str, Option<String>, Option<&str>) -> Markup,
    ) -> Markup {
        let id = self.id(name);
        let wrong: Vec<String> = wrong(self.faults, self.locale.lang, body_field(name)).collect();
        let mut described = Vec::new();
        if hint.is_some() {
            described.push(format!("{id}-hint"));
        }
        if !wrong.is_empty() {
            described.push(format!("{id}-wrong"));
        }
        let describes = (!described.is_empty()).then(|| described.join(" "));
        let invalid = (!wrong.is_empty()).then_some("true");
        html! {
            div.field {
                label for=(id) { (label) }
                @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (hint) } }
                @if !wrong.is_empty() { p.wrong id={ (id) "-wrong" } { (wrong.join(" ")) } }
                (control(&id, describes, invalid))
            }
        }
    }

    /// One of several, or several of several (`kind` is `radio` or `checkbox`).
    pub fn choices(&self, kind: &str, name: &str, legend: &str, of: &[(&str, &str, bool)]) -> Markup {
        let wrong: Vec<String> = wrong(self.faults, self.locale.lang, body_field(name)).collect();
        html! {
            fieldset id=(self.id(name)) {
                legend { (legend) }
                @if !wrong.is_empty() { p.wrong { (wrong.join(" ")) } }
                @for (value, label, chosen) in of {
                    @let id = format!("{}-{value}", self.id(name));
                    div.choice {
                        input type=(kind) id=(id) name=(name) value=(value) checked[*chosen];
                        label for=(id) { (label) }
                    }
                }
            }
        }
    }
}

/// Whom to call about it.
pub fn whom_to_call(locale: &Locale, name: &str, phone: Option<&str>, email: &str) -> Markup {
    html! {
        p {
            (name)
            @if let Some(phone) = phone {
                br; (locale.t("Telefon", "Telephone")) " "
                a href={ "tel:" (phone.split_whitespace().collect::<String>()) } { (phone) }
            }
            br; a href={ "mailto:" (email) } { (email) }
        }
    }
}

/// Lines of a text in the reader's language.
pub fn lines<'t>(locale: &Locale, of: &'t [Localized]) -> Vec<&'t str> {
    let lang = locale.lang;
    of.iter().map(|line| line.lang(lang)).collect()
}
