//! Which proxies are believed when they say whose request they pass on.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use ipnet::IpNet;

/// What proxies write: the addresses that a request came from, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Networks of proxies whose word is taken.
#[derive(Debug, Clone, Default)]
pub(in crate::http) struct Proxies(Vec<IpNet>);

impl Proxies {
    /// Reads addresses such as `10.0.0.7` and networks such as `10.0.0.0/24`; the first that is neither is named.
    pub(in crate::http) fn read(texts: &[String]) -> Result<Self, String> {
        let networks = texts.iter().map(|text| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| text.parse::<IpNet>()).map_err(|_| {
                format!("trusted_proxies: {text:?} is neither an address nor a network such as 10.0.0.0/24")
            })
        });
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Whose request it is. What a client wrote itself stands to the left of what the nearest believed proxy saw, so the
    /// last address that is not that of a believed proxy counts; a text that is no address leaves the peer's.
    pub(in crate::http) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.believes(peer) {
            return peer;
        }
        let values: Vec<_> = headers.get_all(FORWARDED_FOR).collect();
        let addresses = values.iter().rev().flat_map(|value| {
            let text = value.to_str().unwrap_or_default();
            text.rsplit(',').map(|address| address.trim().parse::<IpAddr>())
        });
        for address in addresses {
            match address.map(|address| address.to_canonical()) {
                Ok(address) if self.believes(address) => {}
                Ok(address) => return address,
                Err(_) => return peer,
            }
        }
        peer
    }

    fn believes(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{FORWARDED_FOR, Proxies};

    fn client(trusted: &[&str], peer: &str, forwarded: &[&'static str]) -> IpAddr {
        let trusted: Vec<_> = trusted.iter().map(|text| (*text).to_owned()).collect();
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(
                HeaderName::from_static(FORWARDED_FOR),
                HeaderValue::from_static(value),
            );
        }
        let proxies = Proxies::read(&trusted).unwrap();
        proxies.client(peer.parse().unwrap(), &headers)
    }

    #[test]
    fn the_word_of_a_stranger_is_not_taken() {
        assert_eq!(
            client(&[], "203.0.113.9", &["198.51.100.1"]).to_string(),
            "203.0.113.9"
        );
        assert_eq!(
            client(&["10.0.0.0/8"], "203.0.113.9", &["198.51.100.1"]).to_string(),
            "203.0.113.9"
        );
    }

    #[test]
    fn a_proxy_says_whose_request_it_passes_on() {
        let inside = ["10.0.0.0/8", "::1"];
        assert_eq!(
            client(&inside, "10.1.2.3", &["198.51.100.1"]).to_string(),
            "198.51.100.1"
        );
        assert_eq!(
            client(&inside, "::1", &["2001:db8::7"]).to_string(),
            "2001:db8::7"
        );
        // The client claims to be another; the proxy adds what it saw.
        assert_eq!(
            client(&inside, "10.1.2.3", &["192.0.2.66, 198.51.100.1"]).to_string(),
            "198.51.100.1"
        );
        assert_eq!(
            client(&inside, "10.1.2.3", &["192.0.2.66", "198.51.100.1"]).to_string(),
            "198.51.100.1"
        );
        // Two believed proxies in a row.
        assert_eq!(
            client(&inside, "10.1.2.3", &["192.0.2.66, 198.51.100.1, 10.9.9.9"]).to_string(),
            "198.51.100.1"
        );
    }

    #[test]
    fn nonsense_leaves_the_peer() {
        for forwarded in [
            "",
            "unknown",
            "198.51.100.1, unknown",
            "_hidden",
            "198.51.100.1:4711",
        ] {
            assert_eq!(
                client(&["10.0.0.0/8"], "10.1.2.3", &[forwarded]).to_string(),
                "10.1.2.3",
                "{forwarded}"
            );
        }
        assert_eq!(client(&["10.0.0.0/8"], "10.1.2.3", &[]).to_string(), "10.1.2.3");
        assert!(
            Proxies::read(&["10.0.0.0/33".to_owned()])
                .unwrap_err()
                .contains("10.0.0.0/33")
        );
    }
}
