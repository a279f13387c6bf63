//! `?dry_run=true`: the same answer, and nothing is written.

use crate::web::request::query::NoQuery;
use utoipa::IntoParams;

crate::input! {
    /// Whether only to rehearse.
    #[derive(Default, IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct DryRun {
        /// True: the same answer, and nothing is written.
        pub dry_run: Option<bool>,
    }
}

/// A query that can ask for a dry run, or has no such parameter.
pub trait MayDryRun {
    fn is_dry_run(&self) -> bool;
}

impl MayDryRun for NoQuery {
    fn is_dry_run(&self) -> bool {
        false
    }
}

impl MayDryRun for DryRun {
    fn is_dry_run(&self) -> bool {
        self.dry_run.unwrap_or_default()
    }
}
