//! The way to a database on another machine: TLS, with its certificate checked.

use crate::cluster::Lease;
use city::{DatabaseUrl, Error, LedgerOptions, Service, admin};
use std::{fs, path::Path};
use tempfile::TempDir;

const SESSIONS: &str =
    "SELECT count(*), bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'city'";

/// A server that speaks TLS under the name `localhost`, with a certificate that signs itself.
struct Server {
    cluster: Lease,
    folder: TempDir,
}

impl Server {
    fn started() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let key = certificate(&folder.path().join("own.pem"));
        let own = fs::read_to_string(folder.path().join("own.pem")).expect("written");
        certificate(&folder.path().join("other.pem"));
        let cluster = Lease::secured(&own, &key);
        Self { cluster, folder }
    }

    fn options(&self, host: &str, query: &str) -> LedgerOptions {
        let url = self.cluster.secured_database(host);
        let query = query.replace("FILE", &self.folder.path().display().to_string());
        LedgerOptions {
            database_url: Some(DatabaseUrl::new(format!("{url}?{query}"))),
            ..LedgerOptions::folder(self.folder.path())
        }
    }
}

/// Writes a certificate for `localhost`; its key.
fn certificate(path: &Path) -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    fs::write(path, made.cert.pem()).expect("written");
    made.signing_key.serialize_pem()
}

#[tokio::test]
async fn a_database_that_shows_a_trusted_certificate_is_reached_and_every_session_is_encrypted() {
    let server = Server::started();
    let options = server.options("localhost", "sslmode=verify-full&sslrootcert=FILE/own.pem");
    admin::init(&options, "Erfurt", None).expect("founded");
    let service = Service::open(&options).expect("opened");
    service.ready().await.expect("ready");
    let told = server.cluster.ask("postgres", SESSIONS);
    let (sessions, encrypted) = told.split_once('|').expect("two columns");
    assert!(sessions.parse::<u32>().expect("a count") >= 2, "one listens: {told}");
    assert_eq!(encrypted, "t");
}

#[test]
fn a_certificate_of_somebody_else_or_for_another_name_is_not_believed() {
    let server = Server::started();
    for (host, query) in [
        ("localhost", "sslmode=require&sslrootcert=FILE/other.pem"),
        ("localhost", "sslmode=require"),
        ("127.0.0.1", "sslmode=require&sslrootcert=FILE/own.pem"),
        ("localhost", "sslrootcert=FILE/other.pem"),
    ] {
        let told = Service::open(&server.options(host, query)).err();
        assert!(matches!(told, Some(Error::Unreachable(_))), "{host} {query}: {told:?}");
    }
    let missing = Service::open(&server.options("localhost", "sslrootcert=FILE/none.pem")).err();
    assert!(matches!(missing, Some(Error::File { .. })), "{missing:?}");
    assert_eq!(
        server.cluster.ask("postgres", SESSIONS),
        "0|",
        "nobody spoke in the clear instead"
    );
}

#[test]
fn a_server_that_lost_its_tls_is_not_spoken_to_where_tls_is_wanted() {
    let server = Server::started();
    let wanted = server.options("localhost", "sslmode=require&sslrootcert=FILE/own.pem");
    admin::init(&wanted, "Erfurt", None).expect("founded");
    server.cluster.ask("postgres", "ALTER SYSTEM SET ssl = off");
    server.cluster.ask("postgres", "SELECT pg_reload_conf()");
    while server.cluster.ask("postgres", "SHOW ssl") != "off" {
        std::thread::yield_now();
    }
    let told = Service::open(&wanted).err();
    assert!(matches!(told, Some(Error::Unreachable(_))), "{told:?}");
}
