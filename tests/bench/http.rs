//! What a request costs: reading an internship as it stands, listing those of a workplace among 1,000,000, booking one, confirming
//! one as its consultant; of the program itself in a process of its own, on SQLite and on PostgreSQL. Beside it, in the same rounds
//! on the same machine: (a) a handler of actix-web that answers the same bytes and knows no database; (b) what the handler calls
//! (the same statements, and what is made of their rows) in a loop on one connection, each in a transaction of its own that is
//! committed where it writes: no HTTP, no sign-in, no JSON; (c) the same resource in Django REST framework under gunicorn, on the
//! same PostgreSQL, with the same rows. (c) asks no rule before it books and queues no letter: that is in its favour. gunicorn's
//! usual workers close the connection after each answer, so that every request of (c) opens one.
//!
//! `tests/bench/http.sh` does all of it. By hand: `cargo bench --bench http`, with RETTEMATCH_TEST_POSTGRES=postgres://… a
//! PostgreSQL of one's own too (a database named rettematch_http_… is made and dropped; its user must be a superuser, for the
//! filling), with RETTEMATCH_BENCH_DJANGO=…/bin an environment with tests/bench/django/requirements.txt. `-- 20000` fills in fewer
//! internships, `-- 20000 1` measures each for one second instead of five.

mod history;
mod load;
#[allow(dead_code)]
mod place;
mod rows;
mod served;

use diesel::connection::SimpleConnection;
use history::{History, TOKEN};
use load::{Answered, CONNECTIONS, Next, request};
use place::{Place, at};
use rettematch::{
    actions::{
        ActionError,
        internships::{booking, confirming},
    },
    context::Context,
    domain::{
        input::read,
        values::ids::{InternshipId, WorkplaceId},
    },
    store::{Conn, Tx, internships},
    views,
};
use served::{ANSWERS, Django, Served};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};

const ROUNDS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Read,
    List,
    Book,
    Confirm,
}

const KINDS: [(Kind, &str); 4] = [
    (Kind::Read, "reading an internship"),
    (Kind::List, "listing those of a workplace, 50 a page"),
    (Kind::Book, "booking"),
    (Kind::Confirm, "confirming"),
];

/// A database and what of it has been booked and confirmed already.
struct Stock {
    history: History,
    asked: Cell<usize>,
    booked: Cell<usize>,
    confirmed: Cell<usize>,
}

/// One more of what is counted.
fn one_more(count: &Cell<usize>) -> usize {
    count.replace(count.get() + 1)
}

impl Stock {
    fn of(history: History) -> Rc<Self> {
        Rc::new(Self { history, asked: Cell::new(0), booked: Cell::new(0), confirmed: Cell::new(0) })
    }

    /// The next request of a kind.
    fn next(&self, kind: Kind, authorization: &str) -> Option<Vec<u8>> {
        let base = "/api/v1/internships";
        match kind {
            Kind::Read => {
                let id = self.history.some_internship(one_more(&self.asked));
                Some(request("GET", &format!("{base}/{id}"), authorization, None))
            }
            Kind::List => {
                let id = self.history.some_large_workplace(one_more(&self.asked));
                Some(request("GET", &format!("{base}?workplace={id}"), authorization, None))
            }
            Kind::Book => {
                let body = self.history.booking(one_more(&self.booked))?;
                Some(request("POST", base, authorization, Some(&body)))
            }
            Kind::Confirm => {
                let (id, body) = self.history.confirmation(one_more(&self.confirmed))?;
                Some(request("POST", &format!("{base}/{id}/confirmations"), authorization, Some(&body)))
            }
        }
    }
}

/// One of our databases, its server, and what became of the rounds.
struct Engine {
    name: &'static str,
    place: Place,
    stock: Rc<Stock>,
    server: Served,
}

/// What one server gave in one round.
#[derive(Clone, Copy, Default)]
struct Got {
    answered: Answered,
    memory: f64,
}

/// Those that are measured for a kind, round by round.
#[derive(Default)]
struct Rounds {
    ours: Vec<Vec<Got>>,
    alone: Vec<Vec<f64>>,
    bare: Vec<Got>,
    django: Vec<Got>,
}

fn main() {
    if !served::serve_bare_if_asked() {
        actix_web::rt::System::new().block_on(measure());
    }
}

async fn measure() {
    let mut numbers = std::env::args().skip(1).filter_map(|word| word.parse().ok());
    let history = History { internships: numbers.next().unwrap_or(1_000_000) };
    let long = Duration::from_secs(numbers.next().unwrap_or(5) as u64);

    let folder = tempfile::tempdir().unwrap();
    let mut engines = Vec::new();
    for (name, server) in place::engines() {
        let place = Place::open(server.as_deref(), "http");
        eprintln!("filling {name}");
        history.fill(&place.app.services.settings.database, &place.app.services.keys);
        place.settle().await;
        let server = Served::ours(&place);
        engines.push(Engine { name, place, stock: Stock::of(history), server });
    }
    samples(&engines[0], folder.path()).await;
    let bare = Served::bare(folder.path());
    // Only ours keeps a stock for (a): what it is asked it does not look at.
    let any = Stock::of(history);
    let postgres = engines.iter().find(|engine| engine.name == "PostgreSQL");
    let django = postgres.and_then(|engine| {
        eprintln!("filling Django's tables");
        let django = Django::fill(&engine.place.app.services.settings.database, folder.path().join("advice"))?;
        Some((Served::django(&django), Stock::of(history)))
    });

    if let Some(engine) = postgres {
        engine.place.settle().await;
        // What the filling left to be written is written before anything is measured.
        history::open(&engine.place.app.services.settings.database).batch_execute("CHECKPOINT").unwrap();
    }

    let mut all = Vec::new();
    for (kind, what) in KINDS {
        let mut rounds = Rounds { ours: vec![vec![]; engines.len()], alone: vec![vec![]; engines.len()], ..Rounds::default() };
        for round in 0..ROUNDS {
            eprintln!("{what}, round {} of {ROUNDS}", round + 1);
            // Whoever comes last in one round comes first in the next.
            let mut turns: Vec<usize> = (0..2 * engines.len() + 2).collect();
            if round % 2 == 1 {
                turns.reverse();
            }
            for context in turns {
                let (engine, which) = (context / 2, context % 2);
                match (engines.get(engine), which) {
                    (Some(engine_of), 0) => {
                        rounds.ours[engine].push(asked(&engine_of.server, &engine_of.stock, kind, long).await);
                    }
                    (Some(engine_of), _) => rounds.alone[engine].push(alone(engine_of, kind, long).await),
                    (None, 0) => {
                        any.booked.set(0);
                        any.confirmed.set(0);
                        rounds.bare.push(asked_bare(&bare, &any, kind, long).await);
                    }
                    (None, _) => {
                        if let Some((server, stock)) = &django {
                            rounds.django.push(asked(server, stock, kind, long).await);
                        }
                    }
                }
            }
        }
        all.push((what, rounds));
    }

    println!(
        "{} internships on record, {} citizens, {} workplaces; {CONNECTIONS} connections; {ROUNDS} rounds of {} s, median (least – most)\n",
        history.internships,
        history.citizens() + history.newcomers(),
        history.workplaces(),
        long.as_secs()
    );
    for (index, engine) in engines.iter().enumerate() {
        table(engine.name, index, &all);
    }
    drop((bare, django));
    for Engine { place, server, .. } in engines {
        drop(server);
        place.close();
    }
}

/// Real answers of ours, for (a) to give, and the advice in them for (c).
async fn samples(engine: &Engine, folder: &std::path::Path) {
    for ((kind, _), name) in KINDS.into_iter().zip(ANSWERS) {
        let request = engine.stock.next(kind, &format!("Bearer {TOKEN}")).unwrap();
        let answer = load::ask_once(&engine.server.address, &request).await;
        assert!((200..300).contains(&answer.status), "{}", String::from_utf8_lossy(&answer.body));
        eprintln!("{name}: {} bytes", answer.body.len());
        if kind == Kind::Read {
            let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            std::fs::write(folder.join("advice"), body["advice"].to_string()).unwrap();
        }
        std::fs::write(folder.join(name), answer.body).unwrap();
    }
}

/// Asks a server, and looks at its memory shortly before the end.
async fn asked(server: &Served, stock: &Rc<Stock>, kind: Kind, long: Duration) -> Got {
    let (stock, authorization) = (Rc::clone(stock), server.authorization.clone());
    let next: Next = Rc::new(RefCell::new(move || stock.next(kind, &authorization)));
    watched(server, next, long).await
}

/// Asks (a), with as many requests as it takes: nothing is used up.
async fn asked_bare(server: &Served, stock: &Rc<Stock>, kind: Kind, long: Duration) -> Got {
    let some: Vec<Vec<u8>> = (0..1_000).map_while(|_| stock.next(kind, &server.authorization)).collect();
    let mut nth = 0;
    let next = move || {
        nth += 1;
        some.get(nth % some.len()).cloned()
    };
    watched(server, Rc::new(RefCell::new(next)), long).await
}

async fn watched(server: &Served, next: Next, long: Duration) -> Got {
    let look = async {
        actix_web::rt::time::sleep(load::WARMING + long * 8 / 10).await;
        server.memory()
    };
    let (answered, memory) = futures_util::future::join(load::ask(&server.address, next, long), look).await;
    Got { answered, memory }
}

/// (b): so many a second, one after another.
#[allow(clippy::disallowed_methods)]
async fn alone(engine: &Engine, kind: Kind, long: Duration) -> f64 {
    let Engine { place, stock, .. } = engine;
    let by = stock.history.by();
    let mut conn = history::open(&place.app.services.settings.database);
    let begin = match &conn {
        Conn::Sqlite(_) => "BEGIN DEFERRED",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    let (mut done, begun) = (0_usize, Instant::now());
    while begun.elapsed() < long {
        let services = place.app.services.clone();
        let own = by.clone();
        match kind {
            Kind::Read | Kind::List => {
                let context = Context::of(&services, &own, at());
                conn.batch_execute(begin).unwrap();
                let nth = one_more(&stock.asked);
                if kind == Kind::Read {
                    let id = InternshipId::stored(stock.history.some_internship(nth));
                    drop(views::internships::one(&mut conn, &context, &id).unwrap());
                } else {
                    let there = Some(stock.history.some_large_workplace(nth));
                    let narrow = internships::InternshipFilter {
                        workplace: there.map(WorkplaceId::stored),
                        ..internships::InternshipFilter::default()
                    };
                    drop(internships::page(&mut conn, &own.tenant, &narrow, "", 51).unwrap());
                }
                conn.batch_execute("ROLLBACK").unwrap();
            }
            // A transaction that may write is made by the program's own queue alone; one after another, that is one connection.
            Kind::Book => {
                let Some(body) = stock.history.booking(one_more(&stock.booked)) else { break };
                let book = move |tx: &mut Tx| {
                    let context = Context::of(&services, &own, at());
                    booking::book(tx, &context, &read(&body).map_err(ActionError::Faults)?)
                };
                place.app.db.write(book).await.unwrap();
            }
            Kind::Confirm => {
                let Some((id, body)) = stock.history.confirmation(one_more(&stock.confirmed)) else { break };
                let id = InternshipId::stored(id);
                let confirm = move |tx: &mut Tx| {
                    let context = Context::of(&services, &own, at());
                    confirming::confirm(tx, &context, &id, &read(&body).map_err(ActionError::Faults)?)
                };
                place.app.db.write(confirm).await.unwrap();
            }
        }
        done += 1;
    }
    done as f64 / begun.elapsed().as_secs_f64()
}

fn table(engine: &str, index: usize, all: &[(&str, Rounds)]) {
    println!("### {engine}\n");
    println!(
        "| what | ours, requests a second | p99, ms | (a) the same bytes, no database | ours / (a) | (b) the same SQL alone | ours / (b) | (c) Django REST framework | p99, ms | ours / (c) | memory, MB | (c)'s |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (what, rounds) in all {
        let ours = &rounds.ours[index];
        let rates = |got: &[Got]| got.iter().map(|got| got.answered.per_second).collect::<Vec<_>>();
        let late =
            |got: &[Got]| median(got.iter().map(|got| got.answered.p99).collect()).map_or("–".into(), |ms| format!("{ms:.1}"));
        let most = |got: &[Got]| got.iter().map(|got| got.memory).reduce(f64::max).map_or("–".into(), |mb| format!("{mb:.0}"));
        let (own, bare, alone, django) = (rates(ours), rates(&rounds.bare), &rounds.alone[index], rates(&rounds.django));
        println!(
            "| {what} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            spread(&own),
            late(ours),
            spread(&bare),
            percent(&own, &bare),
            spread(alone),
            percent(&own, alone),
            spread(&django),
            late(&rounds.django),
            times(&own, &django),
            most(ours),
            most(&rounds.django),
        );
    }
    println!();
    for (what, rounds) in all {
        let failed = |got: &[Got]| got.iter().map(|got| got.answered.failed).sum::<usize>();
        let (ours, django) = (failed(&rounds.ours[index]), failed(&rounds.django));
        if ours + django > 0 {
            println!("{what}: answers that were no success: ours {ours}, (c) {django}\n");
        }
    }
}

fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

fn spread(figures: &[f64]) -> String {
    let least = figures.iter().copied().reduce(f64::min);
    let most = figures.iter().copied().reduce(f64::max);
    match (median(figures.to_vec()), least, most) {
        (Some(median), Some(least), Some(most)) => format!("{median:.0} ({least:.0} – {most:.0})"),
        _ => "–".into(),
    }
}

/// The median of the rounds' ratios: only within a round are two figures comparable.
fn ratio(ours: &[f64], other: &[f64]) -> Option<f64> {
    median(ours.iter().zip(other).map(|(ours, other)| ours / other).collect())
}

fn percent(ours: &[f64], other: &[f64]) -> String {
    ratio(ours, other).map_or("–".into(), |ratio| format!("{:.0} %", ratio * 100.0))
}

fn times(ours: &[f64], other: &[f64]) -> String {
    ratio(ours, other).map_or("–".into(), |ratio| format!("{ratio:.1} ×"))
}
