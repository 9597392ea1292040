//! `nqi-hub migrate`.

use std::process::ExitCode;

use crate::config::Config;

pub(super) async fn run(config: &Config) -> Result<ExitCode, String> {
    super::open(config).await?;
    println!("the schema is up to date");
    Ok(ExitCode::SUCCESS)
}
