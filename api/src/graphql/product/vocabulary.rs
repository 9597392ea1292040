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

/// 产品问题线索的规则。
///
/// What is looked for in products.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::product::ProductRule")]
pub(crate) enum ProductRule {
    /// 属于应使用商品条码的四类产品而无条码（R63）。
    ///
    /// A product of the four groups that have to carry a barcode has none (R63).
    BarcodeMissing,
    /// 净含量使用非法定计量单位（R64）。
    ///
    /// A content in a unit that is not legal (R64).
    ContentUnitNotLegal,
    /// 应有生产许可证的产品，企业已知的许可中没有有效证书（R65、R81、R82）。
    ///
    /// Of a kind that needs a production licence, and none that is known of its enterprise is valid (R65, R81, R82).
    ProductionLicenceMissing,
    /// 应经强制性产品认证的产品，企业已知的证书均无效（R87）。
    ///
    /// Needs compulsory certification, and no certificate that is known of its enterprise is valid (R87).
    CertificationNotValid,
}

/// 产品检查事项。
///
/// What is to be checked of a product.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::product::CheckItem")]
pub(crate) enum CheckItem {
    /// 定量包装商品净含量（R64）。
    ///
    /// The net content of a package (R64).
    NetContent,
    /// 能效标识（R64）。
    ///
    /// The energy label (R64).
    EnergyLabel,
    /// 水效标识（R64）。
    ///
    /// The water label (R64).
    WaterLabel,
    /// 企业证照（R81）。
    ///
    /// Licences and certificates of the enterprise (R81).
    Licences,
    /// 原材料进货查验（R81）。
    ///
    /// The intake of raw materials (R81).
    RawMaterialIntake,
    /// 出厂检验台账（R81）。
    ///
    /// The ledger of factory inspections (R81).
    FactoryInspectionLedger,
    /// 销售台账（R81）。
    ///
    /// The ledger of sales (R81).
    SalesLedger,
    /// 生产条件变化（R81）。
    ///
    /// Changed conditions of production (R81).
    ProductionConditions,
    /// 产品标识（R81）。
    ///
    /// The marking of the product (R81).
    Marking,
    /// 合格供方名录及采购（R82）。
    ///
    /// The list of qualified suppliers, and that materials come from it (R82).
    QualifiedSuppliers,
    /// 许可证标志和编号（R82）。
    ///
    /// The mark and number of the licence on the product (R82).
    LicenceMark,
    /// 逐批出厂检验及报告项目（R82）。
    ///
    /// Inspection batch by batch, and the items of its reports (R82).
    BatchInspection,
    /// 强制性产品认证（R87）。
    ///
    /// Compulsory certification (R87).
    CompulsoryCertification,
}
