//! Proving the trail: every entry follows from the one before it, and every head is signed and fits.

use chrono::{DateTime, Utc};
use sea_orm::{AccessMode, DatabaseTransaction, IsolationLevel, TransactionOptions, TransactionTrait};

use super::append::Counter;
use super::fault::{Fault, Trouble};
use super::head::{CUT, Head, Mark, newest_of};
use super::heads::Heads;
use super::key::{AuditKey, PublicKey};
use super::model::Model;
use super::retention::Retention;
use super::walk::{Walk, page, unreadable};
use crate::db::{Engine, rows};
use crate::{Database, Result};

/// What the trail is held against beside itself.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Keys whose heads are believed; none means the hub's own.
    pub keys: Vec<PublicKey>,
    /// A head that was kept outside of the hub.
    pub mark: Option<Mark>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries that were found good, up to the first that is not.
    pub entries: u64,
    /// The last of them; 0 when there is none.
    pub last: i64,
    /// The last entry that retention took away; 0 when there is none.
    pub cut: i64,
    /// Heads that were found good.
    pub heads: u64,
    /// The last entry that is covered by a head; 0 when there is none.
    pub signed: i64,
    /// When that head was signed.
    pub signed_at: Option<DateTime<Utc>>,
    /// Since when entries wait for a head.
    pub unsigned_since: Option<DateTime<Utc>>,
    /// The hub's own key, as its secret gives it now.
    pub key: PublicKey,
    /// The first thing that is wrong.
    pub trouble: Option<Trouble>,
}

/// Proves the trail as it stands at one moment, page by page, and stops at the first thing that is wrong.
pub async fn verify(db: &Database, wanted: &Wanted) -> Result<Report> {
    let key = AuditKey::of(db).await?.public().clone();
    let keys = if wanted.keys.is_empty() {
        vec![key.clone()]
    } else {
        wanted.keys.clone()
    };
    let snapshot = snapshot(db).await?;
    let mut proof = Proof {
        keys,
        mark: wanted.mark.clone(),
        heads: Heads::all(),
        report: Report {
            entries: 0,
            last: 0,
            cut: 0,
            heads: 0,
            signed: 0,
            signed_at: None,
            unsigned_since: None,
            key,
            trouble: None,
        },
    };
    let trouble = proof.run(&snapshot).await?;
    snapshot.rollback().await?;
    proof.report.trouble = trouble.err();
    Ok(proof.report)
}

/// A transaction that sees the trail at one moment, and holds up nobody.
async fn snapshot(db: &Database) -> Result<DatabaseTransaction> {
    let options = match db.engine() {
        Engine::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
        Engine::Sqlite => TransactionOptions::default(),
    };
    Ok(db.reader().begin_with_options(options).await?)
}

/// The work itself.
struct Proof {
    keys: Vec<PublicKey>,
    mark: Option<Mark>,
    heads: Heads,
    report: Report,
}

type Verdict = std::result::Result<(), Trouble>;

impl Proof {
    async fn run(&mut self, db: &DatabaseTransaction) -> Result<Verdict> {
        let cut = newest_of(db, CUT).await?;
        if let Err(trouble) = self.begin(cut.as_ref()) {
            return Ok(Err(trouble));
        }
        let mut walk = Walk::behind(cut.as_ref());
        let mut after = i64::MIN;
        loop {
            let entries = match page(db, after).await {
                Ok(entries) => entries,
                Err(error) => return unreadable(db, walk.next).await.map(Err).ok_or(error),
            };
            let Some(last) = entries.last() else { break };
            after = last.seq;
            for entry in &entries {
                if let Err(trouble) = walk.step(entry) {
                    return Ok(Err(trouble));
                }
                if let Err(trouble) = self.compare(db, entry).await? {
                    return Ok(Err(trouble));
                }
                self.report.entries += 1;
                self.report.last = entry.seq;
            }
        }
        self.end(db, &walk).await
    }

    /// The cut, and whether the head from outside lies before it.
    fn begin(&mut self, cut: Option<&Head>) -> Verdict {
        let Some(cut) = cut else { return Ok(()) };
        let forged = |detail: &str| Err(Trouble::new(cut.seq, Fault::CutForged, detail));
        if !cut.holds(&self.keys) {
            return forged("the entries up to here were taken away without a signature that is believed");
        }
        if cut.at - cut.entry_at < Retention::SHORTEST {
            return forged("the entries up to here were taken away before the time that the law sets");
        }
        self.report.cut = cut.seq;
        match &self.mark {
            Some(mark) if mark.seq == cut.seq && mark.hash != cut.hash => {
                let detail = "the head from outside has another hash than the last entry that was taken away";
                Err(Trouble::new(cut.seq, Fault::OutsideDiffers, detail))
            }
            Some(mark) if mark.seq < cut.seq => {
                let detail = format!(
                    "the entries up to {} were taken away after their time: take a newer head from outside",
                    cut.seq
                );
                Err(Trouble::new(mark.seq, Fault::OutsideDiffers, detail))
            }
            _ => Ok(()),
        }
    }

    /// Holds an entry against the heads that are of it, and against the one from outside.
    async fn compare(&mut self, db: &DatabaseTransaction, entry: &Model) -> Result<Verdict> {
        while let Some(head) = self.heads.next_to(db, entry.seq).await? {
            if let Err(trouble) = self.believe(&head) {
                return Ok(Err(trouble));
            }
            if head.seq == entry.seq && head.hash != entry.hash {
                let detail = format!("it has another hash than the head that was signed at {}", head.at);
                return Ok(Err(Trouble::new(entry.seq, Fault::HeadDiffers, detail)));
            }
            self.report.heads += 1;
            self.report.signed = head.seq;
            self.report.signed_at = Some(head.at);
        }
        let outside = self.mark.as_ref().filter(|mark| mark.seq == entry.seq);
        if outside.is_some_and(|mark| mark.hash != entry.hash) {
            let detail = "it has another hash than the head from outside";
            return Ok(Err(Trouble::new(entry.seq, Fault::OutsideDiffers, detail)));
        }
        Ok(Ok(()))
    }

    fn believe(&self, head: &Head) -> Verdict {
        if head.holds(&self.keys) {
            return Ok(());
        }
        let detail = format!("no key that is believed signed its head (key {})", head.key_id);
        Err(Trouble::new(head.seq, Fault::HeadForged, detail))
    }

    /// What tells of entries behind the last one.
    async fn end(&mut self, db: &DatabaseTransaction, walk: &Walk) -> Result<Verdict> {
        let last = walk.next - 1;
        let truncated = |told: String| Trouble::new(walk.next, Fault::Truncated, told);
        while let Some(head) = self.heads.next_to(db, i64::MAX).await? {
            if let Err(trouble) = self.believe(&head) {
                return Ok(Err(trouble));
            }
            if head.seq > last {
                let told = format!(
                    "the trail ends before it, and entry {} was signed at {}",
                    head.seq, head.at
                );
                return Ok(Err(truncated(told)));
            }
        }
        if let Some(mark) = self.mark.as_ref().filter(|mark| mark.seq > last) {
            let told = format!(
                "the trail ends before it, and the head from outside is of entry {}",
                mark.seq
            );
            return Ok(Err(truncated(told)));
        }
        let sql = format!("SELECT {} FROM audit_counter WHERE id = 1", Counter::COLUMNS);
        let differs = |detail: &str| Ok(Err(Trouble::new(last, Fault::CounterDiffers, detail)));
        let Some(row) = rows::query_one(db, sql, []).await? else {
            return differs("the counter is gone");
        };
        let counter = Counter::of(&row)?;
        self.report.unsigned_since = counter.unsigned_since;
        if counter.seq > last {
            let told = format!(
                "the trail ends before it, and the counter tells of entry {}",
                counter.seq
            );
            return Ok(Err(truncated(told)));
        }
        if counter.seq < last || counter.hash != walk.hash {
            return differs("the counter tells of another newest entry");
        }
        let covered = self.report.signed.max(self.report.cut);
        if counter.unsigned_since.is_none() && covered < last {
            let detail = format!("it is said to be signed, and the last head is of entry {covered}");
            return Ok(Err(Trouble::new(last, Fault::HeadMissing, detail)));
        }
        Ok(Ok(()))
    }
}
