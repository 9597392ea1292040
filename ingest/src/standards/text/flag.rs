//! What was found wrong with, or was changed in, a text of a catalogue row.

/// A finding about one text of a catalogue row. The text itself is kept by the caller; the flag says why the value
/// that was read from it differs from it, or is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextFlag {
    /// A date field holds a year only (`2012`).
    YearOnly,
    /// A date field holds a year and a month only (`2012-01`).
    MonthOnly,
    /// A date that no standard of the People's Republic can carry, such as the placeholder `1900-01-01`.
    DateOutOfRange,
    /// A date field that is no date, or a day that the calendar does not have.
    DateUnreadable,
    /// A status or stage word outside the known vocabulary.
    StatusUnknown,
    /// A title that was UTF-8 read as Latin-1 or Windows-1252 has been turned back.
    TitleMojibakeRepaired,
    /// A title with characters that stand for lost ones (`？`, U+FFFD): not guessed at.
    TitleSuspect,
    /// The number of the standard stood in the title and was taken off.
    TitleNumberRemoved,
    /// The title was a file name.
    TitleFromFileName,
    /// A remark about the copy (高清版, 作废, 建设部发布公告) was taken off the title.
    TitleNoteRemoved,
    /// Nothing is left of the title.
    TitleEmpty,
    /// The number cell held only part of the number; the rest stood before the title, or `/T` behind it.
    NumberRecovered,
    /// The number cell holds an ISBN: the row is a book.
    NumberIsIsbn,
    /// The row names neither a standard nor a plan that can be identified.
    NumberMissing,
    /// Part of the ICS field could not be read.
    IcsUnreadable,
    /// Part of the CCS field could not be read.
    CcsUnreadable,
}

impl TextFlag {
    /// The name of the flag as it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YearOnly => "YEAR_ONLY",
            Self::MonthOnly => "MONTH_ONLY",
            Self::DateOutOfRange => "DATE_OUT_OF_RANGE",
            Self::DateUnreadable => "DATE_UNREADABLE",
            Self::StatusUnknown => "STATUS_UNKNOWN",
            Self::TitleMojibakeRepaired => "TITLE_MOJIBAKE_REPAIRED",
            Self::TitleSuspect => "TITLE_SUSPECT",
            Self::TitleNumberRemoved => "TITLE_NUMBER_REMOVED",
            Self::TitleFromFileName => "TITLE_FROM_FILE_NAME",
            Self::TitleNoteRemoved => "TITLE_NOTE_REMOVED",
            Self::TitleEmpty => "TITLE_EMPTY",
            Self::NumberRecovered => "NUMBER_RECOVERED",
            Self::NumberIsIsbn => "NUMBER_IS_ISBN",
            Self::NumberMissing => "NUMBER_MISSING",
            Self::IcsUnreadable => "ICS_UNREADABLE",
            Self::CcsUnreadable => "CCS_UNREADABLE",
        }
    }
}
