//! What a company or a production unit says of its place, staff and life.

use crate::{
    domain::{
        import::{Life, OfIndustry, Staffing},
        input::Fault,
        values::{
            register::Postcode,
            text::{FullTime, Line},
        },
    },
    import::{
        cell::{self, Cell, Read},
        extract::shapes::{Address, Entry, Periodic, current, of_text, of_value},
        rows::BadCell,
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Rules look back six months; two years are more than enough, while the register holds decades.
const MONTHS: usize = 24;

/// Collects what does not fit, each by the register's own name for it.
#[derive(Default)]
pub(super) struct CellFaults(pub(super) Vec<BadCell>);

impl CellFaults {
    pub(super) fn take<T>(&mut self, name: &str, cell: &Cell, read: fn(&Cell) -> Read<T>) -> Option<T> {
        if cell.is_empty() {
            return None;
        }
        match read(cell) {
            Ok(right) => Some(right.value),
            Err(fault) => {
                self.0.push(BadCell { column: name.to_owned(), value: cell.text(), fault });
                None
            }
        }
    }

    pub(super) fn needed<T>(&mut self, name: &str, cell: &Cell, read: fn(&Cell) -> Read<T>) -> Option<T> {
        if cell.is_empty() {
            let fault = Fault::new("required", "Skal udfyldes.", "Is required.");
            self.0.push(BadCell { column: name.to_owned(), value: String::new(), fault });
        }
        self.take(name, cell, read)
    }
}

/// Names in the register can be longer than a line here; they are cut, since nobody can correct the register's names.
pub(super) fn name(cell: &Cell) -> Read<Line> {
    cell::line(&Cell::Text(cell.text().chars().take(200).collect()))
}

/// What a company or a production unit says of its place, staff and life.
pub(super) struct EntrySaid {
    pub(super) name: Option<Line>,
    pub(super) industry: Option<OfIndustry>,
    pub(super) life: Option<Life>,
    pub(super) address: Option<Line>,
    pub(super) postcode: Option<Postcode>,
    pub(super) city: Option<Line>,
    pub(super) municipality: Option<crate::domain::values::register::Municipality>,
    pub(super) staff: Option<Staffing>,
    pub(super) full_time: BTreeMap<NaiveDate, FullTime>,
}

impl Entry {
    pub(super) fn told(&self, today: NaiveDate, faults: &mut CellFaults) -> EntrySaid {
        let own = current(&self.navne, today);
        let industry = current(&self.hovedbranche, today).map_or(Cell::Empty, |industry| of_value(&industry.branchekode));
        let place = current(&self.beliggenhedsadresse, today);
        let code = |place: &Address| place.kommune.as_ref().map_or(Cell::Empty, |kommune| of_value(&kommune.kommune_kode));
        let life = current(&self.livsforloeb, today).map(|life| {
            let ended = life.period().gyldig_til;
            ended.as_deref().and_then(|text| text.get(..10)?.parse().ok()).map_or(Life::Open, Life::Closed)
        });
        let (staff, full_time) = self.staff(today, faults);
        EntrySaid {
            name: faults.take("navne.navn", &own.map_or(Cell::Empty, |own| of_text(&own.navn)), name),
            industry: faults
                .take("hovedbranche.branchekode", &industry, cell::industry)
                .map(|code| OfIndustry { code, scheme: None }),
            life,
            address: place.map_or(Cell::Empty, Address::line).into_line(faults),
            postcode: place
                .and_then(|place| faults.take("beliggenhedsadresse.postnummer", &of_value(&place.postnummer), cell::postcode))
                .map(|(postcode, _)| postcode),
            city: place.and_then(|place| faults.take("beliggenhedsadresse.postdistrikt", &of_text(&place.postdistrikt), name)),
            municipality: place
                .and_then(|place| faults.take("beliggenhedsadresse.kommune.kommuneKode", &code(place), cell::municipality)),
            staff,
            full_time,
        }
    }

    /// Employees as last reported, and full-time posts by month.
    fn staff(&self, today: NaiveDate, faults: &mut CellFaults) -> (Option<Staffing>, BTreeMap<NaiveDate, FullTime>) {
        let lists = [
            ("maanedsbeskaeftigelse", &self.maanedsbeskaeftigelse),
            ("kvartalsbeskaeftigelse", &self.kvartalsbeskaeftigelse),
            ("aarsbeskaeftigelse", &self.aarsbeskaeftigelse),
        ];
        let mut latest: Option<(NaiveDate, Staffing)> = None;
        let mut months = BTreeMap::new();
        for (list, all) in lists {
            let mut own = BTreeMap::new();
            for one in all {
                let Some(month) = one.month().filter(|month| *month <= today) else { continue };
                let interval = of_text(&one.interval_kode_antal_ansatte);
                let figure = of_value(&one.antal_ansatte);
                let said = faults.take(
                    &format!("{list}.antalAnsatte"),
                    if figure.is_empty() { &interval } else { &figure },
                    cell::staff,
                );
                if let Some(staff) = said.filter(|_| latest.is_none_or(|(held, _)| month > held)) {
                    latest = Some((month, staff));
                }
                let posts = faults.take(&format!("{list}.antalAarsvaerk"), &of_value(&one.antal_aarsvaerk), cell::full_time);
                if let Some(posts) = posts {
                    own.insert(month, posts);
                }
            }
            if months.is_empty() {
                months = own.into_iter().rev().take(MONTHS).collect();
            }
        }
        (latest.map(|(_, staff)| staff), months)
    }
}

impl Cell {
    fn into_line(self, faults: &mut CellFaults) -> Option<Line> {
        faults.take("beliggenhedsadresse", &self, name)
    }
}
