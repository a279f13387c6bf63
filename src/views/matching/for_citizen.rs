//! Openings and workplaces for a citizen.
//!
//! Candidates are read in piles: by how near their occupation is to the citizen's goals, by how they stand ([`Standing`]) and by
//! square of the map, nearest first. Each pile, and each candidate that was read, has an upper bound of its score ([`most`]). The
//! one with the highest bound is read or looked up next, and the search ends when nothing left can be among the best. The rules
//! of booking are asked of the best only; what they exclude makes room, and the search goes on. So the result is exact, and a
//! citizen in Lemvig costs nothing for what is in København.

use crate::{
    actions::{ActionError, error::conflict},
    context::Context,
    domain::{
        companies::record::{Tally, trade_share},
        internships::course::Course,
        matching::{
            Known, Reach, Seeker, Standing, accommodations_of,
            limits::{LeftOut, broken},
            parts::{Part, most, nearness_to_goals, parts, points},
        },
        people::{access::Permission, profile::Profile, read_log::PersonalData},
        rules::{refusals, rulebook::Figures},
        values::{
            day::months_back,
            geo::PlacedBy,
            ids::{CitizenId, CompanyId, OpeningId, WorkplaceId},
            localized::localized,
            vocabulary::{Term, TermEntry, TermKind, occupations_in},
        },
    },
    store::{
        Conn, approaches, courses, matching as near,
        schema::{CitizenRow, CompanyRow, OpeningRow, WorkplaceRow},
        terms, trade_counts, workplace_records,
    },
    views::citizens,
    views::matching::{
        best::{Best, Left, LeftSoFar, Promising},
        law::{self, Asks},
        offers::{self, Books, Candidate, FirstLook},
        piles::{Pile, PileKind, What, kinds},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use utoipa::ToSchema;

/// So many squares of the map are read of a pile at first, and each time as many as have been read before: where little lies
/// near, few statements reach far.
const SQUARES: usize = 12;
/// So many places are looked up at once.
const TOGETHER: usize = 32;

/// One result.
#[derive(Serialize, ToSchema)]
pub struct Match {
    /// Null where the workplace has told of no opening.
    pub opening: Option<OpeningId>,
    pub workplace: WorkplaceId,
    pub company: CompanyId,
    pub p_number: String,
    pub name: String,
    pub company_name: String,
    pub km: f64,
    /// How exactly the place is known.
    pub placed_by: PlacedBy,
    /// The sum of the parts.
    pub points: f64,
    pub parts: Vec<Part>,
    /// What a booking there would be asked for.
    pub asks: Vec<Asks>,
    /// `reklamebeskyttet`: no unsolicited mail.
    pub advertising_protected: bool,
    /// How often the company has been approached uninvited this month.
    pub approached_this_month: i64,
}

/// The best matches of a citizen.
#[derive(Serialize, ToSchema)]
pub struct Matches {
    pub items: Vec<Match>,
    /// How exactly the citizen's home is known.
    pub home_placed_by: PlacedBy,
    pub reach: Reach,
    /// What was left out, by reason, among all that was looked at.
    pub left_out: Vec<Left>,
    /// How many openings and workplaces were looked at; what could not come among the best was not.
    pub looked_at: usize,
    /// The version of the rulebook whose weights were used.
    pub rulebook: String,
}

/// The accommodations that the municipality has added to the list.
pub fn own_accommodations(conn: &mut Conn, context: &Context) -> Result<Vec<TermEntry>, ActionError> {
    let rows = terms::all(conn, context.tenant, TermKind::Accommodation)?;
    Ok(rows.into_iter().filter_map(|row| Some(TermEntry::own(Term::parse(&row.term)?, row.da, row.en))).collect())
}

/// What the citizen seeks by.
fn seeker(conn: &mut Conn, context: &Context, row: &CitizenRow, course: &Course) -> Result<Seeker, ActionError> {
    let profile = Profile::of(context, row)?;
    let citizen = &course.citizen;
    let (needs, other_needs) =
        accommodations_of(citizen.needs.iter().map(|need| &need.facts), &own_accommodations(conn, context)?);
    Ok(Seeker {
        goals: citizen.goals.iter().flat_map(|goal| goal.occupations.clone()).collect(),
        needs,
        other_needs,
        ruled_out: citizen.needs.iter().flat_map(|need| need.facts.rules_out.clone()).collect(),
        capacity: citizen.capacity_on(context.at.today),
        home: profile.home(conn, context.tenant)?,
        reach: profile.reach(context.figures()),
        languages: profile.languages.unwrap_or_default(),
        times: profile.times.unwrap_or_default(),
        network: profile.network.into_iter().flatten().map(|number| number.as_str().to_owned()).collect(),
    })
}

/// What has been looked up and may be among the best.
struct Found {
    candidate: Candidate,
    known: Known,
    place: WorkplaceRow,
    company: CompanyRow,
    open_prospect: bool,
    approached: i64,
    /// What a booking would be asked for; not asked yet.
    asks: Option<Vec<Asks>>,
}

/// A search under way.
struct Search<'a> {
    context: &'a Context<'a>,
    course: Course,
    seeker: Seeker,
    trades: BTreeMap<String, Tally>,
    /// No trade's share is above this: it bounds the record of whoever has none.
    prior: f64,
    squares: Vec<(i32, f64)>,
    seen: BinaryHeap<Promising<FirstLook>>,
    best: Best<Found>,
    left: LeftSoFar,
    looked_at: usize,
}

/// The openings and workplaces that fit a citizen best, at most `limit`.
///
/// # Errors
/// Not for this role; not found; a citizen without a goal (S11).
pub fn for_citizen(conn: &mut Conn, context: &Context, id: &CitizenId, limit: usize) -> Result<Matches, ActionError> {
    context.authorize(Permission::SeeNeeds)?;
    let (tenant, figures) = (context.tenant, context.figures());
    let row = citizens::row(conn, context, id)?;
    context.shows(id, PersonalData::Match);
    let course = courses::load(conn, &context.services.keys, tenant, id)?.ok_or(ActionError::NotFound)?;
    let seeker = seeker(conn, context, &row, &course)?;
    if seeker.goals.is_empty() {
        return conflict(
            "no-goal",
            "Borgeren har ikke noget mål med et fag. Skriv det først: der søges efter borgerens eget mål.",
            "The citizen has no goal with an occupation. Record it first: the search is for the citizen's own goal.",
        );
    }
    let squares = seeker.home.point.cells_within(seeker.reach.farthest_km);
    let trades = trade_counts::of(conn, tenant, context.at.today, figures)?;
    let prior = trades.keys().map(Some).chain([None]).map(|trade| trade_share(&trades, trade.map(String::as_str), figures).share);
    let prior = prior.fold(0.0, f64::max);
    let mut kinds = kinds(conn, context, &seeker)?;
    let (seen, best, left, looked_at) = (BinaryHeap::new(), Best::new(limit), LeftSoFar::default(), 0);
    let mut search = Search { context, course, seeker, trades, prior, squares, seen, best, left, looked_at };
    loop {
        let open = kinds.iter_mut().filter_map(|kind| Some((search.most_of(kind)?, kind)));
        let kind = open.max_by(|(one, _), (other, _)| one.total_cmp(other));
        let read = kind.filter(|(most, _)| search.best.may_take(*most));
        let seen = search.seen.peek().filter(|seen| search.best.takes(seen.most, &seen.id)).map(|seen| seen.most);
        match (read, seen) {
            (Some((most, kind)), seen) if seen.is_none_or(|seen| seen < most) => search.read(conn, kind)?,
            (_, Some(_)) => search.look_up(conn)?,
            _ if search.ask(conn)? => break,
            _ => {}
        }
    }
    let Search { seeker, best, left, looked_at, .. } = search;
    let names = near::names(conn, tenant, &left.ids().collect::<Vec<_>>())?;
    Ok(Matches {
        items: best.all().map(|(points, found)| shown(&seeker, figures, points, found)).collect(),
        home_placed_by: seeker.home.by,
        reach: seeker.reach,
        left_out: left.told(|id| names.get(id).cloned().unwrap_or_default()),
        looked_at,
        rulebook: context.services.book.version.clone(),
    })
}

impl Search<'_> {
    /// The most that anything not yet read in a pile can have; none where it is all read.
    fn most(&self, kind: &PileKind, pile: &Pile) -> Option<f64> {
        let (_, km) = self.squares.get(pile.read)?;
        let given = matches!(kind.what, What::Openings(_)).then_some(self.seeker.needs.len());
        let at_best = Known::at_best(pile.standing, self.prior, &self.seeker);
        Some(most(&self.seeker, kind.near, *km, given, &at_best, self.context.figures()))
    }

    fn most_of(&self, kind: &PileKind) -> Option<f64> {
        kind.piles.iter().filter_map(|pile| self.most(kind, pile)).max_by(f64::total_cmp)
    }

    /// Reads the next squares of those piles of a kind that may still bring something and have been read least.
    fn read(&mut self, conn: &mut Conn, kind: &mut PileKind) -> Result<(), ActionError> {
        let (context, seeker) = (self.context, &self.seeker);
        let tenant = context.tenant;
        let open = |pile: &Pile| self.most(kind, pile).is_some_and(|most| self.best.may_take(most));
        let open: Vec<Standing> = kind.piles.iter().filter(|pile| open(pile)).map(|pile| pile.standing).collect();
        let mut open: Vec<&mut Pile> = kind.piles.iter_mut().filter(|pile| open.contains(&pile.standing)).collect();
        let read = open.iter().map(|pile| pile.read).min().unwrap_or_default();
        open.retain(|pile| pile.read == read);
        let standings: Vec<Standing> = open.iter().map(|pile| pile.standing).collect();
        let cells: Vec<i32> = self.squares.iter().skip(read).take(read.max(SQUARES)).map(|(cell, _)| *cell).collect();
        open.into_iter().for_each(|pile| pile.read += cells.len());
        let found: Vec<FirstLook> = match &kind.what {
            What::Openings(of) => {
                let rows = near::openings(conn, tenant, &standings, of, &cells, context.at.today)?;
                rows.into_iter().map(|row| offers::glimpse(row, seeker)).collect::<Result<_, _>>()?
            }
            What::Workplaces(of) => {
                let rows = near::workplaces(conn, tenant, &standings, of, &cells)?;
                rows.into_iter().map(|row| offers::glimpse_of_place(row, seeker)).collect::<Result<_, _>>()?
            }
        };
        self.looked_at += found.len();
        for first in found {
            let at_best = Known::at_best(first.standing, self.prior, seeker);
            let km = seeker.home.point.km_to(first.point);
            let bound = most(seeker, first.near, km, first.given, &at_best, context.figures());
            // Of a place that is too far only its openings are told of: it has been left out before they were counted.
            let here = km <= seeker.reach.farthest_km || first.given.is_some();
            if here && self.best.takes(bound, &first.id) {
                self.seen.push(Promising { most: bound, id: first.id.clone(), what: first });
            }
        }
        Ok(())
    }

    /// Looks the most promising up and takes in those that break no condition.
    fn look_up(&mut self, conn: &mut Conn) -> Result<(), ActionError> {
        let (context, figures, today) = (self.context, self.context.figures(), self.context.at.today);
        let tenant = context.tenant;
        let mut some: Vec<(f64, FirstLook)> = Vec::new();
        while some.len() < TOGETHER
            && let Some(next) = self.seen.pop()
        {
            if !self.best.takes(next.most, &next.id) {
                self.seen.push(next);
                break;
            }
            some.push((next.most, next.what));
        }
        let offered: Vec<&str> =
            some.iter().filter(|(_, first)| first.given.is_some()).map(|(_, first)| first.id.as_str()).collect();
        let rows = if offered.is_empty() { Vec::new() } else { near::whole_openings(conn, tenant, &offered)? };
        let mut rows: BTreeMap<String, OpeningRow> = rows.into_iter().map(|row| (row.id.to_string(), row)).collect();
        let places = some.iter().filter(|(_, first)| first.given.is_none()).map(|(_, first)| WorkplaceId::stored(&first.id));
        let ids: BTreeSet<WorkplaceId> = rows.values().map(|row| row.workplace_id.clone()).chain(places).collect();
        let ids: Vec<&WorkplaceId> = ids.iter().collect();
        let in_touch_since = months_back(today, figures.match_in_touch_months);
        let looked_up = near::look_up(conn, &context.services.keys, tenant, &ids, today, in_touch_since)?;
        let tallies = workplace_records::tallies(conn, tenant, &ids, today, figures)?;
        let books = Books { looked_up, tallies };
        let companies: Vec<&CompanyId> = books.looked_up.places.values().map(|(_, company)| &company.id).collect();
        let approached = approaches::in_month(conn, tenant, &companies, today)?;
        for (bound, first) in some {
            let candidate = match rows.remove(&first.id) {
                Some(row) => offers::opening(row)?,
                None => {
                    let (row, _) = offers::place(&books.looked_up, &WorkplaceId::stored(&first.id))?;
                    // What it offers is told by its openings.
                    if books.looked_up.opening_at.contains(&row.id) {
                        continue;
                    }
                    offers::workplace(first, row)
                }
            };
            let (place, company) = offers::place(&books.looked_up, &candidate.workplace)?.clone();
            let made = approached.get(&company.id).copied().unwrap_or_default();
            if let Some(left) = broken(&self.seeker, &candidate.offer).or_else(|| shut(&company, made, figures, today)) {
                self.left.note(bound, &candidate.id, left);
                continue;
            }
            let known = offers::known(&candidate, &self.seeker, &books, &self.trades, figures)?;
            let points = points(&self.seeker, &candidate.offer, &known, figures);
            let open_prospect = books.looked_up.prospect_at.contains(&place.id);
            let id = candidate.id.clone();
            self.best.put(points, id, Found { candidate, known, place, company, open_prospect, approached: made, asks: None });
        }
        Ok(())
    }

    /// Asks of each of the best what a booking there would be asked. Whether all of them stand.
    fn ask(&mut self, conn: &mut Conn) -> Result<bool, ActionError> {
        let mut all_stand = true;
        while let Some((points, id, mut found)) = self.best.take_first(|found| found.asks.is_none()) {
            let asked = match self.occupation(&found.candidate) {
                Some(occupation) => {
                    let at = law::BookingPlace { row: &found.place, company: &found.company, open_prospect: found.open_prospect };
                    law::ask(conn, self.context, &self.course, &found.candidate, &occupation, &at)?
                }
                None => Ok(Vec::new()),
            };
            match asked {
                Ok(asks) => {
                    found.asks = Some(asks);
                    self.best.put(points, id, found);
                }
                Err(left) => {
                    self.left.note(points, &id, left);
                    all_stand = false;
                }
            }
        }
        Ok(all_stand)
    }

    /// The occupation that a booking there would have: the opening's, or the goal that comes nearest to the industry's.
    fn occupation(&self, candidate: &Candidate) -> Option<Term> {
        if let Some(opening) = &candidate.offer.opening {
            return Some(opening.occupation.clone());
        }
        let usual = candidate.offer.industry.as_deref().map(occupations_in).unwrap_or_default();
        let nearest = usual.into_iter().min_by_key(|term| nearness_to_goals(&self.seeker, term));
        nearest.or(self.seeker.goals.first()).cloned()
    }
}

/// Why nobody is sent to a company now: it has closed, or has been approached often enough this month.
fn shut(company: &CompanyRow, approached: i64, figures: &Figures, today: NaiveDate) -> Option<LeftOut> {
    let limit = company.approaches_at_most.map_or(figures.approaches_a_month, i64::from);
    if company.closed_on.is_some_and(|closed| closed <= today) {
        return Some(LeftOut { because: "closed", why: localized("Virksomheden er lukket.", "The company has closed.") });
    }
    (approached >= limit).then(|| LeftOut {
        because: refusals::approaches::LIMIT.id.as_str(),
        why: localized(
            format!("Virksomheden er kontaktet {approached} gange i denne måned; grænsen er {limit}."),
            format!("The company has been approached {approached} times this month; the limit is {limit}."),
        ),
    })
}

/// A result with its reasons.
fn shown(seeker: &Seeker, figures: &Figures, points: f64, found: Found) -> Match {
    let Found { candidate, known, place, company, approached, asks, .. } = found;
    Match {
        km: seeker.home.point.km_to(candidate.offer.placed.point),
        placed_by: candidate.offer.placed.by,
        points,
        parts: parts(seeker, &candidate.offer, &known, figures),
        opening: candidate.opening.is_some().then(|| OpeningId::stored(candidate.id)),
        workplace: place.id,
        company: company.id,
        p_number: place.p_number,
        name: place.name,
        company_name: company.name,
        asks: asks.unwrap_or_default(),
        advertising_protected: company.advertising_protected,
        approached_this_month: approached,
    }
}
