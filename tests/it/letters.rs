//! Letters as their recipients see them.

use crate::harness::{House, json};
use reqwest::Method;
use rettematch::settings::Naming;

#[tokio::test]
async fn a_booking_asks_citizen_and_company_once_each_however_often_it_is_delivered() {
    let house = House::open().await;
    let stay = house.booked().await;
    house.tick().await;
    assert_eq!(house.deliver().await.sent, 2);
    house.tick().await;
    assert_eq!(house.deliver().await.sent, 0);
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let letters = house.letters_to(address);
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert_eq!(letter.auto_submitted, "auto-generated");
        assert!(letter.subject.starts_with("Læs og sig ja til aftalen om "), "{}", letter.subject);
        assert!(letter.plain.trim_end().ends_with(&stay.reference), "{}", letter.plain);
        assert!(letter.plain.contains("— English —") && letter.html.contains("<html lang=\"da\">"), "{}", letter.raw);
        assert!(house.nobody.get(&letter.link()).await.ok()["reference"] == stay.reference.as_str());
        assert!(!letter.plain.contains("Borger ") && !letter.html.contains("{{"), "{}", letter.plain);
    }
}

#[tokio::test]
async fn a_letter_names_who_writes_whom_to_call_the_workplace_and_the_first_name_and_no_more() {
    let house = House::open().await;
    let consultant = &house.here.consultant;
    let own = format!("/accounts/{}", consultant.account);
    let phone = json!({"phone": "89 40 20 00"});
    house.here.administrator.change_from(Method::PATCH, &own, &consultant.etag(&own).await, phone).await.ok();
    let stay = house.booked().await;
    house.deliver().await;
    let citizen = &house.letters_to(&stay.citizen_email)[0];
    let company = &house.letters_to(&stay.company.contact_email)[0];
    let name = consultant.get(&own).await.ok()["name"].as_str().unwrap().to_owned();
    for letter in [citizen, company] {
        for said in ["Københavns Kommune", name.as_str(), "89 40 20 00", "consultant@101.example"] {
            assert!(letter.plain.contains(said) && letter.html.contains(said), "{said} is missing in {}", letter.plain);
        }
        assert_eq!(letter.header("Reply-To"), "consultant@101.example");
        assert!(letter.header("From").contains("Kommune"), "{}", letter.header("From"));
    }
    assert!(citizen.subject.contains("din praktik hos "), "{}", citizen.subject);
    assert!(company.subject.contains("Bos praktik hos jer"), "{}", company.subject);
    assert!(!company.plain.contains("Borger"), "the first name only: {}", company.plain);
}

#[tokio::test]
async fn where_letters_are_to_name_nothing_they_say_the_case_number() {
    let house = House::open_with(|settings| settings.letters.naming = Naming::CaseNumber).await;
    let stay = house.booked().await;
    house.deliver().await;
    let letter = &house.letters_to(&stay.company.contact_email)[0];
    assert!(letter.subject.contains(&stay.reference), "{}", letter.subject);
    for named in ["Bo ", "Lageret"] {
        assert!(!letter.plain.contains(named), "{named} is named in {}", letter.plain);
    }
}

#[tokio::test]
async fn a_changed_agreement_says_what_is_new_and_an_extension_its_new_end() {
    let house = House::open().await;
    let stay = house.started().await;
    house.turn("2026-03-30");
    house.extend(&stay, json!({"to": "2026-05-10", "reason": "Fortroligt"})).await.ok();
    house.deliver().await;
    let letters = house.letters_to(&stay.citizen_email);
    let letter = letters.iter().rfind(|letter| letter.has_link()).unwrap();
    assert!(letter.subject.contains("forlænge") && letter.subject.contains("10. maj 2026"), "{}", letter.subject);
    assert!(letter.plain.contains("Det er nyt") && letter.plain.contains("(før: "), "{}", letter.plain);
    assert!(!letter.plain.contains("Fortroligt"), "reasons can be about health: {}", letter.plain);
}
