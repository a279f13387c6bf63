//! How many connections are open at once, and how long each may keep us waiting.
//!
//! Promise: nobody takes all descriptors of the process, so that the database, files and letters always find one; and nobody holds a
//! connection by sending or taking a byte now and then. What is slow but honest goes through. Bodies have their own pace
//! (`request/paced.rs`), because whoever sends one is told why it ends.

use crate::clock::Stopwatch;
use actix_web::rt::net::TcpStream;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    io::{Error, ErrorKind, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

/// How long the head of a request may take, from its first byte on.
pub const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may stay without a word while nothing is being answered: longer than connections are kept for a next request.
const SILENCE: Duration = Duration::from_secs(60);
/// How long whoever takes an answer may keep us waiting for each part of it: at least 16 kB a second are taken.
const TO_TAKE: Duration = Duration::from_secs(20);
const PART: u64 = 320_000;

/// Descriptors that are none of connections: the database, the log, letters, the listeners.
const OTHERS: u64 = 128;
/// More descriptors are never asked for.
const MOST_DESCRIPTORS: u64 = 65_536;
/// More connections than this make no sense for one process.
const MOST_CONNECTIONS: u64 = 20_000;

/// Raises the limit of descriptors as far as the machine allows, and says how many connections it leaves room for. Each may bring
/// a file along: a list that is sent, an export. Those beyond wait at the door until one ends.
pub fn most_connections() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(MOST_DESCRIPTORS).min(MOST_DESCRIPTORS);
    let soft = limit.current.unwrap_or(MOST_DESCRIPTORS);
    let raised = soft < wanted && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }).is_ok();
    let descriptors = if raised { wanted } else { soft };
    usize::try_from((descriptors.saturating_sub(OTHERS) / 2).clamp(16, MOST_CONNECTIONS)).unwrap_or(16)
}

/// Where a connection is between two requests.
enum Turn {
    /// Nothing of a next request has come.
    Between,
    /// Its head has begun: so many signs of the empty line that ends it were seen.
    Head(usize),
    /// Its head has come; what follows is its body and our work.
    Answering,
}

const END_OF_HEAD: &[u8] = b"\r\n\r\n";
/// What is written before a body was sent is no answer yet.
const GO_ON: &[u8] = b"HTTP/1.1 100";

/// A connection that is given up when it keeps us waiting.
pub struct WatchedStream {
    inner: TcpStream,
    turn: Turn,
    to_read: Pin<Box<Sleep>>,
    /// How long a part of an answer has waited to be taken, how much of it was taken, and since when it waits now.
    waited: Duration,
    taken: u64,
    waiting: Option<(Stopwatch, Pin<Box<Sleep>>)>,
}

impl WatchedStream {
    pub fn new(inner: TcpStream) -> Self {
        let to_read = Box::pin(sleep(SILENCE));
        Self { inner, turn: Turn::Between, to_read, waited: Duration::ZERO, taken: 0, waiting: None }
    }

    fn has_read(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        if matches!(self.turn, Turn::Between) {
            self.turn = Turn::Head(0);
            self.to_read = Box::pin(sleep(HEAD));
            (self.waited, self.taken) = (Duration::ZERO, 0);
        }
        for byte in bytes {
            let Turn::Head(seen) = &mut self.turn else { return };
            *seen = match END_OF_HEAD.get(*seen) {
                Some(next) if next == byte => *seen + 1,
                _ => usize::from(*byte == b'\r'),
            };
            if *seen == END_OF_HEAD.len() {
                self.turn = Turn::Answering;
            }
        }
    }

    fn has_written(&mut self, bytes: &[u8], length: usize) {
        if let Some((since, _)) = self.waiting.take() {
            self.waited += since.elapsed();
        }
        self.taken = self.taken.saturating_add(u64::try_from(length).unwrap_or_default());
        if self.taken >= PART {
            (self.waited, self.taken) = (Duration::ZERO, 0);
        }
        if length > 0 && !bytes.starts_with(GO_ON) {
            self.turn = Turn::Between;
            self.to_read = Box::pin(sleep(SILENCE));
        }
    }

    fn waits_for_taker(&mut self, context: &mut Context<'_>) -> Poll<Result<usize, Error>> {
        let left = TO_TAKE.saturating_sub(self.waited);
        let (_, end) = self.waiting.get_or_insert_with(|| (Stopwatch::start(), Box::pin(sleep(left))));
        ready!(end.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for WatchedStream {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<Result<(), Error>> {
        let before = into.filled().len();
        if let Poll::Ready(read) = Pin::new(&mut self.inner).poll_read(context, into) {
            self.has_read(into.filled().get(before..).unwrap_or_default());
            return Poll::Ready(read);
        }
        if matches!(self.turn, Turn::Answering) {
            return Poll::Pending;
        }
        ready!(self.to_read.as_mut().poll(context));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize, Error>> {
        match Pin::new(&mut self.inner).poll_write(context, bytes) {
            Poll::Pending => self.waits_for_taker(context),
            Poll::Ready(written) => {
                self.has_written(bytes, written.as_ref().copied().unwrap_or_default());
                Poll::Ready(written)
            }
        }
    }

    fn poll_write_vectored(self: Pin<&mut Self>, context: &mut Context<'_>, all: &[IoSlice<'_>]) -> Poll<Result<usize, Error>> {
        let first = all.iter().find(|bytes| !bytes.is_empty());
        self.poll_write(context, first.map_or(&[], |bytes| &**bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
