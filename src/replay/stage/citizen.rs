//! Registers the citizen of a case, and the terms that the case names and the list does not know.

use crate::{
    actions::{
        ActionError,
        people::citizens::{self, Needs, NewCitizen, NewTerm},
    },
    context::{Context, Seen},
    domain::values::{
        ids::CitizenId,
        vocabulary::{Term, TermKind},
    },
    replay::{
        format::{Case, EventKind},
        stage::addresses::address,
        words::line,
    },
    store::{Tx, terms},
};

pub(super) fn add_terms(tx: &mut Tx, context: &Context, case: &Case) -> Result<(), ActionError> {
    for (kind, term) in named_terms(case) {
        if !terms::knows(tx, context.tenant, kind, term)? {
            let name = line(term.as_str())?;
            citizens::add_term(tx, context, &NewTerm { kind, key: term.clone(), da: name.clone(), en: name })?;
        }
    }
    Ok(())
}

fn named_terms(case: &Case) -> impl Iterator<Item = (TermKind, &Term)> {
    let rests = case.events.iter().filter_map(|event| match &event.what {
        EventKind::Book(book) => Some(&book.rest),
        EventKind::Change(change) => Some(&change.rest),
        _ => None,
    });
    let occupations = case
        .citizen
        .goals
        .iter()
        .flat_map(|goal| &goal.occupations)
        .chain(rests.clone().filter_map(|rest| rest.occupation.as_ref()));
    let tasks =
        case.citizen.needs.iter().flat_map(|need| &need.rules_out).chain(rests.flat_map(|rest| rest.tasks.iter().flatten()));
    occupations.map(|term| (TermKind::Occupation, term)).chain(tasks.map(|term| (TermKind::Task, term)))
}

pub(super) fn register_citizen(tx: &mut Tx, context: &Context, case: &Case, slug: &str) -> Result<CitizenId, ActionError> {
    let person = &case.citizen;
    let new = NewCitizen {
        cpr: person.cpr.clone(),
        name: person.name.clone(),
        email: Some(address("borger", slug, "borger.example")?),
        phone: None,
        target_group: person.target_group.clone(),
        job_ready: person.job_ready,
        in_employment: person.in_employment,
        goals: person.goals.clone(),
        hours_capacity: person.hours_capacity,
        consultant: None,
        mentor: person.mentor.clone(),
        mentor_email: None,
        mentor_phone: None,
        latest_employer: person.latest_employer.clone(),
    };
    let id = citizens::register(tx, context, &new)?;
    if !person.needs.is_empty() {
        citizens::put_needs(tx, context, Seen::Newest, &id, &Needs { needs: person.needs.clone() })?;
    }
    Ok(id)
}
