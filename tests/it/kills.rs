//! The real binary is killed at random moments, again and again: in the end people have received exactly the same letters as
//! without any kill.

use crate::harness::{
    day, later,
    play::{ADMINISTRATOR, Caller, Server, Town, Workplace, text},
    real::{Killable, Running, Setting, Smtp, read_mail, texts},
};
use chrono::Duration as Span;
use rettematch::domain::values::copenhagen::local;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    future::Future,
    path::Path,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// The clocks change within it, and 29 February is one of its days.
const FIRST: &str = "2024-02-05";
const DAYS: i64 = 75;
const CITIZENS: u64 = 7;

/// Chance that repeats itself: splitmix64.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
    fn days(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from + 1).unwrap())).unwrap()
    }
}

/// What happens to a citizen on a day.
#[derive(Clone, Debug)]
enum Event {
    Book { first: i64, last: i64, decision: Option<i64> },
    Confirm(Vec<&'static str>),
    Begin,
    Extend { to: i64, decision: i64 },
    AnswerByLink(&'static str),
    AnswerByTelephone(&'static str),
    Cancel,
    Plan,
    End(&'static str),
}

/// The events of the days, by day and citizen.
fn plan(seed: u64) -> Vec<(i64, u64, Event)> {
    use Event::{AnswerByLink, AnswerByTelephone, Begin, Book, Cancel, Confirm, End, Extend, Plan};
    let jitter = &mut Chance(seed);
    let everybody = || Confirm(vec!["citizen", "company", "consultant"]);
    let mut events = Vec::new();
    for citizen in 0..CITIZENS {
        let booked = jitter.days(0, 8);
        let first = booked + jitter.days(3, 12);
        let last = first + jitter.days(25, 34);
        let recruits = citizen % 2 == 0;
        let decision = recruits.then(|| last - jitter.days(2, 6));
        let mut add = |day: i64, event: Event| events.push((day, citizen, event));
        add(booked, Book { first, last, decision });
        if citizen == 5 {
            add(first + 3, Cancel);
            continue;
        }
        add(booked + jitter.days(0, 2), Confirm(vec!["consultant"]));
        add(first + jitter.days(0, 2), Confirm(vec!["citizen", "company"]));
        add(first + 3, Begin);
        match citizen {
            0 => {
                add(last - jitter.days(7, 8), AnswerByLink("hire"));
                add(last, End("flex-job"));
            }
            1 => {
                add(last - 2, Extend { to: last + 14, decision: last + 10 });
                add(last - 1, everybody());
                add(last + 10, AnswerByTelephone("no"));
            }
            2 => {
                add(last - 8, AnswerByTelephone("more-time"));
                add(last - 1, Extend { to: last + 12, decision: last + 9 });
                add(last, everybody());
            }
            3 => add(last - 5, Plan),
            4 => add(last + 4, End("no-job")),
            _ => {}
        }
    }
    events.retain(|(day, ..)| *day < DAYS);
    events.sort_by_key(|(day, citizen, _)| (*day, *citizen));
    events
}

/// How long the children of the undisturbed run took, and so how long a killer waits at most.
#[derive(Clone, Copy, Default, Debug)]
struct Spread {
    serve: Duration,
    tick: Duration,
    deliver: Duration,
}

#[derive(Default, Debug)]
struct Kills {
    serve: AtomicUsize,
    tick: AtomicUsize,
    deliver: AtomicUsize,
}

impl Kills {
    fn of(&self) -> [usize; 3] {
        [&self.serve, &self.tick, &self.deliver].map(|count| count.load(Ordering::SeqCst))
    }
}

/// Kills at a random moment, perhaps.
struct Killer {
    jitter: Mutex<Chance>,
    spread: Option<Spread>,
    kills: Arc<Kills>,
}

impl Killer {
    fn set_on(&self, child: &Killable, within: fn(&Spread) -> Duration, count: fn(&Kills) -> &AtomicUsize) {
        let Some(spread) = &self.spread else { return };
        let within = within(spread);
        let (often, delay) = {
            let mut jitter = self.jitter.lock().unwrap();
            (jitter.below(100) < 55, jitter.below(u64::try_from(within.as_micros()).unwrap().max(1)))
        };
        if !often {
            return;
        }
        let (child, kills) = (child.clone(), Arc::clone(&self.kills));
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_micros(delay));
            if child.kill() {
                count(&kills).fetch_add(1, Ordering::SeqCst);
            }
        });
    }
}

/// `serve`, started when somebody asks, and again when it died.
struct Serving {
    setting: Mutex<Setting>,
    now: Mutex<Option<(Running, String)>>,
    killer: Killer,
}

impl Serving {
    /// Ends it; the next who asks starts it at another time.
    fn rest(&self, clock: String) -> Setting {
        *self.now.lock().unwrap() = None;
        let mut setting = self.setting.lock().unwrap();
        setting.clock = clock;
        setting.clone()
    }

    fn up(&self) -> String {
        let mut now = self.now.lock().unwrap();
        loop {
            if let Some((running, address)) = &*now
                && running.killable().status().is_none()
            {
                return address.clone();
            }
            let setting = self.setting.lock().unwrap().clone();
            let mut running = Running::start_reading(&mut setting.command(&["serve"]));
            self.killer.set_on(&running.killable(), |spread| spread.serve, |kills| &kills.serve);
            match running.ready("listening on ") {
                Some(address) => *now = Some((running, address)),
                None if self.again() => {}
                None => panic!("{}", errors(&setting)),
            }
        }
    }
}

impl Server for Serving {
    fn address(&self) -> Pin<Box<dyn Future<Output = String> + Send + '_>> {
        Box::pin(async { self.up() })
    }
    fn again(&self) -> bool {
        self.killer.spread.is_some()
    }
}

fn errors(setting: &Setting) -> String {
    std::fs::read_to_string(setting.errors()).unwrap_or_default()
}

/// What a run left.
struct Left {
    /// Recipient, subject and day of each letter, by its Message-ID.
    letters: BTreeMap<String, (String, String, String)>,
    /// How often a letter came again.
    again: BTreeMap<String, usize>,
    kills: [usize; 3],
    spread: Spread,
}

impl Left {
    /// What this has and the other has not, each as often.
    fn besides(&self, other: &Self) -> Vec<String> {
        let mut theirs: Vec<_> = other.letters.values().collect();
        let mut own: Vec<_> = self.letters.values().collect();
        own.retain(|letter| match theirs.iter().position(|their| their == letter) {
            Some(at) => {
                theirs.swap_remove(at);
                false
            }
            None => true,
        });
        own.into_iter().map(|(to, subject, day)| format!("{day} {to}: {subject}")).collect()
    }
}

/// Plays the plan, disturbed where a spread is given.
async fn play(seed: u64, disturbed: Option<(u64, Spread)>) -> Left {
    let events = plan(seed);
    let folder = tempfile::tempdir().unwrap();
    let smtp = Smtp::start(&folder.path().join("mail"), &[]);
    let kills = Arc::<Kills>::default();
    let killer = |salt: u64| Killer {
        jitter: Mutex::new(Chance(disturbed.map_or(0, |(seed, _)| seed) + salt)),
        spread: disturbed.map(|(_, spread)| spread),
        kills: Arc::clone(&kills),
    };
    let mut setting = Setting::new(folder.path(), smtp.port);
    setting.clock = local(day(FIRST), 9).to_rfc3339();
    setting.once(&["administrator", "--municipality", "101", "--email", ADMINISTRATOR]);
    let at = setting.address();
    let serving = Arc::new(Serving { setting: Mutex::new(setting), now: Mutex::new(None), killer: killer(1_000) });
    let server: Arc<dyn Server> = serving.clone();
    let town = Town::found(&server, &at).await;
    let mut places = Vec::new();
    let mut citizens = Vec::new();
    for number in 0..3 {
        places.push(town.company(&format!("Firma {number}"), Some(&format!("firma{number}@firma.example"))).await);
    }
    for number in 0..CITIZENS {
        let keeper = if number % 3 == 0 { &town.jonas } else { &town.mette };
        let email = format!("borger{number}@post.example");
        citizens.push(town.citizen(keeper, &format!("Borger {number}"), (number != 3).then_some(&email)).await);
    }
    let killer = killer(2_000);
    let mut stays: BTreeMap<u64, String> = BTreeMap::new();
    let (mut spent, mut served) = (Spread::default(), 0_u32);
    for number in 0..DAYS {
        let today = later(FIRST, number);
        let mut at = local(day(&today), 10);
        serving.rest(at.to_rfc3339());
        let begun = Instant::now();
        let due: Vec<_> = events.iter().filter(|(when, ..)| *when == number).collect();
        for (_, citizen, event) in &due {
            let place = &places[usize::try_from(citizen % 3).unwrap()];
            happen(
                &town,
                &server,
                &smtp.folder,
                *citizen,
                &citizens[usize::try_from(*citizen).unwrap()],
                place,
                &mut stays,
                event,
            )
            .await;
        }
        if !due.is_empty() {
            spent.serve += begun.elapsed();
            served += 1;
        }
        at = local(day(&today), 18);
        let begun = Instant::now();
        let setting = serving.rest(at.to_rfc3339());
        while !once(&setting, "tick", |child| killer.set_on(child, |spread| spread.tick, |kills| &kills.tick)).await {}
        spent.tick += begun.elapsed();
        let begun = Instant::now();
        loop {
            let setting = serving.rest(at.to_rfc3339());
            if once(&setting, "deliver", |child| killer.set_on(child, |spread| spread.deliver, |kills| &kills.deliver)).await {
                break;
            }
            // What the dead one held is free again after a while.
            at += Span::minutes(10);
        }
        spent.deliver += begun.elapsed();
    }
    let setting = serving.rest(local(day(&later(FIRST, DAYS)), 9).to_rfc3339());
    let calm: Arc<dyn Server> = Arc::new(Serving {
        setting: Mutex::new(setting.clone()),
        now: Mutex::new(None),
        killer: Killer { jitter: Mutex::new(Chance(0)), spread: None, kills: Arc::default() },
    });
    let names = look_back(&calm, &town, &setting, stays.len()).await;
    let mut left = Left {
        letters: BTreeMap::new(),
        again: BTreeMap::new(),
        kills: kills.of(),
        spread: Spread {
            serve: spent.serve / served.max(1),
            tick: spent.tick / u32::try_from(DAYS).unwrap(),
            deliver: spent.deliver / u32::try_from(DAYS).unwrap(),
        },
    };
    for letter in smtp.mail() {
        assert_eq!(letter["defects"], json!([]));
        let date = chrono::DateTime::parse_from_rfc2822(letter["date"].as_str().unwrap()).unwrap();
        let date = rettematch::domain::values::copenhagen::at(date.to_utc()).today.to_string();
        let known = (text(&letter["rcpt"]), plain(&text(&letter["subject"]), &text(&letter["text"]), &names), date);
        let id = text(&letter["message_id"]);
        match left.letters.get(&id) {
            None => drop(left.letters.insert(id, known)),
            Some(before) => {
                assert_eq!(*before, known, "one Message-ID, two letters");
                *left.again.entry(id).or_default() += 1;
            }
        }
    }
    left
}

/// Runs a subcommand; whether it ended well. It may only end badly by being killed.
async fn once(setting: &Setting, subcommand: &str, set_on: impl FnOnce(&Killable)) -> bool {
    let running = Running::start(&mut setting.command(&[subcommand]));
    set_on(&running.killable());
    let status = running.ended().await;
    let killed = std::os::unix::process::ExitStatusExt::signal(&status) == Some(9);
    assert!(killed || status.success(), "{subcommand}: {}", errors(setting));
    !killed
}

#[expect(clippy::too_many_arguments, reason = "a scene has that many sides")]
async fn happen(
    town: &Town,
    server: &Arc<dyn Server>,
    mail: &Path,
    number: u64,
    citizen: &str,
    place: &Workplace,
    stays: &mut BTreeMap<u64, String>,
    event: &Event,
) {
    let keeper = if number.is_multiple_of(3) { &town.jonas } else { &town.mette };
    let on = |number: i64| later(FIRST, number);
    let stay = stays.get(&number).cloned().unwrap_or_default();
    match event {
        Event::Book { first, last, decision } => {
            let decision = decision.map(on);
            let id = town.book(keeper, citizen, place, (&on(*first), &on(*last)), decision.as_deref()).await;
            stays.insert(number, id);
        }
        Event::Confirm(parties) => town.confirm(keeper, &stay, parties).await,
        Event::Begin => {
            town.papers(keeper, &stay, place).await;
            town.act(keeper, &stay, "start", json!({})).await;
        }
        Event::Extend { to, decision } => {
            let body = json!({"to": on(*to), "reason": "Der mangler lidt.", "hiring_decision_on": on(*decision)});
            town.act(keeper, &stay, "extensions", body).await;
        }
        Event::AnswerByLink(answer) => {
            let letters = read_mail(mail);
            let reference = text(&keeper.caller.get(&format!("/internships/{stay}")).await.body["reference"]);
            let asked =
                |letter: &&Value| text(&letter["subject"]).contains("ansætte") && text(&letter["text"]).contains(&reference);
            let letter = letters.iter().rfind(asked).expect("the company was not asked");
            let words = text(&letter["text"]);
            let link = words.split_whitespace().find_map(|word| Some(&word[word.find("/l/")?..])).unwrap();
            let link = link.split('?').next().unwrap().replace("/l/", "/api/v1/links/");
            Caller::nobody(server).post(&format!("{link}/answer"), json!({"answer": answer})).await;
        }
        Event::AnswerByTelephone(answer) => {
            let body = json!({"answer": answer, "words": "Chefen er på ferie.", "via": "telephone"});
            keeper.caller.post(&format!("/internships/{stay}/answers"), body).await;
        }
        Event::Cancel => drop(town.act(keeper, &stay, "cancellation", json!({"reason": "Aflyst."})).await),
        Event::Plan => drop(town.act(keeper, &stay, "next-step", json!({"next_step": "Et kursus."})).await),
        Event::End("no-job") => drop(town.act(keeper, &stay, "end", json!({"outcome": "no-job"})).await),
        Event::End(how) => {
            let body = json!({"outcome": how, "first_day": on(DAYS), "weekly_hours": 12});
            town.act(keeper, &stay, "end", body).await;
        }
    }
}

/// The database is whole, nothing that was answered with 201 is gone, nothing was made twice. Gives each reference its name.
async fn look_back(server: &Arc<dyn Server>, town: &Town, setting: &Setting, stays: usize) -> BTreeMap<String, String> {
    let tove = &town.tove.caller.at(server);
    let made = town.tove.caller.made.lock().unwrap().clone();
    for place in made {
        let who = if place.contains("/accounts/") { &town.administrator.at(server) } else { tove };
        who.get(&place).await;
    }
    let mut names = BTreeMap::new();
    let citizens = tove.all("/citizens?limit=200").await;
    assert_eq!(citizens.len(), usize::try_from(CITIZENS).unwrap());
    for citizen in &citizens {
        names.insert(text(&citizen["reference"]), text(&citizen["name"]));
    }
    let internships = tove.all("/internships?limit=200").await;
    assert_eq!(internships.len(), stays, "an internship was booked twice");
    for internship in internships {
        let citizen = citizens.iter().find(|citizen| citizen["id"] == internship["citizen"]).unwrap();
        names.insert(text(&internship["reference"]), format!("stay of {}", text(&citizen["name"])));
    }
    assert_eq!(texts(&setting.database(), "SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
    assert!(texts(&setting.database(), "SELECT \"table\" AS text FROM pragma_foreign_key_check").is_empty());
    let waiting = "SELECT id AS text FROM letters WHERE sent_at IS NULL AND dropped_at IS NULL";
    assert!(texts(&setting.database(), waiting).is_empty(), "a letter still waits, or failed");
    names
}

/// A subject with the names of the cases that its letter names by their references, which are random, in the order of the names.
fn plain(subject: &str, said: &str, names: &BTreeMap<String, String>) -> String {
    let mut found: Vec<&str> =
        names.iter().filter(|(reference, _)| said.contains(*reference)).map(|(_, name)| name.as_str()).collect();
    found.sort_unstable();
    format!("{subject} [{}]", found.join(", "))
}

/// So many letters are on their way at once when the courier is killed (`jobs::courier::AT_ONCE`).
const AT_ONCE: usize = 4;

#[actix_web::test]
async fn killed_at_any_moment_people_are_told_the_same() {
    let seed = 20_240_229;
    let calm = play(seed, None).await;
    assert_eq!(calm.kills, [0, 0, 0]);
    assert!(calm.again.is_empty(), "a letter came twice though nothing was killed: {:?}", calm.again);
    assert!(calm.letters.len() > 60, "{}", calm.letters.len());
    println!("undisturbed: {} letters, {:?}", calm.letters.len(), calm.spread);

    let runs: Vec<_> =
        [1, 2, 3].map(|kill_seed| actix_web::rt::spawn(play(seed, Some((kill_seed * 7_919, calm.spread))))).into_iter().collect();
    let mut all = [0; 3];
    for run in runs {
        let left = run.await.unwrap();
        let again: usize = left.again.values().sum();
        println!("disturbed: kills of serve, tick, deliver {:?}; letters that came again {again}", left.kills);
        assert_eq!(left.besides(&calm), Vec::<String>::new(), "letters that nobody gets when nothing is killed");
        assert_eq!(calm.besides(&left), Vec::<String>::new(), "letters that were lost");
        let of_deliver = left.kills[2];
        assert!(again <= of_deliver * AT_ONCE, "{again} letters came again after {of_deliver} kills");
        assert!(left.again.values().all(|times| *times <= of_deliver));
        for (sum, count) in all.iter_mut().zip(left.kills) {
            *sum += count;
        }
    }
    println!("kills in all: {all:?}");
    assert!(all.iter().all(|count| *count >= 20), "too few kills landed: {all:?}");
}

/// A first start makes the key and the tables; killed within it, the next start goes on from there.
#[actix_web::test]
async fn killed_at_its_first_start_the_next_one_comes_up() {
    let mut jitter = Chance(5);
    let mut landed = 0;
    for _ in 0..25 {
        let folder = tempfile::tempdir().unwrap();
        let mut setting = Setting::new(folder.path(), 9);
        setting.clock = local(day(FIRST), 9).to_rfc3339();
        let first = |setting: &Setting| {
            let mut command = setting.command(&["tick"]);
            command.env_remove("RETTEMATCH__KEY").env("RETTEMATCH__KEY_FILE", setting.folder.join("key"));
            command
        };
        let running = Running::start(&mut first(&setting));
        tokio::time::sleep(Duration::from_micros(jitter.below(60_000))).await;
        landed += usize::from(running.killable().kill());
        let status = Running::start(&mut first(&setting)).ended().await;
        assert!(status.success(), "{}", errors(&setting));
        assert_eq!(texts(&setting.database(), "SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
    }
    println!("kills within a first start: {landed}");
    assert!(landed >= 3, "too few kills landed: {landed}");
}

/// Whoever was answered has read; a kill right after it takes nothing out of the log.
#[actix_web::test]
async fn killed_right_after_an_answer_about_somebody_who_read_it_is_in_the_log() {
    let mut jitter = Chance(11);
    let folder = tempfile::tempdir().unwrap();
    let mut setting = Setting::new(folder.path(), 9);
    setting.clock = local(day(FIRST), 9).to_rfc3339();
    setting.once(&["administrator", "--municipality", "101", "--email", ADMINISTRATOR]);
    let mut running = Running::start_reading(&mut setting.command(&["serve"]));
    let server: Arc<dyn Server> = Arc::new(running.ready("listening on ").expect("the service did not come up"));
    let town = Town::found(&server, &setting.address()).await;
    let citizen = town.citizen(&town.mette, "Borger", Some("borger@post.example")).await;
    let path = format!("/citizens/{citizen}");
    let records = "SELECT reads.number || '' AS text FROM reads JOIN reads_of_citizens ON reads.number = reads_of_citizens.number \
                   WHERE what = 'record'";
    let answered = 20 + jitter.below(40);
    for _ in 0..answered {
        town.mette.caller.get(&path).await;
    }
    assert!(running.killable().kill());
    assert_eq!(texts(&setting.database(), records).len() as u64, answered);
    assert!(setting.once(&["verify-log"]).starts_with("101 "));
}
