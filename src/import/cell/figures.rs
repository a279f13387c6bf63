//! Employees, full-time posts, decimal numbers.

use crate::{
    domain::{import::Staffing, input::Fault, values::text::FullTime},
    import::cell::{
        digits::{is_rounded, rounded},
        value::{Cell, Read, blank, righted},
    },
};

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
pub(super) fn number(text: &str) -> Option<f64> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::cell::{
        places::degrees,
        testing::{all, read},
        value::Cell,
    };
    use chrono::NaiveDate;

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
}
