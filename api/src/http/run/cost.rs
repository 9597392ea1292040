//! What an operation costs, and what its reader has left.

use std::time::Duration;

use async_graphql::{Value, value};
use chrono::{DateTime, Utc};
use entity::clock::instant_text;

use crate::http::check::PricedPath;

/// The cost of one operation beside the budget of its reader.
#[derive(Debug, Clone)]
pub(in crate::http) struct Cost {
    /// The price of the operation.
    pub(in crate::http) requested: u64,
    /// The budget; none when nothing is limited.
    pub(in crate::http) budget: Option<Budget>,
    /// The dearest fields, for a client that asks for the price.
    pub(in crate::http) dearest: Vec<PricedPath>,
}

/// What a reader may spend.
#[derive(Debug, Clone)]
pub(in crate::http) struct Budget {
    /// In a minute.
    pub(in crate::http) limit: u32,
    /// Now.
    pub(in crate::http) remaining: u32,
    /// How long until nothing is spent any more.
    pub(in crate::http) full_in: Duration,
    /// That instant.
    pub(in crate::http) full_at: DateTime<Utc>,
}

impl Cost {
    /// As `extensions.cost` shows it.
    pub(in crate::http) fn value(&self) -> Value {
        let budget = self.budget.as_ref();
        let mut cost = value!({
            "requested": self.requested,
            "limit": budget.map(|budget| budget.limit),
            "remaining": budget.map(|budget| budget.remaining),
            "resetAt": budget.map(|budget| instant_text(budget.full_at)),
        });
        if let Value::Object(cost) = &mut cost
            && !self.dearest.is_empty()
        {
            let dearest = self
                .dearest
                .iter()
                .map(|field| value!({ "path": field.path.clone(), "cost": field.price }));
            cost.insert(
                async_graphql::Name::new("dearest"),
                Value::List(dearest.collect()),
            );
        }
        cost
    }
}
