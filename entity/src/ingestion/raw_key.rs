//! Keys of raw files that hold personal data: one key a file, wrapped with a key derived from a secret of the database. A file
//! is erased by deleting its key.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::audit::{self, Asked, Entry, unhex};
use crate::db::{Engine, rows};
use crate::record::hex;
use crate::{Clock, Database, Error, Result};

/// Bytes of a key (AES-256).
const LENGTH: usize = 32;
/// Files erased in one transaction, with one entry in the audit trail.
const AT_ONCE: i64 = 100;

/// The key of one raw file (AES-256-GCM). It is shown nowhere.
#[derive(Clone)]
pub struct RawKey([u8; LENGTH]);

impl RawKey {
    /// A new key.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; LENGTH];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| Error::inconsistent("raw_key", "no random bytes"))?;
        Ok(Self(bytes))
    }

    /// The bytes of the key.
    pub fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl PartialEq for RawKey {
    fn eq(&self, other: &Self) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl std::fmt::Debug for RawKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RawKey")
    }
}

/// How a raw file is kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// As it came.
    Plain,
    /// Sealed with this key.
    Sealed(RawKey),
    /// Its key was erased at this instant: nobody can read it.
    Erased(DateTime<Utc>),
}

/// Which files are erased.
#[derive(Debug, Clone)]
pub enum Doomed {
    /// The one of this SHA-256.
    One(String),
    /// Those that came before an instant.
    Before(DateTime<Utc>),
}

/// How the file of a SHA-256 is kept.
pub async fn find(db: &Database, sha256: &str) -> Result<Kept> {
    let sql = "SELECT wrapped, erased_at FROM raw_key WHERE sha256 = $1";
    let Some(row) = rows::query_one(db.own(), sql, [sha256.into()]).await? else {
        return Ok(Kept::Plain);
    };
    let (wrapped, erased): (Option<String>, Option<i64>) =
        (row.try_get("", "wrapped")?, row.try_get("", "erased_at")?);
    match wrapped {
        Some(wrapped) => Ok(Kept::Sealed(Wrapping::of(db).await?.open(sha256, &wrapped)?)),
        None => {
            let at = erased.and_then(DateTime::from_timestamp_micros);
            Ok(Kept::Erased(at.unwrap_or_default()))
        }
    }
}

/// Keeps a new key for a file, unless it has one or had one: then that counts.
pub async fn keep(db: &Database, sha256: &str, new: &RawKey, now: DateTime<Utc>) -> Result<Kept> {
    let wrapped = Wrapping::of(db).await?.close(sha256, new)?;
    let transaction = db.begin().await?;
    let sql = "INSERT INTO raw_key (sha256, wrapped, made_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let values = [sha256.into(), wrapped.into(), now.timestamp_micros().into()];
    rows::execute(&transaction, sql, values).await?;
    transaction.commit().await?;
    find(db, sha256).await
}

/// Erases the keys of files and gives their SHA-256, at most `most` of them. Each hundred is one transaction with its entry in
/// the audit trail. On SQLite nothing of a key stays in the file of the database or in its log.
pub async fn erase(db: &Database, clock: &Clock, doomed: &Doomed, most: u64) -> Result<Vec<String>> {
    let mut erased: Vec<String> = Vec::new();
    while (erased.len() as u64) < most {
        let gone = erase_some(db, clock, doomed).await?;
        if gone.is_empty() {
            break;
        }
        erased.extend(gone);
    }
    if !erased.is_empty() {
        db.fold_log().await?;
    }
    Ok(erased)
}

async fn erase_some(db: &Database, clock: &Clock, doomed: &Doomed) -> Result<Vec<String>> {
    let transaction = db.begin().await?;
    if db.engine() == Engine::Sqlite {
        transaction
            .execute_unprepared("PRAGMA secure_delete = ON")
            .await?;
    }
    let now = clock.now().timestamp_micros();
    let set = "UPDATE raw_key SET wrapped = NULL, erased_at = $1 WHERE wrapped IS NOT NULL";
    let found = match doomed {
        Doomed::One(sha256) => {
            let sql = format!("{set} AND sha256 = $2 RETURNING sha256");
            rows::query(&transaction, &sql, [now.into(), sha256.as_str().into()]).await?
        }
        Doomed::Before(instant) => {
            let some = "SELECT sha256 FROM raw_key WHERE wrapped IS NOT NULL AND made_at < $2 ORDER BY sha256 LIMIT $3";
            let sql = format!("{set} AND sha256 IN ({some}) RETURNING sha256");
            let values = [now.into(), instant.timestamp_micros().into(), AT_ONCE.into()];
            rows::query(&transaction, &sql, values).await?
        }
    };
    let mut gone = Vec::new();
    for row in &found {
        gone.push(row.try_get("", "sha256")?);
    }
    gone.sort();
    if !gone.is_empty() {
        let done = Entry::allowed(&Asked::by_hub("erase-raw"), "RawObject")
            .objects(&gone)
            .rows(gone.len() as u64);
        audit::append(&transaction, clock, done).await?;
    }
    transaction.commit().await?;
    Ok(gone)
}

/// The instant so many days before another.
pub fn days_before(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    now.checked_sub_signed(TimeDelta::days(i64::from(days)))
        .unwrap_or_default()
}

/// The key that wraps keys. A wrapped key is bound to the file that it belongs to.
struct Wrapping(RandomizedNonceKey);

impl Wrapping {
    async fn of(db: &Database) -> Result<Self> {
        Self::from_secret(&db.secret("raw").await?)
    }

    fn from_secret(secret: &str) -> Result<Self> {
        let key = Sha256::digest(format!("nqi-hub raw key\n{secret}").as_bytes());
        let key = RandomizedNonceKey::new(&AES_256_GCM, &key);
        Ok(Self(key.map_err(|_| {
            Error::inconsistent("hub_secret raw", "it makes no key")
        })?))
    }

    /// Nonce, key and tag in hexadecimal digits.
    fn close(&self, sha256: &str, key: &RawKey) -> Result<String> {
        let mut closed = key.0.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(sha256), &mut closed)
            .map_err(|_| Error::inconsistent("raw_key", "it cannot be wrapped"))?;
        let nonce: &[u8; NONCE_LEN] = nonce.as_ref();
        Ok(format!("{}{}", hex(nonce), hex(&closed)))
    }

    fn open(&self, sha256: &str, wrapped: &str) -> Result<RawKey> {
        let broken = || {
            let problem = "it was wrapped with another secret or for another file";
            Error::inconsistent(format!("raw_key {sha256}"), problem)
        };
        let bytes = unhex(wrapped).ok_or_else(broken)?;
        let (nonce, closed) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
        let mut closed = closed.to_vec();
        let key = self
            .0
            .open_in_place(nonce, Aad::from(sha256), &mut closed)
            .map_err(|_| broken())?;
        Ok(RawKey((&*key).try_into().map_err(|_| broken())?))
    }
}

#[cfg(test)]
mod tests {
    use super::{RawKey, Wrapping};

    #[test]
    fn a_wrapped_key_opens_with_its_secret_and_for_its_file_only() {
        let (wrapping, key) = (Wrapping::from_secret("one").unwrap(), RawKey::random().unwrap());
        let wrapped = wrapping.close("file", &key).unwrap();
        assert!(wrapping.open("file", &wrapped).unwrap() == key);
        assert!(wrapping.open("another file", &wrapped).is_err());
        let other = Wrapping::from_secret("two").unwrap();
        assert!(other.open("file", &wrapped).is_err());
        for broken in ["", "00", "no digits", wrapped.get(2..).unwrap()] {
            assert!(wrapping.open("file", broken).is_err(), "{broken}");
        }
        assert_ne!(
            wrapping.close("file", &key).unwrap(),
            wrapped,
            "a nonce came twice"
        );
    }
}
