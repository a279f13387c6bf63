//! Every sealed column and what it holds, a line each. A name of a table or column here is part of what is sealed: it never
//! changes.

use crate::{
    domain::{
        internships::{
            alignment::{Asked, ExtensionPapers, Terms},
            decision::Decision,
            follow_up::Record,
            hearing::Hearing,
            pause::PauseKind,
            questions::Written,
            retention::NewRetentionCheck,
            statements::{EmployerStatement, Statement},
        },
        people::{
            citizen::{Goal, NeedFacts},
            personal_details::PersonalDetails,
            profile::Profile,
            step::StepWords,
        },
    },
    store::sealed::column::SealedColumn,
};

pub const CITIZEN_CPR: SealedColumn<String> = SealedColumn::new("citizens", "cpr_sealed");
/// Who the citizen is.
pub const CITIZEN_PERSON: SealedColumn<PersonalDetails> = SealedColumn::new("citizens", "person");
pub const CITIZEN_GOALS: SealedColumn<Vec<Goal>> = SealedColumn::new("citizens", "goals");
pub const CITIZEN_PROFILE: SealedColumn<Profile> = SealedColumn::new("citizens", "profile");
pub const NEED: SealedColumn<NeedFacts> = SealedColumn::new("needs", "sealed");
pub const VERSION_TERMS: SealedColumn<Terms> = SealedColumn::new("versions", "terms");
pub const VERSION_PAPERS: SealedColumn<ExtensionPapers> = SealedColumn::new("versions", "papers");
pub const VERSION_ASKED: SealedColumn<Vec<Asked>> = SealedColumn::new("versions", "asked");
/// What is done about a need, as the company may read it.
pub const ACCOMMODATION: SealedColumn<String> = SealedColumn::new("accommodations", "sealed");
pub const WRITTEN_REASONS: SealedColumn<String> = SealedColumn::new("written_reasons", "reasons");
pub const FOLLOW_UP: SealedColumn<Record> = SealedColumn::new("follow_ups", "sealed");
pub const RETENTION_CHECK: SealedColumn<NewRetentionCheck> = SealedColumn::new("retention_checks", "sealed");
/// Why something was put right.
pub const CORRECTION_REASONS: SealedColumn<String> = SealedColumn::new("corrections", "reasons");
/// What stood before, as JSON.
pub const CORRECTION_BEFORE: SealedColumn<String> = SealedColumn::new("corrections", "stood_before");
pub const FORMER_CPR: SealedColumn<String> = SealedColumn::new("former_numbers", "cpr_sealed");
pub const HANDOVER: SealedColumn<String> = SealedColumn::new("consultant_changes", "sealed");
pub const STORY: SealedColumn<String> = SealedColumn::new("story", "sealed");
/// Why a course was closed.
pub const CLOSING_REASONS: SealedColumn<String> = SealedColumn::new("closings", "reasons");
/// Why it was opened again.
pub const REOPENING_REASONS: SealedColumn<String> = SealedColumn::new("closings", "reopening_reasons");
pub const STEP: SealedColumn<StepWords> = SealedColumn::new("steps", "sealed");
/// Why an objection was recorded as taken back.
pub const OBJECTION_WITHDRAWAL: SealedColumn<String> = SealedColumn::new("objections", "withdrawal_sealed");
pub const EMPLOYER_STATEMENT: SealedColumn<EmployerStatement> = SealedColumn::new("employer_statements", "sealed");
/// Why an internship pauses.
pub const PAUSE: SealedColumn<PauseKind> = SealedColumn::new("pauses", "sealed");
/// What was added to a follow-up.
pub const ADDENDUM: SealedColumn<String> = SealedColumn::new("addenda", "sealed");
/// What citizen or company wrote behind a link.
pub const WRITTEN: SealedColumn<Written> = SealedColumn::new("written", "sealed");
/// Why somebody looks at a citizen of somebody else.
pub const ACCESS_REASON: SealedColumn<String> = SealedColumn::new("access_reasons", "reason");
pub const HEARING: SealedColumn<Hearing> = SealedColumn::new("hearings", "sealed");
/// Why the data of a citizen may only be kept.
pub const RESTRICTION_REASONS: SealedColumn<String> = SealedColumn::new("restrictions", "reasons");
/// Why that was lifted.
pub const LIFTING_REASONS: SealedColumn<String> = SealedColumn::new("restrictions", "lifting_reasons");
/// A task that is new for the citizen.
pub const NEW_FUNCTION: SealedColumn<String> = SealedColumn::new("internships", "new_function");
/// The employee representative's.
pub const STATEMENT: SealedColumn<Statement> = SealedColumn::new("internships", "statement");
pub const DECISION: SealedColumn<Decision> = SealedColumn::new("internships", "decision");
pub const END_NOTE: SealedColumn<String> = SealedColumn::new("internships", "end_note");
pub const CANCEL_REASON: SealedColumn<String> = SealedColumn::new("internships", "cancel_reason");
pub const NEXT_STEP: SealedColumn<String> = SealedColumn::new("internships", "next_step");
/// Why a start was recorded late.
pub const START_REASONS: SealedColumn<String> = SealedColumn::new("internships", "start_reasons");
pub const WITHDRAWN_BECAUSE: SealedColumn<String> = SealedColumn::new("versions", "withdrawn_because");
/// That of an extension.
pub const VERSION_DECISION: SealedColumn<Decision> = SealedColumn::new("versions", "decision");
/// Who confirmed, by name.
pub const CONFIRMATION_GIVER: SealedColumn<String> = SealedColumn::new("confirmations", "given_by");
pub const OBJECTION_WORDS: SealedColumn<String> = SealedColumn::new("objections", "words");
pub const OBJECTION_GIVER: SealedColumn<String> = SealedColumn::new("objections", "given_by");
pub const APPROVAL_REASONS: SealedColumn<String> = SealedColumn::new("approvals", "reasons");
/// Why a team leader is asked.
pub const REQUEST_REASONS: SealedColumn<String> = SealedColumn::new("approval_requests", "reasons");
pub const REQUEST_ANSWER: SealedColumn<String> = SealedColumn::new("approval_requests", "answer");
pub const ANSWER_WORDS: SealedColumn<String> = SealedColumn::new("answers", "words");
pub const ANSWER_GIVER: SealedColumn<String> = SealedColumn::new("answers", "given_by");
pub const OUTCOME_NEXT_STEP: SealedColumn<String> = SealedColumn::new("outcomes", "next_step");
/// Why a flag was acknowledged or snoozed.
pub const FLAG_REASON: SealedColumn<String> = SealedColumn::new("flag_events", "reason");
/// Why a follow-up was called off.
pub const FOLLOW_UP_CANCEL_REASON: SealedColumn<String> = SealedColumn::new("follow_ups", "cancel_reason");
/// Where it goes.
pub const LETTER_RECIPIENT: SealedColumn<String> = SealedColumn::new("letters", "recipient");
pub const LETTER_SUBJECT: SealedColumn<String> = SealedColumn::new("letters", "subject");
pub const LETTER_PLAIN: SealedColumn<String> = SealedColumn::new("letters", "plain");
pub const LETTER_HTML: SealedColumn<String> = SealedColumn::new("letters", "html");
/// What it puts into its reader's calendar, as JSON.
pub const LETTER_CALENDAR: SealedColumn<String> = SealedColumn::new("letters", "calendar");
/// Whose calendar.
pub const CALENDAR_RECIPIENT: SealedColumn<String> = SealedColumn::new("calendar_entries", "recipient");
pub const REPLY: SealedColumn<String> = SealedColumn::new("replies", "body");
