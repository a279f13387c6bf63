//! How SQLite finds what it is asked for. Where it does not know how many rows there are, it takes any index that begins with the
//! municipality for as good as another: then a citizen's internships are looked for among all of the municipality, and what takes a
//! moment with ten rows takes seconds with a million. So no statement may find rows of these by the municipality alone: neither
//! before the service has taken stock, nor when it has in a large municipality.

use crate::harness::furnished::Furnished;
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::{Instrumentation, InstrumentationEvent, SimpleConnection, set_default_instrumentation},
    sql_query,
    sql_types::Text,
};
use rettematch::domain::people::access::Role;
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// What there is much of.
const MANY: [&str; 27] = [
    "accommodations",
    "agreements",
    "answers",
    "approaches",
    "approvals",
    "capacities",
    "citizens",
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
    "prospects",
    "search_keys",
    "search_words",
    "staff_months",
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
    let heard = HEARD.lock().unwrap().clone();
    // What is asked for by an empty list finds nothing, and does not look.
    let asks =
        |text: &&String| ["SELECT", "UPDATE", "DELETE"].iter().any(|word| text.starts_with(word)) && !text.contains("(1=0)");
    let statements: Vec<String> = heard.iter().filter(asks).flat_map(|text| [text.clone(), with_long_lists(text)]).collect();
    assert!(statements.len() > 100, "{}", statements.len());
    let mut slow = BTreeSet::new();
    for large in [false, true] {
        let mut conn = SqliteConnection::establish(file).unwrap();
        conn.batch_execute("ANALYZE; DELETE FROM sqlite_stat1; DELETE FROM sqlite_stat4").unwrap();
        if large {
            pretend_to_be_large(&mut conn);
        }
        // What was analysed is read when a file is opened.
        let mut conn = SqliteConnection::establish(file).unwrap();
        for statement in &statements {
            let plan: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut conn).unwrap();
            let whole = |step: &&Step| {
                let of = |table: &&str| {
                    step.detail.starts_with(&format!("SEARCH {table} ")) && step.detail.ends_with("(municipality=?)")
                };
                MANY.iter().any(|table| of(table) || step.detail == format!("SCAN {table}"))
            };
            slow.extend(plan.iter().filter(whole).map(|step| format!("{}\n    {statement}", step.detail)));
        }
    }
    assert!(slow.is_empty(), "{}", slow.into_iter().collect::<Vec<_>>().join("\n"));
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
