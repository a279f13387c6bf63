//! Before a citizen's link shows anything, where the municipality wants that: the last four digits of the CPR number. The page says nothing
//! about anybody.

use crate::web::pages::{
    components::{Tone, notice},
    frame::WebPage,
    link::outcome::Pressed,
    locale::Locale,
};
use maud::html;

pub(super) const FORM: &str = "digits";

pub(super) fn page(locale: &Locale, token: &str, outcome: &Pressed) -> WebPage {
    let wrong = outcome.form == Some(FORM);
    let body = html! {
        @if wrong {
            (notice(Tone::Bad, html! {
                p {
                    (locale.t(
                        "Det var ikke de rigtige fire cifre. Efter fem forsøg virker linket ikke længere, og du kan få et nyt.",
                        "Those were not the right four digits. After five tries the link no longer works, and you can get a new one.",
                    ))
                }
            }))
        }
        p {
            (locale.t(
                "For at passe på dine oplysninger spørger vi om de sidste fire cifre i dit CPR-nummer.",
                "To protect your information we ask for the last four digits of your CPR number.",
            ))
        }
        form method="post" action=(locale.to(&format!("/l/{token}/digits"))) {
            div.field {
                label for="digits-digits" { (locale.t("De sidste fire cifre", "The last four digits")) }
                input.short type="password" id="digits-digits" name="digits" inputmode="numeric" maxlength="4" autocomplete="off"
                    aria-invalid=[wrong.then_some("true")];
            }
            button type="submit" { (locale.t("Vis siden", "Show the page")) }
        }
    };
    WebPage::new(locale.t("Er det dig?", "Is it you?"), body)
}
