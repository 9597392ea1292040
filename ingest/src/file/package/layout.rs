//! The names of the elements of a package, as a mapping file says them.

use serde::Deserialize;

/// The names of the elements of a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Layout {
    /// The package.
    pub root: String,
    /// The head.
    pub head: String,
    /// The body.
    pub body: String,
    /// A record in the body.
    pub record: String,
    /// In the head: the number of the batch, by which the sender knows it.
    pub batch: String,
    /// In the head: who sends.
    pub sender: String,
    /// In the head: when.
    pub sent_at: String,
    /// In the head: what kind of records.
    pub kind: String,
    /// In the head: how many records.
    pub count: String,
}

impl Default for Layout {
    fn default() -> Self {
        let [root, head, body, record, batch, sender, sent_at, kind, count] = [
            "PACKAGE",
            "HEAD",
            "BODY",
            "RECORD",
            "BATCH_ID",
            "SENDER",
            "SEND_TIME",
            "DATA_TYPE",
            "RECORD_COUNT",
        ]
        .map(str::to_owned);
        Self {
            root,
            head,
            body,
            record,
            batch,
            sender,
            sent_at,
            kind,
            count,
        }
    }
}
