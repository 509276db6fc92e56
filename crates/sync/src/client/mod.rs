//! The city over HTTP.

mod address;
mod answer;
mod blob;
mod page;

pub use address::{Address, AddressError};

use reqwest::{
    Client, Method, RequestBuilder, Url,
    header::{CONTENT_ENCODING, CONTENT_TYPE},
    redirect::Policy,
};
use serde::Serialize;
use std::time::Duration;
use wire::{
    Backend, BlobHeld, BlobPiece, BlobPlace, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen,
    EnrolAnswer, EnrolRequest, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure, ForgottenAnswer,
    ForgottenQuery, Me, PushAnswer, PushRequest, Token, VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// Request bodies from this size on are worth compressing.
const COMPRESS_FROM_BYTES: usize = 1_024;
/// zstd's own default: beyond it, bytes shrink little and time grows.
const COMPRESS_LEVEL: i32 = 3;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A small question is answered soon or not at all.
const SMALL_TIMEOUT: Duration = Duration::from_secs(30);
/// A page or a push may crawl over a bad line, as long as something moves.
const LARGE_TIMEOUT: Duration = Duration::from_secs(300);
/// Silence for so long means that the line is dead. Longer than the city holds `wait`.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(wire::MAX_WAIT_SECONDS + 15);

/// A city and the caller's token.
#[derive(Clone)]
pub struct CityClient {
    http: Client,
    address: Address,
    token: Option<Token>,
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The address is not taken.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// TLS could not be set up on this machine.
    #[error("a secure connection cannot be set up on this machine")]
    Tls(#[source] reqwest::Error),
}

impl CityClient {
    /// A client for the city at `url`; only `enrol` works without a token.
    ///
    /// # Errors
    /// When the address is not taken, or TLS cannot be set up.
    pub fn new(url: &str, token: Option<Token>) -> Result<Self, ClientError> {
        Self::at(url.parse()?, token)
    }

    /// The same for an address that was read before.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn at(address: Address, token: Option<Token>) -> Result<Self, ClientError> {
        let builder = Client::builder()
            // The token goes to the address that a person confirmed, and nowhere else.
            .redirect(Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(SILENCE_TIMEOUT)
            .tcp_keepalive(Duration::from_secs(20))
            .user_agent(concat!("quartierbuch/", env!("CARGO_PKG_VERSION")));
        let builder = if address.is_loopback() {
            builder.no_proxy()
        } else {
            builder
        };
        Ok(Self {
            http: builder.build().map_err(ClientError::Tls)?,
            address,
            token,
        })
    }

    /// The same city with this token, over the same connections.
    pub fn with_token(&self, token: Token) -> Self {
        Self {
            token: Some(token),
            ..self.clone()
        }
    }

    /// Where the city is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    fn request(&self, method: Method, url: Url, timeout: Duration) -> RequestBuilder {
        let request = self
            .http
            .request(method, url)
            .timeout(timeout)
            .header("Quartierbuch-Protocol", wire::PROTOCOL);
        match &self.token {
            Some(token) => request.bearer_auth(&token.0),
            None => request,
        }
    }

    async fn get(&self, url: Url, timeout: Duration) -> Result<Vec<u8>, Failure> {
        let response = self.request(Method::GET, url, timeout).send().await;
        answer::bytes(response.map_err(answer::offline)?, self.address.is_trusted()).await
    }

    async fn post<T: Serialize + Sync>(&self, path: &str, body: &T, timeout: Duration) -> Result<Vec<u8>, Failure> {
        let json = serde_json::to_vec(body).expect("wire types hold strings, numbers and sets");
        let request = self
            .request(Method::POST, self.address.call(path), timeout)
            .header(CONTENT_TYPE, "application/json");
        let request = if json.len() < COMPRESS_FROM_BYTES {
            request.body(json)
        } else {
            let packed = zstd::bulk::compress(&json, COMPRESS_LEVEL).map_err(|e| Failure::Offline(Box::new(e)))?;
            request.header(CONTENT_ENCODING, "zstd").body(packed)
        };
        let response = request.send().await.map_err(answer::offline)?;
        answer::bytes(response, self.address.is_trusted()).await
    }

    fn url(&self, path: &str, members: &[(&str, Option<String>)]) -> Url {
        let mut url = self.address.call(path);
        let given = members
            .iter()
            .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        let mut given = given.peekable();
        if given.peek().is_some() {
            url.query_pairs_mut().extend_pairs(given);
        }
        url
    }
}

impl Backend for CityClient {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        answer::read(&self.post("v1/enrol", &request, SMALL_TIMEOUT).await?)
    }

    async fn me(&self) -> Result<Me, Failure> {
        answer::read(&self.get(self.address.call("v1/me"), SMALL_TIMEOUT).await?)
    }

    async fn push(&self, request: PushRequest) -> Result<PushAnswer, Failure> {
        answer::read(&self.post("v1/push", &request, LARGE_TIMEOUT).await?)
    }

    async fn changes(&self, query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        let members = [
            ("cursor", query.cursor.map(|cursor| cursor.0)),
            ("limit", query.limit.map(|limit| limit.to_string())),
        ];
        page::read(&self.get(self.url("v1/changes", &members), LARGE_TIMEOUT).await?)
    }

    async fn wait(&self, cursor: Cursor) -> Result<WaitAnswer, Failure> {
        let url = self.url("v1/wait", &[("cursor", Some(cursor.0))]);
        answer::read(&self.get(url, SILENCE_TIMEOUT).await?)
    }

    async fn report_state(&self, report: DeviceReport) -> Result<(), Failure> {
        self.post("v1/state", &report, SMALL_TIMEOUT).await.map(drop)
    }

    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        answer::read(&self.get(self.address.call("v1/devices"), SMALL_TIMEOUT).await?)
    }

    async fn verify(&self, query: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        let members = [
            ("organisation", query.organisation.map(|id| id.to_string())),
            ("district", query.district.map(|id| id.to_string())),
            ("kind", query.kind.map(|kind| kind.to_string())),
            ("cursor", query.cursor.map(|cursor| cursor.0)),
        ];
        answer::read(&self.get(self.url("v1/verify", &members), SMALL_TIMEOUT).await?)
    }

    async fn erase(&self, request: ErasureRequest) -> Result<ErasureTaken, Failure> {
        answer::read(&self.post("v1/erasures", &request, SMALL_TIMEOUT).await?)
    }

    async fn erasure(&self, id: ErasureId) -> Result<ErasureStatus, Failure> {
        let url = self.address.call(&format!("v1/erasures/{}", id.0.hyphenated()));
        answer::read(&self.get(url, SMALL_TIMEOUT).await?)
    }

    async fn forgotten(&self, query: ForgottenQuery) -> Result<ForgottenAnswer, Failure> {
        answer::read(&self.post("v1/forgotten", &query, SMALL_TIMEOUT).await?)
    }

    async fn blob_held(&self, place: BlobPlace) -> Result<BlobHeld, Failure> {
        blob::held(self, &place).await
    }

    async fn put_blob(&self, place: BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
        blob::put(self, &place, piece).await
    }

    async fn blob(&self, place: BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
        blob::get(self, &place, from).await
    }
}

/// Says where, never with which token.
impl std::fmt::Debug for CityClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CityClient({})", self.address)
    }
}
