//! The documentation is held to the code: generated tables are up to date, every named file exists, and the README stays short.

use crate::{gallery, harness::file};
use rettematch::domain::{
    people::{
        access::{Permission, Role, may},
        client::ClientScope,
    },
    rules::{
        catalogue,
        rulebook::{BUILT_IN, Rulebook},
    },
};
use std::{fs, path::PathBuf};

/// The pages of the handbook, and the READMEs.
fn pages() -> Vec<(PathBuf, String)> {
    let handbook = fs::read_dir(file("src/handbook")).unwrap().map(|entry| entry.unwrap().path());
    let readmes = ["README.md", "tests/README.md", "tests/bench/README.md"].map(file);
    let pages = handbook.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.chain(readmes).map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// Compares what stands between two markers of a page with what it must be, or writes it.
fn holds(page: &str, name: &str, table: &str) {
    let path = file(page);
    let text = fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (head, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{page} has lost its {begin}"));
    let (_, foot) = rest.split_once(&end).unwrap_or_else(|| panic!("{page} has lost its {end}"));
    let wanted = format!("{head}{begin}\n{table}\n{end}{foot}");
    if std::env::var("RETTEMATCH_WRITE_HANDBOOK").is_ok_and(|write| write == "1") {
        fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(text == wanted, "{page} is behind: run this test with RETTEMATCH_WRITE_HANDBOOK=1, and look at what changes");
}

#[test]
fn the_table_of_rules_in_the_handbook_is_that_of_the_book() {
    holds("src/handbook/rules.md", "rules", &catalogue::markdown(&Rulebook::read(BUILT_IN).unwrap()));
}

#[test]
fn the_letters_of_the_handbook_are_those_that_are_sent() {
    holds("src/handbook/letters.md", "letters", &gallery::markdown());
}

#[test]
fn the_table_of_permissions_in_the_handbook_is_that_of_the_code() {
    let mut table = String::from("| permission |");
    Role::ALL.iter().for_each(|role| table += &format!(" {} |", role.code()));
    table += &format!("\n|---|{}\n", ":-:|".repeat(Role::ALL.len()));
    for permission in Permission::ALL {
        table += &format!("| `{permission:?}` |");
        Role::ALL.iter().for_each(|role| table += if may(*role, *permission) { " ✓ |" } else { " |" });
        table += "\n";
    }
    holds("src/handbook/security.md", "permissions", &table);
}

#[test]
fn the_table_of_scopes_in_the_handbook_is_that_of_the_code() {
    holds("src/handbook/security.md", "scopes", &ClientScope::markdown());
}

#[test]
fn every_file_that_the_documentation_names_exists() {
    let folders = ["src/", "tests/", "config/", "migrations/", ".cargo/", ".config/", ".ci/"];
    let mut named = 0;
    for (page, text) in pages() {
        let quoted = text.split('`').skip(1).step_by(2);
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        for path in quoted.chain(linked).filter(|path| folders.iter().any(|folder| path.starts_with(folder))) {
            // Patterns, places to fill in and command lines are no files.
            if path.contains(['*', ' ', '…', '<', '{'])
                || ["NAME", "VERSION", "YYYY", "/my_", "/things"].iter().any(|part| path.contains(part))
            {
                continue;
            }
            named += 1;
            assert!(file(path).exists(), "{} names {path}, which does not exist", page.display());
        }
    }
    assert!(named > 30, "only {named} were found");
}

#[test]
fn the_readme_is_short_and_leads_to_every_page() {
    let readme = fs::read_to_string(file("README.md")).unwrap();
    assert!(readme.lines().count() <= 150, "README.md has {} lines", readme.lines().count());
    for (page, _) in pages() {
        let name = page.strip_prefix(file("")).unwrap().to_str().unwrap();
        assert!(name == "README.md" || readme.contains(&format!("({name})")), "README.md does not lead to {name}");
    }
}
