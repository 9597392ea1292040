//! The data that ships inside the binary: mapping files, reference tables and a real catalogue of standards.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::IngestError;
use crate::generate::CatalogueStandard;

/// Every packed file with its path below `data/`.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/bundle.rs"));

/// The files below a folder, by path, in order.
pub fn files(folder: &str) -> impl Iterator<Item = (&'static str, Result<Vec<u8>, IngestError>)> {
    FILES
        .iter()
        .filter(move |(name, _)| name.starts_with(folder))
        .map(|(name, packed)| (*name, unpack(name, packed)))
}

/// One file by its path.
pub fn file(path: &str) -> Result<Vec<u8>, IngestError> {
    let found = FILES.iter().find(|(name, _)| *name == path);
    let Some((name, packed)) = found else {
        return Err(IngestError::BuiltIn {
            name: path.to_owned(),
            problem: "there is no such file".to_owned(),
        });
    };
    unpack(name, packed)
}

/// The numbers and titles of the bundled catalogue, for data that cites real standards.
pub fn catalogue_titles() -> Result<Vec<CatalogueStandard>, IngestError> {
    let mut standards = Vec::new();
    for (name, bytes) in files("standards/a_").filter(|(name, _)| name.ends_with(".csv")) {
        let bytes = bytes?;
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bytes.as_slice());
        for row in reader.records() {
            let row = row.map_err(|error| IngestError::BuiltIn {
                name: name.to_owned(),
                problem: error.to_string(),
            })?;
            if let (Some(number), Some(title)) = (row.get(0), row.get(1)) {
                standards.push((number.to_owned(), title.to_owned()).into());
            }
        }
    }
    Ok(standards)
}

fn unpack(name: &str, packed: &[u8]) -> Result<Vec<u8>, IngestError> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed)
        .read_to_end(&mut bytes)
        .map_err(|error| IngestError::BuiltIn {
            name: name.to_owned(),
            problem: error.to_string(),
        })?;
    Ok(bytes)
}
