//! What somebody without an account does through a one-time link. Opening a link only shows; acting is a POST, because mail
//! scanners open links. An expired link offers to send a new one.

use crate::{
    actions::{
        ActionError,
        error::{conflict, fault},
        flags::notify::ask_for_decision,
        internships::{
            answers,
            case::{InternshipCase, case, case_to_see},
            confirming, employer_statement, mentor, questions,
            statement::{self, LinkStating},
            taking_back::{self, LinkTakingBack},
        },
    },
    context::{Context, Services},
    crypto::token_hash,
    domain::{
        input::Fault,
        internships::{
            alignment::{Party, Via},
            link_purpose::LinkPurpose,
            questions::{QuestionsAbout, Written},
        },
        people::tenant::Tenant,
        values::{
            day::{At, plus},
            ids::{AccommodationId, InternshipId, LetterId},
            localized::localized,
            text::{Prose, Text},
        },
    },
    outbox::{
        emit::emit,
        event::{Event, VersionToConfirm},
        link::mentor_occasion,
        queue::LetterCause,
        recipients,
    },
    store::{
        Conn, StoreError, Tx, citizens, internships, letters, links, schema::LinkRow, sealed, statement_requests, system::doors,
    },
};

crate::input! {
    /// The party confirms what it has read.
    pub struct LinkConfirming {
        /// The hash that the link showed.
        pub hash: Text<64>,
        /// The accommodations that the party agrees to; left out: none.
        pub agreed_accommodations: Option<Vec<AccommodationId>>,
        /// The employer's own statement: whether the conditions of the law are met. Required of the company with its first yes.
        pub conditions_met: Option<bool>,
        /// What is not met; asked for where anything is not.
        pub remark: Option<Prose>,
    }
}

crate::input! {
    /// The party does not agree, and says what should be different.
    pub struct LinkObjecting {
        pub words: Prose,
        /// What should be different; left out: the whole of it.
        pub changes: Option<Vec<WishedChange>>,
    }
}

crate::code_enum! {
    /// What of an agreement somebody wants to be different.
    pub enum WishedChange {
        Hours = "hours" ("timerne", "the hours"),
        Period = "period" ("perioden", "the period"),
        Place = "place" ("stedet", "the place"),
        Tasks = "tasks" ("opgaverne", "the tasks"),
        Accommodations = "accommodations" ("hensynene", "the accommodations"),
        Other = "other" ("noget andet", "something else"),
    }
}

impl LinkObjecting {
    /// The words that are kept: what should be different, then the party's own.
    fn words(&self) -> Result<Prose, ActionError> {
        let wished = self.changes.iter().flatten().map(|wish| wish.label().da).collect::<Vec<_>>().join(", ");
        if wished.is_empty() {
            return Ok(self.words.clone());
        }
        Prose::parse(&format!("Ønskes anderledes: {wished}. {}", self.words)).or_else(|wrong| fault("words", wrong))
    }
}

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

/// A link as it is presented: its token, and the proof that its digits were given, where it asks for them.
#[derive(Clone, Debug)]
pub struct PresentedLink {
    pub token: String,
    pub proof: Option<String>,
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
    fn context<'a>(&'a self, services: &'a Services, at: At) -> Context<'a> {
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
                citizen.and_then(|own| own.mentor_email).map(|address| mentor_occasion(context, &address))
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
fn use_once(
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
struct Used {
    opened: OpenedLink,
    case: InternshipCase,
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

/// Confirms through a link. A second time is answered like the first: somebody pressed twice.
///
/// # Errors
/// As [`confirming::give`]; no such link; expired; too often.
pub fn confirm(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkConfirming,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let internship = &case.internship;
    let newest = internship.newest();
    let same = newest.hash == body.hash.as_str() && newest.confirmed_by(opened.party);
    state_with_it(tx, &opened.context(services, at), &opened, &case, body)?;
    if same && !internship.is_closed() && newest.open_objections().all(|objection| objection.party != opened.party) {
        return Ok(());
    }
    let word = confirming::Word {
        internship: &opened.internship,
        party: opened.party,
        via: Via::Link,
        hash: body.hash.as_str(),
        accommodations: body.agreed_accommodations.as_deref().unwrap_or_default(),
        recorded_by: None,
        given_by: None,
    };
    confirming::give(tx, &opened.context(services, at), &word)
}

/// The employer's statement, given together with the company's yes.
fn state_with_it(
    tx: &mut Tx,
    context: &Context,
    opened: &OpenedLink,
    case: &InternshipCase,
    body: &LinkConfirming,
) -> Result<(), ActionError> {
    let internship = &case.internship;
    let is_asked = opened.party == Party::Company && internship.is_waiting();
    match body.conditions_met {
        Some(met) if is_asked => employer_statement::give(tx, context, &internship.id, met, body.remark.as_ref()),
        None if is_asked && internship.employer_statement.is_none() && !internship.newest().confirmed_by(opened.party) => fault(
            "conditions_met",
            Fault::new("required", "Svar på, om betingelserne er opfyldt.", "Answer whether the conditions are met."),
        ),
        _ => Ok(()),
    }
}

/// Objects through a link. The same words again, while they stand, are one objection.
///
/// # Errors
/// As [`confirming::object`]; no such link; expired; too often.
pub fn object(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkObjecting,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let words = body.words()?;
    let mut open = case.internship.newest().open_objections();
    if open.any(|objection| objection.party == opened.party && objection.words == words.as_str()) {
        return Ok(());
    }
    let objection =
        confirming::SpokenObjection { party: opened.party, via: Via::Link, words: &words, given_by: None, recorded_by: None };
    confirming::object(tx, &opened.context(services, at), &opened.internship, &objection)
}

/// Answers *hire*, *no* or *more time* through a link.
///
/// # Errors
/// As [`answers::give`]; no such link; expired; too often.
pub fn answer(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &answers::Answering,
) -> Result<(), ActionError> {
    let Used { opened, .. } = use_once(tx, services, at, presented, &[LinkPurpose::Decision])?;
    answers::give(tx, &opened.context(services, at), &opened.internship, body, (Via::Link, None))
}

/// Keeps what is written before a follow-up, or of a job.
///
/// # Errors
/// As [`questions::write`]; no such link; expired; nothing is asked any more; too often.
pub fn write(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink, body: &Written) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::FollowUp, LinkPurpose::Retention])?;
    let context = opened.context(services, at);
    if opened.standing(tx, &context, &case)? == LinkStanding::Over {
        return Err(over(opened.purpose));
    }
    questions::write(tx, &context, &opened.row, &case, body)
}

/// Takes a yes to an accommodation back. Pressed twice, it is taken back.
///
/// # Errors
/// As [`taking_back::take_back`]; no such link; expired; too often.
pub fn take_back(
    tx: &mut Tx,
    services: &Services,
    at: At,
    presented: &PresentedLink,
    body: &LinkTakingBack,
) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Alignment])?;
    let item = case.internship.accommodations.iter().find(|own| own.id == body.accommodation);
    if item.is_some_and(|own| !own.agreed_by(opened.party)) {
        return Ok(());
    }
    let context = opened.context(services, at);
    taking_back::take_back(tx, &context, case, (opened.party, Via::Link), &body.accommodation, None)
}

/// The employee representative, or the employer, states whether the conditions are met.
///
/// # Errors
/// As [`statement::give`]; no such link, or the citizen's; expired; the internship has begun or is over; too often.
pub fn state(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink, body: &LinkStating) -> Result<(), ActionError> {
    let Used { opened, case } = use_once(tx, services, at, presented, &[LinkPurpose::Statement, LinkPurpose::Alignment])?;
    let context = opened.context(services, at);
    if !case.internship.is_waiting() {
        return Err(over(LinkPurpose::Statement));
    }
    if opened.purpose == LinkPurpose::Alignment {
        return match opened.party {
            Party::Company => {
                employer_statement::give(tx, &context, &opened.internship, body.conditions_met, body.remark.as_ref())
            }
            Party::Citizen | Party::Consultant => Err(ActionError::NotFound),
        };
    }
    let request = statement_requests::newest(tx, &opened.tenant, &opened.internship)?.ok_or(ActionError::NotFound)?;
    statement::give(tx, &context, case, &request, body)
}

/// Why nothing is to be answered any more.
fn over(purpose: LinkPurpose) -> ActionError {
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

/// Sends a new link for an expired one, to the address that is on record now.
///
/// # Errors
/// No such link; it works still.
pub fn renew(tx: &mut Tx, services: &Services, at: At, presented: &PresentedLink) -> Result<(), ActionError> {
    let opened = open(tx, presented)?;
    let context = opened.context(services, at);
    let case = case(tx, &context, &opened.internship)?;
    match opened.standing(tx, &context, &case)? {
        LinkStanding::Works => return conflict("link-works", "Linket virker stadig.", "The link still works."),
        LinkStanding::Over => return Err(over(opened.purpose)),
        LinkStanding::Expired => {}
    }
    if opened.party == Party::Company && opened.purpose == LinkPurpose::Alignment && !case.internship.company_may_read() {
        return conflict(
            "citizen-first",
            "Aftalen er ved at blive ændret. I får et nyt link, når den er klar til jer.",
            "The agreement is being changed. You get a new link when it is ready for you.",
        );
    }
    let key = format!("renewal/{}/{}", opened.row.id, at.today);
    if let Some(letter) = asked_again(tx, &context, &opened, &case, &key)? {
        // Somebody waits for it now, whatever the hour.
        letters::leave_at(tx, context.tenant, &letter, at.instant.naive_utc())?;
    }
    Ok(())
}

/// Asks again what the link asked, at the address on record. The letter, where a new one is queued.
fn asked_again(
    tx: &mut Tx,
    context: &Context,
    opened: &OpenedLink,
    case: &InternshipCase,
    key: &str,
) -> Result<Option<LetterId>, ActionError> {
    let (tenant, today) = (&opened.tenant, context.at.today);
    if opened.purpose == LinkPurpose::Statement {
        let request = statement_requests::newest(tx, tenant, &opened.internship)?;
        let Some(request) = request.filter(|own| own.id.as_str() == opened.row.occasion) else { return Ok(None) };
        return Ok(emit(tx, context, Event::StatementAsked { request: &request, mark: Some(key) })?);
    }
    if opened.purpose == LinkPurpose::Mentor {
        return mentor::send_link(tx, context, &case.internship, key);
    }
    let people = recipients::people(tx, tenant, today, Some(&case.row.citizen_id), Some(&opened.internship), None)?;
    let address = if opened.party == Party::Citizen {
        people.citizen.and_then(|citizen| citizen.email)
    } else {
        people.contact.and_then(|contact| contact.email)
    };
    let Some(to) = &address else { return Ok(None) };
    let (party, internship) = (opened.party, &case.internship);
    Ok(match opened.purpose {
        LinkPurpose::Alignment if internship.newest().confirmed_by(party) => {
            emit(tx, context, Event::LinkRenewed { internship, party, to, key })?
        }
        LinkPurpose::Alignment => {
            let version = VersionToConfirm::newest_of(internship);
            emit(tx, context, Event::ConfirmationAsked { version, party, to, reminder: Some(key) })?
        }
        LinkPurpose::Decision => ask_for_decision(tx, context, internship, to, key, LetterCause::Lasting)?,
        LinkPurpose::FollowUp | LinkPurpose::Retention => {
            let of = (opened.purpose, opened.row.occasion.as_str());
            let about = QuestionsAbout::open(&case.course, internship, of, context.figures());
            match &about {
                Some(about) => emit(tx, context, Event::QuestionsAsked { internship, about, party, to, mark: Some(key) })?,
                None => None,
            }
        }
        LinkPurpose::Statement | LinkPurpose::Mentor => None,
    })
}
