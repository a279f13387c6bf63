//! Accounts come and change: their holders choose their passwords, two people give a role with health data, and whoever is concerned is
//! told.

use crate::harness::{Answer, Client, House, PASSWORD, Value, address, employ, json};
use chrono::Duration;
use reqwest::Method;
use rettematch::domain::people::access::Role;

const NEW: &str = "ny@101.example";
const CHOSEN: &str = "en helt ny kode";

async fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.nobody.post("/sessions", json!({"email": email, "password": password})).await
}

async fn open(by: &Client, role: &str) -> Value {
    by.post("/accounts", json!({"email": NEW, "name": "Nina Ny", "role": role})).await.ok()
}

fn path(account: &Value) -> String {
    format!("/accounts/{}", account["id"].as_str().unwrap())
}

/// The fields that changed, with what they are now.
async fn changes(house: &House, account: &Value) -> Vec<(String, String)> {
    let kept = house.here.administrator.get(&format!("{}/changes", path(account))).await.ok();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    kept["items"].as_array().unwrap().iter().map(|one| (text(&one["field"]), text(&one["after"]))).collect()
}

#[tokio::test]
async fn whoever_is_new_chooses_the_password_by_a_link_that_works_once() {
    let house = House::open().await;
    let account = open(&house.here.administrator, "liaison").await;
    sign_in(&house, NEW, CHOSEN).await.problem(401, "wrong-credentials");
    let token = house.password_token(NEW).await;
    assert!(!house.dump().contains(&token), "the token stands in the database");
    let link = format!("/links/{token}/password");
    house.nobody.post(&link, json!({"password": "adgangskode123"})).await.has_fault("/password");
    assert_eq!(house.nobody.post(&link, json!({"password": CHOSEN})).await.status, 204);
    house.nobody.post(&link, json!({"password": "en tredje lang kode"})).await.problem(404, "not-found");
    assert_eq!(sign_in(&house, NEW, CHOSEN).await.ok()["account"]["id"], account["id"]);
    assert_eq!(changes(&house, &account).await, [("password".to_owned(), "chosen".to_owned())]);
}

#[tokio::test]
async fn a_link_that_nobody_used_ends_after_a_week() {
    let house = House::open().await;
    open(&house.here.administrator, "liaison").await;
    let token = house.password_token(NEW).await;
    house.turn_to(house.now() + Duration::days(7));
    house.nobody.post(&format!("/links/{token}/password"), json!({"password": CHOSEN})).await.problem(404, "not-found");
    let page = house.nobody.page(&format!("/password/{token}")).await;
    assert!(page.status == 404 && page.text.contains("Bed kommunens administrator om et nyt"), "{}", page.text);
}

#[tokio::test]
async fn the_page_of_the_link_asks_for_the_password_and_says_what_does_not_fit() {
    let house = House::open().await;
    open(&house.here.administrator, "liaison").await;
    let page = format!("/password/{}", house.password_token(NEW).await);
    let asked = house.nobody.page(&page).await;
    assert!(asked.status == 200 && asked.text.contains("type=\"password\""), "{}", asked.text);
    let short = house.nobody.submit(&page, &[("password", "kort")]).await;
    assert!(short.status == 422 && short.text.contains("12 til 200 tegn") && !short.text.contains("kort\""), "{}", short.text);
    let done = house.nobody.submit(&page, &[("password", CHOSEN)]).await;
    assert!(done.status == 200 && done.text.contains("Log ind"), "{}", done.text);
    sign_in(&house, NEW, CHOSEN).await.ok();
}

#[tokio::test]
async fn an_administrator_takes_a_password_away_and_sets_none() {
    let house = House::open().await;
    let (administrator, liaison) = (&house.here.administrator, &house.here.liaison);
    let at = format!("/accounts/{}", liaison.account);
    let other = json!({"password": CHOSEN, "old_password": PASSWORD});
    administrator.replace(&format!("{at}/password"), other).await.problem(403, "forbidden");
    administrator.change(&format!("{at}/password-link"), Value::Null).await.ok();
    liaison.get("/sessions/current").await.problem(401, "unauthenticated");
    let email = address(Role::Liaison, "101");
    sign_in(&house, &email, PASSWORD).await.problem(401, "wrong-credentials");
    let first = house.password_token(&email).await;
    administrator.change(&format!("{at}/password-link"), Value::Null).await.ok();
    house.nobody.post(&format!("/links/{first}/password"), json!({"password": CHOSEN})).await.problem(404, "not-found");
    house.choose_password(&email, CHOSEN).await;
    sign_in(&house, &email, CHOSEN).await.ok();
    let letter = house.letters_to(&email).pop().unwrap();
    assert!(letter.plain.contains("links virker ikke længere"), "{}", letter.plain);
}

#[tokio::test]
async fn a_role_with_health_data_waits_for_somebody_else() {
    let house = House::open().await;
    let (first, leader) = (&house.here.administrator, &house.here.team_leader);
    let second = employ(&house.app, &house.nobody, "101", Role::Administrator, "anden@101.example").await;
    let account = open(first, "consultant").await;
    assert_eq!((&account["role_confirmation"], &account["asked_role"]), (&json!("waits"), &json!("consultant")));
    assert_eq!(account["closed_on"], "2026-01-05", "nobody signs in yet");
    house.deliver().await;
    assert!(house.letters_to(NEW).is_empty(), "and nothing is told");
    let confirm = format!("{}/confirmation", path(&account));
    first.change(&confirm, Value::Null).await.conflict("own-request");
    house
        .here
        .consultant
        .change_from(Method::POST, &confirm, &first.etag(&confirm).await, Value::Null)
        .await
        .problem(403, "forbidden");
    let given = second.change(&confirm, Value::Null).await.ok();
    assert_eq!((&given["role_confirmation"], &given["closed_on"]), (&json!("confirmed"), &Value::Null));
    leader.change(&confirm, Value::Null).await.conflict("nothing-to-confirm");
    house.choose_password(NEW, CHOSEN).await;
    sign_in(&house, NEW, CHOSEN).await.ok();

    // A change waits too, and a team leader may confirm it; until then the old role stands.
    let liaison = &house.here.liaison.account;
    let at = format!("/accounts/{liaison}");
    let asked = first.change_from(Method::PATCH, &at, &first.etag(&at).await, json!({"role": "team-leader"})).await.ok();
    assert_eq!((&asked["role"], &asked["asked_role"]), (&json!("liaison"), &json!("team-leader")));
    house.here.liaison.get("/citizens").await.problem(403, "forbidden");
    leader.change(&format!("{at}/confirmation"), Value::Null).await.ok();
    house.here.liaison.get("/sessions/current").await.problem(401, "unauthenticated");
    house.deliver().await;
    let told = house.letters_to(&address(Role::Liaison, "101")).pop().unwrap();
    assert!(told.plain.contains("har ændret din konto") && told.plain.contains("teamleder"), "{}", told.plain);
    let wanted = [("role_confirmation", "waits"), ("role", "team-leader"), ("role_confirmation", "confirmed")];
    assert_eq!(changes(&house, &asked).await, wanted.map(|(field, after)| (field.to_owned(), after.to_owned())));
    // What is asked for is taken back by the role that stands.
    let role = |role: &str| json!({"role": role});
    let at = format!("/accounts/{}", second.account);
    first.change_from(Method::PATCH, &at, &first.etag(&at).await, role("consultant")).await.ok();
    let back = first.change_from(Method::PATCH, &at, &first.etag(&at).await, role("administrator")).await.ok();
    assert_eq!((&back["asked_role"], &back["role_confirmation"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn nobody_takes_an_account_over_by_giving_it_another_address() {
    let house = House::open().await;
    let (first, leader) = (&house.here.administrator, &house.here.team_leader);
    employ(&house.app, &house.nobody, "101", Role::Administrator, "anden@101.example").await;
    let account = open(first, "administrator").await;
    assert_eq!(account["role_confirmation"], "waits", "an administrator could confirm what one asks for oneself");
    let consultant = format!("/accounts/{}", house.here.consultant.account);
    let patch = async |body: Value| first.change_from(Method::PATCH, &consultant, &first.etag(&consultant).await, body).await;
    let moved = patch(json!({"email": "min@101.example"})).await.ok();
    assert_eq!((&moved["role"], &moved["asked_role"]), (&json!("consultant"), &json!("consultant")));
    let link = format!("{consultant}/password-link");
    first.change(&link, Value::Null).await.conflict("role-waits");
    patch(json!({"role": "consultant"})).await.ok();
    first.change(&link, Value::Null).await.conflict("role-waits");
    leader.change(&format!("{consultant}/confirmation"), Value::Null).await.ok();
    first.change(&link, Value::Null).await.ok();
}

#[tokio::test]
async fn a_single_administrator_gives_such_a_role_and_it_is_said() {
    let house = House::open().await;
    let account = open(&house.here.administrator, "team-leader").await;
    assert_eq!((&account["role_confirmation"], &account["closed_on"]), (&json!("single-administrator"), &Value::Null));
    let said = [("role_confirmation".to_owned(), "single-administrator".to_owned())];
    assert_eq!(changes(&house, &account).await, said);
    house.choose_password(NEW, CHOSEN).await;
    sign_in(&house, NEW, CHOSEN).await.ok();
}

#[tokio::test]
async fn whoever_gets_another_address_is_told_at_both() {
    let house = House::open().await;
    let (administrator, old) = (&house.here.administrator, address(Role::Liaison, "101"));
    let at = format!("/accounts/{}", house.here.liaison.account);
    let moved = json!({"email": "flyttet@101.example"});
    administrator.change_from(Method::PATCH, &at, &administrator.etag(&at).await, moved).await.ok();
    house.deliver().await;
    for to in [old.as_str(), "flyttet@101.example"] {
        let told = house.letters_to(to).pop().unwrap();
        assert!(told.plain.contains("flyttet@101.example") && told.plain.contains("har ændret din konto"), "{}", told.plain);
    }
    // Whoever changes a name tells nobody.
    administrator.change_from(Method::PATCH, &at, &administrator.etag(&at).await, json!({"name": "Lise Ny"})).await.ok();
    house.deliver().await;
    assert_eq!(house.letters_to("flyttet@101.example").len(), 1);
}
