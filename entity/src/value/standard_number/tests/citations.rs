//! Numbers in prose, and what must not be taken for one. Composed sentences around real numbers.

use super::super::find_citations;

fn shown(text: &str) -> Vec<String> {
    find_citations(text)
        .iter()
        .map(|citation| citation.number.to_string())
        .collect()
}

#[test]
fn prose_is_read() {
    let text = "本产品执行ＧＢ／Ｔ １９００１－２０１６、GB4706.1—2005和GBT 1.1-2020，参照JBT13368-2018；ga 420—2021，\
                DB32T 4000-2021、Q/320582LJT5-2014及 T/CSAE 53-2017。";
    let expected = [
        "GB/T 19001-2016",
        "GB 4706.1-2005",
        "GB/T 1.1-2020",
        "JB/T 13368-2018",
        "GA 420-2021",
        "DB32/T 4000-2021",
        "Q/320582LJT5-2014",
        "T/CSAE 53-2017",
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn ranges_cover_the_number_only() {
    let text = "按ＧＢ　２７６０—２０２４，及GB/T 2828.1-2012/ISO 2859-1:1999。";
    let slices: Vec<_> = find_citations(text)
        .iter()
        .map(|citation| text.get(citation.start..citation.end))
        .collect();
    assert_eq!(
        slices,
        [
            Some("ＧＢ　２７６０—２０２４"),
            Some("GB/T 2828.1-2012/ISO 2859-1:1999")
        ]
    );
}

#[test]
fn texts_with_numbers() {
    let table: [(&str, &[&str]); 14] = [
        (
            "GB 4806.1-2016、4806.7-2016、 4806.9-2016",
            &["GB 4806.1-2016", "GB 4806.7-2016", "GB 4806.9-2016"],
        ),
        ("GB 4806.1-2016, 4806.7-2016", &["GB 4806.1-2016"]),
        ("GB 7258-2017/XG1-2019的规定", &["GB 7258-2017/XG1-2019"]),
        (
            "\"GB/T 1.1-2020\",\"标准化\",\"GB 2760-2024\"",
            &["GB/T 1.1-2020", "GB 2760-2024"],
        ),
        (
            "GB/T 1.1-2020\nGB/T 1.2-2020\n",
            &["GB/T 1.1-2020", "GB/T 1.2-2020"],
        ),
        (
            "GB/T 19001-2016《质量管理体系》、GB/T 24001-2016《环境》",
            &["GB/T 19001-2016", "GB/T 24001-2016"],
        ),
        (
            "代替GB/T 6721-1986被GB/T 1-2020代替",
            &["GB/T 6721-1986", "GB/T 1-2020"],
        ),
        ("符合GB 2760的规定", &["GB 2760"]),
        ("GB/T\n19001-2016", &["GB/T 19001-2016"]),
        ("http://a.cn/GB_T_10801.1-2025.pdf", &["GB/T 10801.1-2025"]),
        ("农业部1485号公告-10-2010的方法", &["农业部1485号公告-10-2010"]),
        (
            "YZB/国1548-2006；Q GDW 11838-2018",
            &["YZB/国1548-2006", "Q/GDW 11838-2018"],
        ),
        (
            "ISO 9001认证，EN 71-3:2019+A1:2021",
            &["ISO 9001", "EN 71-3:2019+A1:2021"],
        ),
        ("GB/T 5009.1～5009.3-2003", &["GB/T 5009.1～5009.3-2003"]),
    ];
    for (text, expected) in table {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn ordinary_prose_has_no_numbers() {
    let table = [
        "A4-2020年",
        "COVID-19",
        "T/T付款",
        "0512-58221234",
        "13800138000",
        "2020-01-01",
        "M8-1.25",
        "SF6断路器",
        "iPhone 12-2020",
        "CAS 7732-18-5",
        "SC10351018100068",
        "JB 12-50型",
        "TB 500",
        "QB 1000-2000kg",
        "B2B 2020",
        "合同HT-2020-001",
        "AB/C 12-2020",
        "T-shirt 2020",
        "GB/T",
        "国办发〔2019〕5号",
        "13368-2018",
        "16GB内存",
        "N/A",
        "20253583-Z-604",
        "97年GB",
        "XGB 1-1990",
    ];
    for text in table {
        assert_eq!(shown(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_across_the_windows_are_found_once() {
    let text = "按GB/T 19001-2016，".repeat(5_000);
    let citations = find_citations(&text);
    assert_eq!(citations.len(), 5_000);
    assert!(
        citations
            .iter()
            .all(|citation| text.get(citation.start..citation.end) == Some("GB/T 19001-2016"))
    );
}
