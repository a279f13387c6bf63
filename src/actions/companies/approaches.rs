//! Records that somebody in the municipality turned to a company. Refused beyond the company's monthly limit, and in writing to a
//! company that is protected against advertising (S13).

use crate::{
    actions::{
        ActionError,
        error::{not_in_future, unknown},
    },
    context::Context,
    domain::{
        companies::approach::{Approach, ApproachVia},
        people::access::Permission,
        rules::refusals::approaches::refusals,
        values::{
            ids::{ApproachId, OpeningId, WorkplaceId},
            text::Prose,
        },
    },
    store::{Tx, approaches, companies, openings, schema::ApproachRow},
};
use chrono::NaiveDate;

crate::input! {
    /// Somebody here turned to a company.
    pub struct NewApproach {
        pub via: ApproachVia,
        /// Whether the company had asked for it: then it is not counted.
        pub invited: bool,
        /// The opening that it was about.
        pub opening: Option<OpeningId>,
        /// What was said.
        pub words: Option<Prose>,
        /// Today or before; left out: today.
        pub made_on: Option<NaiveDate>,
    }
}

/// Records an approach to a workplace; it counts for its company.
///
/// # Errors
/// Not found; a day to come; an opening of another workplace; too many in the month; in writing to a protected company.
pub fn record(tx: &mut Tx, context: &Context, workplace: &WorkplaceId, new: &NewApproach) -> Result<ApproachId, ActionError> {
    context.authorize(Permission::Approach)?;
    let tenant = context.tenant;
    let place = companies::workplaces::find(tx, tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let company = companies::find(tx, tenant, &place.company_id)?.ok_or(ActionError::NotFound)?;
    let made_on = new.made_on.unwrap_or(context.at.today);
    not_in_future("made_on", made_on, context.at.today)?;
    if let Some(opening) = &new.opening
        && openings::find(tx, tenant, opening)?.is_none_or(|opening| opening.workplace_id != place.id)
    {
        return unknown("opening");
    }
    let before = approaches::in_month(tx, tenant, &[&company.id], made_on)?;
    let approach = Approach {
        via: new.via,
        invited: new.invited,
        made_on,
        protected: company.advertising_protected,
        before: before.get(&company.id).copied().unwrap_or_default(),
        at_most: company.approaches_at_most.map(i64::from),
    };
    let refused = refusals(&approach, &context.services.book, context.at.today);
    if !refused.is_empty() {
        return Err(ActionError::Refused(refused));
    }
    let id = ApproachId::new(context.at);
    approaches::insert(
        tx,
        &ApproachRow {
            id: id.clone(),
            municipality: tenant.clone(),
            company_id: company.id,
            workplace_id: place.id,
            opening_id: new.opening.clone(),
            made_on,
            made_by: context.account()?.id.clone(),
            via: new.via,
            invited: new.invited,
            words: new.words.as_ref().map(ToString::to_string),
        },
    )?;
    Ok(id)
}
