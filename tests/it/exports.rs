//! Any list as CSV or Excel: all its pages, for the roles that may see the list, of the caller's municipality only; sent while it
//! is read; no cell runs as a formula; an incomplete file does not look complete.

use crate::harness::{
    Answer, Client, House, Value, cvr,
    furnished::Furnished,
    json,
    schema::{Description, Operation},
};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use reqwest::Method;
use rettematch::{
    domain::{
        people::{access::Role, tenant::Tenant},
        values::{
            day::At,
            ids::{AccountId, CompanyId},
            register::Municipality,
        },
    },
    store::{StoreError, Tx, companies, schema::CompanyRow},
};
use std::{collections::BTreeSet, io::Cursor};

const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn csv(client: &Client, path: &str) -> Answer {
    client.send(client.ask(Method::GET, path).header("Accept", "text/csv")).await
}

/// The rows of a CSV file, the headers first.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

/// One column under its header.
fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let at = rows[0].iter().position(|header| header == name).unwrap_or_else(|| panic!("no {name} in {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

async fn sheet(client: &Client, path: &str) -> Vec<Vec<Data>> {
    let answer = client.ask(Method::GET, path).header("Accept", EXCEL).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["Content-Type"], EXCEL);
    let bytes = answer.bytes().await.unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_formula("Sheet1").unwrap();
    assert!(formulas.cells().all(|(.., formula)| formula.is_empty()));
    book.worksheet_range("Sheet1").unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The fields that an item fills, as columns are named.
fn filled(item: &Value, path: &str, found: &mut BTreeSet<String>) {
    match item {
        Value::Object(fields) => {
            for (name, value) in fields {
                filled(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, found);
            }
        }
        Value::Null => {}
        _ => drop(found.insert(path.to_owned())),
    }
}

fn lists() -> Vec<Operation> {
    let described = |operation: &Operation| operation.said.pointer("/responses/200/content/text~1csv").is_some();
    Description::own().operations().into_iter().filter(described).collect()
}

#[tokio::test]
async fn every_list_is_a_file_too_for_the_same_roles_and_with_every_field() {
    let full = Furnished::open().await;
    let lists = lists();
    assert!(lists.len() > 14, "{}", lists.len());
    for operation in Description::own().operations().iter().filter(|operation| operation.method == Method::GET) {
        if operation.is_open() {
            continue;
        }
        let path = full.path(operation);
        for role in Role::ALL {
            let client = full.house.here.of(*role);
            let (shown, file) = (client.get(&path).await, csv(client, &path).await);
            let what = format!("{} as {role}", operation.name());
            assert_eq!(shown.status, file.status, "{what}");
            let is_list = lists.iter().any(|list| list.name() == operation.name());
            if shown.status != 200 || !is_list {
                assert!(file.header("Content-Type").is_none_or(|kind| kind.contains("json")), "{what}");
                assert!(shown.status != 200 || shown.header("Link").is_none(), "{what} has pages and is no file");
                continue;
            }
            assert_eq!(file.header("Content-Type"), Some("text/csv; charset=utf-8; header=present"), "{what}");
            let name = path.rsplit('/').next().unwrap();
            assert_eq!(file.header("Content-Disposition"), Some(format!("attachment; filename=\"{name}.csv\"").as_str()));
            let (rows, items) = (rows(&file.text), shown.ok()["items"].as_array().unwrap().clone());
            assert!(rows.len() > items.len(), "{what}: {} of {}", rows.len() - 1, items.len());
            let headers: BTreeSet<String> = rows[0].iter().cloned().collect();
            assert_eq!(headers.len(), rows[0].len(), "{what}: a header twice");
            let mut fields = BTreeSet::new();
            items.iter().for_each(|item| filled(item, "", &mut fields));
            assert!(fields.is_subset(&headers), "{what}: no column for {:?}", fields.difference(&headers));
            let excel = sheet(client, &path).await;
            let titles: Vec<String> = excel[0].iter().map(ToString::to_string).collect();
            // The list of who has looked grows by each look.
            let has_grown = excel.len() > rows.len();
            assert_eq!((titles, has_grown), (rows[0].clone(), path.ends_with("/reads")), "{what}");
        }
        // The other municipality sees nothing of it.
        let there = full.able_there(operation);
        if let file @ Answer { status: 200, .. } = csv(there, &path).await
            && file.header("Content-Disposition").is_some()
        {
            let own: BTreeSet<String> =
                column(&rows(&csv(full.able(operation), &path).await.text), rows(&file.text)[0][0].as_str())
                    .into_iter()
                    .collect();
            let theirs = column(&rows(&file.text), rows(&file.text)[0][0].as_str());
            let is_ids = theirs.iter().all(|id| id.len() == 36);
            assert!(!is_ids || theirs.iter().all(|id| !own.contains(id)), "{}", operation.name());
        }
    }
}

#[tokio::test]
async fn a_file_holds_all_pages_as_they_are_filtered_and_nothing_runs_in_it() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let evil = "=HYPERLINK(\"http://evil.example\";\"Klik\")";
    let names = [evil, "+Plus & Søn", "-Minus", "@Snabel", "Semi;kolon \"citat\"", "Netto ApS", "Netto Æble"];
    for (n, name) in names.iter().enumerate() {
        let industry = if n < 5 { "471120" } else { "561110" };
        let body =
            json!({"cvr": cvr(), "name": name, "advertising_protected": n == 0, "industry": industry, "approaches_at_most": n});
        let company = liaison.post("/companies", body).await.ok()["id"].as_str().unwrap().to_owned();
        let workplace = json!({"p_number": format!("00{:08}", n), "name": name,
            "location": {"coordinates": {"latitude": 55.5, "longitude": 12.25}}});
        liaison.post(&format!("/companies/{company}/workplaces"), workplace).await.ok();
    }
    let body = json!({"cvr": cvr(), "name": "Netto Aalborg", "advertising_protected": false});
    house.there.liaison.post("/companies", body).await.ok();

    let file = csv(liaison, "/companies?limit=2").await;
    let rows_of = |answer: &Answer| rows(&answer.text);
    let expected =
        ["'=HYPERLINK(\"http://evil.example\";\"Klik\")", "'+Plus & Søn", "'-Minus", "'@Snabel", names[4], names[5], names[6]];
    assert_eq!(column(&rows_of(&file), "name"), expected);
    assert_eq!(column(&rows_of(&file), "approaches_at_most"), ["0", "1", "2", "3", "4", "5", "6"]);
    assert_eq!(rows_of(&file)[0][..3], ["id", "cvr", "name"]);
    assert_eq!(column(&rows_of(&csv(liaison, "/companies?name=netto&limit=1").await), "name"), ["Netto ApS", "Netto Æble"]);
    assert_eq!(column(&rows_of(&csv(liaison, "/companies?industry=56&limit=1").await), "name"), ["Netto ApS", "Netto Æble"]);
    let near = csv(liaison, "/workplaces?near=55.5,12.35&limit=3").await;
    assert_eq!(column(&rows_of(&near), "name").len(), 7);
    assert!(column(&rows_of(&near), "km").iter().all(|km| km == "6,298"), "a decimal comma: {:?}", column(&rows_of(&near), "km"));
    assert_eq!(column(&rows_of(&near), "p_number")[1], "0000000001");
    // None, but the columns are there.
    let none = csv(liaison, "/companies?name=ingenting").await;
    assert_eq!(rows_of(&none), [rows_of(&file)[0].clone()]);
    csv(liaison, "/companies?limit=0").await.problem(422, "invalid-fields");

    let excel = sheet(liaison, "/workplaces?limit=2").await;
    let at = |name: &str| excel[0].iter().position(|title| title == &Data::String(name.into())).unwrap();
    assert_eq!(excel.len(), 8);
    assert_eq!(excel[1][at("name")], Data::String(evil.into()), "as it was written, and a text");
    assert_eq!(excel[2][at("p_number")], Data::String("0000000001".into()), "with its zeros");
    assert_eq!(excel[1][at("latitude")], Data::Float(55.5));
    assert_eq!(excel[1][at("km")], Data::Empty);
}

#[tokio::test]
async fn days_are_days_in_excel() {
    let house = House::open().await;
    let company = house.company().await;
    let path = format!("/companies/{}", company.id);
    let body = json!({"name": "Lukket", "advertising_protected": false, "liaison": house.here.liaison.account, "closed_on": "2025-12-31"});
    house.here.liaison.replace(&path, body).await.ok();
    let excel = sheet(&house.here.liaison, "/companies").await;
    let at = excel[0].iter().position(|title| title == &Data::String("closed_on".into())).unwrap();
    // Days since the last of 1899: 31 December 2025.
    assert!(matches!(&excel[1][at], Data::DateTime(day) if day.as_f64() == 46022.0), "{:?}", excel[1][at]);
    assert_eq!(column(&rows(&csv(&house.here.liaison, "/companies").await.text), "closed_on"), ["2025-12-31"]);
}

/// Very many companies, past the application.
async fn crowd(house: &House, count: usize) {
    let (at, liaison): (At, AccountId) = (house.app.clock.now(), AccountId::stored(&house.here.liaison.account));
    let put = move |tx: &mut Tx| -> Result<(), StoreError> {
        for n in 0..count {
            let row = CompanyRow {
                id: CompanyId::new(at),
                municipality: Tenant::of(Municipality::parse("101").unwrap()),
                cvr: format!("{n:08}"),
                name: format!("{n} {}", "langt navn ".repeat(17)),
                industry: None,
                industry_scheme: None,
                advertising_protected: false,
                liaison_id: liaison.clone(),
                revision: 1,
                form: None,
                closed_on: None,
                approaches_at_most: None,
            };
            companies::insert(tx, &row)?;
        }
        Ok(())
    };
    house.app.db.write(put).await.unwrap();
}

/// More than the buffers between the program and a reader who does not read can hold.
const CROWD: usize = 30_000;

#[tokio::test]
async fn a_long_list_is_sent_while_it_is_read() {
    let house = House::open().await;
    crowd(&house, CROWD).await;
    let liaison = &house.here.liaison;
    let mut answer = liaison.ask(Method::GET, "/companies").header("Accept", "text/csv").send().await.unwrap();
    let mut bytes = answer.chunk().await.unwrap().unwrap().to_vec();
    // The reader is slow: by now the program could have read everything, if it did not wait for the reader.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    house.turn_to(house.now() + chrono::Duration::seconds(1));
    let body = json!({"cvr": cvr(), "name": "Kom til undervejs", "advertising_protected": false});
    liaison.post("/companies", body).await.ok();
    while let Some(more) = answer.chunk().await.unwrap() {
        bytes.extend_from_slice(&more);
    }
    let rows = rows(std::str::from_utf8(&bytes).unwrap());
    let ids: BTreeSet<String> = column(&rows, "id").into_iter().collect();
    assert_eq!((rows.len() - 1, ids.len()), (CROWD + 1, CROWD + 1));
    assert_eq!(column(&rows, "name").pop().unwrap(), "Kom til undervejs", "read only when its page was due");
}

#[tokio::test]
async fn a_file_that_cannot_be_completed_does_not_look_whole() {
    let house = House::open().await;
    crowd(&house, CROWD).await;
    let liaison = &house.here.liaison;
    let mut answer = liaison.ask(Method::GET, "/companies").header("Accept", "text/csv").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.chunk().await.unwrap().unwrap();
    house.texts("ALTER TABLE companies RENAME TO gone");
    let end = loop {
        match answer.chunk().await {
            Ok(Some(_)) => {}
            other => break other,
        }
    };
    assert!(end.is_err(), "the answer ended as if it were whole");
    // Before anything is sent it is an ordinary problem.
    csv(liaison, "/companies").await.problem(500, "internal");
    let excel = liaison.send(liaison.ask(Method::GET, "/companies").header("Accept", EXCEL)).await;
    excel.problem(500, "internal");
}
