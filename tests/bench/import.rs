//! What an import costs: the program itself brings in a list of 300,000 workplaces, and brings the same list in again; beside (a)
//! the bare reading of the file, (b) SQLite's own `.import` and (c) PostgreSQL's own COPY of the same rows into one table with the
//! list's columns and as many indexes. And the most memory it took, also for a tenth of the list: that is not to grow with the file.
//!
//! `cargo bench --bench import` (SQLite), and with RETTEMATCH_TEST_POSTGRES=postgres://… on a PostgreSQL of one's own too (a
//! database named rettematch_import_… is made and dropped); `-- 30000` makes a shorter list. (b) needs the program sqlite3 (Debian:
//! sqlite3), (c) the program psql (Debian: postgresql-client); where one is missing the table says so.

#[allow(dead_code)]
mod country;
#[allow(dead_code)]
mod place;

use place::{EMAIL, Place};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const ROUNDS: usize = 3;

fn main() {
    let size = place::size();
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, size: usize| {
        let path = folder.path().join(name);
        country::write_csv(size, &mut BufWriter::new(File::create(&path).unwrap())).unwrap();
        path
    };
    let (whole, tenth) = (list("whole.csv", size), list("tenth.csv", size / 10));
    println!(
        "a list of {size} workplaces, {} MB; {ROUNDS} rounds, median\n",
        std::fs::metadata(&whole).unwrap().len() / 1_000_000
    );
    println!("| what | seconds | rows a second | most memory, MB | of a tenth of the list, MB |");
    println!("|---|---|---|---|---|");
    told("(a) bare reading of the file", size, rounds(|| (read(&whole, size), 0.0)), None);
    for (engine, server) in place::engines() {
        match &server {
            None => by_hand("(b) `.import` of sqlite3", size, || sqlite3(folder.path(), &whole)),
            Some(server) => by_hand("(c) COPY of psql", size, || psql(server, &whole)),
        }
        let both = || {
            let place = Place::open(server.as_deref(), "import");
            actix_web::rt::System::new().block_on(place.account());
            let first = import(&place, &whole);
            let again = import(&place, &whole);
            place.close();
            (first, again)
        };
        let (first, again): (Vec<_>, Vec<_>) = (0..ROUNDS).map(|_| both()).unzip();
        let small = rounds(|| {
            let place = Place::open(server.as_deref(), "import_tenth");
            actix_web::rt::System::new().block_on(place.account());
            let took = import(&place, &tenth);
            place.close();
            took
        });
        told(&format!("import, {engine}"), size, median(first), Some(small.1));
        told(&format!("the same list again, {engine}"), size, median(again), None);
    }
}

/// Seconds, and the most memory in MB.
type Took = (f64, f64);

fn rounds(mut once: impl FnMut() -> Took) -> Took {
    median((0..ROUNDS).map(|_| once()).collect())
}

fn median(mut rounds: Vec<Took>) -> Took {
    rounds.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    rounds[rounds.len() / 2]
}

fn told(what: &str, size: usize, (seconds, most): Took, tenth: Option<f64>) {
    let memory = |mb: Option<f64>| mb.filter(|mb| *mb > 0.0).map_or("–".into(), |mb| format!("{mb:.0}"));
    println!("| {what} | {seconds:.2} | {:.0} | {} | {} |", size as f64 / seconds, memory(Some(most)), memory(tenth));
}

/// Times real work, so it reads the real clock.
#[allow(clippy::disallowed_methods)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed().as_secs_f64())
}

/// (a): every field of every record is touched.
fn read(list: &Path, size: usize) -> f64 {
    let ((records, bytes), seconds) = timed(|| {
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_path(list).unwrap();
        let (mut record, mut records, mut bytes) = (csv::StringRecord::new(), 0, 0);
        while reader.read_record(&mut record).unwrap() {
            records += 1;
            bytes += record.iter().map(str::len).sum::<usize>();
        }
        (records, bytes)
    });
    assert!(records == size && bytes > 0);
    seconds
}

/// The program itself, as people call it.
fn import(place: &Place, list: &Path) -> Took {
    let settings = &place.app.services.settings;
    let mut program = Command::new(env!("CARGO_BIN_EXE_rettematch"));
    program.args(["import", "companies"]).arg(list).args(["--by", EMAIL, "--keep"]);
    program.env("RETTEMATCH__DATABASE", &settings.database).env("RETTEMATCH__KEY_FILE", &settings.key_file);
    program.env("RETTEMATCH__MAIL__FOLDER", &settings.mail.folder).env("RETTEMATCH__CLOCK", &settings.clock);
    let said = place.folder.path().join("said");
    program.stdout(File::create(&said).unwrap()).stderr(Stdio::null());
    let ((succeeded, most), seconds) = timed(|| watched(program.spawn().unwrap()));
    assert!(succeeded, "{}", std::fs::read_to_string(&said).unwrap());
    (seconds, most)
}

/// Waits for a child; whether it succeeded, and the most memory it had.
fn watched(mut child: Child) -> (bool, f64) {
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0;
    loop {
        if let Some(ended) = child.try_wait().unwrap() {
            return (ended.success(), most);
        }
        // The mark never sinks: the last one read before the end is what counts.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM:"));
        most = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).map_or(most, |kb: f64| kb / 1000.0);
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// One table with the list's columns, and as many indexes as an import has to keep.
fn table() -> String {
    let columns: Vec<String> = country::HEADER.split(';').map(|name| format!("\"{name}\" TEXT")).collect();
    format!(
        "CREATE TABLE list ({});
         CREATE UNIQUE INDEX list_p ON list (\"P-nummer\"); CREATE INDEX list_cvr ON list (\"CVR-nr\");
         CREATE INDEX list_near ON list (\"Kommunekode\", \"Breddegrad\", \"Længdegrad\", \"Branchekode\");
         CREATE INDEX list_industry ON list (\"Branchekode\", \"CVR-nr\"); CREATE INDEX list_name ON list (\"Virksomhedsnavn\");",
        columns.join(", ")
    )
}

fn by_hand(what: &str, size: usize, once: impl FnMut() -> Option<Took>) {
    let took: Option<Vec<Took>> = std::iter::repeat_with(once).take(ROUNDS).collect();
    match took {
        Some(took) => told(what, size, median(took), None),
        None => println!("| {what} | not measured: the program is missing | – | – | – |"),
    }
}

/// (b): as durable as ours.
fn sqlite3(folder: &Path, list: &Path) -> Option<Took> {
    let file: PathBuf = folder.join("by_hand.db");
    let _ = std::fs::remove_file(&file);
    let script = format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;\n{}\n.mode csv\n.separator ;\n.import --skip 1 {} list\n",
        table(),
        list.display()
    );
    run(Command::new("sqlite3").arg("-bail").arg(file), &script)
}

/// (c).
fn psql(server: &str, list: &Path) -> Option<Took> {
    let copy = format!("\\copy list FROM '{}' WITH (FORMAT csv, DELIMITER ';', HEADER)\n", list.display());
    let script = format!(
        "SET client_encoding = 'UTF8'; SET client_min_messages = warning;\nDROP TABLE IF EXISTS list;\n{}\n{copy}DROP TABLE list;\n",
        table()
    );
    run(Command::new("psql").args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", server]), &script)
}

/// None where the program is missing.
fn run(program: &mut Command, script: &str) -> Option<Took> {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().ok()?;
    let ((succeeded, most), seconds) = timed(|| {
        child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
        watched(child)
    });
    assert!(succeeded);
    Some((seconds, most))
}
