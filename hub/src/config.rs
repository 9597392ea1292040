//! Configuration: command line, then environment (`NQI_…`), then file, then defaults. All errors are told at once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use entity::audit::{Algorithm, Retention};
use serde::Deserialize;

use crate::args::Args;
use crate::door::{self, Issuer, Words};

/// What the hub runs with.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) database_url: String,
    pub(crate) data_dir: PathBuf,
    pub(crate) listen: SocketAddr,
    pub(crate) platform_settings: Option<PathBuf>,
    pub(crate) door: api::Settings,
    pub(crate) audit: Audit,
}

/// How the audit trail is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Audit {
    /// How long entries are kept.
    pub(crate) retention: Retention,
    /// The hash of new entries, where the configuration names one; otherwise it stays as it is.
    pub(crate) algorithm: Option<Algorithm>,
}

/// The keys of the file and of the environment.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    listen: Option<String>,
    platform_settings: Option<PathBuf>,
    pub(crate) auth_mode: Option<String>,
    #[serde(default)]
    pub(crate) issuers: Vec<Issuer>,
    pub(crate) declaring: Option<String>,
    pub(crate) allowed_origins: Option<Words>,
    pub(crate) trusted_proxies: Option<Words>,
    pub(crate) rate_limit: Option<String>,
    pub(crate) documents: Option<String>,
    pub(crate) documents_dir: Option<PathBuf>,
    pub(crate) tls_certificate: Option<PathBuf>,
    pub(crate) tls_key: Option<PathBuf>,
    audit_retention_days: Option<String>,
    audit_hash: Option<String>,
    pub(crate) feed_retention_days: Option<String>,
    pub(crate) webhook_networks: Option<Words>,
    pub(crate) webhook_ca: Option<PathBuf>,
}

/// Every key; as a variable it is `NQI_` and the key in upper case.
const KEYS: [&str; 18] = [
    "database_url",
    "data_dir",
    "listen",
    "platform_settings",
    "auth_mode",
    "declaring",
    "allowed_origins",
    "trusted_proxies",
    "rate_limit",
    "documents",
    "documents_dir",
    "tls_certificate",
    "tls_key",
    "audit_retention_days",
    "audit_hash",
    "feed_retention_days",
    "webhook_networks",
    "webhook_ca",
];

/// Reads the configuration. `own_folder` is where the data lies unless told: `demo` keeps apart from the rest.
pub(crate) fn read(args: &Args, listen: Option<&str>, own_folder: &str) -> Result<Config, String> {
    let (keys, mut problems) = keys(args.config.as_deref());
    let door = door::settings(&keys, &mut problems);
    let audit = audit(&keys, &mut problems);
    let data_dir = args
        .data_dir
        .clone()
        .or(keys.data_dir)
        .unwrap_or_else(|| default_data_dir(own_folder));
    let listen = listen
        .map(str::to_owned)
        .or(keys.listen)
        .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listen = listen.parse::<SocketAddr>().map_err(|_| {
        problems.push(format!(
            "listen: {listen:?} is no address and port, such as 127.0.0.1:8080"
        ));
    });
    let database_url = args.database_url.clone().or(keys.database_url);
    let database_url =
        database_url.unwrap_or_else(|| format!("sqlite://{}", data_dir.join("nqi-hub.db").display()));
    if !["sqlite://", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| database_url.starts_with(scheme))
    {
        problems.push(format!(
            "database_url: {database_url:?} begins with neither sqlite:// nor postgres://"
        ));
    }
    match listen {
        Ok(listen) if problems.is_empty() => Ok(Config {
            database_url,
            listen,
            platform_settings: keys.platform_settings,
            door: api::Settings {
                data_dir: data_dir.clone(),
                ..door
            },
            data_dir,
            audit,
        }),
        _ => Err(format!(
            "the configuration has {} error(s):\n  {}",
            problems.len(),
            problems.join("\n  ")
        )),
    }
}

fn audit(keys: &Keys, problems: &mut Vec<String>) -> Audit {
    let mut told = |why: String| problems.push(why);
    let retention = match keys.audit_retention_days.as_deref().map(str::parse::<u32>) {
        None => Ok(Retention::default()),
        Some(Ok(days)) => Retention::of_days(days),
        Some(Err(_)) => Err("it is a number of days, such as 400".to_owned()),
    };
    let algorithm = match keys.audit_hash.as_deref() {
        None => None,
        Some("sha256") => Some(Algorithm::Sha256),
        Some("sm3") => Some(Algorithm::Sm3),
        Some(text) => {
            told(format!("audit_hash: {text:?} is neither sha256 nor sm3"));
            None
        }
    };
    Audit {
        retention: retention.unwrap_or_else(|why| {
            told(format!("audit_retention_days: {why}"));
            Retention::default()
        }),
        algorithm,
    }
}

/// What file and environment say, and what is wrong with them.
fn keys(file: Option<&Path>) -> (Keys, Vec<String>) {
    let mut problems = Vec::new();
    for (name, _) in std::env::vars() {
        let Some(key) = name.strip_prefix("NQI_") else {
            continue;
        };
        let known = KEYS.contains(&key.to_lowercase().as_str())
            || ["CONFIG", "LOG", "SYNC_TOKEN", "EXCHANGE_URL"].contains(&key);
        if !known && !key.starts_with("TEST_") {
            problems.push(format!("{name}: no such key; known keys: {}", KEYS.join(", ")));
        }
    }
    let named = KEYS.iter().filter_map(|key| {
        let name = format!("NQI_{}", key.to_uppercase());
        std::env::var(&name).ok().map(|value| (name, value))
    });
    let environment = config::Environment::with_prefix("NQI")
        .prefix_separator("_")
        .source(Some(named.collect()));
    let mut sources = config::Config::builder();
    if let Some(file) = file {
        sources = sources.add_source(config::File::from(file).format(config::FileFormat::Toml));
    }
    let read = sources
        .add_source(environment)
        .build()
        .and_then(config::Config::try_deserialize::<Keys>);
    let keys = read.unwrap_or_else(|error| {
        problems.push(error.to_string());
        Keys::default()
    });
    (keys, problems)
}

/// The platform's place for data, after the XDG base directory specification; the working directory as a last resort.
fn default_data_dir(own_folder: &str) -> PathBuf {
    let home = std::env::var_os("HOME")
        .or_else(|| std::env::var_os("USERPROFILE"))
        .map(PathBuf::from);
    let base = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::var_os("LOCALAPPDATA").map(PathBuf::from))
        .or_else(|| home.map(|home| home.join(".local").join("share")))
        .unwrap_or_else(|| PathBuf::from("."));
    base.join(own_folder)
}
