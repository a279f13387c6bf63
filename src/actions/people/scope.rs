//! Which citizens a consultant works with: the own, those of whom he or she stands in for, those of the team. For others a reason is
//! asked, which opens for the day; where the settings require it (`access_reasons`), nothing is shown without it.
//!
//! Promise: what the log says of a reader, and whether the answer is given at all, is decided here, once for every answer, from what the
//! answer shows. Team leaders, liaisons and administrators see what their roles see, and are logged as such; other
//! programs are logged as programs.

use crate::{
    actions::ActionError,
    context::{Account, Actor, Context},
    domain::{
        people::{
            access::Role,
            account::stands_in_on,
            read_log::{PersonalData, ReaderRelation, ShownCitizen},
        },
        values::ids::{AccessReasonId, AccountId, CitizenId},
    },
    store::{
        Conn, StoreError, access_reasons, accounts,
        citizens::{self, CitizensWithin},
        substitutes,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// So many substitutes are followed, each standing in for the one before.
const FOLLOWED: usize = 5;

/// Those whose work is also a consultant's.
struct Scope {
    stood_in_for: BTreeSet<AccountId>,
    team: BTreeSet<AccountId>,
    /// The newest of today.
    reasons: BTreeMap<CitizenId, AccessReasonId>,
}

impl Scope {
    fn of(conn: &mut Conn, context: &Context, account: &Account) -> Result<Self, StoreError> {
        let (tenant, today) = (context.tenant, context.at.today);
        let named = substitutes::all(conn, tenant)?;
        let mut stood_in_for = BTreeSet::from([account.id.clone()]);
        for _ in 0..FOLLOWED {
            let more = named
                .iter()
                .filter(|own| stood_in_for.contains(&own.substitute_id) && stands_in_on(today, own.from_on, own.until_on));
            let more: Vec<AccountId> = more.map(|own| own.account_id.clone()).collect();
            stood_in_for.extend(more);
        }
        let team = match account.team.as_deref() {
            Some(team) => accounts::ids_of_team(conn, tenant, team)?.into_iter().collect(),
            None => BTreeSet::new(),
        };
        let reasons = access_reasons::of_account(conn, tenant, &account.id, today)?.into_iter().collect();
        Ok(Self { stood_in_for, team, reasons })
    }

    fn relation(&self, citizen: &CitizenId, responsible: Option<&AccountId>) -> (ReaderRelation, Option<AccessReasonId>) {
        match responsible {
            Some(other) if self.stood_in_for.contains(other) => (ReaderRelation::Substitute, None),
            Some(other) if self.team.contains(other) => (ReaderRelation::Team, None),
            _ => match self.reasons.get(citizen) {
                Some(reason) => (ReaderRelation::Reason, Some(reason.clone())),
                None => (ReaderRelation::Other, None),
            },
        }
    }
}

/// Whoever has to write reasons: a consultant, where the settings require them.
fn bound<'a>(context: &Context<'a>) -> Option<&'a Account> {
    let account = context.account().ok()?;
    (context.services.settings.access_reasons && account.role == Role::Consultant).then_some(account)
}

/// What lists are narrowed to; none: they are not.
///
/// # Errors
/// A failure of the database.
pub fn narrowed(conn: &mut Conn, context: &Context) -> Result<Option<CitizensWithin>, StoreError> {
    let Some(account) = bound(context) else { return Ok(None) };
    let scope = Scope::of(conn, context, account)?;
    let consultants = scope.stood_in_for.union(&scope.team).cloned().collect();
    Ok(Some(CitizensWithin { consultants, citizens: scope.reasons.into_keys().collect() }))
}

/// What whoever is answered has to do with the citizens in the answer. Open to whoever is answered: the view has asked what may be seen.
///
/// # Errors
/// A reason is required and missing; a failure of the database.
pub fn relations(
    conn: &mut Conn,
    context: &Context,
    shown: BTreeSet<(CitizenId, PersonalData)>,
) -> Result<Vec<ShownCitizen>, ActionError> {
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let same = |relation: ReaderRelation| {
        let one = |(citizen, what)| ShownCitizen { citizen, what, relation, reason: None };
        shown.clone().into_iter().map(one).collect()
    };
    let account = match context.actor {
        Actor::Link => return Ok(same(ReaderRelation::Link)),
        Actor::Schedule | Actor::Command => return Ok(same(ReaderRelation::Command)),
        Actor::Account(account) => account,
    };
    if account.is_client() && bound(context).is_none() {
        return Ok(same(ReaderRelation::Program));
    }
    match account.role {
        Role::Consultant => of_consultant(conn, context, account, shown),
        Role::Auditor => Ok(same(ReaderRelation::Audit)),
        Role::TeamLeader | Role::Administrator => Ok(same(ReaderRelation::Lead)),
        Role::Liaison => Ok(same(ReaderRelation::Company)),
    }
}

fn of_consultant(
    conn: &mut Conn,
    context: &Context,
    account: &Account,
    shown: BTreeSet<(CitizenId, PersonalData)>,
) -> Result<Vec<ShownCitizen>, ActionError> {
    let ids: BTreeSet<&CitizenId> = shown.iter().map(|(citizen, _)| citizen).collect();
    let ids: Vec<&CitizenId> = ids.into_iter().collect();
    let responsible: BTreeMap<CitizenId, AccountId> = match ids.as_slice() {
        // As the view has found it, so that a change on PostgreSQL conflicts with no more of others' than it does anyhow.
        [one] => {
            let row = citizens::find_even_merged(conn, context.tenant, one)?;
            row.into_iter().map(|row| (row.id, row.consultant_id)).collect()
        }
        _ => citizens::consultants_of(conn, context.tenant, &ids)?.into_iter().collect(),
    };
    let is_own = |citizen: &CitizenId| responsible.get(citizen) == Some(&account.id);
    // Most read of their own, and then nothing more is asked.
    let scope = if shown.iter().all(|(citizen, _)| is_own(citizen)) { None } else { Some(Scope::of(conn, context, account)?) };
    let relation = |citizen: &CitizenId| match &scope {
        Some(scope) if !is_own(citizen) => scope.relation(citizen, responsible.get(citizen)),
        _ => (ReaderRelation::Responsible, None),
    };
    let found = shown.into_iter().map(|(citizen, what)| {
        let (relation, reason) = relation(&citizen);
        ShownCitizen { citizen, what, relation, reason }
    });
    let found: Vec<ShownCitizen> = found.collect();
    let unexplained = found.iter().find(|own| own.relation == ReaderRelation::Other);
    match unexplained.filter(|_| bound(context).is_some()) {
        Some(own) => Err(ActionError::ReasonMissing(own.citizen.clone())),
        None => Ok(found),
    }
}
