//! The trouble that the stand-in makes.

use std::time::Duration;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// What goes wrong with an answer.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The answer comes late.
    Slow(Duration),
    /// The answer promises more bytes than come; then the connection is closed.
    Cut,
    /// The page ends in its middle, with a length that fits.
    CutPage,
    /// The connection is closed without an answer.
    Dropped,
    /// The status, with a short text.
    Status(u16),
    /// 200 with JSON that is none.
    MalformedJson,
    /// 200 with a page that says that something went wrong.
    ErrorPage,
    /// 429, with `Retry-After` when there is one.
    TooMany(Option<String>),
    /// 200 with a captcha.
    Captcha,
    /// 200 with a login.
    Login,
    /// 403 with a page.
    Forbidden,
    /// 302 to somewhere.
    Redirect(String),
    /// A body without an end, in chunks.
    Endless,
    /// A header that promises so many bytes.
    Promised(u64),
    /// The answer says that it is compressed.
    Compressed,
    /// The answer says something else in one place.
    Changed(String, &'static str),
    /// The other shape of an end: pages behind the last one say what the last one says.
    RepeatsLastPage,
    /// Behind the last page of a list of three or more come the second and the third again and again.
    Cycles,
}

/// An answer before it is sent.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The content type.
    pub kind: &'static str,
    /// Further fields of the header.
    pub fields: String,
    /// The body.
    pub body: String,
}

/// An answer without further fields.
pub fn page(status: u16, kind: &'static str, body: impl Into<String>) -> Answer {
    Answer {
        status,
        kind,
        fields: String::new(),
        body: body.into(),
    }
}

/// Content type of lists.
pub const JSON: &str = "application/json;charset=UTF-8";
/// Content type of pages.
pub const HTML: &str = "text/html;charset=UTF-8";

/// Sends an answer.
pub async fn send(stream: &mut BufReader<TcpStream>, answer: Answer) -> Option<()> {
    let length = answer.body.len() as u64;
    send_promised(stream, answer, length).await
}

async fn send_promised(stream: &mut BufReader<TcpStream>, answer: Answer, length: u64) -> Option<()> {
    let Answer {
        status,
        kind,
        fields,
        body,
    } = answer;
    let answer = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{fields}\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

/// Answers with trouble; `None` closes the connection.
pub async fn misbehave(stream: &mut BufReader<TcpStream>, trouble: Trouble, mut good: Answer) -> Option<()> {
    let half = |body: &str| -> String { body.chars().take(body.chars().count() / 2).collect() };
    let answer = match trouble {
        Trouble::Slow(time) => {
            tokio::time::sleep(time).await;
            good
        }
        Trouble::Dropped => return None,
        Trouble::Cut => {
            let length = good.body.len() as u64;
            good.body = half(&good.body);
            send_promised(stream, good, length).await?;
            return None;
        }
        Trouble::Promised(length) => {
            send_promised(stream, good, length).await?;
            return None;
        }
        Trouble::Endless => {
            let head = "HTTP/1.1 200 X\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await.ok()?;
            let piece = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
            loop {
                stream.write_all(piece.as_bytes()).await.ok()?;
            }
        }
        Trouble::CutPage => page(200, good.kind, half(&good.body)),
        Trouble::Status(status) => page(status, "text/plain", "wrong"),
        Trouble::MalformedJson => page(200, JSON, "{\"result\":[{\"standardId\":"),
        Trouble::ErrorPage => page(
            200,
            HTML,
            "<html><body><h1>系统繁忙，请稍后再试</h1></body></html>",
        ),
        Trouble::TooMany(after) => Answer {
            fields: after.map_or_else(String::new, |after| format!("Retry-After: {after}\r\n")),
            ..page(429, "text/plain", "slow down")
        },
        Trouble::Captcha => page(
            200,
            HTML,
            "<html><body><script src=\"https://static.geetest.com/static/js/gt.0.4.9.js\"></script><div id=\"captcha\"></div></body></html>",
        ),
        Trouble::Login => page(
            200,
            HTML,
            "<html><body><form action=\"/log/in.do\"><input name=u><input type=\"password\" name=p></form></body></html>",
        ),
        Trouble::Forbidden => page(403, HTML, "<html><body>Forbidden</body></html>"),
        Trouble::Redirect(to) => Answer {
            fields: format!("Location: {to}\r\n"),
            ..page(302, HTML, "")
        },
        Trouble::Compressed => Answer {
            fields: "Content-Encoding: gzip\r\n".to_owned(),
            ..good
        },
        Trouble::Changed(from, to) => Answer {
            body: good.body.replace(&from, to),
            ..good
        },
        Trouble::RepeatsLastPage | Trouble::Cycles => good,
    };
    send(stream, answer).await
}
