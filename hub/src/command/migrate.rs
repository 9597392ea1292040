//! `nqi-hub migrate`.

use std::process::ExitCode;

use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    super::open(config).await?;
    output::line("the schema is up to date");
    Ok(ExitCode::SUCCESS)
}
