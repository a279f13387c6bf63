//! Importing lists of companies and postcodes, through the API and with the real binary: what is reported of invalid rows, what
//! changes, what never does, and what remains when the process is killed midway.

use crate::harness::{
    Answer, Client, House, Value, cvr, file, json, p_number,
    real::{Running, Setting, texts},
};
use reqwest::Method;
use std::{fs, path::Path, process::Command};

async fn send(client: &Client, path: &str, kind: &str, list: impl Into<reqwest::Body>) -> Answer {
    client.send(client.ask(Method::POST, path).header("Content-Type", kind).body(list)).await
}

async fn bring(client: &Client, list: &str) -> Value {
    send(client, "/company-imports", "text/csv", list.to_owned()).await.ok()
}

fn count(view: &Value) -> [i64; 4] {
    ["new", "changed", "closed", "unchanged"].map(|name| view[name].as_i64().unwrap())
}

/// Line, column and code of every fault.
fn faults(view: &Value) -> Vec<(u64, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = view["bad_rows"].as_array().unwrap().iter();
    rows.flat_map(|row| {
        let line = row["line"].as_u64().unwrap();
        row["faults"].as_array().unwrap().iter().map(move |fault| (line, text(&fault["column"]), text(&fault["code"])))
    })
    .collect()
}

/// Municipality 101, one company with `places` workplaces.
fn a_list(name: &str, numbers: &[String], staff: &str) -> String {
    let own = cvr();
    let mut list =
        "CVR;Virksomhedsnavn;P-nr;Arbejdsplads;Adresse;Postnr;By;Kommune;Branchekode;Ansatte;Årsværk 2025-12\r\n".to_owned();
    for (index, number) in numbers.iter().enumerate() {
        list += &format!("{own};{name};{number};Sted {index};Vej {index};2200;København N;101;471120;{staff};3,5\r\n");
    }
    list
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|_| p_number()).collect()
}

#[tokio::test]
async fn a_list_is_rehearsed_kept_and_then_changes_nothing() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let list = a_list("Købmand ApS", &numbers(1_203), "5-9");
    let before = house.dump();
    let rehearsed = send(liaison, "/company-imports?dry_run=true", "text/csv", list.clone()).await.ok();
    assert_eq!(house.dump(), before, "a rehearsal wrote something");
    let kept = bring(liaison, &list).await;
    for view in [&rehearsed, &kept] {
        assert_eq!((count(&view["companies"]), count(&view["workplaces"])), ([1, 0, 0, 0], [1_203, 0, 0, 0]), "{view}");
        assert_eq!((&view["rows"], &view["bad"], view["changes"].as_array().unwrap().len()), (&json!(1_203), &json!(0), 200));
        assert_eq!((&view["changes_cut"], &view["bad_rows_cut"]), (&json!(true), &json!(false)));
    }
    assert_eq!((&rehearsed["kept"], &kept["kept"]), (&json!(false), &json!(true)));
    let after = house.dump();
    let again = bring(liaison, &list).await;
    assert_eq!((count(&again["companies"]), count(&again["workplaces"])), ([0, 0, 0, 1], [0, 0, 0, 1_203]));
    assert_eq!(house.dump(), after, "the same list twice changed something");
    let company = liaison.get("/companies").await.ok()["items"][0].clone();
    assert_eq!((&company["name"], &company["liaison"]), (&json!("Købmand ApS"), &json!(liaison.account)));
    let places = liaison.get(&format!("/companies/{}/workplaces", company["id"].as_str().unwrap())).await.ok();
    let place = &places["items"][0];
    for (name, value) in [
        ("postcode", json!("2200")),
        ("lies_in", json!("101")),
        ("placed_by", json!("municipality")),
        ("staff_low", json!(5)),
        ("staff_high", json!(9)),
        ("industry", json!("471120")),
    ] {
        assert_eq!(place[name], value, "{name}");
    }
    let staff = liaison.get(&format!("/workplaces/{}/staff", place["id"].as_str().unwrap())).await.ok();
    assert_eq!(staff["items"], json!([{"month": "2025-12", "full_time": 3.5}]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_list_from_two_at_once_is_brought_in_once() {
    let house = House::open().await;
    let list = a_list("Købmand ApS", &numbers(2_003), "5-9");
    let (one, other) = tokio::join!(bring(&house.here.liaison, &list), bring(&house.here.team_leader, &list));
    let both = |what: &str| {
        let (one, other) = (count(&one[what]), count(&other[what]));
        [one[0] + other[0], one[1] + other[1]]
    };
    assert_eq!((both("companies"), both("workplaces")), ([1, 0], [2_003, 0]), "{one} {other}");
    assert_eq!((house.count("companies"), house.count("workplaces")), (1, 2_003));
}

#[tokio::test]
async fn every_bad_row_is_told_with_all_its_faults_and_the_good_ones_are_kept() {
    let house = House::open().await;
    let (own, good, other) = (cvr(), p_number(), p_number());
    let list = format!(
        "Udtræk fra ESDH\n\nCVR-nr;Virksomhed;P-nummer;Postnr;Branche;Ansatte;Breddegrad;Længdegrad;Ophørt;Telefon\n\
         {own};Bager;{good};800;11100;7;55,67;12,57;;12345678\n\
         ;;;;;;;;;\n\
         12345678;Bager;1,0990E+09;80;xx;05-sep;12,57;55,67;31-02-2026;\n\
         {own};Bager;{good};2200;;;;;;\n\
         ;Bager;{other};2200;;;;;;\n\
         {own};Bager;{other};2200;;;;;;;for meget\n"
    );
    let view = bring(&house.here.team_leader, &list).await;
    let expected = [
        (6, "CVR-nr", "cvr"),
        (6, "P-nummer", "excel-rounded"),
        (6, "Postnr", "postcode"),
        (6, "Branche", "industry"),
        (6, "Ansatte", "excel-date"),
        (6, "Breddegrad", "not-in-denmark"),
        (6, "Længdegrad", "not-in-denmark"),
        (6, "Ophørt", "date"),
        (7, "P-nummer", "twice-in-the-list"),
        (8, "CVR-nr", "required"),
        (9, "", "too-many-fields"),
    ];
    let mut found = faults(&view);
    found.sort();
    let mut expected: Vec<_> = expected.map(|(line, column, code)| (line, column.to_owned(), code.to_owned())).to_vec();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!((&view["rows"], &view["bad"], &view["blank"], &view["righted"]), (&json!(5), &json!(4), &json!(1), &json!(2)));
    assert_eq!(view["righted_cells"][1], json!({"line": 4, "column": "Postnr", "before": "800", "after": "0800"}));
    assert_eq!(view["unused_columns"], json!(["Telefon"]));
    assert_eq!(count(&view["workplaces"]), [1, 0, 0, 0]);
    assert_eq!(house.texts("SELECT postcode || placed_by AS text FROM workplaces"), ["0800coordinates"]);
    // Danish where that is asked for.
    let request = house.here.liaison.ask(Method::POST, "/company-imports?dry_run=true").header("Content-Type", "text/csv");
    let mut request = request.body(list).build().unwrap();
    request.headers_mut().insert("Accept-Language", "da".parse().unwrap());
    let danish = house.here.liaison.execute(request).await.ok();
    assert!(danish["bad_rows"][0]["faults"][0]["reason"].as_str().unwrap().starts_with("Ikke et CVR-nummer"), "{danish}");
}

#[tokio::test]
async fn what_looks_like_a_cpr_number_is_told_but_not_repeated() {
    let house = House::open().await;
    let list = format!("CVR;Navn;P-nr\n{};Frisør 010180-1234;{}\n", cvr(), p_number());
    let answer = send(&house.here.liaison, "/company-imports", "text/csv", list).await;
    assert_eq!(faults(&answer.ok()), [(2, "Navn".to_owned(), "cpr-here".to_owned())]);
    assert!(!answer.text.contains("1234"), "{}", answer.text);
}

#[tokio::test]
async fn windows_1252_and_other_separators_are_read() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let text = |separator: &str| {
        ["CVR", "Virksomhed", "P-nr", "By", "Kommune"].join(separator)
            + "\n"
            + &[cvr().as_str(), "Rødgrød & Smørrebrød", &p_number(), "Ærøskøbing", "Ærø"].join(separator)
            + "\n"
    };
    for (separator, latin) in [(";", true), (",", true), ("\t", false), (";", false)] {
        let text = text(separator);
        let bytes: Vec<u8> =
            if latin { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() } else { text.into_bytes() };
        let bytes = if latin { bytes } else { [b"\xef\xbb\xbf".as_slice(), &bytes].concat() };
        let view = send(liaison, "/company-imports", "text/csv", bytes).await.ok();
        assert_eq!((count(&view["workplaces"]), &view["bad"]), ([1, 0, 0, 0], &json!(0)), "{view}");
    }
    assert_eq!(house.texts("SELECT DISTINCT name AS text FROM workplaces"), ["Rødgrød & Smørrebrød"]);
    assert_eq!(house.texts("SELECT DISTINCT city || lies_in AS text FROM workplaces"), ["Ærøskøbing492"]);
}

#[tokio::test]
async fn what_people_here_have_put_in_by_hand_stays() {
    let house = House::open().await;
    let (liaison, leader) = (&house.here.liaison, &house.here.team_leader);
    let (own, number) = (cvr(), p_number());
    let list = |name: &str, lat: &str, posts: &str| {
        format!(
            "CVR;Navn;P-nr;Adresse;Postnr;Kommune;Latitude;Longitude;Årsværk 2025-11;Årsværk 2025-12\n\
             {own};{name};{number};Vej 1;2200;101;{lat};12,55;9;{posts}\n"
        )
    };
    bring(leader, &list("Før", "55,69", "8")).await;
    let company = liaison.get("/companies").await.ok()["items"][0].clone();
    let path = format!("/companies/{}", company["id"].as_str().unwrap());
    let mut body = json!({"name": company["name"], "advertising_protected": true, "liaison": liaison.account});
    body["form"] = json!("ApS");
    liaison.replace(&path, body).await.ok();
    let place = liaison.get(&format!("{path}/workplaces")).await.ok()["items"][0].clone();
    let at = format!("/workplaces/{}", place["id"].as_str().unwrap());
    let location = json!({"municipality": "101", "postcode": "2200", "coordinates": {"latitude": 55.7, "longitude": 12.5}});
    let body = json!({"name": place["name"], "location": location, "foresees_vacancy": true});
    liaison.replace(&at, body).await.ok();
    liaison.put(&format!("{at}/staff/2025-12"), json!({"full_time": 20})).await.ok();
    liaison.post(&format!("{at}/contacts"), json!({"name": "Kontakt"})).await.ok();

    let view = bring(leader, &list("Efter", "55,69", "8")).await;
    assert_eq!((count(&view["companies"]), view["bad"].clone()), ([0, 1, 0, 0], json!(0)), "{view}");
    let company = liaison.get(&path).await.ok();
    assert_eq!(
        (&company["name"], &company["liaison"], &company["form"]),
        (&json!("Efter"), &json!(liaison.account), &json!("ApS"))
    );
    assert_eq!(company["advertising_protected"], true);
    let place = liaison.get(&at).await.ok();
    assert_eq!((&place["latitude"], &place["longitude"]), (&json!(55.7), &json!(12.5)));
    assert_eq!(place["foresees_vacancy"], true);
    let staff = liaison.get(&format!("{at}/staff")).await.ok();
    let figures: Vec<f64> = staff["items"].as_array().unwrap().iter().map(|month| month["full_time"].as_f64().unwrap()).collect();
    assert_eq!(figures, [9.0, 20.0]);
    assert_eq!(house.count("contacts"), 1);
    let after = house.dump();
    bring(leader, &list("Efter", "55,69", "8")).await;
    assert_eq!(house.dump(), after);
    // Another place in another list does not move it either.
    let far = bring(leader, &list("Efter", "55,60", "8")).await;
    assert_eq!(count(&far["workplaces"]), [0, 0, 0, 1]);
}

#[tokio::test]
async fn staff_that_falls_lets_the_schedule_look_again_where_there_are_internships() {
    let house = House::open().await;
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    let company = house.here.liaison.get(&format!("/companies/{}", stay.company.id)).await.ok();
    let place = house.here.liaison.get(&format!("/workplaces/{}", stay.company.workplace)).await.ok();
    house.tick().await;
    let looks = || house.texts("SELECT id AS text FROM workplaces WHERE look_on IS NOT NULL AND look_on <= '2026-01-20'");
    let list = |posts: &str, other: &str| {
        format!(
            "CVR;P-nr;Navn;Årsværk;Måned\n{0};{1};;{posts};2026-01\n{other};{2};Ukendt;{posts};2026-01\n",
            company["cvr"].as_str().unwrap(),
            place["p_number"].as_str().unwrap(),
            "1099999999"
        )
    };
    let other = cvr();
    let view = bring(&house.here.liaison, &list("50", &other)).await;
    assert_eq!(view["bad"], 0, "{view}");
    house.tick().await;
    assert_eq!(looks(), Vec::<String>::new());
    let view = bring(&house.here.liaison, &list("2", &other)).await;
    assert_eq!((&view["staff_down"], &view["staff_up"]), (&json!(2), &json!(0)), "{view}");
    assert_eq!(looks(), [stay.company.workplace.as_str()], "a workplace that nobody here deals with is not looked at");
    let after = house.dump();
    bring(&house.here.liaison, &list("2", &other)).await;
    assert_eq!(house.dump(), after);
}

#[tokio::test]
async fn a_closed_workplace_or_company_takes_no_booking() {
    let house = House::open().await;
    let (citizen, first, second) = (house.citizen().await, house.company().await, house.company().await);
    let cvr_of = |id: String| {
        let liaison = house.here.liaison.clone();
        async move { liaison.get(&format!("/companies/{id}")).await.ok()["cvr"].as_str().unwrap().to_owned() }
    };
    let (one, other) = (cvr_of(first.id.clone()).await, cvr_of(second.id.clone()).await);
    let place = house.here.liaison.get(&format!("/workplaces/{}", first.workplace)).await.ok();
    let number = place["p_number"].as_str().unwrap();
    let unknown = (cvr(), p_number());
    let list = format!(
        "CVR;Navn;P-nr;Ophørsdato\n{one};;{number};01-01-2026\n{other};;;01-03-2026\n{};Lukket;{};01-01-2020\n",
        unknown.0, unknown.1
    );
    let view = bring(&house.here.liaison, &list).await;
    assert_eq!((count(&view["companies"]), count(&view["workplaces"])), ([0, 0, 1, 1], [0, 0, 1, 0]), "{view}");
    assert_eq!(view["left_out"], 1);
    for company in [&first, &second] {
        let body = house.booking(&citizen.0, company, "2026-01-19");
        let answer = house.here.consultant.post("/internships", body).await;
        assert_eq!(answer.faults(), [("/workplace".to_owned(), "closed".to_owned())]);
    }
    // One that ends before the company closes is booked.
    let mut body = house.booking(&citizen.0, &second, "2026-01-19");
    body["last_day"] = json!("2026-02-27");
    house.here.consultant.post("/internships", body).await.ok();
}

#[tokio::test]
async fn another_municipality_has_companies_of_its_own() {
    let house = House::open().await;
    let list = a_list("Fælles", &numbers(3), "7");
    bring(&house.here.liaison, &list).await;
    let there = || house.texts("SELECT id || revision AS text FROM workplaces WHERE municipality = '851' ORDER BY id");
    let view = bring(&house.there.liaison, &list).await;
    assert_eq!(count(&view["workplaces"]), [3, 0, 0, 0]);
    let before = there();
    bring(&house.here.liaison, &list.replace(";7;", ";9;")).await;
    assert_eq!(there(), before);
    assert_eq!(house.count("workplaces"), 6);
}

#[tokio::test]
async fn postcodes_that_are_brought_in_place_what_is_known_by_less_than_coordinates() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let list = format!(
        "CVR;Navn;P-nr;Postnr;Kommune;Lat;Lon\n{0};A;{1};8000;751;;\n{0};A;{2};9999;;;\n{0};A;{3};8000;751;56,1;10,1\n",
        cvr(),
        p_number(),
        p_number(),
        p_number()
    );
    let view = bring(liaison, &list).await;
    assert_eq!(view["unplaced"], 1, "{view}");
    let placed = || house.texts("SELECT coalesce(placed_by, 'nowhere') AS text FROM workplaces ORDER BY p_number");
    assert_eq!(placed(), ["municipality", "nowhere", "coordinates"]);
    let codes = "nr,navn,visueltcenter_x,visueltcenter_y\n8000,Aarhus C,10.2107,56.1572\n999,Kbh,12.57,55.69\n8000,Igen,10.2,56.1\nx,y,z,w\n";
    let before = house.dump();
    let rehearsed = send(liaison, "/postcode-imports?dry_run=true", "text/csv", codes).await.ok();
    assert_eq!(house.dump(), before);
    let view = send(liaison, "/postcode-imports", "text/csv", codes).await.ok();
    for view in [&rehearsed, &view] {
        assert_eq!((&view["new"], &view["placed"], &view["bad"]), (&json!(2), &json!(1), &json!(2)), "{view}");
    }
    assert_eq!(placed(), ["postcode", "nowhere", "coordinates"]);
    assert_eq!(house.texts("SELECT postcode AS text FROM postcodes ORDER BY postcode"), ["0999", "8000"]);
    let after = house.dump();
    send(liaison, "/postcode-imports", "text/csv", codes).await.ok();
    assert_eq!(house.dump(), after);
    // What comes later is placed by it at once, and what was placed is not moved by its own list.
    assert_eq!(count(&bring(liaison, &list).await["workplaces"]), [0, 0, 0, 3]);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_told_why() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let before = house.dump();
    let cases: [(&[u8], &str); 7] = [
        (b"", "none of the first lines"),
        (b"Navn;Adresse\nA;B\n", "none of the first lines"),
        (b"CVR;Firma;Virksomhed\n13748136;A;B\n", "mean the same"),
        (b"PK\x03\x04 and more", "excel workbook"),
        (b"\xd0\xcf\x11\xe0 and more", "old excel"),
        (b"\xff\xfeC\0V\0R\0", "utf-16"),
        (b"{\"Vrvirksomhed\": {}}", "none of the first lines"),
    ];
    for (list, words) in cases {
        let answer = send(liaison, "/company-imports", "text/csv", list.to_vec()).await;
        assert_eq!(answer.faults(), [(String::new(), "unreadable".to_owned())]);
        assert!(answer.text.to_lowercase().contains(words), "{}", answer.text);
    }
    let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let broken = send(liaison, "/company-imports", excel, "no workbook").await;
    assert_eq!(broken.faults(), [(String::new(), "unreadable".to_owned())]);
    send(liaison, "/company-imports", "application/json", "{}").await.problem(415, "unsupported-media-type");
    send(&house.here.consultant, "/company-imports", "text/csv", "CVR;Navn\n").await.problem(403, "forbidden");
    assert_eq!(house.dump(), before);
    // A quotation mark that nobody closes does not swallow what stands before it.
    let own = cvr();
    let list = format!("CVR;Navn\n{own};Før\n{own};\"Efter\n{}", "x;y\n".repeat(400_000));
    let view = bring(liaison, &list).await;
    assert_eq!(faults(&view), [(3, String::new(), "unclosed-quotation".to_owned())]);
    assert_eq!(count(&view["companies"]), [1, 0, 0, 0]);
}

#[tokio::test]
async fn a_list_has_a_limit_of_its_own_and_is_answered_once_under_a_key() {
    let house = House::open_with(|settings| settings.import_bytes = 2_000).await;
    let liaison = &house.here.liaison;
    let large = a_list("For stor", &numbers(40), "1");
    assert!(large.len() > 2_000);
    send(liaison, "/company-imports", "text/csv", large).await.problem(413, "too-large");
    assert_eq!(house.count("companies"), 0);
    let list = a_list("Lille", &numbers(3), "1");
    let once = |list: String| {
        let request = liaison.ask(Method::POST, "/company-imports").header("Content-Type", "text/csv");
        liaison.send(request.header("Idempotency-Key", "k").body(list))
    };
    let (first, again) = (once(list.clone()).await, once(list).await);
    assert_eq!(first.ok(), again.ok());
    assert_eq!(first.body()["companies"]["new"], 1);
    once("CVR;Navn\n".into()).await.problem(422, "key-reused");
}

#[tokio::test]
async fn the_registers_own_extract_is_read_whatever_stands_first() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let (own, gone, one, other) = (cvr(), cvr(), p_number(), p_number());
    let number = |text: &str| text.parse::<u64>().unwrap();
    let now = json!({"gyldigFra": "2020-01-01", "gyldigTil": null});
    let company = json!({"_source": {"Vrvirksomhed": {
        "cvrNummer": number(&own), "reklamebeskyttet": true, "ukendt": 1,
        "navne": [{"navn": "Gammelt navn", "periode": {"gyldigFra": "2010-01-01", "gyldigTil": "2019-12-31"}}, {"navn": "Nyt navn", "periode": now}],
        "virksomhedsform": [{"kortBeskrivelse": "A/S", "periode": now}], "hovedbranche": [{"branchekode": "11100", "periode": now}],
        "livsforloeb": [{"periode": now}],
        "penheder": [{"pNummer": number(&one), "periode": now}, {"pNummer": number(&other), "periode": now},
            {"pNummer": number(&p_number()), "periode": {"gyldigFra": "2010-01-01", "gyldigTil": "2012-01-01"}}],
    }}});
    let unit = json!({"VrproduktionsEnhed": {
        "pNummer": number(&one), "reklamebeskyttet": false, "virksomhedsrelation": [{"cvrNummer": number(&own), "periode": now}],
        "navne": [{"navn": "Fabrikken", "periode": now}], "livsforloeb": [{"periode": now}],
        "beliggenhedsadresse": [{"vejnavn": "Havnegade", "husnummerFra": 7, "bogstavFra": "B", "etage": "2", "sidedoer": "th",
            "postnummer": 800, "postdistrikt": "Høje Taastrup", "kommune": {"kommuneKode": 169}, "periode": now}],
        "kvartalsbeskaeftigelse": [{"aar": 2025, "kvartal": 3, "antalAarsvaerk": 41.256, "antalAnsatte": null, "intervalKodeAntalAnsatte": "ANTAL_20_49"}],
        "erstMaanedsbeskaeftigelse": [{"aar": 2025, "maaned": 11, "antalAarsvaerk": 44, "antalAnsatte": 52}],
    }});
    let closed = json!({"Vrvirksomhed": {"cvrNummer": number(&gone), "navne": [{"navn": "Væk"}],
        "livsforloeb": [{"periode": {"gyldigFra": "2000-01-01", "gyldigTil": "2010-01-01"}}], "penheder": null}});
    let bad = json!({"Vrvirksomhed": {"cvrNummer": 12345678, "hovedbranche": [{"branchekode": "x"}]}});
    let lines = |all: &[&Value]| all.iter().map(|line| format!("{line}\n")).collect::<String>() + "{\"Vrvirksomhed\": {\n";
    let list = lines(&[&unit, &company, &closed, &bad]);
    let view = send(liaison, "/company-imports", "application/x-ndjson", list.clone()).await.ok();
    let told = |line, column: &str, code: &str| (line, column.to_owned(), code.to_owned());
    assert_eq!(
        faults(&view),
        [told(4, "cvrNummer", "cvr"), told(4, "hovedbranche.branchekode", "industry"), told(5, "", "malformed-json")]
    );
    assert_eq!((count(&view["companies"]), count(&view["workplaces"])), ([1, 0, 0, 0], [2, 0, 0, 0]), "{view}");
    assert_eq!(view["left_out"], 1);
    let state = || {
        house.texts(
            "SELECT w.name || '/' || coalesce(address, '') || '/' || coalesce(w.postcode, '') || '/' || coalesce(w.trade, '') || '/' \
             || coalesce(staff_low, 0) || '/' || c.name || '/' || c.form AS text \
             FROM workplaces w JOIN companies c ON c.id = w.company_id ORDER BY w.name",
        )
    };
    let expected = ["Fabrikken/Havnegade 7B, 2. th/0800/01/52/Nyt navn/A/S", "Nyt navn///01/0/Nyt navn/A/S"];
    let figures = || house.texts("SELECT month || ' ' || hundredths AS text FROM staff_months");
    assert_eq!(figures(), ["2025-11-01 4400"]);
    let found = state();
    assert_eq!(found[0], expected[0]);
    let after = house.dump();
    // In the other order nothing is different.
    let view = send(liaison, "/company-imports", "application/x-ndjson", lines(&[&closed, &company, &unit])).await.ok();
    assert_eq!((count(&view["companies"]), count(&view["workplaces"])), ([0, 0, 0, 1], [0, 0, 0, 3]), "{view}");
    assert_eq!(house.dump(), after);
}

#[tokio::test]
async fn the_files_of_real_companies_are_brought_in_and_then_change_nothing() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    house.turn("2026-11-20");
    let read = |name: &str| fs::read(file(&format!("tests/data/{name}"))).unwrap();
    let excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    send(liaison, "/postcode-imports", "text/csv", read("postnumre.csv")).await.ok();
    let files = [
        ("companies/liste-fra-erhverv.csv", "text/csv"),
        ("companies/virksomheder.xlsx", excel),
        ("companies/udtraek.jsonl", "application/x-ndjson"),
    ];
    let mut bad = Vec::new();
    for (name, kind) in files {
        let view = send(liaison, "/company-imports", kind, read(name)).await.ok();
        bad.push(faults(&view).into_iter().map(|(line, _, code)| (line, code)).collect::<Vec<_>>());
        let after = house.dump();
        let again = send(liaison, "/company-imports", kind, read(name)).await.ok();
        assert_eq!((&again["companies"]["new"], &again["companies"]["changed"]), (&json!(0), &json!(0)), "{name}: {again}");
        assert_eq!(house.dump(), after, "{name} twice");
    }
    let codes = |index: usize| bad[index].iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>();
    let mut first = codes(0);
    first.sort_unstable();
    assert_eq!(first, ["cvr", "excel-rounded", "twice-in-the-list"]);
    assert_eq!(codes(1), ["required"]);
    assert_eq!(bad[2], [(21, "malformed-json".to_owned())]);
    let names = house.texts("SELECT name AS text FROM companies WHERE cvr = '35682872'");
    assert_eq!(names, ["ASSURE WEALTH A/S"]);
}

/// A database with a liaison, in a folder of its own, and the list in it.
async fn on_file(folder: &Path, list: &str) -> Setting {
    let mut setting = Setting::new(folder, 1);
    setting.clock = "2026-01-05T08:00:00Z".into();
    setting.once(&["migrate"]);
    fs::write(folder.join("liste.csv"), list).unwrap();
    let account = "INSERT INTO accounts (id, municipality, email, name, role, password_hash, wants_digests, closed_on, revision) \
                   VALUES ('0198f000-0000-7000-8000-000000000001', '101', 'l@101.example', 'L', 'liaison', '!', FALSE, NULL, 1)";
    texts(&setting.database(), &format!("{account} RETURNING id AS text"));
    setting
}

/// What is in the database, but for ids, which are new each time.
fn state(setting: &Setting) -> Vec<String> {
    texts(
        &setting.database(),
        "SELECT c.cvr || c.name || c.revision || w.p_number || w.name || w.revision || coalesce(w.staff_low, '') || w.cell || \
         coalesce(s.hundredths, '') AS text FROM workplaces w JOIN companies c ON c.id = w.company_id \
         LEFT JOIN staff_months s ON s.workplace_id = w.id ORDER BY 1",
    )
}

#[tokio::test]
async fn an_import_that_is_killed_leaves_whole_batches_and_is_completed_by_sending_it_again() {
    let numbers = numbers(6_000);
    let list = a_list("Kæde A/S", &numbers, "5-9");
    let (calm, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let arguments = ["import", "companies", "liste.csv", "--by", "l@101.example", "--keep"];
    let undisturbed = on_file(calm.path(), &list).await;
    let said = undisturbed.once(&arguments);
    assert!(said.contains("workplaces: 6000 new, 0 changed, 0 closed, 0 unchanged"), "{said}");

    let setting = on_file(killed.path(), &list).await;
    let mut left = Vec::new();
    for kill in 1..=3 {
        let child = Running::start(&mut setting.command(&arguments));
        let there =
            || texts(&setting.database(), "SELECT CAST(count(*) AS TEXT) AS text FROM workplaces")[0].parse::<usize>().unwrap();
        while child.killable().status().is_none() && there() < kill * 1_000 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        assert!(child.killable().kill(), "it was done before it could be killed");
        left.push(there());
    }
    assert!(left.iter().all(|rows| rows % 500 == 0), "batches were torn: {left:?}");
    assert!(left[2] < 6_000, "{left:?}");
    setting.once(&arguments);
    assert_eq!(state(&setting), state(&undisturbed));
    let again = setting.once(&arguments);
    assert!(again.contains("workplaces: 0 new, 0 changed, 0 closed, 6000 unchanged"), "{again}");
    assert_eq!(state(&setting), state(&undisturbed));
}

#[tokio::test]
async fn rejected_rows_are_corrected_in_their_file_and_sent_again_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (own, numbers) = (cvr(), numbers(3));
    let list = format!(
        "Navn;CVR;P-nr;Ansatte;Bemærkning\nSmed;{own};{};5-9;\"kom; ring\"\nSmed;{own};12;mange;hej\nSmed;;{};2;\n",
        numbers[0], numbers[1]
    );
    let setting = on_file(folder.path(), &list).await;
    let by = ["--by", "l@101.example"];
    let run = |list: &str, keep: bool| {
        let mut arguments = vec!["import", "companies", list];
        arguments.extend(by);
        arguments.extend(keep.then_some("--keep"));
        setting.once(&arguments)
    };
    let dry = run("liste.csv", false);
    assert!(dry.contains("dry run") && dry.contains("3 rows read, 2 bad"), "{dry}");
    assert_eq!(state(&setting), Vec::<String>::new());
    let kept = run("liste.csv", true);
    assert!(kept.contains("companies: 1 new") && kept.contains("columns that are not used: Bemærkning"), "{kept}");
    let rejected = folder.path().join("liste.csv.rejected.csv");
    let text = fs::read_to_string(&rejected).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\u{feff}linje;kolonne;fejl;Navn;CVR;P-nr;Ansatte;Bemærkning");
    assert!(lines[1].starts_with("3;P-nr, Ansatte;P-nr »12«: Ikke et P-nummer") || lines[1].contains("P-nr »12«"), "{text}");
    assert_eq!(lines.len(), 3, "{text}");
    let changes = fs::read_to_string(folder.path().join("liste.csv.changes.csv")).unwrap();
    assert!(changes.contains("ny virksomhed") && changes.contains("ny arbejdsplads"), "{changes}");

    let mended = text.replace(";12;mange;", &format!(";{};10-19;", numbers[2])).replace(";Smed;;", &format!(";Smed;{own};"));
    fs::write(&rejected, mended).unwrap();
    let again = run("liste.csv.rejected.csv", true);
    assert!(again.contains("2 rows read, 0 bad") && again.contains("workplaces: 2 new"), "{again}");
    assert_eq!(state(&setting).len(), 3);
    assert!(!folder.path().join("liste.csv.rejected.csv.rejected.csv").exists());

    // JSON lines are rejected as JSON lines.
    let unit = |number: &str| {
        format!("{{\"VrproduktionsEnhed\":{{\"pNummer\":{number},\"virksomhedsrelation\":[{{\"cvrNummer\":{own}}}]}}}}\n")
    };
    fs::write(folder.path().join("u.jsonl"), unit("12") + &unit("1077777777")).unwrap();
    run("u.jsonl", true);
    let text = fs::read_to_string(folder.path().join("u.jsonl.rejected.jsonl")).unwrap();
    assert!(text.contains("\"linje\":1") && text.contains("VrproduktionsEnhed"), "{text}");
    fs::write(folder.path().join("u2.jsonl"), text.replace("\"pNummer\":12,", "\"pNummer\":1077777778,")).unwrap();
    let again = run("u2.jsonl", true);
    assert!(again.contains("workplaces: 1 new"), "{again}");
}

#[test]
fn the_help_names_every_column() {
    let help = Command::new(env!("CARGO_BIN_EXE_rettematch")).args(["import", "companies", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for (_, names) in rettematch::import::columns::NAMES {
        assert!(help.contains(names[0]), "{} is not in the help", names[0]);
    }
}

#[tokio::test]
async fn what_is_written_beside_a_list_is_run_by_no_spreadsheet_and_is_read_again_as_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (cvr(), cvr());
    let list = format!("CVR;Navn;Bemærkning\n12;=1+1;+45 11\n{own};@SUM(A1);-\n");
    let setting = on_file(folder.path(), &list).await;
    let run = |list: &str| setting.once(&["import", "companies", list, "--by", "l@101.example", "--keep"]);
    run("liste.csv");
    let rejected = folder.path().join("liste.csv.rejected.csv");
    let text = fs::read_to_string(&rejected).unwrap();
    assert!(text.contains(";'=1+1;'+45 11"), "{text}");
    let changes = fs::read_to_string(folder.path().join("liste.csv.changes.csv")).unwrap();
    assert!(changes.contains(";'@SUM(A1);"), "{changes}");
    fs::write(&rejected, text.replace(";12;", &format!(";{other};"))).unwrap();
    run("liste.csv.rejected.csv");
    let names = texts(&setting.database(), "SELECT name AS text FROM companies ORDER BY name");
    assert_eq!(names, ["=1+1", "@SUM(A1)"]);
}
