//! A server inside the test process, asked over real HTTP.

use std::net::SocketAddr;

use entity::{Clock, Database};
use serde_json::{Value, json};

/// A server on a free port. It ends with the test process.
pub struct Server {
    address: SocketAddr,
    client: reqwest::Client,
    /// The handle that the server reads through, for counting its statements.
    pub db: Database,
}

/// Nobody's cost is limited.
fn unlimited() -> api::Settings {
    api::Settings {
        limits: api::Limits {
            cost_per_minute: None,
            ..api::Limits::default()
        },
        ..api::Settings::default()
    }
}

impl Server {
    /// Starts a server over a database. It limits nobody's cost: a test asks more than a reader does.
    pub fn start(db: Database, clock: Clock) -> Self {
        Self::start_with(db, clock, unlimited())
    }

    /// Starts a server through which everybody may declare.
    pub fn declaring(db: Database, clock: Clock) -> Self {
        let settings = api::Settings {
            declaring: true,
            ..unlimited()
        };
        Self::start_with(db, clock, settings)
    }

    /// Starts a server with settings of its own.
    pub fn start_with(db: Database, clock: Clock, settings: api::Settings) -> Self {
        let bound = api::Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), db.clone(), clock);
        let server = match bound {
            Ok(server) => server.with(settings),
            Err(cause) => panic!("no port: {cause}"),
        };
        let address = match server.address() {
            Ok(address) => address,
            Err(cause) => panic!("no address: {cause}"),
        };
        std::thread::spawn(move || crate::block_on(server.run()));
        Self {
            address,
            client: reqwest::Client::new(),
            db,
        }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The address for sockets.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks a query and gives the whole answer.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let answer = self.client.post(self.url("/graphql")).json(&body).send().await;
        match answer {
            Ok(answer) => match answer.json().await {
                Ok(value) => value,
                Err(error) => panic!("no JSON: {error}"),
            },
            Err(error) => panic!("no answer: {error}"),
        }
    }

    /// Asks a query that must succeed and gives its data.
    pub async fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer:#}");
        answer.get_mut("data").map(Value::take).unwrap_or_default()
    }

    /// A request of the caller's own making.
    pub fn client(&self) -> &reqwest::Client {
        &self.client
    }
}
