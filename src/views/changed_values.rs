//! What persons' changes changed, value by value: what stood there before and what stands there now.
//!
//! Promise: what is sealed at rest is shown to whoever may see needs, and to nobody else; that it was changed, to all who may look.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{
            access::{Permission, Role},
            read_log::PersonalData,
        },
        values::ids::{AccountId, ChangedValueId, CitizenId},
    },
    store::{
        Conn, accounts,
        changed_values::{self, ChangedValueFilter},
        citizens as stored,
        schema::ChangedValueRow,
        sealed,
    },
    views::{
        citizens,
        page::{Cursor, Limit, Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// One value that somebody changed.
#[derive(Serialize, ToSchema)]
pub struct ChangedValueView {
    pub id: ChangedValueId,
    pub at: DateTime<Utc>,
    pub account: AccountId,
    pub name: Option<String>,
    pub role: Option<Role>,
    /// Of whom it is; null where it is about a company.
    pub citizen: Option<CitizenId>,
    /// The kind of thing, for instance `internships`.
    pub thing: String,
    pub thing_id: String,
    pub field: String,
    /// Whether it is sealed at rest: then its values are null for whoever may not see needs.
    pub sealed: bool,
    /// What stood there before; where that has parts, as JSON.
    pub before: Option<String>,
    /// What stands there since then.
    pub after: Option<String>,
}

crate::input! {
    /// Whose changes.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct ChangedValueQuery {
        /// Those of one account.
        pub account: Option<AccountId>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// Everything that persons changed, the newest first.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &ChangedValueQuery) -> Result<Page<ChangedValueView>, ActionError> {
    context.authorize(Permission::SeeReads)?;
    let filter = ChangedValueFilter { citizens: None, account: query.account.clone() };
    shown(conn, context, &filter, &PageRequest::new(query.cursor.as_ref(), query.limit))
}

/// What was changed of a citizen, the newest first.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(
    conn: &mut Conn,
    context: &Context,
    id: &CitizenId,
    pages: &Pages,
) -> Result<Page<ChangedValueView>, ActionError> {
    context.authorize_any(&[Permission::SeeCitizens, Permission::SeeReads])?;
    citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Reads);
    let citizens = Some(stored::merged_into(conn, context.tenant, id)?);
    shown(conn, context, &ChangedValueFilter { citizens, account: None }, &PageRequest::from(pages))
}

fn shown(
    conn: &mut Conn,
    context: &Context,
    filter: &ChangedValueFilter,
    request: &PageRequest,
) -> Result<Page<ChangedValueView>, ActionError> {
    let before = Some(request.after_id()).filter(|id| !id.is_empty()).map(ChangedValueId::stored);
    let rows = changed_values::page(conn, context.tenant, filter, before.as_ref(), request.wanted())?;
    let by: Vec<&AccountId> = rows.iter().map(|row| &row.account_id).collect();
    let names = accounts::names_and_roles(conn, context.tenant, &by)?;
    request.page(
        rows,
        |row| row.id.to_string(),
        |row| {
            let by = names.iter().find(|(id, ..)| *id == row.account_id);
            view(context, row, by.map(|(_, name, role)| (name.clone(), *role)))
        },
    )
}

fn view(context: &Context, row: ChangedValueRow, by: Option<(String, Role)>) -> Result<ChangedValueView, ActionError> {
    if let Some(citizen) = &row.citizen_id {
        context.shows(citizen, PersonalData::Reads);
    }
    let (before, after) = (value(context, &row, row.value_before.as_deref())?, value(context, &row, row.value_after.as_deref())?);
    let (name, role) = by.unzip();
    Ok(ChangedValueView {
        id: row.id,
        at: row.made_at.and_utc(),
        account: row.account_id,
        name,
        role,
        citizen: row.citizen_id,
        thing: row.table_name,
        thing_id: row.row_id,
        field: row.column_name,
        sealed: row.is_sealed,
        before,
        after,
    })
}

/// What is sealed is opened where it may be seen; what is stored as JSON is shown without the version it is stored in.
fn value(context: &Context, row: &ChangedValueRow, text: Option<&str>) -> Result<Option<String>, ActionError> {
    let Some(text) = text else { return Ok(None) };
    if !row.is_sealed {
        return Ok(Some(text.to_owned()));
    }
    if !context.may(Permission::SeeNeeds) {
        return Ok(None);
    }
    let column = (row.table_name.as_str(), row.column_name.as_str());
    let opened = sealed::open_named(&context.services.keys, column, &row.row_id, text)?;
    let whole = serde_json::from_str::<Value>(&opened).ok().filter(|whole| whole.get("version").is_some());
    Ok(Some(whole.and_then(|whole| whole.get("value").map(Value::to_string)).unwrap_or(opened)))
}
