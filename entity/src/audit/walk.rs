//! Walking along the chain: does each entry follow from the one before it?

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::fault::{Fault, Trouble};
use super::head::Head;
use super::model::{Column, Entity, Model};
use crate::Result;

/// Entries that are read at once: memory stays flat, however long the trail is.
pub(super) const PAGE: u64 = 1_000;
/// How far away the former place of a moved entry is looked for.
const NEAR: i64 = 10_000;

/// The place behind the last entry that was found good.
#[derive(Debug)]
pub(super) struct Walk {
    /// The entry that has to come next.
    pub(super) next: i64,
    /// The hash of the last one.
    pub(super) hash: String,
}

impl Walk {
    /// Begins behind a cut, or with the first entry ever.
    pub(super) fn behind(cut: Option<&Head>) -> Self {
        cut.map_or(
            Self {
                next: 1,
                hash: String::new(),
            },
            |cut| Self {
                next: cut.seq + 1,
                hash: cut.hash.clone(),
            },
        )
    }

    /// Goes on by an entry; the entries come in the order of their numbers.
    pub(super) fn step(&mut self, entry: &Model) -> std::result::Result<(), Trouble> {
        let seq = entry.seq;
        if seq > self.next {
            let detail = if seq == self.next + 1 {
                "it is not there".to_owned()
            } else {
                format!("entries {} to {} are not there", self.next, seq - 1)
            };
            return Err(Trouble::new(self.next, Fault::Missing, detail));
        }
        if seq < self.next {
            let detail = "it lies before the first entry that there can be";
            return Err(Trouble::new(seq, Fault::Moved, detail));
        }
        match entry.holds() {
            Some(true) => {}
            Some(false) => return Err(changed(entry)),
            None => {
                let detail = format!("no hash algorithm is called {:?}", entry.algorithm);
                return Err(Trouble::new(seq, Fault::Edited, detail));
            }
        }
        if entry.prev_hash != self.hash {
            let detail = format!(
                "it does not follow from entry {}: one of the two was replaced",
                seq - 1
            );
            return Err(Trouble::new(seq, Fault::Unlinked, detail));
        }
        self.next = seq + 1;
        self.hash.clone_from(&entry.hash);
        Ok(())
    }
}

/// An entry whose content has another hash: perhaps it is whole and stands in another place.
fn changed(entry: &Model) -> Trouble {
    let mut other = entry.clone();
    let near = (entry.seq - NEAR).max(1)..=entry.seq.saturating_add(NEAR);
    for seq in near {
        other.seq = seq;
        if other.holds() == Some(true) {
            let detail = format!("what stands here was written as entry {seq}");
            return Trouble::new(entry.seq, Fault::Moved, detail);
        }
    }
    let detail = "its content has another hash than was written with it";
    Trouble::new(entry.seq, Fault::Edited, detail)
}

/// The next entries behind a number.
pub(super) async fn page<C: ConnectionTrait>(db: &C, after: i64) -> Result<Vec<Model>> {
    let entries = Entity::find()
        .filter(Column::Seq.gt(after))
        .order_by_asc(Column::Seq)
        .limit(PAGE);
    Ok(entries.all(db).await?)
}

/// The first entry from a number on that cannot even be read: SQLite keeps any text in any column.
pub(super) async fn unreadable<C: ConnectionTrait>(db: &C, from: i64) -> Option<Trouble> {
    for seq in from..from.saturating_add(PAGE.cast_signed()) {
        if let Err(cause) = Entity::find_by_id(seq).one(db).await {
            return Some(Trouble::new(
                seq,
                Fault::Edited,
                format!("it cannot be read: {cause}"),
            ));
        }
    }
    None
}
