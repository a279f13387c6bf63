//! Brings a list of companies and workplaces in.

use crate::{
    app::App,
    import::{self, ImportReport, List},
    web::{
        api::imports::report::{BadRowView, ChangeView, CountView, FirstOfEach, RightedView, problem},
        language::lang,
        request::{DryRun, ListFile, Upload},
        response::{Answered, LongWrite},
    },
};
use actix_web::{post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// What came of a list of companies.
#[derive(Serialize, ToSchema)]
pub struct CompanyImportView {
    /// Whether the good rows are kept; false for a rehearsal.
    pub kept: bool,
    pub rows: u64,
    pub bad: u64,
    pub blank: u64,
    /// Cells that were unambiguous, and put right.
    pub righted: u64,
    /// Rows that say of their company what an earlier row says otherwise; the earlier one counts.
    pub told_otherwise: u64,
    pub companies: CountView,
    pub workplaces: CountView,
    pub staff_up: u64,
    pub staff_down: u64,
    /// Closed, and never known here.
    pub left_out: u64,
    /// On no map: load postcodes.
    pub unplaced: u64,
    /// Columns that nobody knows.
    pub unused_columns: Vec<String>,
    /// The first 200.
    pub bad_rows: Vec<BadRowView>,
    pub righted_cells: Vec<RightedView>,
    pub changes: Vec<ChangeView>,
    /// Whether there are more than are shown.
    pub bad_rows_cut: bool,
    pub righted_cells_cut: bool,
    pub changes_cut: bool,
}

fn view(report: ImportReport, first: FirstOfEach) -> CompanyImportView {
    CompanyImportView {
        kept: report.kept,
        rows: report.rows,
        bad: report.bad,
        blank: report.blank,
        righted: report.righted,
        told_otherwise: report.told_otherwise,
        companies: report.companies.into(),
        workplaces: report.workplaces.into(),
        staff_up: report.staff_up,
        staff_down: report.staff_down,
        left_out: report.left_out,
        unplaced: report.unplaced,
        unused_columns: report.unused,
        bad_rows: first.bad.shown,
        righted_cells: first.righted.shown,
        changes: first.changes.shown,
        bad_rows_cut: first.bad.cut,
        righted_cells_cut: first.righted.cut,
        changes_cut: first.changes.cut,
    }
}

/// Brings a list of companies and workplaces in: CSV, Excel, or JSON lines in the shape of the register's extract.
///
/// Good rows are kept and bad ones told, each with all its faults; `dry_run` keeps nothing. The same list again changes
/// nothing, and one that was broken off is sent again. An empty cell says nothing, and leaves what stands.
#[utoipa::path(operation_id = "companies", tag = "companies", params(DryRun), request_body(content(
    (ListFile = "text/csv"),
    (ListFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ListFile = "application/x-ndjson"),
    (ListFile = "application/octet-stream"),
)), responses((status = 200, body = CompanyImportView)))]
#[post("/company-imports")]
pub async fn by_list(app: web::Data<App>, upload: Upload) -> Answered {
    let Upload { account, at, dry_run, key, file, format, places } = upload;
    let (own, by, lang) = (app.clone(), account.clone(), lang());
    let work = async move {
        let _place = places.to_read(&by.tenant).await?;
        let mut first = FirstOfEach::new(lang);
        let list = List { by: &by, at, file, format, keep: !dry_run };
        let report = import::companies(&own, list, &mut first).await.map_err(problem)?;
        Ok(view(report, first))
    };
    LongWrite { account, at, key, dry_run }.answer(&app, work).await
}
