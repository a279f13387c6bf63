//! Searching by words, the same on both engines: how a name or a text is found, which typing errors are forgiven, and which match
//! comes first.
//!
//! Promise: `Århus Køkken`, `Aarhus Koekken` and `arhus kokken` are the same words, and one typing error in a word of five
//! letters or more (a letter missing, added, wrong, or two swapped) never hides a match. Each word is stored under its spellings:
//! the word, the word with any one letter left out, and its beginnings. Two words that are one error apart always share a
//! spelling, so that the database only looks up spellings; what matches, and how well, is decided here.

mod matching;
mod order;
mod spellings;
mod subject;
mod words;

pub use matching::{SearchMatch, Wanted, matches, wanted};
pub use order::{Hit, order_of};
pub use spellings::{looked_up, spellings};
pub use subject::SearchSubject;
pub use words::{SearchWord, words_of};
