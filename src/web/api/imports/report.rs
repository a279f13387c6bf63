//! What came of a list: the shapes that both lists share, and the listener that collects the first of each.

use crate::{
    actions::companies::import::Count,
    domain::{
        import::{Came, Changed, Column, Difference},
        input::{Fault, Faults, Pointer},
        values::localized::Lang,
    },
    import::{BadCell, BadRow, ImportError, Layout, Listener, ListenerResult, Righted, cell::without_cpr},
    web::problem::{Problem, ProblemKind},
};
use serde::Serialize;
use utoipa::ToSchema;

/// The most rows of a kind that are shown.
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

impl From<Count> for CountView {
    fn from(count: Count) -> Self {
        Self { new: count.new, changed: count.changed, closed: count.closed, unchanged: count.unchanged }
    }
}

/// The first of what is told, and whether there is more.
pub struct First<T> {
    pub shown: Vec<T>,
    pub cut: bool,
}

impl<T> Default for First<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), cut: false }
    }
}

impl<T> First<T> {
    pub fn take(&mut self, one: impl FnOnce() -> T) {
        if self.shown.len() < SHOWN { self.shown.push(one()) } else { self.cut = true }
    }
}

/// The first of what is told of a list.
pub struct FirstOfEach {
    lang: Lang,
    pub bad: First<BadRowView>,
    pub righted: First<RightedView>,
    pub changes: First<ChangeView>,
}

impl FirstOfEach {
    /// Reasons are given in a language.
    pub fn new(lang: Lang) -> Self {
        Self { lang, bad: First::default(), righted: First::default(), changes: First::default() }
    }
}

impl Listener for FirstOfEach {
    fn begins(&mut self, _: &Layout) -> ListenerResult {
        Ok(())
    }
    fn bad(&mut self, row: &BadRow) -> ListenerResult {
        let lang = self.lang;
        let cell = |bad: &BadCell| BadCellView {
            column: bad.column.clone(),
            value: without_cpr(&bad.value),
            code: bad.fault.code,
            reason: bad.fault.message.lang(lang).to_owned(),
        };
        self.bad.take(|| BadRowView { line: row.line, faults: row.faults.iter().map(cell).collect() });
        Ok(())
    }
    fn righted(&mut self, righted: &Righted) -> ListenerResult {
        let Righted { line, column, before, after } = righted.clone();
        self.righted.take(|| RightedView { line, column, before, after });
        Ok(())
    }
    fn changed(&mut self, changed: &Changed) -> ListenerResult {
        let Changed { came, cvr, p_number, name, fields } = changed;
        let field =
            |one: &Difference| DifferenceView { column: one.column, before: one.before.clone(), after: one.after.clone() };
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

/// Why a list was not brought in.
pub fn problem(halt: ImportError) -> Problem {
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
