//! The number cell of a row, read together with the title beside it.

use entity::value::{NumberFlag, PlanNumber, StandardNumber, split_list};

use super::file_name::{file_stem, without_extension};
use super::flag::TextFlag;
use super::markup::plain;
use super::title::{CleanTitle, clean_title, is_isbn};

/// The number and the title of one row.
#[derive(Clone, Debug)]
pub struct NumberCell {
    /// The standards that the row names: none when none can be identified, several for a joint standard (one text that
    /// two bodies publish) or a list.
    pub numbers: Vec<StandardNumber>,
    /// The plan (计划号, `20253583-Z-604`) of a row that is a project to write a standard.
    pub plan: Option<PlanNumber>,
    /// The cell as one number, whatever came out of it, with the flags of the parser (joint, range, note taken off). Its
    /// raw text is the cell without markup, or the number that was put together from cell and title.
    pub cell: StandardNumber,
    /// The title.
    pub title: CleanTitle,
    /// What was changed or doubted about the number, sorted; that of the title stands in `title`.
    pub flags: Vec<TextFlag>,
}

/// Reads the number cell and the title of a row. The cell may hold tags, a file name, a list, a joint number, remarks
/// (`GB 50794-2012 高清版`) or a prefix whose rest stands before the title.
pub fn read_number_cell(cell: &str, title: &str) -> NumberCell {
    let plain_cell = plain(cell);
    if is_isbn(&plain_cell) {
        return book(cell, title);
    }
    let title = clean_title(title, &plain_cell);
    let text = match (&title.recovered_number, without_extension(&plain_cell)) {
        (Some(recovered), _) => recovered.clone(),
        (None, Some(stem)) => file_stem(stem),
        (None, None) => plain_cell,
    };
    let cell = StandardNumber::parse(&text);
    let numbers = numbers_in(&cell);
    let plan = PlanNumber::parse(&text).filter(|_| numbers.is_empty());
    let mut flags = Vec::new();
    if title.recovered_number.is_some() {
        flags.push(TextFlag::NumberRecovered);
    }
    if numbers.is_empty() && plan.is_none() {
        flags.push(TextFlag::NumberMissing);
    }
    NumberCell {
        numbers,
        plan,
        cell,
        title,
        flags,
    }
}

fn book(cell: &str, title: &str) -> NumberCell {
    NumberCell {
        numbers: Vec::new(),
        plan: None,
        cell: StandardNumber::parse(cell),
        title: CleanTitle {
            title: plain(title),
            ..CleanTitle::default()
        },
        flags: vec![TextFlag::NumberIsIsbn],
    }
}

/// The standards that a number names: itself, or the members of a joint number or a list.
fn numbers_in(number: &StandardNumber) -> Vec<StandardNumber> {
    let mut numbers = if number.has_flag(NumberFlag::Joint) || number.has_flag(NumberFlag::List) {
        split_list(number.raw())
    } else {
        vec![number.clone()]
    };
    numbers.retain(|number| number.key().is_some());
    numbers.dedup_by(|a, b| a.key() == b.key());
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(cell: &str, title: &str) -> Vec<String> {
        read_number_cell(cell, title)
            .numbers
            .iter()
            .map(|number| number.to_string())
            .collect()
    }

    #[test]
    fn cells_of_real_rows() {
        for (cell, title, expected) in [
            (
                "GB/T 24359-2009",
                "第三方物流服务质量要求",
                &["GB/T 24359-2009"] as &[&str],
            ),
            ("JC/T", "2829-2024 水泥烧成系统？平衡", &["JC/T 2829-2024"]),
            (
                "<sacinfo>GB</sacinfo>/T 19001-2016",
                "质量管理体系",
                &["GB/T 19001-2016"],
            ),
            (
                "GB 50794-2012 高清版",
                "光伏发电站施工规范（高清晰版）",
                &["GB 50794-2012"],
            ),
            (
                "GB 51348-2019 公告",
                "民用建筑电气设计标准（建设部发布公告）",
                &["GB 51348-2019"],
            ),
            (
                "Q∕GDW 11148-2013分布式电源接入系统设计内容深度规定.pdf",
                "",
                &["Q/GDW 11148-2013"],
            ),
            (
                "《供配电系统设计规范》（GB50052-2009）.pdf",
                "",
                &["GB 50052-2009"],
            ),
            (
                "DB50/T",
                "10003-2023DB51/T 10003-2023 川渝地区公共机构",
                &["DB50/T 10003-2023", "DB51/T 10003-2023"],
            ),
            (
                "T/CCPITCSC 101-2020 T/WFCCI 101-2020",
                "会展",
                &["T/CCPITCSC 101-2020", "T/WFCCI 101-2020"],
            ),
            (
                "DL/T 2974—2025",
                "抽水蓄能电站钢岔管水压试验规程",
                &["DL/T 2974-2025"],
            ),
            (" GB/T 10471.2008", "", &["GB/T 10471-2008"]),
        ] {
            assert_eq!(numbers(cell, title), expected, "{cell}");
        }
    }

    #[test]
    fn rows_without_a_standard_say_so() {
        let book = read_number_cell(
            "9787506678650",
            "GB 38900-2020 机动车安全技术检验项目和方法实施指南",
        );
        assert!(book.numbers.is_empty());
        assert_eq!(book.flags, [TextFlag::NumberIsIsbn]);
        assert_eq!(
            book.title.title,
            "GB 38900-2020 机动车安全技术检验项目和方法实施指南"
        );
        assert_eq!(
            read_number_cell("T/CMA", "YJ069-0201 钢筋弯曲试验机计量技术要求").flags,
            [TextFlag::NumberMissing]
        );
        assert_eq!(read_number_cell("", "").flags, [TextFlag::NumberMissing]);
    }

    #[test]
    fn a_plan_is_no_standard() {
        let read = read_number_cell(
            "20253583-Z-604",
            "抽水蓄能双馈变速发电电动机变压器组继电保护技术导则",
        );
        assert_eq!(
            read.plan.map(|plan| plan.to_string()).as_deref(),
            Some("20253583-Z-604")
        );
        assert!(read.numbers.is_empty() && read.flags.is_empty());
    }

    #[test]
    fn a_recovered_number_is_flagged() {
        let read = read_number_cell("T/CNMIA", "0032-2021 独立病理诊断中心/病理检验所能力评价标准");
        assert_eq!(read.flags, [TextFlag::NumberRecovered]);
        assert_eq!(read.cell.canonical(), Some("T/CNMIA 0032-2021"));
    }
}
