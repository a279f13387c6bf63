//! Seals everything under the newest key, and then asks for the first and the newest only.

use crate::{
    app::App,
    jobs::Progress,
    store::{
        Conn, Tx,
        key_proofs::KeyProofError,
        system::resealing::{places, reseal_journal},
    },
};

/// How many values were sealed anew.
///
/// # Errors
/// A value that does not open; a failure of the database. What was sealed stays sealed; run it again.
pub async fn rotate_keys(app: &App, progress: Progress<'_>) -> Result<usize, KeyProofError> {
    let all = app.db.read(|conn: &mut Conn| places().into_iter().map(|place| place.rows(conn)).sum()).await?;
    let (mut sealed, mut passed) = (0, 0);
    for place in places() {
        let rows = app.db.read(move |conn: &mut Conn| place.rows(conn)).await?;
        loop {
            let keys = app.services.keys.clone();
            let done = app.db.write(move |tx: &mut Tx| place.reseal_some(tx, &keys)).await?;
            sealed += done;
            progress((passed + u64::try_from(sealed).unwrap_or_default()).min(all), all);
            if done == 0 {
                break;
            }
        }
        passed += rows;
        progress(passed.min(all), all);
    }
    loop {
        let keys = app.services.keys.clone();
        let done = app.db.write(move |tx: &mut Tx| reseal_journal(tx, &keys)).await?;
        sealed += done;
        if done == 0 {
            break;
        }
    }
    app.db.need_first_and_newest(&app.services.keys)?;
    Ok(sealed)
}
