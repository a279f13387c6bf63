//! Takes why somebody looks at a colleague's citizen, and goes on to the page that was asked for.

use crate::{
    actions::people::access_reasons::{self, NewAccessReason},
    context::Context,
    domain::values::ids::CitizenId,
    store::Tx,
    web::{
        pages::{
            error::PageError,
            form::FormBody,
            frame::{ours, see_other},
            staff::{signed_in::SignedIn, why::why},
        },
        path::Id,
        problem::{Problem, ProblemKind},
    },
};
use actix_web::HttpResponse;

/// Keeps it.
///
/// # Errors
/// Sent from elsewhere; not for this role; not found. Nothing written shows the form again.
pub async fn give_access_reason(own: SignedIn, id: Option<Id<CitizenId>>, form: FormBody) -> Result<HttpResponse, PageError> {
    let id = own.known(id)?;
    let mut typed = own.guarded(form.0)?;
    let to = typed.take("to").unwrap_or_default();
    let own = own.at(ours(&to).to_owned());
    let done = match typed.read::<NewAccessReason>() {
        Ok(body) => {
            let (services, reader, citizen) = (own.app.services.clone(), own.reader(), id.clone());
            let give =
                move |tx: &mut Tx| access_reasons::give(tx, &Context::of(&services, &reader.account, reader.at), &citizen, &body);
            own.app.db.write(give).await.map_err(Problem::from)
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(see_other(&own.locale, &own.locale.path)),
        Err(problem) if problem.kind == ProblemKind::InvalidFields => {
            let form = why(&own.locale, &own.guard(), (&id, &own.locale.path), &typed, Some(&problem));
            Err(PageError::new(&own.locale, problem).with(form))
        }
        Err(problem) => Err(PageError::new(&own.locale, problem)),
    }
}
