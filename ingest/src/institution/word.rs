//! The words of lists of institutions: status and kinds of misconduct.

use entity::institution::{InstitutionStatus, Misconduct};

/// 资质状态
pub(super) fn status(word: &str) -> Option<InstitutionStatus> {
    Some(match word {
        "有效" | "正常" | "在有效期内" => InstitutionStatus::Valid,
        "暂停" | "已暂停" => InstitutionStatus::Suspended,
        "注销" | "已注销" | "过期" | "失效" => InstitutionStatus::Cancelled,
        "撤销" | "已撤销" | "吊销" => InstitutionStatus::Revoked,
        _ => return None,
    })
}

/// 违法违规情形: by the code of the vocabulary or by its words, which stand in the order in which they are looked for.
pub(super) fn misconduct(text: &str) -> Option<Misconduct> {
    const WORDS: [(Misconduct, &[&str]); 12] = [
        (
            Misconduct::ReportWithoutTest,
            &["未经检验", "未检验", "未经检测", "未检测"],
        ),
        (Misconduct::RawDataAltered, &["原始数据", "原始记录"]),
        (Misconduct::BeyondScope, &["超出", "超范围"]),
        (Misconduct::NotTraceable, &["溯源"]),
        (Misconduct::ReportReused, &["套改"]),
        (Misconduct::MethodChangeNotFiled, &["方法变更"]),
        (
            Misconduct::StandardObsolete,
            &["作废标准", "废止标准", "标准作废"],
        ),
        (Misconduct::ProcedureWrong, &["程序"]),
        (Misconduct::ConditionsNotKept, &["条件"]),
        (Misconduct::DevicesDoNotMatchReports, &["设备"]),
        (Misconduct::SignatoryNotAuthorised, &["非授权签字人", "未经授权"]),
        (Misconduct::SignatoryQualificationFalse, &["签字人"]),
    ];
    if let Ok(misconduct) = text.parse() {
        return Some(misconduct);
    }
    WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| text.contains(word)))
        .map(|(misconduct, _)| *misconduct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r60_every_kind_is_known_by_its_code_and_by_its_words() {
        for one in Misconduct::ALL {
            assert_eq!(misconduct(one.as_str()), Some(*one));
            assert_eq!(misconduct(one.name_zh()), Some(*one), "{}", one.name_zh());
        }
        assert_eq!(Misconduct::ALL.len(), 12);
        assert_eq!(misconduct("迟到"), None);
    }
}
