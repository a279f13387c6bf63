//! What everything that happens is asked with: the shared services, whose rows, who acts, and when.
//!
//! There is one such value for a person, a link, the schedule and the command line. What an action may look at is in it; what an
//! action is about is in its other parameters.

use crate::{
    crypto::Keys,
    domain::{
        people::{
            access::{Permission, Role, may},
            client::{ClientScope, ClientScopes},
            read_log::PersonalData,
            tenant::Tenant,
        },
        rules::rulebook::{Figures, Rulebook},
        values::{
            day::At,
            ids::{AccountId, AccountLinkId, CitizenId, FlagId, LinkId},
        },
    },
    settings::Settings,
};
use std::{cell::RefCell, collections::BTreeSet};

/// What the whole program shares and nothing changes.
#[derive(Debug)]
pub struct Services {
    pub keys: Keys,
    pub book: Rulebook,
    pub settings: Settings,
}

impl Services {
    /// The address under which people reach this service, without a slash at its end.
    pub fn home(&self) -> &str {
        self.settings.public_url.trim_end_matches('/')
    }

    /// The address of a one-time link, as it stands in a letter. Its token stands nowhere else.
    pub fn link_address(&self, link: &LinkId) -> String {
        format!("{}/{}", self.settings.link_base(), self.keys.link_token(link.as_str()))
    }

    /// The address of the page on which somebody chooses a password, as it stands in a letter.
    pub fn password_address(&self, link: &AccountLinkId) -> String {
        format!("{}/password/{}", self.home(), self.keys.account_link_token(link.as_str()))
    }

    /// The address of a flag's page.
    pub fn flag_address(&self, flag: &FlagId) -> String {
        format!("{}/flags/{flag}", self.home())
    }
}

/// Somebody who is signed in, or a program that has shown its key.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    /// Whose rows the account works with.
    pub tenant: Tenant,
    pub role: Role,
    pub name: String,
    pub team: Option<String>,
    /// What a program's role is narrowed to; none: it is a person.
    pub scopes: Option<ClientScopes>,
}

impl Account {
    pub fn is_client(&self) -> bool {
        self.scopes.is_some()
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    Account(&'a Account),
    /// Whoever holds a one-time link; it says of itself what it may do.
    Link,
    /// The schedule, and whoever delivers letters.
    Schedule,
    /// Whoever runs the program on its machine.
    Command,
}

/// Why something may not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// The role does not have the permission, or nobody is signed in.
    Role,
    /// The role has it, and the program lacks this scope.
    Scope(ClientScope),
}

/// Of whom an answer shows personal data, and what: views say it, and whoever answers logs it.
#[derive(Debug, Default)]
pub struct Shown(RefCell<BTreeSet<(CitizenId, PersonalData)>>);

impl Shown {
    /// All of it, each once.
    pub fn take(self) -> BTreeSet<(CitizenId, PersonalData)> {
        self.0.into_inner()
    }
}

/// See the module.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub services: &'a Services,
    /// The municipality whose rows are read and written.
    pub tenant: &'a Tenant,
    pub actor: Actor<'a>,
    pub at: At,
    /// Where views note whom they show; nothing where nobody is answered.
    shown: Option<&'a Shown>,
}

impl<'a> Context<'a> {
    /// For somebody who is signed in.
    pub fn of(services: &'a Services, account: &'a Account, at: At) -> Self {
        Self { services, tenant: &account.tenant, actor: Actor::Account(account), at, shown: None }
    }

    /// For the holder of a one-time link into a municipality.
    pub fn link(services: &'a Services, tenant: &'a Tenant, at: At) -> Self {
        Self { services, tenant, actor: Actor::Link, at, shown: None }
    }

    /// For the schedule's work in a municipality.
    pub fn schedule(services: &'a Services, tenant: &'a Tenant, at: At) -> Self {
        Self { services, tenant, actor: Actor::Schedule, at, shown: None }
    }

    /// The same, noting whom views show.
    pub fn noting(self, shown: &'a Shown) -> Self {
        Self { shown: Some(shown), ..self }
    }

    /// The same, noting nobody: what is shown is part of what was noted as a whole.
    pub fn noting_no_more(self) -> Self {
        Self { shown: None, ..self }
    }

    /// Notes that somebody's personal data is shown. Every view that shows any says so.
    pub fn shows(&self, citizen: &CitizenId, what: PersonalData) {
        if let Some(shown) = self.shown {
            shown.0.borrow_mut().insert((citizen.clone(), what));
        }
    }

    pub fn figures(&self) -> &'a Figures {
        self.services.book.on(self.at.today)
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// Nobody is.
    pub fn account(&self) -> Result<&'a Account, Forbidden> {
        match self.actor {
            Actor::Account(account) => Ok(account),
            Actor::Link | Actor::Schedule | Actor::Command => Err(Forbidden::Role),
        }
    }

    /// Whoever is signed in, where the role has the permission; a program, where its scopes have it too. Each operation asks this once,
    /// first.
    ///
    /// # Errors
    /// It does not, or nobody is signed in.
    pub fn authorize(&self, permission: Permission) -> Result<&'a Account, Forbidden> {
        let account = self.account()?;
        if !may(account.role, permission) {
            return Err(Forbidden::Role);
        }
        match &account.scopes {
            Some(scopes) if !scopes.has(permission) => {
                Err(ClientScope::needed_for(permission).map_or(Forbidden::Role, Forbidden::Scope))
            }
            _ => Ok(account),
        }
    }

    /// Whoever is signed in, where it is about their own account or the role has the permission.
    ///
    /// # Errors
    /// Neither is so, or nobody is signed in.
    pub fn authorize_own(&self, own: &AccountId, permission: Permission) -> Result<&'a Account, Forbidden> {
        match self.account() {
            Ok(account) if account.id == *own && !account.is_client() => Ok(account),
            _ => self.authorize(permission),
        }
    }

    /// Whoever is signed in, where it is about their own account.
    ///
    /// # Errors
    /// It is not, or nobody is signed in.
    pub fn authorize_self(&self, own: &AccountId) -> Result<&'a Account, Forbidden> {
        self.account().ok().filter(|account| account.id == *own && !account.is_client()).ok_or(Forbidden::Role)
    }

    /// Whoever is signed in, where the role has one of the permissions.
    ///
    /// # Errors
    /// It has none, or nobody is signed in.
    pub fn authorize_any(&self, permissions: &[Permission]) -> Result<&'a Account, Forbidden> {
        let mut refused = Forbidden::Role;
        for permission in permissions {
            match self.authorize(*permission) {
                Ok(account) => return Ok(account),
                Err(Forbidden::Role) => {}
                Err(scope) => refused = scope,
            }
        }
        Err(refused)
    }

    /// Whether a part of what is shown may be shown to who acts.
    pub fn may(&self, permission: Permission) -> bool {
        self.authorize(permission).is_ok()
    }
}

/// The revision of a thing that whoever changes it has seen (`If-Match`).
#[derive(Clone, Copy, Debug)]
pub enum Seen {
    Revision(i32),
    /// The newest, whatever it is: where one action follows another in the same transaction.
    Newest,
}

/// Somebody else has changed it since it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

impl Seen {
    /// # Errors
    /// It has another revision now.
    pub fn check(self, revision: i32) -> Result<(), Stale> {
        match self {
            Self::Revision(seen) if seen != revision => Err(Stale),
            _ => Ok(()),
        }
    }
}
