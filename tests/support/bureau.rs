//! Tokens for tests: a server in development, and its own key.

use api::identity::{Grant, LONGEST_TTL, Mode, OwnKey, Settings, Wanted};
use chrono::TimeDelta;
use entity::access::Role;
use tempfile::TempDir;

use crate::test_clock;

/// Gives out tokens that a server with its settings believes.
pub struct Bureau {
    key: OwnKey,
    home: TempDir,
}

impl Default for Bureau {
    fn default() -> Self {
        let home = match TempDir::new() {
            Ok(home) => home,
            Err(cause) => panic!("no directory: {cause}"),
        };
        match OwnKey::open(home.path()) {
            Ok(key) => Self { key, home },
            Err(why) => panic!("no key: {why}"),
        }
    }
}

impl Bureau {
    /// Settings of a server that believes the tokens of this bureau.
    pub fn settings(&self, settings: api::Settings) -> api::Settings {
        api::Settings {
            identity: Settings {
                mode: Mode::Development,
                issuers: Vec::new(),
            },
            data_dir: self.home.path().to_owned(),
            ..settings
        }
    }

    /// A token for somebody, from the instant of the tests on.
    pub fn token(&self, subject: &str, grant: Grant) -> String {
        self.token_for(subject, grant, LONGEST_TTL)
    }

    /// A token that ends after so long.
    pub fn token_for(&self, subject: &str, grant: Grant, ttl: TimeDelta) -> String {
        let wanted = Wanted {
            subject: subject.to_owned(),
            client: "tests".to_owned(),
            grant,
        };
        match self.key.mint(&wanted, ttl, test_clock().now()) {
            Ok(token) => token,
            Err(why) => panic!("no token for {wanted:?}: {why}"),
        }
    }
}

/// Staff of a district.
pub fn staff(region: &str) -> Grant {
    Grant {
        region: Some(region.to_owned()),
        ..Grant::new(Role::Staff)
    }
}

/// An enterprise.
pub fn enterprise(code: &str) -> Grant {
    Grant {
        enterprise: Some(code.to_owned()),
        ..Grant::new(Role::Enterprise)
    }
}

/// A grant of every role, for the district and the enterprise.
pub fn every_role(region: &str, code: &str) -> Vec<Grant> {
    let region = || Some(region.to_owned());
    Role::ALL
        .iter()
        .filter(|role| **role != Role::Public)
        .map(|role| match role {
            Role::Enterprise => enterprise(code),
            Role::Institution => Grant {
                institution: Some("231020340567".to_owned()),
                ..Grant::new(*role)
            },
            Role::Staff | Role::Aggregator | Role::Hub => Grant {
                region: region(),
                ..Grant::new(*role)
            },
            Role::CreditClient => Grant {
                region: region(),
                kinds: vec!["Enterprise".to_owned(), "Declaration".to_owned()],
                ..Grant::new(*role)
            },
            _ => Grant::new(*role),
        })
        .collect()
}
