//! Follow-ups for those who may see citizens; what citizen and consultant believe over time (S16).

use crate::{
    actions::{ActionError, people::scope},
    context::Context,
    domain::{
        internships::{
            course::Course,
            follow_up::{Belief, FollowUp, Motivation, Phase, Planned, Record},
            link_purpose::LinkPurpose,
        },
        people::{
            access::Permission,
            advice::{Advice, advice},
            read_log::PersonalData,
        },
        values::{
            clock_time::ClockTime,
            ids::{AccountId, CitizenId, FollowUpId, InternshipId},
        },
    },
    store::{
        Conn, courses,
        follow_ups::{self, FollowUpFilter},
        schema::{AddendumRow, FollowUpRow},
        sealed,
    },
    views::{
        Representation, citizens,
        page::{Cursor, Limit, Page, PageRequest},
        written::{self, WrittenView},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct FollowUpView {
    pub id: FollowUpId,
    pub citizen: CitizenId,
    pub internship: InternshipId,
    pub kind: Planned,
    /// The day on which the plan put it.
    pub planned_on: NaiveDate,
    /// The day on which it is due now.
    pub due_on: NaiveDate,
    /// The time of day in Copenhagen, where one is agreed.
    pub at: Option<ClockTime>,
    /// Where, where that is agreed.
    pub place: Option<String>,
    /// Null until it is held.
    pub held_on: Option<NaiveDate>,
    pub record: Option<Record>,
    pub cancelled_on: Option<NaiveDate>,
    pub cancel_reason: Option<String>,
    /// What citizen and company wrote beforehand, oldest first.
    pub written: Vec<WrittenView>,
    /// What was added after it was held, eldest first.
    pub addenda: Vec<AddendumView>,
    /// The day on which it was registered in error: it counts nowhere.
    pub in_error_on: Option<NaiveDate>,
}

/// What was added to a follow-up.
#[derive(Serialize, ToSchema)]
pub struct AddendumView {
    pub words: String,
    pub added_on: NaiveDate,
    pub added_by: AccountId,
}

fn view(
    context: &Context,
    row: &FollowUpRow,
    addenda: &[AddendumRow],
    wrote: &[WrittenView],
) -> Result<FollowUpView, ActionError> {
    context.shows(&row.citizen_id, PersonalData::FollowUp);
    let keys = &context.services.keys;
    let beforehand = |own: &&WrittenView| own.of.0 == LinkPurpose::FollowUp && own.of.1 == row.id.as_str();
    let own = addenda.iter().filter(|addendum| addendum.follow_up_id == row.id).map(|addendum| {
        let words = sealed::ADDENDUM.open(keys, &addendum.id, &addendum.sealed)?;
        Ok(AddendumView { words, added_on: addendum.added_on, added_by: addendum.added_by.clone() })
    });
    let addenda = own.collect::<Result<_, ActionError>>()?;
    let FollowUp { id, internship, kind, planned_on, due_on, at, place, held, cancelled_on } = courses::follow_up(row, keys)?;
    Ok(FollowUpView {
        id,
        citizen: row.citizen_id.clone(),
        internship,
        kind,
        planned_on,
        due_on,
        at,
        place,
        held_on: held.as_ref().map(|held| held.on),
        record: held.map(|held| held.record),
        cancelled_on,
        cancel_reason: sealed::FOLLOW_UP_CANCEL_REASON.open_some(keys, &row.id, row.cancel_reason.as_ref())?,
        written: wrote.iter().filter(beforehand).cloned().collect(),
        addenda,
        in_error_on: row.in_error_on,
    })
}

/// What was found on a day.
#[derive(Serialize, ToSchema)]
pub struct BeliefOn {
    pub on: NaiveDate,
    pub internship: String,
    pub phase: Option<Phase>,
    pub motivation: Option<Motivation>,
    /// Both on the same scale, 0 to 10.
    pub belief: Option<Belief>,
}

#[derive(Serialize, ToSchema)]
pub struct BeliefsView {
    /// In order of the days.
    pub follow_ups: Vec<BeliefOn>,
    /// What the study advises for the latest phase and motivation.
    pub advice: Vec<Advice>,
}

fn beliefs_in(course: &Course) -> BeliefsView {
    let held = course.held();
    let on = held.iter().map(|(internship, held)| BeliefOn {
        on: held.on,
        internship: internship.reference.clone(),
        phase: held.record.phase,
        motivation: held.record.motivation,
        belief: held.record.belief,
    });
    BeliefsView { follow_ups: on.collect(), advice: advice(course) }
}

crate::input! {
    /// Which follow-ups.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct FollowUpQuery {
        pub citizen: Option<CitizenId>,
        pub internship: Option<InternshipId>,
        /// True: those still to be held; false: those held or cancelled.
        pub open: Option<bool>,
        /// Due on that day or before.
        pub due_by: Option<NaiveDate>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The follow-ups of the municipality, in the order in which they were planned.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &FollowUpQuery) -> Result<Page<FollowUpView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let filter = FollowUpFilter {
        citizen: query.citizen.clone(),
        internship: query.internship.clone(),
        open: query.open,
        due_by: query.due_by,
        within: scope::narrowed(conn, context)?,
    };
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let rows = follow_ups::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    let ids: Vec<FollowUpId> = rows.iter().map(|row| row.id.clone()).collect();
    let addenda = follow_ups::addenda(conn, context.tenant, &ids)?;
    let of: Vec<InternshipId> = rows.iter().map(|row| row.internship_id.clone()).collect();
    let wrote = written::all(conn, context, &of)?;
    request.page(rows, |row| row.id.to_string(), |row| view(context, &row, &addenda, &wrote))
}

/// One follow-up, with what was said.
///
/// # Errors
/// Not for this role; not found.
pub fn one(conn: &mut Conn, context: &Context, id: &FollowUpId) -> Result<Representation<FollowUpView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let row = follow_ups::find_even_in_error(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let addenda = follow_ups::addenda(conn, context.tenant, std::slice::from_ref(id))?;
    let wrote = written::all(conn, context, std::slice::from_ref(&row.internship_id))?;
    Ok(Representation::of(view(context, &row, &addenda, &wrote)?, row.revision))
}

/// What a citizen and the consultant believe, over all follow-ups held.
///
/// # Errors
/// Not for this role; not found.
pub fn beliefs(conn: &mut Conn, context: &Context, citizen: &CitizenId) -> Result<Representation<BeliefsView>, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    citizens::row(conn, context, citizen)?;
    context.shows(citizen, PersonalData::FollowUp);
    let course = courses::load(conn, &context.services.keys, context.tenant, citizen)?;
    Ok(Representation::only(beliefs_in(&course.ok_or(ActionError::NotFound)?)))
}
