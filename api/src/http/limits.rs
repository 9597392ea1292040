//! Every bound of the door in one place.

use std::num::NonZeroU32;
use std::time::Duration;

use super::check;

/// What the door lets through. The defaults are what a service runs with; tests narrow them.
#[derive(Debug, Clone)]
pub struct Limits {
    /// What a document may ask for.
    pub document: check::Limits,
    /// Bytes of a body and of a message of a socket.
    pub body: usize,
    /// Bytes of the parameters in an address.
    pub address: usize,
    /// How long a request may take to arrive.
    pub arrival: Duration,
    /// How long an operation may take.
    pub execution: Duration,
    /// Errors of one answer.
    pub errors: usize,
    /// Cost that one address may spend in a minute; none is no limit.
    pub cost_per_minute: Option<NonZeroU32>,
    /// Operations that are executed at once; as many more may wait.
    pub executions: usize,
    /// The price from which an operation is dear.
    pub dear_from: u64,
    /// The price of all dear operations that are executed at once.
    pub dear_at_once: u32,
    /// How long an operation waits for its turn.
    pub turn: Duration,
    /// Sockets and event streams of the process, each.
    pub connections: usize,
    /// Sockets and event streams of one address, each.
    pub connections_per_address: usize,
    /// Operations at once on a socket.
    pub operations: usize,
    /// How long a socket may stay without a greeting.
    pub greeting: Duration,
    /// How long a client may take no bytes of what it is told.
    pub write: Duration,
    /// How long the hub may say nothing on a connection: longer than a request takes at most to come, to wait and to be answered, and
    /// longer than a heartbeat.
    pub silence: Duration,
    /// How often an open connection is proved alive.
    pub heartbeat: Duration,
    /// Bytes of documents that clients registered by hash.
    pub registered: u64,
    /// How long work that has begun may go on when the process is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
        Self {
            document: check::Limits::default(),
            body: 64 * 1024,
            address: 16 * 1024,
            arrival: Duration::from_secs(10),
            execution: Duration::from_secs(10),
            errors: 50,
            cost_per_minute: NonZeroU32::new(500_000),
            executions: 64 * cores,
            turn: Duration::from_secs(1),
            dear_from: 1_000,
            dear_at_once: 50_000,
            connections: 5_000,
            connections_per_address: 2_500,
            operations: 20,
            greeting: Duration::from_secs(10),
            write: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            heartbeat: Duration::from_secs(12),
            registered: 8 * 1024 * 1024,
            drain: Duration::from_secs(10),
        }
    }
}
