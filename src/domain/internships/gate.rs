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
        EmployerStatement = "employer-statement" ("virksomhedens erklæring om lovens betingelser", "the employer's statement on the conditions of the law"),
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
    // One that began before employers were asked is not shut afterwards.
    if internship.employer_statement.is_none() && internship.started_on.is_none() {
        lack(Missing::EmployerStatement, Party::Company.label());
    }
    if internship.statement.is_none() {
        lack(Missing::Statement, Party::Company.label());
    }
    let employer_says_no = internship.employer_statement.as_ref().is_some_and(|own| !own.lets_start());
    if employer_says_no || internship.statement.as_ref().is_some_and(|own| !own.lets_start()) {
        lack(Missing::StatementOverruled, localized("teamlederen", "the team leader"));
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
        internship.employer_statement.as_ref().map(|statement| statement.on),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        input::read,
        internships::{
            alignment::{Objection, Via},
            decision::Decision,
            statements::{EmployerStatement, Representative, Statement},
        },
        testing::{day, internship, terms},
        values::ids::{ContactId, ObjectionId},
    };
    use serde_json::json;

    /// All that the gate asks for, recorded on 2 January.
    fn ready() -> Internship {
        let on = day("2024-01-02");
        let mut own = internship("a", terms("here", "here", "2024-01-08", "2024-04-07", 20.0));
        own.started_on = None;
        own.first.confirmations.iter_mut().for_each(|confirmation| confirmation.on = on);
        own.none_needed = Some(on);
        own.contact = Some(ContactId::stored("contact"));
        own.contact_named_on = Some(on);
        let (name, overruled) = (Some(read(&json!("Tove Lund")).unwrap()), None);
        own.statement = Some(Statement {
            given_by: Representative::Unit,
            name,
            conditions_met: true,
            on,
            overruled,
            via: None,
            remark: None,
        });
        own.employer_statement =
            Some(EmployerStatement { conditions_met: true, on, via: Via::Link, given_by: None, remark: None, overruled: None });
        own.decision = Some(Decision {
            reasons: read(&json!("Fordi")).unwrap(),
            complaint_guidance: read(&json!("Klag inden fire uger")).unwrap(),
            on,
            by: "Mette".into(),
            rulebook: None,
        });
        own
    }

    type Late = fn(&mut Internship, NaiveDate);
    type Gone = fn(&mut Internship);

    #[test]
    fn it_is_open_from_the_day_on_which_the_last_thing_was_recorded() {
        assert_eq!(open_since(&ready()), Some(day("2024-01-02")));
        let late: [(&str, Late); 7] = [
            ("a confirmation", |own, on| own.first.confirmations[0].on = on),
            ("accommodations", |own, on| own.none_needed = Some(on)),
            ("the contact person", |own, on| own.contact_named_on = Some(on)),
            ("the statement", |own, on| own.statement.as_mut().unwrap().on = on),
            ("the employer's statement", |own, on| own.employer_statement.as_mut().unwrap().on = on),
            ("the decision", |own, on| own.decision.as_mut().unwrap().on = on),
            ("an objection taken back", |own, on| {
                own.first.objections.push(Objection {
                    id: ObjectionId::stored("o"),
                    party: Party::Company,
                    words: "Nej".into(),
                    on: day("2024-01-02"),
                    withdrawn_on: Some(on),
                    given_by: None,
                    via: None,
                    withdrawn_via: None,
                    withdrawn_because: None,
                });
            }),
        ];
        for (what, record) in late {
            let mut own = ready();
            record(&mut own, day("2024-01-15"));
            assert_eq!(open_since(&own), Some(day("2024-01-15")), "{what}");
        }
    }

    #[test]
    fn it_is_shut_while_anything_is_missing() {
        let gone: [(&str, Gone); 7] = [
            ("a confirmation", |own| drop(own.first.confirmations.pop())),
            ("accommodations", |own| own.none_needed = None),
            ("the contact person", |own| own.contact = None),
            ("the statement", |own| own.statement = None),
            ("the employer's statement", |own| own.employer_statement = None),
            ("conditions that are met", |own| own.employer_statement.as_mut().unwrap().conditions_met = false),
            ("the decision", |own| own.decision = None),
        ];
        for (what, take) in gone {
            let mut own = ready();
            take(&mut own);
            assert_eq!((missing(&own).len(), open_since(&own)), (1, None), "{what}");
        }
    }

    #[test]
    fn one_that_began_before_employers_were_asked_is_not_shut_afterwards() {
        let mut own = ready();
        own.employer_statement = None;
        own.started_on = Some(day("2024-01-08"));
        assert_eq!(open_since(&own), Some(day("2024-01-02")));
    }
}
