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
        input::{Fault, Faults, Pointer},
        internships::purpose::Kind,
        people::tenant::Tenant,
        rules::refusals::no_prospect_of_opening,
        values::{
            ids::{AccountId, ContactId, ProspectId},
            text::{Prose, Whole},
            vocabulary::{Term, TermKind, label_of},
        },
    },
    store::{
        Conn, StoreError, Tx, accounts, companies,
        schema::{CompanyRow, OpeningRow, WorkplaceRow},
        search::{self, SearchSubject},
    },
};
use chrono::NaiveDate;

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
    let open = |id: &str| prospects.iter().any(|own| own.id == id && own.withdrawn_on.is_none());
    // One that was named before stays named, though it has gone since.
    if let Some(prospect) = details.prospect.as_ref().map(ProspectId::as_str)
        && !open(prospect)
        && row.prospect_id.as_deref() != Some(prospect)
    {
        none(&root.to("prospect"), &mut faults);
    }
    if let Some(contact) = details.contact.as_ref().map(ContactId::as_str)
        && row.contact_id.as_deref() != Some(contact)
    {
        let there = companies::contacts::of_workplace(tx, tenant, &place.id)?;
        if !there.iter().any(|own| own.id == contact) {
            none(&root.to("contact"), &mut faults);
        }
    }
    if let Some(keeper) = details.kept_by.as_ref().map(AccountId::as_str)
        && row.kept_by != keeper
    {
        let found = accounts::find(tx, tenant, keeper)?.filter(|account| account.closed_on.is_none());
        if !found.is_some_and(|account| matches!(account.role.as_str(), "liaison" | "team-leader")) {
            none(&root.to("kept_by"), &mut faults);
        }
        row.kept_by = keeper.to_owned();
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
    row.prospect_id = details.prospect.as_ref().map(ToString::to_string);
    row.contact_id = details.contact.as_ref().map(ToString::to_string);
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
    Ok(search::put(tx, tenant, SearchSubject::Opening, &row.id, &texts)?)
}

fn text<T: serde::Serialize>(list: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(list).map_err(|error| StoreError::Corrupt(error.to_string()))
}
