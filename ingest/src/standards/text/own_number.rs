//! The row's own number in its title.

use entity::value::{StandardNumber, find_citations};

use super::markup::{fold_width, is_han};

/// Takes the row's own number off the front (`GB 50054-2011 低压配电设计规范`) or off the end in brackets
/// (`《供配电系统设计规范》（GB50052-2009）`). Another number in front belongs to the title: a book about a standard.
pub fn without_number(title: &str, own: &StandardNumber) -> Option<String> {
    let rest = cited_in_front(title, own).or_else(|| spelled_in_front(title, own));
    match rest {
        Some(rest) => Some(without_year(rest).to_owned()).filter(|rest| !rest.is_empty()),
        None => cited_at_end(title, own),
    }
}

fn is_joint(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '—' | '：' | ':' | '_')
}

/// The rest behind a number, without the marks between and without a year that was parted from the number:
/// `GB∕T 44260 2024《…》`, `QGDW 11873—2024 …` in a row that knows no year.
fn without_year(rest: &str) -> &str {
    let is_dashed = rest.starts_with(|c: char| is_joint(c) && !c.is_whitespace());
    let rest = rest.trim_start_matches(is_joint);
    let parted = rest.split_at_checked(4).filter(|(year, behind)| {
        let is_year =
            (year.starts_with("19") || year.starts_with("20")) && year.chars().all(|c| c.is_ascii_digit());
        is_year && (behind.starts_with('《') || (is_dashed && behind.starts_with(' ')))
    });
    parted.map_or(rest, |(_, behind)| behind.trim_start())
}

/// The `T` of `GB/T` at the end of a title: file names cannot hold the slash, and some archives write
/// `GB 17468-2019 电力变压器选用导则∕T` for GB/T 17468-2019. Gives the title without it.
pub fn without_displaced_t(title: &str) -> Option<&str> {
    let before = title.strip_suffix('T')?;
    let bare = before.trim_end_matches(['/', '∕', '／', '_', ' ']);
    (bare.len() < before.len() || bare.ends_with(is_han)).then_some(bare)
}

/// The number with the `/T` that was displaced, if it lacks it.
pub fn with_displaced_t(own: &StandardNumber) -> Option<String> {
    own.canonical()?
        .strip_prefix("GB ")
        .map(|serial| format!("GB/T {serial}"))
}

fn cited_in_front<'t>(title: &'t str, own: &StandardNumber) -> Option<&'t str> {
    let front = find_citations(title)
        .into_iter()
        .next()
        .filter(|citation| citation.start == 0)?;
    let (_, rest) = title.split_at_checked(front.end)?;
    is_same(&front.number, own).then_some(rest)
}

/// The number without regard to its marks: `QGDW-12438-2024-` is Q/GDW 12438-2024.
fn spelled_in_front<'t>(title: &'t str, own: &StandardNumber) -> Option<&'t str> {
    let mut wanted = own.key()?.chars().filter(|c| c.is_alphanumeric()).peekable();
    let mut end = 0;
    for (at, c) in title.char_indices() {
        let Some(next) = wanted.peek() else {
            break;
        };
        let same = fold_width(c.encode_utf8(&mut [0; 4]))
            .chars()
            .all(|folded| folded.to_ascii_uppercase() == *next);
        if same {
            wanted.next();
        } else if c.is_alphanumeric() {
            return None;
        }
        end = at + c.len_utf8();
    }
    let (_, rest) = title.split_at_checked(end)?;
    (wanted.peek().is_none() && !rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(rest)
}

fn cited_at_end(title: &str, own: &StandardNumber) -> Option<String> {
    let citations = find_citations(title);
    let last = citations.last().filter(|last| last.start > 0)?;
    let (before, from) = title.split_at_checked(last.start)?;
    let before = before.trim_end().strip_suffix(['(', '（'])?.trim_end();
    let behind = from
        .split_at_checked(last.end - last.start)?
        .1
        .trim_start()
        .strip_prefix([')', '）'])?;
    (is_same(&last.number, own) && !before.is_empty()).then(|| format!("{before}{}", behind.trim_end()))
}

/// Whether two writings mean one series; YD and YD/T of one serial do, and so do two years (a file name may be older
/// than its row). A row without a number takes any.
fn is_same(found: &StandardNumber, own: &StandardNumber) -> bool {
    let series = |number: &StandardNumber| number.base().map(|base| base.replace("/T", "").replace("/Z", ""));
    series(own).is_none_or(|own| series(found) == Some(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(title: &str, own: &str) -> Option<String> {
        without_number(title, &StandardNumber::parse(own))
    }

    #[test]
    fn the_own_number_goes() {
        for (title, own, expected) in [
            (
                "GB 50054-2011 低压配电设计规范",
                "GB50054-2011",
                "低压配电设计规范",
            ),
            (
                "GB 7064-2008透平型同步电机技术要求",
                "GB/T 7064-2008",
                "透平型同步电机技术要求",
            ),
            (
                "QGDW 12374-2023 输变电工程施工技术管理规程",
                "Q/GDW 12374-2023",
                "输变电工程施工技术管理规程",
            ),
            (
                "GB_50007-2011《建筑地基基础设计规范》",
                "GB 50007-2011",
                "《建筑地基基础设计规范》",
            ),
            (
                "《建筑抗震设计规范》（GB 50011-2010）作废",
                "GB 50011-2010",
                "《建筑抗震设计规范》作废",
            ),
            ("DL∕T 306.4_2010《运行规程》", "DL/T 306.4", "《运行规程》"),
            (
                "QGDW 11873—2024 输变电工程施工图预算",
                "QGDW 11873",
                "输变电工程施工图预算",
            ),
            ("GB 1-2020 2024 年度规划", "GB 1-2020", "2024 年度规划"),
        ] {
            assert_eq!(rest(title, own).as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for (title, own) in [
            ("GB 38900-2020 机动车安全技术检验项目和方法实施指南", "GB 1-2020"),
            ("DL/T 860变电站配置工具技术规范", "DL/T 1913-2018"),
            ("用于GB/T 20234.3的直流充电系统（GB/T 1-2020）", "GB/T 2-2020"),
            ("GB 50054-2011", "GB 50054-2011"),
            ("", "GB 50054-2011"),
        ] {
            assert_eq!(rest(title, own), None, "{title}");
        }
    }

    #[test]
    fn a_displaced_t_is_found() {
        assert_eq!(
            without_displaced_t("电力变压器选用导则∕T"),
            Some("电力变压器选用导则")
        );
        assert_eq!(
            without_displaced_t("油浸式电力变压器技术参数和要求_T"),
            Some("油浸式电力变压器技术参数和要求")
        );
        assert_eq!(
            without_displaced_t("光伏发电站无功补偿技术规范T"),
            Some("光伏发电站无功补偿技术规范")
        );
        assert_eq!(without_displaced_t("电子表 SMART"), None);
        assert_eq!(
            with_displaced_t(&StandardNumber::parse("GB 17468-2019")).as_deref(),
            Some("GB/T 17468-2019")
        );
        assert_eq!(with_displaced_t(&StandardNumber::parse("GB/T 17468-2019")), None);
    }
}
