//! Companies and workplaces are found by name however it is typed, by number, industry, place and distance; page by page without
//! loss or duplicates; never those of another municipality.

use crate::harness::{Answer, Client, House, cvr, json, p_number};
use rettematch::app::App;

/// A company with one workplace, by its name, what is said of it and of the workplace.
async fn place(client: &Client, name: &str, industry: Option<&str>, workplace: serde_json::Value) -> String {
    let body = json!({"cvr": cvr(), "name": name, "advertising_protected": false, "industry": industry});
    let company = client.post("/companies", body).await.ok()["id"].as_str().unwrap().to_owned();
    let mut body = json!({"p_number": p_number(), "name": format!("{name} butik")});
    body.as_object_mut().unwrap().extend(workplace.as_object().unwrap().clone());
    client.post(&format!("/companies/{company}/workplaces"), body).await.ok();
    company
}

fn names(answer: &Answer) -> Vec<String> {
    answer.ok()["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

/// As it stands in an address.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// All pages, as long as there is a next one.
async fn every(client: &Client, path: &str) -> Vec<String> {
    let (mut all, mut path) = (Vec::new(), Some(path.to_owned()));
    while let Some(here) = path {
        let answer = client.get(&here).await;
        all.extend(names(&answer));
        path = answer.header("Link").map(|link| link.trim_start_matches('<').split_once('>').unwrap().0.to_owned());
    }
    all
}

#[tokio::test]
async fn a_company_is_found_however_its_name_is_typed_and_the_best_comes_first() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    for name in
        ["Århus Køkken ApS", "Kokkens Hus A/S", "Køkkenhaven I/S", "Bageren i Kødbyen", "Blomsterhuset v/ Anne-Grethe Sørensen"]
    {
        place(liaison, name, None, json!({})).await;
    }
    place(&house.there.liaison, "Århus Køkken Aalborg", None, json!({})).await;
    for (typed, expected) in [
        ("Århus Køkken", vec!["Århus Køkken ApS"]),
        ("aarhus koekken", vec!["Århus Køkken ApS"]),
        ("arhus kokken aps", vec!["Århus Køkken ApS"]),
        ("køkken århus", vec!["Århus Køkken ApS"]),
        ("køkkne", vec!["Århus Køkken ApS"]),
        ("køkken", vec!["Århus Køkken ApS", "Køkkenhaven I/S", "Kokkens Hus A/S"]),
        ("blomsterhsuet", vec!["Blomsterhuset v/ Anne-Grethe Sørensen"]),
        ("anne grete sorensen", vec!["Blomsterhuset v/ Anne-Grethe Sørensen"]),
        ("kød", vec!["Bageren i Kødbyen"]),
        ("a/s", vec!["Kokkens Hus A/S"]),
        ("københavn", vec![]),
        ("'; DROP TABLE companies; --", vec![]),
        ("!!!", vec![]),
        ("123", vec![]),
        ("true", vec![]),
    ] {
        let found = liaison.get(&format!("/companies?name={}", encoded(typed))).await;
        assert_eq!(names(&found), expected, "{typed}");
    }
}

#[tokio::test]
async fn a_new_name_is_found_and_the_old_one_is_not() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let id = place(liaison, "Havnens Smede", None, json!({})).await;
    let body = json!({"name": "Fjordens Snedkere", "advertising_protected": false, "liaison": liaison.account});
    liaison.replace(&format!("/companies/{id}"), body).await.ok();
    assert_eq!(names(&liaison.get("/companies?name=fjordens").await), ["Fjordens Snedkere"]);
    assert_eq!(names(&liaison.get("/companies?name=havnens").await), Vec::<String>::new());
    // The workplace has a name of its own, and its company's.
    assert_eq!(names(&liaison.get("/workplaces?name=fjordens").await), ["Havnens Smede butik"]);
    let workplace = liaison.get("/workplaces?name=butik").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
    liaison.replace(&format!("/workplaces/{workplace}"), json!({"name": "Lager"})).await.ok();
    assert_eq!(names(&liaison.get("/workplaces?name=snedkere").await), ["Lager"]);
    assert_eq!(names(&liaison.get("/workplaces?name=smede").await), Vec::<String>::new());
}

#[tokio::test]
async fn pages_of_hits_follow_each_other_without_loss_or_doubling() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let mut expected: Vec<String> = Vec::new();
    for n in 0..7 {
        let name = format!("Netto {}", ["Amager", "Brønshøj", "Valby"][n % 3]);
        place(liaison, &name, None, json!({})).await;
        expected.push(name);
    }
    expected.sort();
    for name in ["Nettobutikken", "Neto"] {
        place(liaison, name, None, json!({})).await;
        expected.push(name.into());
    }
    assert_eq!(every(liaison, "/companies?name=netto&limit=2").await, expected);
    assert_eq!(every(liaison, "/companies?name=netto&limit=200").await, expected);
    let link = liaison.get("/companies?name=netto&limit=1").await.header("Link").unwrap().to_owned();
    assert!(link.contains("name=netto") && !link.contains("amager"), "{link}");
}

#[tokio::test]
async fn companies_and_workplaces_are_narrowed_to_number_industry_and_place() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    place(liaison, "Dagligvarer", Some("471120"), json!({"foresees_vacancy": true})).await;
    place(liaison, "Bagværk", Some("472400"), json!({"industry": "107120", "location": {"municipality": "751"}})).await;
    place(liaison, "Marken", Some("011100"), json!({"p_number": "0012345678", "location": {"municipality": "851"}})).await;
    place(liaison, "Flere varer", Some("471110"), json!({})).await;
    place(&house.there.liaison, "Andres varer", Some("471120"), json!({})).await;
    let get = async |path: &str| names(&liaison.get(path).await);
    // In the order of the codes.
    assert_eq!(every(liaison, "/companies?industry=47&limit=1").await, ["Flere varer", "Dagligvarer", "Bagværk"]);
    assert_eq!(get("/companies?industry=471120").await, ["Dagligvarer"]);
    assert_eq!(get("/companies?industry=01").await, ["Marken"]);
    assert_eq!(get("/companies?industry=47&name=varer").await, ["Flere varer"]);
    // A workplace has its own industry before its company's.
    assert_eq!(get("/workplaces?industry=47").await, ["Dagligvarer butik", "Flere varer butik"]);
    assert_eq!(get("/workplaces?industry=10712").await, ["Bagværk butik"]);
    assert_eq!(get("/workplaces?lies_in=751").await, ["Bagværk butik"]);
    assert_eq!(get("/workplaces?lies_in=851").await, ["Marken butik"]);
    assert_eq!(get("/workplaces?foresees_vacancy=true").await, ["Dagligvarer butik"]);
    assert_eq!(get("/workplaces?p_number=0012345678").await, ["Marken butik"]);
    let answer = liaison.get("/workplaces?name=marken").await.ok();
    let cvr = answer["items"][0]["cvr"].as_str().unwrap().to_owned();
    assert_eq!(answer["items"][0]["company_name"], "Marken");
    assert!(answer["near"].is_null() && answer["items"][0]["km"].is_null());
    assert_eq!(get(&format!("/workplaces?cvr={cvr}")).await, ["Marken butik"]);
    assert_eq!(get(&format!("/companies?cvr=DK{cvr}")).await, ["Marken"]);
    let faults = liaison.get("/workplaces?cvr=12345678&industry=4&lies_in=999&near=here&within_km=0&p_number=1").await.faults();
    let parameters: Vec<&str> = faults.iter().map(|(parameter, _)| parameter.as_str()).collect();
    assert_eq!(parameters, ["cvr", "industry", "lies_in", "near", "p_number", "within_km"]);
}

#[tokio::test]
async fn what_is_near_comes_first_and_says_how_exactly_it_is_known() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    let at = |latitude: f64, longitude: f64| json!({"location": {"coordinates": {"latitude": latitude, "longitude": longitude}}});
    place(liaison, "Rådhuset", None, at(55.6759, 12.5655)).await;
    place(liaison, "Valby", None, at(55.6620, 12.5160)).await;
    place(liaison, "Roskilde", None, at(55.6415, 12.0803)).await;
    place(liaison, "Aarhus", None, at(56.1529, 10.2031)).await;
    // Nothing is known of where it is but whose it is: the middle of the municipality.
    place(liaison, "Uden sted", None, json!({"location": {"postcode": "9999"}})).await;
    place(&house.there.liaison, "Aalborgs eget", None, at(55.6759, 12.5655)).await;
    let near = async |query: &str| liaison.get(&format!("/workplaces?{query}")).await;

    let found = near("near=55.6760,12.5650").await;
    assert_eq!(names(&found), ["Rådhuset butik", "Uden sted butik", "Valby butik"]);
    let body = found.ok();
    assert_eq!(body["near"], json!({"latitude": 55.676, "longitude": 12.565, "placed_by": "coordinates"}));
    assert!(body["items"][0]["km"].as_f64().unwrap() < 0.1 && (3.0..4.0).contains(&body["items"][2]["km"].as_f64().unwrap()));
    assert_eq!(body["items"][0]["placed_by"], "coordinates");
    assert_eq!(body["items"][1]["placed_by"], "municipality");
    assert_eq!(names(&near("near=55.6760,12.5650&within_km=40").await).len(), 4);
    assert_eq!(
        every(liaison, "/workplaces?near=55.676,12.565&within_km=500&limit=1").await,
        ["Rådhuset butik", "Uden sted butik", "Valby butik", "Roskilde butik", "Aarhus butik"]
    );
    assert_eq!(names(&near("near=55.676,12.565&name=aarhus&within_km=300").await), ["Aarhus butik"]);
    assert_eq!(names(&near("near=55.676,12.565&name=aarhus").await), Vec::<String>::new());

    // The middle of the municipality; a postcode only once it is loaded.
    let body = near("near=101").await.ok();
    assert_eq!((body["near"]["placed_by"].as_str(), body["items"].as_array().unwrap().len()), (Some("municipality"), 3));
    let unloaded = near("near=8000").await;
    assert!(unloaded.faults() == [("near".to_owned(), "unknown".to_owned())] && unloaded.text.contains("not loaded"));
    house.texts(
        "INSERT INTO postcodes (municipality, postcode, name, latitude, longitude) \
         VALUES ('101', '0800', 'Høje Taastrup', 55660000, 12516000) RETURNING postcode AS text",
    );
    let body = near("near=0800").await.ok();
    assert_eq!((body["near"]["placed_by"].as_str(), body["items"][0]["name"].as_str()), (Some("postcode"), Some("Valby butik")));
}

#[tokio::test]
async fn what_was_registered_before_names_were_put_down_is_found_after_the_next_start() {
    let house = House::open().await;
    let liaison = &house.here.liaison;
    for name in ["Gammel Kro", "Ældre Bageri"] {
        place(liaison, name, None, json!({})).await;
    }
    place(&house.there.liaison, "Gammel Mølle", None, json!({})).await;
    house.texts("DELETE FROM search_words RETURNING word AS text");
    house.texts("DELETE FROM search_keys RETURNING word AS text");
    assert_eq!(names(&liaison.get("/companies?name=gammel").await), Vec::<String>::new());
    App::open(house.app.services.settings.clone()).unwrap();
    let words = house.texts("SELECT word AS text FROM search_words ORDER BY 1");
    assert_eq!(names(&liaison.get("/companies?name=gamel").await), ["Gammel Kro"]);
    assert_eq!(names(&liaison.get("/workplaces?name=aeldre").await), ["Ældre Bageri butik"]);
    assert_eq!(names(&house.there.liaison.get("/workplaces?name=gammel").await), ["Gammel Mølle butik"]);
    App::open(house.app.services.settings.clone()).unwrap();
    assert_eq!(house.texts("SELECT word AS text FROM search_words ORDER BY 1"), words, "a second pass changes nothing");
}
