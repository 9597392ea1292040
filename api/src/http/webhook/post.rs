//! One attempt: a signed message to one address, and nothing that the answer leads to.

use std::error::Error;
use std::io;
use std::time::Duration;

use aws_lc_rs::rand;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{self, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::address::{Networks, REFUSED};
use super::settings::{Pace, Webhooks};
use crate::outbound::{checked, tls};

/// Bytes of an answer that are read, so that the connection can be used again.
const LONGEST: usize = 16 * 1024;
/// How long they are waited for.
const DRAINED: Duration = Duration::from_secs(1);
/// Letters of a failure that are kept.
const SAID: usize = 200;
/// How an address may look.
pub(super) const EXAMPLE: &str = "https://receiver.example.org/nqi";

/// What became of an attempt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The receiver has it.
    Taken,
    /// The receiver wants nothing any more: 410.
    Gone,
    /// Not now.
    Failed {
        /// Why, for whoever looks after the webhook.
        why: String,
        /// How long the receiver wants to be left alone.
        wait: Option<Duration>,
    },
}

/// A message that is ready to be sent.
#[derive(Debug)]
pub(super) struct Message<'a> {
    pub(super) url: &'a str,
    pub(super) name: &'a str,
    pub(super) seconds: i64,
    pub(super) signature: &'a str,
    /// Where its reader stands behind it.
    pub(super) cursor: &'a str,
    pub(super) body: Vec<u8>,
}

/// The way to receivers. It follows no redirect and knows no proxy and no compression.
pub(super) struct Post {
    client: Client<HttpsConnector<HttpConnector<Networks>>, Full<Bytes>>,
    networks: Networks,
}

impl Post {
    /// A way over the networks that may be sent to.
    pub(super) fn new(settings: &Webhooks) -> Result<Self, String> {
        let networks = Networks::read(&settings.networks)?;
        let tls = match tls(true, settings.authorities.as_deref(), "webhook_ca") {
            // A machine without authorities can still send to itself; to others every attempt says so.
            Err(_) if settings.authorities.is_none() => tls(false, None, "webhook_ca"),
            read => read,
        }?;
        let mut plain = HttpConnector::new_with_resolver(networks.clone());
        plain.enforce_http(false);
        plain.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(3))
            .pool_max_idle_per_host(1)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Self { client, networks })
    }

    /// One attempt, within its time. A failure names neither the address nor what the other side wrote.
    pub(super) async fn send(&self, message: Message<'_>, pace: &Pace) -> Outcome {
        let answer = match tokio::time::timeout(pace.attempt, self.ask(message)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(why)) => return failed(&why, None),
            Err(_) => {
                return failed(
                    &format!("no answer within {} s", pace.attempt.as_secs_f32()),
                    None,
                );
            }
        };
        let status = answer.status();
        if status.is_success() {
            // The status is the word; how the answer ends, and when, changes nothing.
            let body = Limited::new(answer.into_body(), LONGEST).collect();
            let _ = tokio::time::timeout(DRAINED, body).await;
            return Outcome::Taken;
        }
        if status == StatusCode::GONE {
            return Outcome::Gone;
        }
        let wait = answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.trim().parse().ok());
        failed(
            &format!("the status is {}", status.as_u16()),
            wait.map(Duration::from_secs),
        )
    }

    async fn ask(&self, message: Message<'_>) -> Result<Response<Incoming>, String> {
        let address: Uri = checked(message.url, EXAMPLE)
            .map_err(|_| "its address is none that is sent to: webhook add gives it another".to_owned())?;
        self.networks.check(&address)?;
        let request = Request::post(address)
            .header(CONTENT_TYPE, "application/cloudevents-batch+json; charset=utf-8")
            .header(USER_AGENT, concat!("nqi-hub/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", message.name)
            .header("webhook-timestamp", message.seconds)
            .header("webhook-signature", message.signature)
            .header("nqi-cursor", message.cursor)
            .body(Full::from(message.body))
            .map_err(|error| error.to_string())?;
        let answer = self.client.request(request).await;
        answer.map_err(|error| class(&error).to_owned())
    }
}

/// What kind of failure it is. Its own words would name hosts and certificates.
fn class(error: &legacy::Error) -> &'static str {
    told(error).unwrap_or(if error.is_connect() {
        "no connection: its name has no address, or nobody answers there"
    } else {
        "the connection ended before an answer"
    })
}

fn told(error: &(dyn Error + 'static)) -> Option<&'static str> {
    if error.is::<rustls::Error>() {
        return Some("no TLS: its certificate is not trusted or not its own, or it speaks another version");
    }
    if let Some(cause) = error.downcast_ref::<io::Error>() {
        if cause.kind() == io::ErrorKind::ConnectionRefused {
            return Some("the connection was refused");
        }
        // An error of the system holds no other one, so this is our own word.
        if cause.kind() == io::ErrorKind::PermissionDenied && cause.get_ref().is_some() {
            return Some(REFUSED);
        }
        if let Some(found) = cause.get_ref().and_then(|inner| told(inner)) {
            return Some(found);
        }
    }
    error.source().and_then(told)
}

fn failed(why: &str, wait: Option<Duration>) -> Outcome {
    Outcome::Failed {
        why: why.chars().take(SAID).collect(),
        wait,
    }
}

/// The wait before the next attempt after so many failed ones: half of a time that doubles, and a part of the other half by chance; no
/// less than the receiver asks for, and never more than the longest.
pub(super) fn pause(pace: &Pace, failed: u32, wanted: Option<Duration>) -> Duration {
    let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
    let half = pace.least.saturating_mul(doubled).min(pace.most) / 2;
    let mut bytes = [0; 4];
    // Without chance the wait is the longer one.
    let share = rand::fill(&mut bytes).map_or(u32::MAX, |()| u32::from_le_bytes(bytes));
    let own = half + half.mul_f64(f64::from(share) / f64::from(u32::MAX));
    own.max(wanted.unwrap_or_default()).min(pace.most)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn sent_to(url: &str) -> Outcome {
        let post = Post::new(&Webhooks::default()).unwrap();
        let message = Message {
            url,
            name: "msg_1",
            seconds: 1,
            signature: "v1,x",
            cursor: "x",
            body: b"[]".to_vec(),
        };
        post.send(message, &Pace::default()).await
    }

    #[tokio::test]
    async fn a_failure_is_a_class_and_names_no_address() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            assert!(stream.read(&mut [0; 4_096]).await.unwrap() > 0);
            stream.write_all(b"no TLS here\r\n\r\n").await.unwrap();
            stream.read(&mut [0; 4_096]).await
        });
        let why = async |url: String| match sent_to(&url).await {
            Outcome::Failed { why, .. } => why,
            other => panic!("{url}: {other:?}"),
        };
        let said = why(format!("https://127.0.0.1:{port}/secret")).await;
        assert!(said.starts_with("no TLS"), "{said}");
        server.abort();
        let _ = server.await;
        let said = why(format!("http://127.0.0.1:{port}/secret")).await;
        assert_eq!(said, "the connection was refused");
        assert_eq!(why("https://0x7f000001/secret".to_owned()).await, REFUSED);
        let said = why("ftp://me@example.org/secret".to_owned()).await;
        assert!(
            !said.contains("example.org") && !said.contains("secret"),
            "{said}"
        );
    }

    #[test]
    fn waits_double_differ_by_chance_and_heed_the_receiver() {
        let pace = Pace::default();
        let mut seen = std::collections::BTreeSet::new();
        for (failed, whole) in [(1, 5), (2, 10), (5, 80), (20, 3_600), (u32::MAX, 3_600)] {
            let whole = Duration::from_secs(whole);
            for _ in 0..50 {
                let pause = pause(&pace, failed, None);
                assert!(whole / 2 <= pause && pause <= whole, "{failed}: {pause:?}");
                seen.insert(pause);
            }
        }
        assert!(seen.len() > 100, "{seen:?}");
        let wanted = |seconds| pause(&pace, 1, Some(Duration::from_secs(seconds)));
        assert_eq!(wanted(60), Duration::from_secs(60));
        assert_eq!(wanted(86_400), pace.most);
    }
}
