//! The settings of the door: who may ask, how much, which documents, and whether by TLS.

use std::num::NonZeroU32;
use std::path::PathBuf;

use api::identity::{self, Mode};
use api::webhook::Webhooks;
use api::{Limits, Settings, TlsFiles, TrustedDocuments};
use entity::change::FeedRetention;
use serde::Deserialize;

use crate::config::Keys;

/// A list in the file, words between commas in the environment.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Words {
    Text(String),
    List(Vec<String>),
}

impl Words {
    fn list(&self) -> Vec<String> {
        match self {
            Self::Text(text) => text
                .split(',')
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect(),
            Self::List(list) => list.clone(),
        }
    }
}

/// An identity provider, as a table `[[issuers]]` of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Issuer {
    issuer: String,
    audience: String,
    jwks_url: String,
    jwks_ca: Option<PathBuf>,
}

fn identity(keys: &Keys, problems: &mut Vec<String>) -> identity::Settings {
    let mode = match keys.auth_mode.as_deref() {
        None | Some("production") => Mode::Production,
        Some("development") => Mode::Development,
        Some(text) => {
            problems.push(format!(
                "auth_mode: {text:?} is neither production nor development"
            ));
            Mode::Production
        }
    };
    let issuers = keys.issuers.iter().cloned().map(|one| identity::Issuer {
        issuer: one.issuer,
        audience: one.audience,
        jwks_url: one.jwks_url,
        jwks_ca: one.jwks_ca,
    });
    identity::Settings {
        mode,
        issuers: issuers.collect(),
    }
}

/// The settings of the door; what is wrong is added to the problems.
pub(crate) fn settings(keys: &Keys, problems: &mut Vec<String>) -> Settings {
    let mut limits = Limits::default();
    match keys.rate_limit.as_deref() {
        None => {}
        Some("off") => limits.cost_per_minute = None,
        Some(text) => match text.parse::<NonZeroU32>() {
            Ok(limit) => limits.cost_per_minute = Some(limit),
            Err(_) => problems.push(format!(
                "rate_limit: {text:?} is neither `off` nor a cost per minute, such as 500000"
            )),
        },
    }
    let documents = match keys.documents.as_deref() {
        None | Some("off") => TrustedDocuments::Off,
        Some("prefer") => TrustedDocuments::Prefer,
        Some("only") => TrustedDocuments::Only,
        Some(text) => {
            problems.push(format!("documents: {text:?} is none of off, prefer, only"));
            TrustedDocuments::Off
        }
    };
    if documents != TrustedDocuments::Off && keys.documents_dir.is_none() {
        problems.push("documents_dir: missing; it names the folder of the manifests".to_owned());
    }
    let tls = match (&keys.tls_certificate, &keys.tls_key) {
        (Some(certificate), Some(key)) => Some(TlsFiles {
            certificate: certificate.clone(),
            key: key.clone(),
        }),
        (None, None) => None,
        _ => {
            problems.push("tls_certificate, tls_key: one of them is missing".to_owned());
            None
        }
    };
    let declaring = match keys.declaring.as_deref() {
        None | Some("closed") => false,
        Some("open") => true,
        Some(text) => {
            problems.push(format!("declaring: {text:?} is neither open nor closed"));
            false
        }
    };
    Settings {
        identity: identity(keys, problems),
        data_dir: PathBuf::new(),
        declaring,
        trusted_proxies: keys.trusted_proxies.as_ref().map(Words::list).unwrap_or_default(),
        allowed_origins: keys.allowed_origins.as_ref().map(Words::list).unwrap_or_default(),
        documents,
        documents_dir: keys.documents_dir.clone(),
        tls,
        feed_retention: feed_retention(keys, problems),
        webhooks: Some(Webhooks {
            networks: keys
                .webhook_networks
                .as_ref()
                .map(Words::list)
                .unwrap_or_default(),
            authorities: keys.webhook_ca.clone(),
            ..Webhooks::default()
        }),
        limits,
    }
}

fn feed_retention(keys: &Keys, problems: &mut Vec<String>) -> FeedRetention {
    let days = keys.feed_retention_days.as_deref().map(str::parse::<u32>);
    let retention = match days {
        None => Ok(FeedRetention::default()),
        Some(Ok(days)) => FeedRetention::of_days(days),
        Some(Err(_)) => Err("it is a number of days, such as 400".to_owned()),
    };
    retention.unwrap_or_else(|why| {
        problems.push(format!("feed_retention_days: {why}"));
        FeedRetention::default()
    })
}
