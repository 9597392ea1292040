//! Keeping order while the hub serves: heads of the audit trail are signed, and what has had its time is taken away: its entries,
//! revoked tokens, and changes in the feed. The feed is told of records whose time of being public began or ended.

use std::time::Duration;

use entity::access::forget_revoked;
use entity::audit::{AuditKey, Retention, prune, sign_head};
use entity::change::{self, FeedRetention};
use entity::credit::refresh_due;
use entity::{Clock, Database};
use tokio::time::MissedTickBehavior;
use tracing::{error, info};

/// How often a head is signed where there are new entries.
const SIGNING: Duration = Duration::from_secs(60);
/// How many rounds of signing lie between two looks at old entries: an hour.
const ROUNDS: u64 = 60;

/// Keeps order until it is aborted. What goes wrong is logged and tried again; entries that wait too long for a head
/// stop all writing.
pub(crate) async fn keep(db: Database, retention: Retention, feed: FeedRetention) {
    let mut rounds = tokio::time::interval(SIGNING);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for round in 0_u64.. {
        rounds.tick().await;
        sign(&db).await;
        if round % ROUNDS != 0 {
            continue;
        }
        if let Err(cause) = take_away(&db, retention).await {
            error!(%cause, "entries of the audit trail whose time is over cannot be taken away");
        }
        if let Err(cause) = prune_feed(&db, feed).await {
            error!(%cause, "changes whose time is over cannot be taken away");
        }
        if let Err(cause) = forget_revoked(&db, Clock::System.now()).await {
            error!(%cause, "revoked tokens that have ended cannot be forgotten");
        }
        match refresh_due(&db, &Clock::System).await {
            Ok(0) => {}
            Ok(records) => info!(records, "the time of being public began or ended"),
            Err(cause) => error!(%cause, "the feed cannot be told of what is not public any more"),
        }
    }
}

/// Signs what is not signed yet.
pub(crate) async fn sign(db: &Database) {
    let signed = async { sign_head(db, &Clock::System, &AuditKey::of(db).await?).await };
    match signed.await {
        Ok(Some(head)) => info!(entry = head.seq, hash = %head.hash, "the audit trail was signed"),
        Ok(None) => {}
        Err(cause) => error!(%cause, "the audit trail cannot be signed"),
    }
}

async fn take_away(db: &Database, retention: Retention) -> entity::Result<()> {
    let key = AuditKey::of(db).await?;
    loop {
        let gone = prune(db, &Clock::System, &key, retention).await?;
        if gone == 0 {
            return Ok(());
        }
        info!(
            entries = gone,
            "entries of the audit trail were taken away after their time"
        );
    }
}

async fn prune_feed(db: &Database, retention: FeedRetention) -> entity::Result<()> {
    loop {
        let old = change::prune(db, &Clock::System, retention).await?;
        if old == 0 {
            return Ok(());
        }
        info!(
            changes = old,
            "changes of the feed were gone through after their time"
        );
    }
}
