//! What employer and employee representative each state before the start: whether the conditions of the law are met at the workplace
//! (L15). Two papers, since the law asks both; a team leader may let it start with reasons where one says no.

use crate::domain::{
    internships::alignment::Via,
    values::text::{Line, Prose},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

crate::code_enum! {
    /// Who speaks for the employees (L15), in the order of the law.
    pub enum Representative {
        Unit = "unit" ("tillidsrepræsentant på arbejdspladsen", "representative at the unit"),
        Trade = "trade" ("fagets tillidsrepræsentant på CVR-nummeret", "the trade's representative on the CVR number"),
        Joint = "joint" ("fællestillidsrepræsentant", "joint representative"),
        Employee = "employee" ("en medarbejder", "an employee"),
        NoneRequired = "none-required" ("ikke krævet: højst én ansat", "not required: at most one employee"),
    }
}

/// The employee representative's statement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Statement {
    pub given_by: Representative,
    /// The representative's name; none where none is required.
    pub name: Option<Line>,
    pub conditions_met: bool,
    pub on: NaiveDate,
    /// The team leader's reasons, where the conditions are not met and the start is decided all the same.
    pub overruled: Option<Prose>,
    /// How it was given; not kept of the eldest.
    pub via: Option<Via>,
    /// The representative's own words.
    pub remark: Option<Prose>,
}

impl Statement {
    pub fn lets_start(&self) -> bool {
        self.conditions_met || self.overruled.is_some()
    }
}

/// The employer's own statement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EmployerStatement {
    pub conditions_met: bool,
    pub on: NaiveDate,
    pub via: Via,
    /// Name of who gave it, as it was then.
    pub given_by: Option<String>,
    /// What is not met, in the employer's own words.
    pub remark: Option<Prose>,
    /// The team leader's reasons, where the conditions are not met and the start is decided all the same.
    pub overruled: Option<Prose>,
}

impl EmployerStatement {
    pub fn lets_start(&self) -> bool {
        self.conditions_met || self.overruled.is_some()
    }
}
