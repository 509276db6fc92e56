//! Where the database is and how it is reached: the URL of `--database-url`, TLS included.

use crate::{DatabaseUrl, Error};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::CertificateDer, pki_types::pem::PemObject};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// A database that does not answer for so long is not there.
const PATIENCE: Duration = Duration::from_secs(10);
/// What every session of ours begins with. A transaction that does nothing would hold the feed for everybody.
const SETTINGS: &str = "-c idle_in_transaction_session_timeout=60s -c lock_timeout=30s -c synchronous_commit=on";

/// A database that can be connected to.
#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
}

impl Address {
    /// Reads a URL as libpq writes it. `sslrootcert=FILE` names the authorities to trust instead of the system's.
    /// Certificates are always checked. Without `sslmode`, a database on another machine is reached by TLS only.
    pub(super) fn read(url: &DatabaseUrl) -> Result<Self, Error> {
        let Parts { url, mode, roots } = Parts::of(url.reveal());
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Err(Error::DatabaseUrl("it does not begin with postgres://".to_owned()));
        }
        let unusable = |error: tokio_postgres::Error| Error::DatabaseUrl(error.to_string());
        let mut config: Config = url.parse().map_err(unusable)?;
        config.ssl_mode(mode.unwrap_or_else(|| {
            if is_near(&config) {
                SslMode::Prefer
            } else {
                SslMode::Require
            }
        }));
        let settings = config
            .get_options()
            .map_or_else(String::new, |given| format!("{given} "));
        config
            .options(settings + SETTINGS)
            .application_name("city")
            .connect_timeout(PATIENCE)
            .keepalives_idle(Duration::from_secs(30))
            .tcp_user_timeout(Duration::from_secs(30));
        Ok(Self {
            config,
            tls: MakeRustlsConnect::new(trusting(roots.as_deref())?),
        })
    }
}

/// Whether every way to the database stays on this machine.
fn is_near(config: &Config) -> bool {
    let near = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
    };
    config.get_hosts().iter().all(near) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// A URL without what the library does not know.
struct Parts {
    url: String,
    mode: Option<SslMode>,
    roots: Option<PathBuf>,
}

impl Parts {
    fn of(url: &str) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut parts = Self {
            url: base.to_owned(),
            mode: None,
            roots: None,
        };
        let mut mark = '?';
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = url::form_urlencoded::parse(pair.as_bytes()).next().unwrap_or_default();
            match (&*name, &*value) {
                ("sslrootcert", file) => parts.roots = Some(file.into()),
                // Stronger words of libpq for what is always done here.
                ("sslmode", "require" | "verify-ca" | "verify-full") => parts.mode = Some(SslMode::Require),
                ("sslmode", "prefer" | "allow") => parts.mode = Some(SslMode::Prefer),
                ("sslmode", "disable") => parts.mode = Some(SslMode::Disable),
                _ => {
                    parts.url.push(mark);
                    parts.url.push_str(pair);
                    mark = '&';
                }
            }
        }
        parts
    }
}

fn trusting(file: Option<&Path>) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(path) => {
            let unusable = |why: &dyn std::fmt::Display| Error::File {
                path: path.to_owned(),
                source: std::io::Error::other(why.to_string()),
            };
            for certificate in CertificateDer::pem_file_iter(path).map_err(|why| unusable(&why))? {
                let certificate = certificate.map_err(|why| unusable(&why))?;
                roots.add(certificate).map_err(|why| unusable(&why))?;
            }
        }
        // What does not read is not trusted; with none at all, a database that wants TLS is not reached.
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider knows the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> SslMode {
        Address::read(&DatabaseUrl::new(url))
            .expect("a URL")
            .config
            .get_ssl_mode()
    }

    #[test]
    fn a_database_elsewhere_is_reached_by_tls_unless_the_url_says_otherwise() {
        assert_eq!(mode("postgres://city@db.example.org/city"), SslMode::Require);
        assert_eq!(mode("postgres://city@10.1.2.3/city"), SslMode::Require);
        assert_eq!(
            mode("postgres://city@db.example.org/city?sslmode=disable"),
            SslMode::Disable
        );
        assert_eq!(mode("postgres://city@127.0.0.1/city"), SslMode::Prefer);
        assert_eq!(mode("postgres:///city?host=/run/postgresql"), SslMode::Prefer);
        assert_eq!(mode("postgres://127.0.0.1/city?sslmode=verify-full"), SslMode::Require);
    }

    #[test]
    fn settings_of_the_url_stay_beside_ours() {
        let url = DatabaseUrl::new("postgres:///city?host=/tmp&options=-c%20work_mem%3D8MB&sslmode=disable");
        let address = Address::read(&url).expect("a URL");
        let options = address.config.get_options().expect("options");
        assert!(
            options.starts_with("-c work_mem=8MB -c idle_in_transaction_session_timeout=60s"),
            "{options}"
        );
    }

    #[test]
    fn what_is_no_url_of_a_database_is_refused() {
        for wrong in ["", "city", "postgres://host:port/city", "postgres:///city?nonsense=1"] {
            let read = Address::read(&DatabaseUrl::new(wrong));
            assert!(matches!(read, Err(Error::DatabaseUrl(_))), "{wrong}");
        }
    }
}
