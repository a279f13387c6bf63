//! What is searched by words.

crate::code_enum! {
    /// What is searched by words.
    pub enum SearchSubject {
        Company = "company" ("virksomheder", "companies"),
        Workplace = "workplace" ("arbejdssteder", "workplaces"),
        Opening = "opening" ("åbninger", "openings"),
    }
}
