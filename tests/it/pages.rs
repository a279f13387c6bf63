//! The pages behind the links of letters, as a browser without scripts sees them.

use crate::harness::{Answer, House, Stay, json};
use reqwest::Method;

async fn invited() -> (House, Stay) {
    let house = House::open().await;
    let stay = house.booked().await;
    house.deliver().await;
    (house, stay)
}

/// The page of the latest letter with a link to an address.
fn page_for(house: &House, address: &str) -> String {
    house.letters_to(address).iter().rfind(|letter| letter.has_link()).unwrap().page()
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, after) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{}", page.text));
    after.split('"').next().unwrap().to_owned()
}

#[track_caller]
fn says(page: &Answer, status: u16, words: &[&str]) {
    assert_eq!(page.status, status, "{}", page.text);
    assert_eq!(page.header("Content-Type"), Some("text/html; charset=utf-8"));
    for word in words {
        assert!(page.text.contains(word), "{word} is missing in {}", page.text);
    }
}

#[tokio::test]
async fn a_scanner_that_opens_every_link_changes_nothing() {
    let (house, stay) = invited().await;
    let before = house.dump();
    for address in [&stay.citizen_email, &stay.company.contact_email] {
        let page = page_for(&house, address);
        for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
            let seen = house.nobody.send(house.nobody.browse(method.clone(), &page)).await;
            assert_eq!(seen.status, 200, "{method} {page}");
            for (name, value) in [("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")] {
                assert_eq!(seen.header(name), Some(value), "{method}");
            }
            assert!(seen.header("Content-Security-Policy").unwrap().starts_with("default-src 'none'; style-src 'self';"));
        }
        for act in ["confirmation", "objection", "answer", "words", "statement", "renewal"] {
            says(&house.nobody.page(&format!("{page}/{act}")).await, 404, &["Siden findes ikke"]);
        }
    }
    assert_eq!(house.dump(), before);
}

#[tokio::test]
async fn the_citizen_reads_the_agreement_and_says_yes_and_a_second_press_is_answered_like_the_first() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    let seen = house.nobody.page(&page).await;
    says(&seen, 200, &["Aftale om din praktik hos ", "Formål", "timer om ugen", "Ja, jeg er enig", "Bo Borger", "lang=\"da\""]);
    let hash = hidden(&seen, "hash");
    let first = house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash)]).await;
    says(&first, 200, &["Du sagde ja den 5. januar 2026", "Vi venter stadig på"]);
    assert!(!first.text.contains("Ja, jeg er enig"), "there is nothing more to agree to");
    let second = house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash)]).await;
    assert_eq!(second.text, first.text);
    assert_eq!(house.see(&stay).await["versions"][0]["confirmations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_to_be_changed_is_said_in_own_words_and_a_form_with_a_fault_keeps_what_was_typed() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.company.contact_email);
    says(&house.nobody.page(&page).await, 200, &["Aftale om Bos praktik hos jer", "Ja, vi er enige"]);
    let act = format!("{page}/objection");
    let seen = house.nobody.submit(&act, &[("form", "change"), ("changes[]", "hours"), ("words", " ")]).await;
    says(&seen, 422, &["Det blev ikke gemt", "value=\"hours\" checked", "<details open>"]);
    assert!(house.see(&stay).await["versions"][0]["objections"].as_array().unwrap().is_empty());
    let words = "Vi åbner først kl. 10 <b>";
    for _ in 0..2 {
        let fields = [("form", "change"), ("changes[]", "hours"), ("changes[]", "place"), ("words", words)];
        let seen = house.nobody.submit(&act, &fields).await;
        says(&seen, 200, &["Tak. Vi har modtaget det, du skrev"]);
    }
    let objections = house.see(&stay).await["versions"][0]["objections"].clone();
    assert_eq!(objections.as_array().unwrap().len(), 1, "pressed twice");
    assert_eq!(objections[0]["words"], format!("Ønskes anderledes: timerne, stedet. {words}"));
}

#[tokio::test]
async fn a_link_that_is_forged_cut_expired_or_replaced_tells_nothing_about_anybody() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    let secrets = ["Bo Borger", "Bo ", "Lageret", stay.reference.as_str(), "consultant@101.example"];
    let forged = format!("/l/{}", "A".repeat(43));
    for path in [&forged, &page[..page.len() - 1].to_owned(), &format!("/l/{}", "x".repeat(500))] {
        let seen = house.nobody.page(path).await;
        says(&seen, 404, &["Siden findes ikke"]);
        let act = house.nobody.submit(&format!("{path}/confirmation"), &[("hash", "x")]).await;
        says(&act, 404, &["Siden findes ikke"]);
        for answer in [&seen, &act] {
            assert!(secrets.iter().all(|secret| !answer.text.contains(secret)), "{}", answer.text);
        }
    }
    let hash = hidden(&house.nobody.page(&page).await, "hash");
    let fewer = json!({"hours": [{"from": stay.first_day, "weekly_hours": 12}]});
    house.here.consultant.change(&stay.at("versions"), fewer).await.ok();
    let seen = house.nobody.page(&page).await;
    says(&seen, 200, &["Linket virker ikke længere", "Send mig et nyt link"]);
    assert!(secrets.iter().all(|secret| !seen.text.contains(secret)), "{}", seen.text);
    let act = house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash)]).await;
    says(&act, 409, &["Linket virker ikke længere"]);
    house.deliver().await;
    let newer = page_for(&house, &stay.citizen_email);
    says(&house.nobody.page(&newer).await, 200, &["<mark>Nyt</mark>", "12 timer om ugen", "Før: 20 timer om ugen"]);
    house.turn("2026-02-20");
    let seen = house.nobody.page(&page).await;
    says(&seen, 200, &["Linket virker ikke længere", "Send mig et nyt link"]);
    assert!(secrets.iter().all(|secret| !seen.text.contains(secret)), "{}", seen.text);
    let before = house.letters_to(&stay.citizen_email).len();
    says(&house.nobody.submit(&format!("{page}/renewal"), &[]).await, 200, &["Vi sender et nyt link"]);
    house.deliver().await;
    assert_eq!(house.letters_to(&stay.citizen_email).len(), before + 1);
}

#[tokio::test]
async fn what_is_cancelled_asks_nothing_more() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.company.contact_email);
    house.here.consultant.change(&stay.at("cancellation"), json!({"reason": "Borgeren har fået job"})).await.ok();
    let seen = house.nobody.page(&page).await;
    says(&seen, 200, &["Der skal ikke svares mere"]);
    assert!(!seen.text.contains("Bo ") && !seen.text.contains("Borgeren har fået job"), "{}", seen.text);
}

#[tokio::test]
async fn the_company_answers_with_the_first_day_and_the_hours() {
    let house = House::open().await;
    let stay = house.recruiting("2026-04-03").await;
    house.turn("2026-03-20");
    house.tick().await;
    house.deliver().await;
    let letters = house.letters_to(&stay.company.contact_email);
    let letter = letters.iter().rfind(|letter| letter.has_link()).unwrap();
    let page = letter.page();
    for answer in ["hire", "no", "more-time"] {
        assert!(letter.plain.contains(&format!("{page}?answer={answer}")), "a button each: {}", letter.plain);
    }
    let seen = house.nobody.page(&format!("{page}?answer=no")).await;
    says(&seen, 200, &["Kan I ansætte Bo?", "value=\"no\" checked", "Send svar"]);
    assert!(house.see(&stay).await["answers"].as_array().unwrap().is_empty(), "opening answers nothing");
    let act = format!("{page}/answer");
    says(&house.nobody.submit(&act, &[("answer", "more-time"), ("words", "")]).await, 422, &["Skriv, hvorfor"]);
    says(&house.nobody.submit(&act, &[("answer", "no"), ("first_day", "2026-04-06")]).await, 422, &["vi ansætter"]);
    let hire = [("answer", "hire"), ("first_day", "2026-04-06"), ("weekly_hours:number", "32,5"), ("words", "Velkommen")];
    let seen = house.nobody.submit(&act, &hire).await;
    says(&seen, 200, &["Tak for svaret", "vi ansætter fra den 6. april 2026, 32,5 timer om ugen"]);
    let answer = house.see(&stay).await["answers"][0].clone();
    assert_eq!((&answer["first_day"], &answer["weekly_hours"]), (&json!("2026-04-06"), &json!(32.5)));
}

#[tokio::test]
async fn one_link_cannot_be_used_without_end() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    for number in 0..20 {
        let words = format!("Ønske nummer {number}");
        says(&house.nobody.submit(&format!("{page}/objection"), &[("words", &words)]).await, 200, &[]);
    }
    says(&house.nobody.submit(&format!("{page}/objection"), &[("words", "Ét til")]).await, 429, &["For mange forsøg"]);
    house.turn("2026-01-06");
    says(&house.nobody.submit(&format!("{page}/objection"), &[("words", "Ét til")]).await, 200, &[]);
}

#[tokio::test]
async fn pages_are_danish_or_english_and_every_error_is_a_page() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    let seen = house.nobody.page(&format!("{page}?lang=en")).await;
    says(&seen, 200, &["<html lang=\"en\">", "Yes, I agree", "?lang=da", "/confirmation?lang=en"]);
    let seen = house.nobody.send(house.nobody.browse(Method::GET, &page).header("Accept-Language", "en")).await;
    assert!(seen.text.contains("lang="), "{}", seen.text);
    says(&house.nobody.page("/").await, 200, &["Log ind", "/docs/"]);
    for nowhere in ["/nowhere", "/l", "/l/", "/assets/x.css"] {
        says(&house.nobody.page(nowhere).await, 404, &["Siden findes ikke"]);
    }
    // What programs ask is answered to programs.
    house.nobody.get("/nowhere").await.problem(404, "not-found");
    let style = seen.text.split("href=\"/assets/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let style = house.nobody.page(&format!("/assets/{style}")).await;
    assert_eq!((style.status, style.header("Cache-Control")), (200, Some("public, max-age=31536000, immutable")));
    assert!(!style.text.contains("url(") && !style.text.contains("@import"), "nothing is fetched from elsewhere");
}

#[tokio::test]
async fn who_has_agreed_and_asks_for_a_new_link_gets_one() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    let hash = hidden(&house.nobody.page(&page).await, "hash");
    house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash)]).await;
    house.turn("2026-01-20");
    says(&house.nobody.page(&page).await, 200, &["Send mig et nyt link"]);
    says(&house.nobody.submit(&format!("{page}/renewal"), &[]).await, 200, &["Vi sender et nyt link"]);
    house.deliver().await;
    let letter = house.letters_to(&stay.citizen_email).into_iter().next_back().unwrap();
    assert!(letter.subject.starts_with("Nyt link til aftalen om "), "{}", letter.subject);
    says(&house.nobody.page(&letter.page()).await, 200, &["Du sagde ja den 5. januar 2026"]);
}

#[tokio::test]
async fn the_company_is_told_of_accommodations_once_the_citizen_agrees_to_each() {
    let house = House::open().await;
    let two = json!({"items": [{"function": "Skærmet plads"}, {"function": "Pause hver time"}]});
    let stay = house.booked_with(|body| body["accommodations"] = two).await;
    let (contact, consultant) = (stay.company.contact_email.clone(), &house.here.consultant);
    house.live_until(&stay.first_day).await;
    assert!(house.letters_to(&contact).is_empty(), "neither asked nor reminded");
    let page = page_for(&house, &stay.citizen_email);
    let seen = house.nobody.page(&page).await;
    says(&seen, 200, &["Hensyn, som virksomheden må få at vide", "Pause hver time"]);
    let items = house.see(&stay).await["accommodations"].clone();
    let only = items[0]["id"].as_str().unwrap().to_owned();
    let hash = hidden(&seen, "hash");
    let yes = [("hash", hash.as_str()), ("agreed_accommodations[]", only.as_str())];
    says(&house.nobody.submit(&format!("{page}/confirmation"), &yes).await, 200, &["Du sagde ja"]);
    house.deliver().await;
    assert!(house.letters_to(&contact).is_empty());
    let told =
        house.letters_to("consultant@101.example").into_iter().rfind(|own| own.plain.contains("ikke til alle hensyn")).unwrap();
    assert!(!told.plain.contains("Pause") && !told.plain.contains("Skærmet"), "{}", told.plain);
    consultant.post(&stay.at("invitations"), json!({"party": "company"})).await.conflict("citizen-first");
    let one = json!({"items": [{"function": "Skærmet plads"}]});
    consultant.replace(&stay.at("accommodations"), one).await.ok();
    house.deliver().await;
    let page = page_for(&house, &stay.citizen_email);
    let hash = hidden(&house.nobody.page(&page).await, "hash");
    let only = house.see(&stay).await["accommodations"][0]["id"].as_str().unwrap().to_owned();
    house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash), ("agreed_accommodations[]", &only)]).await;
    house.deliver().await;
    let theirs = house.nobody.page(&page_for(&house, &contact)).await;
    says(&theirs, 200, &["Hensyn, som I kan holde", "Skærmet plads"]);
    assert!(!theirs.text.contains("Pause hver time"), "{}", theirs.text);
}

/// The last four digits of a citizen's number, which the addresses here are made of.
fn digits_of(stay: &Stay) -> String {
    let (number, _) = stay.citizen_email.split_once('@').unwrap();
    number[number.len() - 4..].to_owned()
}

#[tokio::test]
async fn where_the_municipality_wants_it_a_citizens_link_asks_for_four_digits_first() {
    let house = House::open_with(|settings| settings.letters.citizen_digits = true).await;
    let stay = house.booked().await;
    house.deliver().await;
    let page = page_for(&house, &stay.citizen_email);
    let asked = house.nobody.page(&page).await;
    says(&asked, 200, &["Er det dig?", "De sidste fire cifre"]);
    for hidden in ["Bo", "Lageret", &stay.reference] {
        assert!(!asked.text.contains(hidden), "{hidden} in {}", asked.text);
    }
    let link = house.letters_to(&stay.citizen_email)[0].link();
    let shown = house.nobody.get(&link).await.ok();
    assert_eq!((&shown["digits_asked"], &shown["version"], &shown["agreement"]), (&json!(true), &json!(null), &json!(null)));
    let hash = house.see(&stay).await["versions"][0]["hash"].as_str().unwrap().to_owned();
    let act = house.nobody.submit(&format!("{page}/confirmation"), &[("hash", &hash)]).await;
    says(&act, 404, &["Siden findes ikke"]);
    // The company has no number, and is not asked.
    says(&house.nobody.page(&page_for(&house, &stay.company.contact_email)).await, 200, &["Aftale om Bos praktik"]);

    let digits = digits_of(&stay);
    let proof = house.nobody.post(&format!("{link}/digits"), json!({"digits": digits})).await.ok()["proof"].clone();
    let opened = house.nobody.browse(Method::GET, &page).header("Cookie", format!("link-proof={}", proof.as_str().unwrap()));
    says(&house.nobody.send(opened).await, 200, &["Aftale om din praktik", "Ja, jeg er enig"]);
    let body = format!("digits={digits}");
    let form = house.nobody.browse(Method::POST, &format!("{page}/digits")).body(body);
    let form = form.header("Content-Type", "application/x-www-form-urlencoded");
    let sent = house.nobody.send(form).await;
    assert_eq!((sent.status, sent.header("Location")), (303, Some(page.as_str())));
    let cookie = sent.header("Set-Cookie").unwrap();
    assert!(
        cookie.contains(&format!("Path={page}")) && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
}

#[tokio::test]
async fn after_five_wrong_tries_the_link_is_dead_and_a_new_one_goes_to_the_address_on_record() {
    let house = House::open_with(|settings| settings.letters.citizen_digits = true).await;
    let stay = house.booked().await;
    house.deliver().await;
    let page = page_for(&house, &stay.citizen_email);
    let digits = digits_of(&stay);
    let wrong = if digits == "0000" { "0001" } else { "0000" };
    // Nothing at all is no try.
    for given in [wrong, "", "12", wrong, wrong] {
        let seen = house.nobody.submit(&format!("{page}/digits"), &[("digits", given)]).await;
        says(&seen, 422, &["ikke de rigtige fire cifre"]);
    }
    says(&house.nobody.submit(&format!("{page}/digits"), &[("digits", wrong)]).await, 422, &["Linket virker ikke længere"]);
    let late = house.nobody.submit(&format!("{page}/digits"), &[("digits", &digits)]).await;
    says(&late, 404, &["Siden findes ikke"]);
    says(&house.nobody.submit(&format!("{page}/renewal"), &[]).await, 200, &["Vi sender et nyt link"]);
    house.deliver().await;
    let new = page_for(&house, &stay.citizen_email);
    assert_ne!(new, page);
    says(&house.nobody.page(&new).await, 200, &["Er det dig?"]);
}

#[tokio::test]
async fn the_citizen_reads_and_prints_the_whole_course_and_nobody_else_does() {
    let (house, stay) = invited().await;
    let page = page_for(&house, &stay.citizen_email);
    let seen = house.nobody.page(&format!("{page}/course")).await;
    says(&seen, 200, &["Forløb: Bo Borger", "Jeg vil arbejde på et kontor.", "Lageret", "Aftalt, ikke begyndt", "Sag B-"]);
    let company = page_for(&house, &stay.company.contact_email);
    says(&house.nobody.page(&format!("{company}/course")).await, 404, &["Siden findes ikke"]);
    house.turn("2026-01-30");
    says(&house.nobody.page(&format!("{page}/course")).await, 404, &["Siden findes ikke"]);
}
