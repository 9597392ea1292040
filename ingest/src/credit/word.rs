//! The words of credit records: category of the subject, kinds of penalties, states, results, classes.

use entity::credit::{LicenceStatus, PenaltyKind, RepairResult, RepairTarget, RiskClass, SubjectKind};

/// What stands in a cell for nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "无" | "/" | "-" | "--" | "空" | "NULL" | "null")
}

/// 行政相对人类别
pub(super) fn subject_kind(word: &str) -> Option<SubjectKind> {
    if word.contains("自然人") || word == "个人" || word == "公民" {
        Some(SubjectKind::NaturalPerson)
    } else if word.contains("个体") {
        Some(SubjectKind::IndividualBusiness)
    } else if word.contains("法人") || word.contains("组织") || word.contains("企业") {
        Some(SubjectKind::Organization)
    } else {
        None
    }
}

/// Whether a word takes the record back: 撤销 or 1 as the state of a penalty, a deletion as the operation.
pub(super) fn withdraws(word: &str) -> bool {
    matches!(
        word.to_ascii_uppercase().as_str(),
        "DELETE" | "D" | "删除" | "撤回" | "已撤回" | "撤销" | "已撤销" | "1"
    )
}

/// 处罚类别, however many stand in the text.
pub(super) fn penalty_kinds(text: &str) -> Vec<PenaltyKind> {
    let table: [(PenaltyKind, &[&str]); 9] = [
        (PenaltyKind::Warning, &["警告"]),
        (PenaltyKind::Criticism, &["通报批评"]),
        (PenaltyKind::Fine, &["罚款"]),
        (PenaltyKind::Confiscation, &["没收"]),
        (PenaltyKind::Suspension, &["暂扣"]),
        (PenaltyKind::Downgrading, &["降低资质"]),
        (
            PenaltyKind::Restriction,
            &[
                "限制开展",
                "责令停产",
                "责令停业",
                "停产停业",
                "责令关闭",
                "限制从业",
            ],
        ),
        (PenaltyKind::Revocation, &["吊销"]),
        (PenaltyKind::Detention, &["拘留"]),
    ];
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    table
        .iter()
        .filter(|(_, words)| says(words))
        .map(|(kind, _)| *kind)
        .collect()
}

/// 许可状态, by word or by the number of the first generation.
pub(super) fn licence_status(word: &str) -> LicenceStatus {
    match word {
        "0" | "有效" | "正常" | "在用" => LicenceStatus::Valid,
        "2" | "异议" => LicenceStatus::Disputed,
        "1" | "撤销" | "已撤销" | "撤回" => LicenceStatus::Annulled,
        "吊销" | "已吊销" => LicenceStatus::Revoked,
        "注销" | "已注销" => LicenceStatus::Cancelled,
        _ => LicenceStatus::Unknown,
    }
}

/// What a repair is about.
pub(super) fn repair_target(word: &str) -> Option<RepairTarget> {
    if word.contains("处罚") {
        Some(RepairTarget::Penalty)
    } else if word.contains("异常") {
        Some(RepairTarget::Abnormal)
    } else if word.contains("严重违法") {
        Some(RepairTarget::Serious)
    } else {
        None
    }
}

/// 修复结果; the refusals first, as they hold the word of the approval.
pub(super) fn repair_result(word: &str) -> Option<RepairResult> {
    let says = |words: &[&str]| words.iter().any(|one| word.contains(one));
    if says(&["不予修复", "不予", "驳回", "不同意", "未通过", "不准予"]) {
        Some(RepairResult::Refused)
    } else if says(&["准予", "同意", "已修复", "修复成功", "通过"]) {
        Some(RepairResult::Approved)
    } else if says(&["受理"]) {
        Some(RepairResult::Accepted)
    } else if says(&["申请"]) {
        Some(RepairResult::Applied)
    } else {
        None
    }
}

/// 信用风险等级, by letter or by word.
pub(super) fn risk_class(word: &str) -> Option<RiskClass> {
    Some(
        match word
            .trim()
            .trim_end_matches(['类', '级'])
            .to_ascii_uppercase()
            .as_str()
        {
            "A" | "Ａ" | "低" | "信用风险低" => RiskClass::A,
            "B" | "Ｂ" | "一般" | "信用风险一般" => RiskClass::B,
            "C" | "Ｃ" | "较高" | "信用风险较高" => RiskClass::C,
            "D" | "Ｄ" | "高" | "信用风险高" => RiskClass::D,
            _ => return None,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_penalties_stand_together() {
        use PenaltyKind::{Confiscation, Criticism, Fine, Revocation, Warning};
        let table: [(&str, &[PenaltyKind]); 6] = [
            ("警告", &[Warning]),
            ("罚款", &[Fine]),
            ("警告、罚款", &[Warning, Fine]),
            ("通报批评", &[Criticism]),
            (
                "没收违法所得、没收非法财物；吊销许可证件",
                &[Confiscation, Revocation],
            ),
            ("01", &[]),
        ];
        for (text, kinds) in table {
            assert_eq!(penalty_kinds(text), kinds, "{text}");
        }
    }

    #[test]
    fn a_refusal_is_no_approval() {
        for (word, result) in [
            ("准予修复", RepairResult::Approved),
            ("不准予修复", RepairResult::Refused),
            ("不予修复", RepairResult::Refused),
            ("审核未通过", RepairResult::Refused),
            ("已受理", RepairResult::Accepted),
            ("已申请", RepairResult::Applied),
        ] {
            assert_eq!(repair_result(word), Some(result), "{word}");
        }
        assert_eq!(repair_result("?"), None);
    }
}
