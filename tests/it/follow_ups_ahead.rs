//! Whoever is to hold a follow-up is reminded the working day before, in one line of the day's mail.

use crate::harness::{House, Stay, Value, json, later};

const CONSULTANT: &str = "consultant@101.example";
const REMINDER: &str = "Husk: planlagte opfølgninger";

/// Started, with its follow-ups still planned; the first day is a Monday, and the first follow-up on that Friday.
async fn begun(house: &House) -> (Stay, Value) {
    let stay = house.ready().await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    let open = house.here.consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    (stay, open["items"][0].clone())
}

fn reminders(house: &House) -> Vec<String> {
    let letters = house.letters_to(CONSULTANT);
    letters.into_iter().map(|letter| letter.plain).filter(|text| text.contains(REMINDER)).collect()
}

async fn day(house: &House, day: &str) {
    house.turn(day);
    for _ in 0..2 {
        house.tick().await;
        house.deliver().await;
    }
}

#[tokio::test]
async fn the_working_day_before_once_with_the_case_and_no_name() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    assert_eq!(first["due_on"], later(&stay.first_day, 4).as_str());
    day(&house, &later(&stay.first_day, 2)).await;
    assert_eq!(reminders(&house), Vec::<String>::new());
    day(&house, &later(&stay.first_day, 3)).await;
    let told = reminders(&house);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&stay.reference) && !told[0].contains("Bo Borger"), "{told:?}");
    day(&house, &later(&stay.first_day, 4)).await;
    assert_eq!(reminders(&house).len(), 1, "not on the day itself");
}

#[tokio::test]
async fn what_is_planned_for_a_monday_is_told_on_the_friday() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    let to = json!({"to": later(&stay.first_day, 7)});
    house.here.consultant.change(&format!("/follow-ups/{}/move", first["id"].as_str().unwrap()), to).await.ok();
    day(&house, &later(&stay.first_day, 3)).await;
    assert_eq!(reminders(&house).len(), 0);
    day(&house, &later(&stay.first_day, 4)).await;
    assert_eq!(reminders(&house).len(), 1);
}

#[tokio::test]
async fn one_that_is_moved_before_the_mail_leaves_is_not_told() {
    let house = House::open().await;
    let (stay, first) = begun(&house).await;
    house.turn(&later(&stay.first_day, 3));
    house.tick().await;
    let to = json!({"to": later(&stay.first_day, 9)});
    house.here.consultant.change(&format!("/follow-ups/{}/move", first["id"].as_str().unwrap()), to).await.ok();
    house.deliver().await;
    assert_eq!(reminders(&house), Vec::<String>::new());
}
