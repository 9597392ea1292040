//! An edge as a batch function for the crate `dataloader`.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::pin::Pin;
use std::sync::Arc;

use dataloader::BatchFn;
use dataloader::cached::Loader;

use crate::graphql::ApiError;

/// More keys than any page has parents, so that an edge of a page is one batch.
const BATCH: usize = 1_000;

/// What a batch gives for each key: the value, or the error that the whole batch met.
type Loaded<V> = Result<V, Arc<entity::Error>>;
type Answer<K, V> = Pin<Box<dyn Future<Output = entity::Result<HashMap<K, V>>> + Send>>;

/// Reads the values of an edge for many keys at once.
pub(crate) struct Reader<K, V>(Arc<dyn Fn(Vec<K>) -> Answer<K, V> + Send + Sync>);

/// The loader of an edge.
pub(crate) type Edge<K, V> = Loader<K, Loaded<V>, Reader<K, V>>;

impl<K, V> BatchFn<K, Loaded<V>> for Reader<K, V>
where
    K: Clone + Eq + Hash + Ord + Send + Sync,
    V: Clone + Default + Send,
{
    async fn load(&mut self, keys: &[K]) -> HashMap<K, Loaded<V>> {
        let mut sorted = keys.to_vec();
        // Sorted, so that the same question always sends the same statement.
        sorted.sort();
        match (self.0)(sorted).await {
            Ok(mut found) => keys
                .iter()
                .map(|key| (key.clone(), Ok(found.remove(key).unwrap_or_default())))
                .collect(),
            Err(error) => {
                let error = Arc::new(error);
                keys.iter().map(|key| (key.clone(), Err(error.clone()))).collect()
            }
        }
    }
}

/// Makes the loader of an edge. A key without a value gives the default: nothing, or an empty list.
pub(crate) fn edge<K, V, F, A>(read: F) -> Edge<K, V>
where
    K: Clone + Debug + Eq + Hash + Ord + Send + Sync + 'static,
    V: Clone + Default + Send + 'static,
    F: Fn(Vec<K>) -> A + Send + Sync + 'static,
    A: Future<Output = entity::Result<HashMap<K, V>>> + Send + 'static,
{
    Loader::new(Reader(Arc::new(move |keys| Box::pin(read(keys)) as Answer<K, V>))).with_max_batch_size(BATCH)
}

/// Asks an edge for one key; what other resolvers ask at the same time goes into the same statement.
pub(crate) async fn load<K, V>(edge: &Edge<K, V>, key: K) -> Result<V, ApiError>
where
    K: Clone + Debug + Eq + Hash + Ord + Send + Sync + 'static,
    V: Clone + Default + Send + 'static,
{
    match edge.try_load(key).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(ApiError::internal(&error)),
        Err(error) => Err(ApiError::internal(&error)),
    }
}
