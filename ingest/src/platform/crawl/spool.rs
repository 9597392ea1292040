//! The spool: records as they come, and the state file that says which of them count.

use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use super::error::CrawlError;
use super::settings::Scope;
use super::state::CrawlState;

/// Name of the spool in the folder of a crawl: exchange records as NDJSON.
pub const SPOOL_NAME: &str = "platform.ndjson";
/// Name of the state file beside it.
pub const STATE_NAME: &str = "platform.state.json";

/// A spool that no other crawl can write to.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    file: File,
    /// How far the crawl is.
    pub state: CrawlState,
}

#[derive(Deserialize)]
struct OnlyId {
    #[serde(default)]
    record_id: String,
}

impl Spool {
    /// Opens the spool of a folder, or begins one. Bytes behind the length that the state names are a page that was
    /// not finished, and are cut off. A complete crawl whose spool was taken away is begun anew, and so is one that
    /// has finished no page when its scope was corrected.
    pub fn open(folder: &Path, scope: &Scope) -> Result<Self, CrawlError> {
        let path = folder.join(SPOOL_NAME);
        let failed = |cause| io(&path, cause);
        std::fs::create_dir_all(folder).map_err(|cause| io(folder, cause))?;
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false);
        let file = file.open(&path).map_err(failed)?;
        lock(&file, &path, LOCK_TRIES)?;
        let length = file.metadata().map_err(failed)?.len();
        let earlier = read_state(folder)?;
        let state = match earlier {
            Some(state) if state.complete && length == 0 && state.spool_bytes > 0 => {
                CrawlState::new(scope.clone())
            }
            Some(state) if state.scope != *scope && state.has_no_page() => CrawlState::new(scope.clone()),
            Some(state) => {
                fits(folder, &state, scope, length)?;
                state
            }
            None if length > 0 => {
                return Err(CrawlError::State {
                    path,
                    problem: format!(
                        "there are {length} bytes and no {STATE_NAME} beside them; take the file away, or put the state back"
                    ),
                });
            }
            None => CrawlState::new(scope.clone()),
        };
        file.set_len(state.spool_bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        let mut spool = Self {
            folder: folder.to_owned(),
            file,
            state,
        };
        spool.file.seek(SeekFrom::End(0)).map_err(failed)?;
        spool.write_state()?;
        Ok(spool)
    }

    /// Appends lines and moves on: first the lines reach the disk, then the state that counts them.
    pub fn commit(&mut self, lines: &str, next: CrawlState) -> Result<(), CrawlError> {
        if !lines.is_empty() {
            let path = self.path();
            let failed = |cause| io(&path, cause);
            self.file.write_all(lines.as_bytes()).map_err(failed)?;
            self.file.sync_data().map_err(failed)?;
        }
        let spool_bytes = self.state.spool_bytes + lines.len() as u64;
        self.state = CrawlState { spool_bytes, ..next };
        self.write_state()
    }

    /// Ids of the records that the present area has in the spool, and of those that were left out of it.
    pub fn seen_in_area(&self) -> Result<HashSet<String>, CrawlError> {
        let path = self.path();
        let failed = |cause| io(&path, cause);
        let mut file = File::open(&path).map_err(failed)?;
        file.seek(SeekFrom::Start(self.state.area_start))
            .map_err(failed)?;
        let length = self.state.spool_bytes.saturating_sub(self.state.area_start);
        let mut seen: HashSet<String> = self.left_out_of_area().map(str::to_owned).collect();
        for line in BufReader::new(file.take(length)).lines() {
            let line = line.map_err(failed)?;
            let read: OnlyId = serde_json::from_str(&line).map_err(|error| CrawlError::State {
                path: path.clone(),
                problem: format!("a line is no record ({error}): somebody changed the file; take it and {STATE_NAME} away and begin again"),
            })?;
            seen.insert(read.record_id);
        }
        Ok(seen)
    }

    fn left_out_of_area(&self) -> impl Iterator<Item = &str> {
        let area = self.state.area().unwrap_or_default();
        let of_area = self.state.left_out.iter().filter(move |out| out.area == area);
        of_area.map(|out| out.record_id.as_str())
    }

    /// Where the records are.
    pub fn path(&self) -> PathBuf {
        self.folder.join(SPOOL_NAME)
    }

    /// Replaces the state file in one step, so that a kill leaves the old state or the new one.
    fn write_state(&self) -> Result<(), CrawlError> {
        let path = self.folder.join(STATE_NAME);
        let fresh = self.folder.join(format!("{STATE_NAME}.new"));
        let failed = |cause| io(&path, cause);
        let json = serde_json::to_vec(&self.state).map_err(|error| failed(error.into()))?;
        let mut file = File::create(&fresh).map_err(|cause| io(&fresh, cause))?;
        file.write_all(&json).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&fresh, &path).map_err(failed)?;
        let folder = File::open(&self.folder).map_err(failed)?;
        folder.sync_all().map_err(failed)
    }
}

/// Takes away the spool and the state of a crawl that was ingested, so that the next crawl begins anew.
pub fn forget(folder: &Path) -> Result<(), CrawlError> {
    for name in [SPOOL_NAME, STATE_NAME] {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(io(&path, cause)),
            _ => {}
        }
    }
    Ok(())
}

fn io(path: &Path, cause: std::io::Error) -> CrawlError {
    CrawlError::Io {
        path: path.to_owned(),
        cause,
    }
}

/// How often the lock is tried for, every 50 ms: a crawl that was dropped may still be ending its last write.
const LOCK_TRIES: u32 = 100;

fn lock(file: &File, path: &Path, tries: u32) -> Result<(), CrawlError> {
    for _ in 0..tries {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(cause)) => return Err(io(path, cause)),
        }
    }
    Err(CrawlError::State {
        path: path.to_owned(),
        problem: "another crawl is writing to this spool; wait for its end, or use another folder".to_owned(),
    })
}

fn read_state(folder: &Path) -> Result<Option<CrawlState>, CrawlError> {
    let path = folder.join(STATE_NAME);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(io(&path, cause)),
    };
    serde_json::from_slice(&bytes)
        .map(Some)
        .map_err(|error| CrawlError::State {
            path,
            problem: format!(
                "it is no state of a crawl ({error}); take it and {SPOOL_NAME} away and begin again"
            ),
        })
}

fn fits(folder: &Path, state: &CrawlState, scope: &Scope, length: u64) -> Result<(), CrawlError> {
    let problem = if state.scope != *scope {
        format!(
            "it belongs to a crawl of {} with other settings; restore [scope], or take it and {SPOOL_NAME} away and begin again",
            state.scope.base_url
        )
    } else if length < state.spool_bytes {
        format!(
            "it counts {} bytes and {SPOOL_NAME} has {length}: somebody cut it; take both away and begin again",
            state.spool_bytes
        )
    } else {
        return Ok(());
    };
    Err(CrawlError::State {
        path: folder.join(STATE_NAME),
        problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(url: &str) -> Scope {
        Scope {
            base_url: url.to_owned(),
            ..Scope::default()
        }
    }

    fn with_one_line(folder: &Path) -> Spool {
        let mut spool = Spool::open(folder, &scope("http://a")).unwrap();
        let next = CrawlState {
            areas: Some(vec!["320582".to_owned()]),
            records: 1,
            ..spool.state.clone()
        };
        spool.commit("{\"record_id\":\"1\"}\n", next).unwrap();
        spool
    }

    #[test]
    fn a_half_written_tail_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        drop(with_one_line(folder.path()));
        let path = folder.path().join(SPOOL_NAME);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"record_id\":\"2\"}\n{\"rec").unwrap();
        let spool = Spool::open(folder.path(), &scope("http://a")).unwrap();
        assert_eq!(spool.state.records, 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{\"record_id\":\"1\"}\n");
        assert_eq!(spool.seen_in_area().unwrap(), HashSet::from(["1".to_owned()]));
    }

    #[test]
    fn files_that_do_not_fit_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(with_one_line(folder.path()));
        let (spool, state) = (folder.path().join(SPOOL_NAME), folder.path().join(STATE_NAME));
        let refused = |url: &str| Spool::open(folder.path(), &scope(url)).unwrap_err().to_string();
        assert!(refused("http://b").contains("other settings"));
        std::fs::write(&spool, "{").unwrap();
        assert!(refused("http://a").contains("somebody cut it"));
        std::fs::write(&state, "{").unwrap();
        assert!(refused("http://a").contains("no state of a crawl"));
        std::fs::remove_file(&state).unwrap();
        assert!(refused("http://a").contains("there are 1 bytes and no"));
        forget(folder.path()).unwrap();
        forget(folder.path()).unwrap();
        assert_eq!(
            Spool::open(folder.path(), &scope("http://a"))
                .unwrap()
                .state
                .records,
            0
        );
    }

    #[test]
    fn a_complete_crawl_begins_anew_when_its_spool_was_taken() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = with_one_line(folder.path());
        let next = CrawlState {
            complete: true,
            ..spool.state.clone()
        };
        spool.commit("", next).unwrap();
        drop(spool);
        let open = || Spool::open(folder.path(), &scope("http://a")).unwrap();
        assert!(open().state.complete);
        std::fs::remove_file(folder.path().join(SPOOL_NAME)).unwrap();
        assert_eq!(open().state, CrawlState::new(scope("http://a")));
    }

    #[test]
    fn a_scope_can_be_corrected_before_the_first_page() {
        let folder = tempfile::tempdir().unwrap();
        drop(Spool::open(folder.path(), &scope("http://typo")).unwrap());
        let spool = Spool::open(folder.path(), &scope("http://a")).unwrap();
        assert_eq!(spool.state, CrawlState::new(scope("http://a")));
    }

    #[test]
    fn two_crawls_do_not_share_a_spool() {
        let folder = tempfile::tempdir().unwrap();
        let first = with_one_line(folder.path());
        let path = first.path();
        let second = File::open(&path).unwrap();
        let error = lock(&second, &path, 2).unwrap_err();
        assert!(error.to_string().contains("another crawl"));
        drop(first);
        assert!(Spool::open(folder.path(), &scope("http://a")).is_ok());
    }
}
