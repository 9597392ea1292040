//! Webhooks as somebody with access to the machine sets them up. Every act is an entry of the audit trail.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, FromQueryResult};

use crate::audit::{self, Asked, Entry};
use crate::db::rows;
use crate::{Clock, Database, Error, Result};

/// Webhooks of one hub.
pub const MOST: u64 = 100;

/// Where changes are sent to, for whom, and how far that is.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The address of the receiver.
    pub url: String,
    /// Who vouches for the reader.
    pub issuer: String,
    /// The name of the reader at its issuer.
    pub subject: String,
    /// Role and bounds of the reader, as the claim `nqi` of a token holds them; empty for what is public.
    pub rights: String,
    /// The kinds that are asked for, between commas; empty for all.
    pub kinds: String,
    /// The regions that are asked for, between commas; empty for all.
    pub regions: String,
    /// What messages are signed with, in base64.
    pub signing_key: String,
    /// What they were signed with before, and are signed with, too, until the receiver knows the newer one.
    pub former_key: Option<String>,
    /// Everything before this cursor was delivered; without one it stands at the start of the feed.
    pub place: Option<String>,
    /// Grows whenever the place was set by hand. It begins with the time, so that no webhook is taken for a former one of its name.
    pub turn: i64,
    /// Why nothing is sent until somebody lets it go on.
    pub stopped: Option<String>,
    /// Batches that were delivered.
    pub batches: i64,
    /// Changes in them.
    pub changes: i64,
    /// Failed attempts at the present batch. The feed may fail, too: then there is a `failure` and a `next_at`, and nothing is counted.
    pub attempts: i32,
    /// When the first of them was made, in microseconds since 1970.
    pub tried_at: Option<i64>,
    /// No attempt before, in microseconds since 1970.
    pub next_at: i64,
    /// What became of the last one.
    pub failure: Option<String>,
    /// When a batch was last taken, in microseconds since 1970.
    pub delivered_at: Option<i64>,
    /// When the webhook was made, in microseconds since 1970.
    pub made_at: i64,
}

/// A webhook to be made, or the new address and rights of one.
#[derive(Clone)]
pub struct New {
    /// Its name.
    pub name: String,
    /// As in [`Webhook`].
    pub url: String,
    /// As in [`Webhook`].
    pub issuer: String,
    /// As in [`Webhook`].
    pub subject: String,
    /// As in [`Webhook`].
    pub rights: String,
    /// As in [`Webhook`].
    pub kinds: String,
    /// As in [`Webhook`].
    pub regions: String,
    /// As in [`Webhook`]; one that exists keeps its own.
    pub signing_key: String,
    /// Where it begins; one that exists stays where it is.
    pub place: Option<String>,
}

/// Names what it is and how far, and none of its keys; an address may hold a secret of its own.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("name", &self.name)
            .field("reader", &(&self.issuer, &self.subject, &self.rights))
            .field("only", &(&self.kinds, &self.regions))
            .field("place", &self.place)
            .field("turn", &self.turn)
            .field("stopped", &self.stopped)
            .field("delivered", &(self.batches, self.changes, self.delivered_at))
            .field("tried", &(self.attempts, self.tried_at, self.next_at))
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

/// As that of [`Webhook`].
impl fmt::Debug for New {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("New")
            .field("name", &self.name)
            .field("reader", &(&self.issuer, &self.subject, &self.rights))
            .field("only", &(&self.kinds, &self.regions))
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

/// From where a webhook delivers again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplayFrom {
    /// The start of the feed.
    Start,
    /// A cursor of its reader.
    Cursor(String),
    /// The batch of a dead letter, and all behind it.
    Dead(i64),
}

/// Makes a webhook, or gives the one of that name a new address and new rights; whether it is new. One that had stopped goes on when its
/// address is another one.
pub async fn add(db: &Database, clock: &Clock, new: &New) -> Result<bool> {
    let transaction = db.begin().await?;
    let change = "UPDATE webhook SET url = $2, rights = $3, kinds = $4, regions = $5, turn = turn + 1, \
         stopped = CASE WHEN url = $2 THEN stopped END, attempts = 0, tried_at = NULL, next_at = 0, failure = NULL \
         WHERE name = $1 AND issuer = $6 AND subject = $7";
    let values = [
        new.name.as_str().into(),
        new.url.as_str().into(),
        new.rights.as_str().into(),
        new.kinds.as_str().into(),
        new.regions.as_str().into(),
        new.issuer.as_str().into(),
        new.subject.as_str().into(),
    ];
    let changed = rows::execute(&transaction, change, values.clone())
        .await?
        .rows_affected()
        == 1;
    if !changed {
        let make = "INSERT INTO webhook (name, url, rights, kinds, regions, issuer, subject, signing_key, place, made_at, \
             turn, batches, changes, attempts, next_at) \
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 0, 0, 0, 0 WHERE (SELECT count(*) FROM webhook) < $11 \
             ON CONFLICT DO NOTHING";
        let more = [
            new.signing_key.as_str().into(),
            new.place.clone().into(),
            clock.now().timestamp_micros().into(),
            i64::try_from(MOST).unwrap_or(i64::MAX).into(),
        ];
        let made = rows::execute(&transaction, make, values.into_iter().chain(more)).await?;
        if made.rows_affected() != 1 {
            return Err(Error::Webhook(format!(
                "there is a webhook {:?} for another reader, or there are {MOST} already: remove one first",
                new.name
            )));
        }
    }
    note(transaction, clock, "webhook-add", &new.name, &new.told()).await?;
    Ok(!changed)
}

/// All webhooks by their names.
pub async fn list(db: &Database) -> Result<Vec<Webhook>> {
    let found = rows::query(db.own(), "SELECT * FROM webhook ORDER BY name", []).await?;
    let read = found.iter().map(|row| Ok(Webhook::from_query_result(row, "")?));
    read.collect()
}

/// The webhook of a name.
pub async fn find(db: &Database, name: &str) -> Result<Option<Webhook>> {
    let row = rows::query_one(db.own(), "SELECT * FROM webhook WHERE name = $1", [name.into()]).await?;
    row.map(|row| Ok(Webhook::from_query_result(&row, "")?))
        .transpose()
}

/// Takes a webhook away with its dead letters.
pub async fn remove(db: &Database, clock: &Clock, name: &str) -> Result<()> {
    let transaction = db.begin().await?;
    let gone = rows::execute(&transaction, "DELETE FROM webhook WHERE name = $1", [name.into()]).await?;
    known(gone.rows_affected(), name)?;
    rows::execute(
        &transaction,
        "DELETE FROM webhook_dead WHERE webhook = $1",
        [name.into()],
    )
    .await?;
    note(transaction, clock, "webhook-remove", name, "removed").await
}

/// Puts a webhook back to an earlier place, from where everything is delivered again in its order. Dead letters behind that place are
/// delivered with it. The place, as [`super::place_of`] tells that of a dead letter, was looked at before: the feed alone can read it.
pub async fn replay(
    db: &Database,
    clock: &Clock,
    name: &str,
    from: &ReplayFrom,
    place: Option<&str>,
) -> Result<()> {
    let transaction = db.begin().await?;
    let (upwards, said) = match from {
        ReplayFrom::Start => (0, "from the start".to_owned()),
        ReplayFrom::Cursor(_) => (i64::MAX, "from a cursor".to_owned()),
        ReplayFrom::Dead(number) => (*number, format!("from dead letter {number}")),
    };
    let sql = "UPDATE webhook SET place = $2, turn = turn + 1, stopped = NULL, attempts = 0, tried_at = NULL, next_at = 0, failure = NULL \
         WHERE name = $1";
    let put = rows::execute(&transaction, sql, [name.into(), place.into()]).await?;
    known(put.rows_affected(), name)?;
    let sql = "UPDATE webhook_dead SET replayed_at = $3 WHERE webhook = $1 AND number >= $2 AND replayed_at IS NULL";
    let now = clock.now().timestamp_micros();
    rows::execute(&transaction, sql, [name.into(), upwards.into(), now.into()]).await?;
    note(transaction, clock, "webhook-replay", name, &said).await
}

/// Lets a webhook go on from where it stands, at once: one that had stopped, or that waits for its next attempt.
pub async fn resume(db: &Database, clock: &Clock, name: &str) -> Result<()> {
    let transaction = db.begin().await?;
    let sql = "UPDATE webhook SET turn = turn + 1, stopped = NULL, attempts = 0, tried_at = NULL, next_at = 0, failure = NULL \
         WHERE name = $1";
    let resumed = rows::execute(&transaction, sql, [name.into()]).await?;
    known(resumed.rows_affected(), name)?;
    note(transaction, clock, "webhook-resume", name, "from where it stands").await
}

/// Signs with a new key from now on, and with the present one, too, until [`settle_key`].
pub async fn rotate_key(db: &Database, clock: &Clock, name: &str, key: &str) -> Result<()> {
    let transaction = db.begin().await?;
    let sql = "UPDATE webhook SET former_key = signing_key, signing_key = $2 WHERE name = $1 AND former_key IS NULL";
    let rotated = rows::execute(&transaction, sql, [name.into(), key.into()]).await?;
    if rotated.rows_affected() != 1 {
        return Err(Error::Webhook(format!(
            "there is no webhook {name:?}, or its former key still signs: rotate-key --settle ends that"
        )));
    }
    note(transaction, clock, "webhook-rotate-key", name, "a new key").await
}

/// Signs with the newest key alone.
pub async fn settle_key(db: &Database, clock: &Clock, name: &str) -> Result<()> {
    let transaction = db.begin().await?;
    let sql = "UPDATE webhook SET former_key = NULL WHERE name = $1";
    let settled = rows::execute(&transaction, sql, [name.into()]).await?;
    known(settled.rows_affected(), name)?;
    note(
        transaction,
        clock,
        "webhook-rotate-key",
        name,
        "the newest key alone",
    )
    .await
}

fn known(rows: u64, name: &str) -> Result<()> {
    if rows == 1 {
        return Ok(());
    }
    Err(Error::Webhook(format!("there is no webhook {name:?}")))
}

/// The end of an act: its entry, and the commit.
async fn note(
    transaction: DatabaseTransaction,
    clock: &Clock,
    act: &str,
    name: &str,
    said: &str,
) -> Result<()> {
    let done = Entry::allowed(&Asked::by_hub(act), "Webhook")
        .objects(&[name])
        .because(said);
    audit::append(&transaction, clock, done).await?;
    Ok(transaction.commit().await?)
}

impl New {
    /// For whom, to which host, and narrowed to what. The rest of the address is left out: it may hold a secret.
    fn told(&self) -> String {
        let mut told = format!(
            "for {}#{} {} to {}",
            self.issuer,
            self.subject,
            self.rights,
            host(&self.url)
        );
        for (what, only) in [("kinds", &self.kinds), ("regions", &self.regions)] {
            if !only.is_empty() {
                told.push_str(&format!(", only {what} {only}"));
            }
        }
        told
    }
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or_default()
}

impl Webhook {
    /// Whether an attempt may begin.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.stopped.is_none() && self.next_at <= now.timestamp_micros()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(url: &str, kinds: &str, regions: &str) -> New {
        New {
            name: "x".to_owned(),
            url: url.to_owned(),
            issuer: "iss".to_owned(),
            subject: "sub".to_owned(),
            rights: "{}".to_owned(),
            kinds: kinds.to_owned(),
            regions: regions.to_owned(),
            signing_key: "whsec_hidden".to_owned(),
            place: None,
        }
    }

    #[test]
    fn an_entry_names_host_and_bounds_and_nothing_secret() {
        let whole = new("https://receiver.example.org:8443/nqi?token=hidden", "", "");
        assert_eq!(whole.told(), "for iss#sub {} to receiver.example.org:8443");
        let part = new("https://[::1]?token=hidden", "Enterprise,Standard", "320582");
        assert_eq!(
            part.told(),
            "for iss#sub {} to [::1], only kinds Enterprise,Standard, only regions 320582"
        );
        assert!(!format!("{whole:?}").contains("hidden"), "{whole:?}");
    }
}
