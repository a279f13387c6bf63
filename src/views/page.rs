//! Pages of lists: how a page is asked for, and how one is made of the rows that were found.
//!
//! Promise: whoever follows the cursors sees everything that was there from first to last page exactly once, whatever is added
//! meanwhile: a page begins after a thing in the list's order, not after a count.

use crate::{
    actions::ActionError,
    domain::{
        input::{Fault, Faults, Field, Pointer},
        values::text::Whole,
    },
    store::company_lists::PageKey,
};
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// How many items a page has.
pub type Limit = Whole<1, 200>;
/// How many it has unless the query says otherwise.
pub const USUAL_LIMIT: i64 = 50;

crate::input! {
    /// A page of a list.
    #[derive(IntoParams)]
    #[into_params(parameter_in = Query)]
    pub struct Pages {
        /// From an earlier answer's `Link`.
        pub cursor: Option<Cursor>,
        /// 50 unless said.
        pub limit: Option<Limit>,
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page begins.
    #[serde(skip)]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A list that is always answered whole.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// A page of any list: its items, and where the next page begins.
pub trait Listed: Serialize + Send + 'static {
    type Item: Serialize + ToSchema;
    fn next(&self) -> Option<&str>;
    fn items(self) -> Vec<Self::Item>;
}

impl<T: Serialize + ToSchema + Send + 'static> Listed for Page<T> {
    type Item = T;
    fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
    fn items(self) -> Vec<T> {
        self.items
    }
}

/// An opaque place in a list: after the thing in it.
#[derive(Clone, Debug, ToSchema)]
#[schema(value_type = String, min_length = 48, max_length = 220, pattern = "^[A-Za-z0-9_-]+$")]
pub struct Cursor(PageKey);

/// Separates the parts of a key; no folded name and no code contains it.
const SEPARATOR: char = '\u{1f}';

impl Cursor {
    fn text(key: &PageKey) -> String {
        let PageKey { rank, text, id } = key;
        let whole =
            if (*rank, text.as_str()) == (0, "") { id.clone() } else { format!("{id}{SEPARATOR}{rank}{SEPARATOR}{text}") };
        BASE64URL_NOPAD.encode(whole.as_bytes())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let whole = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let mut parts = whole.splitn(3, SEPARATOR);
        let id = parts.next().filter(|id| uuid::Uuid::try_parse(id).is_ok())?.to_owned();
        let Some(rank) = parts.next() else { return Some(Self(PageKey { id, ..PageKey::default() })) };
        Some(Self(PageKey { rank: rank.parse().ok()?, text: parts.next()?.to_owned(), id }))
    }
}

impl Field for Cursor {
    fn read(value: &Value, at: &Pointer, faults: &mut Faults) -> Option<Self> {
        value.as_str().and_then(Self::parse).or_else(|| {
            faults.add(at, Fault::not("cursor", "et sted fra et tidligere svars Link", "a place from an earlier answer's Link"))
        })
    }
}

/// Where a page begins and how long it is.
pub struct PageRequest {
    /// After this thing; in a list in the order of the ids only the id counts.
    pub after: PageKey,
    pub limit: i64,
}

impl PageRequest {
    pub fn new(cursor: Option<&Cursor>, limit: Option<Limit>) -> Self {
        let after = cursor.map(|cursor| cursor.0.clone()).unwrap_or_default();
        Self { after, limit: limit.map_or(USUAL_LIMIT, Limit::get) }
    }

    /// The id after which the page begins.
    pub fn after_id(&self) -> &str {
        &self.after.id
    }

    /// One more than is shown, to know whether there is a next page.
    pub fn wanted(&self) -> i64 {
        self.limit + 1
    }

    /// Makes a page of the rows that were found, in the order of the ids.
    ///
    /// # Errors
    /// Those of `show`.
    pub fn page<R, T>(
        &self,
        rows: Vec<R>,
        id: impl Fn(&R) -> String,
        mut show: impl FnMut(R) -> Result<T, ActionError>,
    ) -> Result<Page<T>, ActionError> {
        let keyed = rows.into_iter().map(|row| (PageKey { id: id(&row), ..PageKey::default() }, row)).collect();
        self.keyed(keyed, |_, row| show(row))
    }

    /// Makes a page of the rows that were found, each with its key in the order of the list.
    ///
    /// # Errors
    /// Those of `show`.
    pub fn keyed<R, T>(
        &self,
        rows: Vec<(PageKey, R)>,
        mut show: impl FnMut(&PageKey, R) -> Result<T, ActionError>,
    ) -> Result<Page<T>, ActionError> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        let shown: Vec<(PageKey, R)> = rows.into_iter().take(limit).collect();
        let next = shown.last().filter(|_| more).map(|(key, _)| Cursor::text(key));
        let items = shown.into_iter().map(|(key, row)| show(&key, row)).collect::<Result<_, _>>()?;
        Ok(Page { items, next })
    }
}

impl From<&Pages> for PageRequest {
    fn from(pages: &Pages) -> Self {
        Self::new(pages.cursor.as_ref(), pages.limit)
    }
}
