//! The keys of a database, and who may read the files that the program makes.

use crate::harness::{Client, House, Service, every_path::every_path, furnished::Furnished, json, random_key, real::Running};
use rettematch::{
    app::App,
    jobs::quiet,
    rotate_keys::rotate_keys,
    settings::Settings,
    store::{Tx, schema::TABLES, system::resealing::places},
};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// The settings of a house, with other keys.
fn with_keys(house: &House, keys: &str) -> Settings {
    let mut settings = house.app.services.settings.clone();
    settings.key = serde_json::from_value(json!(keys)).unwrap();
    settings
}

fn refusal(settings: Settings) -> String {
    App::open(settings).err().expect("it starts").to_string()
}

#[tokio::test]
async fn nothing_starts_with_other_keys_than_those_of_the_database() {
    let house = House::open().await;
    let (own, second, third) = (house.app.services.settings.key.reveal().to_owned(), random_key(), random_key());
    App::open(with_keys(&house, &own)).unwrap();
    assert!(refusal(with_keys(&house, &second)).contains("not the one under which this database was written"));
    // A key that is added stays, and stays at its place.
    let both = format!("{own},{second}");
    App::open(with_keys(&house, &both)).unwrap();
    App::open(with_keys(&house, &format!("{both},{third}"))).unwrap();
    for wrong in [own.clone(), both.clone(), format!("{second},{own},{third}"), format!("{own},{third},{second}"), third.clone()]
    {
        let refused = refusal(with_keys(&house, &wrong));
        assert!(refused.contains("Nothing was started") && !refused.contains(&own), "{refused}");
    }
    assert_eq!(house.count("key_proofs"), 1);
}

/// How many values are sealed under another key than one.
fn under_others(house: &House, key: &str) -> i64 {
    let of = |table: &str, column: &str, also: &str| {
        house.count(&format!("{table} WHERE {column} IS NOT NULL AND {column} NOT LIKE '2.{key}.%'{also}"))
    };
    let sealed =
        TABLES.iter().flat_map(|table| table.sealed.iter().filter(|(_, is)| *is).map(|(column, _)| (table.name, *column)));
    let journal = ["value_before", "value_after"].map(|column| of("changed_values", column, " AND is_sealed"));
    sealed.map(|(table, column)| of(table, column, "")).chain(journal).sum()
}

#[tokio::test]
async fn everything_is_sealed_under_the_newest_key_and_those_between_are_needed_no_longer() {
    let full = Furnished::open().await;
    let house = &full.house;
    let (own, second, third) = (house.app.services.settings.key.reveal().to_owned(), random_key(), random_key());
    App::open(with_keys(house, &format!("{own},{second}"))).unwrap();
    let app = App::open(with_keys(house, &format!("{own},{second},{third}"))).unwrap();
    let newest = app.services.keys.newest().id();
    let before = under_others(house, &newest);
    assert!(before > 60, "{before}");
    // Broken off after some of it, it goes on.
    let (keys, place) = (app.services.keys.clone(), places().remove(0));
    let some = app.db.write(move |tx: &mut Tx| place.reseal_some(tx, &keys)).await.unwrap();
    assert!(some > 0);
    let sealed = rotate_keys(&app, &quiet).await.unwrap();
    assert!(sealed > 60 && under_others(house, &newest) == 0, "{sealed}, {} left", under_others(house, &newest));
    assert_eq!(rotate_keys(&app, &quiet).await.unwrap(), 0);

    for lost in [third.clone(), format!("{own},{second}"), own.clone(), format!("{third},{own}")] {
        assert!(refusal(with_keys(house, &lost)).contains("Nothing was started"));
    }
    // With the first and the newest alone everything opens.
    let app = App::open(with_keys(house, &format!("{own},{third}"))).unwrap();
    let service = Service::of(app);
    let mut opened = 0;
    for path in every_path(&|sql| house.texts(sql), "101") {
        let answer = house.here.team_leader.at(&service.base).get(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.text);
        opened += usize::from(answer.status == 200);
    }
    assert!(opened > 60, "{opened}");
    // One that still has those between may have them.
    App::open(with_keys(house, &format!("{own},{second},{third}"))).unwrap();
    App::open(with_keys(house, &format!("{own},{third}"))).unwrap();
}

#[tokio::test]
async fn a_database_of_before_is_proved_by_what_is_sealed_in_it() {
    let house = House::open().await;
    house.citizen().await;
    house.database().run("DELETE FROM key_proofs");
    assert!(refusal(with_keys(&house, &random_key())).contains("not the one"));
    assert_eq!(house.count("key_proofs"), 0, "the wrong key leaves no proof");
    App::open(with_keys(&house, house.app.services.settings.key.reveal())).unwrap();
    assert_eq!(house.count("key_proofs"), 1);
}

#[tokio::test]
async fn a_key_file_that_is_lost_is_not_replaced() {
    let house = House::open().await;
    let mut settings = with_keys(&house, "");
    settings.key_file = house.folder.path().join("lost.key").display().to_string();
    let refused = refusal(settings.clone());
    assert!(refused.contains("lost.key is missing") && refused.contains("put the copy"), "{refused}");
    assert!(!Path::new(&settings.key_file).exists());
}

/// The program in a folder, where everybody may read whatever is made.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg("umask 0; exec \"$0\" \"$@\"").arg(env!("CARGO_BIN_EXE_rettematch")).args(arguments);
    command.current_dir(folder).env("RUST_LOG", "error").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[cfg(unix)]
#[test]
fn what_the_program_makes_is_its_owners_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["tick"][..], &["backup", "copy.db"]] {
        let done = run(folder.path(), arguments);
        assert!(done.status.success(), "{}", said(&done));
    }
    let made: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap()).collect();
    let names: Vec<_> = made.iter().map(|entry| entry.file_name().into_string().unwrap()).collect();
    for name in ["rettematch.db", "rettematch.key", "letters", "copy.db"] {
        assert!(names.contains(&name.to_owned()), "{name} is not among {names:?}");
    }
    for entry in made {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        let wanted = if entry.path().is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{:?} has {mode:o}", entry.file_name());
    }
}

#[cfg(unix)]
#[test]
fn check_config_opens_the_database_and_looks_who_may_read_it_and_makes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let check = || run(folder.path(), &["check-config"]);
    let fresh = check();
    assert!(fresh.status.success() && said(&fresh).contains("made at the first start"), "{}", said(&fresh));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(run(folder.path(), &["tick"]).status.success());
    let whole = check();
    assert!(whole.status.success() && said(&whole).contains("those of the database"), "{}", said(&whole));

    let key = folder.path().join("rettematch.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let open = check();
    assert!(!open.status.success() && said(&open).contains("chmod 600 rettematch.key"), "{}", said(&open));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, random_key()).unwrap();
    let other = check();
    assert!(!other.status.success() && said(&other).contains("not the one under which"), "{}", said(&other));
    fs::remove_file(&key).unwrap();
    let lost = check();
    assert!(!lost.status.success() && said(&lost).contains("rettematch.key is missing"), "{}", said(&lost));
    assert!(!key.exists());
}

#[tokio::test]
async fn browsers_ask_over_tls_only_where_people_reach_us_so() {
    for (public_url, header) in [("https://praktik.example", Some("max-age=31536000")), ("http://127.0.0.1:1", None)] {
        let house = House::open_with(|settings| settings.public_url = public_url.into()).await;
        for path in ["/health/live", "/api/v1/nothing"] {
            assert_eq!(house.nobody.page(path).await.header("Strict-Transport-Security"), header, "{path}");
        }
    }
}

#[test]
fn the_demo_is_for_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let told = run(folder.path(), &["demo", "--folder", "demo", "--listen", "0.0.0.0:0"]);
    assert!(!told.status.success() && said(&told).contains("this machine only"), "{}", said(&told));
    assert!(!folder.path().join("demo").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn the_first_password_is_in_a_file_of_its_owner_and_opens_nothing_but_the_choice_of_another() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
    command.arg("serve").current_dir(folder.path()).env("RUST_LOG", "error").env("RETTEMATCH__LISTEN", "127.0.0.1:0");
    command.env("RETTEMATCH__SCHEDULE__ENABLED", "false");
    let mut running = Running::start_reading(&mut command);
    let base = running.ready("listening on ").unwrap();
    let file = folder.path().join("rettematch.password");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let password = fs::read_to_string(&file).unwrap().trim().to_owned();

    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let nobody = Client::new(http, &base);
    let email = "administrator@rettematch.example";
    let session = nobody.post("/sessions", json!({"email": email, "password": password})).await.ok();
    assert_eq!(session["has_first_password"], true);
    let me = nobody.with_token(session["token"].as_str().unwrap());
    for path in ["/accounts", "/letters", "/sessions"] {
        me.get(path).await.problem(403, "forbidden");
    }
    me.post("/accounts", json!({"email": "a@b.example", "name": "A", "role": "liaison"})).await.problem(403, "forbidden");
    // By the page one is led to where another is chosen.
    let form = format!("email=administrator%40rettematch.example&password={password}&to=%2F");
    let request = nobody.browse(reqwest::Method::POST, "/sign-in").header("Content-Type", "application/x-www-form-urlencoded");
    let led = nobody.send(request.body(form)).await;
    assert!(led.status == 303 && led.header("Location").unwrap().contains("/password/"), "{led:?}");
    assert!(!led.headers.contains_key("Set-Cookie"));

    let own = format!("/accounts/{}", session["account"]["id"].as_str().unwrap());
    let new = json!({"password": "en helt ny kode", "old_password": password});
    me.replace(&format!("{own}/password"), new).await.ok();
    me.get("/accounts").await.ok();
}
