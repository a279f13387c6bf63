//! What a person does with a flag: acknowledge it with a reason, which silences it up to its present level (an alarm only by a
//! team leader), or snooze it for some weeks (an alarm only by a team leader). A rise ends both. The history is kept.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        flags::visible,
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::access::Permission,
        rules::flags::{FlagEventKind, Level, Resolution, rule},
        values::{
            day::plus,
            ids::{FlagEventId, FlagId},
            in_words::day_in_words,
            text::Prose,
        },
    },
    store::{
        Tx, citizens, companies, flags,
        schema::{FlagEventRow, FlagRow},
        sealed,
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

fn standing(tx: &mut Tx, context: &Context, seen: Seen, id: &FlagId) -> Result<FlagRow, ActionError> {
    let flag = visible::find(tx, context, id)?;
    seen.check(flag.revision)?;
    if flag.gone.is_some() {
        return conflict("gone", "Flaget står ikke længere.", "The flag no longer stands.");
    }
    Ok(flag)
}

fn only_a_leader_silences_an_alarm(context: &Context, flag: &FlagRow) -> Result<(), ActionError> {
    if flag.level == Level::Alarm && !context.may(Permission::Lead) { Err(ActionError::Forbidden) } else { Ok(()) }
}

fn save(tx: &mut Tx, context: &Context, mut flag: FlagRow, what: FlagEventKind, reason: &Prose) -> Result<(), ActionError> {
    flag.revision += 1;
    flags::update(tx, &flag)?;
    let id = FlagEventId::new(context.at);
    flags::note(
        tx,
        &FlagEventRow {
            reason: Some(sealed::FLAG_REASON.seal(&context.services.keys, &id, &reason.to_string())?),
            id,
            flag_id: flag.id.clone(),
            municipality: flag.municipality.clone(),
            happened_on: context.at.today,
            what,
            level: flag.level,
            account_id: Some(context.account()?.id.clone()),
        },
    )?;
    let today = Some(context.at.today);
    if let Some(citizen) = &flag.citizen_id {
        citizens::look_again(tx, context.tenant, citizen, today)?;
    }
    if let Some(workplace) = &flag.workplace_id {
        companies::workplaces::look_again(tx, context.tenant, workplace, today)?;
    }
    Ok(())
}

/// Acknowledges a flag at the level it has. One that only tells of something is thereby seen, and goes.
///
/// # Errors
/// Not found; changed since; gone; an alarm, by somebody who is no team leader.
pub fn acknowledge(tx: &mut Tx, context: &Context, seen: Seen, id: &FlagId, body: &Acknowledgement) -> Result<(), ActionError> {
    context.authorize(Permission::HandleFlags)?;
    let mut flag = standing(tx, context, seen, id)?;
    only_a_leader_silences_an_alarm(context, &flag)?;
    flag.acknowledged_level = Some(flag.level);
    if rule(flag.rule).is_some_and(|rule| rule.until_seen) {
        flag.gone = Some(Resolution::Seen);
        flag.gone_on = Some(context.at.today);
        return save(tx, context, flag, FlagEventKind::Seen, &body.reason);
    }
    save(tx, context, flag, FlagEventKind::Acknowledged, &body.reason)
}

/// Lets a flag be quiet for a while.
///
/// # Errors
/// Not found; changed since; gone; a day too far off or past; an alarm, by somebody who is no team leader.
pub fn snooze(tx: &mut Tx, context: &Context, seen: Seen, id: &FlagId, body: &Snooze) -> Result<(), ActionError> {
    context.authorize(Permission::HandleFlags)?;
    let mut flag = standing(tx, context, seen, id)?;
    only_a_leader_silences_an_alarm(context, &flag)?;
    let latest = plus(context.at.today, context.figures().snooze_days_at_most);
    if body.until < context.at.today || body.until > latest {
        let last = day_in_words(latest);
        let text = (format!("Skal ligge fra i dag til {}.", last.da), format!("Must be from today to {}.", last.en));
        return fault("until", Fault::new("snooze", text.0, text.1));
    }
    flag.snoozed_until = Some(body.until);
    save(tx, context, flag, FlagEventKind::Snoozed, &body.reason)
}
