//! What annotations say.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 批注类型.
    AnnotationKind {
        /// 说明: a remark.
        Remark = "REMARK",
        /// 核实属实: a person looked, and what a finding says is so.
        Confirmed = "CONFIRMED",
        /// 核实不实: a person looked, and what a finding says is not so.
        Dismissed = "DISMISSED",
        /// 责令改正: the enterprise is ordered to correct it (标准化法 art 38; R37).
        Correction = "CORRECTION",
    }
}

impl AnnotationKind {
    /// Whether it speaks about a finding, and has to say which.
    pub fn is_about_a_finding(self) -> bool {
        matches!(self, Self::Confirmed | Self::Dismissed)
    }
}
