//! Reading heads along with the entries that they are of.

use std::collections::VecDeque;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::head::{Column, Entity, HEAD, Head};
use super::walk::PAGE;
use crate::Result;

/// Heads in the order of their entries, a page at a time.
#[derive(Debug)]
pub(super) struct Heads {
    waiting: VecDeque<Head>,
    after: i64,
    more: bool,
}

impl Heads {
    /// All of them.
    pub(super) fn all() -> Self {
        Self {
            waiting: VecDeque::new(),
            after: i64::MIN,
            more: true,
        }
    }

    /// The next head, if it is of this entry or of one before it.
    pub(super) async fn next_to<C: ConnectionTrait>(&mut self, db: &C, seq: i64) -> Result<Option<Head>> {
        if self.waiting.is_empty() && self.more {
            let page = Entity::find()
                .filter(Column::Kind.eq(HEAD))
                .filter(Column::Seq.gt(self.after))
                .order_by_asc(Column::Seq)
                .limit(PAGE);
            self.waiting = page.all(db).await?.into();
            self.more = self.waiting.len() as u64 == PAGE;
            self.after = self.waiting.back().map_or(self.after, |last| last.seq);
        }
        Ok(self.waiting.pop_front_if(|head| head.seq <= seq))
    }
}
