//! TLS to PostgreSQL. libpq is built in without OpenSSL, which cannot be built with a C compiler alone; it speaks to a socket in
//! a folder that only this user may enter, and from there a thread goes on over TLS (rustls), one for each connection.
//!
//! Promise: nothing is sent to a server that has not proved its name by a certificate of a trusted authority.

use crate::store::db::address::{CONNECT_SECONDS, PORT_OF_SOCKET, Verified};
use socket2::{SockRef, TcpKeepalive};
use std::{
    io,
    path::Path,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};
use tempfile::TempDir;
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixListener, UnixStream},
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        CertificateError, ClientConfig, Error as TlsError, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

const TIME_LIMIT: Duration = Duration::from_secs(CONNECT_SECONDS);

/// Why the server cannot be reached or is not trusted, and what to do.
#[derive(Debug, Error)]
pub enum ProxyError {
    #[error("the thread that speaks TLS to the database server cannot be started: {0}")]
    Thread(io::Error),
    #[error("the thread that speaks TLS to the database server ended")]
    Ended,
    #[error("no socket can be made in the folder for temporary files ({0}): name a writable one in TMPDIR")]
    Socket(io::Error),
    #[error(
        "{host}:{port} does not answer within {CONNECT_SECONDS} seconds: check host and port in the address, and the firewall between"
    )]
    Silent { host: String, port: u16 },
    #[error("{0} is no name of a host")]
    HostName(String),
    #[error("the host {0} is not known: check its name in the address, and this machine's name service")]
    UnknownHost(String),
    #[error("{host}:{port} cannot be reached ({error}): check that PostgreSQL runs there and listens on it")]
    Unreachable { host: String, port: u16, error: io::Error },
    #[error("{host}:{port} hung up ({error}): check that PostgreSQL listens there")]
    HungUp { host: String, port: u16, error: io::Error },
    #[error(
        "the server at {host}:{port} does not speak TLS: switch ssl on there, or, where nobody can listen in between, add \
         sslmode=disable to the address"
    )]
    NoTls { host: String, port: u16 },
    #[error("sslrootcert {file} cannot be read ({why}): name a PEM file of authorities")]
    Authorities { file: String, why: Box<dyn std::error::Error + Send + Sync> },
    #[error("this machine trusts no authority: install ca-certificates, or name a file with sslrootcert=FILE in the address")]
    NoAuthority,
    #[error("TLS cannot be set up: {0}")]
    Setup(TlsError),
    #[error(
        "the database server's certificate is of no authority that is trusted here: name the file of its authority with \
         sslrootcert=FILE in the address"
    )]
    UnknownIssuer,
    #[error(
        "the database server's certificate is for another name than {0}: write the name that stands in it, or have one made for \
         this name"
    )]
    OtherName(String),
    #[error("the database server's certificate has run out: have it renewed")]
    Expired,
    #[error("no TLS could be agreed on with the database server at {host}: {error}")]
    Handshake { host: String, error: io::Error },
}

/// Connects to the server and verifies it; then libpq may connect, once, to the socket in the folder.
///
/// # Errors
/// Why the server cannot be reached or is not trusted.
pub fn open(to: &Verified) -> Result<TempDir, ProxyError> {
    let (report, ready) = mpsc::channel();
    let to = to.clone();
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(forward(&to, &report)),
            Err(error) => drop(report.send(Err(ProxyError::Thread(error)))),
        }
    };
    thread::Builder::new().name("db-tls".into()).spawn(run).map_err(ProxyError::Thread)?;
    ready.recv().unwrap_or(Err(ProxyError::Ended))
}

async fn forward(to: &Verified, report: &mpsc::Sender<Result<TempDir, ProxyError>>) {
    let opened = async {
        let silent = |_| ProxyError::Silent { host: to.host.clone(), port: to.port };
        let server = timeout(TIME_LIMIT, connect(to)).await.map_err(silent)??;
        let folder = tempfile::Builder::new().prefix("rettematch-db-").tempdir().map_err(ProxyError::Socket)?;
        let listener = UnixListener::bind(socket(folder.path())).map_err(ProxyError::Socket)?;
        Ok((server, folder, listener))
    };
    let (server, listener) = match opened.await {
        Ok((server, folder, listener)) => {
            if report.send(Ok(folder)).is_err() {
                return;
            }
            (server, listener)
        }
        Err(why) => return drop(report.send(Err(why))),
    };
    if let Ok(Ok((libpq, _))) = timeout(TIME_LIMIT, listener.accept()).await {
        // One connection, and no other.
        drop(listener);
        // Why it ended is reported by libpq, which sees its end close.
        let _ = copy_both_ways(libpq, server).await;
    }
}

fn socket(folder: &Path) -> std::path::PathBuf {
    folder.join(format!(".s.PGSQL.{PORT_OF_SOCKET}"))
}

async fn connect(to: &Verified) -> Result<TlsStream<TcpStream>, ProxyError> {
    let Verified { host, port, authorities } = to;
    let (host, port) = (host.clone(), *port);
    let name = ServerName::try_from(host.clone()).map_err(|_| ProxyError::HostName(host.clone()))?;
    let config = config(authorities.as_deref())?;
    let found = tokio::net::lookup_host((host.as_str(), port)).await.map_err(|_| ProxyError::UnknownHost(host.clone()))?;
    let found: Vec<_> = found.collect();
    let connected = TcpStream::connect(found.as_slice()).await;
    let mut tcp = connected.map_err(|error| ProxyError::Unreachable { host: host.clone(), port, error })?;
    let hung_up = |error: io::Error| ProxyError::HungUp { host: host.clone(), port, error };
    keep_alive(&tcp).map_err(hung_up)?;
    // PostgreSQL begins TLS when it is asked to, and says whether it will.
    tcp.write_all(&[0, 0, 0, 8, 4, 210, 22, 47]).await.map_err(hung_up)?;
    if tcp.read_u8().await.map_err(hung_up)? != b'S' {
        return Err(ProxyError::NoTls { host, port });
    }
    TlsConnector::from(config).connect(name, tcp).await.map_err(|error| untrusted(host, error))
}

/// A server that is gone without a word is noticed within half a minute.
fn keep_alive(tcp: &TcpStream) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    let alive = TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(5)).with_retries(3);
    let socket = SockRef::from(tcp);
    socket.set_tcp_keepalive(&alive)?;
    socket.set_tcp_user_timeout(Some(Duration::from_secs(20)))
}

fn config(authorities: Option<&Path>) -> Result<Arc<ClientConfig>, ProxyError> {
    let roots = match authorities {
        Some(file) => roots_of(file).map_err(|why| ProxyError::Authorities { file: file.display().to_string(), why })?,
        None => roots_of_machine()?,
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    Ok(Arc::new(config.map_err(ProxyError::Setup)?.with_root_certificates(roots).with_no_client_auth()))
}

/// The authorities of a PEM file.
fn roots_of(file: &Path) -> Result<RootCertStore, Box<dyn std::error::Error + Send + Sync>> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file)? {
        roots.add(certificate?)?;
    }
    if roots.is_empty() { Err("there is no certificate in it".into()) } else { Ok(roots) }
}

fn roots_of_machine() -> Result<RootCertStore, ProxyError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() { Err(ProxyError::NoAuthority) } else { Ok(roots) }
}

/// Why a server is not trusted.
fn untrusted(host: String, error: io::Error) -> ProxyError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
        // The signature is bad where an authority of the same name has another key.
        Some(TlsError::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature)) => {
            ProxyError::UnknownIssuer
        }
        Some(TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => ProxyError::OtherName(host),
        Some(TlsError::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
            ProxyError::Expired
        }
        _ => ProxyError::Handshake { host, error },
    }
}

async fn copy_both_ways(libpq: UnixStream, server: TlsStream<TcpStream>) -> io::Result<()> {
    let (mut from_libpq, mut to_libpq) = libpq.into_split();
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let up = async {
        tokio::io::copy(&mut from_libpq, &mut to_server).await?;
        to_server.shutdown().await
    };
    let down = async {
        copy_sign_in(&mut from_server, &mut to_libpq).await?;
        tokio::io::copy(&mut from_server, &mut to_libpq).await.map(|_| ())
    };
    tokio::select! {
        ended = up => ended,
        ended = down => ended,
    }
}

/// Copies the server's messages until it asks for a password, without its offer to bind the password to the TLS channel: libpq sees
/// no TLS here, and would take the offer for an attack. The certificate has proved the server already.
async fn copy_sign_in(from: &mut (impl AsyncRead + Unpin), to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    loop {
        let kind = from.read_u8().await?;
        let length = usize::try_from(from.read_u32().await?).unwrap_or_default().saturating_sub(4);
        if length > 1 << 16 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body).await?;
        if kind == b'R' {
            body = without_channel_binding(body);
        }
        to.write_u8(kind).await?;
        to.write_u32(u32::try_from(body.len() + 4).unwrap_or_default()).await?;
        to.write_all(&body).await?;
        to.flush().await?;
        if kind == b'R' {
            return Ok(());
        }
    }
}

/// A list of mechanisms (`AuthenticationSASL`) without those that bind to the channel; any other question as it is.
fn without_channel_binding(body: Vec<u8>) -> Vec<u8> {
    let Some(list) = body.strip_prefix(&[0, 0, 0, 10]) else { return body };
    let kept = list.split(|byte| *byte == 0).filter(|name| !name.is_empty() && !name.ends_with(b"-PLUS"));
    let mut kept = kept.fold(vec![0, 0, 0, 10], |kept, name| [kept.as_slice(), name, &[0]].concat());
    kept.push(0);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_binding_mechanism_is_left_out() {
        let offered = b"\0\0\0\x0aSCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0".to_vec();
        assert_eq!(without_channel_binding(offered), b"\0\0\0\x0aSCRAM-SHA-256\0\0");
        for other in [b"\0\0\0\0".to_vec(), b"\0\0\0\x05salt".to_vec(), b"\0\0\0\x0aSCRAM-SHA-256\0\0".to_vec()] {
            assert_eq!(without_channel_binding(other.clone()), other);
        }
    }
}
