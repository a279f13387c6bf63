//! The citizen's course on one page (S9, S17, S20, S25), to read and to print: own goals and story, each internship with what came of it, the
//! jobs, what is awaited, and who has looked after the case. The citizen reads it through a link, those who may see citizens by account.
//!
//! What must never stand in it: flags, phases, beliefs and needs. It holds what the citizen said or was told.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::case_to_see,
            opened_link::{LinkStanding, PresentedLink, open},
        },
    },
    context::{Context, Services, Shown},
    domain::{
        internships::{
            alignment::Party,
            course::Course,
            internship::{Answer, Ended, Internship, State},
            purpose::InternshipType,
        },
        people::{access::Permission, read_log::PersonalData},
        values::{
            day::{At, Period},
            ids::CitizenId,
            localized::Localized,
        },
    },
    outbox::about,
    store::{Conn, citizens, companies, courses},
    views::{
        ShownByLink,
        agreements::{OwnCourse, ResponsibleView, own_course},
    },
};
use chrono::NaiveDate;

/// An internship in a summary.
pub struct SummaryInternship {
    pub workplace: String,
    pub kind: InternshipType,
    pub period: Period,
    pub state: State,
    pub started_on: Option<NaiveDate>,
    /// The days on which somebody followed up.
    pub followed_up: Vec<NaiveDate>,
    pub answers: Vec<Answer>,
    pub ended: Option<Ended>,
    pub next_step: Option<String>,
}

/// What the citizen went on to.
pub struct SummaryOutcome {
    pub what: Localized,
    pub employer: Option<String>,
    pub first_day: NaiveDate,
    pub ended_on: Option<NaiveDate>,
}

/// See the module.
pub struct CourseSummary {
    pub municipality: String,
    pub citizen: String,
    pub reference: String,
    pub responsible: Option<ResponsibleView>,
    pub own: OwnCourse,
    pub internships: Vec<SummaryInternship>,
    pub outcomes: Vec<SummaryOutcome>,
}

/// For those who work here.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CourseSummary, ActionError> {
    context.authorize(Permission::SeeCitizens)?;
    let course = courses::load(conn, &context.services.keys, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    summary(conn, context, &course)
}

/// For the citizen whose link it is; nothing through a link that no longer works, or of anybody else.
///
/// # Errors
/// No such link; not the citizen's; it no longer works; its digits are asked for.
pub fn of_link(
    conn: &mut Conn,
    services: &Services,
    at: At,
    presented: &PresentedLink,
) -> Result<ShownByLink<CourseSummary>, ActionError> {
    let opened = open(conn, presented)?;
    let shown = Shown::default();
    let context = Context::link(services, &opened.tenant, at).noting(&shown);
    let case = case_to_see(conn, &context, &opened.internship)?;
    let works = opened.standing(conn, &context, &case)? == LinkStanding::Works && !opened.asks_digits(&context, presented);
    if opened.party != Party::Citizen || !works {
        return Err(ActionError::NotFound);
    }
    let body = summary(conn, &context, &case.course)?;
    ShownByLink::of(conn, services, at, opened, shown, body)
}

fn summary(conn: &mut Conn, context: &Context, course: &Course) -> Result<CourseSummary, ActionError> {
    context.shows(&course.citizen.id, PersonalData::Course);
    let citizen = citizens::find(conn, context.tenant, &course.citizen.id)?.ok_or(ActionError::NotFound)?;
    let frame = about::frame(conn, context, &citizen.id, &citizen.reference)?;
    let mut outcomes = Vec::new();
    for outcome in &course.outcomes {
        let place = match &outcome.workplace {
            Some(id) => companies::workplaces::find(conn, context.tenant, id)?.map(|place| place.name),
            None => outcome.employer.clone(),
        };
        let (what, first_day, ended_on) = (outcome.step.label(), outcome.first_day, outcome.ended_on);
        outcomes.push(SummaryOutcome { what, employer: place, first_day, ended_on });
    }
    Ok(CourseSummary {
        municipality: frame.municipality,
        responsible: frame.responsible.map(|own| ResponsibleView { name: own.name, phone: own.phone, email: own.email }),
        own: own_course(conn, context, course)?,
        internships: course.internships.iter().map(|own| line(own, context.at.today)).collect(),
        outcomes,
        citizen: citizen.details(&context.services.keys)?.name,
        reference: citizen.reference,
    })
}

fn line(internship: &Internship, today: NaiveDate) -> SummaryInternship {
    let terms = &internship.standing().terms;
    SummaryInternship {
        workplace: terms.place.name.clone(),
        kind: terms.kind(),
        period: terms.period,
        state: internship.state(today),
        started_on: internship.started_on,
        followed_up: internship.held().map(|held| held.on).collect(),
        answers: internship.answers.clone(),
        ended: internship.ended.clone(),
        next_step: internship.next_step.clone(),
    }
}
