//! What actions cause beyond their own rows, as typed facts. An action hands its events to the outbox in its own transaction; the
//! letters are made from them there, at once.
//!
//! Promise: an event is kept or lost together with what caused it. The same event again, from a second run, another instance or
//! a replay, adds nothing: each letter has a key made of what it is about.

use crate::{
    domain::{
        internships::{
            alignment::{Cause, Commitment, Party, Terms, Via},
            approval::ApprovalOf,
            internship::{AnswerKind, Internship},
            questions::QuestionsAbout,
            terms_in_words::{ChangedPart, changed_parts},
        },
        people::{access::Role, correction::Corrected},
        rules::flags::Audience,
        values::{
            day::Period,
            ids::{
                AccountId, AccountLinkId, AnswerId, ApprovalRequestId, CitizenId, ClosingId, ConsultantChangeId, CorrectionId,
                FormerAgreementId, InternshipId, WrittenId,
            },
            localized::Localized,
        },
    },
    outbox::{
        letters::{AppointmentChange, FlagNotice, FollowUpAhead, MentorNews, OpeningLine, PartyNews, RecordedWord, StatedBy},
        queue::LetterCause,
    },
    store::schema::{CitizenRow, StatementRequestRow},
};
use chrono::NaiveDate;

/// See the module.
pub enum Event<'a> {
    /// Somebody is to choose a password, by a link that works until a day.
    PasswordAsked { link: &'a AccountLinkId, last: NaiveDate, is_new_account: bool, role: Role, to: &'a str },
    /// Somebody else has changed an account; its holder is told.
    AccountChanged { change: &'a str, by: &'a str, changes: &'a [(Localized, Localized)], role: Role, to: &'a str },
    /// A party is to read a version and confirm it.
    ConfirmationAsked {
        version: VersionToConfirm<'a>,
        party: Party,
        to: &'a str,
        /// What makes it a letter of its own beside the invitation; none for the invitation itself.
        reminder: Option<&'a str>,
    },
    /// A party that has confirmed the newest version already asks for a new link to it.
    LinkRenewed { internship: &'a Internship, party: Party, to: &'a str, key: &'a str },
    /// The company is to answer whether it hires (S7).
    DecisionAsked { internship: &'a InternshipId, decision_on: NaiveDate, to: &'a str, key: &'a str, cause: LetterCause },
    /// The company has answered; its consultant is told.
    CompanyAnswered {
        answer: AnswerKind,
        answer_id: &'a AnswerId,
        internship: &'a InternshipId,
        consultant: &'a AccountId,
        to: &'a str,
    },
    /// A party is asked what it wants to say at a follow-up, or whether a job holds.
    QuestionsAsked {
        internship: &'a Internship,
        about: &'a QuestionsAbout,
        party: Party,
        to: &'a str,
        /// What makes it a letter of its own beside the first; none for the first itself.
        mark: Option<&'a str>,
    },
    /// A party has written; who reads for the consultant is told.
    Written {
        internship: &'a InternshipId,
        about: &'a QuestionsAbout,
        party: Party,
        written: &'a WrittenId,
        reader: &'a AccountId,
        to: &'a str,
    },
    /// A party has taken back its yes to an accommodation; who reads for the consultant is told.
    AgreementTakenBack {
        internship: &'a Internship,
        party: Party,
        former: &'a FormerAgreementId,
        reader: &'a AccountId,
        to: &'a str,
    },
    /// The employee representative is asked for the statement.
    StatementAsked {
        request: &'a StatementRequestRow,
        /// What makes it a letter of its own beside the first; none for the first itself.
        mark: Option<&'a str>,
    },
    /// It has been stated through a link whether the conditions of the law are met; who reads for the consultant is told.
    Stated { internship: &'a InternshipId, by: StatedBy, met: bool, revision: i32, reader: &'a AccountId, to: &'a str },
    /// The citizen's mentor is told what is agreed, or that it is called off.
    MentorTold {
        internship: &'a Internship,
        news: MentorNews,
        name: &'a str,
        to: &'a str,
        /// What makes it a letter of its own beside that of the version; none for that one.
        mark: Option<&'a str>,
    },
    /// Somebody else is responsible for a citizen from now on; the citizen is told.
    ConsultantChanged { change: &'a ConsultantChangeId, citizen: &'a CitizenRow, handed_over: bool, to: &'a str },
    /// A citizen's course is closed: to the citizen, or to the contact person of an internship.
    CourseClosed {
        closing: &'a ClosingId,
        citizen: &'a CitizenId,
        internship: Option<&'a InternshipId>,
        reference: &'a str,
        to: &'a str,
    },
    /// A team leader is to approve something.
    ApprovalAsked {
        request: &'a ApprovalRequestId,
        what: ApprovalOf,
        internship: &'a Internship,
        leader: &'a AccountId,
        to: &'a str,
    },
    /// A team leader has answered; whoever asked is told.
    ApprovalAnswered {
        request: &'a ApprovalRequestId,
        what: ApprovalOf,
        granted: bool,
        internship: &'a Internship,
        reader: &'a AccountId,
        to: &'a str,
    },
    /// Something that a party is told of without being asked for anything.
    News { internship: &'a Internship, news: &'a PartyNews, party: Party, to: &'a str },
    /// A party has agreed, and not to every accommodation; who reads for the consultant is told.
    AccommodationLeftOut { internship: &'a Internship, party: Party, reader: &'a AccountId, to: &'a str },
    /// Somebody here has recorded a word for a party; it gets a receipt.
    WordRecorded { internship: &'a Internship, word: &'a RecordedWord, party: Party, via: Via, to: &'a str },
    /// A flag that somebody was told of has gone: what it rested on was registered in error.
    PutRight {
        what: Corrected,
        correction: &'a CorrectionId,
        internship: Option<&'a InternshipId>,
        citizen: &'a CitizenId,
        audience: Audience,
        account: &'a AccountId,
        to: &'a str,
    },
    /// Openings expire soon; who keeps them is to renew or close them.
    OpeningsExpire { openings: &'a [OpeningLine], audience: Audience, to: &'a str, key: &'a str },
    /// Appointments of an internship that are new, moved or called off: to citizen or company, with what puts them into a calendar.
    AppointmentsChanged { internship: &'a InternshipId, changes: &'a [AppointmentChange], party: Party, to: &'a str },
    /// Flags that were raised for somebody who works here, among them a warning or an alarm.
    Warned {
        lines: &'a [FlagNotice],
        ahead: &'a [FollowUpAhead],
        changes: &'a [AppointmentChange],
        audience: Audience,
        to: &'a str,
        key: &'a str,
    },
    /// The day's notices for somebody who works here, and the follow-ups that come next.
    DigestDue {
        lines: &'a [FlagNotice],
        ahead: &'a [FollowUpAhead],
        changes: &'a [AppointmentChange],
        audience: Audience,
        account: &'a AccountId,
        to: &'a str,
        key: &'a str,
    },
}

/// The version that the parties are asked to confirm.
#[derive(Clone, Copy, Debug)]
pub struct VersionToConfirm<'a> {
    pub internship: &'a InternshipId,
    pub number: i32,
    pub cause: Cause,
    pub terms: &'a Terms,
    /// What it is read beside: the version that stands until all have confirmed this one, or the one before it.
    pub standing: Option<&'a Terms>,
    /// What the company has committed itself to with it.
    pub commitment: Option<&'a Commitment>,
}

impl<'a> VersionToConfirm<'a> {
    pub fn newest_of(internship: &'a Internship) -> Self {
        let newest = internship.newest();
        Self {
            internship: &internship.id,
            number: newest.number,
            cause: newest.cause,
            terms: &newest.terms,
            standing: internship.before_newest().map(|version| &version.terms),
            commitment: newest.papers.as_ref().and_then(|papers| papers.commitment.as_ref()),
        }
    }

    pub fn period(&self) -> Period {
        self.terms.period
    }

    /// What is new in it.
    pub fn changed(&self) -> Vec<ChangedPart> {
        self.standing.map_or_else(Vec::new, |standing| changed_parts(standing, self.terms))
    }
}
