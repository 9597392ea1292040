//! `nqi-hub receipt`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use ::ingest::receipt::{self, Form};
use entity::Scope;
use entity::ingestion::Receipt;

use crate::args;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: args::Receipt) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let scope = Scope::operator();
    let found = Receipt::of(&db, &scope, &args.run).await;
    let receipt = found
        .map_err(|error| error.to_string())?
        .ok_or_else(|| format!("there is no run {}: `nqi-hub runs` lists them", args.run))?;
    let by_ending = args
        .out
        .as_deref()
        .and_then(Path::extension)
        .and_then(|ending| Form::parse(&ending.to_string_lossy().to_lowercase()));
    let form = args.form.or(by_ending).unwrap_or(Form::Csv);
    let Some(path) = args.out else {
        let mut out = Vec::new();
        receipt::write(&db, &scope, &receipt, form, &mut out)
            .await
            .map_err(|error| error.to_string())?;
        output::line(String::from_utf8_lossy(&out).trim_end());
        return Ok(ExitCode::SUCCESS);
    };
    let shown = path.display();
    let failed = |cause: std::io::Error| {
        format!("{shown}: {cause}; check the path, its rights and the room on the disk")
    };
    let mut out = BufWriter::new(File::create_new(&path).map_err(failed)?);
    let written = receipt::write(&db, &scope, &receipt, form, &mut out).await;
    let flushed = written
        .map_err(|error| error.to_string())
        .and_then(|()| out.flush().map_err(failed));
    if let Err(problem) = flushed {
        // Half a receipt would be taken for a whole one.
        let _ = std::fs::remove_file(&path);
        return Err(problem);
    }
    output::line(&format!(
        "{shown}: {} accepted, {} refused",
        receipt.accepted(),
        receipt.refused()
    ));
    Ok(ExitCode::SUCCESS)
}
