//! Expectation alignment (S1): what citizen, consultant and company confirm, in versions.
//!
//! Promise: a confirmation binds to the hash of one version (made in `canonical`); a material change is a new version
//! without confirmations; confirmations are only ever added. "Confirmed" is computed from them, never stored.
//! Contact details and road stand outside the terms, so that a wrong telephone number asks nobody to sign again.

use crate::domain::{
    internships::{
        decision::Decision,
        purpose::{InternshipType, Purpose},
    },
    rules::rule_id::RuleId,
    values::{
        day::Period,
        hours::HoursPlan,
        ids::{CompanyId, ObjectionId, WorkplaceId},
        text::{Line, Prose, WeeklyHours},
        vocabulary::Term,
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

crate::code_enum! {
    /// The three who must hold the same idea of why the internship takes place.
    pub enum Party {
        Citizen = "citizen" ("borgeren", "the citizen"),
        Consultant = "consultant" ("jobkonsulenten", "the consultant"),
        Company = "company" ("virksomheden", "the company"),
    }
}

crate::code_enum! {
    /// How a word was given. What the consultant records for somebody is marked wherever it shows.
    pub enum Via {
        Account = "account" ("i systemet", "in the system"),
        Link = "link" ("via link", "by link"),
        Paper = "paper" ("på papir, registreret af konsulenten", "on paper, recorded by the consultant"),
        Telephone = "telephone" ("telefonisk, registreret af konsulenten", "by telephone, recorded by the consultant"),
        Meeting = "meeting" ("på møde, registreret af konsulenten", "at a meeting, recorded by the consultant"),
    }
}

/// Where it takes place, as the parties read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    pub workplace: WorkplaceId,
    pub company: CompanyId,
    pub p_number: String,
    pub name: String,
}

/// Accommodations as they stand in the terms: the function only, never the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Accommodations {
    /// Nobody has settled them yet.
    Unsettled,
    /// The citizen has said expressly that none are needed.
    NoneNeeded,
    /// Item by item.
    Items(Vec<String>),
}

/// All that is material: whoever confirms a version confirms this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Terms {
    pub purpose: Purpose,
    pub occupation: Term,
    pub tasks: Vec<Term>,
    pub place: Place,
    pub period: Period,
    pub hours: HoursPlan,
    /// The day on which the company answers *hire* or *no*: of the prospect, or set by an extension.
    pub decision_on: Option<NaiveDate>,
    pub accommodations: Accommodations,
}

impl Terms {
    pub fn kind(&self) -> InternshipType {
        self.purpose.kind
    }

    /// As somebody reads them who looks after companies and not after citizens: without the questions of a clarification, and without
    /// accommodations that the citizen keeps back.
    #[must_use]
    pub fn without_the_citizens(mut self, accommodations_are_told: bool) -> Self {
        self.purpose.questions = None;
        if let Accommodations::Items(items) = &mut self.accommodations
            && !accommodations_are_told
        {
            items.clear();
        }
        self
    }
}

crate::input! {
    /// The company's written commitment to hire (S5), as a third extension demands it.
    #[derive(PartialEq, Eq, Serialize)]
    pub struct Commitment {
        pub position: Line,
        pub weekly_hours: WeeklyHours,
        /// The latest day on which the job begins.
        pub latest_first_day: NaiveDate,
        /// What must be fulfilled.
        pub condition: Prose,
        /// The company's own words.
        pub words: Option<Prose>,
    }
}

crate::code_enum! {
    /// Why a version was made.
    pub enum Cause {
        Booking = "booking" ("aftale", "booking"),
        Change = "change" ("ændring", "change"),
        Extension = "extension" ("forlængelse", "extension"),
    }
}

/// What lay on the table with an extension, under whichever name (S5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtensionPapers {
    pub reason: Option<Prose>,
    pub commitment: Option<Commitment>,
    pub special_need: Option<Prose>,
    /// Name of the team leader who approved it.
    pub approved_by: Option<String>,
}

impl ExtensionPapers {
    /// Nothing, where nothing lies there.
    pub fn or_none(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Confirmation {
    pub party: Party,
    pub via: Via,
    pub on: NaiveDate,
    /// Name of who gave it, as it was then; not kept of the eldest.
    pub given_by: Option<String>,
}

/// The citizen or the company does not agree (S20). It stops the start until withdrawn or confirmed anew; it is never a refusal of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Objection {
    pub id: ObjectionId,
    pub party: Party,
    pub words: String,
    pub on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
    /// Name of who made it, as it was then; not kept of the eldest, nor how it was made and withdrawn.
    pub given_by: Option<String>,
    pub via: Option<Via>,
    pub withdrawn_via: Option<Via>,
    /// Why it was recorded as taken back, where it had come by link and somebody else recorded that.
    pub withdrawn_because: Option<String>,
}

/// A rule that asked for reasons, and the reasons that were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Asked {
    #[schema(value_type = String)]
    pub rule: RuleId,
    pub reasons: String,
    /// Name of who gave them.
    pub given_by: String,
}

/// One version of the alignment.
#[derive(Clone, Debug)]
pub struct Version {
    pub number: i32,
    pub terms: Terms,
    pub hash: String,
    pub cause: Cause,
    pub papers: Option<ExtensionPapers>,
    /// What rules asked, and what was answered; none on older versions.
    pub asked: Option<Vec<Asked>>,
    pub made_on: NaiveDate,
    /// Whether an extension's own decision (L25) has been made, and when.
    pub decided: Decided,
    pub decision: Option<Decision>,
    pub confirmations: Vec<Confirmation>,
    pub objections: Vec<Objection>,
}

/// An extension is a decision: it is in force when it has reasons and guidance on how to complain, too (L25).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// No extension, or one of a time when none was asked for.
    NotNeeded,
    Waits,
    On(NaiveDate),
}

impl Decided {
    /// From what stands on record.
    pub fn recorded(needed: bool, on: Option<NaiveDate>) -> Self {
        match (needed, on) {
            (false, _) => Self::NotNeeded,
            (true, None) => Self::Waits,
            (true, Some(on)) => Self::On(on),
        }
    }
}

/// The day from which a version is in force: that on which the last of the three confirmed it (S1) and, of an extension, its
/// decision was made (L25); none while any of it is missing.
pub fn in_force_since(confirmed: impl Iterator<Item = (Party, NaiveDate)>, decided: Decided) -> Option<NaiveDate> {
    let days: BTreeMap<Party, NaiveDate> = confirmed.collect();
    let confirmed = if days.len() == Party::ALL.len() { days.into_values().max() } else { None };
    match decided {
        Decided::NotNeeded => confirmed,
        Decided::Waits => None,
        Decided::On(day) => confirmed.map(|since| since.max(day)),
    }
}

impl Version {
    pub fn confirmed_by(&self, party: Party) -> bool {
        self.confirmations.iter().any(|confirmation| confirmation.party == party)
    }

    /// Whether something is missing before it is in force: a confirmation, or an extension's decision.
    pub fn waits(&self) -> bool {
        self.in_force_since().is_none()
    }

    /// Who has still to confirm.
    pub fn unconfirmed(&self) -> Vec<Party> {
        Party::ALL.iter().copied().filter(|party| !self.confirmed_by(*party)).collect()
    }

    /// The day from which it is in force, see [`in_force_since`].
    pub fn in_force_since(&self) -> Option<NaiveDate> {
        in_force_since(self.confirmations.iter().map(|confirmation| (confirmation.party, confirmation.on)), self.decided)
    }

    pub fn open_objections(&self) -> impl Iterator<Item = &Objection> {
        self.objections.iter().filter(|objection| objection.withdrawn_on.is_none())
    }

    pub fn is_extension(&self) -> bool {
        self.cause == Cause::Extension
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{day, terms, version};

    fn booked() -> Version {
        version(1, terms("here", "here", "2024-01-08", "2024-04-07", 20.0), Cause::Booking, day("2024-01-02"))
    }

    #[test]
    fn a_version_is_in_force_from_the_last_of_three_confirmations_and_its_decision() {
        use Party::{Citizen, Company, Consultant};
        let three = &[(Citizen, "2024-01-03"), (Company, "2024-01-05"), (Consultant, "2024-01-02")][..];
        for (confirmed, decided, since) in [
            (three, Decided::NotNeeded, Some("2024-01-05")),
            (&three[..2], Decided::NotNeeded, None),
            (&[], Decided::NotNeeded, None),
            // One who confirms again is still one.
            (&[(Citizen, "2024-01-03"), (Company, "2024-01-05"), (Company, "2024-01-06")], Decided::NotNeeded, None),
            (three, Decided::Waits, None),
            (three, Decided::On(day("2024-01-04")), Some("2024-01-05")),
            (three, Decided::On(day("2024-01-06")), Some("2024-01-06")),
            (&three[..2], Decided::On(day("2024-01-06")), None),
        ] {
            let found = in_force_since(confirmed.iter().map(|(party, on)| (*party, day(on))), decided);
            assert_eq!(found, since.map(day), "{confirmed:?} {decided:?}");
            let mut version = booked();
            version.decided = decided;
            version.confirmations = confirmed
                .iter()
                .map(|(party, on)| Confirmation { party: *party, via: Via::Link, on: day(on), given_by: None })
                .collect();
            assert_eq!((version.in_force_since(), version.waits()), (since.map(day), since.is_none()));
        }
    }

    #[test]
    fn an_extension_waits_for_its_decision_where_one_is_needed() {
        let on = day("2024-02-29");
        for (needed, decided, expected) in [
            (false, None, Decided::NotNeeded),
            (false, Some(on), Decided::NotNeeded),
            (true, None, Decided::Waits),
            (true, Some(on), Decided::On(on)),
        ] {
            assert_eq!(Decided::recorded(needed, decided), expected);
        }
        for (cause, extends) in [(Cause::Booking, false), (Cause::Change, false), (Cause::Extension, true)] {
            assert_eq!(Version { cause, ..booked() }.is_extension(), extends, "{cause}");
        }
    }

    #[test]
    fn whoever_has_not_confirmed_is_named_in_the_order_of_the_three() {
        let mut version = booked();
        assert_eq!(version.unconfirmed(), []);
        version.confirmations.retain(|confirmation| confirmation.party == Party::Consultant);
        assert_eq!(version.unconfirmed(), [Party::Citizen, Party::Company]);
        assert!(version.confirmed_by(Party::Consultant) && !version.confirmed_by(Party::Company));
    }

    #[test]
    fn an_objection_is_open_until_it_is_withdrawn() {
        let objection = |id: &str, withdrawn_on: Option<&str>| Objection {
            id: ObjectionId::stored(id),
            party: Party::Citizen,
            words: "Jeg vil hellere noget andet".into(),
            on: day("2024-01-03"),
            withdrawn_on: withdrawn_on.map(day),
            given_by: None,
            via: None,
            withdrawn_because: None,
            withdrawn_via: None,
        };
        let mut version = booked();
        version.objections = vec![objection("withdrawn", Some("2024-01-04")), objection("open", None)];
        assert_eq!(version.open_objections().map(|own| own.id.as_str()).collect::<Vec<_>>(), ["open"]);
    }

    #[test]
    fn papers_are_kept_where_there_is_one_at_least() {
        assert_eq!(ExtensionPapers::default().or_none(), None);
        let approved = ExtensionPapers { approved_by: Some("Lene Leder".into()), ..ExtensionPapers::default() };
        assert_eq!(approved.clone().or_none(), Some(approved));
    }

    #[test]
    fn terms_are_of_the_type_of_their_purpose() {
        assert_eq!(booked().terms.kind(), InternshipType::Clarification);
    }
}
