//! Texts on one line, in which no CPR number has a place, and yes or no.

use crate::{
    domain::{
        input::Fault,
        values::{register::Cpr, text::Line},
    },
    import::cell::value::{Cell, Read, blank, plain},
};

/// A text on one line. A person's number has no place in it.
///
/// # Errors
/// Too long, with control characters, with a CPR number.
pub fn line(cell: &Cell) -> Read<Line> {
    let text = cell.text().split(blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if without_cpr(&text) != text {
        return Err(cpr_here());
    }
    Line::parse(&text).and_then(plain)
}

pub(super) fn cpr_here() -> Fault {
    Fault::new("cpr-here", "Her står noget, der ligner et CPR-nummer. Slet det.", "This looks like a CPR number. Delete it.")
}

/// A text in which anything that looks like a CPR number is masked.
pub fn without_cpr(text: &str) -> String {
    let mut out = text.to_owned();
    for (dash, _) in text.match_indices('-') {
        let found = dash.checked_sub(6).and_then(|from| text.get(from..dash + 5));
        if let Some(number) = found.and_then(Cpr::parse) {
            out = out.replace(number.reveal(), &number.masked());
            let (date, serial) = number.reveal().split_at(6);
            out = out.replace(&format!("{date}-{serial}"), &number.masked());
        }
    }
    out
}

/// # Errors
/// Neither yes nor no.
pub fn yes(cell: &Cell) -> Read<bool> {
    let text = match cell {
        Cell::Yes(yes) => return plain(*yes),
        other => other.text().to_lowercase(),
    };
    match text.as_str() {
        "ja" | "j" | "true" | "sand" | "sandt" | "1" | "x" | "yes" | "y" | "reklamebeskyttet" | "beskyttet" => plain(true),
        "nej" | "n" | "false" | "falsk" | "0" | "no" | "ikke reklamebeskyttet" | "-" => plain(false),
        _ => Err(Fault::not("yes-or-no", "ja eller nej", "yes or no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cell::testing::all;

    #[test]
    fn yes_and_no_have_many_forms() {
        all(
            yes,
            bool::to_string,
            &[
                ("Ja", "true"),
                ("NEJ", "false"),
                ("1", "true"),
                ("0", "false"),
                ("x", "true"),
                ("SAND", "true"),
                ("måske", "yes-or-no"),
            ],
        );
    }

    #[test]
    fn a_text_is_one_line_and_holds_no_cpr_number() {
        all(
            line,
            |line| line.as_str().into(),
            &[
                ("  Bager \u{a0} Jensen ", "Bager Jensen"),
                ("Bager\nJensen", "Bager Jensen"),
                ("Jensen 010180-1234", "cpr-here"),
                ("Vej 310480-1234", "Vej 310480-1234"),
                ("a\u{7}b", "control-character"),
            ],
        );
        assert_eq!(without_cpr("Bo, 010180-1234 og 020280-4321"), "Bo, 010180-**** og 020280-****");
        assert_eq!(without_cpr("ø-æ 12-34 999999-9999"), "ø-æ 12-34 999999-9999");
    }
}
