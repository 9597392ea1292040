//! Faults of real files, and how often each is planted.

use std::collections::BTreeMap;

use super::chance::Chance;

/// A kind of fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its name in [`super::Summary::faults`].
    pub key: &'static str,
    /// In how many of 1,000 records (products, for barcodes) that can have it, it is planted.
    pub per_mille: u32,
    /// Why real files have it.
    pub reason: &'static str,
}

const fn fault(key: &'static str, per_mille: u32, reason: &'static str) -> Fault {
    Fault {
        key,
        per_mille,
        reason,
    }
}

/// No code at all.
pub const MISSING_CREDIT_CODE: Fault = fault(
    "missing_credit_code",
    10,
    "lists that were exported for print carry the name only",
);
/// An organisation code in place of the credit code.
pub const ORGANIZATION_CODE_ONLY: Fault = fault(
    "organization_code_only",
    5,
    "records from before the change of codes of 2015 were never brought up to date",
);
/// Small letters in the credit code.
pub const LOWER_CASE_CODE: Fault = fault(
    "lower_case_code",
    4,
    "typed by hand; public registers too print a small check letter",
);
/// A check digit that is wrong.
pub const FAILING_CHECK_DIGIT: Fault = fault(
    "failing_check_digit",
    5,
    "a slip of the hand, or a code of the Fujian pilot; 2 of 80 public codes fail",
);
/// No standard number; the record goes to quarantine.
pub const MISSING_STANDARD_NUMBER: Fault = fault(
    "missing_standard_number",
    2,
    "number and name share one cell on the platform, and splitting lost the number",
);
/// A number that no grammar allows (R61).
pub const ILLEGAL_NUMBER: Fault = fault(
    "illegal_number",
    12,
    "numbers of own standards are typed freely; item 3 of the spot checks fails most after methods",
);
/// Full-width letters and digits in the number.
pub const FULL_WIDTH_NUMBER: Fault = fault("full_width_number", 6, "typed with a Chinese input method");
/// A dash of another width in the number.
pub const EM_DASH_NUMBER: Fault = fault(
    "em_dash_number",
    20,
    "GB/T 1.1 prints the long dash, and it is copied from there",
);
/// No blank in the number.
pub const BLANKLESS_NUMBER: Fault = fault(
    "blankless_number",
    30,
    "std.samr.gov.cn itself keeps the spelling without a blank beside the other",
);
/// A status word that no list has.
pub const UNKNOWN_STATUS: Fault = fault("unknown_status", 4, "each neighbour has words of its own");
/// Dates as `2023/5/12`.
pub const SLASHED_DATE: Fault = fault(
    "slashed_date",
    12,
    "a spreadsheet wrote them in the form of its country",
);
/// Dates as `2023年5月12日`.
pub const CHINESE_DATE: Fault = fault("chinese_date", 5, "copied from a document");
/// Dates as `20230512`.
pub const COMPACT_DATE: Fault = fault(
    "compact_date",
    5,
    "an interface of text fields without separators",
);
/// No indicator of a standard that must tell some (R62, R71).
pub const NO_INDICATORS: Fault = fault("no_indicators", 30, "declared before indicators were asked for");
/// An indicator without a test method (R71).
pub const MISSING_TEST_METHOD: Fault = fault(
    "missing_test_method",
    60,
    "the fault most often found: 75 of 413 standards in the spot check of Shanxi 2024",
);
/// A barcode whose check digit is wrong.
pub const FAILING_GTIN: Fault = fault("failing_gtin", 20, "typed by hand; 1 of 47 public barcodes fails");
/// Two dashes in place of a barcode.
pub const DASHED_GTIN: Fault = fault("dashed_gtin", 60, "the platform prints —— for what is empty");
/// Blanks in the name of the enterprise.
pub const BLANKS_IN_NAME: Fault = fault("blanks_in_name", 5, "copied from a form or from a page");
/// Half-width brackets in the name of the enterprise.
pub const HALF_WIDTH_BRACKETS: Fault = fault(
    "half_width_brackets",
    120,
    "registers print full-width brackets, keyboards write half-width ones",
);
/// A record that stands in the file twice, word for word.
pub const REPEATED_RECORD: Fault = fault("repeated_record", 5, "pages of a list shift while it is read");

/// All kinds.
pub static FAULTS: [&Fault; 20] = [
    &MISSING_CREDIT_CODE,
    &ORGANIZATION_CODE_ONLY,
    &LOWER_CASE_CODE,
    &FAILING_CHECK_DIGIT,
    &MISSING_STANDARD_NUMBER,
    &ILLEGAL_NUMBER,
    &FULL_WIDTH_NUMBER,
    &EM_DASH_NUMBER,
    &BLANKLESS_NUMBER,
    &UNKNOWN_STATUS,
    &SLASHED_DATE,
    &CHINESE_DATE,
    &COMPACT_DATE,
    &NO_INDICATORS,
    &MISSING_TEST_METHOD,
    &FAILING_GTIN,
    &DASHED_GTIN,
    &BLANKS_IN_NAME,
    &HALF_WIDTH_BRACKETS,
    &REPEATED_RECORD,
];

/// Counts by name.
pub type Counts = BTreeMap<&'static str, u64>;

/// How often each fault could have been planted, and was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultTally {
    /// Records (or products) that can have the fault.
    pub able: Counts,
    /// Those that have it.
    pub planted: Counts,
}

impl FaultTally {
    /// Counts one that can have the fault, and says whether it shall have it.
    pub(super) fn falls(&mut self, fault: &Fault, chance: &mut Chance) -> bool {
        *self.able.entry(fault.key).or_default() += 1;
        let falls = chance.per_mille(fault.per_mille);
        *self.planted.entry(fault.key).or_default() += u64::from(falls);
        falls
    }

    pub(super) fn add(&mut self, other: &Self) {
        add(&mut self.able, &other.able);
        add(&mut self.planted, &other.planted);
    }
}

/// Adds counts to others.
pub(super) fn add(counts: &mut Counts, more: &Counts) {
    for (key, count) in more {
        *counts.entry(key).or_default() += count;
    }
}
