//! The files of real companies in `tests/data/companies` are what their README says: real numbers, and exactly the mistakes that
//! it names.

use super::harness::file;
use rettematch::domain::values::{
    geo::Coordinates,
    register::{Cvr, Municipality, PNumber, Postcode},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(file(&format!("tests/data/{name}"))).unwrap()
}

/// Each row by its heading. Windows-1252 has the letters of Latin-1 in the places of Unicode.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(';').collect();
    let filled = lines.filter(|line| !line.trim_matches(';').is_empty());
    filled.map(|line| head.iter().map(ToString::to_string).zip(line.split(';').map(str::to_owned)).collect()).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn the_files_of_companies_hold_the_mistakes_that_their_description_names() {
    let list = bytes("companies/liste-fra-erhverv.csv");
    assert!(std::str::from_utf8(&list).is_err(), "it is in Windows-1252");
    let text: String = list.iter().copied().map(char::from).collect();
    assert!(text.ends_with("\r\n;;;;;;;;;;;;;;;;;\r\n;;;;;;;;;;;;;;;;;\r\n;;;;;;;;;;;;;;;;;\r\n\r\n"));
    let rows = rows(&text);
    assert_eq!(rows.len(), 32);
    let wrong = |name: &str, right: &dyn Fn(&str) -> bool| -> Vec<String> {
        rows.iter().map(|row| row[name].clone()).filter(|value| !right(value)).collect()
    };
    let no_cvr = wrong("CVR-nr", &|value| Cvr::parse(&digits(value)).is_some());
    assert_eq!(no_cvr, ["29189240"]);
    assert!(Cvr::parse("29189420").is_some());
    let no_p_number = wrong("P-nummer", &|value| value.is_empty() || PNumber::parse(&value.replace(' ', "")).is_some());
    assert_eq!(no_p_number, ["1,02E+09"]);
    assert_eq!(wrong("Postnr", &|value| Postcode::parse(value).is_some()), ["999", "800"]);
    assert_eq!(wrong("Kommunekode", &|value| Municipality::parse(value).is_some()), ["0101"]);
    assert_eq!(wrong("Branchekode", &|value| value.len() == 6), ["24000"]);
    assert_eq!(wrong("Antal ansatte", &|value| value.is_empty() || value.parse::<u32>().is_ok()), ["10-19"]);
    assert_eq!(rows.iter().filter(|row| !row["Ophørsdato"].is_empty()).count(), 3);
    assert_eq!(rows.iter().filter(|row| row["P-nummer"].is_empty()).count(), 15);
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), 31, "one row stands there twice");
}

#[test]
fn the_extract_of_the_register_has_one_broken_line() {
    let text = String::from_utf8(bytes("companies/udtraek.jsonl")).unwrap();
    let lines: Vec<Result<Value, _>> = text.lines().map(serde_json::from_str).collect();
    let broken: Vec<usize> = lines.iter().zip(1..).filter(|(line, _)| line.is_err()).map(|(_, number)| number).collect();
    assert_eq!((lines.len(), broken), (50, vec![21]));
    let companies: Vec<Value> = lines.into_iter().flatten().map(|line: Value| line["Vrvirksomhed"].clone()).collect();
    let mut seen = BTreeSet::new();
    for company in &companies {
        let cvr = company["cvrNummer"].to_string();
        assert!(Cvr::parse(&cvr).is_some() && seen.insert(cvr), "{}", company["navne"]);
        assert!(company["hovedbranche"][0]["branchekode"].as_str().is_some_and(|code| code.len() == 6));
        let code = company["beliggenhedsadresse"][0]["kommune"]["kommuneKode"].to_string();
        assert!(Municipality::parse(&code).is_some(), "{code}");
        assert!(
            company["penheder"].as_array().unwrap().iter().all(|unit| PNumber::parse(&unit["pNummer"].to_string()).is_some())
        );
    }
    let with_units = companies.iter().filter(|company| !company["penheder"].as_array().unwrap().is_empty());
    assert_eq!(with_units.count(), 6);
    let named = |which: &dyn Fn(&Value) -> bool| -> Vec<String> {
        companies.iter().filter(|company| which(company)).map(|company| company["cvrNummer"].to_string()).collect()
    };
    assert_eq!(named(&|company| !company["livsforloeb"][0]["periode"]["gyldigTil"].is_null()), ["12208030"]);
    assert_eq!(named(&|company| company["reklamebeskyttet"] == true), ["35682872"]);
    assert_eq!(named(&|company| company["navne"].as_array().unwrap().len() > 1), ["31678021", "36213728"]);
}

#[test]
fn the_table_of_postcodes_lies_in_denmark() {
    let text = String::from_utf8(bytes("postnumre.csv")).unwrap();
    let rows = rows(&text);
    assert_eq!(rows.len(), 65);
    for row in rows {
        assert!(Postcode::parse(&row["Postnr"]).is_some() && !row["By"].is_empty(), "{row:?}");
        let degrees = |name: &str| -> f64 { row[name].replace(',', ".").parse().unwrap() };
        let place: Coordinates =
            serde_json::from_value(serde_json::json!({"latitude": degrees("Breddegrad"), "longitude": degrees("Længdegrad")}))
                .unwrap();
        let nearest = (101..=860).filter_map(|code| Municipality::parse(&code.to_string())?.centre());
        let km = nearest.map(|centre| centre.km_to(place.point())).fold(f64::INFINITY, f64::min);
        assert!(km < 25.0, "{row:?}: {km} km from the middle of any municipality");
    }
}
