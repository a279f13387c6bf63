//! SQLite on a full disk: a write is refused and leaves nothing behind, what is of companies is
//! read on, what is of people only as far as it can be noted, and once there is space again the same process continues.
//!
//! The disk is full in two ways: a file system of a few megabytes in memory, where a test may mount one, which fails as a real
//! one does; and, everywhere, a limit on the process's file size, which fails as some network disks do.

use crate::harness::{
    day, later,
    play::{ADMINISTRATOR, Answer, Server, Town, Workplace, text},
    real::{Running, Setting, texts},
};
use reqwest::Method;
use rettematch::domain::values::copenhagen::local;
use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

const TODAY: &str = "2026-01-05";
const CITIZENS: usize = 130;
/// So many are refused before there is room again. What the files have room for already is filled first.
const REFUSED: usize = 20;

/// A small file system, unmounted at the end.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "none"]).arg(at).output();
        mounted.is_ok_and(|done| done.status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// The same command, that is told of a write beyond its quota by an error and not by a signal that ends it.
fn deaf(command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
    shell.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        shell.env(name, value.unwrap());
    }
    shell.stderr(
        fs::OpenOptions::new().append(true).create(true).open(command.get_current_dir().unwrap().join("stderr")).unwrap(),
    );
    shell
}

struct Story {
    setting: Setting,
    running: Running,
    town: Town,
    place: Workplace,
    citizens: Vec<String>,
}

impl Story {
    async fn begin(folder: &Path) -> Self {
        // Port 9: nothing is delivered here.
        let mut setting = Setting::new(folder, 9);
        setting.clock = local(day(TODAY), 9).to_rfc3339();
        setting.once(&["administrator", "--municipality", "101", "--email", ADMINISTRATOR]);
        let mut running = Running::start_reading(&mut deaf(&setting.command(&["serve"])));
        let address = running.ready("listening on ").expect("the service did not come up");
        let server: Arc<dyn Server> = Arc::new(address);
        let town = Town::found(&server, &setting.address()).await;
        let place = town.company("Firma", Some("firma@firma.example")).await;
        let staff = format!("/workplaces/{}/staff/2025-12", place.id);
        town.lise.caller.send(Method::PUT, &staff, Some(&json!({"full_time": 900})), None).await;
        let mut citizens = Vec::new();
        for number in 0..CITIZENS {
            citizens.push(town.citizen(&town.mette, &format!("Borger {number}"), Some("borger@post.example")).await);
        }
        Self { setting, running, town, place, citizens }
    }

    async fn book(&self, citizen: &str) -> Answer {
        let (first, last) = (later(TODAY, 14), later(TODAY, 60));
        let body = json!({
            "citizen": citizen, "workplace": self.place.id, "occupation": "shop", "tasks": [], "first_day": first, "last_day": last,
            "purpose": {"kind": "clarification", "questions": ["Kan jeg klare tempoet?"]},
            "hours": [{"from": first, "weekly_hours": 12}], "accommodations": {"none_needed": true},
        });
        self.town.mette.caller.send(Method::POST, "/internships", Some(&body), None).await
    }

    /// An internship is a row, a version, two letters and two links: all of them, for each that was answered with 201.
    fn whole(&self, booked: usize) {
        let count = |table: &str| -> usize {
            let sql = format!("SELECT CAST(count(*) AS TEXT) AS text FROM {table}");
            texts(&self.setting.database(), &sql)[0].parse().unwrap()
        };
        let counts = ["internships", "versions", "letters", "links"].map(count);
        assert_eq!(counts, [booked, booked, 2 * booked, 2 * booked]);
        let check = "SELECT integrity_check AS text FROM pragma_integrity_check";
        assert_eq!(texts(&self.setting.database(), check), ["ok"]);
        assert!(texts(&self.setting.database(), "SELECT \"table\" AS text FROM pragma_foreign_key_check").is_empty());
    }

    /// Books until the disk is full and twenty more have been refused; then makes room and books what was refused.
    async fn tell(self, fill: impl FnOnce(&Self), make_room: impl FnOnce(&Self), refused_as: impl Fn(&Answer)) {
        let mut booked = 0;
        for citizen in &self.citizens[..10] {
            assert_eq!(self.book(citizen).await.status, 201);
            booked += 1;
        }
        fill(&self);
        let mut refused = Vec::new();
        let mut left = self.citizens[10..].iter();
        while let Some(citizen) = left.next()
            && refused.len() < REFUSED
        {
            let answer = self.book(citizen).await;
            if answer.status == 201 {
                booked += 1;
            } else {
                refused_as(&answer);
                refused.push(citizen);
            }
        }
        println!("booked {booked}, refused {} for want of room", refused.len());
        assert_eq!(refused.len(), REFUSED, "the disk is not full");
        // What stands can be read meanwhile; but of people only what can be noted to have been read.
        assert_eq!(self.town.mette.caller.all("/companies").await.len(), 1);
        let noted = || texts(&self.setting.database(), "SELECT CAST(number AS TEXT) AS text FROM reads").len();
        let before = noted();
        let seen = self.town.mette.caller.send(Method::GET, "/internships?limit=200", None, None).await;
        let is_noted = noted() > before;
        assert!(if is_noted { seen.status == 200 } else { seen.status.is_server_error() }, "{seen:?}");
        make_room(&self);
        for citizen in refused {
            let answer = self.book(citizen).await;
            assert_eq!(answer.status, 201, "{answer:?}");
            booked += 1;
        }
        assert!(self.running.killable().status().is_none(), "it went on without a restart");
        assert_eq!(self.town.mette.caller.all("/internships?limit=200").await.len(), booked);
        assert!(self.running.killable().kill());
        self.whole(booked);
    }
}

fn problem(answer: &Answer) -> String {
    text(answer.body.get("type").unwrap_or(&Value::Null))
}

#[tokio::test]
async fn on_a_full_file_system_it_answers_507_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(small) = Small::mount(&folder.path().join("small")) else {
        println!("no file system can be mounted here: only the quota is tried");
        return;
    };
    let ballast = small.0.join("ballast");
    let story = Story::begin(&small.0).await;
    let fill = |_: &Story| {
        let mut file = fs::File::create(&ballast).unwrap();
        while file.write_all(&[7; 4096]).is_ok() {}
    };
    let make_room = |_: &Story| fs::remove_file(&ballast).unwrap();
    story
        .tell(fill, make_room, |answer| {
            assert_eq!(answer.status, 507, "{answer:?}");
            assert_eq!(problem(answer), "urn:rettematch:problem:no-space");
        })
        .await;
}

#[tokio::test]
async fn beyond_a_quota_it_refuses_whole_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let story = Story::begin(folder.path()).await;
    let limit = |story: &Story, limit: &str| {
        let set =
            Command::new("prlimit").args(["--pid", &story.running.id().to_string()]).arg(format!("--fsize={limit}:")).status();
        assert!(set.unwrap().success());
    };
    // Less than the log in front of the database has grown to, and than the database: neither can grow.
    let fill = |story: &Story| limit(story, "65536");
    let make_room = |story: &Story| limit(story, "unlimited");
    story.tell(fill, make_room, |answer| assert!(answer.status.is_server_error(), "{answer:?}")).await;
}
