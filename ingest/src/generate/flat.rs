//! The flat Chinese form of a record, as a spreadsheet shows it.

use super::record::ExchangeRecord;

/// Headers of the flat form, in their order.
pub const FLAT_HEADERS: [&str; 30] = [
    "操作",
    "记录编号",
    "统一社会信用代码",
    "组织机构代码",
    "企业名称",
    "行政区划代码",
    "注册地址",
    "标准编号",
    "标准名称",
    "标准类型",
    "标准发布日期",
    "公开时间",
    "状态",
    "废止日期",
    "全文公开",
    "自我承诺",
    "低于推荐性标准",
    "产品名称",
    "通用名",
    "品牌",
    "条码",
    "规格",
    "型号",
    "产品分类",
    "指标名称",
    "指标要求",
    "计量单位",
    "试验方法",
    "指标类别",
    "指标水平说明",
];

/// The rows of a record, each with the columns of [`FLAT_HEADERS`]. The first row carries the record with its first
/// product and first indicator; the following ones leave the columns of the record empty and carry the next product
/// and the next indicator.
pub fn csv_form(record: &ExchangeRecord) -> Vec<Vec<&str>> {
    let count = record.products.len().max(record.indicators.len()).max(1);
    (0..count)
        .map(|row| {
            let mut cells = if row == 0 {
                record_cells(record).to_vec()
            } else {
                vec![""; 17]
            };
            cells.extend(product_cells(record, row));
            cells.extend(indicator_cells(record, row));
            cells
        })
        .collect()
}

fn record_cells(record: &ExchangeRecord) -> [&str; 17] {
    [
        &record.op,
        &record.record_id,
        &record.credit_code,
        &record.organization_code,
        &record.enterprise_name,
        &record.region_code,
        &record.address,
        &record.standard_number,
        &record.standard_name,
        &record.standard_type,
        &record.published_on,
        &record.declared_at,
        &record.status,
        &record.abolished_on,
        &record.text_public,
        &record.pledge,
        &record.below_recommended,
    ]
}

fn product_cells(record: &ExchangeRecord, row: usize) -> [&str; 7] {
    record.products.get(row).map_or([""; 7], |product| {
        [
            &product.name,
            &product.generic_name,
            &product.brand,
            &product.gtin,
            &product.spec,
            &product.model,
            &product.category,
        ]
    })
}

fn indicator_cells(record: &ExchangeRecord, row: usize) -> [&str; 6] {
    record.indicators.get(row).map_or([""; 6], |indicator| {
        [
            &indicator.name,
            &indicator.requirement,
            &indicator.unit,
            &indicator.test_method,
            &indicator.category,
            &indicator.level_note,
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::super::record::{ExchangeIndicator, ExchangeProduct};
    use super::*;

    #[test]
    fn a_record_is_spread_over_rows() {
        let named = |name: &str| ExchangeIndicator {
            name: name.to_owned(),
            ..ExchangeIndicator::default()
        };
        let record = ExchangeRecord {
            op: "UPSERT".to_owned(),
            record_id: "Q-1".to_owned(),
            products: vec![ExchangeProduct {
                name: "泵".to_owned(),
                ..ExchangeProduct::default()
            }],
            indicators: vec![named("外观"), named("效率")],
            ..ExchangeRecord::default()
        };
        let rows = csv_form(&record);
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|row| row.len() == FLAT_HEADERS.len()));
        assert_eq!(
            (rows[0][0], rows[0][1], rows[0][17], rows[0][24]),
            ("UPSERT", "Q-1", "泵", "外观")
        );
        assert_eq!(
            (rows[1][0], rows[1][1], rows[1][17], rows[1][24]),
            ("", "", "", "效率")
        );
    }

    #[test]
    fn a_record_without_lists_has_one_row() {
        assert_eq!(csv_form(&ExchangeRecord::default()), [[""; 30]]);
    }
}
