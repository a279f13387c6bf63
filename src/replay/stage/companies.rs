//! Registers the companies of a case with their workplaces and contacts.

use crate::{
    actions::{
        ActionError,
        companies::{
            contacts::{self, ContactDetails},
            register::{self, NewCompany},
            workplaces::{self, NewWorkplace, WorkplaceDetails},
        },
    },
    context::{Context, Seen},
    domain::values::{ids::CompanyId, register::IndustryScheme},
    replay::{
        format::{CaseCompany, CaseWorkplace},
        stage::{addresses::address, scene::StagedPlace},
        words::line,
    },
    store::{self, Tx},
};

pub(super) fn company_of(tx: &mut Tx, context: &Context, company: &CaseCompany) -> Result<CompanyId, ActionError> {
    if let Some(row) = store::companies::by_cvr(tx, context.tenant, company.cvr.as_str())? {
        return Ok(row.id);
    }
    let new = NewCompany {
        cvr: company.cvr.clone(),
        name: company.name.clone(),
        industry: company.industry.clone(),
        industry_scheme: company.industry.as_ref().map(|_| IndustryScheme::Db07),
        form: None,
        advertising_protected: false,
        approaches_at_most: None,
        liaison: None,
    };
    register::register(tx, context, &new)
}

pub(super) fn place(
    tx: &mut Tx,
    context: &Context,
    company: &CompanyId,
    facts: &CaseCompany,
    workplace: &CaseWorkplace,
    slug: &str,
    number: usize,
) -> Result<StagedPlace, ActionError> {
    let there = store::companies::workplaces::of_company(tx, context.tenant, company, "", i64::from(u16::MAX))?;
    let known = there.into_iter().find(|row| row.p_number == workplace.p_number.as_str());
    let name = workplace.name.clone();
    let id = if let Some(row) = known {
        let id = row.id;
        let details = WorkplaceDetails {
            name,
            address: None,
            location: None,
            industry: facts.industry.clone(),
            industry_scheme: None,
            closed_on: None,
            foresees_vacancy: facts.foresees_vacancy,
        };
        workplaces::change(tx, context, Seen::Newest, &id, &details)?;
        id
    } else {
        let p_number = workplace.p_number.clone();
        let new = NewWorkplace {
            p_number,
            name,
            address: None,
            location: None,
            industry: facts.industry.clone(),
            industry_scheme: None,
            foresees_vacancy: facts.foresees_vacancy,
        };
        workplaces::add(tx, context, company, &new)?
    };
    let contact = ContactDetails {
        name: line(&format!("Daglig leder, {}", workplace.name).chars().take(200).collect::<String>())?,
        email: Some(address(&format!("kontakt-{number}"), slug, "virksomhed.example")?),
        phone: None,
        job: None,
        left_on: None,
    };
    let contact = contacts::add(tx, context, &id, &contact)?;
    Ok(StagedPlace { refs: workplace.refs.clone(), workplace: id, name: workplace.name.to_string(), contact })
}
