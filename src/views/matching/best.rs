//! The best results so far, the candidates that may still be among them, and what was left out.

use crate::domain::{matching::limits::LeftOut, values::localized::Localized};
use serde::Serialize;
use std::{cmp::Ordering, collections::BTreeMap};
use utoipa::ToSchema;

/// How many examples of each reason are told.
const EXAMPLES: usize = 3;

/// What has come in so far; the best of it, at most so many, are wanted. Of equals the one with the lower id stands first.
pub struct Best<T> {
    limit: usize,
    held: Vec<(f64, String, T)>,
}

/// What may come among the best.
pub struct Promising<T> {
    /// The points that it has at most.
    pub most: f64,
    pub id: String,
    pub what: T,
}

/// The one that may have more points is the greater; of equals the one with the lower id.
impl<T> Ord for Promising<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most).then_with(|| other.id.cmp(&self.id))
    }
}
impl<T> PartialOrd for Promising<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> PartialEq for Promising<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl<T> Eq for Promising<T> {}

impl<T> Best<T> {
    pub fn new(limit: usize) -> Self {
        Self { limit, held: Vec::new() }
    }

    /// Whether something with so many points would be among the best.
    pub fn takes(&self, points: f64, id: &str) -> bool {
        let last = self.limit.checked_sub(1).map(|last| self.held.get(last));
        last.is_some_and(|last| last.is_none_or(|(least, last, _)| points > *least || (points >= *least && id < last.as_str())))
    }

    /// Whether anything that has at most so many points can be among the best, whatever its id.
    pub fn may_take(&self, most: f64) -> bool {
        self.takes(most, "")
    }

    pub fn put(&mut self, points: f64, id: String, what: T) {
        let before = |(held, other, _): &(f64, String, T)| *held > points || (*held >= points && *other < id);
        let at = self.held.partition_point(before);
        self.held.insert(at, (points, id, what));
    }

    /// Takes the first of the best out of which something holds; it can be put back.
    pub fn take_first(&mut self, holds: impl Fn(&T) -> bool) -> Option<(f64, String, T)> {
        let first = self.held.iter().take(self.limit).position(|(_, _, what)| holds(what))?;
        Some(self.held.remove(first))
    }

    /// The best, best first.
    pub fn all(self) -> impl Iterator<Item = (f64, T)> {
        self.held.into_iter().take(self.limit).map(|(points, _, what)| (points, what))
    }
}

/// One that was left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LeftExample {
    /// The opening, workplace or citizen.
    pub id: String,
    pub name: String,
    pub why: Localized,
}

/// What was left out for one reason, among all that was looked at.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Left {
    /// The hard condition or rule; codes never change.
    pub because: &'static str,
    pub count: usize,
    /// The best of them, had they not been left out.
    pub for_instance: Vec<LeftExample>,
}

/// What was left out so far: by reason how many, and the best of them with their points at most, id and why.
#[derive(Default)]
pub struct LeftSoFar(BTreeMap<&'static str, (usize, Vec<Example>)>);

type Example = (f64, String, Localized);

impl LeftSoFar {
    /// Notes one, with the points that it would have had at most.
    pub fn note(&mut self, points: f64, id: &str, left: LeftOut) {
        let (count, examples) = self.0.entry(left.because).or_default();
        *count += 1;
        let at = examples.partition_point(|(held, other, _)| *held > points || (*held >= points && other.as_str() < id));
        if at < EXAMPLES {
            examples.insert(at, (points, id.to_owned(), left.why));
            examples.truncate(EXAMPLES);
        }
    }

    /// The ids of all examples.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.values().flat_map(|(_, examples)| examples.iter().map(|(_, id, _)| id.as_str()))
    }

    /// As it is told, with the name of each.
    pub fn told(self, name: impl Fn(&str) -> String) -> Vec<Left> {
        let example = |(_, id, why): Example| LeftExample { name: name(&id), id, why };
        let left = |(because, (count, examples)): (&'static str, (usize, Vec<Example>))| Left {
            because,
            count,
            for_instance: examples.into_iter().map(example).collect(),
        };
        self.0.into_iter().map(left).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::values::localized::localized;

    #[test]
    fn the_best_are_kept_in_order_and_equals_by_id() {
        let mut best = Best::new(3);
        for (points, id) in [(1.0, "c"), (3.0, "d"), (2.0, "b"), (2.0, "a"), (0.5, "e")] {
            assert_eq!(best.takes(points, id), id != "e", "{id}");
            best.put(points, id.into(), id);
        }
        assert!(best.may_take(2.0) && !best.may_take(1.9) && !best.takes(2.0, "z"));
        let (points, id, what) = best.take_first(|id| *id == "b").unwrap();
        assert!(best.take_first(|id| *id == "e").is_none(), "not among the best");
        let (less, moved, up) = best.take_first(|id| *id == "c").unwrap();
        best.put(less, moved, up);
        best.put(points, id, what);
        assert_eq!(best.all().map(|(_, id)| id).collect::<Vec<_>>(), ["d", "a", "b"]);
        assert!(!Best::<()>::new(0).takes(1.0, "a"));
    }

    #[test]
    fn of_what_is_left_out_the_best_are_told() {
        let mut left = LeftSoFar::default();
        for (points, id) in [(1.0, "a"), (9.0, "b"), (5.0, "c"), (7.0, "d"), (9.0, "a")] {
            left.note(points, id, LeftOut { because: "too-far", why: localized("", "") });
        }
        let told = left.told(str::to_uppercase);
        assert_eq!((told[0].because, told[0].count), ("too-far", 5));
        assert_eq!(told[0].for_instance.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["A", "B", "D"]);
    }
}
