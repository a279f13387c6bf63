//! Internships and the versions of their alignment.

use crate::{
    actions::{
        self, ActionError,
        internships::case::{InternshipCase, case_even_in_error},
        people::scope,
    },
    context::Context,
    domain::{
        internships::{
            alignment::{Asked, Cause, Confirmation, Decided, ExtensionPapers, Objection, Party, Terms, Version},
            decision::Decision,
            gate,
            hearing::HearingHeld,
            internship::{Accommodation, Answer, Ended, Road, StartRecord, State},
            meeting::Meeting,
            outcome::Outcome,
            statements::{EmployerStatement, Statement},
        },
        people::{
            access::Permission,
            advice::{Advice, advice, at_booking},
            read_log::PersonalData,
        },
        values::ids::{CitizenId, ContactId, InternshipId, WorkplaceId},
    },
    store::{
        Conn, hearings,
        internships::{self, InternshipFilter},
        schema::InternshipRow,
    },
    views::{
        Representation,
        page::{Cursor, Limit, Page, PageRequest},
        pauses::PauseShown,
        records::{PlaceRecord, place_record},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// An internship in a list.
#[derive(Serialize, ToSchema)]
pub struct InternshipLine {
    pub id: InternshipId,
    pub reference: String,
    pub citizen: CitizenId,
    pub workplace: WorkplaceId,
    pub booked_on: NaiveDate,
    pub started_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
    /// The last day, once its end is recorded.
    pub last_day: Option<NaiveDate>,
}

fn line(context: &Context, row: InternshipRow) -> InternshipLine {
    context.shows(&row.citizen_id, PersonalData::Listed);
    InternshipLine {
        id: row.id,
        reference: row.reference,
        citizen: row.citizen_id,
        workplace: row.workplace_id,
        booked_on: row.booked_on,
        started_on: row.started_on,
        cancelled_on: row.cancelled_on,
        last_day: row.last_day,
    }
}

/// One version of the alignment.
#[derive(Serialize, ToSchema)]
pub struct VersionView {
    pub number: i32,
    /// What a confirmation binds to.
    pub hash: String,
    pub made_on: NaiveDate,
    pub cause: Cause,
    pub terms: Terms,
    /// What lay on the table with an extension, under whichever name.
    pub papers: Option<ExtensionPapers>,
    /// What rules asked, and the reasons that answered them; only for those who may see citizens.
    pub asked: Vec<Asked>,
    pub confirmations: Vec<Confirmation>,
    pub objections: Vec<Objection>,
    /// The day on which it came in force: the last of the three confirmed and, of an extension, its decision was made.
    pub in_force_since: Option<NaiveDate>,
    /// An extension has a decision of its own before it is in force.
    pub needs_decision: bool,
    pub decision: Option<Decision>,
}

/// A version that was withdrawn before it was in force: it counts nowhere.
#[derive(Serialize, ToSchema)]
pub struct WithdrawnVersionView {
    pub version: VersionView,
    pub withdrawn_on: NaiveDate,
    /// For those who may see citizens.
    pub withdrawn_because: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct InternshipView {
    pub id: InternshipId,
    pub reference: String,
    pub citizen: CitizenId,
    pub workplace: WorkplaceId,
    pub state: State,
    pub booked_on: NaiveDate,
    pub road: Option<Road>,
    pub new_function: Option<String>,
    /// The version that stands.
    pub standing_version: i32,
    /// The version to be confirmed.
    pub newest_version: i32,
    /// In order; the last is the newest.
    pub versions: Vec<VersionView>,
    pub withdrawn_versions: Vec<WithdrawnVersionView>,
    pub accommodations: Vec<Accommodation>,
    /// The day on which the citizen said that none are needed.
    pub none_needed_on: Option<NaiveDate>,
    pub contact: Option<ContactId>,
    pub contact_name: Option<String>,
    /// How the citizen is met on the first day.
    pub meeting: Option<Meeting>,
    /// The employee representative's statement.
    pub statement: Option<Statement>,
    pub employer_statement: Option<EmployerStatement>,
    pub decision: Option<Decision>,
    /// What is missing before it can start, and from whom.
    pub missing: Vec<gate::Lack>,
    pub started_on: Option<NaiveDate>,
    /// How the start was recorded: when, why so late, and whether it lay before everything was agreed.
    pub start_recorded: Option<StartRecord>,
    /// Planned or recorded, inclusive.
    pub last_day: NaiveDate,
    /// When the company decides.
    pub decision_on: Option<NaiveDate>,
    pub answers: Vec<Answer>,
    pub ended: Option<Ended>,
    /// What was put to the citizen before the municipality broke it off, and what the citizen said (L26).
    pub hearings: Vec<HearingHeld>,
    pub cancelled_on: Option<NaiveDate>,
    pub next_step: Option<String>,
    /// When it pauses, in order of the days; what was registered in error is left out.
    pub pauses: Vec<PauseShown>,
    /// The day on which it was registered in error: it counts nowhere.
    pub in_error_on: Option<NaiveDate>,
    pub outcomes: Vec<Outcome>,
    /// What became of the internships at the workplace; the whole of it: `/workplaces/{id}/record`.
    pub company_record: PlaceRecord,
    /// What law and study advise: for every booking, and for the citizen's latest phase and motivation.
    pub advice: Vec<Advice>,
}

crate::input! {
    /// Which internships.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct InternshipQuery {
        /// Those of one citizen.
        pub citizen: Option<CitizenId>,
        /// Those at one workplace.
        pub workplace: Option<WorkplaceId>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The internships of the municipality.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &InternshipQuery) -> Result<Page<InternshipLine>, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let filter = InternshipFilter {
        citizen: query.citizen.clone(),
        workplace: query.workplace.clone(),
        within: scope::narrowed(conn, context)?,
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = internships::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(line(context, row)))
}

/// An internship as it stands.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &InternshipId) -> Result<Representation<InternshipView>, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let InternshipCase { row, course, internship } = case_even_in_error(conn, context, id)?;
    context.shows(&row.citizen_id, PersonalData::Internship);
    let sees_needs = context.may(Permission::SeeNeeds);
    let missing = if internship.started_on.is_none() {
        actions::internships::case::missing(context, &course.citizen, &internship)
    } else {
        Vec::new()
    };
    let sees_citizens = context.may(Permission::SeeCitizens);
    let for_citizen = if sees_citizens { advice(&course) } else { Vec::new() };
    let told = internship.company_may_read();
    let shown = |of: &Version| {
        let asked = of.asked.clone().unwrap_or_default();
        let view = VersionView { asked, ..version(of) };
        if sees_citizens { view } else { without_the_citizens(view, told) }
    };
    let withdrawn = internship.withdrawn.iter().map(|withdrawn| WithdrawnVersionView {
        version: shown(&withdrawn.version),
        withdrawn_on: withdrawn.on,
        withdrawn_because: Some(withdrawn.reason.clone()).filter(|_| sees_citizens),
    });
    let withdrawn = withdrawn.collect();
    let mut outcomes: Vec<Outcome> = course.outcomes.into_iter().filter(|own| own.from.as_ref() == Some(id)).collect();
    if !sees_citizens {
        for outcome in &mut outcomes {
            (outcome.next_step, outcome.checks) = (None, Vec::new());
        }
    }
    let company_record = place_record(conn, context, &row.workplace_id)?;
    let hearings =
        if sees_citizens { hearings::of_internship(conn, &context.services.keys, context.tenant, id)? } else { Vec::new() };
    let view = InternshipView {
        company_record,
        hearings,
        in_error_on: row.in_error_on,
        state: internship.state(context.at.today),
        citizen: course.citizen.id,
        workplace: row.workplace_id,
        booked_on: internship.booked_on,
        road: internship.road,
        standing_version: internship.standing().number,
        newest_version: internship.newest().number,
        versions: internship.versions().map(shown).collect(),
        withdrawn_versions: withdrawn,
        missing,
        last_day: internship.last_day(),
        decision_on: internship.decision_on(),
        accommodations: internship
            .accommodations
            .into_iter()
            .filter(|item| sees_citizens || item.agreed_by(Party::Citizen))
            .map(|item| Accommodation { need: item.need.filter(|_| sees_needs), ..item })
            .collect(),
        none_needed_on: internship.none_needed,
        contact: internship.contact,
        contact_name: internship.contact_name,
        meeting: internship.meeting,
        statement: internship.statement,
        employer_statement: internship.employer_statement,
        decision: internship.decision.filter(|_| sees_citizens),
        started_on: internship.started_on,
        start_recorded: internship.start.map(|own| StartRecord { reasons: own.reasons.filter(|_| sees_citizens), ..own }),
        answers: internship.answers,
        ended: internship.ended.map(|own| Ended { note: own.note.filter(|_| sees_citizens), ..own }),
        cancelled_on: internship.cancelled_on,
        next_step: internship.next_step.filter(|_| sees_citizens),
        pauses: internship.pauses.iter().map(|pause| PauseShown::of(pause, sees_needs)).collect(),
        reference: internship.reference,
        new_function: internship.new_function.filter(|_| sees_citizens),
        id: internship.id,
        outcomes,
        advice: at_booking().into_iter().chain(for_citizen).collect(),
    };
    Ok(Representation::of(view, row.revision))
}

/// What somebody reads who may see internships and not citizens: what the company reads too, and no more.
fn without_the_citizens(mut view: VersionView, accommodations_are_told: bool) -> VersionView {
    for confirmation in view.confirmations.iter_mut().filter(|own| own.party != Party::Company) {
        confirmation.given_by = None;
    }
    view.objections.retain(|own| own.party == Party::Company);
    let commitment = view.papers.and_then(|papers| papers.commitment);
    VersionView {
        terms: view.terms.without_the_citizens(accommodations_are_told),
        asked: Vec::new(),
        papers: commitment.map(|own| ExtensionPapers { commitment: Some(own), ..ExtensionPapers::default() }),
        decision: None,
        ..view
    }
}

pub(super) fn version(version: &Version) -> VersionView {
    VersionView {
        number: version.number,
        hash: version.hash.clone(),
        made_on: version.made_on,
        cause: version.cause,
        terms: version.terms.clone(),
        papers: version.papers.clone(),
        asked: Vec::new(),
        confirmations: version.confirmations.clone(),
        objections: version.objections.clone(),
        in_force_since: version.in_force_since(),
        needs_decision: version.decided != Decided::NotNeeded,
        decision: version.decision.clone(),
    }
}
