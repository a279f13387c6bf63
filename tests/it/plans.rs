//! How SQLite finds what it is asked for. It knows nothing of how many rows there are, and takes any index that begins with
//! the municipality for as good as another: then a citizen's internships are looked for among all of the municipality, and what
//! takes a moment with ten rows takes seconds with a million. So no statement may find rows of these by the municipality alone.

use crate::harness::furnished::Furnished;
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation},
    sql_query,
    sql_types::Text,
};
use rettematch::domain::access::Role;
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

/// What there is much of.
const MANY: [&str; 13] = [
    "citizens",
    "internships",
    "versions",
    "confirmations",
    "accommodations",
    "agreements",
    "answers",
    "follow_ups",
    "outcomes",
    "flags",
    "letters",
    "workplaces",
    "companies",
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
    let mut conn = SqliteConnection::establish(file).unwrap();
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
    let statements = heard.iter().filter(asks);
    let mut asked = 0;
    let mut slow = Vec::new();
    for statement in statements {
        asked += 1;
        let plan: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {statement}")).load(&mut conn).unwrap();
        let whole = |step: &&Step| {
            let of =
                |table: &&str| step.detail.starts_with(&format!("SEARCH {table} ")) && step.detail.ends_with("(municipality=?)");
            MANY.iter().any(|table| of(table) || step.detail == format!("SCAN {table}"))
        };
        slow.extend(plan.iter().filter(whole).map(|step| format!("{}\n    {statement}", step.detail)));
    }
    assert!(asked > 100, "{asked}");
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
