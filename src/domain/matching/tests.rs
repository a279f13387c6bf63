//! What each part of a rank gives and says, what leaves a place out, and how far it may be: with real figures.

use crate::domain::{
    companies::opening::{Language, TimeOfDay},
    internships::purpose::InternshipType,
    matching::{
        Hires, Known, KnownRoad, Offer, Opened, Prospect, Reach, Seeker,
        limits::broken,
        parts::{PartName, most, nearness_to_goals, parts, points},
    },
    rules::rulebook::Figures,
    testing::book,
    values::{
        geo::{Placed, PlacedBy, Point},
        localized::localized,
        text::WeeklyHours,
        vocabulary::{Nearness, Term, occupations_in},
    },
};

fn figures() -> Figures {
    book().on("2026-01-05".parse().unwrap()).clone()
}

fn terms(keys: &[&str]) -> Vec<Term> {
    keys.iter().map(|key| Term::parse(key).unwrap()).collect()
}

/// So many kilometres north of home.
fn north(km: f64) -> Placed {
    let millionths: i32 = format!("{:.0}", km / 111.195 * 1e6).parse().unwrap();
    Placed { point: Point { latitude: 55_676_000 + millionths, longitude: 12_568_000 }, by: PlacedBy::Coordinates }
}

/// Wants to work in a warehouse, up to 40 km from home, and needs nothing.
fn seeker() -> Seeker {
    Seeker {
        goals: terms(&["warehouse"]),
        needs: Vec::new(),
        other_needs: 0,
        ruled_out: Vec::new(),
        capacity: None,
        home: Placed { by: PlacedBy::Postcode, ..north(0.0) },
        reach: Reach::of(Some(40), None, &figures()),
        languages: Vec::new(),
        times: Vec::new(),
        network: Vec::new(),
    }
}

/// An opening next door that asks for nothing but 15 hours a week.
fn opened() -> Opened {
    Opened {
        kind: InternshipType::Training,
        occupation: Term::parse("warehouse").unwrap(),
        tasks: Vec::new(),
        least_hours: WeeklyHours::from_minutes(15 * 60),
        times: Vec::new(),
        languages: Vec::new(),
        accommodations: Vec::new(),
    }
}

fn offer(opened: Opened) -> Offer {
    Offer { opening: Some(opened), industry: None, placed: north(0.0) }
}

fn without_opening(industry: Option<&str>) -> Offer {
    Offer { opening: None, industry: industry.map(str::to_owned), placed: north(0.0) }
}

/// A place of which nothing is known.
fn known() -> Known {
    Known {
        prospect: Prospect::NotAsked,
        hires: Hires { ended: 0, hired: 0, share: 0.2 },
        flagged: None,
        contact: false,
        follow_ups: (0, 0),
        road: KnownRoad::None,
    }
}

/// What a part gives of its weight, and why in both languages.
fn said(part: PartName, seeker: &Seeker, offer: &Offer, known: &Known) -> [String; 3] {
    let part = parts(seeker, offer, known, &figures()).into_iter().find(|own| own.part == part).unwrap();
    [format!("{:.2} of {}", part.points, part.weight), part.why.da, part.why.en]
}

#[test]
fn an_occupation_gives_by_how_near_it_lies_to_a_goal() {
    for (occupation, points, da, en) in [
        ("warehouse", "30.00", "lager er et af borgerens mål.", "warehouse is one of the citizen's goals."),
        ("supermarket", "18.00", "supermarked ligger tæt på borgerens mål.", "supermarket is close to the citizen's goals."),
        (
            "factory",
            "9.00",
            "industri og produktion er beslægtet med borgerens mål.",
            "factory production is kindred to the citizen's goals.",
        ),
        ("office", "0.00", "Ingen af borgerens mål.", "None of the citizen's goals."),
    ] {
        let offer = offer(Opened { occupation: Term::parse(occupation).unwrap(), ..opened() });
        assert_eq!(said(PartName::Goal, &seeker(), &offer, &known()), [&format!("{points} of 30"), da, en]);
    }
    let seeker = Seeker { goals: terms(&["office", "supermarket"]), ..seeker() };
    assert_eq!(said(PartName::Goal, &seeker, &offer(opened()), &known())[0], "18.00 of 30", "the nearest goal counts");
}

#[test]
fn a_place_without_an_opening_is_judged_by_its_industry_and_gets_seven_tenths() {
    for (industry, points, da, en) in [
        (Some("521000"), "21.00", "lager er et af borgerens mål", "warehouse is one of the citizen's goals"),
        // Food: packing is near, factory work is kindred; the nearer one counts.
        (Some("102000"), "12.60", "pakkeri ligger tæt på borgerens mål", "packing is close to the citizen's goals"),
        (
            Some("110000"),
            "6.30",
            "industri og produktion er beslægtet med borgerens mål",
            "factory production is kindred to the citizen's goals",
        ),
    ] {
        let da = format!("{da}; skønnet ud fra branchen, for stedet har ikke meldt en plads.");
        let en = format!("{en}; judged by the industry, since the place has told of no opening.");
        let offer = without_opening(industry);
        assert_eq!(said(PartName::Goal, &seeker(), &offer, &known()), [format!("{points} of 30"), da, en]);
    }
    for industry in [Some("841100"), Some("990000"), None] {
        let offer = without_opening(industry);
        let expected = ["0.00 of 30", "Ingen af borgerens mål.", "None of the citizen's goals."];
        assert_eq!(said(PartName::Goal, &seeker(), &offer, &known()), expected, "{industry:?}");
    }
}

#[test]
fn accommodations_give_the_share_of_the_needs_that_is_met_and_name_what_is_missing() {
    for (needs, given, points, da, en) in [
        (
            &[][..],
            Some(&["pace"][..]),
            "20.00",
            "Borgeren har ingen skånebehov fra listen.",
            "The citizen has no need that the list knows.",
        ),
        (
            &["pace", "breaks"],
            Some(&["breaks", "hours", "pace"]),
            "20.00",
            "Kan give det, borgeren har brug for: roligt tempo, ekstra pauser.",
            "Can give what the citizen needs: a calm pace, extra breaks.",
        ),
        (
            &["pace", "breaks"],
            Some(&["pace"]),
            "10.00",
            "Kan give 1 af 2 skånehensyn; mangler: ekstra pauser.",
            "Can give 1 of 2 accommodations; missing: extra breaks.",
        ),
        (
            &["pace", "breaks"],
            Some(&["hours"]),
            "0.00",
            "Kan give 0 af 2 skånehensyn; mangler: roligt tempo, ekstra pauser.",
            "Can give 0 of 2 accommodations; missing: a calm pace, extra breaks.",
        ),
        (
            &["pace", "breaks"],
            None,
            "0.00",
            "Stedet er ikke spurgt, hvilke skånehensyn det kan give.",
            "The place has not been asked what it can give.",
        ),
    ] {
        let seeker = Seeker { needs: terms(needs), ..seeker() };
        let offer =
            given.map_or_else(|| without_opening(None), |given| offer(Opened { accommodations: terms(given), ..opened() }));
        let told = said(PartName::Accommodations, &seeker, &offer, &known());
        assert_eq!(told, [&format!("{points} of 20"), da, en]);
        let unlisted = Seeker { other_needs: 2, ..seeker };
        let told = said(PartName::Accommodations, &unlisted, &offer, &known());
        assert_eq!(told[1], format!("{da} Behov med andre ord (2) er ikke sammenlignet."));
        assert_eq!(told[2], format!("{en} Needs in other words (2) are not compared."));
    }
}

#[test]
fn a_prospect_gives_by_how_near_a_job_is() {
    for (prospect, points, da, en) in [
        (
            Prospect::Recorded,
            "20.00",
            "Virksomheden har med egne ord sagt, at der er et job i sigte.",
            "The company has said in its own words that a job is in sight.",
        ),
        (Prospect::Foreseen, "12.00", "Virksomheden regner med en ledig stilling.", "The company foresees a vacancy."),
        (
            Prospect::NotAsked,
            "6.00",
            "Virksomheden er ikke spurgt, om den får en ledig stilling.",
            "The company has not been asked whether it foresees a vacancy.",
        ),
        (Prospect::None, "0.00", "Virksomheden regner ikke med en ledig stilling.", "The company foresees no vacancy."),
    ] {
        let told = said(PartName::Prospect, &seeker(), &offer(opened()), &Known { prospect, ..known() });
        assert_eq!(told, [&format!("{points} of 20"), da, en]);
    }
}

#[test]
fn the_record_gives_the_share_hired_and_nothing_where_the_place_stands_flagged() {
    let flag = localized("Stedet forlænger uden at ansætte.", "The place extends without hiring.");
    for (hires, flagged, points, da, en) in [
        (
            Hires { ended: 0, hired: 0, share: 0.2 },
            None,
            "3.00",
            "Ingen praktik er slut her endnu; regnet som branchen: 20 %.",
            "No internship has ended here yet; reckoned as the industry: 20 %.",
        ),
        (
            Hires { ended: 4, hired: 3, share: 0.5 },
            None,
            "7.50",
            "3 af 4 afsluttede praktikker her førte til job; regnet med branchens andel bliver det 50 %.",
            "3 of 4 ended internships here led to a job; reckoned with the industry's share that makes 50 %.",
        ),
        (
            Hires { ended: 4, hired: 3, share: 0.5 },
            Some(flag),
            "0.00",
            "Stedet forlænger uden at ansætte.",
            "The place extends without hiring.",
        ),
    ] {
        let told = said(PartName::Record, &seeker(), &offer(opened()), &Known { hires, flagged, ..known() });
        assert_eq!(told, [&format!("{points} of 15"), da, en]);
    }
}

#[test]
fn the_distance_gives_less_for_each_kilometre_up_to_the_limit() {
    for (km, points, da, en) in [
        (0.0, "8.00", "0.0 km i luftlinje", "0.0 km as the crow flies"),
        (10.0, "6.00", "10.0 km i luftlinje", "10.0 km as the crow flies"),
        (30.0, "2.00", "30.0 km i luftlinje", "30.0 km as the crow flies"),
        (45.0, "0.00", "45.0 km i luftlinje", "45.0 km as the crow flies"),
    ] {
        let offer = Offer { placed: north(km), ..offer(opened()) };
        let da = format!("{da} (hjem: postnummerets midte; sted: egne koordinater).");
        let en = format!("{en} (home: the middle of its postcode; place: its own coordinates).");
        assert_eq!(said(PartName::Distance, &seeker(), &offer, &known()), [format!("{points} of 8"), da, en]);
    }
    let nowhere = Seeker { reach: Reach::of(None, Some(5), &figures()), ..seeker() };
    assert_eq!(said(PartName::Distance, &nowhere, &offer(opened()), &known())[0], "0.00 of 8", "no time to get anywhere");
}

#[test]
fn a_named_contact_and_good_follow_ups_give_half_each() {
    for (contact, follow_ups, points, da, en) in [
        (
            true,
            (3, 4),
            "3.50",
            "En kontaktperson er nævnt; 3 af 4 opfølgninger her var gode.",
            "A contact person is named; 3 of 4 follow-ups here were good.",
        ),
        (
            true,
            (0, 0),
            "2.00",
            "En kontaktperson er nævnt; ingen opfølgninger her endnu.",
            "A contact person is named; no follow-ups here yet.",
        ),
        (
            false,
            (1, 4),
            "0.50",
            "Ingen kontaktperson er nævnt; 1 af 4 opfølgninger her var gode.",
            "No contact person is named; 1 of 4 follow-ups here were good.",
        ),
        (
            false,
            (0, 0),
            "0.00",
            "Ingen kontaktperson er nævnt; ingen opfølgninger her endnu.",
            "No contact person is named; no follow-ups here yet.",
        ),
    ] {
        let told = said(PartName::Social, &seeker(), &offer(opened()), &Known { contact, follow_ups, ..known() });
        assert_eq!(told, [&format!("{points} of 4"), da, en]);
    }
}

#[test]
fn a_road_gives_by_how_short_it_is() {
    for (road, points, da, en) in [
        (KnownRoad::Network, "3.00", "Borgeren kender nogen her.", "The citizen knows somebody here."),
        (
            KnownRoad::Jobcentre,
            "1.50",
            "Jobcentret har været i kontakt med virksomheden.",
            "The jobcentre has been in touch with the company.",
        ),
        (
            KnownRoad::None,
            "0.00",
            "Ingen har været i kontakt med virksomheden endnu.",
            "Nobody has been in touch with the company yet.",
        ),
    ] {
        let told = said(PartName::Road, &seeker(), &offer(opened()), &Known { road, ..known() });
        assert_eq!(told, [&format!("{points} of 3"), da, en]);
    }
}

#[test]
fn a_rank_is_the_sum_of_its_parts_and_its_bound_by_the_same_facts_is_no_higher() {
    let seeker = Seeker { needs: terms(&["pace", "breaks"]), ..seeker() };
    let known = Known {
        prospect: Prospect::Foreseen,
        hires: Hires { ended: 4, hired: 3, share: 0.5 },
        contact: true,
        follow_ups: (3, 4),
        road: KnownRoad::Jobcentre,
        ..known()
    };
    let opened = Opened { occupation: Term::parse("packing").unwrap(), accommodations: terms(&["pace"]), ..opened() };
    for (offer, near, given, sum) in [
        // 60 % of the goal, half of the accommodations, and three quarters of the distance.
        (offer(opened), Nearness::Near, Some(1), 18.0 + 10.0 + 12.0 + 7.5 + 6.0 + 3.5 + 1.5),
        (without_opening(Some("521000")), Nearness::Same, None, 21.0 + 0.0 + 12.0 + 7.5 + 6.0 + 3.5 + 1.5),
    ] {
        let offer = Offer { placed: north(10.0), ..offer };
        let km = seeker.home.point.km_to(offer.placed.point);
        let rank = points(&seeker, &offer, &known, &figures());
        assert!((rank - sum).abs() < 0.001, "{rank} is not {sum}");
        let bound = most(&seeker, near, km, given, &known, &figures());
        assert!((bound - rank).abs() < 1e-9, "{bound} is not {rank}");
    }
    let usual = occupations_in("102000");
    let nearest: Vec<Nearness> = usual.into_iter().map(|occupation| nearness_to_goals(&seeker, occupation)).collect();
    assert_eq!(nearest, [Nearness::Near, Nearness::Kindred]);
}

#[test]
fn a_place_is_left_out_for_the_first_condition_that_it_breaks_and_says_which() {
    let morning = || vec![TimeOfDay::Morning, TimeOfDay::Afternoon];
    let language = |code: &str| Language::parse(code).unwrap();
    let near = |opened: Opened| offer(opened);
    let cases = [
        (seeker(), near(opened()), None),
        (
            Seeker { reach: Reach::of(Some(12), None, &figures()), ..seeker() },
            Offer { placed: north(12.1), ..near(opened()) },
            Some(("too-far", "12.1 km væk; grænsen er 12.0 km.", "12.1 km away; the limit is 12.0 km.")),
        ),
        (
            Seeker { reach: Reach::of(Some(12), None, &figures()), ..seeker() },
            Offer { placed: north(11.9), ..near(opened()) },
            None,
        ),
        // On the limit itself: no time to travel, and the place is next door.
        (Seeker { reach: Reach::of(None, Some(5), &figures()), ..seeker() }, near(opened()), None),
        (
            Seeker { ruled_out: terms(&["kneeling", "heavy lifting"]), ..seeker() },
            near(Opened { tasks: terms(&["bending", "heavy lifting"]), ..opened() }),
            Some((
                "task-ruled-out",
                "Opgaven tunge løft er udelukket for borgeren.",
                "The task heavy lifting is ruled out for the citizen.",
            )),
        ),
        (
            Seeker { ruled_out: terms(&["kneeling"]), ..seeker() },
            near(Opened { tasks: terms(&["bending", "heavy lifting"]), ..opened() }),
            None,
        ),
        (Seeker { capacity: Some(WeeklyHours::from_minutes(15 * 60)), ..seeker() }, near(opened()), None),
        (
            Seeker { capacity: Some(WeeklyHours::from_minutes(15 * 60 - 15)), ..seeker() },
            near(opened()),
            Some((
                "hours-capacity",
                "Mindst 15 timer om ugen; aftalt med borgeren er 14.75.",
                "At least 15 hours a week; agreed with the citizen are 14.75.",
            )),
        ),
        (
            Seeker { languages: vec![language("da"), language("ar")], ..seeker() },
            near(Opened { languages: vec![language("da"), language("en")], ..opened() }),
            Some((
                "language",
                "Stedet kræver sproget en, som borgeren ikke taler.",
                "The place asks for the language en, which the citizen does not speak.",
            )),
        ),
        (
            Seeker { languages: vec![language("da"), language("ar")], ..seeker() },
            near(Opened { languages: vec![language("ar")], ..opened() }),
            None,
        ),
        // Not asked which languages the citizen speaks.
        (seeker(), near(Opened { languages: vec![language("en")], ..opened() }), None),
        (
            Seeker { times: vec![TimeOfDay::Evening], ..seeker() },
            near(Opened { times: morning(), ..opened() }),
            Some((
                "times",
                "Arbejdstiden ligger, når borgeren ikke kan arbejde.",
                "The work is at times when the citizen cannot work.",
            )),
        ),
        (Seeker { times: vec![TimeOfDay::Afternoon], ..seeker() }, near(Opened { times: morning(), ..opened() }), None),
        (seeker(), near(Opened { times: morning(), ..opened() }), None),
        (Seeker { times: vec![TimeOfDay::Evening], ..seeker() }, near(opened()), None),
        // Of a workplace without an opening nothing but the distance is known.
        (Seeker { ruled_out: terms(&["heavy lifting"]), ..seeker() }, without_opening(Some("521000")), None),
    ];
    for (seeker, offer, expected) in cases {
        let found = broken(&seeker, &offer);
        let found = found.as_ref().map(|left| (left.because, left.why.da.as_str(), left.why.en.as_str()));
        assert_eq!(found, expected, "{seeker:?} {offer:?}");
    }
}

#[test]
fn a_limit_says_how_it_was_reckoned() {
    let agreed = |km: i64| {
        let da = format!("Aftalt med borgeren: højst {km} km i luftlinje.");
        (da, format!("Agreed with the citizen: at most {km} km as the crow flies."))
    };
    let by_time = |minutes: i64| {
        (
            format!(
                "Aftalt med borgeren: højst {minutes} minutter hver vej. Regnet som 10 minutter til at komme af sted og 25 km i timen i luftlinje."
            ),
            format!(
                "Agreed with the citizen: at most {minutes} minutes each way. Reckoned as 10 minutes to get going and 25 km an hour as the crow flies."
            ),
        )
    };
    let none = (
        "Ingen grænse er aftalt med borgeren: 40 km, som regelbogen siger.".to_owned(),
        "No limit is agreed with the citizen: 40 km, as the rulebook says.".to_owned(),
    );
    for (km, minutes, expected) in [
        (None, None, none),
        (Some(15), None, agreed(15)),
        (None, Some(40), by_time(40)),
        (Some(15), Some(40), by_time(40)),
        (Some(12), Some(40), agreed(12)),
        // 46 minutes are 15 km as well.
        (Some(15), Some(46), agreed(15)),
    ] {
        let reckoned = Reach::of(km, minutes, &figures()).reckoned;
        assert_eq!((reckoned.da, reckoned.en), expected, "{km:?} {minutes:?}");
    }
}
