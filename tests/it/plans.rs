//! How SQLite finds what it is asked for. Where it does not know how many rows there are, it takes any index that begins with the
//! municipality for as good as another: then a citizen's internships are looked for among all of the municipality, and what takes a
//! moment with ten rows takes seconds with a million. So no statement may find rows of these by the municipality alone: neither
//! before the service has taken stock, nor when it has in a large municipality.

use crate::harness::{
    Value,
    furnished::Furnished,
    schema::{Description, Operation},
};
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::{Instrumentation, InstrumentationEvent, SimpleConnection, set_default_instrumentation},
    sql_query,
    sql_types::Text,
};
use reqwest::Method;
use rettematch::domain::people::access::Role;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

/// What there is much of.
const MANY: [&str; 33] = [
    "access_reasons",
    "accommodations",
    "agreements",
    "answers",
    "approaches",
    "approvals",
    "capacities",
    "changes",
    "citizens",
    "closures",
    "companies",
    "confirmations",
    "contacts",
    "follow_ups",
    "flags",
    "internships",
    "letters",
    "links",
    "needs",
    "objections",
    "openings",
    "outcomes",
    "pauses",
    "prospects",
    "reads_of_citizens",
    "search_keys",
    "search_words",
    "staff_months",
    "steps",
    "story",
    "told",
    "versions",
    "workplaces",
];

static HEARD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

struct Listen;

impl Instrumentation for Listen {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let InstrumentationEvent::StartQuery { query, .. } = event else { return };
        let text = query.to_string();
        let text = text.split(" -- binds: ").next().unwrap_or_default().to_owned();
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).insert(text);
    }
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Filters whose rows SQLite finds by walking along the list, at least while it knows no numbers: most pass most rows, or go along
/// with another one; flags of a citizen or workplace are few among many. Any other filter finds its rows by an index.
const WALKS: [&str; 16] = [
    "/citizens closed",
    "/flags all together",
    "/flags citizen",
    "/flags level",
    "/flags rule",
    "/flags standing",
    "/flags workplace",
    "/letters all together",
    "/letters state",
    "/openings all",
    "/openings kind",
    "/openings lies_in",
    "/openings occupation",
    "/workplaces foresees_vacancy",
    "/workplaces industry",
    "/workplaces near",
];

/// What a list's filter is asked with where the description has no example.
const SAMPLES: &[(&str, &str)] = &[
    ("occupation", "shop"),
    ("lies_in", "101"),
    ("name", "bager"),
    ("near", "55.68,12.57"),
    ("text", "bager"),
    ("rule", "decision-due"),
    ("team", "Team Nord"),
];

#[tokio::test]
async fn no_statement_looks_through_a_whole_municipality() {
    set_default_instrumentation(|| Some(Box::new(Listen))).unwrap();
    let furnished = Furnished::open().await;
    let house = &furnished.house;
    let Some(file) = house.database_url().strip_prefix("sqlite:") else { return };
    for (path, id) in &furnished.ids {
        for rest in ["", "/workplaces", "/contacts", "/record", "/needs", "/matches", "/history", "/flags"] {
            house.here.of(Role::Consultant).get(&format!("{path}{id}{rest}")).await;
        }
    }
    house.tick().await;
    let statements = heard();
    assert!(statements.len() > 100, "{}", statements.len());
    let slow = slow(file, &statements, &["(municipality=?)"]);
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Every filter of every list of the description, alone and all together.
#[tokio::test]
async fn every_filter_finds_its_rows_by_an_index() {
    set_default_instrumentation(|| Some(Box::new(Listen))).unwrap();
    let furnished = Furnished::open().await;
    let Some(file) = furnished.house.database_url().strip_prefix("sqlite:") else { return };
    let description = Description::own();
    let mut asked: Vec<(String, BTreeSet<String>)> = Vec::new();
    for operation in description.operations().iter().filter(|operation| operation.has("limit") && operation.method == Method::GET)
    {
        let filters = filters(&furnished, &description, operation);
        let (client, path) = (furnished.able(operation), furnished.path(operation));
        let ask = async |query: &[(String, String)]| {
            heard();
            let query: String = query.iter().map(|(name, value)| format!("&{name}={value}")).collect();
            let answer = client.get(&format!("{path}?limit=1{query}")).await;
            if let Some(next) = answer.header("Link").and_then(|link| link.split(['<', '>']).nth(1)) {
                client.get(next).await.ok();
            }
            (answer.status, heard())
        };
        let (status, whole) = ask(&[]).await;
        assert_eq!(status, 200, "{path}");
        let together: Vec<_> = filters.iter().map(|values| values[0].clone()).collect();
        assert_eq!(ask(&together).await.0, 200, "{path} {together:?}");
        let alone = filters.iter().flatten().map(|one| (one.0.as_str(), vec![one.clone()]));
        for (name, query) in alone.chain([("all together", together)]) {
            let statements = ask(&query).await.1.difference(&whole).cloned().collect();
            asked.push((format!("{} {name}", operation.path), statements));
        }
    }
    assert!(asked.len() > 30, "only {} were asked", asked.len());
    // Whoever walks along the list instead has to look at every row until enough of them pass.
    let all = asked.iter().flat_map(|(_, statements)| statements.clone()).collect();
    let slow = slow(file, &all, &["(municipality=?)", "(municipality=? AND id>?)"]);
    let mut found: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (filter, statements) in &asked {
        let its = slow.iter().filter(|place| statements.iter().any(|statement| place.ends_with(statement)));
        found.entry(filter).or_default().extend(its);
    }
    found.retain(|_, places| !places.is_empty());
    let known: Vec<&str> = WALKS.into_iter().filter(|filter| found.remove(filter).is_some()).collect();
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(known, WALKS, "some find their rows by an index now");
}

/// What each filter of a list can be asked with: its name, with every value of a closed list or one that fits.
fn filters(furnished: &Furnished, description: &Description, operation: &Operation) -> Vec<Vec<(String, String)>> {
    let parameters = operation.said["parameters"].as_array().into_iter().flatten();
    let filters = parameters.filter(|one| one["in"] == "query" && one["name"] != "limit" && one["name"] != "cursor");
    let values = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap().to_owned();
        let id = furnished.ids.iter().find(|(path, _)| path.trim_matches('/') == format!("{name}s"));
        let consultant = (name == "consultant").then(|| furnished.house.here.of(Role::Consultant).account.clone());
        let known = SAMPLES.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        match known.or(consultant).or(id.map(|(_, id)| id.clone())) {
            Some(value) => vec![(name, value)],
            None => description.values(&parameter["schema"]).into_iter().map(|value| (name.clone(), value)).collect(),
        }
    };
    filters.map(values).collect()
}

/// The statements that were asked since this was last called.
fn heard() -> BTreeSet<String> {
    let heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
    // What is asked for by an empty list finds nothing, and does not look.
    let asks =
        |text: &&String| ["SELECT", "UPDATE", "DELETE"].iter().any(|word| text.starts_with(word)) && !text.contains("(1=0)");
    heard.iter().filter(asks).flat_map(|text| [text.clone(), with_long_lists(text)]).collect()
}

/// Those among the statements that find rows by these conditions alone, or look through all, and where.
fn slow(file: &str, statements: &BTreeSet<String>, whole: &[&str]) -> Vec<String> {
    let mut slow = BTreeSet::new();
    for large in [false, true] {
        let mut conn = SqliteConnection::establish(file).unwrap();
        conn.batch_execute("ANALYZE; DELETE FROM sqlite_stat1; DELETE FROM sqlite_stat4").unwrap();
        if large {
            pretend_to_be_large(&mut conn);
        }
        // What was analysed is read when a file is opened.
        let mut conn = SqliteConnection::establish(file).unwrap();
        for statement in statements {
            let plan: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut conn).unwrap();
            let looks_through = |step: &&Step| {
                let of = |table: &&str| {
                    step.detail.starts_with(&format!("SEARCH {table} ")) && whole.iter().any(|by| step.detail.ends_with(by))
                };
                MANY.iter().any(|table| of(table) || step.detail == format!("SCAN {table}"))
            };
            slow.extend(plan.iter().filter(looks_through).map(|step| format!("{}\n    {statement}", step.detail)));
        }
    }
    slow.into_iter().collect()
}

/// The same where twenty are asked for of whatever is asked for by a list: how many there are changes how they are found.
fn with_long_lists(statement: &str) -> String {
    let mut parts = statement.split("IN (?");
    let first = parts.next().unwrap_or_default().to_owned();
    let twenty = vec!["?"; 20].join(", ");
    parts.fold(first, |whole, rest| format!("{whole}IN ({twenty}{}", rest.trim_start_matches(", ?")))
}

/// Writes down for each index that there are a million rows, all of one municipality, ten alike in what comes next, and none in all.
fn pretend_to_be_large(conn: &mut SqliteConnection) {
    let indexes =
        "SELECT list.name AS detail FROM sqlite_master AS made, pragma_index_list(made.name) AS list WHERE made.type = 'table'";
    let indexes: Vec<Step> = sql_query(indexes).load(conn).unwrap();
    for index in indexes {
        let name = index.detail;
        let columns = format!("SELECT coalesce(name, '') AS detail FROM pragma_index_info('{name}')");
        let columns: Vec<Step> = sql_query(columns).load(conn).unwrap();
        let last = columns.len() - 1;
        let alike = columns.iter().enumerate().map(|(at, column)| match at {
            0 if column.detail == "municipality" && last > 0 => " 1000000",
            _ if at == last => " 1",
            _ => " 10",
        });
        let stat: String = std::iter::once("1000000").chain(alike).collect();
        let put = "INSERT INTO sqlite_stat1 SELECT tbl_name, name, ? FROM sqlite_master WHERE type = 'index' AND name = ?";
        sql_query(put).bind::<Text, _>(stat).bind::<Text, _>(name).execute(conn).unwrap();
    }
}
