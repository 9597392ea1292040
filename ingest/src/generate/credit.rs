//! Credit records of enterprises that do not exist: decisions of both generations, lists, repairs, risk classes.
//!
//! How often each happens is an assumption. Names of organs are those of the region with 编造 in them, and there is no natural
//! person. The streams of chance are apart from those of declarations, so that neither changes the other.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::chance::Chance;
use super::credit_file::CreditFile;
use super::enterprise::Enterprise;
use super::side_files::SideRow;

/// Of 1,000 enterprises, how many have a penalty; one in three of these has a second.
const PENALISED: u32 = 120;
/// How many have a licence.
const LICENSED: u32 = 250;
/// How many were on the list of abnormal operation, and on that of serious violations.
const ABNORMAL: u32 = 60;
const SERIOUS: u32 = 8;
/// Of 1,000 penalties and listings that are old enough, how many are repaired or left again.
const LEFT: u32 = 450;
/// Of 1,000 penalties, how many are withdrawn later.
const WITHDRAWN: u32 = 60;
/// Of 1,000 decisions, how many have each fault.
const FAULTY: u32 = 10;
/// Risk classes and how often each is given.
const CLASSES: [(&str, u32); 4] = [("A", 60), ("B", 27), ("C", 10), ("D", 3)];
/// Months for which risk classes are given.
const MONTHS: u32 = 3;

/// A row of credit records.
pub type CreditRow = SideRow<CreditFile>;

/// The violations, and how a decision on each is worded: type, facts, basis, kinds, content, the fine in 万元, confiscated.
const VIOLATIONS: [[&str; 7]; 6] = [
    [
        "虚假宣传",
        "网页所载性能指标与检验结果不符",
        "中华人民共和国广告法",
        "罚款",
        "罚款2000元",
        "0.2",
        "",
    ],
    [
        "产品质量不合格",
        "销售的产品经检验不合格",
        "中华人民共和国产品质量法",
        "罚款、没收违法所得",
        "罚款35000元，没收违法所得1250.5元",
        "3.5",
        "0.12505",
    ],
    [
        "未按标准组织生产",
        "产品不符合其公开的企业标准",
        "中华人民共和国标准化法",
        "警告、罚款",
        "警告，罚款5000元",
        "0.5",
        "",
    ],
    [
        "使用未经检定的计量器具",
        "在用衡器超过检定周期",
        "中华人民共和国计量法",
        "警告",
        "警告",
        "",
        "",
    ],
    [
        "未标注商品条码",
        "预包装商品未标注商品条码",
        "商品条码管理办法",
        "通报批评",
        "通报批评",
        "",
        "",
    ],
    [
        "无证生产",
        "未取得许可证生产列入目录的产品",
        "中华人民共和国工业产品生产许可证管理条例",
        "罚款、吊销许可证件",
        "罚款120000元，吊销许可证",
        "12",
        "",
    ],
];

/// The records of one enterprise until a day.
pub(super) struct Writer<'a> {
    pub(super) enterprise: &'a Enterprise,
    pub(super) until: NaiveDate,
    pub(super) chance: Chance,
    pub(super) rows: Vec<CreditRow>,
}

impl Writer<'_> {
    /// All of its records.
    pub(super) fn write(mut self) -> Vec<CreditRow> {
        if self.chance.per_mille(LICENSED) {
            self.licence();
        }
        if self.chance.per_mille(PENALISED) {
            for number in 0..1 + u32::from(self.chance.below(3) == 0) {
                self.penalty(number);
            }
        }
        if self.chance.per_mille(ABNORMAL) {
            self.listing(CreditFile::Abnormal, "通过登记的住所或者经营场所无法联系的");
        }
        if self.chance.per_mille(SERIOUS) {
            self.listing(CreditFile::Serious, "生产不符合安全标准的产品，情节严重");
        }
        self.ratings();
        self.rows
    }

    fn organ(&self) -> String {
        format!("{}编造市场监督管理局", self.enterprise.region.name)
    }

    /// A day of the last five years, or of the enterprise's life where that is shorter.
    fn day(&mut self) -> NaiveDate {
        let life = (self.until - self.enterprise.founded).num_days().clamp(1, 1800);
        let back = self.chance.below(u32::try_from(life).unwrap_or(1));
        self.until
            .checked_sub_days(Days::new(back.into()))
            .unwrap_or(self.until)
    }

    /// A day so many days after another at most, and not behind the end.
    fn later(&mut self, day: NaiveDate, most: u32) -> NaiveDate {
        let ahead = self.chance.between(1, most);
        let later = day.checked_add_days(Days::new(ahead.into())).unwrap_or(day);
        later.min(self.until)
    }

    fn named(&self, day: NaiveDate) -> [String; 2] {
        let enterprise = self.enterprise;
        [enterprise.credit_code.clone(), enterprise.name_on(day).to_owned()]
    }

    fn penalty(&mut self, number: u32) {
        let decided = self.day();
        let [code, name] = self.named(decided);
        let [kind, facts, basis, kinds, content, fine, confiscated] =
            self.chance.pick(&VIOLATIONS).copied().unwrap_or_default();
        let serial = self.enterprise.number * 4 + number + 1;
        let (organ, region) = (self.organ(), self.enterprise.region.code.to_owned());
        let document = format!("编造市监处罚〔{}〕{serial}号", decided.year());
        let published = self.later(decided, 9);
        let deadline = published.checked_add_months(Months::new(36)).unwrap_or(published);
        if self.chance.below(4) == 0 {
            let updated = format!("{published} 09:30:00");
            self.push(
                CreditFile::OldPenalties,
                [
                    &name,
                    &code,
                    &document,
                    kind,
                    kinds,
                    facts,
                    basis,
                    content,
                    &decided.to_string(),
                    &organ,
                    "0",
                    &region,
                    &updated,
                ],
            );
        } else {
            let cells = [
                &name,
                "法人及非法人组织",
                &code,
                &document,
                kind,
                facts,
                basis,
                kinds,
                content,
                fine,
                confiscated,
                &decided.to_string(),
                &published.to_string(),
                &deadline.to_string(),
                &organ,
                &region,
                "",
                "",
            ];
            self.push(CreditFile::Penalties, cells);
            self.plant();
            if self.chance.per_mille(WITHDRAWN) {
                let mut taken_back = cells.map(str::to_owned).to_vec();
                for (place, word) in taken_back.iter_mut().rev().zip(["决定被撤销", "DELETE"]) {
                    word.clone_into(place);
                }
                self.rows.push((CreditFile::Withdrawn, taken_back));
            }
        }
        let half_year = decided.checked_add_months(Months::new(6)).unwrap_or(decided);
        if half_year < self.until && self.chance.per_mille(LEFT) {
            let target = ["行政处罚", &document, &decided.to_string(), "", ""];
            self.repair(&code, &name, target, half_year);
        }
    }

    fn repair(&mut self, code: &str, name: &str, target: [&str; 5], from: NaiveDate) {
        let applied = self.later(from, 200);
        let accepted = self.later(applied, 2);
        let decided = self.later(accepted, 20);
        let result = if self.chance.below(5) == 0 {
            "不予修复"
        } else {
            "准予修复"
        };
        let (organ, region) = (self.organ(), self.enterprise.region.code);
        let [target, document, penalty_day, listed, reason] = target;
        self.push(
            CreditFile::Repairs,
            [
                code,
                name,
                target,
                document,
                penalty_day,
                listed,
                reason,
                &applied.to_string(),
                &accepted.to_string(),
                &decided.to_string(),
                result,
                &organ,
                region,
            ],
        );
    }

    fn licence(&mut self) {
        let decided = self.day();
        let [code, name] = self.named(decided);
        let until = decided.checked_add_months(Months::new(60)).unwrap_or(decided);
        let serial = self.enterprise.number + 1;
        let status = if self.chance.below(20) == 0 { "注销" } else { "0" };
        let (organ, region) = (self.organ(), self.enterprise.region.code);
        let day = decided.to_string();
        self.push(
            CreditFile::Licences,
            [
                &name,
                "法人及非法人组织",
                &code,
                "工业产品生产许可决定书",
                &format!("编造市监许可〔{}〕{serial}号", decided.year()),
                "普通",
                "全国工业产品生产许可证",
                &format!("XK00-000-{serial:05}"),
                "生产许可",
                &day,
                &day,
                &until.to_string(),
                &organ,
                status,
                region,
            ],
        );
    }

    fn listing(&mut self, file: CreditFile, reason: &str) {
        let listed = self.day();
        let [code, name] = self.named(listed);
        let organ = self.organ();
        let removed = self.chance.per_mille(LEFT).then(|| self.later(listed, 700));
        let told = removed.map(|day| day.to_string()).unwrap_or_default();
        let (why, by) = if removed.is_some() {
            ("已改正", organ.as_str())
        } else {
            ("", "")
        };
        let region = self.enterprise.region.code;
        self.push(
            file,
            [
                &code,
                &name,
                reason,
                &listed.to_string(),
                &organ,
                &told,
                why,
                by,
                region,
            ],
        );
    }

    fn ratings(&mut self) {
        let (_, weights): (Vec<&str>, Vec<u32>) = CLASSES.iter().copied().unzip();
        let [code, name] = self.named(self.until);
        for back in (0..MONTHS).rev() {
            let class = self.chance.weighted(&weights);
            let class = CLASSES.get(class).map_or("A", |(class, _)| class);
            let month = self
                .until
                .checked_sub_months(Months::new(back))
                .unwrap_or(self.until);
            let region = self.enterprise.region.code;
            let month = month.format("%Y-%m").to_string();
            self.push(
                CreditFile::Ratings,
                [&code, &name, &month, class, "编造模型", region],
            );
        }
    }

    fn push<const N: usize>(&mut self, file: CreditFile, cells: [&str; N]) {
        self.rows.push((file, cells.map(str::to_owned).to_vec()));
    }

    /// Plants the faults of real files into the penalty that was written last: a fine in yuan, other brackets in the number, a date
    /// with slashes, name and code in each other's column, no number, the row twice.
    fn plant(&mut self) {
        let fault = self.chance.below(1000) / FAULTY;
        let Some((_, cells)) = self.rows.last_mut() else {
            return;
        };
        let [name, _, code, document, _, _, _, _, _, fine, _, decided, ..] = cells.as_mut_slice() else {
            return;
        };
        match fault {
            0 if !fine.is_empty() => "2000".clone_into(fine),
            1 => *document = document.replace('〔', "[").replace('〕', "]"),
            2 => *decided = decided.replace('-', "/"),
            3 => std::mem::swap(name, code),
            4 => document.clear(),
            5 => {
                let again = cells.clone();
                self.rows.push((CreditFile::Penalties, again));
            }
            _ => {}
        }
    }
}
