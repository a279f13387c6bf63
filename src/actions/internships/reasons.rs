//! Written reasons for what a rule asks (S6, S8, S11, S14, L9): those that stand in the booking itself are the booker's; a team
//! leader can also give them beforehand, for one booking. Who gave them is stored with the version they let pass.

use crate::{
    actions::{
        ActionError,
        error::{machine, unknown},
    },
    context::Context,
    domain::{
        internships::alignment::Asked,
        people::access::{Permission, Role},
        rules::refusals::{AskRule, Reason},
        values::{
            ids::{CitizenId, WorkplaceId, WrittenReasonsId},
            text::Prose,
        },
    },
    store::{Conn, StoreError, Tx, accounts, citizens, companies, internships, schema::WrittenReasonsRow},
};

crate::input! {
    /// Reasons that a team leader gives for one later booking.
    pub struct GivenReasons {
        pub rule: AskRule,
        /// The workplace that they are about; left out: any.
        pub workplace: Option<WorkplaceId>,
        pub reasons: Prose,
    }
}

/// Gives reasons before a consultant registers it.
///
/// # Errors
/// Not a team leader; an unknown citizen or workplace.
pub fn give(tx: &mut Tx, context: &Context, citizen: &CitizenId, given: &GivenReasons) -> Result<WrittenReasonsId, ActionError> {
    context.authorize(Permission::Lead)?;
    let tenant = context.tenant;
    citizens::find(tx, tenant, citizen.as_str())?.ok_or(ActionError::NotFound)?;
    if let Some(workplace) = &given.workplace
        && companies::workplaces::find(tx, tenant, workplace.as_str())?.is_none()
    {
        return unknown("workplace");
    }
    let id = WrittenReasonsId::new(context.at);
    internships::reasons::insert(
        tx,
        &WrittenReasonsRow {
            id: id.to_string(),
            municipality: tenant.clone(),
            citizen_id: citizen.to_string(),
            rule: given.rule.code().into(),
            workplace_id: given.workplace.as_ref().map(ToString::to_string),
            reasons: context.services.keys.seal(given.reasons.as_str()).map_err(machine)?,
            given_by: context.account()?.id.to_string(),
            given_on: context.at.today,
            used_on: None,
        },
    )?;
    Ok(id)
}

/// All reasons that lie on the table: the booker's own, and what team leaders have given and nobody has used.
///
/// # Errors
/// A failure of the database.
pub fn on_the_table(
    conn: &mut Conn,
    context: &Context,
    citizen: &CitizenId,
    workplace: &WorkplaceId,
    own: &[(AskRule, &Option<Prose>)],
) -> Result<Vec<Reason>, ActionError> {
    let mine = own.iter().filter_map(|(rule, words)| {
        Some(Reason {
            rule: rule.code().into(),
            words: words.as_ref()?.to_string(),
            given_by: context.account().ok()?.name.clone(),
            by_leader: context.account().ok()?.role == Role::TeamLeader,
        })
    });
    let mut reasons: Vec<Reason> = mine.collect();
    for row in internships::reasons::unused(conn, context.tenant, citizen.as_str(), workplace.as_str())? {
        let leader = accounts::find(conn, context.tenant, &row.given_by)?;
        let given_by = leader.map_or_else(String::new, |leader| leader.name);
        let words = opened(context, &row.reasons)?;
        reasons.push(Reason { rule: row.rule, words, given_by, by_leader: true });
    }
    Ok(reasons)
}

/// Reasons can tell of health: sealed.
fn opened(context: &Context, sealed: &str) -> Result<String, ActionError> {
    Ok(context.services.keys.open(sealed).ok_or_else(|| StoreError::Corrupt("sealed reasons".into()))?)
}

/// Notes that reasons given beforehand have been used.
///
/// # Errors
/// A failure of the database.
pub fn take(
    tx: &mut Tx,
    context: &Context,
    citizen: &CitizenId,
    workplace: &WorkplaceId,
    asked: &[Asked],
) -> Result<(), ActionError> {
    for mut row in internships::reasons::unused(tx, context.tenant, citizen.as_str(), workplace.as_str())? {
        let words = opened(context, &row.reasons)?;
        if asked.iter().any(|asked| asked.rule == row.rule && asked.reasons == words) {
            row.used_on = Some(context.at.today);
            internships::reasons::update(tx, &row)?;
        }
    }
    Ok(())
}
