//! To the consultant: citizen or company has said yes to the agreement and not to every accommodation, or has taken a yes to one back (S3).
//! Which one is not in it.

use crate::{
    domain::{internships::alignment::Party, rules::flags::Audience, values::localized::localized},
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, HOME, Letter},
    },
};

pub fn accommodation_left_out(party: Party, case: &CaseNames, internship: &str) -> Letter {
    let (name, own) = (case.short(), case.internship(Audience::Consultant));
    let ((da, en), then) = match party {
        Party::Company => (
            ("virksomheden", "the company"),
            localized(
                "Tal med virksomheden og borgeren om, hvad der kan lade sig gøre, og skriv hensynene, som de så er.",
                "Talk to the company and the citizen about what can be done, and write the accommodations as they are then.",
            ),
        ),
        Party::Citizen | Party::Consultant => (
            ("borgeren", "the citizen"),
            localized(
                "Virksomheden får ikke aftalen, før borgeren er enig i, hvad den må få at vide. Tal med borgeren, og skriv hensynene, som de så er.",
                "The company does not get the agreement before the citizen agrees to what it may be told. Talk to the citizen, and write the accommodations as they are then.",
            ),
        ),
    };
    let said =
        localized(format!("{da} siger ja, men ikke til alle hensyn"), format!("{en} agrees, but not to every accommodation"));
    Letter {
        subject: localized(format!("{name}: {}", said.da), format!("{name}: {}", said.en)),
        blocks: vec![
            Block::Text(localized(
                format!("Det handler om {}: {}.", own.da, said.da),
                format!("It is about {}: {}.", own.en, said.en),
            )),
            Block::Text(then),
            Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/internships/{internship}")),
        ],
    }
}

pub fn agreement_taken_back(party: Party, case: &CaseNames, internship: &str) -> Letter {
    let (name, own) = (case.short(), case.internship(Audience::Consultant));
    let (da, en) = match party {
        Party::Company => ("virksomheden", "the company"),
        Party::Citizen | Party::Consultant => ("borgeren", "the citizen"),
    };
    let said = localized(
        format!("{da} har trukket sit ja til et hensyn tilbage"),
        format!("{en} has taken back its yes to an accommodation"),
    );
    Letter {
        subject: localized(format!("{name}: {}", said.da), format!("{name}: {}", said.en)),
        blocks: vec![
            Block::Text(localized(
                format!("Det handler om {}: {}.", own.da, said.da),
                format!("It is about {}: {}.", own.en, said.en),
            )),
            Block::Text(localized(
                "Hensynet er ikke længere aftalt. Tal med borgeren og virksomheden, og skriv hensynene, som de så er.",
                "The accommodation is no longer agreed. Talk to the citizen and the company, and write the accommodations as they are then.",
            )),
            Block::Button(localized("Se praktikken", "See the internship"), format!("{HOME}/internships/{internship}")),
        ],
    }
}
