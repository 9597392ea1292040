//! What to export, and as what.

use std::path::PathBuf;
use std::str::FromStr;

use entity::Scope;
use entity::record::RecordKind;
use entity::value::RegionCode;

use super::ExportError;
use super::package::Packing;
use super::package_row::PACKED;

/// The form of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A record a line, as JSON.
    Ndjson,
    /// RFC 4180 in UTF-8 with a byte order mark, a column for each member of the records; no cell is a formula.
    Csv,
    /// The same as a workbook (OOXML), every cell a text.
    Xlsx,
    /// Licences and penalties as packages (双公示) in XML.
    Package,
}

impl Form {
    /// The ending of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Package => "xml",
        }
    }
}

impl FromStr for Form {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "ndjson" => Ok(Self::Ndjson),
            "csv" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            "package" => Ok(Self::Package),
            _ => Err("there are ndjson, csv, xlsx and package".to_owned()),
        }
    }
}

/// What to write.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Whose view.
    pub scope: Scope,
    /// Which kinds; every one that the form holds where none is named.
    pub kinds: Vec<RecordKind>,
    /// Which regions with what lies in them; all where none is named.
    pub regions: Vec<RegionCode>,
    /// As what.
    pub form: Form,
    /// How packages are made.
    pub packing: Packing,
    /// An empty or missing directory, or one in which the same export was begun.
    pub out: PathBuf,
}

impl Plan {
    /// The kinds in the order in which they are written.
    pub(super) fn kinds_written(&self) -> Result<Vec<RecordKind>, ExportError> {
        let held = match self.form {
            Form::Package => PACKED.to_vec(),
            Form::Ndjson | Form::Csv | Form::Xlsx => RecordKind::ALL.to_vec(),
        };
        match self.kinds.iter().find(|kind| !held.contains(kind)) {
            Some(kind) => Err(ExportError::NotPacked(kind.as_str())),
            None if self.kinds.is_empty() => Ok(held),
            None => Ok(self.kinds.clone()),
        }
    }

    /// The words by which the same export is known again.
    pub(super) fn words(&self) -> Vec<String> {
        let named = |name: &str, values: Vec<&str>| format!("{name} {}", values.join(","));
        vec![
            named("form", vec![self.form.extension()]),
            named("kinds", self.kinds.iter().map(|kind| kind.as_str()).collect()),
            named("regions", self.regions.iter().map(RegionCode::as_str).collect()),
            named("scope", vec![&self.scope.spec()]),
            named(
                "packing",
                vec![self.packing.encoding.as_str(), &self.packing.sender],
            ),
        ]
    }
}
