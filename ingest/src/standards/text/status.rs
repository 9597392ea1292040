//! Status words of standards and stage words of plans and drafts.

use entity::standard::{ProjectStage, StandardStatus};

use super::flag::TextFlag;
use super::markup::plain;

/// Words for the state of a standard (标准状态) in public catalogues: std.samr.gov.cn, openstd.samr.gov.cn, csres.com,
/// biaozhun.org, ndls.org.cn, ttbz.org.cn and qybz.org.cn; the English ones are those of checked lists.
/// 有更新版 and 已修订 say that a newer edition exists; 确认有效 is the conclusion of a review (标准化法 art. 29);
/// 历史 does not say whether a successor exists.
const STATUS_WORDS: [(&str, StandardStatus); 33] = [
    ("现行", StandardStatus::InForce),
    ("现行有效", StandardStatus::InForce),
    ("有效", StandardStatus::InForce),
    ("确认有效", StandardStatus::InForce),
    ("继续有效", StandardStatus::InForce),
    ("已实施", StandardStatus::InForce),
    ("effective", StandardStatus::InForce),
    ("current", StandardStatus::InForce),
    ("即将实施", StandardStatus::Upcoming),
    ("未实施", StandardStatus::Upcoming),
    ("未生效", StandardStatus::Upcoming),
    ("尚未实施", StandardStatus::Upcoming),
    ("upcoming", StandardStatus::Upcoming),
    ("被代替", StandardStatus::Replaced),
    ("已被代替", StandardStatus::Replaced),
    ("被替代", StandardStatus::Replaced),
    ("已被替代", StandardStatus::Replaced),
    ("有更新版", StandardStatus::Replaced),
    ("已修订", StandardStatus::Replaced),
    ("superseded", StandardStatus::Replaced),
    ("replaced", StandardStatus::Replaced),
    ("废止", StandardStatus::Withdrawn),
    ("已废止", StandardStatus::Withdrawn),
    ("作废", StandardStatus::Withdrawn),
    ("已作废", StandardStatus::Withdrawn),
    ("废除", StandardStatus::Withdrawn),
    ("过期", StandardStatus::Withdrawn),
    ("失效", StandardStatus::Withdrawn),
    ("历史", StandardStatus::Withdrawn),
    ("abolished", StandardStatus::Withdrawn),
    ("withdrawn", StandardStatus::Withdrawn),
    ("unknown", StandardStatus::Unknown),
    ("未知", StandardStatus::Unknown),
];

/// Words for the stage of a plan or draft (国标计划) at std.samr.gov.cn; the stages are those of GB/T 16733.
const STAGE_WORDS: [(&str, ProjectStage); 13] = [
    ("正在起草", ProjectStage::Drafting),
    ("起草", ProjectStage::Drafting),
    ("正在征求意见", ProjectStage::Soliciting),
    ("征求意见", ProjectStage::Soliciting),
    ("正在审查", ProjectStage::Reviewing),
    ("审查", ProjectStage::Reviewing),
    ("正在批准", ProjectStage::Approving),
    ("批准", ProjectStage::Approving),
    ("已发布", ProjectStage::Published),
    ("发布", ProjectStage::Published),
    ("暂缓", ProjectStage::Suspended),
    ("已终止", ProjectStage::Terminated),
    ("终止", ProjectStage::Terminated),
];

/// Reads a status word. A word that is not known gives `Unknown` with a flag; an empty field gives `Unknown` without
/// one, because the source says nothing.
pub fn read_status(word: &str) -> (StandardStatus, Option<TextFlag>) {
    look_up(&STATUS_WORDS, word, StandardStatus::Unknown)
}

/// Reads the stage word of a plan or draft, with the same rule for unknown and empty words as [`read_status`].
pub fn read_stage(word: &str) -> (ProjectStage, Option<TextFlag>) {
    look_up(&STAGE_WORDS, word, ProjectStage::Unknown)
}

fn look_up<T: Copy>(words: &[(&str, T)], word: &str, unknown: T) -> (T, Option<TextFlag>) {
    let word = plain(word).to_lowercase();
    if word.is_empty() {
        return (unknown, None);
    }
    match words.iter().find(|(known, _)| *known == word) {
        Some((_, value)) => (*value, None),
        None => (unknown, Some(TextFlag::StatusUnknown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_sources_is_known() {
        use StandardStatus::{InForce, Replaced, Upcoming, Withdrawn};
        for (word, status) in [
            ("现行", InForce),
            ("现行有效", InForce),
            ("有效", InForce),
            ("确认有效", InForce),
            ("即将实施", Upcoming),
            ("未实施", Upcoming),
            ("未生效", Upcoming),
            ("废止", Withdrawn),
            ("作废", Withdrawn),
            ("已作废", Withdrawn),
            ("已废止", Withdrawn),
            ("历史", Withdrawn),
            ("被代替", Replaced),
            ("已被替代", Replaced),
            ("有更新版", Replaced),
            ("已修订", Replaced),
            ("effective", InForce),
            ("Abolished", Withdrawn),
            ("superseded", Replaced),
        ] {
            assert_eq!(read_status(word), (status, None), "{word}");
        }
        assert_eq!(read_status("unknown"), (StandardStatus::Unknown, None));
        assert_eq!(read_status(" 现行\u{200b} "), (InForce, None));
    }

    #[test]
    fn every_stage_of_the_national_platform_is_known() {
        for (word, stage) in [
            ("正在起草", ProjectStage::Drafting),
            ("正在征求意见", ProjectStage::Soliciting),
            ("正在审查", ProjectStage::Reviewing),
            ("正在批准", ProjectStage::Approving),
            ("已发布", ProjectStage::Published),
            ("暂缓", ProjectStage::Suspended),
            ("已终止", ProjectStage::Terminated),
        ] {
            assert_eq!(read_stage(word), (stage, None), "{word}");
        }
    }

    #[test]
    fn an_unknown_word_is_flagged_and_an_empty_one_is_not() {
        assert_eq!(
            read_status("试行"),
            (StandardStatus::Unknown, Some(TextFlag::StatusUnknown))
        );
        assert_eq!(
            read_status("正在起草"),
            (StandardStatus::Unknown, Some(TextFlag::StatusUnknown))
        );
        assert_eq!(
            read_stage("现行"),
            (ProjectStage::Unknown, Some(TextFlag::StatusUnknown))
        );
        assert_eq!(read_status(""), (StandardStatus::Unknown, None));
        assert_eq!(read_stage(" "), (ProjectStage::Unknown, None));
    }
}
