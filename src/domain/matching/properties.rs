//! What must hold of every rank, whoever seeks and whatever is offered.

use crate::domain::{
    companies::{
        opening::{Language, TimeOfDay},
        record::{Tally, shrunk},
    },
    internships::purpose::InternshipType,
    matching::{
        Hires, Known, KnownRoad, Offer, Opened, Prospect, Reach, Seeker, Standing,
        limits::broken,
        parts::{most, nearness_to_goals, parts, points},
    },
    rules::rulebook::Figures,
    values::{
        geo::{Placed, PlacedBy, Point},
        localized::localized,
        text::WeeklyHours,
        vocabulary::{Nearness, Term, TermKind, built_in, occupations_in},
    },
};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};

/// The share of the trade.
const PRIOR: f64 = 0.3;

fn figures() -> &'static Figures {
    crate::domain::testing::book().on("2026-01-05".parse().unwrap())
}

fn listed(kind: TermKind) -> Vec<Term> {
    built_in(kind).iter().map(|entry| entry.key.clone()).collect()
}

fn terms(kind: TermKind, most: usize) -> impl Strategy<Value = Vec<Term>> {
    subsequence(listed(kind), 0..=most)
}

fn placed() -> impl Strategy<Value = Placed> {
    (55_600_000..55_760_000, 12_300_000..12_650_000)
        .prop_map(|(latitude, longitude)| Placed { point: Point { latitude, longitude }, by: PlacedBy::Postcode })
}

fn languages() -> impl Strategy<Value = Vec<Language>> {
    subsequence(vec!["da", "en", "ar"], 0..=3).prop_map(|codes| codes.into_iter().filter_map(Language::parse).collect())
}

fn times() -> impl Strategy<Value = Vec<TimeOfDay>> {
    subsequence(TimeOfDay::ALL.to_vec(), 0..=2)
}

fn seekers() -> impl Strategy<Value = Seeker> {
    let wants = (terms(TermKind::Occupation, 2), terms(TermKind::Accommodation, 4), terms(TermKind::Task, 3), 0..3usize);
    let can = (prop::option::of(1..37i64), placed(), 1..50i64, languages(), times());
    (wants, can).prop_map(|((goals, needs, ruled_out, other_needs), (hours, home, km, languages, times))| Seeker {
        goals,
        needs,
        other_needs,
        ruled_out,
        capacity: hours.map(|hours| WeeklyHours::from_minutes(hours * 60)),
        home,
        reach: Reach::of(Some(km), None, figures()),
        languages,
        times,
        network: Vec::new(),
    })
}

fn opened() -> impl Strategy<Value = Opened> {
    let occupation = select(listed(TermKind::Occupation));
    (occupation, terms(TermKind::Task, 3), terms(TermKind::Accommodation, 6), 1..37i64, languages(), times()).prop_map(
        |(occupation, tasks, accommodations, hours, languages, times)| Opened {
            kind: InternshipType::Training,
            occupation,
            tasks,
            least_hours: WeeklyHours::from_minutes(hours * 60),
            times,
            languages,
            accommodations,
        },
    )
}

fn offers() -> impl Strategy<Value = Offer> {
    let industry = prop::option::of(subsequence(vec!["471120", "871010", "47", "01", "990000", "561010"], 1));
    (prop::option::of(opened()), industry, placed()).prop_map(|(opening, industry, placed)| Offer {
        opening,
        industry: industry.and_then(|some| some.first().map(|code| (*code).to_owned())),
        placed,
    })
}

const PROSPECTS: [Prospect; 4] = [Prospect::Recorded, Prospect::Foreseen, Prospect::NotAsked, Prospect::None];
const ROADS: [KnownRoad; 3] = [KnownRoad::Network, KnownRoad::Jobcentre, KnownRoad::None];

fn knowns() -> impl Strategy<Value = Known> {
    (0..4usize, 0..30i64, 0..30i64, any::<bool>(), any::<bool>(), (0..5i64, 0..5i64), 0..3usize).prop_map(
        |(prospect, ended, hired, flagged, contact, (good, all), road)| {
            let tally = Tally { ended, hired: hired.min(ended) };
            Known {
                prospect: PROSPECTS[prospect],
                hires: Hires { ended, hired: tally.hired, share: shrunk(tally, PRIOR, figures()) },
                flagged: flagged.then(|| localized("flag", "flag")),
                contact,
                follow_ups: (good.min(all), all),
                road: ROADS[road],
            }
        },
    )
}

/// Whether one rank is no lower than another, but for the last digits of their sums.
fn no_lower(better: f64, worse: f64) -> bool {
    better >= worse - 1e-9
}

proptest! {
    #[test]
    fn a_better_prospect_never_lowers_a_rank(seeker in seekers(), offer in offers(), known in knowns()) {
        let with = |prospect| points(&seeker, &offer, &Known { prospect, ..known.clone() }, figures());
        prop_assert!(PROSPECTS.windows(2).all(|pair| no_lower(with(pair[0]), with(pair[1]))));
        prop_assert!(with(Prospect::Recorded) > with(Prospect::None));
    }

    #[test]
    fn a_nearer_place_never_lowers_a_rank_or_leaves_it_out(
        seeker in seekers(), offer in offers(), known in knowns(), share in 0.0f64..1.0
    ) {
        let between = |home: i32, there: i32| home + format!("{:.0}", f64::from(there - home) * share).parse::<i32>().unwrap();
        let (home, there) = (seeker.home.point, offer.placed.point);
        let point = Point {
            latitude: between(home.latitude, there.latitude),
            longitude: between(home.longitude, there.longitude),
        };
        prop_assume!(home.km_to(point) <= home.km_to(there));
        let nearer = Offer { placed: Placed { point, ..offer.placed }, ..offer.clone() };
        let (near, far) = (points(&seeker, &nearer, &known, figures()), points(&seeker, &offer, &known, figures()));
        prop_assert!(no_lower(near, far));
        prop_assert!(broken(&seeker, &offer).is_some() || broken(&seeker, &nearer).is_none());
    }

    #[test]
    fn one_more_accommodation_given_never_lowers_a_rank_or_leaves_it_out(
        seeker in seekers(), opened in opened(), placed in placed(), known in knowns(), more in select(listed(TermKind::Accommodation))
    ) {
        let offer = |opened: &Opened| Offer { opening: Some(opened.clone()), industry: None, placed };
        let mut generous = opened.clone();
        generous.accommodations.push(more);
        let rank = |opened| points(&seeker, &offer(opened), &known, figures());
        prop_assert!(no_lower(rank(&generous), rank(&opened)));
        prop_assert_eq!(broken(&seeker, &offer(&opened)), broken(&seeker, &offer(&generous)));
        if let Some(new) = generous.accommodations.last().filter(|new| seeker.needs.contains(new) && !opened.accommodations.contains(new)) {
            prop_assert!(rank(&generous) > rank(&opened), "{new} is needed");
        }
    }

    #[test]
    fn one_more_hire_never_lowers_a_rank_and_hosting_alone_never_raises_one_above_the_industrys(
        seeker in seekers(), offer in offers(), known in knowns(), ended in 0..40i64
    ) {
        let with = |ended, hired| {
            let hires = Hires { ended, hired, share: shrunk(Tally { ended, hired }, PRIOR, figures()) };
            points(&seeker, &offer, &Known { hires, ..known.clone() }, figures())
        };
        prop_assert!(no_lower(with(ended + 1, 1), with(ended + 1, 0)));
        prop_assert!(no_lower(with(ended, 0), with(ended + 1, 0)), "more interns and no hire");
    }

    #[test]
    fn the_parts_add_up_and_nothing_is_above_its_bound(seeker in seekers(), offer in offers(), known in knowns()) {
        let rank = points(&seeker, &offer, &known, figures());
        let told = parts(&seeker, &offer, &known, figures());
        prop_assert!((told.iter().map(|part| part.points).sum::<f64>() - rank).abs() < 1e-9);
        prop_assert!(told.iter().all(|part| part.points >= 0.0 && part.points <= f64::from(part.weight) + 1e-9));
        prop_assert!(told.iter().all(|part| !part.why.da.is_empty() && !part.why.en.is_empty()));
        let km = seeker.home.point.km_to(offer.placed.point);
        let near = match (&offer.opening, &offer.industry) {
            (Some(opening), _) => nearness_to_goals(&seeker, &opening.occupation),
            (None, Some(industry)) => {
                occupations_in(industry).into_iter().map(|term| nearness_to_goals(&seeker, term)).min().unwrap_or(Nearness::None)
            }
            (None, None) => Nearness::None,
        };
        let gives = |opened: &Opened| seeker.needs.iter().filter(|need| opened.accommodations.contains(need)).count();
        let given = offer.opening.as_ref().map(gives);
        let fits = |standing: Standing| {
            standing.prospect <= known.prospect && (standing.tried || (known.hires.share <= PRIOR && known.follow_ups.1 == 0))
        };
        let road_fits = !seeker.network.is_empty() || known.road != KnownRoad::Network;
        for standing in Standing::all().filter(|standing| road_fits && fits(*standing)) {
            let at_best = Known::at_best(standing, PRIOR, &seeker);
            for km in [km, km * 0.5, 0.0] {
                prop_assert!(no_lower(most(&seeker, near, km, given, &at_best, figures()), rank));
            }
            prop_assert!(no_lower(points(&seeker, &offer, &at_best, figures()), rank));
        }
    }

    #[test]
    fn no_rank_is_given_to_what_breaks_a_condition_that_can_be_seen(seeker in seekers(), offer in offers()) {
        let km = seeker.home.point.km_to(offer.placed.point);
        let breaks = km > seeker.reach.farthest_km
            || offer.opening.as_ref().is_some_and(|opening| {
                opening.tasks.iter().any(|task| seeker.ruled_out.contains(task))
                    || seeker.capacity.is_some_and(|capacity| opening.least_hours > capacity)
                    || (!seeker.languages.is_empty() && opening.languages.iter().any(|one| !seeker.languages.contains(one)))
                    || (!seeker.times.is_empty()
                        && !opening.times.is_empty()
                        && opening.times.iter().all(|time| !seeker.times.contains(time)))
            });
        prop_assert_eq!(broken(&seeker, &offer).is_some(), breaks);
    }
}

#[test]
fn a_limit_in_minutes_becomes_kilometres_as_the_rulebook_reckons() {
    // 25 km an hour after 10 minutes: 40 minutes are 12.5 km.
    for (km, minutes, farthest) in [
        (None, None, 40.0),
        (Some(15), None, 15.0),
        (None, Some(40), 12.5),
        (None, Some(5), 0.0),
        (Some(15), Some(40), 12.5),
        (Some(12), Some(40), 12.0),
    ] {
        let reach = Reach::of(km, minutes, figures());
        assert!((reach.farthest_km - farthest).abs() < 1e-9, "{km:?} {minutes:?}: {}", reach.farthest_km);
        assert!(!reach.reckoned.da.is_empty() && !reach.reckoned.en.is_empty());
    }
}
