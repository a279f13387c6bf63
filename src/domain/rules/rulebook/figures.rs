//! The figures in force on one day: every one that the rules use, with its type. Adding one is a line here and its rows in
//! `config/rules.toml`.

use crate::domain::{
    rules::rulebook::{
        row::Row,
        shape::{self, FigureShape, figures},
        values::{Group, Percents, Rounding},
    },
    values::target_group::TargetGroup,
};
use chrono::NaiveDate;

figures! {
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
        /// So long after it was recorded, something wrong is put right without a team leader.
        pub put_right_days: i64,
        /// A hire lost before is no hire.
        pub hire_holds_days: i64,
        /// A hire of fewer hours a week closes nothing.
        pub hire_hours_at_least: i64,
        /// A hire agreed more days ahead counts from its first day only.
        pub hire_ahead_days: i64,
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
        /// `decision-due`: calendar days before the decision date (negative) and working days after it, of its five steps.
        pub decision_due_steps: [i64; 5],
        /// `ends-without-plan`: calendar days before the end (negative) and working days after it, of its three steps.
        pub ends_without_plan_steps: [i64; 3],
        /// `ends-without-plan`: a stay of fewer days is short.
        pub ends_without_plan_short_stay_days: i64,
        /// `ends-without-plan`: days before the end of a short stay.
        pub ends_without_plan_short_before_days: i64,
        /// `ends-without-plan`: a stay of fewer days is not asked about before its end.
        pub ends_without_plan_shortest_days: i64,
        /// `alignment-missing`: days before the start.
        pub alignment_missing_before_days: i64,
        /// `alignment-missing`: at the earliest so many days after booking.
        pub alignment_missing_after_booking_days: i64,
        /// `alignment-missing`: working days after the start, of the alarm.
        pub alignment_missing_after_start_days: i64,
        /// `start-not-recorded`: working days after the agreed first day.
        pub start_not_recorded_steps: [i64; 3],
        /// `not-reached`: working days after a party was to be reached.
        pub not_reached_steps: [i64; 2],
        /// `step-overdue`: working days after the day of a step.
        pub step_overdue_steps: [i64; 2],
        /// `objection`: working days without a new version.
        pub objection_unheard_days: i64,
        /// `commitment-broken`: working days after the latest first day.
        pub commitment_broken_days: i64,
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
        /// Follow-up: a regular one fewer days from another is left out.
        pub follow_up_apart_days: i64,
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
        /// `follow-up-overdue`: working days past its date.
        pub follow_up_overdue_steps: [i64; 2],
        /// `goal-mismatch-repeated`: internships outside the goals.
        pub goal_mismatch_steps: [i64; 2],
        /// `clarification-repeated`: clarification internships with the same question.
        pub same_question_internships: i64,
        /// `clarification-repeated`: clarification internships in all.
        pub clarification_internships: i64,
        /// `stagnation`: follow-ups in a row not in progression.
        pub stagnation_steps: [i64; 2],
        /// `absence`: percent of the days since the last follow-up.
        pub absence_percent: i64,
        /// `absence`: at least so many days.
        pub absence_days: i64,
        /// `absence`: follow-ups in a row.
        pub absence_steps: [i64; 2],
        /// `pause-open`: days after an open pause began; nothing waits for it longer than the first.
        pub pause_open_steps: [i64; 2],
        /// `not-belonging`: follow-ups in a row.
        pub not_belonging_follow_ups: i64,
        /// `belief-falling`: the consultant's belief so far below the citizen's.
        pub belief_gap: i64,
        /// `group-does-not-fit`: groups of those under `minor_age`.
        pub minor_groups: Vec<TargetGroup>,
        /// `group-does-not-fit`: the age.
        pub minor_age: u32,
        /// `group-does-not-fit`: groups of those under `youth_age`.
        pub youth_groups: Vec<TargetGroup>,
        /// `group-does-not-fit`: the age.
        pub youth_age: u32,
        /// `standstill`: days without anything.
        pub standstill_steps: [i64; 2],
        /// `awaited-clarification`: working days past the day on which it was expected.
        pub awaited_clarification_steps: [i64; 2],
        /// `consultant-changes`: different consultants within the window.
        pub consultant_changes_steps: [i64; 2],
        /// `consultant-changes`: how many months back count.
        pub consultant_changes_months: u32,
        /// `handover-missing`: days after a change without a handover read.
        pub handover_missing_steps: [i64; 2],
        /// `without-consultant`: days after the account of who is responsible was closed.
        pub without_consultant_steps: [i64; 2],
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

impl Figures {
    /// Whether somebody of a target group counts as job-ready: the limit of the job-ready names the group and, where the group is
    /// job-ready only by mark, the municipality says so of the citizen.
    pub fn is_job_ready(&self, group: &TargetGroup, marked: bool) -> bool {
        let named = self.job_ready.as_ref().is_some_and(|row| row.names(group));
        named && (marked || !self.job_ready_if_marked_groups.contains(group))
    }
}
