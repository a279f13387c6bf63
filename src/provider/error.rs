//! What can go wrong with a provider. No text holds anything of a token or of an answer: it goes to the log.

use crate::domain::people::provider_claims::UnknownRole;
use thiserror::Error;

/// Why a provider cannot be used as it is set.
#[derive(Debug, Error)]
pub enum ProviderSetupError {
    #[error("settings: oidc.roles: {0}")]
    Role(#[from] UnknownRole),
    #[error("settings: municipality: {0} is no municipality's code (101 is København)")]
    Municipality(String),
    #[error("settings: oidc.ca_file {file}: {why}")]
    CaFile { file: String, why: String },
    #[error("settings: oidc: {0}")]
    Address(String),
    #[error("settings: oidc: TLS cannot be set up: {0}")]
    Tls(String),
}

/// Why nobody is vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProviderError {
    #[error("the provider does not answer as it should: {0}")]
    Unreachable(&'static str),
    #[error("the provider does not take the code")]
    CodeRefused,
    #[error("the token is not to be trusted: {0}")]
    Untrusted(&'static str),
}
