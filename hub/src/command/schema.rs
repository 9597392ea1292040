//! `nqi-hub schema`.

use std::process::ExitCode;

use crate::output;

pub(super) fn run() -> Result<ExitCode, String> {
    output::line(api::sdl().trim_end());
    Ok(ExitCode::SUCCESS)
}
