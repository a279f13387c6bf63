//! What the gate asks for: contact person, statement, decision.

use crate::{
    actions::{
        ActionError,
        internships::{
            employer_statement::{self, EmployerStating},
            papers::{self, ContactPerson, Deciding},
            statement::{self, Stating},
        },
    },
    context::Seen,
    domain::{
        internships::{
            alignment::{Party, Via},
            statements::Representative,
        },
        values::{
            day::At,
            ids::InternshipId,
            text::{Line, Prose},
        },
    },
    replay::{
        format::Given,
        implied::{
            accommodations::agree,
            confirmations::{confirm, load},
        },
        stage::Stage,
        words::{line, prose},
    },
    store::Tx,
};

const REPRESENTATIVE: &str = "Arbejdspladsens tillidsrepræsentant";

const REASONS: &str = "Praktikken passer til borgerens mål og situation, og formålet er aftalt med borger og virksomhed.";

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
            let details = crate::actions::companies::contacts::ContactDetails {
                name: name.clone(),
                email: Some(email),
                phone: None,
                job: None,
                left_on: None,
            };
            crate::actions::companies::contacts::add(tx, &scene.context(&scene.liaison, at), &place.workplace, &details)?
        }
    };
    papers::name_contact(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &ContactPerson { contact })
}

/// The statements of employer and employee representative.
///
/// # Errors
/// Those of the actions.
pub fn state(
    tx: &mut Tx,
    scene: &Stage,
    at: At,
    id: &InternshipId,
    given: &Given<(Representative, bool)>,
) -> Result<(), ActionError> {
    state_as_employer(tx, scene, at, id)?;
    let Some((given_by, conditions_met)) = given.or(|| (Representative::Unit, true)) else { return Ok(()) };
    let name = (given_by != Representative::NoneRequired).then(|| line(REPRESENTATIVE)).transpose()?;
    statement::state(
        tx,
        &scene.context(&scene.consultant, at),
        Seen::Newest,
        id,
        &Stating { given_by, name, absent: None, conditions_met, via: None, remark: None },
    )
}

/// The employer's statement, which no file speaks of.
fn state_as_employer(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId) -> Result<(), ActionError> {
    let stating = EmployerStating { conditions_met: true, via: Via::Paper, given_by: None, remark: None };
    employer_statement::record(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &stating)
}

/// The decision with its reasons and how to complain.
///
/// # Errors
/// Those of the action.
pub fn decide(tx: &mut Tx, scene: &Stage, at: At, id: &InternshipId, given: &Given<Prose>) -> Result<(), ActionError> {
    let Some(deciding) = deciding(given)? else { return Ok(()) };
    papers::decide(tx, &scene.context(&scene.consultant, at), Seen::Newest, id, &deciding)
}

/// A decision with its reasons and how to complain; none where the file says that it is missing.
///
/// # Errors
/// None, as a test holds.
pub fn deciding(given: &Given<Prose>) -> Result<Option<Deciding>, ActionError> {
    let standard = prose(REASONS)?;
    let Some(reasons) = given.or(|| standard) else { return Ok(None) };
    Ok(Some(Deciding { reasons, complaint_guidance: None }))
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
