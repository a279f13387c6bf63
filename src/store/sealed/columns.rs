//! Every sealed column and what it holds, a line each. A name of a table or column here is part of what is sealed: it never
//! changes.

use crate::{
    domain::{
        internships::{
            alignment::{Asked, ExtensionPapers, Terms},
            follow_up::Record,
            pause::PauseKind,
            questions::Written,
            retention::NewRetentionCheck,
            statements::EmployerStatement,
        },
        people::{citizen::NeedFacts, profile::Profile, step::StepWords},
    },
    store::sealed::column::SealedColumn,
};

pub const CITIZEN_CPR: SealedColumn<String> = SealedColumn::new("citizens", "cpr_sealed");
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
pub const REPLY: SealedColumn<String> = SealedColumn::new("replies", "body");
