//! Generated files as deliveries to the hub: which adapter takes which file, as of which day.

use std::io;
use std::path::Path;

use super::{DAY, Form, Plan, Scale, generate};
use crate::pipeline::{Adapter, Request};
use crate::{IngestError, bundle};

/// The seed of the county that `demo` shows.
const DEMO_SEED: u64 = 1;
/// Written last, so that a folder with it is whole.
const LAST: &str = "README.txt";

impl Plan {
    /// The county that `demo` shows.
    pub fn county() -> Result<Self, IngestError> {
        let broken = |problem: String| IngestError::BuiltIn {
            name: "generated county".to_owned(),
            problem,
        };
        Ok(Self {
            scale: Scale::County,
            seed: DEMO_SEED,
            as_of: DAY.parse().map_err(|error| broken(format!("{DAY}: {error}")))?,
            standards: bundle::catalogue_titles()?,
        })
    }

    /// Generates the files in `folder`, unless they are there, and gives them in the order of their delivery: the
    /// register, the declarations, and the later file of corrections.
    pub fn deliveries(&self, folder: &Path) -> io::Result<Vec<Request>> {
        if !folder.join(LAST).exists() {
            if folder.exists() {
                std::fs::remove_dir_all(folder)?;
            }
            generate(self, folder, Form::Ndjson)?;
        }
        let mut names: Vec<String> = std::fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<_>>()?;
        // The register, then the numbered files, then the corrections: the order of the alphabet, but for the register.
        names.sort_by_key(|name| (!name.starts_with("register"), name.clone()));
        let requests = names.into_iter().filter_map(|name| {
            let (adapter, as_of) = self.delivery(&name)?;
            Some(Request {
                adapter,
                path: folder.join(name),
                as_of: Some(as_of),
                complete: false,
            })
        });
        Ok(requests.collect())
    }

    /// Which adapter takes a generated file, as of which day.
    pub fn delivery(&self, name: &str) -> Option<(Adapter, chrono::NaiveDate)> {
        if name.starts_with("register") {
            Some((Adapter::EnterpriseRegister, self.as_of))
        } else if name.starts_with("declarations-corrections") {
            Some((Adapter::EnterpriseStandardPlatform, self.as_of))
        } else if name.starts_with("declarations") {
            Some((Adapter::EnterpriseStandardPlatform, self.delivered_on()))
        } else {
            None
        }
    }
}
