//! What the header of a file means.

use crate::{
    domain::{import::Column, input::Fault},
    import::{
        cell::month_of,
        columns::names::{ADDED, EITHER_NAME, NAMES, folded},
    },
};
use chrono::NaiveDate;

/// What a header means.
#[derive(Clone, Debug, PartialEq)]
pub enum Means {
    One(Column),
    /// Full-time posts of a month that the header names.
    FullTimeIn(NaiveDate),
    Either,
    Added,
    Nothing,
}

pub fn meaning(name: &str) -> Means {
    let plain = folded(name);
    if plain.is_empty() {
        return Means::Nothing;
    }
    if EITHER_NAME.iter().any(|known| folded(known) == plain) {
        return Means::Either;
    }
    if ADDED.contains(&plain.as_str()) {
        return Means::Added;
    }
    let is = |known: &str| folded(known) == plain;
    if let Some((column, _)) = NAMES.iter().find(|(column, names)| is(column.code()) || names.iter().any(|name| is(name))) {
        return Means::One(*column);
    }
    let names = NAMES
        .iter()
        .filter(|(column, _)| *column == Column::FullTime)
        .flat_map(|(column, names)| names.iter().map(|name| folded(name)).chain([folded(column.code())]));
    let month = names.filter_map(|known| plain.strip_prefix(&known).map(ToOwned::to_owned)).find_map(|rest| {
        // The compared name has lost the separator of year and month, so the header itself is parsed.
        month_of(&rest).or_else(|| month_of(name))
    });
    month.map_or(Means::Nothing, Means::FullTimeIn)
}

/// Where each column stands.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    places: Vec<(Column, usize)>,
    pub full_time_in: Vec<(NaiveDate, usize)>,
    /// The headers themselves.
    pub headers: Vec<String>,
    /// Those that nobody knows.
    pub unused: Vec<String>,
    pub scheme: Option<crate::domain::values::register::IndustryScheme>,
}

impl Columns {
    /// Reads a header row; nothing if the row is none.
    ///
    /// # Errors
    /// Two columns that mean the same.
    pub fn of(headers: &[String]) -> Option<Result<Self, Fault>> {
        use crate::domain::values::register::IndustryScheme::{Db07, Db25};
        let meant: Vec<Means> = headers.iter().map(|name| meaning(name)).collect();
        let known = meant.iter().filter(|means| !matches!(means, Means::Nothing | Means::Added)).count();
        if !meant.contains(&Means::One(Column::Cvr)) || known < 2 {
            return None;
        }
        let has_name = meant.contains(&Means::One(Column::CompanyName));
        let mut columns = Self { headers: headers.to_vec(), ..Self::default() };
        for (index, means) in meant.into_iter().enumerate() {
            let header = headers.get(index).map(String::as_str).unwrap_or_default();
            let column = match means {
                Means::One(column) => column,
                Means::Either if has_name => Column::WorkplaceName,
                Means::Either => Column::CompanyName,
                Means::FullTimeIn(month) => {
                    columns.full_time_in.push((month, index));
                    continue;
                }
                Means::Added => continue,
                Means::Nothing => {
                    if !header.trim().is_empty() {
                        columns.unused.push(header.to_owned());
                    }
                    continue;
                }
            };
            if column == Column::Industry {
                let plain = folded(header);
                columns.scheme =
                    if plain.starts_with("db07") { Some(Db07) } else { Some(Db25).filter(|_| plain.starts_with("db25")) };
            }
            if let Some(other) = columns.place(column) {
                let other = headers.get(other).map(String::as_str).unwrap_or_default();
                return Some(Err(Fault::new(
                    "column-twice",
                    format!("Kolonnerne »{other}« og »{header}« betyder det samme. Slet den ene."),
                    format!("The columns “{other}” and “{header}” mean the same. Delete one of them."),
                )));
            }
            columns.places.push((column, index));
        }
        Some(Ok(columns))
    }

    pub fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(own, _)| *own == column).map(|(_, index)| *index)
    }

    /// What the file calls a column.
    pub fn header(&self, column: Column) -> String {
        let own = self.place(column).and_then(|index| self.headers.get(index).cloned());
        own.unwrap_or_else(|| column.label().da)
    }
}

/// The header names in Danish and English, for the help and the readme.
pub fn help() -> String {
    let line = |(column, names): &(Column, &[&str])| format!("  {:<28} {}", column.label().da, names.join(", "));
    NAMES.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(';').map(ToOwned::to_owned).collect()
    }

    #[test]
    fn no_name_means_two_columns() {
        let mut seen = std::collections::BTreeMap::new();
        for (column, names) in NAMES {
            for name in names.iter().copied().chain([column.code()]) {
                let before = seen.insert(folded(name), *column);
                assert!(before.is_none_or(|before| before == *column), "{name} means {column} and {before:?}");
            }
        }
    }

    #[test]
    fn names_are_compared_without_case_blanks_and_signs() {
        for (name, means) in [
            ("CVR-NR.", Means::One(Column::Cvr)),
            ("cvr_nummer", Means::One(Column::Cvr)),
            ("P-nr", Means::One(Column::PNumber)),
            ("pnr.", Means::One(Column::PNumber)),
            ("Årsværk 2026-08", Means::FullTimeIn(NaiveDate::from_ymd_opt(2026, 8, 1).unwrap())),
            ("aarsvaerk_08_2026", Means::FullTimeIn(NaiveDate::from_ymd_opt(2026, 8, 1).unwrap())),
            ("ÅRSVÆRK", Means::One(Column::FullTime)),
            ("Navn", Means::Either),
            ("fejl", Means::Added),
            ("Telefon", Means::Nothing),
        ] {
            assert_eq!(meaning(name), means, "{name}");
        }
    }

    #[test]
    fn a_header_has_a_cvr_number_and_one_column_more() {
        assert!(Columns::of(&headers("Liste over virksomheder;;")).is_none());
        assert!(Columns::of(&headers("CVR")).is_none());
        let columns = Columns::of(&headers("Navn;CVR;Telefon;DB25")).unwrap().unwrap();
        assert_eq!(columns.place(Column::CompanyName), Some(0));
        assert_eq!(columns.unused, ["Telefon"]);
        assert!(columns.scheme.is_some());
        let columns = Columns::of(&headers("Navn;CVR;Virksomhed;P-nummer")).unwrap().unwrap();
        assert_eq!(columns.place(Column::WorkplaceName), Some(0));
        let twice = Columns::of(&headers("CVR;Firma;Virksomhedsnavn")).unwrap().unwrap_err();
        assert_eq!(twice.code, "column-twice");
    }
}
