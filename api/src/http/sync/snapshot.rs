//! `GET /sync/snapshot`: every record that a reader may see, in parts, as it stood when the first part was asked for.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use entity::Scope;
use entity::access::Permission;
use entity::change::feed::Model;
use entity::change::{self, Place};
use entity::clock::china_day;
use entity::record::sha256_hex;
use entity::relay;
use futures_util::{Stream, stream};
use serde::Serialize;

use super::lines::Lines;
use crate::feed::{Cursor, SnapshotPlace};
use crate::graphql::{ApiError, id_of};
use crate::http::door::Door;
use crate::http::entrance::{self, Guest, Rule};
use crate::http::load::Turn;
use crate::http::refused::Refused;

/// Records of a part.
const PART: u64 = 50_000;
/// Records that one statement reads.
const STEP: u64 = 500;

const RULE: Rule = Rule {
    price: 2_000,
    parameters: &["kinds", "regions", "after", "claims"],
};

/// Answers with a part.
pub(crate) async fn part(door: web::Data<Door>, http: HttpRequest) -> HttpResponse {
    let door = door.into_inner();
    let work = async |guest: Guest| {
        let part = Part::begin(&door, guest).await?;
        Ok(super::response().streaming(part.bytes()))
    };
    entrance::answer(&door, &http, RULE, work).await
}

/// A part while it is written. The next records are read when the client has taken those before, so that nothing piles up.
struct Part {
    door: Arc<Door>,
    scope: Scope,
    reader: String,
    epoch: String,
    position: i64,
    after: Option<Place>,
    with_claims: bool,
    left: u64,
    lines: Lines,
    is_over: bool,
    _turn: Turn,
}

/// A record as a line.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    kind: &'a str,
    key: &'a str,
    record_id: &'a str,
    version: i64,
    region: &'a str,
    day: String,
    hash: String,
    body: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<&'a str>,
}

impl Part {
    async fn begin(door: &Arc<Door>, guest: Guest) -> Result<Self, Refused> {
        let (scope, reader) = super::asked(&guest)?;
        let head = super::newest(door, &scope).await?;
        let place = match guest.parameters.value("after") {
            None => None,
            Some(token) => {
                let place: Option<SnapshotPlace> = door.feed_key.open(&reader, token);
                let place = place.filter(|place| place.scope == scope.spec());
                Some(place.ok_or(ApiError::CursorInvalid)?)
            }
        };
        if let Some(place) = &place {
            if place.epoch != head.epoch {
                return Err(ApiError::CursorEpochChanged.into());
            }
            if place.position < head.pruned {
                return Err(ApiError::CursorExpired.into());
            }
        }
        let (position, after) = match place {
            Some(place) => (place.position, Some(place.after)),
            None => (head.position, None),
        };
        let with_claims = match guest.parameters.value("claims") {
            None => false,
            Some("true") => true,
            Some(word) => {
                return Err(Refused::bad(format!(
                    "claims is true or left out, and not {word:?}"
                )));
            }
        };
        if with_claims && !scope.allows(Permission::ReadClaims) {
            let remedy = "claims are for the hub of the bureau above (role HUB); ask without claims";
            return Err(Refused::http(StatusCode::FORBIDDEN, "FORBIDDEN", remedy));
        }
        Ok(Self {
            door: Arc::clone(door),
            scope,
            reader,
            epoch: head.epoch,
            position,
            after,
            with_claims,
            left: PART,
            lines: Lines::default(),
            is_over: false,
            _turn: guest.turn,
        })
    }

    /// What breaks off in the middle ends without its last line, and the client asks for the part again.
    fn bytes(self) -> impl Stream<Item = io::Result<Bytes>> {
        stream::unfold(self, |mut part| async move {
            if part.is_over {
                return None;
            }
            let text = part.next().await;
            part.is_over |= text.is_err();
            let text = text.map_err(|_| io::Error::other("the snapshot cannot be read on"));
            Some((text.map(Bytes::from), part))
        })
    }

    async fn next(&mut self) -> Result<Vec<u8>, ApiError> {
        let step = self.left.min(STEP);
        let after = self.after.as_ref();
        let found = change::snapshot(&self.door.db, &self.scope, self.position, after, step).await?;
        let claims = if self.with_claims {
            let name = |event: &Model| (event.kind.clone(), event.record_key.clone());
            let records: Vec<_> = found.iter().map(name).collect();
            relay::claims_of(&self.door.db, &self.scope, &records).await?
        } else {
            HashMap::new()
        };
        let mut text = Vec::new();
        for event in &found {
            let name = (event.kind.clone(), event.record_key.clone());
            let line = Line {
                kind: &event.kind,
                key: &event.record_key,
                record_id: &id_of(&event.kind, &event.record_key),
                version: event.version,
                region: &event.region,
                day: china_day(event.at).to_string(),
                hash: sha256_hex(event.body.as_bytes()),
                body: &event.body,
                claims: claims.get(&name).map(String::as_str),
            };
            self.lines.push(&mut text, &line)?;
        }
        let is_last = (found.len() as u64) < step;
        self.left -= found.len() as u64;
        if let Some(last) = found.last() {
            self.after = Some((last.kind.clone(), last.record_key.clone()));
        }
        if is_last || self.left == 0 {
            self.close(&mut text, is_last)?;
        }
        Ok(text)
    }

    fn close(&mut self, text: &mut Vec<u8>, is_last: bool) -> Result<(), ApiError> {
        self.is_over = true;
        let key = &self.door.feed_key;
        let cursor = key.seal(&self.reader, &Cursor::at(&self.epoch, self.position, &self.scope))?;
        let next = match self.after.take().filter(|_| !is_last) {
            Some(after) => {
                let place = SnapshotPlace {
                    epoch: self.epoch.clone(),
                    position: self.position,
                    scope: self.scope.spec(),
                    after,
                };
                Some(key.seal(&self.reader, &place)?)
            }
            None => None,
        };
        self.lines.close(text, next.as_deref(), &cursor)
    }
}
