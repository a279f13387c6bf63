//! What somebody said themselves is theirs, and nobody is decided against unheard: an objection that came by link is taken back by its maker, or with reasons that the maker reads;
//! a yes to one accommodation can be taken back by itself.

use crate::harness::{House, Letter, Stay, Value, json};

async fn invited() -> (House, Stay, Letter) {
    let house = House::open().await;
    let needs = json!({"items": [{"function": "Skærmet plads"}, {"function": "Pause hver time"}]});
    let stay = house.booked_with(|body| body["accommodations"] = needs).await;
    house.deliver().await;
    let letter = house.letters_to(&stay.citizen_email).remove(0);
    (house, stay, letter)
}

async fn lacks(house: &House, stay: &Stay) -> Vec<String> {
    let missing = house.see(stay).await["missing"].clone();
    missing.as_array().unwrap().iter().map(|lack| lack["what"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_objection_by_link_is_not_talked_away_by_whoever_records_for_others() {
    let (house, stay, letter) = invited().await;
    let consultant = &house.here.consultant;
    house.nobody.post(&format!("{}/objection", letter.link()), json!({"words": "Jeg kan ikke møde kl. 7."})).await.ok();
    house.confirm(&stay, "citizen").await.conflict("objection-by-link");
    let withdrawal = stay.at("objections/withdrawal");
    let silent = json!({"party": "citizen", "via": "telephone"});
    let refused = consultant.post(&withdrawal, silent).await;
    assert_eq!(refused.faults(), [("/reasons".to_owned(), "required".to_owned())]);
    assert!(lacks(&house, &stay).await.contains(&"objection".to_owned()));
    let explained = json!({"party": "citizen", "via": "telephone", "reasons": "Mødetiden er nu kl. 9."});
    consultant.post(&withdrawal, explained).await.ok();
    assert!(!lacks(&house, &stay).await.contains(&"objection".to_owned()));
    house.deliver().await;
    let told = house.letters_to(&stay.citizen_email).pop().unwrap();
    assert!(told.plain.contains("trukket indsigelsen") && !told.plain.contains("kl. 9"), "{}", told.plain);
    let page = house.nobody.page(&told.page()).await;
    for word in ["er den 5. januar 2026 noteret som trukket tilbage", "Mødetiden er nu kl. 9.", "Passer det ikke, så skriv igen"]
    {
        assert!(page.text.contains(word), "{word} is missing in {}", page.text);
    }
    let all = house.texts("SELECT withdrawal_sealed AS text FROM objections WHERE withdrawal_sealed IS NOT NULL");
    assert!(all.len() == 1 && !all[0].contains("Mødetiden"), "{all:?}");
    house.confirm(&stay, "citizen").await.ok();
}

#[tokio::test]
async fn whoever_objected_by_link_takes_it_back_by_saying_yes() {
    let (house, stay, letter) = invited().await;
    let link = letter.link();
    house.nobody.post(&format!("{link}/objection"), json!({"words": "Jeg kan ikke møde kl. 7."})).await.ok();
    let seen = house.nobody.get(&link).await.ok();
    let items: Vec<Value> = seen["accommodations"].as_array().unwrap().iter().map(|own| own["id"].clone()).collect();
    let yes = json!({"hash": seen["version"]["hash"], "agreed_accommodations": items});
    house.nobody.post(&format!("{link}/confirmation"), yes).await.ok();
    assert!(!lacks(&house, &stay).await.contains(&"objection".to_owned()));
    // One that was recorded here is taken back here, as before.
    let spoken = json!({"party": "company", "words": "Ikke om fredagen", "via": "meeting"});
    house.here.consultant.post(&stay.at("objections"), spoken).await.ok();
    house.here.consultant.post(&stay.at("objections/withdrawal"), json!({"party": "company", "via": "telephone"})).await.ok();
}

#[tokio::test]
async fn a_yes_to_one_accommodation_is_taken_back_by_itself() {
    let (house, stay, letter) = invited().await;
    house.confirm(&stay, "citizen").await.ok();
    house.deliver().await;
    for party in ["consultant", "company"] {
        house.confirm(&stay, party).await.ok();
    }
    house.papers(&stay).await;
    assert_eq!(lacks(&house, &stay).await, [""; 0]);
    let page = letter.page();
    let seen = house.nobody.page(&page).await;
    assert!(seen.text.contains("Jeg vil tage mit ja til et hensyn tilbage"), "{}", seen.text);
    let item = house.see(&stay).await["accommodations"][0]["id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let done = house.nobody.submit(&format!("{page}/agreements/withdrawal"), &[("accommodation", &item)]).await;
        assert!(done.text.contains("hensynet ikke længere er aftalt"), "{}", done.text);
    }
    assert_eq!(lacks(&house, &stay).await, ["accommodations"], "nothing else was taken back");
    house.deliver().await;
    let told: Vec<Letter> = house
        .letters_to("consultant@101.example")
        .into_iter()
        .filter(|own| own.subject.contains("trukket sit ja til et hensyn tilbage"))
        .collect();
    assert_eq!(told.len(), 1, "pressed twice");
    assert!(!told[0].plain.contains("Skærmet"), "which one stands on the page");
    let company = house.letters_to(&stay.company.contact_email).into_iter().rfind(Letter::has_link).unwrap();
    let theirs = house.nobody.page(&company.page()).await;
    assert!(!theirs.text.contains("Skærmet plads"), "the company reads it no longer: {}", theirs.text);
    assert!(theirs.text.contains("Aftalen er ved at blive ændret") && !theirs.text.contains("<form"), "{}", theirs.text);
    assert_eq!(house.texts("SELECT taken_back_via AS text FROM former_agreements"), ["link"]);
    house.turn(&stay.first_day);
    let refused = house.here.consultant.change(&stay.at("start"), json!({})).await;
    assert_eq!(refused.refusals(), [("start".to_owned(), vec!["accommodations".to_owned()])]);
}

#[tokio::test]
async fn what_is_taken_back_on_somebodys_behalf_is_told_to_them() {
    let (house, stay, _) = invited().await;
    let consultant = &house.here.consultant;
    let item = house.see(&stay).await["accommodations"][0]["id"].clone();
    let path = stay.at("agreements/withdrawal");
    let said = |party: &str, via: &str| json!({"party": party, "accommodation": item, "via": via});
    consultant.post(&path, said("citizen", "telephone")).await.conflict("not-agreed");
    house.confirm(&stay, "citizen").await.ok();
    consultant.post(&path, said("citizen", "link")).await.has_fault("/via");
    consultant.post(&path, said("consultant", "telephone")).await.has_fault("/via");
    consultant.post(&path, said("citizen", "telephone")).await.ok();
    house.deliver().await;
    let told = house.letters_to(&stay.citizen_email).pop().unwrap();
    assert!(told.plain.contains("trukket et ja til et hensyn tilbage"), "{}", told.plain);
    assert!(house.nobody.page(&told.page()).await.text.contains("Skærmet plads"), "it can be read which");
    house.there.consultant.post(&path, said("citizen", "telephone")).await.problem(404, "not-found");
}

#[tokio::test]
async fn the_municipality_breaks_off_nothing_before_the_citizen_was_heard() {
    let house = House::open().await;
    let stay = house.started().await;
    let (consultant, path) = (&house.here.consultant, stay.at("end"));
    let silent = consultant.change(&path, json!({"outcome": "broken-off", "by": "consultant"})).await;
    assert_eq!(silent.faults(), [("/hearing".to_owned(), "hearing".to_owned())]);
    assert!(silent.text.contains("forvaltningsloven § 19"), "{}", silent.text);
    let heard = |hearing: Value| json!({"outcome": "broken-off", "by": "consultant", "hearing": hearing});
    let early = json!({"facts": "Fravær i fire dage.", "put_on": house.today(), "answer_by": house.today()});
    consultant.change(&path, heard(early)).await.has_fault("/hearing/answer");
    let answered = json!({"facts": "Fravær i fire dage.", "put_on": house.today(), "answer": "Bussen kørte ikke."});
    let ended = consultant.change(&path, heard(answered)).await.ok();
    assert_eq!(ended["hearings"][0]["answer"], "Bussen kørte ikke.");
    assert!(!house.dump().contains("Bussen"), "sealed at rest");
    assert_eq!(house.here.liaison.get(&stay.path()).await.ok()["hearings"], json!([]));
    // What others broke off is no decision of ours.
    let other = house.started().await;
    consultant.change(&other.at("end"), json!({"outcome": "broken-off", "by": "company"})).await.ok();
}

#[tokio::test]
async fn no_illness_stands_in_a_skill_that_the_company_reads() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await, house.company().await);
    let mut body = house.booking(&citizen.0, &company, "2026-02-02");
    body["purpose"] = json!({"kind": "training", "skills": [{"skill": "At arbejde trods angst", "now": 2, "target": 5}]});
    let refused = house.here.consultant.post("/internships", body).await;
    assert_eq!(refused.faults(), [("/purpose/skills/0/skill".to_owned(), "diagnosis".to_owned())]);
}
