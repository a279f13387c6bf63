//! The words by which names and texts are found. Which words match and which match is better is decided in
//! [`domain::values::search`](crate::domain::values::search); this file stores words and looks them up by equality only, so that
//! both engines give the same answer whatever their collation.

pub use crate::domain::values::search::SearchSubject;

use crate::{
    domain::{
        people::tenant::Tenant,
        values::search::{self, Hit, SearchMatch, SearchWord, Wanted},
    },
    store::{
        db::{
            conn::{Conn, Tx, commit, rollback},
            dialect::{session::begin_write, statements::insert_each_if_absent},
            error::StoreError,
        },
        schema::{SearchKeyRow, SearchWordRow, companies, search_keys, search_words, workplaces},
        system::catching_up,
    },
};
use diesel::{dsl, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

/// The most values in one statement.
const ASKED_AT_ONCE: usize = 500;

/// Stores the texts by which one item is found, replacing the earlier ones. A company is found by its name, a workplace by its
/// own name and its company's.
pub fn put(tx: &mut Tx, tenant: &Tenant, about: SearchSubject, id: &str, texts: &[&str]) -> Result<(), StoreError> {
    put_many(tx, tenant, about, &[(id, texts)])
}

/// The same for many items at once, some thousands at a time.
pub fn put_many<'t, T: AsRef<[&'t str]>>(
    tx: &mut Tx,
    tenant: &Tenant,
    about: SearchSubject,
    all: &[(&str, T)],
) -> Result<(), StoreError> {
    let ids: Vec<&str> = all.iter().map(|(id, _)| *id).collect();
    for ids in ids.chunks(ASKED_AT_ONCE) {
        let own = search_words::own(tenant).filter(search_words::subject_id.eq_any(ids));
        diesel::delete(own.filter(search_words::subject.eq(about))).execute(&mut **tx)?;
    }
    put_new(tx, tenant, about, all)
}

/// The same for new items, which have no earlier texts to look for.
pub fn put_new<'t, T: AsRef<[&'t str]>>(
    tx: &mut Tx,
    tenant: &Tenant,
    about: SearchSubject,
    all: &[(&str, T)],
) -> Result<(), StoreError> {
    let mut rows = BTreeSet::new();
    for (id, texts) in all {
        rows.extend(texts.as_ref().iter().flat_map(|text| search::words_of(text)).map(|word| (word, *id)));
    }
    let words: BTreeSet<&str> = rows.iter().map(|(word, _)| word.as_str()).collect();
    put_words(tx, tenant, &words)?;
    let row = |(word, id): &(String, &str)| SearchWordRow {
        municipality: tenant.clone(),
        word: word.clone(),
        subject: about,
        subject_id: (*id).into(),
    };
    let rows: Vec<SearchWordRow> = rows.iter().map(row).collect();
    Ok(insert_each_if_absent!(&mut **tx, search_words::table, rows)?)
}

/// Stores the spellings of words that have none yet.
fn put_words(tx: &mut Tx, tenant: &Tenant, words: &BTreeSet<&str>) -> Result<(), StoreError> {
    let mut new = words.clone();
    let asked: Vec<&str> = words.iter().copied().collect();
    for asked in asked.chunks(ASKED_AT_ONCE) {
        let own = search_keys::own(tenant);
        let itself = own.filter(search_keys::spelling.eq_any(asked)).filter(search_keys::word.eq(search_keys::spelling));
        let known: Vec<String> = itself.select(search_keys::word).load(&mut **tx)?;
        for word in known {
            new.remove(word.as_str());
        }
    }
    let mut rows = Vec::new();
    for word in new {
        rows.extend(search::spellings(word).into_iter().map(|spelling| SearchKeyRow {
            municipality: tenant.clone(),
            spelling,
            word: word.into(),
        }));
    }
    Ok(insert_each_if_absent!(&mut **tx, search_keys::table, rows)?)
}

/// The most words considered that begin with a typed one.
const MOST_BEGINNINGS: i64 = 1_000;
/// The most matches considered of a typed word, the best words first.
pub const MOST_HITS: usize = 5_000;

/// The items found by the words of a text, best first: everything that has all of them, except that at most [`MOST_HITS`] that
/// have the rarest of them are considered.
pub fn find(conn: &mut Conn, tenant: &Tenant, about: SearchSubject, text: &str) -> Result<Vec<Hit>, StoreError> {
    let wanted = search::wanted(text);
    let scope = Scope { tenant, about };
    let mut must = scope.sought(conn, &wanted.must)?;
    let may = scope.sought(conn, &wanted.may)?;
    let Some(rarest) = must.iter().min_by_key(|sought| sought.hits.len()) else { return Ok(Vec::new()) };
    let mut ids: BTreeSet<String> = rarest.hits.keys().cloned().collect();
    must.sort_by_key(|sought| sought.hits.len());
    let mut quality = Vec::new();
    for (sought, needed) in must.iter().map(|sought| (sought, true)).chain(may.iter().map(|sought| (sought, false))) {
        let hits = scope.among(conn, sought, &ids)?;
        if needed {
            ids.retain(|id| hits.contains_key(id));
        }
        quality.push(hits);
    }
    let names = scope.names(conn, &ids)?;
    let (must, may) = quality.split_at(must.len());
    let hit = |id: String| {
        let of = |all: &[BTreeMap<String, SearchMatch>]| all.iter().map(|hits| hits.get(&id).copied()).collect::<Vec<_>>();
        let rank = Wanted::rank(&of(must), &of(may))?;
        let name = names.get(&id).map(|name| search::order_of(name)).unwrap_or_default();
        Some(Hit { rank, name, id })
    };
    let mut hits: Vec<Hit> = ids.into_iter().filter_map(hit).collect();
    hits.sort();
    Ok(hits)
}

/// The words of a municipality by which one kind of item is found.
type OwnWords<'a> = dsl::Filter<
    dsl::Filter<search_words::table, dsl::Eq<search_words::municipality, &'a Tenant>>,
    dsl::Eq<search_words::subject, SearchSubject>,
>;

/// Where to search.
struct Scope<'a> {
    tenant: &'a Tenant,
    about: SearchSubject,
}

/// A typed word: the words that it can mean, and the items that have them.
struct Sought {
    words: BTreeMap<String, SearchMatch>,
    hits: BTreeMap<String, SearchMatch>,
    /// Whether these are all matches.
    all: bool,
}

impl Scope<'_> {
    fn sought(&self, conn: &mut Conn, typed: &[SearchWord]) -> Result<Vec<Sought>, StoreError> {
        typed.iter().map(|typed| self.one(conn, typed)).collect()
    }

    fn one(&self, conn: &mut Conn, typed: &SearchWord) -> Result<Sought, StoreError> {
        let mut words = BTreeMap::new();
        for spelling in search::looked_up(typed) {
            let own = search_keys::own(self.tenant);
            let own = own.filter(search_keys::spelling.eq(spelling)).select(search_keys::word);
            let kept: Vec<String> = own.order(search_keys::word).limit(MOST_BEGINNINGS).load(conn)?;
            words.extend(kept.into_iter().filter_map(|word| search::matches(typed, &word).map(|found| (word, found))));
        }
        let mut best: Vec<(SearchMatch, &str)> = words.iter().map(|(word, found)| (*found, word.as_str())).collect();
        best.sort_unstable();
        let mut hits = BTreeMap::new();
        let mut all = true;
        for same in best.chunk_by(|(one, _), (other, _)| one == other).flat_map(|same| same.chunks(ASKED_AT_ONCE)) {
            let context = MOST_HITS.saturating_sub(hits.len());
            let asked: Vec<&str> = same.iter().map(|(_, word)| *word).collect();
            let own = self.own().filter(search_words::word.eq_any(asked)).order((search_words::word, search_words::subject_id));
            let own = own.select((search_words::word, search_words::subject_id));
            let found: Vec<(String, String)> = own.limit(i64::try_from(context + 1).unwrap_or(i64::MAX)).load(conn)?;
            all &= found.len() <= context;
            note(&mut hits, &words, found.into_iter().take(context));
            if !all {
                break;
            }
        }
        Ok(Sought { words, hits, all })
    }

    /// Which of these items have a typed word, and how good the match is.
    fn among(
        &self,
        conn: &mut Conn,
        sought: &Sought,
        ids: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, SearchMatch>, StoreError> {
        if sought.all {
            return Ok(sought.hits.clone());
        }
        let mut hits = BTreeMap::new();
        let ids: Vec<&String> = ids.iter().collect();
        for ids in ids.chunks(ASKED_AT_ONCE) {
            let own = self.own().filter(search_words::subject_id.eq_any(ids.to_vec()));
            let found: Vec<(String, String)> = own.select((search_words::word, search_words::subject_id)).load(conn)?;
            note(&mut hits, &sought.words, found);
        }
        Ok(hits)
    }

    fn own(&self) -> OwnWords<'_> {
        search_words::own(self.tenant).filter(search_words::subject.eq(self.about))
    }

    fn names(&self, conn: &mut Conn, ids: &BTreeSet<String>) -> Result<BTreeMap<String, String>, StoreError> {
        let mut names = BTreeMap::new();
        let ids: Vec<&String> = ids.iter().collect();
        for ids in ids.chunks(ASKED_AT_ONCE) {
            let found: Vec<(String, String)> = match self.about {
                SearchSubject::Company => {
                    let own = companies::own(self.tenant);
                    own.filter(companies::id.eq_any(ids.to_vec())).select((companies::id, companies::name)).load(conn)?
                }
                SearchSubject::Workplace => {
                    let own = workplaces::own(self.tenant);
                    own.filter(workplaces::id.eq_any(ids.to_vec())).select((workplaces::id, workplaces::name)).load(conn)?
                }
                // A text has no name: openings of the same rank stand in the order of their ids.
                SearchSubject::Opening => Vec::new(),
            };
            names.extend(found);
        }
        Ok(names)
    }
}

/// Keeps the best word of each item.
fn note(
    hits: &mut BTreeMap<String, SearchMatch>,
    words: &BTreeMap<String, SearchMatch>,
    found: impl IntoIterator<Item = (String, String)>,
) {
    for (word, id) in found {
        if let Some(quality) = words.get(&word) {
            let best = hits.entry(id).or_insert(*quality);
            *best = (*best).min(*quality);
        }
    }
}

/// The most names stored in one transaction.
const INDEXED_AT_ONCE: i64 = 500;

/// Stores the words of companies and workplaces that were registered before there was a search by words. Goes from the newest to
/// the oldest: once the oldest has its words, all have, and a later start checks only that one.
///
/// # Errors
/// A failure of the database; what was stored is kept, and the next start continues.
pub fn catch_up(conn: &mut Conn) -> Result<(), StoreError> {
    for about in [SearchSubject::Company, SearchSubject::Workplace] {
        let mut before = None;
        if oldest_has_words(conn, about)? {
            continue;
        }
        loop {
            begin_write(conn)?;
            let done = catch_up_some(&mut Tx::new(conn), about, before.as_deref());
            let end = match done {
                Ok(last) => commit(conn).map(|()| last),
                Err(failure) => Err(failure),
            };
            match end {
                Ok(None) => break,
                Ok(last) => before = last,
                Err(failure) => {
                    let _ = rollback(conn);
                    return Err(failure);
                }
            }
        }
    }
    Ok(())
}

fn oldest_has_words(conn: &mut Conn, about: SearchSubject) -> Result<bool, StoreError> {
    let Some((tenant, oldest)) = catching_up::oldest(conn, about)? else { return Ok(true) };
    let own = search_words::own(&tenant);
    let own = own.filter(search_words::subject.eq(about)).filter(search_words::subject_id.eq(oldest));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn)?)
}

/// The last id that was stored; none if none is left.
fn catch_up_some(tx: &mut Tx, about: SearchSubject, before: Option<&str>) -> Result<Option<String>, StoreError> {
    // Ids are hexadecimal: all stand before this.
    let before = before.unwrap_or("g");
    let rows = catching_up::older(tx, about, before, INDEXED_AT_ONCE)?;
    for same in rows.chunk_by(|(_, one, ..), (_, other, ..)| one == other) {
        let texts: Vec<(&str, [&str; 2])> = same.iter().map(|(id, _, name, of)| (id.as_str(), [name.as_str(), of])).collect();
        if let Some((_, tenant, ..)) = same.first() {
            put_many(tx, tenant, about, &texts)?;
        }
    }
    Ok(rows.last().map(|(id, ..)| id.clone()))
}
