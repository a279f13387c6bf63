//! The outbox's rows: letters to send, their recipients, and what became of them.

use crate::{
    crypto::Keys,
    domain::{
        people::tenant::Tenant,
        rules::flags::Audience,
        values::ids::{CitizenId, LetterId},
    },
    store::{
        citizens::{CitizensWithin, citizens_within},
        db::{
            conn::{Conn, Tx},
            dialect::statements::insert_if_absent,
            error::StoreError,
        },
        macros::noun,
        schema::{LetterRow, citizens, flags, internships, letters, told},
        sealed::{self, SealedError},
    },
};
use chrono::NaiveDateTime;
use diesel::prelude::*;

noun!(letters, LetterRow, LetterId);

/// What a letter says.
pub struct LetterText {
    pub subject: String,
    pub plain: String,
    pub html: String,
    /// What it puts into its reader's calendar, as JSON.
    pub calendar: Option<String>,
}

/// By what the letters to an address are found: case does not matter.
pub fn recipient_hash(keys: &Keys, address: &str) -> String {
    keys.lookup_hash("letter-recipient", &address.to_lowercase())
}

impl LetterRow {
    /// Where it goes.
    ///
    /// # Errors
    /// It was sealed under a key that is not here, or for another row.
    pub fn address(&self, keys: &Keys) -> Result<String, StoreError> {
        sealed::LETTER_RECIPIENT.open(keys, &self.id, &self.recipient)
    }

    /// What it says, opened.
    ///
    /// # Errors
    /// It was sealed under a key that is not here, or for another row.
    pub fn text(&self, keys: &Keys) -> Result<LetterText, StoreError> {
        Ok(LetterText {
            subject: sealed::LETTER_SUBJECT.open(keys, &self.id, &self.subject)?,
            plain: sealed::LETTER_PLAIN.open(keys, &self.id, &self.plain)?,
            html: sealed::LETTER_HTML.open(keys, &self.id, &self.html)?,
            calendar: sealed::LETTER_CALENDAR.open_some(keys, &self.id, self.calendar.as_ref())?,
        })
    }

    /// It says something else from now on.
    ///
    /// # Errors
    /// The machine gives no random numbers.
    pub fn say(&mut self, keys: &Keys, text: &LetterText) -> Result<(), SealedError> {
        self.subject = sealed::LETTER_SUBJECT.seal(keys, &self.id, &text.subject)?;
        self.plain = sealed::LETTER_PLAIN.seal(keys, &self.id, &text.plain)?;
        self.html = sealed::LETTER_HTML.seal(keys, &self.id, &text.html)?;
        self.calendar = sealed::LETTER_CALENDAR.seal_some(keys, &self.id, text.calendar.as_ref())?;
        Ok(())
    }
}

/// Queues a letter; false where its key has been queued before.
pub fn queue(tx: &mut Tx, row: &LetterRow) -> Result<bool, StoreError> {
    Ok(insert_if_absent!(&mut **tx, letters::table, row)? == 1)
}

/// Sets from when on a letter that waits may leave.
pub fn leave_at(tx: &mut Tx, tenant: &Tenant, id: &LetterId, not_before: NaiveDateTime) -> Result<(), StoreError> {
    let own = letters::own(tenant).filter(letters::id.eq(id));
    diesel::update(own).set((letters::not_before.eq(not_before), letters::due_at.eq(Some(not_before)))).execute(&mut **tx)?;
    Ok(())
}

/// Lets a letter that had failed wait as one that was never tried.
pub fn begin_again(tx: &mut Tx, tenant: &Tenant, id: &LetterId, not_before: NaiveDateTime) -> Result<(), StoreError> {
    let own = letters::own(tenant).filter(letters::id.eq(id)).filter(letters::failed_at.is_not_null());
    let waits = (letters::failed_at.eq(None::<NaiveDateTime>), letters::last_error.eq(None::<String>), letters::attempts.eq(0));
    let when = (letters::not_before.eq(not_before), letters::due_at.eq(Some(not_before)));
    diesel::update(own).set((waits, when)).execute(&mut **tx)?;
    Ok(())
}

/// Writes what became of a letter, where whoever writes still holds it.
pub fn settle(tx: &mut Tx, row: &LetterRow, by: &str) -> Result<bool, StoreError> {
    let own = letters::own(&row.municipality)
        .filter(letters::id.eq(&row.id))
        .filter(letters::claimed_by.eq(by))
        .filter(letters::sent_at.is_null());
    Ok(diesel::update(own).set(row).execute(&mut **tx)? == 1)
}

/// Readdresses what waits to be sent to an address.
pub fn readdress(tx: &mut Tx, keys: &Keys, tenant: &Tenant, from: &str, to: &str) -> Result<(), StoreError> {
    let waiting = letters::own(tenant)
        .filter(letters::recipient_hash.eq(recipient_hash(keys, from)))
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null());
    let ids: Vec<LetterId> = waiting.select(letters::id).load(&mut **tx)?;
    for id in ids {
        let sealed = sealed::LETTER_RECIPIENT.seal(keys, &id, &to.to_owned());
        let sealed = sealed.map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let there = (letters::recipient.eq(sealed), letters::recipient_hash.eq(recipient_hash(keys, to)));
        diesel::update(letters::own(tenant).filter(letters::id.eq(id))).set(there).execute(&mut **tx)?;
    }
    Ok(())
}

/// Drops what waits to be sent of a case.
pub fn drop_waiting(tx: &mut Tx, tenant: &Tenant, reference: &str, at: NaiveDateTime) -> Result<(), StoreError> {
    let waiting = letters::own(tenant)
        .filter(letters::case_reference.eq(reference))
        .filter(letters::sent_at.is_null())
        .filter(letters::failed_at.is_null())
        .filter(letters::dropped_at.is_null());
    diesel::update(waiting).set(letters::dropped_at.eq(Some(at))).execute(&mut **tx)?;
    Ok(())
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug)]
pub enum LetterStanding {
    Waiting,
    Sent,
    Failed,
    Dropped,
}

/// Which letters are listed.
#[derive(Clone, Debug, Default)]
pub struct LetterFilter {
    pub standing: Option<LetterStanding>,
    /// Those about some citizens, and those to an address, by its hash.
    pub within: Option<(CitizensWithin, String)>,
}

pub fn page(
    conn: &mut Conn,
    tenant: &Tenant,
    narrow: &LetterFilter,
    after: &str,
    limit: i64,
) -> Result<Vec<LetterRow>, StoreError> {
    let mut own = letters::own(tenant).into_boxed();
    if let Some((within, address)) = &narrow.within {
        let of = citizens_within!(tenant, within).select(citizens::reference.nullable());
        let ids = citizens_within!(tenant, within).select(citizens::id);
        let courses = internships::with_errors(tenant).filter(internships::citizen_id.eq_any(ids));
        let courses = courses.select(internships::reference.nullable());
        let about = letters::case_reference.eq_any(of).or(letters::case_reference.eq_any(courses));
        own = own.filter(letters::recipient_hash.eq(address).assume_not_null().or(about.assume_not_null()));
    }
    own = match narrow.standing {
        Some(LetterStanding::Waiting) => {
            own.filter(letters::sent_at.is_null()).filter(letters::failed_at.is_null()).filter(letters::dropped_at.is_null())
        }
        Some(LetterStanding::Sent) => own.filter(letters::sent_at.is_not_null()),
        Some(LetterStanding::Failed) => own.filter(letters::failed_at.is_not_null()),
        Some(LetterStanding::Dropped) => own.filter(letters::dropped_at.is_not_null()),
        None => own,
    };
    Ok(own.filter(letters::id.gt(after)).order(letters::id).limit(limit).load(conn)?)
}

/// The letters of some cases, without digests, which tell of several.
pub fn ids_of_cases(conn: &mut Conn, tenant: &Tenant, references: &[String]) -> Result<Vec<LetterId>, StoreError> {
    let own = letters::own(tenant).filter(letters::case_reference.eq_any(references)).filter(letters::digest_of.is_null());
    Ok(own.select(letters::id).order(letters::id).load(conn)?)
}

/// Whom some letters are about: by the reference of a case, and by the flags that they tell of.
pub fn citizens_of(conn: &mut Conn, tenant: &Tenant, of: &[&LetterRow]) -> Result<Vec<(LetterId, CitizenId)>, StoreError> {
    let references: Vec<&String> = of.iter().filter_map(|row| row.case_reference.as_ref()).collect();
    let courses = internships::with_errors(tenant).filter(internships::reference.eq_any(&references));
    let mut named: Vec<(String, CitizenId)> = courses.select((internships::reference, internships::citizen_id)).load(conn)?;
    let people = citizens::with_merged(tenant).filter(citizens::reference.eq_any(&references));
    named.extend(people.select((citizens::reference, citizens::id)).load::<(String, CitizenId)>(conn)?);
    let by_reference = of.iter().flat_map(|row| {
        let own = named.iter().filter(|(reference, _)| Some(reference) == row.case_reference.as_ref());
        own.map(|(_, citizen)| (row.id.clone(), citizen.clone()))
    });
    let mut found: Vec<(LetterId, CitizenId)> = by_reference.collect();
    let ids: Vec<&LetterId> = of.iter().map(|row| &row.id).collect();
    let told = told::own(tenant).inner_join(flags::table.on(flags::id.eq(told::flag_id)));
    let told = told.filter(told::letter_id.eq_any(&ids)).filter(flags::citizen_id.is_not_null());
    found.extend(
        told.select((told::letter_id.assume_not_null(), flags::citizen_id.assume_not_null()))
            .load::<(LetterId, CitizenId)>(conn)?,
    );
    Ok(found)
}

/// Whether a letter of this key stands in the outbox.
pub fn is_queued(conn: &mut Conn, tenant: &Tenant, dedupe_key: &str) -> Result<bool, StoreError> {
    Ok(letters::own(tenant).filter(letters::dedupe_key.eq(dedupe_key)).count().get_result::<i64>(conn)? > 0)
}

/// When the last letter of a case to an address was refused for good; none where a later one has been sent there, or where none was.
pub fn refused_last(
    conn: &mut Conn,
    keys: &Keys,
    tenant: &Tenant,
    reference: &str,
    recipient: &str,
) -> Result<Option<NaiveDateTime>, StoreError> {
    let there = letters::own(tenant)
        .filter(letters::case_reference.eq(reference))
        .filter(letters::recipient_hash.eq(recipient_hash(keys, recipient)))
        .filter(letters::failed_at.is_not_null().or(letters::sent_at.is_not_null()));
    let tried: Vec<(Option<NaiveDateTime>, Option<NaiveDateTime>)> =
        there.select((letters::failed_at, letters::sent_at)).load(conn)?;
    let last = tried.into_iter().max_by_key(|(failed, sent)| failed.or(*sent));
    Ok(last.and_then(|(failed, _)| failed))
}

/// The single letters of some cases, by their references; digests belong to no case.
pub fn of_cases(conn: &mut Conn, tenant: &Tenant, references: &[String]) -> Result<Vec<LetterRow>, StoreError> {
    let own = letters::own(tenant);
    Ok(own.filter(letters::case_reference.eq_any(references)).order((letters::created_at, letters::id)).load(conn)?)
}

/// Drops the letters about some cases that wait to be sent to somebody outside the municipality.
pub fn drop_of_cases(tx: &mut Tx, tenant: &Tenant, references: &[String], at: NaiveDateTime) -> Result<(), StoreError> {
    let outside = [Audience::Citizen, Audience::CompanyContact];
    let own = letters::own(tenant).filter(letters::case_reference.eq_any(references)).filter(letters::audience.eq_any(outside));
    let waiting =
        own.filter(letters::sent_at.is_null()).filter(letters::failed_at.is_null()).filter(letters::dropped_at.is_null());
    diesel::update(waiting).set(letters::dropped_at.eq(Some(at))).execute(&mut **tx)?;
    Ok(())
}
