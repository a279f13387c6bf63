//! A one-time link as it is opened: whether it still works, what it asks for first, and how often it is used. Opening shows, and does
//! nothing; what is done through it is in [`links`](super::links).
//!
//! Promise: a link that no longer works tells nothing about anybody.

use crate::{
    actions::{
        ActionError,
        error::conflict,
        internships::case::{InternshipCase, case_to_see},
    },
    context::{Context, Services},
    crypto::token_hash,
    domain::{
        internships::{alignment::Party, link_purpose::LinkPurpose, questions::QuestionsAbout},
        people::tenant::Tenant,
        values::{
            day::{At, plus},
            ids::InternshipId,
            localized::localized,
            text::Text,
        },
    },
    outbox::link::mentor_occasion,
    store::{Conn, StoreError, Tx, citizens, internships, links, schema::LinkRow, sealed, statement_requests, system::doors},
};

/// Whether a link still opens what it was sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkStanding {
    Works,
    /// Its days are over, its digits were wrong too often, or a newer version or date has taken the place of the one that it was sent
    /// about.
    Expired,
    /// Nothing is to be answered any more.
    Over,
}

/// A link as it is presented: its token, the proof that its digits were given, where it asks for them, and from where it is opened.
#[derive(Clone, Debug)]
pub struct PresentedLink {
    pub token: String,
    pub proof: Option<String>,
    pub network: String,
}

crate::input! {
    /// The last four digits of the citizen's CPR number.
    pub struct LinkDigits {
        pub digits: Text<4>,
    }
}

/// What came of giving the digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// What shows from now on that they were right.
    Proof(String),
    Wrong,
}

/// What a link opens.
pub struct OpenedLink {
    pub tenant: Tenant,
    pub internship: InternshipId,
    pub party: Party,
    pub purpose: LinkPurpose,
    pub row: LinkRow,
}

impl OpenedLink {
    pub(super) fn context<'a>(&'a self, services: &'a Services, at: At) -> Context<'a> {
        Context::link(services, &self.tenant, at)
    }

    /// Whether the citizen's digits are asked for before anything is shown or done: where the municipality wants that, and who presents
    /// the link has not given them.
    pub fn asks_digits(&self, context: &Context, presented: &PresentedLink) -> bool {
        let is_citizens = self.party == Party::Citizen && self.purpose != LinkPurpose::Mentor;
        let wanted = context.services.settings.letters.citizen_digits && is_citizens;
        wanted && presented.proof.as_deref() != Some(&self.proof(context.services))
    }

    fn proof(&self, services: &Services) -> String {
        services.keys.link_token(&format!("digits/{}", self.row.id))
    }

    /// Whether it still opens what it was sent for.
    ///
    /// # Errors
    /// A failure of the database.
    pub fn standing(&self, conn: &mut Conn, context: &Context, case: &InternshipCase) -> Result<LinkStanding, StoreError> {
        let internship = &case.internship;
        let newest = match self.purpose {
            LinkPurpose::Alignment => Some(internship.newest().number.to_string()),
            LinkPurpose::Decision => internship.decision_on().map(|day| day.to_string()),
            LinkPurpose::FollowUp | LinkPurpose::Retention => Some(self.row.occasion.clone()),
            LinkPurpose::Statement => {
                statement_requests::newest(conn, &self.tenant, &self.internship)?.map(|own| own.id.to_string())
            }
            LinkPurpose::Mentor => {
                let citizen = citizens::find(conn, &self.tenant, &case.course.citizen.id)?;
                let details = citizen.map(|own| own.details(&context.services.keys)).transpose()?;
                details.and_then(|own| own.mentor_email).map(|address| mentor_occasion(context, &address))
            }
        };
        let over = match self.purpose {
            LinkPurpose::Alignment | LinkPurpose::Decision | LinkPurpose::Mentor => internship.is_closed(),
            LinkPurpose::Statement => !internship.is_waiting(),
            LinkPurpose::FollowUp | LinkPurpose::Retention => {
                let of = (self.purpose, self.row.occasion.as_str());
                QuestionsAbout::open(&case.course, internship, of, context.figures()).is_none()
            }
        };
        Ok(if over {
            LinkStanding::Over
        } else if self.row.expires_on >= context.at.today && newest.is_some_and(|newest| newest == self.row.occasion) {
            LinkStanding::Works
        } else {
            LinkStanding::Expired
        })
    }
}

/// Opens a link: shows, and does nothing.
///
/// # Errors
/// No such link; the course is closed.
pub fn open(conn: &mut Conn, presented: &PresentedLink) -> Result<OpenedLink, ActionError> {
    let row = doors::link_by_token(conn, &token_hash(&presented.token))?.ok_or(ActionError::NotFound)?;
    let internship = internships::find(conn, &row.municipality, &row.internship_id)?.ok_or(ActionError::NotFound)?;
    if citizens::find(conn, &row.municipality, &internship.citizen_id)?.is_some_and(|citizen| citizen.closed_since.is_some()) {
        return conflict(
            "course-closed",
            "Forløbet er lukket. Linket virker ikke længere, og der skal ikke svares.",
            "The course is closed. The link no longer works, and no answer is needed.",
        );
    }
    Ok(OpenedLink {
        tenant: row.municipality.clone(),
        internship: row.internship_id.clone(),
        party: row.party,
        purpose: row.purpose,
        row,
    })
}

/// What a link asks of its holder; nothing where it no longer works, or the holder has said yes.
///
/// # Errors
/// A failure of the database.
pub fn asks(conn: &mut Conn, services: &Services, at: At, presented: &PresentedLink) -> Result<Option<LinkPurpose>, ActionError> {
    let opened = match open(conn, presented) {
        Ok(opened) => opened,
        Err(ActionError::NotFound | ActionError::Conflict(..)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let context = opened.context(services, at);
    let case = case_to_see(conn, &context, &opened.internship)?;
    let works = opened.standing(conn, &context, &case)? == LinkStanding::Works;
    let has_agreed = opened.purpose == LinkPurpose::Alignment && case.internship.newest().confirmed_by(opened.party);
    Ok(Some(opened.purpose).filter(|_| works && !has_agreed))
}

/// So often the digits may be wrong; then the link no longer works, and a new one goes to the address on record.
const MOST_TRIES: i32 = 5;

/// So many times a day something is done through one link at most: nobody needs more, and a program that does is stopped.
const USES_A_DAY: i32 = 20;

/// Opens a link to act through it.
pub(super) fn use_once(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    purposes: &[LinkPurpose],
) -> Result<Used, ActionError> {
    let mut opened = open(tx, presented)?;
    if !purposes.contains(&opened.purpose) {
        return Err(ActionError::NotFound);
    }
    let context = opened.context(services, at);
    let case = case_to_see(tx, &context, &opened.internship)?;
    if opened.standing(tx, &context, &case)? == LinkStanding::Expired {
        return conflict(
            "link-expired",
            "Linket virker ikke længere. Bed om et nyt.",
            "The link no longer works. Ask for a new one.",
        );
    }
    if opened.asks_digits(&context, presented) {
        return Err(ActionError::NotFound);
    }
    let row = &mut opened.row;
    (row.used_on, row.uses) = if row.used_on == Some(at.today) { (row.used_on, row.uses + 1) } else { (Some(at.today), 1) };
    if row.uses > USES_A_DAY {
        return Err(ActionError::TooOften(SECONDS_A_DAY));
    }
    links::note_use(tx, row)?;
    Ok(Used { opened, case })
}

/// A link that acts, and what it acts on as it stands before.
pub(super) struct Used {
    pub(super) opened: OpenedLink,
    pub(super) case: InternshipCase,
}

const SECONDS_A_DAY: i64 = 86_400;

/// Opens a citizen's link with the last four digits of the CPR number. A wrong try is kept.
///
/// # Errors
/// No such link; it no longer works.
pub fn unlock(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    given: &LinkDigits,
) -> Result<Unlocked, ActionError> {
    let mut opened = open(tx, presented)?;
    let context = opened.context(services, at);
    let case = case_to_see(tx, &context, &opened.internship)?;
    if opened.party != Party::Citizen
        || opened.purpose == LinkPurpose::Mentor
        || opened.standing(tx, &context, &case)? != LinkStanding::Works
    {
        return Err(ActionError::NotFound);
    }
    let Some(citizen) = citizens::find(tx, &opened.tenant, &case.row.citizen_id)? else { return Err(ActionError::NotFound) };
    let number = sealed::CITIZEN_CPR.open(&services.keys, &citizen.id, &citizen.cpr_sealed)?;
    if number.ends_with(given.digits.as_str()) && given.digits.as_str().len() == 4 {
        opened.row.tries = 0;
        links::note_tries(tx, &opened.row)?;
        return Ok(Unlocked::Proof(opened.proof(services)));
    }
    opened.row.tries += 1;
    links::note_tries(tx, &opened.row)?;
    if opened.row.tries >= MOST_TRIES {
        links::end_one(tx, &opened.row, plus(at.today, -1))?;
    }
    Ok(Unlocked::Wrong)
}

/// Why nothing is to be answered any more.
pub(super) fn over(purpose: LinkPurpose) -> ActionError {
    let (da, en) = match purpose {
        LinkPurpose::Alignment | LinkPurpose::Decision | LinkPurpose::Mentor => {
            ("Praktikken er slut eller aflyst.", "The internship is over or cancelled.")
        }
        LinkPurpose::Statement => ("Praktikken er begyndt eller slut.", "The internship has begun or is over."),
        LinkPurpose::FollowUp => ("Der er allerede fulgt op.", "The follow-up has been held already, or is no longer planned."),
        LinkPurpose::Retention => ("Der er allerede fulgt op på jobbet.", "The job has been checked already."),
    };
    ActionError::Conflict("over", localized(da, en))
}
