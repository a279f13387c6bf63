//! A small collector of traces: it accepts OTLP over HTTP, keeps the bytes, and returns the spans in them. Or it accepts
//! connections and never answers.

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest, common::v1::any_value::Value, trace::v1::Span,
};
use prost::Message;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

pub struct Collector {
    pub address: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
    // Those of a silent one are held open, unanswered.
    held: Arc<Mutex<Vec<TcpStream>>>,
}

impl Collector {
    pub fn start() -> Self {
        Self::begin(false)
    }

    /// One that takes connections and says nothing.
    pub fn silent() -> Self {
        Self::begin(true)
    }

    fn begin(silent: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let collector = Self { address, bodies: Arc::default(), held: Arc::default() };
        let (bodies, held) = (collector.bodies.clone(), collector.held.clone());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if silent {
                    held.lock().unwrap().push(stream);
                } else {
                    let bodies = bodies.clone();
                    thread::spawn(move || take(stream, &bodies));
                }
            }
        });
        collector
    }

    /// How many connections a silent one holds.
    pub fn held(&self) -> usize {
        self.held.lock().unwrap().len()
    }

    /// Everything that came, as it came.
    pub fn bytes(&self) -> Vec<u8> {
        self.bodies.lock().unwrap().concat()
    }

    pub fn spans(&self) -> Vec<Span> {
        let bodies = self.bodies.lock().unwrap();
        let read = bodies.iter().map(|body| ExportTraceServiceRequest::decode(body.as_slice()).unwrap());
        read.flat_map(|sent| sent.resource_spans)
            .flat_map(|resource| resource.scope_spans)
            .flat_map(|scope| scope.spans)
            .collect()
    }
}

/// A span's attributes as text.
pub fn attributes(span: &Span) -> BTreeMap<String, String> {
    let text = |value: &Value| match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    let pairs = span.attributes.iter().map(|pair| {
        let value = pair.value.as_ref().and_then(|value| value.value.as_ref()).map(text);
        (pair.key.clone(), value.unwrap_or_default())
    });
    pairs.collect()
}

/// Answers every request of a connection.
fn take(stream: TcpStream, bodies: &Mutex<Vec<Vec<u8>>>) {
    stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    loop {
        let (mut length, mut first) = (0, String::new());
        if reader.read_line(&mut first).unwrap_or_default() == 0 {
            return;
        }
        assert_eq!(first.trim(), "POST /v1/traces HTTP/1.1");
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let line = line.trim().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if let Some(value) = line.strip_prefix("content-type:") {
                assert_eq!(value.trim(), "application/x-protobuf");
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        bodies.lock().unwrap().push(body);
        writer.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n").unwrap();
    }
}
