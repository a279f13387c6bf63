//! Who has changed what of a citizen: for the citizen, who may ask, and for those who audit. What stood before is among the corrections.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{
            access::{Permission, Role},
            read_log::{PersonalData, ReadVia, ReaderRelation},
        },
        values::{
            ids::{AccountId, ChangeId, CitizenId},
            localized::Localized,
        },
    },
    store::{Conn, access_reasons, accounts, changes, citizens as stored, sealed},
    views::{
        citizens,
        page::{Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A change that somebody made.
#[derive(Serialize, ToSchema)]
pub struct PersonChangeView {
    pub id: ChangeId,
    pub at: DateTime<Utc>,
    pub account: AccountId,
    pub name: Option<String>,
    pub role: Option<Role>,
    pub via: ReadVia,
    pub via_in_words: Localized,
    pub what: PersonalData,
    pub what_in_words: Localized,
    /// What whoever changed it had to do with the citizen then.
    pub relation: ReaderRelation,
    pub relation_in_words: Localized,
    /// What was written, where the citizen is a colleague's.
    pub reason: Option<String>,
}

/// The changes of a citizen's course, the newest first.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(
    conn: &mut Conn,
    context: &Context,
    id: &CitizenId,
    pages: &Pages,
) -> Result<Page<PersonChangeView>, ActionError> {
    context.authorize_any(&[Permission::SeeCitizens, Permission::SeeReads])?;
    citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Reads);
    let request = PageRequest::from(pages);
    let before = Some(request.after_id()).filter(|id| !id.is_empty()).map(ChangeId::stored);
    let own = stored::merged_into(conn, context.tenant, id)?;
    let rows = changes::page(conn, context.tenant, &own, before.as_ref(), request.wanted())?;
    let by: Vec<&AccountId> = rows.iter().map(|row| &row.account_id).collect();
    let names = accounts::names_and_roles(conn, context.tenant, &by)?;
    let written: Vec<_> = rows.iter().filter_map(|row| row.reason_id.as_ref()).collect();
    let written = access_reasons::some(conn, context.tenant, &written)?;
    request.page(
        rows,
        |row| row.id.to_string(),
        |row| {
            let by = names.iter().find(|(id, ..)| *id == row.account_id);
            let reason = written.iter().find(|own| row.reason_id.as_ref() == Some(&own.id));
            let reason = reason.map(|own| sealed::ACCESS_REASON.open(&context.services.keys, &own.id, &own.reason));
            Ok(PersonChangeView {
                id: row.id,
                at: row.made_at.and_utc(),
                name: by.map(|(_, name, _)| name.clone()),
                role: by.map(|(.., role)| *role),
                account: row.account_id,
                via: row.via,
                via_in_words: row.via.label(),
                what: row.what,
                what_in_words: row.what.label(),
                relation: row.relation,
                relation_in_words: row.relation.label(),
                reason: reason.transpose()?,
            })
        },
    )
}
