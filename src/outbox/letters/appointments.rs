//! Appointments in words: what is new, moved or called off. To citizen and company a letter of its own, to those who work here a
//! part of the day's mail. The same as entries of a calendar: `outbox::calendar`.

use crate::{
    domain::{
        internships::appointments::{AppointmentKind, Slotted},
        rules::flags::Audience,
        values::{
            clock_time::ClockTime,
            ids::CalendarEntryId,
            in_words::moment_in_words,
            localized::{Lang, Localized, localized},
        },
    },
    outbox::letters::{
        case_names::CaseNames,
        letter::{Block, Letter},
    },
};
use chrono::NaiveDate;

/// What is said of an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppointmentNews {
    New,
    /// Its day, time or place is another; when it was.
    Changed {
        from: NaiveDate,
        at: Option<ClockTime>,
    },
    Cancelled,
}

/// An appointment as somebody is told of it.
#[derive(Clone, Debug)]
pub struct AppointmentChange {
    pub uid: CalendarEntryId,
    pub sequence: i32,
    /// Whose calendar: the address.
    pub to: String,
    pub kind: AppointmentKind,
    pub slot: Slotted,
    pub workplace: String,
    /// Of the workplace.
    pub address: Option<String>,
    /// How somebody who works here finds the case: see [`CaseNames::short`].
    pub case: String,
    pub news: AppointmentNews,
}

impl AppointmentChange {
    /// Where it is: the place that was agreed, else the workplace.
    pub fn location(&self) -> String {
        let there = || std::iter::once(self.workplace.as_str()).chain(self.address.as_deref()).collect::<Vec<_>>().join(", ");
        self.slot.place.clone().unwrap_or_else(there)
    }

    /// What it is called in a calendar.
    pub fn title(&self) -> Localized {
        let workplace = &self.workplace;
        match self.kind {
            AppointmentKind::Start => {
                localized(format!("Første dag i praktik hos {workplace}"), format!("First day of the internship at {workplace}"))
            }
            AppointmentKind::FollowUp => localized(
                format!("Opfølgning på praktikken hos {workplace}"),
                format!("Follow-up on the internship at {workplace}"),
            ),
            AppointmentKind::Decision => localized("Frist: kan I ansætte?", "Deadline: can you hire?"),
        }
    }

    fn said(&self, lang: Lang) -> String {
        self.said_of(self.title().lang(lang), lang)
    }

    fn said_of(&self, title: &str, lang: Lang) -> String {
        let when = when(self.slot.on, self.slot.at.as_ref(), lang);
        let place = match (self.kind, &self.slot.place) {
            (AppointmentKind::Decision, _) | (_, None) => String::new(),
            (_, Some(place)) => format!(", {place}"),
        };
        let ask = self.slot.ask_for.as_ref().map(|who| match lang {
            Lang::Da => format!(", spørg efter {who}"),
            Lang::En => format!(", ask for {who}"),
        });
        let ask = ask.unwrap_or_default();
        match (&self.news, lang) {
            (AppointmentNews::New, _) => format!("{title} – {when}{place}{ask}"),
            (AppointmentNews::Cancelled, Lang::Da) => format!("Aflyst: {title}, {when}"),
            (AppointmentNews::Cancelled, Lang::En) => format!("Called off: {title}, {when}"),
            (AppointmentNews::Changed { from, at }, _) => {
                let same_time = *from == self.slot.on && *at == self.slot.at;
                let before = self::when(*from, at.as_ref(), lang);
                match (same_time, lang) {
                    (true, Lang::Da) => format!("Ændret: {title}, {when}{place}{ask}"),
                    (true, Lang::En) => format!("Changed: {title}, {when}{place}{ask}"),
                    (false, Lang::Da) => format!("Flyttet: {title}, fra {before} til {when}{place}{ask}"),
                    (false, Lang::En) => format!("Moved: {title}, from {before} to {when}{place}{ask}"),
                }
            }
        }
    }
}

fn when(on: NaiveDate, at: Option<&ClockTime>, lang: Lang) -> String {
    let when = moment_in_words(on, at);
    match lang {
        Lang::Da => format!("den {}", when.da),
        Lang::En => when.en,
    }
}

/// To the citizen or the company's contact.
pub fn appointments(changes: &[AppointmentChange], names: &CaseNames, reader: Audience) -> Letter {
    let own = names.internship(reader);
    let all_gone = changes.iter().all(|change| change.news == AppointmentNews::Cancelled);
    let all_new = changes.iter().all(|change| change.news == AppointmentNews::New);
    let subject = match (all_new, all_gone) {
        (true, _) => localized(format!("Sæt i kalenderen: {}", own.da), format!("Put into your calendar: {}", own.en)),
        (_, true) => localized(format!("Tag ud af kalenderen: {}", own.da), format!("Take out of your calendar: {}", own.en)),
        _ => localized(format!("Ny dag i kalenderen: {}", own.da), format!("A change in your calendar: {}", own.en)),
    };
    let mut blocks =
        vec![Block::Text(localized(format!("Det handler om {}:", own.da), format!("This is about {}:", own.en))), list(changes)];
    blocks.push(Block::Text(if all_gone {
        localized(
            "Åbn den vedhæftede fil, så går det ud af kalenderen.",
            "Open the attached file to take it out of your calendar.",
        )
    } else {
        localized(
            "Åbn det vedhæftede, så står det i kalenderen. Passer det ikke, så ring eller skriv til os.",
            "Open what is attached to have it in your calendar. If it does not suit you, call or write to us.",
        )
    }));
    Letter { subject, blocks }
}

/// A part of the day's mail to somebody who works here; nothing where nothing has changed.
pub(super) fn calendar_section(changes: &[AppointmentChange]) -> Vec<Block> {
    if changes.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(localized("Til kalenderen: opfølgninger", "For your calendar: follow-ups")),
        Block::List(
            changes.iter().map(|own| localized(own.said_of(&own.case, Lang::Da), own.said_of(&own.case, Lang::En))).collect(),
        ),
        Block::Text(localized(
            "Næste skridt: Åbn det vedhæftede, så står det i kalenderen. Mangler der tid og sted, så aftal det, og skriv det ind.",
            "Next step: Open what is attached to have it in your calendar. Where time or place is missing, agree on it and record it.",
        )),
    ]
}

fn list(changes: &[AppointmentChange]) -> Block {
    Block::List(changes.iter().map(|own| localized(own.said(Lang::Da), own.said(Lang::En))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(news: AppointmentNews, at: Option<&str>, place: Option<&str>) -> AppointmentChange {
        AppointmentChange {
            uid: CalendarEntryId::stored("e"),
            sequence: 0,
            to: "a@b.example".into(),
            kind: AppointmentKind::FollowUp,
            slot: Slotted {
                on: "2024-02-05".parse().unwrap(),
                at: at.and_then(ClockTime::parse),
                place: place.map(Into::into),
                ask_for: None,
            },
            workplace: "Netto Risskov".into(),
            address: Some("Vej 1, 8240 Risskov".into()),
            case: "P-1".into(),
            news,
        }
    }

    #[test]
    fn it_says_what_is_new_moved_from_and_to_changed_or_called_off() {
        let from = "2024-02-01".parse().unwrap();
        let same = "2024-02-05".parse().unwrap();
        for (news, at, place, said) in [
            (AppointmentNews::New, None, None, "Opfølgning på praktikken hos Netto Risskov – den 5. februar 2024"),
            (
                AppointmentNews::New,
                Some("14:00"),
                Some("Kantinen"),
                "Opfølgning på praktikken hos Netto Risskov – den 5. februar 2024 kl. 14.00, Kantinen",
            ),
            (
                AppointmentNews::Changed { from, at: ClockTime::parse("09:00") },
                Some("14:00"),
                None,
                "Flyttet: Opfølgning på praktikken hos Netto Risskov, fra den 1. februar 2024 kl. 09.00 til den 5. februar 2024 kl. 14.00",
            ),
            (
                AppointmentNews::Changed { from: same, at: None },
                None,
                Some("Kantinen"),
                "Ændret: Opfølgning på praktikken hos Netto Risskov, den 5. februar 2024, Kantinen",
            ),
            (AppointmentNews::Cancelled, None, None, "Aflyst: Opfølgning på praktikken hos Netto Risskov, den 5. februar 2024"),
        ] {
            assert_eq!(change(news, at, place).said(Lang::Da), said);
        }
    }

    #[test]
    fn it_is_at_the_workplace_unless_a_place_was_agreed() {
        assert_eq!(change(AppointmentNews::New, None, None).location(), "Netto Risskov, Vej 1, 8240 Risskov");
        assert_eq!(change(AppointmentNews::New, None, Some("Kantinen")).location(), "Kantinen");
    }
}
