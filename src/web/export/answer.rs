//! Answers a list as a file, page by page.

use crate::{
    views::page::Listed,
    web::{
        export::{
            form::Form,
            sheet,
            table::{self, TableColumn, columns},
            text,
        },
        problem::Problem,
    },
};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web::Bytes,
};
use futures_util::stream::try_unfold;
use std::{collections::VecDeque, future::Future, io};

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
