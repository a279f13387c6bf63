//! A company's record: each figure with what a reader needs to calculate it again.

use crate::harness::{Company, House, Stay, Value, cpr, json, later, p_number, recruitment};
use rettematch::{
    domain::{
        companies::record::Tally,
        people::tenant::Tenant,
        values::{ids::WorkplaceId, register::Municipality},
    },
    store::{Conn, StoreError, workplace_records},
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
    let stay = begin(house, company, citizen, |_| {}).await;
    house.turn(&later(&stay.first_day, 13));
    stay
}

/// One that begins tomorrow; the clock stands there.
async fn begin(house: &House, company: &Company, citizen: &(String, String), change: impl FnOnce(&mut Value)) -> Stay {
    let mut body = house.booking(&citizen.0, company, &later(&house.today().to_string(), 1));
    change(&mut body);
    let stay = house.book(citizen, company, body).await;
    house.confirm_all(&stay).await;
    house.papers(&stay).await;
    house.turn(&stay.first_day);
    house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    house.no_follow_ups(&stay).await;
    stay
}

pub fn hired(house: &House, step: &str) -> Value {
    json!({"outcome": step, "first_day": house.today(), "weekly_hours": 20})
}

pub type Tallies = BTreeMap<String, Tally>;

/// The tallies of workplaces and of trades, as the store has them now.
pub async fn tallies(house: &House, municipality: &str, workplaces: &[&Company]) -> (Tallies, Tallies) {
    let (at, services) = (house.app.clock.now(), house.app.services.clone());
    let (tenant, ids) = (
        Tenant::of(Municipality::parse(municipality).unwrap()),
        workplaces.iter().map(|own| WorkplaceId::stored(&own.workplace)),
    );
    let ids: Vec<WorkplaceId> = ids.collect();
    let read = move |conn: &mut Conn| -> Result<(Tallies, Tallies), StoreError> {
        let (figures, ids) = (services.book.on(at.today), ids.iter().collect::<Vec<_>>());
        let own = workplace_records::tallies(conn, &tenant, &ids, at.today, figures)?;
        let own = own.into_iter().map(|(id, tally)| (id.to_string(), tally)).collect();
        Ok((own, workplace_records::trade_tallies(conn, &tenant, at.today, figures)?))
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

/// A recruitment whose company is to decide on its eleventh day, and answers on another or not at all; ended after two weeks.
async fn decided(house: &House, company: &Company, answer: Option<(i64, &str)>, end: Value) -> Stay {
    let citizen = house.citizen().await;
    let first_day = later(&house.today().to_string(), 1);
    let purpose = recruitment(&later(&first_day, 10));
    let stay = begin(house, company, &citizen, |body| body["purpose"] = purpose).await;
    if let Some((days, answer)) = answer {
        house.turn(&later(&first_day, days));
        house.here.consultant.post(&stay.at("answers"), json!({"answer": answer, "via": "telephone"})).await.ok();
    }
    house.turn(&later(&first_day, 13));
    let mut end = end;
    if end["first_day"].is_string() {
        end["first_day"] = json!(house.today());
    }
    house.here.consultant.change(&stay.at("end"), end).await.ok();
    stay
}

fn close(value: &Value, expected: f64) -> bool {
    (value.as_f64().unwrap() - expected).abs() < 5e-4
}

#[tokio::test]
async fn a_record_can_be_counted_again_by_hand() {
    let house = House::open().await;
    let shop = house.company().await;
    put_into(&house, &shop, "471120").await;
    let (liaison, consultant) = (&house.here.liaison, &house.here.consultant);
    let staff = |month: &str| format!("/workplaces/{}/staff/{month}", shop.workplace);
    liaison.put(&staff("2025-09"), json!({"full_time": 10})).await.ok();
    let hire = hired(&house, "flex-job");
    let mut stays = vec![
        decided(&house, &shop, Some((9, "no")), json!({"outcome": "no-job"})).await,
        decided(&house, &shop, None, json!({"outcome": "no-job"})).await,
        decided(&house, &shop, Some((12, "hire")), hire).await,
        ended(&house, &shop, json!({"outcome": "broken-off", "by": "citizen"})).await,
    ];
    let citizen = house.citizen().await;
    stays.push(run(&house, &shop, &citizen).await);
    assert_eq!(house.today().to_string(), "2026-03-16");
    liaison.put(&staff("2026-03"), json!({"full_time": 7.5})).await.ok();
    for (via, invited) in [("telephone", false), ("visit", true)] {
        let body = json!({"via": via, "invited": invited, "words": "Spurgte til Bo Borger."});
        consultant.post(&format!("/workplaces/{}/approaches", shop.workplace), body).await.ok();
    }
    house.tick().await;

    let seen = liaison.get(&format!("/workplaces/{}/record", shop.workplace)).await;
    let record = seen.ok();
    let internships = json!({
        "ended": 3, "led_to_hire": 1, "broken_off_by_citizen": 1, "running": 1, "days": 70, "weeks": 10.0, "extensions": 0,
    });
    assert_eq!(record["internships"], internships);
    assert_eq!(record["hires"], json!([{"step": "flex-job", "hires": 1}]));
    assert_eq!(record["decisions"], json!({"in_time": 1, "late": 1, "unanswered": 1}));
    // 10 + 10 + 10 + 7.5 over four months; 20 hours of 37.
    let supported = json!({"weekly_hours": 20.0, "persons": 0.54, "ordinary_staff": 9.37, "limit": 1});
    assert_eq!(record["supported"], supported);
    let change = json!({"month": "2026-03-01", "full_time": 7.5, "before_month": "2025-09-01", "before": 10.0, "percent": -25.0});
    assert_eq!(record["staff_change"], change);
    let share = &record["share_hired"];
    assert_eq!((&share["ended"], &share["hired"], &share["level_percent"]), (&json!(3), &json!(1), &json!(95)));
    assert!(close(&share["share"], 0.3333) && close(&share["low"], 0.0615) && close(&share["high"], 0.7923), "{share}");
    let towards = &record["share_towards"];
    assert_eq!((&towards["trade"], &towards["trade_ended"], &towards["all_hired"]), (&json!("47"), &json!(3), &json!(1)));
    let (all, trade) = ((1.0 + 5.0 * 0.2) / 8.0, (1.0 + 5.0 * 0.25) / 8.0);
    assert!(close(&towards["all_share"], all) && close(&towards["trade_share"], trade), "{towards}");
    assert!(close(&towards["share"], (1.0 + 5.0 * trade) / 8.0), "{towards}");
    let flags = record["flags"].as_array().unwrap();
    assert!(flags.iter().any(|flag| flag["rule"] == "displacement" && flag["level"] == "warning"), "{flags:?}");
    let contact = &record["contact"];
    assert_eq!((&contact["uninvited_this_month"], &contact["at_most"]), (&json!(1), &json!(3)));
    assert_eq!((&contact["latest"][0]["via"], &contact["latest"][1]["via"]), (&json!("visit"), &json!("telephone")));
    assert_eq!((&record["advertising_protected"], &record["liaison"]), (&json!(false), &json!(liaison.account)));
    assert_eq!(record["liaison_name"], "liaison liaison@101.example");
    // The store counts the same without opening anything.
    let (own, _) = tallies(&house, "101", &[&shop]).await;
    assert_eq!(own[&shop.workplace], Tally { ended: 3, hired: 1 });
    for stay in &stays {
        for secret in [&stay.id, &stay.reference, &stay.citizen, &"Bo Borger".to_owned()] {
            assert!(!seen.text.contains(secret.as_str()), "{secret}: {}", seen.text);
        }
    }

    // The company as a whole: another workplace besides, of which nothing is known.
    let second = json!({"p_number": p_number(), "name": "Butikken"});
    let second = liaison.post(&format!("/companies/{}/workplaces", shop.id), second).await.ok()["id"].clone();
    let whole = consultant.get(&format!("/companies/{}/record", shop.id)).await.ok();
    assert_eq!((&whole["internships"], &whole["decisions"]), (&internships, &record["decisions"]));
    assert_eq!((&whole["supported"]["persons"], &whole["supported"]["limit"]), (&json!(0.54), &Value::Null));
    let lines = whole["workplaces"].as_array().unwrap();
    assert_eq!((lines.len(), &lines[0]["internships"], &lines[1]["workplace"]), (2, &internships, &second));
    assert_eq!(lines[1]["share_hired"]["share"], Value::Null);
    assert_eq!((&lines[1]["share_hired"]["low"], &lines[1]["share_hired"]["high"]), (&json!(0.0), &json!(1.0)));
}

#[tokio::test]
async fn an_extension_is_counted_while_it_runs_and_after_it_has_ended() {
    let house = House::open().await;
    let shop = house.company().await;
    let four_weeks = |body: &mut Value| body["last_day"] = json!(later(body["first_day"].as_str().unwrap(), 27));
    let stay = begin(&house, &shop, &house.citizen().await, four_weeks).await;
    house.turn(&later(&stay.first_day, 13));
    house.extend(&stay, json!({"to": later(&stay.last_day, 14), "reason": "Mere tid."})).await.ok();
    let path = format!("/workplaces/{}/record", shop.workplace);
    let counted = async || house.here.liaison.get(&path).await.ok()["internships"]["extensions"].clone();
    assert_eq!(counted().await, json!(0), "not before all have confirmed it");
    house.confirm_all(&stay).await;
    assert_eq!(counted().await, json!(1));
    house.here.consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    house.turn(&later(&house.today().to_string(), 2));
    assert_eq!(counted().await, json!(1));
}

#[tokio::test]
async fn whoever_books_sees_the_record_of_the_place_before_and_after() {
    let house = House::open().await;
    let company = house.company().await;
    ended(&house, &company, json!({"outcome": "no-job"})).await;
    ended(&house, &company, hired(&house, "ordinary-part-time")).await;
    let citizen = house.citizen().await;
    let body = house.booking(&citizen.0, &company, &later(&house.today().to_string(), 7));
    let consultant = &house.here.consultant;
    let rehearsed = consultant.post("/internships?dry_run=true", body.clone()).await.ok()["company_record"].clone();
    assert_eq!((&rehearsed["share_hired"]["ended"], &rehearsed["share_hired"]["hired"]), (&json!(2), &json!(1)));
    assert_eq!((&rehearsed["internships"]["days"], &rehearsed["internships"]["running"]), (&json!(28), &json!(0)));
    let stay = house.book(&citizen, &company, body).await;
    assert_eq!(house.see(&stay).await["company_record"], rehearsed);
    assert_eq!(house.here.liaison.get(&stay.path()).await.ok()["company_record"], rehearsed);
}
