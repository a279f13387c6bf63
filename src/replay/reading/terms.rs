//! Reads what a booking, a change or an extension says of its terms.

use crate::{
    domain::{
        internships::{alignment::Commitment, purpose::Skill},
        values::{
            hours::{HoursPlan, HoursStep},
            text::WeeklyHours,
        },
    },
    replay::{
        format::{AskReasons, GivenCommitment, GivenHours, GivenPapers, GivenProspect, GivenTerms},
        reading::fields::{Fields, ReadError},
    },
};

pub(super) fn rest(fields: &Fields) -> Result<GivenTerms, ReadError> {
    let same = fields.may::<WeeklyHours>("hours")?.map(GivenHours::Same);
    let plan = fields.may_as("hours_plan", |value| {
        let step = |value| {
            let (from, hours) = fields.pair("hours_plan", value)?;
            Ok(HoursStep { from: fields.value("hours_plan", from)?, weekly_hours: fields.value("hours_plan", hours)? })
        };
        let steps: Vec<HoursStep> = fields.array("hours_plan", value)?.iter().map(step).collect::<Result<_, ReadError>>()?;
        HoursPlan::new(steps).map_or_else(|| fields.wrong("hours_plan", "each step must begin after the one before"), Ok)
    })?;
    let skills = fields.given_as("skills", |value| fields.forms::<Skill>("skills", value, &["skill", "now", "target"], &[]))?;
    Ok(GivenTerms {
        occupation: fields.may("occupation")?,
        hours: plan.map(GivenHours::Plan).or(same),
        tasks: fields.may("tasks")?,
        questions: fields.given("questions")?,
        skills,
        prospect: fields.given_as("prospect", |value| {
            let inner = Fields::of(value, format!("{}: prospect", fields.place))?;
            Ok(GivenProspect {
                position: inner.may("position")?,
                weekly_hours: inner.may("weekly_hours")?,
                must_be_able_to: inner.given("must_be_able_to")?,
                decision_on: inner.given("decision_on")?,
                commitment: inner.may("commitment")?,
            })
        })?,
    })
}

pub(super) fn reasons(fields: &Fields) -> Result<AskReasons, ReadError> {
    Ok(AskReasons {
        goal_mismatch: fields.may("goal_mismatch_reason")?,
        series: fields.may("series_reason")?,
        company_record: fields.may("company_record_reason")?,
        derailed: fields.may("derailed_reason")?,
    })
}

pub(super) fn papers(fields: &Fields) -> Result<GivenPapers, ReadError> {
    Ok(GivenPapers {
        reason: fields.may("reason")?,
        hiring_decision_on: fields.may("hiring_decision_on")?,
        commitment: fields.may_as("commitment", |value| {
            if value.is_string() {
                return Ok(GivenCommitment::Words(fields.value("commitment", value)?));
            }
            let known = ["position", "weekly_hours", "latest_first_day", "condition", "words"];
            Ok(GivenCommitment::Full(Box::new(fields.form::<Commitment>("commitment", value, &known, &[])?)))
        })?,
        approved: fields.may_name("approved_by")?.as_deref() == Some("team-leader"),
        special_need: fields.may("special_need")?,
        decision_reasons: fields.given("decision_reasons")?,
    })
}
