//! Openings: offered, changed, renewed, closed; and the reminder before one expires (S2).
//!
//! Promise: an opening is where its workplace is, and closes with it. A recruitment is offered only where a job is in sight. The
//! reminder goes to somebody who works here, never to the company: one letter per person and run, each opening once.

use crate::{
    actions::{ActionError, error::conflict, terms::UnknownTerms},
    context::{Context, Seen},
    domain::{
        companies::opening::{HoursRange, Language, TimeOfDay, remind_on},
        input::{Fault, Faults, Pointer},
        internships::purpose::Kind,
        people::{access::Permission, tenant::Tenant},
        rules::{flags::Audience, refusals::no_prospect_of_opening},
        values::{
            day::{At, plus},
            ids::{AccountId, ContactId, OpeningId, ProspectId, WorkplaceId},
            text::{Line, Prose, Whole},
            vocabulary::{Term, TermKind, label_of},
        },
    },
    outbox::{
        letters::{OpeningLine, openings_to_renew},
        queue,
    },
    store::{
        Conn, StoreError, Tx, accounts, companies, letters as shelf, openings,
        schema::{CompanyRow, LetterRow, OpeningRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

crate::input! {
    /// What a workplace offers.
    pub struct OpeningDetails {
        pub kind: Kind,
        pub occupation: Term,
        pub tasks: Vec<Term>,
        /// Hours a week, from so many to so many.
        pub hours: HoursRange,
        /// When in the day; left out or empty: any time.
        pub times: Option<Vec<TimeOfDay>>,
        /// What must be spoken there (ISO 639-1).
        pub languages: Option<Vec<Language>>,
        /// Which accommodations can be given.
        pub accommodations: Option<Vec<Term>>,
        /// The recorded prospect of a job that it leads to.
        pub prospect: Option<ProspectId>,
        /// Who receives people there.
        pub contact: Option<ContactId>,
        /// From when.
        pub from: NaiveDate,
        /// How many can come.
        pub places: Whole<1, 100>,
        pub words: Option<Prose>,
        /// The last day on which it stands; left out: as the rulebook says, or as it was.
        pub expires_on: Option<NaiveDate>,
        /// Who keeps it and is reminded; left out: the asker, or as it was.
        pub kept_by: Option<AccountId>,
    }
}

crate::input! {
    /// An opening stands on.
    pub struct Renewal {
        /// The last day on which it stands; left out: as the rulebook says.
        pub expires_on: Option<NaiveDate>,
    }
}

crate::input! {
    /// An opening is no longer there.
    pub struct Closure {
        pub reason: Line,
    }
}

/// Whether it stands on a day: nobody has closed it, and it has not expired.
pub fn in_force(row: &OpeningRow, day: NaiveDate) -> bool {
    row.closed_on.is_none() && row.expires_on >= day
}

/// The last day on which a workplace is there, where it has closed or will.
fn last_day(place: &WorkplaceRow, company: &CompanyRow) -> Option<NaiveDate> {
    [place.closed_on, company.closed_on].into_iter().flatten().min().map(|closes| plus(closes, -1))
}

/// The last day of an opening: as asked for, within what the rulebook allows; never after the workplace itself.
fn expiry(context: &Context, asked: Option<NaiveDate>, closes_on: Option<NaiveDate>, faults: &mut Faults) -> NaiveDate {
    let (figures, today) = (context.figures(), context.at.today);
    let latest = plus(today, figures.opening_days_at_most);
    let usual = plus(today, figures.opening_days);
    let Some(day) = asked else { return closes_on.map_or(usual, |closes| usual.min(closes)) };
    let latest = closes_on.map_or(latest, |closes| latest.min(closes));
    if !(today..=latest).contains(&day) {
        let text = (format!("Skal ligge fra {today} til {latest}."), format!("Must be from {today} to {latest}."));
        faults.add::<()>(&Pointer::root().to("expires_on"), Fault::new("expires-on", text.0, text.1));
    }
    day
}

/// The workplace with its company, neither of them closed.
fn place(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<(WorkplaceRow, CompanyRow), ActionError> {
    let place = companies::workplaces::find(conn, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    let company = companies::find(conn, context.tenant, &place.company_id)?.ok_or(ActionError::NotFound)?;
    if last_day(&place, &company).is_some_and(|day| day < context.at.today) {
        return conflict("workplace-closed", "Arbejdspladsen er lukket.", "The workplace has closed.");
    }
    Ok((place, company))
}

/// Occupation, tasks and accommodations must stand in the list of terms.
fn check_terms(conn: &mut Conn, context: &Context, details: &OpeningDetails, faults: &mut Faults) -> Result<(), ActionError> {
    let accommodations = details.accommodations.as_deref().unwrap_or_default();
    let tasks = details.tasks.iter().map(|task| (TermKind::Task, task));
    let given = accommodations.iter().map(|accommodation| (TermKind::Accommodation, accommodation));
    let occupation = std::iter::once((TermKind::Occupation, &details.occupation));
    let unknown = UnknownTerms::among(conn, context, occupation.chain(tasks).chain(given))?;
    let root = Pointer::root();
    unknown.check(TermKind::Occupation, &details.occupation, &root.to("occupation"), faults);
    unknown.check_each(TermKind::Task, &details.tasks, &root.to("tasks"), faults);
    unknown.check_each(TermKind::Accommodation, accommodations, &root.to("accommodations"), faults);
    Ok(())
}

/// What a body says, put into a row. All that does not fit is said at once.
fn fill(
    tx: &mut Tx,
    context: &Context,
    row: &mut OpeningRow,
    details: &OpeningDetails,
    place: &WorkplaceRow,
    company: &CompanyRow,
) -> Result<(), ActionError> {
    let tenant = context.tenant;
    let mut faults = Faults::default();
    let root = Pointer::root();
    let none = |at: &Pointer, faults: &mut Faults| {
        faults.add::<()>(at, Fault::new("unknown", "Findes ikke her.", "There is no such thing here."));
    };
    check_terms(tx, context, details, &mut faults)?;
    let HoursRange { from, to } = details.hours;
    if from > to {
        let text = ("Kan ikke være færre end fra.", "Cannot be fewer than from.");
        faults.add::<()>(&root.to("hours").to("to"), Fault::new("less-than-from", text.0, text.1));
    }
    let most = context.figures().weekly_hours_at_most;
    if to.minutes() > most * 60 {
        let text = (format!("Højst {most} timer om ugen."), format!("At most {most} hours a week."));
        faults.add::<()>(&root.to("hours").to("to"), Fault::new("too-many-hours", text.0, text.1));
    }
    let prospects = companies::prospects::of_workplace(tx, tenant, &place.id)?;
    let open = |id: &ProspectId| prospects.iter().any(|own| own.id == *id && own.withdrawn_on.is_none());
    // One that was named before stays named, though it has gone since.
    if let Some(prospect) = &details.prospect
        && !open(prospect)
        && row.prospect_id.as_ref() != Some(prospect)
    {
        none(&root.to("prospect"), &mut faults);
    }
    if let Some(contact) = &details.contact
        && row.contact_id.as_ref() != Some(contact)
    {
        let there = companies::contacts::of_workplace(tx, tenant, &place.id)?;
        if !there.iter().any(|own| own.id == *contact) {
            none(&root.to("contact"), &mut faults);
        }
    }
    if let Some(keeper) = &details.kept_by
        && row.kept_by != *keeper
    {
        let found = accounts::find(tx, tenant, keeper)?.filter(|account| account.closed_on.is_none());
        if !found.is_some_and(|account| matches!(account.role.as_str(), "liaison" | "team-leader")) {
            none(&root.to("kept_by"), &mut faults);
        }
        row.kept_by = keeper.clone();
    }
    if details.expires_on.is_some() || row.revision == 0 {
        let day = expiry(context, details.expires_on, last_day(place, company), &mut faults);
        stand_until(context, row, day);
    }
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    let open = prospects.iter().any(|own| own.withdrawn_on.is_none());
    let refused = no_prospect_of_opening(details.kind, place.foresees_vacancy, open, &context.services.book, context.at.today);
    if let Some(refusal) = refused {
        return Err(ActionError::Refused(vec![refusal]));
    }
    row.kind = details.kind.code().into();
    row.occupation = details.occupation.to_string();
    row.tasks = text(&details.tasks)?;
    row.least_minutes = from.minutes();
    row.most_minutes = to.minutes();
    row.times = text(&details.times.clone().unwrap_or_default())?;
    row.languages = text(&details.languages.clone().unwrap_or_default())?;
    row.accommodations = text(&details.accommodations.clone().unwrap_or_default())?;
    row.prospect_id = details.prospect.clone();
    row.contact_id = details.contact.clone();
    row.from_on = details.from;
    row.places = i32::try_from(details.places.get()).unwrap_or(1);
    row.words = details.words.as_ref().map(ToString::to_string);
    lie_at(row, place);
    row.revision += 1;
    be_found(tx, tenant, row, details)
}

/// Puts down the words by which it is found: its own, and the names of its occupation and tasks in both languages.
fn be_found(tx: &mut Tx, tenant: &Tenant, row: &OpeningRow, details: &OpeningDetails) -> Result<(), ActionError> {
    let tasks = details.tasks.iter().map(|task| label_of(TermKind::Task, task));
    let names = tasks.chain([label_of(TermKind::Occupation, &details.occupation)]).flat_map(|said| [said.da, said.en]);
    let texts: Vec<String> = details.words.iter().map(ToString::to_string).chain(names).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Ok(search::put(tx, tenant, SearchSubject::Opening, row.id.as_str(), &texts)?)
}

fn text<T: serde::Serialize>(list: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(list).map_err(|error| StoreError::Corrupt(error.to_string()))
}

fn stand_until(context: &Context, row: &mut OpeningRow, day: NaiveDate) {
    if row.revision == 0 || row.expires_on != day {
        row.remind_on = Some(remind_on(day, context.figures().opening_renewal_days, context.at.today));
    }
    row.expires_on = day;
}

fn lie_at(row: &mut OpeningRow, place: &WorkplaceRow) {
    row.latitude = place.latitude;
    row.longitude = place.longitude;
    row.placed_by.clone_from(&place.placed_by);
    row.cell = place.cell;
    row.standing = place.standing;
}

/// Registers an opening at a workplace.
///
/// # Errors
/// Not found; closed; fields that do not fit; recruitment without a job in sight.
pub fn offer(
    tx: &mut Tx,
    context: &Context,
    workplace: &WorkplaceId,
    details: &OpeningDetails,
) -> Result<OpeningId, ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let (place, company) = place(tx, context, workplace)?;
    let id = OpeningId::new(context.at);
    let mut row = OpeningRow {
        id: id.clone(),
        municipality: context.tenant.clone(),
        company_id: place.company_id.clone(),
        workplace_id: place.id.clone(),
        kind: String::new(),
        occupation: String::new(),
        tasks: String::new(),
        least_minutes: 0,
        most_minutes: 0,
        times: String::new(),
        languages: String::new(),
        accommodations: String::new(),
        prospect_id: None,
        contact_id: None,
        from_on: details.from,
        places: 1,
        words: None,
        expires_on: context.at.today,
        closed_on: None,
        close_reason: None,
        kept_by: context.account()?.id.clone(),
        remind_on: None,
        latitude: None,
        longitude: None,
        placed_by: None,
        cell: None,
        standing: place.standing,
        revision: 0,
    };
    fill(tx, context, &mut row, details, &place, &company)?;
    openings::insert(tx, &row)?;
    Ok(id)
}

fn find(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId) -> Result<OpeningRow, ActionError> {
    let row = openings::find(tx, context.tenant, id)?.ok_or(ActionError::NotFound)?;
    seen.check(row.revision)?;
    if row.closed_on.is_some() {
        return conflict("closed", "Åbningen er lukket. Registrér en ny.", "The opening is closed. Register a new one.");
    }
    Ok(row)
}

/// Changes an opening.
///
/// # Errors
/// Not found; changed since; closed; as [`offer`].
pub fn change(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, details: &OpeningDetails) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = find(tx, context, seen, id)?;
    let (place, company) = place(tx, context, &row.workplace_id)?;
    fill(tx, context, &mut row, details, &place, &company)?;
    Ok(openings::update(tx, &row)?)
}

/// Lets an opening stand on; one that has expired stands again.
///
/// # Errors
/// Not found; changed since; closed; a day that does not fit.
pub fn renew(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, renewal: &Renewal) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let mut row = find(tx, context, seen, id)?;
    let (place, company) = place(tx, context, &row.workplace_id)?;
    let mut faults = Faults::default();
    let day = expiry(context, renewal.expires_on, last_day(&place, &company), &mut faults);
    if !faults.0.is_empty() {
        return Err(ActionError::Faults(faults));
    }
    stand_until(context, &mut row, day);
    row.revision += 1;
    Ok(openings::update(tx, &row)?)
}

/// Closes an opening, with the reason.
///
/// # Errors
/// Not found; changed since; closed already.
pub fn close(tx: &mut Tx, context: &Context, seen: Seen, id: &OpeningId, closure: &Closure) -> Result<(), ActionError> {
    context.authorize(Permission::KeepCompanies)?;
    let row = find(tx, context, seen, id)?;
    shut(tx, context.at, row, closure.reason.as_str())
}

fn shut(tx: &mut Tx, at: At, mut row: OpeningRow, reason: &str) -> Result<(), ActionError> {
    row.closed_on = Some(at.today);
    row.close_reason = Some(reason.into());
    row.remind_on = None;
    row.revision += 1;
    Ok(openings::update(tx, &row)?)
}

/// What has become of a workplace: its openings lie where it lies, and close when it or its company has closed.
///
/// # Errors
/// A failure of the database.
pub fn follow_workplace(tx: &mut Tx, at: At, place: &WorkplaceRow) -> Result<(), ActionError> {
    let tenant = place.municipality.clone();
    for mut row in openings::open_at(tx, &tenant, &place.id)? {
        lie_at(&mut row, place);
        end_with(tx, at, row, place.closed_on, "Arbejdspladsen er lukket.")?;
    }
    Ok(())
}

/// Closes an opening with what it belongs to; before that day it ends on the last day that is left, and nobody is reminded.
fn end_with(tx: &mut Tx, at: At, mut row: OpeningRow, closes_on: Option<NaiveDate>, reason: &str) -> Result<(), ActionError> {
    match closes_on {
        Some(day) if day <= at.today => return shut(tx, at, row, reason),
        Some(day) if day <= row.expires_on => {
            row.expires_on = plus(day, -1);
            row.remind_on = None;
        }
        _ => {}
    }
    Ok(openings::update(tx, &row)?)
}

/// What has become of a company: its openings close when it has closed, and end when it will.
///
/// # Errors
/// A failure of the database.
pub fn follow_company(tx: &mut Tx, at: At, company: &CompanyRow) -> Result<(), ActionError> {
    if company.closed_on.is_none() {
        return Ok(());
    }
    let tenant = company.municipality.clone();
    for row in openings::open_of_company(tx, &tenant, &company.id)? {
        end_with(tx, at, row, company.closed_on, "Virksomheden er lukket.")?;
    }
    Ok(())
}

/// Who is reminded of an opening: who keeps it; where that account is closed, the company's liaison, or the team leaders.
fn keepers(tx: &mut Tx, tenant: &Tenant, row: &OpeningRow) -> Result<Vec<(AccountId, String, Audience)>, ActionError> {
    let open = |tx: &mut Tx, id: &AccountId| -> Result<Option<_>, StoreError> {
        Ok(accounts::find(tx, tenant, id)?.filter(|account| account.closed_on.is_none()))
    };
    let liaison = match companies::find(tx, tenant, &row.company_id)? {
        Some(company) => open(tx, &company.liaison_id)?,
        None => None,
    };
    let keeper = open(tx, &row.kept_by)?.or(liaison);
    let own = match keeper {
        Some(account) => vec![account],
        None => accounts::with_role(tx, tenant, "team-leader")?,
    };
    Ok(own
        .into_iter()
        .map(|account| {
            let audience = Audience::parse(&account.role).unwrap_or(Audience::Liaison);
            (account.id, account.email, audience)
        })
        .collect())
}

fn line(tx: &mut Tx, tenant: &Tenant, row: &OpeningRow) -> Result<OpeningLine, ActionError> {
    let place = companies::workplaces::find(tx, tenant, &row.workplace_id)?.ok_or(ActionError::NotFound)?;
    let occupation = Term::parse(&row.occupation).ok_or_else(|| StoreError::Corrupt("an occupation".into()))?;
    Ok(OpeningLine {
        opening: row.id.clone(),
        workplace: place.name,
        p_number: place.p_number,
        occupation: label_of(TermKind::Occupation, &occupation),
        expires_on: row.expires_on,
    })
}

/// Reminds the keepers of some openings of a municipality: one letter a person. How many were queued. Those that are no longer
/// due (another instance was here first) are passed over.
///
/// # Errors
/// A failure of the database.
pub fn remind(tx: &mut Tx, at: At, tenant: &Tenant, ids: &[OpeningId]) -> Result<usize, ActionError> {
    let mut letters: BTreeMap<AccountId, (String, Audience, Vec<OpeningRow>)> = BTreeMap::new();
    for id in ids {
        let Some(row) = openings::find(tx, tenant, id)? else { continue };
        if row.remind_on.is_none_or(|day| day > at.today) {
            continue;
        }
        for (account, email, audience) in keepers(tx, tenant, &row)? {
            letters.entry(account).or_insert_with(|| (email, audience, Vec::new())).2.push(row.clone());
        }
        openings::update(tx, &OpeningRow { remind_on: None, ..row })?;
    }
    let mut queued = 0;
    for (account, (email, audience, rows)) in letters {
        // Of an opening whose end was moved there and back the person has been told before: another one of the letter names it.
        let mut fresh = None;
        for row in &rows {
            let key = format!("opening/{}/{}/{account}", row.id, row.expires_on);
            if fresh.is_none() && !shelf::is_queued(tx, &key)? {
                fresh = Some(key);
            }
        }
        let Some(key) = fresh else { continue };
        let lines = rows.iter().map(|row| line(tx, tenant, row)).collect::<Result<Vec<_>, _>>()?;
        let envelope = queue::Envelope {
            tenant,
            key,
            kind: "openings",
            audience,
            to: &email,
            letter: openings_to_renew(&lines, at.today),
            cause: queue::LetterCause::Openings(rows.iter().map(|row| (row.id.clone(), row.expires_on)).collect()),
            case: None,
            link: None,
            digest_of: None,
        };
        queued += usize::from(queue::queue(tx, at, envelope)?.is_some());
    }
    Ok(queued)
}

/// Asks again, just before a reminder goes out: which of its openings still expire on the day it names, and have not been closed.
/// False where none does. What has been renewed or closed is taken out of it, unless it has been tried.
///
/// # Errors
/// A failure of the database.
pub fn still_expires(
    tx: &mut Tx,
    at: At,
    tenant: &Tenant,
    letter: &mut LetterRow,
    named: &[(OpeningId, NaiveDate)],
) -> Result<bool, ActionError> {
    let mut standing = Vec::new();
    for (id, expires_on) in named {
        let row = openings::find(tx, tenant, id)?;
        standing.extend(row.filter(|row| row.closed_on.is_none() && row.expires_on == *expires_on));
    }
    if !standing.is_empty() && standing.len() < named.len() && letter.attempts == 0 {
        let lines = standing.iter().map(|row| line(tx, tenant, row)).collect::<Result<Vec<_>, _>>()?;
        let set = openings_to_renew(&lines, at.today).set();
        (letter.subject, letter.plain, letter.html) = (set.subject, set.plain, set.html);
    }
    Ok(!standing.is_empty())
}
