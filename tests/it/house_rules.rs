//! What keeps the house in order. Each rule reads the whole source and names every place that breaks it; beside each stands a
//! test that it finds what is planted.

use crate::harness::{
    file,
    source::{Arrow, House, Source, circles, inside},
};
use proc_macro2::{Delimiter, TokenTree};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// Who may use whom, as the page on architecture has it, from the top down: a module names only modules of lines below its own.
fn map() -> Vec<(String, Vec<String>)> {
    let page = fs::read_to_string(file("src/handbook/architecture.md")).unwrap();
    let (_, lines) = page.split_once("```text map\n").expect("the page on architecture has no map");
    let (lines, _) = lines.split_once("\n```").unwrap();
    let line = |line: &str| {
        let (module, may) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
        (module.trim().to_owned(), may.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect())
    };
    lines.lines().map(line).collect()
}

fn house() -> House {
    House::read(&file("src"))
}

fn planted(files: &[(&str, &str)]) -> House {
    House::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

/// Every place that breaks a rule is named.
fn assert_kept(rule: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{rule}: {} places:\n{}", broken.len(), broken.join("\n"));
}

/// Every token with those inside groups, in order; a group's own tokens follow it.
fn flat(tokens: &[TokenTree]) -> Vec<TokenTree> {
    let mut all = Vec::new();
    for token in tokens {
        all.push(token.clone());
        if let TokenTree::Group(group) = token {
            all.extend(flat(&inside(group)));
        }
    }
    all
}

fn words(tokens: &[TokenTree]) -> Vec<String> {
    flat(tokens).iter().map(|token| if let TokenTree::Group(_) = token { "(".to_owned() } else { token.to_string() }).collect()
}

/// How often words follow each other.
fn count(source: &Source, wanted: &[&str]) -> usize {
    words(&source.tokens).windows(wanted.len()).filter(|window| window.iter().eq(wanted)).count()
}

fn times(path: &str, what: &str, count: usize) -> Vec<String> {
    vec![format!("{path}: {what}"); count]
}

// Arrows

fn against_the_map(house: &House, map: &[(String, Vec<String>)]) -> Vec<String> {
    let mut broken = Vec::new();
    for (place, (module, may)) in map.iter().enumerate() {
        let below: BTreeSet<&str> = map[place + 1..].iter().map(|(module, _)| module.as_str()).collect();
        let up = may.iter().filter(|other| !below.contains(other.as_str()));
        broken.extend(up.map(|other| format!("the map lets {module} use {other}, which does not stand below it")));
    }
    let tops: BTreeMap<&str, &str> = house.sources.iter().map(|source| (source.path.as_str(), source.top.as_str())).collect();
    for source in &house.sources {
        if source.top != "lib" && source.top != "handbook" && !map.iter().any(|(module, _)| *module == source.top) {
            broken.push(format!("{} is not on the map", source.path));
        }
    }
    let mut against: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for Arrow { from, to, name } in house.arrows() {
        let (above, below) = (tops[from.as_str()], tops[to.as_str()]);
        let may = map.iter().find(|(module, _)| module == above).is_some_and(|(_, may)| may.iter().any(|other| other == below));
        if above != below && !may && above != "lib" {
            against.entry((from, to)).or_default().push(name);
        }
    }
    broken.extend(against.into_iter().map(|((from, to), names)| format!("{from} uses {to} ({})", names.join(", "))));
    broken
}

fn in_circles(house: &House) -> Vec<String> {
    let arrows = house.arrows();
    let mut broken = Vec::new();
    for circle in circles(&arrows) {
        for file in &circle {
            let mut to: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for arrow in arrows.iter().filter(|arrow| arrow.from == *file && circle.contains(&arrow.to)) {
                to.entry(&arrow.to).or_default().insert(&arrow.name);
            }
            broken.push(format!("{file} stands in a circle of {}: {to:?}", circle.len()));
        }
    }
    broken
}

#[test]
fn arrows_run_down_the_map() {
    let house = house();
    assert!(house.arrows().len() > 500, "is the reader of arrows broken?");
    assert_kept("arrows", &against_the_map(&house, &map()));
}

#[test]
fn no_file_uses_what_uses_it() {
    assert_kept("circles", &in_circles(&house()));
}

#[test]
fn a_planted_arrow_is_found_however_it_is_written() {
    let lib = ("lib.rs", "pub mod above; pub mod below;");
    let below = ("below/mod.rs", "mod deep; pub use deep::*; pub mod other;");
    let deep = ("below/deep.rs", "pub struct Thing; #[macro_export] macro_rules! make { () => { $crate::below::other::f() } }");
    let other = ("below/other.rs", "pub fn f() {} #[cfg(test)] mod tests { use crate::above::up; }");
    for (text, wanted) in [
        ("use crate::below::Thing;", "above.rs uses below/deep.rs"),
        ("use crate::{below::{other::{self, f}}};", "above.rs uses below/other.rs"),
        ("use crate::below as b; fn g() { b::other::f() }", "above.rs uses below/other.rs"),
        ("fn g() { format!(\"{}\", super::below::other::f()) }", "above.rs uses below/other.rs"),
        ("mod inner { fn g() { super::super::below::other::f() } }", "above.rs uses below/other.rs"),
        ("crate::make! {}", "above.rs uses below/deep.rs"),
    ] {
        let house = planted(&[lib, below, deep, other, ("above.rs", text)]);
        let free = [("above".to_owned(), Vec::new()), ("below".to_owned(), Vec::new())];
        let broken = against_the_map(&house, &free);
        assert!(broken.iter().any(|place| place.starts_with(wanted)), "{text}: {broken:?}");
        assert!(in_circles(&house).is_empty(), "{:?}", in_circles(&house));
    }
    let up = [("above".to_owned(), vec![]), ("below".to_owned(), vec!["above".to_owned()])];
    assert_eq!(against_the_map(&planted(&[lib, ("above.rs", ""), ("below.rs", "")]), &up).len(), 1, "the map itself runs up");
    let lost = against_the_map(&planted(&[lib, ("above.rs", ""), ("new.rs", "")]), &up[..1]);
    assert_eq!(lost, ["new.rs is not on the map"]);
}

#[test]
fn a_planted_circle_is_found() {
    let files = [
        ("lib.rs", "pub mod a; pub mod b; pub mod c; pub mod d;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "pub struct B; fn f() -> crate::c::C {}"),
        ("c.rs", "pub struct C { a: super::a::A }"),
        ("d.rs", "use crate::a::A;"),
    ];
    let broken = in_circles(&planted(&files));
    assert_eq!(broken.len(), 3, "{broken:?}");
    assert!(broken[1].starts_with("b.rs stands in a circle of 3: {\"c.rs\": {\"C\"}}"), "{broken:?}");
}

// Files

fn more_than_registered(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for source in house.sources.iter().filter(|source| source.path.ends_with("/mod.rs")) {
        let mut public = false;
        let mut at = 0;
        while at < source.tokens.len() {
            let word = source.tokens[at].to_string();
            let end = |at: usize| (at..source.tokens.len()).find(|at| source.tokens[*at].to_string() == ";");
            match word.as_str() {
                "#" | "!" => at += if word == "#" && source.tokens[at + 1].to_string() == "!" { 3 } else { 2 },
                "pub" => {
                    public = true;
                    at += 1;
                    let scope = |token: &TokenTree| matches!(token, TokenTree::Group(_));
                    at += usize::from(source.tokens.get(at).is_some_and(scope));
                }
                // A page of the handbook is documentation and nothing else.
                "mod" if [";", "{}"].contains(&source.tokens[at + 2].to_string().replace(' ', "").as_str()) => {
                    (public, at) = (false, at + 3)
                }
                "use" if public => (public, at) = (false, end(at).unwrap() + 1),
                _ => {
                    broken.push(format!("{} holds more than it registers, from {word}", source.path));
                    break;
                }
            }
        }
    }
    broken
}

#[test]
fn a_mod_rs_only_registers() {
    assert_kept("mod.rs", &more_than_registered(&house()));
    let good =
        "//! Docs.\n#![deny(x)]\n/// Of a.\n#[cfg(unix)]\nmod a;\npub(crate) mod b;\npub use a::{A, B};\npub(crate) use b::c;";
    assert_eq!(more_than_registered(&planted(&[("x/mod.rs", good)])), [""; 0]);
    for bad in ["mod a; fn f() {}", "use crate::b;", "pub struct A;", "pub mod a; impl a::A {}", "mod a { fn f() {} }"] {
        assert_eq!(more_than_registered(&planted(&[("x/mod.rs", bad)])).len(), 1, "{bad}");
    }
}

fn named_twice(house: &House) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for source in &house.sources {
        let tokens = flat(&source.tokens);
        for at in (0..tokens.len()).filter(|at| tokens[*at].to_string() == "pub") {
            let scoped = matches!(&tokens[at + 1], TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis);
            // The word in the group follows it.
            let rest = &tokens[if scoped { at + 3 } else { at + 1 }..];
            let kinds = ["struct", "enum", "trait", "type"];
            if let [kind, TokenTree::Ident(name), ..] = rest
                && kinds.contains(&kind.to_string().as_str())
            {
                places.entry(name.to_string()).or_default().push(&source.path);
            }
        }
    }
    places.into_iter().filter(|(_, places)| places.len() > 1).map(|(name, places)| format!("{name}: {places:?}")).collect()
}

#[test]
fn every_public_type_has_a_name_of_its_own() {
    assert_kept("names", &named_twice(&house()));
    let twice = [("a.rs", "pub struct A; pub enum B {} struct C;"), ("b.rs", "m! { pub(crate) type A = u8; } pub trait C {}")];
    assert_eq!(named_twice(&planted(&twice)), [r#"A: ["a.rs", "b.rs"]"#]);
}

// Errors

/// Every `Result` whose error is a `String`.
fn errors_of_text(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for source in house.sources.iter().filter(|source| !["main", "commands"].contains(&source.top.as_str())) {
        let words = words(&source.tokens);
        for at in (1..words.len()).filter(|at| words[at - 1] == "Result" && words[*at] == "<") {
            let mut depth = 0;
            let mut last = String::new();
            for (at, word) in words.iter().enumerate().skip(at) {
                match word.as_str() {
                    "<" => depth += 1,
                    ">" if words[at - 1] != "-" => depth -= 1,
                    "," if depth == 1 => last.clear(),
                    word => last += word,
                }
                if depth == 0 {
                    break;
                }
            }
            broken.extend(times(&source.path, "Result<_, String>", usize::from(last == "String")));
        }
    }
    broken
}

#[test]
fn no_error_is_a_text_below_the_command_line() {
    assert_kept("errors", &errors_of_text(&house()));
    let text = "fn a() -> Result<Vec<Option<u8>>, String> {} fn b(f: impl Fn(&str) -> Result<(), String>) -> Result<String, E<String>> {}";
    assert_eq!(errors_of_text(&planted(&[("commands/a.rs", text), ("store/a.rs", text)])), ["store/a.rs: Result<_, String>"; 2]);
}

// The database

fn engines_told_apart(house: &House) -> Vec<String> {
    let elsewhere = |source: &&Source| !source.path.starts_with("store/db/dialect/") && source.path != "store/db/address.rs";
    let mut broken = Vec::new();
    for source in house.sources.iter().filter(elsewhere) {
        for kind in ["Conn", "Address"] {
            for engine in ["Sqlite", "Postgres"] {
                broken.extend(times(&source.path, engine, count(source, &[kind, ":", ":", engine])));
            }
        }
    }
    broken
}

#[test]
fn only_the_dialect_tells_the_engines_apart() {
    assert_kept("engines", &engines_told_apart(&house()));
    let text = "fn f(conn: Conn) { match conn { crate::store::Conn::Sqlite(_) => 1, Conn::Postgres(_) => 2 } }";
    assert_eq!(engines_told_apart(&planted(&[("store/db/dialect/a.rs", text), ("store/a.rs", text)])).len(), 2);
}

/// The tables themselves, and the statements that may cross tenants.
fn is_for_all_tenants(source: &Source) -> bool {
    source.path == "store/schema.rs" || source.path.starts_with("store/system/")
}

fn tenants_by_hand(house: &House) -> Vec<String> {
    let elsewhere = |source: &&Source| !is_for_all_tenants(source);
    let found = house.sources.iter().filter(elsewhere);
    found.flat_map(|source| times(&source.path, "municipality.eq", count(source, &["municipality", ".", "eq"]))).collect()
}

#[test]
fn no_statement_names_the_tenant_by_hand() {
    assert_kept("tenants", &tenants_by_hand(&house()));
    let text = "fn f() { dsl::companies.filter(dsl::municipality.eq(a)) }";
    assert_eq!(tenants_by_hand(&planted(&[("store/a.rs", text), ("store/schema.rs", text)])), ["store/a.rs: municipality.eq"]);
}

/// The tables whose rows belong to municipalities, by the lines of `schema.rs`.
fn tables_of_tenants(schema: &str) -> BTreeSet<&str> {
    let mut tables = BTreeSet::new();
    let mut table = "";
    for line in schema.lines() {
        if let Some(row) = line.strip_prefix("    ").filter(|line| line.ends_with("Row {")) {
            table = row.split(' ').next().unwrap();
        }
        if line.trim_start().starts_with("municipality: Text") {
            tables.insert(table);
        }
    }
    tables
}

/// Every statement that begins with the whole of such a table, not with the rows of one tenant. A table that is joined (`.on`) or
/// inserted into is none.
fn statements_without_tenant(house: &House, tables: &BTreeSet<&str>) -> Vec<String> {
    let mut broken = Vec::new();
    for source in house.sources.iter().filter(|source| !is_for_all_tenants(source)) {
        let words = words(&source.tokens);
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        for at in (0..words.len()).filter(|at| tables.contains(word(*at))) {
            let whole = [word(at + 1), word(at + 2), word(at + 3)] == [":", ":", "table"];
            let asked = word(at + 4) == "." && word(at + 5) != "on";
            let inside = if at > 1 && word(at - 1) == "(" { word(at - 2) } else { "" };
            let asked = asked && inside != "insert_into";
            let changed = ["update", "delete"].contains(&inside);
            let in_short = at > 2 && [word(at - 3), word(at - 2), word(at - 1)] == ["dsl", ":", ":"];
            broken.extend(times(&source.path, word(at), usize::from(whole && (asked || changed) || in_short)));
        }
    }
    broken
}

#[test]
fn every_statement_about_the_rows_of_a_municipality_names_its_tenant() {
    let schema = fs::read_to_string(file("src/store/schema.rs")).unwrap();
    let tables = tables_of_tenants(&schema);
    assert!(tables.contains("citizens") && !tables.contains("sessions") && tables.len() > 30, "{tables:?}");
    assert_kept("tenants in statements", &statements_without_tenant(&house(), &tables));
    let text = "fn a() { flags::table.filter(b); flags::table . load(c); delete(flags::table); update(flags::table.filter(d)); \
        flags::own(t).inner_join(flags::table.on(e)); insert_into(flags::table).values(v); sessions::table.filter(f); dsl::flags.load(g) }";
    let found = statements_without_tenant(&planted(&[("store/a.rs", text), ("store/system/b.rs", text)]), &tables);
    assert_eq!(found, ["store/a.rs: flags"; 5]);
}

// Who may do what

/// A function of a file, and how often it authorises: itself, and by what it calls of the same file's private functions.
struct Operation {
    name: String,
    public: bool,
    takes_context: bool,
    /// Its documentation says that it is for others than those who are signed in.
    open: bool,
    authorises: usize,
    calls: Vec<String>,
}

fn operations(source: &Source) -> Vec<Operation> {
    let tokens = &source.tokens;
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| tokens[*at].to_string() == "fn") {
        let group = |delimiter| {
            let is = move |token: &&TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter);
            tokens[at..].iter().find(is).cloned()
        };
        let (Some(taken), Some(body)) = (group(Delimiter::Parenthesis), group(Delimiter::Brace)) else { continue };
        let body = words(&[body]);
        let ends = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            other => other.to_string() == ";",
        };
        let head = &tokens[(0..at).rev().find(|at| ends(&tokens[*at])).map_or(0, |end| end + 1)..at];
        let calls = |at: &usize| body[at + 1] == "(" && (*at == 0 || ![".", ":"].contains(&body[at - 1].as_str()));
        found.push(Operation {
            name: tokens[at + 1].to_string(),
            public: head.last().is_some_and(|word| word.to_string() == "pub"),
            takes_context: words(&[taken]).iter().any(|word| word == "Context"),
            open: head.iter().any(|token| token.to_string().contains("Open to ")),
            authorises: body.windows(2).filter(|two| two[0] == "." && two[1].starts_with("authorize")).count(),
            calls: (0..body.len() - 1).filter(calls).map(|at| body[at].clone()).collect(),
        });
    }
    found
}

/// How often an operation authorises, also by way of what it calls.
fn authorises<'o>(operation: &'o Operation, all: &'o [Operation], above: &[&'o str]) -> usize {
    let above: Vec<&str> = above.iter().copied().chain([operation.name.as_str()]).collect();
    let private = |name: &&String| all.iter().find(|other| other.name == **name && !other.public);
    let called = operation.calls.iter().filter(|name| !above.contains(&name.as_str())).filter_map(|name| private(&name));
    operation.authorises + called.map(|called| authorises(called, all, &above)).sum::<usize>()
}

/// Operations that handlers call and that do not authorise just once. One that is for links or the schedule says so in its
/// documentation: "Open to …".
fn unauthorised(house: &House) -> Vec<String> {
    let asked: BTreeSet<(String, String)> =
        house.arrows().into_iter().filter(|arrow| arrow.from.starts_with("web/")).map(|arrow| (arrow.to, arrow.name)).collect();
    let mut broken = Vec::new();
    for source in house.sources.iter().filter(|source| ["actions", "views"].contains(&source.top.as_str())) {
        let all = operations(source);
        for operation in all.iter().filter(|operation| operation.public && operation.takes_context) {
            let times = authorises(operation, &all, &[]);
            let is_asked = asked.contains(&(source.path.clone(), operation.name.clone()));
            if is_asked && times != usize::from(!operation.open) {
                broken.push(format!("{}: {} authorises {times} times", source.path, operation.name));
            }
        }
    }
    broken
}

fn authorised_in_handlers(house: &House) -> Vec<String> {
    let handlers = house.sources.iter().filter(|source| source.top == "web");
    handlers.flat_map(|source| times(&source.path, "authorize", count(source, &[".", "authorize"]))).collect()
}

#[test]
fn each_operation_authorises_once_and_no_handler_does() {
    let house = house();
    assert_kept("operations", &unauthorised(&house));
    assert_kept("handlers", &authorised_in_handlers(&house));
    let seen = house.sources.iter().flat_map(operations).filter(|operation| operation.authorises == 1).count();
    assert!(seen > 50, "only {seen} are seen: is the reader broken?");
}

#[test]
fn a_planted_operation_without_authorisation_is_found() {
    let lib = ("lib.rs", "pub mod actions; pub mod web;");
    let module = ("actions/mod.rs", "pub mod a;");
    let actions = "
        pub fn once(context: &Context) { context.authorize(P)?; }
        pub fn never(tx: &mut Tx, context: &Context) { once(context) }
        pub fn twice(context: &Context<'_>) { context.authorize(P)?; if x { context.authorize(Q)?; } }
        pub(crate) fn inner(context: &Context) { context.authorize(P)?; }
        fn own(context: &Context) -> R { context.authorize(P)?; }
        pub fn by_own(context: &Context) { let x = own(context)?; }
        pub fn unasked(context: &Context) {}
        pub fn none(x: u8) {}
        /// Does it. Open to whoever holds the link.
        pub fn open(context: &Context) {}
    ";
    let handlers = "use crate::actions::a::{self, never}; fn f() { a::once(); a::by_own(); never(); a::twice(c); a::none(); a::open(); c.authorize(P) }";
    let house = planted(&[lib, module, ("actions/a.rs", actions), ("web/api.rs", handlers), ("web/mod.rs", "mod api;")]);
    assert_eq!(unauthorised(&house), ["actions/a.rs: never authorises 0 times", "actions/a.rs: twice authorises 2 times"]);
    assert_eq!(authorised_in_handlers(&house), ["web/api.rs: authorize"]);
}

// Tools

/// Each tool and the only modules that use it.
const TOOLS: &[(&str, &[&str])] = &[
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("icalendar", &["outbox"]),
    ("lettre", &["outbox"]),
    ("openidconnect", &["provider"]),
    ("hyper_util", &["provider"]),
    ("hyper_rustls", &["provider"]),
    ("http_body_util", &["provider"]),
    ("actix_web", &["web", "main", "commands"]),
    ("utoipa_actix_web", &["web"]),
    ("tokio_cron_scheduler", &["jobs"]),
    ("argon2", &["crypto"]),
    ("chacha20poly1305", &["crypto"]),
    ("config", &["settings"]),
    ("csv", &["import", "commands", "web"]),
    ("calamine", &["import"]),
    ("encoding_rs", &["import"]),
    ("prometheus", &["telemetry"]),
    ("opentelemetry", &["telemetry"]),
    ("opentelemetry_sdk", &["telemetry"]),
    ("tracing_opentelemetry", &["telemetry"]),
    ("tracing_subscriber", &["telemetry"]),
    ("clap", &["main", "commands"]),
    ("indicatif", &["main", "commands"]),
    ("rettematch", &["main", "commands"]),
];

fn tools_elsewhere(house: &House) -> Vec<String> {
    let mut broken = Vec::new();
    for source in &house.sources {
        let words = words(&source.tokens);
        for (tool, _) in TOOLS.iter().filter(|(_, places)| !places.contains(&source.top.as_str())) {
            let begins =
                |at: usize| words.get(at + 1..at + 3).is_some_and(|next| next == [":", ":"]) && (at == 0 || words[at - 1] != ":");
            if (0..words.len()).any(|at| words[at] == *tool && begins(at)) {
                broken.push(format!("{} uses {tool}", source.path));
            }
        }
    }
    broken
}

#[test]
fn each_tool_lives_in_one_place() {
    assert_kept("tools", &tools_elsewhere(&house()));
    let text = "use diesel::prelude::*; fn f() { crate::diesel::g(); self::lettre::h(); config::get() }";
    assert_eq!(tools_elsewhere(&planted(&[("store/a.rs", text)])), ["store/a.rs uses config"]);
    assert_eq!(tools_elsewhere(&planted(&[("settings.rs", text)])), ["settings.rs uses diesel"]);
}

fn impure(house: &House) -> Vec<String> {
    let banned: [&[&str]; 8] = [
        &["tokio"],
        &["std", ":", ":", "env"],
        &["std", ":", ":", "fs"],
        &["std", ":", ":", "net"],
        &["std", ":", ":", "thread"],
        &["async"],
        &["tracing", ":", ":"],
        &["println", "!"],
    ];
    let domain = house.sources.iter().filter(|source| source.top == "domain");
    domain.flat_map(|source| banned.iter().flat_map(|words| times(&source.path, &words.concat(), count(source, words)))).collect()
}

#[test]
fn the_domain_is_pure() {
    assert_kept("pure", &impure(&house()));
    let text = "async fn f() { std::fs::read(x); println!(\"\"); }";
    assert_eq!(impure(&planted(&[("domain/a.rs", text), ("app.rs", text)])).len(), 3);
}

fn asks_for_the_time(house: &House) -> Vec<String> {
    let elsewhere = house.sources.iter().filter(|source| source.path != "clock.rs");
    let calls = ["Utc", "Local", "SystemTime", "Instant", "dsl"];
    elsewhere
        .flat_map(|source| {
            let now: usize = calls.iter().map(|kind| count(source, &[kind, ":", ":", "now"])).sum();
            let others = count(source, &["now_v7"])
                + usize::from(words(&source.tokens).iter().any(|word| word.contains("CURRENT_TIMESTAMP")));
            times(&source.path, "asks for the time", now + others)
        })
        .collect()
}

#[test]
fn only_the_clock_asks_for_the_time() {
    assert_kept("clock", &asks_for_the_time(&house()));
    let text = "fn f() { chrono::Utc::now(); Uuid::now_v7(); sql_query(\"SELECT CURRENT_TIMESTAMP\") }";
    assert_eq!(asks_for_the_time(&planted(&[("app.rs", text), ("clock.rs", text)])).len(), 3);
    let folders = fs::read_dir(file("migrations")).unwrap().flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let texts: Vec<String> = folders.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap().to_lowercase()).collect();
    assert!(texts.len() > 2 && texts.iter().all(|text| !text.contains("current_") && !text.contains("now()")));
}

#[test]
fn code_of_unit_tests_is_left_out() {
    let text = "#[cfg(test)] mod a; #[cfg(test)] use crate::{x}; #[cfg(test)] mod tests { fn f() {} } fn kept() {}";
    let house = planted(&[("lib.rs", text), ("a.rs", "fn left_out() {}"), ("a/b.rs", "")]);
    assert_eq!(house.sources.len(), 1);
    assert_eq!(words(&house.sources[0].tokens), ["fn", "kept", "(", "("]);
}
