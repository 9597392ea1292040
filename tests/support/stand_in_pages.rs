//! How the stand-in writes records: rows of a list as JSON, the detail page as the four tables of the old site.

use std::collections::BTreeMap;
use std::fmt::Write;

use ingest::platform::crawl::{ExchangeRecord, IndicatorField, ProductField, RecordField};
use serde_json::{Value, json};

/// A row of a list. The status is `0` for 现行 and `1` for 废止; a record with any other word, or none, has `0` or null
/// here, and the word on its detail page.
pub fn row(record: &ExchangeRecord) -> Value {
    let id = record.get(RecordField::RecordId);
    let number: Option<u64> = id.parse().ok().filter(|number: &u64| number.to_string() == id);
    json!({
        "standardId": number.map_or_else(|| json!(id), |number| json!(number)),
        "standardCode": record.get(RecordField::StandardNumber),
        "standardName": record.get(RecordField::StandardName),
        "orgCode": organization(record),
        "enterpriseName": record.get(RecordField::EnterpriseName),
        "standardStatus": match record.get(RecordField::Status) {
            "" => Value::Null,
            word if word.contains("废止") => json!(1),
            _ => json!(0),
        },
    })
}

/// The code of the enterprise in the list and in the address of the detail page.
pub fn organization(record: &ExchangeRecord) -> &str {
    match record.get(RecordField::CreditCode) {
        "" => record.get(RecordField::OrganizationCode),
        code => code,
    }
}

/// The detail page.
pub fn detail(record: &ExchangeRecord) -> String {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html><head><meta charset=\"UTF-8\"><title>企业标准信息公共服务平台</title>\n\
         <script>var table = '<table><tr><td>标准编号</td><td>no</td></tr></table>';</script></head><body>\n\
         <div class=\"head\">企业标准信息公共服务平台</div>\n",
    );
    pairs(
        &mut html,
        "企业基本信息",
        &[
            ("名称", record.get(RecordField::EnterpriseName)),
            ("法定代表人", "——"),
            ("组织机构代码", record.get(RecordField::OrganizationCode)),
            ("邮编", "215600"),
            ("统一社会信用代码", record.get(RecordField::CreditCode)),
            ("注册地址", record.get(RecordField::Address)),
            ("行政区划", "江苏省"),
        ],
    );
    let word = match record.get(RecordField::Status) {
        "现行" | "废止" => "",
        word => word,
    };
    pairs(
        &mut html,
        "标准信息",
        &[
            ("标准名称", record.get(RecordField::StandardName)),
            ("标准编号", record.get(RecordField::StandardNumber)),
            ("公开时间", record.get(RecordField::DeclaredAt)),
            ("标准类型", record.get(RecordField::StandardType)),
            ("标准发布日期", record.get(RecordField::PublishedOn)),
            ("状态", word),
            ("废止日期", record.get(RecordField::AbolishedOn)),
            ("全文公开", record.get(RecordField::TextPublic)),
            ("低于推荐性标准", record.get(RecordField::BelowRecommended)),
        ],
    );
    indicators(&mut html, &record.indicators);
    products(&mut html, &record.products);
    let _ = writeln!(
        html,
        "<div class=\"cl-w-top2\"><h3>自我承诺</h3><p>{}</p></div>\n<div class=\"foot\">版权所有</div>\n</body></html>",
        text(record.get(RecordField::Pledge))
    );
    html
}

fn pairs(html: &mut String, title: &str, pairs: &[(&str, &str)]) {
    let _ = writeln!(
        html,
        "<table><tbody><tr><td class=\"tab-color8\" colspan=\"4\"><strong>{title}</strong></td></tr>"
    );
    for two in pairs.chunks(2) {
        html.push_str("<tr>");
        for (label, value) in two {
            let value = if value.is_empty() { "——" } else { value };
            let _ = write!(html, "<td>{label}</td><td><span>{}</span></td>", text(value));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table>\n");
}

fn list(html: &mut String, title: &str, heads: &[&str]) {
    let _ = write!(
        html,
        "<table><tr><td class=\"tab-color8\" colspan=\"{}\"><strong>{title}</strong></td></tr>\n<tr>",
        heads.len()
    );
    for head in heads {
        let _ = write!(html, "<td>{head}</td>");
    }
    html.push_str("</tr>\n");
}

fn cells(html: &mut String, cells: &[String]) {
    html.push_str("<tr>");
    for cell in cells {
        let _ = write!(html, "<td>{cell}</td>");
    }
    html.push_str("</tr>\n");
}

fn of<F: Ord>(fields: &BTreeMap<F, String>, field: F) -> String {
    fields
        .get(&field)
        .map_or_else(|| "——".to_owned(), |value| text(value))
}

fn indicators(html: &mut String, indicators: &[BTreeMap<IndicatorField, String>]) {
    use IndicatorField::{Category, LevelNote, Name, Requirement, TestMethod, Unit};
    let heads = [
        "指标名称",
        "指标要求",
        "测试方法",
        "指标水平说明",
        "指标类别",
        "计量单位",
    ];
    list(html, "技术指标", &heads);
    for one in indicators {
        let fields = [Name, Requirement, TestMethod, LevelNote, Category, Unit];
        cells(html, &fields.map(|field| of(one, field)));
    }
    html.push_str("</table>\n");
}

/// 规格 and 型号 stand in one column, as on the old site, unless the joined text could not be told apart again.
fn products(html: &mut String, products: &[BTreeMap<ProductField, String>]) {
    use ProductField::{Brand, Category, GenericName, Gtin, Model, Name, Spec};
    let has_slash = |one: &BTreeMap<ProductField, String>| {
        let joined = one.get(&Spec).into_iter().chain(one.get(&Model));
        joined.into_iter().any(|value| value.contains('/'))
    };
    if products.iter().any(has_slash) {
        let heads = ["产品名称", "通用名", "品牌", "条码", "规格", "型号", "分类"];
        list(html, "执行该标准的产品信息", &heads);
        for one in products {
            let fields = [Name, GenericName, Brand, Gtin, Spec, Model, Category];
            cells(html, &fields.map(|field| of(one, field)));
        }
    } else {
        let heads = ["产品名称", "通用名", "品牌", "条码", "规格/型号", "分类"];
        list(html, "执行该标准的产品信息", &heads);
        for one in products {
            let mut row: Vec<_> = [Name, GenericName, Brand, Gtin]
                .map(|field| of(one, field))
                .into();
            row.push(format!("{}&nbsp;<b>/</b>&nbsp;{}", of(one, Spec), of(one, Model)));
            row.push(of(one, Category));
            cells(html, &row);
        }
    }
    html.push_str("</table>\n");
}

fn text(value: &str) -> String {
    let escaped = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    escaped.replace('"', "&#34;").replace('\n', "<br/>")
}
