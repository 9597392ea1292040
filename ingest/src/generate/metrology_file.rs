//! The files of instruments, verifications, type approvals and testing institutions, and their columns.

use super::side_files::SideFile;
use crate::pipeline::Adapter;

/// A file of metrology or of institutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetrologyFile {
    /// 计量器具型式批准
    Approvals,
    /// 强检计量器具台账
    Ledger,
    /// 检定记录
    Verifications,
    /// 检验检测机构
    Institutions,
    /// 检验检测机构违法违规线索
    Misconduct,
}

impl SideFile for MetrologyFile {
    const ALL: &'static [Self] = &[
        Self::Approvals,
        Self::Ledger,
        Self::Verifications,
        Self::Institutions,
        Self::Misconduct,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Approvals => "1-type-approvals.csv",
            Self::Ledger => "2-instruments.csv",
            Self::Verifications => "3-verifications.csv",
            Self::Institutions => "4-institutions.csv",
            Self::Misconduct => "5-misconduct.csv",
        }
    }

    fn headers(self) -> Vec<&'static str> {
        let names = match self {
            Self::Approvals => {
                "型式批准证书编号,申请单位,统一社会信用代码,行政区划代码,计量器具名称,规格型号,准确度等级,批准机关,批准日期,国产或进口,状态"
            }
            Self::Ledger => {
                "强检器具唯一性编号,器具名称,出厂编号,制造单位,规格型号,测量范围,准确度等级,用途,监管方式,强检方式,检定周期(月),状态,使用单位,\
                 统一社会信用代码,行政区划代码,安装地点,是否登记,是否备案,型式批准编号,出厂日期,检定日期,检定机构,检定结论,证书编号,有效期至"
            }
            Self::Verifications => {
                "计量器具,出厂编号,制造单位,送检单位,统一社会信用代码,行政区划代码,检定日期,检定机构,检定结论,证书种类,证书编号,有效期至"
            }
            Self::Institutions => {
                "资质认定证书编号,机构名称,统一社会信用代码,行政区划代码,检验检测能力范围,发证日期,有效期至,状态,地址"
            }
            Self::Misconduct => "资质认定证书编号,违法违规情形,发现日期,文书号,说明,行政区划代码",
        };
        names.split(',').collect()
    }

    fn adapter(self) -> Adapter {
        match self {
            Self::Approvals | Self::Ledger | Self::Verifications => Adapter::MetrologyLedger,
            Self::Institutions | Self::Misconduct => Adapter::InstitutionList,
        }
    }
}
