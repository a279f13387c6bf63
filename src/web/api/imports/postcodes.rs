//! Brings a list of postcodes in: where each lies.

use crate::{
    app::App,
    domain::values::geo::degrees,
    import::{
        List,
        postcodes::{self, Moved, PostcodeReport},
    },
    web::{
        api::imports::report::{BadRowView, First, FirstOfEach, RightedView, problem},
        language::lang,
        request::{DryRun, ListFile, Upload},
        response::{Answered, LongWrite},
    },
};
use actix_web::{post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// A postcode that is new, or was otherwise before.
#[derive(Serialize, ToSchema)]
pub struct PostcodeView {
    pub postcode: String,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub new: bool,
}

/// What came of a list of postcodes.
#[derive(Serialize, ToSchema)]
pub struct PostcodeImportView {
    /// Whether the good rows are kept; false for a rehearsal.
    pub kept: bool,
    pub rows: u64,
    pub bad: u64,
    pub blank: u64,
    pub righted: u64,
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Workplaces that lie elsewhere now, or on the map for the first time.
    pub placed: u64,
    pub unused_columns: Vec<String>,
    /// The first 200.
    pub bad_rows: Vec<BadRowView>,
    pub righted_cells: Vec<RightedView>,
    pub changes: Vec<PostcodeView>,
    /// Whether there are more than are shown.
    pub bad_rows_cut: bool,
    pub righted_cells_cut: bool,
    pub changes_cut: bool,
}

fn postcode(moved: &Moved) -> PostcodeView {
    PostcodeView {
        postcode: moved.middle.postcode.as_str().into(),
        name: moved.middle.name.to_string(),
        latitude: degrees(moved.middle.point.latitude),
        longitude: degrees(moved.middle.point.longitude),
        new: moved.before.is_none(),
    }
}

fn view(report: PostcodeReport, first: FirstOfEach, changes: First<PostcodeView>) -> PostcodeImportView {
    PostcodeImportView {
        kept: report.kept,
        rows: report.rows,
        bad: report.bad,
        blank: report.blank,
        righted: report.righted,
        new: report.new,
        changed: report.changed,
        unchanged: report.unchanged,
        placed: report.placed,
        unused_columns: report.unused,
        bad_rows: first.bad.shown,
        righted_cells: first.righted.shown,
        changes: changes.shown,
        bad_rows_cut: first.bad.cut,
        righted_cells_cut: first.righted.cut,
        changes_cut: changes.cut,
    }
}

/// Says where postcodes lie, from CSV or Excel; what is known by its postcode or municipality alone is then placed anew.
#[utoipa::path(operation_id = "postcodes", tag = "companies", params(DryRun), request_body(content(
    (ListFile = "text/csv"),
    (ListFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ListFile = "application/octet-stream"),
)), responses((status = 200, body = PostcodeImportView)))]
#[post("/postcode-imports")]
pub async fn by_list(app: web::Data<App>, upload: Upload) -> Answered {
    let Upload { account, at, dry_run, key, file, format, places } = upload;
    let (own, by, lang) = (app.clone(), account.clone(), lang());
    let work = async move {
        let _place = places.to_read(&by.tenant).await?;
        let (mut first, mut changes) = (FirstOfEach::new(lang), First::default());
        let mut moved = |one: &Moved| {
            changes.take(|| postcode(one));
            Ok(())
        };
        let list = List { by: &by, at, file, format, keep: !dry_run };
        let report = postcodes::postcodes(&own, list, &mut first, &mut moved).await.map_err(problem)?;
        Ok(view(report, first, changes))
    };
    LongWrite { account, at, key, dry_run }.answer(&app, work).await
}
