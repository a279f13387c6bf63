//! The employee representative is asked for the statement by a letter, and gives it on a page of their own.

use crate::harness::{House, Letter, Stay, json};

const ADDRESS: &str = "tove@fagforening.example";

async fn asked() -> (House, Stay, Letter) {
    let house = House::open().await;
    let stay = house.booked().await;
    let body = json!({"given_by": "unit", "name": "Tove Lund", "email": ADDRESS});
    house.here.consultant.change(&stay.at("representative-statement/request"), body).await.ok();
    house.deliver().await;
    let letter = house.letters_to(ADDRESS).remove(0);
    (house, stay, letter)
}

#[tokio::test]
async fn the_representative_reads_what_the_work_is_and_nothing_of_the_citizen() {
    let (house, stay, letter) = asked().await;
    let page = house.nobody.page(&letter.page()).await;
    for word in
        ["Erklæring om en virksomhedspraktik hos Lageret", "Tove Lund", "timer om ugen", "hver 5 ordinært ansatte op til 50"]
    {
        assert!(page.text.contains(word), "{word} is missing in {}", page.text);
    }
    let shown = house.nobody.get(&letter.link()).await.ok().to_string();
    for text in [&page.text, &letter.plain, &letter.html, &shown] {
        for hidden in ["Bo Borger", "Bo\"", " Bo ", "Bos ", "Hvor mange timer kan hun", &stay.citizen_email] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
    for act in ["confirmation", "answer", "words"] {
        let other =
            house.nobody.post(&format!("{}/{act}", letter.link()), json!({"hash": "x", "words": "x", "answer": "no"})).await;
        assert!(other.status >= 400, "{act}: the link does one thing");
    }
}

#[tokio::test]
async fn it_is_stated_by_link_and_what_is_not_met_is_asked_for_and_stops_the_start() {
    let (house, stay, letter) = asked().await;
    let act = format!("{}/statement", letter.page());
    let none = house.nobody.submit(&act, &[]).await;
    assert_eq!(none.status, 422);
    let silent = house.nobody.submit(&act, &[("conditions_met:bool", "false")]).await;
    assert!(silent.status == 422 && silent.text.contains("Skriv, hvad der ikke er opfyldt."), "{}", silent.text);
    for _ in 0..2 {
        let sent = [("conditions_met:bool", "false"), ("remark", "To kolleger har fået færre timer")];
        let seen = house.nobody.submit(&act, &sent).await;
        assert!(seen.text.contains("at betingelserne ikke er opfyldt"), "{}", seen.text);
    }
    let statement = house.see(&stay).await["statement"].clone();
    assert_eq!(
        (&statement["via"], &statement["name"], &statement["conditions_met"]),
        (&json!("link"), &json!("Tove Lund"), &json!(false))
    );
    house.deliver().await;
    let told: Vec<Letter> = house
        .letters_to("consultant@101.example")
        .into_iter()
        .filter(|own| own.plain.contains("repræsentant har svaret"))
        .collect();
    assert_eq!(told.len(), 1, "pressed twice");
    assert!(!told[0].plain.contains("kolleger"), "words stay on the page");
    let met = house.nobody.submit(&act, &[("conditions_met:bool", "true")]).await;
    assert!(met.text.contains("at betingelserne er opfyldt"), "{}", met.text);
    let missing = house.see(&stay).await["missing"].to_string();
    assert!(!missing.contains("representative-statement"), "{missing}");
}

#[tokio::test]
async fn the_order_of_the_law_holds_and_one_who_is_replaced_can_no_longer_answer() {
    let (house, stay, letter) = asked().await;
    let ask = stay.at("representative-statement/request");
    let consultant = &house.here.consultant;
    let later = json!({"given_by": "joint", "name": "Jon Friis", "email": "jon@fagforening.example"});
    consultant.change(&ask, later.clone()).await.has_fault("/given_by");
    let again = json!({"given_by": "unit", "name": "Tove Lund", "email": ADDRESS});
    consultant.change(&ask, again).await.conflict("asked-today");
    let nobody = json!({"given_by": "none-required", "name": "Tove Lund", "email": ADDRESS});
    consultant.change(&ask, nobody).await.has_fault("/given_by");
    let mut in_order = later;
    in_order["absent"] = json!([{"who": "unit", "why": "over-three-days"}, {"who": "trade", "why": "none-exists"}]);
    consultant.change(&ask, in_order).await.ok();
    let gone = house.nobody.page(&letter.page()).await;
    assert!(gone.text.contains("Linket virker ikke længere") && !gone.text.contains("Lageret"), "{}", gone.text);
    house.nobody.post(&format!("{}/statement", letter.link()), json!({"conditions_met": true})).await.conflict("link-expired");
    // A company's corrected address is nothing to the representative.
    house.deliver().await;
    let newest = house.letters_to("jon@fagforening.example").remove(0);
    let contact = format!("/contacts/{}", stay.company.contact);
    let moved = json!({"email": "ny@virksomhed.example"});
    let etag = house.here.liaison.etag(&contact).await;
    house.here.liaison.change_from(reqwest::Method::PATCH, &contact, &etag, moved).await.ok();
    assert!(house.nobody.page(&newest.page()).await.text.contains("Lovens betingelser"));
}

#[tokio::test]
async fn a_letter_that_has_not_left_is_dropped_when_the_statement_is_recorded_here() {
    let house = House::open().await;
    let stay = house.booked().await;
    let body = json!({"given_by": "unit", "name": "Tove Lund", "email": ADDRESS});
    house.here.consultant.change(&stay.at("representative-statement/request"), body).await.ok();
    let stated = json!({"given_by": "unit", "name": "Tove Lund", "conditions_met": true, "via": "telephone"});
    house.here.consultant.replace(&stay.at("representative-statement"), stated).await.ok();
    assert_eq!(house.see(&stay).await["statement"]["via"], "telephone");
    house.deliver().await;
    assert!(house.letters_to(ADDRESS).is_empty());
}

#[tokio::test]
async fn the_employer_states_it_with_the_yes_and_without_it_nothing_starts() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    let letter = house.letters_to(&stay.company.contact_email).remove(0);
    let seen = house.nobody.page(&letter.page()).await;
    assert!(seen.text.contains("Er betingelserne opfyldt?") && seen.text.contains("hver 5 ordinært ansatte"), "{}", seen.text);
    let link = letter.link();
    let hash = house.nobody.get(&link).await.ok()["version"]["hash"].clone();
    let act = format!("{link}/confirmation");
    let missing = house.nobody.post(&act, json!({"hash": hash})).await;
    assert_eq!(missing.faults(), [("/conditions_met".to_owned(), "required".to_owned())]);
    assert!(missing.text.contains("Answer whether the conditions are met."), "{}", missing.text);
    let silent = house.nobody.post(&act, json!({"hash": hash, "conditions_met": false})).await;
    assert_eq!(silent.faults(), [("/remark".to_owned(), "required".to_owned())]);
    let nothing = house.see(&stay).await;
    assert_eq!((&nothing["employer_statement"], &nothing["versions"][0]["confirmations"]), (&json!(null), &json!([])));
    let no = json!({"hash": hash, "conditions_met": false, "remark": "To kolleger har fået færre timer"});
    for _ in 0..2 {
        let seen = house.nobody.post(&act, no.clone()).await.ok();
        assert_eq!((&seen["confirmed"], &seen["employer_statement"]["given"]["conditions_met"]), (&json!(true), &json!(false)));
    }
    house.deliver().await;
    let told = house.letters_to("consultant@101.example");
    let told: Vec<_> = told.iter().filter(|own| own.subject.contains("virksomheden svarer")).collect();
    assert_eq!(told.len(), 1, "pressed twice");
    assert!(!told[0].plain.contains("kolleger"), "words stay on the page");
    let lacks = house.see(&stay).await["missing"].to_string();
    assert!(lacks.contains("team-leader-decision") && !lacks.contains("employer-statement"), "{lacks}");
    // Something has changed: it is stated again, until the start.
    let again = house.nobody.submit(&format!("{}/statement", letter.page()), &[("conditions_met:bool", "true")]).await;
    assert!(again.text.contains("at de er opfyldt"), "{}", again.text);
    let stated = house.see(&stay).await["employer_statement"].clone();
    assert_eq!((&stated["via"], &stated["conditions_met"], &stated["remark"]), (&json!("link"), &json!(true), &json!(null)));
}

#[tokio::test]
async fn an_employers_no_is_for_the_team_leader_and_the_citizens_link_states_nothing() {
    let house = House::open().await;
    let stay = house.ready().await;
    let (consultant, leader) = (&house.here.consultant, &house.here.team_leader);
    let at = stay.at("employer-statement");
    let said =
        |met: bool, via: &str| json!({"conditions_met": met, "via": via, "remark": "Vi er fuldt bemandet", "given_by": "Mona"});
    consultant.replace(&at, said(false, "link")).await.has_fault("/via");
    consultant.replace(&at, json!({"conditions_met": false, "via": "paper"})).await.has_fault("/remark");
    consultant.replace(&at, said(false, "telephone")).await.ok();
    house.turn(&stay.first_day);
    let refused = consultant.change(&stay.at("start"), json!({})).await;
    assert_eq!(refused.refusals(), [("start".to_owned(), vec!["team-leader-decision".to_owned()])]);
    leader.change(&stay.at("representative-statement/overruling"), json!({"reasons": "Vagterne er fordelt igen."})).await.ok();
    let seen = consultant.change(&stay.at("start"), json!({})).await.ok();
    assert_eq!(seen["employer_statement"]["overruled"], "Vagterne er fordelt igen.");
    assert_eq!(seen["statement"]["overruled"], json!(null), "the representative said yes");
    let other = house.booked().await;
    house.deliver().await;
    let citizen = house.letters_to(&other.citizen_email).remove(0).link();
    house.nobody.post(&format!("{citizen}/statement"), json!({"conditions_met": true})).await.problem(404, "not-found");
    assert_eq!(house.nobody.get(&citizen).await.ok()["employer_statement"], json!(null));
}
