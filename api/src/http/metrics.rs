//! Figures about the door in the text format of Prometheus: no more of them than an operator looks at.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

/// The way that an operation came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum Way {
    /// One answer over HTTP.
    Http,
    /// An event stream.
    EventStream,
    /// A WebSocket.
    Socket,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    way: Way,
    code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct By {
    way: Way,
}

/// Where a checked document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(super) enum Found {
    /// It had passed before.
    Cache,
    /// It passed now.
    Check,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct From {
    found: Found,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Tried {
    webhook: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct To {
    webhook: String,
}

/// The figures.
pub(super) struct Metrics {
    registry: Registry,
    answers: Family<Answered, Counter>,
    documents: Family<From, Counter>,
    seconds: Histogram,
    cost: Histogram,
    open: Family<By, Gauge>,
    executing: Gauge,
    position: Gauge,
    webhook_attempts: Family<Tried, Counter>,
    webhook_changes: Family<To, Counter>,
}

/// Something that is counted until it is dropped.
pub(super) struct Open(Gauge);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(super) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("nqi"),
            answers: Family::default(),
            documents: Family::default(),
            // From a millisecond to sixteen seconds.
            seconds: Histogram::new(exponential_buckets(0.001, 2.0, 15)),
            // From one to the dearest operation that is let through.
            cost: Histogram::new(exponential_buckets(1.0, 4.0, 9)),
            open: Family::default(),
            executing: Gauge::default(),
            position: Gauge::default(),
            webhook_attempts: Family::default(),
            webhook_changes: Family::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let registry = &mut self.registry;
        registry.register(
            "answers",
            "Answers by the way they left and the code of their first error",
            self.answers.clone(),
        );
        registry.register(
            "documents",
            "Documents that passed the check, by whether they had passed before",
            self.documents.clone(),
        );
        let help = "Time from the whole request to its answer over HTTP";
        registry.register_with_unit("request", help, Unit::Seconds, self.seconds.clone());
        registry.register(
            "operation_cost",
            "Price of operations that passed the check",
            self.cost.clone(),
        );
        registry.register("connections", "Open sockets and event streams", self.open.clone());
        registry.register(
            "executions",
            "Operations that are being executed",
            self.executing.clone(),
        );
        registry.register(
            "feed_position",
            "Newest position of the change feed that was read",
            self.position.clone(),
        );
        registry.register(
            "webhook_attempts",
            "Attempts to deliver a batch by what became of it",
            self.webhook_attempts.clone(),
        );
        registry.register(
            "webhook_changes",
            "Changes that receivers took",
            self.webhook_changes.clone(),
        );
        self
    }

    /// An answer left.
    pub(super) fn answered(&self, way: Way, code: &str) {
        let code = code.to_owned();
        self.answers.get_or_create(&Answered { way, code }).inc();
    }

    /// A document passed the check.
    pub(super) fn passed(&self, found: Found) {
        self.documents.get_or_create(&From { found }).inc();
    }

    /// An answer over HTTP took so long.
    pub(super) fn took(&self, time: Duration) {
        self.seconds.observe(time.as_secs_f64());
    }

    /// An operation has this price.
    pub(super) fn priced(&self, price: u64) {
        // Prices are far below 2^53, from where on a float leaves numbers out.
        self.cost.observe(price as f64);
    }

    /// A connection opened.
    pub(super) fn opened(&self, way: Way) -> Open {
        let gauge = self.open.get_or_create_owned(&By { way });
        gauge.inc();
        Open(gauge)
    }

    /// An operation is executed.
    pub(super) fn executing(&self) -> Open {
        self.executing.inc();
        Open(self.executing.clone())
    }

    /// The feed stands at a position.
    pub(super) fn position(&self, position: i64) {
        self.position.set(position);
    }

    /// A receiver took so many changes.
    pub(super) fn delivered(&self, webhook: &str, changes: usize) {
        self.tried(webhook, "delivered");
        let webhook = webhook.to_owned();
        let changes = u64::try_from(changes).unwrap_or(u64::MAX);
        self.webhook_changes
            .get_or_create(&To { webhook })
            .inc_by(changes);
    }

    /// A batch was not taken: `failed`, `dead` or `stopped`.
    pub(super) fn undelivered(&self, webhook: &str, outcome: &'static str) {
        self.tried(webhook, outcome);
    }

    fn tried(&self, webhook: &str, outcome: &'static str) {
        let webhook = webhook.to_owned();
        self.webhook_attempts
            .get_or_create(&Tried { webhook, outcome })
            .inc();
    }

    /// All figures as text.
    pub(super) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
