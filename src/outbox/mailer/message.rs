//! A letter as a message of e-mail.

use crate::outbox::mailer::outgoing::Outgoing;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use thiserror::Error;

/// Why a letter cannot be written.
#[derive(Debug, Error)]
pub(super) enum MessageError {
    #[error("the address cannot be written to")]
    Recipient,
    #[error("the address that replies go to cannot be written")]
    ReplyTo,
    #[error(transparent)]
    Build(#[from] lettre::error::Error),
}

pub(super) fn message(from: &Mailbox, letter: &Outgoing) -> Result<Message, MessageError> {
    let to: Mailbox = letter.to.parse().map_err(|_| MessageError::Recipient)?;
    let domain = from.email.domain();
    let header = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let mut message = Message::builder()
        .from(Mailbox::new(Some(letter.from.clone()), from.email.clone()))
        .to(to)
        .subject(&letter.subject)
        .date(letter.written.into())
        .message_id(Some(format!("<{}@{domain}>", letter.id)))
        .raw_header(header("Auto-Submitted", "auto-generated".into()));
    if let Some(address) = &letter.reply_to {
        message = message.reply_to(address.parse().map_err(|_| MessageError::ReplyTo)?);
    }
    if let Some(address) = &letter.unsubscribe {
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
    }
    Ok(message.multipart(MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone()))?)
}
