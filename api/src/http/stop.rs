//! Being told to stop.

use tokio::sync::watch;

/// Waits for SIGTERM, or for Ctrl-C at a terminal, and passes the word on to sockets and streams.
pub(super) async fn told(stop: watch::Sender<bool>) {
    signal().await;
    tracing::info!("told to stop: what has begun may end");
    let _ = stop.send(true);
}

/// Waits until the process is told to end: by SIGTERM, or by Ctrl-C at a terminal.
#[cfg(unix)]
pub async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return interrupted().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        () = interrupted() => {}
    }
}

/// Waits until the process is told to end: by Ctrl-C at a terminal.
#[cfg(not(unix))]
pub async fn signal() {
    interrupted().await;
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a way to hear the signal the process ends as the system ends it.
        std::future::pending::<()>().await;
    }
}
