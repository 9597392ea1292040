//! The share of the change feed: the same file with the feed's lines and without them.
//!
//! Without means that a trigger of the bench's own database drops every line on its way into the table. What is left of the append then,
//! building the rows and sending the statement, is told by the hub's log and taken off as well.

use std::error::Error;

use sea_orm::ConnectionTrait;
use support::figures::median;
use support::{Engine, TestDatabase};

use crate::delivery::Delivery;
use crate::{float, watched};

pub(crate) const HEAD: [&str; 8] = [
    "engine",
    "file",
    "rows",
    "with the feed, s",
    "of it in the append, s",
    "lines dropped, s",
    "of it in the append, s",
    "share of the feed, %",
];

/// One line of the table: with and without in turn, medians.
pub(crate) async fn measure(
    engine: Engine,
    delivery: &Delivery,
    rounds: usize,
) -> Result<Vec<String>, Box<dyn Error>> {
    let mut figures: [Vec<f64>; 5] = Default::default();
    for round in 1..=rounds {
        let database = TestDatabase::new(engine).await;
        drop(database.open().await);
        let with = watched::take(&database, delivery)?;
        let database = TestDatabase::new(engine).await;
        drop(database.open().await);
        drop_lines(engine, &database).await?;
        let without = watched::take(&database, delivery)?;
        let share = 100.0 * (1.0 - (without.seconds - without.appending) / with.seconds);
        eprintln!(
            "{engine:?} {} round {round}: {:.2} s, {:.2} s without, {share:.1} %",
            delivery.name, with.seconds, without.seconds
        );
        let told = [
            with.seconds,
            with.appending,
            without.seconds,
            without.appending,
            share,
        ];
        for (figure, value) in figures.iter_mut().zip(told) {
            figure.push(value);
        }
    }
    let [with, appending, without, rest, share] = figures.map(|values| median(&values));
    Ok(vec![
        format!("{engine:?}"),
        delivery.name.clone(),
        format!("{:.0}", float(delivery.rows.len())),
        format!("{with:.2}"),
        format!("{appending:.2}"),
        format!("{without:.2}"),
        format!("{rest:.2}"),
        format!("{share:.1}"),
    ])
}

/// From now on no line comes into the feed of this database.
async fn drop_lines(engine: Engine, database: &TestDatabase) -> Result<(), Box<dyn Error>> {
    let statements: &[&str] = match engine {
        Engine::Sqlite => {
            &["CREATE TRIGGER bench_no_feed BEFORE INSERT ON feed BEGIN SELECT RAISE(IGNORE); END"]
        }
        Engine::Postgres => &[
            "CREATE FUNCTION bench_no_feed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER bench_no_feed BEFORE INSERT ON feed FOR EACH ROW EXECUTE FUNCTION bench_no_feed()",
        ],
    };
    let connection = database.raw().await;
    for statement in statements {
        connection.execute_unprepared(statement).await?;
    }
    Ok(())
}
