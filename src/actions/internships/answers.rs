//! The company's answer to the decision date: *we hire*, *we do not*, or *we ask for more time, because …* (S7). The consultant
//! is told at once, or whoever reads what is meant for the consultant: an answer always has a reader.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        internships::{
            case::{InternshipCase, case},
            save::save,
            word::{giver, recorded_how},
        },
    },
    context::Context,
    domain::{
        input::Fault,
        internships::{
            alignment::{Party, Via},
            internship::{Answer, AnswerKind},
        },
        people::access::Permission,
        rules::flags::{Audience, decision_due},
        values::{
            ids::{AnswerId, InternshipId},
            text::{Line, Prose, WeeklyHours},
        },
    },
    outbox::{
        emit::emit,
        event::Event,
        recipients,
        {letters::RecordedWord, news::send_receipt},
    },
    store::{
        Tx, flags, internships,
        schema::{AnswerRow, ToldRow},
        sealed,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// The company's answer.
    pub struct Answering {
        pub answer: AnswerKind,
        /// The company's own words; more time needs a reason.
        pub words: Option<Prose>,
        /// With *hire*: the first day of the job.
        pub first_day: Option<NaiveDate>,
        /// With *hire*: its hours a week.
        pub weekly_hours: Option<WeeklyHours>,
    }
}

crate::input! {
    /// An answer that the company gave to somebody here.
    pub struct RecordedAnswer {
        pub answer: AnswerKind,
        /// The company's own words; more time needs a reason.
        pub words: Option<Prose>,
        /// With *hire*: the first day of the job.
        pub first_day: Option<NaiveDate>,
        /// With *hire*: its hours a week.
        pub weekly_hours: Option<WeeklyHours>,
        /// `paper`, `telephone` or `meeting`.
        pub via: Via,
        /// Name of who gave it; left out: the contact person.
        pub given_by: Option<Line>,
    }
}

/// Records an answer that the company gave to somebody here; the company gets a receipt.
///
/// # Errors
/// Not found; not running; more time without a reason; not how it was said.
pub fn record(tx: &mut Tx, context: &Context, id: &InternshipId, recorded: &RecordedAnswer) -> Result<(), ActionError> {
    context.authorize(Permission::SeeInternships)?;
    case(tx, context, id)?;
    recorded_how(recorded.via)?;
    let answering = Answering {
        answer: recorded.answer,
        words: recorded.words.clone(),
        first_day: recorded.first_day,
        weekly_hours: recorded.weekly_hours,
    };
    give(tx, context, id, &answering, (recorded.via, recorded.given_by.as_ref()))
}

/// Gives the company's answer, however it came.
///
/// # Errors
/// As [`record`].
pub fn give(
    tx: &mut Tx,
    context: &Context,
    id: &InternshipId,
    answering: &Answering,
    (via, named): (Via, Option<&Line>),
) -> Result<(), ActionError> {
    let found = case(tx, context, id)?;
    let given_by = giver(tx, context, &found, Party::Company, named)?;
    let InternshipCase { row, internship, .. } = found;
    let (tenant, at) = (context.tenant, context.at);
    if !internship.is_open() {
        return conflict("not-running", "Praktikken er ikke i gang.", "The internship is not running.");
    }
    if answering.answer == AnswerKind::MoreTime && answering.words.is_none() {
        return fault(
            "words",
            Fault::new("required", "Skriv, hvorfor der er brug for mere tid.", "Write why more time is needed."),
        );
    }
    for (given, field) in [(answering.first_day.is_some(), "first_day"), (answering.weekly_hours.is_some(), "weekly_hours")] {
        if given && answering.answer != AnswerKind::Hire {
            return fault(
                field,
                Fault::new("only-with-hire", "Hører kun til svaret »vi ansætter«.", "Belongs to the answer *hire* only."),
            );
        }
    }
    // A button pressed twice, or a request repeated because its answer was lost, is one answer.
    let words = answering.words.as_ref().map(Prose::as_str);
    let same = |last: &Answer| {
        last.answer == answering.answer
            && last.words.as_deref() == words
            && (last.first_day, last.weekly_hours) == (answering.first_day, answering.weekly_hours)
            && last.on == at.today
            && last.decision_on == internship.decision_on()
    };
    if internship.answers.last().is_some_and(same) {
        return Ok(());
    }
    let (answer_id, keys) = (AnswerId::new(at), &context.services.keys);
    internships::answers::insert(
        tx,
        &AnswerRow {
            id: answer_id.clone(),
            internship_id: id.clone(),
            municipality: tenant.clone(),
            answer: answering.answer,
            words: sealed::ANSWER_WORDS.seal_some(
                keys,
                &answer_id,
                answering.words.as_ref().map(ToString::to_string).as_ref(),
            )?,
            decision_on: internship.decision_on(),
            answered_on: at.today,
            via,
            given_by: sealed::ANSWER_GIVER.seal_some(keys, &answer_id, given_by.as_ref())?,
            recorded_by: context.account().ok().map(|account| account.id.clone()),
            in_error_on: None,
            first_on: answering.first_day,
            weekly_minutes: answering.weekly_hours.map(WeeklyHours::minutes),
        },
    )?;
    save(tx, context, row.clone())?;
    let receipt = RecordedWord::Answer(answer_id.clone(), answering.answer);
    send_receipt::<ActionError>(tx, context, &internship, Party::Company, via, &receipt)?;

    let due = flags::standing(tx, tenant, &row.citizen_id)?
        .into_iter()
        .find(|flag| decision_due::RULE.id == flag.rule && flag.subject == format!("internship:{id}"))
        .filter(|_| answering.answer == AnswerKind::MoreTime);
    for consultant in recipients::people(tx, tenant, at.today, Some(&row.citizen_id), Some(id), None)?.consultants {
        let answered = Event::CompanyAnswered {
            answer: answering.answer,
            answer_id: &answer_id,
            internship: id,
            consultant: &consultant.id,
            to: &consultant.email,
        };
        let letter = emit(tx, context, answered)?;
        if let Some(flag) = &due {
            let (rule, subject, occasion, episode) = (flag.rule, &flag.subject, &flag.occasion, flag.episode);
            flags::tell(
                tx,
                &ToldRow {
                    told_key: format!("{rule}/{subject}/{occasion}/{episode}/more-time-{answer_id}/{}", consultant.id),
                    municipality: tenant.clone(),
                    flag_id: flag.id.clone(),
                    audience: Audience::Consultant,
                    account_id: Some(consultant.id),
                    level: flag.level,
                    what: "more-time".into(),
                    told_on: at.today,
                    letter_id: letter,
                },
            )?;
        }
    }
    Ok(())
}
