//! Continuity (S9, S17, S20): a change of consultant with its handover, which the new one reads and confirms; the citizen's
//! wishes and story in one place. What people wrote is encrypted.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        people::{closed, consultant::check_consultant},
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::{access::Permission, continuity::StoryKind},
        values::{
            ids::{AccountId, CitizenId, ConsultantChangeId, StoryId},
            text::Prose,
        },
    },
    outbox::{emit::emit, event::Event},
    store::{
        Tx, citizens, continuity,
        schema::{CitizenRow, ConsultantChangeRow, StoryRow},
        sealed::{self, SealedText},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Another consultant for a citizen.
    pub struct NewConsultant {
        pub consultant: AccountId,
        /// What the new one has to know; it can be written later, too.
        pub handover: Option<Prose>,
        /// The citizen wished for the change; left out: not marked.
        pub wished_by_citizen: Option<bool>,
    }
}

crate::input! {
    /// What the new consultant has to know.
    pub struct Handover {
        pub text: Prose,
    }
}

crate::input! {
    /// A wish, a piece of the story, an offer, a turning point.
    pub struct NewStory {
        pub kind: StoryKind,
        /// Today or before; left out: today.
        pub happened_on: Option<NaiveDate>,
        pub words: Prose,
    }
}

fn seal_handover(context: &Context, id: &ConsultantChangeId, text: &Prose) -> Result<SealedText, ActionError> {
    Ok(sealed::HANDOVER.seal(&context.services.keys, id, &text.to_string())?)
}

/// Gives a citizen another consultant.
///
/// # Errors
/// Not found; changed since; a consultant who is none, or is responsible already.
pub fn change(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    citizen: &CitizenId,
    new: &NewConsultant,
) -> Result<ConsultantChangeId, ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    give_to(tx, context, seen, citizen, new)
}

/// The same for an action that has authorised already.
///
/// # Errors
/// As [`change`].
pub fn give_to(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    citizen: &CitizenId,
    new: &NewConsultant,
) -> Result<ConsultantChangeId, ActionError> {
    let mut row = closed::citizen(tx, context, citizen)?;
    seen.check(row.revision)?;
    if row.consultant_id == new.consultant {
        return fault("consultant", Fault::new("unchanged", "Er allerede ansvarlig.", "Is responsible already."));
    }
    check_consultant(tx, context, &new.consultant)?;
    let id = note(tx, context, &row, new)?;
    row.consultant_id = new.consultant.clone();
    row.look_on = Some(context.at.today);
    row.revision += 1;
    citizens::update(tx, &row)?;
    tell_citizen(tx, context, &id, &row, new)?;
    Ok(id)
}

/// Tells the citizen who is responsible now, where the course is open and there is an address.
///
/// # Errors
/// A failure of the database.
pub fn tell_citizen(
    tx: &mut Tx,
    context: &Context,
    change: &ConsultantChangeId,
    citizen: &CitizenRow,
    new: &NewConsultant,
) -> Result<(), ActionError> {
    if let (Some(to), None) = (&citizen.email(&context.services.keys)?, citizen.closed_since) {
        let handed_over = new.handover.is_some();
        emit(tx, context, Event::ConsultantChanged { change, citizen, handed_over, to })?;
    }
    Ok(())
}

/// Notes that somebody else becomes responsible for a citizen whose record still names the former one.
///
/// # Errors
/// A failure of the database.
pub fn note(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenRow,
    new: &NewConsultant,
) -> Result<ConsultantChangeId, ActionError> {
    let (id, handover) = (ConsultantChangeId::new(context.at), new.handover.as_ref());
    let row = ConsultantChangeRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        citizen_id: citizen.id.clone(),
        from_id: citizen.consultant_id.clone(),
        to_id: new.consultant.clone(),
        changed_on: context.at.today,
        sealed: handover.map(|text| seal_handover(context, &id, text)).transpose()?,
        handed_over_on: handover.map(|_| context.at.today),
        read_on: None,
        revision: 1,
        wished_by_citizen: new.wished_by_citizen.unwrap_or_default(),
    };
    continuity::insert(tx, &row)?;
    Ok(id)
}

/// Writes the handover of a change, as long as it has not been read.
///
/// # Errors
/// Not found; changed since; read already.
pub fn hand_over(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &ConsultantChangeId,
    handover: &Handover,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let mut row = continuity::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if row.read_on.is_some() {
        return conflict("read-already", "Overleveringen er allerede læst.", "The handover has been read already.");
    }
    row.sealed = Some(seal_handover(context, &row.id, &handover.text)?);
    row.handed_over_on = Some(context.at.today);
    save(tx, context, row)
}

/// The responsible consultant confirms having read the handover.
///
/// # Errors
/// Not found; not the responsible consultant; nothing to read; read already.
pub fn confirm_reading(tx: &mut Tx, context: &Context, id: &ConsultantChangeId) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let mut row = continuity::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let citizen = citizens::find(tx, context.tenant, &row.citizen_id)?.ok_or(ActionError::NotFound)?;
    if citizen.consultant_id != context.account()?.id {
        return conflict(
            "not-responsible",
            "Kun den konsulent, der er ansvarlig nu, bekræfter at have læst den.",
            "Only the consultant who is responsible now confirms having read it.",
        );
    }
    if row.sealed.is_none() {
        return conflict("no-handover", "Der er ingen overlevering endnu.", "There is no handover yet.");
    }
    if row.read_on.is_some() {
        return conflict("read-already", "Overleveringen er allerede læst.", "The handover has been read already.");
    }
    row.read_on = Some(context.at.today);
    save(tx, context, row)
}

fn save(tx: &mut Tx, context: &Context, mut row: ConsultantChangeRow) -> Result<(), ActionError> {
    row.revision += 1;
    continuity::update(tx, &row)?;
    Ok(citizens::look_again(tx, context.tenant, &row.citizen_id, Some(context.at.today))?)
}

/// Adds to the citizen's story.
///
/// # Errors
/// Not found; a day to come.
pub fn tell(tx: &mut Tx, context: &Context, citizen: &CitizenId, new: &NewStory) -> Result<StoryId, ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    add_to_story(tx, context, citizen, new)
}

/// Adds an entry for an action that has authorised already.
///
/// # Errors
/// As [`tell`].
pub fn add_to_story(tx: &mut Tx, context: &Context, citizen: &CitizenId, new: &NewStory) -> Result<StoryId, ActionError> {
    closed::citizen(tx, context, citizen)?;
    let on = new.happened_on.unwrap_or(context.at.today);
    not_in_future("happened_on", on, context.at.today)?;
    let id = StoryId::new(context.at);
    continuity::story::insert(
        tx,
        &StoryRow {
            id: id.clone(),
            municipality: context.tenant.clone(),
            citizen_id: citizen.clone(),
            kind: new.kind,
            happened_on: on,
            sealed: sealed::STORY.seal(&context.services.keys, &id, &new.words.to_string())?,
            recorded_on: context.at.today,
            recorded_by: context.account()?.id.clone(),
        },
    )?;
    Ok(id)
}
