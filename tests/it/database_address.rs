//! Faults in the database's address, or in reaching the server, are reported by the real binary in one sentence that says what to
//! do and shows no password.

use crate::harness::cluster::{Cluster, PASSWORD};
use std::process::Command;

/// What `migrate` says with an address: nothing where it goes well.
fn told(variables: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rettematch"));
    command.arg("migrate").current_dir(folder.path()).env_remove("DATABASE_URL").env("RUST_LOG", "off");
    let done = command.envs(variables.iter().copied()).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!said.contains("hunter2") && !said.contains(PASSWORD), "{said}");
    (!done.status.success()).then_some(said)
}

#[track_caller]
fn says(address: &str, words: &[&str]) {
    let said = told(&[("RETTEMATCH__DATABASE", address)]).expect("it was taken");
    for word in words {
        assert!(said.contains(word), "{address}: {said}");
    }
}

#[test]
fn an_address_that_cannot_be_used_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("letter.txt");
    std::fs::write(&letter, "Kære kommune, dette er ikke en database, men et brev.".repeat(40)).unwrap();
    says("mysql://u:hunter2@h/r", &["must be sqlite:PATH", "postgres://USER:PASSWORD@HOST/NAME"]);
    says("sqlite:no/such/folder/db", &["the folder no/such/folder does not exist", "make it"]);
    says(&format!("sqlite:{}", folder.path().display()), &["is a folder", "name a file in it"]);
    says(&format!("sqlite:{}", letter.display()), &["cannot be opened as a database", "name another"]);
    says("postgres://u:hun#ter2@h:x/r", &["%23 for #"]);
    says("postgres://u:hunter2@localhost:1/r", &["Connection refused", "check that PostgreSQL runs there"]);
    says("postgres://u:hunter2@no-such-host.invalid/r", &["no-such-host.invalid is not known", "check its name"]);
    says(
        "postgres://u:hunter2@no-such-host.invalid/r?sslmode=disable",
        &["could not translate host name", "check the name of the host"],
    );
    says("postgres://u:hunter2@localhost:1/r?sslmode=verify-full", &["cannot be reached", "check that PostgreSQL runs there"]);
    says("postgres://u:hunter2@localhost/r?sslmode=prefer", &["sslmode is verify-full"]);
}

#[test]
fn the_usual_name_in_the_environment_is_taken_and_our_own_goes_over_it() {
    assert_eq!(told(&[("DATABASE_URL", "sqlite:other.db")]), None);
    assert!(told(&[("DATABASE_URL", "mysql://u:hunter2@h/r")]).is_some());
    assert_eq!(told(&[("DATABASE_URL", "mysql://u:hunter2@h/r"), ("RETTEMATCH__DATABASE", "sqlite:own.db")]), None);
}

#[test]
fn a_server_that_lets_us_not_in_says_what_to_do() {
    let Some(cluster) = Cluster::start(false) else { return };
    let port = cluster.port;
    says(
        &format!("postgres://postgres:hunter2@127.0.0.1:{port}/postgres"),
        &["password authentication failed", "check user and password"],
    );
    says(
        &format!("postgres://postgres@127.0.0.1:{port}/postgres"),
        &["no password supplied", "write the password into the address"],
    );
    says(&format!("postgres://postgres:{PASSWORD}@127.0.0.1:{port}/nowhere"), &["\"nowhere\" does not exist", "createdb"]);
    let verified = format!(
        "postgres://postgres:{PASSWORD}@localhost:{port}/postgres?sslmode=verify-full&sslrootcert={}",
        cluster.authority()
    );
    says(&verified, &["does not speak TLS", "switch ssl on"]);
    assert_eq!(told(&[("RETTEMATCH__DATABASE", &cluster.url("127.0.0.1", ""))]), None);
}

#[test]
fn a_server_is_believed_by_its_certificate_alone() {
    let (Some(cluster), Some(other)) = (Cluster::start(true), Cluster::start(true)) else { return };
    let verified = |host: &str, authority: &str| cluster.url(host, &format!("?sslmode=verify-full&sslrootcert={authority}"));
    assert_eq!(told(&[("RETTEMATCH__DATABASE", &verified("localhost", &cluster.authority()))]), None);
    assert_eq!(told(&[("RETTEMATCH__DATABASE", &verified("127.0.0.1", &cluster.authority()))]), None);
    // Less is asked for, as much is held.
    says(&cluster.url("localhost", "?sslmode=require"), &["no authority that is trusted here", "sslrootcert=FILE"]);
    says(&verified("localhost", &other.authority()), &["no authority that is trusted here", "sslrootcert=FILE"]);
    // The same machine under a name that the certificate does not carry.
    says(&verified("127.0.0.2", &cluster.authority()), &["127.0.0.2:", "cannot be reached"]);
    says(&verified("0.0.0.0", &cluster.authority()), &["is for another name than 0.0.0.0", "have one made"]);
    says(&verified("localhost", "/no/such/file"), &["sslrootcert /no/such/file cannot be read"]);
    says(&verified("localhost", &cluster.authority()).replace(PASSWORD, "hunter2"), &["password authentication failed"]);
    // Without a word on it another machine's server is verified; 0.0.0.0 stands for one.
    says(&cluster.url("0.0.0.0", ""), &["no authority that is trusted here"]);
    // What it says of us: the connection is encrypted.
    let encrypted = "SELECT ssl::text AS text FROM pg_stat_ssl WHERE pid <> pg_backend_pid() AND pid IN (SELECT pid FROM pg_stat_activity WHERE application_name = 'rettematch') LIMIT 1";
    let db = rettematch::store::Db::open(&verified("localhost", &cluster.authority()), 1).unwrap();
    assert_eq!(crate::harness::cluster::texts(&cluster.url("127.0.0.1", ""), encrypted), ["true"]);
    drop(db);
}
