//! What is looked at before a webhook is made: its name, address and reader, and where it begins.

use chrono::{DateTime, Utc};
use entity::access::{Identity, Permission};
use entity::change;
use entity::webhook::{self, New, ReplayFrom};
use entity::{Clock, Database, Scope};

use super::post::EXAMPLE;
use super::signature::new_key;
use crate::feed::{Cursor, FeedKey, narrowed};
use crate::identity::{Claims, Grant};
use crate::outbound::checked;

/// Letters of a name, and of an address.
const LONGEST_NAME: usize = 64;
const LONGEST_URL: usize = 2_000;

/// Where a new webhook begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// With what happens from now on.
    Now,
    /// At the start of the feed.
    Start,
    /// Behind a cursor of its reader, such as that of a snapshot.
    Cursor(String),
}

/// A webhook as an operator wants it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its name: small letters, digits and hyphens.
    pub name: String,
    /// The address of the receiver.
    pub url: String,
    /// Who vouches for the reader, and its name there: those of its tokens, if it also asks by itself.
    pub reader: (String, String),
    /// Role and bounds of the reader; none for what is public.
    pub grant: Option<Grant>,
    /// Only these kinds of what the reader may see.
    pub kinds: Vec<String>,
    /// Only these regions.
    pub regions: Vec<String>,
    /// Where it begins.
    pub begin: Begin,
}

/// A webhook that can be kept, with a key of its own. The error says what to write.
pub async fn prepare(db: &Database, wanted: Wanted) -> Result<New, String> {
    let is_name = |text: &str| {
        let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !text.is_empty() && text.len() <= LONGEST_NAME && text.bytes().all(sign)
    };
    if !is_name(&wanted.name) {
        return Err(format!(
            "{:?} is no name: {LONGEST_NAME} small letters, digits and hyphens at most",
            wanted.name
        ));
    }
    checked(&wanted.url, EXAMPLE)?;
    if wanted.url.len() > LONGEST_URL {
        return Err(format!("the address has more than {LONGEST_URL} letters"));
    }
    let (issuer, subject) = match &wanted.grant {
        Some(_) => wanted.reader,
        None => (String::new(), String::new()),
    };
    let rights = wanted.grant.map(|grant| {
        grant.check()?;
        serde_json::to_string(&grant).map_err(|error| error.to_string())
    });
    let rights = rights.transpose()?.unwrap_or_default();
    let reader = reader(&rights, &issuer, &subject)?;
    let scope = narrowed(&Scope::of(&reader), &wanted.kinds, &wanted.regions)?;
    let place = match wanted.begin {
        Begin::Start => None,
        begin => Some(place(db, &reader, &scope, begin).await?),
    };
    Ok(New {
        name: wanted.name,
        url: wanted.url,
        issuer,
        subject,
        rights,
        kinds: wanted.kinds.join(","),
        regions: wanted.regions.join(","),
        signing_key: new_key()?,
        place,
    })
}

/// Puts a webhook back to a place that the feed knows as one of its reader, as [`webhook::replay`]. The error says what to do instead;
/// then the webhook stays where it is.
pub async fn replay(db: &Database, clock: &Clock, name: &str, from: &ReplayFrom) -> Result<(), String> {
    let told = |error: entity::Error| error.to_string();
    let found = webhook::find(db, name).await.map_err(told)?;
    let found = found.ok_or_else(|| format!("there is no webhook {name:?}"))?;
    let earlier = match from {
        ReplayFrom::Start => None,
        ReplayFrom::Cursor(text) => Some(text.clone()),
        ReplayFrom::Dead(number) => webhook::place_of(db, name, *number).await.map_err(told)?,
    };
    if let Some(text) = &earlier {
        let reader = reader(&found.rights, &found.issuer, &found.subject)?;
        let list = |text: &str| -> Vec<String> {
            text.split(',')
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let scope = narrowed(&Scope::of(&reader), &list(&found.kinds), &list(&found.regions))?;
        place(db, &reader, &scope, Begin::Cursor(text.clone())).await?;
    }
    let set = webhook::replay(db, clock, name, from, earlier.as_deref()).await;
    set.map_err(told)
}

/// The cursor of a place, which the feed has to know.
async fn place(db: &Database, reader: &Identity, scope: &Scope, begin: Begin) -> Result<String, String> {
    let told = |error: entity::Error| error.to_string();
    let key = FeedKey::new(&db.secret("cursor").await.map_err(told)?);
    let head = change::head(db, scope).await.map_err(told)?;
    if let Begin::Cursor(text) = begin {
        let cursor: Option<Cursor> = key.open(&reader.person(), &text);
        let fits = cursor.is_some_and(|cursor| cursor.epoch == head.epoch && cursor.is_within(&head));
        let remedy = "the cursor is not one of this reader, or too old: take a snapshot as this reader, or begin with --from-start";
        return if fits { Ok(text) } else { Err(remedy.to_owned()) };
    }
    let now = Cursor::at(&head.epoch, head.position.max(head.pruned), scope);
    let sealed = key.seal(&reader.person(), &now);
    sealed.map_err(|_| "the cursor cannot be sealed".to_owned())
}

/// The reader whom a webhook stands for. Without rights it is everybody.
pub(super) fn reader(rights: &str, issuer: &str, subject: &str) -> Result<Identity, String> {
    if rights.is_empty() {
        return Ok(Identity::public());
    }
    let grant: Grant =
        serde_json::from_str(rights).map_err(|error| format!("its rights cannot be read: {error}"))?;
    grant.check()?;
    if !grant.role.allows(Permission::ReadRows) {
        return Err(format!(
            "the role {} reads counts and no rows",
            grant.role.as_str()
        ));
    }
    let claims = Claims {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        client: "webhook".to_owned(),
        token_id: String::new(),
        grant,
        expires_at: DateTime::<Utc>::MAX_UTC,
    };
    Ok(Identity {
        expires_at: None,
        ..claims.identity()
    })
}
