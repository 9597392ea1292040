//! The type `Money`.

use async_graphql::SimpleObject;
use entity::value::yuan_text;

/// 金额，精确到分。
///
/// An amount of money, exact to the fen.
#[derive(SimpleObject)]
pub(crate) struct Money {
    /// 以分为单位的整数，十进制文本。
    ///
    /// The whole number of fen as decimal text.
    fen: String,
    /// 以元为单位，恰有两位小数。
    ///
    /// The amount in yuan with exactly two decimal places.
    yuan: String,
    /// 来源的写法（双公示以万元计）；合计为空。
    ///
    /// As the source writes it (in units of 10,000 yuan in double publicity); null for a sum.
    raw: Option<String>,
}

impl Money {
    /// An amount in fen with the text that it was read from.
    pub(super) fn of(fen: Option<i64>, raw: Option<&String>) -> Option<Self> {
        fen.map(|fen| Self {
            raw: raw.cloned(),
            ..Self::sum(fen)
        })
    }

    /// A sum in fen.
    pub(super) fn sum(fen: i64) -> Self {
        Self {
            fen: fen.to_string(),
            yuan: yuan_text(fen),
            raw: None,
        }
    }
}
