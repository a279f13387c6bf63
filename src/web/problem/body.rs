//! A problem as it is sent.

use crate::{
    domain::{
        people::access::Role,
        rules::{refusals::Refusal, rule_id::RuleId},
        values::{
            localized::{Lang, Localized},
            text::WeeklyHours,
        },
    },
    web::problem::error::Problem,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A problem as it is sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `urn:rettematch:problem:` and one of a closed list.
    #[serde(rename = "type")]
    kind: String,
    /// In the asker's language.
    title: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What exactly does not fit, where the type is `conflict`; the scope that is missing, where it is `out-of-scope`.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// All fields that do not fit, at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldError>,
    /// All rules that refuse, at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    refusals: Vec<RefusalBody>,
}

/// One field that does not fit.
#[derive(Serialize, ToSchema)]
pub struct FieldError {
    /// RFC 6901, into the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// The parameter, where it is one of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    code: &'static str,
    detail: String,
}

/// One rule that refuses, or asks for written reasons.
#[derive(Serialize, ToSchema)]
pub struct RefusalBody {
    #[schema(value_type = String)]
    rule: RuleId,
    /// `refuse`, or `ask` where written reasons let it happen.
    strength: &'static str,
    /// Whose reasons those must be; null where it refuses.
    asks: Option<Role>,
    /// Law or study finding.
    reference: String,
    reason: String,
    /// The figures compared.
    compared: Vec<ComparedBody>,
    /// What would make it pass.
    passes_if: String,
    /// Codes of what is missing.
    missing: Vec<&'static str>,
    /// The same as data, where the rule knows a figure.
    would_pass: WouldPass,
}

/// The figure with which it would pass.
#[derive(Serialize, ToSchema)]
pub struct WouldPass {
    /// The latest last day allowed.
    latest_last_day: Option<NaiveDate>,
    /// The most weekly hours allowed, on the day in question.
    weekly_hours: Option<WeeklyHours>,
}

#[derive(Serialize, ToSchema)]
pub struct ComparedBody {
    what: String,
    value: String,
}

impl ProblemBody {
    /// A problem in a language.
    pub fn of(problem: &Problem, lang: Lang) -> Self {
        let text = |text: &Localized| text.lang(lang).to_owned();
        let faults = problem.faults.iter().flat_map(|faults| &faults.0);
        Self {
            kind: format!("urn:rettematch:problem:{}", problem.kind.code()),
            title: text(&problem.kind.label()),
            status: problem.kind.status().as_u16(),
            detail: problem.detail.as_deref().map(text),
            code: problem.code,
            errors: faults
                .map(|(at, fault)| FieldError {
                    pointer: (!problem.in_query).then(|| at.as_str().to_owned()),
                    parameter: problem.in_query.then(|| at.as_str().trim_start_matches('/').to_owned()),
                    code: fault.code,
                    detail: text(&fault.message),
                })
                .collect(),
            refusals: problem.refusals.iter().map(|refusal| RefusalBody::of(refusal, lang)).collect(),
        }
    }
}

impl RefusalBody {
    fn of(refusal: &Refusal, lang: Lang) -> Self {
        let text = |text: &Localized| text.lang(lang).to_owned();
        let compared = refusal.compared.iter();
        Self {
            rule: refusal.rule,
            strength: if refusal.ask_of.is_some() { "ask" } else { "refuse" },
            asks: refusal.ask_of,
            reference: refusal.reference.clone(),
            reason: text(&refusal.reason),
            compared: compared
                .map(|figure| ComparedBody { what: text(&figure.what), value: figure.value(lang).to_owned() })
                .collect(),
            passes_if: text(&refusal.passes_if),
            missing: refusal.missing.clone(),
            would_pass: WouldPass { latest_last_day: refusal.latest_last_day, weekly_hours: refusal.hours_left },
        }
    }
}
