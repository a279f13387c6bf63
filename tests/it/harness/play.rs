//! Plays a municipality over HTTP: its people, companies and citizens, and what they do. It works against any server: one in this
//! process, or the real binary, which may be killed meanwhile.

use super::{HASH, extension_decision};
use reqwest::{Method, StatusCode, header};
use rettematch::{
    actions::people::{accounts, sessions},
    crypto::{new_token, token_hash},
    domain::{
        people::{access::Role, tenant::Tenant},
        values::{
            day::At,
            ids::AccountId,
            register::Municipality,
            text::{Email, Line},
        },
    },
    store::{Conn, Db, Tx, system::doors},
};
use serde_json::{Value, json};
use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

pub const ADMINISTRATOR: &str = "admin@kommune.example";

fn at(instant: &str) -> At {
    rettematch::domain::values::copenhagen::at(instant.parse().unwrap())
}

fn long_ago() -> At {
    at("2020-01-01T08:00:00Z")
}

fn far_away() -> At {
    at("2100-01-01T08:00:00Z")
}

/// Where the server is at this moment; a server that died is started again.
pub trait Server: Send + Sync {
    fn address(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>>;
    /// Whether an unanswered request is asked again.
    fn again(&self) -> bool {
        false
    }
    /// Told of each that is asked again: nothing came back, or the server said that it cannot just now.
    fn unanswered(&self, _status: Option<StatusCode>) {}
}

impl Server for String {
    fn address(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async { self.clone() })
    }
}

/// An answer, whatever it is.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub etag: Option<String>,
    pub location: Option<String>,
    pub next: Option<String>,
    pub retry_after: Option<u64>,
    pub body: Value,
}

/// Somebody who asks.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    server: Arc<dyn Server>,
    token: String,
    keys: Arc<AtomicU64>,
    /// Everything that was answered with 201.
    pub made: Arc<std::sync::Mutex<Vec<String>>>,
}

impl Caller {
    pub fn nobody(server: &Arc<dyn Server>) -> Self {
        Self {
            // The server closes an idle connection after some seconds; a request must not meet that moment.
            http: reqwest::Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(1)).build().unwrap(),
            server: Arc::clone(server),
            token: String::new(),
            keys: Arc::default(),
            made: Arc::default(),
        }
    }

    fn with_token(&self, token: String) -> Self {
        Self { token, ..self.clone() }
    }

    /// The same person at another server.
    pub fn at(&self, server: &Arc<dyn Server>) -> Self {
        Self { server: Arc::clone(server), ..self.clone() }
    }

    /// Asks, and where the server may die asks the same again under the same key until it is answered.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>, seen: Option<&str>) -> Answer {
        let key = format!("key-{}", self.keys.fetch_add(1, Ordering::Relaxed));
        loop {
            let base = self.server.address().await;
            let path = if path.starts_with("/api/") { path.to_owned() } else { format!("/api/v1{path}") };
            let mut ask = self.http.request(method.clone(), format!("{base}{path}"));
            if !self.token.is_empty() {
                ask = ask.bearer_auth(&self.token).header("Idempotency-Key", &key);
            }
            if let Some(seen) = seen {
                ask = ask.header(header::IF_MATCH, seen);
            }
            if let Some(body) = body {
                ask = ask.json(body);
            }
            match answered(ask).await {
                Ok(answer) if answer.status == StatusCode::SERVICE_UNAVAILABLE && self.server.again() => {
                    self.server.unanswered(Some(answer.status));
                    tokio::time::sleep(Duration::from_secs(answer.retry_after.unwrap_or(1))).await;
                }
                Ok(answer) => {
                    if let (StatusCode::CREATED, Some(place)) = (answer.status, &answer.location) {
                        self.made.lock().unwrap().push(place.clone());
                    }
                    return answer;
                }
                Err(error) => {
                    assert!(self.server.again(), "{method} {path}: {error}");
                    self.server.unanswered(None);
                }
            }
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.send(Method::GET, path, None, None).await;
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
        answer
    }

    /// Every item of a list, page by page.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let page = self.get(&path).await;
            items.extend(page.body["items"].as_array().unwrap().iter().cloned());
            next = page.next;
        }
        items
    }

    /// Makes or adds something.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let answer = self.send(Method::POST, path, Some(&body), None).await;
        assert!(answer.status.is_success(), "POST {path} {body}: {} {}", answer.status, answer.body);
        answer.body
    }

    /// Changes what stands at an address, as it was last seen.
    pub async fn change(&self, method: Method, of: &str, path: &str, body: Value) -> Value {
        let seen = self.get(of).await.etag;
        let answer = self.send(method.clone(), path, Some(&body), seen.as_deref()).await;
        assert!(answer.status.is_success(), "{method} {path} {body}: {} {}", answer.status, answer.body);
        answer.body
    }
}

async fn answered(ask: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
    let answer = ask.send().await?;
    let status = answer.status();
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (etag, location) = (header("etag"), header("location"));
    let next = header("link").map(|link| link.trim_start_matches('<').split('>').next().unwrap().to_owned());
    let retry_after = header("retry-after").map(|seconds| seconds.parse().unwrap());
    let bytes = answer.bytes().await?;
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Ok(Answer { status, etag, location, next, retry_after, body })
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Somebody who works here, with the account's id and address.
pub struct Person {
    pub caller: Caller,
    pub id: String,
    pub email: String,
}

/// A workplace with its contact.
#[derive(Clone)]
pub struct Workplace {
    pub id: String,
    pub contact: String,
}

/// The people who work here, and what they do.
pub struct Town {
    pub administrator: Caller,
    /// Consultants.
    pub mette: Person,
    pub jonas: Person,
    /// The liaison.
    pub lise: Person,
    /// The team leader.
    pub tove: Person,
    companies: AtomicU64,
    citizens: AtomicU64,
}

impl Town {
    /// The people of a municipality whose administrator is there already. They are employed and signed in past the server, in its
    /// database: nobody else chooses their passwords, and the story turns the clock by more than a session lasts.
    pub async fn found(server: &Arc<dyn Server>, database: &str) -> Self {
        let (db, nobody) = (Db::open(database, 1).unwrap(), Caller::nobody(server));
        let session = async |id: AccountId| {
            let token = new_token().unwrap();
            let shown = token.clone();
            let begin = move |tx: &mut Tx| {
                sessions::begin(tx, long_ago(), &id, &token, 100_000 * 24)?;
                sessions::touch(tx, far_away(), &token_hash(&token))
            };
            db.write(begin).await.unwrap();
            nobody.with_token(shown)
        };
        let hire = async |name: &str, role: Role| {
            let email = format!("{}@kommune.example", name.to_lowercase());
            let (address, line) = (Email::parse(&email).unwrap(), Line::parse(name).unwrap());
            let place = Tenant::of(Municipality::parse("101").unwrap());
            let create = move |tx: &mut Tx| accounts::create(tx, long_ago(), &place, &address, &line, role, &HASH);
            let id = db.write(create).await.unwrap();
            Person { caller: session(id.clone()).await, id: id.to_string(), email }
        };
        let first = db.read(|conn: &mut Conn| doors::account_by_email(conn, ADMINISTRATOR)).await.unwrap().unwrap();
        let administrator = session(first.id).await;
        Self {
            mette: hire("Mette", Role::Consultant).await,
            jonas: hire("Jonas", Role::Consultant).await,
            lise: hire("Lise", Role::Liaison).await,
            tove: hire("Tove", Role::TeamLeader).await,
            administrator,
            companies: AtomicU64::default(),
            citizens: AtomicU64::default(),
        }
    }

    /// The same people at another server.
    pub fn at(&self, server: &Arc<dyn Server>) -> Self {
        let person =
            |person: &Person| Person { caller: person.caller.at(server), id: person.id.clone(), email: person.email.clone() };
        Self {
            administrator: self.administrator.at(server),
            mette: person(&self.mette),
            jonas: person(&self.jonas),
            lise: person(&self.lise),
            tove: person(&self.tove),
            companies: AtomicU64::new(self.companies.load(Ordering::Relaxed)),
            citizens: AtomicU64::new(self.citizens.load(Ordering::Relaxed)),
        }
    }

    /// A company with one workplace and a contact there, who foresees a vacancy.
    pub async fn company(&self, name: &str, email: Option<&str>) -> Workplace {
        let number = self.companies.fetch_add(1, Ordering::Relaxed);
        let lise = &self.lise.caller;
        let company = lise.post("/companies", json!({"cvr": cvr(number), "name": name, "advertising_protected": false})).await;
        let place = json!({"p_number": format!("10990{number:05}"), "name": name, "foresees_vacancy": true});
        let place = lise.post(&format!("/companies/{}/workplaces", text(&company["id"])), place).await;
        let contact = json!({"name": format!("Kontakt i {name}"), "email": email});
        let contact = lise.post(&format!("/workplaces/{}/contacts", text(&place["id"])), contact).await;
        Workplace { id: text(&place["id"]), contact: text(&contact["id"]) }
    }

    pub async fn citizen(&self, keeper: &Person, name: &str, email: Option<&str>) -> String {
        let number = self.citizens.fetch_add(1, Ordering::Relaxed);
        let goal = json!({"own_words": "Jeg vil gerne i arbejde.", "occupations": ["shop"]});
        let body = json!({
            "cpr": format!("{:02}0379-{:04}", 61 + number % 28, number + 2), "name": name, "email": email,
            "target_group": "3", "goals": [goal], "hours_capacity": 37,
        });
        text(&keeper.caller.post("/citizens", body).await["id"])
    }

    /// Books an internship of a kind; `decision_on` where it aims at a position.
    pub async fn book(
        &self,
        keeper: &Person,
        citizen: &str,
        place: &Workplace,
        days: (&str, &str),
        decision_on: Option<&str>,
    ) -> String {
        let purpose = match decision_on {
            Some(date) => json!({"kind": "recruitment", "prospect": {
                "position": "Butiksassistent", "weekly_hours": 20, "must_be_able_to": ["Betjene kassen"], "decision_on": date,
            }}),
            None => json!({"kind": "clarification", "questions": ["Kan jeg klare tempoet?"]}),
        };
        let body = json!({
            "citizen": citizen, "workplace": place.id, "purpose": purpose, "occupation": "shop", "tasks": [],
            "first_day": days.0, "last_day": days.1, "hours": [{"from": days.0, "weekly_hours": 12}],
            "accommodations": {"none_needed": true}, "series_reason": "Kortere dage og et nyt sted.",
        });
        text(&keeper.caller.post("/internships", body).await["id"])
    }

    /// Records the confirmations of some: the newest version, as it stands.
    pub async fn confirm(&self, keeper: &Person, internship: &str, parties: &[&str]) {
        for party in parties {
            let at = format!("/internships/{internship}");
            let view = keeper.caller.get(&at).await.body;
            let hash = text(&view["versions"].as_array().unwrap().last().unwrap()["hash"]);
            let via = if *party == "consultant" { "account" } else { "telephone" };
            keeper.caller.post(&format!("{at}/confirmations"), json!({"party": party, "via": via, "hash": hash})).await;
        }
    }

    /// Everything that the gate asks for besides the confirmations.
    pub async fn papers(&self, keeper: &Person, internship: &str, place: &Workplace) {
        let at = format!("/internships/{internship}");
        let put = async |what: &str, body| keeper.caller.change(Method::PUT, &at, &format!("{at}/{what}"), body).await;
        put("contact-person", json!({"contact": place.contact})).await;
        let statement = json!({"given_by": "unit", "name": "Tillidsmanden", "conditions_met": true});
        put("representative-statement", statement).await;
        put("employer-statement", json!({"conditions_met": true, "via": "paper"})).await;
        put("decision", json!({"reasons": "Fordi det hjælper.", "complaint_guidance": "Klag inden 4 uger."})).await;
    }

    pub async fn act(&self, keeper: &Person, internship: &str, what: &str, mut body: Value) -> Value {
        if what == "extensions" {
            body["decision"] = extension_decision();
        }
        let at = format!("/internships/{internship}");
        let method = if what == "next-step" { Method::PUT } else { Method::POST };
        keeper.caller.change(method, &at, &format!("{at}/{what}"), body).await
    }

    /// Confirmed by all, papers in order, begun today.
    pub async fn begin(&self, keeper: &Person, internship: &str, place: &Workplace) {
        self.confirm(keeper, internship, &["citizen", "company", "consultant"]).await;
        self.papers(keeper, internship, place).await;
        self.act(keeper, internship, "start", json!({})).await;
        self.no_follow_ups(keeper, internship).await;
    }

    /// Cancels the follow-ups that are planned: this year is about something else.
    pub async fn no_follow_ups(&self, keeper: &Person, internship: &str) {
        for planned in keeper.caller.all(&format!("/follow-ups?internship={internship}&open=true")).await {
            let at = format!("/follow-ups/{}", text(&planned["id"]));
            let body = json!({"reason": "Holdes sammen med mentoren."});
            keeper.caller.change(Method::POST, &at, &format!("{at}/cancellation"), body).await;
        }
    }

    /// The flags of a citizen, eldest first.
    pub async fn flags(&self, citizen: &str) -> Vec<Value> {
        self.tove.caller.all(&format!("/flags?limit=200&citizen={citizen}")).await
    }

    pub async fn letters(&self, state: Option<&str>) -> Vec<Value> {
        let state = state.map(|state| format!("&state={state}")).unwrap_or_default();
        self.tove.caller.all(&format!("/letters?limit=200{state}")).await
    }
}

/// The `number`th CVR number whose check digit fits.
fn cvr(number: u64) -> String {
    let fits = |candidate: &u64| {
        let sum: u64 = candidate
            .to_string()
            .bytes()
            .zip([2, 7, 6, 5, 4, 3, 2, 1])
            .map(|(digit, weight)| u64::from(digit - b'0') * weight)
            .sum();
        sum.is_multiple_of(11)
    };
    (20_000_000..).filter(fits).nth(usize::try_from(number).unwrap()).unwrap().to_string()
}
