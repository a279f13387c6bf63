//! Where something lies: postcode, municipality, degrees.

use crate::{
    domain::{
        input::Fault,
        values::{
            geo::Degrees,
            register::{Municipality, Postcode},
            text::Line,
        },
    },
    import::cell::{
        digits::{digits, padded},
        figures::number,
        value::{Cell, Read, blank, plain, righted},
    },
};

/// A postcode, and the town if it is in the same cell.
///
/// # Errors
/// No postcode.
pub fn postcode(cell: &Cell) -> Read<(Postcode, Option<Line>)> {
    let text = cell.text();
    let text = text.strip_prefix("DK").map_or(text.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
    let (code, town) = text.split_once(blank).unwrap_or((text, ""));
    let (padded, lost) = padded(&digits(&Cell::of(code))?, 4);
    let town = Line::parse(town).ok().filter(|town| town.as_str().chars().any(char::is_alphabetic));
    righted(Postcode::parse(&padded).map(|postcode| (postcode, town)), lost, padded, || {
        Fault::new("postcode", "Ikke et dansk postnummer: 4 cifre.", "No Danish postcode: 4 digits.")
    })
}

/// A municipality by its code (also written 0101) or its name.
///
/// # Errors
/// Not one of the 98 municipalities.
pub fn municipality(cell: &Cell) -> Read<Municipality> {
    let text = cell.text();
    let code = text.split_once(blank).map_or(text.as_str(), |(code, _)| code);
    let code = code.strip_prefix('0').filter(|rest| rest.len() == 3).unwrap_or(code);
    match Municipality::parse(code).or_else(|| Municipality::named(&text)) {
        Some(municipality) => plain(municipality),
        None => Err(Fault::new(
            "municipality",
            "Ikke en af de 98 kommuner: skriv koden på tre cifre (101) eller navnet (København).",
            "None of the 98 municipalities: write the code of three digits (101) or the name (København).",
        )),
    }
}

/// Degrees; and they must be in Denmark, since other systems of coordinates and swapped columns look alike.
///
/// # Errors
/// No degrees; or not in Denmark.
pub fn degrees<const MOST: i32>(cell: &Cell) -> Read<Degrees<MOST>> {
    let found = match cell {
        Cell::Number(number) => Some(*number),
        other => number(&other.text()),
    };
    let (from, to) = if MOST == 90 { (54.0, 58.0) } else { (7.5, 15.5) };
    let Some(value) = found.filter(|value| (from..=to).contains(value)) else {
        return Err(Fault::new(
            "not-in-denmark",
            format!("Skal være grader (WGS 84) i Danmark, fra {from} til {to}. Er bredde og længde byttet om?"),
            format!("Must be degrees (WGS 84) in Denmark, from {from} to {to}. Are latitude and longitude swapped?"),
        ));
    };
    Degrees::parse(value).ok_or_else(|| Fault::not("degrees", "grader", "degrees")).and_then(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cell::{registers::industry, testing::all};

    #[test]
    fn industries_postcodes_and_municipalities_get_their_zeros_back() {
        all(
            industry,
            |industry| industry.as_str().into(),
            &[
                ("471120", "471120"),
                ("47.11.20", "471120"),
                ("11100", "011100*"),
                ("471120 Supermarkeder", "471120"),
                ("471120: Supermarkeder", "471120"),
                ("4711", "industry"),
                ("47112O", "industry"),
                ("Supermarkeder", "industry"),
            ],
        );
        all(
            postcode,
            |(postcode, town)| format!("{} {}", postcode.as_str(), town.as_ref().map(Line::as_str).unwrap_or_default()),
            &[
                ("8000", "8000 "),
                ("DK-8000", "8000 "),
                ("800", "0800 *"),
                ("8000 Aarhus C", "8000 Aarhus C"),
                ("80000", "postcode"),
                ("80", "postcode"),
                ("Aarhus", "postcode"),
            ],
        );
        all(
            municipality,
            |municipality| municipality.as_str().into(),
            &[
                ("101", "101"),
                ("0101", "101"),
                ("101 København", "101"),
                ("København", "101"),
                ("ÅRHUS", "municipality"),
                ("aarhus kommune", "751"),
                ("Københavns Kommune", "101"),
                ("999", "municipality"),
            ],
        );
    }
}
