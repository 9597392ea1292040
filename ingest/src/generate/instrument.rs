//! Measuring instruments of enterprises that do not exist, with their verifications.
//!
//! How many an enterprise has, and how many are overdue, failed or not filed, is an assumption. The streams of chance are apart from
//! those of declarations, so that neither changes the other.

use chrono::{Days, Months, NaiveDate};

use super::Generator;
use super::chance::{Chance, Purpose};
use super::enterprise::Enterprise;
use super::metrology_file::MetrologyFile;
use super::shuffle::mixed;
use super::side_files::SideRow;

/// Of 1,000 enterprises, how many have instruments under mandatory verification.
const WITH_INSTRUMENTS: u32 = 350;
/// The most of an enterprise.
const MOST: u32 = 4;
/// Of 1,000 instruments, how many have a code, are stopped, failed, were never verified, are not registered, are not filed.
const CODED: u32 = 400;
const STOPPED: u32 = 40;
const FAILED: u32 = 20;
const NEVER: u32 = 30;
const NOT_REGISTERED: u32 = 30;
const NOT_FILED: u32 = 60;
/// Of 1,000 verified instruments, how many an agency tells of, too.
const TOLD: u32 = 500;

/// A kind of instrument under mandatory verification.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) model: &'static str,
    pub(super) range: &'static str,
    pub(super) accuracy: &'static str,
    pub(super) purpose: &'static str,
    pub(super) control: &'static str,
    pub(super) months: u32,
}

/// The kinds with their periods.
pub(super) const KINDS: [Kind; 6] = [
    Kind {
        name: "电子台秤",
        model: "BZ-TCS-150",
        range: "0～150 kg",
        accuracy: "Ⅲ级",
        purpose: "贸易结算",
        control: "P+V",
        months: 12,
    },
    Kind {
        name: "电子汽车衡",
        model: "BZ-SCS-60",
        range: "0～60 t",
        accuracy: "Ⅲ级",
        purpose: "贸易结算",
        control: "P+V",
        months: 12,
    },
    Kind {
        name: "压力表",
        model: "BZ-Y-100",
        range: "0～1.6 MPa",
        accuracy: "1.6级",
        purpose: "安全防护",
        control: "V",
        months: 6,
    },
    Kind {
        name: "可燃气体检测报警器",
        model: "BZ-KQ-2",
        range: "0～100 %LEL",
        accuracy: "±5 %FS",
        purpose: "安全防护",
        control: "P+V",
        months: 12,
    },
    Kind {
        name: "烟尘采样器",
        model: "BZ-YC-3",
        range: "5～80 L/min",
        accuracy: "±5 %",
        purpose: "环境监测",
        control: "P+V",
        months: 12,
    },
    Kind {
        name: "燃气表",
        model: "BZ-G4",
        range: "0.04～6 m³/h",
        accuracy: "1.5级",
        purpose: "贸易结算",
        control: "P+V",
        months: 24,
    },
];

impl Generator {
    /// The instruments of one enterprise, by a stream of chance of their own. None for a number that the plan does not have.
    pub fn instruments(&self, number: u32) -> Option<Vec<SideRow<MetrologyFile>>> {
        let enterprise = self.identity(number)?;
        let mut chance = Chance::of(mixed(self.seed ^ 7), number, Purpose::Identity);
        let mut rows = Vec::new();
        if chance.per_mille(WITH_INSTRUMENTS) {
            for place in 0..chance.between(1, MOST) {
                rows.extend(self.instrument(&enterprise, place, &mut chance)?);
            }
        }
        Some(rows)
    }

    fn instrument(
        &self,
        owner: &Enterprise,
        place: u32,
        chance: &mut Chance,
    ) -> Option<Vec<SideRow<MetrologyFile>>> {
        let approval = self.approval(chance.below(u32::MAX))?;
        let kind = KINDS.get(approval.kind)?;
        let made = approval
            .on
            .checked_add_days(Days::new(1 + u64::from(chance.below(400))))?;
        let serial = format!("BZ{:06}{place}", owner.number);
        let word = |often: bool, one: &'static str, other: &'static str| if often { one } else { other };
        let code = if chance.per_mille(CODED) {
            format!("编造{}-{serial}", owner.region.code)
        } else {
            String::new()
        };
        let status = word(chance.per_mille(STOPPED), "停用", "在用");
        let registered = word(chance.per_mille(NOT_REGISTERED), "否", "是");
        let filed = word(chance.per_mille(NOT_FILED), "否", "是");
        let verified = (!chance.per_mille(NEVER))
            .then(|| Verified::of_chance(kind, &serial, self.delivered_on, chance))
            .flatten();
        let agency = format!("{}编造计量检定所", owner.region.name);
        let name = owner.name_on(self.delivered_on);
        let told = verified.as_ref();
        let cells = [
            code.as_str(),
            kind.name,
            &serial,
            approval.holder.name_on(made),
            kind.model,
            kind.range,
            kind.accuracy,
            kind.purpose,
            kind.control,
            "周期检定",
            &kind.months.to_string(),
            status,
            name,
            &owner.credit_code,
            owner.region.code,
            chance.word(&["一号车间", "二号车间", "仓库", "锅炉房", "收发货处"]),
            registered,
            filed,
            &approval.number,
            &made.to_string(),
            told.map_or("", |one| &one.on),
            if told.is_some() { &agency } else { "" },
            told.map_or("", |one| one.conclusion),
            told.map_or("", |one| &one.certificate),
            told.map_or("", |one| &one.until),
        ];
        let mut rows = vec![(MetrologyFile::Ledger, cells.map(str::to_owned).to_vec())];
        if let Some(one) = told.filter(|_| chance.per_mille(TOLD)) {
            let paper = word(one.conclusion == "合格", "检定证书", "检定结果通知书");
            let cells = [
                kind.name,
                &serial,
                approval.holder.name_on(made),
                name,
                &owner.credit_code,
                owner.region.code,
                &one.on,
                &agency,
                one.conclusion,
                paper,
                &one.certificate,
                &one.until,
            ];
            rows.push((MetrologyFile::Verifications, cells.map(str::to_owned).to_vec()));
        }
        Some(rows)
    }
}

/// The last verification of an instrument.
struct Verified {
    on: String,
    conclusion: &'static str,
    certificate: String,
    until: String,
}

impl Verified {
    /// Within one and a quarter of a period before the end of the plan, so that one in five is overdue.
    fn of_chance(kind: &Kind, serial: &str, until: NaiveDate, chance: &mut Chance) -> Option<Self> {
        let days = kind.months * 30 * 5 / 4;
        let on = until.checked_sub_days(Days::new(chance.below(days).into()))?;
        let last = on.checked_add_months(Months::new(kind.months))?.pred_opt()?;
        let failed = chance.per_mille(FAILED);
        Some(Self {
            on: on.to_string(),
            conclusion: if failed { "不合格" } else { "合格" },
            certificate: format!("编造检字第{serial}号"),
            until: if failed { String::new() } else { last.to_string() },
        })
    }
}
