//! All that is kept of a citizen, in one answer: what the citizen may demand (GDPR art. 15), to be handed over as a file or printed.
//!
//! Promise: it holds everything that the other views show of the citizen, and who has looked and changed. What must never stand in it:
//! anything of another citizen. A digest, which tells somebody who works here of several, is left out; the flags it told of are here.

use crate::{
    actions::ActionError,
    context::Context,
    domain::{
        people::{access::Permission, profile::Profile, read_log::PersonalData},
        values::ids::{CitizenId, InternshipId, LetterId, OutcomeId},
    },
    outbox::letters::{HOME, LINK},
    store::{Conn, internships as stays, internships::approval_requests as asked, letters as stored},
    views::{
        approval_requests::{self, ApprovalRequestView},
        changed_values::{self, ChangedValueView},
        changes::{self, PersonChangeView},
        citizens::{self, CitizenView},
        continuity::{self, ConsultantChangeView, StoryView},
        corrections::{self, CorrectionView},
        flags::{self, FlagQuery, FlagView},
        follow_ups::{self, FollowUpQuery, FollowUpView},
        internships::{self, InternshipView},
        letters::{self, LetterView},
        needs::{self, NeedView},
        outcomes::{self, OutcomeView},
        page::{Cursor, Page, Pages},
        profiles,
        reads::{self, ReadView},
        steps::{self, StepView},
        written::{self, WrittenView},
    },
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// See the module.
#[derive(Serialize, ToSchema)]
pub struct CitizenExtract {
    pub made_at: DateTime<Utc>,
    /// The authority that keeps it.
    pub municipality: String,
    pub citizen: CitizenView,
    pub needs: Vec<NeedView>,
    /// What the citizen seeks by.
    pub search_profile: Profile,
    pub story: Vec<StoryView>,
    pub internships: Vec<InternshipView>,
    pub follow_ups: Vec<FollowUpView>,
    /// What citizen and company wrote through their links.
    pub written: Vec<WrittenView>,
    pub outcomes: Vec<OutcomeView>,
    pub steps: Vec<StepView>,
    pub consultant_changes: Vec<ConsultantChangeView>,
    pub approval_requests: Vec<ApprovalRequestView>,
    pub flags: Vec<FlagView>,
    /// To the citizen, to others of the case, and to those who work here of the case alone.
    pub letters: Vec<LetterView>,
    pub corrections: Vec<CorrectionView>,
    /// Who has changed what, the newest first.
    pub changes: Vec<PersonChangeView>,
    /// What they changed, value by value.
    pub changed_values: Vec<ChangedValueView>,
    /// Who has looked, the newest first.
    pub reads: Vec<ReadView>,
}

/// Every item of a list that is shown by pages.
fn all<T>(mut page: impl FnMut(Option<Cursor>) -> Result<Page<T>, ActionError>) -> Result<Vec<T>, ActionError> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let found = page(cursor)?;
        items.extend(found.items);
        cursor = found.next.as_deref().and_then(Cursor::parse);
        if cursor.is_none() {
            return Ok(items);
        }
    }
}

/// One view for each of some ids.
fn each<I, T>(ids: &[I], mut view: impl FnMut(&I) -> Result<T, ActionError>) -> Result<Vec<T>, ActionError> {
    ids.iter().map(&mut view).collect()
}

/// Everything of one citizen.
///
/// # Errors
/// Not for this role; not found; merged into another: it says into whom.
pub fn of_citizen(conn: &mut Conn, context: &Context, id: &CitizenId) -> Result<CitizenExtract, ActionError> {
    context.authorize(Permission::SeeNeeds)?;
    context.shows(id, PersonalData::Extract);
    let (context, tenant) = (&context.noting_no_more(), context.tenant);
    let reference = citizens::row(conn, context, id)?.reference;
    let rows = stays::named_even_in_error(conn, tenant, id)?;
    let (own, mut references): (Vec<InternshipId>, Vec<String>) = rows.into_iter().unzip();
    references.push(reference);
    let outcomes: Vec<OutcomeId> = stays::outcomes::ids_of_citizen(conn, tenant, id)?;
    let written_to: Vec<LetterId> = stored::ids_of_cases(conn, tenant, &references)?;
    let query = |cursor| FlagQuery {
        citizen: Some(id.clone()),
        workplace: None,
        rule: None,
        level: None,
        standing: None,
        cursor,
        limit: None,
    };
    let raised = all(|cursor| flags::page(conn, context, &query(cursor)))?;
    let held =
        |cursor| FollowUpQuery { citizen: Some(id.clone()), internship: None, open: None, due_by: None, cursor, limit: None };
    let pages = |cursor| Pages { cursor, limit: None };
    let (mut requests, mut words) = (Vec::new(), Vec::new());
    for stay in &own {
        for row in asked::of_internship(conn, tenant, stay)? {
            requests.push(approval_requests::view(context, row)?);
        }
        words.extend(written::of_internship(conn, context, stay)?.written);
    }
    Ok(CitizenExtract {
        made_at: context.at.instant,
        municipality: tenant.municipality().authority(),
        citizen: citizens::one(conn, context, id)?.body,
        needs: needs::of_citizen(conn, context, id)?.body.needs,
        search_profile: profiles::of_citizen(conn, context, id)?.body,
        story: continuity::story(conn, context, id)?.items,
        internships: each(&own, |id| Ok(internships::one(conn, context, id)?.body))?,
        follow_ups: all(|cursor| follow_ups::page(conn, context, &held(cursor)))?,
        written: words,
        outcomes: each(&outcomes, |id| Ok(outcomes::one(conn, context, id)?.body))?,
        steps: steps::of_citizen(conn, context, id)?.items,
        consultant_changes: continuity::changes(conn, context, id)?.items,
        approval_requests: requests,
        flags: each(&raised, |line| Ok(flags::one(conn, context, &line.id)?.body))?,
        letters: each(&written_to, |id| {
            let view = letters::one(conn, context, id)?.body;
            // Whoever reads it here opens no link of somebody else.
            let plain = view.plain.map(|text| text.replace(LINK, "[link]").replace(HOME, context.services.home()));
            Ok(LetterView { plain, ..view })
        })?,
        corrections: all(|cursor| corrections::of_citizen(conn, context, id, &pages(cursor)))?,
        changes: all(|cursor| changes::of_citizen(conn, context, id, &pages(cursor)))?,
        changed_values: all(|cursor| changed_values::of_citizen(conn, context, id, &pages(cursor)))?,
        reads: all(|cursor| reads::of_citizen(conn, context, id, &pages(cursor)))?,
    })
}
