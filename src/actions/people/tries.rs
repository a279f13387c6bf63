//! Tries of a password, counted before anything is hashed; and look-ups by CPR number ([`look_ups`](super::look_ups)), likewise.
//!
//! Promise: a try is taken in one write before the slow hash, so that of however many at once only so many are hashed; it is
//! forgiven when the password fits. Tries on a device that has signed in before count on that device alone, so that nobody is locked
//! out by a stranger's tries.

use crate::{
    actions::ActionError,
    crypto::Keys,
    domain::values::{
        day::At,
        ids::{AccountId, FailedSignInId},
        text::Email,
    },
    store::{Tx, accounts, schema::FailedSignInRow},
};
use chrono::Duration;

/// Tries of a password count for so many minutes.
const MINUTES: i64 = 15;
/// So many on one address, or on one device.
const OF_ONE: i64 = 5;
/// So many from one network: all of a municipality may sit behind one address.
const OF_NETWORK: i64 = 100;
/// So many from anywhere.
const IN_ALL: i64 = 1000;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// So many look-ups by CPR number within an hour, and within a day.
const LOOK_UPS: [(&str, i64, i64); 2] = [("cpr-hour", HOUR, 30), ("cpr-day", DAY, 200)];

/// What a try counts on, known by its keyed hash alone.
pub struct TryCount {
    hash: String,
    most: i64,
    minutes: i64,
}

impl TryCount {
    /// On an address, whether or not it has an account, the network that it comes from, and in all.
    pub fn of_stranger(keys: &Keys, email: &Email, network: &str) -> Vec<Self> {
        vec![
            Self::of_password(keys.lookup_hash("sign-in", email.as_str()), OF_ONE),
            Self::of_password(keys.lookup_hash("sign-in-network", network), OF_NETWORK),
            Self::of_password(keys.lookup_hash("sign-in-all", ""), IN_ALL),
        ]
    }

    /// On a device that is known.
    pub fn of_device(keys: &Keys, device: &str) -> Vec<Self> {
        vec![Self::of_password(keys.lookup_hash("sign-in-device", device), OF_ONE)]
    }

    /// On the network from which somebody comes back from the municipality's own provider.
    pub fn of_provider(keys: &Keys, network: &str) -> Self {
        Self::of_password(keys.lookup_hash("provider-network", network), OF_NETWORK)
    }

    /// On whoever is signed in, and is asked for the password once more.
    pub fn of_signed_in(keys: &Keys, account: &AccountId) -> Vec<Self> {
        vec![Self::of_password(keys.lookup_hash("own-password", account.as_str()), OF_ONE)]
    }

    /// On whoever looks people up by number.
    pub fn of_look_ups(keys: &Keys, account: &AccountId) -> Vec<Self> {
        let count = |(what, minutes, most)| Self { hash: keys.lookup_hash(what, account.as_str()), most, minutes };
        LOOK_UPS.map(count).into()
    }

    fn of_password(hash: String, most: i64) -> Self {
        Self { hash, most, minutes: MINUTES }
    }
}

/// A try that was taken.
#[derive(Clone, Debug, Default)]
pub struct TakenTry(Vec<FailedSignInId>);

/// Takes a try.
///
/// # Errors
/// Too many within a short time.
pub fn take(tx: &mut Tx, at: At, counts: &[TryCount]) -> Result<TakenTry, ActionError> {
    for count in counts {
        let since = (at.instant - Duration::minutes(count.minutes)).naive_utc();
        if accounts::failures(tx, &count.hash, since)? >= count.most {
            return Err(ActionError::TooOften(count.minutes * 60));
        }
    }
    let mut taken = TakenTry::default();
    for count in counts {
        let id = FailedSignInId::new(at);
        let row = FailedSignInRow { id: id.clone(), email_hash: count.hash.clone(), failed_at: at.instant.naive_utc() };
        accounts::note_failure(tx, &row)?;
        taken.0.push(id);
    }
    Ok(taken)
}

/// The password fitted: the try does not count.
///
/// # Errors
/// A failure of the database.
pub fn forgive(tx: &mut Tx, taken: &TakenTry) -> Result<(), ActionError> {
    Ok(accounts::forgive(tx, &taken.0)?)
}
