//! The crawl: area by area, page by page, record by record, resumable after every page.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::address::Base;
use super::areas::areas_to_list;
use super::client::Client;
use super::detail::{code_field, read_detail};
use super::error::{CrawlError, Place};
use super::listing::{ListedRow, is_segment, read_rows};
use super::record::{ExchangeRecord, RecordField};
use super::retry::Jitter;
use super::settings::CrawlSettings;
use super::spool::Spool;
use super::state::{CrawlState, LeftOut, PageTaken};

/// Records that a crawl leaves out before it stops: more of them mean that something else is wrong.
const MAX_LEFT_OUT: usize = 1_000;
/// Records of one area, whose ids are kept in memory while its list is read.
const MAX_IN_AREA: usize = 1_000_000;
/// Bytes of records of one page of a list, which are kept in memory until they are written together.
const MAX_PAGE_BYTES: usize = 100 << 20;
/// Missing detail pages of one page of a list that mean that all are looked for at the wrong place.
const ALL_MISSING: usize = 3;

/// A finished crawl.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crawled {
    /// The file with the records, one JSON object a line, ready to be ingested.
    pub spool: PathBuf,
    /// How many they are.
    pub records: u64,
    /// Records that the lists name and the file does not hold. The file is no full copy while there are any.
    pub left_out: Vec<LeftOut>,
    /// Areas whose list still changed in the last pass: some of their records may be missing until the next crawl.
    pub unsettled: Vec<String>,
}

/// Crawls the platform into `platform.ndjson` in a folder, or goes on with a crawl that was stopped there. `seed`
/// decides the jitter of the waits before further attempts.
///
/// The returned file is ingested like any other; then [`forget`](super::forget) makes room for the next crawl. Until
/// then the same call gives the same file again without asking the platform.
///
/// # Errors
/// Every error names the place and the remedy and leaves the finished pages, so that the same call goes on. The future
/// may be dropped at any time for the same effect.
pub async fn crawl(settings: &CrawlSettings, folder: &Path, seed: u64) -> Result<Crawled, CrawlError> {
    settings.check()?;
    let (path, scope) = (folder.to_owned(), settings.scope.clone());
    let spool = on_disk(folder, move || Spool::open(&path, &scope)).await?;
    if spool.state.complete {
        return Ok(outcome(&spool));
    }
    let base = Base::resolve(&settings.scope.base_url, settings.allow_private).await?;
    let client = Client::new(settings, base, Jitter::from_seed(seed))?;
    let mut run = Run {
        settings,
        folder,
        client,
    };
    let spool = run.areas(spool).await?;
    run.lists(spool).await
}

fn outcome(spool: &Spool) -> Crawled {
    Crawled {
        spool: spool.path(),
        records: spool.state.records,
        left_out: spool.state.left_out.clone(),
        unsettled: spool.state.unsettled.clone(),
    }
}

/// Runs work on files where it may block. When the future is dropped the work still ends, and holds the lock of the
/// spool until then.
async fn on_disk<T: Send + 'static>(
    folder: &Path,
    work: impl FnOnce() -> Result<T, CrawlError> + Send + 'static,
) -> Result<T, CrawlError> {
    spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(CrawlError::Io {
            path: folder.to_owned(),
            cause: std::io::Error::other(error),
        })
    })
}

struct Run<'s> {
    settings: &'s CrawlSettings,
    folder: &'s Path,
    client: Client<'s>,
}

/// What became of a row of a list.
enum Row {
    Taken(Box<ExchangeRecord>),
    LeftOut(String),
    Missing(Box<Place>),
}

impl Run<'_> {
    async fn commit(&self, mut spool: Spool, lines: String, next: CrawlState) -> Result<Spool, CrawlError> {
        on_disk(self.folder, move || {
            spool.commit(&lines, next)?;
            Ok(spool)
        })
        .await
    }

    async fn areas(&mut self, spool: Spool) -> Result<Spool, CrawlError> {
        if spool.state.areas.is_some() {
            return Ok(spool);
        }
        let areas = areas_to_list(&mut self.client, &self.settings.scope).await?;
        tracing::info!(areas = areas.len(), "the platform's areas are known");
        let next = CrawlState {
            areas: Some(areas),
            ..spool.state.clone()
        };
        self.commit(spool, String::new(), next).await
    }

    async fn lists(&mut self, mut spool: Spool) -> Result<Crawled, CrawlError> {
        let mut seen = HashSet::new();
        if !spool.state.at_begin_of_area() {
            (spool, seen) = on_disk(self.folder, move || {
                let seen = spool.seen_in_area()?;
                Ok((spool, seen))
            })
            .await?;
        }
        while let Some(area) = spool.state.area().map(str::to_owned) {
            let mut next = spool.state.clone();
            if next.at_begin_of_area() {
                next.area_start = next.spool_bytes;
                seen.clear();
            }
            let (taken, lines) = self.page(&area, &next, &mut seen).await?;
            next.advance(taken, self.settings.passes);
            if next.areas_done > spool.state.areas_done {
                tracing::info!(area, records = next.records, "an area of the platform is read");
            }
            spool = self.commit(spool, lines, next).await?;
        }
        let next = CrawlState {
            complete: true,
            ..spool.state.clone()
        };
        let spool = self.commit(spool, String::new(), next).await?;
        Ok(outcome(&spool))
    }

    /// Reads one page of a list and the detail pages of its new rows.
    async fn page(
        &mut self,
        area: &str,
        state: &CrawlState,
        seen: &mut HashSet<String>,
    ) -> Result<(PageTaken, String), CrawlError> {
        let place = Place {
            area: area.to_owned(),
            page: Some(state.pages_done.saturating_add(1)),
            ..Place::default()
        };
        let rows = self.list(&place).await?;
        let page_size = self.settings.scope.page_size;
        if rows.len() > page_size {
            let problem = format!(
                "the page has {} rows and scope.page_size is {page_size}",
                rows.len()
            );
            return Err(refused(
                place,
                problem,
                "set scope.page_size to the rows of a full page",
            ));
        }
        let mut taken = PageTaken {
            ids: rows.iter().map(|row| shortened(&row.standard_id)).collect(),
            last: rows.len() < page_size,
            ..PageTaken::default()
        };
        let mut lines = String::new();
        if state.repeats(&taken.ids) {
            taken.last = true;
            return Ok((taken, lines));
        }
        let mut missing = 0;
        let mut asked = 0;
        for (row, id) in rows.iter().zip(&taken.ids) {
            if !seen.insert(id.clone()) {
                continue;
            }
            asked += 1;
            let (reason, nowhere) = match self.row(row, &place).await? {
                Row::Taken(record) => {
                    push_line(&mut lines, &record, self.folder)?;
                    taken.records += 1;
                    if lines.len() > MAX_PAGE_BYTES {
                        let problem = format!("its records have more than {MAX_PAGE_BYTES} bytes");
                        return Err(refused(place, problem, "name the largest ones in skip_records"));
                    }
                    continue;
                }
                Row::LeftOut(reason) => (reason, None),
                Row::Missing(place) => ("the platform has no detail page".to_owned(), Some(place)),
            };
            tracing::warn!(%place, record = id, reason, "a record is left out");
            taken.left_out.push(LeftOut {
                area: area.to_owned(),
                page: place.page.unwrap_or_default(),
                record_id: id.clone(),
                reason,
            });
            missing += usize::from(nowhere.is_some());
            if let Some(place) = nowhere
                && missing == asked
                && missing >= ALL_MISSING
            {
                return Err(CrawlError::Missing { place });
            }
        }
        let left_out = state.left_out.len() + taken.left_out.len();
        let problem = if left_out > MAX_LEFT_OUT {
            format!("more than {MAX_LEFT_OUT} records had to be left out")
        } else if list_has_no_end(&place, page_size, seen.len()) {
            let pages = place.page.unwrap_or_default();
            format!(
                "the list has no end: its {pages} pages hold only {} records",
                seen.len()
            )
        } else if seen.len() > MAX_IN_AREA {
            format!("the area has more than {MAX_IN_AREA} records")
        } else {
            return Ok((taken, lines));
        };
        let remedy = "check the paths, the form and the labels in the settings, and name smaller areas";
        Err(refused(place, problem, remedy))
    }

    async fn list(&mut self, place: &Place) -> Result<Vec<ListedRow>, CrawlError> {
        let scope = &self.settings.scope;
        let fill = |text: &str| {
            let page = place.page.unwrap_or_default().to_string();
            text.replace("{area}", &place.area).replace("{page}", &page)
        };
        let (path, form) = (fill(&scope.list_path), fill(&scope.list_form));
        self.client
            .ask(place.clone(), &path, Some(&form), read_rows)
            .await
    }

    async fn row(&mut self, row: &ListedRow, list: &Place) -> Result<Row, CrawlError> {
        if self.settings.skip_records.contains(&row.standard_id) {
            return Ok(Row::LeftOut("named in skip_records".to_owned()));
        }
        let path = &self.settings.scope.detail_path;
        let needs_code = path.contains("{organization}");
        if !is_segment(&row.standard_id) || needs_code && !is_segment(&row.org_code) {
            let reason = "its standardId or orgCode cannot be part of an address";
            return Ok(Row::LeftOut(reason.to_owned()));
        }
        let path = path
            .replace("{organization}", &row.org_code)
            .replace("{record}", &row.standard_id);
        let place = Place {
            record: Some(row.standard_id.clone()),
            ..list.clone()
        };
        let labels = &self.settings.labels;
        let read = |html: &str| read_detail(html, labels).map_err(|error| error.to_string());
        let detail = match self.client.ask(place, &path, None, read).await {
            Ok(detail) => detail,
            Err(CrawlError::Missing { place }) => return Ok(Row::Missing(place)),
            Err(error) => return Err(error),
        };
        let shown = detail.get(RecordField::StandardNumber);
        if !shown.is_empty() && !row.standard_code.is_empty() && bare(shown) != bare(&row.standard_code) {
            let reason = format!(
                "its detail page shows {shown:?}, the list {:?}",
                row.standard_code
            );
            return Ok(Row::LeftOut(reason));
        }
        Ok(Row::Taken(Box::new(self.complete(detail, row, &list.area))))
    }

    /// Adds what only the list says. The words of the detail page win, the id and the area are the list's.
    fn complete(&self, mut record: ExchangeRecord, row: &ListedRow, area: &str) -> ExchangeRecord {
        record.set(RecordField::RecordId, &row.standard_id);
        record.set(RecordField::RegionCode, area);
        record.offer(RecordField::StandardNumber, &row.standard_code);
        record.offer(RecordField::StandardName, &row.standard_name);
        record.offer(RecordField::EnterpriseName, &row.enterprise_name);
        let status = self.settings.status_word(&row.standard_status);
        record.offer(RecordField::Status, status);
        let codes = [RecordField::CreditCode, RecordField::OrganizationCode];
        if codes.iter().all(|code| record.get(*code).is_empty()) {
            record.offer(code_field(&row.org_code), &row.org_code);
        }
        record
    }
}

/// Pages may repeat rows that were shifted, but not more often than they bring new ones.
fn list_has_no_end(place: &Place, page_size: usize, records: usize) -> bool {
    let pages = usize::try_from(place.page.unwrap_or_default()).unwrap_or(usize::MAX);
    pages.saturating_mul(page_size) > 2 * records + 100 * page_size
}

fn refused(place: Place, problem: String, remedy: &str) -> CrawlError {
    CrawlError::Refused {
        place: Box::new(place),
        problem,
        remedy: remedy.to_owned(),
    }
}

fn push_line(lines: &mut String, record: &ExchangeRecord, folder: &Path) -> Result<(), CrawlError> {
    let line = serde_json::to_string(record).map_err(|error| CrawlError::Io {
        path: folder.to_owned(),
        cause: error.into(),
    })?;
    lines.push_str(&line);
    lines.push('\n');
    Ok(())
}

/// Ids that cannot be asked for may be of any length; the state keeps their beginning.
fn shortened(id: &str) -> String {
    id.chars().take(100).collect()
}

/// A standard's number without what is written in different ways: blanks, dashes, slashes, case.
fn bare(number: &str) -> String {
    let signs = number.chars().filter(|c| c.is_alphanumeric());
    signs.flat_map(char::to_uppercase).collect()
}
