//! Signing in with the municipality's own provider, and the API with its tokens: who is let in as whom, and what is never believed.

use crate::harness::{
    Answer, Client, House, PASSWORD, Value, address, json,
    provider::{CLIENT, OidcProvider, browser, cookies, house_with_provider, set},
    real::Running,
    tool,
};
use chrono::Duration;
use reqwest::Method;
use rettematch::domain::people::access::Role;
use std::{net::TcpListener, process::Command};

const BUTTON: &str = "Log ind med kommunens login";

fn mette() -> Value {
    json!({
        "sub": "mette", "name": "Mette Jensen", "email": "mette@kommune.example", "email_verified": true, "roles": ["x", "RM-Konsulent"],
    })
}

fn with(mut claims: Value, more: Value) -> Value {
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    claims
}

/// The accounts with an address, as role and whether they are open.
fn accounts(house: &House, email: &str) -> Vec<String> {
    let sql = format!(
        "SELECT name || ' ' || role || CASE WHEN closed_on IS NULL THEN '' ELSE ' closed' END AS text FROM accounts WHERE email = '{email}'"
    );
    house.texts(&sql)
}

fn is_let_in(answer: &Answer, to: &str) {
    assert_eq!((answer.status, answer.header("Location")), (303, Some(to)), "{}", answer.text);
    assert!(cookies(answer).iter().any(|cookie| cookie.starts_with("session=") && !cookie.starts_with("session=;")));
}

fn is_told(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert!(answer.text.contains(words), "{words}: {}", answer.text);
    assert!(!cookies(answer).iter().any(|cookie| cookie.starts_with("session=")), "somebody is signed in");
}

#[tokio::test]
async fn the_button_is_there_where_a_provider_is_set() {
    let house = House::open().await;
    assert!(!house.nobody.page("/sign-in").await.text.contains(BUTTON));
    assert_eq!(house.nobody.page("/sign-in/provider").await.status, 404);
    assert_eq!(house.nobody.page("/sign-in/provider/answer?code=a&state=b").await.status, 404);
    let (house, provider) = house_with_provider().await;
    let page = house.nobody.page("/sign-in?to=/flags/7").await;
    assert!(page.text.contains(BUTTON) && page.text.contains("/sign-in/provider?to=%2Fflags%2F7"), "{}", page.text);
    assert!(page.text.contains("type=\"password\""), "passwords work beside it");
    assert_eq!(provider.count("/jwks").await, 0, "nothing is asked before somebody wants to sign in");
}

#[tokio::test]
async fn whoever_is_new_gets_an_account_and_goes_on_to_where_the_letter_led() {
    let (house, provider) = house_with_provider().await;
    provider.person(mette()).await;
    let begun = house.begin_at_provider("/follow-ups").await;
    for flag in ["HttpOnly", "SameSite=Lax", "Max-Age=600", "Path=/"] {
        assert!(begun.set_cookie.contains(flag), "{flag}: {}", begun.set_cookie);
    }
    assert!(begun.address.contains("code_challenge_method=S256") && begun.address.contains("nonce="), "{}", begun.address);
    let back = provider.send_back(&begun.address).await;
    let signed_in = house.come_back(&back, &begun.cookie).await;
    is_let_in(&signed_in, "/follow-ups");
    let session = cookies(&signed_in).into_iter().find(|cookie| cookie.starts_with("session=")).unwrap();
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(session.contains(flag), "{flag}: {session}");
    }
    assert!(cookies(&signed_in).iter().any(|cookie| cookie.starts_with("provider=;") && cookie.contains("Max-Age=0")));
    assert_eq!(accounts(&house, "mette@kommune.example"), ["Mette Jensen consultant"]);
    let page = house.page_of(&signed_in, "/follow-ups").await;
    assert!(page.status == 200 && page.text.contains("Mette Jensen"), "{}", page.text);
    let list = house.here.administrator.get("/accounts?limit=200").await.ok();
    let own = list["items"].as_array().unwrap().iter().find(|own| own["name"] == "Mette Jensen").unwrap().clone();
    assert_eq!(own["role_confirmation"], "provider", "it is said who gave a role with health data");
    let changes = house.here.administrator.get(&format!("/accounts/{}/changes", own["id"].as_str().unwrap())).await.ok();
    assert!(changes["items"].as_array().unwrap().iter().any(|change| change["field"] == "identity"), "{changes}");
    // Neither what was sent to the provider nor what came back stands in the database.
    let dump = house.dump();
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    assert!(!dump.contains(state) && !dump.contains("hemmeligt"));
    // Once more: the same account. Signing out ends our session.
    let again = house.sign_in_at(&provider, "/").await;
    is_let_in(&again, "/");
    assert_eq!(accounts(&house, "mette@kommune.example").len(), 1);
    let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
    let csrf = rest.split('"').next().unwrap();
    let cookie = session.split(';').next().unwrap();
    let form = house.nobody.browse(Method::POST, "/sign-out").header("Cookie", cookie);
    let form = form.header("Content-Type", "application/x-www-form-urlencoded").body(format!("csrf={csrf}"));
    assert_eq!(house.nobody.send(form).await.status, 303);
    assert_eq!(house.page_of(&signed_in, "/follow-ups").await.status, 303, "asked to sign in");
    assert_eq!(house.page_of(&again, "/follow-ups").await.status, 200, "the other session stays");
}

#[tokio::test]
async fn over_tls_cookies_are_the_hosts_alone() {
    let mut provider = None;
    let house = House::open_with(|settings| {
        settings.public_url = "https://praktik.example.dk".into();
        let started = OidcProvider::start(&settings.public_url);
        settings.oidc.issuer.clone_from(&started.base);
        set(&mut settings.oidc);
        provider = Some(started);
    })
    .await;
    let provider = provider.unwrap();
    provider.tell("/control", json!({"now": house.now().timestamp(), "claims": mette()})).await;
    let begun = house.begin_at_provider("/").await;
    assert!(begun.set_cookie.starts_with("__Host-provider=") && begun.set_cookie.contains("Secure"), "{}", begun.set_cookie);
    let signed_in = house.come_back(&provider.send_back(&begun.address).await, &begun.cookie).await;
    let session = cookies(&signed_in).into_iter().find(|cookie| cookie.starts_with("__Host-session=")).unwrap();
    assert!(session.contains("Secure") && session.contains("HttpOnly"), "{session}");
}

#[tokio::test]
async fn an_account_becomes_somebodys_by_a_verified_address_only() {
    let (house, provider) = house_with_provider().await;
    let email = address(Role::Liaison, "101");
    let own = with(mette(), json!({"email": email, "roles": ["RM-Virksomhed"]}));
    provider.person(with(own.clone(), json!({"email_verified": false}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "har allerede en konto");
    provider.person(with(own.clone(), json!({"email": address(Role::Liaison, "851")}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "har allerede en konto");
    provider.person(own.clone()).await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    let linked = "SELECT account_id AS text FROM identities WHERE subject = 'mette'";
    assert_eq!(house.text(linked), house.here.liaison.account);
    // Once it is somebody's, nobody else gets it by the address; its password works on, beside.
    provider.person(with(own.clone(), json!({"sub": "other"}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "har allerede en konto");
    house.nobody.post("/sessions", json!({"email": email, "password": PASSWORD})).await.ok();
    // The address may change there: who it is does not.
    provider.person(with(own, json!({"email": "flyttet@kommune.example"}))).await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    assert!(accounts(&house, "flyttet@kommune.example").is_empty());
}

#[tokio::test]
async fn role_and_name_follow_and_who_is_given_none_any_longer_is_out() {
    let (house, provider) = house_with_provider().await;
    let email = "mette@kommune.example";
    provider.person(mette()).await;
    let first = house.sign_in_at(&provider, "/").await;
    is_let_in(&first, "/");
    house.turn_to(house.now() + Duration::minutes(1));
    provider.tell("/control", json!({"now": house.now().timestamp()})).await;
    provider.person(with(mette(), json!({"name": "Mette Holm", "roles": ["RM-Konsulent", "RM-Leder"]}))).await;
    let second = house.sign_in_at(&provider, "/").await;
    is_let_in(&second, "/");
    assert_eq!(accounts(&house, email), ["Mette Holm team-leader"]);
    assert_eq!(house.page_of(&first, "/follow-ups").await.status, 303, "another role ends the sessions");
    assert_eq!(house.page_of(&second, "/follow-ups").await.status, 200);
    provider.person(with(mette(), json!({"roles": ["x"]}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "Bed den, der styrer brugere hos jer");
    assert_eq!(accounts(&house, email), ["Mette Holm team-leader closed"]);
    assert_eq!(house.page_of(&second, "/follow-ups").await.status, 303, "no role ends the sessions");
    provider.person(mette()).await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    assert_eq!(accounts(&house, email), ["Mette Jensen consultant"]);
    // What somebody here has closed, the provider does not open.
    let own = house.text(&format!("SELECT id AS text FROM accounts WHERE email = '{email}'"));
    house.here.administrator.change(&format!("/accounts/{own}/closure"), Value::Null).await.ok();
    is_told(&house.sign_in_at(&provider, "/").await, 403, "Din konto er lukket");
    // Nor where the provider had closed it before, and somebody here has opened and closed it since.
    let path = format!("/accounts/{own}");
    house.here.administrator.change(&format!("{path}/reopening"), Value::Null).await.ok();
    provider.person(with(mette(), json!({"roles": ["x"]}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "ingen rolle");
    for change in ["reopening", "closure"] {
        house.here.administrator.change(&format!("{path}/{change}"), Value::Null).await.ok();
    }
    provider.person(mette()).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "Din konto er lukket");
    // Who never had one is told the same, and nothing is made.
    provider.person(json!({"sub": "ny", "email": "ny@kommune.example", "email_verified": true})).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "ingen rolle");
    provider.person(json!({"sub": "ny", "roles": ["RM-Leder"]})).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "hvilken e-mailadresse");
    assert!(accounts(&house, "ny@kommune.example").is_empty());
}

#[tokio::test]
async fn another_role_waits_for_what_it_cannot_have_to_be_handed_over_and_one_administrator_stays() {
    let (house, provider) = house_with_provider().await;
    let (email, leader) = (address(Role::Consultant, "101"), &house.here.team_leader);
    let (citizen, _) = house.citizen().await;
    let own = with(mette(), json!({"email": email, "name": "Karin"}));
    provider.person(own.clone()).await;
    let first = house.sign_in_at(&provider, "/").await;
    is_let_in(&first, "/");
    let liaison = with(own, json!({"roles": ["RM-Virksomhed"]}));
    provider.person(liaison.clone()).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "overdrage dem");
    assert_eq!(accounts(&house, &email), ["Karin consultant closed"]);
    assert_eq!(house.page_of(&first, "/follow-ups").await.status, 303, "the old role opens nothing any longer");
    house.tick().await;
    let flags = leader.get("/flags?limit=200").await;
    assert!(flags.text.contains("without-consultant") && flags.text.contains(&citizen), "{}", flags.text);
    is_told(&house.sign_in_at(&provider, "/").await, 403, "overdrage dem");
    let all = json!({"from": house.here.consultant.account, "to": leader.account});
    leader.post("/consultant-changes", all).await.ok();
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    assert_eq!(accounts(&house, &email), ["Karin liaison"]);
    // The only administrator.
    let email = address(Role::Administrator, "101");
    provider.person(with(liaison.clone(), json!({"sub": "a", "email": email}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "eneste administrator");
    house.here.administrator.get("/accounts").await.ok();
}

#[tokio::test]
async fn the_municipality_is_the_one_that_the_claims_name() {
    let mut provider = None;
    let house = House::open_with(|settings| {
        let started = OidcProvider::start(&settings.public_url);
        settings.oidc.issuer.clone_from(&started.base);
        set(&mut settings.oidc);
        settings.oidc.municipality_claim = "kommune".into();
        provider = Some(started);
    })
    .await;
    let provider = provider.unwrap();
    provider.tell("/control", json!({"now": house.now().timestamp(), "claims": mette()})).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "hører til en anden kommune");
    provider.person(with(mette(), json!({"kommune": "851"}))).await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    assert_eq!(house.text("SELECT municipality AS text FROM accounts WHERE email = 'mette@kommune.example'"), "851");
    provider.person(with(mette(), json!({"kommune": "101"}))).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "hører til en anden kommune");
    assert_eq!(accounts(&house, "mette@kommune.example"), ["Mette Jensen consultant closed"]);
}

#[tokio::test]
async fn a_sign_in_ends_once_in_the_browser_that_began_it_and_in_time() {
    let (house, provider) = house_with_provider().await;
    provider.person(mette()).await;
    let again = "Log ind igen";
    let begun = house.begin_at_provider("/").await;
    let back = provider.send_back(&begun.address).await;
    // Another browser, one that has begun another sign-in, a state that was made up.
    is_told(&house.come_back(&back, "x=y").await, 400, again);
    let other = house.begin_at_provider("/").await;
    is_told(&house.come_back(&back, &other.cookie).await, 400, again);
    let state = back.split("state=").nth(1).unwrap().split('&').next().unwrap();
    is_told(&house.come_back(&back.replace(state, "abc"), &begun.cookie).await, 400, again);
    let made_up = begun.cookie.replace('.', "A.");
    is_told(&house.come_back(&back, &made_up).await, 400, again);
    assert_eq!(provider.count("/token").await, 0, "no code was shown to anybody");
    is_let_in(&house.come_back(&back, &begun.cookie).await, "/");
    // Twice: neither the state nor the code is good any longer.
    is_told(&house.come_back(&back, &begun.cookie).await, 400, again);
    assert_eq!(provider.count("/token").await, 1);
    let replayed = provider.send_back(&other.address).await;
    let code = |address: &str| address.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    is_told(&house.come_back(&replayed.replace(&code(&replayed), &code(&back)), &other.cookie).await, 400, again);
    // A code of somebody else's sign-in is not good with this one's verifier.
    let (mine, theirs) = (house.begin_at_provider("/").await, house.begin_at_provider("/").await);
    let (to_me, to_them) = (provider.send_back(&mine.address).await, provider.send_back(&theirs.address).await);
    is_told(&house.come_back(&to_me.replace(&code(&to_me), &code(&to_them)), &mine.cookie).await, 400, again);
    let late = house.begin_at_provider("/").await;
    let back = provider.send_back(&late.address).await;
    house.turn_to(house.now() + Duration::minutes(10));
    is_told(&house.come_back(&back, &late.cookie).await, 400, again);
    // Broken off, and an answer that says to be of another provider (RFC 9207).
    provider.tell("/control", json!({"now": house.now().timestamp(), "deny": true})).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "afbrudt");
    provider.tell("/control", json!({"deny": false})).await;
    let begun = house.begin_at_provider("/").await;
    let back = format!("{}&iss=https%3A%2F%2Fanother.example", provider.send_back(&begun.address).await);
    is_told(&house.come_back(&back, &begun.cookie).await, 502, "passer ikke");
}

#[tokio::test]
async fn a_sign_in_leads_to_a_path_of_ours_only() {
    let (house, provider) = house_with_provider().await;
    provider.person(mette()).await;
    for (to, led) in [
        ("/flags/7?x=1", "/flags/7?x=1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ] {
        is_let_in(&house.sign_in_at(&provider, to).await, led);
    }
}

#[tokio::test]
async fn no_false_id_token_lets_anybody_in() {
    let (house, provider) = house_with_provider().await;
    provider.person(mette()).await;
    let now = house.now().timestamp();
    let sessions = house.count("sessions");
    for fault in [
        json!({"sign": "forged"}),
        json!({"alg": "none"}),
        json!({"alg": "none", "header": {"kid": null}}),
        json!({"alg": "HS256"}),
        json!({"header": {"kid": "nobodys"}}),
        json!({"header": {"typ": "logout+jwt"}}),
        json!({"claims": {"iss": "https://another.example"}}),
        json!({"claims": {"aud": "another"}}),
        json!({"claims": {"aud": [CLIENT, "another"]}}),
        json!({"claims": {"azp": "another"}}),
        json!({"claims": {"exp": now - 60}}),
        json!({"claims": {"nbf": now + 61}}),
        json!({"claims": {"iat": now + 61}}),
        json!({"claims": {"nonce": "another"}}),
        json!({"without": ["nonce"]}),
        json!({"without": ["sub"]}),
        json!({"without": ["exp"]}),
        json!({"without": ["aud"]}),
    ] {
        provider.tell("/control", json!({"fault": fault})).await;
        let answer = house.sign_in_at(&provider, "/").await;
        assert!([502, 503].contains(&answer.status), "{fault}: {} {}", answer.status, answer.text);
        assert!(!cookies(&answer).iter().any(|cookie| cookie.starts_with("session=")), "{fault}");
    }
    assert_eq!(house.count("sessions"), sessions);
    assert!(accounts(&house, "mette@kommune.example").is_empty());
    for fault in [json!({"alg": "PS256"}), json!({"alg": "ES256"}), json!({"alg": "EdDSA"}), json!({"claims": {"exp": now - 59}})]
    {
        provider.tell("/control", json!({"fault": fault})).await;
        is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    }
}

#[tokio::test]
async fn a_provider_that_does_not_answer_stops_nobody_else() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let house = House::open_with(|settings| {
        settings.oidc.issuer = format!("http://{free}");
        set(&mut settings.oidc);
    })
    .await;
    let page = house.nobody.page("/sign-in/provider").await;
    is_told(&page, 503, "Kommunens login svarer ikke");
    house.nobody.post("/sessions", json!({"email": address(Role::Consultant, "101"), "password": PASSWORD})).await.ok();
    house.here.consultant.get("/citizens").await.ok();
    let answer = house.nobody.with_token("e30.e30.e30").get("/citizens").await;
    answer.problem(503, "unavailable");
    assert!(answer.header("Retry-After").is_some());
    // One that calls itself something else is none.
    let (house, provider) = house_with_provider().await;
    provider.tell("/control", json!({"issuer": "https://another.example"})).await;
    is_told(&house.nobody.page("/sign-in/provider").await, 503, "Kommunens login svarer ikke");
    provider.tell("/control", json!({"issuer": null})).await;
    is_told(&house.nobody.page("/sign-in/provider").await, 503, "Kommunens login svarer ikke");
    house.turn_to(house.now() + Duration::seconds(10));
    house.begin_at_provider("/").await;
    // What it has published is used on when it is gone.
    let token = provider.mint(json!({"claims": mette()})).await;
    house.nobody.with_token(&token).get("/sessions/current").await.ok();
    provider.stop();
    house.turn_to(house.now() + Duration::hours(2));
    let begun = house.begin_at_provider("/").await;
    let answer =
        house.come_back(&format!("/sign-in/provider/answer?code=a&state={}", state_of(&begun.address)), &begun.cookie).await;
    is_told(&answer, 503, "Kommunens login svarer ikke");
}

fn state_of(address: &str) -> String {
    address.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

// Tokens

fn caller(house: &House, token: &str) -> Client {
    house.nobody.with_token(token)
}

#[tokio::test]
async fn a_token_of_the_provider_opens_the_api_as_its_account() {
    let (house, provider) = house_with_provider().await;
    for alg in ["RS256", "PS256", "ES256", "EdDSA"] {
        for typ in ["at+jwt", "application/at+jwt", "JWT"] {
            let token = provider.mint(json!({"alg": alg, "claims": mette(), "header": {"typ": typ}})).await;
            let me = caller(&house, &token).get("/sessions/current").await.ok();
            assert_eq!(
                (&me["account"]["name"], &me["account"]["role"]),
                (&json!("Mette Jensen"), &json!("consultant")),
                "{alg} {typ}"
            );
        }
    }
    let token = provider.mint(json!({"claims": mette(), "header": {"typ": null, "kid": null}})).await;
    caller(&house, &token).get("/citizens").await.ok();
    caller(&house, &token).get("/accounts").await.problem(403, "forbidden");
    assert_eq!(accounts(&house, "mette@kommune.example").len(), 1);
    // Several at once for the first time make one account.
    let new = with(mette(), json!({"sub": "ny", "email": "ny@kommune.example"}));
    let token = provider.mint(json!({"claims": new})).await;
    let one = caller(&house, &token);
    for answer in futures_util::future::join_all((0..8).map(|_| one.get("/citizens"))).await {
        answer.ok();
    }
    assert_eq!(accounts(&house, "ny@kommune.example").len(), 1);
    // Ours are opaque, and work as before; so does signing in at the provider.
    house.here.consultant.get("/citizens").await.ok();
    provider.person(mette()).await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    // Nobody who has no role, and nothing is made of it or taken away.
    let none = provider.mint(json!({"claims": with(mette(), json!({"roles": []}))})).await;
    caller(&house, &none).get("/citizens").await.problem(403, "forbidden");
    let robot = provider.mint(json!({"claims": {"sub": "robot", "roles": ["RM-Leder"]}})).await;
    caller(&house, &robot).get("/citizens").await.problem(403, "forbidden");
    assert_eq!(accounts(&house, "mette@kommune.example"), ["Mette Jensen consultant"]);
}

#[tokio::test]
async fn no_false_token_opens_the_api() {
    let (house, provider) = house_with_provider().await;
    let now = house.now().timestamp();
    let claims = |more: Value| json!({"claims": with(mette(), more)});
    for wrong in [
        with(claims(json!({})), json!({"sign": "forged"})),
        with(claims(json!({})), json!({"alg": "none"})),
        with(claims(json!({})), json!({"alg": "HS256"})),
        with(claims(json!({})), json!({"alg": "HS256", "header": {"alg": "RS256"}})),
        with(claims(json!({})), json!({"alg": "ES256", "header": {"kid": "nobodys"}})),
        with(claims(json!({})), json!({"header": {"typ": "logout+jwt"}})),
        with(claims(json!({})), json!({"header": {"crit": ["exp"]}})),
        with(claims(json!({})), json!({"audience": CLIENT})),
        with(claims(json!({})), json!({"audience": ""})),
        claims(json!({"aud": ["another"]})),
        claims(json!({"iss": "https://another.example"})),
        claims(json!({"exp": now - 60})),
        claims(json!({"nbf": now + 61})),
        claims(json!({"iat": now + 61})),
        claims(json!({"exp": "later"})),
        with(claims(json!({})), json!({"without": ["exp"]})),
        with(claims(json!({})), json!({"without": ["iat"]})),
        with(claims(json!({})), json!({"without": ["sub"]})),
        with(claims(json!({})), json!({"without": ["iss"]})),
    ] {
        let token = provider.mint(wrong.clone()).await;
        let answer = caller(&house, &token).get("/citizens").await;
        assert_eq!(answer.status, 401, "{wrong}: {}", answer.text);
        assert!(!answer.text.contains("mette"), "{}", answer.text);
    }
    let token = provider.mint(claims(json!({}))).await;
    let mut parts: Vec<&str> = token.split('.').collect();
    let other = provider.mint(claims(json!({"sub": "other"}))).await;
    parts[1] = other.split('.').nth(1).unwrap();
    for wrong in [parts.join("."), format!("{token}A"), "a.b.c".into(), "..".into(), format!("{token}.{token}")] {
        caller(&house, &wrong).get("/citizens").await.problem(401, "unauthenticated");
    }
    assert_eq!(house.count("identities"), 0);
    for right in
        [claims(json!({"exp": now - 59})), claims(json!({"nbf": now + 60})), claims(json!({"aud": ["x", "rettematch-api"]}))]
    {
        let token = provider.mint(right).await;
        caller(&house, &token).get("/citizens").await.ok();
    }
    // Where no audience is set, none is taken.
    let house = House::open_with(|settings| {
        settings.oidc.issuer.clone_from(&provider.base);
        set(&mut settings.oidc);
        settings.oidc.audience = String::new();
    })
    .await;
    caller(&house, &token).get("/citizens").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn an_older_token_brings_no_former_role_back() {
    let (house, provider) = house_with_provider().await;
    let leader = with(mette(), json!({"roles": ["RM-Leder"]}));
    let old = provider.mint(json!({"claims": leader})).await;
    caller(&house, &old).get("/citizens").await.ok();
    house.turn_to(house.now() + Duration::seconds(30));
    provider
        .tell("/control", json!({"now": house.now().timestamp(), "claims": with(mette(), json!({"roles": ["RM-Virksomhed"]}))}))
        .await;
    is_let_in(&house.sign_in_at(&provider, "/").await, "/");
    caller(&house, &old).get("/citizens").await.problem(401, "unauthenticated");
    let new = provider.mint(json!({"claims": with(mette(), json!({"roles": ["RM-Virksomhed"]}))})).await;
    caller(&house, &new).get("/companies").await.ok();
    caller(&house, &new).get("/citizens").await.problem(403, "forbidden");
    // Nor does it bring access back that was taken away.
    provider.person(with(mette(), json!({"roles": []}))).await;
    house.turn_to(house.now() + Duration::seconds(30));
    provider.tell("/control", json!({"now": house.now().timestamp()})).await;
    is_told(&house.sign_in_at(&provider, "/").await, 403, "ingen rolle");
    for token in [old, new] {
        caller(&house, &token).get("/companies").await.problem(401, "unauthenticated");
    }
    // A newer one follows.
    let again = provider.mint(json!({"claims": mette()})).await;
    caller(&house, &again).get("/citizens").await.ok();
    assert_eq!(accounts(&house, "mette@kommune.example"), ["Mette Jensen consultant"]);
}

#[tokio::test]
async fn keys_that_rotate_fail_nobody_and_made_up_ones_flood_nobody() {
    let (house, provider) = house_with_provider().await;
    let asks = async |token: &str, times: usize| {
        let one = caller(&house, token);
        futures_util::future::join_all((0..times).map(|_| one.get("/terms"))).await
    };
    let first = provider.mint(json!({"claims": mette()})).await;
    assert!(asks(&first, 40).await.iter().all(|answer| answer.status == 200));
    assert_eq!(provider.count("/jwks").await, 1, "fetched once, however many ask");
    provider.tell("/rotate", json!({"keep": true})).await;
    let second = provider.mint(json!({"claims": mette(), "alg": "ES256"})).await;
    let (old, new) = tokio::join!(asks(&first, 40), asks(&second, 40));
    assert!(old.iter().chain(&new).all(|answer| answer.status == 200), "a rotation failed somebody");
    assert_eq!(provider.count("/jwks").await, 2);
    // Whoever makes keys up has them fetched once more at most, until the seconds are over.
    for _ in 0..3 {
        let made_up = provider.mint(json!({"claims": mette(), "header": {"kid": "made up"}})).await;
        assert!(asks(&made_up, 20).await.iter().all(|answer| answer.status == 401));
        assert!(asks(&second, 5).await.iter().all(|answer| answer.status == 200), "meanwhile others go on");
    }
    assert_eq!(provider.count("/jwks").await, 2);
    house.turn_to(house.now() + Duration::seconds(10));
    // Those that were withdrawn are good no longer once the new ones are known.
    provider.tell("/rotate", json!({"keep": false})).await;
    let third = provider.mint(json!({"claims": mette()})).await;
    assert!(asks(&third, 40).await.iter().all(|answer| answer.status == 200));
    assert_eq!(provider.count("/jwks").await, 3);
    assert!(asks(&second, 5).await.iter().all(|answer| answer.status == 401));
    is_let_in(
        &{
            provider.person(mette()).await;
            house.sign_in_at(&provider, "/").await
        },
        "/",
    );
}

// Somebody else's provider

#[tokio::test]
async fn a_provider_that_others_have_written_is_understood() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(tool("oidc-provider-mock"));
    command.args(["--host", "127.0.0.1", "--port", &free.to_string(), "--require-nonce", "true"]);
    command.args(["--user-claims", &mette().to_string()]).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let _child = Running::start(&mut command);
    let base = format!("http://127.0.0.1:{free}");
    let http = browser();
    for _ in 0..600 {
        if http.get(&base).send().await.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // It knows no clock but the machine's.
    let house = House::open_with(|settings| {
        settings.clock = String::new();
        settings.oidc.issuer.clone_from(&base);
        set(&mut settings.oidc);
    })
    .await;
    let begun = house.begin_at_provider("/follow-ups").await;
    let form = http.post(&begun.address).header("Content-Type", "application/x-www-form-urlencoded").body("sub=mette");
    let answer = form.send().await.unwrap();
    let back = answer.headers().get("Location").expect("the provider refuses").to_str().unwrap().to_owned();
    let signed_in = house.come_back(&back, &begun.cookie).await;
    is_let_in(&signed_in, "/follow-ups");
    assert_eq!(accounts(&house, "mette@kommune.example"), ["Mette Jensen consultant"]);
}
