//! The database of every earlier release, with rows in every table, keeps every row when it is upgraded; both engines have the
//! same tables; each migration can be reverted and run again. Rows are made up from the database's own catalogue, so that a new
//! table or migration needs nothing here.

use crate::harness::{
    Database,
    catalogue::{ROWS, catalogue, fill, rows, tables},
    file,
};
use rettematch::store::{Db, schema::TABLES};
use std::{collections::BTreeSet, fs};

/// How many migrations there are; each is taken for a release.
fn releases() -> usize {
    fs::read_dir(file("migrations")).unwrap().count()
}

/// A database of each engine as a release left it, and rows in every table.
fn filled(folder: &std::path::Path, release: usize) -> Vec<Database> {
    let all = Database::on_each(folder);
    for database in &all {
        (0..release).for_each(|_| database.up());
        fill(&tables(&catalogue(database))).iter().for_each(|statement| database.run(statement));
    }
    all
}

/// Names what differs, and not all that does not.
fn assert_same(seen: &BTreeSet<String>, wanted: &BTreeSet<String>) {
    let differs: Vec<_> = seen.symmetric_difference(wanted).collect();
    assert!(differs.is_empty(), "on one side only: {differs:#?}");
}

#[test]
fn both_engines_and_the_program_have_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let all = Database::on_each(folder.path());
    for database in &all {
        Db::open(&database.url, 1).unwrap().migrate().unwrap();
        let seen = catalogue(database);
        let begins = |begin: &str| seen.iter().filter(|line| line.starts_with(begin)).count();
        for (begin, least) in [("column ", 300), ("key ", 40), ("unique ", 8), ("index ", 40), ("reference ", 50), ("check ", 1)]
        {
            assert!(begins(begin) >= least, "{begin}: only {} seen", begins(begin));
        }
        // What the program reads and writes, and copies: all that is there, no more and no less.
        let columns: BTreeSet<String> = seen.iter().filter(|line| line.starts_with("column ")).cloned().collect();
        let known = TABLES.iter().flat_map(|table| {
            table.columns.iter().map(|(name, sql)| {
                let bare = sql.trim_start_matches("Nullable<").trim_end_matches('>');
                let bare = if bare == "Bool" { "BOOLEAN".to_owned() } else { bare.to_uppercase() };
                let needed = if sql.starts_with("Nullable") { "" } else { " NOT NULL" };
                format!("column {}.{name} {bare}{needed}", table.name)
            })
        });
        assert_same(&known.collect(), &columns);
        for table in TABLES {
            let key = format!("key {} {}", table.name, table.key.join(","));
            assert!(seen.iter().any(|line| line.starts_with(&key)), "{key}");
        }
        // Parents before their children, as they are copied.
        let place = |name: &str| TABLES.iter().position(|table| table.name == name).unwrap();
        for line in seen.iter().filter_map(|line| line.strip_prefix("reference ")) {
            let words: Vec<&str> = line.split(' ').collect();
            assert!(place(words[3]) < place(words[0]), "{} must stand before {} in rows.rs", words[3], words[0]);
        }
    }
    if let [file, server] = &all[..] {
        assert_same(&catalogue(file), &catalogue(server));
    }
}

#[test]
fn each_migration_can_be_taken_back_and_run_again() {
    let folder = tempfile::tempdir().unwrap();
    for database in Database::on_each(folder.path()) {
        for _ in 0..releases() {
            let before = catalogue(&database);
            database.up();
            let after = catalogue(&database);
            assert_ne!(after, before);
            database.down();
            assert_same(&catalogue(&database), &before);
            database.up();
            assert_same(&catalogue(&database), &after);
        }
        let db = Db::open(&database.url, 1).unwrap();
        assert!(db.migrate().unwrap().is_empty(), "what is run already is not run again");
        let whole = catalogue(&database);
        db.unmigrate().unwrap();
        assert_same(&catalogue(&database), &BTreeSet::new());
        assert_eq!(db.migrate().unwrap().len(), releases());
        assert_same(&catalogue(&database), &whole);
    }
}

/// What was put aside to be sealed by the next start stands again where it stood; of what is one sealed value now, all parts were put aside.
fn put_back(database: &Database) {
    let aside = database.texts("SELECT table_name || '|' || column_name || '|' || row_id AS text FROM unsealed");
    let mut people = 0;
    for place in &aside {
        let [name, column, id] = place.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{place}") };
        let Some(table) = TABLES.iter().find(|table| table.name == name) else { continue };
        if !table.columns.iter().any(|(own, _)| *own == column) {
            people += 1;
            continue;
        }
        let value =
            format!("SELECT value FROM unsealed WHERE table_name = '{name}' AND column_name = '{column}' AND row_id = '{id}'");
        let key = table.key.join(" || '/' || ");
        database.run(&format!("UPDATE {name} SET {column} = ({value}) WHERE {key} = '{id}'"));
    }
    assert!(people == 0 || people >= ROWS, "who they are was put aside of {people} only");
}

#[test]
fn an_earlier_releases_database_keeps_every_row() {
    for release in 1..=releases() {
        let folder = tempfile::tempdir().unwrap();
        for database in filled(folder.path(), release) {
            let then = tables(&catalogue(&database));
            let newest = tempfile::tempdir().unwrap();
            let newest = Database::in_file(&newest.path().join("newest.db"));
            (0..releases()).for_each(|_| newest.up());
            let now = tables(&catalogue(&newest));
            let pairs = then.iter().map(|old| {
                let new = now.iter().find(|new| new.name == old.name);
                (old, new.unwrap_or_else(|| panic!("{} has gone: where are its rows?", old.name)))
            });
            let pairs: Vec<_> = pairs.collect();
            let before: Vec<_> = pairs.iter().map(|(old, new)| rows(&database, old, new)).collect();
            assert_eq!(Db::open(&database.url, 1).unwrap().migrate().unwrap().len(), releases() - release);
            put_back(&database);
            for ((old, new), before) in pairs.iter().zip(before) {
                assert_eq!(before.len(), ROWS, "{}", old.name);
                let after = rows(&database, old, new);
                // What an internship waits for is computed anew from the rows that are kept.
                if old.name == "internship_facts" {
                    continue;
                }
                // What is caught up may add words to search by.
                let lost: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
                assert!(lost.is_empty(), "{} lost {lost:#?}", old.name);
                // And what a later release seals is put aside.
                let may_grow = old.name.starts_with("search_") || old.name == "unsealed";
                assert!(after.len() == ROWS || may_grow, "{}: {after:#?}", old.name);
            }
            if database.is_file() {
                assert_eq!(database.texts("SELECT \"table\" AS text FROM pragma_foreign_key_check"), [""; 0]);
            }
        }
    }
}

#[test]
fn a_migration_can_be_taken_back_where_rows_stand() {
    for release in 1..=releases() {
        let folder = tempfile::tempdir().unwrap();
        for database in filled(folder.path(), release) {
            let after = catalogue(&database);
            database.down();
            database.up();
            assert_same(&catalogue(&database), &after);
        }
    }
}
