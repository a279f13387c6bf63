//! Every error is a problem (RFC 9457): a stable `type`, a title in the asker's language, `errors[]` with JSON pointers,
//! and for a refused rule its id, reference, the figures compared, and what would make it pass.
//!
//! The list of types is closed: [`ProblemKind`]. An answer never holds what a person entered, nor an inner error's text.

use crate::{
    actions::ActionError,
    domain::{
        input::Faults,
        people::access::Role,
        rules::{refusals::Refusal, rule_id::RuleId},
        values::{
            localized::{Lang, Localized, localized},
            text::WeeklyHours,
        },
    },
    store::StoreError,
    telemetry::request_id,
};
use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// The types of problem, with their titles.
    pub enum ProblemKind {
        MalformedJson = "malformed-json" ("Indholdet er ikke JSON", "The body is not JSON"),
        Unauthenticated = "unauthenticated" ("Log ind først", "Sign in first"),
        WrongCredentials = "wrong-credentials" ("E-mail og kode passer ikke sammen", "Address and password do not fit"),
        Forbidden = "forbidden" ("Det må din rolle ikke", "Your role may not do this"),
        NotFound = "not-found" ("Findes ikke", "There is no such thing"),
        MethodNotAllowed = "method-not-allowed" ("Den metode findes ikke her", "There is no such method here"),
        Conflict = "conflict" ("Passer ikke til, hvordan det står nu", "Does not fit its present state"),
        Stale = "stale" ("Er ændret, siden du så det", "Has changed since you saw it"),
        TooLarge = "too-large" ("Indholdet er for stort", "The body is too large"),
        UnsupportedMediaType = "unsupported-media-type" ("Den slags indhold læses ikke her", "That kind of body is not read here"),
        InvalidFields = "invalid-fields" ("Felter passer ikke", "Fields do not fit"),
        Refused = "refused" ("Registreringen er afvist af en regel", "The registration is refused by a rule"),
        Asked = "asked" ("Registreringen kræver en skriftlig begrundelse", "The registration needs written reasons"),
        KeyReused = "key-reused" ("Nøglen er brugt til noget andet", "The key was used for something else"),
        PreconditionRequired = "precondition-required" ("If-Match mangler", "If-Match is missing"),
        TooOften = "too-often" ("For mange forsøg", "Too many tries"),
        Internal = "internal" ("Noget gik galt hos os", "Something went wrong on our side"),
        TablesBehind = "tables-behind" ("Tabellerne er ikke ført ajour", "The tables are not up to date"),
        NoSpace = "no-space" ("Der er ikke mere plads på disken", "There is no more room on the disk"),
        Unavailable = "unavailable" ("Databasen svarer ikke lige nu", "The database does not answer just now"),
    }
}

impl ProblemKind {
    pub fn status(self) -> StatusCode {
        match self {
            Self::MalformedJson => StatusCode::BAD_REQUEST,
            Self::Unauthenticated | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::InvalidFields | Self::Refused | Self::Asked | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::NoSpace => StatusCode::INSUFFICIENT_STORAGE,
            Self::TablesBehind | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// A problem before it is put into words.
#[derive(Debug)]
pub struct Problem {
    pub kind: ProblemKind,
    pub detail: Option<Box<Localized>>,
    pub code: Option<&'static str>,
    pub faults: Option<Box<Faults>>,
    /// Whether the faults are of the query, not the body.
    pub in_query: bool,
    pub refusals: Vec<Refusal>,
    pub retry_after: Option<i64>,
    pub allow: Option<String>,
}

impl Problem {
    pub fn new(kind: ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            code: None,
            faults: None,
            in_query: false,
            refusals: Vec::new(),
            retry_after: None,
            allow: None,
        }
    }
    pub fn with(kind: ProblemKind, detail: Localized) -> Self {
        Self { detail: Some(Box::new(detail)), ..Self::new(kind) }
    }
    pub fn faults(faults: Faults, in_query: bool) -> Self {
        Self { faults: Some(Box::new(faults)), in_query, ..Self::new(ProblemKind::InvalidFields) }
    }
}

impl From<StoreError> for Problem {
    fn from(failure: StoreError) -> Self {
        // The log gets the reason; whoever asked gets none of it.
        let request = request_id().map(tracing::field::display);
        match failure {
            StoreError::Busy(_) | StoreError::Conflict(_) => tracing::warn!(%failure, request, "a request was not done"),
            _ => tracing::error!(%failure, request, "a request failed"),
        }
        match failure {
            StoreError::DiskFull(_) => Self::new(ProblemKind::NoSpace),
            StoreError::Unreachable(_) | StoreError::Address(_) | StoreError::InputOutput(_) => {
                let detail = localized(
                    "Forbindelsen er væk. Prøv igen om lidt; med samme Idempotency-Key sker det kun én gang.",
                    "The connection is lost. Try again soon; with the same Idempotency-Key it is done once only.",
                );
                Self { retry_after: Some(5), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::UnknownCommit(_) => {
                let detail = localized(
                    "Forbindelsen blev afbrudt, mens det blev gemt: det kan være sket. Se efter, eller prøv igen med samme \
                     Idempotency-Key; så sker det kun én gang.",
                    "The connection was lost while it was saved: it may have been done. Look, or try again with the same \
                     Idempotency-Key; then it is done once only.",
                );
                Self { retry_after: Some(5), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::Busy(_) | StoreError::Conflict(_) => {
                let detail = localized("Der er travlt lige nu. Prøv igen om lidt.", "It is busy just now. Try again soon.");
                Self { retry_after: Some(2), ..Self::with(ProblemKind::Unavailable, detail) }
            }
            StoreError::Duplicate(_)
            | StoreError::Corrupt(_)
            | StoreError::Migration(_)
            | StoreError::Panicked
            | StoreError::Query(_) => Self::new(ProblemKind::Internal),
        }
    }
}

impl From<ActionError> for Problem {
    fn from(stop: ActionError) -> Self {
        match stop {
            ActionError::NotFound => Self::new(ProblemKind::NotFound),
            ActionError::Forbidden => Self::new(ProblemKind::Forbidden),
            ActionError::Stale => Self::with(
                ProblemKind::Stale,
                localized("Hent det igen, og se, hvad der er ændret.", "Fetch it again and see what has changed."),
            ),
            ActionError::Faults(faults) => Self::faults(faults, false),
            ActionError::Refused(refusals) => {
                let asks_only = refusals.iter().all(|refusal| refusal.ask_of.is_some());
                Self { refusals, ..Self::new(if asks_only { ProblemKind::Asked } else { ProblemKind::Refused }) }
            }
            ActionError::Conflict(code, detail) => Self { code: Some(code), ..Self::with(ProblemKind::Conflict, detail) },
            ActionError::TooOften(seconds) => Self { retry_after: Some(seconds), ..Self::new(ProblemKind::TooOften) },
            ActionError::Machine(why) => {
                tracing::error!(why, request = request_id().map(tracing::field::display), "a request failed");
                Self::new(ProblemKind::Internal)
            }
            ActionError::Store(failure) => failure.into(),
        }
    }
}

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
    /// What exactly does not fit, where the type is `conflict`.
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

tokio::task_local! {
    /// The asker's language, for as long as the request is answered.
    pub static LANG: Lang;
}

/// The language of the request that is being answered.
pub fn lang() -> Lang {
    LANG.try_with(|lang| *lang).unwrap_or_default()
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let lang = lang();
        let text = |said: &Localized| said.lang(lang).to_owned();
        let faults = self.faults.iter().flat_map(|faults| &faults.0);
        let body = ProblemBody {
            kind: format!("urn:rettematch:problem:{}", self.kind.code()),
            title: text(&self.kind.label()),
            status: self.kind.status().as_u16(),
            detail: self.detail.as_deref().map(text),
            code: self.code,
            errors: faults
                .map(|(at, fault)| FieldError {
                    pointer: (!self.in_query).then(|| at.as_str().to_owned()),
                    parameter: self.in_query.then(|| at.as_str().trim_start_matches('/').to_owned()),
                    code: fault.code,
                    detail: text(&fault.message),
                })
                .collect(),
            refusals: self
                .refusals
                .iter()
                .map(|refusal| RefusalBody {
                    rule: refusal.rule,
                    strength: if refusal.ask_of.is_some() { "ask" } else { "refuse" },
                    asks: refusal.ask_of,
                    reference: refusal.reference.clone(),
                    reason: text(&refusal.reason),
                    compared: refusal
                        .compared
                        .iter()
                        .map(|figure| ComparedBody { what: text(&figure.what), value: figure.value.clone() })
                        .collect(),
                    passes_if: text(&refusal.passes_if),
                    missing: refusal.missing.clone(),
                    would_pass: WouldPass { latest_last_day: refusal.latest_last_day, weekly_hours: refusal.hours_left },
                })
                .collect(),
        };
        let mut answer = HttpResponse::build(self.kind.status());
        answer.content_type("application/problem+json");
        if let Some(seconds) = self.retry_after {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if let Some(allow) = &self.allow {
            answer.insert_header((header::ALLOW, allow.clone()));
        }
        if matches!(self.kind, ProblemKind::Unauthenticated | ProblemKind::WrongCredentials) {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        answer.body(serde_json::to_string(&body).unwrap_or_default())
    }
}
