//! How long entries are kept, and taking away those whose time is over.

use chrono::TimeDelta;

use super::append::{Counter, append};
use super::asked::Asked;
use super::entry::Entry;
use super::head::{CUT, Head, believed, newest_head, newest_of};
use super::key::AuditKey;
use super::walk::{Walk, page};
use crate::db::rows;
use crate::{Clock, Database, Error, Result};

/// How long entries are kept (网络安全法 art. 21 (3): six months at least).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(TimeDelta);

impl Retention {
    /// Six months, whichever they are.
    pub const SHORTEST: TimeDelta = TimeDelta::days(184);

    /// So many days; 184 are the fewest.
    pub fn of_days(days: u32) -> std::result::Result<Self, String> {
        let kept = TimeDelta::days(i64::from(days));
        if kept < Self::SHORTEST {
            return Err(format!(
                "{days} days are less than the six months that article 21 (3) of the Cybersecurity Law (网络安全法) asks for: \
                 set 184 or more"
            ));
        }
        Ok(Self(kept))
    }
}

/// 400 days.
impl Default for Retention {
    fn default() -> Self {
        Self(TimeDelta::days(400))
    }
}

/// Takes the oldest entries away, a thousand at most, and gives their number; 0 when no entry is old enough. They are good,
/// and a signed head covers them. A signed record of the cut keeps the hash of the last one, so that the rest can still be
/// proved, and the act is an entry itself.
pub async fn prune(db: &Database, clock: &Clock, key: &AuditKey, retention: Retention) -> Result<u64> {
    let now = clock.now();
    let Some(head) = newest_head(db, key).await? else {
        return Ok(0);
    };
    let cut = believed(newest_of(db.reader(), CUT).await?, key)?;
    let mut walk = Walk::behind(cut.as_ref());
    let first = walk.next;
    let mut last = None;
    for entry in page(db.reader(), i64::MIN).await? {
        if entry.seq > head.seq || entry.at + retention.0 > now {
            break;
        }
        walk.step(&entry)
            .map_err(|trouble| Error::inconsistent("audit_entry", format!("{trouble}: run verify-log")))?;
        last = Some(entry);
    }
    let Some(last) = last else { return Ok(0) };
    let transaction = db.begin().await?;
    Counter::lock(&transaction).await?;
    if newest_of(&transaction, CUT).await? != cut {
        // Another process was faster.
        transaction.rollback().await?;
        return Ok(0);
    }
    Head::signed(CUT, &last, now, key).write(&transaction).await?;
    let gone = "DELETE FROM audit_entry WHERE seq <= $1";
    let gone = rows::execute(&transaction, gone, [last.seq.into()])
        .await?
        .rows_affected();
    rows::execute(
        &transaction,
        "DELETE FROM audit_head WHERE seq < $1",
        [last.seq.into()],
    )
    .await?;
    let done = Entry::allowed(&Asked::by_hub("retention"), "AuditEntry")
        .objects(&[first.to_string(), last.seq.to_string()])
        .rows(gone)
        .because("taken away after their time, from the first to the last that is named");
    append(&transaction, clock, done).await?;
    transaction.commit().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::Retention;

    #[test]
    fn less_than_six_months_is_against_the_law() {
        assert!(Retention::of_days(184).is_ok());
        assert!(Retention::of_days(u32::MAX).is_ok());
        for days in [0, 183] {
            assert!(Retention::of_days(days).is_err_and(|why| why.contains("网络安全法")));
        }
    }
}
