//! What is refused at booking, change and extension, and what needs written reasons first. Each rule is a pure function of facts,
//! figures and a date, in a file of its own with its table of cases. Adding one is a file here and its line in [`list`].

pub mod answers;
pub mod approaches;
pub mod ask_rule;
pub mod check;
pub mod company_record;
pub mod derailed;
pub mod duration_limit;
pub mod extension_reason;
pub mod goal_mismatch;
pub mod hours;
pub mod latest_employer;
pub mod list;
pub mod no_prospect;
pub mod overlap;
pub mod purpose_incomplete;
pub mod reasonable_ratio;
pub mod refusal;
pub mod refusal_rule;
pub mod series;
pub mod task_ruled_out;

pub use answers::{Answers, answers};
pub use ask_rule::AskRule;
pub use check::{Act, Check, PapersPresent, Reason};
pub use no_prospect::of_opening as no_prospect_of_opening;
pub use refusal::Refusal;
