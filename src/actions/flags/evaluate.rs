//! Evaluates a citizen's course, or a workplace, with the flag rules, and brings the stored flags in line: raises, escalates,
//! clears or closes them, and tells those concerned. The schedule calls it, and so does delivery before a letter is sent.
//!
//! Promise: a flag is raised once per rule, subject, occasion and episode. Each person is told once per step. Evaluating twice,
//! late, or on several machines at once adds nothing.

use crate::{
    actions::{ActionError, internships::follow_ups},
    context::Context,
    domain::{
        companies::workplace::Workplace,
        internships::{alignment::Party, course::Course, internship::Internship},
        people::access::Role,
        rules::flags::{self, Audience, Finding, FlagEventKind, FlagRule, Resolution, Subject, decision_due},
        values::ids::{AccountId, CitizenId, FlagEventId, FlagId, LetterId, WorkplaceId},
    },
    outbox::{
        event::{Event, VersionToConfirm, emit},
        queue::LetterCause,
        recipients::{self, People},
    },
    store::{
        StoreError, Tx, accounts, citizens, companies, courses, flags as stored_flags,
        schema::{FlagEventRow, FlagRow, ToldRow},
        workplaces,
    },
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Evaluates one citizen's course. How many flags were raised, rose or went.
///
/// # Errors
/// A failure of the database.
pub fn look(tx: &mut Tx, context: &Context, citizen: &CitizenId) -> Result<usize, ActionError> {
    let Some(course) = courses::load(tx, &context.services.keys, context.tenant, citizen)? else { return Ok(0) };
    // One that runs from before there were follow-ups gets its plan here.
    for internship in course.internships.iter().filter(|own| own.is_open() && own.follow_ups.is_empty()) {
        follow_ups::replan(tx, context, citizen, internship)?;
    }
    let found = flags::findings(&course, context.figures(), context.at.today);
    let standing = stored_flags::standing(tx, context.tenant, citizen)?;
    let changed = Watch { context, about: About::Course(&course) }.reconcile(tx, &standing, &found)?;
    let next =
        flags::next_evaluation(&found, &course, context.at.today).into_iter().chain(wakes(&standing, context.at.today)).min();
    citizens::look_again(tx, context.tenant, citizen, next.filter(|day| *day < NaiveDate::MAX))?;
    Ok(changed)
}

/// Evaluates one workplace. How many flags were raised, rose or went.
///
/// # Errors
/// A failure of the database.
pub fn look_at(tx: &mut Tx, context: &Context, id: &WorkplaceId) -> Result<usize, ActionError> {
    let figures = context.figures();
    let Some(workplace) = workplaces::load(tx, &context.services.keys, context.tenant, id, figures, context.at.today)? else {
        return Ok(0);
    };
    let found = flags::findings_at(&workplace, figures, context.at.today);
    let standing = stored_flags::standing_at(tx, context.tenant, id)?;
    let changed = Watch { context, about: About::Workplace(&workplace) }.reconcile(tx, &standing, &found)?;
    let next = flags::next_evaluation_at(&found, &workplace, context.at.today)
        .into_iter()
        .chain(wakes(&standing, context.at.today))
        .min();
    companies::workplaces::look_again(tx, context.tenant, id, next.filter(|day| *day < NaiveDate::MAX))?;
    Ok(changed)
}

/// The day after a snooze ends.
fn wakes(standing: &[FlagRow], today: NaiveDate) -> Option<NaiveDate> {
    standing.iter().filter_map(|flag| flag.snoozed_until?.succ_opt()).filter(|day| *day > today).min()
}

/// Evaluates once more whom some flags are about, where they still stand.
///
/// # Errors
/// A failure of the database.
pub fn look_again(tx: &mut Tx, context: &Context, about: &[FlagRow]) -> Result<(), ActionError> {
    let standing = || about.iter().filter(|flag| flag.gone.is_none());
    for citizen in standing().filter_map(|flag| flag.citizen_id.as_ref()).collect::<BTreeSet<_>>() {
        look(tx, context, citizen)?;
    }
    for workplace in standing().filter_map(|flag| flag.workplace_id.as_ref()).collect::<BTreeSet<_>>() {
        look_at(tx, context, workplace)?;
    }
    Ok(())
}

/// What is evaluated.
#[derive(Clone, Copy)]
enum About<'a> {
    Course(&'a Course),
    Workplace(&'a Workplace),
}

struct Watch<'a> {
    context: &'a Context<'a>,
    about: About<'a>,
}

fn step_number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

impl Watch<'_> {
    /// Brings the flags that stand in line with what was found; how many changed.
    fn reconcile(&self, tx: &mut Tx, standing: &[FlagRow], found: &[(&'static FlagRule, Finding)]) -> Result<usize, ActionError> {
        let mut changed = 0;
        for flag in standing {
            let same = found.iter().find(|(rule, finding)| {
                rule.id == flag.rule && finding.subject.key() == flag.subject && finding.occasion == flag.occasion
            });
            match same.filter(|(_, finding)| finding.reached(self.context.at.today).is_some()) {
                Some((_, finding)) => changed += usize::from(self.keep(tx, flag.clone(), finding)?),
                None => {
                    self.let_go(tx, flag.clone())?;
                    changed += 1;
                }
            }
        }
        for (rule, finding) in found {
            let key = finding.subject.key();
            let stands =
                standing.iter().any(|flag| rule.id == flag.rule && flag.subject == key && flag.occasion == finding.occasion);
            if !stands && !finding.paused && finding.reached(self.context.at.today).is_some() {
                changed += usize::from(self.raise(tx, rule, finding, &key)?);
            }
        }
        Ok(changed)
    }

    fn raise(&self, tx: &mut Tx, rule: &FlagRule, finding: &Finding, subject: &str) -> Result<bool, ActionError> {
        let Some((index, step)) = finding.reached(self.context.at.today) else { return Ok(false) };
        let episode = stored_flags::episodes(tx, self.context.tenant, rule.id, subject, &finding.occasion)? + 1;
        if rule.until_seen && episode > 1 {
            return Ok(false);
        }
        let (citizen_id, workplace_id) = match self.about {
            About::Course(course) => (Some(course.citizen.id.clone()), None),
            About::Workplace(workplace) => (None, Some(workplace.id.clone())),
        };
        let flag = FlagRow {
            id: FlagId::new(self.context.at),
            municipality: self.context.tenant.clone(),
            citizen_id,
            workplace_id,
            rule: rule.id,
            subject: subject.into(),
            occasion: finding.occasion.clone(),
            episode: i32::try_from(episode).unwrap_or(i32::MAX),
            step: step_number(index),
            level: step.level,
            evidence: evidence(finding)?,
            raised_on: self.context.at.today,
            risen_on: self.context.at.today,
            gone: None,
            gone_on: None,
            acknowledged_level: None,
            snoozed_until: None,
            rulebook: self.context.services.book.version.clone(),
            revision: 1,
        };
        stored_flags::insert(tx, &flag)?;
        self.note(tx, &flag, FlagEventKind::Raised, None)?;
        self.tell(tx, &flag, finding)?;
        Ok(true)
    }

    /// A flag that still stands: it may have risen, and somebody may not have been told yet.
    fn keep(&self, tx: &mut Tx, mut flag: FlagRow, finding: &Finding) -> Result<bool, ActionError> {
        let Some((index, step)) = finding.reached(self.context.at.today) else { return Ok(false) };
        let rises = step_number(index) > flag.step && !finding.paused;
        if rises {
            flag.step = step_number(index);
            flag.level = step.level;
            flag.evidence = evidence(finding)?;
            flag.risen_on = self.context.at.today;
            flag.rulebook.clone_from(&self.context.services.book.version);
            flag.revision += 1;
            stored_flags::update(tx, &flag)?;
            self.note(tx, &flag, FlagEventKind::Rose, None)?;
        }
        self.tell(tx, &flag, finding)?;
        Ok(rises)
    }

    fn let_go(&self, tx: &mut Tx, mut flag: FlagRow) -> Result<(), ActionError> {
        let subject = Subject::parse(&flag.subject);
        let gone = match (flags::rule(flag.rule), &subject, self.about) {
            (Some(rule), Some(subject), About::Course(course)) => {
                (rule.resolution)(course, subject, &flag.occasion, self.context.at.today)
            }
            (Some(_), _, About::Workplace(_)) => Resolution::Cleared,
            // A rule that is no longer in the book holds nothing up.
            _ => Resolution::Closed,
        };
        flag.gone = Some(gone);
        flag.gone_on = Some(self.context.at.today);
        flag.revision += 1;
        stored_flags::update(tx, &flag)?;
        self.note(tx, &flag, gone.into(), None)?;
        if gone == Resolution::Unanswered {
            for leader in accounts::with_role(tx, self.context.tenant, Role::TeamLeader)? {
                self.line(tx, &flag, gone.code(), Audience::TeamLeader, &leader.id)?;
            }
        }
        Ok(())
    }

    fn note(&self, tx: &mut Tx, flag: &FlagRow, what: FlagEventKind, reason: Option<&str>) -> Result<(), StoreError> {
        stored_flags::note(
            tx,
            &FlagEventRow {
                id: FlagEventId::new(self.context.at),
                flag_id: flag.id.clone(),
                municipality: flag.municipality.clone(),
                happened_on: self.context.at.today,
                what,
                level: flag.level,
                account_id: None,
                reason: reason.map(Into::into),
            },
        )
    }

    /// Tells everyone named at the step that the flag has reached, unless that level is silenced.
    fn tell(&self, tx: &mut Tx, flag: &FlagRow, finding: &Finding) -> Result<(), ActionError> {
        let Some(step) = usize::try_from(flag.step).ok().and_then(|index| finding.steps.get(index)) else { return Ok(()) };
        let silenced = flag.acknowledged_level.is_some_and(|level| level >= step.level);
        let asleep = flag.snoozed_until.is_some_and(|until| until >= self.context.at.today);
        if silenced || asleep {
            return Ok(());
        }
        let people = self.people(tx, &finding.subject)?;
        let what = format!("step-{}", flag.step);
        for audience in &step.audience {
            let accounts: Vec<&AccountId> = match audience {
                Audience::Consultant => people.consultant.iter().map(|account| &account.id).collect(),
                Audience::Liaison => people.liaison.iter().map(|account| &account.id).collect(),
                Audience::TeamLeader => people.team_leaders.iter().map(|account| &account.id).collect(),
                Audience::FormerConsultant => {
                    let former = self.former_consultant(tx, &flag.occasion)?;
                    self.lines(tx, flag, &what, *audience, former.iter())?;
                    continue;
                }
                Audience::Citizen | Audience::CompanyContact => {
                    self.write_to(tx, flag, &what, *audience, &people, &finding.subject)?;
                    continue;
                }
            };
            self.lines(tx, flag, &what, *audience, accounts.into_iter())?;
        }
        Ok(())
    }

    /// The people around what a flag is about.
    fn people(&self, tx: &mut Tx, subject: &Subject) -> Result<People, ActionError> {
        let About::Course(course) = self.about else {
            let Subject::Workplace(workplace) = subject else { return Err(ActionError::NotFound) };
            return Ok(recipients::people(tx, self.context.tenant, None, None, Some(workplace))?);
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
        Ok(recipients::people(tx, self.context.tenant, Some(&course.citizen.id), internship.as_ref(), workplace.as_ref())?)
    }

    /// Who was responsible before a change, while the account is open.
    fn former_consultant(&self, tx: &mut Tx, change: &str) -> Result<Option<AccountId>, ActionError> {
        let About::Course(course) = self.about else { return Ok(None) };
        let Some(change) = course.changes.iter().find(|own| own.id.as_str() == change) else { return Ok(None) };
        let account = accounts::find(tx, self.context.tenant, &change.from)?;
        Ok(account.filter(|account| account.closed_on.is_none()).map(|account| account.id))
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
    fn line(&self, tx: &mut Tx, flag: &FlagRow, what: &str, audience: Audience, account: &AccountId) -> Result<bool, StoreError> {
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
        let (About::Course(course), Subject::Internship(id)) = (self.about, subject) else { return Ok(()) };
        let Some(internship) = course.internship(id) else { return Ok(()) };
        let (party, address) = match audience {
            Audience::Citizen => (Party::Citizen, people.citizen.as_ref().and_then(|citizen| citizen.email.as_deref())),
            _ => (Party::Company, people.contact.as_ref().and_then(|contact| contact.email.as_deref())),
        };
        let Some(address) = address else {
            return self.lines(
                tx,
                flag,
                &format!("{what}-for-{audience}"),
                Audience::Consultant,
                people.consultant.iter().map(|account| &account.id),
            );
        };
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

fn evidence(finding: &Finding) -> Result<String, StoreError> {
    serde_json::to_string(&finding.evidence).map_err(|error| StoreError::Corrupt(error.to_string()))
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
    let asked =
        Event::DecisionAsked { internship: &internship.id, reference: &internship.reference, decision_on, to, key, cause };
    emit(tx, context, asked)
}
