//! What an answer of the platform means before it is read: taken, asked for again, or the end of the crawl.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap};

use super::retry::retry_after;

/// Parts of the address of a redirect that lead to a person's work, besides the signs in the settings.
const REDIRECT_SIGNS: &[&str] = &["login", "validate", "checkcode", "verify", "passport", "sso"];

/// Why an attempt gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Asking again may help, after a time that the platform named or the reader chooses.
    Again {
        /// What went wrong.
        problem: String,
        /// What the platform said about the next attempt.
        after: Option<Duration>,
    },
    /// A captcha or a login.
    Person {
        /// By what it is known.
        sign: String,
    },
    /// 404 or 410.
    Missing,
    /// Asking again would not help.
    Stop {
        /// What went wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

impl Fault {
    /// A fault that may pass.
    pub fn again(problem: impl Into<String>) -> Self {
        Self::Again {
            problem: problem.into(),
            after: None,
        }
    }

    /// A fault that stays.
    pub fn stop(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Stop {
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// The first of the signs that the text shows.
pub fn person_sign(text: &str, signs: &[String]) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let shown = |sign: &&String| !sign.is_empty() && text.contains(&sign.to_ascii_lowercase());
    signs.iter().find(shown).cloned()
}

/// What an answer means whose status is not 200; `body` is its beginning.
pub fn fault_of(status: StatusCode, headers: &HeaderMap, body: &str, signs: &[String]) -> Fault {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_html = text(header::CONTENT_TYPE).is_some_and(|kind| kind.contains("html"))
        || body.trim_start().starts_with('<');
    if status.is_redirection() {
        return redirect(text(header::LOCATION).unwrap_or("nowhere"), signs);
    }
    if let Some(sign) = person_sign(body, signs).filter(|_| is_html) {
        return Fault::Person {
            sign: format!("status {status} with {sign:?}"),
        };
    }
    match status.as_u16() {
        401 => Fault::Person {
            sign: "status 401: a login is wanted".to_owned(),
        },
        403 if is_html => Fault::Person {
            sign: "status 403 with a page for people".to_owned(),
        },
        404 | 410 => Fault::Missing,
        408 | 429 | 500..=599 => Fault::Again {
            problem: format!("the platform answered {status}"),
            after: text(header::RETRY_AFTER).and_then(|value| retry_after(value, text(header::DATE))),
        },
        200..=299 => Fault::again(format!("the platform answered {status} instead of 200")),
        _ => Fault::stop(
            format!("the platform answered {status}"),
            "ask the operator of the platform, or check base_url and the paths in the settings",
        ),
    }
}

fn redirect(location: &str, signs: &[String]) -> Fault {
    let location: String = location.chars().take(300).collect();
    let lower = location.to_ascii_lowercase();
    let to_person = REDIRECT_SIGNS.iter().any(|sign| lower.contains(sign));
    match person_sign(&location, signs) {
        Some(_) => {}
        None if to_person => {}
        None => {
            return Fault::stop(
                format!("the platform redirects to {location:?}, which is not followed"),
                "if the platform has moved, write its new address into base_url",
            );
        }
    }
    Fault::Person {
        sign: format!("redirect to {location:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::crawl::CrawlSettings;

    fn fault(status: u16, fields: &[(&'static str, &'static str)], body: &str) -> Fault {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.insert(*name, value.parse().unwrap());
        }
        let signs = CrawlSettings::default().person_signs;
        fault_of(StatusCode::from_u16(status).unwrap(), &headers, body, &signs)
    }

    #[test]
    fn answers_are_told_apart() {
        let html = [("content-type", "text/html;charset=UTF-8")];
        let kind = |fault: Fault| match fault {
            Fault::Again { after, .. } => format!("again {after:?}"),
            Fault::Person { .. } => "person".to_owned(),
            Fault::Missing => "missing".to_owned(),
            Fault::Stop { .. } => "stop".to_owned(),
        };
        for (status, fields, body, expected) in [
            (500, &[][..], "", "again None"),
            (503, &[("retry-after", "7")], "", "again Some(7s)"),
            (429, &[("retry-after", "x")], "", "again None"),
            (408, &[], "", "again None"),
            (204, &[], "", "again None"),
            (403, &html, "<h1>Forbidden</h1>", "person"),
            (403, &html, "Forbidden", "person"),
            (403, &[], "<h1>Forbidden</h1>", "person"),
            (403, &[], "{}", "stop"),
            (401, &[], "", "person"),
            (503, &html, "<script src=gt.js>initGeetest(", "person"),
            (404, &html, "<h1>Not found</h1>", "missing"),
            (410, &[], "", "missing"),
            (400, &[], "", "stop"),
            (302, &[("location", "/user/Login.do?back=1")], "", "person"),
            (302, &[("location", "https://static.geetest.com/")], "", "person"),
            (301, &[("location", "https://other.example/")], "", "stop"),
            (304, &[], "", "stop"),
        ] {
            assert_eq!(kind(fault(status, fields, body)), expected, "{status} {body}");
        }
    }
}
