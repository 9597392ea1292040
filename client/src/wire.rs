//! Requests and their answers: the token, time-outs, refusals.

use std::path::PathBuf;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use tokio::time::timeout;

use crate::address::Address;
use crate::lines::Lines;
use crate::retry::Patience;
use crate::stop::Stop;
use crate::tls::{Requests, requests};
use crate::{Error, Result};

/// Bytes of an answer that is taken as a whole: a page of the feed, with up to 1,000 records.
const LONGEST_ANSWER: usize = 256 * 1024 * 1024;
/// The content type of event streams.
const EVENTS: &str = "text/event-stream";
/// Bytes of a refusal.
const LONGEST_REFUSAL: usize = 64 * 1024;
/// Bytes of a file with a token.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Where the bearer token comes from.
#[derive(Clone, Default)]
pub enum Token {
    /// Nothing is shown: what is public.
    #[default]
    None,
    /// One token.
    Fixed(String),
    /// A file that holds the token and is read anew for each request: tokens live for an hour at most, and whoever gets them from
    /// the identity provider writes the next one there.
    File(PathBuf),
}

/// How a hub is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The hub.
    pub address: Address,
    /// Who asks.
    pub token: Token,
    /// Certificate authorities in PEM that alone are trusted; without them those of the machine are.
    pub authorities: Option<PathBuf>,
    /// Time-outs and attempts.
    pub patience: Patience,
    /// What the waits between attempts are drawn from.
    pub seed: u64,
    /// Ends every wait.
    pub stop: Stop,
}

impl Settings {
    /// A hub, asked by nobody in particular.
    pub fn new(address: Address) -> Self {
        Self {
            address,
            token: Token::None,
            authorities: None,
            patience: Patience::default(),
            seed: 0,
            stop: Stop::never(),
        }
    }
}

/// The way to a hub.
#[derive(Debug, Clone)]
pub(crate) struct Wire {
    address: Address,
    token: Token,
    requests: Requests,
    pub(crate) patience: Patience,
    pub(crate) stop: Stop,
}

/// The answer of a hub that refuses.
#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    errors: Vec<Told>,
}

/// An error of GraphQL.
#[derive(Debug, Deserialize)]
pub(crate) struct Told {
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Debug, Default, Deserialize)]
struct Extensions {
    #[serde(default)]
    code: String,
}

impl Wire {
    pub(crate) fn new(settings: &Settings) -> std::result::Result<Self, String> {
        let https = settings.address.is_https();
        let authorities = settings.authorities.as_deref();
        Ok(Self {
            address: settings.address.clone(),
            token: settings.token.clone(),
            requests: requests(https, authorities, settings.patience.connect)?,
            patience: settings.patience.clone(),
            stop: settings.stop.clone(),
        })
    }

    /// The lines of a path.
    pub(crate) async fn lines(&self, what: &str, path: &str) -> Result<Lines<'_>> {
        let answer = self
            .send(what, Method::GET, path, "application/x-ndjson", Bytes::new())
            .await?;
        Ok(Lines::new(self, what, answer.into_body()))
    }

    /// Sends JSON and gives the whole answer.
    pub(crate) async fn post(&self, what: &str, path: &str, body: Vec<u8>) -> Result<Vec<u8>> {
        let accept = "application/graphql-response+json, application/json;q=0.9";
        let answer = self.send(what, Method::POST, path, accept, body.into()).await?;
        Lines::new(self, what, answer.into_body())
            .rest(LONGEST_ANSWER)
            .await
    }

    /// Sends JSON and gives the lines of an event stream, which has no end of its own.
    pub(crate) async fn events(&self, what: &str, path: &str, body: Vec<u8>) -> Result<Lines<'_>> {
        let answer = self.send(what, Method::POST, path, EVENTS, body.into()).await?;
        let kind = answer.headers().get(CONTENT_TYPE);
        let is_stream = kind.is_some_and(|kind| kind.as_bytes().starts_with(EVENTS.as_bytes()));
        let lines = Lines::new(self, what, answer.into_body());
        if is_stream {
            Ok(lines)
        } else {
            Err(lines.unreadable(format!("the answer is no {EVENTS}")))
        }
    }

    async fn send(
        &self,
        what: &str,
        method: Method,
        path: &str,
        accept: &'static str,
        body: Bytes,
    ) -> Result<Response<Incoming>> {
        let unfit = |why: String| Error::Unreadable {
            what: what.to_owned(),
            why,
        };
        let mut request = Request::builder()
            .method(method)
            .uri([self.address.as_str(), path].concat())
            .header(ACCEPT, accept)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("nqi-hub/", env!("CARGO_PKG_VERSION")));
        if let Some(token) = self.token.read()? {
            let shown = HeaderValue::try_from(format!("Bearer {token}"));
            let mut shown =
                shown.map_err(|_| unfit("the token holds a sign that no header may hold".to_owned()))?;
            shown.set_sensitive(true);
            request = request.header(AUTHORIZATION, shown);
        }
        let request = request
            .body(Full::new(body))
            .map_err(|error| unfit(error.to_string()))?;
        let asked = timeout(self.patience.answer, self.requests.request(request));
        let unreachable = |why: String| Error::Unreachable {
            what: what.to_owned(),
            why,
        };
        let answer = match self.stop.or(asked).await? {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => return Err(unreachable(causes(&error))),
            Err(_) => {
                let seconds = self.patience.answer.as_secs_f32();
                return Err(unreachable(format!("no answer within {seconds} s")));
            }
        };
        if answer.status() == StatusCode::OK {
            return Ok(answer);
        }
        Err(self.refusal(what, answer).await)
    }

    async fn refusal(&self, what: &str, answer: Response<Incoming>) -> Error {
        let status = answer.status();
        let wait = answer.headers().get(RETRY_AFTER);
        let wait = wait
            .and_then(|value| value.to_str().ok()?.trim().parse().ok())
            .map(Duration::from_secs);
        let body = match Lines::new(self, what, answer.into_body())
            .rest(LONGEST_REFUSAL)
            .await
        {
            Ok(body) => body,
            Err(Error::Stopped) => return Error::Stopped,
            Err(_) => Vec::new(),
        };
        let told = serde_json::from_slice::<Refusal>(&body).map(|refusal| refusal.errors);
        match told.ok().and_then(|errors| errors.into_iter().next()) {
            Some(told) => self.refused(what, told, Some(status), wait),
            None => self.refused(what, Told::bare(status), Some(status), wait),
        }
    }

    /// The error of a refusal that stood in an answer.
    pub(crate) fn told(&self, what: &str, told: Told) -> Error {
        self.refused(what, told, None, None)
    }

    fn refused(&self, what: &str, told: Told, status: Option<StatusCode>, wait: Option<Duration>) -> Error {
        let code = told.extensions.code;
        let passes = match code.as_str() {
            "RATE_LIMITED"
            | "OVERLOADED"
            | "TOO_MANY_CONNECTIONS"
            | "DEADLINE_EXCEEDED"
            | "INTERNAL"
            | "REQUEST_TIMEOUT" => true,
            // The next token may be on its way into the file.
            "UNAUTHENTICATED" => matches!(self.token, Token::File(_)),
            _ => status.is_some_and(|status| [408, 429, 500, 502, 503, 504].contains(&status.as_u16())),
        };
        Error::Refused {
            what: what.to_owned(),
            code,
            message: told.message,
            passes,
            wait,
        }
    }
}

impl Told {
    /// What stands for an answer that says nothing in the form of the hub, as that of a proxy.
    fn bare(status: StatusCode) -> Self {
        let reason = status.canonical_reason().unwrap_or("no words");
        Self {
            message: format!("the answer is {reason}, and not in the form of a hub"),
            extensions: Extensions {
                code: format!("HTTP_{}", status.as_u16()),
            },
        }
    }
}

impl std::fmt::Debug for Token {
    /// Without the token itself: settings may end up in a log.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => out.write_str("None"),
            Self::Fixed(_) => out.write_str("Fixed(…)"),
            Self::File(path) => out.debug_tuple("File").field(path).finish(),
        }
    }
}

impl Token {
    fn read(&self) -> Result<Option<String>> {
        match self {
            Self::None => Ok(None),
            Self::Fixed(token) => Ok(Some(token.trim().to_owned())),
            Self::File(path) => {
                let wrong = |why: String| Error::Copy {
                    place: path.display().to_string(),
                    why,
                };
                let text = std::fs::read_to_string(path).map_err(|cause| wrong(cause.to_string()))?;
                let token = text.trim();
                if token.is_empty() || token.len() > LONGEST_TOKEN {
                    return Err(wrong("there is no token in it".to_owned()));
                }
                Ok(Some(token.to_owned()))
            }
        }
    }
}

/// An error with its causes.
fn causes(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}
