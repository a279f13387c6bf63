//! Makes a version of the alignment: checks it against all rules, stores it with the rulebook it was checked under, and
//! asks the parties to confirm it.

use super::{Case, Stop, Turn, mailroom};
use crate::{
    domain::{
        alignment::{Cause, ExtensionPapers, Terms},
        course::Course,
        day::Period,
        form::{Fault, Faults, Pointer},
        internship::Internship,
        refusals::{Act, Check, Papers, refusals},
        vocabulary::{Term, TermKind},
    },
    store::{Conn, Failure, Tx, citizens, companies, courses, internships, rows::VersionRow, terms},
};
use chrono::NaiveDate;

/// What is asked of the rules.
pub struct Proposal<'a> {
    pub course: &'a Course,
    pub terms: &'a Terms,
    pub own: Option<&'a Internship>,
    pub act: Act,
    pub new_function: bool,
    pub papers: Papers,
}

/// Asks all rules.
///
/// # Errors
/// All that refuse, at once.
pub fn check(conn: &mut Conn, turn: &Turn, proposal: &Proposal) -> Result<(), Stop> {
    let municipality = &turn.by.municipality;
    let place = proposal.terms.place.workplace.as_str();
    let workplace = companies::workplaces::find(conn, municipality, place)?.ok_or(Stop::NotFound)?;
    let open_prospect =
        companies::prospects::of_workplace(conn, municipality, place)?.iter().any(|prospect| prospect.withdrawn_on.is_none());
    let found = refusals(&Check {
        course: proposal.course,
        terms: proposal.terms,
        own: proposal.own,
        act: proposal.act,
        foresees_vacancy: workplace.foresees_vacancy,
        open_prospect,
        new_function: proposal.new_function,
        papers: proposal.papers.clone(),
        figures: turn.figures(),
        book: &turn.desk.book,
        today: turn.at.today,
    });
    if found.is_empty() { Ok(()) } else { Err(Stop::Refused(found)) }
}

/// Occupation and tasks must stand in the list.
pub fn check_terms(
    conn: &mut Conn,
    turn: &Turn,
    occupation: Option<&Term>,
    tasks: &[Term],
    faults: &mut Faults,
) -> Result<(), Stop> {
    let mut ask = |kind: TermKind, term: &Term, at: Pointer| -> Result<(), Failure> {
        if !terms::knows(conn, &turn.by.municipality, kind, term)? {
            faults.add::<()>(
                &at,
                Fault::new(
                    "unknown-term",
                    "Ordet står ikke på listen. Se /api/v1/terms, eller føj det til.",
                    "Not in the list of terms. See /api/v1/terms, or add it.",
                ),
            );
        }
        Ok(())
    };
    if let Some(occupation) = occupation {
        ask(TermKind::Occupation, occupation, Pointer::root().to("occupation"))?;
    }
    for (index, task) in tasks.iter().enumerate() {
        ask(TermKind::Task, task, Pointer::root().to("tasks").to(index))?;
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
fn seal<T: serde::Serialize>(turn: &Turn, value: &T) -> Result<String, Stop> {
    let text = serde_json::to_string(value).map_err(|error| Failure::Corrupt(error.to_string()))?;
    turn.desk.keys.seal(&text).map_err(super::machine)
}

/// Stores a version of an internship that is on record.
pub fn add(
    tx: &mut Tx,
    turn: &Turn,
    id: &str,
    number: i32,
    terms: &Terms,
    cause: Cause,
    papers: Option<&ExtensionPapers>,
) -> Result<(), Stop> {
    let row = VersionRow {
        internship_id: id.into(),
        number,
        municipality: turn.by.municipality.as_str().into(),
        terms: seal(turn, terms)?,
        hash: terms.hash(id, number),
        cause: cause.code().into(),
        papers: papers.map(|papers| seal(turn, papers)).transpose()?,
        made_on: turn.at.today,
        made_by: turn.by.account.to_string(),
        rulebook: turn.desk.book.version.clone(),
    };
    Ok(internships::add_version(tx, &row)?)
}

/// Adds the next version, with no confirmation, and asks for them anew.
pub fn next(
    tx: &mut Tx,
    turn: &Turn,
    case: Case,
    terms: &Terms,
    cause: Cause,
    papers: Option<&ExtensionPapers>,
) -> Result<(), Stop> {
    let mut row = case.row;
    add(tx, turn, &row.id, case.internship.newest().number + 1, terms, cause, papers)?;
    row.workplace_id = terms.place.workplace.to_string();
    touch(tx, turn, row.clone())?;
    let course = courses::load(tx, &turn.desk.keys, &turn.by.municipality, &row.citizen_id)?.ok_or(Stop::NotFound)?;
    let internship = course.internship(&case.internship.id).ok_or(Stop::NotFound)?;
    mailroom::invite(tx, turn.room(), &row.citizen_id, internship)
}

/// Saves a changed internship: a new revision, and the schedule looks at the citizen again.
pub fn touch(tx: &mut Tx, turn: &Turn, mut row: crate::store::rows::InternshipRow) -> Result<(), Stop> {
    row.revision += 1;
    internships::update(tx, &row)?;
    Ok(citizens::look_again(tx, &row.citizen_id, Some(turn.at.today))?)
}
