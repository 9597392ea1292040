//! Titles of standards (标准名称) as catalogues and file names write them.

use entity::value::StandardNumber;

use super::copy_note::without_copy_notes;
use super::file_name::{file_stem, only_title, without_extension};
use super::flag::TextFlag;
use super::markup::{fold_width, plain};
use super::mojibake;
use super::own_number::{with_displaced_t, without_displaced_t, without_number};
use super::remnant::rejoin;

/// A title, cleaned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanTitle {
    /// The title; empty when nothing is left.
    pub title: String,
    /// What was changed or doubted, sorted.
    pub flags: Vec<TextFlag>,
    /// The number that the row's number cell does not hold in full: the title began with the rest of it, or ended with
    /// its `/T`.
    pub recovered_number: Option<String>,
}

/// The longest title that is looked at, in characters; the longest real one has some 200.
const LONGEST_TITLE: usize = 2000;

/// Cleans a title; `cell` is the number cell of the same row.
pub fn clean_title(raw: &str, cell: &str) -> CleanTitle {
    let mut flags = Vec::new();
    let mut title: String = raw.chars().take(LONGEST_TITLE).collect();
    if let Some(repaired) = mojibake::repair(&title) {
        flags.push(TextFlag::TitleMojibakeRepaired);
        title = repaired.text;
    }
    title = plain(&title);
    if let Some(stem) = without_extension(&title).map(file_stem) {
        flags.push(TextFlag::TitleFromFileName);
        title = match only_title(&stem) {
            Some(only) => only.to_owned(),
            None => stem,
        };
    }
    let rejoined = rejoin(&plain(cell), &title);
    let number = StandardNumber::parse(&plain(cell));
    let mut recovered_number = None;
    if let Some(rejoined) = rejoined {
        flags.push(TextFlag::TitleNumberRemoved);
        recovered_number = Some(rejoined.number);
        title = rejoined.title;
    } else if let Some(rest) = without_number(&title, &number) {
        flags.push(TextFlag::TitleNumberRemoved);
        title = rest;
        if let Some(rest) = without_displaced_t(&title) {
            recovered_number = with_displaced_t(&number);
            title = rest.to_owned();
        }
    }
    if let Some(rest) = without_copy_notes(&title, number.year()) {
        flags.push(TextFlag::TitleNoteRemoved);
        title = rest;
    }
    title = without_wrapper(&title);
    if title.contains(['?', '？', char::REPLACEMENT_CHARACTER]) {
        flags.push(TextFlag::TitleSuspect);
    }
    if title.is_empty() {
        flags.push(TextFlag::TitleEmpty);
    }
    flags.sort_unstable();
    CleanTitle {
        title,
        flags,
        recovered_number,
    }
}

/// `《X》` as X, when nothing but an edition or an amendment stands behind it; `《X》国家标准第1号修改单` is the title of
/// the amendment.
fn without_wrapper(title: &str) -> String {
    let title = title.trim();
    let Some(inner) = title.strip_prefix('《') else {
        return title.to_owned();
    };
    let (inner, behind) = inner.split_once('》').unwrap_or((inner, ""));
    let is_edition =
        behind.is_empty() || behind.trim_start().starts_with(['(', '（', '含']) || behind.ends_with("年版");
    if is_edition && !inner.contains('《') && !behind.contains('《') {
        format!("{}{behind}", inner.trim())
    } else {
        title.to_owned()
    }
}

/// Whether a number cell holds an ISBN (`9787506678650`, `9-787-5214-1575-9`): the row is a book, not a standard.
pub fn is_isbn(cell: &str) -> bool {
    let digits: String = fold_width(cell)
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .collect();
    digits.len() == 13
        && digits.chars().all(|c| c.is_ascii_digit())
        && (digits.starts_with("978") || digits.starts_with("979"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(raw: &str, cell: &str) -> String {
        clean_title(raw, cell).title
    }

    #[test]
    fn file_names_become_titles() {
        for (raw, cell, expected) in [
            (
                "GB 50054-2011 低压配电设计规范.pdf",
                "GB50054-2011",
                "低压配电设计规范",
            ),
            (
                "《供配电系统设计规范》（GB50052-2009）.pdf",
                "GB 50052-2009",
                "供配电系统设计规范",
            ),
            (
                "《10kV及以下架空配电线路设计技术规程》（DLT 5220-2005 ）.pdf",
                "DL/T 5220-2005",
                "10kV及以下架空配电线路设计技术规程",
            ),
            (
                "Q∕GDW 11147-2017 分布式电源接入配电网设计规范.pdf",
                "Q/GDW 11147-2017",
                "分布式电源接入配电网设计规范",
            ),
            (
                "DL／T_5229-2005 电力工程竣工图文件编制规定.pdf",
                "DL/T 5229-2005",
                "电力工程竣工图文件编制规定",
            ),
            (
                "GB_T 44137-2024高电能质量需求用户接入电网技术要求.pdf",
                "GB/T 44137-2024",
                "高电能质量需求用户接入电网技术要求",
            ),
            (
                "《35kV～220kV架空送电线路测量技术规程》（DL T 5146-2001）--过期 .pdf",
                "DLT 5146-2001",
                "35kV～220kV架空送电线路测量技术规程",
            ),
            (
                "《国内卫星通信地球站工程设计规范》（YD T 5050-2005）作废.pdf",
                "YD 5050-2005",
                "国内卫星通信地球站工程设计规范",
            ),
            (
                "DLT 5352-2018 高压配电装置设计规范 (高清无水印无广告版).pdf",
                "DL/T 5352-2018",
                "高压配电装置设计规范",
            ),
            (
                "GB 50005-2017《木结构设计标准》",
                "GB 50005-2017",
                "木结构设计标准",
            ),
            (
                "Q／GDW 11902-2018       光伏发电资源评估方法-.pdf",
                "Q/GDW 11902-2018",
                "光伏发电资源评估方法",
            ),
            (
                "QGDW-12438-2024-输变电工程施工BIM应用导则.pdf",
                "Q/GDW 12438—2024",
                "输变电工程施工BIM应用导则",
            ),
            (
                "1.8-《石油化工大型设备吊装工程规范》-GB-50798-2012.pdf",
                "GB 50798-2012",
                "石油化工大型设备吊装工程规范",
            ),
            (
                "《住宅设计规范》（GB 5096-2011）.pdf",
                "GB 50096-2011",
                "住宅设计规范",
            ),
            (
                "GB∕T 44260 2024《虚拟电厂资源配置与评估技术规范》",
                "GB/T 44260 2024",
                "虚拟电厂资源配置与评估技术规范",
            ),
            (
                "DL∕T  306.4_2010《1000kV变电站运行规程 第4部分：设备异常及事故处理》",
                "DL/T 306.4",
                "1000kV变电站运行规程 第4部分：设备异常及事故处理",
            ),
            (
                "DL∕T 5707-2024《电力工程电缆防火封堵施工工艺导则》 (2)",
                "DL/T 5707-2024",
                "电力工程电缆防火封堵施工工艺导则",
            ),
            (
                "GB 50487-2008《水利水电工程地质勘察规范》 (2022年版)",
                "GB 50487-2008",
                "水利水电工程地质勘察规范 (2022年版)",
            ),
            (
                "《岩土工程勘察规范》（ GB 50021 -2001）2009年版.pdf",
                "GB 50021-2001",
                "岩土工程勘察规范2009年版",
            ),
            (
                "GB 6451-2015 油浸式电力变压器技术参数和要求_T",
                "GB 6451-2015",
                "油浸式电力变压器技术参数和要求",
            ),
            (
                "GB50053-94《10KV及以下变电所设计规范.pdf",
                "GB50053-94",
                "10KV及以下变电所设计规范",
            ),
            (
                "GRI 418- Customer Privacy 2016 - Simplified Chinese.pdf",
                "GRI 418",
                "Customer Privacy 2016 - Simplified Chinese",
            ),
        ] {
            assert_eq!(title(raw, cell), expected, "{raw}");
        }
        assert_eq!(
            clean_title("GB 50054-2011 低压配电设计规范.pdf", "GB50054-2011").flags,
            [TextFlag::TitleNumberRemoved, TextFlag::TitleFromFileName]
        );
    }

    #[test]
    fn a_number_remnant_goes_back_to_the_number() {
        let read = clean_title("0032-2021 独立病理诊断中心/病理检验所能力评价标准", "T/CNMIA");
        assert_eq!(read.title, "独立病理诊断中心/病理检验所能力评价标准");
        assert_eq!(read.recovered_number.as_deref(), Some("T/CNMIA 0032-2021"));
        let read = clean_title("009-2024 《外墙尾矿微晶发泡陶瓷保温装饰板》", "T/XJCETS");
        assert_eq!(read.title, "外墙尾矿微晶发泡陶瓷保温装饰板");
    }

    #[test]
    fn a_displaced_t_goes_back_to_the_number() {
        let read = clean_title("GB 17468-2019 电力变压器选用导则∕T.pdf", "GB 17468-2019");
        assert_eq!(read.title, "电力变压器选用导则");
        assert_eq!(read.recovered_number.as_deref(), Some("GB/T 17468-2019"));
    }

    #[test]
    fn what_belongs_to_the_title_stays() {
        for (raw, cell) in [
            (
                "《专利密集型产品评价方法》国家标准第1号修改单",
                "GB/T 46961-2025/XG1-2026",
            ),
            ("板厚<3mm的圆孔和方孔筛板", "GB/T 10612-1989"),
            ("2-氰基-4-硝基-6-溴苯胺", "HG/T 5486-2018"),
            ("（出口商品）干货舱检验规程", "SN/T 0889-2000"),
            ("岩土工程勘察规范(2009 年版)", "GB 50021-2001"),
            ("用于GB/T 20234.3的直流充电系统", "GB/T 18487.5-2024"),
            ("3-110kV高压配电装置设计规程", "GB 50060-2008"),
            ("DL/T 860变电站配置工具技术规范", "DL/T 1913-2018"),
        ] {
            assert_eq!(
                clean_title(raw, cell),
                CleanTitle {
                    title: raw.to_owned(),
                    ..CleanTitle::default()
                }
            );
        }
    }

    #[test]
    fn lost_characters_are_flagged_not_guessed() {
        let read = clean_title("2829-2024 水泥烧成系统？平衡、？效率计算方法", "JC/T");
        assert_eq!(read.title, "水泥烧成系统？平衡、？效率计算方法");
        assert_eq!(read.flags, [TextFlag::TitleSuspect, TextFlag::TitleNumberRemoved]);
        let read = clean_title("521-2013 å± ä½\u{8f}å»ºç\u{ad}\u{91}", "DB64/");
        assert_eq!(read.title, "\u{fffd}住建筑");
        assert!(
            read.flags.contains(&TextFlag::TitleMojibakeRepaired)
                && read.flags.contains(&TextFlag::TitleSuspect)
        );
    }

    #[test]
    fn an_empty_title_is_flagged() {
        assert_eq!(clean_title("  ", "GB 1-2020").flags, [TextFlag::TitleEmpty]);
        assert_eq!(clean_title("", "").title, "");
    }

    #[test]
    fn books_are_known_by_their_number() {
        assert!(is_isbn("9787506678650") && is_isbn("9-787-5214-1575-9"));
        assert!(!is_isbn("GB 9787506678650") && !is_isbn("20253583-Z-604") && !is_isbn(""));
    }
}
