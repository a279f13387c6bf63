//! A PostgreSQL server of a test's own, which the test may stop, start and configure. Only where the tests run on PostgreSQL.

use super::{file, real::make_cert};
use std::{path::Path, process::Command};

/// The password of its one user, `postgres`.
pub const PASSWORD: &str = "hemmeligt";

pub struct Cluster {
    folder: tempfile::TempDir,
    pub port: u16,
}

impl Cluster {
    /// Nothing where tests do not run on PostgreSQL. Signing in takes a password; TLS is offered where a certificate is given.
    pub fn start(tls: bool) -> Option<Self> {
        std::env::var_os("RETTEMATCH_TEST_POSTGRES")?;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        std::fs::write(path.join("password"), PASSWORD).unwrap();
        make_cert(&path.join("cert"));
        let mut settings = vec!["fsync=off".to_owned()];
        if tls {
            let file = |name: &str| text(&path.join("cert").join(name));
            settings.push("ssl=on".to_owned());
            settings.push(format!("ssl_cert_file='{}'", file("server.pem")));
            settings.push(format!("ssl_key_file='{}'", file("server.key")));
        }
        let port = script("create", path, &settings).trim().parse().unwrap();
        let cluster = Self { folder, port };
        cluster.resume();
        Some(cluster)
    }

    pub fn resume(&self) {
        script("start", self.folder.path(), &[]);
    }

    /// Ends it as a machine that loses power does.
    pub fn stop(&self) {
        script("stop", self.folder.path(), &[]);
    }

    /// The authority of its certificate.
    pub fn authority(&self) -> String {
        text(&self.folder.path().join("cert/ca.pem"))
    }

    pub fn url(&self, host: &str, query: &str) -> String {
        format!("postgres://postgres:{PASSWORD}@{host}:{}/postgres{query}", self.port)
    }
}

/// Runs `tests/tools/postgres.sh` and gives what it printed.
fn script(command: &str, folder: &Path, settings: &[String]) -> String {
    let mut script = Command::new(file("tests/tools/postgres.sh"));
    let done = script.arg(command).arg(folder).args(settings).stderr(std::process::Stdio::inherit()).output().unwrap();
    assert!(done.status.success(), "{command} {settings:?}");
    String::from_utf8(done.stdout).unwrap()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.folder.path().join("data/postmaster.pid").exists() {
            self.stop();
        }
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// Asks a server past the application: a statement whose one column is called `text`.
pub fn texts(url: &str, sql: &str) -> Vec<String> {
    use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
    #[derive(QueryableByName)]
    struct OneText {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let rows: Vec<OneText> = sql_query(sql).load(&mut PgConnection::establish(url).unwrap()).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}
