//! `nqi-hub export --into-table`: declarations that changed, into the exchange table (前置库) of a neighbour.

use std::process::ExitCode;

use ::ingest::platform::table_writer::{self, Sent};
use entity::Database;
use serde_json::json;

use super::export::{bar, scope};
use crate::args::Export;
use crate::config::Config;
use crate::output;

/// The environment variable that holds the address where the command line does not.
const ADDRESS: &str = "NQI_EXCHANGE_URL";
/// Wrong usage.
const USAGE: u8 = 2;

pub(super) async fn run(config: &Config, wanted: Export) -> Result<ExitCode, String> {
    let address = match address(wanted.into_table.as_deref().unwrap_or_default()) {
        Ok(address) => address,
        Err(why) => {
            output::fail(&why);
            return Ok(ExitCode::from(USAGE));
        }
    };
    let db = super::open(config).await?;
    let neighbour = Database::connect(&address).await;
    let neighbour = neighbour.map_err(|error| error.to_string())?;
    let scope = scope(&db, &wanted).await?;
    let bar = bar(&wanted);
    let told = |sent: &Sent| bar.set_message(format!("{} records", sent.rows));
    let plan = table_writer::Plan {
        scope,
        sender: wanted.sender.clone(),
        anew: wanted.anew,
    };
    let sent = table_writer::write(&db, &neighbour, &plan, told).await;
    bar.finish_and_clear();
    let sent = sent.map_err(|error| error.to_string())?;
    if wanted.json {
        output::print_json(&json!({ "changes": sent.changes, "rows": sent.rows, "chunks": sent.chunks }))?;
    } else {
        output::line(&format!(
            "{} rows for {} changes written into the exchange table, in {} transactions",
            sent.rows, sent.changes, sent.chunks
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The address of the neighbour's database. Everybody on the machine can read the command line, so no password stands there.
fn address(written: &str) -> Result<String, String> {
    let address = if written.is_empty() {
        std::env::var(ADDRESS)
            .map_err(|_| format!("--into-table needs an address, here or in {ADDRESS}: postgres://USER:PASSWORD@HOST/NAME or sqlite://PATH"))?
    } else {
        written.to_owned()
    };
    let login = address
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next()?.rsplit_once('@'));
    let has_password = login.is_some_and(|(login, _)| login.contains(':')) || address.contains("password=");
    if !written.is_empty() && has_password {
        return Err(format!(
            "--into-table: the command line can be read by every user of the machine: put an address with a password into {ADDRESS}"
        ));
    }
    let file = address
        .strip_prefix("sqlite://")
        .map(|path| path.split('?').next().unwrap_or_default());
    if file.is_some_and(|file| !std::path::Path::new(file).exists()) {
        return Err(
            "--into-table: there is no such database: the neighbour makes it and its tables".to_owned(),
        );
    }
    Ok(address)
}
