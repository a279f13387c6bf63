//! A follow-up in a list: its day leads to its page.

use crate::{domain::values::in_words::day_in_words, views::named::NamedFollowUp, web::pages::locale::Locale};
use maud::{Markup, html};

/// See the module.
pub(super) fn follow_up_line(locale: &Locale, own: &NamedFollowUp) -> Markup {
    let at = own.at.as_ref().map(|at| locale.t(format!(" kl. {at}"), format!(" at {at}")));
    html! {
        a href=(locale.to(&format!("/follow-ups/{}", own.id))) { (locale.say(&day_in_words(own.on))) @if let Some(at) = at { (at) } }
        " – " (locale.say(&own.kind.label()))
        @if let Some(place) = &own.place { ", " (place) }
    }
}
