//! One-time links: how a party without an account reaches its own agreement. The database holds the hash of a token only; the
//! token itself is derived when the letter is sent.

use crate::{
    context::Context,
    crypto::token_hash,
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose},
        values::{
            day::plus,
            ids::{InternshipId, LinkId},
        },
    },
    store::{StoreError, Tx, links, schema::LinkRow},
};
use chrono::NaiveDate;

/// The link of a party to a thing, and the last day on which it works: the one that is open, or a new one. One is open per
/// party and thing.
///
/// # Errors
/// A failure of the database.
pub fn link(
    tx: &mut Tx,
    context: &Context,
    purpose: LinkPurpose,
    party: Party,
    internship: &InternshipId,
    occasion: &str,
) -> Result<(LinkId, NaiveDate), StoreError> {
    if let Some(open) = links::open(tx, context.tenant, purpose, party, internship, occasion)?
        && open.expires_on > context.at.today
    {
        return Ok((open.id, open.expires_on));
    }
    let id = LinkId::new(context.at);
    let expires_on = plus(context.at.today, context.services.settings.link_days);
    let row = LinkRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        token_hash: token_hash(&context.services.keys.link_token(id.as_str())),
        purpose,
        party,
        internship_id: internship.clone(),
        occasion: occasion.into(),
        expires_on,
        used_on: None,
        uses: 0,
        tries: 0,
    };
    links::insert(tx, &row)?;
    Ok((id, expires_on))
}

/// What a mentor's link is for: the mentor at this address. Another mentor's link is another.
pub fn mentor_occasion(context: &Context, address: &str) -> String {
    context.services.keys.lookup_hash("mentor", address)
}
