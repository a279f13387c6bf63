//! Lists of companies and of postcodes, brought in as files. The answer has the counts, and of what was bad, put right or
//! changed the first [`SHOWN`] each; the command line writes all of it into files.
//!
//! With an `Idempotency-Key` the answer is kept when it is there. Who asks again while the first is still at it does the same
//! once more, which changes nothing: the same list twice is the same as once.

use crate::{
    actions::{ActionError, companies::import::Count},
    app::App,
    domain::{
        import::{Came, Changed, Column},
        input::{Fault, Faults, Pointer},
        values::{geo::degrees, localized::Lang},
    },
    import::{self, BadRow, ImportError, Layout, List, Listener, Righted, cell::without_cpr, postcodes::Moved},
    store::{Conn, StoreError, Tx, idempotency, schema::ReplyRow, sealed},
    web::{
        problem::{Problem, ProblemKind, lang},
        request::DryRun,
        response::Answered,
        upload::{ListFile, Upload},
    },
};
use actix_web::{HttpResponse, http::header, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// How many of a kind are shown.
pub const SHOWN: usize = 200;

/// How many came to what.
#[derive(Serialize, ToSchema)]
pub struct CountView {
    pub new: u64,
    pub changed: u64,
    pub closed: u64,
    pub unchanged: u64,
}

/// One cell that does not fit.
#[derive(Serialize, ToSchema)]
pub struct BadCellView {
    /// As the list calls it; empty where it is the row as a whole.
    pub column: String,
    /// What looks like a CPR number is masked.
    pub value: String,
    /// Never changes with the language.
    pub code: &'static str,
    /// What is wrong, and what to do.
    pub reason: String,
}

/// A row that cannot be brought in, with all its faults.
#[derive(Serialize, ToSchema)]
pub struct BadRowView {
    pub line: u64,
    pub faults: Vec<BadCellView>,
}

/// A cell that was unambiguous, and put right.
#[derive(Serialize, ToSchema)]
pub struct RightedView {
    pub line: u64,
    pub column: String,
    pub before: String,
    pub after: String,
}

/// One column before and after.
#[derive(Serialize, ToSchema)]
pub struct DifferenceView {
    pub column: Column,
    pub before: String,
    pub after: String,
}

/// One thing that came of a row.
#[derive(Serialize, ToSchema)]
pub struct ChangeView {
    pub kind: Came,
    pub cvr: String,
    pub p_number: Option<String>,
    pub name: String,
    /// Empty where it is new.
    pub fields: Vec<DifferenceView>,
}

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

fn count(count: Count) -> CountView {
    CountView { new: count.new, changed: count.changed, closed: count.closed, unchanged: count.unchanged }
}

/// The first of what is told, and whether there is more.
struct First<T> {
    shown: Vec<T>,
    cut: bool,
}

impl<T> Default for First<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), cut: false }
    }
}

impl<T> First<T> {
    fn take(&mut self, one: impl FnOnce() -> T) {
        if self.shown.len() < SHOWN { self.shown.push(one()) } else { self.cut = true }
    }
}

struct Kept {
    lang: Lang,
    bad: First<BadRowView>,
    righted: First<RightedView>,
    changes: First<ChangeView>,
}

impl Kept {
    fn new() -> Self {
        Self { lang: lang(), bad: First::default(), righted: First::default(), changes: First::default() }
    }
}

impl Listener for Kept {
    fn begins(&mut self, _: &Layout) -> import::ListenerResult {
        Ok(())
    }
    fn bad(&mut self, row: &BadRow) -> import::ListenerResult {
        let lang = self.lang;
        let cell = |bad: &import::BadCell| BadCellView {
            column: bad.column.clone(),
            value: without_cpr(&bad.value),
            code: bad.fault.code,
            reason: bad.fault.message.lang(lang).to_owned(),
        };
        self.bad.take(|| BadRowView { line: row.line, faults: row.faults.iter().map(cell).collect() });
        Ok(())
    }
    fn righted(&mut self, righted: &Righted) -> import::ListenerResult {
        let Righted { line, column, before, after } = righted.clone();
        self.righted.take(|| RightedView { line, column, before, after });
        Ok(())
    }
    fn changed(&mut self, changed: &Changed) -> import::ListenerResult {
        let Changed { came, cvr, p_number, name, fields } = changed;
        let field = |one: &crate::domain::import::Difference| DifferenceView {
            column: one.column,
            before: one.before.clone(),
            after: one.after.clone(),
        };
        self.changes.take(|| ChangeView {
            kind: *came,
            cvr: cvr.clone(),
            p_number: p_number.clone(),
            name: name.clone(),
            fields: fields.iter().map(field).collect(),
        });
        Ok(())
    }
    fn far(&mut self, _: u64, _: u64) {}
}

fn problem(halt: ImportError) -> Problem {
    match halt {
        ImportError::Unreadable(said) => {
            let mut faults = Faults::default();
            faults.add::<()>(&Pointer::root(), Fault { code: "unreadable", message: *said });
            Problem::faults(faults, false)
        }
        ImportError::Action(stop) => stop.into(),
        ImportError::Listener(_) | ImportError::Abandoned => Problem::new(ProblemKind::Internal),
    }
}

/// What was answered under a key before, where it was asked the same.
async fn before(app: &App, upload: &Upload) -> Result<Option<String>, Problem> {
    let Some(key) = upload.key.clone() else { return Ok(None) };
    let (account, desk) = (upload.by.id.clone(), app.desk.clone());
    let found = app.db.read(move |conn: &mut Conn| idempotency::find(conn, account.as_str(), &key)).await?;
    match found {
        Some(row) if row.fingerprint != upload.fingerprint => Err(Problem::new(ProblemKind::KeyReused)),
        Some(row) => Ok(Some(sealed::reply_body(&desk.keys, &row))),
        None => Ok(None),
    }
}

fn send(body: String) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).content_type("application/json").body(body)
}

/// What a kept answer belongs to.
struct Asked {
    account: String,
    key: Option<String>,
    fingerprint: String,
    at: crate::domain::values::day::At,
}

async fn answer<V: Serialize>(app: &App, asked: Asked, view: &V) -> Answered {
    let body = serde_json::to_string(view).map_err(|error| Problem::from(StoreError::Corrupt(error.to_string())))?;
    let Asked { account, key, fingerprint, at } = asked;
    let Some(key) = key else { return Ok(send(body)) };
    let mut row = ReplyRow {
        account_id: account,
        idempotency_key: key,
        fingerprint,
        status: 200,
        etag: None,
        location: None,
        body: String::new(),
        created_at: at.instant.naive_utc(),
    };
    row.body = sealed::seal_reply(&app.desk.keys, &row, &body).map_err(ActionError::from)?;
    let keep = move |tx: &mut Tx| -> Result<(), ActionError> {
        match idempotency::find(tx, &row.account_id, &row.idempotency_key)? {
            Some(_) => Ok(()),
            None => Ok(idempotency::insert(tx, &row)?),
        }
    };
    app.db.write(keep).await?;
    Ok(send(body))
}

/// Brings a list of companies and workplaces in: CSV, Excel, or JSON lines in the shape of the register's extract.
///
/// Good rows are kept and bad ones told, each with all its faults; `dry_run` keeps nothing. The same list again changes
/// nothing, and one that was broken off is sent again. An empty cell says nothing, and leaves what stands.
#[utoipa::path(tag = "companies", params(DryRun), request_body(content(
    (ListFile = "text/csv"),
    (ListFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ListFile = "application/x-ndjson"),
    (ListFile = "application/octet-stream"),
)), responses((status = 200, body = CompanyImportView)))]
#[post("/company-imports")]
pub async fn companies(app: web::Data<App>, upload: Upload) -> Answered {
    if let Some(body) = before(&app, &upload).await? {
        return Ok(send(body));
    }
    let Upload { by, at, dry_run, key, fingerprint, file, format } = upload;
    let mut kept = Kept::new();
    let report = import::companies(&app, List { by: &by, at, file, format, keep: !dry_run }, &mut kept).await.map_err(problem)?;
    let view = CompanyImportView {
        kept: report.kept,
        rows: report.rows,
        bad: report.bad,
        blank: report.blank,
        righted: report.righted,
        told_otherwise: report.told_otherwise,
        companies: count(report.companies),
        workplaces: count(report.workplaces),
        staff_up: report.staff_up,
        staff_down: report.staff_down,
        left_out: report.left_out,
        unplaced: report.unplaced,
        unused_columns: report.unused,
        bad_rows: kept.bad.shown,
        righted_cells: kept.righted.shown,
        changes: kept.changes.shown,
        bad_rows_cut: kept.bad.cut,
        righted_cells_cut: kept.righted.cut,
        changes_cut: kept.changes.cut,
    };
    answer(&app, Asked { account: by.id.to_string(), key, fingerprint, at }, &view).await
}

/// Says where postcodes lie, from CSV or Excel; what is known by its postcode or municipality alone is then placed anew.
#[utoipa::path(tag = "companies", params(DryRun), request_body(content(
    (ListFile = "text/csv"),
    (ListFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (ListFile = "application/octet-stream"),
)), responses((status = 200, body = PostcodeImportView)))]
#[post("/postcode-imports")]
pub async fn postcodes(app: web::Data<App>, upload: Upload) -> Answered {
    if let Some(body) = before(&app, &upload).await? {
        return Ok(send(body));
    }
    let Upload { by, at, dry_run, key, fingerprint, file, format } = upload;
    let mut kept = Kept::new();
    let mut changes = First::default();
    let mut moved = |one: &Moved| {
        changes.take(|| PostcodeView {
            postcode: one.middle.postcode.as_str().into(),
            name: one.middle.name.to_string(),
            latitude: degrees(one.middle.point.latitude),
            longitude: degrees(one.middle.point.longitude),
            new: one.before.is_none(),
        });
        Ok(())
    };
    let report = import::postcodes::postcodes(&app, List { by: &by, at, file, format, keep: !dry_run }, &mut kept, &mut moved);
    let report = report.await.map_err(problem)?;
    let view = PostcodeImportView {
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
        bad_rows: kept.bad.shown,
        righted_cells: kept.righted.shown,
        changes: changes.shown,
        bad_rows_cut: kept.bad.cut,
        righted_cells_cut: kept.righted.cut,
        changes_cut: changes.cut,
    };
    answer(&app, Asked { account: by.id.to_string(), key, fingerprint, at }, &view).await
}
