//! `nqi-hub verify-log` and `nqi-hub audit-head`: proving the audit trail, and a head for a place outside.

use std::process::ExitCode;

use chrono::{DateTime, Utc};
use entity::Clock;
use entity::audit::{AuditKey, Report, Wanted, newest_head, sign_head, verify};
use entity::clock::instant_text;
use serde_json::json;

use crate::args::VerifyLog;
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: VerifyLog) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let wanted = Wanted {
        keys: args.key,
        mark: args.head,
    };
    let report = verify(&db, &wanted).await.map_err(|error| error.to_string())?;
    if args.json {
        print_json(&report)?;
    } else {
        print(&report, &wanted);
    }
    Ok(if report.trouble.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

/// Signs what is not signed yet, and prints the newest head as one line.
pub(super) async fn head(config: &Config) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    let told = async {
        let key = AuditKey::of(&db).await?;
        sign_head(&db, &Clock::System, &key).await?;
        newest_head(&db, &key).await
    };
    let head = told.await.map_err(|error| error.to_string())?;
    let head = head.ok_or("the audit trail is empty: there is nothing to sign yet")?;
    output::line(&head.to_string());
    Ok(ExitCode::SUCCESS)
}

fn text(at: Option<DateTime<Utc>>) -> String {
    at.map(instant_text).unwrap_or_default()
}

fn print(report: &Report, wanted: &Wanted) {
    let before = if report.cut > 0 {
        format!("; those up to {} were taken away after their time", report.cut)
    } else {
        String::new()
    };
    output::line(&format!(
        "entries   {}, up to entry {}{before}",
        report.entries, report.last
    ));
    let signed = match report.signed {
        0 => String::new(),
        seq => format!(", the last of entry {seq} at {}", text(report.signed_at)),
    };
    output::line(&format!("heads     {}{signed}", report.heads));
    if let Some(since) = report.unsigned_since {
        output::line(&format!("unsigned  since {}", instant_text(since)));
    }
    output::line(&format!("key       {} ({})", report.key, report.key.id()));
    match (&report.trouble, &wanted.mark) {
        (Some(trouble), _) => output::line(&format!("TROUBLE   {trouble}")),
        (None, Some(mark)) => output::line(&format!(
            "ok        every entry follows from the one before it, and entry {} is the one that was kept outside",
            mark.seq
        )),
        (None, None) => output::line("ok        every entry follows from the one before it"),
    }
}

fn print_json(report: &Report) -> Result<(), String> {
    let trouble = report.trouble.as_ref().map(
        |trouble| json!({ "entry": trouble.seq, "fault": trouble.fault.as_str(), "detail": trouble.detail }),
    );
    output::print_json(&json!({
        "ok": report.trouble.is_none(), "entries": report.entries, "last": report.last, "cut": report.cut,
        "heads": report.heads, "signed": report.signed, "signedAt": report.signed_at.map(instant_text),
        "unsignedSince": report.unsigned_since.map(instant_text), "key": report.key.to_string(),
        "keyId": report.key.id(), "trouble": trouble,
    }))
}
