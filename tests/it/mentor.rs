//! The citizen's mentor is told what all three have agreed to, where the citizen wants it, and reads it on a page of their own.

use crate::harness::{Answer, House, Letter, Stay, Value, json};
use reqwest::Method;

const ADDRESS: &str = "bente@nabo.example";

async fn patch(house: &House, stay: &Stay, body: Value) -> Answer {
    let (consultant, path) = (&house.here.consultant, format!("/citizens/{}", stay.citizen));
    consultant.change_from(Method::PATCH, &path, &consultant.etag(&path).await, body).await
}

async fn with_mentor() -> (House, Stay) {
    let house = House::open().await;
    let needs = json!({"items": [{"function": "Skærmet plads"}]});
    let stay = house.booked_with(|body| body["accommodations"] = needs).await;
    patch(&house, &stay, json!({"mentor": "Bente Holm", "mentor_email": ADDRESS, "mentor_phone": "12 34 56 78"})).await.ok();
    (house, stay)
}

async fn told(house: &House) -> Vec<Letter> {
    house.deliver().await;
    house.letters_to(ADDRESS)
}

#[tokio::test]
async fn a_mentor_is_told_once_all_have_agreed_and_reads_nothing_that_is_the_citizens_to_tell() {
    let (house, stay) = with_mentor().await;
    house.confirm(&stay, "citizen").await.ok();
    house.papers(&stay).await;
    assert!(told(&house).await.is_empty(), "nothing is agreed yet");
    for party in ["consultant", "company"] {
        house.confirm(&stay, party).await.ok();
    }
    let letters = told(&house).await;
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.subject, "Bos praktik hos Lageret er aftalt");
    let page = house.nobody.page(&letter.page()).await;
    for word in ["Bos praktik hos Lageret", "Du skal ikke svare på noget", "Her mødes vi", "timer om ugen", "Skærmet plads"] {
        assert!(page.text.contains(word), "{word} is missing in {}", page.text);
    }
    let shown = house.nobody.get(&letter.link()).await.ok();
    for text in [&letter.plain, &letter.html, &page.text, &shown.to_string()] {
        for hidden in ["Bo Borger", &stay.citizen_email, "Borgeren skal afklares", "Klag inden", "Hvor mange timer kan hun"] {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
    assert!(!page.text.contains("<form"), "there is nothing to answer");
    assert_eq!(shown["appointments"][0]["what"], "start");
    for act in ["confirmation", "objection", "answer", "words", "statement"] {
        let body = json!({"hash": "x", "words": "x", "answer": "no", "conditions_met": true});
        assert!(house.nobody.post(&format!("{}/{act}", letter.link()), body).await.status >= 400, "{act}");
    }
    house.tick().await;
    assert_eq!(told(&house).await.len(), 1, "told once");
    let listed = house.here.liaison.get("/letters?limit=200").await.ok().to_string();
    assert!(!listed.contains(ADDRESS), "whom a citizen leans on is for those who may see citizens: {listed}");
}

#[tokio::test]
async fn an_accommodation_that_the_citizen_keeps_back_is_kept_from_the_mentor_too() {
    let (house, stay) = with_mentor().await;
    let hash = house.see(&stay).await["versions"][0]["hash"].clone();
    let yes = json!({"party": "citizen", "via": "telephone", "hash": hash, "agreed_accommodations": []});
    house.here.consultant.post(&stay.at("confirmations"), yes).await.ok();
    for party in ["consultant", "company"] {
        house.confirm(&stay, party).await.ok();
    }
    let letter = told(&house).await.remove(0);
    let seen = house.nobody.page(&letter.page()).await;
    assert!(seen.text.contains("timer om ugen"), "{}", seen.text);
    for text in [&seen.text, &house.nobody.get(&letter.link()).await.ok().to_string()] {
        assert!(!text.contains("Skærmet plads"), "{text}");
    }
}

#[tokio::test]
async fn another_mentor_is_told_and_the_former_ones_link_shows_nothing() {
    let (house, stay) = with_mentor().await;
    house.confirm_all(&stay).await;
    let former = told(&house).await.remove(0);
    patch(&house, &stay, json!({"mentor": "Kaj Kold", "mentor_email": "kaj@nabo.example"})).await.ok();
    house.deliver().await;
    let new = house.letters_to("kaj@nabo.example").remove(0);
    let gone = house.nobody.get(&former.link()).await.ok();
    assert_eq!((&gone["expired"], &gone["agreement"]), (&json!(true), &json!(null)));
    assert!(house.nobody.page(&new.page()).await.text.contains("Bos praktik hos Lageret"));
    // A change that all agree to is told once more; so is that it does not begin.
    let moved = json!({"hours": [{"from": stay.first_day, "weekly_hours": 15}]});
    house.here.consultant.change(&stay.at("versions"), moved).await.ok();
    house.confirm_all(&stay).await;
    house.here.consultant.change(&stay.at("cancellation"), json!({"reason": "Syg"})).await.ok();
    house.deliver().await;
    let subjects: Vec<String> = house.letters_to("kaj@nabo.example").into_iter().map(|own| own.subject).collect();
    assert_eq!(
        subjects,
        ["Bos praktik hos Lageret er aftalt", "Ændret: Bos praktik hos Lageret", "Aflyst: Bos praktik hos Lageret"]
    );
    assert_eq!(told(&house).await.len(), 1, "the former one hears no more");
    let over = house.nobody.page(&new.page()).await;
    assert!(over.text.contains("slut eller aflyst") && !over.text.contains("Lageret"), "{}", over.text);
}

#[tokio::test]
async fn whoever_is_written_to_has_a_name_and_an_old_link_is_renewed() {
    let (house, stay) = with_mentor().await;
    patch(&house, &stay, json!({"mentor": null})).await.has_fault("/mentor");
    house.confirm_all(&stay).await;
    let first = told(&house).await.remove(0);
    house.turn("2026-02-20");
    house.nobody.press(&format!("{}/renewal", first.link())).await.ok();
    let again = told(&house).await.pop().unwrap();
    assert_ne!(again.link(), first.link());
    assert!(house.nobody.page(&again.page()).await.text.contains("Bos praktik hos Lageret"));
}
