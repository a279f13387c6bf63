//! The start of an internship: only through the gate.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::{case::case, follow_ups::replan, save::save},
    },
    context::{Context, Seen},
    domain::{
        internships::{gate, internship::Internship},
        people::access::Permission,
        rules::{evidence::compared, refusals::Refusal},
        values::{
            day::danish,
            ids::InternshipId,
            localized::{Localized, localized},
        },
    },
    store::Tx,
};
use chrono::NaiveDate;

crate::input! {
    /// The start of an internship.
    pub struct Start {
        /// The actual first day, today or before; left out: today.
        pub first_day: Option<NaiveDate>,
    }
}

fn refused(context: &Context, figure: &str, reason: Localized, passes_if: Localized, missing: Vec<gate::Lack>) -> ActionError {
    ActionError::Refused(vec![Refusal {
        rule: gate::RULE.id,
        ask_of: None,
        reference: context.services.book.reference(figure, context.at.today).to_owned(),
        reason,
        compared: missing
            .iter()
            .map(|lack| compared(lack.what.label(), format!("{} / {}", lack.from.da, lack.from.en)))
            .collect(),
        passes_if,
        missing: missing.into_iter().map(|lack| lack.what.code()).collect(),
        latest_last_day: None,
        hours_left: None,
    }])
}

/// Starts, when nothing is missing.
///
/// # Errors
/// Everything missing, at once; a day outside the period or too late in it.
pub fn start(tx: &mut Tx, context: &Context, seen: Seen, id: &InternshipId, start: &Start) -> Result<(), ActionError> {
    context.authorize(Permission::KeepInternships)?;
    let case = case(tx, context, id)?;
    seen.check(case.row.revision)?;
    let internship = &case.internship;
    if internship.started_on.is_some() || internship.cancelled_on.is_some() {
        return conflict("not-waiting", "Praktikken er begyndt eller aflyst.", "The internship has begun or is cancelled.");
    }
    let day = start.first_day.unwrap_or(context.at.today);
    crate::actions::error::not_in_future("first_day", day, context.at.today)?;
    let missing = crate::actions::internships::case::missing(context, &case.course.citizen, internship);
    if !missing.is_empty() {
        let list = |pick: fn(&Localized) -> &String| {
            missing.iter().map(|lack| pick(&lack.what.label()).clone()).collect::<Vec<_>>().join("; ")
        };
        let (da, en) = (list(|words| &words.da), list(|words| &words.en));
        return Err(refused(
            context,
            gate::RULE.figure,
            localized(
                format!("Praktikken kan ikke begynde endnu. Der mangler: {da}."),
                format!("The internship cannot start yet. Missing: {en}."),
            ),
            localized(
                "Få det, der mangler, på plads. Hver linje siger, hvem der skal gøre det.",
                "Settle what is missing. Each line says whose turn it is.",
            ),
            missing,
        ));
    }
    let period = internship.newest().terms.period;
    let latest = internship.start_by(context.figures().late_start_days);
    let agreed = internship.newest().in_force_since().unwrap_or(context.at.today);
    if day < period.first.max(agreed) || day > latest {
        let earliest = period.first.max(agreed);
        return Err(refused(
            context,
            "late_start_days",
            localized(
                format!("Praktikken kan begynde fra den {} til den {}.", danish(earliest), danish(latest)),
                format!("The internship can start from {earliest} to {latest}."),
            ),
            localized("Ret perioden i en ny version af aftalen.", "Change the period in a new version of the agreement."),
            Vec::new(),
        ));
    }
    let mut row = case.row;
    row.started_on = Some(day);
    let citizen = row.citizen_id.clone();
    save(tx, context, row)?;
    replan(tx, context, &citizen, &Internship { started_on: Some(day), ..case.internship })
}
