//! What can go wrong with the database itself, and what may well pass when it is asked again.

/// What can go wrong with the database itself. Its text goes to the log or to the operator, never to an answer.
#[derive(Debug)]
pub enum StoreError {
    Query(diesel::result::Error),
    /// No connection, or one that broke.
    Unreachable(String),
    /// It could not be done just now: too many wait, or somebody else holds what is needed.
    Busy(String),
    /// A row that the domain cannot read.
    Corrupt(String),
    /// What was asked ended in a panic.
    Panicked,
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Query(error) => write!(f, "the database refused a statement: {error}"),
            Self::Unreachable(why) => write!(f, "the database cannot be reached: {why}"),
            Self::Busy(why) => write!(f, "the database is busy: {why}"),
            Self::Corrupt(what) => write!(f, "a stored value cannot be read: {what}"),
            Self::Panicked => f.write_str("a panic while the database was asked"),
        }
    }
}
impl std::error::Error for StoreError {}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Query(error)
    }
}

impl StoreError {
    /// Whether the disk of the database is full: each engine says so in words only, and a failed commit is told on as text.
    pub fn is_no_space(&self) -> bool {
        let said = self.to_string();
        ["database or disk is full", "No space left on device"].iter().any(|full| said.contains(full))
    }

    /// Whether the same transaction may well pass when it is asked for again (PostgreSQL, serializable).
    pub(super) fn passes_if_repeated(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::SerializationFailure, Error::DatabaseError};
        match self {
            Self::Query(DatabaseError(SerializationFailure, _)) => true,
            Self::Query(DatabaseError(_, info)) => info.message().contains("deadlock detected"),
            _ => false,
        }
    }

    /// Whether another transaction came between: also where it has put in first what this one found missing, which is seen and
    /// judged when it is asked again.
    pub(super) fn met_another(&self) -> bool {
        self.passes_if_repeated() || is_duplicate(self)
    }

    /// Whether it may well pass when it is asked later, though nothing was tried again now.
    pub(super) fn passes_later(&self) -> bool {
        let said = [
            "due to lock timeout",
            "due to statement timeout",
            "database is locked",
            "database table is locked",
            // PostgreSQL's room for what serializable transactions have read is full until some of them have ended.
            "out of shared memory",
        ];
        match self {
            Self::Query(diesel::result::Error::DatabaseError(_, info)) => said.iter().any(|said| info.message().contains(said)),
            _ => false,
        }
    }

    /// As busy, where it is only that.
    pub(super) fn is_for_later(&self) -> Option<Self> {
        (self.passes_if_repeated() || self.passes_later()).then(|| Self::Busy(self.to_string()))
    }

    /// The same for another of those who are told.
    pub(super) fn again(&self) -> Self {
        match self.is_for_later() {
            Some(busy) => busy,
            None => Self::Unreachable(match self {
                Self::Unreachable(why) => why.clone(),
                other => other.to_string(),
            }),
        }
    }
}

/// An error of a closure that may hold a failure of the database.
pub trait TransactionError: From<StoreError> + Send + 'static {
    fn failure(&self) -> Option<&StoreError>;
}
impl TransactionError for StoreError {
    fn failure(&self) -> Option<&StoreError> {
        Some(self)
    }
}

/// Whether a statement failed because something like it stands there already.
pub fn is_duplicate(failure: &StoreError) -> bool {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    matches!(failure, StoreError::Query(DatabaseError(UniqueViolation, _)))
}
