//! What an operator sets about webhooks, and how patient the hub is with receivers.

use std::path::PathBuf;
use std::time::Duration;

/// The settings of webhooks.
#[derive(Debug, Clone, Default)]
pub struct Webhooks {
    /// Networks that are not public and may be sent to all the same, such as `10.0.0.0/8`: `webhook_networks`.
    pub networks: Vec<String>,
    /// Certificate authorities in PEM that alone are trusted for receivers: `webhook_ca`.
    pub authorities: Option<PathBuf>,
    /// Bounds and waits.
    pub pace: Pace,
}

/// Bounds of batches and waits between attempts.
#[derive(Debug, Clone)]
pub struct Pace {
    /// Changes of one batch.
    pub changes: usize,
    /// Bytes of one batch. A single change that has more is sent alone.
    pub bytes: usize,
    /// What one attempt may take, from the look for the address to the status of the answer.
    pub attempt: Duration,
    /// Attempts before a batch becomes a dead letter.
    pub attempts: u32,
    /// The time from the first attempt after which it becomes one, too.
    pub age: Duration,
    /// The wait before the second attempt; it doubles with every further one.
    pub least: Duration,
    /// The longest wait, that which the receiver asks for included.
    pub most: Duration,
    /// How often the hub looks for news.
    pub look: Duration,
}

/// 200 changes and 512 KiB in a batch, 15 seconds for an attempt, 30 attempts within a day.
impl Default for Pace {
    fn default() -> Self {
        Self {
            changes: 200,
            bytes: 512 * 1024,
            attempt: Duration::from_secs(15),
            attempts: 30,
            age: Duration::from_secs(24 * 60 * 60),
            least: Duration::from_secs(5),
            most: Duration::from_secs(60 * 60),
            look: Duration::from_secs(1),
        }
    }
}
