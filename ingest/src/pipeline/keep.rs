//! Raw files on their way into the store and out of it again: under which key they lie, and whether they may be read at all.

use entity::ingestion::raw_key::{self, Kept, RawKey};
use entity::ingestion::run;

use super::Ingester;
use crate::IngestError;
use crate::file::StoredObject;
use crate::file::object::{self, Incoming};

impl Ingester {
    /// Gives a copied file its place. The key is kept before the bytes get their name, so that no sealed file is without one.
    pub(super) async fn keep(&self, incoming: Incoming) -> Result<StoredObject, IngestError> {
        let sha256 = incoming.sha256();
        let kept = match incoming.key() {
            Some(new) => raw_key::keep(&self.db, sha256, new, self.clock.now()).await?,
            None => raw_key::find(&self.db, sha256).await?,
        };
        let key = readable(kept, sha256)?;
        incoming.settle(&self.data_dir, key, self.personal.clone())
    }

    /// The file of a run, to be read again.
    pub(super) async fn find_object(&self, run: &run::Model) -> Result<StoredObject, IngestError> {
        let kept = raw_key::find(&self.db, &run.object_sha256).await?;
        let key = readable(kept, &run.object_sha256)?;
        object::find(
            &self.data_dir,
            &run.object_sha256,
            &run.file_name,
            key,
            self.personal.clone(),
        )
    }

    /// A sender may send a batch again as it was, or in place of one that could not be accepted; other content under the number
    /// of an accepted batch is a mistake of the sender.
    pub(super) async fn refuse_reused_batch(
        &self,
        source: &str,
        batch: Option<&str>,
        object: &StoredObject,
    ) -> Result<(), IngestError> {
        let Some(batch) = batch else { return Ok(()) };
        match run::of_batch(&self.db, source, batch, &object.sha256).await? {
            Some(earlier) => Err(IngestError::BatchReused {
                path: object.name.clone().into(),
                batch: batch.to_owned(),
                run: earlier.id,
            }),
            None => Ok(()),
        }
    }
}

/// The key of a file that may be read.
fn readable(kept: Kept, sha256: &str) -> Result<Option<RawKey>, IngestError> {
    match kept {
        Kept::Plain => Ok(None),
        Kept::Sealed(key) => Ok(Some(key)),
        Kept::Erased(at) => Err(IngestError::Erased {
            sha256: sha256.to_owned(),
            at,
        }),
    }
}
