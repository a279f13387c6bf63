//! A citizen's search profile, agreed with the citizen (S20): home, reach, times, languages, acquaintances, and whether the
//! citizen agrees to be found for an opening. Where somebody lives is confidential: the profile is encrypted.

use crate::{
    actions::{ActionError, companies::places, people::closed::open_citizen},
    context::{Context, Seen},
    domain::{
        matching::Reach,
        people::{access::Permission, profile::Profile, tenant::Tenant},
        rules::rulebook::Figures,
        values::{geo::Placed, ids::CitizenId, register::Location, text::Whole},
    },
    store::{Conn, StoreError, Tx, citizens, schema::CitizenRow, sealed},
};

impl Profile {
    /// The profile of a citizen; an empty one where nothing has been asked.
    ///
    /// # Errors
    /// One that was sealed under another key.
    pub fn of(context: &Context, row: &CitizenRow) -> Result<Self, ActionError> {
        let Some(sealed) = &row.profile else { return Ok(Self::default()) };
        Ok(sealed::CITIZEN_PROFILE.open(&context.services.keys, &row.id, sealed)?)
    }

    /// Where home is.
    ///
    /// # Errors
    /// A failure of the database; no middle is known of the municipality.
    pub fn home(&self, conn: &mut Conn, tenant: &Tenant) -> Result<Placed, ActionError> {
        let nothing = Location { municipality: None, postcode: None, city: None, coordinates: None };
        let found = places::find_or_here(conn, tenant, self.home.as_ref().unwrap_or(&nothing))?;
        found.ok_or_else(|| StoreError::Corrupt("a municipality without a middle".into()).into())
    }

    /// How far from home a place may be.
    pub fn reach(&self, figures: &Figures) -> Reach {
        Reach::of(self.farthest_km.map(Whole::get), self.longest_minutes.map(Whole::get), figures)
    }
}

/// Puts what a citizen seeks by, in place of what was said before.
///
/// # Errors
/// Not found; changed since.
pub fn put(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, profile: &Profile) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let mut row = open_citizen(tx, context, id)?;
    seen.check(row.revision)?;
    row.profile = Some(sealed::CITIZEN_PROFILE.seal(&context.services.keys, &row.id, profile)?);
    let agrees = profile.agrees_to_be_found == Some(true);
    row.findable_since = row.findable_since.filter(|_| agrees).or(agrees.then_some(context.at.today));
    row.revision += 1;
    Ok(citizens::update(tx, &row)?)
}
