//! People leave, return, change and are away, and nobody is forgotten meanwhile.

use crate::harness::{Answer, Client, House, Letter, PASSWORD, Value, address, employ, json, later};
use reqwest::Method;
use rettematch::domain::people::access::Role;

const NEW_PASSWORD: &str = "en helt ny kode";

async fn colleague(house: &House, role: Role, name: &str) -> Client {
    employ(&house.app, &house.nobody, "101", role, &mail(name)).await
}

fn mail(name: &str) -> String {
    format!("{name}@101.example")
}

fn path(who: &Client) -> String {
    format!("/accounts/{}", who.account)
}

async fn patch(house: &House, who: &Client, body: Value) -> Answer {
    let administrator = &house.here.administrator;
    administrator.change_from(Method::PATCH, &path(who), &administrator.etag(&path(who)).await, body).await
}

async fn close(house: &House, who: &Client, body: Value) -> Answer {
    house.here.administrator.change(&format!("{}/closure", path(who)), body).await
}

async fn stand_in(by: &Client, who: &Client, body: Value) -> Answer {
    let at = format!("{}/substitute", path(who));
    by.change_from(Method::PUT, &at, &by.etag(&path(who)).await, body).await
}

async fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.nobody.post("/sessions", json!({"email": email, "password": password})).await
}

async fn standing(house: &House, of: &str) -> usize {
    let found = house.here.team_leader.get(&format!("/flags?rule=without-consultant&standing=true&limit=200{of}")).await;
    found.ok()["items"].as_array().unwrap().len()
}

fn work(citizens: u8, companies: u8, openings: u8) -> Value {
    json!({"citizens": citizens, "companies": companies, "openings": openings})
}

#[tokio::test]
async fn a_consultant_leaves_with_22_citizens_and_none_of_them_is_forgotten() {
    let house = House::open().await;
    let (leaver, leader, new) =
        (&house.here.consultant, &house.here.team_leader, colleague(&house, Role::Consultant, "ny").await);
    let stay = house.recruiting(&later("2026-01-05", 80)).await;
    for _ in 0..21 {
        house.citizen().await;
    }
    house.turn(&later("2026-01-05", 66));
    house.tick().await;
    house.deliver().await;
    let link = house.letters_to(&stay.company.contact_email).into_iter().rfind(Letter::has_link).unwrap().link();

    let closed = close(&house, leaver, Value::Null).await.ok();
    assert_eq!(closed["handed_over"]["left"], work(22, 0, 0));
    assert_eq!((&closed["handed_over"]["citizens"], &closed["closed_on"]), (&json!(0), &json!(house.today())));
    assert_eq!(close(&house, leaver, Value::Null).await.problem(409, "conflict")["code"], "closed-already");
    house.tick().await;
    assert_eq!(standing(&house, "").await, 22, "the same day");

    // The company's *we hire* has a reader.
    house.nobody.post(&format!("{link}/answer"), json!({"answer": "hire"})).await.ok();
    house.deliver().await;
    let read = house.letters_to(&address(Role::TeamLeader, "101"));
    assert!(read.iter().any(|letter| letter.subject.contains("Virksomheden svarer")), "{read:?}");
    assert_eq!(
        house
            .letters_to(&address(Role::Consultant, "101"))
            .iter()
            .filter(|own| own.subject.contains("Virksomheden svarer"))
            .count(),
        0
    );

    // What is known can be written down all the same.
    let details = json!({"name": "Bo Borgersen", "target_group": "3", "goals": [], "consultant": leaver.account});
    leader.replace(&format!("/citizens/{}", stay.citizen), details).await.ok();

    let body = json!({"from": leaver.account, "to": new.account, "handover": "Alt står i sagerne."});
    new.post("/consultant-changes", body.clone()).await.problem(403, "forbidden");
    let given = leader.post("/consultant-changes", body).await.ok();
    assert_eq!((&given["citizens"], &given["left"]), (&json!(22), &work(0, 0, 0)));
    house.tick().await;
    assert_eq!(standing(&house, "").await, 0);
    let changes = leader.get(&format!("/citizens/{}/consultant-changes", stay.citizen)).await.ok();
    assert_eq!(changes["items"][0]["handover"], "Alt står i sagerne.");
}

#[tokio::test]
async fn whoever_returns_has_the_same_account_again() {
    let house = House::open().await;
    let (leaver, administrator) = (colleague(&house, Role::Consultant, "mette").await, &house.here.administrator);
    close(&house, &leaver, json!({})).await.ok();
    sign_in(&house, &mail("mette"), PASSWORD).await.problem(401, "wrong-credentials");
    let again = json!({"email": mail("mette"), "name": "Mette", "role": "consultant"});
    let told = administrator.post("/accounts", again.clone()).await;
    assert_eq!(told.faults(), [("/email".to_owned(), "closed-account".to_owned())]);
    assert!(told.text.contains(&leaver.account), "{}", told.text);
    let there = house.there.administrator.post("/accounts", again).await;
    assert_eq!(there.faults(), [("/email".to_owned(), "taken".to_owned())]);
    assert!(!there.text.contains(&leaver.account));

    let opened = administrator.change(&format!("{}/reopening", path(&leaver)), Value::Null).await.ok();
    assert_eq!((&opened["id"], &opened["closed_on"]), (&json!(leaver.account), &Value::Null));
    administrator.change(&format!("{}/reopening", path(&leaver)), Value::Null).await.conflict("open-already");
    sign_in(&house, &mail("mette"), PASSWORD).await.problem(401, "wrong-credentials");
    house.choose_password(&mail("mette"), NEW_PASSWORD).await;
    assert_eq!(sign_in(&house, &mail("mette"), NEW_PASSWORD).await.ok()["account"]["id"], json!(leaver.account));
    let kept = administrator.get(&format!("{}/changes", path(&leaver))).await.ok();
    let kept: Vec<_> =
        kept["items"].as_array().unwrap().iter().map(|one| (&one["field"], &one["before"], &one["after"])).collect();
    let (field, day, none) = (json!("closed_on"), json!("2026-01-05"), Value::Null);
    let others = [("role_confirmation", "single-administrator"), ("password", "chosen")].map(|(of, is)| (json!(of), json!(is)));
    let others = others.iter().map(|(of, is)| (of, &none, is));
    let wanted: Vec<_> = [(&field, &none, &day), (&field, &day, &none)].into_iter().chain(others).collect();
    assert_eq!(kept, wanted);
}

#[tokio::test]
async fn the_account_opened_again_clears_what_was_flagged() {
    let house = House::open().await;
    house.citizen().await;
    close(&house, &house.here.consultant, Value::Null).await.ok();
    house.tick().await;
    assert_eq!(standing(&house, "").await, 1);
    let at = format!("{}/reopening", path(&house.here.consultant));
    house.here.administrator.change(&at, Value::Null).await.ok();
    house.tick().await;
    assert_eq!(standing(&house, "").await, 0);
}

#[tokio::test]
async fn all_work_is_handed_over_when_the_account_is_closed() {
    let house = House::open().await;
    let (leader, liaison, consultant) = (&house.here.team_leader, &house.here.liaison, &house.here.consultant);
    let successor = colleague(&house, Role::TeamLeader, "efter").await;
    let company = house.company().await;
    let opening = json!({
        "kind": "training", "occupation": "shop", "tasks": [], "hours": {"from": 10, "to": 20}, "from": house.today(), "places": 1,
    });
    let opening = liaison.post(&format!("/workplaces/{}/openings", company.workplace), opening).await.ok();
    house.citizen().await;

    let none = close(&house, liaison, json!({"hand_over_to": consultant.account})).await;
    assert_eq!(none.faults(), [("/hand_over_to".to_owned(), "role".to_owned())]);
    let nobody = close(&house, liaison, json!({"handover": "Alt."})).await;
    assert_eq!(nobody.faults(), [("/hand_over_to".to_owned(), "required".to_owned())]);
    let closed = close(&house, liaison, json!({"hand_over_to": leader.account})).await.ok();
    assert_eq!(closed["handed_over"], json!({"citizens": 0, "companies": 1, "openings": 1, "left": work(0, 0, 0)}));
    assert_eq!(leader.get(&format!("/companies/{}", company.id)).await.ok()["liaison"], json!(leader.account));
    assert_eq!(
        leader.get(&format!("/openings/{}", opening["id"].as_str().unwrap())).await.ok()["kept_by"],
        json!(leader.account)
    );

    // A team leader's citizens and companies go to two, where one alone cannot have both.
    let to = |to: &Client| json!({"from": leader.account, "to": to.account});
    let moved = json!({"from": consultant.account, "to": leader.account});
    house.here.administrator.post("/consultant-changes", moved).await.ok();
    let given = successor.post("/consultant-changes", to(consultant)).await.ok();
    assert_eq!(given, json!({"citizens": 1, "companies": 0, "openings": 0, "left": work(0, 1, 1)}));
    let given = successor.post("/consultant-changes", to(&successor)).await.ok();
    assert_eq!(given, json!({"citizens": 0, "companies": 1, "openings": 1, "left": work(0, 0, 0)}));
    let gone = json!({"from": leader.account, "to": liaison.account});
    assert_eq!(successor.post("/consultant-changes", gone).await.faults(), [("/to".to_owned(), "unknown".to_owned())]);
}

#[tokio::test]
async fn a_workplace_whose_liaison_has_left_is_flagged_while_something_is_under_way() {
    let house = House::open().await;
    let stay = house.started().await;
    house.company().await;
    close(&house, &house.here.liaison, Value::Null).await.ok();
    house.tick().await;
    assert_eq!((standing(&house, &format!("&workplace={}", stay.company.workplace)).await, standing(&house, "").await), (1, 1));
    let details = json!({"name": "Nyt navn", "advertising_protected": false, "liaison": house.here.liaison.account});
    house.here.team_leader.replace(&format!("/companies/{}", stay.company.id), details).await.ok();
    let new = colleague(&house, Role::Liaison, "ny").await;
    let body = json!({"from": house.here.liaison.account, "to": new.account});
    assert_eq!(house.here.administrator.post("/consultant-changes", body).await.ok()["companies"], 2);
    house.tick().await;
    assert_eq!(standing(&house, "").await, 0);
}

#[tokio::test]
async fn only_the_leader_of_the_team_is_told_and_all_where_nobody_leads_it() {
    let house = House::open().await;
    let (north, south) = (&house.here.team_leader, colleague(&house, Role::TeamLeader, "syd").await);
    patch(&house, north, json!({"team": "Team Nord"})).await.ok();
    patch(&house, &south, json!({"team": "Team Syd"})).await.ok();
    patch(&house, &house.here.consultant, json!({"team": "Team Nord"})).await.ok();
    let other = colleague(&house, Role::Consultant, "uden").await;
    house.citizen().await;
    close(&house, &house.here.consultant, Value::Null).await.ok();
    house.tick().await;
    house.deliver().await;
    let told = |house: &House| [address(Role::TeamLeader, "101"), mail("syd")].map(|to| house.letters_to(&to).len());
    assert_eq!(told(&house), [1, 0]);

    // Nobody has said in which team the other one is.
    house.turn("2026-01-06");
    let body = json!({"from": house.here.consultant.account, "to": other.account});
    north.post("/consultant-changes", body).await.ok();
    close(&house, &other, Value::Null).await.ok();
    house.tick().await;
    house.deliver().await;
    assert_eq!(told(&house), [2, 1]);

    // The leaders leave too: the administrator is told.
    for leader in [north, &south] {
        close(&house, leader, Value::Null).await.ok();
    }
    house.turn("2026-01-07");
    house.tick().await;
    house.deliver().await;
    assert_eq!(house.letters_to(&address(Role::Administrator, "101")).len(), 1);
}

#[tokio::test]
async fn a_substitute_reads_what_comes_in_their_place_and_is_no_other_consultant() {
    let house = House::open().await;
    let (me, liaison, other) = (&house.here.consultant, &house.here.liaison, colleague(&house, Role::Consultant, "vikar").await);
    let stay = house.recruiting(&later("2026-01-05", 80)).await;
    let today = house.today().to_string();
    for (account, to, code) in [(&me.account, None, "unchanged"), (&liaison.account, None, "role")] {
        let body = json!({"account": account, "from": today, "to": to.unwrap_or(Value::Null)});
        assert_eq!(stand_in(me, me, body).await.faults(), [("/account".to_owned(), code.to_owned())]);
    }
    let early = json!({"account": other.account, "from": today, "to": later(&today, -1)});
    assert_eq!(stand_in(me, me, early).await.faults(), [("/to".to_owned(), "too-early".to_owned())]);
    let body = json!({"account": other.account, "from": later(&today, 1), "to": later(&today, 2)});
    assert_eq!(stand_in(me, me, body.clone()).await.ok()["substitute"], body);

    for (days, reader) in
        [(0, address(Role::Consultant, "101")), (1, mail("vikar")), (2, mail("vikar")), (3, address(Role::Consultant, "101"))]
    {
        house.turn(&later(&today, days));
        let answers =
            |house: &House| house.letters_to(&reader).iter().filter(|own| own.subject.contains("Virksomheden svarer")).count();
        let before = answers(&house);
        let words = format!("Vi venter, dag {days}.");
        liaison.post(&stay.at("answers"), json!({"answer": "more-time", "words": words, "via": "telephone"})).await.ok();
        house.deliver().await;
        assert_eq!(answers(&house), before + 1, "day {days}");
    }
    let leader = &house.here.team_leader;
    assert_eq!(leader.get(&format!("/citizens/{}/consultant-changes", stay.citizen)).await.ok()["items"], json!([]));

    // Ill, and the leader names who stands in; then it is over.
    stand_in(leader, me, json!({"account": other.account, "from": later(&today, 3)})).await.ok();
    let colleagues = liaison.get("/colleagues").await.ok();
    let own = colleagues["items"].as_array().unwrap().iter().find(|one| one["id"] == json!(me.account)).unwrap().clone();
    assert_eq!((&own["substitute"], &own["substitute_name"]), (&json!(other.account), &json!("consultant vikar@101.example")));
    let at = format!("{}/substitute", path(me));
    let over = me.change_from(Method::DELETE, &at, &me.etag(&path(me)).await, Value::Null).await.ok();
    assert_eq!(over["substitute"], Value::Null);
    other.change_from(Method::DELETE, &at, "\"9-0a1b2c3d\"", Value::Null).await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_answer_has_a_reader_whoever_is_away() {
    let house = House::open().await;
    let (me, liaison, other) = (&house.here.consultant, &house.here.liaison, colleague(&house, Role::Consultant, "vikar").await);
    let stay = house.recruiting(&later("2026-01-05", 80)).await;
    let today = house.today().to_string();
    let mut told = 0;
    let mut reads = async |reader: String, why: &str| {
        told += 1;
        let answers = || house.letters_to(&reader).iter().filter(|own| own.subject.contains("Virksomheden svarer")).count();
        let before = answers();
        liaison
            .post(&stay.at("answers"), json!({"answer": "more-time", "words": format!("{told}"), "via": "telephone"}))
            .await
            .ok();
        house.deliver().await;
        assert_eq!(answers(), before + 1, "{why}");
    };
    let (mine, theirs, leader) = (address(Role::Consultant, "101"), mail("vikar"), address(Role::TeamLeader, "101"));
    stand_in(me, me, json!({"account": other.account, "from": today})).await.ok();
    stand_in(&other, &other, json!({"account": me.account, "from": today})).await.ok();
    reads(mine.clone(), "each stands in for the other, and both are away").await;
    let at = format!("{}/substitute", path(&other));
    other.change_from(Method::DELETE, &at, &other.etag(&path(&other)).await, Value::Null).await.ok();
    reads(theirs.clone(), "one of them is back").await;
    close(&house, &other, Value::Null).await.ok();
    reads(mine, "whoever stood in has left").await;
    let opening = Value::Null;
    house.here.administrator.change(&format!("{}/reopening", path(&other)), opening).await.ok();
    close(&house, me, Value::Null).await.ok();
    reads(theirs, "the account is closed, and somebody stands in").await;
    close(&house, &other, Value::Null).await.ok();
    reads(leader, "nobody of them is left").await;
}

#[tokio::test]
async fn what_a_letter_had_not_told_yet_when_an_account_was_closed_is_told_somebody_else() {
    let house = House::open().await;
    let gone = colleague(&house, Role::TeamLeader, "forhen").await;
    patch(&house, &gone, json!({"team": "Team Nord"})).await.ok();
    patch(&house, &house.here.consultant, json!({"team": "Team Nord"})).await.ok();
    house.citizen().await;
    house.here.administrator.replace(&format!("{}/digests", path(&gone)), json!({"wanted": false})).await.ok();
    close(&house, &house.here.consultant, Value::Null).await.ok();
    house.tick().await;
    house.deliver().await;
    assert_eq!(house.letters().len(), 0, "a line waits for the leader of the team, who wants no digest");
    close(&house, &gone, Value::Null).await.ok();
    house.tick().await;
    house.deliver().await;
    assert_eq!(house.letters_to(&address(Role::TeamLeader, "101")).len(), 1);
}

#[tokio::test]
async fn a_change_of_an_account_is_on_record_and_another_role_or_address_signs_in_anew() {
    let house = House::open().await;
    let (me, administrator) = (&house.here.consultant, &house.here.administrator);
    let renamed = patch(&house, me, json!({"name": "Mette Holm", "team": "Team Nord"})).await.ok();
    assert_eq!(
        (&renamed["name"], &renamed["team"], &renamed["role"]),
        (&json!("Mette Holm"), &json!("Team Nord"), &json!("consultant"))
    );
    me.get("/sessions/current").await.ok();
    assert_eq!(patch(&house, me, json!({"team": null})).await.ok()["team"], Value::Null);
    assert_eq!(patch(&house, me, json!({"name": null})).await.faults(), [("/name".to_owned(), "required".to_owned())]);
    let taken = json!({"email": address(Role::Liaison, "101")});
    assert_eq!(patch(&house, me, taken).await.faults(), [("/email".to_owned(), "taken".to_owned())]);

    house.citizen().await;
    patch(&house, me, json!({"role": "liaison"})).await.conflict("has-work");
    patch(&house, administrator, json!({"role": "consultant"})).await.conflict("last-administrator");
    patch(&house, me, json!({"role": "team-leader"})).await.ok();
    me.get("/sessions/current").await.problem(401, "unauthenticated");
    patch(&house, me, json!({"email": mail("holm")})).await.ok();
    sign_in(&house, &mail("holm"), PASSWORD).await.ok();
    sign_in(&house, &address(Role::Consultant, "101"), PASSWORD).await.problem(401, "wrong-credentials");
    // Merge patches have a media type of their own.
    let body = json!({"name": "Mette"}).to_string();
    let sent = administrator.ask(Method::PATCH, &path(me)).header("If-Match", administrator.etag(&path(me)).await);
    administrator.send(sent.header("Content-Type", "application/merge-patch+json").body(body)).await.ok();

    let kept = administrator.get(&format!("{}/changes", path(me))).await.ok();
    let kept: Vec<_> = kept["items"].as_array().unwrap().iter().map(|one| one["field"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kept, ["name", "team", "team", "role", "role_confirmation", "email", "name"]);
    let first = administrator.get(&format!("{}/changes?limit=1", path(me))).await.ok()["items"][0].clone();
    assert_eq!((&first["by"], &first["after"]), (&json!(administrator.account), &json!("Mette Holm")));
    assert_eq!(first["before"], "consultant consultant@101.example");
}

#[tokio::test]
async fn everybody_finds_their_colleagues() {
    let house = House::open().await;
    let gone = colleague(&house, Role::Liaison, "forhen").await;
    close(&house, &gone, Value::Null).await.ok();
    patch(&house, &house.here.consultant, json!({"team": "2"})).await.ok();
    let found = async |who: &Client, query: &str| -> Vec<String> {
        let items = who.get(&format!("/colleagues{query}")).await.ok();
        items["items"].as_array().unwrap().iter().map(|one| one["email"].as_str().unwrap().to_owned()).collect()
    };
    for role in Role::ALL {
        assert_eq!(found(house.here.of(*role), "").await.len(), 6, "{role}");
    }
    let me = &house.here.liaison;
    assert_eq!(found(me, "?role=liaison&open=true").await, [address(Role::Liaison, "101")]);
    assert_eq!(found(me, "?open=false").await, [mail("forhen")]);
    assert_eq!(found(me, "?team=2").await, [address(Role::Consultant, "101")]);
    assert!(found(&house.there.liaison, "").await.iter().all(|own| own.ends_with("@851.example")));
}

#[tokio::test]
async fn a_change_that_the_citizen_wished_for_is_marked_and_not_counted() {
    let house = House::open().await;
    let (citizen, _) = house.citizen().await;
    let path = format!("/citizens/{citizen}/consultant-changes");
    let leader = &house.here.team_leader;
    for (name, wished, on) in [("anden", true, "2026-02-02"), ("tredje", false, "2026-03-02")] {
        house.turn(on);
        let next = colleague(&house, Role::Consultant, name).await;
        let made = leader.post(&path, json!({"consultant": next.account, "wished_by_citizen": wished})).await.ok();
        assert_eq!(made["wished_by_citizen"], json!(wished));
    }
    let flags = async || {
        house.tick().await;
        let found = leader.get(&format!("/flags?citizen={citizen}&rule=consultant-changes&standing=true")).await.ok();
        found["items"].as_array().unwrap().len()
    };
    assert_eq!(flags().await, 0);
    house.turn("2026-04-01");
    leader.post(&path, json!({"consultant": leader.account})).await.ok();
    assert_eq!(flags().await, 1);
}

#[tokio::test]
async fn a_letter_that_has_not_left_when_an_account_is_closed_reaches_whoever_reads_it_now() {
    let house = House::open().await;
    let (me, leader) = (&house.here.consultant, address(Role::TeamLeader, "101"));
    let stay = house.recruiting(&later("2026-01-05", 80)).await;
    let answer = json!({"answer": "hire", "words": "Vi vil gerne have ham", "via": "telephone"});
    house.here.liaison.post(&stay.at("answers"), answer).await.ok();
    close(&house, me, Value::Null).await.ok();
    house.deliver().await;
    let answers = |to: &str| house.letters_to(to).iter().filter(|own| own.subject.contains("Virksomheden svarer")).count();
    assert_eq!((answers(&address(Role::Consultant, "101")), answers(&leader)), (0, 1));
}
