//! What somebody without an account does through a one-time link. Opening a link only shows; acting is a POST, because mail
//! scanners open links.

use crate::{
    actions::{
        ActionError,
        error::fault,
        internships::{
            answers,
            case::InternshipCase,
            confirming, employer_statement,
            opened_link::{LinkStanding, OpenedLink, PresentedLink, Used, over, use_once},
            questions,
            statement::{self, LinkStating},
            taking_back::{self, LinkTakingBack},
        },
    },
    context::{Context, Services},
    domain::{
        input::Fault,
        internships::{
            alignment::{Party, Via},
            link_purpose::LinkPurpose,
            questions::Written,
        },
        values::{
            day::At,
            ids::AccommodationId,
            text::{Prose, Text},
        },
    },
    store::{Tx, statement_requests},
};

crate::input! {
    /// The party confirms what it has read.
    pub struct LinkConfirming {
        /// The hash that the link showed.
        pub hash: Text<64>,
        /// The accommodations that the party agrees to; left out: none.
        pub agreed_accommodations: Option<Vec<AccommodationId>>,
        /// The employer's own statement: whether the conditions of the law are met. Required of the company with its first yes.
        pub conditions_met: Option<bool>,
        /// What is not met; asked for where anything is not.
        pub remark: Option<Prose>,
    }
}

crate::input! {
    /// The party does not agree, and says what should be different.
    pub struct LinkObjecting {
        pub words: Prose,
        /// What should be different; left out: the whole of it.
        pub changes: Option<Vec<WishedChange>>,
    }
}

crate::code_enum! {
    /// What of an agreement somebody wants to be different.
    pub enum WishedChange {
        Hours = "hours" ("timerne", "the hours"),
        Period = "period" ("perioden", "the period"),
        Place = "place" ("stedet", "the place"),
        Tasks = "tasks" ("opgaverne", "the tasks"),
        Accommodations = "accommodations" ("hensynene", "the accommodations"),
        Other = "other" ("noget andet", "something else"),
    }
}

impl LinkObjecting {
    /// The words that are kept: what should be different, then the party's own.
    fn words(&self) -> Result<Prose, ActionError> {
        let wished = self.changes.iter().flatten().map(|wish| wish.label().da).collect::<Vec<_>>().join(", ");
        if wished.is_empty() {
            return Ok(self.words.clone());
        }
        Prose::parse(&format!("Ønskes anderledes: {wished}. {}", self.words)).or_else(|wrong| fault("words", wrong))
    }
}

/// Confirms through a link. A second time is answered like the first: somebody pressed twice.
///
/// # Errors
/// As [`confirming::give`]; no such link; expired; too often.
pub fn confirm(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkConfirming,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let internship = &case.internship;
    let newest = internship.newest();
    let same = newest.hash == body.hash.as_str() && newest.confirmed_by(opened.party);
    state_with_it(tx, &opened.context(services, at), &opened, &case, body)?;
    if same && !internship.is_closed() && newest.open_objections().all(|objection| objection.party != opened.party) {
        return Ok(());
    }
    let word = confirming::Word {
        internship: &opened.internship,
        party: opened.party,
        via: Via::Link,
        hash: body.hash.as_str(),
        accommodations: body.agreed_accommodations.as_deref().unwrap_or_default(),
        recorded_by: None,
        given_by: None,
    };
    confirming::give(tx, &opened.context(services, at), &word)
}

/// The employer's statement, given together with the company's yes.
fn state_with_it(
    tx: &mut Tx,
    context: &Context,
    opened: &OpenedLink,
    case: &InternshipCase,
    body: &LinkConfirming,
) -> Result<(), ActionError> {
    let internship = &case.internship;
    let is_asked = opened.party == Party::Company && internship.is_waiting();
    match body.conditions_met {
        Some(met) if is_asked => employer_statement::give(tx, context, &internship.id, met, body.remark.as_ref()),
        None if is_asked && internship.employer_statement.is_none() && !internship.newest().confirmed_by(opened.party) => fault(
            "conditions_met",
            Fault::new("required", "Svar på, om betingelserne er opfyldt.", "Answer whether the conditions are met."),
        ),
        _ => Ok(()),
    }
}

/// Objects through a link. The same words again, while they stand, are one objection.
///
/// # Errors
/// As [`confirming::object`]; no such link; expired; too often.
pub fn object(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkObjecting,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let words = body.words()?;
    let mut open = case.internship.newest().open_objections();
    if open.any(|objection| objection.party == opened.party && objection.words == words.as_str()) {
        return Ok(());
    }
    let objection =
        confirming::SpokenObjection { party: opened.party, via: Via::Link, words: &words, given_by: None, recorded_by: None };
    confirming::object(tx, &opened.context(services, at), &opened.internship, &objection)
}

/// Answers *hire*, *no* or *more time* through a link.
///
/// # Errors
/// As [`answers::give`]; no such link; expired; too often.
pub fn answer(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &answers::Answering,
) -> Result<(), ActionError> {
    let Used { opened, .. } = use_once(tx, services, at, presented, &[LinkPurpose::Decision])?;
    answers::give(tx, &opened.context(services, at), &opened.internship, body, (Via::Link, None))
}

/// Keeps what is written before a follow-up, or of a job.
///
/// # Errors
/// As [`questions::write`]; no such link; expired; nothing is asked any more; too often.
pub fn write(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink, body: &Written) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::FollowUp, LinkPurpose::Retention])?;
    let context = opened.context(services, at);
    if opened.standing(tx, &context, &case)? == LinkStanding::Over {
        return Err(over(opened.purpose));
    }
    questions::write(tx, &context, &opened.row, &case, body)
}

/// Takes a yes to an accommodation back. Pressed twice, it is taken back.
///
/// # Errors
/// As [`taking_back::take_back`]; no such link; expired; too often.
pub fn take_back(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkTakingBack,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let item = case.internship.accommodations.iter().find(|own| own.id == body.accommodation);
    if item.is_some_and(|own| !own.agreed_by(opened.party)) {
        return Ok(());
    }
    let context = opened.context(services, at);
    taking_back::take_back(tx, &context, case, (opened.party, Via::Link), &body.accommodation, None)
}

/// The employee representative, or the employer, states whether the conditions are met.
///
/// # Errors
/// As [`statement::give`]; no such link, or the citizen's; expired; the internship has begun or is over; too often.
pub fn state(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink, body: &LinkStating) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Statement, LinkPurpose::Alignment])?;
    let context = opened.context(services, at);
    if !case.internship.is_waiting() {
        return Err(over(LinkPurpose::Statement));
    }
    if opened.purpose == LinkPurpose::Alignment {
        return match opened.party {
            Party::Company => {
                employer_statement::give(tx, &context, &opened.internship, body.conditions_met, body.remark.as_ref())
            }
            Party::Citizen | Party::Consultant => Err(ActionError::NotFound),
        };
    }
    let request = statement_requests::newest(tx, &opened.tenant, &opened.internship)?.ok_or(ActionError::NotFound)?;
    statement::give(tx, &context, case, &request, body)
}
