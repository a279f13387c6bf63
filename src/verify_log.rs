//! Follows the chain of the log of who has read of whom, from its first entry to its last, in each municipality.
//!
//! Promise: an entry that was changed, removed or put in between is named. Entries that were cut off at the end leave a chain that is
//! whole: they are found by comparing with the heads that an earlier run printed, kept where nobody who can reach the database can.

use crate::{
    actions::people::read_log::{chain, start_proof},
    app::App,
    domain::people::{read_log::ChainHead, tenant::Tenant},
    jobs::Progress,
    store::{Conn, StoreError, read_log, system::every},
};

/// So many entries are read at a time.
const BATCH: i64 = 500;

/// A municipality's log.
#[derive(Debug)]
pub struct VerifiedLog {
    pub tenant: Tenant,
    pub head: ChainHead,
    /// The number of the first entry that does not follow from those before it.
    pub broken_at: Option<i64>,
    /// Heads of an earlier run that are not there any longer.
    pub missing: Vec<ChainHead>,
}

impl VerifiedLog {
    pub fn is_whole(&self) -> bool {
        self.broken_at.is_none() && self.missing.is_empty()
    }
}

/// Every log, compared with the heads that an earlier run found.
///
/// # Errors
/// A failure of the database.
pub async fn verify_log(
    app: &App,
    earlier: &[(Tenant, ChainHead)],
    progress: Progress<'_>,
) -> Result<Vec<VerifiedLog>, StoreError> {
    let mut tenants = app.db.read(every::municipalities_with_reads).await?;
    tenants.extend(earlier.iter().map(|(tenant, _)| tenant.clone()));
    tenants.sort();
    tenants.dedup();
    let total = u64::try_from(app.db.read(every::count_reads).await?).unwrap_or_default();
    let (mut found, mut done) = (Vec::new(), 0);
    for tenant in tenants {
        let known = earlier.iter().filter(|(of, _)| *of == tenant).map(|(_, head)| head.clone());
        let missing = known.filter(|head| head.number > 0).collect();
        let mut log = begin(app, &tenant, missing).await?;
        loop {
            let (own, after) = (tenant.clone(), log.head.number);
            let batch = app.db.read(move |conn: &mut Conn| read_log::following(conn, &own, after, BATCH)).await?;
            if batch.is_empty() {
                break;
            }
            for entry in batch {
                let number = log.head.number + 1;
                let follows =
                    entry.number == number && entry.chain == chain(&app.services.keys, number, &log.head.chain, &entry.read);
                if !follows && log.broken_at.is_none() {
                    log.broken_at = Some(number.min(entry.number));
                }
                log.head = ChainHead { number: entry.number, chain: entry.chain };
                log.missing.retain(|head| *head != log.head);
                done += 1;
                progress(done, total);
            }
        }
        found.push(log);
    }
    Ok(found)
}

/// Where a log begins: before its first entry, or after the last that is no longer kept.
async fn begin(app: &App, tenant: &Tenant, mut missing: Vec<ChainHead>) -> Result<VerifiedLog, StoreError> {
    let own = tenant.clone();
    let start = app.db.read(move |conn: &mut Conn| read_log::start(conn, &own)).await?;
    let head = start.as_ref().map_or(ChainHead { number: 0, chain: String::new() }, |start| ChainHead {
        number: start.number,
        chain: start.chain.clone(),
    });
    let proven = start.is_none_or(|start| start.proof == start_proof(&app.services.keys, tenant, &head));
    missing.retain(|known| known.number > head.number || (known.number == head.number && known.chain != head.chain));
    let broken_at = (!proven).then_some(head.number);
    Ok(VerifiedLog { tenant: tenant.clone(), head, broken_at, missing })
}
