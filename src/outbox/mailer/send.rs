//! Opens the way out, and tries once.

use crate::{
    outbox::mailer::{
        error::MailerError,
        folder::into_folder,
        message::message,
        outgoing::{Outgoing, SendResult},
    },
    settings::{Mail, Tls},
};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as Encryption, TlsParameters},
    },
};
use std::{path::PathBuf, time::Duration};

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
