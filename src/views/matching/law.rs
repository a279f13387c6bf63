//! Asks of a workplace what a booking there would be asked, so that nothing is proposed that would be refused (L3–L14). The
//! assumed stay is as long as a first booking may be, from the first free day, with the agreed hours.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        internships::{
            alignment::{self, Accommodations, Terms},
            course::Course,
            purpose::{InternshipType, Purpose},
        },
        matching::limits::{HARD_RULES, LeftOut},
        rules::{
            refusals::{Act, Check, PapersPresent, Refusal, answers, purpose_incomplete},
            rule_id::RuleId,
        },
        values::{
            day::{Period, plus},
            hours::{HoursPlan, HoursStep},
            localized::Localized,
            text::WeeklyHours,
            vocabulary::Term,
        },
    },
    store::{
        Conn,
        schema::{CompanyRow, WorkplaceRow},
        workplaces,
    },
    views::matching::offers::Candidate,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What a booking there would be asked for, and from whom: it can be booked all the same.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Asks {
    #[schema(value_type = String)]
    pub rule: RuleId,
    pub reference: String,
    pub reason: Localized,
    pub passes_if: Localized,
}

/// Rules that ask for papers which nobody has before a place is chosen.
const PAPERS: &[RuleId] = &[purpose_incomplete::RULE.id];

/// Where the booking would be.
pub struct BookingPlace<'p> {
    pub row: &'p WorkplaceRow,
    pub company: &'p CompanyRow,
    /// Whether a prospect of a job is recorded there.
    pub open_prospect: bool,
}

/// What the rules of booking say of a place.
///
/// # Errors
/// What leaves it out; or a failure of the database.
pub fn ask(
    conn: &mut Conn,
    context: &Context,
    course: &Course,
    candidate: &Candidate,
    occupation: &Term,
    place: &BookingPlace,
) -> Result<Result<Vec<Asks>, LeftOut>, ActionError> {
    let (figures, today) = (context.figures(), context.at.today);
    let BookingPlace { row, company, open_prospect } = *place;
    let opening = candidate.offer.opening.as_ref();
    let ready = course.citizen.is_job_ready(context.services.book.on(today));
    let days = if ready { figures.job_ready_days } else { figures.first_booking_days };
    let busy = course.internships.iter().filter(|stay| stay.cancelled_on.is_none() && stay.ended.is_none());
    let free = busy.map(|stay| plus(stay.last_day(), 1)).max();
    let offered = candidate.opening.as_ref().map(|opening| opening.from_on);
    let first = [Some(today), free, offered].into_iter().flatten().max().unwrap_or(today);
    let Some(period) = Period::new(first, plus(first, days - 1)) else { return Ok(Ok(Vec::new())) };
    let full_week = WeeklyHours::from_minutes(figures.weekly_hours_at_most * 60);
    let most = candidate.opening.as_ref().map_or(full_week, |opening| opening.most_hours.min(full_week));
    let weekly_hours = course.citizen.capacity_on(first).map_or(most, |capacity| capacity.min(most));
    let Some(hours) = HoursPlan::new(vec![HoursStep { from: first, weekly_hours }]) else { return Ok(Ok(Vec::new())) };
    let terms = Terms {
        purpose: Purpose {
            kind: opening.map_or(InternshipType::Clarification, |opening| opening.kind),
            questions: None,
            skills: None,
            prospect: None,
        },
        occupation: occupation.clone(),
        tasks: opening.map(|opening| opening.tasks.clone()).unwrap_or_default(),
        place: alignment::Place {
            workplace: row.id.clone(),
            company: company.id.clone(),
            p_number: row.p_number.clone(),
            name: row.name.clone(),
        },
        period,
        hours,
        decision_on: None,
        accommodations: Accommodations::Unsettled,
    };
    let tenant = context.tenant;
    let workplace =
        workplaces::load(conn, &context.services.keys, tenant, &row.id, figures, today)?.ok_or(ActionError::NotFound)?;
    let found = answers(&Check {
        course,
        terms: &terms,
        own: None,
        workplace: &workplace,
        reasons: &[],
        act: Act::Booking,
        foresees_vacancy: row.foresees_vacancy,
        open_prospect,
        new_function: false,
        papers: PapersPresent::default(),
        figures,
        book: &context.services.book,
        today,
    });
    let is_hard = |stop: &&Refusal| stop.ask_of.is_none() && HARD_RULES.contains(&stop.rule);
    if let Some(refusal) = found.stops.iter().find(is_hard) {
        return Ok(Err(LeftOut { because: refusal.rule.as_str(), why: refusal.reason.clone() }));
    }
    let asks = found.stops.into_iter().filter(|stop| !PAPERS.contains(&stop.rule));
    Ok(Ok(asks
        .map(|stop| Asks { rule: stop.rule, reference: stop.reference, reason: stop.reason, passes_if: stop.passes_if })
        .collect()))
}
