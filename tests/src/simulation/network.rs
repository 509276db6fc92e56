//! The line between one device and the city: it loses, doubles, delays and reorders what is said.

use super::{
    city::City,
    journal::Journal,
    weather::{Fate, Weather},
};
use ::city::Caller;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicUsize, Ordering},
};
use sync::Door;
use tokio::task::yield_now;
use wire::{
    Backend, BlobHeld, BlobPiece, BlobPlace, Changed, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen,
    EnrolAnswer, EnrolRequest, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure, ForgottenAnswer,
    ForgottenQuery, Me, ProblemCode, PushAnswer, PushRequest, Token, VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// Where the city of a history is said to listen.
pub const URL: &str = "http://127.0.0.1:1";

/// The wire of one device: its weather, and the onlooker at its end.
pub struct Wire {
    device: usize,
    person: usize,
    weather: Mutex<Weather>,
    journal: Arc<Journal>,
    busy: AtomicUsize,
}

impl Wire {
    /// A wire in fair weather.
    pub fn new(device: usize, person: usize, journal: &Arc<Journal>) -> Self {
        Self {
            device,
            person,
            weather: Mutex::default(),
            journal: Arc::clone(journal),
            busy: AtomicUsize::new(0),
        }
    }

    /// The weather.
    pub fn weather(&self) -> MutexGuard<'_, Weather> {
        self.weather.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The city works on something that came over this wire.
    pub fn is_busy(&self) -> bool {
        self.busy.load(Ordering::SeqCst) > 0
    }
}

/// A city at the end of a wire.
#[derive(Clone)]
pub struct Line {
    city: City,
    token: Option<Token>,
    wire: Arc<Wire>,
}

#[derive(Debug, thiserror::Error)]
#[error("cut by the simulation")]
struct Cut;

fn cut<T>() -> Result<T, Failure> {
    Err(Failure::Offline(Box::new(Cut)))
}

impl Line {
    /// A line without a token yet.
    pub fn new(city: &City, wire: Arc<Wire>) -> Self {
        Self {
            city: city.clone(),
            token: None,
            wire,
        }
    }

    /// The wire.
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// What its caller has given up arrives now, and nobody waits for the answer.
    pub async fn deliver_late(&self) {
        let Some((token, request)) = self.wire.weather().late.pop_front() else {
            return;
        };
        let late = Self { token, ..self.clone() };
        let _ = late.arrives(late.pushing(request)).await;
    }

    /// The city works on a call by itself, whatever becomes of the caller.
    async fn arrives<T, F>(&self, call: impl FnOnce(Caller) -> F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let working = call(self.city.service().caller(self.token.clone()));
        let wire = Arc::clone(&self.wire);
        wire.busy.fetch_add(1, Ordering::SeqCst);
        let answer = tokio::spawn(async move {
            let answer = working.await;
            wire.busy.fetch_sub(1, Ordering::SeqCst);
            answer
        });
        answer.await.unwrap_or_else(|_| Err(ProblemCode::Unavailable.into()))
    }

    async fn through<T, F>(&self, name: &'static str, call: impl Fn(Caller) -> F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        // Two points at which a device may be killed: the call is under way, the answer is.
        yield_now().await;
        let fate = {
            let mut seen = self.wire.journal.seen();
            self.wire.weather().next(name, &mut seen.counters)
        };
        let answer = match fate {
            Fate::Lost => return cut(),
            Fate::Late => {
                self.wire.weather().gave_up = true;
                return cut();
            }
            Fate::Problem(code) => return Err(code.into()),
            Fate::Twice => {
                let _ = self.arrives(&call).await;
                self.arrives(&call).await
            }
            Fate::Through | Fate::AnswerLost | Fate::Slow(_) => self.arrives(&call).await,
        };
        if let Fate::Slow(steps) = fate {
            for _ in 0..steps {
                yield_now().await;
            }
        }
        yield_now().await;
        if fate == Fate::AnswerLost { cut() } else { answer }
    }

    /// A push, and what the onlooker makes of the answer.
    fn pushing<'a>(
        &self,
        request: PushRequest,
    ) -> impl Fn(Caller) -> std::pin::Pin<Box<dyn Future<Output = Result<PushAnswer, Failure>> + Send>> + use<'a> {
        let (journal, person) = (Arc::clone(&self.wire.journal), self.wire.person);
        move |caller| {
            let (journal, request) = (Arc::clone(&journal), request.clone());
            Box::pin(async move {
                let answer = caller.push(request.clone()).await;
                journal.pushed(person, &request, &answer);
                answer
            })
        }
    }
}

impl Backend for Line {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        let call = |caller: Caller| {
            let request = request.clone();
            async move { caller.enrol(request).await }
        };
        self.through("enrol", call).await
    }

    async fn me(&self) -> Result<Me, Failure> {
        self.through("me", |caller| async move { caller.me().await }).await
    }

    async fn push(&self, request: PushRequest) -> Result<PushAnswer, Failure> {
        let answer = self.through("push", self.pushing(request.clone())).await;
        let mut weather = self.wire.weather();
        if std::mem::take(&mut weather.gave_up) {
            weather.late.push_back((self.token.clone(), request));
        }
        answer
    }

    async fn changes(&self, mut query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        let (most, strange) = {
            let mut weather = self.wire.weather();
            let often = weather.strange;
            (weather.page, weather.chance.below(1_000) < often)
        };
        query.limit = Some(query.limit.unwrap_or(most).min(most));
        let (device, person) = (self.wire.device, self.wire.person);
        let call = |caller: Caller| {
            let (query, journal) = (query.clone(), Arc::clone(&self.wire.journal));
            async move {
                let answer = caller.changes(query).await;
                journal.paged(device, person, &answer);
                answer
            }
        };
        let mut page = self.through("changes", call).await?;
        let spoils =
            |changed: &&mut Changed| matches!(changed, Changed::Record(head) if !head.envelope.kind.is_catalogue());
        if strange && let Some(changed) = page.changes.iter_mut().find(spoils) {
            // As a client does that cannot read what a newer city wrote.
            let Changed::Record(head) = changed else {
                return Ok(page);
            };
            *changed = Changed::Unreadable {
                id: Some(head.envelope.id),
            };
            self.wire.weather().spoilt = true;
            self.wire
                .journal
                .seen()
                .counters
                .note("fault: an entry nobody here can read");
        }
        Ok(page)
    }

    async fn wait(&self, cursor: Cursor) -> Result<WaitAnswer, Failure> {
        let call = |caller: Caller| {
            let cursor = cursor.clone();
            async move { caller.wait(cursor).await }
        };
        self.through("wait", call).await
    }

    async fn report_state(&self, report: DeviceReport) -> Result<(), Failure> {
        let call = |caller: Caller| {
            let report = report.clone();
            async move { caller.report_state(report).await }
        };
        self.through("report", call).await
    }

    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        self.through("devices", |caller| async move { caller.devices().await })
            .await
    }

    async fn verify(&self, query: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        let call = |caller: Caller| {
            let query = query.clone();
            async move { caller.verify(query).await }
        };
        self.through("verify", call).await
    }

    async fn erase(&self, request: ErasureRequest) -> Result<ErasureTaken, Failure> {
        let call = |caller: Caller| {
            let request = request.clone();
            async move { caller.erase(request).await }
        };
        self.through("erase", call).await
    }

    async fn erasure(&self, id: ErasureId) -> Result<ErasureStatus, Failure> {
        self.through("erasure", |caller| async move { caller.erasure(id).await })
            .await
    }

    async fn forgotten(&self, query: ForgottenQuery) -> Result<ForgottenAnswer, Failure> {
        let call = |caller: Caller| {
            let query = query.clone();
            async move { caller.forgotten(query).await }
        };
        self.through("forgotten", call).await
    }

    async fn blob_held(&self, place: BlobPlace) -> Result<BlobHeld, Failure> {
        let call = |caller: Caller| {
            let place = place.clone();
            async move { caller.blob_held(place).await }
        };
        self.through("blob_held", call).await
    }

    async fn put_blob(&self, place: BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
        let call = |caller: Caller| {
            let (place, piece) = (place.clone(), piece.clone());
            async move { caller.put_blob(place, piece).await }
        };
        self.through("put_blob", call).await
    }

    async fn blob(&self, place: BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
        let call = |caller: Caller| {
            let place = place.clone();
            async move { caller.blob(place, from).await }
        };
        self.through("blob", call).await
    }
}

impl Door for Line {
    fn url(&self) -> String {
        URL.to_owned()
    }
    fn with_token(&self, token: Token) -> Self {
        Self {
            token: Some(token),
            ..self.clone()
        }
    }
}
