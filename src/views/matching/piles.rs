//! The sources of a search: openings by occupation and workplaces by trade, as near to the citizen's goals as they come, in piles
//! of equal standing. A pile is read square by square of the map, and only as far as it can still contribute.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        matching::{Seeker, Standing, parts::nearness_to_goals},
        values::vocabulary::{Nearness, Term, TermKind, built_in, trades_of},
    },
    store::{Conn, matching::Named, terms},
};
use std::collections::BTreeMap;

/// Places whose occupation is as near to the goals.
pub struct PileKind {
    pub what: What,
    pub near: Nearness,
    /// A pile of those that stand alike.
    pub piles: Vec<Pile>,
}

pub struct Pile {
    pub standing: Standing,
    /// How many of the squares have been read.
    pub read: usize,
}

pub enum What {
    Openings(Named),
    /// Workplaces without an opening.
    Workplaces(Named),
}

impl PileKind {
    fn of(what: What, near: Nearness) -> Self {
        Self { what, near, piles: Standing::all().map(|standing| Pile { standing, read: 0 }).collect() }
    }
}

/// All kinds: openings by occupation, workplaces by trade.
pub fn kinds(conn: &mut Conn, context: &Context, seeker: &Seeker) -> Result<Vec<PileKind>, ActionError> {
    let own = terms::all(conn, context.tenant, TermKind::Occupation)?;
    let own = own.into_iter().filter_map(|row| Term::parse(&row.term));
    let (mut occupations, mut trades) = (BTreeMap::new(), BTreeMap::new());
    for term in built_in(TermKind::Occupation).iter().map(|entry| entry.key.clone()).chain(own) {
        let near = nearness_to_goals(seeker, &term);
        for trade in trades_of(&term) {
            let best = trades.entry(trade).or_insert(near);
            *best = near.min(*best);
        }
        occupations.insert(term.as_str().to_owned(), near);
    }
    let openings = by_nearness(occupations).map(|(near, named)| PileKind::of(What::Openings(named), near));
    let workplaces = by_nearness(trades).map(|(near, named)| PileKind::of(What::Workplaces(named), near));
    Ok(openings.chain(workplaces).collect())
}

/// Words by their nearness to the goals; of those that have none, the others are named.
fn by_nearness(words: BTreeMap<String, Nearness>) -> impl Iterator<Item = (Nearness, Named)> {
    let mut near: BTreeMap<Nearness, Vec<String>> = BTreeMap::new();
    for (word, nearness) in words.into_iter().filter(|(_, near)| *near != Nearness::None) {
        near.entry(nearness).or_default().push(word);
    }
    let named = near.values().flatten().cloned().collect();
    near.into_iter().map(|(near, words)| (near, Named::Of(words))).chain([(Nearness::None, Named::AllBut(named))])
}
