//! The city's answers, without HTTP.

use crate::{Error, LedgerOptions, World};
use std::sync::Arc;
use wire::{
    Backend, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen, EnrolAnswer, EnrolRequest, ErasureId,
    ErasureRequest, ErasureStatus, ErasureTaken, Failure, Me, ProblemCode, PushAnswer, PushRequest, Token,
    VerifyAnswer, VerifyQuery, WaitAnswer,
};

/// The city behind its calls. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    world: Arc<dyn World>,
}

impl Service {
    /// Opens the ledger with the machine's clock. Blocks.
    ///
    /// # Errors
    /// When there is no city, or the ledger cannot be opened.
    pub fn open(options: &LedgerOptions) -> Result<Self, Error> {
        Self::open_in(options, Arc::new(crate::System))
    }

    /// Opens the ledger in a given world. Blocks.
    ///
    /// # Errors
    /// When there is no city, or the ledger cannot be opened.
    pub fn open_in(options: &LedgerOptions, world: Arc<dyn World>) -> Result<Self, Error> {
        let _ = options;
        Ok(Self { world })
    }

    /// Whoever holds this token; without one, only enrolment is answered.
    pub fn caller(&self, token: Option<Token>) -> Caller {
        Caller {
            service: self.clone(),
            token,
        }
    }

    /// Whether the ledger answers: `/readyz`.
    ///
    /// # Errors
    /// `unavailable` when it does not.
    pub async fn ready(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// What a running city does by itself, until it is dropped: looks for other processes' writes, empties the trash,
    /// notes its position in the forget log. One for each instance.
    pub async fn tend(&self) {
        let _ = self.world.now();
        std::future::pending::<()>().await;
    }
}

/// Somebody who calls, by the token they hold.
#[derive(Clone)]
pub struct Caller {
    service: Service,
    token: Option<Token>,
}

fn early<T>() -> Result<T, Failure> {
    Err(ProblemCode::Unavailable.into())
}

impl Backend for Caller {
    async fn enrol(&self, request: EnrolRequest) -> Result<EnrolAnswer, Failure> {
        let _ = (request, &self.service, &self.token);
        early()
    }
    async fn me(&self) -> Result<Me, Failure> {
        early()
    }
    async fn push(&self, request: PushRequest) -> Result<PushAnswer, Failure> {
        let _ = request;
        early()
    }
    async fn changes(&self, query: ChangesQuery) -> Result<ChangesAnswer, Failure> {
        let _ = query;
        early()
    }
    async fn wait(&self, cursor: Cursor) -> Result<WaitAnswer, Failure> {
        let _ = cursor;
        early()
    }
    async fn report_state(&self, report: DeviceReport) -> Result<(), Failure> {
        let _ = report;
        early()
    }
    async fn devices(&self) -> Result<Vec<DeviceSeen>, Failure> {
        early()
    }
    async fn verify(&self, query: VerifyQuery) -> Result<VerifyAnswer, Failure> {
        let _ = query;
        early()
    }
    async fn erase(&self, request: ErasureRequest) -> Result<ErasureTaken, Failure> {
        let _ = request;
        early()
    }
    async fn erasure(&self, id: ErasureId) -> Result<ErasureStatus, Failure> {
        let _ = id;
        early()
    }
}
