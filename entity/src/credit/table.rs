//! What the tables of credit records have in common: who sees a row on a day, rows by key, lists, the edge of enterprises.
//!
//! A row is read through [`crate::Scope::sql_dated`] with the present day, so that what is not shown any more, or not yet, is hidden
//! before the feed says so.

use std::fmt;

use chrono::NaiveDate;

use super::term::{CreditFlag, CreditList};
use crate::page::Direction;
use crate::standard::DateRange;
use crate::value::RegionCode;

/// The present day. It prints without its date, so that a cursor outlives midnight.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Today(pub NaiveDate);

impl fmt::Debug for Today {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("today")
    }
}

/// Which credit records are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct CreditFilter {
    /// Of this enterprise, by its key.
    pub enterprise: Option<String>,
    /// In this region or what lies in it.
    pub region: Option<RegionCode>,
    /// Decided, listed or rated in this range of days.
    pub days: DateRange,
    /// With this document number, by its key; of penalties and licences.
    pub document: Option<String>,
    /// On this list; of listings.
    pub list: Option<CreditList>,
    /// On the list on this day; of listings.
    pub listed_on: Option<NaiveDate>,
    /// Carrying this quality flag.
    pub flag: Option<CreditFlag>,
}

/// Which way a list of credit records runs: by day, the newest first unless told.
pub const NEWEST_FIRST: Direction = Direction::Desc;

/// The readings of a claim's fields by their names in the schema.
macro_rules! fields {
    ($claim:ty { $($name:literal => $field:ident,)+ } words { $($word_name:literal => $word:ident,)* }) => {
        impl $crate::ingestion::field::Fields for $claim {
            const FIELDS: &'static [(&'static str, $crate::ingestion::field::Reading<Self>)] = &[
                $(($name, |claim| claim.$field.as_ref().map(|value| (0, value.to_string()))),)+
                // The order of a vocabulary is an order of belief.
                $(($word_name, |claim| claim.$word.map(|word| (word as usize, word.as_str().to_owned()))),)*
            ];
        }
    };
}

/// The value of a field in the claim that decides it.
macro_rules! decided {
    ($claims:expr, $name:literal, $field:ident) => {
        $crate::ingestion::field::deciding($claims, $name).and_then(|asserted| asserted.claim.$field.clone())
    };
}

/// Rows by key, lists and the edge of enterprises of a table; `$day` is the column that its lists are ordered by.
macro_rules! credit_table {
    ($table:literal, $list:ident, by $day:ident as $column:literal, $field:ident, and $narrow:expr) => {
        #[doc = concat!("The rows of the table `", $table, "` that the reader may see on the present day.")]
        fn seen(scope: &$crate::Scope, today: Today) -> sea_orm::Select<Entity> {
            use sea_orm::{EntityTrait, QueryFilter};
            Entity::find().filter(sea_orm::sea_query::Expr::cust(scope.sql_dated($table, today.0)))
        }

        #[doc = concat!("Rows of the table `", $table, "` by key.")]
        pub async fn by_keys(
            db: &$crate::Database,
            scope: &$crate::Scope,
            today: Today,
            keys: &[String],
        ) -> $crate::Result<std::collections::HashMap<String, Model>> {
            use sea_orm::QueryFilter;
            let wanted = $crate::db::rows::in_keys(db.engine(), concat!($table, ".key"), keys)?;
            let reader = db.reading(scope).await?;
            let found = seen(scope, today).filter(wanted).all(&reader).await?;
            Ok(found.into_iter().map(|row| (row.key.clone(), row)).collect())
        }

        #[doc = concat!("An enterprise as the parent of rows of the table `", $table, "`, seen on the present day.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct Parent(pub Today);

        impl $crate::db::edge::Parent for Parent {
            const TABLE: &'static str = $table;
            const ORDER: &'static str = concat!("d.", $column, " DESC, d.key DESC");
            const OWNED: bool = true;

            fn pairs(self, backend: sea_orm::DbBackend, scope: &$crate::Scope) -> String {
                use $crate::db::rows::keys_in;
                format!(
                    concat!(
                        "SELECT coalesce(e.merged_into, e.key) AS parent, x.key FROM enterprise e JOIN ",
                        $table,
                        " x ON x.owner_key = e.key WHERE {} AND ({} OR {})"
                    ),
                    scope.sql("e"),
                    keys_in(backend, "e.key", 1),
                    keys_in(backend, "e.merged_into", 1),
                )
            }

            fn seen(self, scope: &$crate::Scope) -> String {
                scope.sql_dated("d", self.0.0)
            }
        }

        #[doc = concat!("The first rows of the table `", $table, "` of each enterprise, newest first: as many as it asks for.")]
        pub async fn first_of(
            db: &$crate::Database,
            scope: &$crate::Scope,
            wanted: &[(Parent, String, u64)],
        ) -> $crate::Result<std::collections::HashMap<(Parent, String, u64), Vec<Model>>> {
            $crate::db::edge::first_of(db, scope, wanted).await
        }

        #[doc = concat!("How many rows of the table `", $table, "` each enterprise has.")]
        pub async fn counts_of(
            db: &$crate::Database,
            scope: &$crate::Scope,
            wanted: &[(Parent, String)],
        ) -> $crate::Result<std::collections::HashMap<(Parent, String), u64>> {
            $crate::db::edge::counts_of(db, scope, wanted).await
        }

        #[doc = concat!("A list of rows of the table `", $table, "`, by `", $column, "`.")]
        #[derive(Debug, Clone)]
        pub struct $list {
            /// Which rows.
            pub filter: CreditFilter,
            /// Up or down.
            pub direction: $crate::page::Direction,
            /// The present day.
            pub today: Today,
        }

        impl $list {
            fn select(&self, engine: $crate::db::Engine, scope: &$crate::Scope) -> sea_orm::Select<Entity> {
                use sea_orm::{ColumnTrait, Condition, QueryFilter};
                let mut condition = Condition::all();
                if let Some(enterprise) = &self.filter.enterprise {
                    let owned = $crate::enterprise::is_of_enterprise(scope, concat!($table, ".owner_key"));
                    condition = condition.add($crate::db::rows::with_value(engine, &owned, enterprise));
                }
                if let Some(region) = &self.filter.region {
                    condition = condition.add(Column::Region.starts_with(region.prefix()));
                }
                if let Some(flag) = self.filter.flag {
                    condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
                }
                condition = self.filter.days.add(condition, Column::$day);
                let narrow: fn(&CreditFilter, Condition) -> Condition = $narrow;
                seen(scope, self.today).filter(narrow(&self.filter, condition))
            }

            fn keyset(&self) -> $crate::page::Keyset<Column> {
                $crate::page::Keyset {
                    column: Some((Column::$day, $crate::page::date_value as $crate::page::ReadValue)),
                    key: Column::Key,
                    direction: self.direction,
                }
            }
        }

        impl $crate::page::List for $list {
            type Item = Model;

            async fn list(
                &self,
                db: &$crate::Database,
                scope: &$crate::Scope,
                request: &$crate::page::PageRequest,
            ) -> $crate::Result<$crate::page::Page<Model>> {
                let reader = db.reading(scope).await?;
                self.keyset()
                    .page(&reader, self.select(db.engine(), scope), request)
                    .await
            }

            async fn count(&self, db: &$crate::Database, scope: &$crate::Scope) -> $crate::Result<u64> {
                use sea_orm::PaginatorTrait;
                let reader = db.reading(scope).await?;
                Ok(self.select(db.engine(), scope).count(&reader).await?)
            }

            fn position(&self, row: &Model) -> $crate::page::Position {
                $crate::page::Position {
                    value: Some(row.$field.to_string()),
                    key: row.key.clone(),
                }
            }
        }
    };
}

pub(super) use {credit_table, decided, fields};
