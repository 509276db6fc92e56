//! A city that does as it is told, and a door to it.

use city::http::{City, Door, Doorstep};
use domain::{At, DeviceId, OrganisationId, PersonId};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{sync::oneshot, task::JoinHandle};
use uuid::Uuid;
use wire::{
    Backend, BlobHeld, BlobPiece, BlobPlace, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen,
    DeviceState, EnrolAnswer, EnrolRequest, Epoch, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure,
    ForgottenAnswer, ForgottenQuery, IdKey, Me, Outcome, Problem, ProblemCode, PushAnswer, PushRequest, PushResult,
    Role, Token, VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// A token of the right form.
pub(crate) const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What every attachment of it holds.
pub(crate) const BLOB: &[u8] = b"ciphertext";

/// What the city shall do at the next calls.
#[derive(Clone, Default)]
pub(crate) enum Mood {
    #[default]
    Well,
    Problem(Box<Problem>),
    Panics,
    NotReady,
    HeldBack(Duration),
}

#[derive(Clone, Default)]
pub(crate) struct Scripted {
    mood: Arc<Mutex<Mood>>,
    pushed: Arc<Mutex<Vec<PushRequest>>>,
    pieces: Arc<Mutex<Vec<BlobPiece>>>,
}

impl Scripted {
    pub(crate) fn shall(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The pushes that reached the city.
    pub(crate) fn pushed(&self) -> Vec<PushRequest> {
        self.pushed.lock().unwrap().clone()
    }

    /// The pieces of attachments that reached the city.
    pub(crate) fn pieces(&self) -> Vec<BlobPiece> {
        self.pieces.lock().unwrap().clone()
    }

    fn does(&self) -> Result<(), Failure> {
        let mood = self.mood.lock().unwrap().clone();
        match mood {
            Mood::Well | Mood::NotReady | Mood::HeldBack(_) => Ok(()),
            Mood::Problem(problem) => Err(Failure::Problem(problem)),
            Mood::Panics => panic!("a secret of a record"),
        }
    }
}

impl City for Scripted {
    type Caller = Self;
    fn caller(&self, _: Option<Token>) -> Self {
        self.clone()
    }
    async fn ready(&self) -> bool {
        !matches!(*self.mood.lock().unwrap(), Mood::NotReady)
    }
    fn held_back(&self) -> Option<Duration> {
        match *self.mood.lock().unwrap() {
            Mood::HeldBack(stood) => Some(stood),
            _ => None,
        }
    }
}

impl Backend for Scripted {
    async fn enrol(&self, _: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        self.does()?;
        Ok(EnrolAnswer {
            person: PersonId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            city: "Erfurt".into(),
            epoch: Epoch("e".into()),
            device_code: "K7".into(),
            id_key: IdKey("k".into()),
        })
    }
    async fn me(&self) -> Result<Me, Failure> {
        self.does()?;
        Ok(Me {
            person: PersonId(Uuid::nil()),
            name: "Kim".repeat(100),
            role: Role::Worker,
            organisation: OrganisationId(Uuid::nil()),
            districts: Default::default(),
            field: None,
            device_id: DeviceId(Uuid::nil()),
            device_code: "K7".into(),
            epoch: Epoch("e".into()),
            now: None,
            restores: Vec::new(),
            state: DeviceState::Active,
        })
    }
    async fn push(&self, request: PushRequest) -> Result<PushAnswer, Failure> {
        self.does()?;
        let accepted = |version| Outcome::Accepted {
            version,
            changed_at: At::from_millis(0).unwrap(),
            head: None,
        };
        let results = request
            .changes
            .iter()
            .map(|c| PushResult {
                mutation_id: c.mutation_id,
                id: c.envelope.id,
                outcome: accepted(c.base_version + 1),
            })
            .collect();
        self.pushed.lock().unwrap().push(request);
        Ok(PushAnswer { results })
    }
    async fn changes(&self, query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        self.does()?;
        let cursor = query.cursor.unwrap_or(Cursor("0".into()));
        Ok(ChangesAnswer {
            changes: vec![],
            cursor,
            more: false,
            scope_changed: false,
        })
    }
    async fn wait(&self, _: Cursor) -> Result<WaitAnswer, Failure> {
        self.does()?;
        std::future::pending().await
    }
    async fn report_state(&self, _: DeviceReport) -> Result<(), Failure> {
        self.does()
    }
    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        self.does()?;
        Ok(vec![])
    }
    async fn verify(&self, _: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        self.does()?;
        Ok(VerifyAnswer {
            count: 0,
            digest: wire::Digest("0".repeat(64)),
        })
    }
    async fn erase(&self, _: ErasureRequest) -> Result<ErasureTaken, Failure> {
        self.does()?;
        Ok(ErasureTaken {
            id: ErasureId(Uuid::nil()),
        })
    }
    async fn erasure(&self, _: ErasureId) -> Result<ErasureStatus, Failure> {
        self.does()?;
        Ok(ErasureStatus {
            confirmed: 0,
            pending: 0,
            backups_until: None,
        })
    }
    async fn forgotten(&self, _: ForgottenQuery) -> Result<ForgottenAnswer, Failure> {
        self.does()?;
        Ok(ForgottenAnswer::default())
    }
    async fn blob_held(&self, _: BlobPlace) -> Result<BlobHeld, Failure> {
        self.does()?;
        Ok(BlobHeld {
            held: 2,
            total: Some(BLOB.len() as u64),
        })
    }
    async fn put_blob(&self, _: BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
        self.does()?;
        let (held, total) = (piece.end(), Some(piece.total));
        self.pieces.lock().unwrap().push(piece);
        Ok(BlobHeld { held, total })
    }
    async fn blob(&self, _: BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
        self.does()?;
        let bytes = BLOB.get(usize::try_from(from).unwrap()..).unwrap_or_default();
        if bytes.is_empty() {
            return Err(ProblemCode::Invalid.into());
        }
        Ok(BlobPiece {
            from,
            total: BLOB.len() as u64,
            bytes: bytes.to_vec(),
        })
    }
}

/// A city on the network, for as long as this lives.
pub(crate) struct Served {
    pub(crate) city: Scripted,
    pub(crate) url: String,
    pub(crate) metrics: String,
    pub(crate) client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<std::io::Result<()>>,
}

pub(crate) async fn served() -> Served {
    served_with(|_| {}).await
}

pub(crate) async fn served_with(change: impl FnOnce(&mut Doorstep)) -> Served {
    let city = Scripted::default();
    let mut step = Doorstep::loopback();
    change(&mut step);
    let door = Door::open(city.clone(), step).await.expect("loopback has free ports");
    let (url, metrics) = (door.url(), door.metrics_url());
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(door.serve(async {
        let _ = stopped.await;
    }));
    let client = reqwest::Client::builder().no_zstd().no_proxy().build().unwrap();
    Served {
        city,
        url,
        metrics,
        client,
        stop: Some(stop),
        served,
    }
}

impl Served {
    /// A call with both headers.
    pub(crate) fn call(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.bare(method, path)
            .header("Quartierbuch-Protocol", "1")
            .bearer_auth(TOKEN)
    }

    /// A call without them.
    pub(crate) fn bare(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    pub(crate) fn push(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.call("POST", "/v1/push")
            .header("Content-Type", "application/json")
            .body(body)
    }

    /// What `/metrics` shows.
    pub(crate) async fn figures(&self) -> String {
        let shown = self.client.get(&self.metrics).send().await.unwrap();
        shown.text().await.unwrap()
    }

    /// Asks the city to close.
    pub(crate) fn close(&mut self) {
        let _ = self.stop.take().expect("a city is closed once").send(());
    }

    /// Returns when the city has closed.
    pub(crate) async fn closed(self) {
        self.served.await.unwrap().unwrap();
    }
}

/// Asserts that an answer is a problem of this status and code, all of it, and gives it back.
pub(crate) async fn problem(answer: reqwest::Response, status: u16, code: ProblemCode) -> Problem {
    let named = answer
        .headers()
        .get("content-type")
        .map(|v| v.to_str().unwrap().to_owned());
    let retry = answer
        .headers()
        .get("retry-after")
        .map(|v| v.to_str().unwrap().parse::<u64>().unwrap());
    let (got, url) = (answer.status().as_u16(), answer.url().clone());
    let text = answer.text().await.unwrap();
    assert_eq!(
        named.as_deref(),
        Some("application/problem+json"),
        "{url} answered {got}: {text}"
    );
    let problem: Problem = serde_json::from_str(&text).unwrap();
    assert_eq!((got, problem.code), (status, code), "{url}: {text}");
    assert_eq!(problem.status, status, "status line and document say the same");
    assert_eq!(problem.kind, format!("urn:quartierbuch:problem:{}", code.as_str()));
    assert_eq!(problem.retry_after, retry, "header and document say the same");
    problem
}
