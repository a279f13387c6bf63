//! A municipality at work today: the cases of a file that names the day for which it was written, played together until now.
//!
//! Promise: it works on any day. People act until yesterday, and the schedule has run today, so nothing is dated after now; what
//! stands then (who is waited for, what is overdue) is what the file meant on its own day, give or take six days.

use crate::{
    actions::{
        ActionError,
        internships::opened_link::{PresentedLink, asks},
    },
    app::App,
    clock::Clock,
    domain::{
        internships::link_purpose::LinkPurpose,
        people::tenant::Tenant,
        rules::flags::Audience,
        values::{
            copenhagen::at,
            ids::{FlagId, LinkId},
            register::Municipality,
        },
    },
    jobs::{self, Progress, quiet},
    replay::{error::ReplayError, played::Played, reading::read_for, stage::Cast, together::play_together},
    store::{Conn, StoreError, flags},
};
use chrono::{DateTime, Utc};

/// What was played, and where somebody who wants to look may come in.
#[derive(Debug)]
pub struct LiveMunicipality {
    /// In the order of the file.
    pub played: Vec<Played>,
    /// A link of a citizen and one of a company that ask something, an agreement where one waits for a yes.
    pub links: Option<(LinkId, LinkId)>,
    /// A flag that stands: the newest of the highest level.
    pub flag: Option<FlagId>,
}

/// Plays a file into an app, whose clock must be a set one and stands at the given moment afterwards.
///
/// # Errors
/// A file that does not fit or names no day of its own, a failure of the machine.
pub async fn play_live(
    app: &App,
    text: &str,
    cast: &Cast,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<LiveMunicipality, ReplayError> {
    if matches!(app.clock, Clock::System) {
        return Err(ReplayError::Clock);
    }
    let today = at(now).today;
    let cases = read_for(text, today)?.cases;
    let (played, _) = play_together(app, &cases, cast, today.pred_opt(), progress).await?;
    app.clock.turn(now);
    let failed = |failure: StoreError| ReplayError::Case { name: "all".into(), why: failure.to_string() };
    jobs::tick(app, &quiet).await.map_err(failed)?;
    jobs::deliver(app, &quiet).await.map_err(failed)?;
    let tenant = Municipality::parse(&app.services.settings.municipality).map(Tenant::of);
    let look = move |conn: &mut Conn| tenant.as_ref().map_or_else(|| Ok(None), |own| standing(conn, own));
    let flag = app.db.read(look).await.map_err(failed)?;
    let links = match (waiting(app, &played, Audience::Citizen).await?, waiting(app, &played, Audience::CompanyContact).await?) {
        (Some(citizen), Some(company)) => Some((citizen, company)),
        _ => None,
    };
    Ok(LiveMunicipality { played, links, flag })
}

/// The first link to somebody behind which an agreement waits for a yes; where there is none, the first that asks anything.
async fn waiting(app: &App, played: &[Played], to: Audience) -> Result<Option<LinkId>, ReplayError> {
    let mut other = None;
    for link in played.iter().flat_map(|case| &case.links).filter(|sent| sent.to == to).map(|sent| sent.link.clone()) {
        let (services, at) = (app.services.clone(), app.clock.now());
        let presented = PresentedLink { token: services.keys.link_token(link.as_str()), proof: None, network: String::new() };
        let failed = |failure: ActionError| ReplayError::Case { name: "all".into(), why: failure.to_string() };
        match app.db.read(move |conn| asks(conn, &services, at, &presented)).await.map_err(failed)? {
            Some(LinkPurpose::Alignment) => return Ok(Some(link)),
            Some(_) => other = other.or(Some(link)),
            None => {}
        }
    }
    Ok(other)
}

fn standing(conn: &mut Conn, tenant: &Tenant) -> Result<Option<FlagId>, StoreError> {
    let narrow = flags::FlagFilter { standing: Some(true), ..flags::FlagFilter::default() };
    let all = flags::page(conn, tenant, &narrow, "", i64::from(u16::MAX))?;
    Ok(all.into_iter().max_by_key(|row| (row.level, row.risen_on)).map(|row| row.id))
}
