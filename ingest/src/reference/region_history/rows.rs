//! Rows of the published lists of divisions, as the CSV files give them.

use chrono::NaiveDate;
use serde::Deserialize;

/// One line of the current list (`current_*.csv`; 民政部 行政区划代码): the region as it is on the edition's day.
#[derive(Debug, Clone, Deserialize)]
pub struct DivisionRow {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// 名称.
    pub name: String,
    /// Code of the region above; the province where no city stands between; empty for a province.
    pub parent: Option<String>,
}

/// One line of the yearly changes (`change_events_*.csv`): what differs between the list of a year and the one before.
#[derive(Debug, Clone, Deserialize)]
pub struct ChangeRow {
    /// Year whose list, as of 31 December, shows the change for the first time.
    pub year: i32,
    /// 变更类型 in the source's word: 新设, 撤销, 撤县设市, 同名改码, …
    #[serde(rename = "type")]
    pub word: String,
    /// Code before; empty when newly created and on notices without codes.
    pub old_code: String,
    /// Name before, on some notices a sentence.
    pub old_name: String,
    /// Code after; for 撤销 the code that holds the territory, which may be of a later year.
    pub new_code: String,
    /// Name after.
    pub new_name: String,
    /// 批准文号, such as 国函〔2018〕163号.
    pub doc_no: String,
    /// Text of the notice where the source gives it.
    pub detail: String,
}

/// One line of `code_name_first_last_seen.csv`: a code with a name, and the first and last list that show the pair.
#[derive(Debug, Clone, Deserialize)]
pub struct SpanRow {
    /// Six digits of GB/T 2260.
    pub code: String,
    /// 名称.
    pub name: String,
    /// Year and month of the first list, `198012`.
    pub first_revision: String,
    /// Year and month of the last list, `201904`.
    pub last_revision: String,
}

/// One line of `development_zones.csv`: a zone that GB/T 2260 does not show (保税区, R1).
#[derive(Debug, Clone, Deserialize)]
pub struct ZoneRow {
    /// Code with a zone, `320582.01`.
    pub code: String,
    /// 名称.
    pub name: String,
    /// Code of the region that holds the zone.
    pub within: String,
    /// Year of establishment.
    pub since: i32,
    /// Who established it, and which document needs it.
    pub basis: String,
}

/// One line of `act_days.csv`: the day of the act behind the changes of a year, where it is known for certain.
#[derive(Debug, Clone, Deserialize)]
pub struct ActDayRow {
    /// Year of the changes.
    pub year: i32,
    /// Leading digits of the old or the new code of these changes.
    pub code_prefix: String,
    /// Day of the decision or approval (决定, 批复).
    pub on: NaiveDate,
    /// The act: 国函〔2018〕163号, a decision of the National People's Congress.
    pub basis: String,
}
