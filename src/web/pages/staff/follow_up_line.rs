//! A follow-up in a list: its day leads to its page.

use crate::{domain::values::in_words::moment_in_words, views::named::NamedFollowUp, web::pages::locale::Locale};
use maud::{Markup, html};

/// See the module.
pub(super) fn follow_up_line(locale: &Locale, own: &NamedFollowUp) -> Markup {
    let when = moment_in_words(own.on, own.at.as_ref());
    html! {
        a href=(locale.to(&format!("/follow-ups/{}", own.id))) { (locale.say(&when)) }
        " – " (locale.say(&own.kind.label()))
        @if let Some(place) = &own.place { ", " (place) }
    }
}
