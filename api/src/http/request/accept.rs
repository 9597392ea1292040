//! Which form of answer a client takes, after the draft of GraphQL over HTTP.

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, HeaderMap};

use crate::http::refused::Refused;

/// A form of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Media {
    /// `application/json`: 200 for every request that could be read as GraphQL.
    Json,
    /// `application/graphql-response+json`: the status tells what happened.
    GraphqlResponse,
    /// `text/event-stream`: answers one after the other.
    EventStream,
}

/// In the order in which a wildcard chooses: a client that takes anything may know nothing but JSON.
const OFFERED: [(Media, &str); 3] = [
    (Media::Json, "application/json"),
    (Media::GraphqlResponse, "application/graphql-response+json"),
    (Media::EventStream, "text/event-stream"),
];

impl Media {
    /// The form of a single answer to a client that would take a stream.
    pub(in crate::http) fn of_one_answer(self) -> Self {
        match self {
            Self::EventStream => Self::Json,
            other => other,
        }
    }

    /// The value of `content-type`.
    pub(in crate::http) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::EventStream => "text/event-stream; charset=utf-8",
        }
    }
}

/// Chooses the form with the highest quality; among equals the one that the client names first.
pub(in crate::http) fn choose(headers: &HeaderMap) -> Result<Media, Refused> {
    let named: Vec<&str> = headers
        .get_all(ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .collect();
    let named = named.join(",");
    best(&named).ok_or_else(|| {
        let offered: Vec<&str> = OFFERED.iter().map(|(_, name)| *name).collect();
        let remedy = format!(
            "nothing that `accept` names can be given: take {}",
            offered.join(" or ")
        );
        Refused::http(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", remedy)
    })
}

fn best(accept: &str) -> Option<Media> {
    let ranges: Vec<Range<'_>> = accept
        .split(',')
        .enumerate()
        .filter_map(|(place, text)| Range::read(place, text))
        .collect();
    if accept.trim().is_empty() {
        return Some(Media::Json);
    }
    let mut best: Option<(u16, usize, Media)> = None;
    for (media, name) in OFFERED {
        // The range that says most about a type decides about it.
        let range = ranges
            .iter()
            .filter(|range| range.covers(name))
            .max_by_key(|range| range.precision());
        if let Some(range) = range.filter(|range| range.quality > 0) {
            let better = best.is_none_or(|(quality, place, _)| {
                range.quality > quality || (range.quality == quality && range.place < place)
            });
            if better {
                best = Some((range.quality, range.place, media));
            }
        }
    }
    best.map(|(_, _, media)| media)
}

/// One range of types with its quality in thousandths.
struct Range<'a> {
    name: &'a str,
    quality: u16,
    place: usize,
}

impl<'a> Range<'a> {
    fn read(place: usize, text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let mut quality = 1000;
        for (key, value) in parts.filter_map(|part| part.split_once('=')) {
            let value = value.trim().trim_matches('"');
            if key.trim().eq_ignore_ascii_case("q") {
                quality = thousandths(value)?;
            } else if key.trim().eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
                return None;
            }
        }
        Some(Self { name, quality, place })
    }

    fn covers(&self, name: &str) -> bool {
        let family = |name: &'a str| name.strip_suffix("/*");
        self.name == "*/*"
            || self.name.eq_ignore_ascii_case(name)
            || family(self.name).is_some_and(|family| {
                name.split_once('/')
                    .is_some_and(|(own, _)| own.eq_ignore_ascii_case(family))
            })
    }

    fn precision(&self) -> usize {
        2 - self.name.matches('*').count().min(2)
    }
}

/// A quality such as `0.9`; none when it is no number from 0 to 1.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let padded: String = part.chars().chain("000".chars()).take(3).collect();
    let thousandths = whole
        .parse::<u16>()
        .ok()?
        .checked_mul(1000)?
        .checked_add(padded.parse().ok()?)?;
    (part.len() <= 3 && thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::{Media, best};

    /// What real clients send, and what they must get.
    #[test]
    fn real_clients_get_the_form_that_they_prefer() {
        let urql = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
        let apollo = "application/graphql-response+json,application/json;q=0.9";
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let cases = [
            (urql, Some(Media::GraphqlResponse)),
            (apollo, Some(Media::GraphqlResponse)),
            (
                "multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9",
                Some(Media::GraphqlResponse),
            ),
            ("text/event-stream, multipart/mixed", Some(Media::EventStream)),
            ("text/event-stream", Some(Media::EventStream)),
            ("application/json, multipart/mixed", Some(Media::Json)),
            (browser, Some(Media::Json)),
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*", Some(Media::Json)),
            ("text/*", Some(Media::EventStream)),
        ];
        for (accept, wanted) in cases {
            assert_eq!(best(accept), wanted, "{accept}");
        }
    }

    #[test]
    fn quality_and_precision_decide() {
        let cases = [
            (
                "application/json;q=0.1, application/graphql-response+json;q=0.2",
                Some(Media::GraphqlResponse),
            ),
            ("application/json;q=0, */*", Some(Media::GraphqlResponse)),
            (
                "*/*;q=0.1, application/graphql-response+json;q=0",
                Some(Media::Json),
            ),
            ("APPLICATION/JSON", Some(Media::Json)),
            ("application/json; charset=UTF-8", Some(Media::Json)),
            ("application/json; charset=gbk", None),
            ("application/json;q=0", None),
            ("text/html", None),
            ("application/xml, text/plain;q=0.5", None),
            ("application/json;q=2", None),
            ("application/json;q=x", None),
        ];
        for (accept, wanted) in cases {
            assert_eq!(best(accept), wanted, "{accept}");
        }
    }
}
