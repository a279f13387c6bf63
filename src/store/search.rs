//! The words by which names and texts are found. What a word is found by and which hit is better is decided in
//! [`domain::search`](crate::domain::search); here it is written down and looked up, with equality only, so that both
//! engines answer the same whatever their collation.

pub use crate::domain::search::Subject;

use super::{Failure, Tx, seam};
use crate::{
    domain::{register::Municipality, search},
    store::rows::{SearchKeyRow, SearchWordRow, search_keys, search_words},
};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// So many values stand in one question.
const ASKED_AT_ONCE: usize = 500;

/// Puts down the texts by which one thing is found, over what stood there before. A company is found by its name, a
/// workplace by its own name and its company's.
pub fn put(tx: &mut Tx, municipality: &Municipality, about: Subject, id: &str, texts: &[&str]) -> Result<(), Failure> {
    put_many(tx, municipality, about, &[(id, texts)])
}

/// The same for many things at once, some thousands at a time.
pub fn put_many(tx: &mut Tx, municipality: &Municipality, about: Subject, all: &[(&str, &[&str])]) -> Result<(), Failure> {
    let ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
    for ids in ids.chunks(ASKED_AT_ONCE) {
        let own = search_words::table.filter(search_words::subject_id.eq_any(ids));
        let own = own.filter(search_words::municipality.eq(municipality.as_str()));
        diesel::delete(own.filter(search_words::subject.eq(about.code()))).execute(&mut **tx)?;
    }
    let mut rows = BTreeSet::new();
    for (id, texts) in all {
        rows.extend(texts.iter().flat_map(|text| search::words_of(text)).map(|word| (word, *id)));
    }
    let words: BTreeSet<&str> = rows.iter().map(|(word, _)| word.as_str()).collect();
    put_words(tx, municipality, &words)?;
    let row = |(word, id): &(String, &str)| SearchWordRow {
        municipality: municipality.as_str().into(),
        word: word.clone(),
        subject: about.code().into(),
        subject_id: (*id).into(),
    };
    seam::put_search_words(tx, &rows.iter().map(row).collect::<Vec<_>>())
}

/// Puts down the spellings of words that have none yet.
fn put_words(tx: &mut Tx, municipality: &Municipality, words: &BTreeSet<&str>) -> Result<(), Failure> {
    let mut new = words.clone();
    let asked: Vec<&str> = words.iter().copied().collect();
    for asked in asked.chunks(ASKED_AT_ONCE) {
        let own = search_keys::table.filter(search_keys::municipality.eq(municipality.as_str()));
        let itself = own.filter(search_keys::spelling.eq_any(asked)).filter(search_keys::word.eq(search_keys::spelling));
        let known: Vec<String> = itself.select(search_keys::word).load(&mut **tx)?;
        for word in known {
            new.remove(word.as_str());
        }
    }
    let mut rows = Vec::new();
    for word in new {
        rows.extend(search::spellings(word).into_iter().map(|spelling| SearchKeyRow {
            municipality: municipality.as_str().into(),
            spelling,
            word: word.into(),
        }));
    }
    seam::put_search_keys(tx, &rows)
}
