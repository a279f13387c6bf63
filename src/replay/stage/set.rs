//! Sets the stage.

use crate::{
    actions::{ActionError, people::accounts},
    context::{Account, Context, Services},
    domain::{
        people::{access::Role, tenant::Tenant},
        values::{day::At, register::Municipality},
    },
    replay::{
        format::Case,
        stage::{
            accounts::capital,
            addresses::{address, free_slug, slug},
            cast::{Cast, Player},
            citizen::{add_terms, register_citizen},
            companies::{company_of, place},
            scene::Stage,
        },
        words::{conflict, line},
    },
    store::{Tx, system::doors},
};
use std::sync::Arc;

/// What the accounts are called after that all cases share.
const SHARED: &str = "fælles";

/// Sets the stage.
///
/// # Errors
/// A CPR number or P-number that is registered already; what the file says and no action takes.
pub fn set(tx: &mut Tx, services: &Arc<Services>, case: &Arc<Case>, cast: &Cast, at: At) -> Result<Stage, ActionError> {
    let tenant = Municipality::parse(&services.settings.municipality)
        .map(Tenant::of)
        .ok_or_else(|| conflict("municipality", "Ukendt kommune i indstillingerne.", "Unknown municipality in the settings."))?;
    let own = free_slug(tx, &slug(&case.name))?;
    let (team, team_slug) = if cast.shared { (SHARED, "faelles".to_owned()) } else { (case.name.as_str(), own.clone()) };
    let mut players = Vec::new();
    let mut open = |tx: &mut Tx, role: Role, who: &str| -> Result<Account, ActionError> {
        let title = role.label().da;
        let named = cast.names.iter().find(|(own, _)| *own == role).map(|(_, name)| name);
        let name = named.map_or_else(|| line(&format!("{} ({team})", capital(&title))), |name| line(name))?;
        let email = match named.and_then(|name| name.split_once(' ')) {
            Some((first, rest)) => address(&slug(first), &slug(rest), "kommune.example")?,
            None => address(who, &team_slug, "kommune.example")?,
        };
        let known = if cast.shared { doors::account_by_email(tx, email.as_str())? } else { None };
        let account = match known {
            Some(row) => row.id,
            None => accounts::create(tx, at, &tenant, &email, &name, role, &cast.password_hash)?,
        };
        players.push(Player { role, name: name.to_string(), email: email.as_str().into() });
        Ok(Account { id: account, tenant: tenant.clone(), role, name: name.to_string(), team: None, scopes: None })
    };
    let consultant = open(tx, Role::Consultant, "jobkonsulent")?;
    let liaison = open(tx, Role::Liaison, "virksomhedskonsulent")?;
    let leader = open(tx, Role::TeamLeader, "teamleder")?;
    open(tx, Role::Administrator, "administrator")?;
    let context = |by| Context::of(services, by, at);
    add_terms(tx, &context(&consultant), case)?;
    let citizen = register_citizen(tx, &context(&consultant), case, &own)?;
    let mut places = Vec::new();
    for company in &case.companies {
        let id = company_of(tx, &context(&liaison), company)?;
        for workplace in &company.workplaces {
            places.push(place(tx, &context(&liaison), &id, company, workplace, &own, places.len() + 1)?);
        }
    }
    Ok(Stage {
        services: Arc::clone(services),
        case: Arc::clone(case),
        players,
        consultants: vec![consultant.clone()],
        consultant,
        liaison,
        leader,
        citizen,
        places,
        internships: Vec::new(),
        slug: own,
        password_hash: cast.password_hash.clone(),
    })
}
