//! Which address may be asked: the reader must not be turned into a probe of the inner network (SSRF).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::header::HeaderValue;

use super::error::CrawlError;

/// The base URL, checked and resolved once. All requests go to this host and to these addresses.
#[derive(Clone, Debug)]
pub struct Base {
    url: Url,
    /// Name of the host, without brackets and port.
    pub host: String,
    /// Checked addresses of the host.
    pub addresses: Vec<SocketAddr>,
}

impl Base {
    /// Checks and resolves `http://host[:port][/path]`. One address that may not be asked refuses the host, so that
    /// nobody can mix a good address with a bad one.
    pub async fn resolve(base_url: &str, allow_private: bool) -> Result<Self, CrawlError> {
        let (url, host) = parse(base_url)?;
        let refused = |problem: String| CrawlError::Address {
            host: host.clone(),
            problem,
        };
        let port = url.port_or_known_default().unwrap_or(80);
        let found = tokio::net::lookup_host((host.as_str(), port)).await;
        let addresses: Vec<_> = found
            .map_err(|cause| {
                refused(format!(
                    "the name cannot be resolved ({cause}); check scope.base_url and the network"
                ))
            })?
            .collect();
        if addresses.is_empty() {
            return Err(refused(
                "the name has no address; check scope.base_url".to_owned(),
            ));
        }
        for address in &addresses {
            if let Some(problem) = objection(address.ip(), allow_private) {
                return Err(refused(format!("{} {problem}", address.ip())));
            }
        }
        Ok(Self { url, host, addresses })
    }

    /// A base whose name was resolved to these addresses.
    #[cfg(test)]
    pub fn resolved(base_url: &str, addresses: Vec<SocketAddr>) -> Result<Self, CrawlError> {
        let (url, host) = parse(base_url)?;
        Ok(Self { url, host, addresses })
    }

    /// The URL of a path, with or without a query, below the base.
    pub fn join(&self, path: &str) -> Url {
        let (path, query) = path
            .split_once('?')
            .map_or((path, None), |(path, query)| (path, Some(query)));
        let mut url = self.url.clone();
        let below = format!("{}{path}", self.url.path().trim_end_matches('/'));
        url.set_path(&below);
        url.set_query(query);
        url
    }
}

fn parse(base_url: &str) -> Result<(Url, String), CrawlError> {
    let wrong = |problem: &str| CrawlError::Setting {
        name: "scope.base_url",
        problem: format!("{base_url:?} {problem}"),
    };
    let url = Url::parse(base_url).map_err(|error| {
        wrong(&format!(
            "is no URL ({error}); write for example http://10.32.1.5:8080"
        ))
    })?;
    match url.scheme() {
        "http" => {}
        "https" => {
            return Err(wrong(
                "asks for TLS, which is not built in: let a proxy on this machine do TLS (for example nginx or stunnel), write its http address here and set allow_private = true",
            ));
        }
        _ => return Err(wrong("must begin with http://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("must carry no user name and password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("must carry no '?' and no '#'"));
    }
    match url.host_str() {
        Some(host) if HeaderValue::from_str(host).is_ok() => {
            let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
            Ok((url, host))
        }
        _ => Err(wrong("names no host")),
    }
}

/// Why an address may not be asked.
fn objection(address: IpAddr, allow_private: bool) -> Option<&'static str> {
    let kind = match address {
        IpAddr::V4(address) => kind_v4(address),
        IpAddr::V6(address) => kind_v6(address),
    };
    match kind {
        Kind::Public => None,
        Kind::Private if allow_private => None,
        Kind::Private => Some(
            "is a private address; if the platform is in your own network, set allow_private = true, else check the name",
        ),
        Kind::Never => Some("is a link-local, metadata, multicast or reserved address and is never asked"),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Public,
    Private,
    Never,
}

/// Special-purpose addresses of RFC 6890; 100.100.100.200 is the metadata service of a Chinese cloud.
fn kind_v4(address: Ipv4Addr) -> Kind {
    match address.octets() {
        [100, 100, 100, 200] => Kind::Never,
        [127, ..] | [10, ..] | [192, 168, ..] | [172, 16..=31, ..] | [100, 64..=127, ..] => Kind::Private,
        [0 | 224..=255, ..] | [169, 254, ..] | [192, 0, 0 | 2, _] | [198, 18 | 19, ..] => Kind::Never,
        [192, 88, 99, _] | [198, 51, 100, _] | [203, 0, 113, _] => Kind::Never,
        _ => Kind::Public,
    }
}

/// An IPv4 address inside an IPv6 address (mapped, NAT64, 6to4) counts as that IPv4 address.
fn kind_v6(address: Ipv6Addr) -> Kind {
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        kind_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => Kind::Private,
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254] => Kind::Never,
        [0xfc00..=0xfdff, ..] => Kind::Private,
        [0x2001, 0 | 0xdb8, ..] => Kind::Never,
        [0x2000..=0x3fff, ..] => Kind::Public,
        _ => Kind::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked_unless_private_ones_are_allowed() {
        let table = [
            ("111.13.100.92", Kind::Public),
            ("127.0.0.1", Kind::Private),
            ("10.32.1.5", Kind::Private),
            ("172.31.0.1", Kind::Private),
            ("172.32.0.1", Kind::Public),
            ("192.168.1.1", Kind::Private),
            ("100.64.0.1", Kind::Private),
            ("100.100.100.200", Kind::Never),
            ("169.254.169.254", Kind::Never),
            ("0.0.0.0", Kind::Never),
            ("224.0.0.1", Kind::Never),
            ("255.255.255.255", Kind::Never),
            ("::1", Kind::Private),
            ("::", Kind::Never),
            ("::ffff:169.254.169.254", Kind::Never),
            ("::ffff:10.0.0.1", Kind::Private),
            ("64:ff9b::7f00:1", Kind::Private),
            ("2002:a9fe:a9fe::", Kind::Never),
            ("fd00:ec2::254", Kind::Never),
            ("fd12::1", Kind::Private),
            ("fe80::1", Kind::Never),
            ("ff02::1", Kind::Never),
            ("2400:3200::1", Kind::Public),
        ];
        for (text, expected) in table {
            let address: IpAddr = text.parse().unwrap();
            let allowed = (
                objection(address, false).is_none(),
                objection(address, true).is_none(),
            );
            let expected = (expected == Kind::Public, expected != Kind::Never);
            assert_eq!(allowed, expected, "{text}");
        }
    }

    #[tokio::test]
    async fn base_urls_that_are_refused_say_what_to_write() {
        for (url, says) in [
            ("https://www.qybz.org.cn", "proxy on this machine"),
            ("file:///etc/passwd", "must begin with http://"),
            ("gopher://127.0.0.1", "must begin with http://"),
            ("http://user:secret@host/", "no user name"),
            ("http://host/?a=1", "no '?'"),
            ("http://", "is no URL"),
            ("", "is no URL"),
            ("http://127.1/", "private address"),
            ("http://0x7f000001/", "private address"),
            ("http://2130706433/", "private address"),
            ("http://[::1]/", "private address"),
            ("http://[::ffff:169.254.169.254]/", "never asked"),
            ("http://169.254.169.254/", "never asked"),
        ] {
            let error = Base::resolve(url, false).await.unwrap_err().to_string();
            assert!(error.contains(says), "{url}: {error}");
        }
        let metadata = Base::resolve("http://169.254.169.254/latest", true).await;
        assert!(metadata.is_err());
    }

    #[tokio::test]
    async fn urls_stay_below_the_base() {
        let base = Base::resolve("http://127.0.0.1:81/std/", true).await.unwrap();
        for (path, expected) in [
            ("/queryArea.do", "http://127.0.0.1:81/std/queryArea.do"),
            ("//evil.example/x", "http://127.0.0.1:81/std//evil.example/x"),
            ("/a?b=1#c", "http://127.0.0.1:81/std/a?b=1%23c"),
        ] {
            assert_eq!(base.join(path).as_str(), expected);
        }
    }
}
