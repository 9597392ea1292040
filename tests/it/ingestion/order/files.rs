//! Composed lists of standards: real numbers of public registers, with invented rows that contradict each other.

use chrono::NaiveDate;
use proptest::prelude::*;

/// Numbers that the files speak of, each in the spellings that lists use.
const NUMBERS: [&[&str]; 24] = [
    &[
        "GB/T 1.1-2020",
        "GB/T1.1-2020",
        "gb/t 1.1—2020",
        "ＧＢ/Ｔ 1.1-2020",
    ],
    &["GB/T 1.1-2009", "GB/T 1.1－2009"],
    &["GB/T 1.1-2000"],
    &["GB 4404.2-2010", "GB4404.2-2010"],
    &["GB 4404.2-2026"],
    &["GB/T 2585-2007"],
    &["GB/T 2585-2021", "GB/T2585-2021"],
    &["GB/T 181-1963", "GB/T 181-63"],
    &["GB/T 183-1963"],
    &["JT/T 617.7-2018"],
    &["JT 617-2004", "JT617-2004"],
    &["DB11/T 3047-2025", "DB11/T3047-2025"],
    &["DB11/T 2025-2022"],
    &["DB32/T 4000-2021"],
    &["JJG 146-2011", "JJG146-2011"],
    &["JJG 146-2003"],
    &["JJF(电子)0072-2021", "JJF（电子）0072-2021"],
    &["T/CECS 10-2019"],
    &["GB/T 19001-2016/ISO 9001:2015"],
    &["GB/T 19001-2008"],
    &["GB 50555-2010"],
    &["GB 50010-2010/XG1-2024"],
    &["20253583-Z-604", "20253583－Z－604"],
    &["20250001-T-469"],
];
/// Titles of one length, longer ones, ones to be cleaned, and none.
const TITLES: [&str; 8] = [
    "",
    "电线电缆",
    "电线电覧",
    "电线电缆  识别标志方法",
    "《电线电缆识别标志方法》.pdf",
    "ç”µçº¿ç”µç¼†",
    "电线电缆识别标志方法 第1部分：一般规定",
    "電線電纜",
];
const STATUSES: [&str; 10] = [
    "",
    "现行",
    "即将实施",
    "被代替",
    "废止",
    "作废",
    "有更新版",
    "试行",
    "正在征求意见",
    "已发布",
];
const DATES: [&str; 9] = [
    "",
    "2010-01-01",
    "2010/1/1",
    "2021-07-01",
    "2026-12-31",
    "2027-04",
    "2019",
    "1900-01-01",
    "不详",
];
/// Days on which a row was read.
const READ: [&str; 5] = [
    "",
    "2026-03-02 12:26:52",
    "2026-03-02",
    "2025-12-31",
    "2026-06-30",
];
const CODES: [(&str, &str); 5] = [
    ("", ""),
    ("29.060.20", "K13"),
    ("29.060.20;13.220", "K13/K14"),
    ("01.120", "A00"),
    ("xx", "??"),
];
const BODIES: [&str; 5] = [
    "",
    "国家市场监督管理总局,国家标准化管理委员会",
    "国家市场监督管理总局",
    "天津市市场和质量监督.",
    "不知名的部门",
];
const SOURCES: [&str; 4] = ["", "openstd", "csres", "biaozhun"];

/// The choices of a row, each to be read modulo what there is to choose from.
type Choices = [u8; 10];

/// The forms of lists that are composed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csres,
    Biaozhun,
    Samr,
    Merged,
    Committee,
    Construction,
    Blocks,
}

const FORMS: [Form; 7] = [
    Form::Csres,
    Form::Biaozhun,
    Form::Samr,
    Form::Merged,
    Form::Committee,
    Form::Construction,
    Form::Blocks,
];

/// A list to take in.
#[derive(Debug, Clone)]
pub(super) struct File {
    form: Form,
    rows: Vec<Choices>,
    /// The day that is told beside the file.
    pub(super) as_of: Option<NaiveDate>,
    number: usize,
}

/// A few lists of a few rows.
pub(super) fn list_of_files() -> impl Strategy<Value = Vec<File>> {
    let rows = prop::collection::vec(prop::array::uniform10(any::<u8>()), 1..10);
    let file = (0..FORMS.len(), rows, 0..4_u32);
    prop::collection::vec(file, 1..7).prop_map(|files| {
        let files = files.into_iter().zip(1..);
        let mut files: Vec<File> = files
            .map(|((form, rows, day), number)| File {
                form: FORMS[form],
                rows,
                as_of: NaiveDate::from_ymd_opt(2026, 3, day),
                number,
            })
            .collect();
        // The first file once more, as of another day: rows that tell their own day are then read twice at one place.
        if let Some(first) = files.first().cloned() {
            files.push(File {
                as_of: NaiveDate::from_ymd_opt(2026, 4, 1),
                ..first
            });
        }
        files
    })
}

fn pick<'a>(choices: &[&'a str], choice: u8) -> &'a str {
    choices[usize::from(choice) % choices.len()]
}

impl File {
    pub(super) fn name(&self) -> String {
        format!("{:?}-{}.txt", self.form, self.number)
    }

    /// The same rows in two files that share some of them.
    pub(super) fn overlapping_halves(&self) -> [File; 2] {
        let (from, until) = (self.rows.len() / 3, self.rows.len() * 2 / 3 + 1);
        let half = |rows: &[Choices], number| File {
            rows: rows.to_vec(),
            number,
            ..self.clone()
        };
        [
            half(&self.rows[..until], self.number * 100 + 1),
            half(&self.rows[from.min(until - 1)..], self.number * 100 + 2),
        ]
    }

    pub(super) fn text(&self) -> String {
        let header = match self.form {
            Form::Csres => "std_num,title,department,implement_date,status,url,updated_at\n",
            Form::Biaozhun => {
                "标准编号,标准名称,标准状态,现行或作废,发布日期,实施日期,替代情况,中标分类,ICS分类,发布部门,detail_url,source_type\n"
            }
            Form::Committee => "标准编号,归口代号,归口单位,执行代号,执行单位,主管部门\n",
            Form::Construction => {
                "key,display_code,official_code,standard_name,year,status,effective_date,abolished_date,replaced_by,level,evidence_source\n"
            }
            Form::Samr | Form::Merged | Form::Blocks => "",
        };
        let rows: String = self.rows.iter().map(|row| self.row(row)).collect();
        format!("{header}{rows}")
    }

    fn row(&self, row: &Choices) -> String {
        let [
            number,
            spelling,
            title,
            status,
            issued,
            effective,
            other,
            link,
            read,
            more,
        ] = *row;
        let number = pick(NUMBERS[usize::from(number) % NUMBERS.len()], spelling);
        // Now and then a row that has no number, or a book's, and goes to quarantine.
        let number = match spelling {
            250 => "",
            251 => "ISBN 978-7-5066-0000-0",
            _ => number,
        };
        let (title, status) = (pick(&TITLES, title), pick(&STATUSES, status));
        let (issued, effective) = (pick(&DATES, issued), pick(&DATES, effective));
        let (ics, ccs) = CODES[usize::from(more) % CODES.len()];
        let (bodies, read) = (pick(&BODIES, more), pick(&READ, read));
        let succession = succession(other, link);
        match self.form {
            Form::Csres => csv(&[number, title, bodies, effective, status, "", read]),
            Form::Biaozhun => csv(&[
                number,
                title,
                status,
                "",
                issued,
                effective,
                &succession,
                ccs,
                ics,
                bodies,
                "",
                pick(&SOURCES, more),
            ]),
            Form::Committee => csv(&[number, "", title, "", bodies, bodies]),
            Form::Construction => {
                let newer = pick(NUMBERS[usize::from(other) % NUMBERS.len()], 0);
                csv(&[
                    "", number, number, title, "", status, effective, issued, newer, "", "",
                ])
            }
            Form::Samr => json(&[
                ("code", number),
                ("title", title),
                ("status", status),
                ("std_type_raw", "国家标准"),
                ("crawled_at", read),
            ]),
            Form::Merged => json(&[
                ("code", number),
                ("name", title),
                ("publisher", bodies),
                ("implement_date", effective),
                ("status", status),
                ("replacement_raw", &succession),
                ("ics", ics),
                ("ccs", ccs),
                ("publish_date", issued),
                ("source_type", pick(&SOURCES, more)),
            ]),
            Form::Blocks => format!(
                "标准名称 ：{title}\n标准编号 ：{number}\n标准状态 ：{status}\n替代情况 ：{succession}\n中标分类 ：{ccs}\n\
                 ICS分类 ：{ics}\n发布部门 ：{bodies}\n发布日期 ：{issued}\n实施日期 ：{effective}\n\n"
            ),
        }
    }
}

/// A remark on succession in one direction, the other, both, in part, or none.
fn succession(other: u8, link: u8) -> String {
    let one = pick(NUMBERS[usize::from(other) % NUMBERS.len()], link);
    let two = pick(NUMBERS[usize::from(other.wrapping_add(7)) % NUMBERS.len()], 0);
    match link % 9 {
        1 => format!("代替{one}"),
        2 => format!("被{one}代替"),
        3 => format!("代替{one}被{two}代替"),
        4 => format!("代替{one}(部分)"),
        5 => format!("部分代替{one}、{two}"),
        6 => format!("代替{one},{two}主管部门：国家标准化管理委员会"),
        7 => "标准类别：计量检定规程".to_owned(),
        8 => one.to_owned(),
        _ => String::new(),
    }
}

fn csv(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    format!("{}\n", quoted.join(","))
}

fn json(cells: &[(&str, &str)]) -> String {
    let object: serde_json::Map<String, serde_json::Value> = cells
        .iter()
        .map(|(name, cell)| ((*name).to_owned(), (*cell).into()))
        .collect();
    format!("{}\n", serde_json::Value::Object(object))
}
