//! `nqi-hub schema`.

use std::process::ExitCode;

pub(super) fn run() -> Result<ExitCode, String> {
    print!("{}", api::sdl());
    Ok(ExitCode::SUCCESS)
}
