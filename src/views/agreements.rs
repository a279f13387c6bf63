//! An agreement as the people who made it read it: every part in words, what is new in it, where and with whom (S1, S20). The citizen
//! sees more: the decision with its reasons, and the own course as it stands (S9, S25).
//!
//! Never shown to the company, nor to those here who may not see citizens: the decision, the reasons of an extension, and the citizen's
//! last name. Nobody is shown a need.

use crate::{
    actions::{
        ActionError,
        internships::case::{InternshipCase, case_even_in_error},
    },
    context::Context,
    domain::{
        internships::{
            alignment::{Commitment, Party, Version},
            course::Course,
            decision::Decision,
            terms_in_words::{TermsPart, changed_parts},
        },
        people::{access::Permission, continuity::StoryKind, read_log::PersonalData, step::StepKind},
        values::{ids::InternshipId, localized::Localized, text::Prose},
    },
    outbox::about,
    store::{Conn, accounts, continuity::story, sealed, steps},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Whom to call or write to.
#[derive(Serialize, ToSchema)]
pub struct ResponsibleView {
    pub name: String,
    pub phone: Option<String>,
    pub email: String,
}

/// A part of the agreement in words.
#[derive(Serialize, ToSchema)]
pub struct AgreementPart {
    pub part: TermsPart,
    pub label: Localized,
    pub lines: Vec<Localized>,
    /// Whether the version that stands says otherwise.
    pub new: bool,
    /// What the version that stands says, where that is otherwise.
    pub before: Vec<Localized>,
}

/// Something that is waited for.
#[derive(Serialize, ToSchema)]
pub struct AwaitedView {
    pub words: Prose,
    pub expected_on: NaiveDate,
}

/// An entry of the citizen's story.
#[derive(Serialize, ToSchema)]
pub struct OwnStory {
    pub on: NaiveDate,
    pub kind: StoryKind,
    pub words: String,
}

/// Who was responsible for the citizen, and until when.
#[derive(Serialize, ToSchema)]
pub struct FormerConsultant {
    pub name: String,
    pub until: NaiveDate,
}

/// The citizen's own course.
#[derive(Serialize, ToSchema)]
pub struct OwnCourse {
    /// In the citizen's own words.
    pub goals: Vec<String>,
    pub story: Vec<OwnStory>,
    pub awaited: Vec<AwaitedView>,
    /// Oldest first; the present one is the agreement's `responsible`.
    pub former_consultants: Vec<FormerConsultant>,
}

/// See the module.
#[derive(Serialize, ToSchema)]
pub struct AgreementView {
    pub municipality: String,
    pub responsible: Option<ResponsibleView>,
    /// The citizen's name; the company sees the first name only, the representative none.
    pub citizen: String,
    pub workplace: String,
    pub address: Option<String>,
    /// Whom to ask for at the workplace.
    pub contact: Option<String>,
    pub parts: Vec<AgreementPart>,
    /// Why it is to be extended; the citizen only.
    pub reason: Option<Prose>,
    /// What the company has committed itself to with an extension.
    pub commitment: Option<Commitment>,
    /// The municipality's decision; the citizen only.
    pub decision: Option<Decision>,
    /// The day on which whoever reads it confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// Who has still to confirm it.
    pub waits_for: Vec<Party>,
    /// The citizen only.
    pub own: Option<OwnCourse>,
}

/// Who reads an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AgreementReader {
    Party(Party),
    /// Who helps the citizen: what is in force, and nothing that is the citizen's to tell.
    Mentor,
    /// Who speaks for the employees: what the work is, when and how long, and nobody's name but the contact person's.
    Representative,
    /// Somebody who works here, and whether they may see citizens.
    Colleague(bool),
}

/// An agreement for those who work here.
///
/// # Errors
/// Not for this role; not found.
pub fn of_internship(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<AgreementView, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let case = case_even_in_error(conn, context, id)?;
    agreement(conn, context, &case, AgreementReader::Colleague(context.may(Permission::SeeCitizens)))
}

/// The newest version as somebody reads it.
///
/// # Errors
/// A failure of the database; something sealed that cannot be opened.
pub(super) fn agreement(
    conn: &mut Conn,
    context: &Context,
    case: &InternshipCase,
    reader: AgreementReader,
) -> Result<AgreementView, ActionError> {
    context.shows(&case.row.citizen_id, PersonalData::Internship);
    let told = case.internship.company_may_read();
    let (newest, before) = match reader {
        AgreementReader::Mentor => (case.internship.standing().clone(), None),
        _ => (case.internship.newest().clone(), case.internship.before_newest().cloned()),
    };
    let shown = |own: Version| match reader {
        AgreementReader::Colleague(false) => Version { terms: own.terms.without_the_citizens(told), ..own },
        _ => own,
    };
    let (newest, before) = (shown(newest), before.map(shown));
    let names = about::names(conn, context, &case.row)?;
    let frame = about::frame(conn, context, &case.row.citizen_id, &case.row.reference)?;
    let sees_all = matches!(reader, AgreementReader::Party(Party::Citizen) | AgreementReader::Colleague(true));
    let papers = newest.papers.clone().unwrap_or_default();
    let decision = newest.decision.clone().or_else(|| case.internship.decision.clone());
    let own = match reader {
        AgreementReader::Party(Party::Citizen) => Some(own_course(conn, context, &case.course)?),
        _ => None,
    };
    let is_representative = reader == AgreementReader::Representative;
    let is_outsider = is_representative || reader == AgreementReader::Mentor;
    // What the citizen has not agreed to be told is no part of what the company and the mentor read.
    let is_told = matches!(reader, AgreementReader::Party(Party::Company) | AgreementReader::Mentor);
    let hides = is_told && !told;
    let shows = |part: &TermsPart| match part {
        TermsPart::Accommodations => !is_representative && !hides,
        other => !is_outsider || other.is_of_the_stay() || *other == TermsPart::Tasks,
    };
    let confirmed = newest.confirmations.iter().find(|own| reader == AgreementReader::Party(own.party));
    Ok(AgreementView {
        municipality: frame.municipality,
        responsible: frame.responsible.map(|own| ResponsibleView { name: own.name, phone: own.phone, email: own.email }),
        citizen: match reader {
            AgreementReader::Representative => String::new(),
            _ if sees_all => names.citizen_full,
            _ => names.case.citizen.unwrap_or_default(),
        },
        workplace: newest.terms.place.name.clone(),
        address: names.case.address,
        contact: names.case.contact,
        parts: parts(&newest, before.as_ref()).into_iter().filter(|own| shows(&own.part)).collect(),
        reason: papers.reason.filter(|_| sees_all),
        commitment: papers.commitment.filter(|_| !is_outsider),
        decision: decision.filter(|_| sees_all),
        confirmed_on: confirmed.map(|own| own.on),
        waits_for: if is_outsider { Vec::new() } else { newest.unconfirmed() },
        own,
    })
}

fn parts(newest: &Version, before: Option<&Version>) -> Vec<AgreementPart> {
    let changed = before.map_or_else(Vec::new, |before| changed_parts(&before.terms, &newest.terms));
    let part = |part: &TermsPart| {
        let before = changed.iter().find(|own| own.part == *part).map(|own| own.before.clone());
        AgreementPart {
            part: *part,
            label: part.label(),
            lines: part.of(&newest.terms),
            new: before.is_some(),
            before: before.unwrap_or_default(),
        }
    };
    TermsPart::ALL.iter().map(part).filter(|part| !part.lines.is_empty() || part.new).collect()
}

pub(super) fn own_course(conn: &mut Conn, context: &Context, course: &Course) -> Result<OwnCourse, ActionError> {
    let (keys, tenant, citizen) = (&context.services.keys, context.tenant, &course.citizen.id);
    let mut story = story::of_citizen(conn, tenant, citizen)?
        .into_iter()
        .map(|row| Ok(OwnStory { on: row.happened_on, kind: row.kind, words: sealed::STORY.open(keys, &row.id, &row.sealed)? }))
        .collect::<Result<Vec<_>, ActionError>>()?;
    story.sort_by_key(|entry| entry.on);
    let awaited = steps::of_citizen(conn, tenant, citizen)?
        .into_iter()
        .filter(|row| row.kind == StepKind::AwaitedClarification && row.done_on.is_none() && row.cancelled_on.is_none())
        .map(|row| {
            let said = sealed::STEP.open(keys, &row.id, &row.sealed)?;
            Ok(AwaitedView { words: said.words, expected_on: row.expected_on })
        })
        .collect::<Result<Vec<_>, ActionError>>()?;
    let mut former_consultants = Vec::new();
    for change in &course.changes {
        let account = accounts::find(conn, tenant, &change.from)?;
        former_consultants.extend(account.map(|account| FormerConsultant { name: account.name, until: change.on }));
    }
    let goals = course.citizen.goals.iter().map(|goal| goal.own_words.to_string()).collect();
    Ok(OwnCourse { goals, story, awaited, former_consultants })
}
