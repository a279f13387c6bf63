//! A letter as a message of e-mail: text and HTML; with what it puts into a calendar, where it does (RFC 6047): one entry as a third form of
//! the letter, which programs of mail show as an invitation, and each as a file, for those that do not.

use crate::outbox::{calendar::CalendarObject, mailer::outgoing::Outgoing};
use lettre::{
    Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
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
    Calendar(#[from] lettre::message::header::ContentTypeErr),
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
    let forms = MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone());
    Ok(message.multipart(with_calendar(forms, &letter.calendar)?)?)
}

fn with_calendar(forms: MultiPart, calendar: &[CalendarObject]) -> Result<MultiPart, MessageError> {
    let forms = match calendar {
        [] => return Ok(forms),
        [only] => forms.singlepart(SinglePart::builder().header(content_type(only)?).body(only.ics.clone())),
        _ => forms,
    };
    let mut mixed = MultiPart::mixed().multipart(forms);
    for (number, object) in (1..).zip(calendar) {
        mixed = mixed.singlepart(Attachment::new(format!("aftale-{number}.ics")).body(object.ics.clone(), content_type(object)?));
    }
    Ok(mixed)
}

/// The method has to be the same here and inside (RFC 6047, 2.4).
fn content_type(object: &CalendarObject) -> Result<ContentType, MessageError> {
    Ok(ContentType::parse(&format!("text/calendar; method={}; charset=utf-8", object.method))?)
}
