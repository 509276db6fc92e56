//! A network as it is: it cuts before and after the city applied a call, repeats calls, and delivers old ones late.

use crate::dice::Dice;
use chrono::TimeDelta;
use city::{Caller, Service};
use domain::RecordId;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use sync::{Door, Source};
use wire::{
    Backend, BlobHeld, BlobPiece, BlobPlace, Changed, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen,
    EnrolAnswer, EnrolRequest, Epoch, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure, ForgottenAnswer,
    ForgottenQuery, Me, ProblemCode, PushAnswer, PushRequest, Token, VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// What happens to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It goes through.
    None,
    /// It never reaches the city.
    Before,
    /// The city applies it, and the answer is lost.
    After,
    /// It arrives twice; the second answer counts.
    Twice,
    /// Just before it, an old push arrives once more.
    Late,
    /// The city answers with this problem.
    Problem(ProblemCode),
    /// The city asks to be left alone for so many seconds.
    Busy(u64),
}

#[derive(Default)]
struct Weather {
    planned: VecDeque<Fault>,
    chance: Option<(Dice, f64)>,
    sent: VecDeque<PushRequest>,
    down: bool,
    calls: Vec<&'static str>,
    spoilt: Option<RecordId>,
    during: Option<During>,
    later: TimeDelta,
}

/// What a person does while a call of this name is under way.
type During = (&'static str, Box<dyn FnOnce() + Send>);

/// A city behind such a network.
#[derive(Clone)]
pub(crate) struct Faulty {
    service: Service,
    inner: Caller,
    weather: Arc<Mutex<Weather>>,
    epoch: Option<Epoch>,
}

#[derive(Debug, thiserror::Error)]
#[error("cut by the test")]
struct Cut;

fn cut() -> Failure {
    Failure::Offline(Box::new(Cut))
}

impl Faulty {
    pub(crate) fn new(service: &Service) -> Self {
        Self {
            service: service.clone(),
            inner: service.caller(None),
            weather: Arc::default(),
            epoch: None,
        }
    }

    /// The same network before a city that was restored: it says another epoch, and takes no push of an earlier one.
    pub(crate) fn restored(service: &Service, epoch: &str) -> Self {
        Self {
            epoch: Some(Epoch(epoch.to_owned())),
            ..Self::new(service)
        }
    }

    /// The next calls meet these faults, one each.
    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.weather().planned.extend(faults);
    }

    /// From now on a call meets a fault with this probability; 0 ends it.
    pub(crate) fn storm(&self, dice: Dice, probability: f64) {
        self.weather().chance = Some((dice, probability));
    }

    /// Nothing gets through, or everything again.
    pub(crate) fn set_down(&self, down: bool) {
        self.weather().down = down;
    }

    /// This record arrives as a newer city would write it.
    pub(crate) fn spoil(&self, id: RecordId) {
        self.weather().spoilt = Some(id);
    }

    /// By the city's clock it is so much later now.
    pub(crate) fn set_later(&self, time: TimeDelta) {
        self.weather().later = time;
    }

    /// While the next call of this name is under way, a person does this.
    pub(crate) fn during(&self, call: &'static str, act: impl FnOnce() + Send + 'static) {
        self.weather().during = Some((call, Box::new(act)));
    }

    /// The calls made since the last time.
    pub(crate) fn take_calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.weather().calls)
    }

    fn weather(&self) -> std::sync::MutexGuard<'_, Weather> {
        self.weather.lock().expect("no test panics while it holds the weather")
    }

    fn next(&self, call: &'static str) -> Fault {
        let mut weather = self.weather();
        weather.calls.push(call);
        if weather.down {
            return Fault::Before;
        }
        if let Some(planned) = weather.planned.pop_front() {
            return planned;
        }
        match &weather.chance {
            Some((dice, probability)) if dice.chance() < *probability => {
                [Fault::Before, Fault::After, Fault::Twice, Fault::Late][dice.below(4)]
            }
            _ => Fault::None,
        }
    }

    async fn through<T, F: Future<Output = Result<T, Failure>>>(
        &self,
        name: &'static str,
        call: impl Fn() -> F,
    ) -> Result<T, Failure> {
        // Two points at which a device may be killed: the call is under way, the answer is.
        tokio::task::yield_now().await;
        let act = self.weather().during.take_if(|(call, _)| *call == name);
        if let Some((_, act)) = act {
            act();
        }
        let fault = self.next(name);
        let answer = match fault {
            Fault::Before => return Err(cut()),
            Fault::Problem(code) => return Err(code.into()),
            Fault::Busy(seconds) => {
                let mut problem = ProblemCode::Unavailable.problem();
                problem.retry_after = Some(seconds);
                return Err(Failure::Problem(Box::new(problem)));
            }
            Fault::None | Fault::After => call().await,
            Fault::Twice => {
                let _ = call().await;
                call().await
            }
            Fault::Late => {
                let old = self.weather().sent.front().cloned();
                if let Some(old) = old {
                    let _ = self.inner.push(old).await;
                }
                call().await
            }
        };
        tokio::task::yield_now().await;
        if fault == Fault::After { Err(cut()) } else { answer }
    }
}

impl Backend for Faulty {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        self.through("enrol", || self.inner.enrol(request.clone())).await
    }
    async fn me(&self) -> Result<Me, Failure> {
        let mut me = self.through("me", || self.inner.me()).await?;
        if let Some(epoch) = &self.epoch {
            me.epoch.clone_from(epoch);
        }
        let later = self.weather().later;
        me.now = me.now.map(|now| (now.utc() + later).into());
        Ok(me)
    }
    async fn push(&self, mut request: PushRequest) -> Result<PushAnswer, Failure> {
        if let Some(epoch) = &self.epoch {
            if request.epoch != *epoch {
                return Err(ProblemCode::NewEpoch.into());
            }
            // The ledger behind is a plain copy, which knows itself by its first epoch.
            request.epoch = self.inner.me().await?.epoch;
        }
        let answer = self.through("push", || self.inner.push(request.clone())).await;
        let mut weather = self.weather();
        if weather.chance.is_some() {
            weather.sent.push_back(request);
            if weather.sent.len() > 4 {
                weather.sent.pop_front();
            }
        }
        answer
    }
    async fn changes(&self, query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        let mut page = self.through("changes", || self.inner.changes(query.clone())).await?;
        if let Some(spoilt) = self.weather().spoilt {
            for changed in &mut page.changes {
                if matches!(changed, Changed::Record(head) if head.envelope.id == spoilt) {
                    *changed = Changed::Unreadable { id: Some(spoilt) };
                }
            }
        }
        Ok(page)
    }
    async fn wait(&self, cursor: Cursor) -> Result<WaitAnswer, Failure> {
        self.through("wait", || self.inner.wait(cursor.clone())).await
    }
    async fn report_state(&self, report: DeviceReport) -> Result<(), Failure> {
        self.through("report_state", || self.inner.report_state(report.clone()))
            .await
    }
    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        self.through("devices", || self.inner.devices()).await
    }
    async fn verify(&self, query: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        self.through("verify", || self.inner.verify(query.clone())).await
    }
    async fn erase(&self, request: ErasureRequest) -> Result<ErasureTaken, Failure> {
        self.through("erase", || self.inner.erase(request.clone())).await
    }
    async fn erasure(&self, id: ErasureId) -> Result<ErasureStatus, Failure> {
        self.through("erasure", || self.inner.erasure(id)).await
    }
    async fn forgotten(&self, query: ForgottenQuery) -> Result<ForgottenAnswer, Failure> {
        self.through("forgotten", || self.inner.forgotten(query.clone())).await
    }
    async fn blob_held(&self, place: BlobPlace) -> Result<BlobHeld, Failure> {
        self.through("blob_held", || self.inner.blob_held(place.clone())).await
    }
    async fn put_blob(&self, place: BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
        self.through("put_blob", || self.inner.put_blob(place.clone(), piece.clone()))
            .await
    }
    async fn blob(&self, place: BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
        self.through("blob", || self.inner.blob(place.clone(), from)).await
    }
}

impl Door for Faulty {
    fn url(&self) -> String {
        "http://127.0.0.1:1".into()
    }
    fn with_token(&self, token: Token) -> Self {
        Self {
            service: self.service.clone(),
            inner: self.service.caller(Some(token)),
            weather: Arc::clone(&self.weather),
            epoch: self.epoch.clone(),
        }
    }
}
