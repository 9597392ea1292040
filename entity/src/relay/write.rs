//! Taking the words of a hub below in, in one transaction.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::claims;
use super::peer::{self, Peer};
use super::readable;
use super::said;
use super::word::{Read, Word, WordContent};
use crate::change::ChangeReason;
use crate::clock::china_day;
use crate::ingestion::{
    Counts, Lease, Occasion, Outcome, Reject, Row, RowContent, publish, quarantine, refresh_all, run,
};
use crate::record::RecordKind;
use crate::{Clock, Database, Result};

/// Words that are written together, and where their hub is read on behind them.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// The words, of one record each.
    pub words: &'a [Word],
    /// The number of the snapshot of which they are or that they follow.
    pub generation: i64,
    /// Where the follower stands once they are written, as it tells itself; none if it has to tell them again after a crash.
    pub state: Option<&'a str>,
}

/// Writes words: each replaces what the hub said of its record before. A word whose claims cannot be read is set aside, and the last one
/// that could be read goes on counting.
pub async fn write(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    peer: &Peer,
    batch: Batch<'_>,
) -> Result<Counts> {
    let now = clock.now();
    let transaction = db.begin().await?;
    lease.renew(&transaction, now).await?;
    let run = claims::run_of_day(&transaction, peer, china_day(now), now).await?;
    let mut replaced = Vec::new();
    let mut refused = Vec::new();
    for word in batch.words {
        let kind = word.kind.parse::<RecordKind>();
        let claims = match (&word.content, kind) {
            (WordContent::Stands { claims, .. }, Ok(kind)) => readable::read(kind, word, claims),
            (WordContent::Stands { .. }, Err(())) => Err("no kind of record of this hub".to_owned()),
            (WordContent::Gone { .. } | WordContent::Left, _) => Ok(Vec::new()),
        };
        match (claims, kind) {
            (Ok(claims), Ok(kind)) => replaced.push(Read { kind, word, claims }),
            // What this hub does not know cannot go either.
            (Ok(_), Err(())) => {}
            (Err(why), _) => refused.push((word, why)),
        }
    }
    let touched = claims::replace(&transaction, peer, &replaced).await?;
    let occasion = Occasion {
        day: china_day(now),
        reason: ChangeReason::Source,
    };
    let refreshed = refresh_all(&transaction, &peer.name, &touched, occasion).await?;
    said::remember(&transaction, peer, batch.generation, &replaced, &refused).await?;
    set_aside(&transaction, &run, batch.words, &refused, now).await?;
    let mut counts = Counts::default();
    refused.iter().for_each(|_| counts.add_quarantined());
    for read in &replaced {
        let outcome = refreshed.outcomes.get(&(read.kind, read.word.key.clone()));
        counts.add(outcome.copied().unwrap_or(Outcome::Unchanged));
    }
    claims::advance(&transaction, &run, counts, now).await?;
    if let Some(state) = batch.state {
        peer::remember(&transaction, peer, state).await?;
    }
    publish(&transaction, &refreshed, Some(&run.id), clock).await?;
    transaction.commit().await?;
    Ok(counts)
}

/// Keeps the words that could not be read, as rows behind those that the run read before, for whoever may see the record at its hub.
/// What was kept of the records of all words before is done with.
async fn set_aside(
    transaction: &DatabaseTransaction,
    run: &run::Model,
    words: &[Word],
    refused: &[(&Word, String)],
    now: DateTime<Utc>,
) -> Result<()> {
    let name = |word: &Word| format!("{} {}", word.kind, word.key);
    let named: Vec<String> = words.iter().map(name).collect();
    quarantine::said_anew(transaction, &run.source, &named).await?;
    for ((word, why), row_no) in refused.iter().zip(run.read + 1..) {
        let WordContent::Stands { region, claims, .. } = &word.content else {
            continue;
        };
        let reject = Reject {
            field: Some(name(word)),
            code: quarantine::CLAIMS_UNREADABLE,
            message: why.clone(),
            remedy: "bring both hubs to one version and run nqi-hub relay --anew; until then its last readable word counts".to_owned(),
            raw: claims.clone(),
        };
        let row = Row {
            row_no,
            line_no: row_no,
            source: run.source.clone(),
            as_of: china_day(now),
            content: RowContent::Rejected(reject),
        };
        let run = run::Model {
            region: region.clone(),
            ..run.clone()
        };
        quarantine::add(transaction, &run, &[row], now).await?;
    }
    Ok(())
}
