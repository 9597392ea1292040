//! What the stand-in answers: the feed, parts of a snapshot, sums and rows, each with what proves it.

use std::collections::BTreeMap;

use client::Record;
use entity::record::sha256_hex;
use serde_json::{Value, json};

use super::{DAY, Rows, World, stem};
use crate::stand_in::Seen;
use crate::stand_in_trouble::{Answer, Trouble, page};

const JSON: &str = "application/json";
const NDJSON: &str = "application/x-ndjson";

pub(super) fn refused(code: &str) -> Answer {
    let body =
        json!({ "errors": [{ "message": format!("refused with {code}"), "extensions": { "code": code } }] });
    let status = if code == "UNAUTHENTICATED" { 401 } else { 400 };
    page(status, JSON, body.to_string())
}

impl World {
    pub(super) fn next_trouble(&mut self, line: &str) -> Option<Trouble> {
        for (trouble, spared, times, path) in &mut self.troubles {
            if *times == 0 || !line.contains(*path) {
                continue;
            }
            if *spared > 0 {
                *spared -= 1;
                continue;
            }
            *times -= 1;
            return Some(trouble.clone());
        }
        None
    }

    pub(super) fn answer(&self, seen: &Seen) -> Answer {
        let (path, query) = seen.line.split_once('?').unwrap_or((&seen.line, ""));
        let query: BTreeMap<String, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), decoded(value)))
            .collect();
        if seen.header.contains("bearer expired") {
            return refused("UNAUTHENTICATED");
        }
        let answer = match path {
            "POST /graphql" => self.graphql(&seen.form),
            "GET /sync/snapshot" => self.snapshot(&query),
            "GET /sync/reconciliation" => self.sums(&query),
            "GET /sync/rows" => self.listed(&query),
            _ => Err(refused("NOT_FOUND")),
        };
        answer.unwrap_or_else(|refusal| refusal)
    }

    fn graphql(&self, form: &str) -> Result<Answer, Answer> {
        let asked: Value = serde_json::from_str(form).unwrap_or_default();
        let told = |data: Value| Ok(page(200, JSON, json!({ "data": data }).to_string()));
        if form.contains("syncInfo") {
            let info = json!({ "epoch": self.epoch, "latestCursor": self.cursor(), "retentionDays": 30 });
            return told(json!({ "syncInfo": info }));
        }
        let variable = |name: &str| asked.pointer(&format!("/variables/{name}"));
        let position = self.open(variable("after").and_then(Value::as_str).unwrap_or_default())?;
        let any = |name: &str, fits: &dyn Fn(&str) -> bool| {
            let list = variable(name).and_then(Value::as_array);
            list.is_none_or(|list| list.iter().filter_map(Value::as_str).any(fits))
        };
        let lies = |region: &str| region.is_empty() || any("regions", &|one| region.starts_with(stem(one)));
        let mut nodes = Vec::new();
        let mut end = position;
        for event in self.events.iter().skip(position) {
            if nodes.len() == self.page {
                break;
            }
            end += 1;
            let record = &event.record;
            let of_kind = any("kinds", &|one| record.kind == one);
            if of_kind && lies(&record.region) && !event.unless.as_deref().is_some_and(lies) {
                nodes.push(event.told());
            }
        }
        let page = json!({ "nodes": nodes, "endCursor": format!("{}:{end}", self.epoch), "hasNextPage": end < self.events.len() });
        told(json!({ "changes": page }))
    }

    /// The records as they were at a cursor.
    fn standing(&self, cursor: &str) -> Result<Rows, Answer> {
        let position = self.open(cursor)?;
        let mut rows = self.base.clone();
        for event in self
            .events
            .iter()
            .take(position)
            .filter(|event| event.unless.is_none())
        {
            let name = (event.record.kind.clone(), event.record.key.clone());
            if event.brings() {
                rows.insert(name, event.record.clone());
            } else {
                rows.remove(&name);
            }
        }
        Ok(rows)
    }

    /// The records that a request wants.
    fn wanted<'a>(rows: &'a Rows, query: &'a BTreeMap<String, String>) -> impl Iterator<Item = &'a Record> {
        let fits = |name: &str, fits: &dyn Fn(&str) -> bool| {
            query.get(name).is_none_or(|list| list.split(',').any(fits))
        };
        rows.values().filter(move |row| {
            fits("kinds", &|kind| row.kind == kind)
                && (row.region.is_empty() || fits("regions", &|code| row.region.starts_with(stem(code))))
        })
    }

    fn snapshot(&self, query: &BTreeMap<String, String>) -> Result<Answer, Answer> {
        let mut cursor = self.cursor();
        let mut behind = (String::new(), String::new());
        if let Some(after) = query.get("after") {
            let parts: Vec<&str> = after.splitn(4, ':').collect();
            let [epoch, position, kind, key] = parts.as_slice() else {
                return Err(refused("CURSOR_INVALID"));
            };
            cursor = format!("{epoch}:{position}");
            self.open(&cursor)?;
            behind = ((*kind).to_owned(), (*key).to_owned());
        }
        let rows: Vec<&Record> = Self::wanted(&self.rows, query)
            .filter(|row| (&row.kind, &row.key) > (&behind.0, &behind.1))
            .take(self.part + 1)
            .collect();
        let part: Vec<&Record> = rows.iter().take(self.part).copied().collect();
        let last = part.last().filter(|_| rows.len() > self.part);
        let next = last.map(|row| format!("{cursor}:{}:{}", row.kind, row.key));
        let lines = part.into_iter().map(|row| json!(row));
        Ok(ndjson(lines, &json!({ "next": next, "cursor": cursor })))
    }

    fn sums(&self, query: &BTreeMap<String, String>) -> Result<Answer, Answer> {
        let rows = self.standing(query.get("at").map(String::as_str).unwrap_or_default())?;
        let mut sums: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
        for row in Self::wanted(&rows, query) {
            let text = format!("{}\n{}\n{}\n{}", row.kind, row.key, row.version, row.hash);
            let first = sha256_hex(text.as_bytes()).chars().take(10).collect::<String>();
            let sum = sums.entry((&row.kind, &row.region)).or_default();
            sum.0 += 1;
            sum.1 += u64::from_str_radix(&first, 16).unwrap_or_default();
        }
        let lines = sums.into_iter().map(|((kind, region), (count, checksum))| {
            json!({ "day": DAY, "kind": kind, "region": region, "count": count, "checksum": checksum.to_string() })
        });
        Ok(ndjson(lines, &json!({})))
    }

    fn listed(&self, query: &BTreeMap<String, String>) -> Result<Answer, Answer> {
        let of = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
        let rows = self.standing(of("at"))?;
        let rows: Vec<&Record> = Self::wanted(&rows, query)
            .filter(|row| row.kind == of("kind") && row.region == of("region") && row.day == of("day"))
            .filter(|row| row.key.as_str() > of("after"))
            .take(self.part + 1)
            .collect();
        let part: Vec<&Record> = rows.iter().take(self.part).copied().collect();
        let next = part
            .last()
            .filter(|_| rows.len() > self.part)
            .map(|row| row.key.clone());
        let lines = part
            .iter()
            .map(|row| json!({ "key": row.key, "version": row.version, "hash": row.hash }));
        Ok(ndjson(lines, &json!({ "next": next })))
    }
}

/// Lines with the manifest behind them.
fn ndjson(lines: impl Iterator<Item = Value>, more: &Value) -> Answer {
    let lines: Vec<String> = lines.map(|line| format!("{line}\n")).collect();
    let text = lines.concat();
    let mut manifest = json!({ "rows": lines.len(), "sha256": sha256_hex(text.as_bytes()), "sm3": "" });
    if let (Some(manifest), Some(more)) = (manifest.as_object_mut(), more.as_object()) {
        manifest.extend(more.clone());
    }
    page(
        200,
        NDJSON,
        format!("{text}{}\n", json!({ "manifest": manifest })),
    )
}

/// A value of an address, with its escapes undone.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let escaped = |rest: &mut std::str::Bytes<'_>| {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
        };
        bytes.push(if byte == b'%' {
            escaped(&mut rest).unwrap_or(byte)
        } else {
            byte
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
