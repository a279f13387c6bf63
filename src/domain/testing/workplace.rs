//! What happens at a workplace: staff, interns, hires.

use crate::domain::{
    companies::workplace::{Hire, Placement, SupportedDays, Workplace},
    internships::outcome::OutcomeStep,
    testing::{day, placement, plan, workplace},
    values::day::Period,
};

/// A workplace with its staff in hundredths of posts.
pub fn with_staff(figures: &[(&str, i64)]) -> Workplace {
    let mut place = workplace("here");
    place.staff = figures.iter().map(|(month, posts)| (day(month), *posts)).collect();
    place
}
pub fn place_intern(place: &mut Workplace, id: &str, first: &str, last: &str, hours: f64) {
    let days = Period::new(day(first), day(last)).unwrap();
    let takes_up = vec![SupportedDays { days, hours: plan(&[(first, hours)]) }];
    place.placements.push(Placement { takes_up, ..placement(id, days) });
}
pub fn hire_at(place: &mut Workplace, on: &str) {
    place.hires.push(Hire { recorded_on: day(on), step: OutcomeStep::FlexJob, from: None });
}
