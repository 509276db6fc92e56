//! Where a city is reached.

use reqwest::Url;
use std::{fmt, net::IpAddr, str::FromStr};

/// The root of a city's calls, written as people say it and kept as `https://quartierbuch.erfurt.example/`.
///
/// Plain HTTP is for loopback only; anything else would send the token in the clear.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not the address of a server.
    #[error("this is not the address of a server")]
    Malformed,
    /// Neither https nor http.
    #[error("a city is reached over https")]
    Scheme,
    /// Plain http to somewhere other than this machine.
    #[error("plain http is for this machine only")]
    Plain,
    /// A name, password, query or fragment has no place in it.
    #[error("an address holds no password, query or fragment")]
    Extras,
}

impl Address {
    /// The same for a city that is reached over plain HTTP behind some other protection, where its operator says so.
    ///
    /// # Errors
    /// When the text is not the address of a server.
    pub fn allowing_plain_http(text: &str) -> Result<Self, AddressError> {
        Self::read(text, true)
    }

    /// Whether what is read from here can be trusted to come from this server: verified TLS, or this machine.
    pub fn is_trusted(&self) -> bool {
        self.0.scheme() == "https" || is_loopback(&self.0)
    }

    /// Whether the city runs on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The address of one call, for example `v1/me`.
    pub(super) fn call(&self, path: &str) -> Url {
        self.0
            .join(path)
            .expect("a relative path of our own joins any http address")
    }

    fn read(text: &str, plain_allowed: bool) -> Result<Self, AddressError> {
        let text = text.trim();
        let mut url = if text.contains("://") {
            Url::parse(text).map_err(|_| AddressError::Malformed)?
        } else {
            let url = Url::parse(&format!("https://{text}")).map_err(|_| AddressError::Malformed)?;
            if is_loopback(&url) {
                // A city on the same machine listens without TLS.
                Url::parse(&format!("http://{text}")).map_err(|_| AddressError::Malformed)?
            } else {
                url
            }
        };
        if !matches!(url.scheme(), "https" | "http") {
            return Err(AddressError::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(AddressError::Malformed);
        }
        let extras = !url.username().is_empty() || url.password().is_some();
        if extras || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Extras);
        }
        if url.scheme() == "http" && !plain_allowed && !is_loopback(&url) {
            return Err(AddressError::Plain);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for Address {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::read(text, false)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, AddressError> {
        text.parse::<Address>().map(|a| a.to_string())
    }

    #[test]
    fn a_bare_name_means_https() {
        assert_eq!(
            read(" quartierbuch.erfurt.example ").as_deref(),
            Ok("https://quartierbuch.erfurt.example")
        );
        assert_eq!(
            read("Erfurt.Example:8443/isrp/").as_deref(),
            Ok("https://erfurt.example:8443/isrp")
        );
    }

    #[test]
    fn a_bare_loopback_address_means_http() {
        for text in ["127.0.0.1:8750", "localhost:8750", "[::1]:8750"] {
            assert_eq!(
                read(text),
                Ok(format!("http://{text}")),
                "a city on this machine has no certificate"
            );
        }
    }

    #[test]
    fn plain_http_elsewhere_is_refused_unless_it_is_allowed() {
        assert_eq!(read("http://erfurt.example"), Err(AddressError::Plain));
        assert_eq!(
            read("http://127.0.0.1.evil.example"),
            Err(AddressError::Plain),
            "a name is not loopback"
        );
        let allowed = Address::allowing_plain_http("http://erfurt.example").expect("allowed");
        assert!(!allowed.is_trusted(), "what comes over plain http proves nothing");
    }

    #[test]
    fn what_is_not_the_root_of_a_city_is_refused() {
        assert_eq!(read("https://me:secret@erfurt.example"), Err(AddressError::Extras));
        assert_eq!(read("https://erfurt.example/?a=1"), Err(AddressError::Extras));
        assert_eq!(read("ftp://erfurt.example"), Err(AddressError::Scheme));
        assert_eq!(read("file:///etc/passwd"), Err(AddressError::Scheme));
        assert_eq!(read(""), Err(AddressError::Malformed));
    }

    #[test]
    fn calls_stay_below_a_path_prefix() {
        let address: Address = "https://erfurt.example/isrp".parse().expect("an address");
        assert_eq!(address.call("v1/me").as_str(), "https://erfurt.example/isrp/v1/me");
    }
}
