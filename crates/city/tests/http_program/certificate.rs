//! A certificate is renewed while the city runs.

use crate::program::Program;
use std::{fs, path::Path};

/// Writes a new certificate and its key, and gives the certificate.
fn renew(cert: &Path, key: &Path) -> reqwest::Certificate {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(cert, made.cert.pem()).unwrap();
    fs::write(key, made.signing_key.serialize_pem()).unwrap();
    reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap()
}

fn trusting(certificate: reqwest::Certificate) -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([certificate])
        .build()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_taken_on_sighup() {
    let program = Program::new();
    program.founded();
    let (cert, key) = (program.path("cert.pem"), program.path("key.pem"));
    let first = trusting(renew(&cert, &key));
    let serving = program.serve(&["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()]);
    let address = format!("{}/healthz", serving.listening);
    assert!(address.starts_with("https://"));
    assert_eq!(first.get(&address).send().await.unwrap().status(), 200);

    let second = renew(&cert, &key);
    serving.signal("-HUP");
    // The signal is taken in its own time; a new connection each time, or the old one would be used on.
    while trusting(second.clone()).get(&address).send().await.is_err() {
        tokio::task::yield_now().await;
    }
}

#[test]
fn a_certificate_wants_its_key() {
    let program = Program::new();
    let output = program.run(&["serve", "--tls-cert", "cert.pem"]);
    assert_eq!(output.status.code(), Some(2));
    let output = program.run(&["serve", "--tls-cert", "a", "--tls-key", "b", "--behind-proxy"]);
    assert_eq!(output.status.code(), Some(2), "TLS is done here or there");
}
