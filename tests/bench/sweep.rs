//! What the nightly sweep costs: 1,000 citizens due among 10,000, 100,000 and 1,000,000 internships on record, beside a bare
//! query that only counts the due rows. The cost is to grow with what is due, not with history.
//!
//! `cargo bench --bench sweep` (SQLite), or with RETTEMATCH_TEST_POSTGRES=postgres://… on a PostgreSQL of one's own (a database
//! named rettematch_sweep_… is made and dropped); `-- 10000 100000` chooses the sizes.

#[allow(dead_code)]
mod place;
#[allow(dead_code)]
mod rows;

use chrono::{DateTime, Days, NaiveDate, Utc};
use place::{at, here, today};
use rettematch::{
    actions::{ActionError, people::accounts},
    app::App,
    crypto::Keys,
    domain::{
        input::read,
        internships::{
            alignment::{Party, Terms},
            internship::Ending,
        },
        people::access::Role,
        values::{
            day::{At, plus},
            ids::{CitizenId, CompanyId, InternshipId, WorkplaceId},
            text::{Email, Line},
        },
    },
    jobs,
    settings::Settings,
    store::{
        Conn, Tx, citizens, companies, internships,
        schema::CitizenRow,
        sealed::{self, StoredValue},
        system::schedule,
    },
};
use serde_json::json;
use std::time::Instant;

/// Internships of one citizen: the history of years.
const EACH: usize = 5;
/// Internships at one workplace.
const THERE: usize = 50;
const DUE: usize = 1_000;
const ROUNDS: usize = 5;
const BATCH: usize = 200;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 100_000, 1_000_000] } else { sizes };
    println!("{DUE} citizens due; {ROUNDS} rounds, median (min – max)\n");
    println!(
        "| internships on record | sweep, ms | a due citizen, ms | bare count of the due, ms | sweep / bare | memory over the idle program, MB | database, MB |"
    );
    println!("|---|---|---|---|---|---|---|");
    for size in sizes {
        actix_web::rt::System::new().block_on(measure(size));
    }
}

/// Times real work, so it reads the real clock.
#[allow(clippy::disallowed_methods)]
async fn measure(size: usize) {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let mut settings = Settings::base().unwrap();
    let server = std::env::var("RETTEMATCH_TEST_POSTGRES").ok();
    let name = format!("rettematch_sweep_{}_{size}", std::process::id());
    settings.database = match &server {
        Some(server) => {
            on_server(server, &format!("CREATE DATABASE {name}"));
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        }
        None => format!("sqlite:{}", inside("sweep.db")),
    };
    settings.key_file = inside("key");
    settings.mail.folder = inside("letters");
    settings.clock = format!("{}T18:00:00Z", today());
    settings.public_url = "http://localhost".into();
    let app = App::open(settings).unwrap();
    let due = fill(&app, size).await;
    let bytes = std::fs::metadata(folder.path().join("sweep.db")).map(|file| file.len()).unwrap_or_default();
    let (mut sweeps, mut bare, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        make_due(&app, &due).await;
        let begun = Instant::now();
        let counted = app.db.read(|conn: &mut Conn| schedule::count_citizens_to_look_at(conn, today())).await.unwrap();
        bare.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(counted, i64::try_from(DUE).unwrap());
        let idle = reset_peak();
        let begun = Instant::now();
        let done = jobs::tick(&app, &jobs::quiet).await.unwrap();
        sweeps.push(begun.elapsed().as_secs_f64() * 1000.0);
        memory.push((peak() - idle).max(0.0));
        assert_eq!(done.evaluated, DUE);
    }
    let sweep = spread(&mut sweeps);
    let count = spread(&mut bare);
    println!(
        "| {size} | {} | {:.2} | {} | {:.0} | {:.1} | {} |",
        said(sweep),
        sweep.1 / DUE as f64,
        said(count),
        sweep.1 / count.1,
        spread(&mut memory).1,
        if bytes > 0 { (bytes / 1_000_000).to_string() } else { "–".into() },
    );
    drop(app);
    if let Some(server) = &server {
        on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
    }
}

fn on_server(server: &str, sql: &str) {
    use diesel::{Connection, connection::SimpleConnection};
    diesel::PgConnection::establish(server).unwrap().batch_execute(sql).unwrap();
}

fn spread(figures: &mut [f64]) -> (f64, f64, f64) {
    figures.sort_by(f64::total_cmp);
    (figures[0], figures[figures.len() / 2], figures[figures.len() - 1])
}

fn said((min, median, max): (f64, f64, f64)) -> String {
    format!("{median:.2} ({min:.2} – {max:.2})")
}

/// Resident memory now in MB, and the kernel's high-water mark put back to it.
fn reset_peak() -> f64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    of_status("VmRSS:")
}

fn peak() -> f64 {
    of_status("VmHWM:")
}

fn of_status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
}

async fn make_due(app: &App, due: &[String]) {
    for some in due.chunks(BATCH) {
        let some = some.to_vec();
        app.db
            .write(move |tx: &mut Tx| {
                some.iter().try_for_each(|id| citizens::look_again(tx, &here(), &CitizenId::stored(id), Some(today())))
            })
            .await
            .unwrap();
    }
}

/// Companies, citizens and their internships; the ids of those who are due. Each has ended internships, and the due one that runs.
async fn fill(app: &App, size: usize) -> Vec<String> {
    let keeper = app
        .db
        .write(move |tx: &mut Tx| {
            let name = Line::parse("Jonas").map_err(|_| ActionError::NotFound)?;
            let email = Email::parse("jonas@kommune.example").ok_or(ActionError::NotFound)?;
            accounts::create(tx, at(), &here(), &email, &name, Role::TeamLeader, "!")
        })
        .await
        .unwrap()
        .to_string();
    let company = CompanyId::new(at()).to_string();
    let row = rows::company(company.clone(), "13748136".into(), &keeper);
    app.db.write(move |tx: &mut Tx| companies::insert(tx, &row)).await.unwrap();
    let places = (size / THERE).max(1);
    let workplaces: Vec<String> = (0..places).map(|_| WorkplaceId::new(at()).to_string()).collect();
    for (number, some) in workplaces.chunks(BATCH).enumerate() {
        let (some, company) = (some.to_vec(), company.clone());
        app.db
            .write(move |tx: &mut Tx| {
                some.iter().enumerate().try_for_each(|(index, id)| {
                    let row = rows::workplace(id.clone(), company.clone(), format!("1{:09}", number * BATCH + index));
                    companies::workplaces::insert(tx, &row)
                })
            })
            .await
            .unwrap();
    }
    let people = (size / EACH).max(DUE);
    let citizens: Vec<String> = (0..people).map(|_| CitizenId::new(at()).to_string()).collect();
    for (number, some) in citizens.chunks(BATCH).enumerate() {
        let (some, keeper, workplaces, company) = (some.to_vec(), keeper.clone(), workplaces.clone(), company.clone());
        let services = app.services.clone();
        app.db
            .write(move |tx: &mut Tx| {
                some.iter().enumerate().try_for_each(|(index, citizen)| -> Result<(), ActionError> {
                    let order = number * BATCH + index;
                    insert_citizen(tx, &services.keys, citizen, &keeper, order)?;
                    for nth in 0..EACH {
                        let runs = order < DUE && nth + 1 == EACH;
                        let place = &workplaces[(order * EACH + nth) % workplaces.len()];
                        let first = if runs { plus(today(), -30) } else { today() - Days::new(300 * (EACH - nth) as u64) };
                        let last = plus(first, 59);
                        let terms = terms(place, &company, first, last);
                        insert_internship(tx, citizen, place, &keeper, &terms, &services.keys, (first, last), runs)?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        if number % 50 == 0 {
            eprintln!("{} of {people} citizens", number * BATCH);
        }
    }
    citizens.into_iter().take(DUE).collect()
}

fn terms(place: &str, company: &str, first: NaiveDate, last: NaiveDate) -> Terms {
    Terms::from_text(
        &json!({
            "purpose": read_purpose(), "occupation": "shop", "tasks": [],
            "place": {"workplace": place, "company": company, "p_number": "1000000000", "name": "Sted"},
            "period": {"first": first, "last": last}, "hours": [{"from": first, "weekly_hours": 20}],
            "decision_on": null, "accommodations": "none_needed",
        })
        .to_string(),
    )
    .unwrap()
}

fn read_purpose() -> serde_json::Value {
    let purpose: rettematch::domain::internships::purpose::Purpose =
        read(&json!({"kind": "clarification", "questions": ["Kan jeg klare tempoet?"]})).unwrap();
    serde_json::to_value(purpose).unwrap()
}

fn insert_citizen(tx: &mut Tx, keys: &Keys, id: &str, keeper: &str, order: usize) -> Result<(), ActionError> {
    let row = CitizenRow {
        // Most are looked at again some day, so that the index has what it has in use.
        look_on: Some(plus(today(), 30 + i64::try_from(order % 300).unwrap())),
        ..rows::citizen(keys, id.into(), &order.to_string(), keeper)
    };
    Ok(citizens::insert(tx, &row)?)
}

#[allow(clippy::too_many_arguments)]
fn insert_internship(
    tx: &mut Tx,
    citizen: &str,
    place: &str,
    keeper: &str,
    terms: &Terms,
    keys: &Keys,
    (first, last): (NaiveDate, NaiveDate),
    runs: bool,
) -> Result<(), ActionError> {
    let at = At { instant: DateTime::<Utc>::from_naive_utc_and_offset(first.and_hms_opt(9, 0, 0).unwrap(), Utc), today: first };
    let id = InternshipId::new(at).to_string();
    let row = rows::internship(id.clone(), &id, citizen.into(), place.into(), keeper, first);
    let row = if runs { row } else { rows::ended(row, last, Ending::NoJob) };
    internships::insert(tx, &row)?;
    let hash = terms.hash(&id, 1);
    let sealed = sealed::VERSION_TERMS.seal(keys, sealed::version_key(&id, 1), terms).unwrap();
    let version = rows::version(id.clone(), sealed, hash.clone(), keeper, first);
    internships::add_version(tx, &version)?;
    for party in Party::ALL {
        let row = rows::confirmation(id.clone(), *party, hash.clone(), keeper, first);
        internships::confirm(tx, &row)?;
    }
    Ok(())
}
