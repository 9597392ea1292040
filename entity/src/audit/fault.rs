//! What can be wrong with the trail.

use std::fmt;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// 异常: what is wrong with an entry, a head or the counter.
    Fault {
        /// 被改动: the content has not the hash that was written with it.
        Edited = "EDITED",
        /// 缺失: entries were taken out.
        Missing = "MISSING",
        /// 换位: an entry stands in another place than it was written to.
        Moved = "MOVED",
        /// 断链: an entry does not follow from the one before it, so one of the two was replaced.
        Unlinked = "UNLINKED",
        /// 截尾: the last entries were taken away.
        Truncated = "TRUNCATED",
        /// 签名无效: no key that is believed signed a head.
        HeadForged = "HEAD_FORGED",
        /// 与签名不符: an entry has another hash than was signed.
        HeadDiffers = "HEAD_DIFFERS",
        /// 签名缺失: a head was taken away.
        HeadMissing = "HEAD_MISSING",
        /// 清理记录无效: the record of a cut is not signed, or tells of a cut that was too early.
        CutForged = "CUT_FORGED",
        /// 计数不符: the counter tells of another newest entry.
        CounterDiffers = "COUNTER_DIFFERS",
        /// 与外部留存不符: the head that was kept outside does not fit.
        OutsideDiffers = "OUTSIDE_DIFFERS",
    }
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The entry.
    pub seq: i64,
    /// What is wrong.
    pub fault: Fault,
    /// The same in words.
    pub detail: String,
}

impl Trouble {
    pub(super) fn new(seq: i64, fault: Fault, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self { seq, fault, detail }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {}: {}: {}", self.seq, self.fault.as_str(), self.detail)
    }
}
