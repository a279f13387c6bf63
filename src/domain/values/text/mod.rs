//! Small values: texts with a longest length, hours a week, full-time posts, addresses of e-mail.

mod bounded;
mod cpr_in_text;
mod email;
mod for_company;
mod full_time;
mod units;
mod weekly_hours;
mod whole;

pub use bounded::{Line, Prose, Text, folded};
pub use email::Email;
pub use for_company::ForCompany;
pub use full_time::FullTime;
pub use weekly_hours::WeeklyHours;
pub use whole::Whole;
