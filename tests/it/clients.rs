//! Other programs of the municipality: what a key opens, for how long, and what a program never is.

use crate::harness::{Answer, Client, House, PASSWORD, Value, cpr, cvr, day, employ, json, later};
use chrono::Duration;
use rettematch::domain::people::{access::Role, client::ClientScope};

fn new(house: &House, role: &str, scopes: &[&str]) -> Value {
    json!({"name": "Fagsystemet", "role": role, "scopes": scopes, "expires_on": later(&house.today().to_string(), 100)})
}

fn path(client: &Value) -> String {
    format!("/clients/{}", client["id"].as_str().unwrap())
}

/// The program that a key makes of an answer which shows one.
fn program(house: &House, shown: &Value) -> Client {
    house.nobody.with_token(shown["key"].as_str().unwrap()).of(shown["account"].as_str().unwrap().to_owned())
}

async fn registered(house: &House, role: &str, scopes: &[&str]) -> (Value, Client) {
    let shown = house.here.administrator.post("/clients", new(house, role, scopes)).await.ok();
    let program = program(house, &shown);
    (shown, program)
}

fn lacks(answer: &Answer, scope: &str) {
    assert_eq!(answer.problem(403, "out-of-scope")["code"], scope);
    let said = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
    assert_eq!(answer.header("WWW-Authenticate"), Some(said.as_str()));
}

#[tokio::test]
async fn a_key_is_shown_once_and_kept_as_a_hash() {
    let house = House::open().await;
    let administrator = &house.here.administrator;
    let body = new(&house, "liaison", &["companies:read"]);
    let answer = administrator.post_once("/clients", "once", &body).await;
    let (shown, tag) = (answer.ok(), answer.header("ETag").map(ToOwned::to_owned));
    assert_eq!(answer.header("Location").unwrap(), format!("/api/v1{}", path(&shown)));
    let key = shown["key"].as_str().unwrap().to_owned();
    assert!(key.starts_with("rettematch_key_") && key.len() > 50, "{key}");
    let again = administrator.post_once("/clients", "once", &body).await;
    assert_eq!((&again.ok()["id"], &again.ok()["key"]), (&shown["id"], &Value::Null), "repeated, and not shown again");
    assert_eq!(again.header("ETag").map(ToOwned::to_owned), tag);
    for path in ["/clients".to_owned(), path(&shown)] {
        let seen = administrator.get(&path).await;
        seen.ok();
        assert!(seen.text.contains("Fagsystemet") && !seen.text.contains(&key), "{}", seen.text);
    }
    assert!(!house.dump().contains(&key[15..]), "the key stands in the database");
    let me = house.nobody.with_token(&key).get("/sessions/current").await.ok();
    assert_eq!((&me["account"]["name"], &me["account"]["role"]), (&json!("Fagsystemet"), &json!("liaison")));
    assert_eq!(me["account"]["id"], shown["account"]);
}

#[tokio::test]
async fn each_scope_opens_its_own_and_what_lacks_is_named() {
    let house = House::open().await;
    let (citizen, company) = (house.citizen().await.0, house.company().await);
    house.tick().await;
    let term = |word: &str| json!({"kind": "task", "key": word, "da": word, "en": word});
    let routes = [
        ("companies:read", format!("/companies/{}", company.id)),
        ("companies:read", "/openings".to_owned()),
        ("citizens:read", format!("/citizens/{citizen}")),
        ("citizens:read", "/follow-ups".to_owned()),
        ("needs:read", format!("/citizens/{citizen}/needs")),
        ("internships:read", "/internships".to_owned()),
        ("flags:write", "/flags".to_owned()),
        ("letters:read", "/letters".to_owned()),
        ("runs:read", "/runs".to_owned()),
        ("reads:read", "/reads".to_owned()),
    ];
    for scope in ClientScope::ALL {
        let (_, program) = registered(&house, "team-leader", &[scope.code()]).await;
        let own = scope.code().split(':').next().unwrap();
        for (needed, route) in &routes {
            let answer = program.get(route).await;
            if needed.starts_with(&format!("{own}:")) { drop(answer.ok()) } else { lacks(&answer, needed) }
        }
        let writes = scope.code().ends_with(":write");
        let name = json!({"cvr": cvr(), "name": "Nyt", "advertising_protected": false, "liaison": house.here.liaison.account});
        let added = program.post("/companies", name).await;
        if (own, writes) == ("companies", true) {
            drop(added.ok())
        } else {
            lacks(&added, "companies:write")
        }
        let goals = json!({
            "cpr": cpr(), "name": "Ny Borger", "target_group": "3", "hours_capacity": 20, "goals": [],
            "consultant": house.here.consultant.account,
        });
        let added = program.post("/citizens", goals).await;
        if (own, writes) == ("citizens", true) {
            drop(added.ok())
        } else {
            lacks(&added, "citizens:write")
        }
        let needs = program.ask(reqwest::Method::PUT, &format!("/citizens/{citizen}/needs"));
        let needs = program.send(needs.header("If-Match", "\"999-0a1b2c3d\"").json(&json!({"needs": []}))).await;
        if (own, writes) == ("needs", true) {
            drop(needs.problem(412, "stale"))
        } else {
            lacks(&needs, "needs:write")
        }
        let added = program.post("/terms", term(&format!("ord-{own}-{writes}"))).await;
        match own {
            "terms" => drop(added.ok()),
            _ => lacks(&added, "terms:write"),
        }
        // What only people decide, and who works here.
        for route in ["/accounts", "/clients"] {
            program.get(route).await.problem(403, "forbidden");
        }
        let approval = json!({"to": "2026-06-01", "reasons": "Det er nok."});
        program.post(&format!("/citizens/{citizen}/extension-approvals"), approval).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn a_role_is_the_most_that_scopes_can_give() {
    let house = House::open().await;
    let administrator = &house.here.administrator;
    for (role, scopes) in
        [("liaison", &["companies:read", "citizens:read"][..]), ("administrator", &["reads:read"]), ("liaison", &[])]
    {
        administrator.post("/clients", new(&house, role, scopes)).await.has_fault("/scopes");
    }
    administrator.post("/clients", new(&house, "liaison", &["all"])).await.has_fault("/scopes/0");
    let today = house.today().to_string();
    for wrong in [later(&today, -1), later(&today, 366)] {
        let mut body = new(&house, "liaison", &["companies:read"]);
        body["expires_on"] = json!(wrong);
        administrator.post("/clients", body).await.has_fault("/expires_on");
    }
    // A consultant approaches companies, and keeps none.
    let (_, program) = registered(&house, "consultant", &["companies:write"]).await;
    program.get("/companies").await.ok();
    let company = json!({"cvr": cvr(), "name": "Nyt", "advertising_protected": false, "liaison": house.here.liaison.account});
    program.post("/companies", company).await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_key_that_is_not_good_any_longer_or_never_was_opens_nothing() {
    let house = House::open().await;
    let administrator = &house.here.administrator;
    let refused = async |key: &str| house.nobody.with_token(key).get("/companies").await.problem(401, "unauthenticated");
    let (shown, program) = registered(&house, "liaison", &["companies:read"]).await;
    let key = shown["key"].as_str().unwrap();
    for wrong in
        [&key[..key.len() - 1], &format!("{key}A"), "rettematch_key_", "rettematch_key_ ", &key[15..], "rettematch_key_ø"]
    {
        let answer = house.nobody.with_token("x").ask(reqwest::Method::GET, "/companies");
        let header = reqwest::header::HeaderValue::from_bytes(format!("Bearer {wrong}").as_bytes()).unwrap();
        let mut request = answer.build().unwrap();
        request.headers_mut().insert("Authorization", header);
        house.nobody.execute(request).await.problem(401, "unauthenticated");
    }
    let last = day(shown["expires_on"].as_str().unwrap());
    house.turn(&last.to_string());
    let soon = administrator.get(&path(&shown)).await.ok();
    assert_eq!(soon["expires_soon"], true);
    program.get("/companies").await.ok();
    house.turn(&last.succ_opt().unwrap().to_string());
    refused(key).await;
    assert_eq!(administrator.get(&path(&shown)).await.ok()["expires_on"], Value::Null);
    let renew = json!({"expires_on": later(&house.today().to_string(), 30)});
    let renewed = administrator.change(&format!("{}/keys", path(&shown)), renew.clone()).await.ok();
    let own = renewed["key"].as_str().unwrap();
    house.nobody.with_token(own).get("/companies").await.ok();
    let ended = administrator.change(&format!("{}/end", path(&shown)), Value::Null).await.ok();
    assert!(!ended["ended_at"].is_null());
    refused(own).await;
    administrator.change(&format!("{}/keys", path(&shown)), renew).await.conflict("client-ended");
    administrator.change(&format!("{}/end", path(&shown)), Value::Null).await.conflict("client-ended");
}

#[tokio::test]
async fn a_new_key_leaves_the_old_one_for_a_day_or_ends_it_at_once() {
    let house = House::open().await;
    let administrator = &house.here.administrator;
    let (shown, first) = registered(&house, "liaison", &["companies:read"]).await;
    let keys = format!("{}/keys", path(&shown));
    let expires = later(&house.today().to_string(), 30);
    let second = administrator.change(&keys, json!({"expires_on": expires})).await.ok();
    assert_eq!(second["keys"].as_array().unwrap().len(), 2);
    let second = program(&house, &second);
    for program in [&first, &second] {
        program.get("/companies").await.ok();
    }
    house.turn_to(house.now() + Duration::hours(24));
    first.get("/companies").await.problem(401, "unauthenticated");
    let third = administrator.change(&keys, json!({"expires_on": expires, "end_others_at_once": true})).await.ok();
    second.get("/companies").await.problem(401, "unauthenticated");
    program(&house, &third).get("/companies").await.ok();
    administrator
        .change_from(reqwest::Method::POST, &keys, "\"1-0a1b2c3d\"", json!({"expires_on": expires}))
        .await
        .problem(412, "stale");
}

#[tokio::test]
async fn a_role_that_two_people_give_waits_for_the_second() {
    let house = House::open().await;
    let (first, leader) = (&house.here.administrator, &house.here.team_leader);
    let second = employ(&house.app, &house.nobody, "101", Role::Administrator, "anden@101.example").await;
    let (shown, program) = registered(&house, "consultant", &["citizens:read"]).await;
    assert_eq!((&shown["role_confirmation"], &shown["asked_role"]), (&json!("waits"), &json!("consultant")));
    program.get("/citizens").await.problem(401, "unauthenticated");
    let confirm = format!("{}/confirmation", path(&shown));
    first.change(&confirm, Value::Null).await.conflict("own-request");
    let given = leader.change(&confirm, Value::Null).await.ok();
    assert_eq!(given["role_confirmation"], "confirmed");
    program.get("/citizens").await.ok();
    second.change(&confirm, Value::Null).await.conflict("nothing-to-confirm");
    let (shown, program) = registered(&house, "liaison", &["companies:read"]).await;
    assert_eq!(shown["role_confirmation"], Value::Null);
    program.get("/companies").await.ok();
}

#[tokio::test]
async fn a_program_is_of_one_municipality() {
    let house = House::open().await;
    let company = house.company().await;
    let (shown, own) = registered(&house, "liaison", &["companies:read"]).await;
    own.get(&format!("/companies/{}", company.id)).await.ok();
    let theirs = &house.there.administrator;
    theirs.get(&path(&shown)).await.problem(404, "not-found");
    for (change, body) in [("end", Value::Null), ("keys", json!({"expires_on": house.today()})), ("confirmation", Value::Null)] {
        let to = format!("{}/{change}", path(&shown));
        theirs.change_from(reqwest::Method::POST, &to, "\"1-0a1b2c3d\"", body).await.problem(404, "not-found");
    }
    assert!(theirs.get("/clients").await.ok()["items"].as_array().unwrap().is_empty());
    let there = theirs.post("/clients", new(&house, "liaison", &["companies:read"])).await.ok();
    let there = program(&house, &there);
    there.get(&format!("/companies/{}", company.id)).await.problem(404, "not-found");
    assert!(there.get("/companies").await.ok()["items"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_program_is_nobody() {
    let house = House::open().await;
    let administrator = &house.here.administrator;
    let scopes = ["citizens:write", "companies:write", "needs:read"];
    let (shown, program) = registered(&house, "team-leader", &scopes).await;
    let account = shown["account"].as_str().unwrap();
    for (who, list) in [(administrator, "/accounts"), (&house.here.consultant, "/colleagues")] {
        assert!(!who.get(list).await.text.contains(account), "{list}");
    }
    let at = format!("/accounts/{account}");
    administrator.get(&at).await.problem(404, "not-found");
    for change in ["password-link", "closure", "reopening", "confirmation"] {
        let change = format!("{at}/{change}");
        administrator.change_from(reqwest::Method::POST, &change, "\"1-0a1b2c3d\"", Value::Null).await.problem(404, "not-found");
    }
    // Neither its own password nor anybody's substitute.
    let own = json!({"password": "en helt ny kode", "old_password": PASSWORD});
    let tag = "\"1-0a1b2c3d\"";
    program.change_from(reqwest::Method::PUT, &format!("{at}/password"), tag, own).await.problem(403, "forbidden");
    let substitute = json!({"account": account, "from": house.today()});
    let liaison = format!("/accounts/{}/substitute", house.here.consultant.account);
    house.here.team_leader.replace(&liaison, substitute).await.has_fault("/account");
    let email = house.text(&format!("SELECT email AS text FROM accounts WHERE id = '{account}'"));
    let sign_in = json!({"email": email, "password": PASSWORD});
    house.nobody.post("/sessions", sign_in).await.problem(401, "wrong-credentials");
    // Nobody's consultant, and nobody's liaison.
    let mut citizen = json!({"cpr": cpr(), "name": "Ny Borger", "target_group": "3", "hours_capacity": 20, "goals": []});
    program.post("/citizens", citizen.clone()).await.has_fault("/consultant");
    citizen["consultant"] = json!(account);
    house.here.team_leader.post("/citizens", citizen.clone()).await.has_fault("/consultant");
    let company = json!({"cvr": cvr(), "name": "Nyt", "advertising_protected": false});
    program.post("/companies", company).await.has_fault("/liaison");
    // What it does is its own.
    citizen["consultant"] = json!(house.here.consultant.account);
    let made = program.post("/citizens", citizen).await.ok();
    let of = format!("/citizens/{}", made["id"].as_str().unwrap());
    program.get(&of).await.ok();
    for log in ["changes", "reads"] {
        let seen = house.here.auditor.get(&format!("{of}/{log}")).await.ok();
        let own = seen["items"].as_array().unwrap().iter().find(|entry| entry["account"] == account);
        let own = own.unwrap_or_else(|| panic!("{log}: {seen}"));
        let relation = if log == "reads" { &own["shown"][0]["relation"] } else { &own["relation"] };
        assert_eq!((&own["name"], relation), (&json!("Fagsystemet"), &json!("program")), "{log}: {own}");
    }
    house.tick().await;
    house.deliver().await;
    assert!(house.letters_to(&email).is_empty());
    // It leads nobody, and counts for no administrator.
    let last = house.here.administrator.account.clone();
    registered(&house, "administrator", &["runs:read"]).await;
    let body = json!({"role": "auditor"});
    let at = format!("/accounts/{last}");
    administrator
        .change_from(reqwest::Method::PATCH, &at, &administrator.etag(&at).await, body)
        .await
        .conflict("last-administrator");
}

#[tokio::test]
async fn a_program_with_a_leaders_role_leads_nobody() {
    let house = House::open().await;
    let stay = house.booked().await;
    let (_, program) =
        registered(&house, "team-leader", &["internships:write", "citizens:read", "needs:read", "flags:write"]).await;
    let why = json!({"reasons": "Det var en anden borger."});
    program.change(&stay.at("in-error"), why.clone()).await.conflict("recorded-by-another");
    house.here.team_leader.change(&stay.at("in-error"), why).await.ok();
    // The extract is everything, so it asks for everything.
    let extract = format!("/citizens/{}/extract", stay.citizen);
    program.get(&extract).await.problem(403, "out-of-scope");
    house.here.team_leader.get(&extract).await.ok();
}

#[tokio::test]
async fn it_is_seen_when_a_key_was_used_last() {
    let house = House::open().await;
    let (shown, program) = registered(&house, "liaison", &["companies:read"]).await;
    let used = async || house.here.administrator.get(&path(&shown)).await.ok()["last_used_at"].clone();
    assert_eq!(used().await, Value::Null);
    let first = house.now();
    for seconds in [0, 30, 31] {
        house.turn_to(first + Duration::seconds(seconds));
        program.get("/companies").await.ok();
        // It is written beside the answer.
        for _ in 0..200 {
            if used().await != Value::Null {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
    assert_eq!(used().await, json!(first), "once a minute");
    house.turn_to(first + Duration::seconds(60));
    program.get("/companies").await.ok();
    let later = json!(first + Duration::seconds(60));
    for _ in 0..500 {
        if used().await == later {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("that the key was used again was not noted");
}
