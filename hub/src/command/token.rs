//! `nqi-hub token`: a token for development, signed with the hub's own key.

use std::process::ExitCode;

use api::identity::{Grant, Mode, OwnKey, Wanted};
use chrono::TimeDelta;
use entity::Clock;

use crate::args::Token;
use crate::config::Config;
use crate::output;

pub(super) fn run(config: &Config, token: Token) -> Result<ExitCode, String> {
    if config.door.identity.mode == Mode::Production && !token.demo {
        return Err(
            "auth.mode is production: tokens come from the issuers of the configuration. For trials set auth_mode = \"development\", or take --demo"
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
