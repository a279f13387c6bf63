//! Counts the letters that were sent in a period, and the lines that they carried.

use crate::{
    domain::{
        people::tenant::Tenant,
        rules::flags::{Audience, Level},
        values::{copenhagen::at, day::Period, working_days::is_working_day},
    },
    replay::{
        diary::EntryKind,
        played::Played,
        summary::counted::{LoadRow, RoleLoad, Summary},
    },
    store::{
        Conn, StoreError, flags,
        internships::{self, InternshipFilter},
        letters::{self, LetterFilter, LetterStanding},
        schema::InternshipRow,
    },
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// More mails than these a day are told apart.
const ENOUGH: usize = 2;

/// The mails of a role: how many each person got on each day.
#[derive(Default)]
struct Mails {
    days: BTreeMap<(String, NaiveDate), usize>,
    lines: usize,
}

/// Counts what was sent on the days of a period.
///
/// # Errors
/// A failure of the database.
pub fn summarise(conn: &mut Conn, tenant: &Tenant, period: Period) -> Result<Summary, StoreError> {
    let all = i64::from(i32::MAX);
    let sent = LetterFilter { standing: Some(LetterStanding::Sent), within: None };
    let mut roles: BTreeMap<Audience, Mails> = BTreeMap::new();
    let mut rows: BTreeMap<(Audience, Option<Level>, String), LoadRow> = BTreeMap::new();
    for letter in letters::page(conn, tenant, &sent, "", all)? {
        let Some(day) = letter.sent_at.map(|sent| at(sent.and_utc()).today).filter(|day| period.holds(*day)) else { continue };
        let role = role(letter.audience);
        let carried = flags::carried(conn, tenant, &letter.id)?;
        let mails = roles.entry(role).or_default();
        // One hash an address.
        *mails.days.entry((letter.recipient_hash.unwrap_or_default(), day)).or_default() += 1;
        mails.lines += carried.len();
        let mut add = |what: &str, said: String, level: Option<Level>, line: usize, mail: usize| {
            let row = rows.entry((role, level, what.to_owned())).or_insert_with(|| LoadRow {
                role,
                what: what.to_owned(),
                said,
                level,
                lines: 0,
                mails: 0,
            });
            row.lines += line;
            row.mails += mail;
        };
        if carried.is_empty() {
            add(letter.kind.code(), letter.kind.label().da, None, 0, 1);
        }
        let mut kinds = BTreeSet::new();
        for (line, flag) in carried {
            let first = kinds.insert((flag.rule, line.level));
            add(flag.rule.as_str(), flag.rule.to_string(), Some(line.level), 1, usize::from(first));
        }
    }
    let (running_on_average, running_at_most) = running(conn, tenant, period)?;
    Ok(Summary {
        from: period.first,
        to: period.last,
        running_on_average,
        running_at_most,
        roles: roles.into_iter().map(|(role, mails)| load(role, &mails, period)).collect(),
        rows: in_order(rows.into_values().collect()),
        refused: BTreeMap::new(),
    })
}

/// Who was the consultant until now is a consultant.
fn role(audience: Audience) -> Audience {
    if audience == Audience::FormerConsultant { Audience::Consultant } else { audience }
}

fn load(role: Audience, mails: &Mails, period: Period) -> RoleLoad {
    let persons: BTreeSet<&str> = mails.days.keys().map(|(person, _)| person.as_str()).collect();
    let all = mails.days.values().sum();
    let weeks = |count: usize| rounded(number(count) * 7.0 / number(persons.len()) / days(period));
    RoleLoad {
        role,
        persons: persons.len(),
        mails: all,
        most_mails_on_one_day: mails.days.values().copied().max().unwrap_or_default(),
        days_with_more_than_two: mails.days.values().filter(|count| **count > ENOUGH).count(),
        mails_on_days_off: mails.days.iter().filter(|((_, day), _)| !is_working_day(*day)).map(|(_, count)| count).sum(),
        lines: mails.lines,
        lines_per_person_and_week: weeks(mails.lines),
        mails_per_person_and_week: weeks(all),
    }
}

/// By role, those that cost most first.
fn in_order(mut rows: Vec<LoadRow>) -> Vec<LoadRow> {
    rows.sort_by(|one, other| {
        let cost = |row: &LoadRow| std::cmp::Reverse((row.lines.max(row.mails), row.mails));
        (one.role, cost(one), &one.what).cmp(&(other.role, cost(other), &other.what))
    });
    rows
}

/// How many internships ran on a day of the period: on average, and at most.
fn running(conn: &mut Conn, tenant: &Tenant, period: Period) -> Result<(f64, usize), StoreError> {
    let there = internships::page(conn, tenant, &InternshipFilter::default(), "", i64::from(i32::MAX))?;
    let runs = |row: &&InternshipRow, day: NaiveDate| {
        row.started_on.is_some_and(|first| first <= day) && row.last_day.is_none_or(|last| day <= last)
    };
    let each_day = period.first.iter_days().take_while(|day| *day <= period.last);
    let counts: Vec<usize> = each_day.map(|day| there.iter().filter(|row| runs(row, day)).count()).collect();
    Ok((rounded(number(counts.iter().sum()) / days(period)), counts.into_iter().max().unwrap_or_default()))
}

fn days(period: Period) -> f64 {
    u32::try_from(period.days()).map_or(1.0, f64::from)
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// Answers that refused or asked, by rule.
pub fn refused(played: &[Played]) -> BTreeMap<String, usize> {
    let mut refused = BTreeMap::new();
    for entry in played.iter().flat_map(|case| &case.diary) {
        if matches!(entry.what, EntryKind::Refused | EntryKind::Asked) && !entry.dry_run {
            *refused.entry(entry.rule.clone().unwrap_or_default()).or_default() += 1;
        }
    }
    refused
}
