//! The rest of a number that was cut at its first blank and stands before the title.

use entity::value::find_citations;

use super::markup::fold_width;

/// A number put together again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejoined {
    /// The number: `T/CNMIA` and `0032-2021` give `T/CNMIA 0032-2021`.
    pub number: String,
    /// The title behind it.
    pub title: String,
}

/// The longest organisation code or prefix, in bytes.
const LONGEST_PREFIX: usize = 24;

/// Puts a number together whose cell holds the prefix only (`JC/T`, `DB13/`, `T/CNMIA`, `JJF`) and whose serial and
/// year stand before the title: `2829-2024 …`, `(纺织) 021-1989 …`, `9706.241-2020/XG1-2022 …`.
pub fn rejoin(cell: &str, title: &str) -> Option<Rejoined> {
    let cell = cell.trim();
    if !is_bare_prefix(cell) {
        return None;
    }
    let (unit, rest) = take_unit(title);
    let end = serial_end(rest)?;
    let (serial, behind) = rest.split_at_checked(end)?;
    let mut number = if unit.is_empty() {
        format!("{cell} {serial}")
    } else {
        format!("{cell}{unit} {serial}")
    };
    let mut behind = behind.trim_start();
    // Two bodies publish one text: `DB50/T` | `10003-2023DB51/T 10003-2023 川渝地区…`.
    if let Some(second) = find_citations(behind)
        .into_iter()
        .next()
        .filter(|citation| citation.start == 0)
    {
        let (joint, title) = behind.split_at_checked(second.end)?;
        number = format!("{number} {joint}");
        behind = title.trim_start();
    }
    (!behind.is_empty()).then(|| Rejoined {
        number,
        title: behind.to_owned(),
    })
}

/// Whether a cell is a prefix without serial and year. An organisation code may contain digits (`T/SHV2X`), a local
/// prefix does (`DB3304/T`).
pub fn is_bare_prefix(cell: &str) -> bool {
    let cell = fold_width(cell);
    let cell = cell.trim();
    let plain = cell.len() <= LONGEST_PREFIX && cell.chars().all(|c| c.is_ascii_alphanumeric() || c == '/');
    let local = cell
        .strip_prefix("DB")
        .map(|rest| rest.trim_end_matches(['T', 'Z', '/']));
    plain
        && cell.starts_with(|c: char| c.is_ascii_alphabetic())
        && match local {
            Some(division) => {
                matches!(division.len(), 0 | 2 | 4) && division.chars().all(|c| c.is_ascii_digit())
            }
            None => cell.starts_with("T/") || !cell.contains(|c: char| c.is_ascii_digit()),
        }
}

/// The issuing unit of a metrological regulation in brackets: `(纺织)`.
fn take_unit(title: &str) -> (&str, &str) {
    if !title.starts_with(['(', '（']) {
        return ("", title);
    }
    let close = title
        .char_indices()
        .take(8)
        .find(|(_, c)| matches!(c, ')' | '）'));
    match close.and_then(|(at, c)| title.split_at_checked(at + c.len_utf8())) {
        Some((unit, rest)) => (unit, rest.trim_start()),
        None => ("", title),
    }
}

/// Where a serial with its year ends: `2829-2024`, `YB010-2024`, `051号-2019`, `046.2－2020`, `024-2021A`.
fn serial_end(text: &str) -> Option<usize> {
    let dash = text
        .char_indices()
        .take(LONGEST_PREFIX)
        .find(|(_, c)| is_dash(*c))?;
    let (serial, year) = text.split_at_checked(dash.0)?;
    let serial_fits = serial.contains(|c: char| c.is_ascii_digit())
        && serial
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '号'));
    let year = year.strip_prefix(is_dash)?;
    if !serial_fits || !is_year(year) {
        return None;
    }
    let mut rest = year.split_at_checked(4)?.1;
    if let Some(amendment) = rest.strip_prefix("/XG") {
        let behind = amendment
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix(is_dash)?;
        rest = is_year(behind).then_some(behind)?.split_at_checked(4)?.1;
    }
    // An edition letter belongs to the number, the first letter of a title or of a second number does not.
    if let Some(behind) = rest.strip_prefix(|c: char| c.is_ascii_uppercase())
        && behind.starts_with(' ')
    {
        rest = behind;
    }
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| text.len() - rest.len())
}

fn is_year(text: &str) -> bool {
    let year = text
        .split_at_checked(4)
        .and_then(|(digits, _)| digits.parse::<u16>().ok());
    year.is_some_and(|year| (1949..2100).contains(&year))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '–' | '－')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_cut_at_the_first_blank_are_put_together() {
        // biaozhun.org
        for (cell, title, number, rest) in [
            (
                "T/CNMIA",
                "0032-2021 独立病理诊断中心/病理检验所能力评价标准",
                "T/CNMIA 0032-2021",
                "独立病理诊断中心/病理检验所能力评价标准",
            ),
            ("JC/T", "2829-2024 水泥烧成系统", "JC/T 2829-2024", "水泥烧成系统"),
            (
                "YD/T",
                "3758.13-2024 电信数据服务平台 第13部分",
                "YD/T 3758.13-2024",
                "电信数据服务平台 第13部分",
            ),
            (
                "T/CSMT",
                "YB010-2024 液体流量标准装置测控系统",
                "T/CSMT YB010-2024",
                "液体流量标准装置测控系统",
            ),
            (
                "JJF",
                "(纺织) 021-1989 摆锤式缕纱强力机",
                "JJF(纺织) 021-1989",
                "摆锤式缕纱强力机",
            ),
            (
                "DB3304/T",
                "046.2－2020 平原水乡稻渔综合种养技术规范",
                "DB3304/T 046.2－2020",
                "平原水乡稻渔综合种养技术规范",
            ),
            ("DB13/", "341-1998 双丙胺磷原药", "DB13/ 341-1998", "双丙胺磷原药"),
            (
                "DB4117T",
                "329-2021 玉米秸秆黄贮技术指南",
                "DB4117T 329-2021",
                "玉米秸秆黄贮技术指南",
            ),
            (
                "T/SHV2X",
                "2-2025 车联网服务平台符合性评测实施指南",
                "T/SHV2X 2-2025",
                "车联网服务平台符合性评测实施指南",
            ),
            (
                "T/DLMSWH",
                "024-2021A 大连市餐饮服务单位消防安全管理规范",
                "T/DLMSWH 024-2021A",
                "大连市餐饮服务单位消防安全管理规范",
            ),
            (
                "YY",
                "9706.241-2020/XG1-2022 《医用电气设备》",
                "YY 9706.241-2020/XG1-2022",
                "《医用电气设备》",
            ),
            ("T/GSLCA", "051号-2019 关于公布", "T/GSLCA 051号-2019", "关于公布"),
            (
                "DB50/T",
                "10003-2023DB51/T 10003-2023 川渝地区",
                "DB50/T 10003-2023 DB51/T 10003-2023",
                "川渝地区",
            ),
        ] {
            let expected = Rejoined {
                number: number.to_owned(),
                title: rest.to_owned(),
            };
            assert_eq!(rejoin(cell, title), Some(expected), "{cell} {title}");
        }
    }

    #[test]
    fn titles_that_start_with_digits_stay() {
        for (cell, title) in [
            ("T/CMA", "YJ069-0201 钢筋弯曲试验机计量技术要求"),
            ("ZBBZH/XB", "聚酰胺(尼龙)编织袋加工贸易单耗标准(HDB/QB002-2000)"),
            ("HG/T 5486-2018", "2-氰基-4-硝基-6-溴苯胺"),
            ("JJG 2070-1990", "200-2500MPa压力计量器具检定系统"),
            ("JJG", "200-2500MPa压力计量器具检定系统"),
            ("T/QGCML", "2-氨基丙醇"),
            ("GB", ""),
            ("", "2829-2024 水泥"),
            ("JC/T", "2829-2024"),
            ("JJF", "(纺织"),
        ] {
            assert_eq!(rejoin(cell, title), None, "{cell} {title}");
        }
    }
}
