//! `GET /sync/reconciliation` and `GET /sync/rows` (对账): the sums by day, kind and region, and the records behind one of them.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use entity::change::{self, Bucket};
use serde::Serialize;

use super::lines::Lines;
use crate::feed::Cursor;
use crate::graphql::ApiError;
use crate::http::door::Door;
use crate::http::entrance::{self, Guest, Rule};
use crate::http::refused::Refused;

/// The most sums of an answer.
const MOST_SUMS: usize = 200_000;
/// The most records of an answer.
const MOST_ROWS: usize = 50_000;
/// How long counting may take; a connection on which nothing is said for longer is given up.
const PATIENCE: Duration = Duration::from_secs(25);

const SUMS: Rule = Rule {
    price: 5_000,
    parameters: &["kinds", "regions", "at"],
};

const ROWS: Rule = Rule {
    price: 2_000,
    parameters: &["kinds", "regions", "at", "day", "kind", "region", "after"],
};

/// A sum as a line.
#[derive(Serialize)]
struct SumLine<'a> {
    day: String,
    kind: &'a str,
    region: &'a str,
    count: u64,
    checksum: String,
}

/// A record as a line.
#[derive(Serialize)]
struct RowLine<'a> {
    key: &'a str,
    version: i64,
    hash: &'a str,
}

/// Answers with the sums.
pub(crate) async fn sums(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let work = async |guest: Guest| {
        let (scope, reader) = super::asked(&guest)?;
        let place = super::place(&door, &guest, &scope, &reader).await?;
        let counting = change::buckets(&door.db, &scope, place.position, MOST_SUMS);
        let sums = in_time(counting).await?.ok_or_else(|| {
            too_much(&format!(
                "there are more than {MOST_SUMS} sums: ask for some kinds or regions"
            ))
        })?;
        let (mut lines, mut text) = (Lines::default(), Vec::new());
        for (bucket, sum) in &sums {
            let line = SumLine {
                day: bucket.day.to_string(),
                kind: &bucket.kind,
                region: &bucket.region,
                count: sum.count,
                checksum: sum.checksum.to_string(),
            };
            lines.push(&mut text, &line)?;
        }
        let cursor = Cursor::at(&place.epoch, place.position, &scope);
        lines.close(&mut text, None, &door.feed_key.seal(&reader, &cursor)?)?;
        Ok(super::response().body(text))
    };
    entrance::answer(&door, &http, SUMS, work).await
}

/// Answers with the records of a bucket.
pub(crate) async fn rows(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let work = async |guest: Guest| {
        let (scope, reader) = super::asked(&guest)?;
        let place = super::place(&door, &guest, &scope, &reader).await?;
        let bucket = bucket(&guest)?;
        let after = guest.parameters.value("after").unwrap_or_default();
        let looking = change::rows_of(&door.db, &scope, place.position, &bucket, after, MOST_ROWS);
        let (found, has_more) = in_time(looking).await?;
        let (mut lines, mut text) = (Lines::default(), Vec::new());
        for line in &found {
            let line = RowLine {
                key: &line.key,
                version: line.version,
                hash: &line.hash,
            };
            lines.push(&mut text, &line)?;
        }
        let next = found.last().filter(|_| has_more).map(|last| last.key.as_str());
        let cursor = Cursor::at(&place.epoch, place.position, &scope);
        lines.close(&mut text, next, &door.feed_key.seal(&reader, &cursor)?)?;
        Ok(super::response().body(text))
    };
    entrance::answer(&door, &http, ROWS, work).await
}

fn bucket(guest: &Guest) -> Result<Bucket, Refused> {
    let needed = |name: &str| {
        let missing = || Refused::bad(format!("the parameter `{name}` is missing"));
        guest.parameters.value(name).ok_or_else(missing)
    };
    let day = needed("day")?;
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d")
        .map_err(|_| Refused::bad(format!("day: {day:?} is no day such as 2026-03-01")))?;
    Ok(Bucket {
        day,
        kind: needed("kind")?.to_owned(),
        region: guest.parameters.value("region").unwrap_or_default().to_owned(),
    })
}

async fn in_time<T>(work: impl Future<Output = entity::Result<T>>) -> Result<T, Refused> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => Ok(done.map_err(ApiError::from)?),
        Err(_) => Err(too_much(&format!(
            "counting takes longer than {} s: ask for some kinds or regions",
            PATIENCE.as_secs()
        ))),
    }
}

fn too_much(remedy: &str) -> Refused {
    Refused::http(StatusCode::UNPROCESSABLE_ENTITY, "TOO_MUCH_AT_ONCE", remedy)
}
