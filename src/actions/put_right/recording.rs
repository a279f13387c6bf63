//! Keeps a correction: what stood before, sealed, why, by whom; and tells those who had been told.
//!
//! Promise: citizen and company learn of it where they had been written to about the case; whoever here was told of a flag that goes
//! because of it learns of it, each once.

use crate::{
    actions::{
        ActionError,
        error::unserializable,
        flags::evaluate::{evaluate_citizen, evaluate_workplace},
        people::closed::check_unrestricted,
    },
    context::Context,
    domain::{
        internships::{alignment::Party, internship::Internship},
        people::correction::{Corrected, CorrectionTold},
        rules::flags::Audience,
        values::{
            ids::{AccountId, CitizenId, CorrectionId, WorkplaceId},
            text::Prose,
        },
    },
    outbox::{emit::emit, event::Event, letters::PartyNews, news::tell_some},
    store::{
        Tx, accounts, corrections, flags, letters,
        schema::{CorrectionRow, FlagRow},
        sealed,
    },
};
use serde_json::Value;
use std::collections::BTreeMap;

crate::input! {
    /// Why it was registered in error.
    pub struct Correcting {
        pub reasons: Prose,
    }
}

/// A correction that has been made, and is to be kept and told.
pub(crate) struct Correction<'a> {
    pub what: Corrected,
    /// What was wrong, by its id.
    pub subject: &'a str,
    pub citizen: &'a CitizenId,
    /// The internship that it belongs to, as it was before.
    pub internship: Option<&'a Internship>,
    /// The workplaces that it concerns.
    pub workplaces: Vec<WorkplaceId>,
    /// What stood before.
    pub before: Value,
    pub reasons: &'a Prose,
}

impl Correction<'_> {
    /// Keeps it without telling anybody: part of another that tells.
    pub(super) fn keep(&self, tx: &mut Tx, context: &Context, told: &CorrectionTold) -> Result<CorrectionId, ActionError> {
        let id = CorrectionId::new(context.at);
        self.keep_as(tx, context, id, told)
    }

    fn keep_as(
        &self,
        tx: &mut Tx,
        context: &Context,
        id: CorrectionId,
        told: &CorrectionTold,
    ) -> Result<CorrectionId, ActionError> {
        check_unrestricted(tx, context, self.citizen)?;
        let keys = &context.services.keys;
        corrections::insert(
            tx,
            &CorrectionRow {
                municipality: context.tenant.clone(),
                citizen_id: self.citizen.clone(),
                internship_id: self.internship.map(|internship| internship.id.clone()),
                what: self.what,
                subject: self.subject.to_owned(),
                reasons: sealed::CORRECTION_REASONS.seal(keys, &id, &self.reasons.to_string())?,
                stood_before: sealed::CORRECTION_BEFORE.seal(keys, &id, &self.before.to_string())?,
                told: serde_json::to_string(told).map_err(unserializable)?,
                corrected_by: context.account()?.id.clone(),
                corrected_on: context.at.today,
                id: id.clone(),
            },
        )?;
        Ok(id)
    }

    /// Keeps it, brings the flags in line, and tells those who had been told.
    pub(super) fn keep_and_tell(&self, tx: &mut Tx, context: &Context) -> Result<CorrectionId, ActionError> {
        self.keep_and_tell_also(tx, context, None)
    }

    /// The same, and tells a consultant whom it concerns whatever was told before.
    pub(super) fn keep_and_tell_also(
        &self,
        tx: &mut Tx,
        context: &Context,
        also: Option<&AccountId>,
    ) -> Result<CorrectionId, ActionError> {
        let id = CorrectionId::new(context.at);
        let parties = self.tell_parties(tx, context, &id)?;
        let accounts = self.tell_accounts(tx, context, &id, also)?;
        let has = |party: Party| parties.contains(&party);
        let told = CorrectionTold { citizen: has(Party::Citizen), company: has(Party::Company), accounts };
        self.keep_as(tx, context, id, &told)
    }

    /// Citizen and company, where they had been written to about the case.
    fn tell_parties(&self, tx: &mut Tx, context: &Context, id: &CorrectionId) -> Result<Vec<Party>, ActionError> {
        let reaches =
            matches!(self.what, Corrected::Booking | Corrected::Start | Corrected::End | Corrected::Answer | Corrected::Pause);
        let Some(internship) = self.internship.filter(|_| reaches) else { return Ok(Vec::new()) };
        let written = letters::of_cases(tx, context.tenant, std::slice::from_ref(&internship.reference))?;
        let had = |audience: Audience| written.iter().any(|letter| letter.audience == audience && letter.dropped_at.is_none());
        let parties = [(Party::Citizen, Audience::Citizen), (Party::Company, Audience::CompanyContact)];
        let parties: Vec<Party> = parties.into_iter().filter(|(_, audience)| had(*audience)).map(|(party, _)| party).collect();
        tell_some(tx, context, internship, &parties, PartyNews::PutRight { what: self.what, correction: id.clone() })
    }

    /// Whoever here was told of a flag that has gone now.
    fn tell_accounts(
        &self,
        tx: &mut Tx,
        context: &Context,
        id: &CorrectionId,
        also: Option<&AccountId>,
    ) -> Result<Vec<AccountId>, ActionError> {
        let mut stood = flags::standing(tx, context.tenant, self.citizen)?;
        for workplace in &self.workplaces {
            stood.extend(flags::standing_at(tx, context.tenant, workplace)?);
        }
        evaluate_citizen(tx, context, self.citizen)?;
        for workplace in &self.workplaces {
            evaluate_workplace(tx, context, workplace)?;
        }
        let mut told = Vec::new();
        let mut readers = readers(tx, context, &stood)?;
        if let Some(account) = also {
            readers.entry(account.clone()).or_insert(Audience::Consultant);
        }
        for (account, audience) in readers {
            let open = accounts::find_person(tx, context.tenant, &account)?.filter(|own| own.closed_on.is_none());
            let Some(own) = open.filter(|own| context.account().is_ok_and(|by| by.id != own.id)) else { continue };
            let (what, citizen) = (self.what, self.citizen);
            let event = Event::PutRight {
                what,
                correction: id,
                internship: self.internship.map(|own| &own.id),
                citizen,
                audience,
                account: &account,
                to: &own.email,
            };
            emit(tx, context, event)?;
            told.push(account);
        }
        Ok(told)
    }
}

/// Who was told, in a letter that has left, of those flags that have gone since.
fn readers(tx: &mut Tx, context: &Context, stood: &[FlagRow]) -> Result<BTreeMap<AccountId, Audience>, ActionError> {
    let mut readers = BTreeMap::new();
    for flag in stood {
        let gone = flags::find(tx, context.tenant, &flag.id)?.is_some_and(|now| now.gone.is_some());
        if gone {
            for line in flags::told(tx, context.tenant, &flag.id)? {
                let (Some(account), Some(letter)) = (line.account_id, line.letter_id) else { continue };
                if letters::find(tx, context.tenant, &letter)?.is_some_and(|letter| letter.sent_at.is_some()) {
                    readers.insert(account, line.audience);
                }
            }
        }
    }
    Ok(readers)
}
