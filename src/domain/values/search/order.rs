//! The order in which hits are shown.

use crate::domain::values::search::words::split;

/// A hit, in the order in which hits are shown: rank, then name, then id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub rank: i64,
    /// The beginning of its name, folded.
    pub name: String,
    pub id: String,
}

/// How many characters of a name decide the order among matches of the same rank; they are part of the cursor.
const ORDERED_BY: usize = 24;

/// What a name is sorted by.
pub fn order_of(name: &str) -> String {
    let words: Vec<String> = split(name).into_iter().map(|word| word.joined).collect();
    words.join(" ").chars().take(ORDERED_BY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_sorted_by_its_words_up_to_twenty_four_characters() {
        assert_eq!(order_of("  Nærkøb,  ØST "), order_of("nærkøb øst"));
        assert!(order_of("Bageriet") < order_of("Cykelværkstedet"));
        let long = order_of("Kommunens Genbrugsstation og Værksted");
        assert_eq!(long.chars().count(), 24);
        assert!(long.starts_with("kommunens genbrugs"), "{long}");
    }
}
