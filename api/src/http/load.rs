//! How much is done at once. What does not fit is refused at once or within a second, so that no queue grows.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::limits::Limits;
use super::refused::Refused;

/// The turns of operations.
pub(super) struct Turns {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
    dear: Arc<Semaphore>,
    dear_from: u64,
    dear_at_once: u32,
    wait: Duration,
}

/// The right to execute, until it is dropped.
pub(super) struct Turn {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
    dear: Option<OwnedSemaphorePermit>,
}

impl Turn {
    /// Whether it is a turn among dear operations.
    pub(super) fn is_dear(&self) -> bool {
        self.dear.is_some()
    }
}

impl Turns {
    /// As many turns as the limits allow, and as many waiting.
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            running: Arc::new(Semaphore::new(limits.executions)),
            admitted: Arc::new(Semaphore::new(2 * limits.executions)),
            dear: Arc::new(Semaphore::new(limits.dear_at_once as usize)),
            dear_from: limits.dear_from,
            dear_at_once: limits.dear_at_once,
            wait: limits.turn,
        }
    }

    /// Waits for a turn, not long. What is dear waits for others that are dear, and never in the way of what is cheap: a few
    /// large answers would take all memory and both cores otherwise.
    pub(super) async fn take(&self, price: u64) -> Result<Turn, Refused> {
        let busy = || Refused::overloaded("the hub has more to do than it can: try again in a second");
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| busy())?;
        let turn = async {
            let dear = match price > self.dear_from {
                true => {
                    let share = u32::try_from(price).unwrap_or(u32::MAX).min(self.dear_at_once);
                    Some(self.dear.clone().acquire_many_owned(share).await.ok()?)
                }
                false => None,
            };
            let running = self.running.clone().acquire_owned().await.ok()?;
            Some(Turn {
                _running: running,
                _admitted: admitted,
                dear,
            })
        };
        let turn = tokio::time::timeout(self.wait, turn).await;
        turn.ok().flatten().ok_or_else(busy)
    }
}

/// Connections that stay open: so many of the process, and so many of one address.
pub(super) struct Places {
    taken: Mutex<Taken>,
    most: usize,
    most_of_one: usize,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A place, until it is dropped.
pub(super) struct Place {
    places: Arc<Places>,
    address: IpAddr,
}

impl Places {
    /// Empty places.
    pub(super) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            taken: Mutex::default(),
            most: limits.connections,
            most_of_one: limits.connections_per_address,
        })
    }

    /// Takes a place for an address.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Result<Place, Refused> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.most {
            return Err(Refused::overloaded(
                "the hub holds as many open connections as it can: try again later",
            ));
        }
        let of_one = taken.by_address.entry(address).or_default();
        if *of_one >= self.most_of_one {
            let message = format!(
                "this address holds {} open connections: close some first",
                self.most_of_one
            );
            let refused = Refused::http(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_CONNECTIONS", message);
            return Err(refused.retry_after(Duration::from_secs(10)));
        }
        *of_one += 1;
        taken.all += 1;
        Ok(Place {
            places: self.clone(),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(1);
        if let Some(of_one) = taken.by_address.get_mut(&self.address) {
            *of_one = of_one.saturating_sub(1);
            if *of_one == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}
