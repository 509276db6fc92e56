//! Certificate and key, read once and again on SIGHUP.

use axum_server::tls_rustls::RustlsConfig;
use rustls::crypto::aws_lc_rs;
use std::{io, path::PathBuf, sync::Once};

/// Where certificate and key lie, as PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and its chain.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Certificate or key cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{} and {} are no certificate and key in PEM that belong together", .files.cert.display(), .files.key.display())]
pub struct TlsError {
    /// The files.
    pub files: TlsFiles,
    /// Why.
    #[source]
    pub source: io::Error,
}

pub(crate) async fn read(files: &TlsFiles) -> Result<RustlsConfig, TlsError> {
    // Two providers are compiled in by different libraries; rustls wants to be told which.
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Somebody in this process may have chosen already, which is as good.
        let _ = aws_lc_rs::default_provider().install_default();
    });
    let failed = |source| TlsError {
        files: files.clone(),
        source,
    };
    RustlsConfig::from_pem_file(&files.cert, &files.key)
        .await
        .map_err(failed)
}

/// Takes the renewed files; the old ones stay in use where the new ones do not fit.
pub(crate) async fn read_again(config: &RustlsConfig, files: &TlsFiles) {
    match config.reload_from_pem_file(&files.cert, &files.key).await {
        Ok(()) => tracing::info!("certificate read again"),
        Err(_) => tracing::error!("the renewed certificate or key does not fit; the old one stays in use"),
    }
}
