//! TLS with a certificate made here.

use crate::scripted::served_with;
use city::http::{Door, Doorstep, OpenError, TlsFiles};
use std::{fs, path::Path};

/// A certificate for this machine's loopback, written as PEM.
fn certificate(folder: &Path) -> (TlsFiles, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    let files = TlsFiles {
        cert: folder.join("cert.pem"),
        key: folder.join("key.pem"),
    };
    fs::write(&files.cert, made.cert.pem()).unwrap();
    fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    (files, made.cert.pem())
}

#[tokio::test]
async fn a_device_that_trusts_the_certificate_is_answered_and_no_other_is() {
    let folder = tempfile::tempdir().unwrap();
    let (files, pem) = certificate(folder.path());
    let served = served_with(|step| step.tls = Some(files)).await;
    assert!(served.url.starts_with("https://127.0.0.1:"));
    let trusting = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([reqwest::Certificate::from_pem(pem.as_bytes()).unwrap()])
        .build()
        .unwrap();
    let address = format!("{}/healthz", served.url);
    let answer = trusting.get(&address).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.version()),
        (200, reqwest::Version::HTTP_2)
    );
    served
        .client
        .get(&address)
        .send()
        .await
        .expect_err("nobody vouches for the certificate");
    let clear = address.replace("https", "http");
    assert!(
        !served
            .client
            .get(clear)
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
    );
}

#[tokio::test]
async fn beyond_loopback_a_certificate_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let (files, _) = certificate(folder.path());
    let mut step = Doorstep::loopback();
    step.listen.set_ip([0, 0, 0, 0].into());
    step.tls = Some(files);
    assert!(Door::open(crate::scripted::Scripted::default(), step).await.is_ok());
}

#[tokio::test]
async fn a_certificate_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (mut files, _) = certificate(folder.path());
    files.key = files.cert.clone();
    let mut step = Doorstep::loopback();
    step.tls = Some(files.clone());
    match Door::open(crate::scripted::Scripted::default(), step).await {
        Err(OpenError::Tls(error)) => assert_eq!(error.files, files),
        _ => panic!("a certificate is no key"),
    }
}
