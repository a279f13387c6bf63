//! A course from booking to hire in a real browser. Citizens and companies come through their letters, which a real mail server
//! received, and press what the pages offer; so does the consultant with the company's answer, and uses the API otherwise, as the team
//! leader does. Eight pairs of citizen and company walk it side by side, each on a screen of their own: large or small, with scripts or
//! without, with a pointer or with the keyboard alone.
//!
//! Every state of a page on the way is inspected in both languages, light and dark, on both screens: no violation of WCAG 2.1 AA that
//! axe-core finds, nothing cut off at 320 pixels or with text twice as large, nothing fetched from elsewhere, no error in the console.
//! After each delivery a scanner opens every link of every letter twice, and one letter of each kind is inspected, light and dark.

use crate::{
    harness::{
        House, PASSWORD, Stay, Value, address, browser::Browser, day, extension_decision, json, later, real::Smtp, recruitment,
    },
    openings::offered,
};
use reqwest::Method;
use rettematch::{
    domain::people::access::Role,
    settings::{Settings, Tls},
};
use std::collections::BTreeSet;

/// How somebody uses the pages.
#[derive(Clone, Copy, Debug)]
struct Way {
    small: bool,
    scripts: bool,
    keyboard: bool,
}

impl Way {
    /// Every combination.
    fn all() -> Vec<Self> {
        (0..8).map(|bits| Self { small: bits & 1 != 0, scripts: bits & 2 != 0, keyboard: bits & 4 != 0 }).collect()
    }

    // Language and colours are spread over them: each meets each screen, with scripts and without.
    fn english(self) -> bool {
        self.small != self.keyboard
    }

    fn look(self) -> Value {
        json!({
            "screen": if self.small { "small" } else { "large" },
            "lang": self.word("da", "en"),
            "scheme": if self.scripts == self.small { "dark" } else { "light" },
            "scripts": self.scripts,
            "keyboard": self.keyboard,
        })
    }

    fn word<'w>(self, da: &'w str, en: &'w str) -> &'w str {
        if self.english() { en } else { da }
    }
}

/// The pages as a story goes through them.
struct Story {
    house: House,
    smtp: Smtp,
    browser: Browser,
    scanned: usize,
    /// Whether states and letters are inspected.
    inspects: bool,
    /// The kinds of letters that were looked at.
    kinds: BTreeSet<String>,
}

/// Letters of one kind begin their subject with the same letters.
const KIND: usize = 14;

impl Story {
    async fn open(mail: &std::path::Path, inspects: bool) -> Self {
        Self::open_with(mail, inspects, |_| {}).await
    }

    async fn open_with(mail: &std::path::Path, inspects: bool, change: impl FnOnce(&mut Settings)) -> Self {
        let smtp = Smtp::start(mail, &[]);
        let port = smtp.port;
        let house = House::open_with(|settings| {
            settings.mail.host = "127.0.0.1".into();
            settings.mail.port = port;
            settings.mail.tls = Tls::NoneLoopback;
            change(settings);
        })
        .await;
        let browser = Browser::start(&house.base);
        Self { house, smtp, browser, scanned: 0, inspects, kinds: BTreeSet::new() }
    }

    /// A booking with everything that an agreement can say.
    async fn booked(&self) -> Stay {
        let (citizen, company) = (self.house.citizen().await, self.house.company().await);
        let needs =
            json!({"needs": [{"kind": "Slidgigt", "function": "Ingen tunge løft over 10 kilo", "rules_out": ["heavy lifting"]}]});
        let needs = self.house.here.consultant.replace(&format!("/citizens/{}/needs", citizen.0), needs).await.ok();
        let mut body = self.house.booking(&citizen.0, &company, "2026-01-19");
        body["purpose"] = recruitment("2026-04-03");
        body["accommodations"] =
            json!({"items": [{"function": "Ingen tunge løft over 10 kilo", "need": needs["needs"][0]["id"]}]});
        self.house.book(&citizen, &company, body).await
    }

    /// What falls due today is written and sent, and a scanner opens all of it.
    async fn deliver(&mut self) {
        self.house.tick().await;
        self.house.deliver().await;
        let mail = self.smtp.mail();
        let before = self.house.dump();
        for letter in &mail[self.scanned..] {
            assert_eq!(letter["defects"], json!([]), "{letter:#}");
            let kind: String = text(&letter["subject"]).chars().take(KIND).collect();
            if self.inspects && self.kinds.insert(kind.clone()) {
                let order = json!({"do": "letter", "name": format!("letter-{}", self.kinds.len()), "html": letter["html"]});
                assert_eq!(self.browser.ask(&order)["looks"], 2, "{kind}, light and dark");
            }
            for path in self.links(letter) {
                for method in [Method::GET, Method::HEAD, Method::GET, Method::HEAD] {
                    let seen = self.house.nobody.send(self.house.nobody.browse(method.clone(), &path)).await;
                    // Whoever works here is to sign in first; a party's link shows its page.
                    let expected = if path.starts_with("/l/") { seen.status == 200 } else { seen.status < 500 };
                    assert!(expected, "{method} {path}: {}", seen.status);
                }
            }
        }
        assert_eq!(self.house.dump(), before, "opening the links of letters changed something");
        assert!(mail.len() > self.scanned, "a delivery without a letter");
        self.scanned = mail.len();
    }

    /// The paths of all addresses in both parts of a letter, with what follows the path.
    fn links(&self, letter: &Value) -> BTreeSet<String> {
        let text = format!("{}\n{}", text(&letter["text"]), text(&letter["html"]).replace("&amp;", "&"));
        let after = text.split(&self.house.base).skip(1);
        after.map(|rest| rest.chars().take_while(|c| !c.is_whitespace() && !"\"<>".contains(*c)).collect()).collect()
    }

    /// The latest letter to an address with a button, as HTML.
    fn letter_to(&self, address: &str, button: &str) -> String {
        let mail = self.smtp.mail();
        let to_them = |letter: &&Value| letter["rcpt"] == address && text(&letter["html"]).contains(&format!(">{button}</a>"));
        let letter = mail.iter().rfind(to_them).unwrap_or_else(|| panic!("no letter to {address} with {button}"));
        text(&letter["html"]).to_owned()
    }

    /// The path of the one-time link in the latest letter with one.
    fn link_to(&self, address: &str) -> String {
        let mail = self.smtp.mail();
        let to_them = |letter: &&Value| letter["rcpt"] == address && text(&letter["html"]).contains("/l/");
        let html = text(&mail.iter().rfind(to_them).unwrap_or_else(|| panic!("no letter to {address}"))["html"]);
        let at = html.find("/l/").unwrap();
        html[at..].chars().take_while(|c| !"\"?".contains(*c)).collect()
    }

    /// Somebody opens their letter, follows a button in it, and does something on the page; it then says the words.
    fn act(&mut self, way: Way, address: &str, follow: (&str, &str), steps: &[Value], says: (&str, &str)) {
        let follow = way.word(follow.0, follow.1);
        let letter = self.letter_to(address, follow);
        let order = json!({"do": "act", "look": way.look(), "letter": letter, "follow": follow, "steps": steps});
        let seen = self.browser.ask(&order);
        let said = way.word(says.0, says.1);
        assert!(text(&seen["text"]).contains(said), "{way:?}: {said} is not said in {}", text(&seen["text"]));
    }

    /// A state of a page in every look; looking changes nothing.
    fn inspect(&mut self, name: &str, path: &str, state: &State) {
        if !self.inspects {
            return;
        }
        let before = self.house.dump();
        let order = json!({
            "do": "inspect", "name": name, "path": path, "status": state.status,
            "steps": {"da": state.steps.iter().map(|step| step.0.clone()).collect::<Vec<_>>(),
                      "en": state.steps.iter().map(|step| step.1.clone()).collect::<Vec<_>>()},
            "says": {"da": state.says.0, "en": state.says.1},
        });
        assert_eq!(self.browser.ask(&order)["looks"], 8, "two languages, two schemes, two screens");
        assert_eq!(self.house.dump(), before, "looking at {name} changed something");
    }

    /// The citizen of each pair says yes to what the letter leads to.
    fn citizens_agree(&mut self, pairs: &[(Way, Stay)]) {
        for (way, stay) in pairs {
            let yes = [json!(["press", way.word("Ja, jeg er enig", "Yes, I agree")])];
            self.act(*way, &stay.citizen_email, READ, &yes, ("Du sagde ja den ", "You agreed on "));
        }
    }

    /// So does the company.
    fn companies_agree(&mut self, pairs: &[(Way, Stay)], asks_conditions: bool) {
        for (way, stay) in pairs {
            let met = asks_conditions.then(|| json!(["press", way.word("Ja", "Yes")]));
            let yes = json!(["press", way.word("Ja, vi er enige", "Yes, we agree")]);
            let yes: Vec<_> = met.into_iter().chain([yes]).collect();
            self.act(*way, &stay.company.contact_email, READ, &yes, ("I sagde ja den ", "You agreed on "));
        }
    }
}

const READ: (&str, &str) = ("Læs aftalen", "Read the agreement");

/// What a page is to be when it is inspected.
#[derive(Default)]
struct State {
    status: u16,
    /// What is done first, in Danish and in English.
    steps: Vec<(Value, Value)>,
    says: (&'static str, &'static str),
}

fn shows(da: &'static str, en: &'static str) -> State {
    State { status: 200, steps: Vec::new(), says: (da, en) }
}

/// What somebody who works here does where a page asks who they are.
fn sign_in(email: &str) -> [(Value, Value); 3] {
    let both = |step: Value| (step.clone(), step);
    [
        both(json!(["fill", "E-mail", email])),
        (json!(["fill", "Adgangskode", PASSWORD]), json!(["fill", "Password", PASSWORD])),
        (json!(["press", "Log ind"]), json!(["press", "Sign in"])),
    ]
}

/// A page of somebody who works here, as it is after they have signed in and done something there.
fn work(role: Role, does: &[(Value, Value)], status: u16, da: &'static str, en: &'static str) -> State {
    let steps = sign_in(&address(role, "101")).into_iter().chain(does.iter().cloned()).collect();
    State { status, steps, says: (da, en) }
}

/// Something that is pressed.
fn press(da: &str, en: &str) -> (Value, Value) {
    (json!(["press", da]), json!(["press", en]))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

#[tokio::test]
async fn a_course_is_walked_from_booking_to_hire_on_every_kind_of_screen() {
    walk(Way::all(), false).await;
}

#[tokio::test]
async fn every_page_and_letter_on_the_way_from_booking_to_hire_can_be_read_by_anybody() {
    walk(vec![Way { small: true, scripts: true, keyboard: false }], true).await;
}

/// Side by side, a pair of citizen and company for each way.
async fn walk(ways: Vec<Way>, inspects: bool) {
    let mail = tempfile::tempdir().unwrap();
    let mut story = Story::open(mail.path(), inspects).await;
    let mut pairs = Vec::new();
    for way in ways {
        pairs.push((way, story.booked().await));
    }
    story.deliver().await;
    story.inspect("home", "/", &shows("Har du fået et brev fra os?", "Have you received a letter from us?"));
    let first = pairs[0].1.clone();
    let citizen = story.link_to(&first.citizen_email);
    story.inspect("agreement-citizen", &citizen, &shows("Ja, jeg er enig", "Yes, I agree"));
    story.inspect(
        "course",
        &format!("{citizen}/course"),
        &shows("Jeg vil arbejde på et kontor.", "Jeg vil arbejde på et kontor."),
    );
    let empty = State {
        status: 422,
        steps: vec![
            (json!(["press", "Jeg vil have noget ændret"]), json!(["press", "I want something changed"])),
            (json!(["press", "timerne"]), json!(["press", "the hours"])),
            (json!(["press", "Send ønsket"]), json!(["press", "Send the wish"])),
        ],
        says: ("Det blev ikke gemt", "It was not saved"),
    };
    story.inspect("agreement-fault", &citizen, &empty);

    story.citizens_agree(&pairs);
    let asked = json!({"given_by": "unit", "name": "Tove Lund"});
    for (number, (_, stay)) in pairs.iter().enumerate() {
        let mut asked = asked.clone();
        asked["email"] = json!(format!("tove{number}@fagforening.example"));
        story.house.here.consultant.change(&stay.at("representative-statement/request"), asked).await.ok();
    }
    // The company hears of the accommodations once the citizen has agreed to them.
    story.deliver().await;
    let company = story.link_to(&first.company.contact_email);
    story.inspect("agreement-company", &company, &shows("Ja, vi er enige", "Yes, we agree"));
    let unanswered = State {
        status: 422,
        steps: vec![(json!(["press", "Ja, vi er enige"]), json!(["press", "Yes, we agree"]))],
        says: ("Svar på, om betingelserne er opfyldt", "Answer whether the conditions are met"),
    };
    story.inspect("agreement-company-fault", &company, &unanswered);
    story.companies_agree(&pairs, true);
    let statement = story.link_to("tove0@fagforening.example");
    story.inspect("statement", &statement, &shows("Er betingelserne opfyldt?", "Are the conditions met?"));
    let silent = State {
        status: 422,
        steps: vec![
            (json!(["press", "Nej"]), json!(["press", "No"])),
            (json!(["press", "Send svar"]), json!(["press", "Send answer"])),
        ],
        says: ("Skriv, hvad der ikke er opfyldt", "Write what is not met"),
    };
    story.inspect("statement-fault", &statement, &silent);
    for (number, (way, stay)) in pairs.iter().enumerate() {
        let steps = [json!(["press", way.word("Ja", "Yes")]), json!(["press", way.word("Send svar", "Send answer")])];
        let says = ("at betingelserne er opfyldt", "that the conditions are met");
        story.act(*way, &format!("tove{number}@fagforening.example"), ("Læs og svar", "Read and answer"), &steps, says);
        assert_eq!(story.house.see(stay).await["statement"]["via"], "link");
    }
    story.inspect("stated", &statement, &shows("Du svarede den", "You answered on"));
    let house = &story.house;
    for (_, stay) in &pairs {
        house.confirm(stay, "consultant").await.ok();
        house.papers(stay).await;
        let parties = house.see(stay).await["versions"][0]["confirmations"].as_array().unwrap().len();
        assert_eq!(parties, 3, "all three have confirmed");
    }
    story.inspect("agreed-citizen", &format!("{citizen}?done=confirmed"), &shows("Aftalen gælder", "The agreement holds"));
    story.inspect("agreed-company", &company, &shows("Aftalen gælder", "The agreement holds"));
    let mentor = json!({"mentor": "Bente Holm", "mentor_email": "bente@nabo.example"});
    let (consultant, record) = (&story.house.here.consultant, format!("/citizens/{}", first.citizen));
    consultant.change_from(Method::PATCH, &record, &consultant.etag(&record).await, mentor).await.ok();
    story.deliver().await;
    let mentor = story.link_to("bente@nabo.example");
    story.inspect("mentor", &mentor, &shows("Her mødes vi", "When we meet"));

    let house = &story.house;
    house.turn("2026-01-19");
    for (_, stay) in &pairs {
        house.here.consultant.change(&stay.at("start"), json!({})).await.ok();
    }
    story.deliver().await;
    story.house.turn("2026-01-21");
    story.deliver().await;
    let (asked, theirs) = (story.link_to(&first.citizen_email), story.link_to(&first.company.contact_email));
    story.inspect("questions-citizen", &asked, &shows("Hvor meget bliver du hørt?", "How far are you heard?"));
    story.inspect("questions-company", &theirs, &shows("Hvad siger kollegerne?", "What do the colleagues say?"));
    let nothing = State {
        status: 422,
        steps: vec![(json!(["press", "Send"]), json!(["press", "Send"]))],
        says: ("Skriv noget, eller svar på et af spørgsmålene.", "Write something, or answer one of the questions."),
    };
    story.inspect("questions-fault", &asked, &nothing);
    for (way, stay) in &pairs {
        let write = ("Skriv dit svar", "Write your answer");
        let steps = [
            json!(["fill", way.word("Hvordan går det i praktikken?", "How is the internship going?"), "Det går godt."]),
            json!(["fill", way.word("tror du på, at du kan få et job?", "that you can get a job?"), "7"]),
            json!(["press", way.word("Send", "Send")]),
        ];
        story.act(*way, &stay.citizen_email, write, &steps, ("Tak.", "Thank you."));
    }
    story.inspect("written", &asked, &shows("Det skrev du den 21. januar 2026", "What you wrote on 21 January 2026"));
    story.house.turn("2026-01-23");
    for (_, stay) in &pairs {
        let held = json!({"phase": "progression", "citizen_words": "Det går godt.", "contact_person_there": true});
        story.house.here.consultant.post(&stay.at("follow-ups"), held).await.ok();
    }

    story.house.turn("2026-03-16");
    for (_, stay) in &pairs {
        let body = json!({
            "to": "2026-05-10", "reason": "Han mangler at lære arkivet.", "hiring_decision_on": "2026-05-08",
            "decision": extension_decision(),
        });
        story.house.here.consultant.change(&stay.at("extensions"), body).await.ok();
    }
    story.deliver().await;
    let (citizen, company) = (story.link_to(&first.citizen_email), story.link_to(&first.company.contact_email));
    let why = ("Derfor foreslår vi en forlængelse", "Why we propose an extension");
    story.inspect("extension-citizen", &citizen, &shows(why.0, why.1));
    story.inspect("extension-company", &company, &shows("Nyt", "New"));
    story.citizens_agree(&pairs);
    story.companies_agree(&pairs, false);
    for (_, stay) in &pairs {
        story.house.confirm(stay, "consultant").await.ok();
        assert_eq!(story.house.see(stay).await["last_day"], "2026-05-10", "extended once all three have confirmed");
    }

    story.house.turn("2026-04-24");
    story.deliver().await;
    let question = story.link_to(&first.company.contact_email);
    story.inspect("answer", &format!("{question}?answer=more-time"), &shows("Kan I ansætte Bo?", "Can you hire Bo?"));
    let no_reason = State {
        status: 422,
        steps: vec![
            (json!(["press", "Vi har brug for mere tid"]), json!(["press", "We need more time"])),
            (json!(["press", "Send svar"]), json!(["press", "Send answer"])),
        ],
        says: ("Skriv, hvorfor", "Write why"),
    };
    story.inspect("answer-fault", &question, &no_reason);
    for (way, stay) in &pairs {
        let steps = [
            json!(["press", way.word("Vi ansætter", "We hire")]),
            json!(["fill", way.word("fra hvilken dag?", "from which day?"), "2026-05-11"]),
            json!(["fill", way.word("hvor mange timer om ugen?", "how many hours a week?"), "20"]),
            json!(["fill", way.word("Med jeres egne ord", "In your own words"), "Bo kan det hele."]),
            json!(["press", way.word("Send svar", "Send answer")]),
        ];
        let hire = ("Vi ansætter", "We hire");
        story.act(*way, &stay.company.contact_email, hire, &steps, ("Tak for svaret", "Thank you for the answer"));
        let answer = story.house.see(stay).await["answers"][0].clone();
        let said = [&answer["answer"], &answer["first_day"], &answer["weekly_hours"], &answer["words"]];
        assert_eq!(json!(said), json!(["hire", "2026-05-11", 20.0, "Bo kan det hele."]), "{way:?}");
    }
    story.inspect("answered", &question, &shows("I svarede den 24. april 2026", "You answered on "));
    story.deliver().await;
    let consultant = address(Role::Consultant, "101");
    for (way, _) in &pairs {
        let see = ("Se svaret", "See the answer");
        let steps = sign_in(&consultant).map(|step| if way.english() { step.1 } else { step.0 });
        story.act(*way, &consultant, see, &steps, ("Det har virksomheden sagt", "What the company has said"));
    }
    let seen = State { steps: sign_in(&consultant).to_vec(), ..shows("»Bo kan det hele.«", "»Bo kan det hele.«") };
    story.inspect("internship", &first.path(), &seen);
    let flags = story.house.here.consultant.get("/flags?standing=true").await.ok();
    let flag = format!("/flags/{}", text(&flags["items"][0]["id"]));
    let seen = State { steps: sign_in(&consultant).to_vec(), ..shows("Næste skridt", "Next step") };
    story.inspect("flag", &flag, &seen);

    story.house.turn("2026-05-08");
    for (_, stay) in &pairs {
        let job = json!({"outcome": "ordinary-part-time", "first_day": "2026-05-11", "weekly_hours": 20});
        let ended = story.house.here.consultant.change(&stay.at("end"), job).await.ok();
        assert_eq!(ended["outcomes"][0]["step"], "ordinary-part-time", "{ended:#}");
    }
    story.deliver().await;
    let over = ("Der skal ikke svares mere", "No answer is needed any more");
    story.inspect("over", &citizen, &shows(over.0, over.1));
    for (_, stay) in &pairs {
        let seen = story.house.here.team_leader.get(&stay.path()).await.ok();
        assert_eq!(
            (&seen["state"], &seen["answers"][0]["answer"]),
            (&json!("ended"), &json!("hire")),
            "as the team leader sees it"
        );
    }
}

#[tokio::test]
async fn what_is_objected_changed_replaced_expired_or_cancelled_is_a_page_that_anybody_can_read() {
    let mail = tempfile::tempdir().unwrap();
    let mut story = Story::open(mail.path(), true).await;
    let stay = story.booked().await;
    story.deliver().await;
    let page = story.link_to(&stay.citizen_email);
    let nowhere = ("Siden findes ikke", "There is no such page");
    let nothing = State { status: 404, ..shows(nowhere.0, nowhere.1) };
    story.inspect("not-found", &format!("/l/{}", "A".repeat(43)), &nothing);
    story.inspect("sign-in", "/sign-in", &shows("Adgangskode", "Password"));
    let empty = State {
        status: 422,
        steps: vec![(json!(["press", "Log ind"]), json!(["press", "Sign in"]))],
        says: ("passer ikke sammen", "do not fit"),
    };
    story.inspect("sign-in-fault", "/sign-in", &empty);

    let way = Way { small: true, scripts: false, keyboard: true };
    let steps = [
        json!(["press", way.word("Jeg er ikke enig i aftalen", "I object to the agreement")]),
        json!(["fill", way.word("Hvad er du ikke enig i?", "What do you not agree with?"), "Jeg kan ikke møde kl. 7."]),
        json!(["press", way.word("Send indsigelsen", "Send the objection")]),
    ];
    let read = ("Læs aftalen", "Read the agreement");
    story.act(way, &stay.citizen_email, read, &steps, ("Tak. Vi har modtaget det", "Thank you. We have received"));
    let objections = story.house.see(&stay).await["versions"][0]["objections"].clone();
    assert_eq!(objections[0]["words"], "Jeg kan ikke møde kl. 7.");
    let received = ("Tak. Vi har modtaget det", "Thank you. We have received");
    story.inspect("objected", &format!("{page}?done=objected"), &shows(received.0, received.1));
    story.inspect("objected-again", &page, &shows("Vi har noteret", "We have noted"));

    let fewer = json!({"hours": [{"from": stay.first_day, "weekly_hours": 12}]});
    story.house.here.consultant.change(&stay.at("versions"), fewer).await.ok();
    story.deliver().await;
    let gone = ("Linket virker ikke længere", "The link no longer works");
    story.inspect("replaced", &page, &shows(gone.0, gone.1));
    let newer = story.link_to(&stay.citizen_email);
    story.inspect("changed", &newer, &shows("12 timer om ugen", "12 hours a week"));

    story.house.turn(&later(&stay.first_day, 30));
    assert!(story.house.today() > day("2026-02-10"));
    story.inspect("expired", &newer, &shows(gone.0, gone.1));
    // The letter is old by now; its button still leads to a way on.
    let way = Way { small: true, scripts: true, keyboard: false };
    let renew = [json!(["press", way.word("Send mig et nyt link", "Send me a new link")])];
    let sending = ("Vi sender et nyt link", "We are sending a new link");
    story.act(way, &stay.citizen_email, read, &renew, sending);
    story.inspect("renewed", &format!("{newer}?done=renewed"), &shows(sending.0, sending.1));
    story.deliver().await;
    let renewed = story.link_to(&stay.citizen_email);
    assert_ne!(renewed, newer);
    story.inspect("works-again", &renewed, &shows("Ja, jeg er enig", "Yes, I agree"));

    story.house.here.consultant.change(&stay.at("cancellation"), json!({"reason": "Fortroligt"})).await.ok();
    story.deliver().await;
    let over = ("Der skal ikke svares mere", "No answer is needed any more");
    story.inspect("cancelled", &renewed, &shows(over.0, over.1));
}

#[tokio::test]
async fn what_those_who_work_here_are_asked_can_be_read_and_answered_by_anybody() {
    use Role::{Consultant, Liaison, TeamLeader};
    let mail = tempfile::tempdir().unwrap();
    let mut story = Story::open(mail.path(), true).await;
    let stay = story.booked().await;
    story.house.confirm_all(&stay).await;
    story.house.papers(&stay).await;
    story.house.turn(&stay.first_day);
    story.house.here.consultant.change(&stay.at("start"), json!({})).await.ok();

    // Two questions: the one is granted, the other refused, each on its page.
    let mut questions = Vec::new();
    for (weeks, reasons) in [(4, "Bo lærer arkivet. Virksomheden har givet et tilsagn."), (8, "Det er en god plads.")] {
        let asking = json!({"what": "extension", "day": later(&stay.last_day, 7 * weeks), "reasons": reasons});
        let asked = story.house.here.consultant.post(&stay.at("approval-requests"), asking).await.ok();
        questions.push(format!("/approvals/{}", text(&asked["id"])));
        if weeks == 4 {
            story.deliver().await;
            let page = questions[0].clone();
            let asks = ("Din godkendelse mangler", "Your approval is needed");
            story.inspect("approval", &page, &work(TeamLeader, &[], 200, asks.0, asks.1));
            let empty = work(TeamLeader, &[press("Godkend", "Approve")], 422, "Skal udfyldes.", "Is required.");
            story.inspect("approval-fault", &page, &empty);
            story.inspect("approval-asked", &page, &work(Consultant, &[], 200, "Du har spurgt", "You have asked"));
            story.inspect("approval-forbidden", &page, &work(Liaison, &[], 403, "Spørg din teamleder", "Ask your team leader"));
            story.inspect(
                "internship-waits",
                &stay.path(),
                &work(Consultant, &[], 200, "Venter på godkendelse", "Waits for approval"),
            );
        } else {
            story.deliver().await;
        }
        let way = Way { small: true, scripts: weeks == 4, keyboard: weeks == 4 };
        let granted = weeks == 4;
        let mut steps = sign_in(&address(TeamLeader, "101")).map(|step| if way.english() { step.1 } else { step.0 }).to_vec();
        steps.push(json!(["fill", way.word("Din begrundelse", "Your reasons"), "Vi har talt om det."]));
        let answer = if granted { ("Godkend", "Approve") } else { ("Godkend ikke", "Do not approve") };
        steps.push(json!(["press", way.word(answer.0, answer.1)]));
        let said = if granted { ("Godkendt af", "Approved by") } else { ("Ikke godkendt af", "Not approved by") };
        story.act(way, &address(TeamLeader, "101"), ("Læs og svar", "Read and answer"), &steps, said);
        let seen = story.house.here.consultant.get(&format!("/approval-requests/{}", text(&asked["id"]))).await.ok();
        assert_eq!(seen["granted"], granted);
    }
    story.inspect("approval-granted", &questions[0], &work(Consultant, &[], 200, "Godkendt af", "Approved by"));
    story.inspect("approval-refused", &questions[1], &work(Consultant, &[], 200, "Ikke godkendt af", "Not approved by"));
    story.inspect("no-such-page", "/approvals/none", &work(Consultant, &[], 404, "Adressen er forkert", "The address is wrong"));

    let opening = format!("/openings/{}", offered(&story.house, &stay.company, |_| {}).await);
    let renew = press("Ja, forny åbningen", "Yes, renew the opening");
    story.inspect("opening", &opening, &work(Liaison, &[renew], 200, "Gælder til og med", "Stands until"));
    let close = [press("Nej, luk åbningen", "No, close the opening"), press("Luk", "Close")];
    story.inspect("opening-fault", &opening, &work(Liaison, &close, 422, "Skal udfyldes.", "Is required."));
    let who = ("En virksomhedskonsulent eller", "An employer liaison or");
    story.inspect("opening-read", &opening, &work(Consultant, &[], 200, who.0, who.1));
    story.house.here.liaison.change(&format!("{opening}/closure"), json!({"reason": "Stillingen er besat."})).await.ok();
    story.inspect("opening-closed", &opening, &work(Liaison, &[], 200, "blev lukket", "was closed"));

    let consultant = &story.house.here.consultant;
    let open = consultant.get(&format!("/follow-ups?internship={}&open=true", stay.id)).await.ok();
    let [first, second] = [0, 1].map(|at: usize| format!("/follow-ups/{}", text(&open["items"][at]["id"])));
    let unfold = press("Aftal tid og sted, eller flyt den", "Agree on time and place, or move it");
    story.inspect("follow-up", &first, &work(Consultant, &[unfold], 200, "Ikke aftalt endnu", "Not agreed yet"));
    let call_off = [press("Aflys opfølgningen", "Call off the follow-up"), press("Aflys", "Call off")];
    story.inspect("follow-up-fault", &first, &work(Consultant, &call_off, 422, "Skal udfyldes.", "Is required."));
    let consultant = &story.house.here.consultant;
    let agreed = json!({"to": open["items"][0]["due_on"], "at": "09:30", "place": "hos virksomheden"});
    consultant.change(&format!("{first}/move"), agreed).await.ok();
    consultant.change(&format!("{second}/cancellation"), json!({"reason": "Bo er på kursus."})).await.ok();
    story.inspect("follow-up-agreed", &first, &work(Consultant, &[], 200, "hos virksomheden", "hos virksomheden"));
    story.inspect("follow-up-cancelled", &second, &work(Consultant, &[], 200, "Bo er på kursus.", "Bo er på kursus."));
    story.inspect("follow-ups", "/follow-ups", &work(Consultant, &[], 200, "kl. 09.30", "09:30"));

    let held = json!({"phase": "progression", "citizen_words": "Det går godt.", "contact_person_there": true});
    let held = story.house.here.consultant.post(&stay.at("follow-ups"), held).await.ok();
    let corrected = format!("/follow-ups/{}/in-error", text(&held["id"]));
    story.house.here.consultant.change(&corrected, json!({"reasons": "Det var en anden borger."})).await.ok();
    let corrections = format!("/citizens/{}/corrections", stay.citizen);
    let put_right = ("Det var en anden borger.", "Det var en anden borger.");
    story.inspect("corrections", &corrections, &work(Consultant, &[], 200, put_right.0, put_right.1));
    let extract = format!("/citizens/{}/extract", stay.citizen);
    story.inspect("extract", &extract, &work(Consultant, &[], 200, "Alt om", "Everything about"));
}

#[tokio::test]
async fn the_page_that_asks_why_somebody_looks_can_be_read_by_anybody() {
    use Role::Consultant;
    let mail = tempfile::tempdir().unwrap();
    let mut story = Story::open_with(mail.path(), true, |settings| settings.access_reasons = true).await;
    let stay = story.house.booked().await;
    let path = format!("/citizens/{}", stay.citizen);
    let change = json!({"consultant": story.house.here.team_leader.account});
    story.house.here.team_leader.post(&format!("{path}/consultant-changes"), change).await.ok();
    story.inspect("why", &stay.path(), &work(Consultant, &[], 403, "Hvorfor?", "Why?"));
    let empty = work(Consultant, &[press("Gem, og vis siden", "Save, and show the page")], 422, "Skal udfyldes.", "Is required.");
    story.inspect("why-fault", &stay.path(), &empty);
}

#[tokio::test]
async fn a_flag_can_be_read_and_answered_by_anybody_however_it_stands() {
    use Role::{Consultant, TeamLeader};
    let mail = tempfile::tempdir().unwrap();
    let mut story = Story::open(mail.path(), true).await;
    let stay = story.house.recruiting("2026-04-03").await;
    story.house.live_until("2026-03-20").await;
    let flag = format!("/flags/{}", text(&story.house.flag(&stay, "decision-due").await["id"]));
    let unfold = press("Jeg har taget hånd om det", "I have seen to it");
    let empty = [unfold, press("Kvittér", "Acknowledge")];
    story.inspect("flag-fault", &flag, &work(Consultant, &empty, 422, "Skal udfyldes.", "Is required."));
    let rest = json!({"until": "2026-03-27", "reason": "Mødet er på fredag."});
    story.house.here.consultant.change(&format!("{flag}/snooze"), rest).await.ok();
    story.inspect("flag-rests", &flag, &work(Consultant, &[], 200, "Flaget er udsat", "The flag rests"));
    let seen = json!({"reason": "Vi har talt sammen."});
    story.house.here.consultant.change(&format!("{flag}/acknowledgement"), seen).await.ok();
    story.inspect("flag-acknowledged", &flag, &work(Consultant, &[], 200, "Flaget er kvitteret", "The flag is acknowledged"));
    story.house.live_until("2026-04-15").await;
    let leader_only = ("En alarm kan kun teamlederen", "Only the team leader can");
    story.inspect("flag-alarm", &flag, &work(Consultant, &[], 200, leader_only.0, leader_only.1));
    story.inspect("flag-alarm-leader", &flag, &work(TeamLeader, &[], 200, "Dit svar", "Your answer"));
    let answer = json!({"answer": "no", "words": "Desværre.", "via": "telephone"});
    story.house.here.consultant.post(&stay.at("answers"), answer).await.ok();
    story.house.tick().await;
    story.inspect("flag-gone", &flag, &work(Consultant, &[], 200, "står ikke længere", "no longer stands"));
}
