//! Kills under full load. Instances of the real binary serve, tick and deliver on one database, and one of them is killed every
//! second, while letters fall due and many clients book, confirm and extend. Afterwards no letter is missing, none came twice
//! except those that a killed process had in transit, nothing that was answered is lost or doubled, and no rule is broken.
//!
//! On PostgreSQL three instances share the database. SQLite has one, and each kill leaves its file as it was at that moment.

use crate::{
    harness::{
        Database, day, later,
        play::{ADMINISTRATOR, Answer, Server, Town, Workplace, text},
        real::{Killable, Running, Setting, Smtp, texts},
    },
    kills::Chance,
};
use chrono::Duration as Span;
use reqwest::{Method, StatusCode};
use rettematch::domain::values::copenhagen::local;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How long one is killed every second.
const SECONDS: u64 = 120;
const CLIENTS: usize = 200;
/// Internships whose start has come and which nobody has confirmed: two invitations and two reminders each.
const WAITING: usize = 500;
/// Four a waiting internship.
const LETTERS: usize = WAITING * 4;
/// Workplaces for those that wait, and for those that clients book.
const WAITED_FOR: usize = 25;
const PLACES: usize = 40;
/// The first few are where everybody wants to be.
const WANTED: usize = 3;
/// Full-time posts of ordinary staff at each, and so many persons on a full week they give place to.
const POSTS: i64 = 50;
const PERSONS: f64 = 10.0;
const FULL_WEEK: f64 = 37.0;
/// Internships that run already: the first clients extend one each before they book others.
const RUNNING: usize = 20;
/// So many furnish at once: more would mostly get into each other's way.
const FURNISHERS: usize = 3;
/// So many letters are on their way at once when a courier is killed (`jobs::courier::AT_ONCE`).
const AT_ONCE: usize = 4;
/// So long after one run the next begins.
const BETWEEN_RINGS: Duration = Duration::from_millis(300);
/// A guard against hangs, not a measurement.
const PATIENCE: Duration = Duration::from_secs(300);

/// Everything is furnished on the first day; what waits begins on the second, on which the kills are.
const FURNISHED: &str = "2026-01-05";
const TODAY: &str = "2026-01-19";

/// One instance: what serves, and beside it what ticks and delivers.
#[derive(Default)]
struct Instance {
    /// Where it serves, while it does.
    address: Mutex<Option<String>>,
    serving: Mutex<Option<Killable>>,
    working: Mutex<Option<(&'static str, Killable)>>,
}

/// The instances on one database, started again as soon as they die.
struct Fleet {
    setting: Setting,
    instances: Vec<Instance>,
    turn: AtomicUsize,
    over: AtomicBool,
    /// By what was killed.
    kills: Mutex<BTreeMap<&'static str, usize>>,
    /// What ended badly though nobody killed it.
    ended: Mutex<Vec<String>>,
    /// Requests that were asked again: since nothing came back, and since the answer was 503.
    lost: AtomicUsize,
    busy: AtomicUsize,
}

/// The fleet and the threads that keep it up; a test that fails leaves nothing running.
struct Crew {
    fleet: Arc<Fleet>,
    threads: Vec<thread::JoinHandle<()>>,
}

impl Crew {
    fn start(setting: &Setting, count: usize) -> Self {
        let fleet = Arc::new(Fleet {
            setting: setting.clone(),
            instances: (0..count).map(|_| Instance::default()).collect(),
            turn: AtomicUsize::new(0),
            over: AtomicBool::new(false),
            kills: Mutex::default(),
            ended: Mutex::default(),
            lost: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
        });
        let mut threads = Vec::new();
        for number in 0..count {
            for work in [Fleet::serve, Fleet::work] {
                let fleet = Arc::clone(&fleet);
                threads.push(thread::spawn(move || work(&fleet, &fleet.instances[number])));
            }
        }
        Self { fleet, threads }
    }
}

impl Drop for Crew {
    /// Kills all, and nothing starts again.
    fn drop(&mut self) {
        self.fleet.over.store(true, Ordering::SeqCst);
        while !self.threads.iter().all(thread::JoinHandle::is_finished) {
            (0..self.fleet.instances.len()).for_each(|number| self.fleet.kill(number));
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Fleet {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    fn serve(&self, own: &Instance) {
        while !self.is_over() {
            let mut running = Running::start_reading(&mut self.setting.command(&["serve"]));
            let child = running.killable();
            *own.serving.lock().unwrap() = Some(child.clone());
            *own.address.lock().unwrap() = running.ready("listening on ");
            self.wait("serve", &child);
            *own.address.lock().unwrap() = None;
        }
    }

    fn work(&self, own: &Instance) {
        for what in ["tick", "deliver"].into_iter().cycle() {
            if self.is_over() {
                return;
            }
            let running = Running::start(&mut self.setting.command(&[what]));
            let child = running.killable();
            *own.working.lock().unwrap() = Some((what, child.clone()));
            self.wait(what, &child);
            thread::sleep(BETWEEN_RINGS);
        }
    }

    /// Until it has ended, which only a kill or its work brings about.
    fn wait(&self, what: &'static str, child: &Killable) {
        let status = loop {
            if let Some(status) = child.status() {
                break status;
            }
            thread::sleep(Duration::from_millis(3));
        };
        let killed = std::os::unix::process::ExitStatusExt::signal(&status) == Some(9);
        if !killed && (what == "serve" || !status.success()) {
            self.ended.lock().unwrap().push(format!("{what}: {status}"));
        }
    }

    fn kill(&self, number: usize) {
        let own = &self.instances[number];
        let mut killed = Vec::new();
        if own.serving.lock().unwrap().as_ref().is_some_and(Killable::kill) {
            killed.push("serve");
        }
        if let Some((what, child)) = &*own.working.lock().unwrap()
            && child.kill()
        {
            killed.push(what);
        }
        for what in killed {
            *self.kills.lock().unwrap().entry(what).or_default() += 1;
        }
    }

    fn kills_of(&self, what: &str) -> usize {
        self.kills.lock().unwrap().get(what).copied().unwrap_or_default()
    }
}

impl Server for Fleet {
    fn address(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async {
            loop {
                for _ in &self.instances {
                    let number = self.turn.fetch_add(1, Ordering::Relaxed) % self.instances.len();
                    if let Some(address) = self.instances[number].address.lock().unwrap().clone() {
                        return address;
                    }
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
    }
    fn again(&self) -> bool {
        true
    }
    fn unanswered(&self, status: Option<StatusCode>) {
        let count = if status.is_some() { &self.busy } else { &self.lost };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

/// A server of one's own on the same database, that nobody kills.
struct Calm {
    address: String,
    _running: Running,
}

impl Calm {
    fn start(setting: &Setting) -> Arc<dyn Server> {
        let mut running = Running::start_reading(&mut setting.command(&["serve"]));
        let address = running.ready("listening on ").unwrap_or_else(|| panic!("{}", errors(setting)));
        Arc::new(Self { address, _running: running })
    }
}

impl Server for Calm {
    fn address(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async { self.address.clone() })
    }
    /// Where many write at once, one may be told to come again.
    fn again(&self) -> bool {
        true
    }
}

fn errors(setting: &Setting) -> String {
    let text = std::fs::read_to_string(setting.errors()).unwrap_or_default();
    text.lines().rev().take(40).collect::<Vec<_>>().join("\n")
}

/// What a client was told.
#[derive(Default)]
struct Told {
    citizens: Vec<String>,
    /// Ids, with the citizen.
    booked: Vec<(String, String)>,
    /// Internship, version, party.
    confirmed: Vec<(String, i64, &'static str)>,
    /// Internship, version, last day.
    extended: Vec<(String, i64, String)>,
    refused: BTreeMap<String, usize>,
}

impl Told {
    fn add(&mut self, other: Self) {
        self.citizens.extend(other.citizens);
        self.booked.extend(other.booked);
        self.confirmed.extend(other.confirmed);
        self.extended.extend(other.extended);
        for (rule, times) in other.refused {
            *self.refused.entry(rule).or_default() += times;
        }
    }

    /// Notes the rules that refuse; anything else but these is a fault.
    fn refusal(&mut self, answer: &Answer) {
        assert_eq!(answer.status, 422, "{}", answer.body);
        for refusal in answer.body["refusals"].as_array().unwrap_or_else(|| panic!("{}", answer.body)) {
            *self.refused.entry(text(&refusal["rule"])).or_default() += 1;
        }
    }
}

fn booking(citizen: &str, place: &Workplace, days: (&str, &str), hours: i64) -> Value {
    json!({
        "citizen": citizen, "workplace": place.id, "purpose": {"kind": "clarification", "questions": ["Kan jeg klare tempoet?"]},
        "occupation": "shop", "tasks": [], "first_day": days.0, "last_day": days.1,
        "hours": [{"from": days.0, "weekly_hours": hours}], "accommodations": {"none_needed": true},
    })
}

/// Registers citizens and takes each from a booking to an extension that all have confirmed, until the time is over.
async fn client(number: usize, running: Option<String>, town: Arc<Town>, places: Arc<Vec<Workplace>>, until: Instant) -> Told {
    let mut told = Told::default();
    if let Some(id) = running {
        extend(&town, &id, &mut told, &|| (Instant::now() < until).then_some(())).await;
    }
    for round in 0.. {
        // All stop at the end of a step.
        if one_course(number + round * CLIENTS, &town, &places, until, &mut told).await.is_none() {
            return told;
        }
    }
    told
}

async fn one_course(number: usize, town: &Town, places: &[Workplace], until: Instant, told: &mut Told) -> Option<()> {
    let on = || (Instant::now() < until).then_some(());
    on()?;
    let mette = &town.mette;
    let email = format!("klient{number}@post.example");
    let citizen = town.citizen(mette, &format!("Klient {number}"), number.is_multiple_of(4).then_some(&email)).await;
    told.citizens.push(citizen.clone());
    on()?;
    // Twice at once, at a place that is wanted and at another: both together are more than a full week.
    let last = later(TODAY, 20);
    let at = |place: &Workplace| booking(&citizen, place, (TODAY, &last), 20);
    let (wanted, other) = (&places[number % WANTED], &places[WANTED + number % (PLACES - WANTED)]);
    let (one, two) = (at(wanted), at(other));
    let book = |body| mette.caller.send(Method::POST, "/internships", Some(body), None);
    let (one, two) = tokio::join!(book(&one), book(&two));
    let mut stay = None;
    for (answer, place) in [(one, wanted), (two, other)] {
        if answer.status == 201 {
            assert!(stay.is_none(), "two internships of 20 hours at once");
            let id = text(&answer.body["id"]);
            told.booked.push((id.clone(), citizen.clone()));
            stay = Some((id, place));
        } else {
            told.refusal(&answer);
        }
    }
    let (id, place) = stay?;
    confirm(town, &id, told, &on).await?;
    on()?;
    town.papers(mette, &id, place).await;
    on()?;
    town.act(mette, &id, "start", json!({})).await;
    extend(town, &id, told, &on).await
}

/// Later by two weeks, and all three confirm.
async fn extend(town: &Town, id: &str, told: &mut Told, on: &impl Fn() -> Option<()>) -> Option<()> {
    on()?;
    let to = later(TODAY, 34);
    let extended = town.act(&town.mette, id, "extensions", json!({"to": to, "reason": "Der mangler lidt."})).await;
    told.extended.push((id.to_owned(), extended["newest_version"].as_i64().unwrap(), to));
    confirm(town, id, told, on).await
}

/// All three confirm; the company twice at once, of which one is noted.
async fn confirm(town: &Town, id: &str, told: &mut Told, on: &impl Fn() -> Option<()>) -> Option<()> {
    let caller = &town.mette.caller;
    for party in ["citizen", "company", "consultant"] {
        on()?;
        let version =
            caller.get(&format!("/internships/{id}")).await.body["versions"].as_array().unwrap().last().unwrap().clone();
        let via = if party == "consultant" { "account" } else { "telephone" };
        let body = json!({"party": party, "via": via, "hash": version["hash"]});
        let path = format!("/internships/{id}/confirmations");
        let say = || caller.send(Method::POST, &path, Some(&body), None);
        let mut answers = vec![];
        if party == "company" {
            let (one, two) = tokio::join!(say(), say());
            answers.extend([one, two]);
        } else {
            answers.push(say().await);
        }
        let given = answers.iter().filter(|answer| answer.status == 200).count();
        assert!(given >= 1, "{party}: {answers:?}");
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 409), "{party}: {answers:?}");
        told.confirmed.push((id.to_owned(), version["number"].as_i64().unwrap(), party));
    }
    Some(())
}

/// Runs a subcommand that nobody kills.
fn once(setting: &Setting, subcommand: &str) {
    let status = setting.command(&[subcommand]).status().unwrap();
    assert!(status.success(), "{subcommand}: {}", errors(setting));
}

/// The tables, whichever engine holds them.
struct Tables<'a> {
    setting: &'a Setting,
    postgres: Option<&'a Database>,
}

impl Tables<'_> {
    fn texts(&self, sql: &str) -> Vec<String> {
        self.postgres.map_or_else(|| texts(&self.setting.database(), sql), |database| database.texts(sql))
    }

    fn count(&self, sql: &str) -> usize {
        self.texts(&format!("SELECT CAST(count(*) AS TEXT) AS text FROM {sql}"))[0].parse().unwrap()
    }

    fn set(&self, sql: &str) -> BTreeSet<String> {
        let texts = self.texts(sql);
        let set: BTreeSet<String> = texts.iter().cloned().collect();
        assert_eq!(set.len(), texts.len(), "doubled: {sql}");
        set
    }
}

/// A stay that waits, with whom its letters go to.
struct Awaited {
    reference: String,
    recipients: [String; 2],
}

/// Companies, citizens and internships, many at once.
async fn furnish(town: &Arc<Town>) -> (Vec<Awaited>, Vec<Workplace>, Told) {
    let mut places = Vec::new();
    for number in 0..WAITED_FOR + PLACES {
        let email = format!("firma{number}@firma.example");
        let place = town.company(&format!("Firma {number}"), (number < WAITED_FOR).then_some(&email)).await;
        let staff = format!("/workplaces/{}/staff/2025-12", place.id);
        let put = town.lise.caller.send(Method::PUT, &staff, Some(&json!({"full_time": POSTS})), None).await;
        assert!(put.status.is_success(), "{put:?}");
        places.push(place);
    }
    let own = places.split_off(WAITED_FOR);
    let places = Arc::new(places);
    let tasks: Vec<_> = (0..FURNISHERS)
        .map(|task| {
            let (town, places) = (Arc::clone(town), Arc::clone(&places));
            tokio::spawn(async move {
                let mut awaited = Vec::new();
                for number in (0..WAITING).filter(|number| number % FURNISHERS == task) {
                    let email = format!("venter{number}@post.example");
                    let citizen = town.citizen(&town.jonas, &format!("Venter {number}"), Some(&email)).await;
                    let body = booking(&citizen, &places[number % WAITED_FOR], (TODAY, &later(TODAY, 60)), 12);
                    let booked = town.jonas.caller.post("/internships", body).await;
                    let company = format!("firma{}@firma.example", number % WAITED_FOR);
                    awaited.push(Awaited { reference: text(&booked["reference"]), recipients: [email, company] });
                }
                awaited
            })
        })
        .collect();
    let mut awaited = Vec::new();
    for task in tasks {
        awaited.extend(task.await.unwrap());
    }
    let mut told = Told::default();
    for number in 0..RUNNING {
        let citizen = town.citizen(&town.mette, &format!("Praktikant {number}"), None).await;
        let place = &own[WANTED + number % (PLACES - WANTED)];
        let body = booking(&citizen, place, (FURNISHED, &later(TODAY, 20)), 12);
        let id = text(&town.mette.caller.post("/internships", body).await["id"]);
        confirm(town, &id, &mut told, &|| Some(())).await;
        town.papers(&town.mette, &id, place).await;
        town.act(&town.mette, &id, "start", json!({})).await;
        told.booked.push((id, citizen.clone()));
        told.citizens.push(citizen);
    }
    (awaited, own, told)
}

/// Four minutes of all that a machine has: asked for by name, not at every change.
#[ignore = "tests/run --run-ignored all chaos"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_every_second_while_everybody_is_at_work_nothing_is_lost_doubled_or_broken() {
    let begun = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let smtp = Smtp::start(&folder.path().join("mail"), &[]);
    let mut setting = Setting::new(folder.path(), smtp.port);
    let postgres = std::env::var_os("RETTEMATCH_TEST_POSTGRES").map(|_| Database::make(folder.path()));
    setting.elsewhere = postgres.as_ref().map(|database| database.url.clone());
    setting.clock = local(day(FURNISHED), 9).to_rfc3339();
    setting.once(&["administrator", "--municipality", "101", "--email", ADMINISTRATOR]);
    let server = Calm::start(&setting);
    let town = Arc::new(Town::found(&server, &setting.address()).await);
    let (awaited, places, mut told) = furnish(&town).await;
    let town = Arc::into_inner(town).unwrap();
    drop(server);
    println!("furnished after {:?}", begun.elapsed());

    setting.clock = local(day(TODAY), 9).to_rfc3339();
    let crew = Crew::start(&setting, if postgres.is_some() { 3 } else { 1 });
    let fleet = Arc::clone(&crew.fleet);
    let until = Instant::now() + Duration::from_secs(SECONDS);
    let town = Arc::new(town.at(&(Arc::clone(&fleet) as Arc<dyn Server>)));
    let places = Arc::new(places);
    let running: Vec<String> = told.booked.iter().map(|(id, _)| id.clone()).collect();
    let begin = |number: usize| {
        let running = running.get(number).cloned();
        tokio::spawn(client(number, running, Arc::clone(&town), Arc::clone(&places), until))
    };
    let clients: Vec<_> = (0..CLIENTS).map(begin).collect();
    let mut jitter = Chance(u64::from(std::process::id()));
    while Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(500 + jitter.below(1_000))).await;
        let number = usize::try_from(jitter.below(u64::try_from(fleet.instances.len()).unwrap())).unwrap();
        // An only one that never comes up would be killed without ever being at work.
        while fleet.instances.len() == 1 && fleet.instances[0].address.lock().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let fleet = Arc::clone(&fleet);
        tokio::task::spawn_blocking(move || fleet.kill(number)).await.unwrap();
    }
    for client in clients {
        told.add(tokio::time::timeout(PATIENCE, client).await.expect("a client is never answered").unwrap());
    }
    tokio::task::spawn_blocking(move || drop(crew)).await.unwrap();
    println!("the last kill after {:?}", begun.elapsed());
    println!(
        "kills {:?}; asked again since nothing came back {}, since 503 {}; ended badly by themselves {:?}",
        fleet.kills.lock().unwrap(),
        fleet.lost.load(Ordering::Relaxed),
        fleet.busy.load(Ordering::Relaxed),
        fleet.ended.lock().unwrap(),
    );
    println!(
        "citizens {}, booked {}, confirmed {}, extended {}, refused {:?}",
        told.citizens.len(),
        told.booked.len(),
        told.confirmed.len(),
        told.extended.len(),
        told.refused
    );

    // Left to settle: what the dead held is free again after a while.
    let before = smtp_count(&smtp);
    let tables = Tables { setting: &setting.clone(), postgres: postgres.as_ref() };
    let waiting = "letters WHERE sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL";
    for minutes in [10, 30, 120] {
        setting.clock = (local(day(TODAY), 9) + Span::minutes(minutes)).to_rfc3339();
        once(&setting, "tick");
        once(&setting, "deliver");
        println!("after {minutes} minutes {} wait; {:?}", tables.count(waiting), begun.elapsed());
    }
    assert!(told.extended.len() >= RUNNING && told.booked.len() > RUNNING, "hardly anything was done");
    check_letters(&tables, &smtp.mail(), before, &awaited, &fleet);
    check_tables(&tables, &told);
    let server = Calm::start(&setting);
    check_rules(&Arc::new(town.at(&server)), &tables, &told).await;
    // A run of a job that finds the database busy says so and leaves the rest to the next; what serves never ends by itself.
    let ended = fleet.ended.lock().unwrap().clone();
    assert!(ended.iter().all(|what| !what.starts_with("serve")), "{ended:?}\n{}", errors(&setting));
    println!("done after {:?}", begun.elapsed());
}

fn smtp_count(smtp: &Smtp) -> usize {
    std::fs::read_dir(&smtp.folder).unwrap().filter(|file| file.as_ref().unwrap().path().extension().is_some()).count()
}

/// Each letter that is due was received, and none twice but those that a killed courier had on their way.
fn check_letters(tables: &Tables<'_>, mail: &[Value], before: usize, awaited: &[Awaited], fleet: &Fleet) {
    assert_eq!(tables.count("letters WHERE sent_at IS NULL AND dropped_at IS NULL"), 0, "a letter still waits, or failed");
    let id = |letter: &Value| text(&letter["message_id"]).trim_start_matches('<').split('@').next().unwrap().to_owned();
    let mut came: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for letter in mail {
        assert_eq!(letter["defects"], json!([]));
        came.entry(id(letter)).or_default().push(letter);
    }
    let received: BTreeSet<String> = came.keys().cloned().collect();
    let sent = tables.set("SELECT id AS text FROM letters WHERE sent_at IS NOT NULL");
    assert_eq!(sent.difference(&received).collect::<Vec<_>>(), Vec::<&String>::new(), "noted as sent, and not received");
    // What a killed courier had just handed over is not noted; where its cause has gone since, it is dropped and not sent again.
    let dropped = tables.set("SELECT id AS text FROM letters WHERE dropped_at IS NOT NULL");
    let unnoted: Vec<&String> = received.difference(&sent).collect();
    assert!(unnoted.iter().all(|id| dropped.contains(*id)), "received, and neither noted as sent nor dropped: {unnoted:?}");

    let mut due: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for copies in came.values() {
        let (to, said) = (text(&copies[0]["rcpt"]), text(&copies[0]["text"]));
        for waits in awaited.iter().filter(|waits| waits.recipients.contains(&to) && said.contains(&waits.reference)) {
            *due.entry((&waits.reference, to.clone())).or_default() += 1;
        }
    }
    for waits in awaited {
        for to in &waits.recipients {
            assert_eq!(
                due.get(&(waits.reference.as_str(), to.clone())),
                Some(&2),
                "invited and reminded: {}, {to}",
                waits.reference
            );
        }
    }
    assert_eq!(due.values().sum::<usize>(), LETTERS);

    let again: usize = came.values().map(|copies| copies.len() - 1).sum();
    let couriers = fleet.kills_of("deliver");
    println!("letters received {}, again {again}, unnoted {}, couriers killed {couriers}", came.len(), unnoted.len());
    assert!(again + unnoted.len() <= couriers * AT_ONCE, "{again} letters came again after {couriers} kills");
    for copies in came.values() {
        for part in ["rcpt", "subject", "date", "text", "html"] {
            assert!(copies.iter().all(|copy| copy[part] == copies[0][part]), "one Message-ID, two letters");
        }
    }
    // Once nothing is killed any more, nothing comes twice.
    let calm: Vec<String> = mail[before..].iter().map(id).collect();
    assert_eq!(calm.iter().collect::<BTreeSet<_>>().len(), calm.len());
}

/// What was answered stands, and nothing stands twice.
fn check_tables(tables: &Tables<'_>, told: &Told) {
    if tables.postgres.is_none() {
        assert_eq!(tables.texts("SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
        assert_eq!(tables.texts("SELECT \"table\" AS text FROM pragma_foreign_key_check"), Vec::<String>::new());
    }
    let citizens = tables.set("SELECT id AS text FROM citizens");
    assert!(told.citizens.iter().all(|id| citizens.contains(id)), "a citizen who was registered is gone");
    assert_eq!(citizens.len(), WAITING + told.citizens.len(), "a citizen was registered twice, or by nobody");
    let booked = tables.set("SELECT id AS text FROM internships");
    assert!(told.booked.iter().all(|(id, _)| booked.contains(id)), "an internship that was booked is gone");
    assert_eq!(booked.len(), WAITING + told.booked.len(), "an internship was booked twice, or by nobody");
    let confirmed = tables.set("SELECT internship_id || ' ' || number || ' ' || party AS text FROM confirmations");
    let noted: BTreeSet<String> = told.confirmed.iter().map(|(id, number, party)| format!("{id} {number} {party}")).collect();
    assert_eq!(noted, confirmed, "a confirmation is gone, or nobody gave it");
    let versions = tables.set("SELECT internship_id || ' ' || number AS text FROM versions");
    assert_eq!(versions.len(), booked.len() + told.extended.len(), "a version is gone, or nobody made it");
    for id in &booked {
        assert!(versions.contains(&format!("{id} 1")));
    }
    for (id, number, _) in &told.extended {
        assert_eq!(*number, 2, "versions are numbered without holes");
        assert!(versions.contains(&format!("{id} 2")), "an extension is gone");
    }
    tables.set("SELECT dedupe_key AS text FROM letters");
    tables.set("SELECT job || ' ' || day AS text FROM runs");
    tables.set("SELECT told_key AS text FROM told");
    tables.set("SELECT rule || ' ' || subject || ' ' || occasion AS text FROM flags WHERE gone IS NULL");
    let replies = tables.set("SELECT account_id || ' ' || idempotency_key AS text FROM replies");
    assert!(replies.len() > told.booked.len() + told.confirmed.len());
}

/// First day, last day, hours a week.
type Hours = (String, String, f64);

/// No citizen has more than a full week on any day, no workplace more supported persons than its staff gives place to.
async fn check_rules(town: &Arc<Town>, tables: &Tables<'_>, told: &Told) {
    let ids = Arc::new(tables.texts("SELECT id AS text FROM internships"));
    let tasks: Vec<_> = (0..4)
        .map(|task| {
            let (town, ids) = (Arc::clone(town), Arc::clone(&ids));
            tokio::spawn(async move {
                let mut seen = Vec::new();
                for id in ids.iter().skip(task).step_by(4) {
                    seen.push(town.mette.caller.get(&format!("/internships/{id}")).await.body);
                }
                seen
            })
        })
        .collect();
    // By whose they are.
    let mut spans: BTreeMap<(&str, String), Vec<Hours>> = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for task in tasks {
        for stay in task.await.unwrap() {
            seen.insert(text(&stay["id"]), stay);
        }
    }
    for stay in seen.values() {
        assert!(stay["cancelled_on"].is_null() && stay["ended"].is_null());
        let versions = stay["versions"].as_array().unwrap();
        let numbers: Vec<i64> = versions.iter().map(|version| version["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>());
        let terms = &versions.last().unwrap()["terms"];
        let period = &terms["period"];
        let hours = terms["hours"][0]["weekly_hours"].as_f64().unwrap();
        let span = (text(&period["first"]), text(&period["last"]), hours);
        for whose in [("citizen", text(&stay["citizen"])), ("workplace", text(&stay["workplace"]))] {
            spans.entry(whose).or_default().push(span.clone());
        }
    }
    let mut fullest = 0.0_f64;
    for ((whose, id), spans) in &spans {
        let most = if *whose == "citizen" { FULL_WEEK } else { FULL_WEEK * PERSONS };
        for (first, ..) in spans {
            let hours: f64 = spans.iter().filter(|(from, to, _)| from <= first && first <= to).map(|(.., hours)| hours).sum();
            assert!(hours > 0.0 && hours <= most, "{whose} {id} has {hours} hours a week on {first}");
            if *whose == "workplace" {
                fullest = fullest.max(hours);
            }
        }
    }
    println!("the fullest workplace has {fullest} hours of {}", FULL_WEEK * PERSONS);
    for (id, citizen) in &told.booked {
        assert_eq!(seen[id]["citizen"], **citizen);
    }
    for (id, number, last) in &told.extended {
        let version = &seen[id]["versions"][usize::try_from(*number).unwrap() - 1];
        assert_eq!((&version["cause"], &version["terms"]["period"]["last"]), (&json!("extension"), &json!(last)));
    }
}
