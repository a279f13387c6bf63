//! Whether rows make a whole book: each figure known, fitting, and with exactly one row on every day; each target group
//! that is named in force, and each that is in force bound by a limit in time.

use crate::domain::{
    rules::rulebook::{
        figures::Figures,
        reading::{PlacedRow, RowFault, Rows},
        row::Row,
        shape::FigureShape,
    },
    values::target_group::TargetGroup,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Figures whose value is a list of target groups.
const LISTS_OF_GROUPS: [&str; 2] = ["job_ready_if_marked_groups", "sick_listed_groups"];

/// The figures before the first change, and from each change on.
///
/// # Errors
/// All that is wrong, what the reading found included.
pub fn figures(file: &Rows) -> Result<(Figures, BTreeMap<NaiveDate, Figures>), Vec<RowFault>> {
    let mut faults = file.faults.clone();
    if file.rows.is_empty() && !faults.is_empty() {
        return Err(faults); // a file that is no TOML lacks no figures
    }
    for placed in &file.rows {
        faults.extend(misfit(placed));
    }
    for figure in Figures::NAMES {
        let rows: Vec<&PlacedRow> = file.rows.iter().filter(|placed| placed.figure == *figure).collect();
        if rows.is_empty() {
            let text = format!("is missing altogether. Add a [[row]] with figure = \"{figure}\".");
            faults.push(RowFault { line: None, figure: (*figure).to_owned(), text });
        }
        // Rows that cannot be read may well stand where there seems to be a gap.
        let dated: Option<Vec<(&PlacedRow, &Row)>> = rows.iter().map(|placed| Some((*placed, placed.row.as_ref()?))).collect();
        faults.extend(dated.map(in_time).unwrap_or_default());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut spans = BTreeMap::new();
    for day in begins(&file.rows) {
        let found = Figures::of(|figure| Some(&on(&file.rows, figure, day)?.1.value));
        let Some(mut found) = found else {
            // Cannot be: every figure has a fitting row on every day by now.
            return Err(vec![RowFault { line: None, figure: String::new(), text: format!("no figures on {day}. Report this.") }]);
        };
        found.job_ready = on(&file.rows, "job_ready_days", day).map(|(_, row)| row.clone());
        faults.extend(groups(&file.rows, &found, day));
        spans.insert(day, found);
    }
    faults.sort_by(|one, other| (one.line, &one.text).cmp(&(other.line, &other.text)));
    faults.dedup_by(|one, other| one.line == other.line && one.figure == other.figure);
    match spans.remove(&NaiveDate::MIN) {
        Some(eldest) if faults.is_empty() => Ok((eldest, spans)),
        _ => Err(faults),
    }
}

/// The days on which something changes; before them all, the beginning of time.
fn begins(rows: &[PlacedRow]) -> BTreeSet<NaiveDate> {
    let of = |row: &Row| [row.valid_from, row.valid_to.and_then(|to| to.succ_opt())];
    rows.iter().filter_map(|placed| placed.row.as_ref()).flat_map(of).flatten().chain([NaiveDate::MIN]).collect()
}

fn on<'r>(rows: &'r [PlacedRow], figure: &str, day: NaiveDate) -> Option<(&'r PlacedRow, &'r Row)> {
    in_force(rows, day).find(|(placed, _)| placed.figure == figure)
}

fn in_force(rows: &[PlacedRow], day: NaiveDate) -> impl Iterator<Item = (&PlacedRow, &Row)> {
    rows.iter().filter_map(move |placed| Some((placed, placed.row.as_ref().filter(|row| row.in_force(day))?)))
}

/// A figure that is not known, or a value that is none of its.
fn misfit(placed: &PlacedRow) -> Option<RowFault> {
    let nothing = toml::Value::Boolean(false);
    let value = placed.row.as_ref().map_or(&nothing, |row| &row.value);
    match Figures::fit(&placed.figure, value) {
        None if placed.figure.is_empty() => None, // the reading has said so
        None => {
            let near = nearest(&placed.figure);
            Some(
                placed.fault(
                    "figure",
                    format!("there is no such figure. Correct its name (is {near} meant?), or take the row out."),
                ),
            )
        }
        Some(fit) if !fit.fits && placed.row.is_some() => {
            Some(placed.fault("value", format!("the value {value} does not fit. Write {}.", fit.wanted)))
        }
        Some(_) => None,
    }
}

/// The figure whose name begins and ends most like a name.
fn nearest(name: &str) -> &'static str {
    let same = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| {
        one.zip(other).take_while(|(a, b)| a == b).count()
    };
    let alike =
        |known: &&&str| same(&mut known.chars(), &mut name.chars()) + same(&mut known.chars().rev(), &mut name.chars().rev());
    Figures::NAMES.iter().max_by_key(alike).copied().unwrap_or_default()
}

/// Days on which a figure has two rows, or none.
fn in_time(mut rows: Vec<(&PlacedRow, &Row)>) -> Vec<RowFault> {
    // What a row's own dates contradict has been said already.
    rows.retain(|(_, row)| row.valid_from.zip(row.valid_to).is_none_or(|(from, to)| from <= to));
    rows.sort_by_key(|(placed, row)| (row.valid_from, placed.line));
    let mut faults = Vec::new();
    let mut before: Option<(&PlacedRow, Option<NaiveDate>)> = None;
    for (placed, row) in rows {
        match (before, row.valid_from) {
            (None, Some(from)) => faults.push(placed.fault(
                "valid_from",
                format!("no row is in force before {from}. Leave out valid_from, or add an older row that ends the day before."),
            )),
            (None, None) => {}
            (Some((older, reach)), from) if reach.is_none_or(|reach| from.is_none_or(|from| from <= reach)) => {
                let day = from.map_or_else(|| "at once".to_owned(), |from| format!("on {from}"));
                let remedy = from.and_then(|from| from.pred_opt()).map_or_else(
                    || "Take one out, or date both: valid_to on the older, valid_from the day after on the newer.".to_owned(),
                    |eve| format!("End the older one with valid_to = \"{eve}\", or begin this one later."),
                );
                faults.push(placed.fault(
                    "valid_from",
                    format!("two rows are in force {day}, this one and the one of line {}. {remedy}", older.line),
                ));
            }
            (Some((older, Some(reach))), Some(from)) if reach.succ_opt() != Some(from) => {
                faults.push(gap(older, reach, Some(from)))
            }
            (Some(_), _) => {}
        }
        // The row that reaches furthest so far.
        before = match before {
            Some((older, None)) => Some((older, None)),
            Some((older, Some(reach))) if row.valid_to.is_some_and(|to| to < reach) => Some((older, Some(reach))),
            _ => Some((placed, row.valid_to)),
        };
    }
    if let Some((last, Some(reach))) = before {
        faults.push(gap(last, reach, None));
    }
    faults
}

fn gap(older: &PlacedRow, reach: NaiveDate, next: Option<NaiveDate>) -> RowFault {
    let from = reach.succ_opt().unwrap_or(reach);
    let (until, remedy) = match next.and_then(|next| next.pred_opt()) {
        Some(last) => (format!(" to {last}"), "end this one later"),
        None => (String::new(), "leave out valid_to"),
    };
    older
        .fault("valid_to", format!("no row is in force from {from}{until}. Add a row with valid_from = \"{from}\", or {remedy}."))
}

/// Target groups that a row names and that are not in force, and those that no limit in time binds.
fn groups(rows: &[PlacedRow], figures: &Figures, day: NaiveDate) -> Vec<RowFault> {
    let known: Vec<&TargetGroup> = figures.target_groups.iter().map(|known| &known.group).collect();
    let when = if day == NaiveDate::MIN { "at first".to_owned() } else { format!("on {day}") };
    let list = |groups: &[&TargetGroup]| groups.iter().map(|group| group.as_str()).collect::<Vec<_>>().join(", ");
    let mut faults = Vec::new();
    let mut unknown = |placed: &PlacedRow, field: &str, named: &[TargetGroup]| {
        let strange: Vec<&TargetGroup> = named.iter().filter(|group| !known.contains(group)).collect();
        if !strange.is_empty() {
            let text = format!(
                "target group {} is not in force {when}. Those that are: {}. Correct it, or end this row with valid_to.",
                list(&strange),
                list(&known)
            );
            faults.push(placed.fault(field, text));
        }
    };
    for (placed, row) in in_force(rows, day) {
        unknown(placed, "target_groups", &row.target_groups);
        if LISTS_OF_GROUPS.contains(&placed.figure.as_str()) {
            unknown(placed, "value", &Vec::of(&row.value).unwrap_or_default());
        }
    }
    if let Some((set, _)) = on(rows, "target_groups", day) {
        let mut seen = BTreeSet::new();
        let twice: Vec<&TargetGroup> = known.iter().copied().filter(|group| !seen.insert(group.as_str())).collect();
        if !twice.is_empty() {
            faults.push(set.fault("value", format!("target group {} is there twice. Take one out.", list(&twice))));
        }
    }
    if let (Some((_, ready)), Some((placed, others))) = (on(rows, "job_ready_days", day), on(rows, "first_booking_days", day)) {
        // A group that is job-ready only by mark needs both: the citizen without a mark is one of the others.
        let limited = |group: &&&TargetGroup| {
            others.names(group) || (ready.names(group) && !figures.job_ready_if_marked_groups.contains(group))
        };
        let free: Vec<&TargetGroup> = known.iter().filter(|group| !limited(group)).copied().collect();
        if !free.is_empty() {
            let text = format!(
                "target group {} has no longest stay {when}: neither this row nor job_ready_days binds everybody in it. Add it to target_groups here.",
                list(&free)
            );
            faults.push(placed.fault("target_groups", text));
        }
    }
    faults
}
