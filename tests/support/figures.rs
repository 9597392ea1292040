//! Figures of a bench: what is asked for, medians, and tables for documents.

use crate::Engine;

/// A whole number from the environment, or `default` where nothing is told.
pub fn setting(name: &str, default: usize) -> usize {
    match std::env::var(name) {
        Ok(text) => match text.parse() {
            Ok(number) => number,
            Err(_) => panic!("{name}: {text:?} is no whole number"),
        },
        Err(_) => default,
    }
}

/// The engines to measure: that of `NQI_BENCH_ENGINE` (sqlite, postgres), or both.
pub fn engines() -> Vec<Engine> {
    match std::env::var("NQI_BENCH_ENGINE").as_deref() {
        Err(_) => vec![Engine::Sqlite, Engine::Postgres],
        Ok("sqlite") => vec![Engine::Sqlite],
        Ok("postgres") => vec![Engine::Postgres],
        Ok(other) => panic!("NQI_BENCH_ENGINE: {other:?} is neither sqlite nor postgres"),
    }
}

/// The middle value, or the mean of the two in the middle; 0 of nothing.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
    match sorted.len() {
        0 => 0.0,
        count => f64::midpoint(at((count - 1) / 2), at(count / 2)),
    }
}

/// The value that so many percent of the values do not exceed; 0 of nothing.
pub fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an index between 0 and the last"
    )]
    let index = (last as f64 * percent / 100.0).round() as usize;
    sorted.get(index).copied().unwrap_or_default()
}

/// Prints the head of a table of Markdown.
pub fn print_head(cells: &[&str]) {
    println!("\n| {} |\n|{}", cells.join(" | "), " --- |".repeat(cells.len()));
}

/// Prints a line of a table, as soon as it is known: a bench may run for an hour.
pub fn print_row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}
