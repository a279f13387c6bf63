//! Sends letters; lettre lives only here. A mail server, or a folder of `.eml` files where none is set.
//!
//! Promise: nothing leaves this machine unencrypted; a letter has the same `Message-ID` at every try; a try ends within
//! its time limit, and says whether the letter was sent, may be tried later, or can never be.

use crate::settings::{Mail, Tls};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as Encryption, TlsParameters},
    },
};
use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};
use thiserror::Error;

/// Why no letters can be sent with these settings.
#[derive(Debug, Error)]
pub enum MailerError {
    #[error("settings: mail.from: {0}")]
    Sender(#[from] lettre::address::AddressError),
    #[error("mail.folder {}: {error}", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error("mail.ca_file {file}: {error}")]
    CaFile { file: String, error: io::Error },
    #[error("mail.ca_file {file}: {error}")]
    Certificate { file: String, error: lettre::transport::smtp::Error },
    #[error("mail: {0}")]
    Tls(lettre::transport::smtp::Error),
}

/// Why a letter cannot be written.
#[derive(Debug, Error)]
enum MessageError {
    #[error("the address cannot be written to")]
    Recipient,
    #[error(transparent)]
    Build(#[from] lettre::error::Error),
}

/// A letter on its way.
pub struct Outgoing {
    /// The letter's id: what its `Message-ID` and file name are made of.
    pub id: String,
    pub to: String,
    pub subject: String,
    pub plain: String,
    pub html: String,
    /// Digests only: where one click takes the reader off them (RFC 8058).
    pub unsubscribe: Option<String>,
    /// When it was written: the same at every try.
    pub written: chrono::DateTime<chrono::Utc>,
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendResult {
    Sent,
    /// It was not accepted yet, or nobody knows.
    TryLater(String),
    /// It can never be sent: the address is refused for good.
    Never(String),
}

/// Where letters go.
#[derive(Clone)]
pub enum Mailer {
    Smtp { transport: AsyncSmtpTransport<Tokio1Executor>, from: Mailbox, limit: Duration },
    Folder { folder: PathBuf, from: Mailbox },
}

impl Mailer {
    /// # Errors
    /// A sender, a certificate or a folder that does not fit, in words.
    pub fn open(mail: &Mail) -> Result<Self, MailerError> {
        let from: Mailbox = mail.from.parse()?;
        if mail.host.is_empty() {
            let folder = PathBuf::from(&mail.folder);
            if let Err(error) = std::fs::create_dir_all(&folder) {
                return Err(MailerError::Folder { folder, error });
            }
            return Ok(Self::Folder { folder, from });
        }
        let limit = Duration::from_secs(mail.timeout_seconds);
        let encryption = match mail.tls {
            Tls::Required => Encryption::Required(parameters(mail)?),
            Tls::Implicit => Encryption::Wrapper(parameters(mail)?),
            Tls::NoneLoopback => Encryption::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host)
            .port(mail.port)
            .tls(encryption)
            .timeout(Some(limit));
        if !mail.user.is_empty() {
            builder = builder.credentials(Credentials::new(mail.user.clone(), mail.password.reveal().to_owned()));
        }
        Ok(Self::Smtp { transport: builder.build(), from, limit })
    }

    /// Tries once.
    pub async fn send(&self, letter: &Outgoing) -> SendResult {
        let from = match self {
            Self::Smtp { from, .. } | Self::Folder { from, .. } => from,
        };
        let message = match message(from, letter) {
            Ok(message) => message,
            Err(why) => return SendResult::Never(why.to_string()),
        };
        match self {
            Self::Folder { folder, .. } => into_folder(folder, &letter.id, message.formatted()).await,
            Self::Smtp { transport, limit, .. } => match tokio::time::timeout(*limit, transport.send(message)).await {
                Ok(Ok(_)) => SendResult::Sent,
                Ok(Err(error)) => refused(&error),
                Err(_) => SendResult::TryLater(format!("the mail server was silent for {} seconds", limit.as_secs())),
            },
        }
    }
}

fn parameters(mail: &Mail) -> Result<TlsParameters, MailerError> {
    let mut builder = TlsParameters::builder(mail.host.clone());
    if !mail.ca_file.is_empty() {
        let file = || mail.ca_file.clone();
        let pem = std::fs::read(&mail.ca_file).map_err(|error| MailerError::CaFile { file: file(), error })?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| MailerError::Certificate { file: file(), error })?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(MailerError::Tls)
}

/// What the server said, without the letter's address or text: it goes to the log and to the consultant.
fn refused(error: &lettre::transport::smtp::Error) -> SendResult {
    let code = error.status().map(|code| code.to_string());
    let why = code.clone().map_or_else(
        || "the mail server cannot be reached, or hung up".to_owned(),
        |code| format!("the mail server answered {code}"),
    );
    // Only what concerns the address is for good; a wrong password or a full disk is mended by somebody.
    match code.as_deref() {
        Some("501" | "550" | "551" | "553" | "556") => SendResult::Never(why),
        _ => SendResult::TryLater(why),
    }
}

fn message(from: &Mailbox, letter: &Outgoing) -> Result<Message, MessageError> {
    let to: Mailbox = letter.to.parse().map_err(|_| MessageError::Recipient)?;
    let domain = from.email.domain();
    let header = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let mut message = Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&letter.subject)
        .date(letter.written.into())
        .message_id(Some(format!("<{}@{domain}>", letter.id)))
        .raw_header(header("Auto-Submitted", "auto-generated".into()));
    if let Some(address) = &letter.unsubscribe {
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
    }
    Ok(message.multipart(MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone()))?)
}

/// Written under another name and then renamed, so that nobody reads half a letter and a second attempt writes the same file.
async fn into_folder(folder: &Path, id: &str, text: Vec<u8>) -> SendResult {
    let (aside, place) = (folder.join(format!(".{id}.part")), folder.join(format!("{id}.eml")));
    let write = move || -> io::Result<()> {
        let mut file = std::fs::File::create(&aside)?;
        io::Write::write_all(&mut file, &text)?;
        file.sync_all()?;
        std::fs::rename(aside, place)
    };
    let written = tokio::task::spawn_blocking(write).await.unwrap_or_else(|ended| Err(io::Error::other(ended)));
    written.map_or_else(|error| SendResult::TryLater(format!("the folder of letters: {error}")), |()| SendResult::Sent)
}
