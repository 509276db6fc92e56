//! A caller's face of the city: each call takes its turn at the ledger.

use super::{Service, blobs, changes, enrol, erase, forgotten, push, state, verify, wait};
use wire::{
    Backend, BlobHeld, BlobPiece, BlobPlace, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen,
    EnrolAnswer, EnrolRequest, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure, ForgottenAnswer,
    ForgottenQuery, Me, PushAnswer, PushRequest, Token, VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// Somebody who calls, by the token they hold.
#[derive(Clone)]
pub struct Caller {
    service: Service,
    token: Option<Token>,
}

impl Caller {
    pub(super) fn new(service: Service, token: Option<Token>) -> Self {
        Self { service, token }
    }
}

impl Backend for Caller {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        self.service
            .write(move |service, writing| enrol::enrol(service, writing, &request))
            .await
    }

    async fn me(&self) -> Result<Me, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .glance(move |reading| state::me(reading, token.as_ref(), now))
            .await
    }

    async fn push(&self, request: PushRequest) -> Result<PushAnswer, Failure> {
        let token = self.token.clone();
        let epoch = request.epoch.clone();
        let formed = tokio::task::spawn_blocking(move || push::formed(request)).await;
        let formed = formed
            .map_err(|_| wire::ProblemCode::Unavailable)?
            .map_err(super::Stop::into_failure)?;
        self.service
            .write_beside(formed.len(), move |service, writing| {
                push::push(service, writing, token.as_ref(), &epoch, &formed)
            })
            .await
    }

    async fn changes(&self, query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| changes::changes(reading, token.as_ref(), &query, now))
            .await
    }

    async fn wait(&self, cursor: Cursor) -> Result<WaitAnswer, Failure> {
        wait::wait(&self.service, self.token.clone(), cursor).await
    }

    async fn report_state(&self, report: DeviceReport) -> Result<(), Failure> {
        let token = self.token.clone();
        self.service
            .write_beside(1, move |service, writing| {
                state::report(service, writing, token.as_ref(), &report)
            })
            .await
    }

    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| state::devices(reading, token.as_ref(), now))
            .await
    }

    async fn verify(&self, query: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| verify::verify(reading, token.as_ref(), &query, now))
            .await
    }

    async fn erase(&self, request: ErasureRequest) -> Result<ErasureTaken, Failure> {
        let token = self.token.clone();
        let taken = self
            .service
            .write(move |service, writing| erase::erase(service, writing, token.as_ref(), request));
        let taken = taken.await?;
        self.service.destroy_dropped().await?;
        self.service.scrub().await?;
        Ok(taken)
    }

    async fn erasure(&self, id: ErasureId) -> Result<ErasureStatus, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| erase::status(reading, token.as_ref(), id, now))
            .await
    }

    async fn forgotten(&self, query: ForgottenQuery) -> Result<ForgottenAnswer, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| forgotten::forgotten(reading, token.as_ref(), &query, now))
            .await
    }

    async fn blob_held(&self, place: BlobPlace) -> Result<BlobHeld, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| blobs::held(reading, token.as_ref(), &place, now))
            .await
    }

    async fn put_blob(&self, place: BlobPlace, piece: BlobPiece) -> Result<BlobHeld, Failure> {
        blobs::put(&self.service, self.token.clone(), place, piece).await
    }

    async fn blob(&self, place: BlobPlace, from: u64) -> Result<BlobPiece, Failure> {
        let (token, now) = (self.token.clone(), self.service.world().now());
        self.service
            .read(move |reading| blobs::get(reading, token.as_ref(), &place, from, now))
            .await
    }
}
