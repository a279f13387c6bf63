//! The papers of the start gate: the statements and the decision.

use crate::{
    domain::{
        internships::{
            alignment::Via,
            decision::Decision,
            statements::{EmployerStatement, Representative, Statement},
        },
        values::text::{Line, Prose},
    },
    store::sealed::value::{StoredValue, StoredValueError, read, write},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
struct StoredStatement {
    given_by: Representative,
    name: Option<Line>,
    conditions_met: bool,
    on: NaiveDate,
    overruled: Option<Prose>,
    /// Not kept of the oldest.
    #[serde(default)]
    via: Option<Via>,
    #[serde(default)]
    remark: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredEmployerStatement {
    conditions_met: bool,
    on: NaiveDate,
    via: Via,
    given_by: Option<String>,
    remark: Option<Prose>,
    overruled: Option<Prose>,
}

#[derive(Deserialize, Serialize)]
struct StoredDecision {
    reasons: Prose,
    complaint_guidance: Prose,
    on: NaiveDate,
    by: String,
    /// Not kept of the oldest.
    #[serde(default)]
    rulebook: Option<String>,
}

impl StoredValue for Statement {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { given_by, name, conditions_met, on, overruled, via, remark } = self.clone();
        write(StoredStatement { given_by, name, conditions_met, on, overruled, via, remark })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredStatement { given_by, name, conditions_met, on, overruled, via, remark } = read(text)?;
        Ok(Self { given_by, name, conditions_met, on, overruled, via, remark })
    }
}

impl StoredValue for EmployerStatement {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { conditions_met, on, via, given_by, remark, overruled } = self.clone();
        write(StoredEmployerStatement { conditions_met, on, via, given_by, remark, overruled })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredEmployerStatement { conditions_met, on, via, given_by, remark, overruled } = read(text)?;
        Ok(Self { conditions_met, on, via, given_by, remark, overruled })
    }
}

impl StoredValue for Decision {
    fn to_text(&self) -> Result<String, serde_json::Error> {
        let Self { reasons, complaint_guidance, on, by, rulebook } = self.clone();
        write(StoredDecision { reasons, complaint_guidance, on, by, rulebook })
    }
    fn from_text(text: &str) -> Result<Self, StoredValueError> {
        let StoredDecision { reasons, complaint_guidance, on, by, rulebook } = read(text)?;
        Ok(Self { reasons, complaint_guidance, on, by, rulebook })
    }
}
