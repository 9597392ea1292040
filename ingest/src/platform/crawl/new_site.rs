//! The list of the new site (qybz.org.cn), from a saved or exported page. Its search stands behind a captcha, so it is
//! read from what a person hands over and never crawled.

use super::labels::{Labels, Meaning, printed};
use super::page::Page;
use super::record::{ExchangeRecord, RecordField};
use super::table::Cell;

/// Reads the rows of a list page: 序号, 企业名称, `Q/xxx《name》` in one cell, 公开时间, 状态. The id of a record is the
/// last part of the link to `/user/detail/{id}`; a row without such a link, or without `《`, is no row of the list.
pub fn read_list(html: &str, labels: &Labels) -> Vec<ExchangeRecord> {
    let page = Page::read(html, &[]);
    let mut records = Vec::new();
    for table in page.tables() {
        let mut heads: &[Cell] = &[];
        for row in &table.rows {
            match record(heads, row, labels) {
                Some(record) => records.push(record),
                None if is_head(row, labels) => heads = row,
                None => {}
            }
        }
    }
    records
}

fn is_head(row: &[Cell], labels: &Labels) -> bool {
    let known = row.iter().filter(|cell| labels.record(&cell.text).is_some());
    known.count() >= 2
}

fn record(heads: &[Cell], row: &[Cell], labels: &Labels) -> Option<ExchangeRecord> {
    let id = row.iter().find_map(|cell| detail_id(cell.link.as_deref()?))?;
    let (number, name) = row.iter().find_map(|cell| number_and_name(&cell.text))?;
    let mut record = ExchangeRecord::default();
    record.set(RecordField::RecordId, id);
    record.set(RecordField::StandardNumber, number);
    record.set(RecordField::StandardName, name);
    for (head, cell) in heads.iter().zip(row) {
        if let Some(Meaning::Field(field)) = labels.record(&head.text) {
            record.offer(field, printed(&cell.text));
        }
    }
    Some(record)
}

fn detail_id(link: &str) -> Option<&str> {
    let (_, behind) = link.split_once("/user/detail/")?;
    let id = behind.split(['?', '#', '/']).next().unwrap_or_default();
    super::listing::is_segment(id).then_some(id)
}

/// Divides `Q/ABC 1-2024《鞋》`; the name may hold titles of its own.
fn number_and_name(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = text.split_once('《')?;
    let (name, _) = rest.rsplit_once('》')?;
    Some((number.trim(), name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_page_is_read() {
        let html = "<html><table><tr><th>序号</th><th>企业名称</th><th>标准</th><th>公开时间</th><th>状态</th></tr>
<tr><td>1</td><td>某厂</td><td><a href='/user/detail/8812?from=list'>Q/ABC 1-2024《符合《鞋》的靴》</a></td><td>2024-05-12</td><td>现行有效</td></tr>
<tr><td>2</td><td>他厂</td><td>Q/DEF 2-2024《没有链接》</td><td>2024-05-13</td><td>废止</td></tr>
<tr><td>3</td><td>又一厂</td><td><a href='/user/detail/9'>Q/G 3-2024《帽》</a></td><td>——</td><td>废止</td></tr></table></html>";
        let records = read_list(html, &Labels::default());
        let lines: Vec<_> = records
            .iter()
            .map(|record| serde_json::to_string(record).unwrap())
            .collect();
        assert_eq!(
            lines,
            [
                concat!(
                    r#"{"record_id":"8812","enterprise_name":"某厂","standard_number":"Q/ABC 1-2024","#,
                    r#""standard_name":"符合《鞋》的靴","declared_at":"2024-05-12","status":"现行有效"}"#
                ),
                concat!(
                    r#"{"record_id":"9","enterprise_name":"又一厂","standard_number":"Q/G 3-2024","#,
                    r#""standard_name":"帽","status":"废止"}"#
                ),
            ]
        );
        assert_eq!(read_list("<p>滑动验证", &Labels::default()), []);
    }
}
