//! The detail page of one declaration, read by its labels.
//!
//! Old site (`/standardProduct/showDetail/…`): four tables, each with a title row: 企业基本信息 and 标准信息 as pairs of
//! label and value, 技术指标 and 执行该标准的产品信息 as lists with a head row; the pledge (自我承诺) is free text. New site
//! (`/user/detail/{id}`): the same words, 规格 and 型号 as columns of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{Labels, Meaning, Rule, printed, spec_and_model};
use super::page::{Block, Page, Piece};
use super::record::{ExchangeRecord, IndicatorField, ProductField, RecordField};
use super::table::{Cell, Table};

/// Why a page is no detail page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDetail {
    /// The page does not end: it was cut on its way.
    #[error("the page has no </html>: it was cut")]
    Cut,
    /// The page holds more than any declaration does.
    #[error("the page holds more cells and blocks of text, or deeper ones, than any declaration")]
    Overfull,
    /// The page says something else.
    #[error("the page names neither 标准编号 nor 标准名称: it is no detail page")]
    Other,
}

/// Reads a detail page. What the page says is in the record; what only the list says is not.
pub fn read_detail(html: &str, labels: &Labels) -> Result<ExchangeRecord, NoDetail> {
    let page = Page::read(html, labels.pledge_classes());
    if page.overfull {
        return Err(NoDetail::Overfull);
    }
    let mut detail = Detail {
        labels,
        record: ExchangeRecord::default(),
        seen: BTreeSet::new(),
    };
    for table in page.tables() {
        detail.table(table);
    }
    detail.pledge(&page);
    let is_detail = [RecordField::StandardNumber, RecordField::StandardName];
    match (
        page.ended,
        is_detail.iter().any(|field| detail.seen.contains(field)),
    ) {
        (true, true) => Ok(detail.record),
        (_, false) if page.ended => Err(NoDetail::Other),
        _ => Err(NoDetail::Cut),
    }
}

struct Detail<'l> {
    labels: &'l Labels,
    record: ExchangeRecord,
    seen: BTreeSet<RecordField>,
}

/// The meaning of the columns of a list.
enum Columns {
    Products(Vec<Option<Meaning<ProductField>>>),
    Indicators(Vec<Option<Meaning<IndicatorField>>>),
}

impl Detail<'_> {
    fn table(&mut self, table: &Table) {
        let mut columns: Option<Columns> = None;
        for row in &table.rows {
            let all_heads = row.iter().all(|cell| cell.head);
            if (columns.is_none() || all_heads)
                && let Some(found) = self.columns(row)
            {
                columns = Some(found);
                continue;
            }
            match &columns {
                None => self.pairs(row),
                Some(Columns::Products(columns)) => {
                    let product = product(columns, row);
                    if !product.is_empty() {
                        self.record.products.push(product);
                    }
                }
                Some(Columns::Indicators(columns)) => {
                    let indicator = indicator(columns, row);
                    if !indicator.is_empty() {
                        self.record.indicators.push(indicator);
                    }
                }
            }
        }
    }

    /// A row is the head of a list when it names two columns of the list or more.
    fn columns(&self, row: &[Cell]) -> Option<Columns> {
        let products: Vec<_> = row.iter().map(|cell| self.labels.product(&cell.text)).collect();
        let indicators: Vec<_> = row.iter().map(|cell| self.labels.indicator(&cell.text)).collect();
        let named = |count: usize| count >= 2;
        let (of_product, of_indicator) = (
            products.iter().flatten().count(),
            indicators.iter().flatten().count(),
        );
        if of_product >= of_indicator && named(of_product) {
            Some(Columns::Products(products))
        } else {
            named(of_indicator).then_some(Columns::Indicators(indicators))
        }
    }

    /// Takes labels with the value behind each. Where heads are marked (`<th>`) they are the labels; else every other
    /// cell is one, so that a value that reads like a label stays a value. The first cell is none where the labels
    /// begin behind it (the title of a section, joined over its rows).
    fn pairs(&mut self, row: &[Cell]) {
        if row.iter().any(|cell| cell.head) {
            for pair in row.windows(2) {
                if let [label, value] = pair
                    && label.head
                    && !value.head
                {
                    self.pair(label, value);
                }
            }
            return;
        }
        let behind_first = row.get(1..).unwrap_or_default();
        let known = |cells: &[Cell]| {
            let labels = cells.chunks_exact(2).filter_map(<[Cell]>::first);
            labels
                .filter(|label| self.labels.record(&label.text).is_some())
                .count()
        };
        let cells = if known(behind_first) > known(row) {
            behind_first
        } else {
            row
        };
        for pair in cells.chunks_exact(2) {
            if let [label, value] = pair {
                self.pair(label, value);
            }
        }
    }

    fn pair(&mut self, label: &Cell, value: &Cell) {
        let value = printed(&value.text);
        match self.labels.record(&label.text) {
            Some(Meaning::Field(field)) => {
                self.seen.insert(field);
                self.record.offer(field, value);
            }
            Some(Meaning::Rule(Rule::CodeByLength)) => {
                let field = code_field(value);
                self.record.offer(field, value);
            }
            Some(Meaning::Rule(Rule::SpecAndModel | Rule::Ignore)) | None => {}
        }
    }

    /// The pledge by the class of its element, else by the heading before it.
    fn pledge(&mut self, page: &Page) {
        for text in &page.marked {
            let text = match text.split_once('\n') {
                Some((first, rest)) if self.is_pledge(first) => rest,
                _ => text,
            };
            if !self.is_pledge(text) {
                self.record.offer(RecordField::Pledge, printed(text));
            }
        }
        let mut pieces = page.pieces.iter();
        while let Some(piece) = pieces.next() {
            let Piece::Block(block) = piece else { continue };
            if self.is_pledge(&block.text) {
                let text = text_of_section(pieces.clone());
                self.record.offer(RecordField::Pledge, printed(&text));
            } else if let Some((label, text)) = block.text.split_once([':', '：'])
                && self.is_pledge(label)
            {
                self.record.offer(RecordField::Pledge, printed(text));
            }
        }
    }

    fn is_pledge(&self, text: &str) -> bool {
        self.labels.record(text) == Some(Meaning::Field(RecordField::Pledge))
    }
}

/// The blocks behind a heading that belong together: paragraphs side by side, or the text of one element.
fn text_of_section<'p>(pieces: impl Iterator<Item = &'p Piece>) -> String {
    let mut blocks = pieces.map_while(|piece| match piece {
        Piece::Block(block) if !block.heading => Some(block),
        _ => None,
    });
    let Some(first) = blocks.next() else {
        return String::new();
    };
    let belongs = |block: &&Block| {
        block.element == first.element || (first.paragraph && block.paragraph && block.outer == first.outer)
    };
    let mut text = first.text.clone();
    for block in blocks.take_while(belongs) {
        text.push('\n');
        text.push_str(&block.text);
    }
    text
}

fn product(columns: &[Option<Meaning<ProductField>>], row: &[Cell]) -> BTreeMap<ProductField, String> {
    let mut product = BTreeMap::new();
    for (meaning, cell) in columns.iter().zip(row) {
        match meaning {
            Some(Meaning::Field(field)) => offer(&mut product, *field, printed(&cell.text)),
            Some(Meaning::Rule(Rule::SpecAndModel)) => {
                let (spec, model) = spec_and_model(&cell.text);
                offer(&mut product, ProductField::Spec, spec);
                offer(&mut product, ProductField::Model, model);
            }
            Some(Meaning::Rule(Rule::CodeByLength | Rule::Ignore)) | None => {}
        }
    }
    product
}

fn indicator(columns: &[Option<Meaning<IndicatorField>>], row: &[Cell]) -> BTreeMap<IndicatorField, String> {
    let mut indicator = BTreeMap::new();
    for (meaning, cell) in columns.iter().zip(row) {
        if let Some(Meaning::Field(field)) = meaning {
            offer(&mut indicator, *field, printed(&cell.text));
        }
    }
    indicator
}

fn offer<F: Ord>(fields: &mut BTreeMap<F, String>, field: F, value: &str) {
    if !value.is_empty() {
        fields.entry(field).or_insert_with(|| value.to_owned());
    }
}

/// Which code a code is, by its length: 18 characters are a 统一社会信用代码.
pub fn code_field(code: &str) -> RecordField {
    if code.chars().count() == 18 {
        RecordField::CreditCode
    } else {
        RecordField::OrganizationCode
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "<html><body><div class='top'>企业标准信息公共服务平台</div>
<table><tbody><tr><td class='tab-color8' colspan='4'><strong>企业基本信息</strong></td></tr>
<tr><td>名称</td><td><span>张家港 &amp; 纱业</span></td><td>法定代表人</td><td><span>名称</span></td></tr>
<tr><td>组织机构代码</td><td><span>913205820000000004</span></td><td>邮编</td><td><span>215600</span></td></tr>
<tr><td>注册地址</td><td><span>杨舍镇</span></td><td>行政区划</td><td><span>张家港市</span></td></tr></tbody></table>
<table><tbody><tr><th colspan=4>标准信息</th></tr>
<tr><td>标准名称</td><td><span>棉纱
 线</span></td><td>标准编号</td><td><span>Q/320582ABC&nbsp;001-2023</span></td></tr>
<tr><td>公开时间</td><td><span>2023-05-12 10:31</span></td></tr>
<tr><td>PDF</td><td><div><a href='/x.pdf'>查看</a></div></td></tr></tbody></table>
<table><tr><td colspan=4><strong>技术指标</strong></td></tr>
<tr><td>指标名称</td><td>指标要求</td><td>测试方法</td><td>指标水平说明</td></tr>
<tr><td>断裂强力</td><td>&ge;300</td><td>GB/T 3916</td><td>——</td></tr>
<tr><td>测试方法</td><td>指标名称</td><td>/</td><td></td></tr></table>
<table><tr><td colspan=6><strong>执行该标准的产品信息</strong></td></tr>
<tr><td>产品名称</td><td>通用名</td><td>品牌</td><td>条码</td><td>规格/型号</td><td>分类</td></tr>
<tr><td>纱</td><td>——</td><td>——</td><td>——</td><td>40KG&nbsp;<b>/</b>&nbsp;820</td><td>纺织</td></tr></table>
<div class='cl-w-top2'><h3>自我承诺</h3><p>本企业声明<br>真实。</p></div><div class='foot'>版权所有</div></body></html>";

    #[test]
    fn the_old_site_is_read() {
        let record = read_detail(OLD, &Labels::default()).unwrap();
        let line = serde_json::to_string(&record).unwrap();
        let expected = concat!(
            r#"{"credit_code":"913205820000000004","enterprise_name":"张家港 & 纱业","address":"杨舍镇","#,
            r#""standard_number":"Q/320582ABC 001-2023","standard_name":"棉纱 线","declared_at":"2023-05-12 10:31","#,
            r#""pledge":"本企业声明\n真实。","products":[{"name":"纱","spec":"40KG","model":"820","category":"纺织"}],"#,
            r#""indicators":[{"name":"断裂强力","requirement":"≥300","test_method":"GB/T 3916"},"#,
            r#"{"name":"测试方法","requirement":"指标名称"}]}"#,
        );
        assert_eq!(line, expected);
    }

    #[test]
    fn the_new_site_is_read() {
        let html =
            "<html><table><tr><th>标准名称：</th><td>鞋</td><th>标准编号：</th><td>Q/ABC 1-2024</td></tr>
<tr><th>机构名称</th><td>某厂</td><th>统一社会信用代码</th><td>913205820000000004</td></tr>
<tr><th>行政区划</th><td>江苏省</td><th>公开时间</th><td>2024年05月12日</td></tr></table>
<table><thead><tr><th>序号</th><th>产品名称</th><th>规格</th><th>型号</th><th>分类</th></tr></thead>
<tbody><tr><td>1</td><td>鞋</td><td>40</td><td>A/1</td><td>鞋</td></tr>
<tr><td>2</td><td>靴</td><td>-</td><td>-</td><td></td></tr></tbody></table>
<div><h4>自我承诺</h4><p>一</p><p>二</p></div><p>别的</p></html>";
        let record = read_detail(html, &Labels::default()).unwrap();
        let line = serde_json::to_string(&record).unwrap();
        let expected = concat!(
            r#"{"credit_code":"913205820000000004","enterprise_name":"某厂","standard_number":"Q/ABC 1-2024","#,
            r#""standard_name":"鞋","declared_at":"2024年05月12日","pledge":"一\n二","#,
            r#""products":[{"name":"鞋","spec":"40","model":"A/1","category":"鞋"},{"name":"靴"}]}"#,
        );
        assert_eq!(line, expected);
    }

    #[test]
    fn the_pledge_is_found_without_its_class() {
        for (body, expected) in [
            ("<p>自我承诺：真实</p><p>别的</p>", "真实"),
            (
                "<div><b>自我承诺</b></div><div>真实<br>合法</div><div>版权</div>",
                "真实\n合法",
            ),
            ("<h3>自我承诺</h3><h3>其他</h3><p>x</p>", ""),
            ("<h3>自我承诺</h3><table></table><p>x</p>", ""),
            ("<h3>自我承诺</h3><p>——</p>", ""),
            ("<table><tr><td>自我承诺</td><td>真实</td></tr></table>", "真实"),
            ("", ""),
        ] {
            let html = format!("<html><table><tr><td>标准编号</td><td>x</td></tr></table>{body}</html>");
            let record = read_detail(&html, &Labels::default()).unwrap();
            assert_eq!(record.get(RecordField::Pledge), expected, "{body}");
        }
    }

    #[test]
    fn labels_may_stand_behind_a_joined_title() {
        let html = "<html><table><tr><td rowspan=2>标准信息</td><td>标准编号</td><td>Q/A 1-2020</td></tr>
<tr><td>标准名称</td><td>公开时间</td></tr></table></html>";
        let record = read_detail(html, &Labels::default()).unwrap();
        assert_eq!(record.get(RecordField::StandardNumber), "Q/A 1-2020");
        assert_eq!(record.get(RecordField::StandardName), "公开时间");
        assert_eq!(record.get(RecordField::DeclaredAt), "");
    }

    #[test]
    fn what_is_no_detail_page_is_refused() {
        let labels = Labels::default();
        let cut = OLD.split_once("<div class='foot'").unwrap().0;
        for (html, expected) in [
            (cut, NoDetail::Cut),
            (OLD.split_once("标准信息").unwrap().0, NoDetail::Cut),
            ("<html><body>系统繁忙，请稍后再试</body></html>", NoDetail::Other),
            ("", NoDetail::Cut),
            ("{\"a\":1}", NoDetail::Cut),
            (
                &OLD.replace("</body>", &"<p>x".repeat(400_000)),
                NoDetail::Overfull,
            ),
        ] {
            assert_eq!(read_detail(html, &labels), Err(expected), "{html:.80}");
        }
    }
}
