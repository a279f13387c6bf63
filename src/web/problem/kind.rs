//! The closed list of types of problem.

use actix_web::http::StatusCode;

crate::code_enum! {
    /// The types of problem, with their titles.
    pub enum ProblemKind {
        MalformedJson = "malformed-json" ("Indholdet er ikke JSON", "The body is not JSON"),
        Unauthenticated = "unauthenticated" ("Log ind først", "Sign in first"),
        WrongCredentials = "wrong-credentials" ("E-mail og kode passer ikke sammen", "Address and password do not fit"),
        Forbidden = "forbidden" ("Det må din rolle ikke", "Your role may not do this"),
        OutOfScope = "out-of-scope" ("Nøglen rækker ikke så langt", "The key does not reach so far"),
        ReasonRequired = "reason-required" ("Skriv først, hvorfor du ser på en kollegas borger", "Write first why you look at a colleague's citizen"),
        NotFound = "not-found" ("Findes ikke", "There is no such thing"),
        MethodNotAllowed = "method-not-allowed" ("Den metode findes ikke her", "There is no such method here"),
        Conflict = "conflict" ("Passer ikke til, hvordan det står nu", "Does not fit its present state"),
        Stale = "stale" ("Er ændret, siden du så det", "Has changed since you saw it"),
        TooSlow = "too-slow" ("Indholdet kommer for langsomt", "The body comes too slowly"),
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
            Self::Forbidden | Self::OutOfScope | Self::ReasonRequired => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
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
