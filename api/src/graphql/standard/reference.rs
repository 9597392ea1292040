//! A standard that another one names.

use async_graphql::{Context, Object};
use entity::standard;

use super::types::Standard;
use crate::graphql::context::ContextExt;
use crate::graphql::error::ApiError;
use crate::loader::load;

/// A standard that another names; the catalogue may not hold it.
#[derive(Clone)]
pub(crate) struct StandardReference {
    pub(super) number: String,
    pub(super) key: String,
    pub(super) partial: bool,
}

impl StandardReference {
    pub(crate) fn of(succession: &standard::Succession) -> Self {
        Self {
            number: succession.number.clone(),
            key: succession.key.clone(),
            partial: succession.partial,
        }
    }
}

/// 另一标准所提及的标准；目录中未必收录。
///
/// A standard that another one names; the catalogue may not hold it.
#[Object]
impl StandardReference {
    /// 编号，规范形式。
    ///
    /// The canonical number.
    async fn number(&self) -> &str {
        &self.number
    }

    /// 编号的连接键。
    ///
    /// The join key of the number.
    async fn number_key(&self) -> &str {
        &self.key
    }

    /// 是否仅代替一部分。
    ///
    /// Whether only a part is replaced.
    async fn partial(&self) -> bool {
        self.partial
    }

    /// 目录中的该标准；未收录则为空。
    ///
    /// The standard in the catalogue; null when it is not there.
    async fn standard(&self, ctx: &Context<'_>) -> Result<Option<Standard>, ApiError> {
        Ok(load(&ctx.loaders()?.standard, self.key.clone())
            .await?
            .map(Standard))
    }
}
