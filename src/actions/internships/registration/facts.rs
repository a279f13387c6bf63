//! What the rules look at when terms are registered, beside the citizen's course: read once, before anything is decided.

use crate::{
    actions::{ActionError, terms::UnknownTerms},
    context::Context,
    domain::{
        companies::workplace::Workplace,
        rules::refusals::Reason,
        values::{
            ids::{CitizenId, ContactId, NeedId, WorkplaceId},
            vocabulary::{Term, TermKind},
        },
    },
    outbox::recipients::{self, PartyAddresses},
    store::{
        Conn, accounts, citizens, companies, internships,
        schema::{ApprovalRow, WorkplaceRow, WrittenReasonsRow},
        sealed, workplaces,
    },
};
use chrono::NaiveDate;

/// What is to be looked up for a registration.
pub struct FactsQuery<'a> {
    pub citizen: &'a CitizenId,
    /// Where it is to be.
    pub workplace: &'a WorkplaceId,
    /// The contact person named at that workplace.
    pub contact: Option<&'a ContactId>,
    /// The last day to which a team leader's approval is looked for; none where none can be needed.
    pub approval_to: Option<NaiveDate>,
    /// Terms that must stand in the municipality's list.
    pub terms: Vec<(TermKind, &'a Term)>,
}

/// See the module.
pub struct Facts {
    /// None where there is no such workplace.
    pub site: Option<Site>,
    pub unknown_terms: UnknownTerms,
    /// The citizen's needs, ended ones too.
    pub needs: Vec<NeedId>,
    /// A team leader's unused approval to the wanted day, by somebody other than who asks.
    pub approval: Option<RecordedApproval>,
    /// Reasons that team leaders have given beforehand and nobody has used.
    pub written_reasons: Vec<WrittenReasons>,
    /// Where the invitations to confirm go.
    pub addresses: PartyAddresses,
}

/// A workplace with its company.
pub struct Site {
    pub row: WorkplaceRow,
    /// The first day on which the workplace or its company is closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether a prospect of a job is recorded there and not withdrawn.
    pub open_prospect: bool,
    /// As the rules see it.
    pub workplace: Workplace,
}

pub struct RecordedApproval {
    pub row: ApprovalRow,
    /// Name of who gave it.
    pub given_by: Option<String>,
}

pub struct WrittenReasons {
    pub row: WrittenReasonsRow,
    pub reason: Reason,
}

impl Facts {
    /// # Errors
    /// A failure of the database.
    pub fn load(conn: &mut Conn, context: &Context, wanted: &FactsQuery) -> Result<Self, ActionError> {
        Ok(Self {
            site: Site::load(conn, context, wanted.workplace)?,
            unknown_terms: UnknownTerms::among(conn, context, wanted.terms.iter().copied())?,
            needs: citizens::needs::ids_of_citizen(conn, context.tenant, wanted.citizen)?,
            approval: approval(conn, context, wanted)?,
            written_reasons: written_reasons(conn, context, wanted.citizen, wanted.workplace)?,
            addresses: recipients::addresses(conn, context, wanted.citizen, wanted.contact, wanted.workplace)?,
        })
    }
}

impl Site {
    fn load(conn: &mut Conn, context: &Context, id: &WorkplaceId) -> Result<Option<Self>, ActionError> {
        let Some(row) = companies::workplaces::find(conn, context.tenant, id)? else { return Ok(None) };
        let company = companies::find(conn, context.tenant, &row.company_id)?;
        let prospects = companies::prospects::of_workplace(conn, context.tenant, id)?;
        let (figures, today) = (context.figures(), context.at.today);
        Ok(Some(Self {
            closed_on: [row.closed_on, company.and_then(|company| company.closed_on)].into_iter().flatten().min(),
            open_prospect: prospects.iter().any(|prospect| prospect.withdrawn_on.is_none()),
            workplace: workplaces::of_row(conn, &context.services.keys, row.clone(), figures, today)?,
            row,
        }))
    }
}

fn approval(conn: &mut Conn, context: &Context, wanted: &FactsQuery) -> Result<Option<RecordedApproval>, ActionError> {
    let (Some(to), asker) = (wanted.approval_to, context.account()?) else { return Ok(None) };
    let found = internships::approvals_to(conn, context.tenant, wanted.citizen, to)?;
    let Some(row) = found.into_iter().find(|approval| approval.approved_by != asker.id) else { return Ok(None) };
    let given_by = accounts::find(conn, context.tenant, &row.approved_by)?.map(|leader| leader.name);
    Ok(Some(RecordedApproval { row, given_by }))
}

fn written_reasons(
    conn: &mut Conn,
    context: &Context,
    citizen: &CitizenId,
    workplace: &WorkplaceId,
) -> Result<Vec<WrittenReasons>, ActionError> {
    let mut found = Vec::new();
    for row in internships::reasons::unused(conn, context.tenant, citizen, workplace)? {
        let leader = accounts::find(conn, context.tenant, &row.given_by)?;
        let words = sealed::WRITTEN_REASONS.open(&context.services.keys, &row.id, &row.reasons)?;
        let given_by = leader.map_or_else(String::new, |leader| leader.name);
        found.push(WrittenReasons { reason: Reason { rule: row.rule, words, given_by, by_leader: true }, row });
    }
    Ok(found)
}
