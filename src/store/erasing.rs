//! Takes everything of one citizen out of the database, in one transaction.
//!
//! Promise: no row that names the citizen, an internship of the citizen or what hangs on it is left (a test holds that no table is forgotten).
//! A letter that told somebody of several citizens is emptied. Who has looked and who has changed something stays until the log is no longer
//! kept: it names a record that is nobody's any longer.

use crate::{
    crypto::Keys,
    domain::{
        people::tenant::Tenant,
        values::ids::{AccommodationId, CitizenId, FlagId, FollowUpId, InternshipId, LetterId, WorkplaceId},
    },
    store::{
        citizens::merged_into,
        db::{
            conn::{Conn, Tx},
            dialect::{connect::connect, session::forget_free_pages},
            error::StoreError,
            pool::Db,
        },
        schema::*,
        sealed,
    },
};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What a letter that told of several says instead.
const EMPTIED: &str = "Slettet · Erased";

/// By what the rows of one citizen are found.
pub struct ErasedIds {
    /// The citizen, and the records that were merged into it.
    pub citizens: Vec<CitizenId>,
    pub internships: Vec<InternshipId>,
    workplaces: Vec<WorkplaceId>,
    accommodations: Vec<AccommodationId>,
    follow_ups: Vec<FollowUpId>,
    flags: Vec<FlagId>,
    pub letters: Vec<LetterId>,
}

/// Everything that hangs on a citizen.
pub fn gather(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<ErasedIds, StoreError> {
    let people = merged_into(conn, tenant, citizen)?;
    let own = citizens::with_merged(tenant).filter(citizens::id.eq_any(&people));
    let mut references: Vec<String> = own.select(citizens::reference).load(conn)?;
    let stays: Vec<(InternshipId, String, WorkplaceId)> = internships::with_errors(tenant)
        .filter(internships::citizen_id.eq_any(&people))
        .select((internships::id, internships::reference, internships::workplace_id))
        .load(conn)?;
    let (mut ids, mut places) = (Vec::new(), Vec::new());
    for (id, reference, place) in stays {
        ids.push(id);
        references.push(reference);
        places.push(place);
    }
    let accommodations = accommodations::own(tenant).filter(accommodations::internship_id.eq_any(&ids));
    let follow_ups = follow_ups::with_errors(tenant).filter(follow_ups::citizen_id.eq_any(&people));
    let letters = letters::own(tenant).filter(letters::case_reference.eq_any(&references));
    Ok(ErasedIds {
        accommodations: accommodations.select(accommodations::id).load(conn)?,
        follow_ups: follow_ups.select(follow_ups::id).load(conn)?,
        flags: flags_of(conn, tenant, &people, &places, (&ids, &references))?,
        letters: letters.select(letters::id).load(conn)?,
        citizens: people,
        internships: ids,
        workplaces: places,
    })
}

/// Those about the citizen, and those about a workplace whose figures name an internship of the citizen.
fn flags_of(
    conn: &mut Conn,
    tenant: &Tenant,
    people: &[CitizenId],
    places: &[WorkplaceId],
    (ids, references): (&[InternshipId], &[String]),
) -> Result<Vec<FlagId>, StoreError> {
    let about = flags::own(tenant).filter(flags::citizen_id.eq_any(people));
    let mut found: Vec<FlagId> = about.select(flags::id).load(conn)?;
    let there = flags::own(tenant).filter(flags::citizen_id.is_null()).filter(flags::workplace_id.eq_any(places));
    let there: Vec<FlagRow> = there.load(conn)?;
    let names =
        |flag: &FlagRow, name: &str| [&flag.evidence, &flag.subject, &flag.occasion].iter().any(|text| text.contains(name));
    let all: Vec<&str> = ids.iter().map(InternshipId::as_str).chain(references.iter().map(String::as_str)).collect();
    found.extend(there.into_iter().filter(|flag| all.iter().any(|name| names(flag, name))).map(|flag| flag.id));
    Ok(found)
}

/// The tables whose rows are deleted, those that refer to others first: each with what asks for all of its rows, also for those that were
/// registered in error, the column by which they are found, and where its values stand.
macro_rules! deleted {
    ($($table:ident $all:ident by $column:ident in $ids:ident,)+) => {
        /// Their names and the columns.
        #[cfg(test)]
        const DELETED: &[(&str, &str)] = &[$((stringify!($table), stringify!($column))),+];

        fn delete(tx: &mut Tx, tenant: &Tenant, of: &ErasedIds) -> Result<(), StoreError> {
            $(
                let rows = $table::$all(tenant).filter($table::$column.eq_any(&of.$ids));
                diesel::delete(rows).execute(&mut **tx)?;
            )+
            Ok(())
        }
    };
}
deleted! {
    former_agreements own by accommodation_id in accommodations,
    agreements own by accommodation_id in accommodations,
    accommodations own by internship_id in internships,
    addenda own by follow_up_id in follow_ups,
    retention_checks with_errors by citizen_id in citizens,
    calendar_entries own by citizen_id in citizens,
    told own by flag_id in flags,
    told own by letter_id in letters,
    flag_events own by flag_id in flags,
    flags own by id in flags,
    letters own by id in letters,
    links own by internship_id in internships,
    statement_requests own by internship_id in internships,
    employer_statements own by internship_id in internships,
    hearings own by citizen_id in citizens,
    meetings own by internship_id in internships,
    written own by internship_id in internships,
    answers with_errors by internship_id in internships,
    confirmations own by internship_id in internships,
    objections own by internship_id in internships,
    internship_facts own by internship_id in internships,
    versions own by internship_id in internships,
    pauses with_errors by citizen_id in citizens,
    approval_requests own by citizen_id in citizens,
    approvals own by citizen_id in citizens,
    corrections own by citizen_id in citizens,
    outcomes with_errors by citizen_id in citizens,
    follow_ups with_errors by citizen_id in citizens,
    internships with_errors by citizen_id in citizens,
    needs own by citizen_id in citizens,
    capacities own by citizen_id in citizens,
    steps own by citizen_id in citizens,
    story own by citizen_id in citizens,
    closings own by citizen_id in citizens,
    consultant_changes own by citizen_id in citizens,
    former_numbers own by citizen_id in citizens,
    written_reasons own by citizen_id in citizens,
    restrictions own by citizen_id in citizens,
    access_reasons own by citizen_id in citizens,
    citizen_names own by citizen_id in citizens,
    citizens with_merged by id in citizens,
}

/// Erases all of it. The workplaces where the citizen was are looked at again.
///
/// # Errors
/// A failure of the database.
pub fn erase(tx: &mut Tx, keys: &Keys, tenant: &Tenant, of: &ErasedIds, today: NaiveDate) -> Result<(), StoreError> {
    empty_digests(tx, keys, tenant, of)?;
    delete(tx, tenant, of)?;
    let there = workplaces::own(tenant).filter(workplaces::id.eq_any(&of.workplaces));
    let values = changed_values::own(tenant).filter(changed_values::citizen_id.eq_any(&of.citizens));
    diesel::delete(values).execute(&mut **tx)?;
    diesel::update(there).set(workplaces::look_on.eq(Some(today))).execute(&mut **tx)?;
    Ok(())
}

impl Db {
    /// Overwrites what is left of deleted rows in the file of the database. Meanwhile others wait who write.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn forget_deleted(&self) -> Result<(), StoreError> {
        forget_free_pages(&mut connect(&self.address)?)
    }
}

/// Letters that told of the citizen's flags and of others' in one.
fn empty_digests(tx: &mut Tx, keys: &Keys, tenant: &Tenant, of: &ErasedIds) -> Result<(), StoreError> {
    let told_by = told::own(tenant).filter(told::flag_id.eq_any(&of.flags)).filter(told::letter_id.is_not_null());
    let ids: Vec<LetterId> = told_by.select(told::letter_id.assume_not_null()).distinct().load(&mut **tx)?;
    for id in ids.iter().filter(|id| !of.letters.contains(id)) {
        let sealed = |column: &sealed::SealedColumn<String>| {
            column.seal(keys, id, &EMPTIED.to_owned()).map_err(|error| StoreError::Corrupt(error.to_string()))
        };
        let nothing = (
            letters::subject.eq(sealed(&sealed::LETTER_SUBJECT)?),
            letters::plain.eq(sealed(&sealed::LETTER_PLAIN)?),
            letters::html.eq(sealed(&sealed::LETTER_HTML)?),
            letters::cause.eq(""),
        );
        diesel::update(letters::own(tenant).filter(letters::id.eq(id))).set(nothing).execute(&mut **tx)?;
    }
    Ok(())
}

/// The latest day on which anything happened or was recorded of a citizen whose course is closed.
pub fn last_dealt_with(conn: &mut Conn, tenant: &Tenant, citizen: &CitizenId) -> Result<Option<NaiveDate>, StoreError> {
    let people = merged_into(conn, tenant, citizen)?;
    let closed = closings::own(tenant).filter(closings::citizen_id.eq_any(&people));
    let closed: Option<NaiveDate> = closed.select(diesel::dsl::max(closings::recorded_on)).first(conn)?;
    let changed = changes::own(tenant).filter(changes::citizen_id.eq_any(&people));
    let changed: Option<NaiveDateTime> = changed.select(diesel::dsl::max(changes::made_at)).first(conn)?;
    let stayed = internships::own(tenant).filter(internships::citizen_id.eq_any(&people));
    let stayed: Option<NaiveDate> = stayed.select(diesel::dsl::max(internships::last_day)).first(conn)?;
    let went_on = || outcomes::own(tenant).filter(outcomes::citizen_id.eq_any(&people));
    let began: Option<NaiveDate> = went_on().select(diesel::dsl::max(outcomes::first_day)).first(conn)?;
    let until: Option<NaiveDate> = went_on().select(diesel::dsl::max(outcomes::until_on)).first(conn)?;
    Ok([closed, changed.map(|at| at.date()), stayed, began, until].into_iter().flatten().max())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_that_names_a_citizen_or_what_hangs_on_one_is_forgotten() {
        // The log, and the list of erasures itself, name a record that is nobody's any longer; what was changed is deleted by itself.
        let kept = ["reads_of_citizens", "changes", "erasures", "changed_values"];
        for table in TABLES.iter().filter(|table| !kept.contains(&table.name)) {
            for column in ["citizen_id", "internship_id", "accommodation_id", "follow_up_id", "flag_id"] {
                let named = table.columns.iter().any(|(name, _)| *name == column);
                let found = DELETED.iter().any(|(own, _)| *own == table.name);
                assert!(!named || found, "{} names a {column}", table.name);
            }
        }
    }
}
