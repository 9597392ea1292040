//! Why a crawl stops, where, and what to do about it.

use std::fmt;
use std::path::PathBuf;

/// Where the reader was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Code of the area whose records or whose parts were asked for; empty for the top of the tree.
    pub area: String,
    /// Page of the area's list, from 1; `None` while the tree of areas is read.
    pub page: Option<u32>,
    /// Id of the record whose detail page was asked for.
    pub record: Option<String>,
    /// What was asked.
    pub url: String,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.page, self.area.as_str()) {
            (Some(page), area) => write!(formatter, "area {area}, page {page}")?,
            (None, "") => formatter.write_str("area tree, top")?,
            (None, area) => write!(formatter, "area tree, below {area}")?,
        }
        if let Some(record) = &self.record {
            write!(formatter, ", record {record}")?;
        }
        write!(formatter, ", {}", self.url)
    }
}

/// An error that stops a crawl. Whatever it is, the finished pages stay in the spool and the state file: the next
/// crawl of the same folder goes on with the page that was not finished.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// A setting cannot be used.
    #[error("setting {name}: {problem}")]
    Setting {
        /// The setting.
        name: &'static str,
        /// What is wrong, and what to write instead.
        problem: String,
    },
    /// The host of the base URL is not to be asked.
    #[error("{host}: {problem}")]
    Address {
        /// The host.
        host: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// The platform asks for a human being.
    #[error(
        "{place}: the platform asks for a person ({sign}). The reader does not get around that: a person must arrange access with the operator of the platform: an agreed API, an exported file or an exchange table. Nothing is lost: finished pages are kept, and the crawl goes on there once access is given"
    )]
    NeedsPerson {
        /// Where.
        place: Box<Place>,
        /// By what the reader knows.
        sign: String,
    },
    /// The last attempt failed too.
    #[error(
        "{place}: {attempts} attempts failed, the last one so: {problem}. Run the crawl again later, it goes on with this page; if one record never comes, name its id in skip_records"
    )]
    GaveUp {
        /// Where.
        place: Box<Place>,
        /// How often it was tried.
        attempts: u32,
        /// What went wrong the last time.
        problem: String,
    },
    /// An answer that trying again would not change.
    #[error("{place}: {problem}; {remedy}. Finished pages are kept, the crawl goes on with this page")]
    Refused {
        /// Where.
        place: Box<Place>,
        /// What was answered.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// There is nothing at the address (404, 410).
    #[error(
        "{place}: the platform has no such page; check base_url and the paths in the settings. Finished pages are kept, the crawl goes on with this page"
    )]
    Missing {
        /// Where.
        place: Box<Place>,
    },
    /// The files of an earlier crawl do not fit.
    #[error("{path}: {problem}")]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A file cannot be read or written.
    #[error(
        "{path}: {cause}; check rights and free space and run the crawl again, it goes on where it stopped"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_area_page_record_and_url() {
        let mut place = Place {
            url: "http://p/queryArea.do".to_owned(),
            ..Place::default()
        };
        assert_eq!(place.to_string(), "area tree, top, http://p/queryArea.do");
        place.area = "320500".to_owned();
        assert_eq!(
            place.to_string(),
            "area tree, below 320500, http://p/queryArea.do"
        );
        place.page = Some(3);
        place.record = Some("17".to_owned());
        assert_eq!(
            place.to_string(),
            "area 320500, page 3, record 17, http://p/queryArea.do"
        );
    }
}
