//! Turns rows into what matching compares.

use crate::{
    actions::ActionError,
    domain::{
        companies::record::{self, Tally},
        matching::{Hires, Known, KnownRoad, Offer, Opened, Prospect, Seeker, Standing, parts::nearness_to_goals},
        rules::{
            flags::{company_extends_without_hiring, displacement},
            rule_id::RuleId,
            rulebook::Figures,
        },
        values::{
            geo::{Placed, PlacedBy, Point},
            ids::{ProspectId, WorkplaceId},
            localized::{Localized, localized},
            text::WeeklyHours,
            vocabulary::{Nearness, Term, occupations_in},
        },
    },
    store::{
        StoreError,
        matching::{LookedUp, OpeningGlimpse, WorkplaceGlimpse},
        schema::{CompanyRow, OpeningRow, WorkplaceRow},
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Something that can be ranked, as far as it can be seen at a glance.
pub struct Candidate {
    /// The opening's id, else the workplace's.
    pub id: String,
    pub workplace: WorkplaceId,
    pub opening: Option<Glimpsed>,
    pub offer: Offer,
}

/// What of an opening is asked later.
pub struct Glimpsed {
    pub prospect: Option<ProspectId>,
    pub contact: bool,
    pub from_on: NaiveDate,
    pub most_hours: WeeklyHours,
}

fn list<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("a list of an opening".into()))
}

fn stored<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Corrupt(what.to_owned()))
}

/// An opening.
///
/// # Errors
/// A row that cannot be read.
pub fn opening(row: OpeningRow) -> Result<Candidate, StoreError> {
    Ok(Candidate {
        offer: Offer {
            placed: stored(Placed::stored(row.latitude, row.longitude, row.placed_by), "where an opening lies")?,
            industry: None,
            opening: Some(Opened {
                kind: row.kind,
                occupation: stored(Term::parse(&row.occupation), "an occupation")?,
                tasks: list(&row.tasks)?,
                least_hours: WeeklyHours::from_minutes(row.least_minutes),
                times: list(&row.times)?,
                languages: list(&row.languages)?,
                accommodations: list(&row.accommodations)?,
            }),
        },
        opening: Some(Glimpsed {
            prospect: row.prospect_id,
            contact: row.contact_id.is_some(),
            from_on: row.from_on,
            most_hours: WeeklyHours::from_minutes(row.most_minutes),
        }),
        workplace: row.workplace_id,
        id: row.id.to_string(),
    })
}

/// A workplace that has told of no opening.
pub fn workplace(first: FirstLook, row: &WorkplaceRow) -> Candidate {
    let by = row.placed_by.unwrap_or(PlacedBy::Municipality);
    Candidate {
        offer: Offer { opening: None, industry: first.industry, placed: Placed { point: first.point, by } },
        opening: None,
        workplace: row.id.clone(),
        id: first.id,
    }
}

/// As much of an opening or a workplace as a first look shows: enough to bound its rank.
pub struct FirstLook {
    pub id: String,
    pub standing: Standing,
    pub point: Point,
    pub near: Nearness,
    /// Of an opening: how many of the needs it gives.
    pub given: Option<usize>,
    pub industry: Option<String>,
}

fn point(latitude: Option<i32>, longitude: Option<i32>) -> Result<Point, StoreError> {
    stored(latitude.zip(longitude), "where a place lies").map(|(latitude, longitude)| Point { latitude, longitude })
}

fn standing(code: i32) -> Result<Standing, StoreError> {
    stored(Standing::parse(code), "how a workplace stands")
}

/// A first look at an opening.
///
/// # Errors
/// A row that cannot be read.
pub fn glimpse(row: OpeningGlimpse, seeker: &Seeker) -> Result<FirstLook, StoreError> {
    let occupation = stored(Term::parse(&row.occupation), "an occupation")?;
    let given = if seeker.needs.is_empty() {
        0
    } else {
        let gives: Vec<Term> = list(&row.accommodations)?;
        seeker.needs.iter().filter(|need| gives.contains(need)).count()
    };
    let near = nearness_to_goals(seeker, &occupation);
    let (point, standing) = (point(row.latitude, row.longitude)?, standing(row.standing)?);
    Ok(FirstLook { point, standing, near, given: Some(given), industry: None, id: row.id })
}

/// A first look at a workplace.
///
/// # Errors
/// A row that cannot be read.
pub fn glimpse_of_place(row: WorkplaceGlimpse, seeker: &Seeker) -> Result<FirstLook, StoreError> {
    let industry = row.industry.or(row.trade);
    let usual = industry.as_deref().map(occupations_in).unwrap_or_default();
    let near = usual.into_iter().map(|term| nearness_to_goals(seeker, term)).min().unwrap_or(Nearness::None);
    let (point, standing) = (point(row.latitude, row.longitude)?, standing(row.standing)?);
    Ok(FirstLook { point, standing, near, given: None, industry, id: row.id })
}

/// What was looked up, with the records of hiring.
pub struct Books {
    pub looked_up: LookedUp,
    pub tallies: BTreeMap<WorkplaceId, Tally>,
}

/// What is known of a candidate's place.
pub fn known(
    candidate: &Candidate,
    seeker: &Seeker,
    books: &Books,
    trades: &BTreeMap<String, Tally>,
    figures: &Figures,
) -> Result<Known, ActionError> {
    let id = &candidate.workplace;
    let (place, company) = place(&books.looked_up, id)?;
    let tally = books.tallies.get(id).copied().unwrap_or_default();
    let trade = record::trade_share(trades, place.trade.as_deref(), figures);
    let opening = candidate.opening.as_ref();
    let recorded = match opening.and_then(|opening| opening.prospect.as_ref()) {
        Some(prospect) => books.looked_up.prospects.contains(prospect),
        None => books.looked_up.prospect_at.contains(id),
    };
    let network = seeker.network.contains(&place.p_number);
    Ok(Known {
        prospect: Prospect::of(recorded, place.foresees_vacancy),
        hires: Hires { ended: tally.ended, hired: tally.hired, share: record::shrunk(tally, trade.share, figures) },
        flagged: books.looked_up.flags.get(id).and_then(|rules| rules.iter().find_map(|rule| warning(*rule))),
        contact: opening.is_some_and(|opening| opening.contact) || books.looked_up.contact_at.contains(id),
        follow_ups: books.looked_up.follow_ups.get(id).copied().unwrap_or_default(),
        road: match (network, books.looked_up.in_touch.contains(&company.id)) {
            (true, _) => KnownRoad::Network,
            (_, true) => KnownRoad::Jobcentre,
            _ => KnownRoad::None,
        },
    })
}

/// What a flag of the workplace warns of, where it warns those who seek a place.
fn warning(rule: RuleId) -> Option<Localized> {
    if company_extends_without_hiring::RULE.id == rule {
        Some(localized(
            "Praktikker slutter eller forlænges her, uden at nogen bliver ansat.",
            "Internships end or are extended here, and nobody is hired.",
        ))
    } else if displacement::RULE.id == rule {
        Some(localized(
            "De ordinært ansatte er blevet færre, mens der var praktikanter.",
            "Ordinary staff has become fewer while interns were there.",
        ))
    } else {
        None
    }
}

/// The workplace and its company.
///
/// # Errors
/// They were not looked up.
pub fn place<'l>(looked_up: &'l LookedUp, workplace: &WorkplaceId) -> Result<&'l (WorkplaceRow, CompanyRow), ActionError> {
    looked_up.places.get(workplace).ok_or_else(|| StoreError::Corrupt("an opening of no workplace".into()).into())
}
