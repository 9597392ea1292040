//! Lists to ingest: rows of the real bundle, or composed ones where a test needs its own.

use support::catalogue::bundled_file;

/// The header of the form `biaozhun-csres-list`.
pub(super) const HEADER: &str = "标准编号,标准名称,标准状态,现行或作废,发布日期,实施日期,替代情况,中标分类,ICS分类,发布部门,detail_url,source_type";

/// A file of the bundle as text.
pub(super) fn real(name: &str) -> String {
    let path = bundled_file("standards").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) => panic!("{}: {cause}", path.display()),
    }
}

/// The header and the first rows of the catalogue of biaozhun.org and csres.com.
pub(super) fn first_rows(rows: usize) -> String {
    let mut text = String::new();
    for line in real("a_biaozhun_csres.part1.csv").lines().take(rows + 1) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The header and composed rows with the numbers GB/T 9`n`-2020 (no such standards exist).
pub(super) fn composed(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut text = format!("{HEADER}\n");
    for number in numbers {
        text.push_str(&composed_row(number));
    }
    text
}

/// One composed row.
pub(super) fn composed_row(number: u32) -> String {
    format!(
        "GB/T {}-2020,编造标准 第{number}部分,现行,现行,2020-01-02,2020-07-01,,A00,01.040.01,,,biaozhun\n",
        900_000 + number
    )
}
