//! One person who was registered under two numbers becomes one: everything stands in the kept record, both numbers find it, and the
//! record that was left says where the person went.

use crate::harness::{Client, House, Stay, Value, cpr, employ, json, later};
use rettematch::domain::people::access::Role;

const OTHER_CONSULTANT: &str = "anden@101.example";

async fn register(by: &Client, number: &str, more: Value) -> String {
    let mut body = json!({"cpr": number, "name": "Bo Borger", "target_group": "3", "hours_capacity": 37, "goals": []});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    by.post("/citizens", body).await.ok()["id"].as_str().unwrap().to_owned()
}

fn into_this(other: &str) -> Value {
    json!({"other": other, "reasons": "Samme person, først med et erstatningsnummer."})
}

async fn items(who: &Client, path: &str) -> Vec<Value> {
    who.get(path).await.ok()["items"].as_array().unwrap().clone()
}

/// A stay of a citizen that has ended in nothing, with a follow-up held.
async fn stay_of(house: &House, citizen: &str) -> Stay {
    let company = house.company().await;
    let body = house.booking(citizen, &company, &later(&house.today().to_string(), 7));
    house.book(&(citizen.to_owned(), String::new()), &company, body).await
}

#[tokio::test]
async fn everything_of_the_one_is_the_others_and_both_numbers_find_it() {
    let house = House::open().await;
    let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
    let numbers = [cpr(), cpr()];
    let kept = register(consultant, &numbers[0], json!({"phone": "11 22 33 44"})).await;
    let other = register(consultant, &numbers[1], json!({"phone": "55 66 77 88", "email": "bo@post.example"})).await;
    let of = |path: &str| format!("/citizens/{other}/{path}");
    let need = json!({"needs": [{"kind": "Diskusprolaps", "function": "Ingen løft", "rules_out": []}]});
    consultant.replace(&of("needs"), need).await.ok();
    consultant.replace(&of("search-profile"), json!({"farthest_km": 30})).await.ok();
    consultant.post(&of("story"), json!({"kind": "wish", "words": "Jeg vil gerne ud."})).await.ok();
    consultant.post(&of("steps"), json!({"kind": "conversation", "words": "Samtale", "done_on": house.today()})).await.ok();
    let stay = stay_of(&house, &other).await;
    let into = format!("/citizens/{kept}/merge");
    let made = leader.change(&into, into_this(&other)).await.ok();
    assert_eq!((&made["what"], &made["subject"]), (&json!("merged"), &json!(other)));
    assert_eq!(made["before"]["left_out"]["phone"], "55 66 77 88", "{made}");
    assert_eq!(made["before"]["left_out"]["needs"], Value::Null, "nothing was left out of needs");

    let seen = consultant.get(&format!("/citizens/{kept}")).await.ok();
    assert_eq!((&seen["phone"], &seen["email"]), (&json!("11 22 33 44"), &json!("bo@post.example")));
    assert_eq!(seen["former_numbers"].as_array().unwrap().len(), 1);
    for number in &numbers {
        assert_eq!(consultant.post("/citizens/search", json!({"cpr": number})).await.ok()["id"], kept.as_str());
    }
    assert_eq!(house.see(&stay).await["citizen"], kept.as_str());
    for path in ["needs", "search-profile", "story", "steps", "timeline", "corrections"] {
        assert_eq!(consultant.get(&format!("/citizens/{kept}/{path}")).await.status, 200, "{path}: what is sealed opens");
    }
    assert_eq!(consultant.get(&format!("/citizens/{kept}/needs")).await.ok()["needs"][0]["kind"], "Diskusprolaps");
    assert_eq!(consultant.get(&format!("/citizens/{kept}/search-profile")).await.ok()["farthest_km"], 30);
    let moments = items(consultant, &format!("/citizens/{kept}/timeline")).await;
    assert!(moments.iter().any(|moment| moment["kind"] == "put-right"), "{moments:?}");
    assert!(!house.dump().contains(&numbers[1]), "sealed at rest");

    // The number that was left is the right one: it can be given to the record that goes on.
    let right = json!({"cpr": numbers[1], "reasons": "Det er det rigtige nummer."});
    consultant.change(&format!("/citizens/{kept}/cpr"), right).await.ok();
}

#[tokio::test]
async fn the_record_that_was_left_says_where_the_person_went_and_nothing_is_done_in_it() {
    let house = House::open().await;
    let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
    let number = cpr();
    let kept = register(consultant, &cpr(), json!({})).await;
    let other = register(consultant, &number, json!({})).await;
    leader.change(&format!("/citizens/{kept}/merge"), into_this(&other)).await.ok();
    let shell = format!("/citizens/{other}");
    let seen = consultant.get(&shell).await.ok();
    assert_eq!((&seen["merged_into"], &seen["merged_on"]), (&json!(kept), &json!(house.today())));
    let etag = consultant.etag(&shell).await;
    let says_where = |answer: crate::harness::Answer| {
        answer.conflict("citizen-merged");
        assert!(answer.text.contains(&kept), "{}", answer.text);
    };
    for path in ["needs", "story", "timeline", "corrections", "beliefs", "steps"] {
        says_where(consultant.get(&format!("{shell}/{path}")).await);
    }
    let details = json!({"name": "Bo", "target_group": "3", "goals": [], "consultant": consultant.account});
    says_where(consultant.change_from(reqwest::Method::PUT, &shell, &etag, details).await);
    let why = json!({"reasons": "Igen", "registered_in_error": false});
    says_where(consultant.change_from(reqwest::Method::POST, &format!("{shell}/reopening"), &etag, why).await);
    let company = house.company().await;
    says_where(consultant.post("/internships", house.booking(&other, &company, "2026-01-19")).await);
    let listed = items(consultant, "/citizens").await;
    assert!(listed.iter().all(|line| line["id"] != other.as_str()), "{listed:?}");
    house.tick().await;
    assert_eq!(items(consultant, &format!("/flags?citizen={other}")).await, Vec::<Value>::new());

    // A third record: whoever was merged into the second is now in the third.
    let third = register(consultant, &cpr(), json!({})).await;
    leader.change(&format!("/citizens/{third}/merge"), into_this(&kept)).await.ok();
    assert_eq!(consultant.get(&shell).await.ok()["merged_into"], third.as_str());
    assert_eq!(consultant.post("/citizens/search", json!({"cpr": number})).await.ok()["id"], third.as_str());
}

#[tokio::test]
async fn what_is_merged_is_another_record_here_that_goes_on_as_it_was_seen() {
    let house = House::open().await;
    let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
    let kept = register(consultant, &cpr(), json!({})).await;
    let other = register(consultant, &cpr(), json!({})).await;
    let there = register(&house.there.consultant, &cpr(), json!({})).await;
    let into = format!("/citizens/{kept}/merge");
    leader.change(&into, json!({})).await.has_fault("/reasons");
    assert_eq!(leader.change(&into, into_this(&kept)).await.faults(), [("/other".to_owned(), "the-same".to_owned())]);
    assert_eq!(leader.change(&into, into_this(&there)).await.faults(), [("/other".to_owned(), "unknown".to_owned())]);
    consultant.change(&into, into_this(&other)).await.problem(403, "forbidden");
    let stale = leader.etag(&format!("/citizens/{kept}")).await;
    consultant.post(&format!("/citizens/{kept}/story"), json!({"kind": "wish", "words": "Ud."})).await.ok();
    let seen = json!({"name": "Bo", "target_group": "3", "goals": [], "consultant": consultant.account});
    consultant.replace(&format!("/citizens/{kept}"), seen).await.ok();
    leader.change_from(reqwest::Method::POST, &into, &stale, into_this(&other)).await.problem(412, "stale");
    leader.change(&into, into_this(&other)).await.ok();
    assert_eq!(leader.change(&into, into_this(&other)).await.faults(), [("/other".to_owned(), "merged-already".to_owned())]);
}

#[tokio::test]
async fn of_what_there_can_be_one_the_kept_stands_and_no_health_fact_is_repeated() {
    let house = House::open().await;
    let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
    let kept = register(consultant, &cpr(), json!({"hours_capacity": 20})).await;
    let other = register(consultant, &cpr(), json!({"hours_capacity": 10, "target_group": "2"})).await;
    for (citizen, kind) in [(&kept, "Ryg"), (&other, "Angst")] {
        let needs = json!({"needs": [{"kind": kind, "function": "Ingen løft", "rules_out": []}]});
        consultant.replace(&format!("/citizens/{citizen}/needs"), needs).await.ok();
        consultant.replace(&format!("/citizens/{citizen}/search-profile"), json!({"farthest_km": 10})).await.ok();
    }
    let made = leader.change(&format!("/citizens/{kept}/merge"), into_this(&other)).await.ok();
    let left: Vec<&String> = made["before"]["left_out"].as_object().unwrap().keys().collect();
    assert_eq!(left, ["capacities", "needs", "search_profile", "target_group"]);
    assert!(!made.to_string().contains("Angst"));
    let needs = consultant.get(&format!("/citizens/{kept}/needs")).await.ok();
    assert_eq!(needs["needs"].as_array().unwrap().len(), 1);
    assert_eq!(needs["needs"][0]["kind"], "Ryg");
    let seen = consultant.get(&format!("/citizens/{kept}")).await.ok();
    assert_eq!((&seen["target_group"], seen["capacities"].as_array().unwrap().len()), (&json!("3"), 1));
}

#[tokio::test]
async fn flags_go_with_what_they_are_about_and_whoever_answered_for_the_other_is_told() {
    let house = House::open().await;
    let other_consultant = employ(&house.app, &house.nobody, "101", Role::Consultant, OTHER_CONSULTANT).await;
    let kept = register(&house.here.consultant, &cpr(), json!({})).await;
    let stay = house.started().await;
    let seen = json!({"name": "Bo", "target_group": "3", "goals": [], "consultant": other_consultant.account});
    house.here.consultant.replace(&format!("/citizens/{}", stay.citizen), seen).await.ok();
    house.turn(&later(&stay.last_day, 20));
    house.tick().await;
    house.deliver().await;
    let standing = |citizen: String| {
        let who = house.here.team_leader.clone();
        async move { items(&who, &format!("/flags?citizen={citizen}&standing=true")).await }
    };
    let before = standing(stay.citizen.clone()).await;
    let of_stay = |flags: &[Value]| flags.iter().filter(|flag| flag["subject"] == format!("internship:{}", stay.id)).count();
    let of_person =
        |flags: &[Value], id: &str| flags.iter().filter(|flag| flag["subject"].as_str().unwrap().contains(id)).count();
    assert!(of_stay(&before) > 0 && of_person(&before, &stay.citizen) > 0, "{before:#?}");
    let made = house.here.team_leader.change(&format!("/citizens/{kept}/merge"), into_this(&stay.citizen)).await.ok();
    assert!(made["told"]["accounts"].as_array().unwrap().contains(&json!(other_consultant.account)), "{made}");
    let after = standing(kept.clone()).await;
    assert_eq!((of_stay(&after), of_person(&after, &stay.citizen)), (of_stay(&before), 0), "{after:#?}");
    house.deliver().await;
    let told = house.letters_to(OTHER_CONSULTANT);
    assert!(told.iter().any(|letter| letter.plain.contains("lagt sammen")), "{told:?}");
    let evaluated = house.here.team_leader.get(&format!("/flags?citizen={kept}")).await.ok();
    house.tick().await;
    assert_eq!(
        house.here.team_leader.get(&format!("/flags?citizen={kept}")).await.ok(),
        evaluated,
        "the same transaction did it"
    );
}

#[tokio::test]
async fn two_that_are_merged_into_each_other_at_once_are_one_in_the_end() {
    let house = House::open().await;
    for round in 0..20 {
        let one = register(&house.here.consultant, &cpr(), json!({})).await;
        let two = register(&house.here.consultant, &cpr(), json!({})).await;
        let tags = [
            house.here.consultant.etag(&format!("/citizens/{one}")).await,
            house.here.consultant.etag(&format!("/citizens/{two}")).await,
        ];
        let asked = [(&one, &two, &tags[0]), (&two, &one, &tags[1])].map(|(into, other, etag)| {
            let (who, path) = (house.here.team_leader.clone(), format!("/citizens/{into}/merge"));
            let (body, etag) = (into_this(other), etag.clone());
            tokio::spawn(async move { who.change_from(reqwest::Method::POST, &path, &etag, body).await })
        });
        let mut statuses = Vec::new();
        for answer in asked {
            statuses.push(answer.await.unwrap().status);
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
        let gone = house.text(&format!(
            "SELECT CAST(count(*) AS TEXT) AS text FROM citizens WHERE merged_into IS NOT NULL AND id IN ('{one}', '{two}')"
        ));
        assert_eq!(gone, "1");
    }
}

#[tokio::test]
async fn a_key_merges_once_and_what_came_before_the_first_hours_is_measured_by_the_others() {
    let house = House::open().await;
    let (leader, consultant) = (&house.here.team_leader, &house.here.consultant);
    let other = register(consultant, &cpr(), json!({"hours_capacity": 12})).await;
    let closing = json!({"how": "closed", "reasons": "To registreringer."});
    consultant.change(&format!("/citizens/{other}/closing"), closing).await.ok();
    let first_day = house.today().to_string();
    house.turn(&later(&first_day, 30));
    let kept = register(consultant, &cpr(), json!({"hours_capacity": 20})).await;
    leader.change(&format!("/citizens/{kept}/merge"), into_this(&other)).await.ok();
    let seen = consultant.get(&format!("/citizens/{kept}")).await.ok();
    assert_eq!(seen["capacities"][0]["from"], first_day.as_str(), "{seen}");
    assert_eq!(seen["capacities"].as_array().unwrap().len(), 2);
    assert_eq!(seen["closed_since"], Value::Null);
    assert_eq!(seen["closings"][0]["reopened_on"], json!(house.today()), "{seen}");
}
