//! What an opening says of itself. All that does not fit is said at once; recruitment is offered only where a job is in sight (S2).

use crate::{
    actions::{
        ActionError,
        companies::openings::days::{expiry, last_day, lie_at, stand_until},
        terms::UnknownTerms,
    },
    context::Context,
    domain::{
        companies::opening::{HoursRange, Language, TimeOfDay},
        input::{Fault, Faults, MergePatch, Pointer},
        internships::purpose::InternshipType,
        people::{access::Role, tenant::Tenant},
        rules::refusals::no_prospect_of_opening,
        values::{
            ids::{AccountId, ContactId, ProspectId},
            text::{Prose, Whole},
            vocabulary::{Term, TermKind, label_of},
        },
    },
    store::{
        Conn, StoreError, Tx, accounts, companies,
        schema::{CompanyRow, OpeningRow, ProspectRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;

crate::input! {
    /// What a workplace offers.
    pub struct OpeningDetails {
        pub kind: InternshipType,
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

/// Some fields of it.
pub type OpeningPatch = MergePatch<OpeningDetails>;

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
pub(super) fn fill(
    tx: &mut Tx,
    context: &Context,
    row: &mut OpeningRow,
    details: &OpeningDetails,
    place: &WorkplaceRow,
    company: &CompanyRow,
) -> Result<(), ActionError> {
    let mut faults = Faults::default();
    check_terms(tx, context, details, &mut faults)?;
    check_hours(context, &details.hours, &mut faults);
    let prospects = companies::prospects::of_workplace(tx, context.tenant, &place.id)?;
    check_named(tx, context, row, details, &prospects, &mut faults)?;
    if let Some(keeper) = &details.kept_by {
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
    put(row, details)?;
    lie_at(row, place);
    row.revision += 1;
    be_found(tx, context.tenant, row, details)
}

fn check_hours(context: &Context, hours: &HoursRange, faults: &mut Faults) {
    let at = Pointer::root().to("hours").to("to");
    if hours.from > hours.to {
        let text = ("Kan ikke være færre end fra.", "Cannot be fewer than from.");
        faults.add::<()>(&at, Fault::new("less-than-from", text.0, text.1));
    }
    let most = context.figures().weekly_hours_at_most;
    if hours.to.minutes() > most * 60 {
        let text = (format!("Højst {most} timer om ugen."), format!("At most {most} hours a week."));
        faults.add::<()>(&at, Fault::new("too-many-hours", text.0, text.1));
    }
}

/// Prospect and contact are the workplace's, and who keeps it is a liaison here. Whatever was named before stays named, though it
/// has gone since.
fn check_named(
    conn: &mut Conn,
    context: &Context,
    row: &OpeningRow,
    details: &OpeningDetails,
    prospects: &[ProspectRow],
    faults: &mut Faults,
) -> Result<(), ActionError> {
    let mut none = |field: &str| {
        let fault = Fault::new("unknown", "Findes ikke her.", "There is no such thing here.");
        faults.add::<()>(&Pointer::root().to(field), fault);
    };
    let open = |id: &ProspectId| prospects.iter().any(|own| own.id == *id && own.withdrawn_on.is_none());
    if let Some(prospect) = &details.prospect
        && !open(prospect)
        && row.prospect_id.as_ref() != Some(prospect)
    {
        none("prospect");
    }
    if let Some(contact) = &details.contact
        && row.contact_id.as_ref() != Some(contact)
    {
        let there = companies::contacts::of_workplace(conn, context.tenant, &row.workplace_id)?;
        if !there.iter().any(|own| own.id == *contact) {
            none("contact");
        }
    }
    if let Some(keeper) = &details.kept_by
        && row.kept_by != *keeper
    {
        let found = accounts::find_person(conn, context.tenant, keeper)?.filter(|account| account.closed_on.is_none());
        if !found.is_some_and(|account| matches!(account.role, Role::Liaison | Role::TeamLeader)) {
            none("kept_by");
        }
    }
    Ok(())
}

fn put(row: &mut OpeningRow, details: &OpeningDetails) -> Result<(), ActionError> {
    row.kind = details.kind;
    row.occupation = details.occupation.to_string();
    row.tasks = text(&details.tasks)?;
    row.least_minutes = details.hours.from.minutes();
    row.most_minutes = details.hours.to.minutes();
    row.times = text(&details.times.clone().unwrap_or_default())?;
    row.languages = text(&details.languages.clone().unwrap_or_default())?;
    row.accommodations = text(&details.accommodations.clone().unwrap_or_default())?;
    row.prospect_id = details.prospect.clone();
    row.contact_id = details.contact.clone();
    row.from_on = details.from;
    row.places = i32::try_from(details.places.get()).unwrap_or(1);
    row.words = details.words.as_ref().map(ToString::to_string);
    Ok(())
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
