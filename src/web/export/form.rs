//! The form of a file that a request asks for.

/// The media type of an Excel file.
pub const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub const CSV: &str = "text/csv";

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Csv,
    Excel,
}

impl Form {
    /// The file format that `Accept` names and weighs at least as high as JSON; a wildcard means JSON.
    pub fn wanted(accept: &str) -> Option<Self> {
        let mut best: (Option<Self>, f32) = (None, 0.0);
        for part in accept.split(',') {
            let mut parameters = part.split(';').map(str::trim);
            let form = match parameters.next().unwrap_or_default().to_ascii_lowercase().as_str() {
                CSV => Some(Self::Csv),
                EXCEL => Some(Self::Excel),
                "application/json" => None,
                _ => continue,
            };
            let weight = parameters.find_map(|parameter| parameter.strip_prefix("q="));
            let weight = weight.map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
            if weight > best.1 {
                best = (form, weight);
            }
        }
        best.0
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Excel => EXCEL,
        }
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "xlsx",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_answered_to_who_asks_for_one_by_name() {
        for (accept, form) in [
            ("", None),
            ("*/*", None),
            ("application/json", None),
            ("text/csv", Some(Form::Csv)),
            ("TEXT/CSV; charset=utf-8", Some(Form::Csv)),
            (EXCEL, Some(Form::Excel)),
            ("text/csv, */*;q=0.1", Some(Form::Csv)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", None),
            ("application/json, text/csv;q=0.5", None),
            ("application/json;q=0.4, text/csv;q=0.5", Some(Form::Csv)),
            ("text/csv;q=0", None),
            ("text/csv;q=x", None),
            ("text/*", None),
            ("image/png", None),
        ] {
            assert_eq!(Form::wanted(accept), form, "{accept}");
        }
    }
}
