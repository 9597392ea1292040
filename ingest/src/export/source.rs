//! The records of a kind, step by step.

use std::collections::HashSet;

use entity::change::{self, Place};
use entity::record::RecordKind;
use entity::{Database, Scope};

use super::{ExportError, cell};

/// Records that one statement reads.
const STEP: u64 = 1_000;

/// The records of a kind as they stood at a position.
pub(super) struct Source<'a> {
    pub(super) db: &'a Database,
    pub(super) scope: Scope,
    pub(super) position: i64,
    pub(super) kind: RecordKind,
    /// Leave out what the reader does not see any more: the position is that of an earlier process.
    pub(super) goes_on: bool,
    pub(super) told: &'a dyn Fn(RecordKind, u64),
}

/// Takes records in the order of their keys.
pub(super) trait Sink {
    /// Takes one.
    fn take(&mut self, event: &change::feed::Model) -> Result<(), ExportError>;

    /// Every record up to a key was handed over: what was written can be made safe here.
    fn reached(&mut self, _key: &str) -> Result<(), ExportError> {
        Ok(())
    }
}

impl Source<'_> {
    /// Hands every record behind a key over; `count` were handed over before.
    pub(super) async fn each(
        &self,
        behind: Option<&str>,
        count: u64,
        sink: &mut impl Sink,
    ) -> Result<(), ExportError> {
        let place = |key: &str| (self.kind.as_str().to_owned(), key.to_owned());
        let mut after: Option<Place> = behind.map(place);
        let mut count = count;
        loop {
            let found = change::snapshot(self.db, &self.scope, self.position, after.as_ref(), STEP).await?;
            let gone = match self.goes_on {
                true => change::gone_since(self.db, &self.scope, self.position, &found).await?,
                false => HashSet::new(),
            };
            let seen = found.iter().filter(|event| !gone.contains(&event.record_key));
            for event in seen {
                sink.take(event)?;
                count += 1;
            }
            (self.told)(self.kind, count);
            match found.last() {
                Some(last) if found.len() as u64 == STEP => {
                    sink.reached(&last.record_key)?;
                    after = Some(place(&last.record_key));
                }
                _ => return Ok(()),
            }
        }
    }

    /// The names of the members at the top of all records, each where it came first.
    pub(super) async fn members(&self) -> Result<Vec<String>, ExportError> {
        let mut names = Names::default();
        self.each(None, 0, &mut names).await?;
        Ok(names.0)
    }
}

#[derive(Default)]
struct Names(Vec<String>);

impl Sink for Names {
    fn take(&mut self, event: &change::feed::Model) -> Result<(), ExportError> {
        for name in cell::members(&event.body).keys() {
            if !self.0.contains(name) {
                self.0.push(name.clone());
            }
        }
        Ok(())
    }
}
