//! Decides whether terms can be registered: pure, all facts are at hand. A person decides about people (L21); what is refused
//! here is a registration.

use crate::{
    actions::{
        ActionError,
        error::{fault, unknown},
        internships::registration::facts::{Facts, RecordedApproval},
    },
    context::Context,
    domain::{
        input::{Fault, Faults, Pointer},
        internships::{
            alignment::{Asked, Cause, Commitment, ExtensionPapers, Place, Terms},
            course::Course,
            decision::Decision,
            internship::Internship,
        },
        people::access::Permission,
        rules::refusals::{Act, AskRule, Check, PapersPresent, Reason, answers},
        values::{
            day::{Period, danish},
            text::Prose,
            vocabulary::{Term, TermKind},
        },
    },
};
use chrono::NaiveDate;

/// What is asked of the rules.
pub struct Proposal<'a> {
    pub course: &'a Course,
    pub terms: &'a Terms,
    /// The internship that the terms are of, where it is on record.
    pub own: Option<&'a Internship>,
    pub act: Act,
    pub new_function: bool,
    /// The booker's own answers to what rules ask.
    pub reasons: &'a [(AskRule, &'a Option<Prose>)],
    pub papers: PapersPresent,
}

/// What a version rests on: why it was made, what lay on the table, what rules asked, and of an extension its decision.
pub struct Ground {
    pub cause: Cause,
    pub papers: Option<ExtensionPapers>,
    pub asked: Vec<Asked>,
    pub decision: Option<Decision>,
}

impl Ground {
    /// Of a change that builds on the newest version: what waits as an extension goes on as one, with its papers and its decision,
    /// as long as it still moves the end later.
    pub fn of_change(internship: &Internship, last_day: NaiveDate, asked: Vec<Asked>) -> Self {
        let newest = internship.newest();
        let waits = internship.pending().is_some() && newest.is_extension() && last_day > internship.standing().terms.period.last;
        if waits {
            Self { cause: Cause::Extension, papers: newest.papers.clone(), asked, decision: newest.decision.clone() }
        } else {
            Self { cause: Cause::Change, papers: None, asked, decision: None }
        }
    }
}

/// Asks all rules; what was asked and answered.
///
/// # Errors
/// All that refuse or ask, at once.
pub fn ask_rules(context: &Context, facts: &Facts, proposal: Proposal) -> Result<Vec<Asked>, ActionError> {
    let Some(site) = &facts.site else { return Err(ActionError::NotFound) };
    let mut reasons = own_reasons(context, proposal.reasons)?;
    reasons.extend(facts.written_reasons.iter().map(|written| written.reason.clone()));
    let found = answers(&Check {
        course: proposal.course,
        terms: proposal.terms,
        own: proposal.own,
        workplace: &site.workplace,
        reasons: &reasons,
        act: proposal.act,
        foresees_vacancy: site.row.foresees_vacancy,
        open_prospect: site.open_prospect,
        new_function: proposal.new_function,
        papers: proposal.papers,
        figures: context.figures(),
        book: &context.services.book,
        today: context.at.today,
    });
    if found.stops.is_empty() { Ok(found.asked) } else { Err(ActionError::Refused(found.stops)) }
}

fn own_reasons(context: &Context, own: &[(AskRule, &Option<Prose>)]) -> Result<Vec<Reason>, ActionError> {
    let by = context.account()?;
    let given = own.iter().filter_map(|(rule, words)| {
        Some(Reason {
            rule: rule.id(),
            words: words.as_ref()?.to_string(),
            given_by: by.name.clone(),
            // A program has the role, and leads nobody.
            by_leader: context.may(Permission::Lead),
        })
    });
    Ok(given.collect())
}

/// Where it is to be. A workplace that has closed before the last day, or whose company has, takes nobody.
///
/// # Errors
/// No such workplace; closed.
pub fn place(facts: &Facts, last_day: NaiveDate) -> Result<Place, ActionError> {
    let Some(site) = &facts.site else { return unknown("workplace") };
    if let Some(on) = site.closed_on.filter(|on| *on <= last_day) {
        let day = danish(on);
        return fault(
            "workplace",
            Fault::new("closed", format!("Arbejdspladsen er lukket den {day}."), format!("The workplace closed on {on}.")),
        );
    }
    Ok(Place {
        workplace: site.row.id.clone(),
        company: site.row.company_id.clone(),
        p_number: site.row.p_number.clone(),
        name: site.row.name.clone(),
    })
}

/// What lies on the table with an extension, under whichever name.
pub struct Offered<'a> {
    pub reason: &'a Option<Prose>,
    pub decision_on: Option<NaiveDate>,
    pub commitment: &'a Option<Commitment>,
    pub special_need: &'a Option<Prose>,
}

impl Offered<'_> {
    /// As the rules see it.
    pub fn papers(&self, context: &Context, course: &Course, approval: Option<&RecordedApproval>) -> PapersPresent {
        PapersPresent {
            reason: self.reason.is_some(),
            decision_on: self.decision_on,
            commitment: self.commitment.is_some(),
            approval: approval.is_some(),
            special_need: self.special_need.is_some(),
            broken_commitments: broken_commitments(course, context.at.today),
        }
    }

    /// As it is kept with the version.
    pub fn kept(&self, approval: Option<&RecordedApproval>) -> ExtensionPapers {
        ExtensionPapers {
            reason: self.reason.clone(),
            commitment: self.commitment.clone(),
            special_need: self.special_need.clone(),
            approved_by: approval.and_then(|approval| approval.given_by.clone()),
        }
    }
}

/// Commitments to this citizen whose latest first day has passed without a job, in words.
fn broken_commitments(course: &Course, today: NaiveDate) -> Vec<String> {
    let kept = |from: NaiveDate| course.outcomes.iter().any(|outcome| outcome.step.is_hire() && outcome.recorded_on >= from);
    course
        .internships
        .iter()
        .flat_map(|internship| internship.versions().filter_map(|version| Some((version, version.in_force_since()?))))
        .filter_map(|(version, since)| {
            let commitment = version.papers.as_ref()?.commitment.as_ref()?;
            let broken = commitment.latest_first_day < today && !kept(since);
            broken.then(|| {
                format!("{}: {} ({})", version.terms.place.name, commitment.position, danish(commitment.latest_first_day))
            })
        })
        .collect()
}

/// Occupation and tasks must stand in the list of terms.
pub fn check_terms(facts: &Facts, occupation: Option<&Term>, tasks: &[Term], faults: &mut Faults) {
    let root = Pointer::root();
    if let Some(occupation) = occupation {
        facts.unknown_terms.check(TermKind::Occupation, occupation, &root.to("occupation"), faults);
    }
    facts.unknown_terms.check_each(TermKind::Task, tasks, &root.to("tasks"), faults);
}

/// The period of two fields, and the hours plan that must begin with it.
pub fn check_period(first: NaiveDate, last: NaiveDate, plan_begins: Option<NaiveDate>, faults: &mut Faults) -> Option<Period> {
    let root = Pointer::root();
    if plan_begins != Some(first) {
        faults.add::<()>(
            &root.to("hours").to(0).to("from"),
            Fault::new(
                "hours-begin",
                format!("Timeplanen skal begynde den første dag, {first}."),
                format!("The plan of hours must begin on the first day, {first}."),
            ),
        );
    }
    Period::new(first, last).or_else(|| {
        faults.add(
            &root.to("last_day"),
            Fault::new("before-first-day", "Kan ikke ligge før den første dag.", "Cannot be before the first day."),
        )
    })
}
