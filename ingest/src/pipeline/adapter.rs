//! The adapters, and what each does with a file.

use std::path::Path;

use entity::record::RecordKind;

use super::{Day, Opened};
use crate::file::spreadsheet::Program;
use crate::file::{self, StoredObject};
use crate::{IngestError, institution, limits, metrology, platform, reference, register, standards};

/// The adapters by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adapter {
    /// Lists of standards.
    StandardsCatalogue,
    /// Divisions, classifications, holidays.
    Reference,
    /// Declarations, as the national platform and its neighbours exchange them.
    EnterpriseStandardPlatform,
    /// Lists of enterprises.
    EnterpriseRegister,
    /// Limits of mandatory standards, as a bureau keeps them.
    MandatoryLimits,
    /// Ledgers of measuring instruments.
    MetrologyLedger,
    /// Lists of testing institutions.
    InstitutionList,
}

impl Adapter {
    /// Every adapter.
    pub const ALL: [Self; 7] = [
        Self::StandardsCatalogue,
        Self::Reference,
        Self::EnterpriseStandardPlatform,
        Self::EnterpriseRegister,
        Self::MandatoryLimits,
        Self::MetrologyLedger,
        Self::InstitutionList,
    ];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StandardsCatalogue => "standards-catalogue",
            Self::Reference => "reference",
            Self::EnterpriseStandardPlatform => "enterprise-standard-platform",
            Self::EnterpriseRegister => "enterprise-register",
            Self::MandatoryLimits => "mandatory-limits",
            Self::MetrologyLedger => "metrology-ledger",
            Self::InstitutionList => "institution-list",
        }
    }

    /// Finds an adapter by its name.
    pub fn parse(name: &str) -> Result<Self, IngestError> {
        Self::ALL
            .into_iter()
            .find(|adapter| adapter.as_str() == name)
            .ok_or_else(|| IngestError::UnknownAdapter {
                name: name.to_owned(),
                known: Self::ALL.map(Self::as_str).join(", "),
            })
    }

    /// Grows whenever the same file would give other claims.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::StandardsCatalogue => standards::VERSION,
            Self::Reference => reference::VERSION,
            Self::EnterpriseStandardPlatform => platform::VERSION,
            Self::EnterpriseRegister => register::VERSION,
            Self::MandatoryLimits => limits::VERSION,
            Self::MetrologyLedger => metrology::VERSION,
            Self::InstitutionList => institution::VERSION,
        }
    }

    /// The records that a complete file of the adapter tells all of; what it says of others, it says aside.
    pub(super) fn tells_all_of(self) -> &'static [RecordKind] {
        match self {
            Self::StandardsCatalogue => &[RecordKind::Standard, RecordKind::StandardProject],
            Self::Reference => &[
                RecordKind::Region,
                RecordKind::RegionChange,
                RecordKind::Classification,
                RecordKind::Holiday,
            ],
            Self::EnterpriseStandardPlatform => &[RecordKind::Declaration],
            Self::EnterpriseRegister => &[RecordKind::Enterprise],
            Self::MandatoryLimits => &[RecordKind::MandatoryLimit],
            Self::MetrologyLedger => &[RecordKind::MeasuringInstrument],
            Self::InstitutionList => &[RecordKind::TestingInstitution, RecordKind::InstitutionMisconduct],
        }
    }

    /// Stores the bytes.
    pub(super) fn store(self, data_dir: &Path, path: &Path) -> Result<StoredObject, IngestError> {
        match self {
            Self::Reference if path.is_dir() => reference::store_folder(data_dir, path),
            _ => file::object::store(data_dir, path),
        }
    }

    /// Recognises a stored file and opens its rows.
    pub(super) fn open(
        self,
        object: &StoredObject,
        day: Day,
        workbooks: &Program,
    ) -> Result<Opened, IngestError> {
        match self {
            Self::StandardsCatalogue => standards::open(object, day, workbooks),
            Self::Reference => reference::open(object, day.told),
            Self::EnterpriseStandardPlatform => platform::open(object, day, workbooks),
            Self::EnterpriseRegister => register::open(object, day, workbooks),
            Self::MandatoryLimits => limits::open(object, day, workbooks),
            Self::MetrologyLedger => metrology::open(object, day, workbooks),
            Self::InstitutionList => institution::open(object, day, workbooks),
        }
    }
}
