//! The closed vocabularies of enterprises: registration status, quality flags.

use crate::value::SocialCreditCode;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// 登记状态 (经营状态) of a market entity, after the words of 国家企业信用信息公示系统. The order is that of an
    /// enterprise's life: where readings of one source and one day contradict each other, the later stage is believed.
    EnterpriseStatus {
        /// The source's word is not understood.
        Unknown = "UNKNOWN",
        /// 存续 (在营、开业、在册)
        InOperation = "IN_OPERATION",
        /// 迁出: registered elsewhere now.
        MovedOut = "MOVED_OUT",
        /// 停业
        Suspended = "SUSPENDED",
        /// 清算
        InLiquidation = "IN_LIQUIDATION",
        /// 吊销: the licence was revoked; the entity exists until it is deregistered.
        LicenceRevoked = "LICENCE_REVOKED",
        /// 撤销: the registration was annulled.
        RegistrationAnnulled = "REGISTRATION_ANNULLED",
        /// 注销: deregistered.
        Deregistered = "DEREGISTERED",
    }
}

vocabulary! {
    /// Quality flags (质量标记) of an enterprise: what is odd about it, while it is taken nevertheless.
    EnterpriseFlag {
        /// No source gives a credit code: the enterprise is known by its name and province.
        NoCreditCode = "NO_CREDIT_CODE",
        /// The check digit of the credit code does not fit (GB 32100-2015). Codes of early pilots are like that.
        CreditCodeCheckFailed = "CREDIT_CODE_CHECK_FAILED",
        /// The credit code given by the source cannot be read.
        CreditCodeUnreadable = "CREDIT_CODE_UNREADABLE",
        /// No division ever had the code of the registering authority (GB/T 2260).
        RegionUnknown = "REGION_UNKNOWN",
        /// The status word of the source is not in the vocabulary.
        StatusWordUnknown = "STATUS_WORD_UNKNOWN",
        /// Several enterprises with credit codes carry this name in this province, so it stays alone.
        NameAmbiguous = "NAME_AMBIGUOUS",
        /// A date of the source cannot be read.
        DateUnreadable = "DATE_UNREADABLE",
        /// The credit code is fictitious: generated data.
        Fictitious = "FICTITIOUS",
        /// An identity or mobile number stood in a column for other things, and was masked.
        PersonalDataInText = "PERSONAL_DATA_IN_TEXT",
    }
}

impl EnterpriseFlag {
    /// What a credit code alone shows to be odd.
    pub fn of_code(code: &SocialCreditCode) -> Vec<Self> {
        let odd = [
            (!code.check_digit_ok(), Self::CreditCodeCheckFailed),
            (code.is_fictitious(), Self::Fictitious),
        ];
        odd.into_iter()
            .filter_map(|(is, flag)| is.then_some(flag))
            .collect()
    }
}
