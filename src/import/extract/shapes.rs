//! What a line holds, as the register names it.

use crate::import::cell::Cell;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Object {
    #[serde(rename = "_source")]
    pub(super) source: Option<Box<Object>>,
    #[serde(rename = "Vrvirksomhed")]
    pub(super) company: Option<Entry>,
    #[serde(rename = "VrproduktionsEnhed", alias = "Vrproduktionsenhed")]
    pub(super) unit: Option<Entry>,
}

/// A company or a production unit: most of what they have is the same.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) cvr_nummer: Value,
    pub(super) p_nummer: Value,
    pub(super) reklamebeskyttet: Value,
    #[serde(deserialize_with = "list")]
    pub(super) penheder: Vec<UnitNumber>,
    #[serde(deserialize_with = "list")]
    pub(super) virksomhedsform: Vec<Form>,
    #[serde(deserialize_with = "list")]
    pub(super) virksomhedsrelation: Vec<Relation>,
    #[serde(deserialize_with = "list")]
    pub(super) navne: Vec<Name>,
    #[serde(deserialize_with = "list")]
    pub(super) hovedbranche: Vec<Industry>,
    #[serde(deserialize_with = "list")]
    pub(super) beliggenhedsadresse: Vec<Address>,
    #[serde(deserialize_with = "list")]
    pub(super) livsforloeb: Vec<Existence>,
    #[serde(deserialize_with = "list", alias = "erstMaanedsbeskaeftigelse")]
    pub(super) maanedsbeskaeftigelse: Vec<StaffFigures>,
    #[serde(deserialize_with = "list")]
    pub(super) kvartalsbeskaeftigelse: Vec<StaffFigures>,
    #[serde(deserialize_with = "list")]
    pub(super) aarsbeskaeftigelse: Vec<StaffFigures>,
}

/// A list, or nothing if the register has none.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ValidPeriod {
    pub(super) gyldig_fra: Option<String>,
    pub(super) gyldig_til: Option<String>,
}

macro_rules! periodic {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })+) => {$(
        #[derive(Default, Deserialize)]
        #[serde(default, rename_all = "camelCase")]
        pub(super) struct $name { $(pub(super) $field: $type,)* pub(super) periode: Option<ValidPeriod> }
        impl Periodic for $name {
            fn period(&self) -> ValidPeriod { self.periode.clone().unwrap_or_default() }
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
pub(super) struct Kommune {
    pub(super) kommune_kode: Value,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct StaffFigures {
    pub(super) aar: Option<i32>,
    pub(super) maaned: Option<u32>,
    pub(super) kvartal: Option<u32>,
    pub(super) antal_ansatte: Value,
    pub(super) antal_aarsvaerk: Value,
    pub(super) interval_kode_antal_ansatte: Option<String>,
}

pub(super) trait Periodic {
    fn period(&self) -> ValidPeriod;
}

/// What is so today; else what was so last.
pub(super) fn current<T: Periodic>(all: &[T], today: NaiveDate) -> Option<&T> {
    let day =
        |text: &Option<String>| text.as_deref().and_then(|text| text.get(..10)).and_then(|text| text.parse::<NaiveDate>().ok());
    all.iter().max_by_key(|one| {
        let period = one.period();
        let (from, to) = (day(&period.gyldig_fra), day(&period.gyldig_til));
        let now = from.is_none_or(|from| from <= today) && to.is_none_or(|to| to >= today);
        (now, from)
    })
}

pub(super) fn is_over<T: Periodic>(one: &T, today: NaiveDate) -> bool {
    one.period().gyldig_til.as_deref().and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok()).is_some_and(|to| to < today)
}

pub(super) fn of_value(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(yes) => Cell::Yes(*yes),
        Value::String(text) => Cell::of(text),
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        other => Cell::Text(other.to_string()),
    }
}

pub(super) fn of_text(text: &Option<String>) -> Cell {
    text.as_deref().map_or(Cell::Empty, Cell::of)
}

impl StaffFigures {
    /// The first month that a figure is for.
    pub(super) fn month(&self) -> Option<NaiveDate> {
        let month = self.maaned.or(self.kvartal.map(|quarter| quarter.saturating_mul(3).saturating_sub(2))).unwrap_or(1);
        NaiveDate::from_ymd_opt(self.aar.filter(|year| (1900..2200).contains(year))?, month, 1)
    }
}

impl Address {
    pub(super) fn line(&self) -> Cell {
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
