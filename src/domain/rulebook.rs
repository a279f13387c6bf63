//! The rulebook: every legal figure and every threshold as a dated row of `config/rules.toml`, with its
//! reference and how sure we are of it. A figure's reference is data, never code.
//!
//! Promise: once read, the book has exactly one value of each figure on every day that was, is or will be;
//! a gap, an overlap, an unknown or a missing figure is refused when it is read, never met by a rule.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The built-in book.
pub const BUILT_IN: &str = include_str!("../../config/rules.toml");

/// The figures in force on one day. Days, weeks of 7 days, hours a week; see each row for its source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Target groups that are job-ready whatever else (LAB § 6 numbers).
    pub job_ready_groups: Vec<String>,
    /// Target groups that are job-ready where the municipality says so.
    pub job_ready_if_marked_groups: Vec<String>,
    /// L3: longest stay of the job-ready.
    pub job_ready_days: i64,
    /// L4: longest first booking of the others.
    pub first_booking_days: i64,
    /// L5: longest stay before a special need must be stated.
    pub without_special_need_days: i64,
    /// L6: longest single extension beyond that.
    pub special_need_step_days: i64,
    /// How many days before the end an extension may be registered.
    pub extension_window_days: i64,
    /// L16: most hours a week.
    pub weekly_hours_at_most: i64,
    /// A booking so soon after a stay is an extension by another name.
    pub another_name_days: i64,
    /// A start so late is no change.
    pub late_start_days: i64,
    /// A hire lost before is no hire.
    pub hire_holds_days: i64,
    /// Wage subsidy lasts so long unless said.
    pub wage_subsidy_days: i64,
    /// From which extension on a hiring decision date is asked for.
    pub decision_date_from_extension: i64,
    /// From which extension on a commitment and the team leader are asked for.
    pub commitment_from_extension: i64,
    /// `extended-without-hire`: extensions of notice, warning, alarm.
    pub extended_without_hire_steps: [i64; 3],
    /// `long-stay`: days of notice, warning, alarm.
    pub long_stay_steps: [i64; 3],
    /// `internship-series`: internships of notice, warning, alarm.
    pub series_internships_steps: [i64; 3],
    /// `internship-series`: days of notice, warning, alarm.
    pub series_days_steps: [i64; 3],
    /// `internship-series`: how many months back count.
    pub series_window_months: u32,
    /// `decision-due`: days after the decision date (negative: before) of its five steps.
    pub decision_due_steps: [i64; 5],
    /// `ends-without-plan`: days after the end (negative: before) of its two steps.
    pub ends_without_plan_steps: [i64; 2],
    /// `alignment-missing`: days before the start.
    pub alignment_missing_before_days: i64,
    /// `alignment-missing`: at the earliest so many days after booking.
    pub alignment_missing_after_booking_days: i64,
    /// A flag is snoozed so long at most.
    pub snooze_days_at_most: i64,
    /// Duty: The job-ready cannot be interns at their latest employer.
    pub latest_employer_ready: bool,
    /// Duty: Others only in a new function at their latest employer; the difference is written.
    pub latest_employer_function: bool,
    /// Duty: A team leader gives reasons for an internship at a flagged workplace.
    pub company_record_asked: bool,
    /// Duty: The consultant gives reasons for an internship outside the citizen's goals.
    pub goal_asked: bool,
    /// Duty: The consultant gives reasons for a new internship of a derailed citizen.
    pub derailed_asked: bool,
    /// Duty: One more internship in a series needs reasons; from a warning on the team leader's.
    pub series_asked: bool,
    /// `reasonable-ratio`: one for every so many ordinary employees up to the knee.
    pub ratio_first_step: i64,
    /// `reasonable-ratio`: up to so many employees the first step counts.
    pub ratio_knee: i64,
    /// `reasonable-ratio`: one for every further so many employees.
    pub ratio_further_step: i64,
    /// `reasonable-ratio`: how the average staff becomes whole employees.
    pub ratio_rounding: Rounding,
    /// `reasonable-ratio`: months of the average of ordinary staff.
    pub ratio_months: u32,
    /// Follow-up: in the first week, on this day of the stay.
    pub follow_up_first_day: i64,
    /// Follow-up: days between regular ones, clarification.
    pub follow_up_every_days_clarification: i64,
    /// Follow-up: days between regular ones, training.
    pub follow_up_every_days_training: i64,
    /// Follow-up: days between regular ones, recruitment.
    pub follow_up_every_days_recruitment: i64,
    /// Follow-up: so many days before the end.
    pub follow_up_before_end_days: i64,
    /// `company-extends-without-hiring`: how many months back count.
    pub company_record_months: u32,
    /// `company-extends-without-hiring`: internships ended or extended with nobody hired.
    pub company_record_without_hire_steps: [i64; 2],
    /// `company-extends-without-hiring`: internships with too small a share hired.
    pub company_record_few_hires_steps: [i64; 2],
    /// `company-extends-without-hiring`: a share hired below so many percent is too small.
    pub company_record_share_percent: i64,
    /// `displacement`: fall of ordinary staff in percent.
    pub displacement_steps_percent: [i64; 2],
    /// `displacement`: at least so many full-time posts fewer.
    pub displacement_posts: i64,
    /// `displacement`: compared with so many months before.
    pub displacement_months: u32,
    /// `legal-limit-near`: days before the limit.
    pub legal_limit_near_days: i64,
    /// `alignment-stale`: days that a new version is unconfirmed.
    pub alignment_stale_steps: [i64; 2],
    /// `follow-up-overdue`: days past its date.
    pub follow_up_overdue_steps: [i64; 2],
    /// `goal-mismatch-repeated`: internships outside the goals.
    pub goal_mismatch_steps: [i64; 2],
    /// `clarification-repeated`: clarification internships with the same question.
    pub same_question_internships: i64,
    /// `clarification-repeated`: clarification internships in all.
    pub clarification_internships: i64,
    /// `stagnation`: follow-ups in a row not in progression.
    pub stagnation_steps: [i64; 2],
    /// `consultant-changes`: different consultants within the window.
    pub consultant_changes_steps: [i64; 2],
    /// `consultant-changes`: how many months back count.
    pub consultant_changes_months: u32,
    /// `handover-missing`: days after a change without a handover read.
    pub handover_missing_steps: [i64; 2],
    /// `retention-check-due`: weeks after the first day.
    pub retention_check_weeks: [i64; 2],
    /// `retention-check-due`: a check so many days early counts.
    pub retention_check_early_days: i64,
    /// `retention-check-due`: days late of the second step.
    pub retention_check_late_days: i64,
}

/// How an average of full-time posts becomes whole employees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    Down,
    Nearest,
    Up,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Refuse,
    Ask,
    Flag,
    /// A definition that several rules use.
    Define,
}

/// How sure we are of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Sure {
    /// The wording was read.
    H,
    /// Second-hand or inferred.
    M,
    /// Unconfirmed.
    L,
    /// Ours: a setting that no law gives.
    Ours,
}

/// A dated row of the book.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub figure: String,
    #[schema(value_type = Value)]
    pub value: toml::Value,
    /// What it is counted in.
    pub unit: String,
    /// First day in force; open where its beginning is not known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in force, inclusive.
    pub valid_to: Option<NaiveDate>,
    pub legal_reference: String,
    /// LAB § 6 numbers it binds; empty: all.
    #[serde(default)]
    pub target_groups: Vec<String>,
    pub effect: Effect,
    pub sure: Sure,
    /// What it says, in Danish and English.
    pub da: String,
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Row>,
}

/// A book that has been read and found whole.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Twelve hexadecimal digits of the file's SHA-256: what a decision stores.
    pub version: String,
    pub rows: Vec<Row>,
    /// Figures from each date on; the first stands for all time before, too.
    eldest: Figures,
    later: BTreeMap<NaiveDate, Figures>,
}

impl Rulebook {
    /// Reads a book.
    ///
    /// # Errors
    /// What is wrong with it and where, in words for whoever wrote it.
    pub fn read(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        for row in &file.row {
            if let (Some(from), Some(to)) = (row.valid_from, row.valid_to)
                && from > to
            {
                return Err(format!("figure {}: valid_from {from} is after valid_to {to}", row.figure));
            }
        }
        let begins: BTreeSet<NaiveDate> =
            file.row.iter().flat_map(|row| [row.valid_from, row.valid_to.and_then(|to| to.succ_opt())]).flatten().collect();
        let eldest = figures_on(&file.row, NaiveDate::MIN)?;
        let later = begins.into_iter().map(|day| Ok((day, figures_on(&file.row, day)?))).collect::<Result<_, String>>()?;
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text));
        Ok(Self { version: digest.chars().take(12).collect(), rows: file.row, eldest, later })
    }

    /// The figures in force on a day.
    pub fn on(&self, day: NaiveDate) -> &Figures {
        self.later.range(..=day).next_back().map_or(&self.eldest, |(_, figures)| figures)
    }

    /// The days from which some figure is another.
    pub fn begins(&self) -> BTreeSet<NaiveDate> {
        self.later.keys().copied().collect()
    }

    /// The rows in force on a day.
    pub fn rows_on(&self, day: NaiveDate) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| in_force(row, day))
    }

    /// The reference of a figure on a day, for those who want to look it up.
    pub fn reference(&self, figure: &str, day: NaiveDate) -> &str {
        self.rows.iter().find(|row| row.figure == figure && in_force(row, day)).map_or("", |row| &row.legal_reference)
    }
}

fn in_force(row: &Row, day: NaiveDate) -> bool {
    row.valid_from.is_none_or(|from| from <= day) && row.valid_to.is_none_or(|to| day <= to)
}

fn figures_on(rows: &[Row], day: NaiveDate) -> Result<Figures, String> {
    let mut table = toml::Table::new();
    let when = if day == NaiveDate::MIN { "before the first dated row".to_owned() } else { format!("on {day}") };
    for row in rows.iter().filter(|row| in_force(row, day)) {
        if table.insert(row.figure.clone(), row.value.clone()).is_some() {
            return Err(format!("figure {} has two rows in force {when}: end the older one with valid_to", row.figure));
        }
    }
    Figures::deserialize(table).map_err(|error| format!("{when}: {error} (each figure needs one row in force on every day)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_built_in_book_is_whole() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        assert_eq!(book.on(day("1990-01-01")).first_booking_days, 91);
        assert_eq!(book.on(day("2030-01-01")).weekly_hours_at_most, 37);
    }

    #[test]
    fn a_new_act_is_a_matter_of_rows() {
        let row = "figure = \"first_booking_days\"\nvalue = 91\n";
        let newer = BUILT_IN.replace(row, &format!("{row}valid_to = \"2026-12-31\"\n"))
            + "\n[[row]]\nfigure = \"first_booking_days\"\nvalue = 60\nunit = \"days\"\nvalid_from = \"2027-01-01\"\nlegal_reference = \"ny lov\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"x\"\nen = \"x\"\n";
        let book = Rulebook::read(&newer).unwrap();
        assert_eq!(book.on(day("2026-12-31")).first_booking_days, 91);
        assert_eq!(book.on(day("2027-01-01")).first_booking_days, 60);
        assert_eq!(book.reference("first_booking_days", day("2027-01-01")), "ny lov");
    }

    #[test]
    fn a_gap_an_overlap_and_an_unknown_figure_are_refused() {
        let row = "figure = \"first_booking_days\"\nvalue = 91\n";
        let gap = Rulebook::read(&BUILT_IN.replace(row, &format!("{row}valid_to = \"2026-12-31\"\n"))).unwrap_err();
        assert!(gap.contains("2027-01-01") && gap.contains("first_booking_days"), "{gap}");
        let unknown = Rulebook::read(&BUILT_IN.replace("\"first_booking_days\"", "\"first_boking_days\"")).unwrap_err();
        assert!(unknown.contains("first_boking_days"), "{unknown}");
        let twice = format!(
            "{BUILT_IN}\n[[row]]\n{row}unit = \"days\"\nlegal_reference = \"x\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"x\"\nen = \"x\"\n"
        );
        assert!(Rulebook::read(&twice).unwrap_err().contains("two rows"));
        assert!(Rulebook::read(&BUILT_IN.replace(row, &format!("{row}valid_from = \"2026-02-30\"\n"))).is_err());
    }
}
