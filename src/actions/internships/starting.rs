//! The start of an internship: only through the gate (S1, S3, S4, L15, L20).
//!
//! What happened can be written down late. A first day on or after the day on which the gate was open is recorded simply, with reasons
//! where it lies far back. One that lies before needs reasons and a team leader's approval, is marked, and is flagged
//! (`began-before-gate`): nobody can date a confirmation, a statement or a decision back.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault, not_in_future},
        internships::{
            approvals,
            case::{self, case},
            follow_ups::replan,
            save::save,
        },
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        internships::{gate, internship::Internship},
        people::access::Permission,
        rules::{evidence::compared, refusals::Refusal},
        values::{
            day::{danish, plus},
            ids::InternshipId,
            localized::{Localized, localized},
            text::Prose,
        },
    },
    store::{Tx, sealed},
};
use chrono::NaiveDate;

crate::input! {
    /// The start of an internship.
    pub struct Start {
        /// The actual first day, today or before; left out: today.
        pub first_day: Option<NaiveDate>,
        /// Why it is recorded so late, or why it began before everything was agreed.
        pub reasons: Option<Prose>,
    }
}

fn refused(context: &Context, figure: &str, reason: Localized, passes_if: Localized, missing: Vec<gate::Lack>) -> ActionError {
    ActionError::Refused(vec![Refusal {
        rule: gate::RULE.id,
        ask_of: None,
        reference: context.services.book.reference(figure, context.at.today).to_owned(),
        reason,
        compared: missing.iter().map(|lack| compared(lack.what.label(), lack.from.clone())).collect(),
        passes_if,
        missing: missing.into_iter().map(|lack| lack.what.code()).collect(),
        latest_last_day: None,
        hours_left: None,
    }])
}

/// Starts, when nothing is missing.
///
/// # Errors
/// Everything missing, at once; a day outside the period or too late in it, before the gate was open without an approval, or far back
/// without reasons.
pub fn start(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, start: &Start) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let internship = &case.internship;
    if internship.started_on.is_some() || internship.cancelled_on.is_some() {
        return conflict("not-waiting", "Praktikken er begyndt eller aflyst.", "The internship has begun or is cancelled.");
    }
    let day = start.first_day.unwrap_or(context.at.today);
    not_in_future("first_day", day, context.at.today)?;
    let missing = case::missing(context, &case.course.citizen, internship);
    let open_since = if missing.is_empty() { gate::open_since(internship) } else { Some(plus(context.at.today, 1)) };
    let early = open_since.is_some_and(|since| day < since);
    let approved_by = if early { approvals::use_early_start(tx, context, id, day)? } else { None };
    if !missing.is_empty() && approved_by.is_none() {
        return Err(shut(context, missing));
    }
    fits_the_period(context, internship, day)?;
    if early && approved_by.is_none() {
        return Err(before_the_gate(context, open_since, day));
    }
    if start.reasons.is_none() && (early || plus(day, context.figures().late_start_days) < context.at.today) {
        let text = (
            "Skriv, hvorfor starten først registreres nu, eller hvorfor den lå, før alt var aftalt.",
            "Write why the start is recorded only now, or why it lay before everything was agreed.",
        );
        return fault("reasons", Fault::new("required", text.0, text.1));
    }
    let mut row = case.row;
    row.started_on = Some(day);
    row.start_recorded_on = Some(context.at.today);
    row.start_recorded_by = Some(context.account()?.id.clone());
    let reasons = start.reasons.as_ref().map(ToString::to_string);
    row.start_reasons = sealed::START_REASONS.seal_some(&context.services.keys, &row.id, reasons.as_ref())?;
    row.start_approved_by = approved_by;
    let citizen = row.citizen_id.clone();
    save(tx, context, row)?;
    replan(tx, context, &citizen, &Internship { started_on: Some(day), ..case.internship })
}

/// Something is missing: all of it at once.
fn shut(context: &Context, missing: Vec<gate::Lack>) -> ActionError {
    let list = |pick: fn(&Localized) -> &String| {
        missing.iter().map(|lack| pick(&lack.what.label()).clone()).collect::<Vec<_>>().join("; ")
    };
    let (da, en) = (list(|words| &words.da), list(|words| &words.en));
    refused(
        context,
        gate::RULE.figure,
        localized(
            format!("Praktikken kan ikke begynde endnu. Der mangler: {da}."),
            format!("The internship cannot start yet. Missing: {en}."),
        ),
        localized(
            "Få det, der mangler, på plads. Hver linje siger, hvem der skal gøre det. Er borgeren allerede begyndt, så bed teamlederen godkende, at det registreres.",
            "Settle what is missing. Each line says whose turn it is. If the citizen has begun already, ask the team leader to approve that it is recorded.",
        ),
        missing,
    )
}

/// The first day lies before the day on which the gate was open, and nobody has approved that.
fn before_the_gate(context: &Context, open_since: Option<NaiveDate>, day: NaiveDate) -> ActionError {
    let since = open_since.unwrap_or(context.at.today);
    refused(
        context,
        gate::RULE.figure,
        localized(
            format!("Alt var først aftalt den {}. Starten den {} ligger før.", danish(since), danish(day)),
            format!("Everything was agreed only on {since}. The start on {day} lies before."),
        ),
        localized(
            format!(
                "Registrér en start den {} eller senere – eller bed teamlederen godkende, at praktikken begyndte før.",
                danish(since)
            ),
            format!("Record a start on {since} or later – or ask the team leader to approve that it began before."),
        ),
        Vec::new(),
    )
}

/// A first day within the agreed period, and not too late in it.
fn fits_the_period(context: &Context, internship: &Internship, day: NaiveDate) -> Result<(), ActionError> {
    let earliest = internship.newest().terms.period.first;
    let latest = internship.start_by(context.figures().late_start_days);
    if earliest <= day && day <= latest {
        return Ok(());
    }
    Err(refused(
        context,
        "late_start_days",
        localized(
            format!("Praktikken kan begynde fra den {} til den {}.", danish(earliest), danish(latest)),
            format!("The internship can start from {earliest} to {latest}."),
        ),
        localized("Ret perioden i en ny version af aftalen.", "Change the period in a new version of the agreement."),
        Vec::new(),
    ))
}
