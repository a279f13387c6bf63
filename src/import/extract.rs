//! JSON lines in the shape of the Danish register's own extract: each line a `Vrvirksomhed` (a company, with the numbers of
//! its production units) or a `VrproduktionsEnhed` (a production unit), bare or as a search hit (`_source`). A line may be
//! both one company and many workplaces; it is read whole, or told with all its faults.
//!
//! What has a period counts as of today; of staff by month the latest [`MONTHS`] are read, by quarter or year where there is
//! nothing by month. A company with one production unit lends it its address and staff, unless the unit has told its own.

use crate::{
    domain::{
        import::{CompanySaid, Incoming, Life, OfIndustry, Otherwise, Staffing, WorkplaceSaid},
        input::Fault,
        values::{
            register::{Cvr, PNumber, Postcode},
            text::{FullTime, Line},
        },
    },
    import::{
        BadCell, ImportError, Layout, Original, Out,
        cell::{self, Cell, Read},
    },
};
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Read as _},
    sync::Arc,
};

/// Rules look back six months; two years are more than enough, while the register holds decades.
const MONTHS: usize = 24;
/// A company with thousands of production units and their history is some megabytes.
const LONGEST_LINE: u64 = 64 << 20;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Object {
    #[serde(rename = "_source")]
    source: Option<Box<Object>>,
    #[serde(rename = "Vrvirksomhed")]
    company: Option<Entry>,
    #[serde(rename = "VrproduktionsEnhed", alias = "Vrproduktionsenhed")]
    unit: Option<Entry>,
}

/// A company or a production unit: most of what they have is the same.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    cvr_nummer: Value,
    p_nummer: Value,
    reklamebeskyttet: Value,
    #[serde(deserialize_with = "list")]
    penheder: Vec<UnitNumber>,
    #[serde(deserialize_with = "list")]
    virksomhedsform: Vec<Form>,
    #[serde(deserialize_with = "list")]
    virksomhedsrelation: Vec<Relation>,
    #[serde(deserialize_with = "list")]
    navne: Vec<Name>,
    #[serde(deserialize_with = "list")]
    hovedbranche: Vec<Industry>,
    #[serde(deserialize_with = "list")]
    beliggenhedsadresse: Vec<Address>,
    #[serde(deserialize_with = "list")]
    livsforloeb: Vec<Existence>,
    #[serde(deserialize_with = "list", alias = "erstMaanedsbeskaeftigelse")]
    maanedsbeskaeftigelse: Vec<Staff>,
    #[serde(deserialize_with = "list")]
    kvartalsbeskaeftigelse: Vec<Staff>,
    #[serde(deserialize_with = "list")]
    aarsbeskaeftigelse: Vec<Staff>,
}

/// A list, or nothing if the register has none.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Period {
    gyldig_fra: Option<String>,
    gyldig_til: Option<String>,
}

macro_rules! periodic {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })+) => {$(
        #[derive(Default, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        struct $name { $($field: $type,)* periode: Option<Period> }
        impl Periodic for $name {
            fn period(&self) -> Period { self.periode.clone().unwrap_or_default() }
        }
    )+};
}

periodic! {
    Name { navn: Option<String> }
    Industry { branchekode: Value }
    Form { kort_beskrivelse: Option<String>, lang_beskrivelse: Option<String> }
    UnitNumber { p_nummer: Value }
    Relation { cvr_nummer: Value, cvrnummer: Value }
    Existence { }
    Address {
        vejnavn: Option<String>, husnummer_fra: Value, bogstav_fra: Option<String>, husnummer_til: Value, etage: Option<String>,
        sidedoer: Option<String>, fritekst: Option<String>, postnummer: Value, postdistrikt: Option<String>,
        kommune: Option<Kommune>,
    }
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Kommune {
    kommune_kode: Value,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Staff {
    aar: Option<i32>,
    maaned: Option<u32>,
    kvartal: Option<u32>,
    antal_ansatte: Value,
    antal_aarsvaerk: Value,
    interval_kode_antal_ansatte: Option<String>,
}

trait Periodic {
    fn period(&self) -> Period;
}

/// What is so today; else what was so last.
fn current<T: Periodic>(all: &[T], today: NaiveDate) -> Option<&T> {
    let day =
        |text: &Option<String>| text.as_deref().and_then(|text| text.get(..10)).and_then(|text| text.parse::<NaiveDate>().ok());
    all.iter().max_by_key(|one| {
        let period = one.period();
        let (from, to) = (day(&period.gyldig_fra), day(&period.gyldig_til));
        let now = from.is_none_or(|from| from <= today) && to.is_none_or(|to| to >= today);
        (now, from)
    })
}

fn is_over<T: Periodic>(one: &T, today: NaiveDate) -> bool {
    one.period().gyldig_til.as_deref().and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok()).is_some_and(|to| to < today)
}

fn of_value(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(yes) => Cell::Yes(*yes),
        Value::String(text) => Cell::of(text),
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        other => Cell::Text(other.to_string()),
    }
}

fn of_text(text: &Option<String>) -> Cell {
    text.as_deref().map_or(Cell::Empty, Cell::of)
}

/// Collects what does not fit, each by the register's own name for it.
#[derive(Default)]
struct Faults(Vec<BadCell>);

impl Faults {
    fn take<T>(&mut self, name: &str, cell: &Cell, read: fn(&Cell) -> Read<T>) -> Option<T> {
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

    fn needed<T>(&mut self, name: &str, cell: &Cell, read: fn(&Cell) -> Read<T>) -> Option<T> {
        if cell.is_empty() {
            let fault = Fault::new("required", "Skal udfyldes.", "Is required.");
            self.0.push(BadCell { column: name.to_owned(), value: String::new(), fault });
        }
        self.take(name, cell, read)
    }
}

/// Names in the register can be longer than a line here; they are cut, since nobody can correct the register's names.
fn name(cell: &Cell) -> Read<Line> {
    cell::line(&Cell::Text(cell.text().chars().take(200).collect()))
}

/// What a company or a production unit says of its place, staff and life.
struct Told {
    name: Option<Line>,
    industry: Option<OfIndustry>,
    life: Option<Life>,
    address: Option<Line>,
    postcode: Option<Postcode>,
    city: Option<Line>,
    municipality: Option<crate::domain::values::register::Municipality>,
    staff: Option<Staffing>,
    full_time: BTreeMap<NaiveDate, FullTime>,
}

impl Entry {
    fn told(&self, today: NaiveDate, faults: &mut Faults) -> Told {
        let own = current(&self.navne, today);
        let industry = current(&self.hovedbranche, today).map_or(Cell::Empty, |industry| of_value(&industry.branchekode));
        let place = current(&self.beliggenhedsadresse, today);
        let code = |place: &Address| place.kommune.as_ref().map_or(Cell::Empty, |kommune| of_value(&kommune.kommune_kode));
        let life = current(&self.livsforloeb, today).map(|life| {
            let ended = life.period().gyldig_til;
            ended.as_deref().and_then(|text| text.get(..10)?.parse().ok()).map_or(Life::Open, Life::Closed)
        });
        let (staff, full_time) = self.staff(today, faults);
        Told {
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
    fn staff(&self, today: NaiveDate, faults: &mut Faults) -> (Option<Staffing>, BTreeMap<NaiveDate, FullTime>) {
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

impl Staff {
    /// The first month that a figure is for.
    fn month(&self) -> Option<NaiveDate> {
        let month = self.maaned.or(self.kvartal.map(|quarter| quarter.saturating_mul(3).saturating_sub(2))).unwrap_or(1);
        NaiveDate::from_ymd_opt(self.aar.filter(|year| (1900..2200).contains(year))?, month, 1)
    }
}

impl Address {
    fn line(&self) -> Cell {
        if let Some(free) = self.fritekst.as_deref().filter(|_| self.vejnavn.is_none()) {
            return Cell::of(free);
        }
        let number = format!("{}{}", of_value(&self.husnummer_fra).text(), self.bogstav_fra.as_deref().unwrap_or_default());
        let to = of_value(&self.husnummer_til);
        let number = if to.is_empty() { number } else { format!("{number}-{}", to.text()) };
        let street = format!("{} {number}", self.vejnavn.as_deref().unwrap_or_default());
        let floor = [self.etage.as_deref(), self.sidedoer.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(". ");
        Cell::of(&if floor.is_empty() { street } else { format!("{}, {floor}", street.trim()) })
    }
}

impl Cell {
    fn into_line(self, faults: &mut Faults) -> Option<Line> {
        faults.take("beliggenhedsadresse", &self, name)
    }
}

impl Entry {
    /// As a company, with the production units that it names.
    fn company(&self, today: NaiveDate, faults: &mut Faults) -> Option<Vec<Incoming>> {
        let cvr = faults.needed("cvrNummer", &of_value(&self.cvr_nummer), cell::cvr);
        let told = self.told(today, faults);
        let form = current(&self.virksomhedsform, today);
        let form = form.map_or(Cell::Empty, |form| {
            of_text(if form.kort_beskrivelse.is_some() { &form.kort_beskrivelse } else { &form.lang_beskrivelse })
        });
        let company = CompanySaid {
            name: told.name.clone(),
            form: faults.take("virksomhedsform", &form, name),
            industry: told.industry.clone(),
            advertising_protected: faults.take("reklamebeskyttet", &of_value(&self.reklamebeskyttet), cell::yes),
            life: told.life,
            otherwise: Otherwise::default(),
        };
        let numbers = self.penheder.iter().filter(|unit| !is_over(*unit, today));
        let numbers: Vec<Option<PNumber>> =
            numbers.map(|unit| faults.needed("penheder.pNummer", &of_value(&unit.p_nummer), cell::p_number)).collect();
        let single = numbers.len() == 1;
        let cvr: Cvr = cvr?;
        let mut rows = vec![Incoming { cvr: cvr.clone(), company, workplace: None }];
        for p_number in numbers.into_iter().flatten() {
            let lends = |own: Option<Line>| own.filter(|_| single);
            let workplace = WorkplaceSaid {
                p_number,
                name: None,
                address: lends(told.address.clone()),
                industry: None,
                life: None,
                staff: told.staff.filter(|_| single),
                full_time: if single { told.full_time.clone() } else { BTreeMap::new() },
                municipality: told.municipality.clone().filter(|_| single),
                postcode: told.postcode.clone().filter(|_| single),
                city: lends(told.city.clone()),
                coordinates: None,
                in_passing: true,
            };
            rows.push(Incoming { cvr: cvr.clone(), company: CompanySaid::default(), workplace: Some(workplace) });
        }
        Some(rows)
    }

    /// As a production unit.
    fn unit(&self, today: NaiveDate, faults: &mut Faults) -> Option<Vec<Incoming>> {
        let p_number = faults.needed("pNummer", &of_value(&self.p_nummer), cell::p_number);
        let relation = current(&self.virksomhedsrelation, today)
            .map_or(Cell::Empty, |own| of_value(if own.cvr_nummer.is_null() { &own.cvrnummer } else { &own.cvr_nummer }));
        let cvr = faults.needed("virksomhedsrelation.cvrNummer", &relation, cell::cvr);
        let told = self.told(today, faults);
        let otherwise = Otherwise {
            name: told.name.clone(),
            industry: None,
            advertising_protected: faults.take("reklamebeskyttet", &of_value(&self.reklamebeskyttet), cell::yes),
        };
        let workplace = WorkplaceSaid {
            p_number: p_number?,
            name: told.name,
            address: told.address,
            industry: told.industry,
            life: told.life,
            staff: told.staff,
            full_time: told.full_time,
            municipality: told.municipality,
            postcode: told.postcode,
            city: told.city,
            coordinates: None,
            in_passing: false,
        };
        Some(vec![Incoming {
            cvr: cvr?,
            company: CompanySaid { otherwise, ..CompanySaid::default() },
            workplace: Some(workplace),
        }])
    }
}

fn rows(text: &str, today: NaiveDate) -> Result<Vec<Incoming>, Vec<BadCell>> {
    let whole = |fault: Fault| vec![BadCell { column: String::new(), value: String::new(), fault }];
    let mut object: Object = serde_json::from_str(text).map_err(|error| {
        let at = error.column();
        whole(Fault::new(
            "malformed-json",
            format!("Linjen er ikke JSON i registerets form (tegn {at}). Hver linje skal være ét helt objekt."),
            format!("The line is not JSON in the register's form (character {at}). Each line must be one whole object."),
        ))
    })?;
    if let Some(source) = object.source.take() {
        object = *source;
    }
    let mut faults = Faults::default();
    let read = match (&object.company, &object.unit) {
        (Some(company), _) => company.company(today, &mut faults),
        (None, Some(unit)) => unit.unit(today, &mut faults),
        (None, None) => {
            return Err(whole(Fault::new(
                "no-company",
                "Linjen har hverken Vrvirksomhed eller VrproduktionsEnhed.",
                "The line has neither Vrvirksomhed nor VrproduktionsEnhed.",
            )));
        }
    };
    read.filter(|_| faults.0.is_empty()).ok_or(faults.0)
}

/// Reads JSON lines.
pub fn read(file: File, today: NaiveDate, out: &mut Out<Incoming>) -> Result<(), ImportError> {
    let size = file.metadata()?.len();
    out.layout(Layout { lines_of_json: true, ..Layout::default() });
    let mut reader = BufReader::new(file);
    let (mut line, mut done) = (0, 0);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        line += 1;
        done += u64::try_from(read).unwrap_or_default();
        out.far(done, size);
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
        let text = text.trim();
        if text.is_empty() {
            out.batch.blank += 1;
            continue;
        }
        if line == 1 && text.starts_with('[') {
            return Err(ImportError::unreadable(
                "Filen er én JSON-liste. Skriv ét objekt pr. linje (JSON lines), fx med jq -c '.[]'.",
                "The file is one JSON list. Write one object a line (JSON lines), for instance with jq -c '.[]'.",
            ));
        }
        match rows(text, today) {
            Ok(rows) => {
                let original: Arc<str> = text.into();
                for row in rows {
                    out.row(line, row, Original::Text(Arc::clone(&original)))?;
                }
            }
            Err(faults) => out.bad(line, faults, Original::Text(text.into()))?,
        }
    }
}
