//! The hub's own key, and tokens that are signed with it: for development, where no identity provider is at hand.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::rand::{self, SystemRandom};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;

use super::claims::{Audience, Payload};
use super::grant::Grant;
use super::key::Key;
use super::refused::Reason;
use super::{TOKEN_LIFE, header, token};

/// The issuer of the hub's own tokens.
pub(super) const ISSUER: &str = "urn:nqi-hub:development";
/// Whom they are for. Each hub has its own key, so the tokens of one are nothing to another.
pub(super) const AUDIENCE: &str = "urn:nqi-hub";
/// The file of the key: PEM, PKCS#8, P-256.
const FILE: &str = "development-key.pem";
/// Signs of a line of PEM.
const LINE: usize = 64;

/// The longest time that a token of the hub is valid, and the default.
pub const LONGEST_TTL: TimeDelta = TOKEN_LIFE;

/// What a token of the hub shall say.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The person or service: `sub`.
    pub subject: String,
    /// The program that asks: `client_id`.
    pub client: String,
    /// The role and its bounds.
    pub grant: Grant,
}

/// The hub's own key.
#[derive(Debug)]
pub struct OwnKey {
    private: EncodingKey,
    pub(super) public: Arc<Key>,
    pub(super) kid: String,
}

impl OwnKey {
    /// The key of a data directory. At first use it is made, in a file that nobody but its owner reads (mode 0600). A file
    /// that others may read is refused.
    pub fn open(data_dir: &Path) -> Result<Self, String> {
        let path = data_dir.join(FILE);
        let at = |cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
        if !path.exists() {
            create(data_dir, &path).map_err(|cause| at(&cause))?;
        }
        guarded(&path)?;
        let private = PrivatePkcs8KeyDer::from_pem_file(&path).map_err(|cause| at(&cause))?;
        let private = EncodingKey::from_ec_der(private.secret_pkcs8_der());
        let remedy = "it is no key of P-256 in PKCS#8; remove it and a new one is made";
        let jwk = Jwk::from_encoding_key(&private, Algorithm::ES256).map_err(|_| at(&remedy))?;
        let kid = jwk
            .thumbprint(ThumbprintHash::SHA256)
            .map_err(|cause| at(&cause))?;
        let public = Arc::new(Key::from_jwk(&jwk).map_err(|cause| at(&cause))?);
        Ok(Self { private, public, kid })
    }

    /// A token that a hub in development accepts for so long. Whether the hub is in development the caller decides.
    pub fn mint(&self, wanted: &Wanted, ttl: TimeDelta, now: DateTime<Utc>) -> Result<String, String> {
        if ttl < TimeDelta::seconds(1) || ttl > LONGEST_TTL {
            return Err(format!(
                "the time of a token is 1 to {} seconds",
                LONGEST_TTL.num_seconds()
            ));
        }
        for (name, text) in [("subject", &wanted.subject), ("client", &wanted.client)] {
            if !token::is_text(text) {
                return Err(Reason::Text(name).to_string());
            }
        }
        wanted.grant.check()?;
        let mut name = [0; 16];
        rand::fill(&mut name).map_err(|_| "the system gives no random numbers".to_owned())?;
        let header = Header {
            typ: Some(header::TYPE.to_owned()),
            kid: Some(self.kid.clone()),
            ..Header::new(Algorithm::ES256)
        };
        let payload = Payload {
            iss: ISSUER.to_owned(),
            aud: Audience::One(AUDIENCE.to_owned()),
            sub: wanted.subject.clone(),
            client_id: wanted.client.clone(),
            jti: URL_SAFE_NO_PAD.encode(name),
            iat: now.timestamp(),
            exp: now.timestamp() + ttl.num_seconds(),
            nbf: None,
            nqi: wanted.grant.clone(),
        };
        jsonwebtoken::encode(&header, &payload, &self.private).map_err(|error| error.to_string())
    }
}

/// Makes a key. The file appears whole or not at all, and never over one that another process made meanwhile.
fn create(data_dir: &Path, path: &PathBuf) -> std::io::Result<()> {
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map_err(|_| std::io::Error::other("the system gives no random numbers"))?;
    fs::create_dir_all(data_dir)?;
    let mut file = tempfile::NamedTempFile::new_in(data_dir)?;
    writeln!(file, "-----BEGIN PRIVATE KEY-----")?;
    for line in STANDARD.encode(key.as_ref()).as_bytes().chunks(LINE) {
        file.write_all(line)?;
        writeln!(file)?;
    }
    writeln!(file, "-----END PRIVATE KEY-----")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(failed) if failed.error.kind() != std::io::ErrorKind::AlreadyExists => Err(failed.error),
        _ => Ok(()),
    }
}

/// Refuses a key that others can read.
#[cfg(unix)]
fn guarded(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let at = |cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    let mode = fs::metadata(path)
        .map_err(|cause| at(&cause))?
        .permissions()
        .mode()
        & 0o777;
    if mode & 0o077 != 0 {
        return Err(at(&format!("others may read it (mode {mode:04o}): chmod 600")));
    }
    Ok(())
}

/// Elsewhere the rights of the data directory hold.
#[cfg(not(unix))]
fn guarded(_: &Path) -> Result<(), String> {
    Ok(())
}
