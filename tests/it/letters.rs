//! Letters as their recipients see them.

use crate::harness::House;

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
        assert!(letter.subject.contains(&stay.reference), "{}", letter.subject);
        assert!(letter.plain.contains("— English —") && letter.html.contains("<html lang=\"da\">"), "{}", letter.raw);
        assert!(house.nobody.get(&letter.link()).await.ok()["reference"] == stay.reference.as_str());
        assert!(!letter.plain.contains("Bo Borger") && !letter.html.contains("{{"), "{}", letter.plain);
    }
}
