//! The files of credit records and their columns.

use chrono::NaiveDate;

use super::side_files::SideFile;
use crate::pipeline::Adapter;

/// A file of credit records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CreditFile {
    /// Penalties by the names of 2018, CSV.
    Penalties,
    /// Penalties by the names of 2015, NDJSON.
    OldPenalties,
    /// Penalties that are taken back.
    Withdrawn,
    /// Licences by the names of 2018, NDJSON.
    Licences,
    /// 经营异常名录
    Abnormal,
    /// 严重违法失信名单
    Serious,
    /// 信用修复
    Repairs,
    /// 信用风险分类
    Ratings,
}

impl SideFile for CreditFile {
    const ALL: &'static [Self] = &[
        Self::Penalties,
        Self::OldPenalties,
        Self::Licences,
        Self::Abnormal,
        Self::Serious,
        Self::Repairs,
        Self::Ratings,
        Self::Withdrawn,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Penalties => "1-penalties-2018.csv",
            Self::OldPenalties => "2-penalties-2015.ndjson",
            Self::Licences => "3-licences-2018.ndjson",
            Self::Abnormal => "4-abnormal.csv",
            Self::Serious => "5-serious.csv",
            Self::Repairs => "6-repairs.csv",
            Self::Ratings => "7-ratings.csv",
            Self::Withdrawn => "8-penalties-withdrawn.csv",
        }
    }

    fn headers(self) -> Vec<&'static str> {
        let names = match self {
            Self::Penalties | Self::Withdrawn => {
                "CF_XDR_MC,CF_XDR_LB,CF_XDR_SHXYM,CF_WSH,CF_WFXW,CF_WFSS,CF_CFYJ,CF_CFLB1,CF_NR,CF_NR_FK,\
                 CF_NR_WFFF,CF_JDRQ,CF_GSRQ,CF_GSJZQ,CF_CFJG,CF_AREACODE,OP,CF_CXLY"
            }
            Self::OldPenalties => {
                "CF_XDR_MC,CF_XDR_SHXYM,CF_WSH,CF_CFMC,CF_CFLB1,CF_SY,CF_YJ,CF_JG,CF_JDRQ,CF_XZJG,CF_ZT,DFBM,SJC"
            }
            Self::Licences => {
                "XK_XDR_MC,XK_XDR_LB,XK_XDR_SHXYM,XK_XKWS,XK_WSH,XK_XKLB,XK_XKZS,XK_XKBH,XK_NR,XK_JDRQ,XK_YXQZ,\
                 XK_YXQZI,XK_XKJG,XK_ZT,XK_AREACODE"
            }
            Self::Abnormal => {
                "统一社会信用代码,企业名称,列入经营异常名录原因,列入日期,作出决定机关（列入）,移出日期,移出经营异常名录原因,作出决定机关（移出）,行政区划代码"
            }
            Self::Serious => {
                "统一社会信用代码,企业名称,列入严重违法失信名单原因,列入日期,作出决定机关（列入）,移出日期,移出严重违法失信名单原因,作出决定机关（移出）,行政区划代码"
            }
            Self::Repairs => {
                "统一社会信用代码,企业名称,修复事项,行政处罚决定书文号,处罚决定日期,列入日期,列入原因,申请日期,受理日期,修复决定日期,修复结果,修复机关,行政区划代码"
            }
            Self::Ratings => "统一社会信用代码,企业名称,月份,信用风险等级,分类模型,行政区划代码",
        };
        names.split(',').collect()
    }

    fn adapter(self) -> Adapter {
        match self {
            Self::Penalties | Self::OldPenalties | Self::Withdrawn | Self::Licences => {
                Adapter::DoublePublicity
            }
            Self::Abnormal | Self::Serious | Self::Repairs | Self::Ratings => Adapter::CreditListings,
        }
    }

    /// What is taken back is taken back a day later than it was told.
    fn describes(self, plan_until: NaiveDate) -> NaiveDate {
        match self {
            Self::Withdrawn => plan_until.succ_opt().unwrap_or(plan_until),
            _ => plan_until,
        }
    }
}
