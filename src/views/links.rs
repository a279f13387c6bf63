//! What a one-time link shows to whoever holds it: the citizen or the company's contact, who have no account.

use crate::{
    actions::{
        ActionError,
        internships::{
            case::{InternshipCase, case_to_see},
            opened_link::{LinkStanding, PresentedLink, open},
        },
    },
    context::{Context, Services, Shown},
    domain::{
        internships::{
            alignment::{Party, Via},
            appointments::{Appointment, AppointmentKind, appointments},
            internship::{Accommodation, Answer, Internship, State},
            link_purpose::LinkPurpose,
            questions::{QuestionsAbout, asked},
            statements::{EmployerStatement, Representative, Statement},
        },
        rules::rulebook::Figures,
        values::{
            clock_time::ClockTime,
            day::At,
            ids::AccommodationId,
            localized::{Localized, localized},
        },
    },
    store::{Conn, statement_requests},
    views::{
        ShownByLink,
        agreements::{AgreementReader, AgreementView, agreement},
        internships::{VersionView, version},
        pauses::PauseShown,
        written::{self, QuestionView, WrittenView},
    },
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// An accommodation as a party sees it: never the need behind it.
#[derive(Serialize, ToSchema)]
pub struct LinkAccommodation {
    pub id: AccommodationId,
    pub function: String,
    pub agreed: bool,
}

/// What a link opens.
#[derive(Serialize, ToSchema)]
pub struct LinkView {
    /// `alignment`: confirm or object. `decision`: answer. `follow-up` and `retention`: write. `statement`: state. `mentor`: read.
    pub purpose: LinkPurpose,
    pub party: Party,
    /// Null where the link no longer works.
    pub reference: Option<String>,
    pub state: State,
    /// It no longer works, or a newer one has replaced it: ask for a new one with `POST …/renewal`.
    pub expired: bool,
    /// It asks for the last four digits of the citizen's CPR number first (`POST …/digits`); nothing is shown before.
    pub digits_asked: bool,
    /// The internship is over or cancelled, the follow-up held or the job checked: nothing is to be answered.
    pub over: bool,
    /// The newest version, which a confirmation binds to; null where the link no longer works, and for a company that may not read it yet.
    pub version: Option<VersionView>,
    pub confirmed: bool,
    pub accommodations: Vec<LinkAccommodation>,
    /// When the internship pauses; why is shown to the citizen only.
    pub pauses: Vec<PauseShown>,
    /// When the company decides.
    pub decision_on: Option<NaiveDate>,
    /// The company's answers.
    pub answers: Vec<Answer>,
    /// The agreement in words; null where the link no longer works.
    pub agreement: Option<AgreementView>,
    /// What the employee representative is asked to state; null with other purposes.
    pub statement: Option<StatementAskedView>,
    /// What the employer is asked to state with the agreement; the company only, before the start.
    pub employer_statement: Option<EmployerStatementAskedView>,
    /// What the party is asked; empty with `alignment` and `decision`.
    pub questions: Vec<QuestionView>,
    /// What the questions are about.
    pub about: Option<QuestionsAboutView>,
    /// When the mentor can come along: the first day and the follow-ups; empty with other purposes.
    pub appointments: Vec<LinkAppointment>,
    /// What the party wrote already, oldest first.
    pub written: Vec<WrittenView>,
}

/// A day on which people meet.
#[derive(Serialize, ToSchema)]
pub struct LinkAppointment {
    pub what: AppointmentKind,
    pub on: NaiveDate,
    pub at: Option<ClockTime>,
    /// Null: at the workplace.
    pub place: Option<String>,
    pub ask_for: Option<String>,
}

fn meetings(internship: &Internship, at: At) -> Vec<LinkAppointment> {
    let all = appointments(internship, at.today).into_iter().filter(|own| own.of.kind != AppointmentKind::Decision);
    all.map(|Appointment { of, slot }| LinkAppointment {
        what: of.kind,
        on: slot.on,
        at: slot.at,
        place: slot.place,
        ask_for: slot.ask_for,
    })
    .collect()
}

/// The statement that the employee representative is asked for.
#[derive(Serialize, ToSchema)]
pub struct StatementAskedView {
    pub given_by: Representative,
    pub name: String,
    /// The conditions of the law.
    pub conditions: Vec<Localized>,
    /// What was stated through this link already.
    pub given: Option<Statement>,
}

/// The statement that the employer is asked for.
#[derive(Serialize, ToSchema)]
pub struct EmployerStatementAskedView {
    /// The conditions of the law.
    pub conditions: Vec<Localized>,
    /// What was stated already.
    pub given: Option<EmployerStatement>,
}

/// The conditions (L11, L15, L17), with the figures of the day.
fn conditions(figures: &Figures) -> Vec<Localized> {
    let (first, knee, further) = (figures.ratio_first_step, figures.ratio_knee, figures.ratio_further_step);
    vec![
        localized(
            "Ingen ansat bliver afskediget eller får færre timer på grund af praktikken, og den erstatter ikke en, der er rejst, på orlov eller sparet væk.",
            "No employee is dismissed or loses hours because of the internship, and it does not replace somebody who has left, is on leave or was saved away.",
        ),
        localized(
            format!(
                "Der er højst én i praktik eller løntilskud for hver {first} ordinært ansatte op til {knee}, og derefter én for hver {further}. En mindre arbejdsplads kan altid have én."
            ),
            format!(
                "There is at most one person in internship or wage subsidy for every {first} ordinary employees up to {knee}, and then one for every {further}. A smaller workplace can always have one."
            ),
        ),
        localized(
            "Praktikken er ikke en kort sæsonopgave, og den dækker ikke arbejdspladsens behov for arbejdskraft.",
            "The internship is no short seasonal task, and does not fill the workplace's need of labour.",
        ),
    ]
}

fn statement(conn: &mut Conn, context: &Context, case: &InternshipCase) -> Result<Option<StatementAskedView>, ActionError> {
    let Some(request) = statement_requests::newest(conn, context.tenant, &case.internship.id)? else { return Ok(None) };
    let given = case.internship.statement.clone();
    let given = given.filter(|own| own.via == Some(Via::Link) && own.on >= request.asked_on && own.given_by == request.given_by);
    let conditions = conditions(context.figures());
    Ok(Some(StatementAskedView { given_by: request.given_by, name: request.name, conditions, given }))
}

/// What questions are about: a follow-up with its day, or a job so many weeks after its first day.
#[derive(Serialize, ToSchema)]
pub struct QuestionsAboutView {
    /// The day of the follow-up, or the first day of the job.
    pub on: NaiveDate,
    pub at: Option<ClockTime>,
    pub place: Option<String>,
    /// Null with a follow-up.
    pub weeks: Option<i64>,
}

impl QuestionsAboutView {
    fn of(about: QuestionsAbout) -> Self {
        match about {
            QuestionsAbout::FollowUp { id: _, on, at, place } => Self { on, at, place, weeks: None },
            QuestionsAbout::Job { outcome: _, first_day, weeks } => {
                Self { on: first_day, at: None, place: None, weeks: Some(weeks) }
            }
        }
    }
}

/// What a party may read of a version: not the papers, which can tell of health, nor the decision, and no words or names but its own.
fn for_party(version: VersionView, party: Party) -> VersionView {
    let objections = version.objections.into_iter().filter(|objection| objection.party == party).collect();
    let mut confirmations = version.confirmations;
    for confirmation in confirmations.iter_mut().filter(|confirmation| confirmation.party != party) {
        confirmation.given_by = None;
    }
    VersionView { papers: None, decision: None, objections, confirmations, ..version }
}

/// What a link opens. The token is the authorisation.
///
/// # Errors
/// No such link.
pub fn one(
    conn: &mut Conn,
    services: &Services,
    at: At,
    presented: &PresentedLink,
) -> Result<ShownByLink<LinkView>, ActionError> {
    let opened = open(conn, presented)?;
    let shown = Shown::default();
    let context = Context::link(services, &opened.tenant, at).noting(&shown);
    let case = case_to_see(conn, &context, &opened.internship)?;
    let standing = opened.standing(conn, &context, &case)?;
    let digits_asked = standing == LinkStanding::Works && opened.asks_digits(&context, presented);
    let live = standing == LinkStanding::Works && !digits_asked;
    let questions = asked(opened.purpose, opened.party, &case.internship).into_iter().filter(|_| live);
    let questions = questions
        .map(|question| QuestionView {
            question,
            text: question.put_to(opened.party, opened.purpose),
            items: question.items(&case.internship),
        })
        .collect();
    let mut wrote = if live { written::all(conn, &context, std::slice::from_ref(&opened.internship))? } else { Vec::new() };
    wrote.retain(|own| own.party == opened.party && own.of == (opened.purpose, opened.row.occasion.clone()));
    let of = (opened.purpose, opened.row.occasion.as_str());
    let about = QuestionsAbout::open(&case.course, &case.internship, of, context.figures()).filter(|_| live);
    let reader = match opened.purpose {
        LinkPurpose::Statement => AgreementReader::Representative,
        LinkPurpose::Mentor => AgreementReader::Mentor,
        _ => AgreementReader::Party(opened.party),
    };
    let is_party = matches!(reader, AgreementReader::Party(_));
    let agreement = if live { Some(agreement(conn, &context, &case, reader)?) } else { None };
    let statement = if live && reader == AgreementReader::Representative { statement(conn, &context, &case)? } else { None };
    let appointments = if live && reader == AgreementReader::Mentor { meetings(&case.internship, at) } else { Vec::new() };
    let internship = case.internship;
    let newest = internship.newest();
    // Other links of the company work on while a version with accommodations waits for the citizen's word.
    let may_read = |item: &Accommodation| opened.party != Party::Company || item.agreed_by(Party::Citizen);
    let reads_all = opened.party != Party::Company || internship.company_may_read();
    let employer_asked = opened.purpose == LinkPurpose::Alignment && opened.party == Party::Company && internship.is_waiting();
    let (purpose, party) = (opened.purpose, opened.party);
    let view = LinkView {
        employer_statement: (live && reads_all && employer_asked).then(|| EmployerStatementAskedView {
            conditions: conditions(context.figures()),
            given: internship.employer_statement.clone(),
        }),
        state: internship.state(at.today),
        digits_asked,
        appointments,
        expired: standing == LinkStanding::Expired,
        over: standing == LinkStanding::Over,
        questions,
        statement,
        about: about.map(QuestionsAboutView::of),
        written: wrote,
        confirmed: newest.confirmed_by(opened.party),
        version: (live && is_party && reads_all).then(|| for_party(version(newest), opened.party)),
        accommodations: internship
            .accommodations
            .iter()
            .filter(|item| live && is_party && may_read(item))
            .map(|item| LinkAccommodation {
                id: item.id.clone(),
                function: item.function.clone(),
                agreed: item.agreed_by(opened.party),
            })
            .collect(),
        pauses: internship
            .pauses
            .iter()
            .filter(|_| live && is_party)
            .map(|pause| PauseShown::of(pause, opened.party == Party::Citizen))
            .collect(),
        decision_on: internship.decision_on().filter(|_| live),
        answers: if opened.party == Party::Company && live { internship.answers.clone() } else { Vec::new() },
        reference: live.then_some(internship.reference),
        purpose,
        party,
        agreement,
    };
    ShownByLink::of(conn, services, at, opened, shown, view)
}
