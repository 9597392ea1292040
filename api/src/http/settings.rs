//! What an operator sets about the door.

use std::path::PathBuf;

use entity::change::FeedRetention;

use super::limits::Limits;
use super::webhook::Webhooks;
use crate::identity;

/// The settings of a server.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Origins of other pages that may ask, such as `https://portal.example.org`. A page of the hub's own origin always may.
    pub allowed_origins: Vec<String>,
    /// Addresses and networks of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Which documents are executed.
    pub documents: TrustedDocuments,
    /// The folder of the manifests.
    pub documents_dir: Option<PathBuf>,
    /// Certificate and key, for a hub without a proxy before it.
    pub tls: Option<TlsFiles>,
    /// Whose tokens are believed.
    pub identity: identity::Settings,
    /// Where the hub's own key lies, which development needs.
    pub data_dir: PathBuf,
    /// Whether everybody who reaches the port may declare for any enterprise.
    pub declaring: bool,
    /// How long changes are kept.
    pub feed_retention: FeedRetention,
    /// How changes are sent to webhooks; without it this process sends none.
    pub webhooks: Option<Webhooks>,
    /// The bounds.
    pub limits: Limits,
}

/// How documents of manifests are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TrustedDocuments {
    /// Manifests are not read.
    #[default]
    Off,
    /// Documents of manifests are known by their names, and others go, too.
    Prefer,
    /// Nothing is executed but documents of manifests.
    Only,
}

/// Files in PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The chain of certificates, that of the hub first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}
