//! Brings the stored flags of a course or a workplace in line with what the rules found: raises, escalates, clears or closes them.
//!
//! Promise: a flag is raised once per rule, subject, occasion and episode. Reconciling twice, late, or on several machines at once
//! adds nothing.

use crate::{
    actions::{
        ActionError,
        flags::notify::{Evaluated, Evaluation},
    },
    domain::{
        rules::flags::{self, Audience, Finding, FlagEventKind, FlagRule, Level, Resolution, Subject},
        values::ids::{FlagEventId, FlagId},
    },
    store::{
        StoreError, Tx, flags as stored_flags,
        schema::{FlagEventRow, FlagRow},
    },
};

fn step_number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

impl Evaluation<'_> {
    /// Brings the flags that stand in line with what was found; how many changed.
    pub(super) fn reconcile(
        &self,
        tx: &mut Tx,
        standing: &[FlagRow],
        found: &[(&'static FlagRule, Finding)],
    ) -> Result<usize, ActionError> {
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
            Evaluated::Course(course) => (Some(course.citizen.id.clone()), None),
            Evaluated::Workplace(workplace) => (None, Some(workplace.id.clone())),
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
        self.note(tx, &flag, FlagEventKind::Raised)?;
        self.tell(tx, &flag, finding)?;
        Ok(true)
    }

    /// A flag that still stands: it may have risen, and somebody may not have been told yet.
    fn keep(&self, tx: &mut Tx, mut flag: FlagRow, finding: &Finding) -> Result<bool, ActionError> {
        let Some((index, step)) = finding.reached(self.context.at.today) else { return Ok(false) };
        let rises = step_number(index) > flag.step && !finding.paused;
        if rises {
            flag.step = step_number(index);
            if step.level > flag.level {
                // What was agreed to wait for is no longer what it was.
                flag.snoozed_until = None;
            }
            flag.level = step.level;
            flag.evidence = evidence(finding)?;
            flag.risen_on = self.context.at.today;
            flag.rulebook.clone_from(&self.context.services.book.version);
            flag.revision += 1;
            stored_flags::update(tx, &flag)?;
            self.note(tx, &flag, FlagEventKind::Rose)?;
        }
        self.tell(tx, &flag, finding)?;
        Ok(rises)
    }

    fn let_go(&self, tx: &mut Tx, mut flag: FlagRow) -> Result<(), ActionError> {
        let subject = Subject::parse(&flag.subject);
        let gone = match (flags::rule(flag.rule), &subject, self.about) {
            (_, _, Evaluated::Course(course)) if course.citizen.left.is_some() => Resolution::Closed,
            // One of another record of the same person, which was merged into this one.
            (_, Some(Subject::Citizen(id) | Subject::CitizenAt(id, _)), Evaluated::Course(course))
                if *id != course.citizen.id =>
            {
                Resolution::Closed
            }
            (Some(rule), Some(subject), Evaluated::Course(course)) => {
                (rule.resolution)(course, subject, &flag.occasion, self.context.at.today)
            }
            (Some(_), _, Evaluated::Workplace(_)) => Resolution::Cleared,
            // A rule that is no longer in the book holds nothing up.
            _ => Resolution::Closed,
        };
        if gone == Resolution::Unanswered {
            flag.level = flag.level.max(Level::Warning);
        }
        flag.gone = Some(gone);
        flag.gone_on = Some(self.context.at.today);
        flag.revision += 1;
        stored_flags::update(tx, &flag)?;
        self.note(tx, &flag, gone.into())?;
        if let (Resolution::Unanswered, Some(subject)) = (gone, &subject) {
            for leader in self.people(tx, subject)?.team_leaders {
                self.line(tx, &flag, gone.code(), Audience::TeamLeader, &leader.id)?;
            }
        }
        Ok(())
    }

    fn note(&self, tx: &mut Tx, flag: &FlagRow, what: FlagEventKind) -> Result<(), StoreError> {
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
                reason: None,
            },
        )
    }
}

fn evidence(finding: &Finding) -> Result<String, StoreError> {
    serde_json::to_string(&finding.evidence).map_err(|error| StoreError::Corrupt(error.to_string()))
}
