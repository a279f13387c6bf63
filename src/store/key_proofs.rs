//! The proof that the program has the keys of a database: a text, sealed with them, that names them.
//!
//! Promise: nothing is started with other keys than those under which the database was written, nor with some of them or in another
//! order: half of what is sealed would not open, and nobody would be found by a CPR number. A database of an earlier release, which
//! has no proof yet, gets it only where what is sealed in it opens.

use crate::{
    crypto::{Binding, Keys, SealError},
    store::{
        Conn, Db, StoreError,
        db::{
            address::Address,
            dialect::{
                connect::{connect, connect_existing},
                statements::insert_if_absent,
            },
        },
        schema::{KeyProofRow, key_proofs},
        sealed::CITIZEN_CPR,
        system::doors,
    },
};
use diesel::prelude::*;
use thiserror::Error;

/// The one row.
const ID: &str = "keys";
const BINDING: Binding = Binding { table: "key_proofs", column: "sealed", row: ID };

/// Why the keys are not those of the database.
#[derive(Debug, Error)]
pub enum KeyProofError {
    #[error(
        "the key is not the one under which this database was written. Nothing was started: put that key back, or name another \
         database. Without its key, what is sealed in a database is lost"
    )]
    OtherKey,
    #[error(
        "keys of this database are missing or stand in another order: they were {}, oldest first (the first eight digits that \
         check-config shows of each). Nothing was started: put them back as they were; a new key is added at the end",
        .0.join(", ")
    )]
    OtherOrder(Vec<String>),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Db {
    /// Whether something may stand in the database that is sealed.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn has_sealed(&self) -> Result<bool, StoreError> {
        let conn = &mut connect(&self.address)?;
        Ok(find(conn)?.is_some() || !doors::no_account_yet(conn)?)
    }

    /// Proves that the keys are those of the database. The first start writes the proof; one with a further key writes it anew.
    /// Several instances that start at once write it once.
    ///
    /// # Errors
    /// Other keys; a failure of the database.
    pub fn prove_keys(&self, keys: &Keys) -> Result<(), KeyProofError> {
        let conn = &mut connect(&self.address)?;
        let own = keys.ids();
        if find(conn)?.is_none() {
            open_something(conn, keys)?;
            let row = KeyProofRow { id: ID.into(), sealed: keys.seal(BINDING, &own.join(" "))? };
            insert_if_absent!(conn, key_proofs::table, &row).map_err(StoreError::from)?;
        }
        // Read back: another instance may have been first, with other keys.
        let Some(mut named) = check(conn, keys)? else { return Err(KeyProofError::OtherKey) };
        // Those before it that are not named are needed no longer.
        let last = named.last().and_then(|last| own.iter().position(|id| id == last)).unwrap_or_default();
        let added: Vec<String> = own.into_iter().skip(last + 1).collect();
        if !added.is_empty() {
            named.extend(added);
            name(conn, keys, &named)?;
        }
        Ok(())
    }

    /// From now on the first key and the newest are needed and no others: nothing is sealed with those any longer.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn need_first_and_newest(&self, keys: &Keys) -> Result<(), KeyProofError> {
        let mut named = vec![keys.first().id(), keys.newest().id()];
        named.dedup();
        name(&mut connect(&self.address)?, keys, &named)
    }
}

fn name(conn: &mut Conn, keys: &Keys, named: &[String]) -> Result<(), KeyProofError> {
    let sealed = keys.seal(BINDING, &named.join(" "))?;
    let proof = key_proofs::table.filter(key_proofs::id.eq(ID));
    diesel::update(proof).set(key_proofs::sealed.eq(sealed)).execute(conn).map_err(StoreError::from)?;
    Ok(())
}

/// Whether a database that is there was written under these keys; none where it has no proof yet.
///
/// # Errors
/// It was not; a failure of the database.
pub fn prove(address: &Address, keys: &Keys) -> Result<Option<()>, KeyProofError> {
    Ok(check(&mut connect_existing(address)?, keys)?.map(|_| ()))
}

fn find(conn: &mut Conn) -> Result<Option<KeyProofRow>, StoreError> {
    Ok(key_proofs::table.filter(key_proofs::id.eq(ID)).first(conn).optional()?)
}

/// The names of the keys that the database was written under, all of which are here; none where there is no proof.
fn check(conn: &mut Conn, keys: &Keys) -> Result<Option<Vec<String>>, KeyProofError> {
    let Some(row) = find(conn)? else { return Ok(None) };
    let opened = keys.open(BINDING, &row.sealed).map_err(|_| KeyProofError::OtherKey)?;
    let named: Vec<String> = opened.split(' ').map(ToOwned::to_owned).collect();
    // All of them, in their order, the first first; further ones may stand between and after them.
    let own = keys.ids();
    let mut rest = own.iter();
    let all = named.iter().all(|id| rest.any(|own| own == id)) && own.first() == named.first();
    if all { Ok(Some(named)) } else { Err(KeyProofError::OtherOrder(named)) }
}

/// Opens the number of some citizen, where there is one.
fn open_something(conn: &mut Conn, keys: &Keys) -> Result<(), KeyProofError> {
    let Some((id, sealed)) = doors::some_sealed(conn)? else { return Ok(()) };
    CITIZEN_CPR.open(keys, &id, &sealed).map(|_| ()).map_err(|_| KeyProofError::OtherKey)
}
