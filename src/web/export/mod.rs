//! Any list as a file: `Accept: text/csv` or Excel's media type returns all its pages, with the same filters and for the same
//! roles as the list.
//!
//! Promise: each page is read in a transaction of its own and sent before the next one is read, so that neither memory nor a lock
//! grows with the list. A file that cannot be completed never looks complete: the connection is broken instead.

mod sheet;
mod table;
mod text;

pub use table::columns;

use crate::{views::page::Listed, web::problem::Problem};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Bytes,
};
use futures_util::stream::try_unfold;
use std::{collections::VecDeque, future::Future, io};
use table::TableColumn;

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

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Excel => EXCEL,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "xlsx",
        }
    }
}

/// Answers a list as a file. `next` reads the page of a cursor. The first page was read already, so that a caller who may not see
/// the list gets the usual problem.
pub async fn answer<L, N, P>(form: Form, path: &str, first: L, next: N) -> Result<HttpResponse, Problem>
where
    L: Listed,
    N: Fn(String) -> P + 'static,
    P: Future<Output = Result<L, Problem>> + 'static,
{
    let mut answer = HttpResponse::Ok();
    let name = path.rsplit('/').next().unwrap_or_default();
    let named = DispositionParam::Filename(format!("{name}.{}", form.ending()));
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept"))
        .insert_header((header::CONTENT_TYPE, form.media_type()))
        .insert_header(ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![named] });
    let columns = columns::<L::Item>();
    match form {
        Form::Csv => Ok(stream(&mut answer, columns, first, next)),
        Form::Excel => whole(&mut answer, columns, first, next).await,
    }
}

/// What is left to send.
enum Left<L> {
    Page(Box<L>),
    After(String),
    Nothing,
}

fn stream<L, N, P>(answer: &mut HttpResponseBuilder, columns: Vec<TableColumn>, first: L, next: N) -> HttpResponse
where
    L: Listed,
    N: Fn(String) -> P + 'static,
    P: Future<Output = Result<L, Problem>> + 'static,
{
    let begin = (Left::Page(Box::new(first)), Some(text::head(&columns)), columns, next);
    answer.streaming(try_unfold(begin, |(left, head, columns, next)| async move {
        let page = match left {
            Left::Page(page) => *page,
            Left::After(cursor) => next(cursor).await.map_err(broken_off)?,
            Left::Nothing => return Ok::<_, io::Error>(None),
        };
        let left = page.next().map_or(Left::Nothing, |cursor| Left::After(cursor.to_owned()));
        let mut bytes = head.unwrap_or_default();
        text::rows(&mut bytes, &columns, page.items()).map_err(broken_off)?;
        Ok(Some((Bytes::from(bytes), (left, None, columns, next))))
    }))
}

/// The answer has begun: all that is left is not to end it.
fn broken_off(why: impl std::fmt::Display) -> io::Error {
    tracing::warn!(%why, "a list that was being sent as a file is broken off");
    io::Error::other("broken off")
}

/// An Excel file has its contents at its end: it is made before anything is sent.
async fn whole<L, N, P>(
    answer: &mut HttpResponseBuilder,
    columns: Vec<TableColumn>,
    first: L,
    next: N,
) -> Result<HttpResponse, Problem>
where
    L: Listed,
    N: Fn(String) -> P + 'static,
    P: Future<Output = Result<L, Problem>> + 'static,
{
    let mut sheet = sheet::begin(columns)?;
    let mut page = first;
    loop {
        let cursor = page.next().map(ToOwned::to_owned);
        let rows = page.items().into_iter().map(|item| table::cells(sheet.columns(), &item));
        let rows = rows.collect::<Result<VecDeque<_>, _>>().map_err(sheet::failed)?;
        sheet.put(rows).await?;
        match cursor {
            Some(cursor) => page = next(cursor).await?,
            None => break,
        }
    }
    let (file, length) = sheet.end().await?;
    let sent = try_unfold(file, |mut file| async move {
        let mut bytes = vec![0; 64 * 1024];
        let read = io::Read::read(&mut file, &mut bytes)?;
        bytes.truncate(read);
        Ok::<_, io::Error>((read > 0).then(|| (Bytes::from(bytes), file)))
    });
    Ok(answer.body(SizedStream::new(length, sent)))
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
