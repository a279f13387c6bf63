//! The days of an opening: until when it may stand, when its keeper is reminded, and that it stands no longer.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        companies::opening::remind_on,
        input::{Fault, Faults, Pointer},
        values::{
            day::{At, plus},
            in_words::day_in_words,
        },
    },
    store::{
        Tx, openings,
        schema::{CompanyRow, OpeningRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;

/// Whether it stands on a day: nobody has closed it, and it has not expired.
pub fn in_force(row: &OpeningRow, day: NaiveDate) -> bool {
    row.closed_on.is_none() && row.expires_on >= day
}

/// The last day on which a workplace is there, where it has closed or will.
pub(super) fn last_day(place: &WorkplaceRow, company: &CompanyRow) -> Option<NaiveDate> {
    [place.closed_on, company.closed_on].into_iter().flatten().min().map(|closes| plus(closes, -1))
}

/// The last day of an opening: as asked for, within what the rulebook allows; never after the workplace itself.
pub(super) fn expiry(
    context: &Context,
    asked: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    faults: &mut Faults,
) -> NaiveDate {
    let (figures, today) = (context.figures(), context.at.today);
    let latest = plus(today, figures.opening_days_at_most);
    let usual = plus(today, figures.opening_days);
    let Some(day) = asked else { return closes_on.map_or(usual, |closes| usual.min(closes)) };
    let latest = closes_on.map_or(latest, |closes| latest.min(closes));
    if !(today..=latest).contains(&day) {
        let last = day_in_words(latest);
        let text = (format!("Skal ligge fra i dag til {}.", last.da), format!("Must be from today to {}.", last.en));
        faults.add::<()>(&Pointer::root().to("expires_on"), Fault::new("expires-on", text.0, text.1));
    }
    day
}

pub(super) fn stand_until(context: &Context, row: &mut OpeningRow, day: NaiveDate) {
    if row.revision == 0 || row.expires_on != day {
        row.remind_on = Some(remind_on(day, context.figures().opening_renewal_days, context.at.today));
    }
    row.expires_on = day;
}

pub(super) fn shut(tx: &mut Tx, at: At, mut row: OpeningRow, reason: &str) -> Result<(), ActionError> {
    row.closed_on = Some(at.today);
    row.close_reason = Some(reason.into());
    row.remind_on = None;
    row.revision += 1;
    Ok(openings::update(tx, &row)?)
}

pub(super) fn lie_at(row: &mut OpeningRow, place: &WorkplaceRow) {
    row.latitude = place.latitude;
    row.longitude = place.longitude;
    row.placed_by = place.placed_by;
    row.cell = place.cell;
    row.standing = place.standing;
}
