//! One writer a copy: a lock on a file, which ends with the process however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::{Error, Result};

/// A writer that ended a moment ago may have left the lock to a process that it was just starting: it is free when that runs.
const TRIES: u32 = 20;
const WAIT: Duration = Duration::from_millis(50);

/// Held as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a copy; fails when another process has it.
    pub(super) fn take(path: &Path) -> Result<Self> {
        let failed = |cause: std::io::Error| Error::copy(path.display(), cause);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(failed)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
        }
        Err(Error::copy(path.display(), "another process writes to this copy"))
    }
}
