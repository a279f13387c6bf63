//! The rulebook: every legal figure, every duty and every threshold as a dated row of `config/rules.toml`, with its
//! reference and how sure we are of it. A reference, a target group and an effect are data, never code.
//!
//! Promise: once read, the book has exactly one value of each figure on every day that was, is or will be, and every
//! target group it names is in force; a gap, an overlap, an unknown or a missing figure is refused when it is read, all
//! at once and each with its line, never met by a rule.

mod form;
mod reading;
mod whole;

pub use form::Group;

use crate::domain::{
    input::{Fault, Faults, Field, Pointer},
    people::citizen::{Citizen, TargetGroup},
};
use chrono::NaiveDate;
use form::FigureShape;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The built-in book.
pub const BUILT_IN: &str = include_str!("../../../config/rules.toml");

form::figures! {
    /// The figures in force on one day. Days, weeks of 7 days, hours a week; see each row for its source.
    pub struct Figures {
        /// The target groups that there are (LAB § 6).
        pub target_groups: Vec<Group>,
        /// Of those that `job_ready_days` binds: job-ready only where the municipality says so of the citizen.
        pub job_ready_if_marked_groups: Vec<TargetGroup>,
        /// Sick-listed: in employment they are kept at the own workplace.
        pub sick_listed_groups: Vec<TargetGroup>,
        /// The last day for which the law's rows are known to hold; after it they run on, unconfirmed.
        pub confirmed_until: NaiveDate,
        /// Whether the purpose must be stated.
        pub purpose_statement: bool,
        /// Whether recruitment needs a job in sight.
        pub prospect_needed: bool,
        /// Whether a stay is limited in time; the figures after it say how.
        pub duration_limit: bool,
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
        /// Whether the hours agreed with the citizen are a limit.
        pub capacity_kept: bool,
        /// Whether a need's tasks are ruled out.
        pub ruled_out_tasks: bool,
        /// Whether two internships may not lie on the same day.
        pub no_overlap: bool,
        /// Whether each further extension costs more; the figures after it say from when.
        pub extension_papers: bool,
        /// Whether nothing starts before everything is there.
        pub start_gate: bool,
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
        /// Duty: The supported persons of a workplace stand in a reasonable ratio to its ordinary employees.
        pub reasonable_ratio: bool,
        /// Duty: The job-ready cannot be interns at their latest employer.
        pub latest_employer: bool,
        /// Duty: Others only in a new function at their latest employer; the difference is written.
        pub latest_employer_function: bool,
        /// Duty: A team leader gives reasons for an internship at a flagged workplace.
        pub company_record: bool,
        /// Duty: The consultant gives reasons for an internship outside the citizen's goals.
        pub goal_mismatch: bool,
        /// Duty: The consultant gives reasons for a new internship of a derailed citizen.
        pub derailed: bool,
        /// Duty: One more internship in a series needs reasons; from a warning on the team leader's.
        pub series: bool,
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
        /// `approach-limit`: uninvited approaches to a company in a calendar month.
        pub approaches_a_month: i64,
        /// Duty: A company that is protected against advertising is not written to uninvited.
        pub advertising_protection: bool,
        /// An opening stands for so many days unless said.
        pub opening_days: i64,
        /// An opening stands for so many days at most before it is renewed.
        pub opening_days_at_most: i64,
        /// Whoever keeps an opening is reminded so many days before it expires.
        pub opening_renewal_days: i64,
        /// A company's share hired is drawn towards its trade's as if so many more internships had ended.
        pub record_prior_internships: i64,
        /// What share is hired, in percent, where nothing is known yet.
        pub record_prior_share_percent: i64,
        /// A trade's share is counted so many months back.
        pub record_prior_months: u32,
        /// Matching: points at most for the citizen's own goal.
        pub match_weight_goal: u32,
        /// Matching: points at most for accommodations that it can give.
        pub match_weight_accommodations: u32,
        /// Matching: points at most for the prospect of a job.
        pub match_weight_prospect: u32,
        /// Matching: points at most for hires after internships.
        pub match_weight_record: u32,
        /// Matching: points at most for nearness.
        pub match_weight_distance: u32,
        /// Matching: points at most for contact at the place.
        pub match_weight_social: u32,
        /// Matching: points at most for the road there.
        pub match_weight_road: u32,
        /// Matching: percent of the goal's points for a near and for a kindred occupation.
        pub match_near_percent: Percents<2>,
        /// Matching: percent of them where only the industry tells of the occupation.
        pub match_by_industry_percent: Percents<1>,
        /// Matching: percent of the prospect's points: recorded, foreseen, not asked, none.
        pub match_prospect_percent: Percents<4>,
        /// Matching: farthest from home, where nothing is agreed.
        pub match_farthest_km: u32,
        /// Matching: kilometres an hour as the crow flies, for a limit in minutes.
        pub match_km_an_hour: u32,
        /// Matching: minutes to get going, for a limit in minutes.
        pub match_minutes_before: u32,
        /// Matching: the jobcentre is in touch with a company that it approached so many months back.
        pub match_in_touch_months: u32,
    }
}

/// How an average of full-time posts becomes whole employees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    Down,
    Nearest,
    Up,
}

/// Shares in percent, each from 0 to 100 and none above the one before it: a nearer thing never counts less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percents<const N: usize>([u32; N]);

impl<const N: usize> Percents<N> {
    /// As shares from 0 to 1.
    pub fn shares(self) -> [f64; N] {
        self.0.map(|percent| f64::from(percent) / 100.0)
    }
}

crate::code_enum! {
    /// What a row does.
    pub enum Effect {
        Refuse = "refuse" ("afvises", "refuse"),
        Ask = "ask" ("spørges", "ask"),
        Flag = "flag" ("flages", "flag"),
        /// A definition that several rules use.
        Define = "define" ("defineres", "define"),
    }
}

crate::code_enum! {
    /// How sure we are of a row.
    pub enum Sure {
        /// The wording was read.
        H = "H" ("ordlyden er læst", "the wording was read"),
        /// Second-hand or inferred.
        M = "M" ("på anden hånd eller udledt", "second-hand or inferred"),
        L = "L" ("ubekræftet", "unconfirmed"),
        /// Ours: a setting that no law gives.
        Ours = "Ours" ("vores indstilling; ingen lov siger det", "our setting; no law gives it"),
    }
}

/// A dated row of the book.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Row {
    pub figure: String,
    #[schema(value_type = Value)]
    pub value: toml::Value,
    /// What it is counted in; empty for a duty.
    pub unit: String,
    /// First day in force; open where its beginning is not known.
    pub valid_from: Option<NaiveDate>,
    /// Last day in force, inclusive.
    pub valid_to: Option<NaiveDate>,
    pub legal_reference: String,
    /// The target groups it binds; empty: all.
    pub target_groups: Vec<TargetGroup>,
    pub effect: Effect,
    pub sure: Sure,
    /// The rules that use it, where their name does not say so.
    pub rules: Vec<String>,
    /// What it says, in Danish and English.
    pub da: String,
    pub en: String,
}

impl Row {
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether it is a duty that is switched off.
    pub fn is_off(&self) -> bool {
        self.value == toml::Value::Boolean(false)
    }

    /// Whether it is law that runs on past the last day for which the law is known.
    pub fn is_unconfirmed(&self, day: NaiveDate, confirmed_until: NaiveDate) -> bool {
        self.sure != Sure::Ours && day > confirmed_until && self.valid_from.is_none_or(|from| from <= confirmed_until)
    }

    fn names(&self, group: &TargetGroup) -> bool {
        self.target_groups.is_empty() || self.target_groups.contains(group)
    }
}

/// A book that has been read and found whole.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// Twelve hexadecimal digits of the file's SHA-256: what a decision stores.
    pub version: String,
    /// The file itself, to be kept for as long as a decision names it.
    pub text: String,
    pub rows: Vec<Row>,
    /// Figures from each date on; the first stands for all time before, too.
    eldest: Figures,
    later: BTreeMap<NaiveDate, Figures>,
}

impl Rulebook {
    /// Reads a book.
    ///
    /// # Errors
    /// All that is wrong with it, a line each: where, what, and what to do, in words for whoever wrote it.
    pub fn read(text: &str) -> Result<Self, String> {
        let placed = reading::rows(text);
        let (eldest, later) = whole::figures(&placed).map_err(|faults| reading::list(&faults))?;
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(text));
        let rows = placed.rows.into_iter().filter_map(|placed| placed.row).collect();
        Ok(Self { version: digest.chars().take(12).collect(), text: text.to_owned(), rows, eldest, later })
    }

    /// The rows of a book that is kept: one that an older version of the software found whole may lack what this
    /// version asks for, and is shown all the same.
    ///
    /// # Errors
    /// Rows that cannot be read.
    pub fn rows_of(text: &str) -> Result<Vec<Row>, String> {
        let placed = reading::rows(text);
        if placed.faults.is_empty() {
            Ok(placed.rows.into_iter().filter_map(|placed| placed.row).collect())
        } else {
            Err(reading::list(&placed.faults))
        }
    }

    /// The figures in force on a day.
    pub fn on(&self, day: NaiveDate) -> &Figures {
        self.later.range(..=day).next_back().map_or(&self.eldest, |(_, figures)| figures)
    }

    /// The days on which a row begins or the day after one ends, in order: between them nothing changes.
    pub fn changes(&self) -> impl Iterator<Item = NaiveDate> {
        self.later.keys().copied()
    }

    /// The rows in force on a day.
    pub fn rows_on(&self, day: NaiveDate) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.in_force(day))
    }

    /// The row of a figure on a day; none where there is no such figure.
    pub fn row(&self, figure: &str, day: NaiveDate) -> Option<&Row> {
        self.rows_on(day).find(|row| row.figure == figure)
    }

    /// The reference of a figure on a day, for those who want to look it up.
    pub fn reference(&self, figure: &str, day: NaiveDate) -> &str {
        self.row(figure, day).map_or("", |row| &row.legal_reference)
    }

    /// What a figure does on a day.
    pub fn effect(&self, figure: &str, day: NaiveDate) -> Option<Effect> {
        self.row(figure, day).map(|row| row.effect)
    }

    /// Whether a figure binds a target group on a day. A group that has gone out of the set is bound by every row: nobody
    /// slips out of the law by not having been put into a new group yet.
    pub fn binds(&self, figure: &str, day: NaiveDate, group: &TargetGroup) -> bool {
        self.row(figure, day).is_some_and(|row| row.names(group) || !self.has_group(day, group))
    }

    /// Whether a figure is no duty that is switched off on a day.
    pub fn is_on(&self, figure: &str, day: NaiveDate) -> bool {
        self.row(figure, day).is_some_and(|row| !row.is_off())
    }

    /// Whether a figure refuses on a day, whomever it concerns.
    pub fn refuses(&self, figure: &str, day: NaiveDate) -> bool {
        self.is_on(figure, day) && self.effect(figure, day) == Some(Effect::Refuse)
    }

    /// Whether the rule that rests on a figure is asked on a day: it binds the group, and is no duty that is switched off.
    pub fn asks(&self, figure: &str, day: NaiveDate, group: &TargetGroup) -> bool {
        self.binds(figure, day, group) && self.is_on(figure, day)
    }

    /// Whether a target group is in force on a day.
    pub fn has_group(&self, day: NaiveDate, group: &TargetGroup) -> bool {
        self.on(day).target_groups.iter().any(|known| known.group == *group)
    }

    /// Whether a citizen counts as job-ready on a day.
    pub fn job_ready(&self, citizen: &Citizen, day: NaiveDate) -> bool {
        self.on(day).is_job_ready(citizen)
    }
}

impl Figures {
    /// Whether a citizen counts as job-ready: the limit of the job-ready names the group and, where the group is job-ready only
    /// by mark, the citizen is marked.
    pub fn is_job_ready(&self, citizen: &Citizen) -> bool {
        let group = &citizen.target_group;
        let named = self.job_ready.as_ref().is_some_and(|row| row.names(group));
        named && (citizen.job_ready || !self.job_ready_if_marked_groups.contains(group))
    }
}

/// What a decision names a book by.
#[derive(Clone, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9a-f]{12}$", examples("0a1b2c3d4e5f"))]
pub struct BookVersion(String);

impl BookVersion {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Field for BookVersion {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let text = value.as_str().filter(|text| text.len() == 12 && text.chars().all(digit));
        text.map(|text| Self(text.to_owned())).or_else(|| {
            faults.add(
                at,
                Fault::not("version", "12 cifre 0–9 og a–f, som en afgørelse har", "12 digits 0–9 and a–f, as a decision has"),
            )
        })
    }
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

    /// What is wrong with the built-in book after each text was replaced by another.
    fn wrong(changes: &[(&str, &str)]) -> String {
        let text = changes.iter().fold(BUILT_IN.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replacen(old, new, 1)
        });
        let said = Rulebook::read(&text).err().unwrap_or_default();
        // Every line that is named is told by what stands there, so that the tests outlive changes of the file.
        let mut told = said;
        for number in (1..=text.lines().count()).rev() {
            let line = text.lines().nth(number - 1).unwrap();
            for named in [format!("line {number}:"), format!("line {number}.")] {
                told = told.replace(&named, &format!("<{line}>{}", &named[named.len() - 1..]));
            }
        }
        told
    }

    const FIRST: &str = "figure = \"first_booking_days\"\nvalue = 91\n";
    const OTHER: &str = "\n[[row]]\nfigure = \"first_booking_days\"\nvalue = 60\nunit = \"days\"\nvalid_from = \"2027-02-01\"\nlegal_reference = \"x\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"x\"\nen = \"x\"\n";
    const FOOT: &str = "en = \"A flag is snoozed so long at most.\"\n";

    fn first(more: &str) -> String {
        format!("{FIRST}{more}\n")
    }
    fn foot(more: &str) -> String {
        format!("{FOOT}{more}")
    }

    #[test]
    fn every_fault_names_its_line_what_is_wrong_and_what_to_do() {
        let twice = foot(&OTHER.replace("valid_from = \"2027-02-01\"\n", ""));
        let cases: [(&[(&str, &str)], &str); 20] = [
            (
                &[(FIRST, &first("valid_to = \"2026-12-31\""))],
                "<valid_to = \"2026-12-31\">: first_booking_days: no row is in force from 2027-01-01. Add a row with valid_from = \"2027-01-01\", or leave out valid_to.",
            ),
            (
                &[(FIRST, &first("valid_to = \"2026-12-31\"")), (FOOT, &foot(OTHER))],
                "<valid_to = \"2026-12-31\">: first_booking_days: no row is in force from 2027-01-01 to 2027-01-31. Add a row with valid_from = \"2027-01-01\", or end this one later.",
            ),
            (
                &[(FIRST, &first("valid_from = \"2026-01-01\""))],
                "<valid_from = \"2026-01-01\">: first_booking_days: no row is in force before 2026-01-01. Leave out valid_from, or add an older row that ends the day before.",
            ),
            (
                &[(FOOT, &foot(OTHER))],
                "<valid_from = \"2027-02-01\">: first_booking_days: two rows are in force on 2027-02-01, this one and the one of <[[row]]>. End the older one with valid_to = \"2027-01-31\", or begin this one later.",
            ),
            (
                &[(FOOT, &twice)],
                "<[[row]]>: first_booking_days: two rows are in force at once, this one and the one of <[[row]]>. Take one out, or date both: valid_to on the older, valid_from the day after on the newer.",
            ),
            (
                &[("\"first_booking_days\"", "\"first_boking_days\"")],
                "<figure = \"first_boking_days\">: first_boking_days: there is no such figure. Correct its name (is first_booking_days meant?), or take the row out.\n\
                 first_booking_days: is missing altogether. Add a [[row]] with figure = \"first_booking_days\".",
            ),
            (
                &[(FIRST, &first("valid_from = \"2026-02-30\""))],
                "<valid_from = \"2026-02-30\">: first_booking_days: valid_from \"2026-02-30\" is no day of the calendar. Write it as \"2027-01-31\".",
            ),
            (
                &[(FIRST, &first("valid_to = 2026"))],
                "<valid_to = 2026>: first_booking_days: valid_to is a number, and must be a date. Write it as \"2027-01-31\".",
            ),
            (
                &[(FIRST, &first("valid_from = \"2027-01-01\"\nvalid_to = \"2026-12-31\""))],
                "<valid_from = \"2027-01-01\">: first_booking_days: valid_from 2027-01-01 is after valid_to 2026-12-31. Exchange them, or correct one.",
            ),
            (
                &[(FIRST, "figure = \"first_booking_days\"\nvalue = \"91\"\n")],
                "<value = \"91\">: first_booking_days: the value \"91\" does not fit. Write a whole number.",
            ),
            (
                &[("value = [1, 2, 3]", "value = [1, 2]")],
                "<value = [1, 2]>: extended_without_hire_steps: the value [1, 2] does not fit. Write a list of 3, each entry a whole number.",
            ),
            (
                &[("effect = \"flag\"", "effect = \"flags\"")],
                "<effect = \"flags\">: extended_without_hire_steps: effect \"flags\" is unknown. Write one of: refuse, ask, flag, define.",
            ),
            (
                &[("sure = \"Ours\"", "sure = \"\"")],
                "<sure = \"\">: prospect_needed: sure \"\" is unknown. Write one of: H, M, L, Ours.",
            ),
            (
                &[("value = [\"6\", \"7\"]", "value = [\"6\", \"14\"]")],
                "<value = [\"6\", \"14\"]>: sick_listed_groups: target group 14 is not in force at first. Those that are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
            ),
            (
                &[("target_groups = [\"1\", \"2\", \"4\", \"12\"]", "target_groups = [\"1\", \"2\", \"4\", \"12\", \"x\"]")],
                "<target_groups = [\"1\", \"2\", \"4\", \"12\", \"x\"]>: job_ready_days: target group x is not in force at first. Those that are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
            ),
            (
                &[("target_groups = [\"1\", \"2\", \"4\", \"12\"]", "target_groups = [\"1\", \"4\", \"12\"]")],
                "<target_groups = [\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]>: first_booking_days: target group 2 has no longest stay at first: neither this row nor job_ready_days binds everybody in it. Add it to target_groups here.",
            ),
            (
                &[("unit = \"extensions\"\n", "units = \"extensions\"\n")],
                "<[[row]]>: extended_without_hire_steps: unit is missing. Add unit = … to the row.\n\
                 <units = \"extensions\">: extended_without_hire_steps: a row has no field units. Take it out, or correct its name.",
            ),
            (
                &[("group = \"2\"", "group = \"1\"")],
                "<value = [>: target_groups: target group 1 is there twice. Take one out.\n\
                 <target_groups = [\"1\", \"2\", \"4\", \"12\"]>: job_ready_days: target group 2 is not in force at first. Those that are: 1, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
            ),
            (
                &[(FIRST, "figure = \"first_booking_days\"\nvalue = \n")],
                "<value = >: string values must be quoted, expected literal string. Write each row as a [[row]] table with name = value on each line, texts in quotation marks.",
            ),
            (&[("[[row]]", "[[rows]]")], ""),
        ];
        for (changes, said) in cases {
            let found = wrong(changes);
            if said.is_empty() {
                assert!(found.starts_with('<'), "{found}");
            } else {
                assert_eq!(found, said, "{changes:?}");
            }
        }
    }

    #[test]
    fn all_faults_come_at_once_in_the_order_of_the_file() {
        let said = wrong(&[
            ("value = [1, 2, 3]", "value = 1"),
            (FIRST, &first("valid_to = \"2026-12-31\"")),
            ("figure = \"snooze_days_at_most\"", "figure = \"snooze\""),
        ]);
        let figures: Vec<&str> = said.lines().map(|line| line.split(": ").nth(1).unwrap_or_default()).collect();
        assert_eq!(figures[..3], ["first_booking_days", "extended_without_hire_steps", "snooze"], "{said}");
        assert!(said.lines().last().unwrap().starts_with("snooze_days_at_most: is missing"), "{said}");
    }

    #[test]
    fn leap_days_and_the_last_day_of_a_year_are_days_like_others() {
        let row = |value: i64, from: &str| OTHER.replace("value = 60", &format!("value = {value}")).replace("2027-02-01", from);
        let until = |row: String, last: &str| row.replace("legal_reference", &format!("valid_to = \"{last}\"\nlegal_reference"));
        let text = BUILT_IN.replace(FIRST, &first("valid_to = \"2028-02-28\""))
            + &until(row(70, "2028-02-29"), "2028-12-31")
            + &row(80, "2029-01-01");
        let book = Rulebook::read(&text).unwrap();
        for (on, days) in [
            ("2028-02-28", 91),
            ("2028-02-29", 70),
            ("2028-03-01", 70),
            ("2028-12-31", 70),
            ("2029-01-01", 80),
            ("2032-02-29", 80),
        ] {
            assert_eq!(book.on(day(on)).first_booking_days, days, "{on}");
        }
        let changes: Vec<String> = book.changes().map(|day| day.to_string()).collect();
        assert_eq!(changes, ["2028-02-29", "2029-01-01"]);
        // 2027 has no leap day.
        assert!(Rulebook::read(&text.replace("2028-02-29", "2027-02-29")).is_err());
    }

    #[test]
    fn new_target_groups_are_a_matter_of_rows() {
        // From 2027 on there are two groups: one job-ready, one not.
        let mut text = String::new();
        for block in BUILT_IN.split_inclusive("\n\n") {
            let names = ["\"target_groups\"", "job_ready_if_marked_groups", "sick_listed_groups", "job_ready_days"];
            let names = names.iter().chain(&["first_booking_days", "without_special_need_days", "special_need_step_days"]);
            let figure = block.lines().find(|line| line.starts_with("figure = ")).unwrap_or_default();
            if !block.starts_with("[[row]]") || !names.clone().any(|name| figure.contains(name)) {
                text.push_str(block);
                continue;
            }
            let dated = |field: &str, day: &str| block.replace("unit = ", &format!("{field} = \"{day}\"\nunit = "));
            text.push_str(&dated("valid_to", "2026-12-31"));
            let newer = dated("valid_from", "2027-01-01");
            let newer: Vec<&str> = newer.lines().filter(|line| !line.starts_with("    {")).collect();
            let newer = newer.join("\n").replace(
                "value = [\n]",
                "value = [{ group = \"near\", da = \"x\", en = \"x\" }, { group = \"far\", da = \"x\", en = \"x\" }]",
            );
            let newer = newer.replace("value = [\"12\"]", "value = []").replace("value = [\"6\", \"7\"]", "value = []");
            let newer = newer.replace("[\"1\", \"2\", \"4\", \"12\"]", "[\"near\"]");
            text.push_str(
                &newer.replace("[\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]", "[\"far\"]"),
            );
            text.push_str("\n\n");
        }
        let book = Rulebook::read(&text).unwrap();
        let group = |text: &str| TargetGroup::parse(text).unwrap();
        let (eve, new_year) = (day("2026-12-31"), day("2027-01-01"));
        assert!(book.has_group(eve, &group("3")) && !book.has_group(new_year, &group("3")));
        assert!(!book.has_group(eve, &group("far")) && book.has_group(new_year, &group("far")));
        assert!(book.binds("first_booking_days", new_year, &group("far")));
        assert!(!book.binds("first_booking_days", new_year, &group("near")));
        assert!(book.binds("first_booking_days", new_year, &group("3")), "not regrouped yet, and bound all the same");
        assert!(!book.binds("first_booking_days", eve, &group("2")));
        assert!(book.binds("weekly_hours_at_most", eve, &group("2")), "no list: all");
        let early = text.replace("valid_from = \"2027-01-01\"\nunit = \"days\"", "valid_from = \"2026-12-31\"\nunit = \"days\"");
        assert!(Rulebook::read(&early).unwrap_err().contains("two rows are in force on 2026-12-31"));
    }

    #[test]
    fn who_is_job_ready_follows_from_whom_the_limit_binds() {
        let book = Rulebook::read(BUILT_IN).unwrap();
        let today = day("2024-01-02");
        for (group, marked, ready) in [
            ("1", false, true),
            ("2", false, true),
            ("3", true, false),
            ("12", false, false),
            ("12", true, true),
            ("13", false, false),
        ] {
            let mut citizen = crate::domain::testing::citizen();
            citizen.target_group = TargetGroup::parse(group).unwrap();
            citizen.job_ready = marked;
            assert_eq!(book.job_ready(&citizen, today), ready, "{group} {marked}");
        }
    }

    #[test]
    fn a_duty_that_is_switched_off_is_not_asked() {
        let text = BUILT_IN.replace("figure = \"prospect_needed\"\nvalue = true", "figure = \"prospect_needed\"\nvalue = false");
        let (book, today) = (Rulebook::read(&text).unwrap(), day("2024-01-02"));
        let group = TargetGroup::parse("3").unwrap();
        assert!(!book.asks("prospect_needed", today, &group) && book.asks("purpose_statement", today, &group));
        assert_eq!(book.effect("prospect_needed", today), Some(Effect::Refuse));
        assert_eq!(book.effect("no_such_figure", today), None);
    }

    #[test]
    fn a_kept_book_that_lacks_what_is_asked_for_now_still_shows_its_rows() {
        let text = BUILT_IN.replace("\"start_gate\"", "\"some_old_figure\"");
        assert!(Rulebook::read(&text).is_err());
        let rows = Rulebook::rows_of(&text).unwrap();
        assert!(rows.iter().any(|row| row.figure == "some_old_figure"));
        assert_eq!(rows.len(), Rulebook::read(BUILT_IN).unwrap().rows.len());
        assert!(Rulebook::rows_of("row").is_err());
    }
}
