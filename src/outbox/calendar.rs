//! Appointments as calendar entries (RFC 5545), sent as requests and cancellations (RFC 5546); icalendar is used only here.
//!
//! Promise: whoever opens an entry has the right hour in summer and winter; a later one about the same appointment (a higher SEQUENCE)
//! replaces an earlier one, in whatever order they are opened. The UID says nothing about anybody, no name stands in an entry but the
//! workplace's and whom to ask for there, and nothing about health or benefit does.

use crate::{
    context::Context,
    domain::internships::appointments::AppointmentKind,
    outbox::{
        letters::{AppointmentChange, AppointmentNews},
        mailer::sender_address,
    },
};
use chrono::{DateTime, Duration, Utc};
use icalendar::{Class, Component, Event, EventStatus, Property};
use serde::{Deserialize, Serialize};

/// So long a timed appointment takes up.
const MINUTES: i64 = 60;
const ZONE: &str = "Europe/Copenhagen";
const DATE: &str = "%Y%m%d";
const DATE_TIME: &str = "%Y%m%dT%H%M%S";

/// The rules by which clocks change there since 1996, which each entry has to bring along (RFC 5545, 3.6.5). Written by hand: the library
/// would put properties into it that do not belong there.
const TIME_ZONE: [&str; 18] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
    "",
];

crate::code_enum! {
    /// What an entry asks of a calendar (RFC 5546).
    pub enum CalendarMethod {
        Request = "REQUEST" ("sæt ind", "put in"),
        Cancel = "CANCEL" ("tag ud", "take out"),
    }
}

/// An entry as a letter carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarObject {
    pub method: CalendarMethod,
    /// The text, with CR LF.
    pub ics: String,
}

/// On whose behalf entries are sent.
#[derive(Clone, Copy, Debug)]
pub struct Organizer<'a> {
    /// The municipality's.
    pub name: &'a str,
    pub address: &'a str,
}

/// An appointment as an entry; `written` is when.
pub fn object(change: &AppointmentChange, organizer: Organizer, written: DateTime<Utc>) -> CalendarObject {
    let cancelled = change.news == AppointmentNews::Cancelled;
    let method = if cancelled { CalendarMethod::Cancel } else { CalendarMethod::Request };
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//RetteMatch//RetteMatch//DA", "CALSCALE:GREGORIAN"].join("\r\n");
    let zone = if change.slot.at.is_some() { TIME_ZONE.join("\r\n") } else { String::new() };
    let event = event(change, organizer, written).try_into_string().unwrap_or_default();
    CalendarObject { method, ics: format!("{head}\r\nMETHOD:{method}\r\n{zone}{event}END:VCALENDAR\r\n") }
}

/// Appointments as entries, on behalf of the municipality.
pub fn calendar_objects(context: &Context, changes: &[AppointmentChange]) -> Vec<CalendarObject> {
    let sender = sender_address(&context.services.settings.mail.from);
    let name = context.tenant.municipality().authority();
    let organizer = Organizer { name: &name, address: &sender };
    changes.iter().map(|change| object(change, organizer, context.at.instant)).collect()
}

fn event(change: &AppointmentChange, organizer: Organizer, written: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    event
        .uid(change.uid.as_str())
        .sequence(u32::try_from(change.sequence).unwrap_or_default())
        .timestamp(written)
        .summary(&one_line(&change.title().da))
        .description(&description(change))
        .class(Class::Private)
        .status(if change.news == AppointmentNews::Cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed })
        .append_property(
            Property::new("ORGANIZER", format!("mailto:{}", organizer.address)).add_parameter("CN", organizer.name).done(),
        )
        .append_multi_property(
            Property::new("ATTENDEE", format!("mailto:{}", change.to))
                .add_parameter("CUTYPE", "INDIVIDUAL")
                .add_parameter("ROLE", "REQ-PARTICIPANT")
                .add_parameter("PARTSTAT", "NEEDS-ACTION")
                .add_parameter("RSVP", "FALSE")
                .done(),
        );
    if change.kind != AppointmentKind::Decision {
        event.add_property("LOCATION", one_line(&change.location()));
    }
    match &change.slot.at {
        Some(at) => {
            let from = change.slot.on.and_time(at.time());
            for (name, moment) in [("DTSTART", from), ("DTEND", from + Duration::minutes(MINUTES))] {
                event.append_property(
                    Property::new(name, moment.format(DATE_TIME).to_string()).add_parameter("TZID", ZONE).done(),
                );
            }
            event.add_property("TRANSP", "OPAQUE");
        }
        None => {
            // The end of a whole day is the day after (RFC 5545, 3.6.1).
            let next = change.slot.on.succ_opt().unwrap_or(change.slot.on);
            for (name, day) in [("DTSTART", change.slot.on), ("DTEND", next)] {
                event.append_property(Property::new(name, day.format(DATE).to_string()).add_parameter("VALUE", "DATE").done());
            }
            event.add_property("TRANSP", "TRANSPARENT");
        }
    }
    event
}

fn description(change: &AppointmentChange) -> String {
    let ask = change.slot.ask_for.as_ref().map(|who| format!("Spørg efter {}.", one_line(who)));
    std::iter::once(format!("Sag {}.", change.case)).chain(ask).collect::<Vec<_>>().join("\n")
}

/// A lone carriage return would break a line of the entry, whatever is escaped.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        internships::appointments::Slotted,
        values::{clock_time::ClockTime, ids::CalendarEntryId},
    };

    fn written(kind: AppointmentKind, at: Option<&str>, news: AppointmentNews) -> CalendarObject {
        let change = AppointmentChange {
            uid: CalendarEntryId::stored("019b8d2b-8c00-7730-8cbe-67ee37ea736d"),
            sequence: 3,
            to: "bo@b.example".into(),
            kind,
            slot: Slotted {
                on: "2024-12-31".parse().unwrap(),
                at: at.and_then(ClockTime::parse),
                place: None,
                ask_for: Some("Mona, ved\r\nkassen; den anden".into()),
            },
            workplace: "Ærø Bådeværft og Skibssmedeværksted for både og både, afdeling Søby".into(),
            address: None,
            case: "P-1".into(),
            news,
        };
        let organizer = Organizer { name: "Ærø", address: "praktik@kommune.example" };
        object(&change, organizer, "2024-12-01T10:00:00Z".parse().unwrap())
    }

    fn lines(object: &CalendarObject) -> Vec<String> {
        assert!(object.ics.ends_with("END:VCALENDAR\r\n"));
        for line in object.ics.split("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        object.ics.replace("\r\n ", "").lines().map(Into::into).collect()
    }

    #[test]
    fn a_whole_day_ends_the_day_after_and_needs_no_time_zone() {
        let found = written(AppointmentKind::Start, None, AppointmentNews::New);
        let lines = lines(&found);
        for wanted in [
            "METHOD:REQUEST",
            "UID:019b8d2b-8c00-7730-8cbe-67ee37ea736d",
            "SEQUENCE:3",
            "DTSTAMP:20241201T100000Z",
            "DTSTART;VALUE=DATE:20241231",
            "DTEND;VALUE=DATE:20250101",
            "SUMMARY:Første dag i praktik hos Ærø Bådeværft og Skibssmedeværksted for både og både\\, afdeling Søby",
            "DESCRIPTION:Sag P-1.\\nSpørg efter Mona\\, ved kassen\\; den anden.",
            "ORGANIZER;CN=Ærø:mailto:praktik@kommune.example",
            "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:bo@b.example",
            "STATUS:CONFIRMED",
        ] {
            assert!(lines.iter().any(|line| line == wanted), "{wanted}: {lines:#?}");
        }
        assert!(!found.ics.contains("VTIMEZONE"));
    }

    #[test]
    fn a_time_of_day_is_copenhagens_and_brings_its_zone() {
        let found = written(AppointmentKind::FollowUp, Some("23:30"), AppointmentNews::New);
        let lines = lines(&found);
        for wanted in ["DTSTART;TZID=Europe/Copenhagen:20241231T233000", "DTEND;TZID=Europe/Copenhagen:20250101T003000"] {
            assert!(lines.iter().any(|line| line == wanted), "{wanted}: {lines:#?}");
        }
        assert_eq!(found.ics.matches("BEGIN:VTIMEZONE").count(), 1);
        assert_eq!(found.ics.matches("DTSTAMP").count(), 1);
    }

    #[test]
    fn a_cancellation_says_so_twice_and_a_deadline_has_no_place() {
        let found = written(AppointmentKind::Decision, None, AppointmentNews::Cancelled);
        assert_eq!(found.method, CalendarMethod::Cancel);
        let lines = lines(&found);
        assert!(lines.iter().any(|line| line == "METHOD:CANCEL") && lines.iter().any(|line| line == "STATUS:CANCELLED"));
        assert!(!found.ics.contains("LOCATION"));
    }
}
