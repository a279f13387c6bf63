//! Whose calendar an appointment belongs in: the citizen, the company's contact person, and whoever holds the follow-up on its day.
//!
//! Who stands in for a consultant has those follow-ups in the calendar that fall into those days, and no others.

use crate::{
    context::Context,
    domain::{
        internships::{alignment::Party, course::Course, internship::Internship},
        values::ids::{AccountId, ContactId},
    },
    outbox::{readers::reader, recipients},
    store::{
        Conn, StoreError, accounts, citizens, internships,
        schema::{AccountRow, InternshipRow},
        substitutes,
    },
};
use chrono::NaiveDate;

/// Somebody, with the address at which the calendar is reached.
#[derive(Clone, Debug)]
pub struct Attendee {
    pub party: Party,
    /// Of somebody who works here.
    pub account: Option<AccountId>,
    /// Of a person at the company.
    pub contact: Option<ContactId>,
    pub address: String,
}

/// The people around an internship.
pub struct Attendees {
    citizen: Option<Attendee>,
    company: Option<Attendee>,
    consultant: Option<AccountRow>,
    /// Nobody is named to stand in for the consultant, whose account is open: the same person on every day.
    always_the_same: bool,
}

impl Attendees {
    /// Finds them.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn of(conn: &mut Conn, context: &Context, course: &Course, internship: &Internship) -> Result<Self, StoreError> {
        let row: Option<InternshipRow> = internships::find(conn, context.tenant, &internship.id)?;
        let contact = match row {
            Some(row) => recipients::contact(conn, context, row.contact_id.as_ref(), &row.workplace_id)?,
            None => None,
        };
        let company = contact.and_then(|contact| {
            Some(Attendee { party: Party::Company, account: None, contact: Some(contact.id), address: contact.email? })
        });
        let citizen = citizens::find(conn, context.tenant, &course.citizen.id)?;
        let citizen = citizen.map(|row| row.email(&context.services.keys)).transpose()?.flatten();
        let consultant = accounts::find(conn, context.tenant, &course.citizen.consultant)?;
        let always_the_same = match &consultant {
            Some(own) => own.closed_on.is_none() && substitutes::of_account(conn, context.tenant, &own.id)?.is_none(),
            None => true,
        };
        Ok(Self {
            citizen: citizen.map(|address| Attendee { party: Party::Citizen, account: None, contact: None, address }),
            company,
            consultant,
            always_the_same,
        })
    }

    /// Who of a party is to come on a day; none where nobody has an address, or no account is open.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn on(&self, conn: &mut Conn, context: &Context, party: Party, day: NaiveDate) -> Result<Option<Attendee>, StoreError> {
        match (party, &self.consultant) {
            (Party::Citizen, _) => Ok(self.citizen.clone()),
            (Party::Company, _) => Ok(self.company.clone()),
            (Party::Consultant, None) => Ok(None),
            (Party::Consultant, Some(account)) => {
                let who = if self.always_the_same { Some(account.clone()) } else { reader(conn, context.tenant, day, account)? };
                Ok(who.map(|own| Attendee { party, account: Some(own.id), contact: None, address: own.email }))
            }
        }
    }
}
