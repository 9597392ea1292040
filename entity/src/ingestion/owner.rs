//! The name under which a process holds a lease, and whether the one that holds it is still alive.

use std::fs;

use super::lease;
use crate::{Database, Result};

/// Host, process and the process's start: together they never come twice.
pub fn own_name() -> String {
    let process = std::process::id();
    format!("{}:{process}:{}", host(), start_of(process).unwrap_or_default())
}

/// The holder of a lease, if it is a process of this host that is gone: its lease need not run out first.
pub async fn dead_holder(db: &Database, source: &str) -> Result<Option<String>> {
    let Some(holder) = lease::holder(db, source).await? else {
        return Ok(None);
    };
    let mut parts = holder.owner.split(':');
    let (Some(its_host), Some(process), Some(start)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    let Ok(process) = process.parse::<u32>() else {
        return Ok(None);
    };
    // Without the table of processes of Linux nobody can tell; the lease then runs out in its time.
    let can_tell = fs::exists("/proc/self/stat").unwrap_or(false);
    let gone = can_tell && its_host == host() && start_of(process).as_deref() != Some(start);
    Ok(gone.then_some(holder.owner))
}

fn host() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    format!("{}/{}", name.trim(), boot.trim())
}

/// When a process began, in ticks since the machine started: field 22 of its `stat`, behind the name in brackets.
fn start_of(process: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace();
    let dead = matches!(fields.next(), Some("Z" | "X"));
    let start = fields.nth(18)?;
    (!dead).then(|| start.to_owned())
}
