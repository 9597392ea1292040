//! Kinds of subject that a credit code tells apart (机构类别).

use serde::{Deserialize, Serialize};

/// What kind of organisation a credit code (统一社会信用代码) was given to: characters 1 (登记管理部门) and 2 (机构类别), GB
/// 32100-2015 with amendment 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectCategory {
    /// 企业, `91`.
    Enterprise,
    /// 个体工商户, `92`.
    IndividualBusiness,
    /// 农民专业合作社, `93`.
    FarmersCooperative,
    /// 机关, `11`.
    GovernmentBody,
    /// 事业单位, `12`.
    PublicInstitution,
    /// 中央编办直接管理机构编制的群众团体, `13`.
    MassOrganization,
    /// 社会团体, `51`.
    SocialAssociation,
    /// 民办非企业单位, `52`.
    PrivateNonEnterprise,
    /// 基金会, `53`.
    Foundation,
    /// 律师执业机构, 公证处, 基层法律服务所, 司法鉴定机构, 仲裁委员会, `31` to `35`.
    LegalService,
    /// 宗教活动场所, 宗教院校, `71` and `72`.
    ReligiousBody,
    /// 基层工会, `81`.
    TradeUnion,
    /// 组级, 村级, 乡镇级集体经济组织, `N1` to `N3`.
    RuralCollective,
    /// 军队事业单位, `A1`.
    MilitaryInstitution,
    /// Foreign news bureaus, cultural centres and tourism offices, `21`, `41`, `61`, `62`.
    ForeignOffice,
    /// 其他: category `9` of a department, and `Y1`.
    Other,
}

impl SubjectCategory {
    /// All categories.
    pub const ALL: [Self; 16] = [
        Self::Enterprise,
        Self::IndividualBusiness,
        Self::FarmersCooperative,
        Self::GovernmentBody,
        Self::PublicInstitution,
        Self::MassOrganization,
        Self::SocialAssociation,
        Self::PrivateNonEnterprise,
        Self::Foundation,
        Self::LegalService,
        Self::ReligiousBody,
        Self::TradeUnion,
        Self::RuralCollective,
        Self::MilitaryInstitution,
        Self::ForeignOffice,
        Self::Other,
    ];

    /// The category of a department and a category character; `None` for a pair that GB 32100 does not define.
    pub(super) fn of(department: char, category: char) -> Option<Self> {
        Some(match (department, category) {
            ('9', '1') => Self::Enterprise,
            ('9', '2') => Self::IndividualBusiness,
            ('9', '3') => Self::FarmersCooperative,
            ('1', '1') => Self::GovernmentBody,
            ('1', '2') => Self::PublicInstitution,
            ('1', '3') => Self::MassOrganization,
            ('5', '1') => Self::SocialAssociation,
            ('5', '2') => Self::PrivateNonEnterprise,
            ('5', '3') => Self::Foundation,
            ('3', '1'..='5') => Self::LegalService,
            ('7', '1' | '2') => Self::ReligiousBody,
            ('8', '1') => Self::TradeUnion,
            ('N', '1'..='3') => Self::RuralCollective,
            ('A', '1') => Self::MilitaryInstitution,
            ('2' | '4', '1') | ('6', '1' | '2') => Self::ForeignOffice,
            ('1'..='8' | 'A' | 'N', '9') | ('Y', '1') => Self::Other,
            _ => return None,
        })
    }

    /// The name in stored data and in interfaces, `INDIVIDUAL_BUSINESS`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enterprise => "ENTERPRISE",
            Self::IndividualBusiness => "INDIVIDUAL_BUSINESS",
            Self::FarmersCooperative => "FARMERS_COOPERATIVE",
            Self::GovernmentBody => "GOVERNMENT_BODY",
            Self::PublicInstitution => "PUBLIC_INSTITUTION",
            Self::MassOrganization => "MASS_ORGANIZATION",
            Self::SocialAssociation => "SOCIAL_ASSOCIATION",
            Self::PrivateNonEnterprise => "PRIVATE_NON_ENTERPRISE",
            Self::Foundation => "FOUNDATION",
            Self::LegalService => "LEGAL_SERVICE",
            Self::ReligiousBody => "RELIGIOUS_BODY",
            Self::TradeUnion => "TRADE_UNION",
            Self::RuralCollective => "RURAL_COLLECTIVE",
            Self::MilitaryInstitution => "MILITARY_INSTITUTION",
            Self::ForeignOffice => "FOREIGN_OFFICE",
            Self::Other => "OTHER",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_the_standard_has_a_category() {
        let pairs = [
            "11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41", "49", "51", "52",
            "53", "59", "61", "62", "69", "71", "72", "79", "81", "89", "91", "92", "93", "A1", "A9", "N1",
            "N2", "N3", "N9", "Y1",
        ];
        let all = ('0'..='9').chain('A'..='Z');
        let known = all
            .clone()
            .flat_map(|department| all.clone().map(move |category| (department, category)));
        let known: Vec<String> = known
            .filter(|(department, category)| SubjectCategory::of(*department, *category).is_some())
            .map(|(department, category)| format!("{department}{category}"))
            .collect();
        assert_eq!(known, pairs);
    }

    #[test]
    fn names_are_those_of_serde() {
        for category in SubjectCategory::ALL {
            let name = serde_json::to_string(&category).unwrap();
            assert_eq!(name, format!("\"{}\"", category.as_str()));
        }
    }
}
