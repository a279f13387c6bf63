//! What the loader gives where a file leaves it out: what law and gates ask for, in time. A file can so be short, and
//! what is missing on purpose stands out in it as `null`.

use crate::{
    actions::{
        ActionError,
        internships::{
            accommodations::{self, Item, Settlement},
            case::{InternshipCase, case},
            confirming::{self, Confirming},
            papers::{self, ContactPerson, Deciding, Stating},
        },
    },
    context::Seen,
    domain::{
        internships::{
            alignment::{Accommodations, Commitment, Party, Terms, Via},
            internship::Representative,
            purpose::{Kind, Position, Purpose, Skill},
        },
        people::citizen::Need,
        values::{
            day::{At, plus},
            hours::{HoursPlan, HoursStep},
            ids::InternshipId,
            localized::localized,
            text::{Line, Prose, WeeklyHours, Whole},
            vocabulary::Term,
        },
    },
    replay::{
        format::{Accommodated, Given, Hours, Promise, Prospect, Rest},
        stage::{Stage, line},
    },
    store::{Tx, courses},
};
use chrono::NaiveDate;

const QUESTION: &str = "Kan borgeren klare opgaverne på arbejdspladsen?";
const SKILL: &str = "Arbejdspladsens faste rutiner";
const DEMAND: &str = "Kan løse opgaverne på egen hånd";
const ACCOMMODATION: &str = "Opgaver og tempo som aftalt på mødet";
const REPRESENTATIVE: &str = "Arbejdspladsens tillidsrepræsentant";
const REASONS: &str = "Praktikken passer til borgerens mål og situation, og formålet er aftalt med borger og virksomhed.";
const GUIDANCE: &str = "Du kan klage til kommunen inden 4 uger. Fastholder kommunen afgørelsen, sendes klagen til Ankestyrelsen.";

/// Words of the loader as a paragraph.
pub fn prose(text: &str) -> Result<Prose, ActionError> {
    Prose::parse(text).map_err(|fault| ActionError::Conflict(fault.code, fault.message))
}

fn unfit<T>(code: &'static str, da: &str, en: &str) -> Result<T, ActionError> {
    Err(ActionError::Conflict(code, localized(da, en)))
}

/// The law's full week.
pub fn full_time() -> WeeklyHours {
    WeeklyHours::from_minutes(37 * 60)
}

/// One step from a day on.
pub fn one_step(from: NaiveDate, weekly_hours: WeeklyHours) -> Result<HoursPlan, ActionError> {
    HoursPlan::new(vec![HoursStep { from, weekly_hours }])
        .map_or_else(|| unfit("hours", "Timeplanen er tom.", "The plan of hours is empty."), Ok)
}

/// The hours of a booking; left out: all that the citizen can manage.
pub fn hours(scene: &Stage, rest: &Rest, first: NaiveDate) -> Result<HoursPlan, ActionError> {
    match &rest.hours {
        Some(Hours::Plan(plan)) => Ok(plan.clone()),
        Some(Hours::Same(hours)) => one_step(first, *hours),
        None => one_step(first, scene.case.citizen.hours_capacity),
    }
}

/// The hours after a change: of one that runs, what has been worked stays and the new hours hold from today; a plan that is
/// not changed moves with the first day.
pub fn changed_hours(
    rest: &Rest,
    old: &Terms,
    first: NaiveDate,
    runs: bool,
    today: NaiveDate,
) -> Result<Option<HoursPlan>, ActionError> {
    let steps = old.hours.steps();
    let moved = match &rest.hours {
        Some(Hours::Plan(plan)) => return Ok(Some(plan.clone())),
        Some(Hours::Same(hours)) if runs => {
            let worked = steps.iter().copied().filter(|step| step.from < today);
            worked.chain([HoursStep { from: today.max(first), weekly_hours: *hours }]).collect()
        }
        Some(Hours::Same(hours)) => return one_step(first, *hours).map(Some),
        None if first == old.period.first => return Ok(None),
        None => {
            let begins = HoursStep { from: first, weekly_hours: steps.first().map_or_else(full_time, |step| step.weekly_hours) };
            [begins].into_iter().chain(steps.iter().skip(1).copied().filter(|step| step.from > first)).collect::<Vec<_>>()
        }
    };
    HoursPlan::new(moved).map_or_else(
        || unfit("hours", "Trinene i timeplanen passer ikke.", "The steps of hours do not fit."),
        |plan| Ok(Some(plan)),
    )
}

/// What the internship is for; of a change, what it leaves out stays.
pub fn purpose(
    kind: Kind,
    rest: &Rest,
    first: NaiveDate,
    last: NaiveDate,
    before: Option<&Purpose>,
) -> Result<Purpose, ActionError> {
    let (question, skill) = (line(QUESTION)?, line(SKILL)?);
    let is = |own: Kind| kind == own;
    let questions = rest.questions.or_else(|| {
        let stood = before.and_then(|purpose| purpose.questions.clone());
        stood.or_else(|| is(Kind::Clarification).then(|| vec![question]))
    });
    let marks = Whole::parse(2).zip(Whole::parse(4));
    let skills = rest.skills.or_else(|| {
        let stood = before.and_then(|purpose| purpose.skills.clone());
        stood.or_else(|| marks.filter(|_| is(Kind::Training)).map(|(now, target)| vec![Skill { skill, now, target }]))
    });
    let stood = before.and_then(|purpose| purpose.prospect.clone());
    let prospect = match &rest.prospect {
        Given::Is(prospect) => position(prospect, first, last)?,
        Given::Null => None,
        Given::LeftOut if stood.is_none() && is(Kind::Recruitment) => {
            let unsaid = Prospect {
                position: None,
                weekly_hours: None,
                must_be_able_to: Given::LeftOut,
                decision_on: Given::LeftOut,
                commitment: None,
            };
            position(&unsaid, first, last)?
        }
        Given::LeftOut => stood,
    };
    Ok(Purpose { kind, questions, skills, prospect })
}

/// Without a decision date there is no position that could be stated.
fn position(prospect: &Prospect, first: NaiveDate, last: NaiveDate) -> Result<Option<Position>, ActionError> {
    let (title, demand) = (line("Medarbejder")?, line(DEMAND)?);
    Ok(prospect.decision_on.or(|| plus(last, -7).max(plus(first, 1)).min(last)).map(|decision_on| Position {
        position: prospect.position.clone().unwrap_or(title),
        weekly_hours: prospect.weekly_hours.unwrap_or_else(full_time),
        must_be_able_to: prospect.must_be_able_to.or(|| vec![demand]).unwrap_or_default(),
        decision_on,
        commitment: prospect.commitment.clone(),
    }))
}

/// The company's commitment in full: to its own words the loader adds position, hours, first day and condition.
///
/// # Errors
/// Words that are too long.
pub fn commitment(
    promise: &Promise,
    purpose: &Purpose,
    occupation: &Term,
    hours: &HoursPlan,
    to: NaiveDate,
) -> Result<Commitment, ActionError> {
    let words = match promise {
        Promise::Full(commitment) => return Ok(commitment.as_ref().clone()),
        Promise::Words(words) => words,
    };
    let prospect = purpose.prospect.as_ref();
    let planned = hours.steps().last().map_or_else(full_time, |step| step.weekly_hours);
    Ok(Commitment {
        position: prospect
            .map_or_else(|| line(&super::diary::occupation(occupation)), |position| Ok(position.position.clone()))?,
        weekly_hours: prospect.map_or(planned, |position| position.weekly_hours),
        latest_first_day: plus(to, 1),
        condition: prose("Borgeren kan løse de aftalte opgaver")?,
        words: Some(words.clone()),
    })
}

fn by_needs(needs: &[Need]) -> Accommodated {
    if needs.is_empty() { Accommodated::NoneNeeded } else { Accommodated::Agreed }
}

fn settlement(needs: &[Need], how: Accommodated) -> Result<Settlement, ActionError> {
    let items = match how {
        Accommodated::NoneNeeded => return Ok(Settlement { items: None, none_needed: Some(true) }),
        Accommodated::Agreed if needs.is_empty() => vec![Item { function: line(ACCOMMODATION)?, need: None }],
        Accommodated::Agreed => {
            needs.iter().map(|need| Item { function: need.facts.function.clone(), need: Some(need.id.clone()) }).collect()
        }
    };
    Ok(Settlement { items: Some(items), none_needed: None })
}

/// What is written about accommodations when the internship is booked. Where a `start` says that they are missing, they
/// are at most proposed, so that agreeing later makes no new version.
///
/// # Errors
/// A failure of the database.
pub fn settled_at_booking(tx: &mut Tx, scene: &Stage, at: At, internship: &str) -> Result<Option<Settlement>, ActionError> {
    let needs = courses::needs(tx, &scene.desk.keys, scene.tenant(), &scene.citizen)?;
    let mut starts = scene.case.starts_of(internship, at.today).map(|start| start.accommodations.or(|| by_needs(&needs)));
    let how = match starts.next() {
        None => Some(by_needs(&needs)),
        Some(Some(how)) => Some(how),
        Some(None) => starts.flatten().next().filter(|later| *later == Accommodated::Agreed),
    };
    how.map(|how| settlement(&needs, how)).transpose()
}

fn load(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<InternshipCase, ActionError> {
    case(tx, &scene.context(&scene.consultant, at), id)
}

/// Accommodations as a start says: agreed by citizen and company, or not needed. Where that makes a new version, whoever had
/// confirmed the one before confirms again: the file knows no such step.
///
/// # Errors
/// Those of the actions.
pub fn accommodate(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    id: &InternshipId,
    given: &Given<Accommodated>,
) -> Result<(), ActionError> {
    let context = scene.context(&scene.consultant, at);
    let needs = courses::needs(tx, &scene.desk.keys, scene.tenant(), &scene.citizen)?;
    let Some(how) = given.or(|| by_needs(&needs)) else { return Ok(()) };
    let internship = load(tx, scene, at, id)?.internship;
    let stands = match &internship.newest().terms.accommodations {
        Accommodations::Unsettled => false,
        Accommodations::NoneNeeded => how == Accommodated::NoneNeeded,
        Accommodations::Items(_) => how == Accommodated::Agreed,
    };
    if !stands {
        let had: Vec<Party> = Party::ALL.iter().copied().filter(|party| internship.newest().confirmed_by(*party)).collect();
        accommodations::settle(tx, &context, Seen::Newest, id, &settlement(&needs, how)?)?;
        confirm(tx, scene, at, id, &had)?;
    }
    agree(tx, scene, at, id)
}

/// Citizen and company agree to each item, at a meeting.
fn agree(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<(), ActionError> {
    let items: Vec<_> = load(tx, scene, at, id)?.internship.accommodations.into_iter().map(|item| item.id).collect();
    for party in [Party::Citizen, Party::Company] {
        if !items.is_empty() {
            let agreeing = accommodations::Agreeing { party, accommodations: items.clone(), via: Via::Meeting };
            accommodations::agree(tx, &scene.context(&scene.consultant, at), id, &agreeing)?;
        }
    }
    Ok(())
}

/// These confirm the newest version, where they have not: the consultant in the system, the others at a meeting.
///
/// # Errors
/// Those of the action.
pub fn confirm(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId, parties: &[Party]) -> Result<(), ActionError> {
    for party in parties {
        let internship = load(tx, scene, at, id)?.internship;
        let newest = internship.newest();
        if newest.confirmed_by(*party) {
            continue;
        }
        let via = if *party == Party::Consultant { Via::Account } else { Via::Meeting };
        let hash = crate::domain::values::text::Text::parse(&newest.hash)
            .map_err(|fault| ActionError::Conflict(fault.code, fault.message))?;
        let confirming = Confirming { party: *party, via, hash, agreed_accommodations: None };
        confirming::confirm(tx, &scene.context(&scene.consultant, at), id, &confirming)?;
    }
    Ok(())
}

/// A contact person: the one whom the file names, or the workplace's.
///
/// # Errors
/// Those of the actions.
pub fn name_contact(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId, given: &Given<Line>) -> Result<(), ActionError> {
    let row = load(tx, scene, at, id)?.row;
    let Some(place) = scene.places.iter().find(|place| place.workplace == row.workplace_id) else { return Ok(()) };
    let contact = match given {
        Given::Null => return Ok(()),
        Given::LeftOut => place.contact.clone(),
        Given::Is(name) => {
            let email = scene.address(&format!("kontakt-{}", row.reference.to_lowercase()), "virksomhed.example")?;
            let details = crate::actions::companies::register::ContactDetails {
                name: name.clone(),
                email: Some(email),
                phone: None,
                job: None,
                left_on: None,
            };
            crate::actions::companies::register::add_contact(tx, &scene.context(&scene.liaison, at), &place.workplace, &details)?
        }
    };
    papers::name_contact(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &ContactPerson { contact })
}

/// The employee representative's statement.
///
/// # Errors
/// Those of the action.
pub fn state(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    id: &InternshipId,
    given: &Given<(Representative, bool)>,
) -> Result<(), ActionError> {
    let Some((given_by, conditions_met)) = given.or(|| (Representative::Unit, true)) else { return Ok(()) };
    let name = (given_by != Representative::NoneRequired).then(|| line(REPRESENTATIVE)).transpose()?;
    papers::state(
        tx,
        &scene.context(&scene.consultant, at),
        Seen::Newest,
        id,
        &Stating { given_by, name, absent: None, conditions_met },
    )
}

/// The decision with its reasons and how to complain.
///
/// # Errors
/// Those of the action.
pub fn decide(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId, given: &Given<Prose>) -> Result<(), ActionError> {
    let standard = prose(REASONS)?;
    let Some(reasons) = given.or(|| standard) else { return Ok(()) };
    let deciding = Deciding { reasons, complaint_guidance: prose(GUIDANCE)? };
    papers::decide(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &deciding)
}

/// All that the gate asks for, on the day of booking.
///
/// # Errors
/// Those of the actions.
pub fn ready(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<(), ActionError> {
    agree(tx, scene, at, id)?;
    name_contact(tx, scene, at, id, &Given::LeftOut)?;
    state(tx, scene, at, id, &Given::LeftOut)?;
    decide(tx, scene, at, id, &Given::LeftOut)?;
    confirm(tx, scene, at, id, Party::ALL)
}

/// After a move to another workplace, contact person and statement are those of the new one.
///
/// # Errors
/// Those of the actions.
pub fn ready_elsewhere(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<(), ActionError> {
    name_contact(tx, scene, at, id, &Given::LeftOut)?;
    state(tx, scene, at, id, &Given::LeftOut)
}
