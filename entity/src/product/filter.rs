//! Lists of products, by key: the products of an enterprise stand together.

use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, Select};

use super::model::{Column, Entity, Model};
use super::term::ProductFlag;
use crate::access::Visible;
use crate::db::{Engine, rows};
use crate::enterprise::is_of_enterprise;
use crate::page::{Direction, Keyset, List, Page, PageRequest, Position};
use crate::value::{Gtin, RegionCode};
use crate::{Database, Result, Scope};

/// A list of products.
#[derive(Debug, Clone, Default)]
pub struct ProductList {
    /// Which products.
    pub filter: ProductFilter,
    /// Up or down.
    pub direction: Direction,
}

/// Which products are wanted: every condition that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct ProductFilter {
    /// Of this enterprise, by its key.
    pub enterprise: Option<String>,
    /// Of this category, in the source's word.
    pub category: Option<String>,
    /// With this barcode.
    pub gtin: Option<Gtin>,
    /// Of enterprises of this region or what lies in it.
    pub region: Option<RegionCode>,
    /// Declared to this standard, by the key of its number, in a version that is known now.
    pub standard: Option<String>,
    /// Covered by this declaration, by its key, in a version that is known now.
    pub declaration: Option<String>,
    /// Carrying this quality flag.
    pub flag: Option<ProductFlag>,
}

impl ProductFilter {
    fn select(&self, engine: Engine, scope: &Scope) -> Select<Entity> {
        let mut condition = Condition::all();
        if let Some(enterprise) = &self.enterprise {
            let owned = is_of_enterprise(scope, "product.owner_key");
            condition = condition.add(rows::with_value(engine, &owned, enterprise));
        }
        if let Some(category) = &self.category {
            condition = condition.add(Column::Category.eq(category));
        }
        if let Some(gtin) = &self.gtin {
            condition = condition.add(Column::GtinKey.eq(gtin.key()));
        }
        if let Some(region) = &self.region {
            condition = condition.add(Column::Region.starts_with(region.prefix()));
        }
        if let Some(standard) = &self.standard {
            let made = executed(scope, "d.standard_key = $1");
            condition = condition.add(rows::with_value(engine, &made, standard));
        }
        if let Some(declaration) = &self.declaration {
            let made = executed(scope, "d.key = $1");
            condition = condition.add(rows::with_value(engine, &made, declaration));
        }
        if let Some(flag) = self.flag {
            condition = condition.add(Column::Flags.contains(format!("\"{}\"", flag.as_str())));
        }
        Entity::visible(scope).filter(condition)
    }
}

/// The products that a declaration covers, as is known now.
fn executed(scope: &Scope, condition: &str) -> String {
    let seen = scope.sql("d");
    format!(
        "product.key IN (SELECT x.product_key FROM standard_execution x JOIN declaration d ON d.key = x.declaration_key AND {seen} \
         WHERE x.known_until IS NULL AND {condition})"
    )
}

impl List for ProductList {
    type Item = Model;

    async fn list(&self, db: &Database, scope: &Scope, request: &PageRequest) -> Result<Page<Model>> {
        let keyset = Keyset {
            column: None,
            key: Column::Key,
            direction: self.direction,
        };
        keyset
            .page(db.reader(), self.filter.select(db.engine(), scope), request)
            .await
    }

    async fn count(&self, db: &Database, scope: &Scope) -> Result<u64> {
        Ok(self.filter.select(db.engine(), scope).count(db.reader()).await?)
    }

    fn position(&self, product: &Model) -> Position {
        Position {
            value: None,
            key: product.key.clone(),
        }
    }
}
