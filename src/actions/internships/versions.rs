//! Makes a version of the alignment: checks it against all rules, stores it with the rulebook it was checked under, and
//! asks the parties to confirm it.

use crate::{
    actions::{
        ActionError,
        internships::{case::InternshipCase, reasons},
    },
    context::Context,
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::{Asked, Cause, ExtensionPapers, Terms},
            course::Course,
            internship::Internship,
        },
        rules::refusals::{Act, AskRule, Check, Papers, answers},
        values::{
            day::Period,
            text::Prose,
            vocabulary::{Term, TermKind},
        },
    },
    outbox::queue,
    store::{Conn, StoreError, Tx, citizens, companies, courses, internships, schema::VersionRow, terms, workplaces},
};
use chrono::NaiveDate;

/// What is asked of the rules.
pub struct Proposal<'a> {
    pub course: &'a Course,
    pub terms: &'a Terms,
    pub own: Option<&'a Internship>,
    pub act: Act,
    pub new_function: bool,
    /// The booker's own answers to what rules ask.
    pub reasons: &'a [(AskRule, &'a Option<Prose>)],
    pub papers: Papers,
}

/// Asks all rules; what was asked and answered.
///
/// # Errors
/// All that refuse or ask, at once.
pub fn check(tx: &mut Tx, context: &Context, proposal: &Proposal) -> Result<Vec<Asked>, ActionError> {
    let tenant = context.tenant;
    let id = &proposal.terms.place.workplace;
    let place = companies::workplaces::find(tx, tenant, id.as_str())?.ok_or(ActionError::NotFound)?;
    let open_prospect =
        companies::prospects::of_workplace(tx, tenant, id.as_str())?.iter().any(|prospect| prospect.withdrawn_on.is_none());
    let workplace = workplaces::load(tx, &context.services.keys, tenant, id.as_str(), context.figures(), context.at.today)?;
    let workplace = workplace.ok_or(ActionError::NotFound)?;
    let citizen = &proposal.course.citizen.id;
    let reasons = reasons::on_the_table(tx, context, citizen, id, proposal.reasons)?;
    let found = answers(&Check {
        course: proposal.course,
        terms: proposal.terms,
        own: proposal.own,
        workplace: &workplace,
        reasons: &reasons,
        act: proposal.act,
        foresees_vacancy: place.foresees_vacancy,
        open_prospect,
        new_function: proposal.new_function,
        papers: proposal.papers.clone(),
        figures: context.figures(),
        book: &context.services.book,
        today: context.at.today,
    });
    if !found.stops.is_empty() {
        return Err(ActionError::Refused(found.stops));
    }
    reasons::take(tx, context, citizen, id, &found.asked)?;
    Ok(found.asked)
}

/// A term must stand in the list.
fn check_term(
    conn: &mut Conn,
    context: &Context,
    kind: TermKind,
    term: &Term,
    at: &Pointer,
    faults: &mut Faults,
) -> Result<(), ActionError> {
    if !terms::knows(conn, context.tenant, kind, term)? {
        faults.add::<()>(
            at,
            Fault::new(
                "unknown-term",
                "Ordet står ikke på listen. Se /api/v1/terms, eller føj det til.",
                "Not in the list of terms. See /api/v1/terms, or add it.",
            ),
        );
    }
    Ok(())
}

/// Occupation and tasks must stand in the list.
pub fn check_terms(
    conn: &mut Conn,
    context: &Context,
    occupation: Option<&Term>,
    tasks: &[Term],
    faults: &mut Faults,
) -> Result<(), ActionError> {
    let root = Pointer::root();
    if let Some(occupation) = occupation {
        check_term(conn, context, TermKind::Occupation, occupation, &root.to("occupation"), faults)?;
    }
    for (index, task) in tasks.iter().enumerate() {
        check_term(conn, context, TermKind::Task, task, &root.to("tasks").to(index), faults)?;
    }
    Ok(())
}

/// So must accommodations.
pub fn check_accommodations(conn: &mut Conn, context: &Context, given: &[Term], faults: &mut Faults) -> Result<(), ActionError> {
    for (index, accommodation) in given.iter().enumerate() {
        let at = Pointer::root().to("accommodations").to(index);
        check_term(conn, context, TermKind::Accommodation, accommodation, &at, faults)?;
    }
    Ok(())
}

/// The period of two fields, and the hours plan that must begin with it.
pub fn check_period(first: NaiveDate, last: NaiveDate, plan_begins: Option<NaiveDate>, faults: &mut Faults) -> Option<Period> {
    let root = Pointer::root();
    if plan_begins != Some(first) {
        faults.add::<()>(
            &root.to("hours").to(0).to("from"),
            Fault::new(
                "hours-begin",
                format!("Timeplanen skal begynde den første dag, {first}."),
                format!("The plan of hours must begin on the first day, {first}."),
            ),
        );
    }
    Period::new(first, last).or_else(|| {
        faults.add(
            &root.to("last_day"),
            Fault::new("before-first-day", "Kan ikke ligge før den første dag.", "Cannot be before the first day."),
        )
    })
}

/// Terms and papers can tell of health: sealed.
fn seal<T: serde::Serialize>(context: &Context, value: &T) -> Result<String, ActionError> {
    let text = serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    context.services.keys.seal(&text).map_err(crate::actions::error::machine)
}

/// What a version rests on: why it was made, what lay on the table, what rules asked.
pub struct Ground {
    pub cause: Cause,
    pub papers: Option<ExtensionPapers>,
    pub asked: Vec<Asked>,
}

/// Stores a version of an internship that is on record.
pub fn add(tx: &mut Tx, context: &Context, id: &str, number: i32, terms: &Terms, ground: &Ground) -> Result<(), ActionError> {
    let row = VersionRow {
        internship_id: id.into(),
        number,
        municipality: context.tenant.clone(),
        terms: seal(context, terms)?,
        hash: terms.hash(id, number),
        cause: ground.cause.code().into(),
        papers: ground.papers.as_ref().map(|papers| seal(context, papers)).transpose()?,
        made_on: context.at.today,
        made_by: context.account()?.id.to_string(),
        rulebook: context.services.book.version.clone(),
        asked: Some(seal(context, &ground.asked)?),
    };
    Ok(internships::add_version(tx, &row)?)
}

/// Adds the next version, with no confirmation, and asks for them anew.
pub fn next(tx: &mut Tx, context: &Context, case: InternshipCase, terms: &Terms, ground: &Ground) -> Result<(), ActionError> {
    let mut row = case.row;
    add(tx, context, &row.id, case.internship.newest().number + 1, terms, ground)?;
    companies::workplaces::look_again(tx, &row.workplace_id, Some(context.at.today))?;
    row.workplace_id = terms.place.workplace.to_string();
    touch(tx, context, row.clone())?;
    let course = courses::load(tx, &context.services.keys, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    let internship = course.internship(&case.internship.id).ok_or(ActionError::NotFound)?;
    queue::invite(tx, context, &row.citizen_id, internship)
}

/// Saves a changed internship: a new revision, and the schedule looks at the citizen and the workplace again.
pub fn touch(tx: &mut Tx, context: &Context, mut row: crate::store::schema::InternshipRow) -> Result<(), ActionError> {
    row.revision += 1;
    internships::update(tx, &row)?;
    companies::workplaces::look_again(tx, &row.workplace_id, Some(context.at.today))?;
    Ok(citizens::look_again(tx, &row.citizen_id, Some(context.at.today))?)
}
