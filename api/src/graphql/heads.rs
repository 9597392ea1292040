//! The head of the change feed for all subscribers of a process: looked for once, told to each.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use entity::change::{self, Head};
use entity::{Database, Scope};
use futures_util::{Stream, stream};
use tokio::runtime::Handle;
use tokio::sync::watch;

/// How often the feed is looked at while somebody listens.
const LOOK: Duration = Duration::from_millis(500);

/// The newest head. A subscriber that is slow finds the newest one when it comes, and misses only what is out of date.
pub(crate) struct Heads {
    db: Database,
    newest: watch::Sender<Option<Head>>,
    looking: AtomicBool,
    /// When the head was read last, and what was found.
    read: tokio::sync::Mutex<Option<(Instant, Option<Head>)>>,
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
            newest: watch::Sender::new(None),
            looking: AtomicBool::new(false),
            read: tokio::sync::Mutex::default(),
            runtime: Handle::try_current().ok(),
        })
    }

    /// The present head, read after the question was asked; none when the database does not answer. Whoever asks while it is being
    /// read waits for the next reading and shares it, so a crowd costs the database no more than a few.
    pub(crate) async fn now(&self) -> Option<Head> {
        let asked = Instant::now();
        let mut last = self.read.lock().await;
        match &*last {
            Some((begun, head)) if *begun >= asked => head.clone(),
            _ => {
                let begun = Instant::now();
                let head = change::head(&self.db, &Scope::public()).await.ok();
                *last = Some((begun, head.clone()));
                head
            }
        }
    }

    /// The present head, unless the bookmark is there already, and then every new one.
    pub(crate) fn after(self: Arc<Self>, bookmark: Arc<Bookmark>) -> impl Stream<Item = Head> {
        let newest = self.newest.subscribe();
        self.look();
        stream::unfold(
            (self, newest, bookmark, false),
            async |(heads, mut newest, bookmark, begun)| {
                if !begun {
                    // What others were told may be old: the first head is read. A database that does not answer now may answer
                    // at the next look.
                    if let Some(head) = heads.now().await
                        && bookmark.turn_to(&head)
                    {
                        return Some((head, (heads, newest, bookmark, true)));
                    }
                }
                loop {
                    newest.changed().await.ok()?;
                    let head = newest.borrow_and_update().clone();
                    if let Some(head) = head.filter(|head| bookmark.turn_to(head)) {
                        return Some((head, (heads, newest, bookmark, true)));
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
                if let Some(head) = heads.now().await {
                    heads.newest.send_if_modified(|newest| {
                        let news = newest.as_ref() != Some(&head);
                        *newest = Some(head);
                        news
                    });
                }
                tokio::time::sleep(LOOK).await;
                if heads.newest.is_closed() {
                    heads.looking.store(false, Ordering::Release);
                    // Somebody may have come between the question and the answer.
                    if heads.newest.is_closed() || heads.looking.swap(true, Ordering::AcqRel) {
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
