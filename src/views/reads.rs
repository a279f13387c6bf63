//! Who has looked at whom: for the citizen, who may ask for it (GDPR art. 15), and for those who audit. Looking here is logged too.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{
            access::{Permission, Role},
            read_log::{PersonalData, ReadVia, ReaderRelation, ShownCitizen},
        },
        values::{
            ids::{AccessReasonId, AccountId, CitizenId, LinkId},
            localized::Localized,
        },
    },
    store::{
        Conn, access_reasons, accounts, citizens as stored,
        company_lists::PageKey,
        read_log::{self, ReadFilter, StoredRead},
        sealed,
    },
    views::{
        citizens,
        page::{Cursor, Limit, Page, PageRequest, Pages},
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What of a citizen an answer showed.
#[derive(Serialize, ToSchema)]
pub struct ShownCitizenView {
    pub citizen: CitizenId,
    /// The name used in letters.
    pub reference: String,
    pub what: PersonalData,
    pub what_in_words: Localized,
    /// What the reader had to do with the citizen then.
    pub relation: ReaderRelation,
    pub relation_in_words: Localized,
    /// What the reader wrote, where the citizen is a colleague's.
    pub reason: Option<String>,
}

/// An answer that showed personal data.
#[derive(Serialize, ToSchema)]
pub struct ReadView {
    /// Its place in the log of the municipality.
    pub number: i64,
    pub at: DateTime<Utc>,
    /// Null: through a one-time link, or by a command.
    pub account: Option<AccountId>,
    pub name: Option<String>,
    pub role: Option<Role>,
    pub link: Option<LinkId>,
    pub via: ReadVia,
    pub via_in_words: Localized,
    /// From where; null for those who do not audit.
    pub network: Option<String>,
    pub shown: Vec<ShownCitizenView>,
}

crate::input! {
    /// Which entries.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct ReadQuery {
        /// Those in which a citizen was shown.
        pub citizen: Option<CitizenId>,
        /// Those of one reader.
        pub account: Option<AccountId>,
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// The log of the municipality, the newest first.
///
/// # Errors
/// Not for this role.
pub fn page(conn: &mut Conn, context: &Context, query: &ReadQuery) -> Result<Page<ReadView>, ActionError> {
    context.authorize(Permission::SeeReads)?;
    let citizens = match &query.citizen {
        Some(id) => Some(stored::merged_into(conn, context.tenant, id)?),
        None => None,
    };
    let filter = ReadFilter { citizens, account: query.account.clone() };
    found(conn, context, &filter, &PageRequest::new(query.cursor.as_ref(), query.limit), true)
}

/// Who has looked at one citizen, the newest first: what the citizen is handed on asking. Of other citizens in the same answers nothing
/// is said.
///
/// # Errors
/// Not for this role; not found.
pub fn of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId, pages: &Pages) -> Result<Page<ReadView>, ActionError> {
    context.authorize_any(&[Permission::SeeCitizens, Permission::SeeReads])?;
    citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Reads);
    let citizens = stored::merged_into(conn, context.tenant, id)?;
    let filter = ReadFilter { citizens: Some(citizens), account: None };
    found(conn, context, &filter, &PageRequest::from(pages), context.may(Permission::SeeReads))
}

fn found(
    conn: &mut Conn,
    context: &Context,
    filter: &ReadFilter,
    request: &PageRequest,
    with_networks: bool,
) -> Result<Page<ReadView>, ActionError> {
    let before = if request.after_id().is_empty() { i64::MAX } else { request.after.rank };
    let mut rows = read_log::page(conn, context.tenant, filter, before, request.wanted())?;
    if let Some(citizens) = &filter.citizens {
        rows.iter_mut().for_each(|row| row.read.shown.retain(|own| citizens.contains(&own.citizen)));
    }
    let named = Named::of(conn, context, &rows)?;
    let key = |row: &StoredRead| PageKey { rank: row.number, text: String::new(), id: Uuid::nil().to_string() };
    let keyed = rows.into_iter().map(|row| (key(&row), row)).collect();
    request.keyed(keyed, |_, row| {
        row.read.shown.iter().for_each(|own| context.shows(&own.citizen, PersonalData::Reads));
        Ok(named.view(row, with_networks))
    })
}

/// What is found of the people in some entries.
struct Named {
    accounts: BTreeMap<AccountId, (String, Role)>,
    references: BTreeMap<CitizenId, String>,
    reasons: BTreeMap<AccessReasonId, String>,
}

impl Named {
    fn of(conn: &mut Conn, context: &Context, rows: &[StoredRead]) -> Result<Self, ActionError> {
        let shown = || rows.iter().flat_map(|row| &row.read.shown);
        let ids: BTreeSet<&AccountId> = rows.iter().filter_map(|row| row.read.account.as_ref()).collect();
        let accounts = accounts::names_and_roles(conn, context.tenant, &ids.into_iter().collect::<Vec<_>>())?;
        let of: BTreeSet<&CitizenId> = shown().map(|own| &own.citizen).collect();
        let references = stored::references(conn, context.tenant, &of.into_iter().collect::<Vec<_>>())?;
        let written: BTreeSet<&AccessReasonId> = shown().filter_map(|own| own.reason.as_ref()).collect();
        let mut reasons = BTreeMap::new();
        for row in access_reasons::some(conn, context.tenant, &written.into_iter().collect::<Vec<_>>())? {
            let text = sealed::ACCESS_REASON.open(&context.services.keys, &row.id, &row.reason)?;
            reasons.insert(row.id, text);
        }
        let accounts = accounts.into_iter().map(|(id, name, role)| (id, (name, role))).collect();
        Ok(Self { accounts, references: references.into_iter().collect(), reasons })
    }

    fn view(&self, row: StoredRead, with_networks: bool) -> ReadView {
        let StoredRead { number, read, .. } = row;
        let reader = read.account.as_ref().and_then(|id| self.accounts.get(id));
        ReadView {
            number,
            at: read.at.and_utc(),
            name: reader.map(|(name, _)| name.clone()),
            role: reader.map(|(_, role)| *role),
            account: read.account,
            link: read.link,
            via: read.via,
            via_in_words: read.via.label(),
            network: with_networks.then_some(read.network),
            shown: read.shown.into_iter().map(|own| self.shown(own)).collect(),
        }
    }

    fn shown(&self, own: ShownCitizen) -> ShownCitizenView {
        ShownCitizenView {
            reference: self.references.get(&own.citizen).cloned().unwrap_or_default(),
            what: own.what,
            what_in_words: own.what.label(),
            relation: own.relation,
            relation_in_words: own.relation.label(),
            reason: own.reason.and_then(|id| self.reasons.get(&id).cloned()),
            citizen: own.citizen,
        }
    }
}
