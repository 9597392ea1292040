//! Why a step of an embargo cannot be taken, in words that a clerk of the bureau can act on.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 审批不通过的原因.
    EmbargoRefusal {
        /// The step cannot be taken from this stage.
        WrongStage = "WRONG_STAGE",
        /// Nobody reviews or authorises what they wrote.
        OwnWork = "OWN_WORK",
        /// The second person who authorises is the first one again.
        SamePerson = "SAME_PERSON",
        /// There is no document number (发文字号).
        DocumentNumberMissing = "DOCUMENT_NUMBER_MISSING",
        /// The document number has not the form of GB/T 9704.
        DocumentNumberInvalid = "DOCUMENT_NUMBER_INVALID",
        /// The second person names another document number than the first.
        DocumentNumberDiffers = "DOCUMENT_NUMBER_DIFFERS",
        /// Sending back and taking back need a reason.
        ReasonMissing = "REASON_MISSING",
    }
}

impl EmbargoRefusal {
    /// In Chinese, with the remedy.
    pub fn message_zh(self) -> &'static str {
        match self {
            Self::WrongStage => "当前环节不能办理此事项，请查看所处环节后再办。",
            Self::OwnWork => "本人起草的，本人不得审核、批准，请由他人办理。",
            Self::SamePerson => "批准须由两人分别办理，请由另一人批准。",
            Self::DocumentNumberMissing => "批准须有发文字号，请填写，如“张市监标计〔2022〕2号”。",
            Self::DocumentNumberInvalid => {
                "发文字号应含机关代字、年份和序号，如“张市监标计〔2022〕2号”（GB/T 9704）。"
            }
            Self::DocumentNumberDiffers => "发文字号与第一位批准人所填不一致，请核对；有误的请退回。",
            Self::ReasonMissing => "退回、撤回须说明理由，请填写。",
        }
    }

    /// In English, with the remedy.
    pub fn message_en(self) -> &'static str {
        match self {
            Self::WrongStage => "This step cannot be taken from the present stage: look at the stage first.",
            Self::OwnWork => "Nobody reviews or authorises what they wrote: leave it to somebody else.",
            Self::SamePerson => {
                "Two persons authorise, each for themselves: leave the second one to somebody else."
            }
            Self::DocumentNumberMissing => {
                "Authorising needs the number of the document: write it as issuer, year in brackets and serial."
            }
            Self::DocumentNumberInvalid => {
                "A document number is issuer, year in brackets and serial (GB/T 9704): look at the document."
            }
            Self::DocumentNumberDiffers => {
                "The first person gave another document number: compare them, and send it back if that one is wrong."
            }
            Self::ReasonMissing => "Sending back and taking back need a reason: write one.",
        }
    }
}
