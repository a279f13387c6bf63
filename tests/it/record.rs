//! A company's record: each figure such that a reader can count it again.

use crate::harness::{Company, House, Stay, Value, cpr, json, later};
use rettematch::{
    domain::{record::Tally, register::Municipality},
    store::{Conn, Failure, records},
};
use std::collections::BTreeMap;

/// Puts a company's workplace into a trade.
pub async fn put_into(house: &House, company: &Company, industry: &str) {
    let place = json!({"name": "Lageret", "foresees_vacancy": true, "industry": industry, "industry_scheme": "DB07"});
    house.here.liaison.replace(&format!("/workplaces/{}", company.workplace), place).await.ok();
}

/// An internship at a company that has run for two weeks and ends with a body; the clock stands on its last day.
pub async fn ended(house: &House, company: &Company, end: Value) -> Stay {
    let citizen = house.citizen().await;
    let stay = run(house, company, &citizen).await;
    house.here.consultant.change(&stay.at("end"), end).await.ok();
    stay
}

/// One that has run for two weeks.
pub async fn run(house: &House, company: &Company, citizen: &(String, String)) -> Stay {
    let body = house.booking(&citizen.0, company, &later(&house.today().to_string(), 1));
    let stay = house.book(citizen, company, body).await;
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    house.no_follow_ups(&stay).await;
    house.turn(&later(&stay.first_day, 13));
    stay
}

pub fn hired(house: &House, step: &str) -> Value {
    json!({"outcome": step, "first_day": house.today(), "weekly_hours": 20})
}

pub type Tallies = BTreeMap<String, Tally>;

/// The tallies of workplaces and of trades, as the store has them now.
pub async fn tallies(house: &House, municipality: &str, workplaces: &[&Company]) -> (Tallies, Tallies) {
    let (at, desk) = (house.app.clock.now(), house.app.desk.clone());
    let (municipality, ids) = (Municipality::parse(municipality).unwrap(), workplaces.iter().map(|own| own.workplace.clone()));
    let ids: Vec<String> = ids.collect();
    let read = move |conn: &mut Conn| -> Result<(Tallies, Tallies), Failure> {
        let (figures, ids) = (desk.book.on(at.today), ids.iter().map(String::as_str).collect::<Vec<_>>());
        let own = records::tallies(conn, &municipality, &ids, at.today, figures)?;
        Ok((own, records::trade_tallies(conn, &municipality, at.today, figures)?))
    };
    house.app.db.read(read).await.unwrap()
}

#[tokio::test]
async fn what_counts_is_what_ended_there_and_was_not_broken_off_by_the_citizen_and_a_hire_that_held() {
    let house = House::open().await;
    let (shop, office) = (house.company().await, house.company().await);
    put_into(&house, &shop, "471120").await;
    put_into(&house, &office, "821100").await;
    ended(&house, &shop, json!({"outcome": "no-job"})).await;
    ended(&house, &shop, hired(&house, "ordinary-part-time")).await;
    ended(&house, &shop, json!({"outcome": "broken-off", "by": "citizen"})).await;
    ended(&house, &shop, json!({"outcome": "broken-off", "by": "company"})).await;
    // Hired by somebody else: no hire of the shop's.
    let mut elsewhere = hired(&house, "ordinary-full-time");
    elsewhere["employer"] = json!("En helt anden");
    ended(&house, &shop, elsewhere).await;
    // Wage subsidy is on the way; the job after it counts, and once.
    let subsidised = ended(&house, &shop, hired(&house, "wage-subsidy")).await;
    let expected = |ended: i64, hired: i64| Tally { ended, hired };
    assert_eq!(tallies(&house, "101", &[&shop]).await.0[&shop.workplace], expected(5, 1));
    for _ in 0..2 {
        let step = hired(&house, "flex-job");
        house.here.consultant.post(&subsidised.at("outcomes"), step).await.ok();
    }
    assert_eq!(tallies(&house, "101", &[&shop]).await.0[&shop.workplace], expected(5, 2));

    ended(&house, &office, hired(&house, "flex-job")).await;
    // One that runs on is none that has ended.
    let citizen = house.citizen().await;
    run(&house, &office, &citizen).await;
    let (own, trades) = tallies(&house, "101", &[&shop, &office]).await;
    assert_eq!(own, BTreeMap::from([(shop.workplace.clone(), expected(5, 2)), (office.workplace.clone(), expected(1, 1))]));
    assert_eq!(trades, BTreeMap::from([("47".to_owned(), expected(5, 2)), ("82".to_owned(), expected(1, 1))]));
    let (own, trades) = tallies(&house, "851", &[&shop, &office]).await;
    assert!(own.is_empty() && trades.is_empty(), "another municipality's");
}

#[tokio::test]
async fn a_hire_that_was_lost_within_thirteen_weeks_counts_as_if_it_had_not_been() {
    let house = House::open().await;
    let company = house.company().await;
    let stay = ended(&house, &company, hired(&house, "wage-subsidy")).await;
    let first_day = house.today().to_string();
    let step = json!({"outcome": "ordinary-full-time", "first_day": first_day, "weekly_hours": 37});
    let outcome = house.here.consultant.post(&stay.at("outcomes"), step).await.ok()["id"].as_str().unwrap().to_owned();
    house.turn(&later(&first_day, 91));
    for (days, hired) in [(91, 1), (90, 0)] {
        let end = json!({"last_day": later(&first_day, days)});
        house.here.consultant.change(&format!("/outcomes/{outcome}/end"), end).await.ok();
        let (own, trades) = tallies(&house, "101", &[&company]).await;
        assert_eq!(own[&company.workplace], Tally { ended: 1, hired }, "after {days} days");
        assert_eq!(trades[""], Tally { ended: 1, hired }, "without an industry there is no trade");
    }
}

#[tokio::test]
async fn whoever_is_kept_at_the_own_workplace_is_counted_nowhere() {
    let house = House::open().await;
    let company = house.company().await;
    put_into(&house, &company, "471120").await;
    let place = house.here.liaison.get(&format!("/workplaces/{}", company.workplace)).await.ok();
    let body = json!({
        "cpr": cpr(), "name": "Syge Meldt", "target_group": "6", "hours_capacity": 25, "in_employment": true, "goals": [],
        "latest_employer": place["p_number"],
    });
    let kept = house.here.consultant.post("/citizens", body).await.ok()["id"].as_str().unwrap().to_owned();
    let stay = run(&house, &company, &(kept, String::new())).await;
    house.here.consultant.change(&stay.at("end"), hired(&house, "ordinary-full-time")).await.ok();
    ended(&house, &company, json!({"outcome": "no-job"})).await;
    let (own, trades) = tallies(&house, "101", &[&company]).await;
    assert_eq!(own[&company.workplace], Tally { ended: 1, hired: 0 });
    assert_eq!(trades["47"], Tally { ended: 1, hired: 0 });
}
