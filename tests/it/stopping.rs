//! When the real binary is told to stop in the middle of a large delivery, it ends soon; no letter is sent twice, lost or left
//! claimed.

use crate::harness::{
    BEGIN, day,
    real::{Running, Setting, Smtp, texts},
};
use rettematch::domain::values::copenhagen::local;
use std::{collections::BTreeSet, path::Path, time::Duration};
use tokio::time::{Instant, sleep};

const LETTERS: usize = 600;

fn count(setting: &Setting, which: &str) -> usize {
    let sql = format!("SELECT CAST(count(*) AS TEXT) AS text FROM letters WHERE {which}");
    texts(&setting.database(), &sql)[0].parse().unwrap()
}

/// A database with many letters that are due, and a mail server.
fn due(folder: &Path) -> (Setting, Smtp) {
    let smtp = Smtp::start(&folder.join("mail"), &[]);
    let mut setting = Setting::new(folder, smtp.port);
    setting.clock = local(day(BEGIN), 9).to_rfc3339();
    setting.once(&["migrate"]);
    let put = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {LETTERS}) \
         INSERT INTO letters (id, municipality, dedupe_key, kind, audience, recipient, subject, plain, html, cause, queued_on, \
         created_at, not_before, attempts) SELECT printf('00000000-0000-7000-8000-%012d', i), '101', 'k' || i, 'alignment', \
         'citizen', 'borger' || i || '@post.example', 'Et brev', 'Kære borger', '<p>Kære borger</p>', '\"lasting\"', '2026-01-05', \
         '2026-01-05 07:00:00', '2026-01-05 07:00:00', 0 FROM n RETURNING id AS text"
    );
    assert_eq!(texts(&setting.database(), &put).len(), LETTERS);
    // As an older release has left them: the start seals what they say.
    for column in ["subject", "plain", "html", "recipient"] {
        let aside =
            format!("INSERT INTO unsealed SELECT 'letters', id, '{column}', {column} FROM letters RETURNING row_id AS text");
        assert_eq!(texts(&setting.database(), &aside).len(), LETTERS);
    }
    (setting, smtp)
}

fn arrived(smtp: &Smtp) -> usize {
    let names = std::fs::read_dir(&smtp.folder).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).count()
}

/// Stops it when the first letters have arrived, looks at what it leaves, and lets the next one finish.
async fn stopped_midway(setting: &Setting, smtp: &Smtp, running: Running) {
    let begun = Instant::now();
    while arrived(smtp) < 40 {
        assert!(begun.elapsed() < Duration::from_secs(120), "nothing is delivered");
        sleep(Duration::from_millis(5)).await;
    }
    let begun = Instant::now();
    running.killable().terminate();
    let status = running.ended().await;
    println!("ended after {:?} with {} of {LETTERS} letters delivered", begun.elapsed(), arrived(smtp));
    assert!(status.success(), "{}", std::fs::read_to_string(setting.errors()).unwrap());
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let before = arrived(smtp);
    assert!(before < LETTERS, "it went on to the end");
    assert_eq!(count(setting, "sent_at IS NOT NULL"), before, "what has gone is noted");
    assert_eq!(count(setting, "sent_at IS NULL AND claimed_until IS NOT NULL"), 0, "held by nobody");
    setting.once(&["deliver"]);
    let mail = smtp.mail();
    let ids: BTreeSet<_> = mail.iter().map(|letter| letter["message_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((mail.len(), ids.len()), (LETTERS, LETTERS), "each letter, each once");
}

#[actix_web::test]
async fn a_delivery_that_is_told_to_stop_stops_between_two_letters() {
    let folder = tempfile::tempdir().unwrap();
    let (setting, smtp) = due(folder.path());
    let running = Running::start(&mut setting.command(&["deliver"]));
    stopped_midway(&setting, &smtp, running).await;
}

#[actix_web::test]
async fn a_service_that_is_told_to_stop_finishes_what_it_holds_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (setting, smtp) = due(folder.path());
    let mut command = setting.command(&["serve"]);
    command.env("RETTEMATCH__SCHEDULE__ENABLED", "true").env("RETTEMATCH__SCHEDULE__EVERY_MINUTES", "1");
    let mut running = Running::start_reading(&mut command);
    let base = running.ready("listening on ").unwrap();
    // Somebody has asked and keeps the connection open.
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(client.get(format!("{base}/health/ready")).send().await.unwrap().status(), 200);
    stopped_midway(&setting, &smtp, running).await;
    assert!(client.get(format!("{base}/health/live")).send().await.is_err(), "nobody listens any more");
}
