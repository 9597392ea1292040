//! What people and scripts see: log lines, tables, errors.

use std::io::Write;
use std::process::ExitCode;

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// What goes on in the background until the process ends.
#[cfg(feature = "opentelemetry")]
pub(crate) type Telling = Option<crate::trace::Spans>;
/// Nothing has to be ended.
#[cfg(not(feature = "opentelemetry"))]
pub(crate) type Telling = ();

/// Starts the log on standard error, and sends spans where there is a collector for them.
pub(crate) fn start_log(filter: &str) -> Result<Telling, String> {
    // The server writes an error for every broken request of a stranger; the door counts them.
    let filter = EnvFilter::try_new(format!("actix_http=off,{filter}"));
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("actix_http=off,warn"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_filter(filter);
    let subscriber = tracing_subscriber::registry().with(lines);
    #[cfg(feature = "opentelemetry")]
    {
        let (layer, spans) = crate::trace::layer()?.unzip();
        subscriber.with(layer).init();
        Ok(spans)
    }
    #[cfg(not(feature = "opentelemetry"))]
    {
        subscriber.init();
        Ok(())
    }
}

/// Prints a line on standard output. When the reader is gone (`nqi-hub runs | head`), there is nobody left to work for.
pub(crate) fn line(text: &str) {
    if writeln!(std::io::stdout().lock(), "{text}").is_err() {
        std::process::exit(0);
    }
}

/// Tells an error and gives the exit code for it.
pub(crate) fn fail(message: &str) -> ExitCode {
    eprintln!("nqi-hub: {message}");
    ExitCode::from(1)
}

/// A value as one line of JSON on standard output.
pub(crate) fn print_json<T: serde::Serialize>(value: &T) -> Result<(), String> {
    let line = serde_json::to_string(value).map_err(|error| error.to_string())?;
    self::line(&line);
    Ok(())
}

/// A table with a header; the columns are as wide as their widest cell, and a Chinese character counts as two.
pub(crate) fn print_table(header: &[&str], rows: &[Vec<String>]) {
    let mut widths: Vec<usize> = header.iter().map(|cell| width(cell)).collect();
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(cell));
        }
    }
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> = cells
            .zip(&widths)
            .map(|(cell, column)| format!("{cell}{}", " ".repeat(column.saturating_sub(width(cell)))))
            .collect();
        self::line(padded.join("  ").trim_end());
    };
    line(&mut header.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
}

fn width(text: &str) -> usize {
    text.chars()
        .map(|sign| if u32::from(sign) >= 0x1100 { 2 } else { 1 })
        .sum()
}
