//! The pages behind the links of warnings: signing in by a cookie, a flag and its two answers, and that no other site can send a form.

use crate::harness::{Answer, House, PASSWORD, Stay, Value, json};
use reqwest::Method;

/// A browser with the cookie of a session.
struct Browser<'a> {
    house: &'a House,
    cookie: String,
}

impl Browser<'_> {
    async fn open(&self, path: &str) -> Answer {
        self.house.nobody.send(self.house.nobody.browse(Method::GET, path).header("Cookie", &self.cookie)).await
    }

    /// Sends a form with other headers, and does not go where it leads.
    async fn send(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = self.house.nobody.browse(Method::POST, path).header("Cookie", &self.cookie);
        let request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body.finish());
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.house.nobody.send(request).await
    }
}

async fn sign_in<'a>(house: &'a House, email: &str, to: &str) -> (Browser<'a>, Answer) {
    let nobody = Browser { house, cookie: String::new() };
    let answer = nobody.send("/sign-in", &[("email", email), ("password", PASSWORD), ("to", to)], &[]).await;
    let cookie = answer.header("Set-Cookie").map(|cookie| cookie.split(';').next().unwrap().to_owned());
    (Browser { house, cookie: cookie.unwrap_or_default() }, answer)
}

fn hidden(page: &Answer, name: &str) -> String {
    let (_, after) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{}", page.text));
    after.split('"').next().unwrap().to_owned()
}

/// The company is to decide on 3 April and has been reminded: a notice stands.
async fn flagged() -> (House, Stay, Value) {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    house.live_until("2026-03-20").await;
    let flag = house.flags(&stay, "decision-due").await.remove(0);
    (house, stay, flag)
}

#[tokio::test]
async fn the_link_of_a_warning_asks_to_sign_in_and_leads_back_to_the_flag() {
    let (house, _, flag) = flagged().await;
    house.live_until("2026-04-09").await;
    let page = format!("/flags/{}", flag["id"].as_str().unwrap());
    let letter = house.letters_to("consultant@101.example").into_iter().rfind(|own| own.plain.contains(&page)).unwrap();
    assert!(!letter.plain.contains("/api/") && !letter.html.contains("/api/"), "no letter leads to JSON: {}", letter.plain);
    let asked = house.nobody.page(&page).await;
    assert_eq!(
        (asked.status, asked.header("Location")),
        (303, Some(format!("/sign-in?to={}", page.replace('/', "%2F")).as_str()))
    );
    let form = house.nobody.page(asked.header("Location").unwrap()).await;
    assert_eq!((form.status, hidden(&form, "to")), (200, page.clone()));
    let (browser, answer) = sign_in(&house, "consultant@101.example", &page).await;
    assert_eq!((answer.status, answer.header("Location")), (303, Some(page.as_str())));
    let cookie = answer.header("Set-Cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let shown = browser.open(&page).await;
    for said in ["Bo (Lageret)", "Næste skridt", "Jeg har taget hånd om det", "Lad det hvile", "Log ud"] {
        assert!(shown.text.contains(said), "{said} is missing in {}", shown.text);
    }
    house.here.consultant.get("/sessions/current").await.ok();
    let api = house.nobody.browse(Method::GET, "/api/v1/sessions/current").header("Cookie", &browser.cookie);
    assert_eq!(house.nobody.send(api).await.status, 401, "the API knows no cookies");
}

#[tokio::test]
async fn a_flag_is_acknowledged_and_postponed_on_its_page_and_what_does_not_fit_is_said_there() {
    let (house, stay, flag) = flagged().await;
    let page = format!("/flags/{}", flag["id"].as_str().unwrap());
    let (browser, _) = sign_in(&house, "consultant@101.example", &page).await;
    let shown = browser.open(&page).await;
    let (csrf, revision) = (hidden(&shown, "csrf"), hidden(&shown, "revision"));
    let form = |reason: &'static str| [("csrf", csrf.clone()), ("revision", revision.clone()), ("reason", reason.to_owned())];
    let send = async |act: &str, fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.send(&format!("{page}/{act}"), &fields, &[]).await
    };
    let empty = send("acknowledgement", &form(" ")).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text.contains("Det blev ikke gemt") && empty.text.contains("aria-invalid=\"true\""), "{}", empty.text);
    let mut far = form("Vi taler sammen på mandag.").to_vec();
    far.push(("until", "2026-09-01".to_owned()));
    let far = send("snooze", &far).await;
    assert_eq!(far.status, 422);
    assert!(far.text.contains("Skal ligge fra i dag til") && far.text.contains("Vi taler sammen på mandag."), "{}", far.text);
    assert_eq!(send("acknowledgement", &form("Vi har talt sammen.")).await.status, 303);
    assert_eq!(house.flag(&stay, "decision-due").await["acknowledged_level"], "notice");
    let seen = browser.open(&page).await;
    assert!(seen.text.contains("Flaget er kvitteret") && seen.text.contains("»Vi har talt sammen.«"), "{}", seen.text);
    assert_eq!(send("acknowledgement", &form("Igen")).await.status, 412, "it has changed since the form was shown");
}

#[tokio::test]
async fn no_other_site_sends_a_form_and_an_alarm_is_answered_by_a_team_leader_only() {
    let (house, stay, flag) = flagged().await;
    let page = format!("/flags/{}", flag["id"].as_str().unwrap());
    let (browser, _) = sign_in(&house, "consultant@101.example", "//evil.example").await;
    let shown = browser.open(&page).await;
    let (csrf, revision) = (hidden(&shown, "csrf"), hidden(&shown, "revision"));
    let before = house.dump();
    let act = format!("{page}/acknowledgement");
    let fields = [("csrf", csrf.as_str()), ("revision", revision.as_str()), ("reason", "x")];
    assert_eq!(browser.send(&act, &fields[1..], &[]).await.status, 403, "without the session's token");
    assert_eq!(browser.send(&act, &fields, &[("Origin", "https://evil.example")]).await.status, 403);
    assert_eq!(browser.send(&act, &fields, &[("Sec-Fetch-Site", "cross-site")]).await.status, 403);
    assert_eq!(
        browser
            .send("/sign-in", &[("email", "a@b.example"), ("password", PASSWORD)], &[("Origin", "https://evil.example")])
            .await
            .status,
        403
    );
    assert_eq!(house.dump(), before);
    let (_, elsewhere) = sign_in(&house, "consultant@101.example", "//evil.example").await;
    assert_eq!(elsewhere.header("Location"), Some("/"), "after signing in one stays here");

    house.live_until("2026-04-15").await;
    assert_eq!(house.flag(&stay, "decision-due").await["level"], "alarm");
    let (browser, _) = sign_in(&house, "consultant@101.example", "/").await;
    assert!(browser.open(&page).await.text.contains("En alarm kan kun teamlederen"), "no form");
    let (leader, _) = sign_in(&house, "team-leader@101.example", "/").await;
    assert!(leader.open(&page).await.text.contains("Kvittér"));
    let (stranger, _) = sign_in(&house, "consultant@851.example", "/").await;
    assert_eq!(stranger.open(&page).await.status, 404, "another municipality's");
}

#[tokio::test]
async fn a_wrong_password_shows_the_form_again_and_signing_out_ends_the_session() {
    let (house, stay, flag) = flagged().await;
    let nobody = Browser { house: &house, cookie: String::new() };
    let wrong = nobody.send("/sign-in", &[("email", "consultant@101.example"), ("password", "wrong wrong wrong")], &[]).await;
    assert_eq!((wrong.status, wrong.header("Set-Cookie")), (422, None));
    assert!(
        wrong.text.contains("passer ikke sammen") && wrong.text.contains("value=\"consultant@101.example\""),
        "{}",
        wrong.text
    );
    let (browser, _) = sign_in(&house, "consultant@101.example", "/").await;
    let home = browser.open("/").await;
    let page = format!("/flags/{}", flag["id"].as_str().unwrap());
    let internship = browser.open(&stay.path()).await;
    for said in ["Bo Borgers praktik hos Lageret", "Svar på aftalen", "Formål"] {
        assert!(internship.text.contains(said), "{said} is missing in {}", internship.text);
    }
    assert_eq!(browser.open("/follow-ups").await.status, 200);
    assert_eq!(browser.open(&format!("/citizens/{}/corrections", stay.citizen)).await.status, 200);
    let out = browser.send("/sign-out", &[("csrf", &hidden(&home, "csrf"))], &[]).await;
    assert_eq!((out.status, out.header("Location")), (303, Some("/")));
    assert_eq!(browser.open(&page).await.status, 303, "the session has ended");
    assert_eq!(json!(house.nobody.page("/openings/none").await.status), json!(303));
}
