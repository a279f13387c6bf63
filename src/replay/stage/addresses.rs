//! Addresses of the people of a case, which are like nobody else's.

use crate::{
    actions::ActionError,
    domain::values::text::Email,
    replay::{stage::scene::Stage, words::conflict},
    store::{self, Tx},
};

pub(super) fn address(who: &str, slug: &str, domain: &str) -> Result<Email, ActionError> {
    Email::parse(&format!("{who}.{slug}@{domain}"))
        .ok_or_else(|| conflict("address", "Adressen passer ikke.", "The address does not fit."))
}

/// The case's name as part of an address.
pub(super) fn slug(name: &str) -> String {
    let plain = name.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let kept: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(24).collect();
    let kept = kept.trim_matches('-').to_owned();
    if kept.is_empty() { "forloeb".into() } else { kept }
}

/// Two cases of the same name have different addresses.
pub(super) fn free_slug(tx: &mut Tx, slug: &str) -> Result<String, ActionError> {
    for number in 1.. {
        let candidate = if number == 1 { slug.to_owned() } else { format!("{slug}-{number}") };
        if store::system::doors::account_by_email(tx, address("jobkonsulent", &candidate, "kommune.example")?.as_str())?.is_none()
        {
            return Ok(candidate);
        }
    }
    Ok(slug.to_owned())
}

impl Stage {
    /// An address of somebody in the case, which is like nobody else's.
    pub fn address(&self, who: &str, domain: &str) -> Result<Email, ActionError> {
        address(who, &self.slug, domain)
    }
}
