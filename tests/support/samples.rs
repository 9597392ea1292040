//! Records of chance with every field, and awkward values in them.

use ingest::platform::crawl::{ExchangeRecord, IndicatorField, ProductField, RecordField};

use crate::chance::Chance;

const WORDS: &[&str] = &[
    "棉纱",
    "A&B",
    "<b>粗体</b>",
    "\"引号\"",
    "500g/袋",
    "≥300 N",
    "标准编号",
    "产品名称",
    "公开时间",
    "a  b",
    "GB/T 3916-2013",
    "℃",
    "第一行\n第二行",
    "&nbsp;",
    "无",
    "0",
    "=1+1",
    "𠮷野",
    "自我承诺",
    "'",
];

/// A value: one to three words with single blanks.
fn value(chance: &mut Chance) -> String {
    let count = 1 + chance.below(3);
    let words: Vec<&str> = (0..count).map(|_| *chance.pick(WORDS)).collect();
    words.join(" ").replace("  ", " ")
}

/// Says a field in about four of five cases.
fn maybe(chance: &mut Chance) -> Option<String> {
    (chance.below(5) > 0).then(|| value(chance))
}

/// The `serial`-th record of an area, all fields by chance.
pub fn record(area: &str, serial: u64, chance: &mut Chance) -> ExchangeRecord {
    let mut record = ExchangeRecord::default();
    let id = match serial % 3 {
        0 => format!("Q-91{area}{serial:010}-202305121031-{serial:04}"),
        _ => format!("{area}{serial}"),
    };
    record.set(RecordField::RecordId, &id);
    record.set(RecordField::RegionCode, area);
    record.set(
        RecordField::StandardNumber,
        &format!("Q/{area}ABC {serial:03}-2023"),
    );
    record.set(RecordField::DeclaredAt, "2023-05-12 10:31");
    match chance.below(3) {
        0 => record.set(RecordField::OrganizationCode, &format!("{serial:08}X")),
        1 => record.set(RecordField::CreditCode, &format!("91000000{serial:010}")),
        _ => {
            record.set(RecordField::OrganizationCode, &format!("{serial:08}X"));
            record.set(RecordField::CreditCode, &format!("91000000{serial:010}"));
        }
    }
    let statuses = ["现行", "废止", "现行有效", "被代替", "已废止", ""];
    record.set(RecordField::Status, chance.pick::<&str>(&statuses));
    for field in [
        RecordField::EnterpriseName,
        RecordField::Address,
        RecordField::StandardName,
        RecordField::StandardType,
        RecordField::PublishedOn,
        RecordField::AbolishedOn,
        RecordField::TextPublic,
        RecordField::BelowRecommended,
    ] {
        record.set(field, &maybe(chance).unwrap_or_default());
    }
    record.set(RecordField::Pledge, &format!("本企业声明：{}", value(chance)));
    for nth in 0..chance.below(4) {
        let mut product = std::collections::BTreeMap::from([(ProductField::Name, format!("产品{nth}"))]);
        for field in [
            ProductField::GenericName,
            ProductField::Brand,
            ProductField::Gtin,
            ProductField::Spec,
            ProductField::Model,
            ProductField::Category,
        ] {
            product.extend(maybe(chance).map(|value| (field, value)));
        }
        record.products.push(product);
    }
    for nth in 0..chance.below(6) {
        let mut indicator = std::collections::BTreeMap::from([(IndicatorField::Name, format!("指标{nth}"))]);
        for field in [
            IndicatorField::Requirement,
            IndicatorField::Unit,
            IndicatorField::TestMethod,
            IndicatorField::Category,
            IndicatorField::LevelNote,
        ] {
            indicator.extend(maybe(chance).map(|value| (field, value)));
        }
        record.indicators.push(indicator);
    }
    record
}

/// So many records for each area, in the order of the areas.
pub fn records(areas: &[(&str, u64)], seed: u64) -> Vec<ExchangeRecord> {
    let mut chance = Chance::new(seed);
    let mut records = Vec::new();
    for (area, count) in areas {
        records.extend((1..=*count).map(|serial| record(area, serial, &mut chance)));
    }
    records
}
