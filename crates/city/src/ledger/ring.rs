//! What those who wait are told of a transaction.

use super::Key;
use std::collections::BTreeSet;

/// Whom a kept transaction concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ring {
    /// Nobody who waits.
    Nobody,
    /// Whoever follows one of these keys.
    Keys(BTreeSet<Key>),
    /// Perhaps everybody.
    All,
}

/// Who hears of kept transactions: whom they concern, and their newest place in the feed.
pub type Hear = Box<dyn Fn(Ring, u64) + Send + Sync>;
