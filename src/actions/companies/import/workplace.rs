//! Compares what a row says of a workplace with what is here, and tells what changed.

use crate::{
    actions::companies::{
        import::{
            batch::{Batch, Kept},
            workplace_row::{place, say},
        },
        workplaces::new_row,
    },
    domain::{
        import::{Came, Changed, Column, Difference, Staffing, WorkplaceSaid},
        values::register::trade_of,
    },
    store::schema::{CompanyRow, StaffRow, WorkplaceRow},
};
use chrono::NaiveDate;
use std::cmp::Ordering;

impl<'a> Batch<'a> {
    /// A workplace that is here, or that a row brings.
    pub(super) fn workplace(&mut self, cvr: &str, said: &WorkplaceSaid, counted: bool) {
        let Some(company) = self.companies.get(cvr) else { return };
        let number = said.p_number.as_str();
        if !self.workplaces.contains_key(number) {
            if self.is_over(said.life) {
                self.brought.left_out += 1;
                return;
            }
            let new = self.new_workplace(&company.row, said);
            self.workplaces.insert(number.to_owned(), Kept { row: new, stood: false, touched: false, told: false });
        }
        // Taken out while it is compared: the comparison changes the batch beside it.
        let Some(mut kept) = self.workplaces.remove(number) else { return };
        let before = Before::of(&kept.row);
        let mut found = self.compare_workplace(&mut kept, cvr, said);
        let months = self.compare_staff(&kept.row, said);
        if kept.stood && kept.row.known && (months.newest.is_some() || !found.is_empty()) {
            self.looks.push(kept.row.id.clone());
            kept.row.look_on = Some(self.context.at.today);
        }
        kept.touched |= !found.is_empty();
        if found.iter().any(|difference| matches!(difference.column, Column::WorkplaceName | Column::Cvr)) {
            self.renamed_workplaces.insert(number.to_owned());
        }
        if kept.row.placed_by.is_none() {
            self.brought.unplaced += 1;
        }
        if kept.stood && !counted {
            self.tell_changes(&kept.row, cvr, &before, &months, std::mem::take(&mut found));
        } else if !kept.stood && !counted && !kept.told {
            kept.told = true;
            self.brought.workplaces.new += 1;
            self.brought.new_workplaces.push(number.to_owned());
            self.brought.changes.push(workplace_came(Came::NewWorkplace, &kept.row, cvr, Vec::new()));
        }
        self.workplaces.insert(number.to_owned(), kept);
    }

    /// What the row says of the workplace itself, put over what stands there; the differences.
    fn compare_workplace(&mut self, kept: &mut Kept<WorkplaceRow>, cvr: &str, said: &WorkplaceSaid) -> Vec<Difference> {
        let mut found = Vec::new();
        let Some(company) = self.companies.get(cvr).map(|company| &company.row) else { return found };
        let row = &mut kept.row;
        let moved = row.company_id != company.id && !said.in_passing;
        if moved {
            let before = self.cvrs.get(&row.company_id).cloned().unwrap_or_default();
            found.push(Difference { column: Column::Cvr, before, after: cvr.to_owned() });
            row.company_id.clone_from(&company.id);
        }
        say(row, said, &mut found);
        place(row, said, self.context.tenant.municipality(), &self.middles, &mut found);
        if row.company_id == company.id {
            row.trade = row.industry.as_deref().or(company.industry.as_deref()).map(trade_of);
        }
        if kept.stood && moved {
            self.moved.push(row.clone());
        }
        found
    }

    /// The full-time posts by month that the row says.
    fn compare_staff(&mut self, row: &WorkplaceRow, said: &WorkplaceSaid) -> Months {
        let months = self.staff.range((row.id.clone(), NaiveDate::MIN)..=(row.id.clone(), NaiveDate::MAX));
        let latest = months.last().map(|(_, held)| (held.month, held.hundredths));
        let mut newest = None;
        for (month, figure) in &said.full_time {
            let key = (row.id.clone(), *month);
            let new = StaffRow {
                workplace_id: row.id.clone(),
                month: *month,
                municipality: row.municipality.clone(),
                hundredths: figure.hundredths(),
                given_here: false,
            };
            match self.staff.get(&key) {
                // What the employer has said here stands.
                Some(held) if held.given_here || held.hundredths == new.hundredths || said.in_passing => continue,
                Some(_) => self.changed_staff.push(new.clone()),
                None => self.new_staff.push(new.clone()),
            }
            newest = Some((new.month, new.hundredths));
            self.staff.insert(key, new);
        }
        Months { latest, newest }
    }

    /// Counts and tells what changed of a workplace that was here.
    fn tell_changes(&mut self, row: &WorkplaceRow, cvr: &str, before: &Before, months: &Months, found: Vec<Difference>) {
        if !found.is_empty() {
            let closes = before.open && row.closed_on.is_some();
            let (count, what) = if closes {
                (&mut self.brought.workplaces.closed, Came::WorkplaceClosed)
            } else {
                (&mut self.brought.workplaces.changed, Came::WorkplaceChanged)
            };
            *count += 1;
            self.brought.changes.push(workplace_came(what, row, cvr, found));
        } else if months.newest.is_some() {
            self.brought.workplaces.changed += 1;
        } else {
            self.brought.workplaces.unchanged += 1;
        }
        let Some((direction, difference)) = staff_went(row, before, months) else { return };
        match direction {
            Ordering::Greater => {
                self.brought.staff_up += 1;
                self.brought.changes.push(workplace_came(Came::StaffUp, row, cvr, vec![difference]));
            }
            Ordering::Less => {
                self.brought.staff_down += 1;
                self.brought.changes.push(workplace_came(Came::StaffDown, row, cvr, vec![difference]));
            }
            Ordering::Equal => {}
        }
    }

    fn new_workplace(&self, company: &CompanyRow, said: &WorkplaceSaid) -> WorkplaceRow {
        let name = said.name.as_ref().map_or_else(|| company.name.clone(), ToString::to_string);
        new_row(self.context, company, &said.p_number, name)
    }
}

/// What stood of a workplace before a row was compared with it.
struct Before {
    open: bool,
    staff: (Option<i32>, Option<i32>),
}

impl Before {
    fn of(row: &WorkplaceRow) -> Self {
        Self { open: row.closed_on.is_none(), staff: (row.staff_low, row.staff_high) }
    }
}

/// Full-time posts in hundredths: the latest that stood, and the newest that a row brings.
struct Months {
    latest: Option<(NaiveDate, i64)>,
    newest: Option<(NaiveDate, i64)>,
}

fn workplace_came(came: Came, row: &WorkplaceRow, cvr: &str, fields: Vec<Difference>) -> Changed {
    Changed { came, cvr: cvr.to_owned(), p_number: Some(row.p_number.clone()), name: row.name.clone(), fields }
}

/// Which way staff went and from what to what: by the count where it is known, otherwise by full-time posts.
fn staff_went(row: &WorkplaceRow, before: &Before, months: &Months) -> Option<(Ordering, Difference)> {
    let now = (row.staff_low, row.staff_high);
    if let Some(direction) = compare(before.staff, now) {
        let shown = |staff: (Option<i32>, Option<i32>)| Staffing::shown(staff.0, staff.1);
        return Some((direction, Difference { column: Column::Staff, before: shown(before.staff), after: shown(now) }));
    }
    let ((newest, now), (latest, before)) = months.newest.zip(months.latest)?;
    let posts = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let difference = Difference { column: Column::FullTime, before: posts(before), after: posts(now) };
    (newest >= latest).then(|| (now.cmp(&before), difference))
}

/// Which way staff went, where both are known and differ.
fn compare(before: (Option<i32>, Option<i32>), now: (Option<i32>, Option<i32>)) -> Option<Ordering> {
    let ends = |(low, high): (Option<i32>, Option<i32>)| low.map(|low| (low, high.unwrap_or(i32::MAX)));
    let (before, now) = (ends(before)?, ends(now)?);
    (before != now).then(|| now.cmp(&before))
}
