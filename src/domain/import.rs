//! What a list or a register says of a company and of one of its workplaces: one row, read and typed, before it is
//! compared with what stands here.
//!
//! What a row does not say is left as it stands. So a list of P-numbers and staff alone changes staff alone, and nothing
//! that people here have put in by hand is lost for want of a column.

use crate::domain::values::{
    geo::Coordinates,
    register::{Cvr, Industry, IndustryScheme, Municipality, PNumber, Postcode},
    text::{FullTime, Line},
};
use chrono::NaiveDate;
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// One row: a company, and mostly one of its workplaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    pub cvr: Cvr,
    pub company: CompanySaid,
    pub workplace: Option<WorkplaceSaid>,
}

/// What is said of a company.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanySaid {
    pub name: Option<Line>,
    pub form: Option<Line>,
    pub industry: Option<OfIndustry>,
    pub advertising_protected: Option<bool>,
    pub life: Option<Life>,
    /// Said of the workplace, and so of the company only where nothing better is known of it.
    pub otherwise: Otherwise,
}

/// What the company is taken for, where nobody has said it of the company itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Otherwise {
    pub name: Option<Line>,
    pub industry: Option<OfIndustry>,
    pub advertising_protected: Option<bool>,
}

/// An industry, in the classification that it is from where that is said.
#[derive(Clone, Debug, PartialEq)]
pub struct OfIndustry {
    pub code: Industry,
    pub scheme: Option<IndustryScheme>,
}

/// Whether it is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Life {
    Open,
    /// The day on which it closed.
    Closed(NaiveDate),
}

impl Life {
    pub fn closed_on(self) -> Option<NaiveDate> {
        match self {
            Self::Open => None,
            Self::Closed(on) => Some(on),
        }
    }
}

/// What is said of a workplace.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkplaceSaid {
    pub p_number: PNumber,
    pub name: Option<Line>,
    pub address: Option<Line>,
    pub industry: Option<OfIndustry>,
    pub life: Option<Life>,
    pub staff: Option<Staffing>,
    /// Ordinary staff in full-time posts, by the first day of the month.
    pub full_time: BTreeMap<NaiveDate, FullTime>,
    pub municipality: Option<Municipality>,
    pub postcode: Option<Postcode>,
    pub city: Option<Line>,
    pub coordinates: Option<Coordinates>,
    /// Only told of in passing, with its company: fills in what is not known, and changes nothing.
    pub in_passing: bool,
}

/// Employees as a figure or an interval; without an upper end where the interval is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staffing {
    pub low: i32,
    pub high: Option<i32>,
}

impl Staffing {
    pub fn new(low: i32, high: Option<i32>) -> Option<Self> {
        (low >= 0 && high.is_none_or(|high| high >= low)).then_some(Self { low, high })
    }
    /// As it is written: `7`, `5-9`, `1000+`.
    pub fn shown(low: Option<i32>, high: Option<i32>) -> String {
        match (low, high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}-{high}"),
            (Some(low), None) => format!("{low}+"),
            (None, _) => String::new(),
        }
    }
}

impl CompanySaid {
    /// What tells two rows about one company apart, or nothing where a row says nothing of it.
    pub fn print(&self) -> Option<u64> {
        let Self { name, form, industry, advertising_protected, life, otherwise: _ } = self;
        if name.is_none() && form.is_none() && industry.is_none() && advertising_protected.is_none() && life.is_none() {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        (name.as_ref().map(Line::as_str), form.as_ref().map(Line::as_str), advertising_protected, life).hash(&mut hasher);
        industry.as_ref().map(|own| (own.code.as_str(), own.scheme)).hash(&mut hasher);
        Some(hasher.finish())
    }
}

crate::code_enum! {
    /// What came of a row.
    pub enum Came {
        NewCompany = "new-company" ("ny virksomhed", "new company"),
        CompanyChanged = "company-changed" ("ændret virksomhed", "changed company"),
        CompanyClosed = "company-closed" ("lukket virksomhed", "closed company"),
        NewWorkplace = "new-workplace" ("ny arbejdsplads", "new workplace"),
        WorkplaceChanged = "workplace-changed" ("ændret arbejdsplads", "changed workplace"),
        WorkplaceClosed = "workplace-closed" ("lukket arbejdsplads", "closed workplace"),
        StaffUp = "staff-up" ("flere ansatte", "staff up"),
        StaffDown = "staff-down" ("færre ansatte", "staff down"),
    }
}

/// One thing that came of a row: what it was before, and what it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    pub came: Came,
    pub cvr: String,
    pub p_number: Option<String>,
    pub name: String,
    /// What changed, before and after; none where it is new.
    pub fields: Vec<Difference>,
}

/// One column before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub column: Column,
    pub before: String,
    pub after: String,
}

crate::code_enum! {
    /// The columns that a list of companies can have.
    pub enum Column {
        Cvr = "cvr" ("CVR-nummer", "CVR number"),
        CompanyName = "company_name" ("Virksomhedsnavn", "Company name"),
        Form = "form" ("Virksomhedsform", "Company form"),
        CompanyIndustry = "company_industry" ("Virksomhedens branche", "The company's industry"),
        AdvertisingProtected = "advertising_protected" ("Reklamebeskyttet", "Advertising protected"),
        CompanyClosed = "company_closed_on" ("Virksomheden ophørt", "Company closed on"),
        PNumber = "p_number" ("P-nummer", "P-number"),
        WorkplaceName = "workplace_name" ("Arbejdsplads", "Workplace"),
        Industry = "industry" ("Branchekode", "Industry code"),
        Scheme = "industry_scheme" ("Branchenomenklatur", "Industry classification"),
        Address = "address" ("Adresse", "Address"),
        HouseNumber = "house_number" ("Husnummer", "House number"),
        Postcode = "postcode" ("Postnummer", "Postcode"),
        City = "city" ("By", "City"),
        Municipality = "municipality" ("Kommune", "Municipality"),
        Latitude = "latitude" ("Breddegrad", "Latitude"),
        Longitude = "longitude" ("Længdegrad", "Longitude"),
        Staff = "staff" ("Antal ansatte", "Number of employees"),
        FullTime = "full_time" ("Årsværk", "Full-time posts"),
        Month = "month" ("Måned", "Month"),
        Started = "started_on" ("Startdato", "Start date"),
        Closed = "closed_on" ("Ophørsdato", "Closed on"),
        PlacedBy = "placed_by" ("Placeret efter", "Placed by"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(text: &str) -> Option<Line> {
        Line::parse(text).ok()
    }

    #[test]
    fn what_has_closed_says_when() {
        assert_eq!(Life::Open.closed_on(), None);
        assert_eq!(Life::Closed(day("2024-02-29")).closed_on(), Some(day("2024-02-29")));
    }

    #[test]
    fn staff_is_a_figure_an_interval_or_open_at_its_upper_end() {
        for (low, high, shown) in [
            (7, Some(7), Some("7")),
            (5, Some(9), Some("5-9")),
            (0, Some(0), Some("0")),
            (1000, None, Some("1000+")),
            (9, Some(5), None),
            (-1, Some(5), None),
            (-1, None, None),
        ] {
            let staff = Staffing::new(low, high);
            assert_eq!(staff.map(|staff| Staffing::shown(Some(staff.low), staff.high)).as_deref(), shown, "{low} {high:?}");
        }
        assert_eq!(Staffing::shown(None, None), "", "nobody has said");
    }

    #[test]
    fn two_rows_tell_a_company_apart_by_each_thing_said_of_it_and_a_row_that_says_nothing_tells_nothing() {
        let industry = |scheme| OfIndustry { code: Industry::parse("471120").unwrap(), scheme };
        let said = [
            CompanySaid { name: line("Nærkøb ApS"), ..CompanySaid::default() },
            CompanySaid { name: line("Nærkøb A/S"), ..CompanySaid::default() },
            CompanySaid { form: line("ApS"), ..CompanySaid::default() },
            CompanySaid { industry: Some(industry(None)), ..CompanySaid::default() },
            CompanySaid { industry: Some(industry(Some(IndustryScheme::Db07))), ..CompanySaid::default() },
            CompanySaid { advertising_protected: Some(true), ..CompanySaid::default() },
            CompanySaid { advertising_protected: Some(false), ..CompanySaid::default() },
            CompanySaid { life: Some(Life::Open), ..CompanySaid::default() },
            CompanySaid { life: Some(Life::Closed(day("2024-02-29"))), ..CompanySaid::default() },
        ];
        let prints: std::collections::BTreeSet<u64> = said.iter().map(|own| own.print().unwrap()).collect();
        assert_eq!(prints.len(), said.len(), "each has a print of its own");
        assert_eq!(said[0].print(), said[0].clone().print());
        let of_workplace = Otherwise { name: line("Nærkøb Øst"), ..Otherwise::default() };
        assert_eq!(CompanySaid { otherwise: of_workplace, ..CompanySaid::default() }.print(), None);
    }
}
