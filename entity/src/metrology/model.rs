//! The tables of instruments and of their verifications.

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;

use super::due::{Standing, Terms, Verified, standing};
use super::term::{Period, StandingReason};
use crate::access::{Audience, Visible};
use crate::db::list::TextList;
use crate::record::Reach;

/// An instrument as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "measuring_instrument")]
pub struct Model {
    /// See [`super::identities`].
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The identity of the owner as an enterprise, or empty.
    pub owner_key: String,
    /// The credit code of the owner, or empty: the enterprise that sees the row.
    pub owner: String,
    /// 使用单位名称
    pub owner_name: Option<String>,
    /// 器具名称
    pub name: String,
    /// 出厂编号
    pub serial_number: Option<String>,
    /// 制造单位
    pub maker: Option<String>,
    /// 规格型号
    pub model: Option<String>,
    /// 测量范围
    pub measuring_range: Option<String>,
    /// 准确度等级
    pub accuracy: Option<String>,
    /// 用途, each a `Purpose`.
    pub purposes: TextList,
    /// 目录项目
    pub catalogue_item: Option<String>,
    /// 监管方式, a `ControlMode`.
    pub mode: Option<String>,
    /// 强检方式, a `VerificationMode`.
    pub verification_mode: Option<String>,
    /// 检定周期: how many.
    pub period_count: Option<i32>,
    /// A `PeriodUnit`.
    pub period_unit: Option<String>,
    /// The period in the source's words.
    pub period_word: Option<String>,
    /// 状态, an `InstrumentStatus`.
    pub status: Option<String>,
    /// The source's word for the status.
    pub status_word: Option<String>,
    /// 安装地点
    pub site: Option<String>,
    /// 是否登记造册
    pub registered: Option<bool>,
    /// 是否备案
    pub filed: Option<bool>,
    /// 强检器具唯一性编号
    pub mandatory_code: Option<String>,
    /// 型式批准证书编号
    pub type_approval: Option<String>,
    /// The type approval that the number names, if it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub type_approval_key: Option<String>,
    /// 出厂日期
    pub made_on: Option<Date>,
    /// 使用期限
    pub use_by: Option<Date>,
    /// The day of the last verification.
    pub verified_on: Option<Date>,
    /// The due day after the last verification.
    pub due_on: Option<Date>,
    /// A `Duty`, after the last verification.
    pub duty: String,
    /// The key of the instrument with a code that this one turned out to be.
    pub merged_into: Option<String>,
    /// Quality flags.
    pub flags: TextList,
    /// Who may see it.
    pub audience: String,
    /// GB/T 2260 code of the district, or empty.
    pub region: String,
}

/// Instruments are joined by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Visible for Entity {
    const OWNED: bool = true;
}

/// A verification (检定) as readers see it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, FromQueryResult)]
pub struct Verification {
    /// 检定日期
    pub verified_on: Option<Date>,
    /// 检定机构
    pub agency: Option<String>,
    /// A `Conclusion`.
    pub conclusion: Option<String>,
    /// A `CertificateKind`.
    pub certificate_kind: Option<String>,
    /// 证书编号
    pub certificate_number: Option<String>,
    /// 有效期至
    pub valid_until: Option<Date>,
    /// 下次检定日期
    pub next_on: Option<Date>,
}

impl Verification {
    /// What decides about it.
    pub fn deciding(&self) -> Verified {
        Verified {
            on: self.verified_on,
            conclusion: self.conclusion.as_deref().and_then(|word| word.parse().ok()),
            valid_until: self.valid_until,
            next_on: self.next_on,
        }
    }
}

impl Model {
    /// 检定周期
    pub fn period(&self) -> Option<Period> {
        Some(Period {
            count: self.period_count.and_then(|count| u32::try_from(count).ok())?,
            unit: self.period_unit.as_deref()?.parse().ok()?,
        })
    }

    /// What decides about it beside its verifications.
    pub fn terms(&self) -> Terms {
        Terms {
            status: self.status.as_deref().and_then(|word| word.parse().ok()),
            control: self.mode.as_deref().and_then(|word| word.parse().ok()),
            mode: self
                .verification_mode
                .as_deref()
                .and_then(|word| word.parse().ok()),
            period: self.period(),
            use_by: self.use_by,
        }
    }

    /// Its standing on a day, by its verifications from the oldest to the newest.
    pub fn standing(&self, verifications: &[Verification], on: Date) -> Standing {
        let verified: Vec<Verified> = verifications.iter().map(Verification::deciding).collect();
        standing(&self.terms(), &verified, on)
    }

    /// Who it is for: the district and the owner.
    pub fn reach(&self) -> Reach {
        Reach {
            audience: Audience::Enterprise,
            region: self.region.clone(),
            owner: self.owner.clone(),
        }
    }
}

impl Standing {
    /// In Chinese, in one sentence for a clerk.
    pub fn message_zh(&self) -> String {
        let due = self.due_on.map(|day| day.to_string()).unwrap_or_default();
        match self.reason {
            StandingReason::Verified => format!("检定有效，至 {due}。"),
            StandingReason::DueSoon => format!("检定将于 {due} 到期，到期日当日仍有效。"),
            StandingReason::VerifiedOnce => "已做首次强制检定，使用至失准报废。".to_owned(),
            StandingReason::DueDayUnknown => "已检定，但来源未给出有效期或检定周期。".to_owned(),
            StandingReason::PastDue => format!("检定已于 {due} 到期，超期未检，不得使用。"),
            StandingReason::PastUseBy => format!("使用期限已于 {due} 届满，应予轮换，不得使用。"),
            StandingReason::Failed => "最近一次检定不合格，不得使用。".to_owned(),
            StandingReason::NeverVerified => "在用而无检定记录，不得使用。".to_owned(),
            StandingReason::NotMeasuring => "已停用或报废，不需检定。".to_owned(),
            StandingReason::NotRequired => "仅实行型式批准，不需强制检定。".to_owned(),
        }
    }

    /// The same in English.
    pub fn message_en(&self) -> String {
        let due = self.due_on.map(|day| day.to_string()).unwrap_or_default();
        match self.reason {
            StandingReason::Verified => format!("Verified until {due}."),
            StandingReason::DueSoon => format!("The verification is due on {due}, and holds on that day."),
            StandingReason::VerifiedOnce => "Verified once; good until it fails.".to_owned(),
            StandingReason::DueDayUnknown => {
                "Verified, but no source tells a validity or a period.".to_owned()
            }
            StandingReason::PastDue => format!("Overdue since the day after {due}; must not be used."),
            StandingReason::PastUseBy => {
                format!("The time of use ended on {due}; to be rotated, must not be used.")
            }
            StandingReason::Failed => "The last verification failed; must not be used.".to_owned(),
            StandingReason::NeverVerified => "In use without a verification; must not be used.".to_owned(),
            StandingReason::NotMeasuring => "Stopped or scrapped; nothing is due.".to_owned(),
            StandingReason::NotRequired => {
                "Under type approval alone; no verification is ordered.".to_owned()
            }
        }
    }
}
