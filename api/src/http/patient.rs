//! The patience of the server with a connection: the HTTP server times the first request of a connection only, and no answer that
//! nobody takes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

use super::limits::Limits;

/// How long the server waits.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    silence: Duration,
    write: Duration,
}

impl Patience {
    pub(super) fn of(limits: &Limits) -> Self {
        Self {
            silence: limits.silence,
            write: limits.write,
        }
    }
}

/// What bytes come from and go to, with TLS or without.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

/// A connection that ends when the hub has not said anything on it for `silence`, or when the client has not taken anything for
/// `write`. Whatever is asked and answered, and whatever is proved alive by a heartbeat, is said more often.
pub(super) struct Patient {
    connection: Box<dyn Stream>,
    patience: Patience,
    end: Pin<Box<Sleep>>,
    is_stalled: bool,
}

impl Patient {
    pub(super) fn new(connection: impl Stream + 'static, patience: Patience) -> Self {
        Self {
            connection: Box::new(connection),
            end: Box::pin(sleep(patience.silence)),
            patience,
            is_stalled: false,
        }
    }

    /// Waits for the client, until there is no patience left.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.end
            .as_mut()
            .poll(context)
            .map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn written(
        &mut self,
        outcome: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.is_stalled = false;
            self.end.as_mut().reset(Instant::now() + self.patience.silence);
            return outcome;
        }
        if !self.is_stalled {
            self.is_stalled = true;
            self.end.as_mut().reset(Instant::now() + self.patience.write);
        }
        self.wait(context)
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.connection).poll_read(context, buffer) {
            Poll::Pending => self.wait(context),
            ready => ready,
        }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.connection).poll_write(context, bytes);
        self.written(outcome, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.connection).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.connection.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.connection).poll_write_vectored(context, slices);
        self.written(outcome, context)
    }
}
