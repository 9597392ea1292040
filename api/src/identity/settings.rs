//! What an operator sets about identity: who may vouch for senders.

use std::collections::HashSet;
use std::path::PathBuf;

use super::fetch::Fetch;
use super::own;

/// Issuers of one configuration.
const MOST_ISSUERS: usize = 32;

/// Whether the hub believes tokens that it made itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Only issuers of the configuration are believed.
    #[default]
    Production,
    /// The hub's own key is believed, too: whoever reads the data directory can be anybody.
    Development,
}

/// The settings of identity.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `auth_mode`.
    pub mode: Mode,
    /// Identity providers, each with its own keys; 32 at most.
    pub issuers: Vec<Issuer>,
}

/// An identity provider. Its keys decide on the algorithms: ES256, PS256, RS256 and EdDSA.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// What stands in `iss`, to the letter.
    pub issuer: String,
    /// What must stand in `aud`.
    pub audience: String,
    /// Where the keys are published (JWKS): `https`, or `http` on this machine.
    pub jwks_url: String,
    /// Certificate authorities in PEM that alone are trusted for this address; without them those of the machine are.
    pub jwks_ca: Option<PathBuf>,
}

impl Settings {
    /// The issuers, each with a client for its keys. All that is wrong is told at once.
    pub(super) fn clients(&self) -> Result<Vec<(&Issuer, Fetch)>, String> {
        let mut problems = Vec::new();
        if self.issuers.len() > MOST_ISSUERS {
            problems.push(format!(
                "there are {} issuers and may be {MOST_ISSUERS}",
                self.issuers.len()
            ));
        }
        let mut names = HashSet::from([own::ISSUER]);
        let mut clients = Vec::new();
        for issuer in self.issuers.iter().take(MOST_ISSUERS) {
            let name = issuer.issuer.as_str();
            if name.is_empty() {
                problems.push("an issuer is empty; it is what stands in iss".to_owned());
            } else if !names.insert(name) {
                problems.push(format!("issuer {name:?} stands twice, or is the hub's own name"));
            }
            if issuer.audience.is_empty() {
                problems.push(format!(
                    "issuer {name:?}: audience is empty; it is what must stand in aud"
                ));
            }
            match Fetch::new(&issuer.jwks_url, issuer.jwks_ca.as_deref()) {
                Ok(fetch) => clients.push((issuer, fetch)),
                Err(why) => problems.push(format!("issuer {name:?}: jwks_url: {why}")),
            }
        }
        if problems.is_empty() {
            Ok(clients)
        } else {
            Err(problems.join("\n"))
        }
    }
}
