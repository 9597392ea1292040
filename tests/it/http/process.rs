//! The hub as a process of its own.

use std::process::Stdio;
use std::time::Duration;

use support::{Hub, TestDatabase};

/// The hub as a process of its own on a free port, with variables of its environment.
pub(super) async fn process(
    database: &TestDatabase,
    environment: &[(&str, &str)],
) -> (std::process::Child, String) {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let address = format!("127.0.0.1:{port}");
    let mut command = Hub::on(database).command(&["serve", "--listen", &address]);
    let mut child = command
        .envs(environment.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let client = reqwest::Client::new();
    for _ in 0..600 {
        if client
            .get(format!("http://{address}/readyz"))
            .send()
            .await
            .is_ok_and(|answer| answer.status() == 200)
        {
            return (child, address);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let _ = child.kill();
    let ended = child.wait();
    panic!("the process does not become ready: {ended:?}");
}
