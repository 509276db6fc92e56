//! Time and randomness, passed in.

use domain::{At, DeviceId, MutationId};
use uuid::Uuid;
use wire::Token;

/// Where a round takes time and randomness from; a test passes its own.
///
/// A clone draws from the same source, because pages are applied on a thread of their own.
pub trait Source: Clone + Send + Sync + 'static {
    /// Now, by this device's clock. Shown to people, never decides.
    fn now(&self) -> At;
    /// Fills the bytes with randomness.
    fn fill(&self, bytes: &mut [u8]);

    /// A new change's id.
    fn mutation_id(&self) -> MutationId {
        MutationId(self.uuid())
    }
    /// A new device's id.
    fn device_id(&self) -> DeviceId {
        DeviceId(self.uuid())
    }
    /// A new device's secret.
    fn token(&self) -> Token {
        use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        Token(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
    /// A UUIDv7 of now.
    fn uuid(&self) -> Uuid {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        let millis = u64::try_from(self.now().millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
    /// Evenly spread over 0.0 to 1.0.
    fn chance(&self) -> f64 {
        let mut bytes = [0; 4];
        self.fill(&mut bytes);
        f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
    }
}

/// The machine's clock and the system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine;

impl Source for Machine {
    fn now(&self) -> At {
        chrono::Utc::now().into()
    }
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("an operating system without randomness cannot run anything here");
    }
}
