//! The stage of one case: accounts of each role, the citizen, the companies with their workplaces and contacts, all
//! registered through the same actions as the API's, and the names by which the file calls them.
//!
//! Several cases can be staged in one database (the demo does so): addresses are unique per case, and a company that is
//! registered already only gets its new workplace.

use crate::{
    actions::{
        ActionError,
        companies::register::{self, ContactDetails, NewCompany, NewWorkplace, PlacedByOthers, Staff, WorkplaceDetails},
        people::{
            accounts,
            citizens::{self, Needs, NewCitizen, NewTerm},
        },
    },
    context::{Account, Context, Seen, Services},
    domain::{
        input::Fault,
        people::{access::Role, tenant::Tenant},
        rules::flags::Subject,
        values::{
            day::At,
            ids::{CitizenId, CompanyId, ContactId, InternshipId, OutcomeId, WorkplaceId},
            localized::localized,
            register::{IndustryScheme, Municipality},
            text::{Email, Line},
            vocabulary::{Term, TermKind},
        },
    },
    replay::format::{Case, Company, What, Workplace},
    store::{self, Tx, terms},
};
use chrono::NaiveDate;
use std::sync::Arc;

/// How the people of a case are cast.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The hash of the password that all accounts of the case get, so that a demo can be signed in to.
    pub password_hash: String,
}

impl Default for Cast {
    /// A hash that no password has: nobody signs in to a replay, and hashing is slow on purpose.
    fn default() -> Self {
        Self { password_hash: "!".into() }
    }
}

/// An account of a case, as a demo shows it.
#[derive(Clone, Debug)]
pub struct Player {
    pub role: Role,
    pub name: String,
    pub email: String,
}

/// A workplace of the case.
#[derive(Clone, Debug)]
pub struct Place {
    pub refs: Vec<String>,
    pub workplace: WorkplaceId,
    pub name: String,
    pub contact: ContactId,
}

/// Everything on the stage. Cheap to clone: an event is played in a transaction of its own, which may be asked for again.
#[derive(Clone)]
pub struct Stage {
    pub desk: Arc<Services>,
    pub case: Arc<Case>,
    pub players: Vec<Player>,
    /// Who is responsible now.
    pub consultant: Account,
    /// All who have been, in order.
    pub consultants: Vec<Account>,
    pub liaison: Account,
    pub leader: Account,
    pub citizen: CitizenId,
    pub places: Vec<Place>,
    /// What was booked under which name, in order.
    pub internships: Vec<(String, InternshipId)>,
    /// Part of every address.
    slug: String,
    password_hash: String,
}

impl Stage {
    pub fn context<'a>(&'a self, by: &'a Account, at: At) -> Context<'a> {
        Context::of(&self.desk, by, at)
    }

    pub fn tenant(&self) -> &Tenant {
        &self.consultant.tenant
    }

    /// The internship that stands under a name.
    ///
    /// # Errors
    /// None was booked under it: a booking that was refused leaves none.
    pub fn internship(&self, name: &str) -> Result<&InternshipId, ActionError> {
        let found = self.internships.iter().rev().find(|(own, _)| own == name).map(|(_, id)| id);
        found.ok_or_else(|| {
            let (da, en) = (format!("Der er ingen praktik »{name}«."), format!("There is no internship “{name}”."));
            ActionError::Conflict("not-in-force", localized(da, en))
        })
    }

    /// The workplace that a ref names; a company's is its first.
    ///
    /// # Errors
    /// No company or workplace of the case has it.
    pub fn place(&self, name: &str) -> Result<&Place, ActionError> {
        self.may_place(name).ok_or_else(|| {
            let (da, en) = (format!("Forløbet har ingen virksomhed »{name}«."), format!("The case has no company “{name}”."));
            ActionError::Conflict("unknown-company", localized(da, en))
        })
    }

    pub fn may_place(&self, name: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.refs.iter().any(|own| own == name))
    }

    fn booked(&self, name: &str) -> Vec<InternshipId> {
        self.internships.iter().filter(|(own, _)| own == name).map(|(_, id)| id.clone()).collect()
    }

    fn there(&self, name: &str) -> Vec<WorkplaceId> {
        let named = self.places.iter().filter(|place| place.refs.iter().any(|own| own == name));
        named.map(|place| place.workplace.clone()).collect()
    }

    /// The keys of the subjects that a file's `about` can mean.
    pub fn subjects(&self, about: &str, outcomes: &[(OutcomeId, InternshipId)]) -> Vec<String> {
        if about == "citizen" {
            return vec![Subject::Citizen(self.citizen.clone()).key()];
        }
        if let Some(name) = about.strip_prefix("citizen at ") {
            let there = self.there(name).into_iter();
            return there.map(|place| Subject::CitizenAt(self.citizen.clone(), place).key()).collect();
        }
        if let Some(name) = about.strip_prefix("hire from ") {
            let from = self.booked(name);
            let own = outcomes.iter().filter(|(_, internship)| from.contains(internship));
            return own.map(|(id, _)| Subject::Outcome(id.clone()).key()).collect();
        }
        let internships = self.booked(about).into_iter().map(|id| Subject::Internship(id).key());
        internships.chain(self.there(about).into_iter().map(|place| format!("workplace:{place}"))).collect()
    }

    /// The name that the file has for a subject.
    pub fn about(&self, subject: &str, outcomes: &[(OutcomeId, InternshipId)]) -> String {
        let name =
            |id: &InternshipId| self.internships.iter().find(|(_, own)| own == id).map_or("?", |(name, _)| name).to_owned();
        let place = |id: &WorkplaceId| {
            let found = self.places.iter().find(|place| place.workplace == *id);
            found.and_then(|place| place.refs.first()).map_or("?", String::as_str).to_owned()
        };
        match Subject::parse(subject) {
            Some(Subject::Internship(id)) => name(&id),
            Some(Subject::Citizen(_)) => "citizen".into(),
            Some(Subject::CitizenAt(_, workplace)) => format!("citizen at {}", place(&workplace)),
            Some(Subject::Outcome(id)) => {
                let from = outcomes.iter().find(|(own, _)| *own == id).map(|(_, from)| name(from));
                format!("hire from {}", from.unwrap_or_else(|| "elsewhere".into()))
            }
            Some(Subject::Workplace(workplace)) => place(&workplace),
            None => subject.to_owned(),
        }
    }

    /// An address of somebody in the case, which is like nobody else's.
    pub fn address(&self, who: &str, domain: &str) -> Result<Email, ActionError> {
        address(who, &self.slug, domain)
    }

    /// The citizen's new consultant is who acts from now on, and one of the case's players.
    ///
    /// # Errors
    /// No address can be made.
    pub fn take_over(&mut self, new: Account) -> Result<(), ActionError> {
        self.consultants.push(new.clone());
        let email = self.address(&format!("jobkonsulent-{}", self.consultants.len()), "kommune.example")?;
        self.players.push(Player { role: new.role, name: new.name.clone(), email: email.as_str().into() });
        self.consultant = new;
        Ok(())
    }

    /// Registers whom others have placed there, by the reports of the days until today that have not been registered.
    ///
    /// # Errors
    /// Those of the action.
    pub fn report_others(&self, tx: &mut Tx, at: At, since: Option<NaiveDate>) -> Result<(), ActionError> {
        let mut places = self.places.iter();
        for company in &self.case.companies {
            let own: Vec<&Place> = places.by_ref().take(company.workplaces.len()).collect();
            let Some(place) = own.first() else { continue };
            let new = |day: &NaiveDate| *day <= at.today && since.is_none_or(|since| *day > since);
            let days: std::collections::BTreeSet<NaiveDate> = company.others.iter().map(|(day, _)| *day).filter(new).collect();
            for day in days {
                let groups = company.others.iter().filter(|(own, _)| *own == day).map(|(_, group)| group.clone()).collect();
                let others = PlacedByOthers { as_of: day, groups };
                register::put_others(tx, &self.context(&self.liaison, at), &place.workplace, &others)?;
            }
        }
        Ok(())
    }

    /// Registers the staff figures of the months that have begun: a month still to come cannot be reported.
    ///
    /// # Errors
    /// Those of the action.
    pub fn report_staff(&self, tx: &mut Tx, at: At, begun_since: Option<NaiveDate>) -> Result<(), ActionError> {
        let figures = self.case.companies.iter().flat_map(|company| &company.workplaces).zip(&self.places);
        for (figures, place) in figures {
            for (month, full_time) in &figures.ordinary_fte {
                let begun = month.first_day() <= at.today && begun_since.is_none_or(|since| month.first_day() > since);
                if begun {
                    let staff = Staff { full_time: *full_time };
                    register::put_staff(tx, &self.context(&self.liaison, at), &place.workplace, *month, &staff)?;
                }
            }
        }
        Ok(())
    }
}

fn address(who: &str, slug: &str, domain: &str) -> Result<Email, ActionError> {
    Email::parse(&format!("{who}.{slug}@{domain}"))
        .ok_or_else(|| conflict("address", "Adressen passer ikke.", "The address does not fit."))
}

fn conflict(code: &'static str, da: &str, en: &str) -> ActionError {
    ActionError::Conflict(code, localized(da, en))
}

/// A line of the loader's own words.
///
/// # Errors
/// Too long.
pub fn line(text: &str) -> Result<Line, ActionError> {
    Line::parse(text).map_err(|fault: Fault| ActionError::Conflict(fault.code, fault.message))
}

/// The case's name as part of an address.
fn slug(name: &str) -> String {
    let plain = name.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let kept: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(24).collect();
    let kept = kept.trim_matches('-').to_owned();
    if kept.is_empty() { "forloeb".into() } else { kept }
}

/// Sets the stage.
///
/// # Errors
/// A CPR number or P-number that is registered already; what the file says and no action takes.
pub fn set(tx: &mut Tx, desk: &Arc<Services>, case: &Arc<Case>, cast: &Cast, at: At) -> Result<Stage, ActionError> {
    let tenant = Municipality::parse(&desk.settings.municipality)
        .map(Tenant::of)
        .ok_or_else(|| conflict("municipality", "Ukendt kommune i indstillingerne.", "Unknown municipality in the settings."))?;
    let slug = free_slug(tx, &slug(&case.name))?;
    let mut players = Vec::new();
    let mut open = |tx: &mut Tx, role: Role, who: &str| -> Result<Account, ActionError> {
        let title = role.label().da;
        let (name, email) = (line(&format!("{} ({})", capital(&title), case.name))?, address(who, &slug, "kommune.example")?);
        let account = accounts::create(tx, at, &tenant, &email, &name, role, &cast.password_hash)?;
        players.push(Player { role, name: name.to_string(), email: email.as_str().into() });
        Ok(Account { id: account, tenant: tenant.clone(), role, name: name.to_string() })
    };
    let consultant = open(tx, Role::Consultant, "jobkonsulent")?;
    let liaison = open(tx, Role::Liaison, "virksomhedskonsulent")?;
    let leader = open(tx, Role::TeamLeader, "teamleder")?;
    open(tx, Role::Administrator, "administrator")?;
    let context = |by| Context::of(desk, by, at);
    add_terms(tx, &context(&consultant), case)?;
    let citizen = register(tx, &context(&consultant), case, &slug)?;
    let mut places = Vec::new();
    for company in &case.companies {
        let id = company_of(tx, &context(&liaison), company)?;
        for workplace in &company.workplaces {
            places.push(place(tx, &context(&liaison), &id, company, workplace, &slug, places.len() + 1)?);
        }
    }
    Ok(Stage {
        desk: Arc::clone(desk),
        case: Arc::clone(case),
        players,
        consultants: vec![consultant.clone()],
        consultant,
        liaison,
        leader,
        citizen,
        places,
        internships: Vec::new(),
        slug,
        password_hash: cast.password_hash.clone(),
    })
}

/// Opens one more account of a case.
///
/// # Errors
/// Those of the action.
pub fn open_account(tx: &mut Tx, scene: &Stage, at: At, role: Role, who: &str) -> Result<Account, ActionError> {
    let tenant = scene.tenant().clone();
    let name = line(&format!("{} ({})", capital(&who.replace('-', " ")), scene.case.name))?;
    let email = address(who, &scene.slug, "kommune.example")?;
    let account = accounts::create(tx, at, &tenant, &email, &name, role, &scene.password_hash)?;
    Ok(Account { id: account, tenant, role, name: name.to_string() })
}

fn capital(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
}

/// Two cases of the same name have different addresses.
fn free_slug(tx: &mut Tx, slug: &str) -> Result<String, ActionError> {
    for number in 1.. {
        let candidate = if number == 1 { slug.to_owned() } else { format!("{slug}-{number}") };
        if store::accounts::by_email(tx, address("jobkonsulent", &candidate, "kommune.example")?.as_str())?.is_none() {
            return Ok(candidate);
        }
    }
    Ok(slug.to_owned())
}

fn add_terms(tx: &mut Tx, context: &Context, case: &Case) -> Result<(), ActionError> {
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
        What::Book(book) => Some(&book.rest),
        What::Change(change) => Some(&change.rest),
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

fn register(tx: &mut Tx, context: &Context, case: &Case, slug: &str) -> Result<CitizenId, ActionError> {
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
        latest_employer: person.latest_employer.clone(),
    };
    let id = citizens::register(tx, context, &new)?;
    if !person.needs.is_empty() {
        citizens::put_needs(tx, context, Seen::Newest, &id, &Needs { needs: person.needs.clone() })?;
    }
    Ok(id)
}

fn company_of(tx: &mut Tx, context: &Context, company: &Company) -> Result<CompanyId, ActionError> {
    if let Some(row) = store::companies::by_cvr(tx, context.tenant, company.cvr.as_str())? {
        return Ok(row.id);
    }
    let new = NewCompany {
        cvr: company.cvr.clone(),
        name: company.name.clone(),
        industry: company.industry.clone(),
        industry_scheme: company.industry.as_ref().map(|_| IndustryScheme::Db07),
        form: None,
        advertising_protected: false,
        approaches_at_most: None,
        liaison: None,
    };
    register::register(tx, context, &new)
}

fn place(
    tx: &mut Tx,
    context: &Context,
    company: &CompanyId,
    facts: &Company,
    workplace: &Workplace,
    slug: &str,
    number: usize,
) -> Result<Place, ActionError> {
    let there = store::companies::workplaces::of_company(tx, context.tenant, company, "", i64::from(u16::MAX))?;
    let known = there.into_iter().find(|row| row.p_number == workplace.p_number.as_str());
    let name = workplace.name.clone();
    let id = if let Some(row) = known {
        let id = row.id;
        let details = WorkplaceDetails {
            name,
            address: None,
            location: None,
            industry: facts.industry.clone(),
            industry_scheme: None,
            closed_on: None,
            foresees_vacancy: facts.foresees_vacancy,
        };
        register::change_workplace(tx, context, Seen::Newest, &id, &details)?;
        id
    } else {
        let p_number = workplace.p_number.clone();
        let new = NewWorkplace {
            p_number,
            name,
            address: None,
            location: None,
            industry: facts.industry.clone(),
            industry_scheme: None,
            foresees_vacancy: facts.foresees_vacancy,
        };
        register::add_workplace(tx, context, company, &new)?
    };
    let contact = ContactDetails {
        name: line(&format!("Daglig leder, {}", workplace.name).chars().take(200).collect::<String>())?,
        email: Some(address(&format!("kontakt-{number}"), slug, "virksomhed.example")?),
        phone: None,
        job: None,
        left_on: None,
    };
    let contact = register::add_contact(tx, context, &id, &contact)?;
    Ok(Place { refs: workplace.refs.clone(), workplace: id, name: workplace.name.to_string(), contact })
}
