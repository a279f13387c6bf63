//! A book that is not whole is refused with every fault's line; one that is gives each day its figures.

use super::{reading::RowFault, *};
use crate::domain::{testing::citizen, values::target_group::TargetGroup};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_built_in_book_is_whole() {
    let book = Rulebook::read(BUILT_IN).unwrap();
    assert_eq!(book.on(day("1990-01-01")).first_booking_days, 91);
    assert_eq!(book.on(day("2030-01-01")).weekly_hours_at_most, 37);
}

#[test]
fn a_new_act_is_a_matter_of_rows() {
    let row = "figure = \"first_booking_days\"\nvalue = 91\n";
    let newer = BUILT_IN.replace(row, &format!("{row}valid_to = \"2026-12-31\"\n"))
        + "\n[[row]]\nfigure = \"first_booking_days\"\nvalue = 60\nunit = \"days\"\nvalid_from = \"2027-01-01\"\nlegal_reference = \"ny lov\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"x\"\nen = \"x\"\n";
    let book = Rulebook::read(&newer).unwrap();
    assert_eq!(book.on(day("2026-12-31")).first_booking_days, 91);
    assert_eq!(book.on(day("2027-01-01")).first_booking_days, 60);
    assert_eq!(book.reference("first_booking_days", day("2027-01-01")), "ny lov");
}

/// What is wrong with the built-in book after each text was replaced by another.
fn wrong(changes: &[(&str, &str)]) -> String {
    let text = changes.iter().fold(BUILT_IN.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let said = Rulebook::read(&text).err().map(|faults| faults.to_string()).unwrap_or_default();
    // Every line that is named is told by what stands there, so that the tests outlive changes of the file.
    let mut told = said;
    for number in (1..=text.lines().count()).rev() {
        let line = text.lines().nth(number - 1).unwrap();
        for named in [format!("line {number}:"), format!("line {number}.")] {
            told = told.replace(&named, &format!("<{line}>{}", &named[named.len() - 1..]));
        }
    }
    told
}

const FIRST: &str = "figure = \"first_booking_days\"\nvalue = 91\n";
const OTHER: &str = "\n[[row]]\nfigure = \"first_booking_days\"\nvalue = 60\nunit = \"days\"\nvalid_from = \"2027-02-01\"\nlegal_reference = \"x\"\neffect = \"refuse\"\nsure = \"L\"\nda = \"x\"\nen = \"x\"\n";
const FOOT: &str = "en = \"A flag is snoozed so long at most.\"\n";

fn first(more: &str) -> String {
    format!("{FIRST}{more}\n")
}
fn foot(more: &str) -> String {
    format!("{FOOT}{more}")
}

#[test]
fn every_fault_names_its_line_what_is_wrong_and_what_to_do() {
    let twice = foot(&OTHER.replace("valid_from = \"2027-02-01\"\n", ""));
    let cases: [(&[(&str, &str)], &str); 20] = [
        (
            &[(FIRST, &first("valid_to = \"2026-12-31\""))],
            "<valid_to = \"2026-12-31\">: first_booking_days: no row is in force from 2027-01-01. Add a row with valid_from = \"2027-01-01\", or leave out valid_to.",
        ),
        (
            &[(FIRST, &first("valid_to = \"2026-12-31\"")), (FOOT, &foot(OTHER))],
            "<valid_to = \"2026-12-31\">: first_booking_days: no row is in force from 2027-01-01 to 2027-01-31. Add a row with valid_from = \"2027-01-01\", or end this one later.",
        ),
        (
            &[(FIRST, &first("valid_from = \"2026-01-01\""))],
            "<valid_from = \"2026-01-01\">: first_booking_days: no row is in force before 2026-01-01. Leave out valid_from, or add an older row that ends the day before.",
        ),
        (
            &[(FOOT, &foot(OTHER))],
            "<valid_from = \"2027-02-01\">: first_booking_days: two rows are in force on 2027-02-01, this one and the one of <[[row]]>. End the older one with valid_to = \"2027-01-31\", or begin this one later.",
        ),
        (
            &[(FOOT, &twice)],
            "<[[row]]>: first_booking_days: two rows are in force at once, this one and the one of <[[row]]>. Take one out, or date both: valid_to on the older, valid_from the day after on the newer.",
        ),
        (
            &[("\"first_booking_days\"", "\"first_boking_days\"")],
            "<figure = \"first_boking_days\">: first_boking_days: there is no such figure. Correct its name (is first_booking_days meant?), or take the row out.\n\
             first_booking_days: is missing altogether. Add a [[row]] with figure = \"first_booking_days\".",
        ),
        (
            &[(FIRST, &first("valid_from = \"2026-02-30\""))],
            "<valid_from = \"2026-02-30\">: first_booking_days: valid_from \"2026-02-30\" is no day of the calendar. Write it as \"2027-01-31\".",
        ),
        (
            &[(FIRST, &first("valid_to = 2026"))],
            "<valid_to = 2026>: first_booking_days: valid_to is a number, and must be a date. Write it as \"2027-01-31\".",
        ),
        (
            &[(FIRST, &first("valid_from = \"2027-01-01\"\nvalid_to = \"2026-12-31\""))],
            "<valid_from = \"2027-01-01\">: first_booking_days: valid_from 2027-01-01 is after valid_to 2026-12-31. Exchange them, or correct one.",
        ),
        (
            &[(FIRST, "figure = \"first_booking_days\"\nvalue = \"91\"\n")],
            "<value = \"91\">: first_booking_days: the value \"91\" does not fit. Write a whole number.",
        ),
        (
            &[("value = [1, 2, 3]", "value = [1, 2]")],
            "<value = [1, 2]>: extended_without_hire_steps: the value [1, 2] does not fit. Write a list of 3, each entry a whole number.",
        ),
        (
            &[("effect = \"flag\"", "effect = \"flags\"")],
            "<effect = \"flags\">: extended_without_hire_steps: effect \"flags\" is unknown. Write one of: refuse, ask, flag, define.",
        ),
        (
            &[("sure = \"Ours\"", "sure = \"\"")],
            "<sure = \"\">: prospect_needed: sure \"\" is unknown. Write one of: H, M, L, Ours.",
        ),
        (
            &[("value = [\"6\", \"7\"]", "value = [\"6\", \"14\"]")],
            "<value = [\"6\", \"14\"]>: sick_listed_groups: target group 14 is not in force at first. Those that are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
        ),
        (
            &[("target_groups = [\"1\", \"2\", \"4\", \"12\"]", "target_groups = [\"1\", \"2\", \"4\", \"12\", \"x\"]")],
            "<target_groups = [\"1\", \"2\", \"4\", \"12\", \"x\"]>: job_ready_days: target group x is not in force at first. Those that are: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
        ),
        (
            &[("target_groups = [\"1\", \"2\", \"4\", \"12\"]", "target_groups = [\"1\", \"4\", \"12\"]")],
            "<target_groups = [\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]>: first_booking_days: target group 2 has no longest stay at first: neither this row nor job_ready_days binds everybody in it. Add it to target_groups here.",
        ),
        (
            &[("unit = \"extensions\"\n", "units = \"extensions\"\n")],
            "<[[row]]>: extended_without_hire_steps: unit is missing. Add unit = … to the row.\n\
             <units = \"extensions\">: extended_without_hire_steps: a row has no field units. Take it out, or correct its name.",
        ),
        (
            &[("group = \"2\"", "group = \"1\"")],
            "<value = [>: target_groups: target group 1 is there twice. Take one out.\n\
             <target_groups = [\"1\", \"2\", \"4\", \"12\"]>: job_ready_days: target group 2 is not in force at first. Those that are: 1, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13. Correct it, or end this row with valid_to.",
        ),
        (
            &[(FIRST, "figure = \"first_booking_days\"\nvalue = \n")],
            "<value = >: string values must be quoted, expected literal string. Write each row as a [[row]] table with name = value on each line, texts in quotation marks.",
        ),
        (&[("[[row]]", "[[rows]]")], ""),
    ];
    for (changes, said) in cases {
        let found = wrong(changes);
        if said.is_empty() {
            assert!(found.starts_with('<'), "{found}");
        } else {
            assert_eq!(found, said, "{changes:?}");
        }
    }
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_file() {
    let said = wrong(&[
        ("value = [1, 2, 3]", "value = 1"),
        (FIRST, &first("valid_to = \"2026-12-31\"")),
        ("figure = \"snooze_days_at_most\"", "figure = \"snooze\""),
    ]);
    let figures: Vec<&str> = said.lines().map(|line| line.split(": ").nth(1).unwrap_or_default()).collect();
    assert_eq!(figures[..3], ["first_booking_days", "extended_without_hire_steps", "snooze"], "{said}");
    assert!(said.lines().last().unwrap().starts_with("snooze_days_at_most: is missing"), "{said}");
}

#[test]
fn leap_days_and_the_last_day_of_a_year_are_days_like_others() {
    let row = |value: i64, from: &str| OTHER.replace("value = 60", &format!("value = {value}")).replace("2027-02-01", from);
    let until = |row: String, last: &str| row.replace("legal_reference", &format!("valid_to = \"{last}\"\nlegal_reference"));
    let text = BUILT_IN.replace(FIRST, &first("valid_to = \"2028-02-28\""))
        + &until(row(70, "2028-02-29"), "2028-12-31")
        + &row(80, "2029-01-01");
    let book = Rulebook::read(&text).unwrap();
    for (on, days) in
        [("2028-02-28", 91), ("2028-02-29", 70), ("2028-03-01", 70), ("2028-12-31", 70), ("2029-01-01", 80), ("2032-02-29", 80)]
    {
        assert_eq!(book.on(day(on)).first_booking_days, days, "{on}");
    }
    let changes: Vec<String> = book.changes().map(|day| day.to_string()).collect();
    assert_eq!(changes, ["2028-02-29", "2029-01-01"]);
    // 2027 has no leap day.
    assert!(Rulebook::read(&text.replace("2028-02-29", "2027-02-29")).is_err());
}

#[test]
fn new_target_groups_are_a_matter_of_rows() {
    // From 2027 on there are two groups: one job-ready, one not.
    let mut text = String::new();
    for block in BUILT_IN.split_inclusive("\n\n") {
        let names = ["\"target_groups\"", "job_ready_if_marked_groups", "sick_listed_groups", "job_ready_days"];
        let names = names.iter().chain(&["first_booking_days", "without_special_need_days", "special_need_step_days"]);
        let figure = block.lines().find(|line| line.starts_with("figure = ")).unwrap_or_default();
        if !block.starts_with("[[row]]") || !names.clone().any(|name| figure.contains(name)) {
            text.push_str(block);
            continue;
        }
        let dated = |field: &str, day: &str| block.replace("unit = ", &format!("{field} = \"{day}\"\nunit = "));
        text.push_str(&dated("valid_to", "2026-12-31"));
        let newer = dated("valid_from", "2027-01-01");
        let newer: Vec<&str> = newer.lines().filter(|line| !line.starts_with("    {")).collect();
        let newer = newer.join("\n").replace(
            "value = [\n]",
            "value = [{ group = \"near\", da = \"x\", en = \"x\" }, { group = \"far\", da = \"x\", en = \"x\" }]",
        );
        let newer = newer.replace("value = [\"12\"]", "value = []").replace("value = [\"6\", \"7\"]", "value = []");
        let newer = newer.replace("[\"1\", \"2\", \"4\", \"12\"]", "[\"near\"]");
        text.push_str(&newer.replace("[\"3\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", \"13\"]", "[\"far\"]"));
        text.push_str("\n\n");
    }
    let book = Rulebook::read(&text).unwrap();
    let group = |text: &str| TargetGroup::parse(text).unwrap();
    let (eve, new_year) = (day("2026-12-31"), day("2027-01-01"));
    assert!(book.has_group(eve, &group("3")) && !book.has_group(new_year, &group("3")));
    assert!(!book.has_group(eve, &group("far")) && book.has_group(new_year, &group("far")));
    assert!(book.binds("first_booking_days", new_year, &group("far")));
    assert!(!book.binds("first_booking_days", new_year, &group("near")));
    assert!(book.binds("first_booking_days", new_year, &group("3")), "not regrouped yet, and bound all the same");
    assert!(!book.binds("first_booking_days", eve, &group("2")));
    assert!(book.binds("weekly_hours_at_most", eve, &group("2")), "no list: all");
    let early = text.replace("valid_from = \"2027-01-01\"\nunit = \"days\"", "valid_from = \"2026-12-31\"\nunit = \"days\"");
    assert!(Rulebook::read(&early).unwrap_err().to_string().contains("two rows are in force on 2026-12-31"));
}

#[test]
fn who_is_job_ready_follows_from_whom_the_limit_binds() {
    let book = Rulebook::read(BUILT_IN).unwrap();
    let today = day("2024-01-02");
    for (group, marked, ready) in [
        ("1", false, true),
        ("2", false, true),
        ("3", true, false),
        ("12", false, false),
        ("12", true, true),
        ("13", false, false),
    ] {
        let mut citizen = citizen();
        citizen.target_group = TargetGroup::parse(group).unwrap();
        citizen.job_ready = marked;
        assert_eq!(citizen.is_job_ready(book.on(today)), ready, "{group} {marked}");
    }
}

#[test]
fn a_duty_that_is_switched_off_is_not_asked() {
    let text = BUILT_IN.replace("figure = \"prospect_needed\"\nvalue = true", "figure = \"prospect_needed\"\nvalue = false");
    let (book, today) = (Rulebook::read(&text).unwrap(), day("2024-01-02"));
    let group = TargetGroup::parse("3").unwrap();
    assert!(!book.asks("prospect_needed", today, &group) && book.asks("purpose_statement", today, &group));
    assert_eq!(book.effect("prospect_needed", today), Some(Effect::Refuse));
    assert_eq!(book.effect("no_such_figure", today), None);
}

#[test]
fn a_kept_book_that_lacks_what_is_asked_for_now_still_shows_its_rows() {
    let text = BUILT_IN.replace("\"start_gate\"", "\"some_old_figure\"");
    assert!(Rulebook::read(&text).is_err());
    let rows = Rulebook::rows_of(&text).unwrap();
    assert!(rows.iter().any(|row| row.figure == "some_old_figure"));
    assert_eq!(rows.len(), Rulebook::read(BUILT_IN).unwrap().rows.len());
    assert!(Rulebook::rows_of("row").is_err());
}

#[test]
fn what_a_book_says_of_a_figure_is_that_of_the_day() {
    let second = OTHER.replace("\"refuse\"", "\"ask\"");
    let text = BUILT_IN.replace(FIRST, &first("valid_to = \"2027-01-31\"")) + &second;
    let book = Rulebook::read(&text).unwrap();
    let (eve, new) = (day("2027-01-31"), day("2027-02-01"));
    assert_eq!(
        (book.row("first_booking_days", eve).unwrap().sure, book.effect("first_booking_days", eve)),
        (Sure::H, Some(Effect::Refuse))
    );
    assert_eq!((book.reference("first_booking_days", new), book.effect("first_booking_days", new)), ("x", Some(Effect::Ask)));
    assert!(book.refuses("first_booking_days", eve) && !book.refuses("first_booking_days", new), "an ask is no refusal");
    assert!(!book.refuses("no_such_figure", eve) && !book.is_on("no_such_figure", eve) && book.is_on("first_booking_days", new));
    assert_eq!((book.reference("no_such_figure", eve), book.row("no_such_figure", eve).is_some()), ("", false));
    assert_eq!(book.rows_on(eve).count(), Figures::NAMES.len());
    assert_eq!(book.rows.len(), Figures::NAMES.len() + 1);
    assert_eq!((book.version.len(), book.text.as_str()), (12, text.as_str()));
    assert_ne!(book.version, Rulebook::read(BUILT_IN).unwrap().version);
}

#[test]
fn a_duty_that_is_switched_off_refuses_nothing() {
    let text = BUILT_IN.replace("figure = \"prospect_needed\"\nvalue = true", "figure = \"prospect_needed\"\nvalue = false");
    let today = day("2024-01-02");
    assert!(Rulebook::read(BUILT_IN).unwrap().refuses("prospect_needed", today));
    assert!(!Rulebook::read(&text).unwrap().refuses("prospect_needed", today));
}

#[test]
fn the_figure_that_is_meant_is_told_by_how_a_name_begins_and_ends() {
    for (written, meant) in [
        ("first_boking_days", "first_booking_days"),
        ("fist_booking_days", "first_booking_days"),
        ("job_ready_day", "job_ready_days"),
        ("snooze_days_most", "snooze_days_at_most"),
    ] {
        let said = wrong(&[("\"first_booking_days\"", &format!("\"{written}\""))]);
        assert!(said.contains(&format!("(is {meant} meant?)")), "{said}");
    }
}

#[test]
fn rows_of_one_figure_follow_each_other_day_by_day_in_whatever_order_they_stand() {
    let row = |from: &str, to: &str| {
        let row = OTHER.replace("2027-02-01", from);
        if to.is_empty() { row } else { row.replace("legal_reference", &format!("valid_to = \"{to}\"\nlegal_reference")) }
    };
    let ends = |last: &str| (FIRST.to_owned(), first(&format!("valid_to = \"{last}\"")));
    let said = |rows: &[String], last: &str| {
        let (old, new) = ends(last);
        wrong(&[(&old, &new), (FOOT, &foot(&rows.concat()))])
    };
    let two =
        |on: &str, older: &str| format!("first_booking_days: two rows are in force on {on}, this one and the one of {older}");
    assert_eq!(said(&[row("2027-02-01", ""), row("2027-01-01", "2027-01-31")], "2026-12-31"), "");
    // The first of the rows still reaches further than the second, with which it shares its days.
    let inside = said(&[row("2026-06-01", "2026-06-30"), row("2027-01-01", "")], "2026-12-31");
    assert!(inside.contains(&two("2026-06-01", "<[[row]]>")) && inside.lines().count() == 1, "{inside}");
    // They share the last day.
    let shared = said(&[row("2026-12-31", "")], "2026-12-31");
    assert!(shared.contains(&two("2026-12-31", "<[[row]]>")) && shared.contains("valid_to = \"2026-12-30\""), "{shared}");
    // A day is missing between them.
    let gap = said(&[row("2027-01-02", "")], "2026-12-31");
    assert!(gap.contains("no row is in force from 2027-01-01 to 2027-01-01."), "{gap}");
}

#[test]
fn a_fault_is_shown_with_its_line_and_its_figure_where_it_has_them() {
    let fault = |line, figure: &str| RowFault { line, figure: figure.into(), text: "is wrong.".into() };
    let faults = RulebookFaults::new(vec![fault(None, "b"), fault(Some(12), ""), fault(Some(7), "a"), fault(None, "a")]);
    assert_eq!(faults.to_string(), "line 7: a: is wrong.\nline 12: is wrong.\na: is wrong.\nb: is wrong.");
}

#[test]
fn each_kind_of_value_in_the_place_of_another_is_named() {
    for (written, kind) in [
        ("1", "a number"),
        ("1.5", "a number"),
        ("true", "true or false"),
        ("[\"x\"]", "a list"),
        ("{ x = 1 }", "a table"),
        ("2026-01-01", "a date"),
    ] {
        let said = wrong(&[("unit = \"extensions\"", &format!("unit = {written}"))]);
        let expected = format!("extended_without_hire_steps: unit is {kind}, and must be a text. Put it in quotation marks.");
        assert!(said.ends_with(&expected), "{said}");
    }
    let said = wrong(&[("rules = [\"duration-limit\"]", "rules = \"duration-limit\"")]);
    assert!(said.ends_with("rules must be a list of texts. Write rules = [\"…\", \"…\"]."), "{said}");
    let said = wrong(&[("target_groups = [\"3\"", "target_groups = [\"?\"")]);
    assert!(said.contains("a target group is a short code of a–z, 0–9 and hyphens."), "{said}");
    // A date may stand without quotation marks.
    let dated = BUILT_IN.replace(FIRST, &first("valid_to = 2027-01-31")) + OTHER;
    assert_eq!(Rulebook::read(&dated).unwrap().on(day("2027-02-01")).first_booking_days, 60);
}
