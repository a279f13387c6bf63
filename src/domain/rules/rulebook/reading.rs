//! Reads the rows of a rulebook, each with its place in the file, so that whoever wrote it is told the line of every
//! fault at once, and what to do about it.

use crate::domain::{
    rules::rulebook::row::{Effect, Row, Sure},
    values::target_group::TargetGroup,
};
use chrono::NaiveDate;
use serde::Deserialize;
use std::{collections::BTreeMap, fmt};
use toml::{Spanned, Value};

/// What is wrong with a file. Ordered by line; what stands nowhere comes last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// None: it is not in the file at all.
    pub line: Option<usize>,
    pub figure: String,
    /// What is wrong, and what to do.
    pub text: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.figure.is_empty() {
            write!(f, "{}: ", self.figure)?;
        }
        f.write_str(&self.text)
    }
}

/// Everything that is wrong with a rulebook, in the order of the file; shown as a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookFaults(Vec<RowFault>);

impl RulebookFaults {
    pub fn new(mut faults: Vec<RowFault>) -> Self {
        faults.sort_by_cached_key(|fault| (fault.line.unwrap_or(usize::MAX), fault.figure.clone()));
        Self(faults)
    }
}

impl std::error::Error for RulebookFaults {}

impl fmt::Display for RulebookFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

/// A row with its place in the file.
pub struct PlacedRow {
    /// Where the row begins.
    pub line: usize,
    pub figure: String,
    /// Where its fields stand.
    lines: BTreeMap<&'static str, usize>,
    /// None where it cannot be read.
    pub row: Option<Row>,
}

impl PlacedRow {
    /// The line of a field; of the row, where the field is left out.
    pub fn line_of(&self, field: &str) -> usize {
        self.lines.get(field).copied().unwrap_or(self.line)
    }

    /// A fault of this row, at one of its fields.
    pub fn fault(&self, field: &str, text: impl Into<String>) -> RowFault {
        RowFault { line: Some(self.line_of(field)), figure: self.figure.clone(), text: text.into() }
    }
}

/// A file, as far as it can be read.
pub struct Rows {
    pub rows: Vec<PlacedRow>,
    pub faults: Vec<RowFault>,
}

type Fields = BTreeMap<String, Spanned<Value>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    row: Vec<Spanned<Fields>>,
}

/// Reads the rows; whether they make a whole book is asked later.
pub fn rows(text: &str) -> Rows {
    let file = match toml::from_str::<File>(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().map(|span| line(text, span.start));
            let said = format!(
                "{}. Write each row as a [[row]] table with name = value on each line, texts in quotation marks.",
                error.message().trim_end_matches('.')
            );
            return Rows { rows: Vec::new(), faults: vec![RowFault { line, figure: String::new(), text: said }] };
        }
    };
    let mut faults = Vec::new();
    let rows = file.row.into_iter().map(|row| read(text, row, &mut faults)).collect();
    Rows { rows, faults }
}

fn line(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

/// One row while it is read.
struct Reader<'f> {
    placed: PlacedRow,
    fields: BTreeMap<String, (usize, Value)>,
    faults: &'f mut Vec<RowFault>,
}

impl Reader<'_> {
    fn wrong<T>(&mut self, field: &'static str, text: impl Into<String>) -> Option<T> {
        self.faults.push(self.placed.fault(field, text));
        None
    }

    /// A field, where it is there.
    fn take(&mut self, field: &'static str) -> Option<Value> {
        let (line, value) = self.fields.remove(field)?;
        self.placed.lines.insert(field, line);
        Some(value)
    }

    fn must(&mut self, field: &'static str) -> Option<Value> {
        self.take(field).or_else(|| self.wrong(field, format!("{field} is missing. Add {field} = … to the row.")))
    }

    fn text(&mut self, field: &'static str) -> Option<String> {
        match self.must(field)? {
            Value::String(text) => Some(text),
            other => self.wrong(field, format!("{field} is {}, and must be a text. Put it in quotation marks.", kind(&other))),
        }
    }

    fn texts(&mut self, field: &'static str) -> Option<Vec<String>> {
        let Some(value) = self.take(field) else { return Some(Vec::new()) };
        let texts = value.as_array().and_then(|list| list.iter().map(|one| one.as_str().map(ToOwned::to_owned)).collect());
        texts.or_else(|| self.wrong(field, format!("{field} must be a list of texts. Write {field} = [\"…\", \"…\"].")))
    }

    /// A word of a closed list.
    fn word<T: Copy>(
        &mut self,
        field: &'static str,
        all: &[T],
        code: fn(T) -> &'static str,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(field)?;
        parse(&text).or_else(|| {
            let known = all.iter().map(|word| code(*word)).collect::<Vec<_>>().join(", ");
            self.wrong(field, format!("{field} \"{text}\" is unknown. Write one of: {known}."))
        })
    }

    /// A date, open where it is left out.
    fn day(&mut self, field: &'static str) -> Option<Option<NaiveDate>> {
        let Some(value) = self.take(field) else { return Some(None) };
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Datetime(day) => day.to_string(),
            other => return self.wrong(field, format!("{field} is {}, and must be a date. {AS_A_DATE}", kind(other))),
        };
        match text.parse() {
            Ok(day) => Some(Some(day)),
            Err(_) => self.wrong(field, format!("{field} \"{text}\" is no day of the calendar. {AS_A_DATE}")),
        }
    }

    fn groups(&mut self) -> Option<Vec<TargetGroup>> {
        let texts = self.texts("target_groups")?;
        let read: Option<Vec<_>> = texts.iter().map(|text| TargetGroup::parse(text)).collect();
        read.or_else(|| {
            self.wrong("target_groups", "a target group is a short code of a–z, 0–9 and hyphens. Write it as in target_groups.")
        })
    }
}

const AS_A_DATE: &str = "Write it as \"2027-01-31\".";

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

fn read(text: &str, row: Spanned<Fields>, faults: &mut Vec<RowFault>) -> PlacedRow {
    let begins = line(text, row.span().start);
    let fields = row.into_inner().into_iter().map(|(name, value)| {
        let line = line(text, value.span().start);
        (name, (line, value.into_inner()))
    });
    let placed = PlacedRow { line: begins, figure: String::new(), lines: BTreeMap::new(), row: None };
    let mut reader = Reader { placed, fields: fields.collect(), faults };
    if let Some(figure) = reader.text("figure") {
        reader.placed.figure = figure;
    }
    let value = reader.must("value");
    let unit = reader.text("unit");
    let valid_from = reader.day("valid_from");
    let valid_to = reader.day("valid_to");
    let legal_reference = reader.text("legal_reference");
    let target_groups = reader.groups();
    let effect = reader.word("effect", Effect::ALL, Effect::code, Effect::parse);
    let sure = reader.word("sure", Sure::ALL, Sure::code, Sure::parse);
    let rules = reader.texts("rules");
    let (da, en) = (reader.text("da"), reader.text("en"));
    for (name, (line, _)) in std::mem::take(&mut reader.fields) {
        let text = format!("a row has no field {name}. Take it out, or correct its name.");
        reader.faults.push(RowFault { line: Some(line), figure: reader.placed.figure.clone(), text });
    }
    if let (Some(Some(from)), Some(Some(to))) = (valid_from, valid_to)
        && from > to
    {
        reader.wrong::<()>("valid_from", format!("valid_from {from} is after valid_to {to}. Exchange them, or correct one."));
    }
    let figure = reader.placed.figure.clone();
    let whole = || {
        Some(Row {
            figure,
            value: value?,
            unit: unit?,
            valid_from: valid_from?,
            valid_to: valid_to?,
            legal_reference: legal_reference?,
            target_groups: target_groups?,
            effect: effect?,
            sure: sure?,
            rules: rules?,
            da: da?,
            en: en?,
        })
    };
    let row = whole();
    PlacedRow { row, ..reader.placed }
}
