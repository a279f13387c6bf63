//! What hangs on a citizen's internships, table by table.

use crate::{
    domain::{
        people::tenant::Tenant,
        values::ids::{CitizenId, ContactId, WorkplaceId},
    },
    store::{
        db::{conn::Conn, dialect::statements::prepared, error::StoreError},
        schema::*,
    },
};
use diesel::prelude::*;

#[derive(Default)]
pub(super) struct Parts {
    pub(super) versions: Vec<VersionRow>,
    pub(super) confirmations: Vec<ConfirmationRow>,
    pub(super) objections: Vec<ObjectionRow>,
    pub(super) accommodations: Vec<AccommodationRow>,
    pub(super) agreements: Vec<AgreementRow>,
    pub(super) answers: Vec<AnswerRow>,
    pub(super) contacts: Vec<(ContactId, String)>,
    pub(super) follow_ups: Vec<FollowUpRow>,
    pub(super) pauses: Vec<PauseRow>,
    /// Of the workplaces of the internships.
    pub(super) closures: Vec<ClosureRow>,
    pub(super) employer_statements: Vec<EmployerStatementRow>,
    pub(super) meetings: Vec<MeetingRow>,
    /// Of the workplaces of internships whose end is not recorded.
    pub(super) prospects: Vec<ProspectRow>,
    pub(super) foresees: Vec<(WorkplaceId, Option<bool>)>,
}

impl Parts {
    /// What hangs on the internships of a citizen; what cannot be there is not asked for. Asked for by the citizen, not by lists
    /// of ids: so each statement is the same every time and stays prepared. What was registered in error is read too: it is parted from
    /// what counts where it becomes the domain's.
    pub(super) fn load(
        conn: &mut Conn,
        tenant: &Tenant,
        citizen: &CitizenId,
        rows: &[InternshipRow],
    ) -> Result<Self, StoreError> {
        let stays = || internships::with_errors(tenant).filter(internships::citizen_id.eq(citizen));
        let own_ids = || stays().select(internships::id);
        let mut parts = Self {
            versions: prepared!(conn, |conn| versions::own(tenant)
                .filter(versions::internship_id.eq_any(own_ids()))
                .order(versions::number)
                .load(conn))?,
            confirmations: prepared!(conn, |conn| confirmations::own(tenant)
                .filter(confirmations::internship_id.eq_any(own_ids()))
                .order((confirmations::internship_id, confirmations::number, confirmations::party))
                .load(conn))?,
            objections: prepared!(conn, |conn| objections::own(tenant)
                .filter(objections::internship_id.eq_any(own_ids()))
                .order(objections::id)
                .load(conn))?,
            accommodations: prepared!(conn, |conn| accommodations::own(tenant)
                .filter(accommodations::internship_id.eq_any(own_ids()))
                .filter(accommodations::dropped_on.is_null())
                .order((accommodations::position, accommodations::id))
                .load(conn))?,
            answers: prepared!(conn, |conn| answers::with_errors(tenant)
                .filter(answers::internship_id.eq_any(own_ids()))
                .order(answers::id)
                .load(conn))?,
            follow_ups: prepared!(conn, |conn| follow_ups::with_errors(tenant)
                .filter(follow_ups::citizen_id.eq(citizen))
                .order((follow_ups::due_on, follow_ups::id))
                .load(conn))?,
            pauses: prepared!(conn, |conn| pauses::with_errors(tenant)
                .filter(pauses::citizen_id.eq(citizen))
                .order((pauses::from_on, pauses::id))
                .load(conn))?,
            closures: prepared!(conn, |conn| closures::with_errors(tenant)
                .filter(closures::workplace_id.eq_any(stays().select(internships::workplace_id)))
                .order((closures::from_on, closures::id))
                .load(conn))?,
            employer_statements: prepared!(conn, |conn| {
                employer_statements::own(tenant).filter(employer_statements::internship_id.eq_any(own_ids())).load(conn)
            })?,
            meetings: prepared!(conn, |conn| meetings::own(tenant).filter(meetings::internship_id.eq_any(own_ids())).load(conn))?,
            ..Self::default()
        };
        if !parts.accommodations.is_empty() {
            let items = accommodations::own(tenant).filter(accommodations::internship_id.eq_any(own_ids()));
            parts.agreements = prepared!(conn, |conn| agreements::own(tenant)
                .filter(agreements::accommodation_id.eq_any(items.select(accommodations::id)))
                .order((agreements::accommodation_id, agreements::party))
                .load(conn))?;
        }
        if rows.iter().any(|row| row.contact_id.is_some()) {
            let people = stays().filter(internships::contact_id.is_not_null());
            parts.contacts = prepared!(conn, |conn| contacts::own(tenant)
                .filter(contacts::id.eq_any(people.select(internships::contact_id.assume_not_null())))
                .select((contacts::id, contacts::name))
                .load(conn))?;
        }
        if rows.iter().any(|row| row.last_day.is_none()) {
            let places = || stays().filter(internships::last_day.is_null()).select(internships::workplace_id);
            parts.prospects = prepared!(conn, |conn| prospects::own(tenant)
                .filter(prospects::workplace_id.eq_any(places()))
                .order(prospects::id)
                .load(conn))?;
            parts.foresees = prepared!(conn, |conn| workplaces::own(tenant)
                .filter(workplaces::id.eq_any(places()))
                .select((workplaces::id, workplaces::foresees_vacancy))
                .load(conn))?;
        }
        Ok(parts)
    }
}
