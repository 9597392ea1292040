//! The head of the change feed for all subscribers of a process: looked for once, told to each.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use entity::change::{self, Head};
use entity::{Database, Scope};
use futures_util::{Stream, stream};
use quick_cache::sync::Cache;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// How often the feed is looked at while somebody listens.
const LOOK: Duration = Duration::from_millis(500);

/// So many kinds of readers are remembered; one that was forgotten costs one more reading.
const READERS: usize = 1_000;

/// When the head was read last, and what was found.
type LastRead = tokio::sync::Mutex<Option<(Instant, Option<Head>)>>;

/// Says when to look for a new head, and reads it once for all who may see the same. A subscriber that is slow finds the newest
/// one when it comes, and misses only what is out of date.
pub(crate) struct Heads {
    db: Database,
    /// The end of the feed, which moves with what is hidden, too: it says when to look, and is told to nobody.
    tip: watch::Sender<Option<Head>>,
    looking: AtomicBool,
    /// By what a reader may see.
    read: Cache<Scope, Arc<LastRead>>,
    /// The runtime that outlives the workers of the server.
    runtime: Option<Handle>,
}

/// Where a subscriber stands: what it knew when it came, and what it was told last.
#[derive(Default)]
pub(crate) struct Bookmark(Mutex<Option<Head>>);

impl Bookmark {
    /// A bookmark at what a subscriber already knows.
    pub(crate) fn at(head: Option<Head>) -> Self {
        Self(Mutex::new(head))
    }

    /// What was told last.
    pub(crate) fn last(&self) -> Option<Head> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Moves on to a head, unless it is no news.
    fn turn_to(&self, head: &Head) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let news = last
            .as_ref()
            .is_none_or(|last| last.epoch != head.epoch || last.position < head.position);
        if news {
            *last = Some(head.clone());
        }
        news
    }
}

impl Heads {
    /// The head of the feed of a database.
    pub(crate) fn of(db: &Database) -> Arc<Self> {
        Arc::new(Self {
            db: db.clone(),
            tip: watch::Sender::new(None),
            looking: AtomicBool::new(false),
            read: Cache::new(READERS),
            runtime: Handle::try_current().ok(),
        })
    }

    /// The present head for a reader, read after the question was asked; none when the database does not answer. Whoever asks while
    /// it is being read waits for the next reading and shares it, so a crowd costs the database no more than a few.
    pub(crate) async fn now(&self, scope: &Scope) -> Option<Head> {
        let asked = Instant::now();
        let last = self
            .read
            .get_or_insert_with(scope, || Ok::<_, Infallible>(Arc::default()));
        let last = last.unwrap_or_default();
        let mut last = last.lock().await;
        match &*last {
            Some((begun, head)) if *begun >= asked => head.clone(),
            _ => {
                let begun = Instant::now();
                let head = change::head(&self.db, scope).await.ok();
                *last = Some((begun, head.clone()));
                head
            }
        }
    }

    /// The present head for a reader, unless the bookmark is there already, and then every new one.
    pub(crate) fn after(self: Arc<Self>, scope: Scope, bookmark: Arc<Bookmark>) -> impl Stream<Item = Head> {
        let tip = self.tip.subscribe();
        self.look();
        stream::unfold(
            (self, tip, bookmark, scope, false),
            async |(heads, mut tip, bookmark, scope, begun)| {
                // What others were told may be old: the first head is read.
                let mut is_due = !begun;
                loop {
                    if !is_due {
                        tip.changed().await.ok()?;
                    }
                    is_due = false;
                    match heads.now(&scope).await {
                        Some(head) if bookmark.turn_to(&head) => {
                            return Some((head, (heads, tip, bookmark, scope, true)));
                        }
                        Some(_) => {}
                        // A database that does not answer now is asked again: there may be no next change for long.
                        None => {
                            tokio::time::sleep(LOOK).await;
                            is_due = true;
                        }
                    }
                }
            },
        )
    }

    /// Looks at the feed as long as somebody listens. One task does, however many listen.
    fn look(self: &Arc<Self>) {
        if self.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let heads = self.clone();
        let looking = async move {
            loop {
                if let Ok(head) = change::tip(&heads.db).await {
                    heads.tip.send_if_modified(|tip| {
                        let news = tip.as_ref() != Some(&head);
                        *tip = Some(head);
                        news
                    });
                }
                tokio::time::sleep(LOOK).await;
                if heads.tip.is_closed() {
                    heads.looking.store(false, Ordering::Release);
                    // Somebody may have come between the question and the answer.
                    if heads.tip.is_closed() || heads.looking.swap(true, Ordering::AcqRel) {
                        return;
                    }
                }
            }
        };
        match &self.runtime {
            Some(runtime) => runtime.spawn(looking),
            None => tokio::spawn(looking),
        };
    }
}
