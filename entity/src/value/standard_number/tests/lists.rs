//! Fields with several numbers, as the columns of replaced standards print them.

use super::super::split_list;

fn shown(text: &str) -> Vec<String> {
    split_list(text).iter().map(ToString::to_string).collect()
}

#[test]
fn lists_are_split() {
    let table: [(&str, &[&str]); 14] = [
        (
            "JB/T 10750-2007、 JB/T 10751-2007",
            &["JB/T 10750-2007", "JB/T 10751-2007"],
        ),
        ("GB/T 31422-2015,", &["GB/T 31422-2015"]),
        (
            "代替GB 5908-2005,GB/T 13347-2010",
            &["GB 5908-2005", "GB/T 13347-2010"],
        ),
        (
            "JJG(轻工)9-1989;JJG(轻工)10-1990",
            &["JJG(轻工) 9-1989", "JJG(轻工) 10-1990"],
        ),
        (
            "T/SDIE 1-2025 T/SDII 10-2025",
            &["T/SDIE 1-2025", "T/SDII 10-2025"],
        ),
        (
            "T/CAV001-2023T/CAS713-2023",
            &["T/CAV 001-2023", "T/CAS 713-2023"],
        ),
        ("GB 1-1990GB/T 2-1991", &["GB 1-1990", "GB/T 2-1991"]),
        ("GB 1-1990,2-1991", &["GB 1-1990", "GB 2-1991"]),
        (
            "GB/T 5009.1-2003、5009.2-2003",
            &["GB/T 5009.1-2003", "GB/T 5009.2-2003"],
        ),
        (
            "GB 4706.1-2005《安全、通用要求》、GB 4706.2-2007",
            &["GB 4706.1-2005", "GB 4706.2-2007"],
        ),
        (
            "GB 1452～1453-1987 GB 1464-1987",
            &["GB 1452～1453-1987", "GB 1464-1987"],
        ),
        ("T/CAV 9-2020, 13368-2018", &["T/CAV 9-2020", "13368-2018"]),
        (
            "GB/T 1.1-2020\nGB/T 1.2-2020\r\n",
            &["GB/T 1.1-2020", "GB/T 1.2-2020"],
        ),
        ("无", &[]),
    ];
    for (raw, expected) in table {
        assert_eq!(shown(raw), expected, "{raw}");
    }
}

#[test]
fn abbreviated_member_reads_back_from_its_raw_text() {
    let numbers = split_list("GB 1-1990,2-1991");
    let raws: Vec<&str> = numbers.iter().map(|number| number.raw()).collect();
    assert_eq!(raws, ["GB 1-1990", "GB 2-1991"]);
}
