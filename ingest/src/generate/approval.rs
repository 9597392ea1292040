//! Type approvals and testing institutions that do not exist.
//!
//! Numbers end in the digits 00, which no province has, certificates have the authority 99, which none has. How many there are, and
//! how often one was found to do wrong, is an assumption.

use chrono::{Datelike, Days, Months, NaiveDate};
use entity::institution::Misconduct;

use super::chance::{Chance, Purpose};
use super::credit_code::{fictitious_credit_code, organization_code};
use super::instrument::KINDS;
use super::metrology_file::MetrologyFile;
use super::shuffle::mixed;
use super::side_files::SideRow;
use super::{Generator, enterprise::Enterprise};

/// Type approvals, a kind of instrument after the other.
const APPROVALS: u32 = 24;
/// Testing institutions.
const INSTITUTIONS: u32 = 12;
/// Of 1,000 institutions, how many were found to do wrong.
const FOUND: u32 = 400;
/// What institutions may test.
const SCOPES: [&str; 4] = [
    "泵；阀门；电动机",
    "电线电缆；低压电器",
    "食品接触材料；塑料制品",
    "纺织品；皮革",
];

/// A type approval, as instruments name it.
pub(super) struct Approval {
    pub(super) number: String,
    pub(super) holder: Enterprise,
    pub(super) kind: usize,
    pub(super) on: NaiveDate,
}

impl Generator {
    /// A type approval by its place; the places run round.
    pub(super) fn approval(&self, place: u32) -> Option<Approval> {
        let place = place % APPROVALS;
        let enterprises = u64::from(self.enterprises());
        let holder = enterprises * u64::from(place) / u64::from(APPROVALS);
        let on = self
            .delivered_on
            .checked_sub_days(Days::new(1500 + u64::from(place) * 90))?;
        Some(Approval {
            number: format!("{}F{:05}-00", on.year(), 90_001 + place),
            holder: self.identity(u32::try_from(holder).ok()?)?,
            kind: place as usize % KINDS.len(),
            on,
        })
    }

    /// The rows that belong to no enterprise of the plan.
    pub(super) fn approvals_and_institutions(&self) -> Vec<SideRow<MetrologyFile>> {
        let approvals = (0..APPROVALS).filter_map(|place| self.approval_row(place));
        let institutions = (0..INSTITUTIONS).filter_map(|place| self.institution_rows(place));
        approvals.chain(institutions.flatten()).collect()
    }

    fn approval_row(&self, place: u32) -> Option<SideRow<MetrologyFile>> {
        let approval = self.approval(place)?;
        let kind = KINDS.get(approval.kind)?;
        let status = if place % 9 == 8 { "撤销" } else { "有效" };
        let cells = [
            approval.number.as_str(),
            approval.holder.name_on(approval.on),
            &approval.holder.credit_code,
            approval.holder.region.code,
            kind.name,
            kind.model,
            kind.accuracy,
            "编造省市场监督管理局",
            &approval.on.to_string(),
            "国产",
            status,
        ];
        Some((MetrologyFile::Approvals, cells.map(str::to_owned).to_vec()))
    }

    fn institution_rows(&self, place: u32) -> Option<Vec<SideRow<MetrologyFile>>> {
        // Beyond the numbers of enterprises, so that no enterprise has the code.
        let number = self.enterprises().checked_add(place)?;
        let mut chance = Chance::of(mixed(self.seed ^ 6), number, Purpose::Identity);
        let code = fictitious_credit_code(&organization_code(number, mixed(self.seed ^ 4), false)?)?;
        let seat = self
            .identity(place * (self.enterprises() / INSTITUTIONS).max(1))?
            .region;
        let back = 100 + u64::from(chance.below(2_400));
        let issued = self.delivered_on.checked_sub_days(Days::new(back))?;
        let until = issued.checked_add_months(Months::new(72))?.pred_opt()?;
        let cma = format!("{:02}9900{:06}", issued.year() % 100, place + 1);
        let status = if until < self.delivered_on {
            "注销"
        } else {
            "有效"
        };
        let cells = [
            cma.as_str(),
            &format!("{}编造检验检测{}有限公司", seat.name, place + 1),
            &code,
            seat.code,
            chance.word(&SCOPES),
            &issued.to_string(),
            &until.to_string(),
            status,
            &format!("{}编造路{}号", seat.name, place + 1),
        ];
        let mut rows = vec![(MetrologyFile::Institutions, cells.map(str::to_owned).to_vec())];
        if chance.per_mille(FOUND) {
            let kind = chance.pick(Misconduct::ALL)?;
            let found = issued.checked_add_days(Days::new(60))?;
            let cells = [
                cma.as_str(),
                kind.name_zh(),
                &found.to_string(),
                &format!("编造市监检〔{}〕{}号", found.year(), place + 1),
                "检查时发现",
                seat.code,
            ];
            rows.push((MetrologyFile::Misconduct, cells.map(str::to_owned).to_vec()));
        }
        Some(rows)
    }
}
