//! Everything is copied to another database of either engine, or nothing is; a backup of a file in use is complete and is
//! restored by putting it in place. All with the real binary, which is killed too.

use crate::harness::{
    Database, House, Served, Value,
    catalogue::{ROWS, catalogue, fill, tables},
    furnished::Furnished,
    json,
    play::{ADMINISTRATOR, Server, Town},
    real::{Running, Setting, texts},
};
use reqwest::Method;
use rettematch::store::schema::TABLES;
use std::{
    fs,
    path::Path,
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

fn setting(folder: &Path) -> Setting {
    let mut setting = Setting::new(folder, 1);
    setting.clock = "2026-01-05T08:00:00Z".into();
    setting
}

/// A database of today's tables with made-up rows in each of them, odd ones too.
fn with_rows(database: Database) -> Database {
    rettematch::store::Db::open(&database.url, 1).unwrap().migrate().unwrap();
    fill(&tables(&catalogue(&database))).iter().for_each(|statement| database.run(statement));
    database
}

/// Runs the binary to its end on a database.
fn run(setting: &Setting, url: &str, arguments: &[&str]) -> Output {
    let mut command = setting.command(arguments);
    command.env("RETTEMATCH__DATABASE", url).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Copies; the digest of each table as it was printed.
fn copied(setting: &Setting, from: &Database, to: &Database) -> Vec<(String, String)> {
    let output = run(setting, &from.url, &["copy-to", &to.url]);
    assert!(output.status.success(), "{}", said(&output));
    let printed = String::from_utf8(output.stdout).unwrap();
    let line = |table: &str| {
        let line = printed.lines().find(|line| line.split(' ').next() == Some(table)).unwrap_or_else(|| panic!("{table}"));
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words[1], words[4]), (words[2], "both"), "{line}");
        words[3].to_owned()
    };
    TABLES.iter().map(|table| (table.name.to_owned(), line(table.name))).collect()
}

fn rows(database: &Database) -> usize {
    let count = |table: &str| database.texts(&format!("SELECT CAST(count(*) AS TEXT) AS text FROM {table}"));
    TABLES.iter().map(|table| count(table.name)[0].parse::<usize>().unwrap()).sum()
}

#[test]
fn everything_moves_and_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (setting, file) = (setting(folder.path()), |name: &str| Database::in_file(&folder.path().join(name)));
    let first = with_rows(file("first"));
    let mut way = vec![first, file("second")];
    // A language's order of letters is not the order of bytes.
    let danish = "TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'da-DK' LOCALE 'C.UTF-8'";
    way.extend([Database::on_server(danish), Database::on_server("")].into_iter().flatten());
    way.push(file("last"));
    let digests: Vec<_> = way.windows(2).map(|pair| copied(&setting, &pair[0], &pair[1])).collect();
    assert_eq!(rows(&way[0]), TABLES.len() * ROWS);
    for pair in digests.windows(2) {
        assert_eq!(pair[0], pair[1], "a digest depends on where the rows are kept");
    }
    let different: std::collections::BTreeSet<_> = digests[0].iter().map(|(_, digest)| digest).collect();
    assert_eq!(different.len(), TABLES.len());
    // Looked at past the program, all around the circle: what signing in leaves is no part of a dump.
    let (first, last) = (&way[0], way.last().unwrap());
    assert_eq!(first.dump(), last.dump());
    for table in ["sessions", "failed_sign_ins"] {
        let key =
            format!("SELECT quote({}) AS text FROM {table} ORDER BY 1", if table == "sessions" { "token_hash" } else { "id" });
        assert_eq!(first.texts(&key), last.texts(&key));
    }
    // One letter of one row is another database.
    first.run("UPDATE contacts SET name = name || '.' WHERE id = (SELECT max(id) FROM contacts)");
    let again = copied(&setting, first, &file("again"));
    let changed: Vec<_> = again.iter().zip(&digests[0]).filter(|(now, then)| now != then).map(|((name, _), _)| name).collect();
    assert_eq!(changed, ["contacts"]);
}

/// What everybody sees of everything there.
async fn seen(house: &House, base: &str) -> Vec<(String, Value)> {
    let mut seen = Vec::new();
    let people = [&house.here.team_leader, &house.here.administrator, &house.there.team_leader];
    for (number, person) in people.into_iter().enumerate() {
        for list in [
            "accounts",
            "companies",
            "workplaces",
            "citizens",
            "internships",
            "follow-ups",
            "flags",
            "letters",
            "openings",
            "outcomes",
        ] {
            let answer = person.at(base).get(&format!("/{list}?limit=200")).await;
            seen.push((format!("{number} {list}"), answer.body()));
            for item in answer.body()["items"].as_array().into_iter().flatten() {
                let one = format!("/{list}/{}", item["id"].as_str().unwrap());
                seen.push((one.clone(), person.at(base).get(&one).await.body()));
            }
        }
    }
    seen
}

#[tokio::test]
async fn what_was_moved_is_served_as_it_was() {
    let furnished = Furnished::open().await;
    let house = &furnished.house;
    let folder = tempfile::tempdir().unwrap();
    // The other engine where there is one.
    let other = if house.database_url().starts_with("sqlite:") { Database::on_server("") } else { None };
    let other = other.unwrap_or_else(|| Database::in_file(&folder.path().join("other")));
    let mut environment = house.environment();
    let output = run(&setting(folder.path()), house.database_url(), &["copy-to", &other.url]);
    assert!(output.status.success(), "{}", said(&output));
    environment.retain(|(name, _)| name != "RETTEMATCH__DATABASE");
    environment.push(("RETTEMATCH__DATABASE".into(), other.url.clone()));
    let served = Served::start(&environment);
    let (here, there) = (seen(house, &house.base).await, seen(house, &served.base).await);
    assert!(here.len() > 40, "{}", here.len());
    for ((path, one), (_, other)) in here.iter().zip(&there) {
        if let (Some(one), Some(other)) = (one.as_object(), other.as_object()) {
            for (name, value) in one {
                assert_eq!(Some(value), other.get(name), "{name} of {path}");
            }
        }
    }
    assert_eq!(here, there);
}

#[test]
fn what_arrives_otherwise_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (setting, file) = (setting(folder.path()), |name: &str| Database::in_file(&folder.path().join(name)));
    let from = with_rows(file("from"));
    let spoils = [
        "CREATE TRIGGER spoils AFTER INSERT ON contacts BEGIN UPDATE contacts SET name = 'x' WHERE id = NEW.id; END",
        "CREATE TRIGGER spoils BEFORE INSERT ON story WHEN NEW.sealed LIKE '%Zo%' BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER spoils AFTER INSERT ON contacts BEGIN UPDATE contacts SET email = coalesce(email, '-') WHERE id = NEW.id; END",
    ];
    for (number, spoil) in spoils.iter().enumerate() {
        let to = file(&number.to_string());
        rettematch::store::Db::open(&to.url, 1).unwrap().migrate().unwrap();
        to.run(spoil);
        let output = run(&setting, &from.url, &["copy-to", &to.url]);
        assert!(!output.status.success());
        assert!(said(&output).contains("did not keep what was sent"), "{}", said(&output));
        assert!(said(&output).lines().any(|line| line.ends_with("there") && line.contains("here,")), "{}", said(&output));
        assert_eq!(rows(&to), 0);
        to.run("DROP TRIGGER spoils");
        copied(&setting, &from, &to);
    }
}

#[test]
fn nothing_is_copied_over_or_from_what_does_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let (setting, file) = (setting(folder.path()), |name: &str| Database::in_file(&folder.path().join(name)));
    let refused = |from: &str, to: &str, why: &str| {
        let output = run(&setting, from, &["copy-to", to]);
        assert!(!output.status.success() && said(&output).contains(why), "{why}: {}", said(&output));
    };
    let from = with_rows(file("from"));
    let before = from.dump();
    // Rows, and somebody else's tables, which get none of ours.
    let standing = with_rows(file("standing"));
    refused(&from.url, &standing.url, "accounts (4 rows)");
    assert_eq!(standing.dump(), before);
    refused(&from.url, &from.url, "accounts (4 rows)");
    let foreign = file("foreign");
    foreign.run("CREATE TABLE songs (title TEXT)");
    refused(&from.url, &foreign.url, "songs (not a table of RetteMatch)");
    assert_eq!(foreign.texts("SELECT name AS text FROM sqlite_master"), ["songs"]);
    // An older database with rows is not brought up to date on the way to being refused.
    let older = file("older");
    older.up();
    fill(&tables(&catalogue(&older))).iter().for_each(|statement| older.run(statement));
    let tables_then = catalogue(&older);
    refused(&from.url, &older.url, "there is something in it already");
    assert_eq!(catalogue(&older), tables_then);
    // A source that is older, newer, or not there: a name that was mistyped makes no file.
    let new = |number: u32| format!("sqlite:{}", folder.path().join(format!("new{number}")).display());
    refused(&older.url, &new(1), "run `rettematch migrate` first");
    from.run("INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29990101000000', '2999-01-01')");
    refused(&from.url, &new(2), "belongs to a newer RetteMatch");
    refused(&format!("{}x", from.url), &new(3), "there is no file");
    assert!(!folder.path().join("fromx").exists());
    refused(&from.url, "mysql://there", "must be sqlite:PATH");
    if let Some(server) = Database::on_server("") {
        let server = with_rows(server);
        refused(&standing.url, &server.url, "accounts (4 rows)");
        assert_eq!(rows(&server), TABLES.len() * ROWS);
    }
    assert_eq!(from.dump(), before);
}

#[tokio::test]
async fn who_is_killed_while_copying_leaves_nothing_and_may_begin_anew() {
    let folder = tempfile::tempdir().unwrap();
    let setting = setting(folder.path());
    let from = with_rows(Database::in_file(&folder.path().join("from")));
    from.run(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO search_keys SELECT '101', 'spelling' || n, 'word' FROM n",
    );
    let targets = [Some(Database::in_file(&folder.path().join("to"))), Database::on_server("")];
    for to in targets.into_iter().flatten() {
        for lines in [1, 3, 5, 9] {
            let _ = fs::remove_file(setting.errors());
            let mut command = setting.command(&["copy-to", &to.url]);
            let child = Running::start(command.env("RETTEMATCH__DATABASE", &from.url).env("RUST_LOG", "info"));
            let told = || fs::read_to_string(setting.errors()).unwrap().matches("rows copied and compared").count();
            while told() < lines {
                assert!(child.killable().status().is_none(), "{}", fs::read_to_string(setting.errors()).unwrap());
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            assert!(child.killable().kill(), "it was done before it could be killed");
            assert_eq!(rows(&to), 0, "after {lines} tenths");
        }
        copied(&setting, &from, &to);
        assert_eq!(rows(&to), rows(&from));
    }
}

/// A service on a file, with people who are signed in.
async fn served(setting: &Setting) -> (Running, Town) {
    setting.once(&["administrator", "--municipality", "101", "--email", ADMINISTRATOR]);
    let (running, server) = serve(setting);
    let town = Town::found(&server, &setting.address()).await;
    (running, town)
}

fn serve(setting: &Setting) -> (Running, Arc<dyn Server>) {
    let mut running = Running::start_reading(&mut setting.command(&["serve"]));
    let address = running.ready("listening on ").expect("it did not come up");
    (running, Arc::new(address))
}

/// Registers companies until it is told to end.
async fn write_on(town: &Town, ends: &AtomicBool) {
    let mut number = 0;
    while !ends.load(Ordering::SeqCst) {
        number += 1;
        town.company(&format!("Firma {number}"), None).await;
    }
}

#[tokio::test]
async fn a_backup_made_while_writes_go_on_is_restored_with_all_that_was_answered_before() {
    let folder = tempfile::tempdir().unwrap();
    let setting = setting(folder.path());
    let (running, town) = served(&setting).await;
    let citizen = town.citizen(&town.mette, "Borger Ét", None).await;
    // What is sealed, too.
    let (of, needs) = (format!("/citizens/{citizen}"), format!("/citizens/{citizen}/needs"));
    let body = json!({"needs": [{"kind": "Ryg", "function": "Ingen løft", "rules_out": ["heavy lifting"]}]});
    town.mette.caller.change(Method::PUT, &needs, &needs, body).await;
    let known = (town.mette.caller.get(&of).await.body, town.mette.caller.get(&needs).await.body);
    let made = || town.lise.caller.made.lock().unwrap().clone();
    let ends = AtomicBool::new(false);
    let back_up = async {
        while made().len() < 30 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let mut backups = Vec::new();
        for number in 0..5 {
            let (before, path) = (made(), folder.path().join(format!("backup {number}.db")));
            let child = Running::start(&mut setting.command(&["backup", path.to_str().unwrap()]));
            assert!(child.ended().await.success(), "{}", fs::read_to_string(setting.errors()).unwrap());
            backups.push((before, path, made().len()));
        }
        ends.store(true, Ordering::SeqCst);
        backups
    };
    let (backups, ()) = tokio::join!(back_up, write_on(&town, &ends));
    assert!(backups.iter().any(|(before, _, after)| *after > before.len()), "nobody wrote meanwhile");
    running.killable().kill();
    for (before, path, _) in backups {
        assert_eq!(texts(&path, "SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
        assert_eq!(texts(&path, "SELECT \"table\" AS text FROM pragma_foreign_key_check"), [""; 0]);
        let restored = tempfile::tempdir().unwrap();
        let mut setting = setting.clone();
        setting.folder = restored.path().to_owned();
        fs::copy(&path, setting.database()).unwrap();
        let (_running, server) = serve(&setting);
        for place in before {
            let who = if place.contains("/accounts/") { &town.administrator } else { &town.tove.caller };
            let answer = who.at(&server).send(Method::GET, &place, None, None).await;
            assert_eq!(answer.status, 200, "{place}: {}", answer.body);
        }
        // What is sealed is read with the same key, and it can be written.
        let mette = town.mette.caller.at(&server);
        assert_eq!((mette.get(&of).await.body, mette.get(&needs).await.body), known);
        town.lise
            .caller
            .at(&server)
            .post("/companies", json!({"cvr": "13748136", "name": "Efter", "advertising_protected": false}))
            .await;
    }
}

#[tokio::test]
async fn a_backup_that_is_killed_never_looks_whole_and_overwrites_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let setting = setting(folder.path());
    let from = with_rows(Database::in_file(&setting.database()));
    from.run(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200000)
         INSERT INTO search_keys SELECT '101', 'spelling' || n, 'word' FROM n",
    );
    let place = folder.path().join("copies");
    fs::create_dir(&place).unwrap();
    let to = place.join("backup.db");
    let arguments = ["backup", to.to_str().unwrap()];
    let partials = || fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).collect::<Vec<_>>();
    for least in [0, 100_000, 5_000_000] {
        let child = Running::start(&mut setting.command(&arguments));
        while !partials().iter().any(|bytes| *bytes > least) {
            assert!(child.killable().status().is_none(), "{}", fs::read_to_string(setting.errors()).unwrap());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(child.killable().kill(), "it was done before it could be killed");
        assert!(!to.exists());
        for entry in fs::read_dir(&place).unwrap() {
            let path = entry.unwrap().path();
            assert!(path.file_name().unwrap().to_str().unwrap().starts_with(".backup-"), "{path:?}");
            fs::remove_file(path).unwrap();
        }
    }
    let printed = setting.once(&arguments);
    assert!(printed.contains("checked whole") && printed.contains("the key (RETTEMATCH__KEY) is not in it"), "{printed}");
    assert_eq!(partials().len(), 1, "something is left beside it");
    // It holds people's names: nobody else on the machine reads it.
    assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(Database::in_file(&to).dump(), from.dump());
    let bytes = fs::read(&to).unwrap();
    let again = run(&setting, &from.url, &arguments);
    assert!(!again.status.success() && said(&again).contains("is there already"), "{}", said(&again));
    assert_eq!(fs::read(&to).unwrap(), bytes);
    // A name that was mistyped makes no file; PostgreSQL has its own tool.
    let elsewhere = place.join("other.db");
    let arguments = ["backup", elsewhere.to_str().unwrap()];
    let nowhere = run(&setting, &format!("{}x", from.url), &arguments);
    assert!(!nowhere.status.success() && said(&nowhere).contains("there is no file"), "{}", said(&nowhere));
    let server = run(&setting, "postgres://user:secret@127.0.0.1/name", &arguments);
    assert!(!server.status.success() && said(&server).contains("pg_dump"), "{}", said(&server));
    assert!(!said(&server).contains("secret"));
    assert!(!elsewhere.exists() && partials().len() == 1);
}
