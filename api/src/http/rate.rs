//! How much a reader may ask for in a minute: a bucket of cost for each payer.

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use actix_web::http::StatusCode;
use chrono::TimeDelta;
use entity::Clock;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::check::Price;
use super::refused::Refused;
use super::request::Payer;
use super::run::{Budget, Cost};

/// What a bucket refills in.
const WINDOW: Duration = Duration::from_secs(60);
/// Payers that are told apart. Beyond that, new ones share one bucket until old ones are forgotten.
const PAYERS: usize = 100_000;
/// The bucket of those payers.
const OTHERS: Payer = Payer::Address(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

type Buckets = RateLimiter<Payer, DefaultKeyedStateStore<Payer>, DefaultClock, StateInformationMiddleware>;

/// The buckets of all readers.
pub(super) struct Rate {
    buckets: Option<(NonZeroU32, Buckets)>,
    clock: Clock,
}

impl Rate {
    /// Buckets that hold so much; none lets everything through.
    pub(super) fn new(per_minute: Option<NonZeroU32>, clock: Clock) -> Self {
        let buckets = per_minute.map(|limit| {
            let limiter = RateLimiter::keyed(Quota::per_minute(limit));
            (limit, limiter.with_middleware::<StateInformationMiddleware>())
        });
        Self { buckets, clock }
    }

    /// Takes the price of an operation out of the bucket of its reader.
    pub(super) fn take(&self, payer: &Payer, price: Price) -> Result<Cost, Refused> {
        let wanted = u32::try_from(price.requested).unwrap_or(u32::MAX);
        let wanted = NonZeroU32::new(wanted).unwrap_or(NonZeroU32::MIN);
        self.draw(payer, wanted, price)
    }

    /// Says what an operation would cost. That costs one, so that it cannot be asked for ever.
    pub(super) fn quote(&self, payer: &Payer, price: Price) -> Result<Cost, Refused> {
        self.draw(payer, NonZeroU32::MIN, price)
    }

    /// Forgets the payers whose buckets are full again.
    pub(super) fn forget(&self) {
        if let Some((_, buckets)) = &self.buckets {
            buckets.retain_recent();
            buckets.shrink_to_fit();
        }
    }

    fn draw(&self, payer: &Payer, wanted: NonZeroU32, price: Price) -> Result<Cost, Refused> {
        let mut cost = Cost {
            // Even what costs nothing is work to hear and to answer.
            requested: price.requested.max(1),
            budget: None,
            dearest: price.dearest,
        };
        let Some((limit, buckets)) = &self.buckets else {
            return Ok(cost);
        };
        let key = if buckets.len() < PAYERS { payer } else { &OTHERS };
        match buckets.check_key_n(key, wanted) {
            Ok(Ok(state)) => {
                cost.budget = Some(self.budget(*limit, state.remaining_burst_capacity()));
                Ok(cost)
            }
            Ok(Err(too_early)) => {
                let wait = too_early.wait_time_from(buckets.clock().now());
                // What is missing comes back evenly; so the wait tells what is there.
                let missing = share(*limit, wait).min(wanted.get());
                cost.budget = Some(self.budget(*limit, wanted.get() - missing));
                Err(refused(*limit, wait).with_cost(cost))
            }
            Err(_) => {
                cost.budget = Some(self.budget(*limit, limit.get()));
                let message = format!(
                    "the operation costs {wanted}, more than the {limit} of a whole minute: ask for less at once"
                );
                Err(Refused::http(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message).with_cost(cost))
            }
        }
    }

    fn budget(&self, limit: NonZeroU32, remaining: u32) -> Budget {
        let spent = limit.get().saturating_sub(remaining);
        let full_in = WINDOW.mul_f64(f64::from(spent) / f64::from(limit.get()));
        let full_at = self.clock.now() + TimeDelta::from_std(full_in).unwrap_or_default();
        Budget {
            limit: limit.get(),
            remaining,
            full_in,
            full_at,
        }
    }
}

/// What comes back into a bucket while one waits.
fn share(limit: NonZeroU32, wait: Duration) -> u32 {
    let back = f64::from(limit.get()) * wait.as_secs_f64() / WINDOW.as_secs_f64();
    // A number of a bucket of 32 bits; what lies outside is cut to it.
    back.ceil() as u32
}

fn refused(limit: NonZeroU32, wait: Duration) -> Refused {
    let seconds = wait.as_secs() + 1;
    let message = format!(
        "this reader has spent its {limit} of cost a minute: try again in {seconds} s, or ask for less at once"
    );
    Refused::http(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message).retry_after(wait)
}
