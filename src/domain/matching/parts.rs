//! The named parts of a rank. Each gives a share from 0 to 1 of its weight, and says why in words that one would use to the
//! citizen's or the company's face.

use crate::domain::{
    matching::{
        known::{Known, KnownRoad},
        offer::Offer,
        reach::decimal,
        seeker::Seeker,
        standing::Prospect,
    },
    rules::rulebook::Figures,
    values::{
        localized::{Localized, localized},
        vocabulary::{Nearness, Term, TermKind, label_of, nearness, occupations_in},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// A part of a rank.
    pub enum PartName {
        Goal = "goal" ("borgerens mål", "the citizen's goal"),
        Accommodations = "accommodations" ("skånehensyn", "accommodations"),
        Prospect = "prospect" ("udsigt til job", "prospect of a job"),
        Record = "record" ("ansættelser efter praktik", "hires after internships"),
        Distance = "distance" ("afstand", "distance"),
        Social = "social" ("kontakt på stedet", "contact at the place"),
        Road = "road" ("vejen dertil", "the road there"),
    }
}

/// What one part gives, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Part {
    pub part: PartName,
    /// Points at most, from the rulebook.
    pub weight: u32,
    pub points: f64,
    pub why: Localized,
}

/// A share of a weight, with its reason.
struct Given {
    share: f64,
    why: Localized,
}

/// All parts of a rank, in the order in which they are shown.
pub fn parts(seeker: &Seeker, offer: &Offer, known: &Known, figures: &Figures) -> Vec<Part> {
    let given = |part: PartName, weight: u32, given: Given| Part {
        part,
        weight,
        points: f64::from(weight) * given.share,
        why: given.why,
    };
    vec![
        given(PartName::Goal, figures.match_weight_goal, goal(seeker, offer, figures)),
        given(PartName::Accommodations, figures.match_weight_accommodations, accommodations(seeker, offer)),
        given(PartName::Prospect, figures.match_weight_prospect, prospect(known, figures)),
        given(PartName::Record, figures.match_weight_record, record(known)),
        given(PartName::Distance, figures.match_weight_distance, distance(seeker, offer)),
        given(PartName::Social, figures.match_weight_social, social(known)),
        given(PartName::Road, figures.match_weight_road, road(known)),
    ]
}

/// The points of all parts, without their reasons: what a search compares by the thousand.
pub fn points(seeker: &Seeker, offer: &Offer, known: &Known, figures: &Figures) -> f64 {
    let goal = goal_share(nearest(seeker, offer).1, offer.opening.is_some(), figures);
    let km = seeker.home.point.km_to(offer.placed.point);
    let part = |weight: u32, share: f64| f64::from(weight) * share;
    // The same parts in the same order, so that the sum is the same to the last digit.
    part(figures.match_weight_goal, goal)
        + part(figures.match_weight_accommodations, accommodations_share(seeker, offer))
        + part(figures.match_weight_prospect, prospect_share(known.prospect, figures))
        + part(figures.match_weight_record, record_share(known))
        + part(figures.match_weight_distance, distance_share(seeker, km))
        + part(figures.match_weight_social, social_share(known))
        + part(figures.match_weight_road, road_share(known.road))
}

/// The upper bound of the points of an offer with this nearness to the goal and this distance: an opening that gives this many of
/// the needs, or a workplace without openings.
pub fn most(seeker: &Seeker, near: Nearness, km: f64, given: Option<usize>, known: &Known, figures: &Figures) -> f64 {
    let part = |weight: u32, share: f64| f64::from(weight) * share;
    part(figures.match_weight_goal, goal_share(near, given.is_some(), figures))
        + part(figures.match_weight_accommodations, given_share(seeker, given))
        + part(figures.match_weight_prospect, prospect_share(known.prospect, figures))
        + part(figures.match_weight_record, record_share(known))
        + part(figures.match_weight_distance, distance_share(seeker, km))
        + part(figures.match_weight_social, social_share(known))
        + part(figures.match_weight_road, road_share(known.road))
}

/// The nearness of an occupation to the nearest of the goals.
pub fn nearness_to_goals(seeker: &Seeker, occupation: &Term) -> Nearness {
    seeker.goals.iter().map(|goal| nearness(goal, occupation)).min().unwrap_or(Nearness::None)
}

/// The occupation of an offer that is nearest to the goals: its own, or the nearest of those usual in its industry.
fn nearest<'o>(seeker: &Seeker, offer: &'o Offer) -> (Option<&'o Term>, Nearness) {
    match (&offer.opening, &offer.industry) {
        (Some(opening), _) => (Some(&opening.occupation), nearness_to_goals(seeker, &opening.occupation)),
        (None, Some(industry)) => {
            let usual = occupations_in(industry).into_iter().map(|term| (Some(term), nearness_to_goals(seeker, term)));
            usual.min_by_key(|(_, near)| *near).unwrap_or((None, Nearness::None))
        }
        (None, None) => (None, Nearness::None),
    }
}

fn goal_share(near: Nearness, opening: bool, figures: &Figures) -> f64 {
    let ([close, kindred], [by_industry]) = (figures.match_near_percent.shares(), figures.match_by_industry_percent.shares());
    let share = match near {
        Nearness::Same => 1.0,
        Nearness::Near => close,
        Nearness::Kindred => kindred,
        Nearness::None => 0.0,
    };
    if opening { share } else { share * by_industry }
}

fn goal(seeker: &Seeker, offer: &Offer, figures: &Figures) -> Given {
    let (occupation, near) = nearest(seeker, offer);
    let named = occupation.map_or_else(|| localized("", ""), |term| label_of(TermKind::Occupation, term));
    let (da, en) = match near {
        Nearness::Same => (format!("{} er et af borgerens mål", named.da), format!("{} is one of the citizen's goals", named.en)),
        Nearness::Near => {
            (format!("{} ligger tæt på borgerens mål", named.da), format!("{} is close to the citizen's goals", named.en))
        }
        Nearness::Kindred => {
            (format!("{} er beslægtet med borgerens mål", named.da), format!("{} is kindred to the citizen's goals", named.en))
        }
        Nearness::None => ("Ingen af borgerens mål".to_owned(), "None of the citizen's goals".to_owned()),
    };
    let why = if offer.opening.is_some() || near == Nearness::None {
        localized(format!("{da}."), format!("{en}."))
    } else {
        localized(
            format!("{da}; skønnet ud fra branchen, for stedet har ikke meldt en plads."),
            format!("{en}; judged by the industry, since the place has told of no opening."),
        )
    };
    Given { share: goal_share(near, offer.opening.is_some(), figures), why }
}

/// How many of the needs the offer meets; none if that is unknown.
fn given_of(seeker: &Seeker, offer: &Offer) -> Option<usize> {
    let opening = offer.opening.as_ref()?;
    Some(seeker.needs.iter().filter(|need| opening.accommodations.contains(need)).count())
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

fn given_share(seeker: &Seeker, given: Option<usize>) -> f64 {
    if seeker.needs.is_empty() {
        return 1.0;
    }
    given.map_or(0.0, |given| count(given) / count(seeker.needs.len()))
}

fn accommodations_share(seeker: &Seeker, offer: &Offer) -> f64 {
    given_share(seeker, given_of(seeker, offer))
}

fn accommodations(seeker: &Seeker, offer: &Offer) -> Given {
    let needed = seeker.needs.len();
    let list = |give: bool| {
        let opening = offer.opening.as_ref();
        let wanted =
            seeker.needs.iter().filter(|need| opening.is_some_and(|opening| opening.accommodations.contains(need)) == give);
        let all: Vec<Localized> = wanted.map(|need| label_of(TermKind::Accommodation, need)).collect();
        let join = |text: fn(&Localized) -> &str| all.iter().map(text).collect::<Vec<_>>().join(", ");
        (join(|said| &said.da), join(|said| &said.en))
    };
    let mut why = match given_of(seeker, offer) {
        _ if needed == 0 => {
            localized("Borgeren har ingen skånebehov fra listen.", "The citizen has no need that the list knows.")
        }
        None => {
            localized("Stedet er ikke spurgt, hvilke skånehensyn det kan give.", "The place has not been asked what it can give.")
        }
        Some(given) if given == needed => localized(
            format!("Kan give det, borgeren har brug for: {}.", list(true).0),
            format!("Can give what the citizen needs: {}.", list(true).1),
        ),
        Some(given) => localized(
            format!("Kan give {given} af {needed} skånehensyn; mangler: {}.", list(false).0),
            format!("Can give {given} of {needed} accommodations; missing: {}.", list(false).1),
        ),
    };
    if seeker.other_needs > 0 {
        why.da.push_str(&format!(" Behov med andre ord ({}) er ikke sammenlignet.", seeker.other_needs));
        why.en.push_str(&format!(" Needs in other words ({}) are not compared.", seeker.other_needs));
    }
    Given { share: accommodations_share(seeker, offer), why }
}

fn prospect_share(prospect: Prospect, figures: &Figures) -> f64 {
    let [recorded, foreseen, not_asked, none] = figures.match_prospect_percent.shares();
    match prospect {
        Prospect::Recorded => recorded,
        Prospect::Foreseen => foreseen,
        Prospect::NotAsked => not_asked,
        Prospect::None => none,
    }
}

fn prospect(known: &Known, figures: &Figures) -> Given {
    let why = match known.prospect {
        Prospect::Recorded => localized(
            "Virksomheden har med egne ord sagt, at der er et job i sigte.",
            "The company has said in its own words that a job is in sight.",
        ),
        Prospect::Foreseen => localized("Virksomheden regner med en ledig stilling.", "The company foresees a vacancy."),
        Prospect::NotAsked => localized(
            "Virksomheden er ikke spurgt, om den får en ledig stilling.",
            "The company has not been asked whether it foresees a vacancy.",
        ),
        Prospect::None => localized("Virksomheden regner ikke med en ledig stilling.", "The company foresees no vacancy."),
    };
    Given { share: prospect_share(known.prospect, figures), why }
}

fn record_share(known: &Known) -> f64 {
    if known.flagged.is_some() { 0.0 } else { known.hires.share.clamp(0.0, 1.0) }
}

fn record(known: &Known) -> Given {
    let hires = known.hires;
    let whole = format!("{:.0}", record_share(known) * 100.0);
    let why = match &known.flagged {
        Some(flag) => flag.clone(),
        None if hires.ended == 0 => localized(
            format!("Ingen praktik er slut her endnu; regnet som branchen: {whole} %."),
            format!("No internship has ended here yet; reckoned as the industry: {whole} %."),
        ),
        None => localized(
            format!(
                "{} af {} afsluttede praktikker her førte til job; regnet med branchens andel bliver det {whole} %.",
                hires.hired, hires.ended
            ),
            format!(
                "{} of {} ended internships here led to a job; reckoned with the industry's share that makes {whole} %.",
                hires.hired, hires.ended
            ),
        ),
    };
    Given { share: record_share(known), why }
}

fn distance_share(seeker: &Seeker, km: f64) -> f64 {
    if seeker.reach.farthest_km <= 0.0 { 0.0 } else { (1.0 - km / seeker.reach.farthest_km).clamp(0.0, 1.0) }
}

fn distance(seeker: &Seeker, offer: &Offer) -> Given {
    let km = seeker.home.point.km_to(offer.placed.point);
    let (home, there) = (seeker.home.by.label(), offer.placed.by.label());
    let why = localized(
        format!("{km:.1} km i luftlinje (hjem: {}; sted: {}).", home.da, there.da),
        format!("{km:.1} km as the crow flies (home: {}; place: {}).", home.en, there.en),
    );
    Given { share: distance_share(seeker, km), why }
}

fn social_share(known: &Known) -> f64 {
    let (good, all) = known.follow_ups;
    let named = if known.contact { 0.5 } else { 0.0 };
    named + if all > 0 { 0.5 * decimal(good.min(all)) / decimal(all) } else { 0.0 }
}

fn social(known: &Known) -> Given {
    let (good, all) = known.follow_ups;
    let named = if known.contact {
        ("En kontaktperson er nævnt", "A contact person is named")
    } else {
        ("Ingen kontaktperson er nævnt", "No contact person is named")
    };
    let why = if all > 0 {
        localized(
            format!("{}; {good} af {all} opfølgninger her var gode.", named.0),
            format!("{}; {good} of {all} follow-ups here were good.", named.1),
        )
    } else {
        localized(format!("{}; ingen opfølgninger her endnu.", named.0), format!("{}; no follow-ups here yet.", named.1))
    };
    Given { share: social_share(known), why }
}

fn road_share(road: KnownRoad) -> f64 {
    match road {
        KnownRoad::Network => 1.0,
        KnownRoad::Jobcentre => 0.5,
        KnownRoad::None => 0.0,
    }
}

fn road(known: &Known) -> Given {
    let why = match known.road {
        KnownRoad::Network => localized("Borgeren kender nogen her.", "The citizen knows somebody here."),
        KnownRoad::Jobcentre => {
            localized("Jobcentret har været i kontakt med virksomheden.", "The jobcentre has been in touch with the company.")
        }
        KnownRoad::None => {
            localized("Ingen har været i kontakt med virksomheden endnu.", "Nobody has been in touch with the company yet.")
        }
    };
    Given { share: road_share(known.road), why }
}
