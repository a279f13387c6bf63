//! What a letter may name of the internship that it is about: first name, workplace, where to meet. Never a need, a benefit or a CPR
//! number. How much is named is a setting (`letters.naming`).

use crate::domain::{
    rules::flags::Audience,
    values::{
        in_words::genitive,
        localized::{Localized, localized},
    },
};

/// The names of a case. Where letters name nothing, all but the reference is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseNames {
    pub reference: String,
    /// The citizen's first name.
    pub citizen: Option<String>,
    pub workplace: Option<String>,
    /// Street, postcode and place.
    pub address: Option<String>,
    /// Whom to ask for at the workplace, with the telephone number where there is one.
    pub contact: Option<String>,
}

impl CaseNames {
    /// `din praktik hos Netto Risskov`, `Annas praktik hos jer`, `Annas praktik hos Netto Risskov`: as its reader calls it.
    pub fn internship(&self, reader: Audience) -> Localized {
        let at = |there: &Localized| match &self.workplace {
            Some(_) if reader == Audience::CompanyContact => localized(" hos jer", " with you"),
            Some(_) => localized(format!(" hos {}", there.da), format!(" at {}", there.en)),
            None => Localized::default(),
        };
        let place = self.workplace.clone().unwrap_or_default();
        let at = at(&localized(place.clone(), place));
        match (&self.citizen, reader) {
            (_, Audience::Citizen) => localized(format!("din praktik{}", at.da), format!("your internship{}", at.en)),
            (Some(name), _) => {
                let own = genitive(name);
                localized(format!("{} praktik{}", own.da, at.da), format!("{} internship{}", own.en, at.en))
            }
            (None, _) => {
                let reference = &self.reference;
                localized(format!("praktikken i sag {reference}"), format!("the internship in case {reference}"))
            }
        }
    }

    /// `Anna (Netto Risskov)`: how those who work here find the case in a subject or a heading, in either language.
    pub fn short(&self) -> String {
        match (&self.citizen, &self.workplace) {
            (Some(name), Some(place)) => format!("{name} ({place})"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => self.reference.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reader_is_told_of_the_internship_as_their_own() {
        let named = CaseNames {
            reference: "P-1".into(),
            citizen: Some("Lars".into()),
            workplace: Some("Netto Risskov".into()),
            ..CaseNames::default()
        };
        let bare = CaseNames { reference: "P-1".into(), ..CaseNames::default() };
        for (names, reader, da) in [
            (&named, Audience::Citizen, "din praktik hos Netto Risskov"),
            (&named, Audience::CompanyContact, "Lars' praktik hos jer"),
            (&named, Audience::Consultant, "Lars' praktik hos Netto Risskov"),
            (&bare, Audience::Citizen, "din praktik"),
            (&bare, Audience::CompanyContact, "praktikken i sag P-1"),
            (&bare, Audience::TeamLeader, "praktikken i sag P-1"),
        ] {
            assert_eq!(names.internship(reader).da, da);
        }
        assert_eq!((named.short(), bare.short()), ("Lars (Netto Risskov)".to_owned(), "P-1".to_owned()));
    }
}
