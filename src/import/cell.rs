//! One cell, read into a value: the mistakes that spreadsheets and people make are known here, one by one.
//!
//! What is unambiguous is put right and said (a lost leading zero); what is not is refused, with what to do about it.

use crate::domain::{
    import::Staffing,
    input::Fault,
    values::{
        geo::Degrees,
        register::{Cpr, Cvr, Industry, IndustryScheme, Municipality, PNumber, Postcode},
        text::{FullTime, Line},
    },
};
use chrono::{Datelike, NaiveDate};

/// A cell as its file has it: CSV knows texts only.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Yes(bool),
}

impl Cell {
    /// A text, or an empty cell if it is blank.
    pub fn of(text: &str) -> Self {
        let text = text.trim_matches(blank);
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
    /// As a person would write it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => format!("{number}"),
            Self::Day(day) => day.to_string(),
            Self::Yes(yes) => if *yes { "ja" } else { "nej" }.into(),
        }
    }
}

/// Spaces, including non-breaking and invisible ones.
fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{feff}' | '\u{200b}')
}

/// A value that was read; and how it was understood, where it was put right.
pub struct Right<T> {
    pub value: T,
    pub as_if: Option<String>,
}

pub type Read<T> = Result<Right<T>, Fault>;

fn plain<T>(value: T) -> Read<T> {
    Ok(Right { value, as_if: None })
}

/// `1,0990E+09`: what Excel makes of a long number in a narrow column.
fn is_rounded(text: &str) -> bool {
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits(power) && digits(&number.replace([',', '.'], ""))
}

fn rounded() -> Fault {
    Fault::new(
        "excel-rounded",
        "Excel har afrundet tallet. Vælg talformatet Tal uden decimaler for kolonnen, og gem filen igen.",
        "Excel has rounded the number. Give the column the format Number without decimals, and save the file again.",
    )
}

/// The digits of a number: without blanks, without thousands separators, without decimals that are zero.
fn digits(cell: &Cell) -> Result<String, Fault> {
    let text: String = cell.text().chars().filter(|c| !blank(*c)).collect();
    if is_rounded(&text) {
        return Err(rounded());
    }
    let whole = match text.split_once([',', '.']) {
        Some((whole, rest)) if rest.chars().all(|c| c == '0') && !rest.is_empty() && rest.len() != 3 => whole.to_owned(),
        _ => text,
    };
    Ok(whole.replace(['.', '-'], ""))
}

/// Digits of a given length; one lost leading zero is restored.
fn padded(digits: &str, length: usize) -> (String, bool) {
    let lost = digits.len() + 1 == length && digits.chars().all(|c| c.is_ascii_digit());
    (if lost { format!("0{digits}") } else { digits.to_owned() }, lost)
}

fn righted<T>(found: Option<T>, lost: bool, text: String, fault: impl FnOnce() -> Fault) -> Read<T> {
    let value = found.ok_or_else(fault)?;
    Ok(Right { value, as_if: lost.then_some(text) })
}

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

fn cpr_here() -> Fault {
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

fn date(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The day before which spreadsheets count no days, for dates that lost their format.
const EXCEL_BEGINS: (i32, u32, u32) = (1899, 12, 30);

/// # Errors
/// No date; a year of two digits.
pub fn day(cell: &Cell) -> Read<NaiveDate> {
    let fault = || {
        Fault::new(
            "date",
            "Ikke en dato: skriv 31-08-2026 (dag, måned, år med fire cifre) eller 2026-08-31.",
            "No date: write 31-08-2026 (day, month, year of four digits) or 2026-08-31.",
        )
    };
    let (found, lost) = match cell {
        Cell::Day(day) => (Some(*day), false),
        Cell::Number(number) if (20_000.0..80_000.0).contains(number) => {
            let (year, month, day) = EXCEL_BEGINS;
            let days = format!("{:.0}", number.trunc()).parse().ok().map(chrono::Days::new);
            (NaiveDate::from_ymd_opt(year, month, day).zip(days).and_then(|(begin, days)| begin.checked_add_days(days)), true)
        }
        other => {
            let text = other.text();
            (date(text.split_once(['T', ' ']).map_or(text.as_str(), |(day, _)| day)), false)
        }
    };
    let found = found.filter(|day| (1500..2200).contains(&day.year()));
    let text = found.map(|day| day.to_string()).unwrap_or_default();
    righted(found, lost, text, fault)
}

/// The first day of a month: `2026-08`, `08-2026`, `2026M08`, or any day in it.
///
/// # Errors
/// No month.
pub fn month(cell: &Cell) -> Read<NaiveDate> {
    let found = match cell {
        Cell::Day(day) => day.with_day(1),
        other => month_of(&other.text()).or_else(|| date(&other.text()).and_then(|day| day.with_day(1))),
    };
    match found {
        Some(month) => plain(month),
        None => Err(Fault::not("month", "en måned, fx 2026-08 eller 08-2026", "a month, for instance 2026-08 or 08-2026")),
    }
}

/// A month in a text of digits and separators.
pub fn month_of(text: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month) = match parts.as_slice() {
        [year, month] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        [month, year] if year.len() == 4 && month.len() <= 2 => (*year, *month),
        [whole] if whole.len() == 6 => match whole.split_at(4) {
            (year, month) if (1900..2200).contains(&year.parse().unwrap_or(0)) && month <= "12" => (year, month),
            _ => (whole.get(2..)?, whole.get(..2)?),
        },
        _ => return None,
    };
    let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}

/// Employees: a figure, an interval (`5-9`, `ANTAL_5_9`), or an open one (`1000+`).
///
/// # Errors
/// Neither; or a date that Excel has made of an interval.
pub fn staff(cell: &Cell) -> Read<Staffing> {
    let made_a_date = || {
        Fault::new(
            "excel-date",
            "Excel har lavet intervallet om til en dato. Giv kolonnen talformatet Tekst, og skriv 5-9 igen.",
            "Excel has turned the interval into a date. Give the column the format Text, and write 5-9 again.",
        )
    };
    if matches!(cell, Cell::Day(_)) {
        return Err(made_a_date());
    }
    let text = cell.text().to_lowercase();
    const MONTHS: [&str; 15] =
        ["jan", "feb", "mar", "apr", "maj", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec", "des"];
    let parts: Vec<&str> = text.split(['-', '.', ' ', '/']).filter(|part| !part.is_empty()).collect();
    if let [one, other] = parts.as_slice()
        && [one, other].iter().any(|part| MONTHS.contains(&part.get(..3).unwrap_or_default()))
    {
        return Err(made_a_date());
    }
    if is_rounded(&text) {
        return Err(rounded());
    }
    let fault = || {
        Fault::new(
            "staff",
            "Ikke et antal ansatte: skriv et helt tal (7), et interval (5-9) eller mindst (1000+).",
            "No number of employees: write a whole number (7), an interval (5-9) or at least (1000+).",
        )
    };
    let open = text.ends_with('+') || ["over", "mindst", "flere end", "at least", ">"].iter().any(|word| text.starts_with(word));
    let known = ["antal", "ansatte", "over", "mindst", "flere", "end", "til", "at", "least", "employees", "og", "derover"];
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let strange = words.into_iter().any(|word| !known.contains(&word));
    // A point separates thousands; nobody employs fractions of people.
    let numbers: Vec<i32> = text
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|part| !part.is_empty())
        .map(|part| part.replace('.', "").parse().unwrap_or(-1))
        .collect();
    let fraction = text.contains(',') || matches!(cell, Cell::Number(number) if number.fract() != 0.0);
    let found = match numbers.as_slice() {
        [low] if open => Staffing::new(*low, None),
        [figure] => Staffing::new(*figure, Some(*figure)),
        // The register writes an open interval with an end that nobody reaches.
        [low, high] => Staffing::new(*low, (*high < 999_999).then_some(*high)),
        _ => None,
    };
    righted(found.filter(|_| !strange && !fraction && !text.starts_with('-')), false, String::new(), fault)
}

/// A decimal number as Danes (1.234,5) or others (1,234.5) write it.
fn number(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !blank(*c)).collect();
    let plain = match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => text.replace(',', ""),
        (Some(_), None) => text.replace(',', "."),
        _ => text,
    };
    let fits = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    plain.parse().ok().filter(|_| fits)
}

/// Full-time posts with at most two decimals, so that `1.234` is a thousand and more.
///
/// # Errors
/// No such number.
pub fn full_time(cell: &Cell) -> Read<FullTime> {
    let found = match cell {
        Cell::Number(number) => Some(*number),
        other => {
            let text = other.text();
            let thousands = text.split('.').skip(1).all(|part| part.len() == 3) && !text.contains(',');
            number(&if thousands { text.replace('.', "") } else { text })
        }
    };
    let hundredths = found.map(|posts| posts * 100.0).filter(|hundredths| (0.0..=10_000_000.0).contains(hundredths));
    // What a spreadsheet or the register has computed is rounded; what somebody has written is exact.
    let exact = |hundredths: &f64| matches!(cell, Cell::Number(_)) || (hundredths - hundredths.round()).abs() < 1e-6;
    let found = hundredths.filter(exact).and_then(|hundredths| format!("{:.0}", hundredths.round()).parse().ok());
    righted(found.map(FullTime::from_hundredths), false, String::new(), || {
        Fault::new(
            "full-time",
            "Ikke fuldtidsstillinger: et tal fra 0 til 100.000 med højst to decimaler, fx 12,5.",
            "No full-time posts: a number from 0 to 100,000 with at most two decimals, for instance 12.5.",
        )
    })
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

    /// The value of a cell, `*` if it was corrected; or the code of its fault.
    fn read<T>(read: fn(&Cell) -> Read<T>, show: fn(&T) -> String, cell: &Cell) -> String {
        match read(cell) {
            Ok(right) => format!("{}{}", show(&right.value), if right.as_if.is_some() { "*" } else { "" }),
            Err(fault) => fault.code.to_owned(),
        }
    }

    fn all<T>(reader: fn(&Cell) -> Read<T>, show: fn(&T) -> String, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(read(reader, show, &Cell::of(text)), *expected, "»{text}«");
        }
    }

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

    #[test]
    fn dates_are_danish_or_iso_and_never_guessed() {
        all(
            day,
            NaiveDate::to_string,
            &[
                ("31-08-2026", "2026-08-31"),
                ("31/8/2026", "2026-08-31"),
                ("31.08.2026", "2026-08-31"),
                ("2026-08-31", "2026-08-31"),
                ("2026-08-31T00:00:00", "2026-08-31"),
                ("31-08-2026 00:00", "2026-08-31"),
                ("08/31/2026", "date"),
                ("31-08-26", "date"),
                ("30-02-2026", "date"),
                ("i dag", "date"),
            ],
        );
        assert_eq!(read(day, NaiveDate::to_string, &Cell::Number(46265.0)), "2026-08-31*");
        all(
            month,
            NaiveDate::to_string,
            &[
                ("2026-08", "2026-08-01"),
                ("08-2026", "2026-08-01"),
                ("8/2026", "2026-08-01"),
                ("2026M08", "2026-08-01"),
                ("202608", "2026-08-01"),
                ("082026", "2026-08-01"),
                ("15-08-2026", "2026-08-01"),
                ("13-2026", "month"),
                ("august", "month"),
            ],
        );
    }

    #[test]
    fn staff_is_a_figure_or_an_interval() {
        all(
            staff,
            |staff| Staffing::shown(Some(staff.low), staff.high),
            &[
                ("7", "7"),
                ("0", "0"),
                ("1.250", "1250"),
                ("5-9", "5-9"),
                ("5 – 9", "5-9"),
                ("5 til 9 ansatte", "5-9"),
                ("ANTAL_5_9", "5-9"),
                ("ANTAL_1_1", "1"),
                ("ANTAL_1000_999999", "1000+"),
                ("1000+", "1000+"),
                ("mindst 1.000", "1000+"),
                ("9-5", "staff"),
                ("-5", "staff"),
                ("5,5", "staff"),
                ("mange", "staff"),
                ("05-sep", "excel-date"),
                ("9. maj", "excel-date"),
                ("okt-19", "excel-date"),
            ],
        );
        let shown = |staff: &Staffing| Staffing::shown(Some(staff.low), staff.high);
        assert_eq!(read(staff, shown, &Cell::Day(NaiveDate::MIN)), "excel-date");
        assert_eq!(read(staff, shown, &Cell::Number(7.0)), "7");
        assert_eq!(read(staff, shown, &Cell::Number(7.5)), "staff");
    }

    #[test]
    fn decimals_have_a_comma_or_a_point() {
        all(
            full_time,
            |posts| posts.hundredths().to_string(),
            &[
                ("12,5", "1250"),
                ("12.5", "1250"),
                ("1.234", "123400"),
                ("1.234,5", "123450"),
                ("1,234.5", "123450"),
                ("1 234,5", "123450"),
                ("12,345", "full-time"),
                ("-1", "full-time"),
                ("tolv", "full-time"),
            ],
        );
        all(
            degrees::<90>,
            |_| "ok".into(),
            &[
                ("55,6761", "ok"),
                ("55.6761", "ok"),
                ("12,5683", "not-in-denmark"),
                ("6175000", "not-in-denmark"),
                ("NaN", "not-in-denmark"),
            ],
        );
        all(degrees::<180>, |_| "ok".into(), &[("12,5683", "ok"), ("55,6761", "not-in-denmark")]);
    }

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
