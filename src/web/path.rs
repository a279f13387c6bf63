//! Ids in paths. A text that is no id is answered like an unknown id: 404.

use crate::{
    actions::internships::opened_link::PresentedLink,
    domain::values::{ids::*, month::Month},
    web::{
        auth::network_of,
        problem::{Problem, ProblemKind},
        request::headers,
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use std::future::{Ready, ready};

/// The `{id}` of an address.
pub struct Id<T>(pub T);

/// What can be part of a path.
pub trait InPath: Sized {
    fn from_path(text: &str) -> Option<Self>;
}

macro_rules! in_path {
    ($($id:ident),+) => {$(
        impl InPath for $id {
            fn from_path(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }
    )+};
}
in_path!(
    FollowUpId,
    ConsultantChangeId,
    AccountId,
    ClientId,
    ApprovalRequestId,
    CompanyId,
    WorkplaceId,
    ContactId,
    ProspectId,
    CitizenId,
    InternshipId,
    OutcomeId,
    StepId,
    PauseId,
    ClosureId,
    AnswerId,
    RetentionCheckId,
    FlagId,
    LetterId,
    OpeningId,
    ApproachId,
    SessionId
);

impl<T: InPath> FromRequest for Id<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").and_then(T::from_path);
        ready(id.map(Self).ok_or_else(|| Problem::new(ProblemKind::NotFound)))
    }
}

/// The `{month}` of an address.
pub struct InMonth(pub Month);

impl FromRequest for InMonth {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let month = request.match_info().get("month").and_then(Month::parse);
        ready(month.map(Self).ok_or_else(|| Problem::new(ProblemKind::NotFound)))
    }
}

/// The cookie, and the header, in which whoever opened a citizen's link with the digits shows that they did.
pub const PROOF_COOKIE: &str = "link-proof";
const PROOF_HEADER: &str = "Link-Proof";

/// The `{token}` of a one-time link, with the proof that its digits were given.
pub struct Token(pub PresentedLink);

impl FromRequest for Token {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let network = headers::app(request).map(|app| network_of(&app, request)).unwrap_or_default();
        let token = request.match_info().get("token").filter(|token| token.len() < 100);
        let header = request.headers().get(PROOF_HEADER).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
        let proof = header.or_else(|| request.cookie(PROOF_COOKIE).map(|cookie| cookie.value().to_owned()));
        ready(
            token
                .map(|token| Self(PresentedLink { token: token.to_owned(), proof, network }))
                .ok_or_else(|| Problem::new(ProblemKind::NotFound)),
        )
    }
}
