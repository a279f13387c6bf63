//! A row of a table, read into what it says. All its faults are found at once.

use crate::{
    domain::{
        import::{Column, CompanySaid, Incoming, Life, OfIndustry, Otherwise, WorkplaceSaid},
        input::Fault,
        values::{geo::Coordinates, register::Cvr, text::Line},
    },
    import::{
        cell::{self, Cell, Read},
        columns::Columns,
        rows::{BadCell, Righted},
        table::TableShape,
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A list of companies and workplaces.
pub struct Companies;

impl TableShape for Companies {
    type Row = Incoming;
    type Columns = Columns;

    fn columns(headers: &[String]) -> Option<Result<Columns, Fault>> {
        Columns::of(headers)
    }

    fn unused(columns: &Columns) -> &[String] {
        &columns.unused
    }

    fn wanted() -> (String, String) {
        (
            "Ingen af de første linjer er en overskrift med en kolonne CVR-nummer og mindst én kolonne mere. Se rettematch import companies --help.".into(),
            "None of the first lines is a header with a column CVR number and at least one column more. See rettematch import companies --help.".into(),
        )
    }

    fn read(
        cells: &[Cell],
        columns: &Columns,
        line: u64,
        today: NaiveDate,
        righted: &mut Vec<Righted>,
    ) -> Result<Incoming, Vec<BadCell>> {
        let mut row = Row { cells, columns, line, today, righted, faults: Vec::new() };
        let read = row.read();
        let faults = row.faults;
        match read {
            Some(incoming) if faults.is_empty() => Ok(incoming),
            _ => Err(faults),
        }
    }
}

struct Row<'a> {
    cells: &'a [Cell],
    columns: &'a Columns,
    line: u64,
    today: NaiveDate,
    righted: &'a mut Vec<Righted>,
    faults: Vec<BadCell>,
}

impl Row<'_> {
    fn cell(&self, column: Column) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        self.columns.place(column).and_then(|index| self.cells.get(index)).unwrap_or(EMPTY)
    }

    fn fault(&mut self, column: Column, fault: Fault) {
        let value = self.cell(column).text();
        self.faults.push(BadCell { column: self.columns.header(column), value, fault });
    }

    /// A value, if the cell has one.
    fn take<T>(&mut self, column: Column, read: fn(&Cell) -> Read<T>) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        match read(cell) {
            Ok(right) => {
                if let Some(after) = right.as_if {
                    let before = cell.text();
                    self.righted.push(Righted { line: self.line, column: self.columns.header(column), before, after });
                }
                Some(right.value)
            }
            Err(fault) => {
                self.fault(column, fault);
                None
            }
        }
    }

    /// Every row needs it.
    fn cvr(&mut self) -> Option<Cvr> {
        if self.cell(Column::Cvr).is_empty() {
            let text = ("CVR-nummeret mangler. Skriv det i hver række.", "The CVR number is missing. Write it in each row.");
            self.fault(Column::Cvr, Fault::new("required", text.0, text.1));
        }
        self.take(Column::Cvr, cell::cvr)
    }

    fn read(&mut self) -> Option<Incoming> {
        let cvr = self.cvr();
        let company_name = self.take(Column::CompanyName, cell::line);
        let form = self.take(Column::Form, cell::line);
        let advertising_protected = self.take(Column::AdvertisingProtected, cell::yes);
        let company_closed = self.take(Column::CompanyClosed, cell::day);
        let scheme = self.take(Column::Scheme, cell::scheme).or(self.columns.scheme);
        let of = |code| OfIndustry { code, scheme };
        let company_industry = self.take(Column::CompanyIndustry, cell::industry).map(of);
        let industry = self.take(Column::Industry, cell::industry).map(of);
        let p_number = self.take(Column::PNumber, cell::p_number);
        let name = self.take(Column::WorkplaceName, cell::line);
        let address = self.address();
        let postcode = self.take(Column::Postcode, cell::postcode);
        let city = self.take(Column::City, cell::line);
        let municipality = self.take(Column::Municipality, cell::municipality);
        let coordinates = self.coordinates();
        let staff = self.take(Column::Staff, cell::staff);
        let full_time = self.full_time();
        let started = self.take(Column::Started, cell::day);
        let closed = self.take(Column::Closed, cell::day);
        if started.zip(closed).is_some_and(|(started, closed)| closed < started) {
            let text = ("Ligger før startdatoen.", "Is before the start date.");
            self.fault(Column::Closed, Fault::new("before-start", text.0, text.1));
        }
        // A row without a P-number describes the company only.
        let alone = self.cell(Column::PNumber).is_empty();
        let company_closed = company_closed.or(closed.filter(|_| alone));
        let company = CompanySaid {
            name: company_name,
            form,
            industry: if alone { company_industry.or(industry.clone()) } else { company_industry },
            advertising_protected,
            life: company_closed.map(Life::Closed),
            otherwise: Otherwise { name: name.clone(), industry: industry.clone(), advertising_protected: None },
        };
        let (postcode, town) = postcode.map_or((None, None), |(postcode, town)| (Some(postcode), town));
        let workplace = p_number.map(|p_number| WorkplaceSaid {
            p_number,
            name,
            address,
            industry,
            life: closed.map(Life::Closed),
            staff,
            full_time,
            municipality,
            postcode,
            city: city.or(town),
            coordinates,
            in_passing: false,
        });
        Some(Incoming { cvr: cvr?, company, workplace })
    }

    /// Street and house number, in one column or two.
    fn address(&mut self) -> Option<Line> {
        let street = self.take(Column::Address, cell::line)?;
        let number = self.take(Column::HouseNumber, cell::line);
        let Some(number) = number else { return Some(street) };
        Line::parse(&format!("{street} {number}")).ok()
    }

    fn coordinates(&mut self) -> Option<Coordinates> {
        let latitude = self.take(Column::Latitude, cell::degrees::<90>);
        let longitude = self.take(Column::Longitude, cell::degrees::<180>);
        for (one, other) in [(Column::Latitude, Column::Longitude), (Column::Longitude, Column::Latitude)] {
            if self.cell(one).is_empty() && !self.cell(other).is_empty() {
                let text = ("Den ene koordinat mangler.", "One of the coordinates is missing.");
                self.fault(one, Fault::new("required", text.0, text.1));
            }
        }
        Some(Coordinates { latitude: latitude?, longitude: longitude? })
    }

    fn full_time(&mut self) -> BTreeMap<NaiveDate, crate::domain::values::text::FullTime> {
        let mut found = BTreeMap::new();
        let month = self.take(Column::Month, cell::month);
        let posts = self.take(Column::FullTime, cell::full_time);
        if let Some(posts) = posts {
            if let Some(month) = month {
                self.month(Column::Month, month);
                found.insert(month, posts);
            } else if self.cell(Column::Month).is_empty() {
                let fault = Fault::new(
                    "required",
                    "Årsværk uden måned. Skriv måneden i en kolonne Måned, eller kald kolonnen »Årsværk 2026-08«.",
                    "Full-time posts without a month. Write the month in a column Month, or call the column “Full-time 2026-08”.",
                );
                self.fault(Column::FullTime, fault);
            }
        }
        for (month, index) in &self.columns.full_time_in {
            let Some(cell) = self.cells.get(*index).filter(|cell| !cell.is_empty()) else { continue };
            let column = self.columns.headers.get(*index).cloned().unwrap_or_default();
            match cell::full_time(cell) {
                Ok(right) if *month <= self.today => {
                    found.insert(*month, right.value);
                }
                Ok(_) => self.faults.push(BadCell { column, value: cell.text(), fault: to_come() }),
                Err(fault) => self.faults.push(BadCell { column, value: cell.text(), fault }),
            }
        }
        found
    }

    fn month(&mut self, column: Column, month: NaiveDate) {
        if month > self.today {
            self.fault(column, to_come());
        }
    }
}

fn to_come() -> Fault {
    Fault::new("in-the-future", "Måneden er ikke begyndt.", "The month has not begun.")
}
