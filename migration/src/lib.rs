//! The history of the database schema, one portable set for SQLite and PostgreSQL.
//!
//! Every migration goes up and down on both engines. What an engine spells differently (collation of keys, the
//! index for Chinese search) is behind [`dialect`], so that a migration reads the same for both.

mod dialect;
mod m20261121_000001_change_feed;
mod m20261121_000002_ingestion;
mod m20261121_000003_standard;
mod m20261121_000004_region;
mod m20261121_000005_reference;
mod m20261121_000006_search;
mod m20261121_000007_history;
mod m20261121_000008_enterprise;
mod m20261121_000009_product;
mod m20261121_000010_declaration;
mod m20261121_000011_exchange_table;
mod m20261121_000012_mandatory_limit;
mod m20261121_000013_submission;
mod m20261121_000014_owner;
mod m20261121_000015_audit;
mod m20261121_000016_annotation;
mod m20261121_000017_access;
mod m20261122_000018_visible_head;
mod m20261122_000019_feed_detail;
mod m20261122_000020_credit;
mod m20261122_000021_metrology;
mod m20261122_000022_institution;
mod m20261122_000023_raw_key;
mod m20261122_000024_type_approval;
mod m20261122_000025_webhook;
mod m20261122_000026_relay;
mod m20261122_000027_exchange_sender;
mod wall;

use sea_orm_migration::{MigrationTrait, async_trait};
pub use sea_orm_migration::{MigratorTrait, SchemaManagerConnection};
pub use wall::READER;

/// A migration happens as a whole or not at all, on SQLite too: a process that is killed half-way leaves a schema that
/// the next one can go on from.
const IN_ONE_TRANSACTION: Option<bool> = Some(true);

/// Every migration in the order in which it was added.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_change_feed::Migration),
            Box::new(m20261121_000002_ingestion::Migration),
            Box::new(m20261121_000003_standard::Migration),
            Box::new(m20261121_000004_region::Migration),
            Box::new(m20261121_000005_reference::Migration),
            Box::new(m20261121_000006_search::Migration),
            Box::new(m20261121_000007_history::Migration),
            Box::new(m20261121_000008_enterprise::Migration),
            Box::new(m20261121_000009_product::Migration),
            Box::new(m20261121_000010_declaration::Migration),
            Box::new(m20261121_000011_exchange_table::Migration),
            Box::new(m20261121_000012_mandatory_limit::Migration),
            Box::new(m20261121_000013_submission::Migration),
            Box::new(m20261121_000014_owner::Migration),
            Box::new(m20261121_000015_audit::Migration),
            Box::new(m20261121_000016_annotation::Migration),
            Box::new(m20261121_000017_access::Migration),
            Box::new(m20261122_000018_visible_head::Migration),
            Box::new(m20261122_000019_feed_detail::Migration),
            Box::new(m20261122_000020_credit::Migration),
            Box::new(m20261122_000021_metrology::Migration),
            Box::new(m20261122_000022_institution::Migration),
            Box::new(m20261122_000023_raw_key::Migration),
            Box::new(m20261122_000024_type_approval::Migration),
            Box::new(m20261122_000025_webhook::Migration),
            Box::new(m20261122_000026_relay::Migration),
            Box::new(m20261122_000027_exchange_sender::Migration),
        ]
    }
}
