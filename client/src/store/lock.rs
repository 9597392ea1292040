//! One writer a copy: a lock on a file, which ends with the process however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::{Error, Result};

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
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => {
                Err(Error::copy(path.display(), "another process writes to this copy"))
            }
            Err(TryLockError::Error(cause)) => Err(failed(cause)),
        }
    }
}
