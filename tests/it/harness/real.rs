//! Real programs as children of a test: the binary, a mail server, and a mail parser that shares no code with RetteMatch.

use super::{Value, random_key};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

/// No child of a test takes longer to come up or to end: a guard against hangs, not a measurement.
const PATIENCE: Duration = Duration::from_secs(120);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Python that `tests/run` sets up.
fn python() -> PathBuf {
    let tools = std::env::var_os("RETTEMATCH_TEST_TOOLS").map_or_else(|| root().join("target/tools/venv/bin"), PathBuf::from);
    let python = tools.join("python");
    assert!(python.exists(), "{} is missing: run tests/run once, it sets the tools up", python.display());
    python
}

/// A child that does not outlive its test.
pub struct Running {
    child: Killable,
    // Kept open: a child that prints more must not fail for want of a reader.
    output: Option<BufReader<ChildStdout>>,
}

/// What a child can be killed by, from another thread too.
#[derive(Clone)]
pub struct Killable(Arc<Mutex<Child>>);

impl Killable {
    /// SIGKILL; whether it was still running.
    pub fn kill(&self) -> bool {
        let mut child = self.0.lock().unwrap();
        let ran = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        let status = child.wait().unwrap();
        ran && std::os::unix::process::ExitStatusExt::signal(&status) == Some(9)
    }

    /// SIGTERM: it is asked to end.
    pub fn terminate(&self) {
        let id = self.0.lock().unwrap().id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    pub fn status(&self) -> Option<ExitStatus> {
        self.0.lock().unwrap().try_wait().unwrap()
    }
}

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self { child: Killable(Arc::new(Mutex::new(command.stdin(Stdio::null()).spawn().unwrap()))), output: None }
    }

    /// Starts one whose standard output is read.
    pub fn start_reading(command: &mut Command) -> Self {
        let mut running = Self::start(command.stdout(Stdio::piped()));
        running.output = running.child.0.lock().unwrap().stdout.take().map(BufReader::new);
        running
    }

    /// The word that follows when it says that it is ready; nothing where it dies before it does.
    pub fn ready(&mut self, begins: &str) -> Option<String> {
        let output = self.output.as_mut().unwrap();
        loop {
            let mut line = String::new();
            if output.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some((_, rest)) = line.split_once(begins) {
                return rest.trim().split([',', ' ']).next().map(ToOwned::to_owned);
            }
        }
    }

    pub fn killable(&self) -> Killable {
        self.child.clone()
    }

    pub fn id(&self) -> u32 {
        self.child.0.lock().unwrap().id()
    }

    /// Waits until it has ended.
    pub async fn ended(&self) -> ExitStatus {
        let wait = async {
            loop {
                if let Some(status) = self.child.status() {
                    return status;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("a child hangs")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill();
        drop(self.output.take());
    }
}

/// A mail server that keeps what it accepts as files.
pub struct Smtp {
    pub port: u16,
    pub folder: PathBuf,
    child: Running,
}

impl Smtp {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        Self::start_at(folder, 0, arguments)
    }

    pub fn start_at(folder: &Path, port: u16, arguments: &[&str]) -> Self {
        let mut command = Command::new(python());
        command.arg(root().join("tests/tools/smtp_server.py")).arg("--dir").arg(folder);
        command.args(["--port", &port.to_string()]).args(arguments);
        let mut child = Running::start_reading(&mut command);
        let port = child.ready("listening ").expect("the mail server did not come up");
        Self { port: port.parse().unwrap(), folder: folder.to_owned(), child }
    }

    pub fn stop(self) {
        self.child.killable().kill();
    }

    /// What it accepted, in order.
    pub fn mail(&self) -> Vec<Value> {
        read_mail(&self.folder)
    }
}

/// The `.eml` files of a folder as another parser reads them.
pub fn read_mail(folder: &Path) -> Vec<Value> {
    let read = Command::new(python()).arg(root().join("tests/tools/read_mail.py")).arg(folder).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

/// The calendar entries in the `.eml` files of a folder as two other parsers read them.
pub fn read_calendar(folder: &Path) -> Vec<Value> {
    let read = Command::new(python()).arg(root().join("tests/tools/read_calendar.py")).arg(folder).output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

/// A certificate authority (`ca.pem`) and a server's certificate of it (`server.pem`, `server.key`).
pub fn make_cert(folder: &Path) {
    let made = Command::new("bash").arg(root().join("tests/tools/make_cert.sh")).arg(folder).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// How the binary is set: its database and key, its clock, its mail server.
#[derive(Clone)]
pub struct Setting {
    pub folder: PathBuf,
    pub clock: String,
    pub port: u16,
    /// The address of a database elsewhere than in the folder.
    pub elsewhere: Option<String>,
    key: String,
}

impl Setting {
    pub fn new(folder: &Path, port: u16) -> Self {
        Self { folder: folder.to_owned(), clock: String::new(), port, elsewhere: None, key: random_key() }
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(self.errors()).unwrap();
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("RETTEMATCH__DATABASE", self.address())
            .env("RETTEMATCH__KEY", &self.key)
            .env("RETTEMATCH__CLOCK", &self.clock)
            .env("RETTEMATCH__LISTEN", "127.0.0.1:0")
            .env("RETTEMATCH__SCHEDULE__ENABLED", "false")
            .env("RETTEMATCH__LETTERS__ON_DAYS_OFF", "true")
            .env("RETTEMATCH__MAIL__HOST", "127.0.0.1")
            .env("RETTEMATCH__MAIL__PORT", self.port.to_string())
            .env("RETTEMATCH__MAIL__TLS", "none-loopback")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .stderr(errors);
        command
    }

    pub fn address(&self) -> String {
        self.elsewhere.clone().unwrap_or_else(|| format!("sqlite:{}", self.database().display()))
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("db")
    }

    /// What children wrote to their standard error.
    pub fn errors(&self) -> PathBuf {
        self.folder.join("stderr")
    }

    /// Runs a subcommand to its end and gives what it printed.
    pub fn once(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).stdout(Stdio::piped()).output().unwrap();
        let errors = std::fs::read_to_string(self.errors()).unwrap_or_default();
        assert!(done.status.success(), "{arguments:?}: {errors}");
        String::from_utf8(done.stdout).unwrap()
    }
}

/// Asks a SQLite file past the application: a statement whose one column is called `text`.
pub fn texts(database: &Path, sql: &str) -> Vec<String> {
    use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types::Text};
    #[derive(QueryableByName)]
    struct OneText {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let mut conn = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    // Whoever opens or closes a file last holds all of it for a moment; also one that was just killed.
    sql_query("PRAGMA busy_timeout = 10000").execute(&mut conn).unwrap();
    let rows: Vec<OneText> = sql_query(sql).load(&mut conn).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}
