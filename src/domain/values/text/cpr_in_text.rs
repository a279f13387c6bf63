//! CPR numbers within other text, in any spelling. They have fields of their own, where they are sealed and found: in a reason, a name or a
//! note they would be read by whoever reads that.

use crate::domain::values::register::Cpr;

/// Six digits and four, with a blank, a dash of any kind or nothing between, that are a CPR number.
pub fn stands_in(text: &str) -> bool {
    found(text, false)
}

/// The same, but for digits right behind a letter: so a person says that a number is another one (`P1003388394`).
pub fn seems_to_stand_in(text: &str) -> bool {
    found(text, true)
}

fn found(text: &str, letters_say_otherwise: bool) -> bool {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '/' | '.');
    let (mut digits, mut gap, mut before, mut is_other) = (String::new(), 0, ' ', false);
    for c in text.chars().chain(['\n'; 4]) {
        if c.is_ascii_digit() {
            if digits.is_empty() {
                is_other = letters_say_otherwise && before.is_alphabetic();
            }
            digits.push(c);
            gap = 0;
        } else if is_between(c) && gap < 3 && !digits.is_empty() {
            gap += 1;
        } else {
            if !is_other && is_cpr(&digits) {
                return true;
            }
            digits.clear();
            gap = 0;
        }
        before = c;
    }
    false
}

fn is_cpr(digits: &str) -> bool {
    digits.len() == 10 && Cpr::parse(digits).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_any_spelling_and_a_letter_before_it_says_that_it_is_another() {
        for (text, strictly, seemingly) in [
            ("Født 010190-1234.", true, true),
            ("0101901234", true, true),
            ("010190 1234", true, true),
            ("010190 \u{2013} 1234", true, true),
            ("01.01.90-1234", true, true),
            ("Ordre B0101901234", true, false),
            ("P1003388394", true, false),
            ("Ring 12 34 56 78", false, false),
            ("Fra 01.01.2026 til 31.01.2026", false, false),
            ("1092345678", false, false),
            ("", false, false),
        ] {
            assert_eq!((stands_in(text), seems_to_stand_in(text)), (strictly, seemingly), "{text}");
        }
    }
}
