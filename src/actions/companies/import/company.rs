//! Compares what a row says of a company with what is here.

use crate::{
    actions::companies::import::{
        batch::Batch,
        difference::{put, put_industry, shown, text},
        item::ImportItem,
    },
    domain::{
        import::{Came, Changed, Column, CompanySaid, Difference, Incoming, Life},
        values::ids::CompanyId,
    },
    store::schema::CompanyRow,
};

impl<'a> Batch<'a> {
    pub(super) fn new_company(&self, row: &Incoming) -> Option<CompanyRow> {
        let CompanySaid { name, form, industry, advertising_protected, life, otherwise } = &row.company;
        let industry = industry.as_ref().or(otherwise.industry.as_ref());
        Some(CompanyRow {
            id: CompanyId::new(self.context.at),
            municipality: self.context.tenant.clone(),
            cvr: row.cvr.as_str().into(),
            name: name.as_ref().or(otherwise.name.as_ref())?.to_string(),
            industry: industry.map(|industry| industry.code.as_str().into()),
            industry_scheme: industry.and_then(|industry| industry.scheme),
            advertising_protected: advertising_protected.or(otherwise.advertising_protected).unwrap_or_default(),
            liaison_id: self.context.account().ok()?.id.clone(),
            revision: 1,
            form: form.as_ref().map(ToString::to_string),
            closed_on: life.and_then(Life::closed_on),
            approaches_at_most: None,
        })
    }

    /// A company that is here, or that an earlier row has brought.
    pub(super) fn company(&mut self, item: &ImportItem) {
        let said = &item.row.company;
        let Some(kept) = self.companies.get_mut(item.row.cvr.as_str()) else { return };
        let row = &mut kept.row;
        let found = &mut Vec::new();
        let was_open = row.closed_on.is_none();
        let industry = row.industry.clone();
        if !item.company_told {
            if let Some(name) = &said.name {
                put(&mut row.name, name.to_string(), Column::CompanyName, Clone::clone, found);
            }
            if let Some(form) = &said.form {
                put(&mut row.form, text(form.as_str()), Column::Form, shown, found);
            }
            if let Some(industry) = &said.industry {
                put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::CompanyIndustry, found);
            }
            if let Some(protected) = said.advertising_protected {
                let slot = &mut row.advertising_protected;
                put(slot, protected, Column::AdvertisingProtected, |yes| if *yes { "ja" } else { "nej" }.into(), found);
            }
            if let Some(life) = said.life {
                put(&mut row.closed_on, life.closed_on(), Column::CompanyClosed, shown, found);
            }
        }
        if let (None, Some(industry)) = (&row.industry, &said.otherwise.industry) {
            put_industry(&mut row.industry, &mut row.industry_scheme, industry, Column::CompanyIndustry, found);
        }
        if kept.stood && found.iter().any(|difference| difference.column == Column::CompanyName) {
            self.renamed_companies.insert(row.cvr.clone());
        }
        if row.industry != industry && kept.stood {
            self.trades.push(row.cvr.clone());
        }
        let closes = was_open && row.closed_on.is_some();
        let counts = kept.stood && !item.company_counted;
        let changes = !found.is_empty();
        kept.touched |= changes;
        if counts && changes && closes {
            self.brought.companies.closed += 1;
            self.brought.changes.push(company_came(Came::CompanyClosed, row, std::mem::take(found)));
        } else if counts && changes {
            self.brought.companies.changed += 1;
            self.brought.changes.push(company_came(Came::CompanyChanged, row, std::mem::take(found)));
        } else if counts && !item.company_told {
            self.brought.companies.unchanged += 1;
        }
    }
}

pub(super) fn company_came(came: Came, row: &CompanyRow, fields: Vec<Difference>) -> Changed {
    Changed { came, cvr: row.cvr.clone(), p_number: None, name: row.name.clone(), fields }
}
