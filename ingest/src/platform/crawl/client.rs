//! Asks the platform: one request at a time, at a pace, with bounds on time and size, and again where that may help.

use std::time::Duration;

use reqwest::header::{self, HeaderMap};
use reqwest::{Response, StatusCode, Url, redirect, retry};

use super::address::Base;
use super::answer::{Fault, fault_of, person_sign};
use super::error::{CrawlError, Place};
use super::retry::{Jitter, Pace};
use super::settings::CrawlSettings;
use super::text::decode;

/// Bytes that are read of an answer whose status is not 200.
const FAULT_BYTES: usize = 64 << 10;

/// The one connection to the platform.
#[derive(Debug)]
pub struct Client<'s> {
    settings: &'s CrawlSettings,
    base: Base,
    http: reqwest::Client,
    pace: Pace,
    jitter: Jitter,
}

impl<'s> Client<'s> {
    /// A client that knows the platform's addresses and asks nobody else: no proxy of the environment, no redirects,
    /// no name looked up again.
    pub fn new(settings: &'s CrawlSettings, base: Base, jitter: Jitter) -> Result<Self, CrawlError> {
        let http = reqwest::Client::builder()
            .user_agent(&settings.user_agent)
            .connect_timeout(Duration::from_millis(settings.connect_timeout_ms))
            .read_timeout(Duration::from_millis(settings.read_timeout_ms))
            .timeout(Duration::from_millis(settings.answer_timeout_ms))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(1)
            .resolve_to_addrs(&base.host, &base.addresses)
            .build()
            .map_err(|error| CrawlError::Setting {
                name: "user_agent",
                problem: format!("the HTTP client cannot be made: {}", causes(&error)),
            })?;
        Ok(Self {
            settings,
            base,
            http,
            pace: Pace::new(settings.interval()),
            jitter,
        })
    }

    /// Asks for a page, by `POST` when there is a form, until `read` takes it. What `read` does not take counts as a
    /// failed attempt, unless it shows a captcha or a login.
    pub async fn ask<T>(
        &mut self,
        mut place: Place,
        path: &str,
        form: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, CrawlError> {
        let url = self.base.join(path);
        place.url = url.to_string();
        let mut attempt = 1;
        loop {
            self.pace.turn().await;
            let fault = match self.attempt(url.clone(), form).await {
                Ok(text) => match read(&text) {
                    Ok(found) => return Ok(found),
                    Err(problem) => match person_sign(&text, &self.settings.person_signs) {
                        Some(sign) => Fault::Person {
                            sign: format!("{sign:?} in the answer"),
                        },
                        None => Fault::again(problem),
                    },
                },
                Err(fault) => fault,
            };
            let wait = self.wait_or_stop(fault, attempt, &place)?;
            tracing::warn!(%place, attempt, wait_ms = wait.as_millis(), "the platform is asked again");
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }

    fn wait_or_stop(&mut self, fault: Fault, attempt: u32, place: &Place) -> Result<Duration, CrawlError> {
        let place = Box::new(place.clone());
        let (problem, after) = match fault {
            Fault::Again { problem, after } => (problem, after),
            Fault::Person { sign } => return Err(CrawlError::NeedsPerson { place, sign }),
            Fault::Missing => return Err(CrawlError::Missing { place }),
            Fault::Stop { problem, remedy } => {
                return Err(CrawlError::Refused {
                    place,
                    problem,
                    remedy,
                });
            }
        };
        if attempt >= self.settings.attempts {
            return Err(CrawlError::GaveUp {
                place,
                attempts: attempt,
                problem,
            });
        }
        let longest = self.settings.longest_wait_s;
        match after {
            Some(after) if after > Duration::from_secs(longest) => Err(CrawlError::Refused {
                place,
                problem: format!("{problem} and asks to wait {} s", after.as_secs()),
                remedy: format!("run the crawl again after that; longest_wait_s is {longest}"),
            }),
            _ => {
                let first = Duration::from_millis(self.settings.backoff_ms);
                Ok(self.jitter.backoff(first, attempt).max(after.unwrap_or_default()))
            }
        }
    }

    async fn attempt(&self, url: Url, form: Option<&str>) -> Result<String, Fault> {
        if url.host_str().map(|host| host.trim_matches(['[', ']'])) != Some(self.base.host.as_str()) {
            return Err(Fault::stop(
                "the address leaves the host of base_url",
                "check the paths in the settings",
            ));
        }
        let request = match form {
            Some(form) => self
                .http
                .post(url)
                .header(
                    header::CONTENT_TYPE,
                    "application/x-www-form-urlencoded; charset=UTF-8",
                )
                .header(header::ACCEPT, "application/json")
                .body(form.to_owned()),
            None => self
                .http
                .get(url)
                .header(header::ACCEPT, "text/html,application/xhtml+xml"),
        };
        let response = request
            .send()
            .await
            .map_err(|error| Fault::again(causes(&error)))?;
        self.receive(response).await
    }

    async fn receive(&self, mut response: Response) -> Result<String, Fault> {
        let (status, headers) = (response.status(), response.headers().clone());
        if status != StatusCode::OK {
            let mut body = Vec::new();
            while body.len() < FAULT_BYTES
                && let Ok(Some(piece)) = response.chunk().await
            {
                body.extend_from_slice(&piece);
            }
            let body = String::from_utf8_lossy(&body);
            return Err(fault_of(status, &headers, &body, &self.settings.person_signs));
        }
        let limit = self.settings.answer_bytes;
        let too_large = || {
            Fault::stop(
                format!("the answer is larger than {limit} bytes"),
                "look at the page in a browser; if it is right, raise answer_bytes",
            )
        };
        let said = response
            .content_length()
            .map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
        if said > limit {
            return Err(too_large());
        }
        refuse_compressed(&headers)?;
        let mut body = Vec::with_capacity(said);
        loop {
            match response.chunk().await {
                Ok(Some(piece)) if body.len() + piece.len() > limit => return Err(too_large()),
                Ok(Some(piece)) => body.extend_from_slice(&piece),
                Ok(None) => break,
                Err(error) => {
                    return Err(Fault::again(format!(
                        "the answer broke off after {} bytes ({})",
                        body.len(),
                        causes(&error)
                    )));
                }
            }
        }
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        decode(body, kind.unwrap_or_default()).map_err(Fault::again)
    }
}

/// The reader asks for no compression and unpacks none, so that nobody can send it a bomb.
fn refuse_compressed(headers: &HeaderMap) -> Result<(), Fault> {
    match headers
        .get(header::CONTENT_ENCODING)
        .map(|value| value.as_bytes())
    {
        None | Some(b"" | b"identity") => Ok(()),
        Some(encoding) => Err(Fault::stop(
            format!(
                "the answer is compressed ({}) though that was not asked for",
                encoding.escape_ascii()
            ),
            "have compression switched off for this reader",
        )),
    }
}

/// What an error says, with its causes and without the address, which the place names already.
fn causes(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut cause = std::error::Error::source(error);
    let mut said = if error.is_connect() {
        "no connection"
    } else {
        "the request failed"
    }
    .to_owned();
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// The name is one that no name server knows: only the addresses that were checked lead anywhere.
    #[tokio::test]
    async fn a_name_is_not_looked_up_again() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let read = stream.read(&mut request).await.unwrap();
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]";
            stream.write_all(answer).await.unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let settings = CrawlSettings::default();
        let url = format!("http://platform.invalid:{}/std", address.port());
        let base = Base::resolved(&url, vec![address]).unwrap();
        let mut client = Client::new(&settings, base, Jitter::from_seed(1)).unwrap();
        let place = Place::default();
        let answer = client.ask(place, "/a.do", None, |text| Ok(text.to_owned())).await;
        assert_eq!(answer.unwrap(), "[]");
        let request = served.await.unwrap().to_ascii_lowercase();
        assert!(request.starts_with("get /std/a.do http/1.1\r\n"), "{request}");
        assert!(request.contains("host: platform.invalid:"), "{request}");
    }
}
