//! What a release has stored and what people have signed under it, read and hashed as then: see `tests/data/releases`.

use crate::{
    crypto::Keys,
    domain::{
        internships::{alignment::Terms, decision::Decision, statements::Statement},
        people::citizen::Goal,
    },
    store::sealed::{
        column::{SealedColumn, SealedText},
        columns::*,
        value::{StoredValue, read},
    },
};
use serde::Deserialize;
use std::collections::BTreeMap;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const TERMS: &str = include_str!("../../../tests/data/releases/0.1/terms.json");
const SEALED: &str = include_str!("../../../tests/data/releases/0.1/sealed.json");
const PLAIN: &str = include_str!("../../../tests/data/releases/0.1/plain.json");

#[derive(Deserialize)]
struct Signed {
    internship: String,
    number: i32,
    hash: String,
    canonical: String,
}

#[derive(Deserialize)]
struct Sample {
    table: String,
    column: String,
    #[serde(default)]
    row: String,
    #[serde(default)]
    sealed: String,
    text: String,
}

fn list<'a, T: Deserialize<'a>>(text: &'a str) -> Vec<T> {
    serde_json::from_str(text).unwrap()
}

#[test]
fn what_was_signed_has_the_same_bytes_and_hash_for_ever() {
    let all: Vec<Signed> = list(TERMS);
    assert!(all.len() > 20);
    for signed in all {
        let terms = Terms::from_text(&signed.canonical).unwrap();
        assert_eq!(terms.canonical(), signed.canonical);
        assert_eq!(terms.hash(&signed.internship, signed.number), signed.hash);
        // Another version, or another internship, is another hash.
        assert_ne!(terms.hash(&signed.internship, signed.number + 1), signed.hash);
    }
}

/// Reads a text of an earlier release, and what is written of it now; both say the same.
fn read_again<T: StoredValue>(text: &str) -> T {
    let value = T::from_text(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let written = value.to_text().unwrap();
    assert_eq!(T::from_text(&written).unwrap().to_text().unwrap(), written);
    if let (Ok(before), Ok(now)) = (read::<serde_json::Value>(text), read::<serde_json::Value>(&written)) {
        assert_eq!(without_nulls(now), without_nulls(before), "something is lost or renamed");
    }
    value
}

fn without_nulls(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(map) => {
            map.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, without_nulls(value))).collect()
        }
        other => other,
    }
}

fn check<T: StoredValue>(column: &SealedColumn<T>, keys: &Keys, sample: &Sample) {
    column.open(keys, &sample.row, &SealedText::stored(sample.sealed.clone())).unwrap();
    let value = read_again::<T>(&sample.text);
    let sealed = column.seal(keys, &sample.row, &value).unwrap();
    assert_eq!(column.open(keys, &sample.row, &sealed).unwrap().to_text().unwrap(), value.to_text().unwrap());
    let moved = column.open(keys, "another row", &sealed);
    assert!(moved.is_err_and(|error| error.to_string().contains("moved")), "{}.{}", sample.table, sample.column);
}

#[test]
fn what_was_sealed_is_read_for_ever() {
    let keys = Keys::parse(KEY).unwrap();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for sample in list::<Sample>(SEALED) {
        let kind = format!("{}.{}", sample.table, sample.column);
        match kind.as_str() {
            "citizens.cpr_sealed" => check(&CITIZEN_CPR, &keys, &sample),
            "citizens.profile" => check(&CITIZEN_PROFILE, &keys, &sample),
            "needs.sealed" => check(&NEED, &keys, &sample),
            "versions.terms" => check(&VERSION_TERMS, &keys, &sample),
            "versions.papers" => check(&VERSION_PAPERS, &keys, &sample),
            "versions.asked" => check(&VERSION_ASKED, &keys, &sample),
            "accommodations.sealed" => check(&ACCOMMODATION, &keys, &sample),
            "written_reasons.reasons" => check(&WRITTEN_REASONS, &keys, &sample),
            "follow_ups.sealed" => check(&FOLLOW_UP, &keys, &sample),
            "retention_checks.sealed" => check(&RETENTION_CHECK, &keys, &sample),
            "consultant_changes.sealed" => check(&HANDOVER, &keys, &sample),
            "story.sealed" => check(&STORY, &keys, &sample),
            "replies.body" => check(&REPLY, &keys, &sample),
            other => panic!("{other} is no sealed column"),
        }
        *kinds.entry(kind).or_default() += 1;
    }
    assert_eq!(kinds.len(), 13, "samples of every kind: {kinds:?}");
}

#[test]
fn what_was_stored_unsealed_is_read_for_ever() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for sample in list::<Sample>(PLAIN) {
        let kind = format!("{}.{}", sample.table, sample.column);
        match kind.as_str() {
            "citizens.goals" => drop(read_again::<Vec<Goal>>(&sample.text)),
            "internships.statement" => drop(read_again::<Statement>(&sample.text)),
            "internships.decision" => drop(read_again::<Decision>(&sample.text)),
            other => panic!("{other} is not stored so"),
        }
        *kinds.entry(kind).or_default() += 1;
    }
    assert_eq!(kinds.len(), 3, "samples of every kind: {kinds:?}");
}
