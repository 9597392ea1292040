//! Sixty cases of the grammar, each with its number; public origins are std.samr.gov.cn,
//! hbba.sacinfo.org.cn, ttbz.org.cn, qybz.org.cn and file names of open archives, the rest are forms the
//! rules on numbering allow.

use super::super::AdoptionDegree;
use super::{NumberFlag, StandardKind, StandardNumber, canonical};
use StandardKind::{Enterprise, Foreign, Group, Industry, Local, Metrology, National, Other};

/// Case, raw text, canonical form, kind.
const CASES: &[(u8, &str, &str, StandardKind)] = &[
    (1, "GB/T 1.1-2020", "GB/T 1.1-2020", National),
    (2, "GB/T 16733-1997", "GB/T 16733-1997", National),
    (3, "GB 32100-2015", "GB 32100-2015", National),
    (4, "GB/T 2260-2007", "GB/T 2260-2007", National),
    (5, "GB 2760-2024", "GB 2760-2024", National),
    (6, "GB 7718-2025", "GB 7718-2025", National),
    (7, "GB 12995-2006", "GB 12995-2006", National),
    (8, "GB 14866-2006", "GB 14866-2006", National),
    (9, "GB/T 20223-2006", "GB/T 20223-2006", National),
    (9, "GB/T 20223-2018", "GB/T 20223-2018", National),
    (10, "NB/T 20223-2013", "NB/T 20223-2013", Industry),
    (11, "GB/T 5606.1-2004", "GB/T 5606.1-2004", National),
    (12, "GB/T 20001.10-2014", "GB/T 20001.10-2014", National),
    (13, "GB/T4754-2002", "GB/T 4754-2002", National),
    (14, "GB/T 4754-2017", "GB/T 4754-2017", National),
    (15, "JB/T13368-2018", "JB/T 13368-2018", Industry),
    (15, "JBT 13368-2018", "JB/T 13368-2018", Industry),
    (15, "JBT13368-2018", "JB/T 13368-2018", Industry),
    (18, "AQ/T 2076—2020", "AQ/T 2076-2020", Industry),
    (19, "QB/T 1333-2018", "QB/T 1333-2018", Industry),
    (20, "QB/T5083-2017", "QB/T 5083-2017", Industry),
    (21, "HJ 1151-2020", "HJ 1151-2020", Industry),
    (22, "JR/T 0055.5-2009", "JR/T 0055.5-2009", Industry),
    (23, "LY/T 3146-2019", "LY/T 3146-2019", Industry),
    (24, "MH/T 4018.3-2004", "MH/T 4018.3-2004", Industry),
    (25, "RBT 2142017", "RB/T 214-2017", Industry),
    (26, "DB32/T 455-2017", "DB32/T 455-2017", Local),
    (27, "DB43/T 1999-2021", "DB43/T 1999-2021", Local),
    (28, "DB14/T 1421.3-2017", "DB14/T 1421.3-2017", Local),
    (29, "DB42/T 20892023", "DB42/T 2089-2023", Local),
    (30, "DB42 T 2089-2023", "DB42/T 2089-2023", Local),
    (31, "DB4403/T 164.1-2021", "DB4403/T 164.1-2021", Local),
    (32, "DB4403-T 164.1-2021", "DB4403/T 164.1-2021", Local),
    (33, "DB4403/T164.1—2021", "DB4403/T 164.1-2021", Local),
    (34, "DB37/T 4223.15-2023", "DB37/T 4223.15-2023", Local),
    (35, "T/GZAEPI 001-2018", "T/GZAEPI 001-2018", Group),
    (36, "Q/BJLLHD002-2017", "Q/BJLLHD002-2017", Enterprise),
    (37, "Q/320582LJT5-2014", "Q/320582LJT5-2014", Enterprise),
    (38, "Q/SRQ 0001S-2023", "Q/SRQ 0001S-2023", Enterprise),
    (39, "Q/LPG0001S-2017", "Q/LPG0001S-2017", Enterprise),
    (40, "Q/FAN19-2014", "Q/FAN19-2014", Enterprise),
    (40, "Q/LCB203-2014", "Q/LCB203-2014", Enterprise),
    (40, "Q/YQJY 003-2016", "Q/YQJY 003-2016", Enterprise),
    (41, "Q/GDW 73289.2-2026", "Q/GDW 73289.2-2026", Enterprise),
    (42, "q/gdw73289.2-2026", "Q/GDW73289.2-2026", Enterprise),
    (43, "YZB/国1548-2006", "YZB/国1548-2006", Other),
    (44, "GB 1234-88", "GB 1234-88", National),
    (
        45,
        "GB/T 19001-2016/ISO 9001:2015 IDT",
        "GB/T 19001-2016",
        National,
    ),
    (46, "ＧＢ／Ｔ １．１－２０２０", "GB/T 1.1-2020", National),
    (47, "gb/t 1.1–2020", "GB/T 1.1-2020", National),
    (48, "GBZ 2.1-2019", "GBZ 2.1-2019", National),
    (49, "GB/Z 18620.1-2002", "GB/Z 18620.1-2002", National),
    (50, "GB 7258-2017/XG1-2019", "GB 7258-2017/XG1-2019", National),
    (51, "GB 50011-2010（2016年版）", "GB 50011-2010", National),
    (52, "SN/T 0188-93", "SN/T 0188-93", Industry),
    (53, "CECS 220:2007", "CECS 220:2007", Group),
    (54, "JJG 596-2012", "JJG 596-2012", Metrology),
    (54, "JJF 1070-2019", "JJF 1070-2019", Metrology),
    (54, "JJF(苏) 123-2012", "JJF(苏) 123-2012", Metrology),
    (55, "DB/T 64-2016", "DB/T 64-2016", Industry),
    (56, "DB3205/T 1001-2020", "DB3205/T 1001-2020", Local),
    (57, "T/ZZB 0001-2015", "T/ZZB 0001-2015", Group),
    (57, "T/CSAE 53-2017", "T/CSAE 53-2017", Group),
    (57, "T/CECS 10001-2019", "T/CECS 10001-2019", Group),
    (58, "ISO/IEC 17025:2017", "ISO/IEC 17025:2017", Foreign),
    (58, "IEC 60335-1:2020", "IEC 60335-1:2020", Foreign),
    (58, "EN 71-3:2019+A1:2021", "EN 71-3:2019+A1:2021", Foreign),
    (58, "ASTM F963-17", "ASTM F963-17", Foreign),
    (
        59,
        "GB 4706.1-2005《家用和类似用途电器的安全》",
        "GB 4706.1-2005",
        National,
    ),
];

#[test]
fn cases_have_their_canonical_form_and_kind() {
    for (case, raw, expected, kind) in CASES {
        let number = StandardNumber::parse(raw);
        assert_eq!(number.canonical(), Some(*expected), "case {case}");
        assert_eq!(number.kind(), Some(*kind), "case {case}");
        assert_eq!(number.raw(), *raw, "case {case}");
    }
}

#[test]
fn canonical_forms_read_back_without_flags() {
    for (case, raw, ..) in CASES {
        let number = StandardNumber::parse(raw);
        let again = StandardNumber::parse(number.canonical().unwrap_or_default());
        assert_eq!(again.canonical(), number.canonical(), "case {case}");
        assert_eq!(again.key(), number.key(), "case {case}");
        assert_eq!(again.base(), number.base(), "case {case}");
        assert_eq!(again.kind(), number.kind(), "case {case}");
        assert_eq!(again.flags(), [], "case {case}");
    }
}

#[test]
fn cases_without_canonical_form() {
    let table: [(u8, &str, Option<StandardKind>, NumberFlag); 3] = [
        (16, "13368-2018", None, NumberFlag::BareNumber),
        (
            17,
            "JB/T 10750-2007、 JB/T 10751-2007",
            Some(Industry),
            NumberFlag::List,
        ),
        (60, "GB/T 5009.1～5009.3-2003", Some(National), NumberFlag::Range),
    ];
    for (case, raw, kind, flag) in table {
        let number = StandardNumber::parse(raw);
        assert_eq!(number.canonical(), None, "case {case}");
        assert_eq!(number.key(), None, "case {case}");
        assert_eq!(number.kind(), kind, "case {case}");
        assert_eq!(number.flags(), [flag], "case {case}");
        assert_eq!(number.to_string(), raw, "case {case}");
    }
}

#[test]
fn flags_of_the_cases() {
    let table: [(&str, &[NumberFlag]); 6] = [
        ("RBT 2142017", &[NumberFlag::Repaired]),
        ("DB42/T 20892023", &[NumberFlag::Repaired]),
        ("GB 50011-2010（2016年版）", &[NumberFlag::EditionNote]),
        (
            "GB 4706.1-2005《家用和类似用途电器的安全》",
            &[NumberFlag::TitleRemoved],
        ),
        ("JBT13368-2018", &[]),
        ("GB/T 19001-2016/ISO 9001:2015 IDT", &[]),
    ];
    for (raw, flags) in table {
        assert_eq!(StandardNumber::parse(raw).flags(), flags, "{raw}");
    }
}

#[test]
fn keys_join_the_spellings_and_nothing_else() {
    let key = |raw| StandardNumber::parse(raw).key().map(str::to_owned);
    assert_eq!(key("Q/LPG0001S-2017"), key("Q/LPG 0001S-2017"), "case 39");
    assert_eq!(key("q/gdw73289.2-2026"), key("Q/GDW 73289.2-2026"), "case 42");
    assert_eq!(key("SN/T 0188-93").as_deref(), Some("SN/T0188-1993"), "case 52");
    assert_eq!(key("CECS 220:2007").as_deref(), Some("CECS220-2007"), "case 53");
    assert_eq!(key("CECS 220:2007"), key("CECS 220-2007"), "case 53");
    assert_ne!(key("GB/T 20223-2013"), key("NB/T 20223-2013"), "case 10");
    assert_ne!(key("GBZ 2.1-2019"), key("GB/Z 2.1-2019"), "case 48");
    assert_ne!(key("DB/T 64-2016"), key("DB64/T 64-2016"), "case 55");
    let base = |raw| StandardNumber::parse(raw).base().map(str::to_owned);
    assert_eq!(base("GB/T 20223-2006"), base("GB/T 20223-2018"), "case 9");
    assert_eq!(base("GB/T 20223-2006").as_deref(), Some("GB/T20223"), "case 9");
}

#[test]
fn years_are_four_digits() {
    assert_eq!(StandardNumber::parse("GB 1234-88").year(), Some(1988), "case 44");
    assert_eq!(
        StandardNumber::parse("SN/T 0188-93").year(),
        Some(1993),
        "case 52"
    );
    assert_eq!(
        StandardNumber::parse("DB43/T 1999-2021").year(),
        Some(2021),
        "case 27"
    );
    assert_eq!(
        StandardNumber::parse("ASTM F963-17").year(),
        Some(2017),
        "case 58"
    );
    assert_eq!(StandardNumber::parse("GB/T 1.1").year(), None);
    assert_eq!(canonical("GB/T 1.1").as_deref(), Some("GB/T 1.1"));
}

#[test]
fn amendments_and_adopted_numbers() {
    let amendment = StandardNumber::parse("GB 7258-2017/XG1-2019");
    let amended = amendment.amends();
    assert_eq!(
        amended.as_ref().and_then(|number| number.canonical()),
        Some("GB 7258-2017"),
        "case 50"
    );
    assert_eq!(amendment.base(), Some("GB7258"), "case 50");
    assert_eq!(StandardNumber::parse("GB 7258-2017").amends(), None);
    for raw in [
        "GB/T 19001-2016/ISO 9001:2015 IDT",
        "GB/T 19001-2016/ISO 9001:2015, IDT",
        "GB/T 19001-2016（ISO 9001:2015，IDT）",
        "GB/T 19001—2016 idt ISO 9001：2015",
    ] {
        let number = StandardNumber::parse(raw);
        let adoption = number
            .adopts()
            .map(|adoption| (adoption.number.as_str(), adoption.degree));
        assert_eq!(
            adoption,
            Some(("ISO 9001:2015", Some(AdoptionDegree::Identical))),
            "case 45: {raw}"
        );
        assert_eq!(number.canonical(), Some("GB/T 19001-2016"), "case 45: {raw}");
        assert_eq!(number.flags(), [], "case 45: {raw}");
    }
}

#[test]
fn divisions_of_local_standards() {
    let table = [
        ("DB32/T 455-2017", Some("32")),
        ("DB4403/T 164.1-2021", Some("4403")),
        ("DB/T 64-2016", None),
    ];
    for (raw, region) in table {
        assert_eq!(StandardNumber::parse(raw).region_prefix(), region, "{raw}");
    }
}
