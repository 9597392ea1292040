//! Numbers as registers print them: csres.com, biaozhun.org, std.samr.gov.cn, file names of open archives.

use super::super::StandardNature;
use super::{NumberFlag, StandardKind, StandardNumber, canonical};
use StandardKind::{Enterprise, Foreign, Group, Industry, Local, Metrology, National, Other};

#[test]
fn printed_forms_have_one_canonical_form() {
    let table = [
        ("JJG (电子) 03006-1989", "JJG(电子) 03006-1989", Metrology),
        ("JJF(电子)0072-2021", "JJF(电子) 0072-2021", Metrology),
        ("JJG（渝）010-2017", "JJG(渝) 010-2017", Metrology),
        ("JJF（CR）032-2020", "JJF(CR) 032-2020", Metrology),
        ("JJF B 1233-1990", "JJF B 1233-1990", Metrology),
        ("JJFB1233-1990", "JJF B 1233-1990", Metrology),
        ("JJF 1347A-1990", "JJF 1347A-1990", Metrology),
        ("GB/T 39094-2020E", "GB/T 39094-2020E", National),
        ("农业部1485号公告-10-2010", "农业部1485号公告-10-2010", Industry),
        (
            "农业部公告第2122号-10.1-2014",
            "农业部2122号公告-10.1-2014",
            Industry,
        ),
        (
            "农业农村部公告第323号-27-2020",
            "农业农村部323号公告-27-2020",
            Industry,
        ),
        ("DB31/ 358-2006", "DB31/ 358-2006", Local),
        ("DB31/358-2006", "DB31/ 358-2006", Local),
        ("DB31 358-2006", "DB31/ 358-2006", Local),
        ("DG5325/T 58-2015", "DG5325/T 58-2015", Local),
        ("DBS31/ 2001-2012", "DBS31/ 2001-2012", Local),
        ("DBS15/003-2012", "DBS15/ 003-2012", Local),
        ("DB1509T0025-2024", "DB1509/T 0025-2024", Local),
        ("DB469022/T 1-2020", "DB469022/T 1-2020", Local),
        ("DB32_T 3700-2019", "DB32/T 3700-2019", Local),
        ("DB13(J)/T 264-2018", "DB13(J)/T 264-2018", Local),
        ("DB/T29-20-2017", "DB/T 29-20-2017", Local),
        ("SZDB/Z 103-2014", "SZDB/Z 103-2014", Local),
        ("SZJG19-2006", "SZJG 19-2006", Local),
        ("ZB B 23008-1985", "ZB B 23008-1985", Industry),
        ("ZBB04005-1986", "ZB B 04005-1986", Industry),
        ("ZB Y 244.3-1984", "ZB Y 244.3-1984", Industry),
        ("YBB00332002-2015", "YBB00332002-2015", Other),
        ("YBB 00012005-1-2015", "YBB00012005-1-2015", Other),
        ("CSM 01 01 02 02-2006", "CSM 01 01 02 02-2006", Other),
        ("CSM01010202-2006", "CSM 01 01 02 02-2006", Other),
        ("T/CNFMA B023-2022", "T/CNFMA B023-2022", Group),
        ("T/CHAS 10-3-5-2019", "T/CHAS 10-3-5-2019", Group),
        ("T/CMAM W9-2020", "T/CMAM W9-2020", Group),
        ("T/IAC CAMRA 9.9-2020", "T/IAC CAMRA 9.9-2020", Group),
        ("T/CECA-G0022-2019", "T/CECA-G 0022-2019", Group),
        ("T/SHV2X2-2025", "T/SHV2X 2-2025", Group),
        ("TCECS 720-2020", "T/CECS 720-2020", Group),
        ("T/CECS G:D20-01-2020", "T/CECS G:D20-01-2020", Group),
        ("LD/T02.5-2022", "LD/T 02.5-2022", Industry),
        ("JTG B01-2014", "JTG B01-2014", Industry),
        ("JTG/TD65-04-2007", "JTG/T D65-04-2007", Industry),
        ("JTG_T F20-2015", "JTG/T F20-2015", Industry),
        ("JTG/T 2182-2020", "JTG/T 2182-2020", Industry),
        ("CJJ_T 171-2012", "CJJ/T 171-2012", Industry),
        ("CJJ10-86", "CJJ 10-86", Industry),
        ("NB/SH/T0885-2014", "NB/SH/T 0885-2014", Industry),
        ("JB/ZQ 4000-2006", "JB/ZQ 4000-2006", Industry),
        ("HG 2-19885-1976", "HG 2-19885-1976", Industry),
        ("SJ 20/9-1990", "SJ 20/9-1990", Industry),
        ("SJ 20032/1-1994", "SJ 20032/1-1994", Industry),
        ("HJ/T 26-1999", "HJ/T 26-1999", Industry),
        ("GSB 04-3885-2021", "GSB 04-3885-2021", National),
        ("GB_50054-2011", "GB 50054-2011", National),
        ("GB T50046-2018", "GB/T 50046-2018", National),
        ("TSG 08-2017", "TSG 08-2017", Other),
        ("CNCA 05C-074-2006", "CNCA 05C-074-2006", Other),
        ("CNCA-CCER-01：2023", "CNCA-CCER-01:2023", Other),
        ("CETS—AG—03.01—V01—2024", "CETS-AG-03.01-V01-2024", Other),
        ("CHIV -19801-1982", "CHIV-19801-1982", Other),
        ("Q GDW 11838-2018", "Q/GDW 11838-2018", Enterprise),
        ("Q∕GDW 11148-2013", "Q/GDW 11148-2013", Enterprise),
        ("QGDW 12374-2023", "Q/GDW 12374-2023", Enterprise),
        ("Q/GDW15 001-2014-10501", "Q/GDW15 001-2014-10501", Enterprise),
        ("Q/GDW 46 10022.22-2020", "Q/GDW 46 10022.22-2020", Enterprise),
        ("Q/TNBE 1003S", "Q/TNBE 1003S", Enterprise),
        ("Q/32 0582 ABC 001-1999", "Q/32 0582 ABC 001-1999", Enterprise),
        ("IECTS63189-1:2023", "IEC TS 63189-1:2023", Foreign),
        ("BS EN ISO 9001:2015", "BS EN ISO 9001:2015", Foreign),
        ("DIN 7168-1991", "DIN 7168-1991", Foreign),
        ("JISB0601:2013", "JIS B0601:2013", Foreign),
        ("IEEE 1127-2013", "IEEE 1127-2013", Foreign),
        ("ITU-T G.652", "ITU-T G.652", Foreign),
        ("ISO 9001:2015/Amd 1:2024", "ISO 9001:2015/AMD 1:2024", Foreign),
    ];
    for (raw, expected, kind) in table {
        let number = StandardNumber::parse(raw);
        assert_eq!(number.canonical(), Some(expected), "{raw}");
        assert_eq!(
            (number.kind(), number.flags()),
            (Some(kind), [].as_slice()),
            "{raw}"
        );
        let again = StandardNumber::parse(expected);
        assert_eq!(
            (again.canonical(), again.key(), again.flags()),
            (Some(expected), number.key(), [].as_slice()),
            "{raw}"
        );
    }
}

#[test]
fn repaired_and_trimmed_forms_carry_flags() {
    use NumberFlag::{EditionNote, Joint, NoteRemoved, Repaired, TitleRemoved};
    let table: [(&str, &str, &[NumberFlag]); 19] = [
        ("GB/T 10471.2008", "GB/T 10471-2008", &[Repaired]),
        ("GB/T 44260 2024", "GB/T 44260-2024", &[Repaired]),
        ("GDW1738-2020", "Q/GDW1738-2020", &[Repaired]),
        ("DB31358-2006", "DB31/ 358-2006", &[Repaired]),
        ("Q/BALABALA 104-2022-", "Q/BALABALA 104-2022", &[NoteRemoved]),
        ("DL/T 5816-2020-v2", "DL/T 5816-2020", &[NoteRemoved]),
        ("GB 1095-1979（1990）", "GB 1095-1979", &[NoteRemoved]),
        ("标准编号：GB 1095-1979", "GB 1095-1979", &[NoteRemoved]),
        ("GB 51348-2019 高清版", "GB 51348-2019", &[TitleRemoved]),
        ("DLT 5149-2001 220-550", "DL/T 5149-2001", &[TitleRemoved]),
        ("GB 50053-94 10kV变电所", "GB 50053-94", &[TitleRemoved]),
        (
            "Q∕GDW 11148-2013分布式电源接入系统设计内容深度规定.pdf",
            "Q/GDW 11148-2013",
            &[TitleRemoved],
        ),
        (
            "《配电电缆线路试验规程》（Q GDW 11838-2018）.pdf",
            "Q/GDW 11838-2018",
            &[TitleRemoved, NoteRemoved],
        ),
        (
            "建筑抗震设计规范 GB 50011-2010（2016年版）",
            "GB 50011-2010",
            &[TitleRemoved],
        ),
        ("GB 50011—2010（2016 版）", "GB 50011-2010", &[EditionNote]),
        ("T/CAV 9-2020 T/CAS 9-2020", "T/CAV 9-2020", &[Joint]),
        ("T/CAV001-2023T/CAS713-2023", "T/CAV 001-2023", &[Joint]),
        ("LS/T 1301-2022 GC/T 1801-2022", "LS/T 1301-2022", &[Joint]),
        (
            "DB31/T 310023-2024 DB32/T 310023-2024",
            "DB31/T 310023-2024",
            &[Joint],
        ),
    ];
    for (raw, expected, flags) in table {
        let number = StandardNumber::parse(raw);
        assert_eq!(number.canonical(), Some(expected), "{raw}");
        assert_eq!(number.flags(), flags, "{raw}");
    }
}

#[test]
fn texts_that_name_no_single_standard() {
    use NumberFlag::{BareNumber, List, Malformed, NoSerial, PlanNumber, Range, Unrecognised};
    let table = [
        ("20253583-Z-604", None, PlanNumber),
        ("9787506678650", None, BareNumber),
        ("T/CIS", Some(Group), NoSerial),
        ("DB50/T", Some(Local), NoSerial),
        ("JJF(纺织)", Some(Metrology), NoSerial),
        ("Q/GDW", Some(Enterprise), NoSerial),
        ("T/SHV2X", Some(Group), NoSerial),
        ("GA 721.1～721.5-2007", Some(Industry), Range),
        ("DL/T 802.1～6-2007", Some(Industry), Range),
        ("GB 3100-3102-93", Some(National), Range),
        ("GB 1452～1453-1987 GB 1464-1987", Some(National), List),
        ("T/CAV 9-2020、T/CAS 9-2020", Some(Group), List),
        ("GB 4806.1-2016、4806.7-2016", Some(National), List),
        ("TM7-65, TM63-65", Some(Industry), List),
        ("GB 50741-201", Some(National), Malformed),
        ("GB/T 1234-20201", Some(National), Malformed),
        ("Q/GDW 11467.3-201", Some(Enterprise), Malformed),
        ("COVID-19", Some(Other), Malformed),
        ("SC10351018100068", Some(Industry), Malformed),
        ("变压器", None, Unrecognised),
        ("T/T付款", None, Unrecognised),
        ("", None, Unrecognised),
    ];
    for (raw, kind, flag) in table {
        let number = StandardNumber::parse(raw);
        assert_eq!(
            (number.canonical(), number.key(), number.base()),
            (None, None, None),
            "{raw}"
        );
        assert_eq!(
            (number.kind(), number.flags()),
            (kind, [flag].as_slice()),
            "{raw}"
        );
    }
}

#[test]
fn long_text_is_not_looked_at() {
    let number = StandardNumber::parse(&format!("GB 1-1990{}", "号".repeat(400)));
    assert_eq!(
        (number.canonical(), number.flags()),
        (None, [NumberFlag::TooLong].as_slice())
    );
}

#[test]
fn nature_follows_the_code() {
    use StandardNature::{Guidance, Mandatory, Recommended};
    let table = [
        ("GB 2760-2024", Some(Mandatory)),
        ("GB/T 1.1-2020", Some(Recommended)),
        ("GB/Z 18620.1-2002", Some(Guidance)),
        ("GBZ/T 325-2022", Some(Recommended)),
        ("HJ 1151-2020", Some(Mandatory)),
        ("NB/SH/T 0885-2014", Some(Recommended)),
        ("JB/ZQ 4000-2006", None),
        ("DB31/ 358-2006", Some(Mandatory)),
        ("SZDB/Z 103-2014", Some(Guidance)),
        ("T/CSAE 53-2017", None),
        ("Q/GDW 11148-2013", None),
    ];
    for (raw, nature) in table {
        assert_eq!(StandardNumber::parse(raw).nature(), nature, "{raw}");
    }
}

#[test]
fn edition_letters_and_notes() {
    let table = [
        ("GB/T 39094-2020E", "E"),
        ("GB/T 39094-2020MM", "MM"),
        ("JJG(交通)075-2010E", "E"),
    ];
    for (raw, letter) in table {
        assert_eq!(StandardNumber::parse(raw).edition_letter(), Some(letter), "{raw}");
    }
    let number = StandardNumber::parse("GB/T 39094-2020E");
    assert_eq!(
        (number.key(), number.base()),
        (Some("GB/T39094-2020E"), Some("GB/T39094"))
    );
    assert_eq!(
        StandardNumber::parse("GB 50011-2010（2016年版）").edition_note(),
        Some(2016)
    );
    assert_eq!(StandardNumber::parse("GB 50011-2010").edition_note(), None);
}

#[test]
fn amendments_in_words() {
    for raw in [
        "GB 7258-2017《第1号修改单》",
        "GB 7258-2017 第1号修改单",
        "GB 7258-2017（第一号修改单）",
        "GB 7258-2017/XG1",
    ] {
        assert_eq!(canonical(raw).as_deref(), Some("GB 7258-2017/XG1"), "{raw}");
    }
}

#[test]
fn codes_out_of_the_tables_are_accepted() {
    assert!(StandardNumber::parse("NB/T 20223-2013").prefix_known());
    for (raw, kind) in [
        ("SZ/T 1.1-2001", Industry),
        ("KY 1.1-1988", Industry),
        ("GRI 418", Other),
        ("GNZ 006.1-1982", Other),
    ] {
        let number = StandardNumber::parse(raw);
        assert_eq!(
            (number.canonical(), number.kind(), number.prefix_known()),
            (Some(raw), Some(kind), false),
            "{raw}"
        );
    }
}
