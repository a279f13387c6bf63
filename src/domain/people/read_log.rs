//! The log of who has read of whom (GDPR art. 15; CJEU C-579/21: a citizen may ask who has looked). An entry is an answer in which
//! somebody was shown personal data: of whom, what, when, from where, and what the reader has to do with the citizen.
//!
//! Promise: each entry's text holds the chain of the one before, so that an entry that was changed, removed or put in between is found
//! by whoever has the key. What must never stand in it: a name, a CPR number, or what was read.

use crate::domain::values::ids::{AccessReasonId, AccountId, CitizenId, LinkId};
use chrono::NaiveDateTime;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// What of a citizen was shown.
    pub enum PersonalData {
        Listed = "listed" ("navn på en liste", "name in a list"),
        Record = "record" ("stamoplysninger", "record"),
        Needs = "needs" ("skånebehov", "accommodation needs"),
        Course = "course" ("hele forløbet", "the whole course"),
        Internship = "internship" ("praktik", "internship"),
        FollowUp = "follow-up" ("opfølgning", "follow-up"),
        Outcome = "outcome" ("job eller uddannelse", "job or education"),
        Step = "step" ("aftaler og ventetid", "steps and waiting"),
        Story = "story" ("fortælling og ønsker", "story and wishes"),
        Handover = "handover" ("skift af konsulent", "change of consultant"),
        Flag = "flag" ("advarsel", "flag"),
        Letter = "letter" ("brev", "letter"),
        Approval = "approval" ("sag til godkendelse", "request for approval"),
        Correction = "correction" ("rettelse", "correction"),
        Match = "match" ("forslag til praktiksted", "match with an opening"),
        Reads = "reads" ("hvem der har set oplysninger", "who has looked"),
        Extract = "extract" ("udskrift af alle oplysninger", "extract of all data"),
    }
}

crate::code_enum! {
    /// What a reader has to do with the citizen.
    pub enum ReaderRelation {
        Responsible = "responsible" ("er ansvarlig for sagen", "is responsible for the case"),
        Substitute = "substitute" ("er stedfortræder for den ansvarlige", "stands in for whoever is responsible"),
        Team = "team" ("er i samme team som den ansvarlige", "is in the team of whoever is responsible"),
        Lead = "lead" ("leder arbejdet", "leads the work"),
        Company = "company-work" ("arbejder med virksomheden", "works with the company"),
        Audit = "audit" ("fører tilsyn", "audits"),
        Link = "link" ("fik et link i et brev", "was sent a link by letter"),
        Command = "command" ("driver systemet", "runs the system"),
        Program = "program" ("er et af kommunens andre systemer", "is another system of the municipality"),
        Reason = "reason" ("har skrevet en begrundelse", "has written a reason"),
        Other = "other" ("har ikke skrevet en begrundelse", "has written no reason"),
    }
}

crate::code_enum! {
    /// By which way it was read.
    pub enum ReadVia {
        Api = "api" ("fagsystem", "case system"),
        File = "file" ("hentet som fil", "fetched as a file"),
        Page = "page" ("webside", "web page"),
        Command = "command" ("kommando på serveren", "command on the server"),
    }
}

/// One citizen in an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownCitizen {
    pub citizen: CitizenId,
    pub what: PersonalData,
    pub relation: ReaderRelation,
    pub reason: Option<AccessReasonId>,
}

/// An answer in which citizens were shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRead {
    pub at: NaiveDateTime,
    /// Whoever was signed in.
    pub account: Option<AccountId>,
    /// Or the link that was opened.
    pub link: Option<LinkId>,
    pub via: ReadVia,
    /// The network from which it was asked.
    pub network: String,
    /// In order, each once.
    pub shown: Vec<ShownCitizen>,
}

impl LoggedRead {
    /// What the chain of an entry is made of: its number, the chain of the one before (empty for the first), and all that stands in it.
    pub fn canonical(&self, number: i64, before: &str) -> String {
        let text = |id: Option<&str>| id.unwrap_or("-").to_owned();
        let mut lines = vec![
            format!("1 {number} {before}"),
            self.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
            text(self.account.as_ref().map(AccountId::as_str)),
            text(self.link.as_ref().map(LinkId::as_str)),
            self.via.to_string(),
            self.network.clone(),
        ];
        lines.extend(self.shown.iter().map(|own| {
            let reason = own.reason.as_ref().map_or("-", AccessReasonId::as_str);
            format!("{} {} {} {reason}", own.citizen, own.what, own.relation)
        }));
        lines.join("\n")
    }
}

/// Where the chain of a municipality's log stands: an entry that is removed from the end leaves an older one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChainHead {
    /// How many entries there are.
    pub number: i64,
    pub chain: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> LoggedRead {
        LoggedRead {
            at: "2026-03-02T08:00:00".parse().unwrap(),
            account: Some(AccountId::stored("account")),
            link: None,
            via: ReadVia::Api,
            network: "192.0.2.1".into(),
            shown: vec![ShownCitizen {
                citizen: CitizenId::stored("citizen"),
                what: PersonalData::Needs,
                relation: ReaderRelation::Team,
                reason: None,
            }],
        }
    }

    #[test]
    fn whatever_is_changed_in_an_entry_changes_its_text() {
        let own = entry();
        let text = own.canonical(7, "before");
        assert_eq!(text, "1 7 before\n2026-03-02T08:00:00\naccount\n-\napi\n192.0.2.1\ncitizen needs team -");
        let link = LoggedRead { account: None, link: Some(LinkId::stored("account")), ..own.clone() };
        let mut other = own.clone();
        other.shown[0].relation = ReaderRelation::Other;
        for changed in
            [own.canonical(8, "before"), own.canonical(7, ""), link.canonical(7, "before"), other.canonical(7, "before")]
        {
            assert_ne!(changed, text);
        }
    }
}
