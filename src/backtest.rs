//! Backtest: plays the database's own history under a changed rulebook and shows, rule by rule, what would have been refused,
//! asked or flagged, and what no longer, so that a change can be tried before it is made law.
//!
//! Promise: nothing is written; both books are asked by the same pure rules about the same facts, so that a difference comes
//! from the books alone. What `domain::rules::as_of` says is not kept with its day is taken as it stands now. What was refused
//! in its time left no trace, so it cannot come back as *no longer refused*.

use crate::{
    app::App,
    domain::{
        companies::workplace::Workplace,
        internships::{alignment::Version, course::Course, internship::Internship},
        people::tenant::Tenant,
        rules::{
            backtest::{Raised, answers_then, flags_raised, flags_raised_at},
            flags::Subject,
            rulebook::Rulebook,
        },
        values::{
            day::Period,
            ids::{CitizenId, WorkplaceId},
        },
    },
    jobs::Progress,
    store::{Conn, StoreError, corrections, courses, system::every, workplaces},
};
use chrono::NaiveDate;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// So many citizens or workplaces are found at a time.
const BATCH: i64 = 200;

/// A case that a rule speaks of under one book only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BacktestCase {
    /// Reference of the internship or citizen, or the P-number: no name.
    pub case: String,
    pub on: NaiveDate,
    /// What exactly: the version, or the flag's level.
    pub what: String,
}

/// What a changed book changes for one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// How often it speaks under the book in use.
    pub before: usize,
    /// … under the changed one.
    pub after: usize,
    pub newly: Vec<BacktestCase>,
    pub no_longer: Vec<BacktestCase>,
}

/// Everything, by kind (`refused`, `asked`, `flagged`) and rule.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BacktestReport {
    pub rulebook_before: String,
    pub rulebook_after: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub courses: usize,
    pub workplaces: usize,
    pub versions: usize,
    pub refused: BTreeMap<String, RuleChange>,
    pub asked: BTreeMap<String, RuleChange>,
    pub flagged: BTreeMap<String, RuleChange>,
}

struct Books {
    before: Rulebook,
    after: Rulebook,
    within: Period,
}

/// Plays the history of all municipalities in the database.
///
/// # Errors
/// A failure of the database.
pub async fn backtest(app: &App, after: Rulebook, within: Period, progress: Progress<'_>) -> Result<BacktestReport, StoreError> {
    let books = Arc::new(Books { before: app.services.book.clone(), after, within });
    let mut report = BacktestReport {
        rulebook_before: books.before.version.clone(),
        rulebook_after: books.after.version.clone(),
        from: Some(within.first),
        to: Some(within.last),
        ..BacktestReport::default()
    };
    let count = |conn: &mut Conn| Ok::<_, StoreError>(every::count_citizens(conn)? + every::count_workplaces(conn)?);
    let total = u64::try_from(app.db.read(count).await?).unwrap_or_default();
    let mut done = 0;
    for what in [What::Courses, What::Workplaces] {
        let mut after = String::new();
        loop {
            let from = after.clone();
            let batch = app.db.read(move |conn: &mut Conn| what.batch(conn, &from)).await?;
            let Some((_, last)) = batch.last() else { break };
            last.as_str().clone_into(&mut after);
            for (tenant, about) in batch {
                let (services, books) = (app.services.clone(), Arc::clone(&books));
                let part = match about {
                    About::Citizen(id) => {
                        app.db.read(move |conn: &mut Conn| of_course(conn, &services.keys, &tenant, &id, &books)).await?
                    }
                    About::Workplace(id) => {
                        app.db.read(move |conn: &mut Conn| of_workplace(conn, &services.keys, &tenant, &id, &books)).await?
                    }
                };
                report.add(part);
                done += 1;
                progress(done, total);
            }
        }
    }
    Ok(report)
}

/// Whose history it is.
enum About {
    Citizen(CitizenId),
    Workplace(WorkplaceId),
}

impl About {
    fn as_str(&self) -> &str {
        match self {
            Self::Citizen(id) => id.as_str(),
            Self::Workplace(id) => id.as_str(),
        }
    }
}

#[derive(Clone, Copy)]
enum What {
    Courses,
    Workplaces,
}

impl What {
    fn batch(self, conn: &mut Conn, after: &str) -> Result<Vec<(Tenant, About)>, StoreError> {
        fn about<I>(found: Vec<(Tenant, I)>, of: fn(I) -> About) -> Vec<(Tenant, About)> {
            found.into_iter().map(|(tenant, id)| (tenant, of(id))).collect()
        }
        Ok(match self {
            Self::Courses => about(every::citizens(conn, after, BATCH)?, About::Citizen),
            Self::Workplaces => about(every::workplaces(conn, after, BATCH)?, About::Workplace),
        })
    }
}

fn of_course(
    conn: &mut Conn,
    keys: &crate::crypto::Keys,
    tenant: &Tenant,
    id: &CitizenId,
    books: &Books,
) -> Result<BacktestReport, StoreError> {
    let Some(mut course) = courses::load(conn, keys, tenant, id)? else { return Ok(BacktestReport::default()) };
    course.undone = corrections::undone(conn, keys, tenant, id)?;
    let mut report = BacktestReport { courses: 1, ..BacktestReport::default() };
    for (internship, version) in versions(&course, books.within) {
        let place = &version.terms.place.workplace;
        let figures = books.before.on(version.made_on);
        let Some(workplace) = workplaces::load(conn, keys, tenant, place, figures, version.made_on)? else { continue };
        report.versions += 1;
        judge(&mut report, &course, internship, version, &workplace, books);
    }
    let name = |subject: &str| match Subject::parse(subject) {
        Some(Subject::Internship(id)) => course.internship(&id).map(|own| own.reference.clone()),
        _ => None,
    };
    let name = |subject: &str| name(subject).unwrap_or_else(|| course.citizen.reference.clone());
    let raised = |book| flags_raised(&course, book, books.within);
    compare_flags(&mut report, &raised(&books.before), &raised(&books.after), name);
    Ok(report)
}

fn of_workplace(
    conn: &mut Conn,
    keys: &crate::crypto::Keys,
    tenant: &Tenant,
    id: &WorkplaceId,
    books: &Books,
) -> Result<BacktestReport, StoreError> {
    let figures = books.before.on(books.within.last);
    let Some(workplace) = workplaces::load(conn, keys, tenant, id, figures, books.within.first)? else {
        return Ok(BacktestReport::default());
    };
    let mut report = BacktestReport { workplaces: 1, ..BacktestReport::default() };
    let raised = |book| flags_raised_at(&workplace, book, books.within);
    compare_flags(&mut report, &raised(&books.before), &raised(&books.after), |_| format!("P {}", workplace.p_number));
    Ok(report)
}

fn versions(course: &Course, within: Period) -> impl Iterator<Item = (&Internship, &Version)> {
    let all = course.internships.iter().flat_map(|internship| internship.versions().map(move |version| (internship, version)));
    all.filter(move |(_, version)| within.holds(version.made_on))
}

fn judge(
    report: &mut BacktestReport,
    course: &Course,
    internship: &Internship,
    version: &Version,
    workplace: &Workplace,
    books: &Books,
) {
    let case = BacktestCase {
        case: internship.reference.clone(),
        on: version.made_on,
        what: format!("{} (version {})", version.cause.label().en, version.number),
    };
    let answers = [&books.before, &books.after].map(|book| answers_then(course, internship, version, workplace, book));
    let [stopped_before, stopped_after] = answers.each_ref().map(|answers| {
        answers.stops.iter().filter(|stop| stop.ask_of.is_none()).map(|stop| stop.rule.to_string()).collect::<BTreeSet<_>>()
    });
    let [asked_before, asked_after] = answers.each_ref().map(|answers| {
        let open = answers.stops.iter().filter(|stop| stop.ask_of.is_some()).map(|stop| stop.rule.to_string());
        open.chain(answers.asked.iter().map(|asked| asked.rule.to_string())).collect::<BTreeSet<_>>()
    });
    compare(&mut report.refused, &stopped_before, &stopped_after, &case);
    compare(&mut report.asked, &asked_before, &asked_after, &case);
}

fn compare(into: &mut BTreeMap<String, RuleChange>, before: &BTreeSet<String>, after: &BTreeSet<String>, case: &BacktestCase) {
    for rule in before.union(after) {
        let change = into.entry(rule.clone()).or_default();
        let (was, is) = (before.contains(rule), after.contains(rule));
        change.before += usize::from(was);
        change.after += usize::from(is);
        match (was, is) {
            (false, true) => change.newly.push(case.clone()),
            (true, false) => change.no_longer.push(case.clone()),
            _ => {}
        }
    }
}

fn compare_flags(report: &mut BacktestReport, before: &Raised, after: &Raised, name: impl Fn(&str) -> String) {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (rule, subject, _, level) = key;
        let change = report.flagged.entry(rule.to_string()).or_default();
        let (was, is) = (before.get(key), after.get(key));
        change.before += usize::from(was.is_some());
        change.after += usize::from(is.is_some());
        let case = |on: &NaiveDate| BacktestCase { case: name(subject), on: *on, what: level.label().en };
        match (was, is) {
            (None, Some(on)) => change.newly.push(case(on)),
            (Some(on), None) => change.no_longer.push(case(on)),
            _ => {}
        }
    }
}

impl BacktestReport {
    fn add(&mut self, part: Self) {
        self.courses += part.courses;
        self.workplaces += part.workplaces;
        self.versions += part.versions;
        for (own, theirs) in [(&mut self.refused, part.refused), (&mut self.asked, part.asked), (&mut self.flagged, part.flagged)]
        {
            for (rule, change) in theirs {
                let sum = own.entry(rule).or_default();
                sum.before += change.before;
                sum.after += change.after;
                sum.newly.extend(change.newly);
                sum.no_longer.extend(change.no_longer);
            }
        }
    }

    /// As people read it: a line a rule, and below it the cases that differ.
    pub fn print(&self) -> String {
        let mut text = format!(
            "{} courses, {} workplaces, {} versions; rulebook {} against {}\n\n{:<10} {:<32} {:>8} {:>8} {:>8} {:>10}\n",
            self.courses,
            self.workplaces,
            self.versions,
            self.rulebook_before,
            self.rulebook_after,
            "",
            "rule",
            "in use",
            "changed",
            "newly",
            "no longer"
        );
        let mut cases = String::new();
        for (kind, rules) in [("refused", &self.refused), ("asked", &self.asked), ("flagged", &self.flagged)] {
            for (rule, change) in rules {
                let (newly, no_longer) = (change.newly.len(), change.no_longer.len());
                text += &format!("{kind:<10} {rule:<32} {:>8} {:>8} {newly:>8} {no_longer:>10}\n", change.before, change.after);
                for (sign, list) in [('+', &change.newly), ('-', &change.no_longer)] {
                    for case in list {
                        cases += &format!("{sign} {} {kind} {rule}: {}, {}\n", case.on, case.case, case.what);
                    }
                }
            }
        }
        if cases.is_empty() { text + "\nNothing would be different.\n" } else { format!("{text}\n{cases}") }
    }
}
