//! A line as rows: a company with the production units that it names, or a production unit.

use crate::{
    domain::{
        import::{CompanySaid, Incoming, Otherwise, WorkplaceSaid},
        input::Fault,
        values::{
            register::{Cvr, PNumber},
            text::Line,
        },
    },
    import::{
        cell::{self, Cell},
        extract::{
            said::{CellFaults, name},
            shapes::{Entry, Object, current, is_over, of_text, of_value},
        },
        rows::BadCell,
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Entry {
    /// As a company, with the production units that it names.
    fn company(&self, today: NaiveDate, faults: &mut CellFaults) -> Option<Vec<Incoming>> {
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
    fn unit(&self, today: NaiveDate, faults: &mut CellFaults) -> Option<Vec<Incoming>> {
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

pub(super) fn rows(text: &str, today: NaiveDate) -> Result<Vec<Incoming>, Vec<BadCell>> {
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
    let mut faults = CellFaults::default();
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
