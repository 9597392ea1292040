//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 产品记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of a product: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::product::ProductFlag")]
pub(crate) enum ProductFlag {
    /// 条码校验位不符（GB 12904）。
    ///
    /// The check digit of the barcode does not fit (GB 12904).
    BarcodeCheckFailed,
    /// 来源给出的条码不是 GTIN，原文保留。
    ///
    /// The barcode of the source is no GTIN; its text is kept.
    BarcodeUnreadable,
    /// 不同声明给出不同条码。
    ///
    /// Declarations give the product different barcodes.
    SeveralBarcodes,
}
