//! The directory of colleagues: who works here, in which role and team, and who stands in for whom today.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{access::Role, account::stands_in_on},
        values::{ids::AccountId, text::Line},
    },
    store::{
        Conn,
        accounts::{self, AccountFilter},
        schema::AccountRow,
        substitutes,
    },
    views::{
        page::{Cursor, Limit, Page, PageRequest},
        query::AsText,
    },
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Somebody who works here, or did.
#[derive(Serialize, ToSchema)]
pub struct ColleagueView {
    pub id: AccountId,
    pub name: String,
    pub role: Role,
    pub team: Option<String>,
    pub email: String,
    pub phone: Option<String>,
    /// Whether the account is open.
    pub open: bool,
    /// Who stands in today.
    pub substitute: Option<AccountId>,
    pub substitute_name: Option<String>,
}

crate::input! {
    /// Which colleagues.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct ColleagueQuery {
        pub role: Option<Role>,
        /// Exactly as it is written.
        #[param(value_type = Option<Line>)]
        pub team: Option<AsText<Line>>,
        /// Those whose account is open, or those whose account is closed.
        pub open: Option<bool>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// Who stands in today: account, substitute, the substitute's name.
type StandsIn = (AccountId, AccountId, String);

fn stand_ins(conn: &mut Conn, context: &Context) -> Result<Vec<StandsIn>, ActionError> {
    let named = substitutes::all(conn, context.tenant)?;
    let running: Vec<_> =
        named.into_iter().filter(|named| stands_in_on(context.at.today, named.from_on, named.until_on)).collect();
    let ids: Vec<&AccountId> = running.iter().map(|named| &named.substitute_id).collect();
    let names = accounts::open_names(conn, context.tenant, &ids)?;
    let with_name = |account: &AccountId, id: &AccountId| {
        names.iter().find(|(own, _)| own == id).map(|(_, name)| (account.clone(), id.clone(), name.clone()))
    };
    Ok(running.iter().filter_map(|named| with_name(&named.account_id, &named.substitute_id)).collect())
}

fn view(row: AccountRow, stand_ins: &[StandsIn]) -> ColleagueView {
    let substitute = stand_ins.iter().find(|(account, ..)| *account == row.id);
    ColleagueView {
        name: row.name,
        role: row.role,
        team: row.team,
        email: row.email,
        phone: row.phone,
        open: row.closed_on.is_none(),
        substitute: substitute.map(|(_, id, _)| id.clone()),
        substitute_name: substitute.map(|(.., name)| name.clone()),
        id: row.id,
    }
}

/// The colleagues of the municipality. Open to everybody who is signed in.
///
/// # Errors
/// Nobody is signed in.
pub fn page(conn: &mut Conn, context: &Context, query: &ColleagueQuery) -> Result<Page<ColleagueView>, ActionError> {
    context.account()?;
    let request = PageRequest::new(query.cursor.as_ref(), query.limit);
    let filter = AccountFilter { role: query.role, team: query.team.as_ref().map(|team| team.0.to_string()), open: query.open };
    let rows = accounts::page(conn, context.tenant, &filter, request.after_id(), request.wanted())?;
    let stand_ins = stand_ins(conn, context)?;
    request.page(rows, |row| row.id.to_string(), |row| Ok(view(row, &stand_ins)))
}
