//! Where a hub is.

use std::net::IpAddr;

use hyper::Uri;

/// The address of a hub, without `/graphql` behind it: `https`, or `http` to this machine, because the token goes with every
/// request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address such as `https://hub.example.org`; the error says what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        let address: Uri = text
            .parse()
            .map_err(|_| format!("{text:?} is no address, such as https://hub.example.org"))?;
        let authority = address.authority().map(|authority| authority.as_str());
        let host = address.host().unwrap_or_default();
        if host.is_empty() || authority.is_some_and(|authority| authority.contains('@')) {
            return Err(format!("{text:?} must have a host, and no name or password"));
        }
        if address.query().is_some() {
            return Err(format!("{text:?} must carry no '?'"));
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let here = host == "localhost" || bare.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        match address.scheme_str() {
            Some("https") => {}
            Some("http") if here => {}
            _ => {
                return Err(format!(
                    "{text:?} must begin with https://; http:// goes for this machine only, because the token would be read on the way"
                ));
            }
        }
        let whole = text.trim_end_matches('/');
        let whole = whole.strip_suffix("/graphql").unwrap_or(whole);
        Ok(Self(whole.trim_end_matches('/').to_owned()))
    }

    /// As it was given, without what follows the hub itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is reached by TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_others_are_refused_with_a_remedy() {
        for (text, expected) in [
            ("https://hub.example.org", "https://hub.example.org"),
            ("https://hub.example.org/", "https://hub.example.org"),
            (
                "https://hub.example.org/nqi/graphql",
                "https://hub.example.org/nqi",
            ),
            ("http://127.0.0.1:8080/graphql/", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://localhost:1", "http://localhost:1"),
        ] {
            assert_eq!(Address::parse(text).unwrap().as_str(), expected);
        }
        for (text, says) in [
            ("http://hub.example.org", "must begin with https://"),
            ("ftp://127.0.0.1", "must begin with https://"),
            ("https://me:secret@hub.example.org", "no name or password"),
            ("https://hub.example.org?a=1", "no '?'"),
            ("hub", "must begin with https://"),
            ("/graphql", "must have a host"),
            ("", "is no address"),
        ] {
            let error = Address::parse(text).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
