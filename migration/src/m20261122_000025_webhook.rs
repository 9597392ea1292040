//! Whom changes are sent to, how far each of them is, and what could not be delivered.

use sea_orm_migration::prelude::*;

use crate::dialect::{drop_tables, execute, is_postgres};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let key = if is_postgres(manager) {
            "text COLLATE \"C\""
        } else {
            "text"
        };
        // Times are microseconds since 1970. A turn grows whenever somebody puts the webhook to another place: what was on its way
        // then does not move it any more.
        let webhook = format!(
            "CREATE TABLE webhook (name {key} PRIMARY KEY, url text NOT NULL, issuer {key} NOT NULL, subject {key} NOT NULL, \
             rights text NOT NULL, kinds text NOT NULL, regions text NOT NULL, signing_key text NOT NULL, former_key text, \
             place text, turn bigint NOT NULL, stopped text, batches bigint NOT NULL, changes bigint NOT NULL, \
             attempts integer NOT NULL, tried_at bigint, next_at bigint NOT NULL, failure text, delivered_at bigint, \
             made_at bigint NOT NULL)"
        );
        let dead = format!(
            "CREATE TABLE webhook_dead (webhook {key} NOT NULL, number bigint NOT NULL, place text, message {key} NOT NULL, \
             changes bigint NOT NULL, attempts integer NOT NULL, tried_at bigint NOT NULL, died_at bigint NOT NULL, \
             failure text NOT NULL, replayed_at bigint, PRIMARY KEY (webhook, number))"
        );
        for statement in [webhook.as_str(), dead.as_str()] {
            execute(manager, statement, statement).await?;
        }
        if is_postgres(manager) {
            let closed = "REVOKE ALL ON webhook, webhook_dead FROM nqi_hub_reader";
            execute(manager, closed, closed).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["webhook_dead", "webhook"]).await
    }
}
