//! What a person does with a flag: acknowledge it with a reason, which silences the level it was given at (an alarm only
//! by a team leader), or snooze it for some weeks. History stays.

use crate::{
    actions::{ActionError, Turn, conflict, fault},
    domain::{
        input::Fault,
        people::access::{Permission, Role},
        rules::flags::{Level, Resolution, rule},
        values::{day::plus, ids::FlagId, text::Prose},
    },
    store::{
        Tx, citizens, companies, flags,
        schema::{FlagEventRow, FlagRow},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// Why a flag needs no more letters at its level.
    pub struct Acknowledgement {
        pub reason: Prose,
    }
}

crate::input! {
    /// Why and until when a flag is to be quiet.
    pub struct Snooze {
        /// Inclusive, at most 28 days from today.
        pub until: NaiveDate,
        pub reason: Prose,
    }
}

fn standing(tx: &mut Tx, turn: &Turn, id: &FlagId) -> Result<FlagRow, ActionError> {
    turn.may(Permission::HandleFlags)?;
    let flag = flags::find(tx, &turn.by.municipality, id.as_str())?.ok_or(ActionError::NotFound)?;
    turn.saw(flag.revision)?;
    if flag.gone.is_some() {
        return conflict("gone", "Flaget står ikke længere.", "The flag no longer stands.");
    }
    Ok(flag)
}

fn save(tx: &mut Tx, turn: &Turn, mut flag: FlagRow, what: &str, reason: &Prose) -> Result<(), ActionError> {
    flag.revision += 1;
    flags::update(tx, &flag)?;
    flags::note(
        tx,
        &FlagEventRow {
            id: FlagId::new(turn.at).to_string(),
            flag_id: flag.id.clone(),
            municipality: flag.municipality.clone(),
            happened_on: turn.at.today,
            what: what.into(),
            level: flag.level.clone(),
            account_id: Some(turn.by.account.to_string()),
            reason: Some(reason.to_string()),
        },
    )?;
    let today = Some(turn.at.today);
    if let Some(citizen) = &flag.citizen_id {
        citizens::look_again(tx, citizen, today)?;
    }
    if let Some(workplace) = &flag.workplace_id {
        companies::workplaces::look_again(tx, workplace, today)?;
    }
    Ok(())
}

/// Acknowledges a flag at the level it has. One that only tells of something is thereby seen, and goes.
///
/// # Errors
/// Not found; changed since; gone; an alarm, by somebody who is no team leader.
pub fn acknowledge(tx: &mut Tx, turn: &Turn, id: &FlagId, body: &Acknowledgement) -> Result<(), ActionError> {
    let mut flag = standing(tx, turn, id)?;
    if flag.level == Level::Alarm.code() && turn.by.role != Role::TeamLeader {
        return Err(ActionError::Forbidden);
    }
    flag.acknowledged_level = Some(flag.level.clone());
    if rule(&flag.rule).is_some_and(|rule| rule.until_seen) {
        flag.gone = Some(Resolution::Seen.code().into());
        flag.gone_on = Some(turn.at.today);
        return save(tx, turn, flag, Resolution::Seen.code(), &body.reason);
    }
    save(tx, turn, flag, "acknowledged", &body.reason)
}

/// Lets a flag be quiet for a while.
///
/// # Errors
/// Not found; changed since; gone; a day too far off or past.
pub fn snooze(tx: &mut Tx, turn: &Turn, id: &FlagId, body: &Snooze) -> Result<(), ActionError> {
    let mut flag = standing(tx, turn, id)?;
    let latest = plus(turn.at.today, turn.figures().snooze_days_at_most);
    if body.until < turn.at.today || body.until > latest {
        return fault(
            "until",
            Fault::new("snooze", format!("Skal ligge fra i dag til {latest}."), format!("Must be from today to {latest}.")),
        );
    }
    flag.snoozed_until = Some(body.until);
    save(tx, turn, flag, "snoozed", &body.reason)
}
