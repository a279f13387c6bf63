//! How the provider is asked: over TLS with the machine's authorities or one of our own, with an end to how long and how much it answers,
//! and following nobody elsewhere.

use crate::{provider::error::ProviderSetupError, settings::is_loopback};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use openidconnect::{HttpRequest, HttpResponse};
use std::{io::Cursor, time::Duration};
use thiserror::Error;
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

/// The longest that one answer may take.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// The most that one answer may hold.
const MOST_BYTES: usize = 1024 * 1024;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, Error)]
pub enum AskError {
    #[error("its address is not one of TLS")]
    PlainText,
    #[error("it cannot be reached")]
    Unreachable,
    #[error("it takes too long")]
    Slow,
    #[error("its answer is too long or breaks off")]
    Body,
}

#[derive(Clone)]
pub struct ProviderHttp(Client<HttpsConnector<HttpConnector>, Full<Cursor<Vec<u8>>>>);

impl ProviderHttp {
    /// # Errors
    /// A file of authorities that cannot be read.
    pub fn open(ca_file: &str) -> Result<Self, ProviderSetupError> {
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls(ca_file)?).https_or_http().enable_http1().build();
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// # Errors
    /// No answer.
    pub async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, AskError> {
        let uri = request.uri();
        if uri.scheme_str() != Some("https") && !uri.host().is_some_and(is_loopback) {
            return Err(AskError::PlainText);
        }
        let request = request.map(|body| Full::new(Cursor::new(body)));
        let answered = async {
            let (head, body) = self.0.request(request).await.map_err(|_| AskError::Unreachable)?.into_parts();
            let body = Limited::new(body, MOST_BYTES).collect().await.map_err(|_| AskError::Body)?;
            Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
        };
        tokio::time::timeout(TIME_LIMIT, answered).await.map_err(|_| AskError::Slow)?
    }
}

fn tls(ca_file: &str) -> Result<ClientConfig, ProviderSetupError> {
    let mut roots = RootCertStore::empty();
    if ca_file.is_empty() {
        // Some machines hold certificates that nobody can read any longer; the others count.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    } else {
        let file = |why: String| ProviderSetupError::CaFile { file: ca_file.to_owned(), why };
        for certificate in CertificateDer::pem_file_iter(ca_file).map_err(|error| file(error.to_string()))? {
            let certificate = certificate.map_err(|error| file(error.to_string()))?;
            roots.add(certificate).map_err(|error| file(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(file("there is no certificate in it".into()));
        }
    }
    let config = ClientConfig::builder_with_provider(ring::default_provider().into()).with_safe_default_protocol_versions();
    let config = config.map_err(|error| ProviderSetupError::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
