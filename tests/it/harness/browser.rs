//! A real browser that does what a story tells it: `tests/browser`, driven over its standard input and output, a line of JSON each way.

use super::{Value, file, json, tool};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// Headless Chromium behind a Python program; both end with it.
pub struct Browser {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Browser {
    /// One that may speak with one service only.
    pub fn start(base: &str) -> Self {
        let mut command = Command::new(tool("python"));
        command.args(["-m", "browser", base]).current_dir(file("tests"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (orders, answers) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut browser = Self { child, orders, answers };
        browser.answer(&json!("start"));
        browser
    }

    /// Has an order carried out; fails with everything that is wrong with the pages that it led to.
    pub fn ask(&mut self, order: &Value) -> Value {
        let orders = self.orders.as_mut().unwrap();
        writeln!(orders, "{order}").unwrap();
        orders.flush().unwrap();
        self.answer(order)
    }

    fn answer(&mut self, order: &Value) -> Value {
        let mut line = String::new();
        assert!(self.answers.read_line(&mut line).unwrap() > 0, "the browser's program ended without an answer");
        let answer: Value = serde_json::from_str(&line).unwrap();
        let wrong: Vec<&str> = answer["wrong"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let asked = shortened(&order.to_string());
        assert!(wrong.is_empty(), "{asked}\n{}", wrong.join("\n"));
        answer
    }
}

/// Orders carry whole letters.
fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It ends when nothing more can come, and closes Chromium.
        drop(self.orders.take());
        let _ = self.child.wait();
    }
}
