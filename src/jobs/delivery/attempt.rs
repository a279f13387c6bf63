//! One try to deliver one letter.

use crate::{
    app::App,
    domain::values::{day::At, ids::LetterId},
    jobs::delivery::{
        claim::{Claimed, claim},
        outgoing::outgoing,
        settle::{fail, postpone, postpone_unclaimed, settle},
    },
    outbox::mailer::SendResult,
    store::StoreError,
    telemetry::{self, DeliveryOutcome},
};

/// Tries one letter, and returns how it ended; nothing where somebody else has claimed it.
pub async fn attempt(app: App, at: At, id: LetterId) -> Result<Option<DeliveryOutcome>, StoreError> {
    let outcome = try_once(app, at, id).await;
    telemetry::record_delivery(None, outcome.as_ref().ok().copied().flatten());
    outcome
}

async fn try_once(app: App, at: At, id: LetterId) -> Result<Option<DeliveryOutcome>, StoreError> {
    let me = uuid::Uuid::new_v4().to_string();
    let now = at.instant.naive_utc();
    let claimed = match claim(&app, at, &id, &me).await {
        Ok(claimed) => claimed,
        Err(failure) if failure.is_transient() => return Err(failure),
        Err(failure) => return postpone_unclaimed(&app, at, id, me, &failure).await,
    };
    let Some(Claimed { mut letter, cause_holds }) = claimed else { return Ok(None) };
    telemetry::record_delivery(Some(letter.kind.code()), None);
    letter.claimed_until = None;
    if app.shutdown.is_requested() {
        settle(&app, letter, me).await?;
        return Ok(None);
    }
    let outcome = if cause_holds {
        let result = match outgoing(&app, &letter) {
            Ok(outgoing) => app.mailer.send(&outgoing).await.without(&outgoing.to),
            Err(failure) => SendResult::TryLater(failure.to_string()),
        };
        match result {
            SendResult::Sent => {
                letter.sent_at = Some(now);
                letter.last_error = None;
                DeliveryOutcome::Sent
            }
            SendResult::Never(why) => fail(&mut letter, now, why),
            SendResult::TryLater(why) => postpone(&app, &mut letter, now, why),
        }
    } else {
        letter.dropped_at = Some(now);
        DeliveryOutcome::Dropped
    };
    letter.attempts += 1;
    settle(&app, letter, me).await?;
    Ok(Some(outcome))
}
