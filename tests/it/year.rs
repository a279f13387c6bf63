//! A whole year, with 29 February and both changes of the clock in it, day by day: what was flagged and who was written to is a
//! snapshot that a caseworker can read.

use crate::harness::{
    House, Letter,
    play::{Caller, Town, text},
};
use reqwest::Method;
use rettematch::domain::values::copenhagen::local;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn name(&mut self, what: impl Into<String>, name: &str) {
        self.0.insert(what.into(), name.to_owned());
    }
    fn of(&self, what: &str) -> String {
        self.0.get(what).cloned().unwrap_or_else(|| format!("?{what}"))
    }
    /// A text with every reference in it replaced.
    fn in_text(&self, text: &str) -> String {
        self.0
            .iter()
            .filter(|(what, _)| text.contains(*what))
            .fold(text.to_owned(), |text, (what, name)| text.replace(what, name))
    }
}

/// The path of the link in the latest letter of a subject to an address.
fn link(house: &House, to: &str, subject: &str) -> String {
    let letters: Vec<Letter> = house.letters_to(to).into_iter().filter(|letter| letter.subject.contains(subject)).collect();
    letters.last().unwrap_or_else(|| panic!("no letter {subject} to {to}")).link()
}

#[actix_web::test]
async fn a_year() {
    let house = House::open().await;
    house.turn("2023-12-01");
    house.app.make_administrator("101", crate::harness::play::ADMINISTRATOR, |_| Ok(())).await.unwrap();
    let town = Town::found(&(Arc::new(house.base.clone()) as _), house.database_url()).await;
    let (mette, jonas, tove) = (&town.mette, &town.jonas, &town.tove);
    let nobody = Caller::nobody(&(Arc::new(house.base.clone()) as _));

    let brugsen = town.company("Brugsen", Some("butik@brugsen.example")).await;
    let netto = town.company("Netto", Some("butik@netto.example")).await;
    let fakta = town.company("Fakta", Some("butik@fakta.example")).await;
    let irma = town.company("Irma", Some("butik@irma.example")).await;
    let places: BTreeMap<&str, _> = [("Brugsen", &brugsen), ("Netto", &netto), ("Fakta", &fakta), ("Irma", &irma)].into();
    let mut citizens: BTreeMap<&str, String> = BTreeMap::new();
    for (name, keeper, email) in [
        ("Anna", mette, Some("anna@post.example")),
        ("Bo", mette, None),
        ("Clara", jonas, Some("clara@post.example")),
        ("David", mette, Some("david@post.example")),
        ("Eva", jonas, Some("eva@post.example")),
        ("Frank", jonas, Some("frank@post.example")),
    ] {
        citizens.insert(name, town.citizen(keeper, name, email).await);
    }
    let mut stays: BTreeMap<&str, String> = BTreeMap::new();

    let mut day = crate::harness::day("2023-12-01");
    while day <= crate::harness::day("2024-12-31") {
        house.turn_to(local(day, 6) + chrono::Duration::minutes(30));
        house.tick().await;
        house.deliver().await;
        house.turn_to(local(day, 10));
        match day.to_string().as_str() {
            // Anna: confirmed late; extended once, twice, three times; answered by link, hired.
            "2023-12-01" => {
                let id = town.book(mette, &citizens["Anna"], &brugsen, ("2023-12-18", "2024-03-17"), None).await;
                town.confirm(mette, &id, &["consultant", "citizen"]).await;
                town.papers(mette, &id, &brugsen).await;
                stays.insert("Anna 1", id);
            }
            "2023-12-19" => {
                town.confirm(mette, &stays["Anna 1"], &["company"]).await;
                town.act(mette, &stays["Anna 1"], "start", json!({})).await;
            }
            "2024-03-01" => {
                let body = json!({"to": "2024-04-14", "reason": "Hun er ved at lære kassen."});
                town.act(mette, &stays["Anna 1"], "extensions", body).await;
            }
            "2024-03-04" => town.confirm(mette, &stays["Anna 1"], &["citizen", "consultant", "company"]).await,
            "2024-04-02" => {
                let body =
                    json!({"to": "2024-05-12", "reason": "Butikken venter på budgettet.", "hiring_decision_on": "2024-05-10"});
                town.act(mette, &stays["Anna 1"], "extensions", body).await;
            }
            "2024-04-03" => town.confirm(mette, &stays["Anna 1"], &["citizen", "consultant", "company"]).await,
            "2024-05-02" => {
                let approval = json!({"to": "2024-06-17", "reasons": "Der er et skriftligt tilsagn."});
                tove.caller.post(&format!("/citizens/{}/extension-approvals", citizens["Anna"]), approval).await;
                let body = json!({
                    "to": "2024-06-17", "reason": "Stillingen bliver ledig i juni.", "hiring_decision_on": "2024-06-10",
                    "commitment": {"position": "Butiksassistent", "weekly_hours": 20, "latest_first_day": "2024-06-18", "condition": "Kan åbne butikken alene"},
                });
                town.act(mette, &stays["Anna 1"], "extensions", body).await;
                town.confirm(mette, &stays["Anna 1"], &["citizen", "consultant", "company"]).await;
            }
            "2024-05-29" => {
                let link = link(&house, "butik@brugsen.example", "ansætte");
                nobody.get(&format!("/api/v1{link}")).await;
                nobody.post(&format!("/api/v1{link}/answer"), json!({"answer": "hire", "words": "Hun er dygtig."})).await;
            }
            "2024-06-18" => {
                let body = json!({"outcome": "ordinary-part-time", "first_day": "2024-06-18", "weekly_hours": 20});
                town.act(mette, &stays["Anna 1"], "end", body).await;
            }
            // Bo: no address; the company never confirms; cancelled.
            "2024-01-05" => {
                let id = town.book(mette, &citizens["Bo"], &netto, ("2024-02-01", "2024-04-07"), None).await;
                town.confirm(mette, &id, &["consultant"]).await;
                stays.insert("Bo 1", id);
            }
            "2024-02-06" => {
                town.act(mette, &stays["Bo 1"], "cancellation", json!({"reason": "Virksomheden svarer ikke."})).await;
            }
            // Clara: a series of three and a fourth; an expired link; a new address.
            "2024-01-08" => {
                let id = town.book(jonas, &citizens["Clara"], &netto, ("2024-01-08", "2024-02-04"), None).await;
                town.begin(jonas, &id, &netto).await;
                stays.insert("Clara 1", id);
            }
            "2024-02-04" => {
                town.act(jonas, &stays["Clara 1"], "next-step", json!({"next_step": "Et andet sted."})).await;
            }
            "2024-02-05" => {
                town.act(jonas, &stays["Clara 1"], "end", json!({"outcome": "no-job"})).await;
                let id = town.book(jonas, &citizens["Clara"], &fakta, ("2024-03-04", "2024-03-31"), None).await;
                town.confirm(jonas, &id, &["consultant", "company"]).await;
                town.papers(jonas, &id, &fakta).await;
                stays.insert("Clara 2", id);
            }
            "2024-02-21" => {
                let at = format!("/citizens/{}", citizens["Clara"]);
                let seen = jonas.caller.get(&at).await.body;
                let body = json!({"name": "Clara", "email": "clara@nyt.example", "target_group": "3", "goals": seen["goals"], "consultant": jonas.id});
                jonas.caller.change(Method::PUT, &at, &at, body).await;
                let link = format!("/api/v1{}", link(&house, "clara@post.example", "Læs og sig ja"));
                assert_eq!(nobody.get(&link).await.body["expired"], true);
                let answer = nobody.send(Method::POST, &format!("{link}/renewal"), None, None).await;
                assert_eq!(answer.status, 200);
            }
            "2024-02-29" => {
                let link = format!("/api/v1{}", link(&house, "clara@nyt.example", "sig ja"));
                let seen = nobody.get(&link).await.body;
                let body = json!({"hash": seen["version"]["hash"], "agreed_accommodations": []});
                nobody.post(&format!("{link}/confirmation"), body).await;
            }
            "2024-03-05" => {
                town.act(jonas, &stays["Clara 2"], "start", json!({})).await;
            }
            "2024-03-31" => {
                town.act(jonas, &stays["Clara 2"], "end", json!({"outcome": "no-job"})).await;
            }
            "2024-04-15" => {
                let id = town.book(jonas, &citizens["Clara"], &irma, ("2024-04-15", "2024-05-12"), None).await;
                town.begin(jonas, &id, &irma).await;
                stays.insert("Clara 3", id);
            }
            "2024-04-17" => {
                handle(
                    &town,
                    &jonas.caller,
                    &citizens["Clara"],
                    "internship-series",
                    "acknowledgement",
                    json!({"reason": "Vi holder møde om det."}),
                )
                .await
            }
            "2024-05-13" => {
                town.act(jonas, &stays["Clara 3"], "end", json!({"outcome": "broken-off", "by": "citizen"})).await;
            }
            "2024-09-02" => {
                let id = town.book(jonas, &citizens["Clara"], &brugsen, ("2024-09-02", "2024-09-29"), None).await;
                town.begin(jonas, &id, &brugsen).await;
                stays.insert("Clara 4", id);
            }
            "2024-09-27" => {
                let body = json!({"outcome": "flex-job", "first_day": "2024-10-01", "weekly_hours": 12});
                town.act(jonas, &stays["Clara 4"], "end", body).await;
            }
            // David: the company does not answer, and nobody plans.
            "2024-01-15" => {
                let id = town.book(mette, &citizens["David"], &irma, ("2024-01-15", "2024-04-14"), Some("2024-03-29")).await;
                town.begin(mette, &id, &irma).await;
                stays.insert("David 1", id);
            }
            "2024-04-08" => {
                handle(
                    &town,
                    &tove.caller,
                    &citizens["David"],
                    "decision-due",
                    "acknowledgement",
                    json!({"reason": "Jeg ringer selv."}),
                )
                .await
            }
            "2024-04-19" => {
                town.act(mette, &stays["David 1"], "end", json!({"outcome": "no-job", "last_day": "2024-04-14"})).await;
            }
            // Eva: more time; the date passes and is replaced by an extension; no.
            "2024-08-05" => {
                let id = town.book(jonas, &citizens["Eva"], &netto, ("2024-08-05", "2024-11-03"), Some("2024-10-07")).await;
                town.begin(jonas, &id, &netto).await;
                stays.insert("Eva 1", id);
            }
            "2024-10-05" => {
                let body = json!({"answer": "more-time", "words": "Chefen er på ferie.", "via": "telephone"});
                jonas.caller.post(&format!("/internships/{}/answers", stays["Eva 1"]), body).await;
            }
            "2024-10-14" => {
                let body = json!({"to": "2024-12-01", "reason": "Chefen er på ferie.", "hiring_decision_on": "2024-11-18"});
                town.act(jonas, &stays["Eva 1"], "extensions", body).await;
            }
            "2024-10-16" => town.confirm(jonas, &stays["Eva 1"], &["citizen", "consultant", "company"]).await,
            "2024-11-18" => {
                let link = link(&house, "butik@netto.example", "ansætte");
                nobody.post(&format!("/api/v1{link}/answer"), json!({"answer": "no"})).await;
            }
            "2024-11-19" => {
                town.act(jonas, &stays["Eva 1"], "next-step", json!({"next_step": "Kursus i januar."})).await;
            }
            "2024-12-02" => {
                town.act(jonas, &stays["Eva 1"], "end", json!({"outcome": "no-job"})).await;
            }
            // Frank: a wage subsidy that ends without a plan; snoozed; a job at last.
            "2024-02-12" => {
                let id = town.book(jonas, &citizens["Frank"], &fakta, ("2024-02-12", "2024-03-31"), None).await;
                town.begin(jonas, &id, &fakta).await;
                stays.insert("Frank 1", id);
            }
            "2024-03-28" => {
                let body = json!({"outcome": "wage-subsidy", "first_day": "2024-04-01", "weekly_hours": 30});
                town.act(jonas, &stays["Frank 1"], "end", body).await;
            }
            "2024-09-18" => {
                handle(
                    &town,
                    &jonas.caller,
                    &citizens["Frank"],
                    "ends-without-plan",
                    "snooze",
                    json!({"until": "2024-10-06", "reason": "Møde den 4. oktober."}),
                )
                .await
            }
            "2024-10-10" => {
                let body = json!({"outcome": "ordinary-full-time", "first_day": "2024-10-14", "weekly_hours": 37});
                jonas.caller.post(&format!("/internships/{}/outcomes", stays["Frank 1"]), body).await;
            }
            _ => {}
        }
        house.turn_to(local(day, 18));
        house.tick().await;
        house.deliver().await;
        day = day.succ_opt().unwrap();
    }

    let mut names = Names::default();
    for (person, name) in [
        (mette, "Mette (consultant)"),
        (jonas, "Jonas (consultant)"),
        (&town.lise, "Lise (liaison)"),
        (tove, "Tove (team leader)"),
    ] {
        names.name(&person.email, name);
    }
    names.name("team-leader@101.example", "the other team leader");
    for (place, workplace) in &places {
        names.name(format!("butik@{}.example", place.to_lowercase()), &format!("{place} (contact)"));
        names.name(&workplace.id, place);
    }
    for (name, id) in &citizens {
        names.name(text(&mette.caller.get(&format!("/citizens/{id}")).await.body["reference"]), name);
        names.name(id, name);
        names.name(format!("{}@post.example", name.to_lowercase()), &format!("{name} (citizen)"));
    }
    names.name("clara@nyt.example", "Clara (citizen, new address)");
    for (name, id) in &stays {
        let view = mette.caller.get(&format!("/internships/{id}")).await.body;
        names.name(text(&view["reference"]), name);
        names.name(id, name);
        for outcome in view["outcomes"].as_array().unwrap() {
            names.name(text(&outcome["id"]), &format!("{name} → {}", text(&outcome["step"])));
        }
    }
    let told = story(&town, &names).await;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("year", told));
}

/// Acknowledges or snoozes the standing flag of a rule.
async fn handle(town: &Town, who: &Caller, citizen: &str, rule: &str, what: &str, body: Value) {
    let flags = town.flags(citizen).await;
    let flag = flags.iter().find(|flag| flag["rule"] == rule && flag["gone"].is_null()).unwrap();
    let at = format!("/flags/{}", text(&flag["id"]));
    who.change(Method::POST, &at, &format!("{at}/{what}"), body).await;
}

/// Every flag and every letter, day by day.
async fn story(town: &Town, names: &Names) -> String {
    let mut days: BTreeMap<String, (Vec<String>, Vec<String>)> = BTreeMap::new();
    let mut in_letter: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in town.tove.caller.all("/flags?limit=200").await {
        let flag = town.tove.caller.get(&format!("/flags/{}", text(&line["id"]))).await.body;
        let (rule, subject) = (text(&flag["rule"]), names.in_text(&text(&flag["subject"])));
        let subject =
            subject.replace("citizen-at:", "").replace("internship:", "").replace("citizen:", "").replace("outcome:", "");
        for event in flag["history"].as_array().unwrap() {
            let by = event["reason"].as_str().map(|reason| format!(" – {reason}")).unwrap_or_default();
            let line = format!("  flag {rule} · {subject}: {} {}{by}", text(&event["what"]), text(&event["level"]));
            days.entry(text(&event["on"])).or_default().0.push(line);
        }
        for told in flag["told"].as_array().unwrap() {
            let letter = told["letter"].as_str().unwrap_or("none");
            let what = format!("{rule} {} ({}, {subject})", text(&told["level"]), text(&told["what"]));
            in_letter.entry(letter.to_owned()).or_default().push(what);
        }
    }
    for letter in town.letters(None).await {
        let mut flags = in_letter.remove(&text(&letter["id"])).unwrap_or_default();
        flags.sort();
        let at = letter["sent_at"].as_str().map_or_else(
            || text(&letter["state"]),
            |at| {
                let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
                let at = at.with_timezone(&chrono_tz::Europe::Copenhagen);
                if at.date_naive().to_string() == text(&letter["queued_on"]) {
                    at.format("%H:%M").to_string()
                } else {
                    at.format("%F %H:%M").to_string()
                }
            },
        );
        let subject = names.in_text(&text(&letter["subject"]));
        let mut line = format!("  {at} {} → {}: {subject}", text(&letter["kind"]), names.of(&text(&letter["recipient"])));
        for flag in flags {
            line.push_str(&format!("\n        {flag}"));
        }
        days.entry(text(&letter["queued_on"])).or_default().1.push(line);
    }
    for (letter, flags) in in_letter {
        days.entry("never written".into()).or_default().0.extend(flags.iter().map(|flag| format!("  {letter}: {flag}")));
    }
    let mut out = String::new();
    for (day, (mut flags, mut letters)) in days {
        flags.sort();
        letters.sort();
        out.push_str(&format!("{day}\n"));
        for line in flags.into_iter().chain(letters) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}
