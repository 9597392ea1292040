//! A hub below with records of every kind that files bring.

use crate::credit::office::{ABNORMAL, LICENCES, PENALTIES, RATINGS, REPAIRS};
use crate::declaration::record::credit_code;
use crate::sync::source::{STANDARDS, Source};
use support::{Chance, Engine};

/// A hub below.
pub(super) struct Below(pub(super) Source);

const REGIONS: [&str; 3] = ["320582", "320581", "330000"];

fn name(number: u32) -> String {
    format!("苏州编造{number}号泵业有限公司")
}

impl Below {
    pub(super) async fn open(engine: Engine) -> Self {
        let below = Self(Source::open(engine).await);
        below.credit(2, "甲", 3);
        below.instruments(2, &[(1, "320582"), (2, "320581")], "2026-12-31");
        below.institutions(2, "食品");
        below
    }

    /// Penalties of enterprises and of a person, a licence, a listing, a repair and a risk class.
    pub(super) fn credit(&self, day: u32, word: &str, penalties: u32) {
        let fined: String = (1..=penalties)
            .map(|number| {
                format!(
                    "{},法人及非法人组织,{},,李四,苏市监处罚〔2025〕{number}号,虚假宣传,{word}事实,罚款,罚款{word},{number}.5,,2025-03-02,\
                     2025-03-05,,苏州市市场监督管理局,320582,0,,\n",
                    name(number), credit_code(number)
                )
            })
            .collect();
        let person = "张编造,自然人,,000000199001010018,,苏市监处罚〔2025〕90号,虚假宣传,事实,罚款,罚款,0.1,,2025-03-02,2025-03-05,,苏州市市场监督管理局,320582,0,,\n";
        self.0.take(
            "double-publicity",
            "penalties.csv",
            &format!("{PENALTIES}{fined}{person}"),
            day,
            &[],
        );
        let (first, code) = (name(1), credit_code(1));
        let licence = format!(
            "{LICENCES}{first},法人及非法人组织,{code},,苏市监许可〔2024〕7号,普通,工业产品生产许可证,XK13-001,{word},2024-05-06,2024-05-06,\
             2029-05-05,江苏省市场监督管理局,320582,0,\n"
        );
        self.0
            .take("double-publicity", "licences.csv", &licence, day, &[]);
        let listing = format!(
            "{ABNORMAL}{code},{first},通过登记的住所或者经营场所无法联系的,2025-07-09,{word}局,,,,320582\n"
        );
        self.0.take("credit-listings", "abnormal.csv", &listing, day, &[]);
        let repair = format!(
            "{REPAIRS}{code},{first},行政处罚,苏市监处罚〔2025〕1号,2025-03-02,,,2025-11-01,2025-11-03,2025-11-20,准予修复,{word}局,320582,\n"
        );
        self.0.take("credit-listings", "repairs.csv", &repair, day, &[]);
        let rating = format!(
            "{RATINGS}{code},{first},2025年12月,{}类,通用模型,320582\n",
            if word.len().is_multiple_of(2) { "B" } else { "C" }
        );
        self.0.take("credit-listings", "ratings.csv", &rating, day, &[]);
    }

    /// Instruments in their regions: one by its serial number alone, then by a code that turns out to be the same one.
    pub(super) fn instruments(&self, day: u32, places: &[(u32, &str)], due: &str) {
        let rows: String = places
            .iter()
            .map(|(number, region)| {
                let code = if day > 20 { format!("QJ{number:06}") } else { String::new() };
                format!("{code},电子台秤,SN{number},编造衡器厂,强制检定,12,在用,{},{},{region},2025-12-31,合格,Z{number}-{day},{due}\n", name(*number), credit_code(*number))
            })
            .collect();
        let header = "强检编号,器具名称,出厂编号,制造厂家,强检方式,检定周期(月),使用状态,使用单位,统一社会信用代码,行政区划,检定日期,检定结果,证书号,有效期至";
        self.0.take(
            "metrology-ledger",
            "ledger.csv",
            &format!("{header}\n{rows}"),
            day,
            &[],
        );
    }

    /// An institution, and what a bureau found out about it.
    pub(super) fn institutions(&self, day: u32, scope: &str) {
        let list = format!(
            "CMA证书编号,检验检测机构名称,所在区划,检测领域,发证日期,证书有效期,证书状态\n\
             231020340567,编造检测（张家港）有限公司,320582,{scope},2023-03-01,2029-02-28,有效\n"
        );
        self.0.take("institution-list", "list.csv", &list, day, &[]);
        let found = "证书编号,违法违规情形,检查日期,文书号,行政区划,检查人员\n231020340567,未经检验检测出具报告,2025-05-01,张市监罚〔2025〕1号,320582,张三\n";
        self.0.take("institution-list", "found.csv", found, day, &[]);
    }

    /// Changes something of what it holds.
    pub(super) fn change(&self, day: u32, chance: &mut Chance) {
        let word = format!("{day}");
        match chance.below(5) {
            0 => {
                let gone = u32::try_from(chance.below(u64::from(STANDARDS))).unwrap();
                self.0.list(&word, day, |number| number.abs_diff(gone) > 8);
            }
            1 | 2 => {
                let places: Vec<(u32, &str)> =
                    (1..=5).map(|number| (number, *chance.pick(&REGIONS))).collect();
                self.0.declare(day, &places, &word);
            }
            3 => self.credit(day, &word, 1 + u32::try_from(chance.below(4)).unwrap()),
            _ => {
                let places: Vec<(u32, &str)> = (1..=3)
                    .map(|number| (number, *chance.pick(&REGIONS[..2])))
                    .collect();
                self.instruments(day, &places, &format!("2026-{:02}-28", 1 + chance.below(12)));
                self.institutions(day, &word);
            }
        }
    }
}
