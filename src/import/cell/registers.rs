//! Numbers of registers: CVR, P-number, industry.

use crate::{
    domain::{
        input::Fault,
        values::register::{Cvr, Industry, IndustryScheme, PNumber},
    },
    import::cell::{
        digits::{digits, padded},
        texts::{cpr_here, without_cpr},
        value::{Cell, Read, blank, plain, righted},
    },
};

/// # Errors
/// No CVR number; one that Excel has rounded.
pub fn cvr(cell: &Cell) -> Read<Cvr> {
    let digits = digits(cell)?;
    let upper = digits.to_uppercase();
    // A lost zero is restored only if the check digit is then valid.
    let (text, lost) = padded(upper.strip_prefix("DK").unwrap_or(&upper), 8);
    righted(Cvr::parse(&text), lost, text, || {
        Fault::new(
            "cvr",
            "Ikke et CVR-nummer: 8 cifre, hvis kontrolciffer passer. Slå det op på virk.dk.",
            "No CVR number: 8 digits whose check digit fits. Look it up at virk.dk.",
        )
    })
}

/// # Errors
/// No P-number; one that Excel has rounded.
pub fn p_number(cell: &Cell) -> Read<PNumber> {
    let text = cell.text();
    if without_cpr(&text) != text {
        return Err(cpr_here());
    }
    let (text, lost) = padded(&digits(cell)?, 10);
    righted(PNumber::parse(&text), lost, text, || {
        Fault::new(
            "p-number",
            "Ikke et P-nummer: 10 cifre. (8 cifre er et CVR-nummer.)",
            "No P-number: 10 digits. (8 digits are a CVR number.)",
        )
    })
}

/// The code may be followed by its text.
///
/// # Errors
/// No industry code.
pub fn industry(cell: &Cell) -> Read<Industry> {
    let text = cell.text();
    let code: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').filter(|c| *c != '.').collect();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let fits = rest.is_empty() || rest.starts_with(|c: char| blank(c) || matches!(c, ':' | '-' | ','));
    let (padded, lost) = padded(&code, 6);
    righted(Industry::parse(&padded).filter(|_| fits), lost, padded, || {
        Fault::new(
            "industry",
            "Ikke en branchekode: 6 cifre, fx 471120. (DB07 og DB25 har begge 6.)",
            "No industry code: 6 digits, for instance 471120. (DB07 and DB25 both have 6.)",
        )
    })
}

/// # Errors
/// Neither DB07 nor DB25.
pub fn scheme(cell: &Cell) -> Read<IndustryScheme> {
    let text: String = cell.text().to_uppercase().chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    match text.as_str() {
        "DB07" | "2007" | "DB2007" => plain(IndustryScheme::Db07),
        "DB25" | "2025" | "DB2025" => plain(IndustryScheme::Db25),
        _ => Err(Fault::not("unknown-word", "DB07 eller DB25", "DB07 or DB25")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cell::{
        testing::{all, read},
        value::Cell,
    };

    #[test]
    fn cvr_numbers_as_people_write_them() {
        all(
            cvr,
            |cvr| cvr.as_str().into(),
            &[
                ("13748136", "13748136"),
                ("DK13748136", "13748136"),
                ("dk 13 74 81 36", "13748136"),
                ("DK-13748136", "13748136"),
                ("13\u{a0}74\u{a0}81\u{a0}36", "13748136"),
                ("13.748.136", "13748136"),
                ("13748136,0", "13748136"),
                ("13748136.00", "13748136"),
                // A leading zero is restored if the check digit is then valid, and not otherwise.
                ("8100000", "cvr"),
                ("1374813", "cvr"),
                ("12345678", "cvr"),
                ("137481366", "cvr"),
                ("1,3748E+07", "excel-rounded"),
                ("1.37E7", "excel-rounded"),
                ("CVR", "cvr"),
                ("１３７４８１３６", "cvr"),
            ],
        );
        assert_eq!(read(cvr, |cvr| cvr.as_str().into(), &Cell::Number(13_748_136.0)), "13748136");
        assert_eq!(read(cvr, |cvr| cvr.as_str().into(), &Cell::Text("4000000".into())), "cvr");
        let lost = (1_000_000..1_000_100).map(|number| number.to_string()).find(|text| Cvr::parse(&format!("0{text}")).is_some());
        let lost = lost.unwrap();
        assert_eq!(read(cvr, |cvr| cvr.as_str().into(), &Cell::of(&lost)), format!("0{lost}*"));
    }

    #[test]
    fn p_numbers_as_people_write_them() {
        all(
            p_number,
            |number| number.as_str().into(),
            &[
                ("1099000001", "1099000001"),
                ("10 99 00 00 01", "1099000001"),
                ("1.099.000.001", "1099000001"),
                ("099000001", "0099000001*"),
                ("13748136", "p-number"),
                ("010180-1234", "cpr-here"),
                ("1,0990E+09", "excel-rounded"),
                ("1.099E+9", "excel-rounded"),
                ("10990000011", "p-number"),
            ],
        );
        assert_eq!(read(p_number, |number| number.as_str().into(), &Cell::Number(1_099_000_001.0)), "1099000001");
    }
}
