//! `nqi-hub token`: a token for development, signed with the hub's own key; and `nqi-hub revoke-token`.

use std::process::ExitCode;

use api::identity::{Grant, Mode, OwnKey, RevokedTokens, Wanted};
use chrono::TimeDelta;
use entity::Clock;
use entity::access::revoke_token;

use crate::args::Token;
use crate::config::Config;
use crate::output;

pub(super) fn run(config: &Config, token: Token) -> Result<ExitCode, String> {
    if config.door.identity.mode == Mode::Production && !token.demo {
        return Err(
            "auth_mode is production: tokens come from the issuers of the configuration. For trials set auth_mode = \"development\", or take --demo"
                .to_owned(),
        );
    }
    let wanted = Wanted {
        subject: token.subject,
        client: "nqi-hub".to_owned(),
        grant: Grant {
            region: token.region,
            office: token.office,
            enterprise: token.enterprise,
            institution: token.institution,
            kinds: token.kinds,
            ..Grant::new(token.role)
        },
    };
    let ttl = TimeDelta::try_seconds(token.ttl).ok_or("ttl: so many seconds are no time")?;
    let key = OwnKey::open(&config.data_dir)?;
    output::line(&key.mint(&wanted, ttl, Clock::System.now())?);
    Ok(ExitCode::SUCCESS)
}

/// Puts a token on the list of those that are refused.
pub(super) async fn revoke(config: &Config, token_id: &str) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let until = RevokedTokens::of_use_until(Clock::System.now());
    revoke_token(&db, &Clock::System, token_id, until)
        .await
        .map_err(|error| error.to_string())?;
    output::line("revoked; every process on the database refuses it within 10 seconds");
    Ok(ExitCode::SUCCESS)
}
