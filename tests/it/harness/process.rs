//! The real binary as a process of its own.

use std::{
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

/// `rettematch serve`, killed when the test is done with it.
pub struct Served {
    child: Child,
    pub base: String,
}

impl Served {
    pub fn start(environment: &[(String, String)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rettematch"))
            .arg("serve")
            .envs(environment.iter().cloned())
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("listening on ") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the service ended before it listened");
        }
        let base = line.trim_start_matches("listening on ").split([',', '\n']).next().unwrap().to_owned();
        // Whatever it says later is read away, so that it never waits for a full pipe.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self { child, base }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program of the tests' Python tools.
pub fn tool(name: &str) -> PathBuf {
    let folder = std::env::var("RETTEMATCH_TEST_TOOLS").expect("RETTEMATCH_TEST_TOOLS is not set: run tests/run");
    PathBuf::from(folder).join(name)
}

/// A file of this checkout.
pub fn file(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}
