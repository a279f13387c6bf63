//! Reads letters from the mail folder: headers, the plain part, the HTML part.

use data_encoding::BASE64;
use std::path::Path;

#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub auto_submitted: String,
    pub plain: String,
    pub html: String,
    /// As it lies in the folder.
    pub raw: String,
}

impl Letter {
    pub fn has_link(&self) -> bool {
        self.plain.contains("/l/")
    }

    /// A header's value, decoded.
    pub fn header(&self, name: &str) -> String {
        decoded_words(&header(self.raw.split_once("\r\n\r\n").unwrap().0, name))
    }

    /// The path of the page that its one-time link opens.
    pub fn page(&self) -> String {
        let at = self.plain.find("/l/").unwrap_or_else(|| panic!("no link in {}", self.plain));
        self.plain[at..].chars().take_while(|c| !c.is_whitespace() && !['?', '#'].contains(c)).collect()
    }

    /// The same link's path under `/api/v1`.
    pub fn link(&self) -> String {
        self.page().replace("/l/", "/links/")
    }
}

/// Every letter of a folder, in the order of their names, which are ids and so sorted by time.
pub fn read(folder: &Path) -> Vec<Letter> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml")).collect();
    paths.sort();
    paths.iter().map(|path| parse(&std::fs::read_to_string(path).unwrap())).collect()
}

fn parse(raw: &str) -> Letter {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let mut parts = pieces(head, body);
    // With something attached, the forms of the letter are the first of several parts.
    if header(head, "Content-Type").starts_with("multipart/mixed") {
        let (inner_head, inner) = parts[1].trim_start().split_once("\r\n\r\n").unwrap();
        parts = pieces(inner_head, inner);
    }
    Letter {
        to: header(head, "To"),
        subject: decoded_words(&header(head, "Subject")),
        auto_submitted: header(head, "Auto-Submitted"),
        plain: part(parts[1]),
        html: part(parts[2]),
        raw: raw.to_owned(),
    }
}

fn pieces<'a>(head: &str, body: &'a str) -> Vec<&'a str> {
    let boundary = header(head, "Content-Type").split_once("boundary=\"").unwrap().1.split('"').next().unwrap().to_owned();
    body.split(&format!("--{boundary}")).collect()
}

/// A header's value, unfolded.
fn header(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let found = unfolded.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

fn part(text: &str) -> String {
    let (head, body) = text.trim_start().split_once("\r\n\r\n").unwrap();
    let bytes = match header(head, "Content-Transfer-Encoding").to_ascii_lowercase().as_str() {
        "base64" => BASE64.decode(body.split_whitespace().collect::<String>().as_bytes()).unwrap(),
        "quoted-printable" => quoted_printable(&body.replace("=\r\n", "")),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n").trim_end().to_owned()
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at] == b'=' {
            out.push(u8::from_str_radix(&text[at + 1..at + 3], 16).unwrap());
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// RFC 2047: `=?utf-8?b?…?=`; white space between two such words is none.
fn decoded_words(text: &str) -> String {
    let (mut out, mut rest, mut after_word) = (String::new(), text, false);
    while let Some((before, word)) = rest.split_once("=?") {
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        let (_, encoded) = word.split_once('?').unwrap();
        let (kind, encoded) = encoded.split_once('?').unwrap();
        let (encoded, tail) = encoded.split_once("?=").unwrap();
        let bytes = match kind {
            "b" | "B" => BASE64.decode(encoded.as_bytes()).unwrap(),
            _ => quoted_printable(&encoded.replace('_', " ")),
        };
        out.push_str(&String::from_utf8(bytes).unwrap());
        (rest, after_word) = (tail, true);
    }
    out + rest
}
