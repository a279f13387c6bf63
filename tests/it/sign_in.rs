//! Signing in and out, and what is never shown: passwords, tokens, CPR numbers, needs.

use crate::harness::{Answer, Client, House, PASSWORD, Value, cpr, json};
use chrono::Duration;
use futures_util::FutureExt;
use reqwest::Method;
use rettematch::{
    actions::{
        ActionError,
        people::tries::{self, TryCount},
    },
    crypto::HashingMemory,
    domain::values::text::Email,
    store::Tx,
};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};

async fn sign_in(house: &House, email: &str, password: &str) -> Answer {
    house.nobody.post("/sessions", json!({"email": email, "password": password})).await
}

fn client(house: &House, answer: &Answer) -> Client {
    house.nobody.with_token(answer.ok()["token"].as_str().unwrap())
}

const ADDRESS: &str = "consultant@101.example";

#[tokio::test]
async fn with_address_and_password_one_is_who_one_is() {
    let house = House::open().await;
    let answer = sign_in(&house, ADDRESS, PASSWORD).await;
    assert_eq!((answer.status, answer.header("Cache-Control")), (201, Some("no-store")));
    let me = client(&house, &answer).get("/sessions/current").await.ok();
    assert_eq!(me["account"]["id"], house.here.consultant.account);
    assert_eq!((&me["municipality"], &me["municipality_name"]), (&json!("101"), &json!("København")));
    assert_eq!(me["expires_at"], answer.ok()["expires_at"]);
    let token = answer.ok()["token"].as_str().unwrap().to_owned();
    assert!(!house.texts("SELECT token_hash AS text FROM sessions").contains(&token), "the token stands in the database");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let house = House::open().await;
    let wrong = sign_in(&house, ADDRESS, "en helt anden kode").await;
    wrong.problem(401, "wrong-credentials");
    assert_eq!(sign_in(&house, "nobody@101.example", "en helt anden kode").await.text, wrong.text);
    assert_eq!(wrong.header("WWW-Authenticate"), Some("Bearer"));
}

#[tokio::test]
async fn five_failures_close_an_address_for_a_quarter_of_an_hour_and_no_other() {
    let house = House::open().await;
    for email in [ADDRESS, "nobody@101.example"] {
        for _ in 0..5 {
            sign_in(&house, email, "en helt anden kode").await.problem(401, "wrong-credentials");
        }
        let closed = sign_in(&house, email, PASSWORD).await;
        closed.problem(429, "too-often");
        assert_eq!(closed.header("Retry-After"), Some("900"));
    }
    sign_in(&house, "liaison@101.example", PASSWORD).await.ok();
    house.turn_to(house.now() + Duration::seconds(899));
    sign_in(&house, ADDRESS, PASSWORD).await.problem(429, "too-often");
    house.turn_to(house.now() + Duration::seconds(2));
    sign_in(&house, ADDRESS, PASSWORD).await.ok();
}

#[tokio::test]
async fn a_session_ends_after_its_hours() {
    let house = House::open().await;
    let me = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    house.turn_to(house.now() + Duration::hours(12) - Duration::seconds(1));
    me.get("/sessions/current").await.ok();
    house.turn_to(house.now() + Duration::seconds(1));
    me.get("/sessions/current").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let house = House::open().await;
    let one = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    let other = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    assert_eq!(one.delete("/sessions/current").await.status, 204);
    one.get("/sessions/current").await.problem(401, "unauthenticated");
    other.get("/sessions/current").await.ok();
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one_and_ends_the_other_sessions() {
    let house = House::open().await;
    let one = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    let other = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    let path = format!("/accounts/{}/password", house.here.consultant.account);
    one.replace(&path, json!({"password": "kort"})).await.problem(422, "invalid-fields");
    let new = json!({"password": "en helt ny kode", "old_password": PASSWORD});
    for (old, fault) in [(None, "required"), (Some("en helt anden kode"), "wrong")] {
        let asked = one.replace(&path, json!({"password": "en helt ny kode", "old_password": old})).await;
        assert_eq!(asked.faults(), [("/old_password".to_owned(), fault.to_owned())]);
    }
    one.replace(&path, new.clone()).await.ok();
    one.get("/sessions/current").await.ok();
    other.get("/sessions/current").await.problem(401, "unauthenticated");
    sign_in(&house, ADDRESS, PASSWORD).await.problem(401, "wrong-credentials");
    sign_in(&house, ADDRESS, "en helt ny kode").await.ok();
}

#[tokio::test]
async fn a_closed_account_is_signed_out_and_stays_so() {
    let house = House::open().await;
    let me = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    let path = format!("/accounts/{}/closure", house.here.consultant.account);
    let closed = house.here.administrator.change(&path, Value::Null).await.ok();
    assert_eq!(closed["closed_on"], "2026-01-05");
    me.get("/sessions/current").await.problem(401, "unauthenticated");
    sign_in(&house, ADDRESS, PASSWORD).await.problem(401, "wrong-credentials");
}

#[tokio::test]
async fn an_address_has_one_account_in_all_municipalities() {
    let house = House::open().await;
    let body = json!({"email": "consultant@101.EXAMPLE", "name": "En til", "role": "consultant"});
    let taken = house.there.administrator.post("/accounts", body).await;
    assert_eq!(taken.faults(), [("/email".to_owned(), "taken".to_owned())]);
}

/// Everything that is logged, at every level; what the test's own client logs is left out.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_number_need_password_or_token_shows_in_an_answer_a_letter_a_flag_or_the_log() {
    let log = Log::default();
    let writer = log.clone();
    let filter = "trace,hyper=off,hyper_util=off,reqwest=off";
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(move || writer.clone()).with_ansi(false).init();

    let house = House::open().await;
    let mut answers = Vec::new();
    let number = cpr();
    let (kind, function, password) = ("Slidgigt i begge knæ", "Siddende arbejde", "en meget hemmelig kode");
    let body = json!({"email": "ny@101.example", "name": "Ny", "role": "consultant"});
    answers.push(house.here.administrator.post("/accounts", body).await);
    house.choose_password("ny@101.example", password).await;
    for wrong in [password, "en meget forkert kode"] {
        let tried = sign_in(&house, "ny@101.example", wrong).await;
        if wrong != password {
            answers.push(tried);
        }
    }
    let me = client(&house, &sign_in(&house, "ny@101.example", password).await);

    let citizen = json!({
        "cpr": number, "name": "Bo Borger", "email": "bo@post.example", "target_group": "3", "hours_capacity": 25,
        "goals": [{"own_words": "Et kontor.", "occupations": ["office"]}],
    });
    answers.push(me.post("/citizens", citizen.clone()).await);
    let id = answers.last().unwrap().ok()["id"].as_str().unwrap().to_owned();
    // Twice, wrongly, looked up, and with a query that holds the number.
    answers.push(me.post("/citizens", citizen.clone()).await);
    let mut wrong = citizen.clone();
    wrong["cpr"] = json!(format!("{number}9"));
    answers.push(me.post("/citizens", wrong).await);
    answers.push(me.post("/citizens/search", json!({"cpr": number})).await);
    answers.push(me.get(&format!("/citizens?cpr={number}")).await);
    answers.push(me.get(&format!("/citizens/{number}")).await);
    let needs = json!({"needs": [{"kind": kind, "function": function, "rules_out": ["heavy lifting"]}]});
    me.replace(&format!("/citizens/{id}/needs"), needs).await.ok();

    let company = house.company().await;
    let mut body = house.booking(&id, &company, "2026-01-19");
    body["tasks"] = json!(["heavy lifting"]);
    answers.push(me.post("/internships", body.clone()).await);
    assert_eq!(answers.last().unwrap().rules(), ["task-ruled-out"]);
    body["tasks"] = json!([]);
    let stay = house.book(&(id.clone(), "bo@post.example".into()), &company, body).await;
    house.live_until("2026-01-20").await;
    // The session ended in the meantime.
    answers.push(me.get("/sessions/current").await);
    let me = client(&house, &sign_in(&house, "ny@101.example", password).await);
    for path in ["/flags", "/letters", "/runs", "/accounts", "/citizens", "/internships"] {
        answers.push(me.get(path).await);
        answers.push(house.here.team_leader.get(path).await);
    }
    for flag in house.flags(&stay, "alignment-missing").await {
        answers.push(me.get(&format!("/flags/{}", flag["id"].as_str().unwrap())).await);
    }
    answers.push(me.get(&stay.path()).await);
    assert!(answers.iter().any(|answer| answer.text.contains("evidence")), "no flag was looked at");
    let stored = house.dump();
    // A failure inside, with all of it at hand.
    house.texts("ALTER TABLE citizens RENAME TO elsewhere");
    let failed = me.post("/citizens", citizen).await;
    failed.problem(500, "internal");
    assert!(!failed.text.contains("table"), "{}", failed.text);
    answers.push(failed);

    let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(logged.contains("a request failed"), "the log was not heard: {logged}");
    let letters = house.letters();
    assert!(letters.len() > 3);
    let token = me.token.clone().unwrap();
    let digits = number.replace('-', "");
    for (name, secret) in [
        ("the number", number.as_str()),
        ("the number", digits.as_str()),
        ("the serial number", &number[6..]),
        ("the need", kind),
        ("the password", password),
        ("a wrong password", "en meget forkert kode"),
        ("the token", token.as_str()),
        ("the hash of a password", "$argon2id"),
    ] {
        assert!(!logged.contains(secret), "{name} is in the log");
        for letter in &letters {
            let all = [&letter.subject, &letter.plain, &letter.html, &letter.to];
            assert!(all.iter().all(|text| !text.contains(secret)), "{name} is in a letter: {letter:?}");
        }
        for answer in &answers {
            assert!(!answer.text.contains(secret), "{name} is in the answer to {}: {}", answer.asked, answer.text);
        }
        if name != "the hash of a password" && name != "the serial number" {
            assert!(!stored.contains(secret), "{name} stands in the database");
        }
    }
    assert!(!stored.contains(function), "an accommodation stands in the database");
    assert!(letters.iter().all(|letter| !letter.plain.contains("Borger ") && !letter.plain.contains(function)));
}

/// The answers to so many wrong passwords at once.
async fn at_once(house: &House, count: usize, email: impl Fn(usize) -> String) -> Vec<u16> {
    let tried = (0..count).map(|number| {
        let (nobody, email) = (house.nobody.clone(), email(number));
        tokio::spawn(async move {
            let body = json!({"email": email, "password": "en helt anden kode"});
            nobody.post("/sessions", body).await.status
        })
    });
    let mut answers = Vec::new();
    for one in tried.collect::<Vec<_>>() {
        answers.push(one.await.unwrap());
    }
    answers
}

fn times(answers: &[u16], status: u16) -> usize {
    answers.iter().filter(|answer| **answer == status).count()
}

#[tokio::test]
async fn of_three_hundred_tries_at_once_five_are_looked_at() {
    let house = House::open().await;
    let answers = at_once(&house, 300, |_| ADDRESS.to_owned()).await;
    assert_eq!((times(&answers, 401), times(&answers, 429)), (5, 295), "{answers:?}");
}

#[tokio::test]
async fn a_strangers_tries_lock_nobody_out_on_a_device_that_is_known() {
    let house = House::open().await;
    let first = sign_in(&house, ADDRESS, PASSWORD).await.ok();
    let device = first["device"].as_str().unwrap();
    let browser = signed_in_browser(&house).await;
    at_once(&house, 6, |_| ADDRESS.to_owned()).await;
    sign_in(&house, ADDRESS, PASSWORD).await.problem(429, "too-often");
    let on = |device: &str, email: &str, password: &str| {
        let body = json!({"email": email, "password": password});
        let request = house.nobody.ask(Method::POST, "/sessions").header("Device", device).json(&body);
        house.nobody.send(request)
    };
    for _ in 0..6 {
        assert_eq!(on(device, ADDRESS, PASSWORD).await.ok()["device"], first["device"], "a try that fits does not count");
    }
    // It is nobody else's, and what somebody makes up is no device.
    for made_up in [device.to_owned() + "x", "x".to_owned()] {
        on(&made_up, ADDRESS, PASSWORD).await.problem(429, "too-often");
    }
    at_once(&house, 5, |_| "liaison@101.example".to_owned()).await;
    on(device, "liaison@101.example", PASSWORD).await.problem(429, "too-often");
    // The page knows its browser by a cookie.
    let form = [("email", ADDRESS), ("password", PASSWORD), ("to", "/")];
    assert_eq!(page_sign_in(&house, &browser, &form).await.status, 303);
    assert_eq!(page_sign_in(&house, "", &form).await.status, 429);
    // A device has its five tries too.
    for _ in 0..5 {
        on(device, ADDRESS, "en helt anden kode").await.problem(401, "wrong-credentials");
    }
    on(device, ADDRESS, PASSWORD).await.problem(429, "too-often");
}

async fn page_sign_in(house: &House, cookies: &str, form: &[(&str, &str)]) -> Answer {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    let request = house.nobody.browse(Method::POST, "/sign-in").header("Cookie", cookies);
    let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body.finish());
    house.nobody.send(request).await
}

/// The cookie by which a browser is known once somebody has signed in on it.
async fn signed_in_browser(house: &House) -> String {
    let answer = page_sign_in(house, "", &[("email", ADDRESS), ("password", PASSWORD)]).await;
    let cookies: Vec<&str> = answer.headers.get_all("Set-Cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    let device = cookies.iter().find(|cookie| cookie.starts_with("device-")).unwrap();
    assert!(device.contains("HttpOnly") && device.contains("SameSite=Lax"), "{device}");
    device.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_network_has_so_many_tries_whatever_the_address_and_cannot_say_that_it_is_another() {
    let house = House::open_with(|settings| settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    let from = |network: &str, email: String| {
        let body = json!({"email": email, "password": "en helt anden kode"});
        let request = house.nobody.ask(Method::POST, "/sessions").header("X-Forwarded-For", network).json(&body);
        house.nobody.send(request)
    };
    for number in 0..100 {
        from("203.0.113.7", format!("a{number}@101.example")).await.problem(401, "wrong-credentials");
    }
    from("203.0.113.7", "b@101.example".into()).await.problem(429, "too-often");
    from("192.0.2.1, 203.0.113.7", "b@101.example".into()).await.problem(429, "too-often");
    from("203.0.113.8", "b@101.example".into()).await.problem(401, "wrong-credentials");
    sign_in(&house, ADDRESS, PASSWORD).await.ok();
}

#[tokio::test]
async fn a_header_of_whoever_asks_says_nothing_of_the_network() {
    let house = House::open().await;
    let counts = || house.texts("SELECT DISTINCT email_hash AS text FROM failed_sign_ins").len();
    for network in ["203.0.113.7", "203.0.113.8"] {
        let body = json!({"email": ADDRESS, "password": "en helt anden kode"});
        let request = house.nobody.ask(Method::POST, "/sessions").header("X-Forwarded-For", network).json(&body);
        house.nobody.send(request).await.problem(401, "wrong-credentials");
        assert_eq!(counts(), 3, "the address, the network, all");
    }
}

#[tokio::test]
async fn from_everywhere_together_there_are_so_many_tries() {
    let house = House::open().await;
    let keys = house.app.services.keys.clone();
    let at = house.app.clock.now();
    let take_all = move |tx: &mut Tx| {
        for number in 0..1000 {
            let email = Email::parse(&format!("a{number}@101.example")).unwrap();
            let counts = TryCount::of_stranger(&keys, &email, &format!("203.0.{}.{}", number / 256, number % 256));
            tries::take(tx, at, &counts)?;
        }
        Ok::<_, ActionError>(())
    };
    house.app.db.write(take_all).await.unwrap();
    sign_in(&house, ADDRESS, PASSWORD).await.problem(429, "too-often");
}

#[tokio::test]
async fn a_password_that_fits_leaves_no_try_behind() {
    let house = House::open().await;
    sign_in(&house, ADDRESS, PASSWORD).await.ok();
    assert_eq!(house.count("failed_sign_ins"), 0);
}

/// Takes every place where passwords are hashed, and every place in the queue, until what it answers is dropped.
async fn full(house: &House) -> std::sync::mpsc::Sender<()> {
    let (held, until) = std::sync::mpsc::channel::<()>();
    let until = Arc::new(Mutex::new(until));
    loop {
        let (hashing, until) = (Arc::clone(&house.app.hashing), Arc::clone(&until));
        tokio::spawn(async move {
            // Not for ever: a test that fails ends.
            let wait = std::time::Duration::from_secs(20);
            hashing.work(move |_: &mut HashingMemory| until.lock().unwrap().recv_timeout(wait).is_err()).await
        });
        tokio::task::yield_now().await;
        let refuses = || house.app.hashing.work(|_| ()).now_or_never().is_some_and(|done| done.is_err());
        if refuses() {
            // What was asked before it was full may end only now, and leave room.
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            if refuses() {
                break;
            }
        }
    }
    held
}

#[tokio::test]
async fn whoever_may_not_is_refused_before_anything_is_hashed() {
    let house = House::open().await;
    let (administrator, me) = (&house.here.administrator, &house.here.consultant);
    let path = format!("/accounts/{}/password", me.account);
    let etag = me.etag(&path).await;
    let busy = full(&house).await;
    let new = json!({"password": "en helt ny kode", "old_password": PASSWORD});
    administrator.change_from(Method::PUT, &path, &etag, new.clone()).await.problem(403, "forbidden");
    me.change_from(Method::PUT, &path, "\"0-0\"", new.clone()).await.problem(412, "stale");
    house.nobody.post("/links/nothing/password", json!({"password": "en helt ny kode"})).await.problem(404, "not-found");
    // Whoever may is told at once that there is no room just now.
    for answer in [me.change_from(Method::PUT, &path, &etag, new).await, sign_in(&house, ADDRESS, PASSWORD).await] {
        answer.problem(503, "unavailable");
        assert_eq!(answer.header("Retry-After"), Some("2"));
    }
    drop(busy);
    // The queue empties by itself.
    while house.app.hashing.work(|_| ()).await.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    sign_in(&house, ADDRESS, PASSWORD).await.ok();
}

#[tokio::test]
async fn whoever_finds_a_session_open_cannot_guess_the_password_through_it() {
    let house = House::open().await;
    let me = client(&house, &sign_in(&house, ADDRESS, PASSWORD).await);
    let path = format!("/accounts/{}/password", house.here.consultant.account);
    for _ in 0..5 {
        let wrong = json!({"password": "en helt ny kode", "old_password": "en helt anden kode"});
        me.replace(&path, wrong).await.has_fault("/old_password");
    }
    let right = json!({"password": "en helt ny kode", "old_password": PASSWORD});
    me.replace(&path, right).await.problem(429, "too-often");
    sign_in(&house, ADDRESS, PASSWORD).await.ok();
}

#[tokio::test]
async fn a_session_that_nobody_uses_ends_and_one_that_is_used_goes_on() {
    let house = House::open_with(|settings| settings.session_idle_minutes = 60).await;
    let [used, unused] = [sign_in(&house, ADDRESS, PASSWORD).await, sign_in(&house, ADDRESS, PASSWORD).await];
    let (used, unused) = (client(&house, &used), client(&house, &unused));
    for _ in 0..2 {
        house.turn_to(house.now() + Duration::minutes(59));
        let now = house.now().naive_utc().to_string();
        used.get("/sessions/current").await.ok();
        // It is noted beside the answer.
        let noted = format!("SELECT CAST(used_at AS TEXT) AS text FROM sessions WHERE CAST(used_at AS TEXT) = '{now}'");
        while house.texts(&noted).is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
    unused.get("/sessions/current").await.problem(401, "unauthenticated");
    used.get("/sessions/current").await.ok();
    // Within a minute nothing is written, however much is asked.
    house.turn_to(house.now() + Duration::seconds(59));
    for _ in 0..20 {
        used.get("/sessions/current").await.ok();
    }
    house.turn_to(house.now() - Duration::seconds(59) + Duration::minutes(60));
    used.get("/sessions/current").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn one_sees_where_one_is_signed_in_and_ends_it_there() {
    let house = House::open().await;
    let token = sign_in(&house, ADDRESS, PASSWORD).await.ok()["token"].as_str().unwrap().to_owned();
    let (me, elsewhere) = (house.nobody.with_token(&token), client(&house, &sign_in(&house, ADDRESS, PASSWORD).await));
    let other = house.session(&house.here.liaison).await;
    let listed = me.get("/sessions").await;
    let lines = listed.ok()["items"].as_array().unwrap().clone();
    // The harness has signed in too.
    assert_eq!((lines.len(), lines.iter().filter(|line| line["is_current"] == true).count()), (3, 1));
    assert!(!listed.text.contains(&token) && !listed.text.contains(&rettematch::crypto::token_hash(&token)));
    let path = |client: &Client| {
        let client = client.clone();
        async move {
            let lines = client.get("/sessions").await.ok();
            let own = lines["items"].as_array().unwrap().iter().find(|line| line["is_current"] == true).unwrap().clone();
            format!("/sessions/{}", own["id"].as_str().unwrap())
        }
    };
    let (there, theirs) = (path(&elsewhere).await, path(&other).await);
    me.delete(&theirs).await.problem(404, "not-found");
    other.get("/sessions/current").await.ok();
    assert_eq!(me.delete(&there).await.status, 204);
    me.delete(&there).await.problem(404, "not-found");
    elsewhere.get("/sessions/current").await.problem(401, "unauthenticated");
    me.get("/sessions/current").await.ok();
    assert_eq!(me.delete("/sessions").await.status, 204);
    for client in [&me, &house.here.consultant] {
        client.get("/sessions/current").await.problem(401, "unauthenticated");
    }
    other.get("/sessions/current").await.ok();
}

#[tokio::test]
async fn a_password_is_the_same_however_it_is_written_and_none_that_is_easy_to_guess() {
    let house = House::open().await;
    let path = format!("/accounts/{}/password", house.here.consultant.account);
    let me = house.session(&house.here.consultant).await;
    for guessed in ["adgangskode2026", "København-2026", "Consultant-101", "RetteMatch 2026!"] {
        let faults = me.replace(&path, json!({"password": guessed, "old_password": PASSWORD})).await.faults();
        assert_eq!(faults, [("/password".to_owned(), "password-common".to_owned())], "{guessed}");
    }
    let tab = me.replace(&path, json!({"password": "en kode\tmed tabulator", "old_password": PASSWORD})).await.faults();
    assert_eq!(tab, [("/password".to_owned(), "password-characters".to_owned())]);
    me.replace(&path, json!({"password": "en cafe\u{301} på Ærø", "old_password": PASSWORD})).await.ok();
    sign_in(&house, ADDRESS, "en\u{a0}café på Ærø").await.ok();
}
