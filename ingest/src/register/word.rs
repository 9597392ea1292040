//! The status words of registers (登记状态), as they are seen in public lists.

use entity::enterprise::EnterpriseStatus;

/// The status; none where the word is not known. Several words in one field (吊销，未注销) tell the first.
pub(super) fn status(word: &str) -> Option<EnterpriseStatus> {
    let bare: String = word
        .trim()
        .chars()
        .take_while(|sign| !matches!(sign, '(' | '（' | '，' | ',' | ' '))
        .collect();
    let bare = bare.trim_start_matches('已').trim_end_matches("企业");
    Some(match bare {
        "开业" | "在业" | "在营" | "正常" | "正常在业" | "存续" | "登记成立" | "筹建" | "在册" | "个体转" => {
            EnterpriseStatus::InOperation
        }
        "迁出" | "迁移异地" => EnterpriseStatus::MovedOut,
        "停业" => EnterpriseStatus::Suspended,
        "清算" | "清算中" => EnterpriseStatus::InLiquidation,
        "吊销" | "吊销未注销" => EnterpriseStatus::LicenceRevoked,
        "撤销" => EnterpriseStatus::RegistrationAnnulled,
        "注销" => EnterpriseStatus::Deregistered,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_seen_in_public_lists() {
        use EnterpriseStatus::{
            Deregistered, InLiquidation, InOperation, LicenceRevoked, MovedOut, RegistrationAnnulled,
            Suspended,
        };
        let cases = [
            ("开业", InOperation),
            ("在营（开业）企业", InOperation),
            ("在营(开业)", InOperation),
            ("存续(在营、开业、在册)", InOperation),
            ("登记成立", InOperation),
            ("迁出", MovedOut),
            ("迁移异地", MovedOut),
            ("停业", Suspended),
            ("清算中", InLiquidation),
            ("吊销企业", LicenceRevoked),
            ("吊销，未注销", LicenceRevoked),
            ("已吊销", LicenceRevoked),
            ("撤销", RegistrationAnnulled),
            ("已注销", Deregistered),
            ("注销企业", Deregistered),
        ];
        for (word, expected) in cases {
            assert_eq!(status(word), Some(expected), "{word}");
        }
        for word in ["其他", "数据补录中", ""] {
            assert_eq!(status(word), None, "{word}");
        }
    }
}
