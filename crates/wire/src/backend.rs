//! The city as a device sees it.

use crate::{
    BlobHeld, BlobPiece, BlobPlace, ChangesAnswer, ChangesQuery, Cursor, DeviceReport, DeviceSeen, EnrolAnswer,
    EnrolRequest, ErasureId, ErasureRequest, ErasureStatus, ErasureTaken, Failure, ForgottenAnswer, ForgottenQuery, Me,
    PushAnswer, PushRequest, VerifyAnswer, VerifyQuery, WaitAnswer,
};
use std::future::Future;

/// One definition for all ends: HTTP client, service, faulty network.
///
/// A value stands for the city *and* the caller's token; only [`Backend::enrol`] works without one. Every call may be
/// cut before, during or after the city applied it, and repeated: the effect is that of one.
pub trait Backend: Send + Sync {
    /// Makes this device known with an invitation's code. Repeating with the same code, id and token succeeds.
    fn enrol(&self, request: EnrolRequest) -> impl Future<Output = Result<EnrolAnswer, Failure>> + Send;

    /// Who calls, and what they may see now.
    fn me(&self) -> impl Future<Output = Result<Me, Failure>> + Send;

    /// Offers changes; each is answered for itself, in the order sent.
    fn push(&self, request: PushRequest) -> impl Future<Output = Result<PushAnswer, Failure>> + Send;

    /// One page of what changed after the cursor, within today's scope.
    fn changes(&self, query: ChangesQuery) -> impl Future<Output = Result<ChangesAnswer, Failure>> + Send;

    /// Returns when there is something after the cursor, or after [`crate::MAX_WAIT_SECONDS`].
    fn wait(&self, cursor: Cursor) -> impl Future<Output = Result<WaitAnswer, Failure>> + Send;

    /// Tells the city how far this device is. No record, wakes nobody.
    fn report_state(&self, report: DeviceReport) -> impl Future<Output = Result<(), Failure>> + Send;

    /// The devices a lead or admin may see.
    fn devices(&self) -> impl Future<Output = Result<Vec<DeviceSeen>, Failure>> + Send;

    /// Count and digest of a slice, to compare with the device's own.
    fn verify(&self, query: VerifyQuery) -> impl Future<Output = Result<VerifyAnswer, Failure>> + Send;

    /// Forgets records, or fields of records, of the own organisation.
    fn erase(&self, request: ErasureRequest) -> impl Future<Output = Result<ErasureTaken, Failure>> + Send;

    /// How many devices have confirmed a forgetting.
    fn erasure(&self, id: ErasureId) -> impl Future<Output = Result<ErasureStatus, Failure>> + Send;

    /// What was forgotten of records that this device holds words of and may see no more.
    fn forgotten(&self, query: ForgottenQuery) -> impl Future<Output = Result<ForgottenAnswer, Failure>> + Send;

    /// How much of an attachment the city holds. [`crate::ProblemCode::NotFound`] unless the caller may read the record
    /// and its newest state names the attachment.
    fn blob_held(&self, place: BlobPlace) -> impl Future<Output = Result<BlobHeld, Failure>> + Send;

    /// Brings the next piece of an attachment, and answers what is held then. A piece that does not begin where the held
    /// bytes end changes nothing: the answer says where to go on. With the last one the hash is checked: if it is another,
    /// everything held is thrown away, and the answer is [`crate::ProblemCode::Invalid`].
    fn put_blob(&self, place: BlobPlace, piece: BlobPiece) -> impl Future<Output = Result<BlobHeld, Failure>> + Send;

    /// Bytes of a complete attachment from a place on; how many, the city decides. [`crate::ProblemCode::NotFound`] while
    /// it is not complete, [`crate::ProblemCode::Invalid`] from behind its end.
    fn blob(&self, place: BlobPlace, from: u64) -> impl Future<Output = Result<BlobPiece, Failure>> + Send;
}
