//! The rules that ask: the registration happens only with written reasons from someone whose role may give them. An ask is put
//! at booking, and at a change of what it concerns; an extension asks nothing more than `extension-reason`.

use crate::domain::rules::rule_id::RuleId;

crate::code_enum! {
    /// The rules that ask.
    pub enum AskRule {
        LatestEmployer = "latest-employer" ("seneste arbejdsgiver", "latest employer"),
        CompanyRecord = "company-record" ("virksomhedens historik", "the company's record"),
        GoalMismatch = "goal-mismatch" ("uden for borgerens mål", "outside the citizen's goals"),
        Derailed = "derailed" ("afsporing", "derailment"),
        Series = "series" ("række af praktikker", "series of internships"),
    }
}

impl AskRule {
    /// Its id among all rules.
    pub const fn id(self) -> RuleId {
        RuleId::new(self.code())
    }
}
