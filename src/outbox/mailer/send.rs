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
        extension::ClientId,
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
        if !mail.hello_name.is_empty() {
            builder = builder.hello_name(ClientId::Domain(mail.hello_name.clone()));
        }
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
    if error.is_permanent() && says_no_such_address(&error.to_string()) {
        SendResult::Never(why)
    } else {
        SendResult::TryLater(why)
    }
}

/// What servers answer to an address that does not exist (RFC 3463, 3.2 and 3.3). Whatever else is refused for good, this machine on a list
/// of senders of spam for instance, is mended by somebody: a letter that waited meanwhile is sent then.
const NO_SUCH_ADDRESS: [&str; 6] = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

fn says_no_such_address(answer: &str) -> bool {
    answer.split([' ', '\r', '\n', ':', '-']).any(|word| NO_SUCH_ADDRESS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_that_does_not_exist_is_for_good() {
        for (answer, is_for_good) in [
            ("permanent error (550): 5.1.1 no such mailbox here", true),
            ("permanent error (550): 5.1.10 <bo@b.example>: Recipient address rejected: User unknown", true),
            ("permanent error (550): 5.2.1 The email account that you tried to reach is disabled", true),
            ("permanent error (550): 5.7.1 Service unavailable, client host blocked using a list", false),
            ("permanent error (554): 5.7.1 message refused", false),
            ("permanent error (550): 5.1.8 the sender's domain does not exist", false),
            ("permanent error (550): blocked, see https://example.org/5.1.1-help", false),
            ("permanent error (550): requested action not taken", false),
            ("permanent error (552): 5.2.2 mailbox full", false),
        ] {
            assert_eq!(says_no_such_address(answer), is_for_good, "{answer}");
        }
    }
}
