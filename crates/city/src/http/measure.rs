//! Figures for whoever runs the city: counts and times by route, never by person.

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::time::Duration;
use wire::{Outcome, PushAnswer};

/// What is counted.
pub(crate) struct Measure {
    registry: Registry,
    calls: Family<Call, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    changes: Family<Answered, Counter>,
    waiting: Gauge,
    carried: Family<Way, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Way {
    way: &'static str,
}

fn buckets() -> Histogram {
    Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 30.0])
}

impl Measure {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("city");
        let calls = Family::default();
        let seconds: Family<Route, Histogram, fn() -> Histogram> = Family::new_with_constructor(buckets);
        let changes = Family::default();
        let waiting = Gauge::default();
        let carried = Family::default();
        registry.register("calls", "Calls answered", calls.clone());
        registry.register("call_seconds", "Time until a call was answered", seconds.clone());
        registry.register("pushed_changes", "Changes answered in pushes", changes.clone());
        registry.register("waiting_devices", "Devices in a long poll", waiting.clone());
        registry.register(
            "attachment_bytes",
            "Bytes of attachments taken in and given out",
            carried.clone(),
        );
        Self {
            registry,
            calls,
            seconds,
            changes,
            waiting,
            carried,
        }
    }

    pub(crate) fn call(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.seconds
            .get_or_create(&Route { route: route.clone() })
            .observe(took.as_secs_f64());
        self.calls.get_or_create(&Call { method, route, status }).inc();
    }

    pub(crate) fn pushed(&self, answer: &PushAnswer) {
        for result in &answer.results {
            let outcome = match result.outcome {
                Outcome::Accepted { .. } => "accepted",
                Outcome::Stale { .. } => "stale",
                Outcome::Gone => "gone",
                Outcome::Refused { .. } => "refused",
            };
            self.changes.get_or_create(&Answered { outcome }).inc();
        }
    }

    /// Counts bytes of attachments, `in` or `out`.
    pub(crate) fn carried(&self, way: &'static str, bytes: u64) {
        self.carried.get_or_create(&Way { way }).inc_by(bytes);
    }

    /// Counts one waiting device until it is dropped, however its call ends.
    pub(crate) fn waiter(&self) -> impl Drop + use<> {
        struct Waiting(Gauge);
        impl Drop for Waiting {
            fn drop(&mut self) {
                self.0.dec();
            }
        }
        self.waiting.inc();
        Waiting(self.waiting.clone())
    }

    /// The figures as Prometheus reads them.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("writing into a string does not fail");
        text
    }
}
