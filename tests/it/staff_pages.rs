//! The pages behind the links of letters to those who work here: signing in by a cookie, what can be answered there (flags, approvals,
//! openings, follow-ups), who may, and that no other site can send a form.

use crate::{
    follow_ups::{begun, open, path},
    harness::{Answer, House, PASSWORD, Stay, Value, json, later},
    openings::offered,
};
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

    /// Fills in a form of a page and sends it, with what the page hides in it.
    async fn fill(&self, page: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.open(page).await;
        let hidden = ["csrf", "revision"].map(|name| (name, hidden(&shown, name)));
        self.send(&format!("{page}/{form}"), &beside_own(fields, &hidden), &[]).await
    }

    /// Sends a form that no page showed: with the session's token, and the first revision.
    async fn forge(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = hidden(&self.open("/").await, "csrf");
        self.send(path, &beside_own(fields, &[("csrf", csrf), ("revision", "1".to_owned())]), &[]).await
    }
}

/// Fields with those that a page hides in its forms, unless a test says otherwise.
fn beside_own<'f>(fields: &[(&'f str, &'f str)], hidden: &'f [(&'static str, String)]) -> Vec<(&'f str, &'f str)> {
    let others = hidden.iter().filter(|(name, _)| fields.iter().all(|(own, _)| own != name));
    fields.iter().copied().chain(others.map(|(name, value)| (*name, value.as_str()))).collect()
}

#[track_caller]
fn says(page: &Answer, status: u16, words: &[&str]) {
    assert_eq!(page.status, status, "{}", page.text);
    for word in words {
        assert!(page.text.contains(word), "{word} is missing in {}", page.text);
    }
}

/// What is said beside a field, which is named as its element is.
#[track_caller]
fn beside(page: &Answer, field: &str) -> String {
    assert_eq!(page.status, 422, "{}", page.text);
    let start = format!("id=\"{field}-wrong\">");
    let (_, after) = page.text.split_once(&start).unwrap_or_else(|| panic!("nothing is said beside {field}: {}", page.text));
    after.split('<').next().unwrap().to_owned()
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

async fn signed_in<'a>(house: &'a House, email: &str) -> Browser<'a> {
    sign_in(house, email, "/").await.0
}

/// Somebody is kept out of a page and of what its form does, as by the API.
async fn is_kept_out(who: &Browser<'_>, page: &str, forms: &[(&str, &[(&str, &str)])], status: u16) {
    let before = who.house.dump();
    assert_eq!(who.open(page).await.status, status, "{page}");
    for (form, fields) in forms {
        assert_eq!(who.forge(&format!("{page}/{form}"), fields).await.status, status, "{page}/{form}");
    }
    assert_eq!(who.house.dump(), before);
}

/// The consultant asks for four more weeks: the path of the question, and the day.
async fn asked(house: &House, stay: &Stay, weeks: i64) -> String {
    let asking = json!({"what": "extension", "day": later(&stay.last_day, 7 * weeks), "reasons": "Der er et tilsagn."});
    let asked = house.here.consultant.post(&stay.at("approval-requests"), asking).await.ok();
    asked["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_team_leader_grants_or_refuses_an_approval_on_the_page_that_the_letter_leads_to() {
    let house = House::open().await;
    let stay = house.started().await;
    let id = asked(&house, &stay, 4).await;
    let (page, api) = (format!("/approvals/{id}"), format!("/approval-requests/{id}"));
    house.deliver().await;
    let letter = house.letters_to("team-leader@101.example").into_iter().next_back().unwrap();
    assert!(letter.plain.contains("Læs og svar") && letter.plain.contains(&page), "{}", letter.plain);

    let leader = signed_in(&house, "team-leader@101.example").await;
    let shown = leader.open(&page).await;
    let what = "consultant consultant@101.example vil forlænge Bos praktik hos Lageret til og med den 10. maj 2026.";
    says(
        &shown,
        200,
        &[what, "Der er et tilsagn.", "Din godkendelse mangler", "Slutter efter aftalen", "12. april 2026", &stay.path()],
    );
    says(&leader.open(&stay.path()).await, 200, &[&format!("href=\"{page}\""), "Venter på godkendelse: forlængelse"]);

    let empty = leader.fill(&page, "answer", &[("granted:bool", "true"), ("reasons", " ")]).await;
    assert_eq!(beside(&empty, "answer-reasons"), "Skal udfyldes.");
    let old = [("granted:bool", "true"), ("reasons", "Datoen er fast."), ("revision", "7")];
    says(&leader.fill(&page, "answer", &old).await, 412, &["En anden har ændret noget imens", "Datoen er fast.</textarea>"]);
    assert_eq!(house.here.consultant.get(&api).await.ok()["granted"], Value::Null, "nothing is answered yet");

    let answer = [("granted:bool", "true"), ("reasons", "Datoen er fast.")];
    let done = leader.fill(&page, "answer", &answer).await;
    assert_eq!((done.status, done.header("Location")), (303, Some(page.as_str())));
    let seen = leader.open(&page).await;
    says(&seen, 200, &["Godkendt af team-leader team-leader@101.example den ", "»Datoen er fast.«"]);
    assert!(!seen.text.contains("granted:bool"), "it is answered once");
    says(&leader.forge(&format!("{page}/answer"), &[("revision", "2"), answer[0], answer[1]]).await, 409, &["allerede svaret"]);
    assert_eq!(house.count("approvals"), 1, "the extension finds it");
    house.deliver().await;
    let letter = house.letters_to("consultant@101.example").into_iter().next_back().unwrap();
    assert!(letter.plain.contains("Læs svaret") && letter.plain.contains(&page), "{}", letter.plain);

    let other = format!("/approvals/{}", asked(&house, &stay, 5).await);
    let refusal = [("granted:bool", "false"), ("reasons", "Der mangler et tilsagn.")];
    assert_eq!(leader.fill(&other, "answer", &refusal).await.status, 303);
    let consultant = signed_in(&house, "consultant@101.example").await;
    says(&consultant.open(&other).await, 200, &["Ikke godkendt af", "»Der mangler et tilsagn.«"]);
    assert_eq!(house.count("approvals"), 1);
    assert!(!consultant.open(&stay.path()).await.text.contains("Venter på godkendelse"));
}

#[tokio::test]
async fn an_approval_is_read_by_who_sees_citizens_and_answered_by_nobody_but_another_team_leader() {
    let house = House::open().await;
    let stay = house.started().await;
    let page = format!("/approvals/{}", asked(&house, &stay, 4).await);
    let answer: [(&str, &[(&str, &str)]); 1] = [("answer", &[("granted:bool", "true"), ("reasons", "Ja.")])];
    let consultant = signed_in(&house, "consultant@101.example").await;
    let shown = consultant.open(&page).await;
    says(&shown, 200, &["Du har spurgt. En teamleder skal svare", "Der er et tilsagn."]);
    assert!(!shown.text.contains("granted:bool"), "no form");
    assert_eq!(consultant.forge(&format!("{page}/answer"), answer[0].1).await.status, 403);
    let liaison = signed_in(&house, "liaison@101.example").await;
    is_kept_out(&liaison, &page, &answer, 403).await;
    let stranger = signed_in(&house, "team-leader@851.example").await;
    is_kept_out(&stranger, &page, &answer, 404).await;

    let asking = json!({"what": "extension", "day": later(&stay.last_day, 14), "reasons": "Lidt mere."});
    let own = house.here.team_leader.post(&stay.at("approval-requests"), asking).await.ok();
    let own = format!("/approvals/{}", own["id"].as_str().unwrap());
    let leader = signed_in(&house, "team-leader@101.example").await;
    assert!(!leader.open(&own).await.text.contains("granted:bool"), "nobody answers their own question");
    let shown = consultant.open(&own).await;
    says(&shown, 200, &["Venter på svar fra en teamleder."]);
    assert!(!shown.text.contains("granted:bool"), "only team leaders answer");
    says(&leader.forge(&format!("{own}/answer"), answer[0].1).await, 409, &["En anden teamleder skal svare"]);

    house.here.consultant.change(&stay.at("end"), json!({"outcome": "no-job"})).await.ok();
    let over = leader.open(&page).await;
    says(&over, 200, &["Der skal ikke svares mere"]);
    assert!(!over.text.contains("granted:bool"));
}

#[tokio::test]
async fn an_opening_is_renewed_and_closed_on_its_page_by_who_keeps_companies() {
    let house = House::open().await;
    let company = house.company().await;
    let page = format!("/openings/{}", offered(&house, &company, |_| {}).await);
    let api = house.here.liaison.clone();
    house.turn("2026-04-10");
    let liaison = signed_in(&house, "liaison@101.example").await;
    says(&liaison.open(&page).await, 200, &["Åbningen udløb den 5. april 2026", "Ja, forny åbningen", "Nej, luk åbningen"]);
    let far = liaison.fill(&page, "renewal", &[("expires_on", "2029-01-01")]).await;
    assert_eq!(beside(&far, "renewal-expires_on"), "Skal ligge fra i dag til 10. april 2027.");
    says(&far, 422, &["value=\"2029-01-01\""]);
    assert_eq!(liaison.fill(&page, "renewal", &[("expires_on", "2026-06-01")]).await.status, 303);
    assert_eq!(api.get(&page).await.ok()["expires_on"], "2026-06-01");
    says(&liaison.open(&page).await, 200, &["Åbningen gælder til og med den 1. juni 2026."]);

    let consultant = signed_in(&house, "consultant@101.example").await;
    let shown = consultant.open(&page).await;
    says(&shown, 200, &["En virksomhedskonsulent eller teamlederen kan"]);
    assert!(!shown.text.contains("expires_on"), "no form");
    let forms: [(&str, &[(&str, &str)]); 2] =
        [("renewal", &[("expires_on", "2026-06-02")]), ("closure", &[("reason", "Besat.")])];
    for (form, fields) in forms {
        let fields = [fields, &[("revision", "2")]].concat();
        assert_eq!(consultant.forge(&format!("{page}/{form}"), &fields).await.status, 403, "{form}");
    }
    is_kept_out(&signed_in(&house, "liaison@851.example").await, &page, &forms, 404).await;

    assert_eq!(beside(&liaison.fill(&page, "closure", &[("reason", "")]).await, "closure-reason"), "Skal udfyldes.");
    let old = liaison.forge(&format!("{page}/closure"), &[("reason", "Stillingen er besat.")]).await;
    says(&old, 412, &["En anden har ændret noget imens", "value=\"Stillingen er besat.\""]);
    assert_eq!(liaison.fill(&page, "closure", &[("reason", "Stillingen er besat.")]).await.status, 303);
    let seen = liaison.open(&page).await;
    says(&seen, 200, &["Åbningen blev lukket den 10. april 2026: »Stillingen er besat.«"]);
    assert!(!seen.text.contains("expires_on"), "what is closed stays closed");
    assert_eq!(api.get(&page).await.ok()["close_reason"], "Stillingen er besat.");
}

#[tokio::test]
async fn time_and_place_of_a_follow_up_are_agreed_on_its_page_and_it_is_moved_or_called_off() {
    let house = House::open().await;
    let stay = begun(&house).await;
    let pages: Vec<String> = open(&house, &stay).await.iter().map(path).collect();
    let (page, api) = (&pages[0], &house.here.consultant);
    let consultant = signed_in(&house, "consultant@101.example").await;
    for list in ["/follow-ups".to_owned(), stay.path()] {
        says(&consultant.open(&list).await, 200, &[&format!("href=\"{page}\"")]);
    }
    let shown = consultant.open(page).await;
    says(
        &shown,
        200,
        &["Opfølgning: Bo (Lageret)", "23. januar 2026", "Ikke aftalt endnu", "value=\"2026-01-23\"", &stay.path()],
    );

    let far = consultant.fill(page, "move", &[("to", "2026-04-13"), ("place", "I kantinen")]).await;
    assert_eq!(beside(&far, "move-to"), "Skal ligge fra i dag til 12. april 2026.");
    says(&far, 422, &["value=\"2026-04-13\"", "value=\"I kantinen\""]);
    let english = consultant.fill(page, "move?lang=en", &[("to", "2026-04-13")]).await;
    assert_eq!(beside(&english, "move-to"), "Must be from today to 12 April 2026.");
    assert_eq!(beside(&consultant.fill(page, "move", &[("to", "")]).await, "move-to"), "Skal udfyldes.");
    assert!(!beside(&consultant.fill(page, "move", &[("to", "2026-01-26"), ("at", "ni")]).await, "move-at").is_empty());
    let agreed = [("to", "2026-01-26"), ("at", "09:30"), ("place", "hos virksomheden")];
    let done = consultant.fill(page, "move", &agreed).await;
    assert_eq!((done.status, done.header("Location")), (303, Some(page.as_str())));
    let now = api.get(page).await.ok();
    assert_eq!(json!([now["due_on"], now["at"], now["place"]]), json!(["2026-01-26", "09:30", "hos virksomheden"]));
    says(&consultant.open(page).await, 200, &["26. januar 2026", "Kl. 09.30", "hos virksomheden"]);
    says(&consultant.open("/follow-ups").await, 200, &["26. januar 2026 kl. 09.30"]);
    // What is left empty stays as it was agreed.
    assert_eq!(consultant.fill(page, "move", &[("to", "2026-01-27")]).await.status, 303);
    assert_eq!(api.get(page).await.ok()["at"], "09:30");

    let old = [("revision", "1"), ("reason", "Hun er syg.")];
    says(&consultant.fill(page, "cancellation", &old).await, 412, &["En anden har ændret noget imens", "Hun er syg.</textarea>"]);
    let empty = consultant.fill(page, "cancellation", &[("reason", "")]).await;
    assert_eq!(beside(&empty, "cancellation-reason"), "Skal udfyldes.");
    assert_eq!(consultant.fill(page, "cancellation", &old[1..]).await.status, 303);
    let seen = consultant.open(page).await;
    says(&seen, 200, &["Aflyst den 19. januar 2026: »Hun er syg.«"]);
    assert!(!seen.text.contains("name=\"to\""), "nothing is left to do");
    assert!(!consultant.open("/follow-ups").await.text.contains(page.as_str()));

    let forms: [(&str, &[(&str, &str)]); 2] = [("move", &[("to", "2026-02-02")]), ("cancellation", &[("reason", "x")])];
    let next = &pages[1];
    let liaison = signed_in(&house, "liaison@101.example").await;
    is_kept_out(&liaison, next, &forms, 403).await;
    assert!(
        !liaison.open(&stay.path()).await.text.contains("/follow-ups/"),
        "who sees no citizens is not told when they are met"
    );
    is_kept_out(&signed_in(&house, "consultant@851.example").await, next, &forms, 404).await;
    house.turn("2026-03-25");
    says(&consultant.open(next).await, 303, &[]);
    let consultant = signed_in(&house, "consultant@101.example").await;
    says(&consultant.open(next).await, 200, &["Dagen er gået, og opfølgningen er ikke holdt", "name=\"to\" value=\"\""]);
}

#[tokio::test]
async fn no_form_of_those_who_work_here_is_taken_without_the_token_of_their_session() {
    let (house, stay, flag) = flagged().await;
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let approval = asked(&house, &stay, 4).await;
    let opening = offered(&house, &stay.company, |_| {}).await;
    let extra =
        json!({"held_on": house.today(), "phase": "progression", "citizen_words": "Det går godt.", "contact_person_there": true});
    let held = house.here.consultant.post(&stay.at("follow-ups"), extra).await.ok();
    let leader = signed_in(&house, "team-leader@101.example").await;
    let before = house.dump();
    for path in [
        format!("/flags/{}/acknowledgement", id(&flag)),
        format!("/flags/{}/snooze", id(&flag)),
        format!("/approvals/{approval}/answer"),
        format!("/openings/{opening}/renewal"),
        format!("/openings/{opening}/closure"),
        format!("/follow-ups/{}/move", id(&held)),
        format!("/follow-ups/{}/cancellation", id(&held)),
    ] {
        let fields = [
            ("revision", "1"),
            ("reason", "x"),
            ("reasons", "x"),
            ("until", "2026-03-24"),
            ("granted:bool", "true"),
            ("expires_on", "2026-04-24"),
            ("to", "2026-03-24"),
        ];
        for token in [&[][..], &[("csrf", "of-another-session")]] {
            assert_eq!(leader.send(&path, &[&fields[..], token].concat(), &[]).await.status, 403, "{path}");
        }
    }
    assert_eq!(house.dump(), before);
}
