//! `nqi-hub export` as lines of JSON, watched while it works, beside `COPY TO` of the same text.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::postgres::PgConnection;
use serde_json::Value;
use support::figures::median;
use support::{Engine, Hub, TestDatabase};

use crate::{Failed, float};

pub(crate) const HEAD: [&str; 8] = [
    "engine",
    "rows",
    "bytes",
    "export, rows/s",
    "COPY TO, rows/s",
    "export / COPY TO",
    "peak, MB",
    "peak so far at 25, 50, 75, 100 %, MB",
];

/// The lines of the export as PostgreSQL writes them.
const COPY: &str = "COPY (SELECT '{\"key\":' || to_json(record_key)::text || ',\"version\":' || version || ',\"region\":' || to_json(region)::text \
    || ',\"changedOn\":\"' || ((at AT TIME ZONE 'Asia/Shanghai')::date)::text || '\",\"hash\":\"' || encode(sha256(convert_to(body, 'UTF8')), 'hex') \
    || '\",\"record\":' || body || '}' FROM feed ORDER BY kind, record_key) TO STDOUT";

/// An export that was watched.
struct Watched {
    seconds: f64,
    bytes: u64,
    /// The most memory until each quarter of the rows was written, in 10^6 bytes.
    peaks: [f64; 4],
}

/// One line of the table: export and reference in turn, medians.
pub(crate) async fn measure(
    engine: Engine,
    database: &TestDatabase,
    rows: u64,
    rounds: usize,
) -> Result<Vec<String>, Failed> {
    let (mut hub, mut copy, mut last) = (Vec::new(), Vec::new(), None);
    for round in 1..=rounds {
        let watched = export(database, rows, round)?;
        hub.push(float(rows) / watched.seconds);
        if engine == Engine::Postgres {
            let begin = Instant::now();
            let bytes = copied(database).await?;
            copy.push(float(rows) / begin.elapsed().as_secs_f64());
            if bytes != watched.bytes {
                return Err(format!("{bytes} bytes by COPY TO, {} by the export", watched.bytes).into());
            }
        }
        eprintln!(
            "{engine:?} export round {round}: {:.0} rows/s",
            hub.last().unwrap_or(&0.0)
        );
        last = Some(watched);
    }
    let watched = last.ok_or("no round")?;
    let (hub, copy) = (median(&hub), median(&copy));
    let of_postgres = |text: String| {
        if engine == Engine::Postgres {
            text
        } else {
            "—".to_owned()
        }
    };
    let peaks: Vec<String> = watched.peaks.iter().map(|peak| format!("{peak:.0}")).collect();
    Ok(vec![
        format!("{engine:?}"),
        rows.to_string(),
        watched.bytes.to_string(),
        format!("{hub:.0}"),
        of_postgres(format!("{copy:.0}")),
        of_postgres(format!("{:.2}", hub / copy)),
        peaks.last().cloned().unwrap_or_default(),
        peaks.join(", "),
    ])
}

/// Exports everything, from the start of the process to its end.
fn export(database: &TestDatabase, rows: u64, round: usize) -> Result<Watched, Failed> {
    let out = database.path(&format!("out-{round}"));
    let path = out.to_string_lossy();
    let words = ["export", "--json", "--kinds", "Standard", "--out", &path];
    let mut command = Hub::on(database).command(&words);
    let begin = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let (mut peaks, mut safe) = ([0.0; 4], 0);
    let status = loop {
        let peak = peak_mb(child.id());
        safe = written(&out).max(safe);
        let quarter = usize::try_from(safe * 4 / rows.max(1))?.min(3);
        for later in peaks.iter_mut().skip(quarter) {
            *later = peak.max(*later);
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let seconds = begin.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{status}").into());
    }
    let bytes = std::fs::metadata(out.join("Standard.ndjson"))?.len();
    std::fs::remove_dir_all(&out)?;
    Ok(Watched {
        seconds,
        bytes,
        peaks,
    })
}

/// The rows that an export noted as safe.
fn written(out: &Path) -> u64 {
    let text = std::fs::read_to_string(out.join("manifest.json.part")).unwrap_or_default();
    let progress: Value = serde_json::from_str(&text).unwrap_or_default();
    progress
        .pointer("/current/rows")
        .and_then(Value::as_u64)
        .unwrap_or(0)
}

/// The most memory that a process ever held (VmHWM), in 10^6 bytes; nothing once it is gone.
fn peak_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse().ok());
    float(kib.unwrap_or(0)) * 1024.0 / 1e6
}

/// Writes the same text to a file by `COPY TO`; gives its bytes.
async fn copied(database: &TestDatabase) -> Result<u64, Failed> {
    let path = database.path("copied");
    let mut file = BufWriter::with_capacity(1 << 16, File::create(&path)?);
    let mut connection = PgConnection::connect(database.url()).await?;
    let mut bytes = 0;
    let mut pieces = connection.copy_out_raw(COPY).await?;
    while let Some(piece) = pieces.try_next().await? {
        bytes += piece.len() as u64;
        file.write_all(&piece)?;
    }
    drop(pieces);
    file.into_inner()
        .map_err(|error| error.into_error())?
        .sync_all()?;
    connection.close().await?;
    std::fs::remove_file(&path)?;
    Ok(bytes)
}
