//! Sends a problem: its status, its headers, its body in the asker's language.

use crate::web::{
    language::lang,
    problem::{body::ProblemBody, error::Problem, kind::ProblemKind},
};
use actix_web::{
    HttpResponse, ResponseError,
    http::{StatusCode, header},
};

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
        if let (ProblemKind::OutOfScope, Some(scope)) = (self.kind, self.code) {
            let said = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
            answer.insert_header((header::WWW_AUTHENTICATE, said));
        }
        answer.body(serde_json::to_string(&ProblemBody::of(self, lang())).unwrap_or_default())
    }
}
