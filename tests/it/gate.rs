//! Nothing starts before everything is there, and everything that is missing is named at once.

use crate::harness::{House, json};

#[tokio::test]
async fn everything_missing_is_named_at_once_and_nothing_changes() {
    let house = House::open().await;
    let stay = house.booked_with(|body| body["accommodations"] = json!(null)).await;
    house.turn(&stay.first_day);
    let before = house.dump();
    let refused = house.here.consultant.change(&stay.at("start"), json!({})).await;
    let all = [
        "citizen-confirmation",
        "consultant-confirmation",
        "company-confirmation",
        "accommodations",
        "contact-person",
        "representative-statement",
        "decision",
    ];
    assert_eq!(refused.refusals(), [("start".to_owned(), all.map(ToOwned::to_owned).to_vec())]);
    assert_eq!(house.dump(), before);
}

#[tokio::test]
async fn with_everything_there_it_starts() {
    let house = House::open().await;
    let stay = house.started().await;
    let seen = house.see(&stay).await;
    assert_eq!(seen["state"], "running");
    assert_eq!(seen["started_on"], stay.first_day.as_str());
    assert_eq!(seen["missing"], json!([]));
}
