//! When the next attempt begins: pace, backoff with jitter, and what `Retry-After` says.

use std::time::Duration;

use chrono::DateTime;
use tokio::time::{Instant, sleep_until};

/// No wait that the reader itself chooses is longer.
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);

/// Lets requests begin at most once in an interval.
#[derive(Debug)]
pub struct Pace {
    interval: Duration,
    next: Option<Instant>,
}

impl Pace {
    /// A pace whose first request may begin at once.
    pub fn new(interval: Duration) -> Self {
        Self { interval, next: None }
    }

    /// Waits for the next turn.
    pub async fn turn(&mut self) {
        if let Some(next) = self.next {
            sleep_until(next).await;
        }
        self.next = Instant::now().checked_add(self.interval);
    }
}

/// Chance of the jitter (SplitMix64): the same seed gives the same waits.
#[derive(Clone, Debug)]
pub struct Jitter(u64);

impl Jitter {
    /// The jitter of a seed.
    pub fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The wait after a failed attempt (the first is 1): doubled each time, at most a minute, and of that a part
    /// between half and all.
    pub fn backoff(&mut self, first: Duration, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let whole = first.saturating_mul(doubled).min(LONGEST_BACKOFF);
        let half = whole / 2;
        let milliseconds = u64::try_from(half.as_millis()).unwrap_or(u64::MAX);
        half + Duration::from_millis(self.draw() % milliseconds.saturating_add(1))
    }
}

/// Reads `Retry-After`: seconds, or an instant (RFC 9110). An instant is measured against the answer's own `Date`, so
/// that the clock of this machine does not matter; without that header it says nothing.
pub fn retry_after(value: &str, date: Option<&str>) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let instant = DateTime::parse_from_rfc2822(value).ok()?;
    let now = DateTime::parse_from_rfc2822(date?.trim()).ok()?;
    let seconds = instant.signed_duration_since(now).num_seconds();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_differ_by_chance() {
        let first = Duration::from_secs(1);
        let mut jitter = Jitter::from_seed(7);
        for (attempt, whole) in [(1, 1), (2, 2), (3, 4), (4, 8), (7, 60), (u32::MAX, 60)] {
            let whole = Duration::from_secs(whole);
            for _ in 0..50 {
                let wait = jitter.backoff(first, attempt);
                assert!(whole / 2 <= wait && wait <= whole, "{attempt}: {wait:?}");
            }
        }
        let waits = |seed| {
            let mut jitter = Jitter::from_seed(seed);
            [1, 2, 3].map(|attempt| jitter.backoff(first, attempt))
        };
        assert_eq!(waits(1), waits(1));
        assert_ne!(waits(1), waits(2));
        assert_eq!(jitter.backoff(Duration::ZERO, 3), Duration::ZERO);
    }

    #[test]
    fn retry_after_is_read() {
        let date = Some("Wed, 21 Oct 2026 07:28:00 GMT");
        for (value, date, seconds) in [
            ("120", None, Some(120)),
            (" 0 ", None, Some(0)),
            ("99999999999999999999999", None, Some(u64::MAX)),
            ("Wed, 21 Oct 2026 07:28:30 GMT", date, Some(30)),
            ("Wed, 21 Oct 2026 07:00:00 GMT", date, Some(0)),
            ("Wed, 21 Oct 2026 07:28:30 GMT", None, None),
            ("-1", date, None),
            ("soon", date, None),
            ("", date, None),
        ] {
            assert_eq!(
                retry_after(value, date),
                seconds.map(Duration::from_secs),
                "{value}"
            );
        }
    }

    #[tokio::test]
    async fn requests_keep_their_distance() {
        let distance = Duration::from_millis(20);
        let mut pace = Pace::new(distance);
        let begin = Instant::now();
        for turn in 0..4 {
            pace.turn().await;
            assert!(begin.elapsed() >= distance * turn);
        }
        // Time in which nothing was asked is not made up for.
        tokio::time::sleep(distance * 5).await;
        let late = Instant::now();
        pace.turn().await;
        pace.turn().await;
        assert!(late.elapsed() >= distance);
    }
}
