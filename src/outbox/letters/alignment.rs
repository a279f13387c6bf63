//! To the citizen or the company's contact: read and agree to what the internship is for (S1, S20); a first agreement, a change or an
//! extension, and a reminder when the start is near.
//!
//! What is new is told by its part only where the words could be about health: what accommodations were agreed stands on the page.

use crate::{
    domain::{
        internships::{
            alignment::{Cause, Commitment, Party},
            terms_in_words::{ChangedPart, TermsPart},
        },
        values::{
            in_words::{capital, day_in_words, hours_in_words},
            localized::{Localized, localized},
        },
    },
    outbox::{
        about::audience_of,
        letters::{
            case_names::CaseNames,
            letter::{Block, LINK, Letter},
        },
    },
};
use chrono::NaiveDate;

pub struct Alignment<'a> {
    /// The citizen or the company.
    pub party: Party,
    pub case: &'a CaseNames,
    pub cause: Cause,
    pub start: NaiveDate,
    pub last: NaiveDate,
    /// What differs from the version that stands; nothing in a first agreement.
    pub changed: &'a [ChangedPart],
    /// What the company has committed itself to with an extension.
    pub commitment: Option<&'a Commitment>,
    /// Whether they were asked before.
    pub reminder: bool,
    /// The last day on which the link works.
    pub works_until: NaiveDate,
}

pub fn alignment(facts: &Alignment) -> Letter {
    let mut blocks = vec![Block::Text(what(facts)), Block::Text(why(facts.party))];
    blocks.extend(new(facts));
    blocks.push(Block::Button(localized("Læs aftalen", "Read the agreement"), LINK.into()));
    blocks.push(Block::Note(link_note(facts)));
    Letter { subject: subject(facts), blocks }
}

fn subject(facts: &Alignment) -> Localized {
    let own = facts.case.internship(audience_of(facts.party));
    let (start, last) = (day_in_words(facts.start), day_in_words(facts.last));
    let subject = match facts.cause {
        Cause::Booking => localized(
            format!("Læs og sig ja til aftalen om {} fra {}", own.da, start.da),
            format!("Read and agree to the agreement on {} from {}", own.en, start.en),
        ),
        Cause::Change => localized(
            format!("Læs og sig ja til ændringen af aftalen om {}", own.da),
            format!("Read and agree to the change of the agreement on {}", own.en),
        ),
        Cause::Extension => localized(
            format!("Læs og sig ja til at forlænge {} til {}", own.da, last.da),
            format!("Read and agree to extend {} to {}", own.en, last.en),
        ),
    };
    if facts.reminder {
        return localized(format!("Husk: {}", lower(&subject.da)), format!("Remember: {}", lower(&subject.en)));
    }
    subject
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn what(facts: &Alignment) -> Localized {
    let own = facts.case.internship(audience_of(facts.party));
    let (start, last) = (day_in_words(facts.start), day_in_words(facts.last));
    let (yes, yes_all) = match facts.party {
        Party::Company => ("I har sagt ja", "I alle tre"),
        Party::Citizen | Party::Consultant => ("du har sagt ja", "I alle tre"),
    };
    match facts.cause {
        Cause::Booking => localized(
            format!("Her er et forslag til en aftale om {} fra den {}. Den gælder først, når {yes}.", own.da, start.da),
            format!("Here is a proposal for an agreement on {} from {}. It holds only when you have agreed.", own.en, start.en),
        ),
        Cause::Change => localized(
            format!("Der er ændringer i aftalen om {}. Den tidligere gælder, til {yes_all} har sagt ja til den nye.", own.da),
            format!(
                "There are changes in the agreement on {}. The former one stands until all three of you have agreed.",
                own.en
            ),
        ),
        Cause::Extension => localized(
            format!(
                "Der er et forslag om at forlænge {} til den {}. Den aftale, der gælder nu, gælder, til {yes_all} har sagt ja.",
                own.da, last.da
            ),
            format!(
                "There is a proposal to extend {} to {}. The present agreement stands until all three of you have agreed.",
                own.en, last.en
            ),
        ),
    }
}

fn why(party: Party) -> Localized {
    match party {
        Party::Company => localized(
            "I, borgeren og jobkonsulenten skal være enige om, hvad praktikken skal bruges til. Læs aftalen, og sig ja – eller skriv, hvad der skal være anderledes.",
            "You, the citizen and the consultant must agree on what the internship is for. Read the agreement and say yes – or write what should be different.",
        ),
        Party::Citizen | Party::Consultant => localized(
            "Du, virksomheden og din jobkonsulent skal være enige om, hvad praktikken skal bruges til. Sig ja, hvis aftalen passer, eller skriv, hvad du ønsker anderledes. Du må gerne sige nej til aftalen, som den står. Det tæller ikke som et afslag på et tilbud.",
            "You, the company and your consultant must agree on what the internship is for. Say yes if the agreement fits, or write what you want to be different. You may say no to the agreement as it stands. That does not count as refusing an offer.",
        ),
    }
}

/// What is agreed or new: where and when at first; later the parts that differ.
fn new(facts: &Alignment) -> Vec<Block> {
    if facts.cause == Cause::Booking {
        let (start, last) = (day_in_words(facts.start), day_in_words(facts.last));
        let mut lines = vec![(localized("Første dag", "First day"), start), (localized("Sidste dag", "Last day"), last)];
        let place = [facts.case.workplace.as_deref(), facts.case.address.as_deref()];
        let place = place.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !place.is_empty() {
            lines.push((localized("Sted", "Place"), localized(place.clone(), place)));
        }
        if let Some(contact) = facts.case.contact.as_ref().filter(|_| facts.party == Party::Citizen) {
            lines.push((localized("Spørg efter", "Ask for"), localized(contact, contact)));
        }
        return vec![Block::Facts(lines)];
    }
    let mut blocks = Vec::new();
    let lines: Vec<_> = facts.changed.iter().map(told).collect();
    if !lines.is_empty() {
        blocks.push(Block::Heading(localized("Det er nyt", "What is new")));
        blocks.push(Block::Facts(lines));
    }
    if let Some(commitment) = facts.commitment {
        let (from, hours) = (day_in_words(commitment.latest_first_day), hours_in_words(commitment.weekly_hours));
        let position = commitment.position.as_str();
        blocks.push(Block::Heading(if facts.party == Party::Company {
            localized("Det har I givet tilsagn om", "What you have committed yourselves to")
        } else {
            localized("Det har virksomheden givet tilsagn om", "What the company has committed itself to")
        }));
        blocks.push(Block::Text(localized(
            format!("Ansættelse som {position}, {}, senest fra den {}.", hours.da, from.da),
            format!("A job as {position}, {}, from {} at the latest.", hours.en, from.en),
        )));
    }
    blocks
}

fn told(changed: &ChangedPart) -> (Localized, Localized) {
    let label = changed.part.label();
    if changed.part == TermsPart::Accommodations {
        return (label, localized("Er ændret – se aftalen", "Have changed – see the agreement"));
    }
    let joined = |lines: &[Localized]| {
        localized(
            lines.iter().map(|line| line.da.as_str()).collect::<Vec<_>>().join("; "),
            lines.iter().map(|line| line.en.as_str()).collect::<Vec<_>>().join("; "),
        )
    };
    let (before, after) = (joined(&changed.before), joined(&changed.after));
    if before.da.is_empty() {
        return (label, localized(capital(&after.da), capital(&after.en)));
    }
    let words = if after.da.is_empty() {
        localized(format!("Gælder ikke længere (før: {})", before.da), format!("No longer holds (before: {})", before.en))
    } else {
        localized(
            format!("{} (før: {})", capital(&after.da), before.da),
            format!("{} (before: {})", capital(&after.en), before.en),
        )
    };
    (label, words)
}

fn link_note(facts: &Alignment) -> Localized {
    let until = day_in_words(facts.works_until);
    let you = if facts.party == Party::Company { "jer" } else { "dig" };
    localized(
        format!(
            "Linket er kun til {you} og virker til og med den {}. Der sker ikke noget, før der trykkes på en knap på siden.",
            until.da
        ),
        format!(
            "The link is for you only and works until {}, that day included. Nothing happens until a button on the page is pressed.",
            until.en
        ),
    )
}
