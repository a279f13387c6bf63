//! The record of a workplace or a company: counted when it is asked for, from what is on record.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        companies::{
            approach::ApproachVia,
            record::{LEVEL_PERCENT, Tally, interval, share, shrunk, trade_share},
            workplace::Workplace,
            workplace_record::{
                Decisions, HiresOfAKind, Internships, StaffChange, Supported, hires, internships, staff_change, supported, tally,
            },
        },
        people::access::Permission,
        rules::{flags::Level, refusals::approaches::at_most},
        values::ids::{AccountId, ApproachId, CompanyId, FlagId, WorkplaceId},
    },
    store::{
        Conn, StoreError, accounts,
        approaches::{self, Of},
        companies, flags,
        schema::{CompanyRow, WorkplaceRow},
        workplace_records, workplaces,
    },
    views::{Representation, companies as company_views, workplaces as workplace_views},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How many of the internships that ended led to a hire here, and how sure that is.
#[derive(Serialize, ToSchema)]
pub struct ShareView {
    /// Internships that ended; without those that the citizen broke off.
    pub ended: i64,
    /// Of these those that led to a hire here.
    pub hired: i64,
    /// `hired / ended`; null where nothing has ended.
    pub share: Option<f64>,
    /// Wilson's score interval of it.
    pub low: f64,
    pub high: f64,
    /// How sure the interval is.
    pub level_percent: u8,
}

fn share_view(tally: Tally) -> ShareView {
    let (low, high) = interval(tally);
    ShareView { ended: tally.ended, hired: tally.hired, share: share(tally), low, high, level_percent: LEVEL_PERCENT }
}

/// What a share is drawn towards where few have ended: each time `(hired + prior_internships × other share) / (ended +
/// prior_internships)`.
#[derive(Serialize, ToSchema)]
pub struct TowardsView {
    /// The share hired here, drawn towards the trade's.
    pub share: f64,
    /// The first two digits of the industry; null where it is not known.
    pub trade: Option<String>,
    /// Of the trade in the municipality.
    pub trade_ended: i64,
    pub trade_hired: i64,
    /// The trade's share, drawn towards that of all.
    pub trade_share: f64,
    /// Of all trades in the municipality.
    pub all_ended: i64,
    pub all_hired: i64,
    /// The share of all, drawn towards the rulebook's.
    pub all_share: f64,
    /// As if so many more internships had ended.
    pub prior_internships: i64,
    /// The rulebook's share in percent, where nothing is known.
    pub prior_share_percent: i64,
    /// Trades are counted from the day after this one.
    pub counted_after: NaiveDate,
}

/// A flag that stands there now.
#[derive(Serialize, ToSchema)]
pub struct FlagThere {
    pub id: FlagId,
    pub workplace: WorkplaceId,
    pub rule: String,
    pub level: Level,
    pub raised_on: NaiveDate,
}

/// One approach of the contact history; what was said stands in the list of approaches.
#[derive(Serialize, ToSchema)]
pub struct ApproachLine {
    pub id: ApproachId,
    pub workplace: WorkplaceId,
    pub made_on: NaiveDate,
    pub made_by: AccountId,
    pub via: ApproachVia,
    pub invited: bool,
}

/// Who turned to the company lately.
#[derive(Serialize, ToSchema)]
pub struct HistoryView {
    /// Uninvited approaches to the whole company in this calendar month.
    pub uninvited_this_month: i64,
    /// At most in a month.
    pub at_most: i64,
    /// The latest first.
    pub latest: Vec<ApproachLine>,
}

/// The short record that a booking shows (S8).
#[derive(Serialize, ToSchema)]
pub struct PlaceRecord {
    pub company: CompanyId,
    pub internships: Internships,
    pub hires: Vec<HiresOfAKind>,
    pub share_hired: ShareView,
    /// Supported persons there today, this internship included where it has begun.
    pub supported: Supported,
    /// Null where fewer than two months are known.
    pub staff_change: Option<StaffChange>,
    pub flags: Vec<FlagThere>,
    /// `reklamebeskyttet`: no unsolicited mail.
    pub advertising_protected: bool,
    /// Who is responsible for the contact.
    pub liaison: AccountId,
    pub liaison_name: Option<String>,
}

/// One workplace of a company.
#[derive(Serialize, ToSchema)]
pub struct WorkplaceLine {
    pub workplace: WorkplaceId,
    pub p_number: String,
    pub name: String,
    pub internships: Internships,
    pub share_hired: ShareView,
    pub supported: Supported,
}

/// The whole record. It holds no citizen's name or reference.
#[derive(Serialize, ToSchema)]
pub struct RecordView {
    /// The day as of which everything is counted.
    pub as_of: NaiveDate,
    #[serde(flatten)]
    pub record: PlaceRecord,
    /// The share hired where few have ended.
    pub share_towards: TowardsView,
    pub decisions: Decisions,
    pub contact: HistoryView,
    /// Of a company: each workplace that somebody here has dealt with.
    pub workplaces: Vec<WorkplaceLine>,
}

/// So many approaches are shown.
const LATEST: i64 = 10;
/// So many workplaces are read at a time.
const BATCH: i64 = 200;

fn load(conn: &mut Conn, context: &Context, row: WorkplaceRow) -> Result<Workplace, StoreError> {
    workplaces::of_row(conn, &context.services.keys, row, context.figures(), context.at.today)
}

fn short(conn: &mut Conn, context: &Context, company: &CompanyRow, places: &[Workplace]) -> Result<PlaceRecord, ActionError> {
    let (today, figures) = (context.at.today, context.figures());
    let mut standing = Vec::new();
    for place in places {
        for flag in flags::standing_at(conn, context.tenant, &place.id)? {
            standing.push(FlagThere {
                id: flag.id,
                workplace: place.id.clone(),
                rule: flag.rule.to_string(),
                level: flag.level,
                raised_on: flag.raised_on,
            });
        }
    }
    Ok(PlaceRecord {
        company: company.id.clone(),
        internships: internships(places, today),
        hires: hires(places),
        share_hired: share_view(tally(places, today)),
        supported: supported(places, today, figures),
        staff_change: staff_change(places, today, figures),
        flags: standing,
        advertising_protected: company.advertising_protected,
        liaison_name: accounts::find(conn, context.tenant, &company.liaison_id)?.map(|account| account.name),
        liaison: company.liaison_id.clone(),
    })
}

/// The short record of a workplace, for whoever books there.
pub(super) fn place_record(conn: &mut Conn, context: &Context, workplace: &WorkplaceId) -> Result<PlaceRecord, ActionError> {
    let place = companies::workplaces::find(conn, context.tenant, workplace)?.ok_or(ActionError::NotFound)?;
    let company = companies::find(conn, context.tenant, &place.company_id)?.ok_or(ActionError::NotFound)?;
    let loaded = load(conn, context, place)?;
    short(conn, context, &company, &[loaded])
}

/// The record of a workplace.
///
/// # Errors
/// Not for this role; not found.
pub fn of_workplace(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Representation<RecordView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let place = workplace_views::row(conn, context, id)?;
    let company = companies::find(conn, context.tenant, &place.company_id)?.ok_or(ActionError::NotFound)?;
    let loaded = [load(conn, context, place.clone())?];
    let view = record(conn, context, &company, &loaded, place.trade.as_deref(), Of::Workplace(&place.id))?;
    Ok(Representation::only(view))
}

/// The record of a company: all its workplaces that somebody here has dealt with, together.
///
/// # Errors
/// Not for this role; not found.
pub fn of_company(conn: &mut Conn, context: &Context, id: &CompanyId) -> Result<Representation<RecordView>, ActionError> {
    context.authorize(Permission::SeeCompanies)?;
    let company = company_views::row(conn, context, id)?;
    let (mut loaded, mut after) = (Vec::new(), String::new());
    loop {
        let rows = companies::workplaces::of_company(conn, context.tenant, &company.id, &after, BATCH)?;
        let Some(last) = rows.last() else { break };
        last.id.as_str().clone_into(&mut after);
        for row in rows.into_iter().filter(|row| row.known) {
            loaded.push(load(conn, context, row)?);
        }
    }
    let trade: Option<String> = company.industry.as_ref().map(|industry| industry.chars().take(2).collect());
    let mut view = record(conn, context, &company, &loaded, trade.as_deref(), Of::Company(&company.id))?;
    let (today, figures) = (context.at.today, context.figures());
    let line = |place: Workplace| {
        let place = [place];
        let (internships, share_hired) = (internships(&place, today), share_view(tally(&place, today)));
        let supported = supported(&place, today, figures);
        let [place] = place;
        WorkplaceLine { workplace: place.id, p_number: place.p_number, name: place.name, internships, share_hired, supported }
    };
    view.workplaces = loaded.into_iter().map(line).collect();
    Ok(Representation::only(view))
}

fn record(
    conn: &mut Conn,
    context: &Context,
    company: &CompanyRow,
    places: &[Workplace],
    trade: Option<&str>,
    of: Of,
) -> Result<RecordView, ActionError> {
    let (tenant, today, figures) = (context.tenant, context.at.today, context.figures());
    let trades = workplace_records::trade_tallies(conn, tenant, today, figures)?;
    let towards = trade_share(&trades, trade, figures);
    let mut decisions = Vec::new();
    for place in places {
        let deciding = workplace_records::deciding(conn, &context.services.keys, tenant, &place.id)?;
        decisions.extend(deciding.values().map(|own| own.decisions(today)));
        decisions.push(Decisions::from(&place.erased));
    }
    let this_month = approaches::in_month(conn, tenant, &[&company.id], today)?;
    let latest = approaches::latest(conn, tenant, of, LATEST)?;
    let latest = latest.into_iter().map(|row| {
        Ok(ApproachLine {
            via: row.via,
            id: row.id,
            workplace: row.workplace_id,
            made_on: row.made_on,
            made_by: row.made_by,
            invited: row.invited,
        })
    });
    let latest = latest.collect::<Result<_, StoreError>>()?;
    Ok(RecordView {
        as_of: today,
        share_towards: TowardsView {
            share: shrunk(tally(places, today), towards.share, figures),
            trade: trade.map(ToOwned::to_owned),
            trade_ended: towards.of_trade.ended,
            trade_hired: towards.of_trade.hired,
            trade_share: towards.share,
            all_ended: towards.of_all.ended,
            all_hired: towards.of_all.hired,
            all_share: towards.all,
            prior_internships: figures.record_prior_internships,
            prior_share_percent: figures.record_prior_share_percent,
            counted_after: crate::domain::values::day::months_back(today, figures.record_prior_months),
        },
        decisions: decisions.into_iter().sum(),
        contact: HistoryView {
            uninvited_this_month: this_month.get(&company.id).copied().unwrap_or_default(),
            at_most: at_most(company.approaches_at_most.map(i64::from), &context.services.book, today),
            latest,
        },
        record: short(conn, context, company, places)?,
        workplaces: Vec::new(),
    })
}
