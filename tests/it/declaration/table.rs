//! Records as the rows of a table, and the table as CSV and as a workbook.

use chrono::{NaiveDate, NaiveTime, Timelike};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use super::record::{Record, word};

/// The columns of the record itself, by their fields.
pub(super) const OF_RECORD: [(&str, &str); 17] = [
    ("操作", "op"),
    ("记录编号", "record_id"),
    ("统一社会信用代码", "credit_code"),
    ("组织机构代码", "organization_code"),
    ("企业名称", "enterprise_name"),
    ("行政区划代码", "region_code"),
    ("注册地址", "address"),
    ("标准编号", "standard_number"),
    ("标准名称", "standard_name"),
    ("标准类型", "standard_type"),
    ("标准发布日期", "published_on"),
    ("公开时间", "declared_at"),
    ("状态", "status"),
    ("废止日期", "abolished_on"),
    ("全文公开", "text_public"),
    ("自我承诺", "pledge"),
    ("低于推荐性标准", "below_recommended"),
];
/// The columns of a product.
pub(super) const OF_PRODUCT: [(&str, &str); 7] = [
    ("产品名称", "name"),
    ("通用名", "generic_name"),
    ("品牌", "brand"),
    ("条码", "gtin"),
    ("规格", "spec"),
    ("型号", "model"),
    ("产品分类", "category"),
];
/// The columns of an indicator.
pub(super) const OF_INDICATOR: [(&str, &str); 6] = [
    ("指标名称", "name"),
    ("指标要求", "requirement"),
    ("计量单位", "unit"),
    ("试验方法", "test_method"),
    ("指标类别", "category"),
    ("指标水平说明", "level_note"),
];
/// The columns that hold days.
pub(super) const DAYS: [&str; 3] = ["标准发布日期", "公开时间", "废止日期"];
/// The column of the ids.
pub(super) const ID: &str = "记录编号";
/// The column of the barcodes.
pub(super) const BARCODE: &str = "条码";
/// A table: its columns, and the rows of each record.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) names: Vec<String>,
    pub(super) records: Vec<Vec<Vec<String>>>,
}

impl Table {
    /// The first row of a record has the record with its first product and indicator, the next ones the others.
    pub(super) fn of(records: &[Record]) -> Self {
        let names = OF_RECORD.iter().chain(&OF_PRODUCT).chain(&OF_INDICATOR);
        Self {
            names: names.map(|(name, _)| (*name).to_owned()).collect(),
            records: records.iter().map(rows_of).collect(),
        }
    }

    /// The same with the columns in another order.
    pub(super) fn ordered(&self, order: &[usize]) -> Self {
        let turned =
            |cells: &[String]| -> Vec<String> { order.iter().map(|at| cells[*at].clone()).collect() };
        let records = self.records.iter();
        Self {
            names: turned(&self.names),
            records: records
                .map(|rows| rows.iter().map(|cells| turned(cells)).collect())
                .collect(),
        }
    }

    /// The same with days as a spreadsheet writes them when it lost their format.
    pub(super) fn with_plain_days(&self) -> Self {
        let mut table = self.clone();
        for cells in table.records.iter_mut().flatten() {
            for (name, cell) in self.names.iter().zip(cells) {
                if DAYS.contains(&name.as_str()) && !cell.is_empty() {
                    *cell = serial(cell).to_string();
                }
            }
        }
        table
    }

    /// The same with the id of the record in all of its rows.
    pub(super) fn with_ids_repeated(&self) -> Self {
        let mut table = self.clone();
        let at = self.names.iter().position(|name| name == ID).unwrap();
        for rows in &mut table.records {
            let id = rows[0][at].clone();
            for cells in rows {
                cells[at].clone_from(&id);
            }
        }
        table
    }

    /// The same with one more column, filled in the first row of each record.
    pub(super) fn with_column(&self, name: &str, text: &str) -> Self {
        let mut table = self.clone();
        table.names.push(name.to_owned());
        for rows in &mut table.records {
            for (row, cells) in rows.iter_mut().enumerate() {
                cells.push(if row == 0 { text.to_owned() } else { String::new() });
            }
        }
        table
    }

    /// The same with another name for a column.
    pub(super) fn renamed(&self, name: &str, other: &str) -> Self {
        let mut table = self.clone();
        for one in table.names.iter_mut().filter(|one| *one == name) {
            other.clone_into(one);
        }
        table
    }

    pub(super) fn csv(&self) -> String {
        let rows = std::iter::once(&self.names).chain(self.records.iter().flatten());
        let lines = rows.map(|cells| {
            let quoted: Vec<String> = cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect();
            quoted.join(",") + "\n"
        });
        lines.collect()
    }

    /// A workbook as a clerk makes it: a page of advice, a title, cells of the record merged over its rows, days as days
    /// of this format (none: as plain numbers), barcodes as numbers.
    pub(super) fn workbook(&self, day_format: Option<&str>) -> Vec<u8> {
        let plain = Format::new();
        let day = day_format.map_or_else(Format::new, |code| Format::new().set_num_format(code));
        let mut book = Workbook::new();
        let advice = book.add_worksheet().set_name("填表说明").unwrap();
        advice.write_string(0, 0, "请逐行填写").unwrap();
        let sheet = book.add_worksheet();
        sheet
            .merge_range(0, 0, 0, 5, "企业标准自我声明公开信息", &plain)
            .unwrap();
        for (column, name) in (0_u16..).zip(&self.names) {
            sheet.write_string(2, column, name).unwrap();
        }
        let mut top: u32 = 3;
        for rows in &self.records {
            let below = top + u32::try_from(rows.len()).unwrap();
            for (column, name) in (0_u16..).zip(&self.names) {
                let merges = !OF_PRODUCT.iter().chain(&OF_INDICATOR).any(|(one, _)| one == name);
                if merges && below - top > 1 {
                    sheet
                        .merge_range(top, column, below - 1, column, "", &plain)
                        .unwrap();
                }
            }
            for (row, cells) in (top..).zip(rows) {
                for ((column, name), cell) in (0_u16..).zip(&self.names).zip(cells) {
                    if cell.is_empty() {
                        continue;
                    }
                    let written = if DAYS.contains(&name.as_str()) {
                        sheet.write_number_with_format(row, column, serial(cell), &day)
                    } else if name == BARCODE {
                        sheet.write_number(row, column, cell.parse::<f64>().unwrap())
                    } else {
                        sheet.write_string(row, column, cell)
                    };
                    written.unwrap();
                }
            }
            top = below;
        }
        book.save_to_buffer().unwrap()
    }
}

pub(super) fn rows_of(record: &Record) -> Vec<Vec<String>> {
    let (products, indicators) = (record.objects("products"), record.objects("indicators"));
    let height = products.len().max(indicators.len()).max(1);
    let member = |object: Option<&&Value>, field: &str| -> String {
        object
            .map(|object| word(&object[field]).to_owned())
            .unwrap_or_default()
    };
    let row = |at: usize| -> Vec<String> {
        let own = OF_RECORD.iter().map(|(_, field)| match at {
            0 => record.text(field).to_owned(),
            _ => String::new(),
        });
        let product = OF_PRODUCT
            .iter()
            .map(|(_, field)| member(products.get(at), field));
        let indicator = OF_INDICATOR
            .iter()
            .map(|(_, field)| member(indicators.get(at), field));
        own.chain(product).chain(indicator).collect()
    };
    (0..height).map(row).collect()
}

/// A day or a minute as a spreadsheet counts it: in days since 1899-12-30.
pub(super) fn serial(text: &str) -> f64 {
    let (day, minute) = text.split_once(' ').unwrap_or((text, "00:00"));
    let day: NaiveDate = day.parse().unwrap();
    let minute = NaiveTime::parse_from_str(minute, "%H:%M").unwrap();
    let days = (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
    f64::from(i32::try_from(days).unwrap()) + f64::from(minute.num_seconds_from_midnight()) / 86_400.0
}
