//! Counts a look-up by CPR number before it is done.

use crate::{
    actions::people::look_ups,
    app::App,
    context::Context,
    domain::values::localized::localized,
    store::Tx,
    web::{
        problem::{Problem, ProblemKind},
        request::Authenticated,
    },
};

impl<B, Q> Authenticated<B, Q> {
    /// # Errors
    /// Not for this role; too many.
    pub async fn count_look_up(&self, app: &App) -> Result<(), Problem> {
        let (services, account, at) = (app.services.clone(), self.session.account.clone(), self.at);
        let count = move |tx: &mut Tx| look_ups::count(tx, &Context::of(&services, &account, at));
        let role = self.session.account.role.code();
        match app.db.write(count).await.map_err(Problem::from) {
            Ok(()) => tracing::info!(role, "somebody was looked up by number"),
            Err(problem) if problem.kind == ProblemKind::TooOften => {
                tracing::warn!(role, "an account looks up more numbers than it may");
                let detail = localized(
                    "Du har slået mange CPR-numre op. Vent lidt, eller find borgeren ved navn.",
                    "You have looked up many CPR numbers. Wait a while, or find the citizen by name.",
                );
                return Err(Problem { detail: Some(Box::new(detail)), ..problem });
            }
            Err(problem) => return Err(problem),
        }
        Ok(())
    }
}
