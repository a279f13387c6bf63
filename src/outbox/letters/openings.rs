//! To whoever keeps openings: they expire soon. One letter lists all that are due; the company is not written to.

use crate::{
    domain::values::{
        ids::OpeningId,
        in_words::day_in_words,
        localized::{Localized, localized},
    },
    outbox::letters::letter::{Block, HOME, Letter},
};
use chrono::NaiveDate;

/// An opening as the letter tells it.
pub struct OpeningLine {
    pub opening: OpeningId,
    pub workplace: String,
    pub p_number: String,
    pub occupation: Localized,
    pub expires_on: NaiveDate,
}

/// The most openings that a letter lists.
const LONGEST: usize = 50;

/// They expire: renew or close them.
pub fn openings_to_renew(lines: &[OpeningLine], today: NaiveDate) -> Letter {
    let count = lines.len();
    let mut blocks = vec![
        Block::Text(localized(
            "Disse jobåbninger udløber snart. Derefter vises de ikke længere for nogen.",
            "These openings expire soon. After that they are shown for no citizen.",
        )),
        Block::Text(localized(
            "En åbning, som ingen har spurgt til længe, sender borgere efter et job, der måske ikke er der mere.",
            "An opening that nobody has asked about for long sends citizens after a job that may be gone.",
        )),
        Block::Text(localized(
            "Næste skridt: Spørg virksomheden, om tilbuddet stadig gælder. Forny åbningen, eller luk den.",
            "Next step: Ask the company whether the offer still stands. Renew the opening, or close it.",
        )),
    ];
    for line in lines.iter().take(LONGEST) {
        let (da, en) = if line.expires_on < today { ("udløb", "expired") } else { ("udløber", "expires") };
        let expires = day_in_words(line.expires_on);
        blocks.push(Block::Button(
            localized(
                format!("{}, {}: {da} {} (P-nr. {})", line.workplace, line.occupation.da, expires.da, line.p_number),
                format!("{}, {}: {en} {} (P no. {})", line.workplace, line.occupation.en, expires.en, line.p_number),
            ),
            format!("{HOME}/openings/{}", line.opening),
        ));
    }
    if let Some(more) = count.checked_sub(LONGEST).filter(|more| *more > 0) {
        blocks.push(Block::Text(localized(format!("… og {more} til."), format!("… and {more} more."))));
    }
    Letter {
        subject: localized(
            format!("Spørg virksomhederne: jobåbninger udløber snart ({count})"),
            format!("Ask the companies: openings expire soon ({count})"),
        ),
        blocks,
    }
}
