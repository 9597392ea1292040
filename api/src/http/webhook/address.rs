//! Which addresses the hub connects to. A name is looked up once, and the connection goes to an address that was checked: whoever
//! owns the name of a receiver cannot lead the hub into the network behind it.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::Uri;
use hyper_util::client::legacy::connect::dns::Name;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::outbound::{is_here, literal};

/// Networks of IPv4 that are not of the public internet (RFC 6890 and its register).
const NOT_PUBLIC: [(u8, u8, u8, u8, u8); 15] = [
    (0, 0, 0, 0, 8),
    (10, 0, 0, 0, 8),
    (100, 64, 0, 0, 10),
    (127, 0, 0, 0, 8),
    (169, 254, 0, 0, 16),
    (172, 16, 0, 0, 12),
    (192, 0, 0, 0, 24),
    (192, 0, 2, 0, 24),
    (192, 88, 99, 0, 24),
    (192, 168, 0, 0, 16),
    (198, 18, 0, 0, 15),
    (198, 51, 100, 0, 24),
    (203, 0, 113, 0, 24),
    (224, 0, 0, 0, 4),
    (240, 0, 0, 0, 4),
];
/// The public part of IPv6, and what of it holds addresses of IPv4, tunnels or examples.
const GLOBAL: &str = "2000::/3";
const NOT_GLOBAL: [&str; 4] = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

/// Said of an address that is not sent to.
pub(super) const REFUSED: &str =
    "the address is in a network that is not public, and webhook_networks does not name it";

/// The networks that may be sent to.
#[derive(Debug, Clone)]
pub(super) struct Networks(Arc<Vec<IpNet>>);

impl Networks {
    /// The public internet and the networks that are named; the error names one that is none.
    pub(super) fn read(named: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            text.parse::<IpNet>()
                .map_err(|_| format!("webhook_networks: {text:?} is no network, such as 10.0.0.0/8"))
        };
        Ok(Self(Arc::new(named.iter().map(read).collect::<Result<_, _>>()?)))
    }

    fn allow(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        is_public(address) || self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether an address that is given as a number may be sent to. Whoever set up the webhook may name this machine.
    pub(super) fn check(&self, address: &Uri) -> Result<(), String> {
        match literal(address) {
            Some(number) if !is_here(address) && !self.allow(number) => Err(REFUSED.to_owned()),
            _ => Ok(()),
        }
    }

    async fn look_up(self, name: Name) -> io::Result<std::vec::IntoIter<SocketAddr>> {
        let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
        let here = name.as_str() == "localhost";
        let may = |address: &SocketAddr| {
            let address = address.ip();
            if here {
                address.is_loopback()
            } else {
                self.allow(address)
            }
        };
        let allowed: Vec<SocketAddr> = found.filter(may).collect();
        if allowed.is_empty() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, REFUSED));
        }
        Ok(allowed.into_iter())
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC.iter().any(|(a, b, c, d, length)| {
            Ipv4Net::new(Ipv4Addr::new(*a, *b, *c, *d), *length)
                .is_ok_and(|network| network.contains(&address))
        }),
        IpAddr::V6(address) => {
            let within = |network: &str| {
                network
                    .parse::<Ipv6Net>()
                    .is_ok_and(|network| network.contains(&address))
            };
            within(GLOBAL) && !NOT_GLOBAL.iter().any(|network| within(network))
        }
    }
}

/// Looks names up for the client of HTTP.
impl tower_service::Service<Name> for Networks {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(self.clone().look_up(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_public_is_not_sent_to_unless_it_is_named() {
        let networks = Networks::read(&["10.1.0.0/16".to_owned(), "fd00::/8".to_owned()]).unwrap();
        for (address, goes) in [
            ("1.1.1.1", true),
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("fd00::1", true),
            ("2400:3200::1", true),
            ("10.2.0.1", false),
            ("127.0.0.1", false),
            ("0.0.0.0", false),
            ("169.254.169.254", false),
            ("::ffff:169.254.169.254", false),
            ("172.31.0.1", false),
            ("192.168.1.1", false),
            ("100.100.100.200", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("fe80::1", false),
            ("fc00::1", false),
            ("64:ff9b::a00:1", false),
            ("2002:a00:1::", false),
            ("2001:0:a00:1::", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(networks.allow(address.parse().unwrap()), goes, "{address}");
        }
        assert!(Networks::read(&["10.0.0.0".to_owned()]).is_err());
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_not_followed() {
        let networks = Networks::read(&[]).unwrap();
        for (name, goes) in [("localhost", true), ("127.1", false), ("0x7f000001", false)] {
            let found = networks.clone().look_up(name.parse().unwrap()).await;
            assert_eq!(found.is_ok(), goes, "{name}: {found:?}");
        }
        for (url, goes) in [
            ("https://10.0.0.1/x", false),
            ("https://[fd00::1]/x", false),
            ("https://[::ffff:a9fe:a9fe]/", false),
            ("http://127.0.0.1:9/x", true),
            ("https://receiver.example.org/x", true),
        ] {
            assert_eq!(networks.check(&url.parse().unwrap()).is_ok(), goes, "{url}");
        }
    }
}
