//! `nqi-hub webhook`: whom changes are sent to, and what could not be delivered.

use std::process::ExitCode;

use api::webhook::{self as checked, Wanted, new_key, prepare};
use chrono::DateTime;
use entity::clock::instant_text;
use entity::webhook::{self, Dead, ReplayFrom};
use entity::{Clock, Database};
use serde_json::json;

use crate::args::{Webhook, WebhookAction, WebhookAdd, WebhookReplay};
use crate::config::Config;
use crate::output;

pub(super) async fn run(config: &Config, args: Webhook) -> Result<ExitCode, String> {
    let db = super::open(config).await?;
    match args.action {
        WebhookAction::Add(wanted) => add(&db, *wanted).await?,
        WebhookAction::List { json } => list(&db, json).await?,
        WebhookAction::Dead { name, json } => dead(&db, name.as_deref(), json).await?,
        WebhookAction::Remove { name } => {
            webhook::remove(&db, &Clock::System, &name).await.map_err(said)?;
            output::line("removed");
        }
        WebhookAction::Replay(wanted) => replay(&db, wanted).await?,
        WebhookAction::Resume { name } => {
            webhook::resume(&db, &Clock::System, &name).await.map_err(said)?;
            output::line("goes on from where it stands");
        }
        WebhookAction::RotateKey { name, settle: true } => {
            webhook::settle_key(&db, &Clock::System, &name)
                .await
                .map_err(said)?;
            output::line("the newest key alone signs");
        }
        WebhookAction::RotateKey { name, settle: false } => {
            let key = new_key()?;
            webhook::rotate_key(&db, &Clock::System, &name, &key)
                .await
                .map_err(said)?;
            output::line(&format!("key   {key}"));
            output::line(
                "The former key signs, too, until rotate-key --settle. This key is not shown again.",
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn said(error: entity::Error) -> String {
    error.to_string()
}

async fn add(db: &Database, args: WebhookAdd) -> Result<(), String> {
    let wanted = Wanted {
        grant: args.grant(),
        begin: args.begin(),
        reader: (args.issuer, args.subject.unwrap_or_else(|| args.name.clone())),
        name: args.name,
        url: args.url,
        kinds: args.only_kinds,
        regions: args.only_regions,
    };
    let new = prepare(db, wanted).await?;
    if webhook::add(db, &Clock::System, &new).await.map_err(said)? {
        output::line(&format!("key   {}", new.signing_key));
        output::line("Messages are signed with this key. It is not shown again.");
    } else {
        output::line("changed; its key and its place stay; it goes on if its address is another one");
    }
    Ok(())
}

fn instant(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros).map_or_else(String::new, instant_text)
}

async fn list(db: &Database, as_json: bool) -> Result<(), String> {
    for one in webhook::list(db).await.map_err(said)? {
        if as_json {
            output::print_json(&json!({
                "name": one.name, "url": one.url, "issuer": one.issuer, "subject": one.subject, "rights": one.rights,
                "kinds": one.kinds, "regions": one.regions, "stopped": one.stopped, "batches": one.batches,
                "changes": one.changes, "deliveredAt": one.delivered_at.map(instant), "failedAttempts": one.attempts,
                "nextAttemptAt": (one.next_at > 0).then(|| instant(one.next_at)), "failure": one.failure,
                "formerKeySigns": one.former_key.is_some(), "place": one.place,
            }))?;
            continue;
        }
        let delivered = one.delivered_at.map_or_else(|| "never".to_owned(), instant);
        output::line(&format!(
            "{}  {}  {} changes in {} batches, last {delivered}",
            one.name, one.url, one.changes, one.batches
        ));
        if let Some(why) = &one.stopped {
            output::line(&format!("    stopped: {why}"));
        } else if let (1.., Some(why)) = (one.next_at, &one.failure) {
            let next = instant(one.next_at);
            output::line(&format!(
                "    {} failed attempts, next {next}: {why}",
                one.attempts
            ));
        }
    }
    Ok(())
}

async fn dead(db: &Database, name: Option<&str>, as_json: bool) -> Result<(), String> {
    for letter in webhook::dead_letters(db, name).await.map_err(said)? {
        let Dead {
            webhook,
            number,
            message,
            changes,
            attempts,
            failure,
            ..
        } = &letter;
        if as_json {
            output::print_json(&json!({
                "webhook": webhook, "number": number, "message": message, "changes": changes, "attempts": attempts,
                "firstTriedAt": instant(letter.tried_at), "givenUpAt": instant(letter.died_at), "failure": failure,
                "replayedAt": letter.replayed_at.map(instant),
            }))?;
            continue;
        }
        let replayed = letter
            .replayed_at
            .map_or_else(String::new, |at| format!(", replayed {}", instant(at)));
        output::line(&format!(
            "{webhook} {number}  {message}  {changes} changes, given up {} after {attempts} attempts{replayed}: {failure}",
            instant(letter.died_at)
        ));
    }
    Ok(())
}

async fn replay(db: &Database, wanted: WebhookReplay) -> Result<(), String> {
    let from = match (wanted.dead, wanted.from) {
        (Some(number), _) => ReplayFrom::Dead(number),
        (None, Some(cursor)) => ReplayFrom::Cursor(cursor),
        (None, None) => ReplayFrom::Start,
    };
    checked::replay(db, &Clock::System, &wanted.name, &from).await?;
    output::line("set; deliveries go on from there");
    Ok(())
}
