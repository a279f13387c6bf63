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

const PATIENCE: Duration = Duration::from_secs(CONNECT_SECONDS);

/// Reaches the server and verifies it; then libpq may connect, once, to the socket in the folder.
///
/// # Errors
/// Why the server cannot be reached or is not believed, and what to do.
pub fn open(to: &Verified) -> Result<TempDir, String> {
    let (report, ready) = mpsc::channel();
    let to = to.clone();
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(carry(&to, &report)),
            Err(error) => drop(report.send(Err(error.to_string()))),
        }
    };
    thread::Builder::new().name("db-tls".into()).spawn(run).map_err(|error| error.to_string())?;
    ready.recv().unwrap_or_else(|_| Err("the thread that speaks TLS to the database server ended".into()))
}

async fn carry(to: &Verified, report: &mpsc::Sender<Result<TempDir, String>>) {
    let opened = async {
        let far = timeout(PATIENCE, reach(to)).await.map_err(|_| silent(to))??;
        let folder = tempfile::Builder::new().prefix("rettematch-db-").tempdir().map_err(|error| here(&error))?;
        let listener = UnixListener::bind(socket(folder.path())).map_err(|error| here(&error))?;
        Ok((far, folder, listener))
    };
    let (far, listener) = match opened.await {
        Ok((far, folder, listener)) => {
            if report.send(Ok(folder)).is_err() {
                return;
            }
            (far, listener)
        }
        Err(why) => return drop(report.send(Err(why))),
    };
    if let Ok(Ok((near, _))) = timeout(PATIENCE, listener.accept()).await {
        // One connection, and no other.
        drop(listener);
        // Why it ended is told by libpq, which sees its end close.
        let _ = between(near, far).await;
    }
}

fn socket(folder: &Path) -> std::path::PathBuf {
    folder.join(format!(".s.PGSQL.{PORT_OF_SOCKET}"))
}

fn here(error: &io::Error) -> String {
    format!("no socket can be made in the folder for temporary files ({error}): name a writable one in TMPDIR")
}

fn silent(to: &Verified) -> String {
    let (Verified { host, port, .. }, seconds) = (to, CONNECT_SECONDS);
    format!(
        "{host}:{port} does not answer within {seconds} seconds: check host and port in the address, and the firewall between"
    )
}

async fn reach(to: &Verified) -> Result<TlsStream<TcpStream>, String> {
    let Verified { host, port, authorities } = to;
    let name = ServerName::try_from(host.clone()).map_err(|_| format!("{host} is no name of a host"))?;
    let config = config(authorities.as_deref())?;
    let found: Vec<_> = tokio::net::lookup_host((host.as_str(), *port))
        .await
        .map_err(|_| format!("the host {host} is not known: check its name in the address, and this machine's name service"))?
        .collect();
    let mut tcp = TcpStream::connect(found.as_slice()).await.map_err(|error| {
        format!("{host}:{port} cannot be reached ({error}): check that PostgreSQL runs there and listens on it")
    })?;
    let told = |error: io::Error| format!("{host}:{port} hung up ({error}): check that PostgreSQL listens there");
    last(&tcp).map_err(told)?;
    // PostgreSQL begins TLS when it is asked to, and says whether it will.
    tcp.write_all(&[0, 0, 0, 8, 4, 210, 22, 47]).await.map_err(told)?;
    if tcp.read_u8().await.map_err(told)? != b'S' {
        return Err(format!(
            "the server at {host}:{port} does not speak TLS: switch ssl on there, or, where nobody can listen in between, add \
             sslmode=disable to the address"
        ));
    }
    TlsConnector::from(config).connect(name, tcp).await.map_err(|error| distrust(host, &error))
}

/// A server that is gone without a word is noticed within half a minute.
fn last(tcp: &TcpStream) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    let alive = TcpKeepalive::new().with_time(Duration::from_secs(10)).with_interval(Duration::from_secs(5)).with_retries(3);
    let socket = SockRef::from(tcp);
    socket.set_tcp_keepalive(&alive)?;
    socket.set_tcp_user_timeout(Some(Duration::from_secs(20)))
}

fn config(authorities: Option<&Path>) -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = authorities {
        let unread =
            |why: String| format!("sslrootcert {} cannot be read ({why}): name a PEM file of authorities", file.display());
        for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unread(error.to_string()))? {
            roots.add(certificate.map_err(|error| unread(error.to_string()))?).map_err(|error| unread(error.to_string()))?;
        }
        if roots.is_empty() {
            return Err(unread("there is no certificate in it".into()));
        }
    } else {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(
                "this machine trusts no authority: install ca-certificates, or name a file with sslrootcert=FILE in the \
                        address"
                    .into(),
            );
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let config = config.map_err(|error| error.to_string())?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

/// Why a server is not believed.
fn distrust(host: &str, error: &io::Error) -> String {
    let why = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    match why {
        // The signature is bad where an authority of the same name has another key.
        Some(TlsError::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::BadSignature)) => {
            "the database server's certificate is of no authority that is trusted here: name the file of its authority with \
             sslrootcert=FILE in the address"
                .into()
        }
        Some(TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        )) => {
            format!(
                "the database server's certificate is for another name than {host}: write the name that stands in it, or have one \
                 made for this name"
            )
        }
        Some(TlsError::InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. })) => {
            "the database server's certificate has run out: have it renewed".into()
        }
        _ => format!("no TLS could be agreed on with the database server at {host}: {error}"),
    }
}

async fn between(near: UnixStream, far: TlsStream<TcpStream>) -> io::Result<()> {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = tokio::io::split(far);
    let up = async {
        tokio::io::copy(&mut from_near, &mut to_far).await?;
        to_far.shutdown().await
    };
    let down = async {
        without_binding(&mut from_far, &mut to_near).await?;
        tokio::io::copy(&mut from_far, &mut to_near).await.map(|_| ())
    };
    tokio::select! {
        ended = up => ended,
        ended = down => ended,
    }
}

/// Passes on what the server says until it asks for a password, and leaves out that it could bind the password to the TLS
/// channel: libpq sees no TLS here, and would take the offer for an attack. The certificate has proved the server already.
async fn without_binding(from: &mut (impl AsyncRead + Unpin), to: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    loop {
        let kind = from.read_u8().await?;
        let length = usize::try_from(from.read_u32().await?).unwrap_or_default().saturating_sub(4);
        if length > 1 << 16 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut body = vec![0; length];
        from.read_exact(&mut body).await?;
        if kind == b'R' {
            body = unbound(body);
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
fn unbound(body: Vec<u8>) -> Vec<u8> {
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
        assert_eq!(unbound(offered), b"\0\0\0\x0aSCRAM-SHA-256\0\0");
        for other in [b"\0\0\0\0".to_vec(), b"\0\0\0\x05salt".to_vec(), b"\0\0\0\x0aSCRAM-SHA-256\0\0".to_vec()] {
            assert_eq!(unbound(other.clone()), other);
        }
    }
}
