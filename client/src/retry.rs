//! How often something is tried, and when the next attempt begins.

use std::time::Duration;

use crate::stop::Stop;
use crate::wire::Settings;
use crate::{Error, Result};

/// How patient a client is with its hub.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For the connection.
    pub connect: Duration,
    /// From the request to the head of the answer.
    pub answer: Duration,
    /// Between two pieces of an answer.
    pub silence: Duration,
    /// How often one thing is tried before it counts as failed.
    pub attempts: u32,
    /// The wait before the second attempt; it doubles with every further one.
    pub least: Duration,
    /// The longest wait, that which the hub asks for included.
    pub most: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            silence: Duration::from_secs(30),
            attempts: 7,
            least: Duration::from_millis(500),
            most: Duration::from_secs(120),
        }
    }
}

/// Chance of the waits (SplitMix64): the same seed gives the same ones, and two clients do not come back together.
#[derive(Debug, Clone)]
struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

/// Decides about the next attempt.
#[derive(Debug, Clone)]
pub(crate) struct Retry {
    patience: Patience,
    chance: Chance,
    stop: Stop,
}

impl Retry {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            patience: settings.patience.clone(),
            chance: Chance(settings.seed),
            stop: settings.stop.clone(),
        }
    }

    /// Waits for the next attempt at a thing that `failed` so often; gives the error back when it will not pass or was met too often.
    pub(crate) async fn after(&mut self, failed: &mut u32, error: Error) -> Result<()> {
        *failed += 1;
        if !error.may_pass() || *failed >= self.patience.attempts {
            return Err(error);
        }
        let pause = self.pause(*failed, error.wait());
        tracing::warn!(%error, attempt = failed, pause_ms = pause.as_millis(), "asking again");
        self.stop.or(tokio::time::sleep(pause)).await
    }

    /// Half of a time that doubles, and a part of the other half by chance; no less than the hub asks for.
    pub(crate) fn pause(&mut self, failed: u32, wanted: Option<Duration>) -> Duration {
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        let whole = self.patience.least.saturating_mul(doubled);
        let half = whole.min(self.patience.most) / 2;
        let span = u64::try_from(half.as_millis()).unwrap_or(u64::MAX);
        let own = half + Duration::from_millis(self.chance.draw() % span.saturating_add(1));
        own.max(wanted.unwrap_or_default()).min(self.patience.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Address;

    #[test]
    fn waits_double_differ_by_chance_and_heed_the_hub() {
        let mut settings = Settings::new(Address::parse("http://127.0.0.1").unwrap());
        settings.patience.least = Duration::from_secs(1);
        settings.patience.most = Duration::from_secs(60);
        let mut retry = Retry::new(&settings);
        let mut seen = std::collections::BTreeSet::new();
        for (failed, whole) in [(1, 1), (2, 2), (3, 4), (7, 60), (u32::MAX, 60)] {
            let whole = Duration::from_secs(whole);
            for _ in 0..50 {
                let pause = retry.pause(failed, None);
                assert!(whole / 2 <= pause && pause <= whole, "{failed}: {pause:?}");
                seen.insert(pause);
            }
            assert!(retry.pause(failed, Some(Duration::from_secs(50))) >= Duration::from_secs(50));
            assert_eq!(
                retry.pause(failed, Some(Duration::from_secs(4_000))),
                Duration::from_secs(60)
            );
        }
        assert!(seen.len() > 100, "{seen:?}");
    }
}
