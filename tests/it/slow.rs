//! Who comes slowly, or with very many connections: nobody holds a connection for long without saying anything, what is slow but honest
//! goes through, and the process keeps descriptors for itself. With real sockets.

use crate::harness::{Client, House, Served, cvr, json};
use futures_util::future::join_all;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep, timeout},
};

/// No connection of these stories lasts longer.
const PATIENCE: Duration = Duration::from_secs(40);

async fn connect(base: &str) -> TcpStream {
    TcpStream::connect(base.trim_start_matches("http://")).await.unwrap()
}

/// Everything that comes until the other side ends the connection.
async fn to_its_end(socket: &mut TcpStream) -> String {
    let mut all = Vec::new();
    // A connection that is reset has ended too.
    let _ = timeout(PATIENCE, socket.read_to_end(&mut all)).await.expect("the connection is still open");
    String::from_utf8_lossy(&all).into_owned()
}

/// Sends a head, then a byte a second until nobody takes it any more; how long that took, and what was answered.
async fn drip(base: &str, first: &str, then: &str) -> (Duration, String) {
    let mut socket = connect(base).await;
    let begun = Instant::now();
    socket.write_all(first.as_bytes()).await.unwrap();
    let (mut reading, mut writing) = socket.into_split();
    let sent = then.to_owned();
    let dripping = tokio::spawn(async move {
        for byte in sent.bytes().cycle() {
            sleep(Duration::from_secs(1)).await;
            if writing.write_all(&[byte]).await.is_err() {
                return;
            }
        }
    });
    let mut all = Vec::new();
    let _ = timeout(PATIENCE, reading.read_to_end(&mut all)).await.expect("the connection is still open");
    dripping.abort();
    (begun.elapsed(), String::from_utf8_lossy(&all).into_owned())
}

fn head(method_and_path: &str, fields: &str) -> String {
    format!("{method_and_path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: da\r\n{fields}\r\n")
}

#[tokio::test]
async fn nobody_holds_a_connection_with_a_byte_a_second_and_what_is_slow_but_honest_goes_through() {
    let house = House::open().await;
    let base = house.base.as_str();

    let json_body = head("POST /api/v1/sessions", "Content-Type: application/json\r\nContent-Length: 200\r\n");
    let form = head("POST /sign-in", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 200\r\n");
    let bearer =
        |client: &Client| format!("Authorization: Bearer {}\r\nContent-Type: text/csv\r\n", client.token.as_ref().unwrap());
    let list = head("POST /api/v1/company-imports", &(bearer(&house.here.liaison) + "Content-Length: 9000000\r\n"));
    let unfinished = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    let second = head("GET /health/live", "") + unfinished;

    // 20 kB a second for 15 seconds.
    let honest = async |client: &Client, asking: &str| {
        let own = cvr();
        let mut body = format!("CVR;Navn\n{own};Langsom ApS\n").into_bytes();
        body.resize(300_000, b'\n');
        let mut socket = connect(base).await;
        let fields = format!("{}{asking}Connection: close\r\nContent-Length: {}\r\n", bearer(client), body.len());
        socket.write_all(head("POST /api/v1/company-imports", &fields).as_bytes()).await.unwrap();
        for piece in body.chunks(5_000) {
            if socket.write_all(piece).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(250)).await;
        }
        to_its_end(&mut socket).await
    };
    // Asks for much, and takes nothing of it.
    let taker = async {
        let mut socket = connect(base).await;
        let ask = head("GET /api/v1/openapi.json", "");
        for _ in 0..60 {
            if timeout(Duration::from_secs(1), socket.write_all(ask.as_bytes())).await.is_err() {
                break;
            }
        }
        sleep(Duration::from_secs(25)).await;
        to_its_end(&mut socket).await.matches("HTTP/1.1 200").count()
    };
    let (one, two, three, four, five, plain, careful, taken) = tokio::join!(
        drip(base, &json_body, "{\"email\":"),
        drip(base, &form, "email=a"),
        drip(base, &list, "CVR;Navn\n"),
        drip(base, unfinished, "a"),
        drip(base, &second, "a"),
        honest(&house.here.liaison, ""),
        // Asks first whether the body may come, as curl does.
        honest(&house.here.team_leader, "Expect: 100-continue\r\n"),
        taker,
    );
    for (name, (took, answer)) in [("json", one), ("form", two), ("list", three), ("head", four), ("second head", five)] {
        assert!(took < Duration::from_secs(20), "{name} took {took:?}");
        if ["json", "list"].contains(&name) {
            assert!(answer.contains(" 408 ") && answer.contains("too-slow") && answer.contains("langsomt"), "{name}: {answer}");
        }
    }
    for answer in [plain, careful] {
        assert!(answer.contains("HTTP/1.1 200") && answer.contains("\"new\":1"), "{answer}");
    }
    assert!(taken < 60, "an answer that nobody took was kept ready for good");
}

#[tokio::test]
async fn very_many_connections_leave_the_process_descriptors_to_work_with() {
    let house = House::open().await;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -n 256 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_rettematch")]);
    let log = house.folder.path().join("served.log");
    let served = Served::start_by(&mut command, &house.environment(), &log);
    // A connection of its own that is kept.
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let at_work = Client::new(http, &served.base).with_token(house.here.liaison.token.as_deref().unwrap());
    at_work.get("/sessions/current").await.ok();
    let crowd = join_all((0..600).map(|_| timeout(Duration::from_secs(1), connect(&served.base)))).await;
    // Who was there before the crowd can send a list, which needs a file.
    let send = || {
        let list = at_work.ask(reqwest::Method::POST, "/company-imports?dry_run=true").header("Content-Type", "text/csv");
        at_work.send(list.body(format!("CVR;Navn\n{};Travl ApS\n", cvr())))
    };
    assert_eq!(timeout(PATIENCE, send()).await.expect("nobody is served").ok()["companies"]["new"], json!(1));
    drop(crowd);
    at_work.get("/health/ready").await.ok();
    drop(served);
    let log = std::fs::read_to_string(&log).unwrap();
    assert!(!log.contains("Too many open files") && !log.contains("os error 24"), "{log}");
}
