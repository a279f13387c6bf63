//! Who a case is about, and the companies in it.

use crate::{
    actions::companies::staff::PlacedGroup,
    domain::{
        people::citizen::{Goal, NeedFacts},
        values::{
            month::Month,
            register::{Cpr, Cvr, Industry, PNumber},
            target_group::TargetGroup,
            text::{FullTime, Line, WeeklyHours},
        },
    },
};
use chrono::NaiveDate;

/// The citizen, as registered on the first day.
#[derive(Clone, Debug)]
pub struct CaseCitizen {
    pub cpr: Cpr,
    pub name: Line,
    pub target_group: TargetGroup,
    pub job_ready: Option<bool>,
    pub in_employment: Option<bool>,
    pub goals: Vec<Goal>,
    pub hours_capacity: WeeklyHours,
    pub needs: Vec<NeedFacts>,
    pub mentor: Option<Line>,
    pub latest_employer: Option<PNumber>,
}

/// A company with its workplaces. One that is registered already only gets the new workplace.
#[derive(Clone, Debug)]
pub struct CaseCompany {
    pub cvr: Cvr,
    pub name: Line,
    pub industry: Option<Industry>,
    /// At least one.
    pub workplaces: Vec<CaseWorkplace>,
    /// None: it has not been asked.
    pub foresees_vacancy: Option<bool>,
    /// Persons whom others have placed there, by the day of the report.
    pub others: Vec<(NaiveDate, PlacedGroup)>,
}

/// A workplace, with its staff month by month: a month is reported when it has begun.
#[derive(Clone, Debug)]
pub struct CaseWorkplace {
    /// Its own name in the file, and the company's.
    pub refs: Vec<String>,
    pub p_number: PNumber,
    pub name: Line,
    pub ordinary_fte: Vec<(Month, FullTime)>,
}
