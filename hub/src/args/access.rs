//! The words of what is about readers: tokens, the epoch of their cursors, and the trail of what they did.

use api::identity::RevokedTokens;
use entity::access::Role;
use entity::audit::{Mark, PublicKey};

#[derive(Debug, clap::Args)]
pub(crate) struct Token {
    /// ENTERPRISE, INSTITUTION, STAFF, AGGREGATOR, CREDIT_CLIENT, HUB, AUDITOR, SYSTEM_ADMIN, SECURITY_ADMIN or AUDIT_ADMIN.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Role,
    /// The district, such as 320582; for STAFF, AGGREGATOR, CREDIT_CLIENT and HUB.
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    /// The office within the bureau; for STAFF.
    #[arg(long, value_name = "NAME")]
    pub(crate) office: Option<String>,
    /// The credit code; for ENTERPRISE.
    #[arg(long, value_name = "CREDIT_CODE")]
    pub(crate) enterprise: Option<String>,
    /// The number of the CMA certificate; for INSTITUTION.
    #[arg(long, value_name = "CMA")]
    pub(crate) institution: Option<String>,
    /// The kinds of records, such as Enterprise,Declaration; for CREDIT_CLIENT.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Who it names: two people have two names.
    #[arg(long, value_name = "NAME", default_value = "developer")]
    pub(crate) subject: String,
    /// For the hub that `demo` runs, in its own data directory.
    #[arg(long)]
    pub(crate) demo: bool,
    /// Seconds that it is valid for, 3600 at most.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    pub(crate) ttl: i64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RevokeToken {
    /// The name of the token: its claim `jti`, which the audit trail shows, too.
    #[arg(value_name = "JTI", value_parser = token_name)]
    pub(crate) token_id: String,
    /// For the hub that `demo` runs, in its own data directory.
    #[arg(long)]
    pub(crate) demo: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RenewEpoch {
    /// Why, for the audit trail, such as `restored from the backup of 2026-03-01`.
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: String,
}

fn token_name(text: &str) -> Result<String, String> {
    RevokedTokens::is_name(text)
        .then(|| text.to_owned())
        .ok_or_else(|| "a name has 1 to 200 characters, none of them a control character".to_owned())
}

pub(super) fn role(word: &str) -> Result<Role, String> {
    let words = || {
        Role::ALL
            .iter()
            .map(|role| role.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    word.to_uppercase()
        .parse()
        .map_err(|()| format!("there are {}", words()))
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyLog {
    /// A head that was kept outside, as `audit-head` printed it: the trail must have that entry.
    #[arg(long, value_name = "SEQ:HASH")]
    pub(crate) head: Option<Mark>,
    /// The key that heads must be signed with, instead of the one that the database holds; may be repeated.
    #[arg(long, value_name = "HEX")]
    pub(crate) key: Vec<PublicKey>,
    /// Print one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
