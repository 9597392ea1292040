//! Changes of divisions (行政区划变更), read from the yearly list of changes.

use chrono::{Datelike, NaiveDate};
use entity::value::RegionCode;
use serde::Serialize;

use super::rows::{ActDayRow, ChangeRow};

/// What happened to a region. The source's own word stays in [`RegionChange::word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeKind {
    /// 设立 (新设).
    Created,
    /// 撤销, with no single region known to have taken the territory before.
    Abolished,
    /// 撤销 and 并入: the territory went to a region that existed already.
    Merged,
    /// 撤销 with several successors.
    Split,
    /// 更名: a new name under the same code, or a 码位改派 that is nothing else.
    Renamed,
    /// 建制变更: 撤县设市, 撤县设区, 撤地设市, 撤市设区, 撤区设区, 撤旗设区.
    Converted,
    /// 代码变更 (同名改码): same name, new code, mostly because the region above changed.
    Recoded,
    /// 码位改派: the code was given to another region.
    Reassigned,
    /// 划转: towns or land moved to another region; no code changes.
    Moved,
    /// 区划调整 in general.
    Adjusted,
    /// 驻地迁移: the seat of government moved.
    SeatMoved,
    /// A word not known here.
    Other,
}

impl ChangeKind {
    pub(super) fn from_word(word: &str) -> Self {
        match word.trim() {
            "新设" | "设立" => Self::Created,
            "撤销" => Self::Abolished,
            "并入" | "合并" => Self::Merged,
            "更名" => Self::Renamed,
            "撤县设市" | "撤县设区" | "撤地设市" | "撤市设区" | "撤区设区" | "撤旗设区" => {
                Self::Converted
            }
            "同名改码" | "代码变更" => Self::Recoded,
            "码位改派" => Self::Reassigned,
            "划转" | "隶属变更" => Self::Moved,
            "区划调整" => Self::Adjusted,
            "驻地迁移" => Self::SeatMoved,
            _ => Self::Other,
        }
    }

    /// Whether the new code of the change may be a later one that only holds the same territory.
    pub(super) fn names_a_later_code(self) -> bool {
        matches!(self, Self::Abolished | Self::Merged | Self::Split)
    }
}

/// One change, as the source lists it and as the history uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegionChange {
    /// Year whose list first shows the change.
    pub year: i32,
    /// Day of the act, where `act_days.csv` or the notice text gives it.
    pub on: Option<NaiveDate>,
    /// Derived kind.
    pub kind: ChangeKind,
    /// 变更类型 as the source says it.
    pub word: String,
    /// Code before; `None` for a creation and for notices without codes.
    pub old_code: Option<RegionCode>,
    /// Name before.
    pub old_name: Option<String>,
    /// Code after, as the source says it; the codes that really took over are in [`super::RegionSpan::successors`].
    pub new_code: Option<RegionCode>,
    /// Name after.
    pub new_name: Option<String>,
    /// 批准文号.
    pub doc_no: Option<String>,
    /// Text of the notice.
    pub detail: Option<String>,
}

impl RegionChange {
    /// Whether the change is about this code with this name before it.
    pub(super) fn ends(&self, code: &RegionCode, name: &str) -> bool {
        self.old_code.as_ref() == Some(code)
            && self.old_name.as_deref() == Some(name)
            && !self.keeps_code_and_name()
    }

    /// Whether the change gives this code this name. An abolition does not: it only tells who holds the land.
    pub(super) fn begins(&self, code: &RegionCode, name: &str) -> bool {
        !self.kind.names_a_later_code()
            && self.new_code.as_ref() == Some(code)
            && self.new_name.as_deref() == Some(name)
            && !self.keeps_code_and_name()
    }

    fn keeps_code_and_name(&self) -> bool {
        self.old_code == self.new_code && self.old_name == self.new_name
    }
}

/// Turns the rows into changes, oldest first, each with its day where one is known.
pub(super) fn read_changes(rows: &[ChangeRow], days: &[ActDayRow]) -> Vec<RegionChange> {
    let mut changes: Vec<RegionChange> = rows.iter().map(|row| read_change(row, days)).collect();
    changes.sort_by_key(|change| change.year);
    changes
}

fn read_change(row: &ChangeRow, days: &[ActDayRow]) -> RegionChange {
    let listed = days
        .iter()
        .find(|day| {
            day.year == row.year
                && (row.old_code.starts_with(&day.code_prefix) || row.new_code.starts_with(&day.code_prefix))
        })
        .map(|day| day.on);
    RegionChange {
        year: row.year,
        on: listed
            .or_else(|| announced_on(&row.detail))
            .filter(|day| day.year() == row.year),
        kind: ChangeKind::from_word(&row.word),
        word: row.word.clone(),
        old_code: RegionCode::parse(&row.old_code),
        old_name: text(&row.old_name),
        new_code: RegionCode::parse(&row.new_code),
        new_name: text(&row.new_name),
        doc_no: text(&row.doc_no),
        detail: text(&row.detail),
    }
}

fn text(value: &str) -> Option<String> {
    let trimmed = value.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// The day in a text like （云南省人民政府2021年2月2日公布）: the last one directly before 公布.
fn announced_on(detail: &str) -> Option<NaiveDate> {
    let (before, _) = detail.rsplit_once("日公布")?;
    let (before, day) = before.rsplit_once('月')?;
    let (before, month) = before.rsplit_once('年')?;
    let mut year: Vec<char> = before.chars().rev().take(4).collect();
    year.reverse();
    let year: String = year.into_iter().collect();
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_day_of_a_public_notice() {
        let day = announced_on("禄丰市由楚雄彝族自治州管辖。 （云南省人民政府2021年2月2日公布）");
        assert_eq!(day, NaiveDate::from_ymd_opt(2021, 2, 2));
        for text in [
            "",
            "日公布",
            "月日公布",
            "年2月2日公布",
            "2021年2月30日公布",
            "2021年2月2日批准",
        ] {
            assert_eq!(announced_on(text), None, "{text}");
        }
    }

    #[test]
    fn keeps_an_unknown_word_apart() {
        assert_eq!(ChangeKind::from_word("撤盟设市"), ChangeKind::Other);
        assert_eq!(ChangeKind::from_word("撤旗设区"), ChangeKind::Converted);
    }
}
