//! What keeps the house in order: arrows run one way, each tool lives in one place, nobody but the clock asks for the time.

use crate::harness::file;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Who may use whom. A module that is missing here fails.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("keys", &[]),
    ("settings", &[]),
    ("clock", &["domain"]),
    ("watching", &["settings"]),
    ("letters", &["domain"]),
    ("store", &["domain", "keys"]),
    ("post", &["letters", "settings"]),
    ("actions", &["domain", "letters", "store", "keys", "settings"]),
    ("app", &["actions", "clock", "domain", "keys", "letters", "post", "settings", "store", "watching"]),
    ("jobs", &["actions", "app", "clock", "domain", "letters", "post", "store", "watching"]),
    ("intake", &["actions", "app", "domain", "store"]),
    ("http", &["actions", "app", "clock", "domain", "intake", "keys", "store", "watching"]),
    ("backtest", &["app", "domain", "jobs", "keys", "store"]),
    ("replay", &["actions", "app", "clock", "domain", "jobs", "keys", "letters", "post", "settings", "store"]),
];

/// A source file: its place under `src`, its module, its text without comments.
struct Source {
    path: String,
    module: String,
    text: String,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = file("src");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let read = |path: PathBuf| {
        let under = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        Source {
            module: under.split('/').next().unwrap().trim_end_matches(".rs").to_owned(),
            text: code.collect::<Vec<_>>().join("\n"),
            path: under,
        }
    };
    paths.into_iter().map(read).collect()
}

/// The modules that a text names after `crate::`, alone or in braces; `$crate::` of a macro is not meant.
fn named(text: &str) -> BTreeSet<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        if text[..at].ends_with('$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        let Some(inner) = rest.strip_prefix('{') else {
            found.insert(word(rest));
            continue;
        };
        let (mut depth, mut begins) = (0, true);
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && !c.is_whitespace() => {
                    found.insert(word(&inner[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    // Macros that the domain gives.
    found.remove("form");
    found.remove("words");
    found
}

#[test]
fn the_reader_of_arrows_finds_them() {
    let text = "use crate::{\n    a::{b, c::{d}},\n    e,\n};\nfn f(x: crate::g::H) { $crate::i::j(); crate::form! {} }";
    assert_eq!(named(text).into_iter().collect::<Vec<_>>(), ["a", "e", "g"]);
}

#[test]
fn arrows_run_one_way() {
    let mut seen = BTreeSet::new();
    for source in sources().iter().filter(|source| !["lib", "main", "commands"].contains(&source.module.as_str())) {
        let arrows = ARROWS.iter().find(|(module, _)| *module == source.module);
        let (_, may) = arrows.unwrap_or_else(|| panic!("{} is not in the table of arrows", source.module));
        for other in named(&source.text).into_iter().filter(|other| *other != source.module) {
            assert!(may.contains(&other.as_str()), "{} uses {other}; it may use {may:?}", source.path);
            seen.insert(other);
        }
    }
    assert!(seen.len() > 6, "only {seen:?} found: is the reader of arrows broken?");
}

#[test]
fn nothing_below_knows_the_command_line() {
    for source in sources().iter().filter(|source| !["main", "commands"].contains(&source.module.as_str())) {
        assert!(!source.text.contains("rettematch::"), "{}", source.path);
        assert!(!source.text.contains("clap::") && !source.text.contains("indicatif::"), "{}", source.path);
    }
}

#[test]
fn each_tool_lives_in_one_place() {
    let tools: [(&str, &[&str]); 17] = [
        ("diesel::", &["store"]),
        ("diesel_migrations::", &["store"]),
        ("lettre::", &["post"]),
        ("actix_web::", &["http", "main", "commands"]),
        ("utoipa_actix_web::", &["http"]),
        ("tokio_cron_scheduler::", &["jobs"]),
        ("argon2::", &["keys"]),
        ("chacha20poly1305::", &["keys"]),
        ("config::", &["settings"]),
        ("csv::", &["intake", "commands", "http"]),
        ("calamine::", &["intake"]),
        ("encoding_rs::", &["intake"]),
        ("prometheus::", &["watching"]),
        ("opentelemetry::", &["watching"]),
        ("opentelemetry_sdk::", &["watching"]),
        ("tracing_opentelemetry::", &["watching"]),
        ("tracing_subscriber::", &["watching"]),
    ];
    for source in sources() {
        for (tool, places) in tools {
            let at = source.text.match_indices(tool).find(|(at, _)| {
                let before = source.text[..*at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            });
            assert!(at.is_none() || places.contains(&source.module.as_str()), "{} uses {tool}", source.path);
        }
    }
}

#[test]
fn the_domain_is_pure() {
    for source in sources().iter().filter(|source| source.module == "domain") {
        for word in ["tokio", "std::env", "std::fs", "std::net", "std::time", "std::thread", "async fn", "tracing::", "println!"]
        {
            assert!(!source.text.contains(word), "{} has {word}", source.path);
        }
    }
}

#[test]
fn only_the_clock_asks_for_the_time() {
    for source in sources().iter().filter(|source| source.path != "clock.rs") {
        for word in ["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "now_v7", "dsl::now", "CURRENT_TIMESTAMP"] {
            assert!(!source.text.contains(word), "{} asks for the time by {word}", source.path);
        }
    }
    for (_, text) in migrations() {
        assert!(!text.to_lowercase().contains("current_") && !text.to_lowercase().contains("now()"));
    }
}

/// Every file of the migrations, by its name.
fn migrations() -> Vec<(String, String)> {
    let root = file("migrations");
    let mut found = Vec::new();
    for folder in fs::read_dir(&root).unwrap() {
        for entry in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty());
    found
}
