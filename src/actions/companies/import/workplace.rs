//! Compares what a row says of a workplace with what is here.

use crate::{
    actions::companies::{
        import::{
            batch::{Batch, Kept},
            difference::{put, put_industry, shown, text},
        },
        places::{most_exact, stand},
    },
    domain::{
        import::{Came, Changed, Column, Difference, Staffing, WorkplaceSaid},
        matching::Standing,
        values::{
            geo::Point,
            ids::WorkplaceId,
            register::{Municipality, trade_of},
        },
    },
    store::schema::{CompanyRow, StaffRow, WorkplaceRow},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl<'a> Batch<'a> {
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
        let company = (company.row.id.clone(), company.row.industry.clone(), company.row.name.clone());
        let Some(kept) = self.workplaces.get_mut(number) else { return };
        let found = &mut Vec::new();
        let row = &mut kept.row;
        let was_open = row.closed_on.is_none();
        let staff = (row.staff_low, row.staff_high);
        let moved = row.company_id != company.0 && !said.in_passing;
        if moved {
            let before = self.cvrs.get(&row.company_id).cloned().unwrap_or_default();
            found.push(Difference { column: Column::Cvr, before, after: cvr.to_owned() });
            row.company_id.clone_from(&company.0);
        }
        say(row, said, found);
        place(row, said, self.context.tenant.municipality(), &self.middles, found);
        if row.company_id == company.0 {
            row.trade = row.industry.as_deref().or(company.1.as_deref()).map(trade_of);
        }
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
        if kept.stood && moved {
            self.moved.push(row.clone());
        }
        if kept.stood && row.known && (newest.is_some() || !found.is_empty()) {
            self.looks.push(row.id.clone());
            row.look_on = Some(self.context.at.today);
        }
        let touched = !found.is_empty();
        kept.touched |= touched;
        if found.iter().any(|difference| matches!(difference.column, Column::WorkplaceName | Column::Cvr)) {
            self.renamed_workplaces.insert(number.to_owned());
        }
        if row.placed_by.is_none() {
            self.brought.unplaced += 1;
        }
        let came = |came, fields| Changed {
            came,
            cvr: cvr.to_owned(),
            p_number: Some(number.to_owned()),
            name: row.name.clone(),
            fields,
        };
        if !kept.stood {
            if !counted && !kept.told {
                kept.told = true;
                self.brought.workplaces.new += 1;
                self.brought.new_workplaces.push(number.to_owned());
                self.brought.changes.push(came(Came::NewWorkplace, Vec::new()));
            }
            return;
        }
        if counted {
            return;
        }
        let later = newest.zip(latest).filter(|(now, before)| now.0 >= before.0);
        let by_months = later.map(|((_, now), (_, before))| (now.cmp(&before), before, now));
        let by_count = compare(staff, (row.staff_low, row.staff_high));
        let direction = by_count.or(by_months.map(|(order, ..)| order));
        if touched {
            let closes = was_open && row.closed_on.is_some();
            let (count, what) = if closes {
                (&mut self.brought.workplaces.closed, Came::WorkplaceClosed)
            } else {
                (&mut self.brought.workplaces.changed, Came::WorkplaceChanged)
            };
            *count += 1;
            self.brought.changes.push(came(what, std::mem::take(found)));
        } else if newest.is_some() {
            self.brought.workplaces.changed += 1;
        } else {
            self.brought.workplaces.unchanged += 1;
        }
        let posts = |hundredths: i64| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let difference = match by_months {
            _ if by_count.is_some() => Difference {
                column: Column::Staff,
                before: Staffing::shown(staff.0, staff.1),
                after: Staffing::shown(row.staff_low, row.staff_high),
            },
            Some((_, before, now)) => Difference { column: Column::FullTime, before: posts(before), after: posts(now) },
            None => return,
        };
        match direction {
            Some(std::cmp::Ordering::Greater) => {
                self.brought.staff_up += 1;
                self.brought.changes.push(came(Came::StaffUp, vec![difference]));
            }
            Some(std::cmp::Ordering::Less) => {
                self.brought.staff_down += 1;
                self.brought.changes.push(came(Came::StaffDown, vec![difference]));
            }
            _ => {}
        }
    }

    fn new_workplace(&self, company: &CompanyRow, said: &WorkplaceSaid) -> WorkplaceRow {
        WorkplaceRow {
            id: WorkplaceId::new(self.context.at).to_string(),
            municipality: company.municipality.clone(),
            company_id: company.id.clone(),
            p_number: said.p_number.as_str().into(),
            name: said.name.as_ref().map_or_else(|| company.name.clone(), ToString::to_string),
            address: None,
            foresees_vacancy: None,
            asked_on: None,
            revision: 1,
            look_on: None,
            industry: None,
            industry_scheme: None,
            trade: None,
            lies_in: None,
            postcode: None,
            city: None,
            latitude: None,
            longitude: None,
            placed_by: None,
            cell: None,
            staff_low: None,
            staff_high: None,
            closed_on: None,
            known: false,
            placed_here: false,
            standing: Standing::of_nobody().code(),
        }
    }
}

/// Which way staff went, where both are known and differ.
fn compare(before: (Option<i32>, Option<i32>), now: (Option<i32>, Option<i32>)) -> Option<std::cmp::Ordering> {
    let ends = |(low, high): (Option<i32>, Option<i32>)| low.map(|low| (low, high.unwrap_or(i32::MAX)));
    let (before, now) = (ends(before)?, ends(now)?);
    (before != now).then(|| now.cmp(&before))
}

/// What a row says of a workplace but for where it lies.
fn say(row: &mut WorkplaceRow, said: &WorkplaceSaid, found: &mut Vec<Difference>) {
    // What is told in passing fills in what is not known.
    let may = |known: bool| !said.in_passing || !known;
    if let Some(name) = said.name.as_ref().filter(|_| may(true)) {
        put(&mut row.name, name.to_string(), Column::WorkplaceName, Clone::clone, found);
    }
    if let Some(address) = said.address.as_ref().filter(|_| may(row.address.is_some())) {
        put(&mut row.address, text(address.as_str()), Column::Address, shown, found);
    }
    if let Some(industry) = said.industry.as_ref().filter(|_| may(row.industry.is_some())) {
        put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::Industry, found);
    }
    if let Some(life) = said.life.filter(|_| !said.in_passing) {
        put(&mut row.closed_on, life.closed_on(), Column::Closed, shown, found);
    }
    if let Some(staff) = said.staff.filter(|_| may(row.staff_low.is_some())) {
        let mut held = (row.staff_low, row.staff_high);
        put(&mut held, (Some(staff.low), staff.high), Column::Staff, |held| Staffing::shown(held.0, held.1), found);
        (row.staff_low, row.staff_high) = held;
    }
}

/// Where a row says that a workplace lies. Coordinates corrected here stay; coordinates of an earlier import stay while the
/// workplace lies in the same postcode and municipality.
fn place(
    row: &mut WorkplaceRow,
    said: &WorkplaceSaid,
    own: &Municipality,
    middles: &BTreeMap<String, Point>,
    found: &mut Vec<Difference>,
) {
    let nowhere = row.lies_in.is_none() && row.postcode.is_none() && row.placed_by.is_none();
    if said.in_passing && !nowhere {
        return;
    }
    let before = (row.lies_in.clone(), row.postcode.clone());
    let says_nothing = said.municipality.is_none() && said.postcode.is_none() && said.coordinates.is_none();
    let lies_in = said.municipality.as_ref().or(Some(own).filter(|_| nowhere && says_nothing));
    if let Some(lies_in) = lies_in {
        put(&mut row.lies_in, text(lies_in.as_str()), Column::Municipality, shown, found);
    }
    if let Some(postcode) = &said.postcode {
        put(&mut row.postcode, text(postcode.as_str()), Column::Postcode, shown, found);
    }
    if let Some(city) = &said.city {
        put(&mut row.city, text(city.as_str()), Column::City, shown, found);
    }
    let same = before == (row.lies_in.clone(), row.postcode.clone());
    if row.placed_here || (said.coordinates.is_none() && same && row.placed_by.is_some()) {
        return;
    }
    let middle = row.postcode.as_ref().and_then(|postcode| middles.get(postcode).copied());
    let lies_in = row.lies_in.as_deref().and_then(Municipality::parse);
    let placed = most_exact(said.coordinates, middle, lies_in.as_ref());
    let held = (row.latitude, row.longitude, row.placed_by.clone());
    stand(row, placed);
    let words = |(latitude, longitude, by): &(Option<i32>, Option<i32>, Option<String>)| {
        let degrees = |millionths: Option<i32>| millionths.map(|value| crate::domain::values::geo::degrees(value).to_string());
        [degrees(*latitude), degrees(*longitude), by.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let now = (row.latitude, row.longitude, row.placed_by.clone());
    if held != now {
        found.push(Difference { column: Column::PlacedBy, before: words(&held), after: words(&now) });
    }
}
