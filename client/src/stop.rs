//! The wish to end, which every wait listens to.

use tokio::sync::watch;

use crate::{Error, Result};

/// Tells waits and loops that somebody wants to end. Writing is never interrupted: the copy stops between two transactions.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// A switch and what listens to it: `switch.send(true)` stops. A switch that is dropped stops nothing.
    pub fn switch() -> (watch::Sender<bool>, Self) {
        let (switch, stop) = watch::channel(false);
        (switch, Self(stop))
    }

    /// Nobody will stop it.
    pub fn never() -> Self {
        Self::switch().1
    }

    /// Fails when somebody wants to end.
    pub fn check(&self) -> Result<()> {
        if *self.0.borrow() {
            return Err(Error::Stopped);
        }
        Ok(())
    }

    /// Does the work unless somebody wants to end meanwhile.
    pub async fn or<F: Future>(&self, work: F) -> Result<F::Output> {
        let mut stop = self.0.clone();
        let stopped = async {
            if stop.wait_for(|wanted| *wanted).await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = stopped => Err(Error::Stopped),
            done = work => Ok(done),
        }
    }
}
