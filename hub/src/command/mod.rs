//! The commands.

mod check;
mod check_findings;
mod demo;
mod erase_raw;
mod export;
mod export_table;
mod generate;
mod ingest;
mod migrate;
mod quarantine;
mod read_spreadsheet;
mod receipt;
mod relay;
mod renew_epoch;
mod runs;
mod schema;
mod serve;
mod sync;
mod token;
mod verify_log;
mod webhook;

use std::path::Path;
use std::process::ExitCode;

use ::ingest::Ingester;
use entity::{Clock, Database};

pub(crate) use read_spreadsheet::read_spreadsheet;

use crate::args::{Args, Command};
use crate::config::{self, Config};

/// The folder of the hub below the platform's data directory.
const FOLDER: &str = "nqi-hub";
/// The folder of the demonstration: apart from the hub's own data, unless told otherwise.
const DEMO_FOLDER: &str = "nqi-hub-demo";

/// Runs the command that was asked for.
pub(crate) async fn run(args: Args) -> Result<ExitCode, String> {
    let (listen, folder) = match &args.command {
        Command::Demo(listen) => (listen.listen.clone(), DEMO_FOLDER),
        Command::Serve(listen) => (listen.listen.clone(), FOLDER),
        Command::Token(token) if token.demo => (None, DEMO_FOLDER),
        Command::RevokeToken(revoke) if revoke.demo => (None, DEMO_FOLDER),
        Command::Schema => return schema::run(),
        Command::Generate(generate) => return generate::run(generate),
        Command::ReadSpreadsheet(workbook) => return Ok(read_spreadsheet(workbook)),
        Command::Sync(wanted) => return sync::run(wanted).await,
        Command::Reconcile(wanted) => return sync::reconcile(wanted).await,
        _ => (None, FOLDER),
    };
    let config = config::read(&args, listen.as_deref(), folder)?;
    match args.command {
        Command::Demo(_) => demo::run(&config).await,
        Command::Serve(_) => serve::run(&config).await,
        Command::Migrate => migrate::run(&config).await,
        Command::Ingest(ingest) => ingest::run(&config, ingest).await,
        Command::Export(export) => export::run(&config, export).await,
        Command::Check(check) => check::run(&config, check).await,
        Command::Token(token) => token::run(&config, token),
        Command::RevokeToken(revoke) => token::revoke(&config, &revoke.token_id).await,
        Command::RenewEpoch(renew) => renew_epoch::run(&config, &renew.because).await,
        Command::VerifyLog(wanted) => verify_log::run(&config, wanted).await,
        Command::AuditHead => verify_log::head(&config).await,
        Command::Relay(relay) => relay::run(&config, relay).await,
        Command::Runs(runs) => runs::run(&config, runs).await,
        Command::Receipt(receipt) => receipt::run(&config, receipt).await,
        Command::EraseRaw(erase) => erase_raw::run(&config, erase).await,
        Command::Quarantine(quarantine) => quarantine::run(&config, quarantine).await,
        Command::Schema => schema::run(),
        Command::Generate(generate) => generate::run(&generate),
        Command::ReadSpreadsheet(workbook) => Ok(read_spreadsheet(&workbook)),
        Command::Sync(wanted) => sync::run(&wanted).await,
        Command::Reconcile(wanted) => sync::reconcile(&wanted).await,
        Command::Webhook(wanted) => webhook::run(&config, wanted).await,
    }
}

/// Opens the database with its schema up to date.
async fn open(config: &Config) -> Result<Database, String> {
    make_private(&config.data_dir).map_err(|cause| {
        format!(
            "cannot make the data directory {}: {cause}",
            config.data_dir.display()
        )
    })?;
    let db = Database::connect(&config.database_url)
        .await
        .map_err(|error| error.to_string())?;
    // Whoever only serves needs no right to change tables.
    if db.has_this_schema().await.is_ok_and(|has| has) {
        return Ok(db);
    }
    db.migrate().await.map_err(|error| {
        let remedy = if error.is_disk() {
            "; the disk is full or broken: free some space and run the same command again"
        } else {
            ""
        };
        format!("{error}{remedy}")
    })?;
    Ok(db)
}

/// Makes the data directory, for nobody but its owner: keys and the words of sources lie in it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

async fn ingester(config: &Config, db: &Database) -> Result<Ingester, String> {
    Ingester::new(db.clone(), Clock::System, config.data_dir.clone())
        .await
        .map_err(|error| error.to_string())
}

/// Every page of a list, for commands that print all of it.
const PAGE: u64 = 200;
