//! Citizens for an opening: those of the municipality who have agreed to be found.

use crate::{
    actions::{ActionError, error::conflict, people::scope},
    context::Context,
    domain::{
        matching::{
            Known, Seeker, accommodations_of,
            limits::broken,
            parts::{Part, parts, points},
        },
        people::{access::Permission, citizen::NeedFacts, profile::Profile, read_log::PersonalData},
        values::{
            day::months_back,
            geo::PlacedBy,
            ids::{AccountId, CitizenId, NeedId, OpeningId},
            text::WeeklyHours,
            vocabulary::TermEntry,
        },
    },
    store::{
        Conn, StoreError, courses,
        matching::{self as near, Findable},
        openings,
        sealed::{self, SealedText},
        trade_counts, workplace_records,
    },
    views::matching::{
        best::{Best, Left, LeftSoFar},
        for_citizen::own_accommodations,
        law::{self, Asks},
        offers::{self, Books},
    },
};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// So many citizens are read at once.
const TOGETHER: i64 = 200;

/// One result.
#[derive(Serialize, ToSchema)]
pub struct CitizenMatch {
    pub citizen: CitizenId,
    pub reference: String,
    pub name: String,
    pub consultant: AccountId,
    pub km: f64,
    /// How exactly the citizen's home is known.
    pub home_placed_by: PlacedBy,
    /// The sum of the parts.
    pub points: f64,
    pub parts: Vec<Part>,
    /// What a booking would be asked for.
    pub asks: Vec<Asks>,
}

/// The citizens whom an opening fits best.
#[derive(Serialize, ToSchema)]
pub struct CitizenMatches {
    pub items: Vec<CitizenMatch>,
    /// How exactly the place is known.
    pub placed_by: PlacedBy,
    pub left_out: Vec<Left>,
    /// How many citizens have agreed to be found.
    pub looked_at: usize,
    pub rulebook: String,
}

fn seeker(conn: &mut Conn, context: &Context, found: &Findable, own: &[TermEntry]) -> Result<Seeker, ActionError> {
    let profile = Profile::of(context, &found.row)?;
    let keys = &context.services.keys;
    let goals = found.row.own_goals(keys)?;
    let open = |(id, sealed): &(NeedId, SealedText)| -> Result<NeedFacts, StoreError> { sealed::NEED.open(keys, id, sealed) };
    let needs: Vec<NeedFacts> = found.needs.iter().map(open).collect::<Result<_, _>>()?;
    let (listed, other_needs) = accommodations_of(needs.iter(), own);
    let agreed = found.capacities.iter().filter(|(from, _)| *from <= context.at.today).max_by_key(|(from, _)| *from);
    Ok(Seeker {
        goals: goals.into_iter().flat_map(|goal| goal.occupations).collect(),
        needs: listed,
        other_needs,
        ruled_out: needs.into_iter().flat_map(|need| need.rules_out).collect(),
        capacity: agreed.map(|(_, minutes)| WeeklyHours::from_minutes(*minutes)),
        home: profile.home(conn, context.tenant)?,
        reach: profile.reach(context.figures()),
        languages: profile.languages.unwrap_or_default(),
        times: profile.times.unwrap_or_default(),
        network: profile.network.into_iter().flatten().map(|number| number.as_str().to_owned()).collect(),
    })
}

/// The citizens whom an opening fits best, at most `limit`.
///
/// # Errors
/// Not for this role; not found; an opening that is not in force.
pub fn for_opening(conn: &mut Conn, context: &Context, id: &OpeningId, limit: usize) -> Result<CitizenMatches, ActionError> {
    context.authorize(Permission::SeeNeeds)?;
    let (tenant, figures, today) = (context.tenant, context.figures(), context.at.today);
    let row = openings::find(conn, tenant, id)?.ok_or(ActionError::NotFound)?;
    if row.closed_on.is_some() || row.expires_on < today {
        return conflict("not-in-force", "Pladsen er lukket eller udløbet.", "The opening is closed or has expired.");
    }
    let candidate = offers::opening(row)?;
    let ids = [&candidate.workplace];
    let in_touch_since = months_back(today, figures.match_in_touch_months);
    let books = Books {
        looked_up: near::look_up(conn, &context.services.keys, tenant, &ids, today, in_touch_since)?,
        tallies: workplace_records::tallies(conn, tenant, &ids, today, figures)?,
    };
    let trades = trade_counts::of(conn, tenant, today, figures)?;
    let own = own_accommodations(conn, context)?;
    let mut ranked: Vec<(f64, Findable, Seeker, Known)> = Vec::new();
    let (mut left, mut looked_at, mut after) = (LeftSoFar::default(), 0, String::new());
    let mut references = BTreeMap::new();
    let within = scope::narrowed(conn, context)?;
    loop {
        let some = near::findable(conn, tenant, within.as_ref(), &after, TOGETHER)?;
        let Some(last) = some.last() else { break };
        last.row.id.as_str().clone_into(&mut after);
        looked_at += some.len();
        for found in some {
            let seeker = seeker(conn, context, &found, &own)?;
            let known = offers::known(&candidate, &seeker, &books, &trades, figures)?;
            let points = points(&seeker, &candidate.offer, &known, figures);
            references.insert(found.row.id.to_string(), found.row.reference.clone());
            match broken(&seeker, &candidate.offer) {
                Some(out) => left.note(points, found.row.id.as_str(), out),
                None => ranked.push((points, found, seeker, known)),
            }
        }
    }
    ranked.sort_by(|(one, a, ..), (other, b, ..)| other.total_cmp(one).then_with(|| a.row.id.cmp(&b.row.id)));
    let mut best = Best::new(limit);
    let (place, company) = offers::place(&books.looked_up, &candidate.workplace)?;
    let open_prospect = books.looked_up.prospect_at.contains(&place.id);
    let place = law::BookingPlace { row: place, company, open_prospect };
    for (points, found, seeker, known) in ranked {
        if !best.takes(points, found.row.id.as_str()) {
            break;
        }
        let course = courses::load(conn, &context.services.keys, tenant, &found.row.id)?.ok_or(ActionError::NotFound)?;
        let Some(opening) = &candidate.offer.opening else { break };
        match law::ask(conn, context, &course, &candidate, &opening.occupation, &place)? {
            Err(out) => left.note(points, found.row.id.as_str(), out),
            Ok(asks) => {
                let shown = CitizenMatch {
                    citizen: found.row.id.clone(),
                    name: found.row.details(&context.services.keys)?.name,
                    reference: found.row.reference,
                    consultant: found.row.consultant_id,
                    km: seeker.home.point.km_to(candidate.offer.placed.point),
                    home_placed_by: seeker.home.by,
                    points,
                    parts: parts(&seeker, &candidate.offer, &known, figures),
                    asks,
                };
                best.put(points, found.row.id.to_string(), shown);
            }
        }
    }
    let items: Vec<CitizenMatch> = best.all().map(|(_, found)| found).collect();
    items.iter().for_each(|found| context.shows(&found.citizen, PersonalData::Match));
    left.ids().for_each(|id| context.shows(&CitizenId::stored(id), PersonalData::Match));
    Ok(CitizenMatches {
        items,
        placed_by: candidate.offer.placed.by,
        left_out: left.told(|id| references.get(id).cloned().unwrap_or_default()),
        looked_at,
        rulebook: context.services.book.version.clone(),
    })
}
