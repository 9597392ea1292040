//! `nqi-hub`: the binary. One file per command, wiring only.

mod args;
mod command;
mod config;
mod door;
mod keeper;
mod output;
#[cfg(feature = "opentelemetry")]
mod trace;

use std::process::ExitCode;

use clap::Parser;

/// How soon memory is given back is said in `.cargo/config.toml`.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    // Before the runtime starts: its threads would count against the memory that the child allows itself.
    if let args::Command::ReadSpreadsheet(workbook) = &args.command {
        return command::read_spreadsheet(workbook);
    }
    let _telling = match output::start_log(&args.log) {
        Ok(telling) => telling,
        Err(message) => return output::fail(&message),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return output::fail(&format!("cannot start: {cause}")),
    };
    match runtime.block_on(command::run(args)) {
        Ok(code) => code,
        Err(message) => output::fail(&message),
    }
}
