//! The id of a rule: what the API, the letters and the rows call it. It never changes.

use serde::Serialize;
use std::fmt;

/// The id of a rule. Only a rule's own declaration makes one; a text becomes one where a registered rule bears it, or bore it
/// (see [`registry`](super::registry)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RuleId(&'static str);

impl RuleId {
    pub(in crate::domain) const fn new(id: &'static str) -> Self {
        Self(id)
    }

    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What somebody has typed is compared as text.
impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_shown_compared_and_written_as_its_text() {
        let id = RuleId::new("long-stay");
        assert_eq!((id.to_string().as_str(), id.as_str()), ("long-stay", "long-stay"));
        assert!(id == *"long-stay" && id != *"long-stays");
        assert_eq!(serde_json::to_value(id).unwrap(), "long-stay");
    }
}
