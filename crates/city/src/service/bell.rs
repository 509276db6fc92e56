//! Tells those who wait that something was written.

use crate::ledger::{Key, Ring};
use domain::DeviceId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, time::Instant};

/// One for each instance: whoever waits is woken by it and decides in memory whether it concerns them.
pub(crate) struct Bell {
    strokes: watch::Sender<u64>,
    heard: Mutex<Heard>,
}

#[derive(Default)]
struct Heard {
    /// At which stroke something was last written under a key, and at which place in the feed.
    keys: HashMap<Key, (u64, u64)>,
    /// At which stroke anything may have been written, people and devices included.
    anything: u64,
    /// When a device was last told of something.
    told: HashMap<DeviceId, Instant>,
}

/// A device is told of something at most once in this time.
const PACE: Duration = Duration::from_secs(1);

/// What a stroke meant for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Nothing that concerns them.
    Nothing,
    /// A record under one of their keys.
    Record,
    /// Perhaps their rights; look.
    Anything,
}

impl Default for Bell {
    fn default() -> Self {
        Self {
            strokes: watch::Sender::new(0),
            heard: Mutex::default(),
        }
    }
}

impl Bell {
    /// Something was written, up to this place in the feed.
    pub(crate) fn ring(&self, ring: Ring, seq: u64) {
        let mut heard = self.heard();
        let stroke = *self.strokes.borrow() + 1;
        match ring {
            Ring::Nobody => return,
            Ring::Keys(keys) => heard.keys.extend(keys.into_iter().map(|key| (key, (stroke, seq)))),
            Ring::All => heard.anything = stroke,
        }
        self.strokes.send_replace(stroke);
    }

    /// Whether somebody waits.
    pub(super) fn is_awaited(&self) -> bool {
        self.strokes.receiver_count() > 0
    }

    pub(super) fn listen(&self) -> watch::Receiver<u64> {
        self.strokes.subscribe()
    }

    /// What the strokes after `since` mean for somebody with these keys whose cursor has come to `reached`. A stroke may
    /// be late, and of something that a pull has brought already.
    pub(super) fn since(&self, since: u64, keys: &[Key], reached: u64) -> Stroke {
        let heard = self.heard();
        if heard.anything > since {
            Stroke::Anything
        } else if keys.iter().any(|key| {
            let last = heard.keys.get(key);
            last.is_some_and(|(stroke, seq)| *stroke > since && *seq > reached)
        }) {
            Stroke::Record
        } else {
            Stroke::Nothing
        }
    }

    /// How long a device has to wait before it is told again; `chance` spreads those who wait for the same.
    pub(super) fn pace(&self, device: DeviceId, chance: u8) -> Duration {
        let mut heard = self.heard();
        let now = Instant::now();
        let wait = match heard.told.get(&device) {
            Some(told) if *told + PACE > now => (*told + PACE - now) + Duration::from_millis(chance.into()),
            _ => Duration::ZERO,
        };
        heard.told.insert(device, now + wait);
        wait
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
