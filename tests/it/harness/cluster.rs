//! A PostgreSQL of a test's own, that it may stop, start again and set as it likes. Only where tests run on PostgreSQL.

use super::real::make_cert;
use std::{
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

/// The password of its one user, `postgres`.
pub const PASSWORD: &str = "hemmeligt";

pub struct Cluster {
    folder: tempfile::TempDir,
    pub port: u16,
}

/// The newest that is installed.
fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is not installed: run tests/run");
    let mut folders: Vec<_> =
        versions.map(|entry| entry.unwrap().path().join("bin")).filter(|bin| bin.join(name).exists()).collect();
    folders.sort();
    folders.pop().unwrap().join(name)
}

/// The ids of the user that PostgreSQL runs as: it does not run as root.
fn server_user() -> Option<(u32, u32)> {
    let id = |option: &str, user: &[&str]| -> u32 {
        let printed = Command::new("id").arg(option).args(user).output().unwrap();
        String::from_utf8(printed.stdout).unwrap().trim().parse().unwrap()
    };
    (id("-u", &[]) == 0).then(|| (id("-u", &["postgres"]), id("-g", &["postgres"])))
}

impl Cluster {
    /// Nothing where tests do not run on PostgreSQL. Signing in takes a password; TLS is offered where a certificate is given.
    pub fn start(tls: bool) -> Option<Self> {
        std::env::var_os("RETTEMATCH_TEST_POSTGRES")?;
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cluster = Self { folder, port };
        let path = cluster.folder.path();
        std::fs::write(path.join("password"), PASSWORD).unwrap();
        make_cert(&path.join("cert"));
        if let Some((user, group)) = server_user() {
            let owned = Command::new("chown").arg("-R").arg(format!("{user}:{group}")).arg(path).status().unwrap();
            assert!(owned.success());
        }
        let (data, password) = (path.join("data"), path.join("password"));
        cluster.run("initdb", &["-A", "scram-sha-256", "-U", "postgres", "-N", "--pwfile", &text(&password), "-D", &text(&data)]);
        let mut conf = format!(
            "port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nfsync = off\n",
            path.display()
        );
        if tls {
            let file = |name: &str| text(&path.join("cert").join(name));
            conf += &format!("ssl = on\nssl_cert_file = '{}'\nssl_key_file = '{}'\n", file("server.pem"), file("server.key"));
        }
        let kept = std::fs::read_to_string(data.join("postgresql.conf")).unwrap();
        std::fs::write(data.join("postgresql.conf"), kept + &conf).unwrap();
        cluster.resume();
        Some(cluster)
    }

    pub fn resume(&self) {
        let log = text(&self.folder.path().join("log"));
        self.run("pg_ctl", &["-D", &self.data(), "-l", &log, "-w", "start"]);
    }

    /// Ends it as a machine that loses power does.
    pub fn stop(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
    }

    /// The authority of its certificate.
    pub fn authority(&self) -> String {
        text(&self.folder.path().join("cert/ca.pem"))
    }

    pub fn url(&self, host: &str, query: &str) -> String {
        format!("postgres://postgres:{PASSWORD}@{host}:{}/postgres{query}", self.port)
    }

    fn data(&self) -> String {
        text(&self.folder.path().join("data"))
    }

    fn run(&self, name: &str, arguments: &[&str]) {
        let mut command = Command::new(program(name));
        command.args(arguments).current_dir(self.folder.path());
        command.stdout(std::process::Stdio::null());
        if let Some((user, group)) = server_user() {
            command.uid(user).gid(group);
        }
        assert!(command.status().unwrap().success(), "{name} {arguments:?}");
    }
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
