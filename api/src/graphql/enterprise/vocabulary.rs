//! The closed vocabularies, mirrored from `entity`: a member added there does not compile here until it is described.

use async_graphql::Enum;

/// 登记状态（经营状态），依国家企业信用信息公示系统的用语。
///
/// The registration status, after the words of the national enterprise credit publicity system.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::enterprise::EnterpriseStatus")]
pub(crate) enum EnterpriseStatus {
    /// 存续（在营、开业、在册）。
    ///
    /// In operation.
    InOperation,
    /// 迁出。
    ///
    /// Registered elsewhere now.
    MovedOut,
    /// 停业。
    ///
    /// Out of business for the time being.
    Suspended,
    /// 清算。
    ///
    /// In liquidation.
    InLiquidation,
    /// 吊销：营业执照被吊销，注销之前主体仍存在。
    ///
    /// The licence was revoked; the entity exists until it is deregistered.
    LicenceRevoked,
    /// 撤销：登记被撤销。
    ///
    /// The registration was annulled.
    RegistrationAnnulled,
    /// 注销。
    ///
    /// Deregistered.
    Deregistered,
    /// 来源的用语未能识别。
    ///
    /// The word of the source is not understood.
    Unknown,
}

/// 企业记录的质量标记：有疑问但仍予收录。
///
/// Quality flags of an enterprise: what is odd about it, while it is taken nevertheless.
#[derive(Enum, Copy, Clone, Debug, Eq, PartialEq)]
#[graphql(remote = "entity::enterprise::EnterpriseFlag")]
pub(crate) enum EnterpriseFlag {
    /// 无来源给出统一社会信用代码，以名称和省份识别。
    ///
    /// No source gives a credit code; the enterprise is known by its name and province.
    NoCreditCode,
    /// 信用代码校验位不符（GB 32100-2015）；早期试点代码即如此。
    ///
    /// The check digit of the credit code does not fit (GB 32100-2015); codes of early pilots are like that.
    CreditCodeCheckFailed,
    /// 来源给出的信用代码无法识别。
    ///
    /// The credit code given by the source cannot be read.
    CreditCodeUnreadable,
    /// 信用代码中的登记机关区划从未存在（GB/T 2260）。
    ///
    /// No division ever had the code of the registering authority (GB/T 2260).
    RegionUnknown,
    /// 状态用语不在词表中。
    ///
    /// The status word is not in the vocabulary.
    StatusWordUnknown,
    /// 同省有多个信用代码使用该名称，未合并。
    ///
    /// Several credit codes carry this name in the province, so it was not joined to any.
    NameAmbiguous,
    /// 来源的某个日期无法读取。
    ///
    /// A date of the source cannot be read.
    DateUnreadable,
    /// 信用代码为虚构：演示用生成数据。
    ///
    /// The credit code is fictitious: generated data.
    Fictitious,
    /// 其他用途的列中出现身份证号码或手机号码，已脱敏。
    ///
    /// An identity or mobile number stood in a column for other things, and was masked.
    PersonalDataInText,
}
