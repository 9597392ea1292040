//! The adapters, and what each does with a file.

use std::path::Path;

use entity::record::RecordKind;

use super::{Day, Opened};
use crate::file::StoredObject;
use crate::file::object::{self, Incoming};
use crate::file::spreadsheet::Program;
use crate::form::forms;
use crate::{IngestError, credit, institution, limits, metrology, platform, reference, register, standards};

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
    /// Licences and penalties, as 双公示 exchanges them.
    DoublePublicity,
    /// 经营异常名录, 严重违法失信名单, repairs and risk classes.
    CreditListings,
    /// Ledgers of measuring instruments, and tables of type approvals.
    MetrologyLedger,
    /// Lists of testing institutions.
    InstitutionList,
}

impl Adapter {
    /// Every adapter.
    pub const ALL: [Self; 9] = [
        Self::StandardsCatalogue,
        Self::Reference,
        Self::EnterpriseStandardPlatform,
        Self::EnterpriseRegister,
        Self::MandatoryLimits,
        Self::DoublePublicity,
        Self::CreditListings,
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
            Self::DoublePublicity => "double-publicity",
            Self::CreditListings => "credit-listings",
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
            Self::DoublePublicity | Self::CreditListings => credit::VERSION,
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
            Self::DoublePublicity => &[RecordKind::Licence, RecordKind::Penalty],
            // A repair also speaks of its target, and is silent about it when it is taken back.
            Self::CreditListings => &[
                RecordKind::CreditListing,
                RecordKind::CreditRepair,
                RecordKind::RiskRating,
                RecordKind::Penalty,
            ],
            Self::MetrologyLedger => &[RecordKind::MeasuringInstrument, RecordKind::TypeApproval],
            Self::InstitutionList => &[RecordKind::TestingInstitution, RecordKind::InstitutionMisconduct],
        }
    }

    /// The folder of its mapping files, where it has any.
    pub fn mappings(self) -> Option<&'static str> {
        match self {
            Self::StandardsCatalogue => Some("mappings/standards/"),
            Self::Reference => None,
            Self::EnterpriseStandardPlatform => Some("mappings/platform/"),
            Self::EnterpriseRegister => Some("mappings/register/"),
            Self::MandatoryLimits => Some("mappings/limits/"),
            Self::DoublePublicity => Some("mappings/double-publicity/"),
            Self::CreditListings => Some("mappings/credit-listings/"),
            Self::MetrologyLedger => Some("mappings/metrology/"),
            Self::InstitutionList => Some("mappings/institution/"),
        }
    }

    /// Whether one of its mapping files marks personal columns: then all of its raw files are kept under seal, because which form
    /// a file has is found out only when it is read.
    pub fn holds_personal_data(self) -> Result<bool, IngestError> {
        let forms = self.mappings().map(forms).transpose()?.unwrap_or_default();
        Ok(forms.iter().any(|form| !form.personal.is_empty()))
    }

    /// Copies the bytes into the store.
    pub(super) fn receive(self, data_dir: &Path, path: &Path) -> Result<Incoming, IngestError> {
        match self {
            Self::Reference if path.is_dir() => reference::store_folder(data_dir, path),
            _ => object::receive(data_dir, path, self.holds_personal_data()?),
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
            Self::DoublePublicity => credit::open_double_publicity(object, day, workbooks),
            Self::CreditListings => credit::open_listings(object, day, workbooks),
            Self::MetrologyLedger => metrology::open(object, day, workbooks),
            Self::InstitutionList => institution::open(object, day, workbooks),
        }
    }
}
