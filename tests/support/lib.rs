//! What the black-box tests stand on: databases of their own on both engines, the binary, a server, real files.
// An optimised build sees through the futures of the whole schema at once.
#![recursion_limit = "256"]

pub mod bureau;
pub mod catalogue;
pub mod chance;
pub mod database;
pub mod feed;
pub mod figures;
pub mod hub;
pub mod receiver;
pub mod samples;
pub mod server;
pub mod stand_in;
pub mod stand_in_hub;
pub mod stand_in_pages;
pub mod stand_in_trouble;

pub use catalogue::catalogue;
pub use chance::Chance;
pub use database::{Engine, TestDatabase};
pub use hub::{Hub, Ran};
pub use server::Server;
pub use stand_in_hub::StandInHub;

use std::sync::LazyLock;

use chrono::DateTime;
use entity::Clock;
use tokio::runtime::Runtime;

/// The instant that tests take for now: noon of 21 November 2026 in China.
pub fn test_clock() -> Clock {
    Clock::Fixed(DateTime::from_timestamp(1_795_233_600, 0).unwrap_or_default())
}

/// How often a repetition test repeats: `NQI_TEST_REPEAT`, 10 unless told.
pub fn repeat() -> u32 {
    std::env::var("NQI_TEST_REPEAT")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(10)
}

/// The runtime of all tests. One that ended with its test would take the connections that it opened with it, out of
/// the pools that other tests share.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime,
        Err(cause) => panic!("no runtime: {cause}"),
    }
});

/// Runs a future to its end.
pub fn block_on<F: Future>(work: F) -> F::Output {
    RUNTIME.block_on(work)
}

/// Declares a test that runs on both engines: `on_both! { fn name(engine) { … } }`; the body may await.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($engine:ident) $body:block)+) => {
        $(mod $name {
            use super::*;

            async fn on($engine: $crate::Engine) $body

            $(#[$meta])*
            #[test]
            fn sqlite() {
                $crate::block_on(on($crate::Engine::Sqlite));
            }

            $(#[$meta])*
            #[test]
            fn postgres() {
                $crate::block_on(on($crate::Engine::Postgres));
            }
        })+
    };
}
