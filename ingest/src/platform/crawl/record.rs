//! The exchange record: one declaration as the platform tells it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A field of the record itself. The order is the order of the fields in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordField {
    /// 操作: `UPSERT` or `DELETE`. A crawl never deletes and leaves it out.
    Op,
    /// 记录编号: id of the record on the platform.
    RecordId,
    /// 统一社会信用代码, 18 characters (GB 32100).
    CreditCode,
    /// 组织机构代码, 9 characters (GB 11714).
    OrganizationCode,
    /// 企业名称.
    EnterpriseName,
    /// 行政区划代码 of the listing in which the record stood (GB/T 2260).
    RegionCode,
    /// 注册地址.
    Address,
    /// 标准编号.
    StandardNumber,
    /// 标准名称.
    StandardName,
    /// 标准类型: 国家标准, 行业标准, 地方标准, 团体标准 or 企业标准.
    StandardType,
    /// 标准发布日期, as printed.
    PublishedOn,
    /// 公开时间, as printed; Asia/Shanghai.
    DeclaredAt,
    /// 状态: 现行, 废止 or another word of the platform.
    Status,
    /// 废止日期, as printed.
    AbolishedOn,
    /// 全文公开: 是 or 否.
    TextPublic,
    /// 自我承诺, lines divided by `\n`.
    Pledge,
    /// 低于推荐性标准: 是 or 否.
    BelowRecommended,
}

/// A field of one product that is made to the standard (执行该标准的产品).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductField {
    /// 产品名称.
    Name,
    /// 通用名.
    GenericName,
    /// 品牌.
    Brand,
    /// 条码.
    Gtin,
    /// 规格.
    Spec,
    /// 型号.
    Model,
    /// 产品分类.
    Category,
}

/// A field of one technical indicator (技术指标).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorField {
    /// 指标名称.
    Name,
    /// 指标要求.
    Requirement,
    /// 计量单位.
    Unit,
    /// 试验方法.
    TestMethod,
    /// 指标类别: 功能, 性能 or 安全.
    Category,
    /// 指标水平说明.
    LevelNote,
}

/// One declaration. A field that is not said has no entry: there are no empty values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRecord {
    /// What is said of the declaration.
    #[serde(flatten)]
    pub fields: BTreeMap<RecordField, String>,
    /// The products, in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<BTreeMap<ProductField, String>>,
    /// The indicators, in the order of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<BTreeMap<IndicatorField, String>>,
}

impl ExchangeRecord {
    /// What is said of a field; `""` when nothing is.
    pub fn get(&self, field: RecordField) -> &str {
        self.fields.get(&field).map_or("", String::as_str)
    }

    /// Says a field, unless it is said already or the value is empty.
    pub fn offer(&mut self, field: RecordField, value: &str) {
        if !value.is_empty() {
            self.fields.entry(field).or_insert_with(|| value.to_owned());
        }
    }

    /// Says a field anew; an empty value changes nothing.
    pub fn set(&mut self, field: RecordField, value: &str) {
        if !value.is_empty() {
            self.fields.insert(field, value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_carries_the_fields_in_their_order_and_comes_back() {
        let mut record = ExchangeRecord::default();
        record.offer(RecordField::StandardNumber, "Q/320582ABC 001-2023");
        record.offer(RecordField::RecordId, "17");
        record.offer(RecordField::RecordId, "18");
        record.offer(RecordField::Address, "");
        record.set(RecordField::Status, "现行");
        record.set(RecordField::Status, "废止");
        record
            .products
            .push(BTreeMap::from([(ProductField::Name, "丝".to_owned())]));
        let line = serde_json::to_string(&record).unwrap();
        assert_eq!(
            line,
            r#"{"record_id":"17","standard_number":"Q/320582ABC 001-2023","status":"废止","products":[{"name":"丝"}]}"#
        );
        assert_eq!(serde_json::from_str::<ExchangeRecord>(&line).unwrap(), record);
        assert_eq!(record.get(RecordField::Address), "");
    }
}
