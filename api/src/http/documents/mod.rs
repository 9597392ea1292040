//! Documents that the hub knows by name: those of manifests, and those that clients registered by hash.

mod manifest;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::refused::Refused;
use super::request::Asked;
use super::settings::TrustedDocuments;

/// Entries that the store of registered documents is laid out for; the bound is in bytes.
const ENTRIES: usize = 1_000;

/// The documents by name.
pub(super) struct Documents {
    mode: TrustedDocuments,
    trusted: HashMap<String, Arc<str>>,
    registered: Cache<String, Arc<str>, Bytes>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<String, Arc<str>> for Bytes {
    fn weight(&self, hash: &String, document: &Arc<str>) -> u64 {
        (hash.len() + document.len()) as u64
    }
}

/// The document of a request.
pub(super) struct Named {
    /// Its text.
    pub(super) text: Arc<str>,
    /// The hash to register it by once it has passed the check.
    registers: Option<String>,
}

impl Documents {
    /// Reads the manifests of a folder, unless they are switched off.
    pub(super) fn read(
        mode: TrustedDocuments,
        folder: Option<&Path>,
        registered_bytes: u64,
    ) -> Result<Self, String> {
        let trusted = match (mode, folder) {
            (TrustedDocuments::Off, _) => HashMap::new(),
            (_, Some(folder)) => manifest::read(folder)?,
            (_, None) => {
                return Err("trusted documents need a folder of manifests: set documents_dir".to_owned());
            }
        };
        Ok(Self {
            mode,
            trusted,
            registered: Cache::with_weighter(ENTRIES, registered_bytes, Bytes),
        })
    }

    /// The documents of the manifests with their names.
    pub(super) fn trusted(&self) -> impl Iterator<Item = (&str, &str)> {
        self.trusted.iter().map(|(name, text)| (name.as_str(), &**text))
    }

    /// The document that a request sends or names.
    pub(super) fn of(&self, asked: &Asked) -> Result<Named, Refused> {
        if let Some(query) = &asked.query {
            return self.sent(query, asked);
        }
        let known = |text: Arc<str>| Named {
            text,
            registers: None,
        };
        let names = [asked.document_id.as_deref(), asked.persisted.as_deref()];
        for name in names.into_iter().flatten() {
            if let Some(text) = self.trusted_by(name) {
                return Ok(known(text));
            }
            let hash = name.strip_prefix("sha256:").unwrap_or(name).to_ascii_lowercase();
            if let Some(text) = self.registered.get(&hash) {
                return Ok(known(text));
            }
        }
        Err(match asked.persisted {
            // The words that clients of automatic persisted queries look for; they send the document then.
            Some(_) => Refused::request("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"),
            None => Refused::request(
                "DOCUMENT_NOT_FOUND",
                "no document of this `documentId` is known here",
            ),
        })
    }

    /// Keeps a document that its client named by hash, now that it has passed the check.
    pub(super) fn register(&self, named: Named) {
        if let Some(hash) = named.registers {
            self.registered.insert(hash, named.text);
        }
    }

    fn sent(&self, query: &str, asked: &Asked) -> Result<Named, Refused> {
        let hash = (asked.persisted.is_some() || self.mode == TrustedDocuments::Only)
            .then(|| entity::record::sha256_hex(query.as_bytes()));
        if let (Some(hash), Some(wanted)) = (&hash, &asked.persisted)
            && hash != wanted
        {
            return Err(Refused::bad(
                "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`: hash the text as it is sent",
            ));
        }
        if self.mode == TrustedDocuments::Only {
            let trusted = hash.as_deref().and_then(|hash| self.trusted_by(hash));
            return match trusted {
                Some(text) => Ok(Named {
                    text,
                    registers: None,
                }),
                None => Err(Refused::request(
                    "DOCUMENT_NOT_TRUSTED",
                    "this hub executes the documents of its manifests and no others, introspection included: \
                     add the document to a manifest",
                )),
            };
        }
        Ok(Named {
            text: query.into(),
            registers: hash,
        })
    }

    /// A document of a manifest, whose names may or may not say how the hash is made.
    fn trusted_by(&self, name: &str) -> Option<Arc<str>> {
        let found = self.trusted.get(name);
        let found = found.or_else(|| self.trusted.get(name.strip_prefix("sha256:")?));
        found
            .or_else(|| self.trusted.get(&format!("sha256:{name}")))
            .cloned()
    }
}
