//! A company's answer that was registered in error: the question is open again.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case},
            save::save,
        },
        put_right::{
            allowed::{allowed, counts},
            recording::{Correcting, Correction},
        },
    },
    context::{Context, Seen},
    domain::{
        people::{
            access::Permission,
            correction::{Corrected, Recorded},
        },
        values::ids::{AnswerId, CorrectionId},
    },
    store::{Tx, internships::answers, sealed},
};
use serde_json::json;

/// Registers a company's answer in error. What was seen is its internship.
///
/// # Errors
/// Not found; changed since; in error already; not for whoever asks.
pub fn answer(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &AnswerId,
    correcting: &Correcting,
) -> Result<CorrectionId, ActionError> {
    context.authorize(Permission::SeeInternships)?;
    let mut answer = answers::find_even_in_error(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    counts(answer.in_error_on)?;
    let InternshipCase { row, course, internship } = case(tx, context, &answer.internship_id)?;
    seen.check(row.revision)?;
    let consultant = &course.citizen.consultant;
    allowed(context, Recorded { by: answer.recorded_by.as_ref(), on: answer.answered_on, consultant })?;
    let keys = &context.services.keys;
    let words = sealed::ANSWER_WORDS.open_some(keys, &answer.id, answer.words.as_ref())?;
    let given_by = sealed::ANSWER_GIVER.open_some(keys, &answer.id, answer.given_by.as_ref())?;
    let before = json!({
        "internship": answer.internship_id, "answer": answer.answer, "words": words, "decision_on": answer.decision_on,
        "answered_on": answer.answered_on, "via": answer.via, "given_by": given_by, "recorded_by": answer.recorded_by,
    });
    answer.in_error_on = Some(context.at.today);
    answers::update(tx, &answer)?;
    save(tx, context, row.clone())?;
    let correction = Correction {
        what: Corrected::Answer,
        subject: id.as_str(),
        citizen: &row.citizen_id,
        internship: Some(&internship),
        workplaces: vec![row.workplace_id.clone()],
        before,
        reasons: &correcting.reasons,
    };
    correction.keep_and_tell(tx, context)
}
