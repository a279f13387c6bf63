//! What somebody is responsible for: citizens, companies, openings; and handing all of it over, so that nobody is forgotten when
//! somebody leaves (S9, S17).
//!
//! Promise: each gets what their role can be responsible for; what is left is counted in the answer.

use crate::{
    actions::{
        ActionError,
        error::{fault, unknown},
        people::continuity::{NewConsultant, give_to},
    },
    context::{Context, Seen},
    domain::{
        input::Fault,
        people::access::Permission,
        values::{ids::AccountId, text::Prose},
    },
    store::{Conn, StoreError, Tx, accounts, citizens, companies, openings, schema::AccountRow},
};
use serde::Serialize;
use utoipa::ToSchema;

crate::input! {
    /// All work of one colleague goes to another.
    pub struct MassChange {
        /// Whose it is; the account may be closed.
        pub from: AccountId,
        pub to: AccountId,
        /// Said of all citizens; each one's own handover can be written besides.
        pub handover: Option<Prose>,
    }
}

/// How much somebody is responsible for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Workload {
    pub citizens: i64,
    pub companies: i64,
    /// Openings that nobody has closed.
    pub openings: i64,
}

impl Workload {
    pub const NONE: Self = Self { citizens: 0, companies: 0, openings: 0 };

    const fn is_none(self) -> bool {
        self.citizens == 0 && self.companies == 0 && self.openings == 0
    }
}

/// What was handed over, and what is left with the former one.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct HandedOver {
    #[serde(flatten)]
    pub given: Workload,
    /// What the new one's role cannot be responsible for.
    pub left: Workload,
}

/// What an account is responsible for.
///
/// # Errors
/// A failure of the database.
pub fn work_of(conn: &mut Conn, context: &Context, account: &AccountId) -> Result<Workload, StoreError> {
    Ok(Workload {
        citizens: citizens::count_of_consultant(conn, context.tenant, account)?,
        companies: companies::count_of_liaison(conn, context.tenant, account)?,
        openings: openings::count_of_keeper(conn, context.tenant, account)?,
    })
}

/// Gives all work of one colleague to another.
///
/// # Errors
/// Neither a team leader nor an administrator; nobody here, or closed; the same one twice; a role that can take none of it.
pub fn change_all(tx: &mut Tx, context: &Context, all: &MassChange) -> Result<HandedOver, ActionError> {
    context.authorize(Permission::HandOverWork)?;
    let Some(from) = accounts::find(tx, context.tenant, &all.from)? else { return unknown("from") };
    hand_over_all(tx, context, &from, &all.to, "to", all.handover.as_ref())
}

/// The same for an action that has authorised already; `field` of its body names the new one.
///
/// # Errors
/// As [`change_all`].
pub fn hand_over_all(
    tx: &mut Tx,
    context: &Context,
    from: &AccountRow,
    to: &AccountId,
    field: &str,
    handover: Option<&Prose>,
) -> Result<HandedOver, ActionError> {
    if from.id == *to {
        return fault(field, Fault::new("unchanged", "Er den samme. Vælg en anden.", "Is the same one. Choose another."));
    }
    let Some(to) = accounts::find_person(tx, context.tenant, to)?.filter(|account| account.closed_on.is_none()) else {
        return unknown(field);
    };
    let mut given = Workload::NONE;
    let there = work_of(tx, context, &from.id)?;
    let fits = (to.role.has_citizens() && there.citizens > 0)
        || (to.role.has_companies() && (there.companies > 0 || there.openings > 0));
    if !there.is_none() && !fits {
        return fault(
            field,
            Fault::new(
                "role",
                "Kan ikke overtage noget af det i sin rolle. Borgere går til en jobkonsulent, virksomheder til en \
                 virksomhedskonsulent, begge dele til en teamleder.",
                "Can take over none of it in that role. Citizens go to a consultant, companies to a liaison, both to a team leader.",
            ),
        );
    }
    let tenant = context.tenant;
    if to.role.has_citizens() {
        for citizen in citizens::of_consultant(tx, tenant, &from.id)? {
            let new = NewConsultant { consultant: to.id.clone(), handover: handover.cloned(), wished_by_citizen: None };
            give_to(tx, context, Seen::Newest, &citizen.id, &new)?;
            given.citizens += 1;
        }
    }
    if to.role.has_companies() {
        companies::workplaces::look_again_of(tx, tenant, &from.id, context.at.today)?;
        given.companies = number(companies::give_all(tx, tenant, &from.id, &to.id)?);
        given.openings = number(openings::give_all(tx, tenant, &from.id, &to.id)?);
    }
    Ok(HandedOver { given, left: work_of(tx, context, &from.id)? })
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Everybody and every workplace that an account is responsible for is looked at again, for it has been closed or opened; of one that
/// leads others, also where a flag stands that it was told of.
///
/// # Errors
/// A failure of the database.
pub fn look_again(tx: &mut Tx, context: &Context, account: &AccountRow) -> Result<(), StoreError> {
    let (tenant, today) = (context.tenant, context.at.today);
    citizens::look_again_of(tx, tenant, &account.id, today)?;
    companies::workplaces::look_again_of(tx, tenant, &account.id, today)?;
    if account.role.leads() {
        citizens::look_again_where_flagged(tx, tenant, today)?;
        companies::workplaces::look_again_where_flagged(tx, tenant, today)?;
    }
    Ok(())
}
