//! Remarks about a copy of a standard that lists and file names write behind the title.

/// Words for the quality of a copy, its origin or its state, as seen in file names and at bzfxw.com. 附条文说明 alone may
/// belong to the printed title.
const COPY_WORDS: [&str; 24] = [
    "高清晰版",
    "高清版",
    "超清版",
    "清晰版",
    "标准版",
    "正式版",
    "无水印版",
    "无广告版",
    "新版",
    "附条文说明",
    "建设部发布公告",
    "发布公告",
    "无水印",
    "无广告",
    "高清晰",
    "高清",
    "超清",
    "清晰",
    "扫描",
    "最新",
    "年版",
    "版",
    "过期",
    "试读",
];

/// State words that people add behind a file name; the state of the standard comes from elsewhere.
const STATE_WORDS: [&str; 5] = ["过期", "作废", "废止", "废除", "最新"];

/// The title without such remarks, if it has any. `（2016年版）` names a partial revision when it differs from the year
/// of the number (GB 50021-2001 岩土工程勘察规范(2009年版)) and stays; with the number's own year it says nothing.
pub fn without_copy_notes(title: &str, year: Option<u16>) -> Option<String> {
    let mut rest = title;
    while let Some(shorter) = without_bracket(rest, year).or_else(|| without_word(rest)) {
        rest = shorter;
    }
    (rest.len() < title.len() && !rest.is_empty()).then(|| rest.to_owned())
}

fn without_bracket(title: &str, year: Option<u16>) -> Option<&str> {
    let inner = title.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let (before, note) = inner.split_at_checked(open)?;
    let note = note.trim_start_matches(['(', '（']);
    let is_counter = note.len() == 1
        && note.starts_with(|c: char| c.is_ascii_digit())
        && before.trim_end().ends_with('》');
    (is_counter || is_copy_note(note, year)).then(|| before.trim_end())
}

fn is_copy_note(note: &str, year: Option<u16>) -> bool {
    let year = year.map(|year| year.to_string());
    let mut rest = note.trim();
    while !rest.is_empty() {
        let own_year = year.as_deref().and_then(|year| rest.strip_prefix(year));
        let shorter = own_year.or_else(|| COPY_WORDS.iter().find_map(|word| rest.strip_prefix(word)));
        let Some(shorter) = shorter else {
            return false;
        };
        rest = shorter.trim_start();
    }
    !matches!(note.trim(), "" | "附条文说明")
}

/// A state word counts only behind a closing bracket or a dash: titles end in 废止 too.
fn without_word(title: &str) -> Option<&str> {
    let before = STATE_WORDS.iter().find_map(|word| title.strip_suffix(word))?;
    let bare = before.trim_end_matches([' ', '-', '—']);
    (bare.ends_with(['》', ')', '）']) || bare.len() + 1 < before.len()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_about_the_copy_go() {
        for (title, year, expected) in [
            ("光伏发电站施工规范（高清晰版）", 2012, "光伏发电站施工规范"),
            (
                "民用建筑电气设计标准（高清晰版附条文说明）",
                2019,
                "民用建筑电气设计标准",
            ),
            (
                "民用建筑电气设计标准（建设部发布公告）",
                2019,
                "民用建筑电气设计标准",
            ),
            (
                "器具开关 第1部分：通用要求（2020版）",
                2020,
                "器具开关 第1部分：通用要求",
            ),
            (
                "分布式储能集中监控系统技术规范（最新高清2023）",
                2023,
                "分布式储能集中监控系统技术规范",
            ),
            (
                "电力需求响应监测与评价导则（超清版2024）",
                2024,
                "电力需求响应监测与评价导则",
            ),
            (
                "高压配电装置设计规范 (高清无水印无广告版)",
                2018,
                "高压配电装置设计规范",
            ),
            (
                "《建筑电气工程施工质量验收规范》废止",
                2002,
                "《建筑电气工程施工质量验收规范》",
            ),
            (
                "《电力工程电缆防火封堵施工工艺导则》 (2)",
                2024,
                "《电力工程电缆防火封堵施工工艺导则》",
            ),
            (
                "《架空送电线路测量技术规程》--过期",
                2001,
                "《架空送电线路测量技术规程》",
            ),
        ] {
            assert_eq!(
                without_copy_notes(title, Some(year)).as_deref(),
                Some(expected),
                "{title}"
            );
        }
    }

    #[test]
    fn what_names_an_edition_or_the_subject_stays() {
        for (title, year) in [
            ("岩土工程勘察规范(2009年版)", 2001),
            ("光伏(PV)系统电网接口特性", 2006),
            ("钢筋阻锈剂使用技术规程(附条文说明)", 1998),
            ("包装 方法(2)", 1998),
            ("电平振荡器(试行)", 1988),
            ("产品报废与废止", 2010),
            ("(2016年版)", 2016),
            ("()", 2016),
            ("", 2016),
        ] {
            assert_eq!(without_copy_notes(title, Some(year)), None, "{title}");
        }
    }
}
