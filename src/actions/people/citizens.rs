//! Citizens: goals in their own words (S11, S20), capacity, needs, consultant, mentor, latest employer.

use crate::{
    actions::{
        ActionError,
        error::fault,
        internships::{inviting, mentor},
        people::{
            accounts::taken,
            closed::open_citizen,
            consultant::check_consultant,
            continuity::{self, NewConsultant, NewStory},
        },
        put_right::persons,
        terms::UnknownTerms,
    },
    context::{Context, Seen},
    crypto::case_reference,
    domain::{
        input::{Fault, Faults, MergePatch, Pointer},
        internships::alignment::Via,
        people::{
            access::Permission,
            citizen::{Goal, NeedFacts},
            continuity::StoryKind,
            personal_details::PersonalDetails,
        },
        values::{
            ids::{AccountId, CitizenId, NeedId},
            register::{Cpr, PNumber},
            target_group::TargetGroup,
            text::{Email, Line, Prose, Text, WeeklyHours},
            vocabulary::TermKind,
        },
    },
    store::{
        Conn, Tx, citizen_names, citizens, courses,
        schema::{CapacityRow, CitizenRow, NeedRow, TermRow},
        sealed, terms,
    },
};
use chrono::NaiveDate;

crate::input! {
    /// A citizen to register.
    pub struct NewCitizen {
        pub cpr: Cpr,
        pub name: Line,
        /// Letters go here.
        pub email: Option<Email>,
        pub phone: Option<Text<40>>,
        pub target_group: TargetGroup,
        /// Assessed as job-ready, where the group is so only by assessment (12).
        pub job_ready: Option<bool>,
        /// Sick-listed (6 and 7): employed, and kept at the own workplace.
        pub in_employment: Option<bool>,
        pub goals: Vec<Goal>,
        /// Hours a week agreed with the citizen, from today.
        pub hours_capacity: WeeklyHours,
        /// Who is responsible; left out: the asker.
        pub consultant: Option<AccountId>,
        pub mentor: Option<Line>,
        /// Only where the citizen wants the mentor told of what is agreed: letters go here.
        pub mentor_email: Option<Email>,
        pub mentor_phone: Option<Text<40>>,
        /// P-number of the latest employer.
        pub latest_employer: Option<PNumber>,
    }
}

crate::input! {
    /// What a citizen's record is to be from now on; the CPR number stays.
    pub struct CitizenDetails {
        pub name: Line,
        pub email: Option<Email>,
        pub phone: Option<Text<40>>,
        pub target_group: TargetGroup,
        pub job_ready: Option<bool>,
        pub in_employment: Option<bool>,
        pub goals: Vec<Goal>,
        pub consultant: AccountId,
        pub mentor: Option<Line>,
        /// Only where the citizen wants the mentor told of what is agreed: letters go here.
        pub mentor_email: Option<Email>,
        pub mentor_phone: Option<Text<40>>,
        pub latest_employer: Option<PNumber>,
    }
}

/// Some fields of it.
pub type CitizenPatch = MergePatch<CitizenDetails>;

crate::input! {
    /// Hours a week that the citizen can manage, agreed with the citizen.
    pub struct NewCapacity {
        pub from: NaiveDate,
        pub weekly_hours: WeeklyHours,
        /// How the citizen confirmed it.
        pub via: Via,
    }
}

crate::input! {
    /// The needs of a citizen, all of them.
    pub struct Needs {
        pub needs: Vec<NeedFacts>,
    }
}

crate::input! {
    /// A CPR number to look up: in a body, never in an address.
    pub struct CprSearch {
        pub cpr: Cpr,
    }
}

crate::input! {
    /// A name to look for: in a body, never in an address.
    pub struct NameSearch {
        pub name: Line,
    }
}

crate::input! {
    /// An occupation, task or accommodation that the list lacks.
    pub struct NewTerm {
        pub kind: TermKind,
        pub key: crate::domain::values::vocabulary::Term,
        pub da: Line,
        pub en: Line,
    }
}

/// Who a citizen is, as two bodies say it in the same fields.
macro_rules! details_of {
    ($body:ident) => {
        impl $body {
            fn details(&self) -> PersonalDetails {
                let address = |email: &Option<Email>| email.as_ref().map(|email| email.as_str().to_owned());
                let number = |phone: &Option<Text<40>>| phone.as_ref().map(ToString::to_string);
                PersonalDetails {
                    name: self.name.to_string(),
                    email: address(&self.email),
                    phone: number(&self.phone),
                    mentor: self.mentor.as_ref().map(ToString::to_string),
                    mentor_email: address(&self.mentor_email),
                    mentor_phone: number(&self.mentor_phone),
                }
            }
        }
    };
}
details_of!(NewCitizen);
details_of!(CitizenDetails);

/// A target group must be in force today.
fn check_group(context: &Context, group: &TargetGroup, faults: &mut Faults) {
    if !context.services.book.has_group(context.at.today, group) {
        let all: Vec<&str> = context.figures().target_groups.iter().map(|known| known.group.as_str()).collect();
        let all = all.join(", ");
        faults.add::<()>(
            &Pointer::root().to("target_group"),
            Fault::not(
                "target-group",
                &format!("en målgruppe, der gælder i dag: {all}"),
                &format!("a target group in force today: {all}"),
            ),
        );
    }
}

fn check_goals(conn: &mut Conn, context: &Context, goals: &[Goal], faults: &mut Faults) -> Result<(), ActionError> {
    for (index, goal) in goals.iter().enumerate() {
        for (place, occupation) in goal.occupations.iter().enumerate() {
            if !terms::knows(conn, context.tenant, TermKind::Occupation, occupation)? {
                let at = Pointer::root().to("goals").to(index).to("occupations").to(place);
                faults.add::<()>(
                    &at,
                    Fault::new(
                        "unknown-term",
                        "Ordet står ikke på listen. Se /api/v1/terms, eller føj det til.",
                        "Not in the list of terms. See /api/v1/terms, or add it.",
                    ),
                );
            }
        }
    }
    Ok(())
}

/// Somebody who is reached has a name.
fn check_mentor(name: Option<&Line>, is_reached: bool, faults: &mut Faults) {
    if name.is_none() && is_reached {
        let fault = Fault::new("required", "Skriv mentorens navn.", "Write the mentor's name.");
        faults.add::<()>(&Pointer::root().to("mentor"), fault);
    }
}

/// Registers a citizen.
///
/// # Errors
/// A CPR number that is registered; a consultant who is none; a target group that is not in force; an unknown occupation.
pub fn register(tx: &mut Tx, context: &Context, citizen: &NewCitizen) -> Result<CitizenId, ActionError> {
    let by = context.authorize(Permission::KeepCitizens)?;
    let keeper = citizen.consultant.clone().unwrap_or_else(|| by.id.clone());
    check_consultant(tx, context, &keeper)?;
    let mut faults = Faults::default();
    check_group(context, &citizen.target_group, &mut faults);
    check_goals(tx, context, &citizen.goals, &mut faults)?;
    check_mentor(citizen.mentor.as_ref(), citizen.mentor_email.is_some() || citizen.mentor_phone.is_some(), &mut faults);
    faults.none()?;
    let id = CitizenId::new(context.at);
    let row = CitizenRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        reference: case_reference("B")?,
        cpr_sealed: sealed::CITIZEN_CPR.seal(&context.services.keys, &id, &citizen.cpr.reveal().to_owned())?,
        cpr_hash: context.services.keys.lookup_hash("cpr", citizen.cpr.reveal()),
        person: sealed::CITIZEN_PERSON.seal(&context.services.keys, &id, &citizen.details())?,
        goals: sealed::CITIZEN_GOALS.seal(&context.services.keys, &id, &citizen.goals)?,
        target_group: citizen.target_group.as_str().into(),
        job_ready: citizen.job_ready.unwrap_or_default(),
        in_employment: citizen.in_employment.unwrap_or_default(),
        consultant_id: keeper.clone(),
        latest_employer: citizen.latest_employer.as_ref().map(|number| number.as_str().into()),
        look_on: Some(context.at.today),
        registered_on: Some(context.at.today),
        profile: None,
        findable_since: None,
        closed_since: None,
        reopened_on: None,
        merged_into: None,
        merged_on: None,
        revision: 1,
    };
    citizens::insert(tx, &row).map_err(|failure| taken(failure.into(), "cpr"))?;
    citizen_names::put(tx, &context.services.keys, context.tenant, &id, citizen.name.as_str())?;
    citizens::put_capacity(
        tx,
        &CapacityRow {
            citizen_id: id.clone(),
            from_on: context.at.today,
            municipality: context.tenant.clone(),
            weekly_minutes: citizen.hours_capacity.minutes(),
            via: Via::Meeting,
            recorded_on: context.at.today,
        },
    )?;
    Ok(id)
}

/// Changes a citizen's record.
///
/// # Errors
/// Not found; changed since; a consultant who is none; another target group, and one that is not in force (one that has gone
/// out of force may stay); an unknown occupation.
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, details: &CitizenDetails) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let mut row = open_citizen(tx, context, id)?;
    seen.check(row.revision)?;
    // Whoever has left stays responsible until somebody takes over.
    if row.consultant_id != details.consultant {
        check_consultant(tx, context, &details.consultant)?;
    }
    let mut faults = Faults::default();
    if row.target_group != details.target_group.as_str() {
        check_group(context, &details.target_group, &mut faults);
    }
    check_goals(tx, context, &details.goals, &mut faults)?;
    check_mentor(details.mentor.as_ref(), details.mentor_email.is_some() || details.mentor_phone.is_some(), &mut faults);
    faults.none()?;
    let (before, person) = (row.details(&context.services.keys)?, details.details());
    if before.name != person.name {
        persons::note_name(tx, context, &row.id, &before.name)?;
        citizen_names::put(tx, &context.services.keys, context.tenant, &row.id, &person.name)?;
    }
    row = row.with_details(&context.services.keys, &person)?;
    row.goals = sealed::CITIZEN_GOALS.seal(&context.services.keys, id, &details.goals)?;
    row.target_group = details.target_group.as_str().into();
    row.job_ready = details.job_ready.unwrap_or_default();
    row.in_employment = details.in_employment.unwrap_or_default();
    let new = NewConsultant { consultant: details.consultant.clone(), handover: None, wished_by_citizen: None };
    let changed = if row.consultant_id == new.consultant { None } else { Some(continuity::note(tx, context, &row, &new)?) };
    row.consultant_id = details.consultant.clone();
    if let Some(mentor) = details.mentor.as_ref().filter(|mentor| before.mentor.as_deref() != Some(mentor.as_str())) {
        let words =
            Prose::parse(&format!("Mentor: {mentor}")).map_err(|fault| ActionError::Conflict(fault.code, fault.message))?;
        let told = NewStory { kind: StoryKind::Mentor, happened_on: None, words };
        continuity::add_to_story(tx, context, id, &told)?;
    }
    let is_told = person.mentor_email.is_some() && person.mentor_email != before.mentor_email;
    row.latest_employer = details.latest_employer.as_ref().map(|number| number.as_str().into());
    let (moved, mark) = (person.email != before.email, (row.revision + 1).to_string());
    touch(tx, context, row.clone())?;
    if let Some(change) = changed {
        continuity::tell_citizen(tx, context, &change, &row, &new)?;
    }
    if moved {
        inviting::citizen_moved_mailbox(tx, context, id, &mark)?;
    }
    if is_told {
        mentor::tell_of_all(tx, context, id)?;
    }
    Ok(())
}

fn touch(tx: &mut Tx, context: &Context, mut row: CitizenRow) -> Result<(), ActionError> {
    row.revision += 1;
    row.look_on = Some(context.at.today);
    Ok(citizens::update(tx, &row)?)
}

/// Agrees on the hours a week that the citizen can manage, from a date.
///
/// # Errors
/// Not found; changed since; a raise that the citizen has not confirmed.
pub fn agree_capacity(
    tx: &mut Tx,
    context: &Context,
    seen: Seen,
    id: &CitizenId,
    capacity: &NewCapacity,
) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCitizens)?;
    let row = open_citizen(tx, context, id)?;
    seen.check(row.revision)?;
    let course = courses::load(tx, &context.services.keys, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let raised = course.citizen.capacity_on(capacity.from).is_none_or(|old| old < capacity.weekly_hours);
    if raised && capacity.via == Via::Account {
        return fault(
            "via",
            Fault::new(
                "citizen-confirms",
                "Flere timer kræver borgerens bekræftelse: paper, telephone eller meeting.",
                "More hours need the citizen's confirmation: paper, telephone or meeting.",
            ),
        );
    }
    citizens::put_capacity(
        tx,
        &CapacityRow {
            citizen_id: id.clone(),
            from_on: capacity.from,
            municipality: context.tenant.clone(),
            weekly_minutes: capacity.weekly_hours.minutes(),
            via: capacity.via,
            recorded_on: context.at.today,
        },
    )?;
    touch(tx, context, row)
}

/// Puts all needs of a citizen, in place of those before.
///
/// # Errors
/// Not found; changed since; a task that the list lacks.
pub fn put_needs(tx: &mut Tx, context: &Context, seen: Seen, id: &CitizenId, needs: &Needs) -> Result<(), ActionError> {
    context.authorize(Permission::KeepNeeds)?;
    let row = open_citizen(tx, context, id)?;
    seen.check(row.revision)?;
    let mut faults = Faults::default();
    for (index, need) in needs.needs.iter().enumerate() {
        let at = Pointer::root().to("needs").to(index).to("rules_out");
        let unknown = UnknownTerms::among(tx, context, need.rules_out.iter().map(|task| (TermKind::Task, task)))?;
        unknown.check_each(TermKind::Task, &need.rules_out, &at, &mut faults);
    }
    faults.none()?;
    for mut old in citizens::needs::of_citizen(tx, context.tenant, id)? {
        old.ended_on = Some(context.at.today);
        citizens::needs::update(tx, &old)?;
    }
    for facts in &needs.needs {
        let need = NeedId::new(context.at);
        citizens::needs::insert(
            tx,
            &NeedRow {
                id: need.clone(),
                municipality: context.tenant.clone(),
                citizen_id: id.clone(),
                sealed: sealed::NEED.seal(&context.services.keys, &need, facts)?,
                ended_on: None,
            },
        )?;
    }
    touch(tx, context, row)
}

/// Adds a term to the municipality's list.
///
/// # Errors
/// One that is there.
pub fn add_term(tx: &mut Tx, context: &Context, term: &NewTerm) -> Result<(), ActionError> {
    context.authorize(Permission::KeepTerms)?;
    if terms::knows(tx, context.tenant, term.kind, &term.key)? {
        return fault("key", Fault::new("taken", "Findes allerede.", "Is there already."));
    }
    Ok(terms::insert(
        tx,
        &TermRow {
            municipality: context.tenant.clone(),
            kind: term.kind,
            term: term.key.as_str().into(),
            da: term.da.to_string(),
            en: term.en.to_string(),
        },
    )?)
}
