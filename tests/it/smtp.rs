//! Sending letters to a real mail server: encrypted or not at all, complete, and readable by a parser that is not ours.

use crate::harness::{
    House, Stay, Value,
    real::{Smtp, make_cert},
};
use rettematch::settings::{Settings, Tls};
use serde_json::json;
use std::path::Path;

fn through(port: u16, tls: Tls) -> impl FnOnce(&mut Settings) {
    move |settings| {
        settings.mail.host = if tls == Tls::NoneLoopback { "127.0.0.1".into() } else { "localhost".into() };
        settings.mail.port = port;
        settings.mail.tls = tls;
        settings.mail.timeout_seconds = 20;
    }
}

fn trusting(port: u16, ca: &Path) -> impl FnOnce(&mut Settings) {
    let ca = ca.join("ca.pem").display().to_string();
    move |settings| {
        through(port, Tls::Required)(settings);
        settings.mail.ca_file = ca;
    }
}

fn starttls(cert: &Path) -> Vec<String> {
    let file = |name: &str| cert.join(name).display().to_string();
    vec!["--starttls".into(), file("server.pem"), file("server.key"), "--require-starttls".into()]
}

fn server(folder: &Path, arguments: &[String]) -> Smtp {
    Smtp::start(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn str(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// A letter that could not go waits, and says why without a word of its content.
async fn waits(house: &House, stay: &Stay, server: Smtp) {
    let done = house.deliver().await;
    assert_eq!((done.sent, done.waiting, done.failed), (0, 2, 0));
    assert_eq!(server.mail(), Vec::<Value>::new(), "in the clear, or to a stranger");
    let waiting = house.here.team_leader.get("/letters?state=waiting").await.ok();
    for letter in waiting["items"].as_array().unwrap() {
        let why = str(&letter["last_error"]);
        assert_eq!(why, "the mail server cannot be reached, or hung up");
        assert!(!why.contains(&stay.reference) && !why.contains('@'));
        assert_eq!(letter["attempts"], 1);
    }
}

#[actix_web::test]
async fn a_letter_goes_confidentially_and_arrives_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, mail) = (folder.path().join("cert"), folder.path().join("mail"));
    make_cert(&cert);
    let server = server(&mail, &starttls(&cert));
    let house = House::open_with(trusting(server.port, &cert)).await;
    let stay = house.booked().await;
    let written = house.now();
    // Sent later than written: the date says when it was written.
    house.turn_to(written + chrono::Duration::minutes(40));
    let done = house.deliver().await;
    assert_eq!((done.sent, done.waiting, done.failed), (2, 0, 0));
    // The company answers nothing; on the start day people here are told as well.
    house.confirm(&stay, "citizen").await.ok();
    house.turn(&stay.first_day);
    house.tick().await;
    house.deliver().await;

    let mail = server.mail();
    assert!(mail.len() >= 4, "{mail:#?}");
    let mut ids: Vec<&str> = mail.iter().map(|letter| str(&letter["message_id"])).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), mail.len(), "each letter has a Message-ID of its own");
    for letter in &mail {
        assert_eq!(letter["defects"], json!([]), "{letter:#}");
        assert_eq!(letter["tls"], "yes");
        assert_eq!(letter["rcpt"], letter["to"], "one recipient, and the one it is addressed to");
        assert!(!str(&letter["rcpt"]).contains(','));
        assert_eq!(letter["from"], "Københavns Kommune <ikke-svar@rettematch.example>");
        assert_eq!(letter["auto_submitted"], "auto-generated");
        assert_eq!(letter["content_types"], json!(["text/plain", "text/html"]));
        assert!(str(&letter["message_id"]).ends_with("@rettematch.example>"));
        for text in ["subject", "text", "html"].map(|part| str(&letter[part])) {
            let told: String = text.chars().filter(char::is_ascii_digit).collect();
            assert!(!text.contains("Bo Borger"), "a citizen's name: {text}");
            assert!(!text.contains(&stay.citizen_email), "an address: {text}");
            let cpr: String = stay.citizen_email.chars().filter(char::is_ascii_digit).collect();
            assert!(!told.contains(&cpr), "a CPR number: {text}");
            assert!(!text.contains("{{"), "a gap that was not filled: {text}");
        }
    }
    let first: Vec<&Value> = mail.iter().take(2).collect();
    for letter in &first {
        let date = chrono::DateTime::parse_from_rfc2822(str(&letter["date"])).unwrap();
        assert_eq!(date, written, "the date is when it was written");
        assert!(str(&letter["subject"]).starts_with("Læs og sig ja til aftalen om "), "{letter:#}");
        assert_eq!(letter["reply_to"], "consultant@101.example");
        assert!(str(&letter["text"]).contains("skal være enige om, hvad praktikken skal bruges til"), "{letter:#}");
        assert!(str(&letter["html"]).contains("Venlig hilsen") && str(&letter["text"]).contains(&stay.reference), "{letter:#}");
    }
    let recipients: Vec<&str> = first.iter().map(|letter| str(&letter["rcpt"])).collect();
    assert!(recipients.contains(&stay.citizen_email.as_str()) && recipients.contains(&stay.company.contact_email.as_str()));
    for letter in first {
        let (text, html) = (str(&letter["text"]), str(&letter["html"]));
        let link = text.split_whitespace().find(|word| word.contains("/l/")).unwrap();
        assert!(html.contains(&format!("href=\"{link}\"")), "the same link in both parts");
        let path = link.strip_prefix(&house.base).unwrap().replace("/l/", "/links/");
        house.turn_to(written);
        let seen = house.nobody.get(&path).await.ok();
        assert_eq!(seen["reference"], stay.reference.as_str());
        let party = if letter["rcpt"] == stay.citizen_email.as_str() { "citizen" } else { "company" };
        assert_eq!(seen["party"], party, "each has a link of their own");
    }
    let warning = mail.iter().find(|letter| letter["rcpt"] == "consultant@101.example").unwrap();
    assert!(str(&warning["subject"]).starts_with("Advarsel: Bo (Lageret) – "), "{warning:#}");
    assert!(str(&warning["text"]).contains("Ikke alle har bekræftet forventningsafstemningen."));
}

#[actix_web::test]
async fn without_starttls_nothing_goes_in_plain_text() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[]);
    let house = House::open_with(through(server.port, Tls::Required)).await;
    let stay = house.booked().await;
    waits(&house, &stay, server).await;
}

#[actix_web::test]
async fn a_certificate_of_another_authority_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (folder.path().join("own"), folder.path().join("other"));
    make_cert(&own);
    make_cert(&other);
    let server = server(&folder.path().join("mail"), &starttls(&other));
    let house = House::open_with(trusting(server.port, &own)).await;
    let stay = house.booked().await;
    waits(&house, &stay, server).await;
}

#[actix_web::test]
async fn a_certificate_for_another_name_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cert = folder.path().join("cert");
    make_cert(&cert);
    let server = server(&folder.path().join("mail"), &starttls(&cert));
    let trust = trusting(server.port, &cert);
    // The same machine under a name that the certificate does not carry.
    let house = House::open_with(|settings| {
        trust(settings);
        settings.mail.host = "0.0.0.0".into();
    })
    .await;
    let stay = house.booked().await;
    waits(&house, &stay, server).await;
}

#[actix_web::test]
async fn a_server_on_this_machine_may_be_spoken_to_in_plain_text() {
    let folder = tempfile::tempdir().unwrap();
    let server = Smtp::start(folder.path(), &[]);
    let house = House::open_with(through(server.port, Tls::NoneLoopback)).await;
    house.booked().await;
    assert_eq!(house.deliver().await.sent, 2);
    let mail = server.mail();
    assert_eq!(mail.len(), 2);
    assert!(mail.iter().all(|letter| letter["tls"] == "no" && letter["defects"] == json!([])));
}
