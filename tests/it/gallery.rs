//! One of each letter, made of facts: what the handbook shows.

use crate::harness::{day, json};
use rettematch::{
    domain::{
        input::read,
        internships::{
            alignment::{Cause, Commitment, Party, Via},
            appointments::{AppointmentKind, Slotted},
            approval::ApprovalOf,
            follow_up::Planned,
            internship::AnswerKind,
            questions::{Question, QuestionsAbout},
            terms_in_words::{ChangedPart, TermsPart},
        },
        people::{access::Role, account::AccountField, correction::Corrected},
        rules::{
            evidence::compared,
            flags::{Audience, Level, follow_up_overdue},
        },
        values::{
            clock_time::ClockTime,
            ids::{
                AnswerId, CalendarEntryId, CorrectionId, FlagId, FollowUpId, FormerAgreementId, ObjectionId, OpeningId,
                OutcomeId, PauseId,
            },
            localized::localized,
        },
    },
    outbox::letters::{
        Alignment, AppointmentChange, AppointmentNews, CaseNames, DecisionLetter, FlagNotice, FollowUpAhead, Frame, Letter,
        MentorLetter, OpeningLine, PartyNews, Questions, RecordedWord, Responsible, StatedBy, accommodation_left_out,
        account_changed, agreement_taken_back, alignment, answer, appointments, approval_answered, approval_asked, at_once,
        choose_password, consultant_changed, course_closed, decision, digest, internship_closed, mentor_cancelled, mentor_told,
        new_link, news, openings_to_renew, put_right, questions, receipt, stated, statement_asked, written,
    },
};

fn case() -> CaseNames {
    CaseNames {
        reference: "P-SSEN76HP".into(),
        citizen: Some("Anna".into()),
        workplace: Some("Netto Risskov".into()),
        address: Some("Rolighedsvej 1, 8240 Risskov".into()),
        contact: Some("Karen Holm, 86 12 34 56".into()),
    }
}

/// Around a letter to a citizen or a company, and to somebody who works here.
fn frame(outside: bool) -> Frame {
    let responsible = Responsible {
        name: "Mette Madsen".into(),
        phone: Some("89 40 20 00".into()),
        email: "mette.madsen@aarhus.example".into(),
    };
    Frame {
        municipality: "Aarhus Kommune".into(),
        responsible: outside.then_some(responsible),
        reference: outside.then(|| case().reference),
    }
}

fn agreement(party: Party, cause: Cause, changed: &[ChangedPart], commitment: Option<&Commitment>, reminder: bool) -> Letter {
    alignment(&Alignment {
        party,
        case: &case(),
        cause,
        start: day("2026-12-07"),
        last: day("2027-02-28"),
        changed,
        commitment,
        reminder,
        works_until: day("2026-12-14"),
    })
}

fn flag(level: Level) -> FlagNotice {
    let own = follow_up_overdue::RULE;
    FlagNotice {
        level,
        rule: "follow-up-overdue".into(),
        reference: "Ankestyrelsen 2022 (L19)".into(),
        case: case().short(),
        case_reference: case().reference,
        words: own.words(),
        evidence: vec![compared(localized("Planlagt til", "Planned for"), "11.12.2026")],
        flag: FlagId::stored("019b0000-0000-7000-8000-000000000000"),
    }
}

fn entry(news: AppointmentNews) -> AppointmentChange {
    AppointmentChange {
        uid: CalendarEntryId::stored("entry"),
        sequence: 0,
        to: "anna@post.example".into(),
        kind: AppointmentKind::FollowUp,
        slot: Slotted { on: day("2026-12-11"), at: ClockTime::parse("14:00"), place: Some("Kantinen".into()), ask_for: None },
        workplace: "Netto Risskov".into(),
        address: case().address,
        case: case().short(),
        news,
    }
}

/// What each is, to whom it goes, and the letter.
pub fn letters() -> Vec<(&'static str, Frame, Letter)> {
    let hours = |text: &str, en: &str| vec![localized(text, en)];
    let changed = [ChangedPart {
        part: TermsPart::Hours,
        before: hours("20 timer om ugen", "20 hours a week"),
        after: hours("12 timer om ugen", "12 hours a week"),
    }];
    let longer = [ChangedPart {
        part: TermsPart::Period,
        before: hours("7. december 2026 – 31. januar 2027", "7 December 2026 – 31 January 2027"),
        after: hours("7. december 2026 – 28. februar 2027", "7 December 2026 – 28 February 2027"),
    }];
    let commitment =
        json!({"position": "butiksassistent", "weekly_hours": 30, "latest_first_day": "2027-03-01", "condition": "Mødestabil"});
    let commitment: Commitment = read(&commitment).unwrap();
    let ahead = [FollowUpAhead {
        id: FollowUpId::stored("019b0000-0000-7000-8000-000000000001"),
        on: day("2026-12-11"),
        kind: Planned::First,
        case: case().short(),
        case_reference: case().reference,
    }];
    let opening = OpeningLine {
        opening: OpeningId::stored("019b0000-0000-7000-8000-000000000002"),
        workplace: "Netto Risskov".into(),
        p_number: "1012345678".into(),
        occupation: localized("butik", "shop"),
        expires_on: day("2026-12-18"),
    };
    let decision_letter =
        |today: &str| decision(&DecisionLetter { case: &case(), decision_on: day("2027-01-29"), today: day(today) });
    let of = |happened: PartyNews, party| news(&happened, party, &case());
    let (pause, correction) = (PauseId::stored("pause"), CorrectionId::stored("correction"));
    let (from, to) = (day("2026-12-21"), day("2027-01-03"));
    let decided = |extension| PartyNews::Decided { extension, day: from };
    let got = |word: RecordedWord, party| receipt(&word, party, Via::Telephone, &case());
    let moved = AppointmentNews::Changed { from: day("2026-12-10"), at: None };
    let follow_up = QuestionsAbout::FollowUp {
        id: FollowUpId::stored("019b0000-0000-7000-8000-000000000001"),
        on: day("2026-12-11"),
        at: ClockTime::parse("14:00"),
        place: Some("Kantinen".into()),
    };
    let job = QuestionsAbout::Job { outcome: OutcomeId::stored("job"), first_day: day("2026-09-01"), weeks: 13 };
    let asked_about = |about: &QuestionsAbout, party, asked: &[Question]| {
        questions(&Questions { about, party, case: &case(), asked, works_until: day("2026-12-14") })
    };
    let unnamed = CaseNames { citizen: None, ..case() };
    let internship = "019b0000-0000-7000-8000-000000000003";
    let approval = "019b0000-0000-7000-8000-000000000005";
    let named = case();
    let mentor = |is_first| MentorLetter {
        case: &named,
        name: "Bente Holm",
        is_first,
        first: from,
        last: to,
        works_until: day("2026-12-14"),
    };
    let outside = [
        ("The first agreement, to the citizen", agreement(Party::Citizen, Cause::Booking, &[], None, false)),
        ("The first agreement, to the company", agreement(Party::Company, Cause::Booking, &[], None, false)),
        ("A reminder of it, to the citizen", agreement(Party::Citizen, Cause::Booking, &[], None, true)),
        ("A change, to the citizen", agreement(Party::Citizen, Cause::Change, &changed, None, false)),
        ("An extension, to the company", agreement(Party::Company, Cause::Extension, &longer, Some(&commitment), false)),
        ("The question whether it hires, to the company", decision_letter("2027-01-15")),
        ("The same after the date", decision_letter("2027-02-03")),
        ("A decision, to the citizen", of(decided(None), Party::Citizen)),
        ("A decision on an extension, to the company", of(decided(Some(2)), Party::Company)),
        ("A cancellation, to the citizen", of(PartyNews::Cancelled, Party::Citizen)),
        ("A change that is withdrawn, to the company", of(PartyNews::VersionWithdrawn { number: 2 }, Party::Company)),
        ("A pause, to the company", of(PartyNews::Paused { pause: pause.clone(), from, to: Some(to) }, Party::Company)),
        (
            "A pause until further notice, to the citizen",
            of(PartyNews::Paused { pause: pause.clone(), from, to: None }, Party::Citizen),
        ),
        ("The end of a pause, to the citizen", of(PartyNews::PauseEnds { pause, from, to }, Party::Citizen)),
        ("Something put right, to the citizen", of(PartyNews::PutRight { what: Corrected::Start, correction }, Party::Citizen)),
        ("A receipt of a confirmation, to the citizen", got(RecordedWord::Confirmation { number: 1 }, Party::Citizen)),
        ("A receipt of an objection, to the company", got(RecordedWord::Objection(ObjectionId::stored("o")), Party::Company)),
        (
            "A receipt of an objection withdrawn, to the citizen",
            got(RecordedWord::ObjectionWithdrawn { number: 1, day: from }, Party::Citizen),
        ),
        (
            "A receipt of a yes to an accommodation that is taken back, to the citizen",
            got(RecordedWord::AgreementTakenBack(FormerAgreementId::stored("f")), Party::Citizen),
        ),
        (
            "A receipt of an answer, to the company",
            got(RecordedWord::Answer(AnswerId::stored("a"), AnswerKind::Hire), Party::Company),
        ),
        ("Entries for the calendar, to the citizen", appointments(&[entry(AppointmentNews::New)], &case(), Audience::Citizen)),
        ("An appointment that is moved, to the company", appointments(&[entry(moved)], &case(), Audience::CompanyContact)),
        (
            "One that is called off, to the citizen",
            appointments(&[entry(AppointmentNews::Cancelled)], &case(), Audience::Citizen),
        ),
        ("A new link to what was answered already, to the citizen", new_link(Party::Citizen, &case())),
        (
            "The questions before a follow-up, to the citizen",
            asked_about(&follow_up, Party::Citizen, &[Question::Words, Question::Belief]),
        ),
        (
            "The questions before a follow-up, to the company",
            asked_about(&follow_up, Party::Company, &[Question::Words, Question::Colleagues]),
        ),
        ("Whether a job holds, to the citizen", asked_about(&job, Party::Citizen, &[Question::Holds, Question::Words])),
        ("Whether a job holds, to the company", asked_about(&job, Party::Company, &[Question::Holds, Question::Words])),
        (
            "A request for the statement, to the employee representative",
            statement_asked(&unnamed, "Tove Lund", day("2026-12-14")),
        ),
        ("What is agreed, to the mentor", mentor_told(&mentor(true))),
        ("The same after a change", mentor_told(&mentor(false))),
        ("A cancellation, to the mentor", mentor_cancelled(&case(), "Bente Holm")),
        ("Another consultant, to the citizen", consultant_changed("Mette Madsen", true)),
        ("A course that is closed, to the citizen", course_closed()),
        ("The same, to the company", internship_closed(&case())),
    ];
    let here = [
        ("A warning", at_once(&[flag(Level::Warning)], &[], &[])),
        ("The day's notices", digest(&[flag(Level::Notice)], &ahead, &[entry(AppointmentNews::New)])),
        ("The company's answer, to the consultant", answer(AnswerKind::Hire, &case(), internship)),
        ("Somebody has written, to the consultant", written(&follow_up, Party::Company, &case(), internship)),
        (
            "A statement that the conditions are not met, to the consultant",
            stated(StatedBy::Representative, false, &case(), internship),
        ),
        (
            "A yes to an accommodation that is taken back, to the consultant",
            agreement_taken_back(Party::Citizen, &case(), internship),
        ),
        ("A yes without every accommodation, to the consultant", accommodation_left_out(Party::Citizen, &case(), internship)),
        ("A request for approval, to the team leader", approval_asked(ApprovalOf::Extension, &case(), approval)),
        ("Its answer, to who asked", approval_answered(ApprovalOf::Extension, true, &case(), approval)),
        (
            "A flag that has gone because something was put right",
            put_right(Corrected::Start, &case(), "019b0000-0000-7000-8000-000000000004"),
        ),
        ("Two records that were merged", put_right(Corrected::Merged, &case(), "019b0000-0000-7000-8000-000000000004")),
        ("A link to choose a password, to who is new", choose_password(day("2026-12-13"), true)),
        ("A new link to choose a password", choose_password(day("2026-12-13"), false)),
        (
            "An account that somebody else has changed, to its holder",
            account_changed("Peter Lund", &[(AccountField::Role.label(), Role::TeamLeader.label())]),
        ),
        ("Openings that expire, to who keeps them", openings_to_renew(&[opening], day("2026-12-07"))),
    ];
    let framed = |of_whom: bool| move |(title, letter): (&'static str, Letter)| (title, frame(of_whom), letter);
    outside.into_iter().map(framed(true)).chain(here.into_iter().map(framed(false))).collect()
}

/// The page of the handbook.
pub fn markdown() -> String {
    let one = |(title, frame, letter): (&str, Frame, Letter)| {
        let set = letter.set(&frame);
        format!("## {title}\n\n**{}**\n\n```text\n{}```\n", set.subject, set.plain)
    };
    letters().into_iter().map(one).collect::<Vec<_>>().join("\n")
}
