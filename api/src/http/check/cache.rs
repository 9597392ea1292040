//! Checked documents, kept by the hash of their text and bounded by their size.

use std::sync::Arc;

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::document::Document;

/// SHA-256 of a text.
pub(super) type Key = [u8; 32];

/// The least that a document weighs, for the sizing of the table.
const LIGHTEST: u64 = 2 * 1024;

/// The documents of all clients. A client that sends ever new documents pushes out those that nobody asks for again
/// before those that are asked for often.
pub(super) struct Known(Cache<Key, Arc<Document>, ByBytes>);

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Document>> for ByBytes {
    fn weight(&self, _: &Key, document: &Arc<Document>) -> u64 {
        document.bytes().max(LIGHTEST)
    }
}

impl Known {
    /// Room for so many bytes.
    pub(super) fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / LIGHTEST).unwrap_or(usize::MAX);
        let mut options = OptionsBuilder::new();
        // Few parts: the largest document must fit into one.
        options
            .estimated_items_capacity(items)
            .weight_capacity(bytes)
            .shards(2);
        match options.build() {
            Ok(options) => Self(Cache::with_options(
                options,
                ByBytes,
                DefaultHashBuilder::default(),
                DefaultLifecycle::default(),
            )),
            Err(_) => Self(Cache::with_weighter(items, bytes, ByBytes)),
        }
    }

    pub(super) fn get(&self, key: &Key) -> Option<Arc<Document>> {
        self.0.get(key)
    }

    pub(super) fn keep(&self, key: Key, document: Arc<Document>) {
        self.0.insert(key, document);
    }
}
