//! How far a crawl is: what the state file says.

use serde::{Deserialize, Serialize};

use super::settings::Scope;

/// A record that the list names and the crawl does not give, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Area of the list.
    pub area: String,
    /// Page of the list.
    pub page: u32,
    /// Id of the record.
    pub record_id: String,
    /// Why.
    pub reason: String,
}

/// The position of a crawl: everything before it is in the spool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrawlState {
    /// What is crawled.
    pub scope: Scope,
    /// The areas whose lists are read, in their order; `None` until the tree was read.
    pub areas: Option<Vec<String>>,
    /// How many areas are finished.
    pub areas_done: usize,
    /// Length of the spool, in bytes, when the present area began.
    pub area_start: u64,
    /// How often the area's list was gone through before.
    pub passes_done: u32,
    /// Finished pages of the present pass.
    pub pages_done: u32,
    /// Records that the present pass found and the passes before it did not.
    pub new_in_pass: u64,
    /// Ids of the first page of the present pass.
    pub first_page: Vec<String>,
    /// Ids of the last finished page.
    pub last_page: Vec<String>,
    /// Length of the spool, in bytes. Bytes behind it belong to a page that was not finished.
    pub spool_bytes: u64,
    /// Records in the spool.
    pub records: u64,
    /// Records that were left out.
    pub left_out: Vec<LeftOut>,
    /// Areas whose list still changed in its last pass.
    pub unsettled: Vec<String>,
    /// Whether everything was read.
    pub complete: bool,
}

/// What a page of a list brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageTaken {
    /// Ids of its rows.
    pub ids: Vec<String>,
    /// Whether it is the last one.
    pub last: bool,
    /// Records that go into the spool.
    pub records: u64,
    /// Records that do not.
    pub left_out: Vec<LeftOut>,
}

impl CrawlState {
    /// The beginning of a crawl.
    pub fn new(scope: Scope) -> Self {
        Self {
            scope,
            ..Self::default()
        }
    }

    /// The area whose list is read, unless all are finished.
    pub fn area(&self) -> Option<&str> {
        let areas = self.areas.as_ref()?;
        areas.get(self.areas_done).map(String::as_str)
    }

    /// Whether a page says what the page before it or the first page said: some platforms answer so behind the end.
    pub fn repeats(&self, ids: &[String]) -> bool {
        self.pages_done > 0 && !ids.is_empty() && (ids == self.last_page || ids == self.first_page)
    }

    /// The position behind a page. A list of several pages is gone through again until a pass finds nothing new, at
    /// most `passes` times: rows move over the edges of pages when a record appears or goes while it is read.
    pub fn advance(&mut self, taken: PageTaken, passes: u32) {
        self.records += taken.records;
        self.new_in_pass += taken.records;
        self.left_out.extend(taken.left_out);
        self.pages_done += 1;
        if self.pages_done == 1 {
            self.first_page.clone_from(&taken.ids);
        }
        self.last_page = taken.ids;
        if !taken.last {
            return;
        }
        let (one_page, first_pass) = (self.pages_done == 1, self.passes_done == 0);
        let settled = one_page || !first_pass && self.new_in_pass == 0;
        self.passes_done += 1;
        let area_ends = settled || self.passes_done >= passes;
        if area_ends && !settled && !first_pass {
            self.unsettled.extend(self.area().map(str::to_owned));
        }
        if area_ends {
            self.areas_done += 1;
            self.passes_done = 0;
        }
        self.pages_done = 0;
        self.new_in_pass = 0;
        self.first_page.clear();
        self.last_page.clear();
    }

    /// Whether no page of any list is finished.
    pub fn has_no_page(&self) -> bool {
        self.areas_done == 0 && self.at_begin_of_area() && self.spool_bytes == 0 && !self.complete
    }

    /// Whether the present area has only begun.
    pub fn at_begin_of_area(&self) -> bool {
        self.pages_done == 0 && self.passes_done == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page as (new records, last), and where the crawl is after it: `areas.passes.pages`.
    type Step = (u64, bool, &'static str);

    #[test]
    fn an_area_ends_when_a_pass_finds_nothing_new() {
        let page = |ids: &[&str], records, last| PageTaken {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            last,
            records,
            left_out: Vec::new(),
        };
        let table: &[(u32, &[Step], usize)] = &[
            (3, &[(3, true, "1.0.0")], 0),
            (
                3,
                &[
                    (15, false, "0.0.1"),
                    (2, true, "0.1.0"),
                    (0, false, "0.1.1"),
                    (0, true, "1.0.0"),
                ],
                0,
            ),
            (
                3,
                &[
                    (15, false, "0.0.1"),
                    (2, true, "0.1.0"),
                    (1, false, "0.1.1"),
                    (0, true, "0.2.0"),
                    (0, false, "0.2.1"),
                    (1, true, "1.0.0"),
                ],
                1,
            ),
            (1, &[(15, false, "0.0.1"), (2, true, "1.0.0")], 0),
        ];
        for (passes, pages, unsettled) in table {
            let mut state = CrawlState {
                areas: Some(vec!["320582".to_owned()]),
                ..CrawlState::default()
            };
            for (records, last, expected) in *pages {
                state.advance(page(&["1"], *records, *last), *passes);
                let at = format!("{}.{}.{}", state.areas_done, state.passes_done, state.pages_done);
                assert_eq!(at, *expected, "{passes} {pages:?}");
            }
            assert_eq!(state.unsettled.len(), *unsettled, "{pages:?}");
            assert_eq!(state.area(), None);
        }
    }

    #[test]
    fn a_page_that_was_seen_is_known() {
        let ids = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
        let mut state = CrawlState::default();
        assert!(!state.repeats(&ids(&["1"])));
        for page in [["1", "2"], ["3", "4"], ["5", "6"]] {
            let ids = ids(&page);
            state.advance(
                PageTaken {
                    ids,
                    ..PageTaken::default()
                },
                3,
            );
        }
        for (page, repeated) in [
            (&["5", "6"][..], true),
            (&["1", "2"], true),
            (&["3", "4"], false),
            (&["7"], false),
            (&[], false),
        ] {
            assert_eq!(state.repeats(&ids(page)), repeated, "{page:?}");
        }
    }
}
