//! Everybody, whatever their municipality: for whoever runs the service (`backtest`, `check-data`, `verify-log`). It may: what is read is compared
//! and counted, in the name of each row's tenant, and shown to nobody who works for a municipality.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{CitizenId, WorkplaceId},
    },
    store::{
        db::{conn::Conn, error::StoreError},
        schema::{citizens, reads, workplaces},
    },
};
use diesel::prelude::*;

/// The next citizens, in the order of their ids.
pub fn citizens(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(Tenant, CitizenId)>, StoreError> {
    let next = citizens::table.filter(citizens::id.gt(after)).order(citizens::id).limit(limit);
    Ok(next.select((citizens::municipality, citizens::id)).load(conn)?)
}

pub fn count_citizens(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(citizens::table.count().get_result(conn)?)
}

/// The municipalities in which somebody has read of somebody.
pub fn municipalities_with_reads(conn: &mut Conn) -> Result<Vec<Tenant>, StoreError> {
    Ok(reads::table.select(reads::municipality).distinct().load(conn)?)
}

pub fn count_reads(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(reads::table.count().get_result(conn)?)
}

/// The next workplaces, in the order of their ids.
pub fn workplaces(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<(Tenant, WorkplaceId)>, StoreError> {
    let next = workplaces::table.filter(workplaces::id.gt(after)).order(workplaces::id).limit(limit);
    Ok(next.select((workplaces::municipality, workplaces::id)).load(conn)?)
}

pub fn count_workplaces(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(workplaces::table.count().get_result(conn)?)
}
