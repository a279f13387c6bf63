//! Brings a batch in: each row is compared, then all is written.

use crate::{
    actions::{
        ActionError,
        companies::import::{
            batch::{Batch, Kept},
            company::company_came,
            item::{Brought, ImportItem},
        },
    },
    context::Context,
    domain::{
        import::{Came, Column},
        input::Fault,
        people::access::Permission,
    },
    store::Tx,
};

/// Whether whoever acts may bring lists in: asked before a file is received and read, since that takes long.
///
/// # Errors
/// Not for this role.
pub fn may_import(context: &Context) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    Ok(())
}

/// Compares a batch with what stands here, and writes what is new or said otherwise.
///
/// # Errors
/// The role does not keep companies; a failure of the database.
pub fn bring(tx: &mut Tx, context: &Context, items: &[ImportItem]) -> Result<Brought, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut batch = Batch::load(tx, context, items)?;
    for (index, item) in items.iter().enumerate() {
        batch.take(index, item);
    }
    batch.write(tx)
}

impl<'a> Batch<'a> {
    fn take(&mut self, index: usize, item: &ImportItem) {
        let row = &item.row;
        let cvr = row.cvr.as_str();
        let here = self.companies.contains_key(cvr);
        let gone = self.is_over(row.company.life);
        let place_gone = row.workplace.as_ref().is_some_and(|place| self.is_over(place.life));
        if !here && !item.company_counted && (gone || place_gone) {
            self.brought.left_out += 1;
            return;
        }
        if !here {
            let Some(new) = self.new_company(row) else {
                let fault = Fault::new(
                    "required",
                    "Virksomheden findes ikke her endnu, og rækken siger ikke, hvad den hedder. Skriv dens navn.",
                    "The company is not here yet, and the row does not say its name. Write its name.",
                );
                self.brought.refused.push((index, Column::CompanyName, fault));
                return;
            };
            self.cvrs.insert(new.id.clone(), new.cvr.clone());
            if !item.company_counted {
                self.brought.companies.new += 1;
                self.brought.new_companies.push(new.cvr.clone());
                self.brought.changes.push(company_came(Came::NewCompany, &new, Vec::new()));
            }
            self.companies.insert(cvr.to_owned(), Kept { row: new, stood: false, touched: false, told: false });
        } else {
            self.company(item);
        }
        if let Some(said) = &row.workplace {
            self.workplace(cvr, said, item.workplace_counted);
        }
    }
}
