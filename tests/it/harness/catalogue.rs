//! Reads tables, columns, keys and indexes from the database itself, and makes up rows for every table from that.

use super::Database;
use std::collections::{BTreeMap, BTreeSet};

/// Every column, default, key, index, reference and check, a line each, the same on both engines.
pub fn catalogue(database: &Database) -> BTreeSet<String> {
    if !database.is_file() {
        return POSTGRES.iter().flat_map(|sql| database.texts(sql)).collect();
    }
    let mut lines: BTreeSet<String> = SQLITE.iter().flat_map(|sql| database.texts(sql)).collect();
    // SQLite lists no checks; they stand in the text of the table.
    for line in database.texts("SELECT name || ' ' || sql AS text FROM sqlite_master WHERE type = 'table'") {
        let (table, sql) = line.split_once(' ').unwrap();
        for (at, _) in sql.match_indices("CHECK (") {
            let mut depth = 0;
            let inside = sql[at + "CHECK ".len()..].chars().take_while(|c| {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
                depth > 0
            });
            let inside = inside.collect::<String>();
            let words: BTreeSet<&str> = inside.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let named = words.iter().filter(|word| lines.iter().any(|line| line.starts_with(&format!("column {table}.{word} "))));
            let named = named.copied().collect::<Vec<_>>().join(",");
            lines.insert(format!("check {table} of {named}"));
        }
    }
    lines
}

const SQLITE: [&str; 5] = [
    "SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || CASE WHEN c.\"notnull\" THEN ' NOT NULL' ELSE '' END AS text
     FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '%diesel%'",
    "SELECT 'default ' || m.name || '.' || c.name || ' ' || lower(c.dflt_value) AS text
     FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.dflt_value IS NOT NULL AND m.name NOT LIKE '%diesel%'",
    "SELECT 'key ' || m.name || ' ' || group_concat(c.name, ',' ORDER BY c.pk) AS text
     FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.pk > 0 AND m.name NOT LIKE '%diesel%' GROUP BY m.name",
    "SELECT CASE WHEN i.\"unique\" THEN 'unique ' ELSE 'index ' END || m.name || ' '
         || (SELECT group_concat(c.name, ',' ORDER BY c.seqno) FROM pragma_index_info(i.name) c)
         || CASE WHEN i.partial THEN ' ' || (SELECT lower(replace(replace(replace(substr(s.sql, instr(s.sql, ' WHERE ') + 7),
             '(', ''), ')', ''), ' ', '')) FROM sqlite_master s WHERE s.name = i.name) ELSE '' END
         || CASE WHEN i.origin = 'c' THEN ' ' || i.name ELSE '' END AS text
     FROM sqlite_master m, pragma_index_list(m.name) i
     WHERE m.type = 'table' AND i.origin <> 'pk' AND m.name NOT LIKE '%diesel%'",
    "SELECT 'reference ' || m.name || ' ' || group_concat(f.\"from\", ',' ORDER BY f.seq) || ' to ' || f.\"table\" || ' '
         || group_concat(f.\"to\", ',' ORDER BY f.seq) || ' ' || lower(f.on_delete) AS text
     FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id",
];

const POSTGRES: [&str; 6] = [
    "SELECT 'column ' || table_name || '.' || column_name || ' ' || upper(replace(data_type, ' without time zone', ''))
         || CASE WHEN is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END AS text
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '%diesel%'",
    // PostgreSQL names the type behind a text: '…'::text.
    "SELECT 'default ' || table_name || '.' || column_name || ' ' || lower(regexp_replace(column_default, '''::[a-z ]+$', '''')) AS text
     FROM information_schema.columns
     WHERE table_schema = 'public' AND column_default IS NOT NULL AND table_name NOT LIKE '%diesel%'",
    "SELECT 'key ' || conrelid::regclass || ' ' || (SELECT string_agg(a.attname, ',' ORDER BY k.at)
         FROM unnest(conkey) WITH ORDINALITY k (num, at) JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.num) AS text
     FROM pg_constraint WHERE contype = 'p' AND connamespace = 'public'::regnamespace
         AND conrelid::regclass::text NOT LIKE '%diesel%'",
    "SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END || i.indrelid::regclass || ' '
         || (SELECT string_agg(a.attname, ',' ORDER BY k.at) FROM unnest(i.indkey::int2[]) WITH ORDINALITY k (num, at)
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num)
         || coalesce(' ' || lower(translate(pg_get_expr(i.indpred, i.indrelid), '() ', '')), '')
         || CASE WHEN EXISTS (SELECT FROM pg_constraint u WHERE u.conindid = i.indexrelid AND u.contype = 'u') THEN ''
             ELSE ' ' || i.indexrelid::regclass END AS text
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND c.relname NOT LIKE '%diesel%'",
    "SELECT 'reference ' || conrelid::regclass || ' '
         || (SELECT string_agg(a.attname, ',' ORDER BY k.at) FROM unnest(conkey) WITH ORDINALITY k (num, at)
             JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = k.num)
         || ' to ' || confrelid::regclass || ' '
         || (SELECT string_agg(a.attname, ',' ORDER BY k.at) FROM unnest(confkey) WITH ORDINALITY k (num, at)
             JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = k.num)
         || CASE confdeltype WHEN 'a' THEN ' no action' WHEN 'c' THEN ' cascade' WHEN 'r' THEN ' restrict'
             WHEN 'n' THEN ' set null' ELSE ' set default' END AS text
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
    "SELECT 'check ' || conrelid::regclass || ' of ' || (SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE \"C\")
         FROM pg_attribute a WHERE a.attrelid = conrelid AND a.attnum = ANY (conkey)) AS text
     FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
];

/// A table as rows are made up for it.
pub struct Made {
    pub name: String,
    /// Name, type, whether it must be there.
    pub columns: Vec<(String, String, bool)>,
    /// Column, and the parent's table and column.
    references: Vec<(String, (String, String))>,
    /// Columns that a check looks at: something stands in each.
    checked: BTreeSet<String>,
}

/// So many rows are made up for each table.
pub const ROWS: usize = 4;

/// What people and programs write; the order of bytes is none that a language would choose, and each is somebody's escape.
const ODD: [&str; ROWS] = ["Ærø aa Å", "a\\N\t\"b\"\n", "Zoé O'Hare 🦓 ", "\u{e9} e\u{301} {}; --"];

/// A code of the closed list that a column holds, where it holds one: the program reads no other.
fn code(table: &str, column: &str) -> Option<&'static str> {
    Some(match (table, column) {
        ("accounts", "role" | "asked_role") => "liaison",
        ("accounts", "role_confirmation") => "waits",
        ("account_changes", "field") => "team",
        ("closings", "how") => "moved",
        ("steps", "kind") => "conversation",
        ("own_terms", "kind") => "task",
        ("story", "kind") => "wish",
        ("letters", "kind") => "digest",
        ("calendar_entries", "what") => "follow-up",
        (_, "at_time" | "time_before") => "09:30",
        ("follow_ups", "kind") => "regular",
        ("internship_facts" | "openings" | "erased_stays", "kind") => "training",
        (_, "industry_scheme") => "DB07",
        (_, "placed_by") => "postcode",
        ("approaches", "via") => "telephone",
        ("reads" | "changes", "via") => "api",
        ("reads_of_citizens" | "changes", "what") => "record",
        (_, "relation") => "team",
        (_, "via" | "withdrawn_via" | "taken_back_via") => "meeting",
        ("approval_requests", "what") => "extension",
        ("corrections", "what") => "booking",
        (_, "road") => "network",
        (_, "ending") => "broken-off",
        (_, "ended_by" | "party") => "citizen",
        ("versions", "cause") => "change",
        (_, "answer") => "more-time",
        ("outcomes" | "erased_hires", "step") => "flex-job",
        (_, "rule") => "long-stay",
        (_, "level" | "acknowledged_level") => "warning",
        (_, "gone") => "cleared",
        ("flag_events", "what") => "raised",
        (_, "audience") => "consultant",
        ("links" | "written", "purpose") => "alignment",
        ("statement_requests", "given_by") => "unit",
        ("search_words", "subject") => "company",
        _ => return None,
    })
}

/// The tables of a catalogue, parents first.
pub fn tables(catalogue: &BTreeSet<String>) -> Vec<Made> {
    let mut made: BTreeMap<String, Made> = BTreeMap::new();
    for line in catalogue.iter().filter_map(|line| line.strip_prefix("column ")) {
        let (place, kind) = line.split_once(' ').unwrap();
        let (table, column) = place.split_once('.').unwrap();
        let empty = || Made { name: table.to_owned(), columns: Vec::new(), references: Vec::new(), checked: BTreeSet::new() };
        let needed = kind.ends_with(" NOT NULL");
        let column = (column.to_owned(), kind.trim_end_matches(" NOT NULL").to_owned(), needed);
        made.entry(table.to_owned()).or_insert_with(empty).columns.push(column);
    }
    for line in catalogue.iter().filter_map(|line| line.strip_prefix("reference ")) {
        let words: Vec<&str> = line.split(' ').collect();
        let [table, from, "to", parent, to, ..] = words[..] else { panic!("{line}") };
        let pairs = from.split(',').zip(to.split(','));
        let references = pairs.map(|(from, to)| (from.to_owned(), (parent.to_owned(), to.to_owned())));
        made.get_mut(table).unwrap().references.extend(references);
    }
    for line in catalogue.iter().filter_map(|line| line.strip_prefix("check ")) {
        let (table, columns) = line.split_once(" of ").unwrap();
        made.get_mut(table).unwrap().checked.extend(columns.split(',').map(ToOwned::to_owned));
    }
    let mut sorted: Vec<Made> = Vec::new();
    while !made.is_empty() {
        let free = |table: &&Made| table.references.iter().all(|(_, (parent, _))| !made.contains_key(parent));
        let next = made.values().find(free).expect("tables that refer to each other in a circle").name.clone();
        sorted.push(made.remove(&next).unwrap());
    }
    sorted
}

fn value(tables: &[Made], table: &str, column: &str, row: usize) -> String {
    let own = tables.iter().find(|own| own.name == table).unwrap();
    let (_, kind, needed) = own.columns.iter().find(|(name, ..)| name == column).unwrap();
    if !needed && row == 1 && !own.checked.contains(column) {
        return "NULL".into();
    }
    if let Some((_, (parent, of))) = own.references.iter().find(|(name, _)| name == column) {
        return value(tables, parent, of, row);
    }
    let text = match (kind.as_str(), column) {
        ("TEXT", "municipality") => "101".into(),
        // Ids are hexadecimal.
        ("TEXT", "id") => format!("{}{row}", data_encoding::HEXLOWER.encode(table.as_bytes())),
        ("TEXT", _) if code(table, column).is_some() => code(table, column).unwrap_or_default().into(),
        ("TEXT", _) if !needed && row == 2 => String::new(),
        ("TEXT", _) => format!("{}{table}.{column}", ODD[row]).replace('\'', "''"),
        ("DATE", _) => format!("{}-02-2{row}", 2023 + row),
        ("TIMESTAMP", _) => format!("2024-02-29 23:59:5{row}"),
        ("BOOLEAN", _) => return if row.is_multiple_of(2) { "TRUE" } else { "FALSE" }.into(),
        ("INTEGER", _) => return [0, -1, i32::MAX, i32::MIN][row].to_string(),
        // The least of all is a number that SQLite's parser would take for one with decimals.
        ("BIGINT", _) => return [0, -1, i64::MAX, i64::MIN + 1][row].to_string(),
        other => panic!("{table}.{column}: no value is known for {other:?}"),
    };
    format!("'{text}'")
}

/// Statements that put rows into every table: whole ones, and one with nothing wherever nothing may stand.
pub fn fill(tables: &[Made]) -> Vec<String> {
    let mut statements = Vec::new();
    for table in tables {
        let names = table.columns.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>();
        for row in 0..ROWS {
            let values = names.iter().map(|name| value(tables, &table.name, name, row)).collect::<Vec<_>>();
            statements.push(format!("INSERT INTO {} ({}) VALUES ({})", table.name, names.join(", "), values.join(", ")));
        }
    }
    statements
}

/// Statements that put the rows which stand in a SQLite file into an empty database of either engine.
pub fn inserts(database: &Database, tables: &[Made]) -> Vec<String> {
    let of = |table: &Made| {
        let cell = |(name, kind, _): &(String, String, bool)| match kind.as_str() {
            "BOOLEAN" => format!("CASE {name} WHEN 1 THEN 'TRUE' WHEN 0 THEN 'FALSE' ELSE 'NULL' END"),
            _ => format!("quote({name})"),
        };
        let names = table.columns.iter().map(|(name, ..)| name.as_str()).collect::<Vec<_>>().join(", ");
        let cells = table.columns.iter().map(cell).collect::<Vec<_>>().join(" || ', ' || ");
        let begin = format!("INSERT INTO {} ({names}) VALUES", table.name);
        database.texts(&format!("SELECT '{begin} (' || {cells} || ')' AS text FROM {} ORDER BY rowid", table.name))
    };
    tables.iter().flat_map(of).collect()
}

/// The rows of a table in those of its columns that another state of it has too, as text; but for the day of the next evaluation, which
/// is the schedule's own.
pub fn rows(database: &Database, table: &Made, other: &Made) -> Vec<String> {
    let both = table.columns.iter().filter(|(name, ..)| name != "look_on" && other.columns.iter().any(|(its, ..)| its == name));
    let cells = both.map(|(name, ..)| format!("coalesce('<' || CAST({name} AS TEXT) || '>', 'nothing')"));
    let cells = cells.collect::<Vec<_>>().join(" || ");
    let mut rows = database.texts(&format!("SELECT {cells} AS text FROM {}", table.name));
    rows.sort();
    rows
}
