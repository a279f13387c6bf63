//! Who may put something right, and what has to be put right before it.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    domain::{
        people::{
            access::Permission,
            correction::{MayNot, Recorded},
        },
        values::{
            day::danish,
            localized::{Localized, localized},
        },
    },
};
use chrono::NaiveDate;

/// Whoever recorded it or is responsible, within the days that the rulebook gives; later a team leader.
///
/// # Errors
/// Who has to be asked.
pub(super) fn allowed(context: &Context, recorded: Recorded) -> Result<(), ActionError> {
    let (account, leads) = (context.account()?, context.may(Permission::Lead));
    let days = context.figures().put_right_days;
    match recorded.may_be_put_right((&account.id, leads), days, context.at.today) {
        Ok(()) => Ok(()),
        Err(MayNot::OfSomebodyElse) => conflict(
            "recorded-by-another",
            "En anden har registreret det, og en anden er ansvarlig for borgeren. Bed en af dem eller teamlederen om at rette det.",
            "Somebody else recorded it, and somebody else is responsible for the citizen. Ask one of them, or the team leader, to put it right.",
        ),
        Err(MayNot::TooLate) => conflict(
            "put-right-late",
            format!(
                "Det er registreret den {}, for mere end {days} dage siden. Bed teamlederen om at rette det.",
                danish(recorded.on)
            ),
            format!("It was recorded on {}, more than {days} days ago. Ask the team leader to put it right.", recorded.on),
        ),
    }
}

/// What was registered in error once is not so again.
///
/// # Errors
/// It is in error already.
pub(super) fn counts(in_error_on: Option<NaiveDate>) -> Result<(), ActionError> {
    match in_error_on {
        None => Ok(()),
        Some(on) => conflict(
            "in-error-already",
            format!("Det blev registreret som en fejl den {}.", danish(on)),
            format!("It was registered in error on {on}."),
        ),
    }
}

/// A later record rests on it, and has to be put right first.
///
/// # Errors
/// Always: it names what, and where.
pub(super) fn first(what: &Localized, on: NaiveDate, path: &str) -> Result<(), ActionError> {
    let said = localized(
        format!("Noget senere bygger på det. Ret først {} fra den {}.", what.da, danish(on)),
        format!("Something later rests on it. First put right {} of {on}: POST {path}/in-error.", what.en),
    );
    Err(ActionError::Conflict("put-right-first", said))
}
