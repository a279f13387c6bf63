//! Notifies those concerned of a flag: a line for everybody who works here and is named at its step, a letter of its own to a citizen
//! or a company's contact.
//!
//! Promise: each person is notified once per step.

use crate::{
    actions::{ActionError, internships::questions::ask_of_job},
    context::Context,
    domain::{
        companies::workplace::Workplace,
        internships::{alignment::Party, course::Course, internship::Internship},
        rules::flags::{Audience, Finding, Subject, decision_due, retention_check_due},
        values::ids::{AccountId, LetterId},
    },
    outbox::{
        emit::emit,
        event::{Event, VersionToConfirm},
        queue::LetterCause,
        readers::readers,
        recipients::{self, People},
    },
    store::{
        StoreError, Tx, accounts, flags as stored_flags,
        schema::{AccountRow, FlagRow, ToldRow},
    },
};

/// What is evaluated.
#[derive(Clone, Copy)]
pub(super) enum Evaluated<'a> {
    Course(&'a Course),
    Workplace(&'a Workplace),
}

pub(super) struct Evaluation<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) about: Evaluated<'a>,
}

impl Evaluation<'_> {
    /// Tells everyone named at the step that the flag has reached. Acknowledging and snoozing silence the lines to those who work
    /// here, never a letter to the citizen or the company: what a consultant has seen is no answer by those who owe one.
    pub(super) fn tell(&self, tx: &mut Tx, flag: &FlagRow, finding: &Finding) -> Result<(), ActionError> {
        let Some(step) = usize::try_from(flag.step).ok().and_then(|index| finding.steps.get(index)) else { return Ok(()) };
        let silenced = flag.acknowledged_level.is_some_and(|level| level >= step.level);
        let asleep = flag.snoozed_until.is_some_and(|until| until >= self.context.at.today);
        let quiet = silenced || asleep;
        let people = self.people(tx, &finding.subject)?;
        let what = format!("step-{}", flag.step);
        let is_outside = |audience: &&Audience| matches!(audience, Audience::Citizen | Audience::CompanyContact);
        for audience in step.audience.iter().filter(|audience| !quiet || is_outside(audience)) {
            let accounts: Vec<&AccountId> = match audience {
                Audience::Consultant => people.consultants.iter().map(|account| &account.id).collect(),
                Audience::Liaison => people.liaisons.iter().map(|account| &account.id).collect(),
                Audience::TeamLeader => people.team_leaders.iter().map(|account| &account.id).collect(),
                Audience::FormerConsultant => {
                    let former = self.former_consultant(tx, &flag.occasion)?;
                    self.lines(tx, flag, &what, *audience, former.iter().map(|account| &account.id))?;
                    continue;
                }
                Audience::Mentor => continue,
                Audience::Citizen | Audience::CompanyContact => {
                    self.write_to(tx, flag, &what, *audience, &people, &finding.subject)?;
                    continue;
                }
            };
            self.lines(tx, flag, &what, *audience, accounts.into_iter())?;
        }
        self.ask_of_job(tx, flag, &finding.subject)
    }

    /// When it is time to hear whether a job holds, those who know are asked themselves.
    fn ask_of_job(&self, tx: &mut Tx, flag: &FlagRow, subject: &Subject) -> Result<(), ActionError> {
        let (Evaluated::Course(course), Subject::Outcome(job)) = (self.about, subject) else { return Ok(()) };
        let from = course.outcomes.iter().find(|own| own.id == *job).and_then(|own| own.from.as_ref());
        match from {
            Some(internship) if retention_check_due::RULE.id == flag.rule => {
                ask_of_job(tx, self.context, course, internship, &format!("{job}/{}", flag.occasion))
            }
            _ => Ok(()),
        }
    }

    /// The people around what a flag is about.
    pub(super) fn people(&self, tx: &mut Tx, subject: &Subject) -> Result<People, ActionError> {
        let (tenant, today) = (self.context.tenant, self.context.at.today);
        let Evaluated::Course(course) = self.about else {
            let Subject::Workplace(workplace) = subject else { return Err(ActionError::NotFound) };
            return Ok(recipients::people(tx, tenant, today, None, None, Some(workplace))?);
        };
        let (internship, workplace) = match subject {
            Subject::Internship(id) => (Some(id.clone()), None),
            Subject::CitizenAt(_, workplace) | Subject::Workplace(workplace) => (None, Some(workplace.clone())),
            Subject::Outcome(id) => {
                let outcome = course.outcomes.iter().find(|outcome| outcome.id == *id);
                (outcome.and_then(|outcome| outcome.from.clone()), outcome.and_then(|outcome| outcome.workplace.clone()))
            }
            Subject::Citizen(_) => (None, None),
        };
        Ok(recipients::people(tx, tenant, today, Some(&course.citizen.id), internship.as_ref(), workplace.as_ref())?)
    }

    /// Who reads what is meant for whoever was responsible before a change.
    fn former_consultant(&self, tx: &mut Tx, change: &str) -> Result<Vec<AccountRow>, ActionError> {
        let Evaluated::Course(course) = self.about else { return Ok(Vec::new()) };
        let Some(change) = course.changes.iter().find(|own| own.id.as_str() == change) else { return Ok(Vec::new()) };
        let Some(account) = accounts::find(tx, self.context.tenant, &change.from)? else { return Ok(Vec::new()) };
        Ok(readers(tx, self.context.tenant, self.context.at.today, &account)?)
    }

    fn lines<'i>(
        &self,
        tx: &mut Tx,
        flag: &FlagRow,
        what: &str,
        audience: Audience,
        accounts: impl Iterator<Item = &'i AccountId>,
    ) -> Result<(), ActionError> {
        for account in accounts {
            self.line(tx, flag, what, audience, account)?;
        }
        Ok(())
    }

    fn told(&self, flag: &FlagRow, what: &str, audience: Audience, person: &str) -> ToldRow {
        ToldRow {
            told_key: format!("{}/{}/{}/{}/{what}/{person}", flag.rule, flag.subject, flag.occasion, flag.episode),
            municipality: flag.municipality.clone(),
            flag_id: flag.id.clone(),
            audience,
            account_id: None,
            level: flag.level,
            what: what.into(),
            told_on: self.context.at.today,
            letter_id: None,
        }
    }

    /// A line for somebody who works here; a letter carries it later.
    pub(super) fn line(
        &self,
        tx: &mut Tx,
        flag: &FlagRow,
        what: &str,
        audience: Audience,
        account: &AccountId,
    ) -> Result<bool, StoreError> {
        stored_flags::tell(
            tx,
            &ToldRow { account_id: Some(account.to_owned()), ..self.told(flag, what, audience, account.as_str()) },
        )
    }

    /// A single letter to the citizen or the company's contact. Where there is no address, the consultant is told instead.
    fn write_to(
        &self,
        tx: &mut Tx,
        flag: &FlagRow,
        what: &str,
        audience: Audience,
        people: &People,
        subject: &Subject,
    ) -> Result<(), ActionError> {
        let (Evaluated::Course(course), Subject::Internship(id)) = (self.about, subject) else { return Ok(()) };
        let Some(internship) = course.internship(id) else { return Ok(()) };
        let (party, address) = match audience {
            Audience::Citizen => {
                let own = people.citizen.as_ref().map(|citizen| citizen.email(&self.context.services.keys));
                (Party::Citizen, own.transpose()?.flatten())
            }
            _ => (Party::Company, people.contact.as_ref().and_then(|contact| contact.email.clone())),
        };
        let Some(address) = address.as_deref() else {
            return self.lines(
                tx,
                flag,
                &format!("{what}-for-{audience}"),
                Audience::Consultant,
                people.consultants.iter().map(|account| &account.id),
            );
        };
        if party == Party::Company && decision_due::RULE.id != flag.rule && !internship.company_may_read() {
            return Ok(());
        }
        let told = self.told(flag, what, audience, audience.code());
        let key = told.told_key.clone();
        if crate::store::letters::is_queued(tx, self.context.tenant, &key)? {
            return Ok(());
        }
        let letter = if decision_due::RULE.id == flag.rule {
            ask_for_decision(tx, self.context, internship, address, &key, LetterCause::Flags(vec![flag.id.clone()]))?
        } else {
            let version = VersionToConfirm::newest_of(internship);
            emit(tx, self.context, Event::ConfirmationAsked { version, party, to: address, reminder: Some(&key) })?
        };
        stored_flags::tell(tx, &ToldRow { letter_id: letter, ..told })?;
        Ok(())
    }
}

/// Asks the company's contact to answer *hire* or *no*.
///
/// # Errors
/// A failure of the database.
pub fn ask_for_decision(
    tx: &mut Tx,
    context: &Context,
    internship: &Internship,
    to: &str,
    key: &str,
    cause: LetterCause,
) -> Result<Option<LetterId>, StoreError> {
    let Some(decision_on) = internship.decision_on() else { return Ok(None) };
    emit(tx, context, Event::DecisionAsked { internship: &internship.id, decision_on, to, key, cause })
}
