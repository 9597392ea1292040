//! What becomes of personal columns, as the mapping file says.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What becomes of the cells of a personal column before anything is stored, shown or logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Treatment {
    /// They are left out.
    Drop,
    /// Only a hash stays, with a key of the hub: cells of several files can be compared, and none is known.
    Hash,
    /// A name keeps its surname: `张〇〇`.
    Mask,
}

/// The personal columns of a form: a list of columns that are dropped, or a table of columns with their treatment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Personal(BTreeMap<String, Treatment>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Dropped(Vec<String>),
    Treated(BTreeMap<String, Treatment>),
}

impl From<Written> for Personal {
    fn from(written: Written) -> Self {
        Self(match written {
            Written::Dropped(columns) => columns
                .into_iter()
                .map(|column| (column, Treatment::Drop))
                .collect(),
            Written::Treated(columns) => columns,
        })
    }
}

impl Personal {
    /// Whether no column is personal.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What becomes of a column, if it is personal.
    pub fn treatment(&self, column: &str) -> Option<Treatment> {
        self.0.get(column).copied()
    }

    /// The columns with their treatment, by name.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Treatment)> {
        self.0
            .iter()
            .map(|(column, treatment)| (column.as_str(), *treatment))
    }

    /// Makes a column personal: a header of a file that stands for one.
    pub(super) fn treat(&mut self, column: &str, treatment: Treatment) {
        self.0.insert(column.to_owned(), treatment);
    }

    /// Whether a column is left out.
    pub(super) fn drops(&self, column: &str) -> bool {
        self.treatment(column) == Some(Treatment::Drop)
    }
}

#[cfg(test)]
mod tests {
    use super::{Personal, Treatment};

    #[derive(serde::Deserialize)]
    struct File {
        personal: Personal,
    }

    fn read(text: &str) -> Result<Personal, toml::de::Error> {
        toml::from_str::<File>(text).map(|file| file.personal)
    }

    #[test]
    fn a_list_drops_and_a_table_says_what_becomes_of_each() {
        let listed = read("personal = ['证件号码']").unwrap();
        assert_eq!(listed.treatment("证件号码"), Some(Treatment::Drop));
        let table = "[personal]\nCF_FRDB = 'mask'\nCF_XDR_ZJHM = 'hash'\nCF_FR_ZJHM = 'drop'\n";
        let treated = read(table).unwrap();
        let columns: Vec<_> = treated.columns().collect();
        assert_eq!(
            columns,
            [
                ("CF_FRDB", Treatment::Mask),
                ("CF_FR_ZJHM", Treatment::Drop),
                ("CF_XDR_ZJHM", Treatment::Hash)
            ]
        );
        assert!(treated.drops("CF_FR_ZJHM") && !treated.drops("CF_FRDB"));
        assert_eq!(treated.treatment("CF_XDR_MC"), None);
        assert!(read("[personal]\nCF_FRDB = 'keep'\n").is_err());
    }
}
