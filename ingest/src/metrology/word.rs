//! The words of ledgers: status, purposes, modes, conclusion, certificates, periods, yes and no.

use entity::metrology::{
    ApprovalOrigin, ApprovalStatus, CertificateKind, Conclusion, ControlMode, InstrumentStatus, Period,
    PeriodUnit, Purpose, VerificationMode,
};

/// 器具状态; the numbers are those of registers.
pub(super) fn status(word: &str) -> Option<InstrumentStatus> {
    Some(match word {
        "正常" | "在用" | "使用" | "使用中" | "正常使用" | "合格在用" | "启用" | "0" => {
            InstrumentStatus::InUse
        }
        "停用" | "已停用" | "封存" | "备用" | "报停" | "1" => InstrumentStatus::Stopped,
        "报废" | "已报废" | "拆除" | "注销" | "2" => InstrumentStatus::Scrapped,
        "审核中" | "待审核" | "新建" | "-1" => InstrumentStatus::UnderReview,
        "退回" | "已退回" | "-2" => InstrumentStatus::Returned,
        _ => return None,
    })
}

/// 用途, several in one cell; an error where a word is not known.
pub(super) fn purposes(text: &str) -> Result<Vec<Purpose>, ()> {
    let words = text.split(['、', '，', ',', ';', '；', '/', '|', ' ']);
    let mut purposes: Vec<Purpose> = words
        .filter(|word| !word.is_empty())
        .map(purpose)
        .collect::<Option<_>>()
        .ok_or(())?;
    purposes.sort();
    purposes.dedup();
    Ok(purposes)
}

fn purpose(word: &str) -> Option<Purpose> {
    Some(match word {
        "贸易结算" | "贸易" | "结算" => Purpose::TradeSettlement,
        "安全防护" | "安全" => Purpose::Safety,
        "医疗卫生" | "医疗" => Purpose::Medical,
        "环境监测" | "环境" | "环保" => Purpose::Environment,
        "社会公用计量标准器具" | "社会公用计量标准" | "社会公用" => {
            Purpose::SocialStandard
        }
        "最高计量标准器具" | "最高计量标准" | "最高标准" => Purpose::HighestStandard,
        _ if word.contains("最高计量标准") => Purpose::HighestStandard,
        _ => return None,
    })
}

/// 监管方式
pub(super) fn control(word: &str) -> Option<ControlMode> {
    Some(
        match word.replace(['＋', '、', ' '], "+").to_ascii_uppercase().as_str() {
            "P" | "型式批准" => ControlMode::TypeApproval,
            "V" | "强制检定" | "强检" => ControlMode::Verification,
            "P+V" | "V+P" | "PV" | "型式批准+强制检定" => ControlMode::Both,
            _ => return None,
        },
    )
}

/// 强检方式
pub(super) fn mode(word: &str) -> Option<VerificationMode> {
    Some(match word {
        "周期检定" | "周期强制检定" | "周期" | "定期检定" => VerificationMode::Periodic,
        _ if word.contains("失准报废") => VerificationMode::FirstUntilFailure,
        _ if word.contains("轮换") || word.contains("限期使用") => VerificationMode::FirstWithRotation,
        _ => return None,
    })
}

/// 检定结论
pub(super) fn conclusion(word: &str) -> Option<Conclusion> {
    Some(match word {
        "合格" | "检定合格" | "是" | "符合" => Conclusion::Passed,
        "不合格" | "检定不合格" | "否" | "不符合" => Conclusion::Failed,
        // 准予作二级使用 and the like tell a class, which only an instrument that passed has.
        _ if word.starts_with("准予") => Conclusion::Passed,
        _ => return None,
    })
}

/// 证书种类
pub(super) fn certificate_kind(word: &str) -> Option<CertificateKind> {
    Some(match word {
        "检定证书" | "证书" => CertificateKind::Certificate,
        "检定结果通知书" | "结果通知书" => CertificateKind::ResultNotice,
        "检定合格证" | "合格证" => CertificateKind::PassCertificate,
        "检定合格印" | "合格印" => CertificateKind::PassSeal,
        "注销印" => CertificateKind::CancellationSeal,
        _ => return None,
    })
}

/// 批准状态
pub(super) fn approval_status(word: &str) -> Option<ApprovalStatus> {
    Some(match word {
        "有效" | "正常" | "在有效期内" => ApprovalStatus::Valid,
        "注销" | "已注销" | "过期" | "失效" => ApprovalStatus::Cancelled,
        "撤销" | "已撤销" | "吊销" => ApprovalStatus::Revoked,
        _ => return None,
    })
}

/// 国产 or 进口, alone or in a title such as 进口计量器具型式批准.
pub(super) fn origin(word: &str) -> Option<ApprovalOrigin> {
    match (word.contains("国产"), word.contains("进口")) {
        (true, false) => Some(ApprovalOrigin::Domestic),
        (false, true) => Some(ApprovalOrigin::Import),
        _ => None,
    }
}

/// Yes or no; none where nothing or something else is said.
pub(super) fn yes(word: &str) -> Option<bool> {
    match word {
        "是" | "1" | "Y" | "y" | "true" | "√" | "已登记" | "已登记造册" | "登记" | "已备案" | "备案"
        | "有" => Some(true),
        "否" | "0" | "N" | "n" | "false" | "×" | "未登记" | "未备案" | "未" | "无" => Some(false),
        _ => None,
    }
}

/// A period as a cell tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// So long.
    Period(Period),
    /// So long, in a unit that the number lets us assume.
    Assumed(Period),
    /// None, or not set: registers write 0 and -1.
    None,
}

/// The largest bare number that is taken for months.
const MOST_MONTHS: u32 = 60;

/// 检定周期: `12个月`, `1年`, `半年`, `365天`, or a number whose unit the column tells; an error for anything else.
pub(super) fn period(text: &str, unit: Option<PeriodUnit>) -> Result<Told, ()> {
    let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    if matches!(
        text.as_str(),
        "" | "0" | "-1" | "/" | "—" | "——" | "-" | "无" | "无固定周期"
    ) {
        return Ok(Told::None);
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, word) = text.split_at_checked(digits).ok_or(())?;
    let (number, word) = match number.parse::<u32>() {
        Ok(number) => (number, word.strip_prefix(".0").unwrap_or(word)),
        Err(_) if text == "半年" => (6, "月"),
        Err(_) => written(&text).ok_or(())?,
    };
    let period = |count, unit| match count {
        0 => Told::None,
        count => Told::Period(Period { count, unit }),
    };
    Ok(match word {
        "年" | "周年" => period(number.checked_mul(12).ok_or(())?, PeriodUnit::Months),
        "月" | "个月" => period(number, PeriodUnit::Months),
        "天" | "日" => period(number, PeriodUnit::Days),
        "" if number == 0 => Told::None,
        "" => match unit {
            Some(unit) => period(number, unit),
            None => {
                let unit = if number <= MOST_MONTHS {
                    PeriodUnit::Months
                } else {
                    PeriodUnit::Days
                };
                Told::Assumed(Period { count: number, unit })
            }
        },
        _ => return Err(()),
    })
}

/// `一年`, `两年`, `十二个月`: numbers up to twelve in Chinese.
fn written(text: &str) -> Option<(u32, &str)> {
    const NUMBERS: [(&str, u32); 13] = [
        ("十二", 12),
        ("十一", 11),
        ("十", 10),
        ("一", 1),
        ("二", 2),
        ("两", 2),
        ("三", 3),
        ("四", 4),
        ("五", 5),
        ("六", 6),
        ("七", 7),
        ("八", 8),
        ("九", 9),
    ];
    NUMBERS
        .iter()
        .find_map(|(word, number)| Some((*number, text.strip_prefix(word)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_as_ledgers_write_them() {
        let months = |count| {
            Ok(Told::Period(Period {
                count,
                unit: PeriodUnit::Months,
            }))
        };
        let days = |count| {
            Ok(Told::Period(Period {
                count,
                unit: PeriodUnit::Days,
            }))
        };
        let (of_months, of_days) = (Some(PeriodUnit::Months), Some(PeriodUnit::Days));
        let cases = [
            ("12个月", None, months(12)),
            ("1年", None, months(12)),
            ("半年", None, months(6)),
            ("两年", None, months(24)),
            ("十二个月", None, months(12)),
            ("365 天", None, days(365)),
            ("6", of_months, months(6)),
            ("12.0", of_months, months(12)),
            ("180", of_days, days(180)),
            ("0", of_days, Ok(Told::None)),
            ("-1", of_days, Ok(Told::None)),
            ("0个月", None, Ok(Told::None)),
            ("/", None, Ok(Told::None)),
            ("每年", None, Err(())),
            ("12~24个月", None, Err(())),
            ("99999999999", None, Err(())),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(period(text, unit), expected, "{text}");
        }
        let assumed = |count, unit| Ok(Told::Assumed(Period { count, unit }));
        assert_eq!(period("12", None), assumed(12, PeriodUnit::Months));
        assert_eq!(period("365", None), assumed(365, PeriodUnit::Days));
    }

    #[test]
    fn words_as_ledgers_write_them() {
        assert_eq!(status("在用"), Some(InstrumentStatus::InUse));
        assert_eq!(status("坏了"), None);
        assert_eq!(
            purposes("贸易结算、安全防护"),
            Ok(vec![Purpose::TradeSettlement, Purpose::Safety])
        );
        assert_eq!(purposes("贸易结算、玩"), Err(()));
        assert_eq!(control("p＋v"), Some(ControlMode::Both));
        assert_eq!(
            mode("只做首次强制检定，失准报废"),
            Some(VerificationMode::FirstUntilFailure)
        );
        assert_eq!(
            mode("只做首次强制检定，限期使用，到期轮换"),
            Some(VerificationMode::FirstWithRotation)
        );
        assert_eq!(conclusion("准予作二级使用"), Some(Conclusion::Passed));
        assert_eq!(
            certificate_kind("检定结果通知书"),
            Some(CertificateKind::ResultNotice)
        );
        assert_eq!(
            (yes("已备案"), yes("未备案"), yes("不详")),
            (Some(true), Some(false), None)
        );
    }
}
