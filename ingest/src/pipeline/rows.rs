//! Reading in one thread, committing in another, with a bounded queue between them.

use entity::ingestion::run;
use entity::ingestion::{Chunk, Lease, Row, commit};
use entity::{Clock, Database};
use tokio::sync::mpsc;
use tracing::info;

use super::Observer;
use crate::IngestError;
use crate::file::Closing;

/// Rows written in one transaction. Part of the adapter's behaviour: the same file always gives the same chunks.
const CHUNK: usize = 500;
/// Chunks that wait for the writer.
const QUEUE: usize = 2;

/// The rows of a file, normalised.
pub(crate) trait RowSource: Send {
    /// The next row, or none at the end.
    fn next_row(&mut self) -> Result<Option<Row>, IngestError>;
    /// How many bytes were read so far.
    fn offset(&self) -> u64;
    /// Where the file seems to have been cut, if it does.
    fn cut(&self) -> Option<String>;
    /// What a reader of the run should know, once the end is reached.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
    /// The batch of the sender, where the file names one.
    fn batch(&self) -> Option<&str> {
        None
    }
}

/// A file whose form is known.
pub(crate) struct Opened {
    pub(crate) form: String,
    pub(crate) source: String,
    pub(crate) as_of: chrono::NaiveDate,
    pub(crate) hold_above_percent: f64,
    pub(crate) notes: Vec<String>,
    pub(crate) rows: Box<dyn RowSource>,
}

enum Message {
    Chunk(Chunk, u64),
    End(Closing),
    Failed(IngestError),
}

/// Writes every row behind the checkpoint; gives what is to be said of the file as a whole.
pub(super) async fn commit_all(
    db: &Database,
    clock: &Clock,
    lease: &Lease,
    run: &run::Model,
    opened: Opened,
    observer: &dyn Observer,
) -> Result<Closing, IngestError> {
    let (sender, mut receiver) = mpsc::channel(QUEUE);
    let of_run = run.clone();
    let reader = tokio::task::spawn_blocking(move || read(opened.rows, &of_run, &sender));
    let mut written = run.read;
    let mut chunks: u32 = 0;
    while let Some(message) = receiver.recv().await {
        match message {
            Message::Chunk(chunk, offset) => {
                info!(stage = "commit", run = %run.id, rows = chunk.rows.len(), checkpoint = chunk.checkpoint, "begin");
                let counts = commit(db, clock, lease, run, &chunk).await?;
                info!(stage = "commit", run = %run.id, checkpoint = chunk.checkpoint, "end");
                written += counts.read;
                observer.advances(offset, written);
                chunks += 1;
                // Whenever this process wrote twice as much as before.
                if chunks > 1 && chunks.is_power_of_two() {
                    db.refresh_statistics().await?;
                }
            }
            Message::End(closing) => return Ok(closing),
            Message::Failed(error) => return Err(error),
        }
    }
    let problem = reader
        .await
        .err()
        .map_or_else(|| "the reader stopped".to_owned(), |error| error.to_string());
    Err(IngestError::Io {
        place: format!("reading the file of run {}", run.id),
        cause: std::io::Error::other(problem),
    })
}

/// A complete file says of every record in it that it stands on the day of the file, whenever the record was read.
pub(super) fn as_of(run: &run::Model, row: Row) -> Row {
    let as_of = if run.complete {
        row.as_of.max(run.as_of)
    } else {
        row.as_of
    };
    Row { as_of, ..row }
}

/// Sends chunks until the end. A writer that went away ends the reading.
fn read(mut rows: Box<dyn RowSource>, of_run: &run::Model, sender: &mpsc::Sender<Message>) {
    let (done, run) = (of_run.checkpoint, of_run.id.as_str());
    let mut chunk = Chunk {
        rows: Vec::with_capacity(CHUNK),
        checkpoint: done,
    };
    let mut seen: i64 = 0;
    info!(stage = "parse", run, from = done, "begin");
    loop {
        let row = match rows.next_row() {
            Ok(row) => row,
            Err(error) => {
                let _ = sender.blocking_send(Message::Failed(error));
                return;
            }
        };
        let ended = row.is_none();
        if let Some(row) = row {
            seen += 1;
            if seen > done {
                chunk.rows.push(as_of(of_run, row));
                chunk.checkpoint = seen;
            }
        }
        let full = chunk.rows.len() >= CHUNK;
        if full || ended && !chunk.rows.is_empty() {
            info!(stage = "parse", run, rows = seen, "chunk");
            let next = Chunk {
                rows: Vec::with_capacity(CHUNK),
                checkpoint: seen,
            };
            let whole = std::mem::replace(&mut chunk, next);
            if sender
                .blocking_send(Message::Chunk(whole, rows.offset()))
                .is_err()
            {
                return;
            }
        }
        if ended {
            let closing = Closing {
                trouble: rows.cut(),
                notes: rows.notes(),
            };
            let _ = sender.blocking_send(Message::End(closing));
            return;
        }
    }
}
