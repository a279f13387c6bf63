//! Moves all dates of a course file, so that a file written for one day is played on another.

use crate::domain::values::{day::plus, month::Month};
use chrono::NaiveDate;
use serde_json::Value;

/// Every date of the file, so many days later (earlier, where negative); a month becomes the one of its fifteenth. A text is a date
/// where it is nothing else.
pub(super) fn moved(value: &mut Value, days: i64) {
    match value {
        Value::String(text) => {
            if let Some(day) = day(text) {
                *text = plus(day, days).to_string();
            } else if let Some(month) = Month::parse(text) {
                *text = plus(month.first_day(), days + 14).format("%Y-%m").to_string();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| moved(value, days)),
        Value::Object(map) => map.values_mut().for_each(|value| moved(value, days)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    if text.len() == 10 { NaiveDate::parse_from_str(text, "%Y-%m-%d").ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_a_date_or_a_month_moves() {
        let mut file =
            json!({"on": "2028-02-28", "months": [["2027-11", 3]], "cpr": "610379-0002", "text": "senest 2028-02-28", "n": 7});
        moved(&mut file, 7);
        let later =
            json!({"on": "2028-03-06", "months": [["2027-11", 3]], "cpr": "610379-0002", "text": "senest 2028-02-28", "n": 7});
        assert_eq!(file, later);
        moved(&mut file, -35);
        assert_eq!((&file["on"], &file["months"]), (&json!("2028-01-31"), &json!([["2027-10", 3]])));
    }
}
