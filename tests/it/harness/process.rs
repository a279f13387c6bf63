//! The real binary as a child process.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

/// `rettematch serve`, killed when the test is done with it.
pub struct Served {
    child: Child,
    pub base: String,
}

impl Served {
    /// Asks it to stop, and waits until it has: what it holds is finished, the last traces are sent.
    pub fn stop(mut self) -> ExitStatus {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap()
    }
}

impl Served {
    pub fn start(environment: &[(String, String)]) -> Self {
        Self::run(Command::new(env!("CARGO_BIN_EXE_rettematch")).env("RUST_LOG", "error").envs(environment.iter().cloned()))
    }

    /// One whose log goes to the end of a file.
    pub fn start_logging(environment: &[(String, String)], log: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
        Self::run(command.envs(environment.iter().cloned()).stderr(append(log)))
    }

    /// By a command that starts the binary with the arguments that follow.
    pub fn start_by(command: &mut Command, environment: &[(String, String)], log: &Path) -> Self {
        Self::run(command.envs(environment.iter().cloned()).stderr(append(log)))
    }

    fn run(command: &mut Command) -> Self {
        let mut child = command.arg("serve").stdout(Stdio::piped()).spawn().unwrap();
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

/// A subcommand that ends by itself, its log at the end of a file.
pub fn once(environment: &[(String, String)], subcommand: &str, log: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
    let ended = command.arg(subcommand).envs(environment.iter().cloned()).stderr(append(log)).stdout(Stdio::null()).status();
    assert!(ended.unwrap().success(), "{subcommand}: {}", std::fs::read_to_string(log).unwrap());
}

fn append(path: &Path) -> std::fs::File {
    std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap()
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
