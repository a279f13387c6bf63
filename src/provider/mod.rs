//! The municipality's own provider (OpenID Connect): where people sign in, and whose tokens open the API.
//!
//! Promise: nothing that a token says is believed before its signature, issuer, audience and times were verified, against keys that the
//! provider publishes; only asymmetric algorithms are taken. A provider that does not answer stops neither the start nor anybody who
//! signs in otherwise. Its keys are fetched by one at a time and seldom, whatever tokens come.

mod error;
mod http;
mod metadata;
mod signed;
mod vouched;

pub use error::{ProviderError, ProviderSetupError};
pub use vouched::Provider;
