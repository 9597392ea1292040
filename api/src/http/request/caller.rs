//! Who sends a request, and how the request is called in logs and errors.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::{HttpMessage, HttpRequest};
use entity::Clock;
use entity::access::{Identity, Role};

use super::proxies::Proxies;

/// The longest id that is taken from a client.
const LONGEST: usize = 64;

/// The name of a request: the client's own, or one that no other request of this process and hardly one of another has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) struct RequestId(String);

impl RequestId {
    /// As text.
    pub(in crate::http) fn as_str(&self) -> &str {
        &self.0
    }

    /// The name that a client gave, if it is fit for headers and logs.
    pub(in crate::http) fn of_client(text: &str) -> Option<Self> {
        let fit = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'_' | b'-');
        let good = !text.is_empty() && text.len() <= LONGEST && text.bytes().all(fit);
        good.then(|| Self(text.to_owned()))
    }
}

/// Gives requests their names.
pub(in crate::http) struct RequestIds {
    start: i64,
    last: AtomicU64,
}

impl RequestIds {
    /// Names that begin with the time of the start.
    pub(in crate::http) fn new(clock: Clock) -> Self {
        let start = clock.now().timestamp_micros() ^ i64::from(std::process::id()).rotate_left(32);
        Self {
            start,
            last: AtomicU64::new(0),
        }
    }

    /// A new name.
    pub(in crate::http) fn next(&self) -> RequestId {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        RequestId(format!("{:016x}-{number:x}", self.start))
    }
}

/// Who asks, in which way.
#[derive(Debug, Clone)]
pub(in crate::http) struct Caller {
    /// Where the request comes from, as far as proxies that are believed tell it.
    pub(in crate::http) from: IpAddr,
    /// What limits are counted by: of IPv6 the network of a customer.
    pub(in crate::http) address: IpAddr,
    /// The name of the request.
    pub(in crate::http) id: RequestId,
    /// Who asks, as a token says that is believed.
    pub(in crate::http) identity: Arc<Identity>,
    /// Whether the way of asking allows reading only.
    pub(in crate::http) reads_only: bool,
    /// Whether more than one answer can be sent.
    pub(in crate::http) hears_streams: bool,
    /// Whether the client wants to know the cost and nothing else.
    pub(in crate::http) dry_run: bool,
}

/// Whose budget pays for a request: a person's or a machine's wherever it comes from, and an address's for everybody without
/// a token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::http) enum Payer {
    /// Everybody behind an address.
    Address(IpAddr),
    /// Who a token names.
    Person(String),
}

impl Caller {
    /// Who pays.
    pub(in crate::http) fn payer(&self) -> Payer {
        match self.identity.role {
            Role::Public => Payer::Address(self.address),
            _ => Payer::Person(self.identity.person()),
        }
    }

    /// The same sender, once its token is believed.
    pub(in crate::http) fn known_as(self, identity: Arc<Identity>) -> Self {
        Self { identity, ..self }
    }

    /// On a socket an operation may write and may have many answers, although the socket began as a `GET`.
    pub(in crate::http) fn on_socket(self) -> Self {
        Self {
            reads_only: false,
            hears_streams: true,
            ..self
        }
    }
}

/// Where a request comes from: the peer's address, or that which a believed proxy names.
pub(in crate::http) fn address(http: &HttpRequest, proxies: &Proxies) -> IpAddr {
    let peer = http.peer_addr().map(|peer| peer.ip().to_canonical());
    let client = peer.map(|peer| proxies.client(peer, http.headers()));
    client.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

/// The address that limits are counted by.
pub(in crate::http) fn customer(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        IpAddr::V4(_) => address,
    }
}

/// The name that the request got when it came in.
pub(in crate::http) fn id(http: &HttpRequest) -> RequestId {
    let known = http.extensions().get::<RequestId>().cloned();
    known.unwrap_or_else(|| RequestId("unnamed".to_owned()))
}
