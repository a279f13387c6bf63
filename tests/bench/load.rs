//! Asks a server as many clients would: connections that are kept, each sends its next request when the last is answered. Written
//! on bare sockets, so that little of the two cores goes to the asking: what it takes is taken from every server alike.

use actix_web::rt::net::TcpStream;
use std::{
    cell::RefCell,
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

pub const CONNECTIONS: usize = 32;
/// What is answered in the beginning is not counted.
pub const WARMING: Duration = Duration::from_millis(500);

/// What to ask next; nothing when there is nothing left to ask.
pub type Next = Rc<RefCell<dyn FnMut() -> Option<Vec<u8>>>>;

/// How a server answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answered {
    pub per_second: f64,
    /// In milliseconds: 99 of 100 were answered within.
    pub p99: f64,
    /// Answers that are no success.
    pub failed: usize,
}

#[derive(Default)]
struct Heard {
    /// Seconds of each.
    took: Vec<f64>,
    failed: usize,
    /// When the last one that counts was answered.
    last: Option<Instant>,
}

/// Asks for so long.
#[allow(clippy::disallowed_methods)]
pub async fn ask(address: &str, next: Next, long: Duration) -> Answered {
    let heard = Rc::new(RefCell::new(Heard::default()));
    let begun = Instant::now() + WARMING;
    let until = begun + long;
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| actix_web::rt::spawn(client(address.to_owned(), Rc::clone(&next), Rc::clone(&heard), begun, until)))
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    let mut heard = heard.take();
    heard.took.sort_by(f64::total_cmp);
    let seconds = heard.last.map_or(0.0, |last| (last - begun).as_secs_f64());
    let at = (heard.took.len() * 99 / 100).min(heard.took.len().saturating_sub(1));
    Answered {
        per_second: if seconds > 0.0 { heard.took.len() as f64 / seconds } else { 0.0 },
        p99: heard.took.get(at).copied().unwrap_or_default() * 1000.0,
        failed: heard.failed,
    }
}

#[allow(clippy::disallowed_methods)]
async fn client(address: String, next: Next, heard: Rc<RefCell<Heard>>, begun: Instant, until: Instant) {
    let mut kept = None;
    loop {
        let asked = Instant::now();
        if asked >= until {
            return;
        }
        let Some(request) = (*next.borrow_mut())() else { return };
        let mut stream = match kept.take() {
            Some(stream) => stream,
            None => connect(&address).await,
        };
        let answer = once(&mut stream, &request).await;
        let now = Instant::now();
        let mut heard = heard.borrow_mut();
        match answer {
            Ok(answer) if (200..300).contains(&answer.status) => {
                if now >= begun && now <= until {
                    heard.took.push((now - asked).as_secs_f64());
                    heard.last = Some(now);
                }
                if answer.stays_open {
                    kept = Some(stream);
                }
            }
            other => {
                if heard.failed == 0 {
                    eprintln!("{address} failed: {other:?}");
                }
                heard.failed += 1;
            }
        }
    }
}

async fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    stays_open: bool,
}

/// One request and its answer, whose length must be told.
async fn once(stream: &mut TcpStream, request: &[u8]) -> std::io::Result<Answer> {
    stream.write_all(request).await?;
    let mut bytes = Vec::with_capacity(8_192);
    let ended = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let head = loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(ended());
        }
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let header = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim));
    let status = text.get(9..12).and_then(|code| code.parse().ok()).unwrap_or_default();
    let length: usize = header("content-length").and_then(|length| length.parse().ok()).unwrap();
    let stays_open = header("connection") != Some("close");
    while bytes.len() < head + length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(ended());
        }
    }
    Ok(Answer { status, body: bytes.split_off(head), stays_open })
}

/// One request on a connection of its own.
pub async fn ask_once(address: &str, request: &[u8]) -> Answer {
    once(&mut connect(address).await, request).await.unwrap()
}

/// A request as bytes.
pub fn request(method: &str, path: &str, authorization: &str, body: Option<&serde_json::Value>) -> Vec<u8> {
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\nAccept: application/json\r\n");
    match body {
        None => format!("{head}\r\n").into_bytes(),
        Some(body) => {
            let body = body.to_string();
            format!("{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
        }
    }
}
