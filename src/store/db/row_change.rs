//! What a change of a row changed, column by column.

/// One row that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    pub table: &'static str,
    pub row: String,
    /// Of whom it is, where it is a citizen's.
    pub citizen: Option<String>,
    /// Of which internship it is, where it is one's.
    pub internship: Option<String>,
    pub columns: Vec<ColumnChange>,
}

/// One column of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnChange {
    pub column: &'static str,
    pub is_sealed: bool,
    /// None is NULL.
    pub before: Option<String>,
    pub after: Option<String>,
}
