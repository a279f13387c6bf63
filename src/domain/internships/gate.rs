//! The gate: nothing starts before citizen, consultant and company have confirmed the same version, the
//! accommodations are agreed, and the law's papers are there (S1, S3, S4, L15, L20).
//!
//! Promise: everything missing is named at once, each with whom it is missing from.

use crate::domain::{
    internships::{
        alignment::{Accommodations, Party},
        internship::Internship,
    },
    rules::{about::About, rule_id::RuleId, rule_on_figure::RuleOnFigure},
    values::localized::{Localized, localized},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// What can be missing before the start.
    pub enum Missing {
        CitizenConfirmation = "citizen-confirmation" ("borgerens bekræftelse", "the citizen's confirmation"),
        ConsultantConfirmation = "consultant-confirmation" ("jobkonsulentens bekræftelse", "the consultant's confirmation"),
        CompanyConfirmation = "company-confirmation" ("virksomhedens bekræftelse", "the company's confirmation"),
        Objection = "objection" ("svar på en indsigelse", "an answer to an objection"),
        Accommodations = "accommodations" ("aftale om skånehensyn", "agreement on accommodations"),
        ContactPerson = "contact-person" ("en kontaktperson på arbejdspladsen", "a contact person at the workplace"),
        Statement = "representative-statement" ("medarbejderrepræsentantens erklæring", "the representative's statement"),
        StatementOverruled = "team-leader-decision" ("teamlederens afgørelse, fordi betingelserne ikke er opfyldt", "the team leader's decision, since the conditions are not met"),
        Decision = "decision" ("afgørelse med begrundelse og klagevejledning", "a decision with reasons and complaint guidance"),
    }
}

/// The gate among the rules.
pub const RULE: RuleOnFigure = RuleOnFigure { id: RuleId::new("start"), figure: "start_gate", about: About::Start };

/// Something missing, and from whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lack {
    pub what: Missing,
    /// Whose turn it is.
    pub from: Localized,
}

/// All that is missing; empty: it may start.
pub fn missing(internship: &Internship) -> Vec<Lack> {
    let newest = internship.newest();
    let mut lacks = Vec::new();
    let mut lack = |what: Missing, from: Localized| lacks.push(Lack { what, from });
    for party in newest.unconfirmed() {
        let what = match party {
            Party::Citizen => Missing::CitizenConfirmation,
            Party::Consultant => Missing::ConsultantConfirmation,
            Party::Company => Missing::CompanyConfirmation,
        };
        lack(what, party.label());
    }
    for objection in newest.open_objections() {
        lack(Missing::Objection, objection.party.label());
    }
    if !accommodations_agreed(internship) {
        lack(Missing::Accommodations, localized("borgeren og virksomheden", "the citizen and the company"));
    }
    if internship.contact.is_none() {
        lack(Missing::ContactPerson, Party::Company.label());
    }
    match &internship.statement {
        None => lack(Missing::Statement, Party::Company.label()),
        Some(statement) if !statement.lets_start() => {
            lack(Missing::StatementOverruled, localized("teamlederen", "the team leader"))
        }
        Some(_) => {}
    }
    if internship.decision.is_none() {
        lack(Missing::Decision, Party::Consultant.label());
    }
    lacks
}

/// The day on which the gate was open: when the last thing that it asks for was there; none while something is missing. Nobody can
/// date one of them back, since each is dated by the day on which it was recorded.
pub fn open_since(internship: &Internship) -> Option<NaiveDate> {
    if !missing(internship).is_empty() {
        return None;
    }
    let newest = internship.newest();
    let agreements = internship.accommodations.iter().flat_map(|item| &item.agreements).map(|agreement| agreement.on);
    let accommodations: Vec<NaiveDate> = match newest.terms.accommodations {
        Accommodations::Items(_) => agreements.collect(),
        Accommodations::NoneNeeded | Accommodations::Unsettled => internship.none_needed.into_iter().collect(),
    };
    let objections = newest.objections.iter().filter_map(|objection| objection.withdrawn_on);
    let papers = [
        newest.in_force_since(),
        internship.contact_named_on,
        internship.statement.as_ref().map(|statement| statement.on),
        internship.decision.as_ref().map(|decision| decision.on),
    ];
    papers.into_iter().flatten().chain(accommodations).chain(objections).max()
}

fn accommodations_agreed(internship: &Internship) -> bool {
    match &internship.newest().terms.accommodations {
        Accommodations::Unsettled => false,
        Accommodations::NoneNeeded => internship.none_needed.is_some(),
        Accommodations::Items(_) => {
            let agreed = |party| internship.accommodations.iter().all(|item| item.agreed_by(party));
            !internship.accommodations.is_empty() && agreed(Party::Citizen) && agreed(Party::Company)
        }
    }
}
