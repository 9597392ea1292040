//! What to crawl, and how politely.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::CrawlError;
use super::labels::Labels;
use super::listing::is_segment;

/// Which records are read, and by which addresses. A crawl that was stopped goes on only with the same scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// Where the platform is, `http://host[:port][/path]`. TLS (https) is done by a proxy on this machine.
    pub base_url: String,
    /// Codes of the areas to read (GB/T 2260, as the platform writes them); empty: the whole tree.
    pub areas: Vec<String>,
    /// Whether the counties below `areas` are read instead of `areas` themselves.
    pub descend: bool,
    /// Where the tree of areas is asked for.
    pub area_path: String,
    /// Where a page of a list is asked for; `{area}` is the code of the area.
    pub list_path: String,
    /// The form that is sent there; `{area}` and `{page}` (from 1) are filled in.
    pub list_form: String,
    /// Where a detail page is; `{organization}` and `{record}` are filled in from the list.
    pub detail_path: String,
    /// Rows of a full page of a list: a page with fewer is the last one.
    pub page_size: usize,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            areas: Vec::new(),
            descend: true,
            area_path: "/queryArea.do".to_owned(),
            list_path: "/area/{area}/queryListPaged.do".to_owned(),
            list_form: "conType=5&condition={area}&pageNum={page}&standardFlag=0&areaLevel=1".to_owned(),
            detail_path: "/standardProduct/showDetail/{organization}/{record}.do".to_owned(),
            page_size: 15,
        }
    }
}

/// Settings of a crawl, as a TOML table gives them; every one but `scope.base_url` has a default.
///
/// ```toml
/// requests_per_second = 2.0
/// allow_private = true            # the platform of the province is in the intranet
/// user_agent = "NQI-Hub/1.0 (operator@example.gov.cn)"
/// [scope]
/// base_url = "http://10.32.1.5:8080"
/// areas = ["320500"]
/// [status_words]
/// "2" = "被代替"
/// [labels.product]
/// "商标" = "brand"
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CrawlSettings {
    /// What is read.
    pub scope: Scope,
    /// Requests begin at most so often in a second, attempts after a failure included; 0.01 to 1000.
    pub requests_per_second: f64,
    /// How the reader names itself; put an address of the operator in.
    pub user_agent: String,
    /// Time to connect, in milliseconds.
    pub connect_timeout_ms: u64,
    /// Time between two pieces of an answer, in milliseconds.
    pub read_timeout_ms: u64,
    /// Time for a whole answer, in milliseconds: an answer must not trickle in for ever.
    pub answer_timeout_ms: u64,
    /// Bytes of an answer, counted while it is read.
    pub answer_bytes: usize,
    /// How often one page is asked for before the crawl stops.
    pub attempts: u32,
    /// Longest wait before the second attempt, in milliseconds; doubled with every further one, at most a minute.
    pub backoff_ms: u64,
    /// Longest `Retry-After` that is waited for, in seconds. A longer one stops the crawl.
    pub longest_wait_s: u64,
    /// Whether private and loopback addresses may be asked (an intranet, a proxy on this machine, tests). Link-local
    /// addresses, which metadata services of clouds use, are never asked.
    pub allow_private: bool,
    /// How often the list of an area with several pages is gone through at most. The second and later passes find
    /// rows that were shifted over an edge between pages, and end as soon as one finds nothing new; 1 to 10.
    pub passes: u32,
    /// Words for values of standardStatus, over the built-in ones: `0` is 现行, `1` is 废止. A value without a word is
    /// passed on as it is.
    pub status_words: BTreeMap<String, String>,
    /// Ids of records that are left out because the platform cannot show them.
    pub skip_records: Vec<String>,
    /// Words in an answer, or in the address of a redirect, that tell of a captcha or a login. Case of ASCII letters
    /// makes no difference.
    pub person_signs: Vec<String>,
    /// The labels of the pages.
    pub labels: Labels,
}

impl Default for CrawlSettings {
    fn default() -> Self {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            scope: Scope::default(),
            requests_per_second: 2.0,
            user_agent: concat!("NQI-Hub/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout_ms: 10_000,
            read_timeout_ms: 30_000,
            answer_timeout_ms: 60_000,
            answer_bytes: 5 << 20,
            attempts: 5,
            backoff_ms: 1_000,
            longest_wait_s: 600,
            allow_private: false,
            passes: 3,
            status_words: BTreeMap::new(),
            skip_records: Vec::new(),
            person_signs: owned(&[
                "geetest",
                "gt_captcha",
                "captcha",
                "getCheckCode",
                "type=\"password\"",
                "type='password'",
                "验证码",
                "安全验证",
                "人机验证",
                "滑动验证",
                "请先登录",
            ]),
            labels: Labels::default(),
        }
    }
}

impl CrawlSettings {
    /// Reads a TOML file.
    ///
    /// # Errors
    /// What is wrong with the file, in one line.
    pub fn read(file: &std::path::Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|cause| cause.to_string())?;
        toml::from_str(&text).map_err(|error| error.to_string())
    }

    /// Checks what a crawl relies on. The address is checked when it is resolved.
    pub fn check(&self) -> Result<(), CrawlError> {
        let wrong = |name, problem: String| Err(CrawlError::Setting { name, problem });
        let scope = &self.scope;
        if !(0.01..=1000.0).contains(&self.requests_per_second) {
            return wrong(
                "requests_per_second",
                "write a number from 0.01 to 1000".to_owned(),
            );
        }
        for (name, number, least, most) in [
            ("attempts", u64::from(self.attempts), 1, 5),
            ("passes", u64::from(self.passes), 1, 10),
            ("scope.page_size", scope.page_size as u64, 1, 1_000),
            ("answer_bytes", self.answer_bytes as u64, 1_024, 100 << 20),
            ("connect_timeout_ms", self.connect_timeout_ms, 1, 3_600_000),
            ("read_timeout_ms", self.read_timeout_ms, 1, 3_600_000),
            ("answer_timeout_ms", self.answer_timeout_ms, 1, 3_600_000),
            ("backoff_ms", self.backoff_ms, 0, 3_600_000),
            ("longest_wait_s", self.longest_wait_s, 0, 86_400),
        ] {
            if !(least..=most).contains(&number) {
                return wrong(
                    name,
                    format!("{number} is out of bounds; write a number from {least} to {most}"),
                );
            }
        }
        if let Some(area) = scope.areas.iter().find(|area| !is_segment(area)) {
            return wrong(
                "scope.areas",
                format!("{area:?} is no code of an area; write for example 320582"),
            );
        }
        if scope.areas.is_empty() && !scope.descend {
            return wrong("scope.areas", "name the areas, or set descend = true".to_owned());
        }
        for (name, path, parts) in [
            ("scope.area_path", &scope.area_path, &[][..]),
            ("scope.list_path", &scope.list_path, &[]),
            ("scope.detail_path", &scope.detail_path, &["{record}"]),
        ] {
            if !path.starts_with('/') || path.contains("..") || parts.iter().any(|part| !path.contains(part))
            {
                return wrong(
                    name,
                    format!("{path:?} must begin with a slash, hold no '..' and name {parts:?}"),
                );
            }
        }
        if !scope.list_form.contains("{page}") {
            return wrong("scope.list_form", "it must name {page}".to_owned());
        }
        Ok(())
    }

    /// The word for a value of standardStatus.
    pub fn status_word<'s>(&'s self, status: &'s str) -> &'s str {
        match (self.status_words.get(status), status) {
            (Some(word), _) => word,
            (None, "0") => "现行",
            (None, "1") => "废止",
            (None, other) => other,
        }
    }

    /// Time between the beginnings of two requests.
    pub fn interval(&self) -> Duration {
        Duration::try_from_secs_f64(self.requests_per_second.recip()).unwrap_or(Duration::from_secs(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_table_is_read() {
        let toml = "requests_per_second = 2.0\nallow_private = true\nuser_agent = \"x\"\n[scope]\nbase_url = \"http://10.32.1.5:8080\"\nareas = [\"320500\"]\n[status_words]\n\"2\" = \"被代替\"\n[labels.product]\n\"商标\" = \"brand\"\n";
        let settings: CrawlSettings = toml::from_str(toml).unwrap();
        settings.check().unwrap();
        assert_eq!(settings.scope.page_size, 15);
        assert_eq!(settings.interval(), Duration::from_millis(500));
        assert_eq!(settings.read_timeout_ms, 30_000);
        assert!(settings.labels.product("商标").is_some());
        let words = ["0", "1", "2", "3", ""].map(|status| settings.status_word(status));
        assert_eq!(words, ["现行", "废止", "被代替", "3", ""]);
    }

    #[test]
    fn wrong_settings_are_named() {
        for (toml, name) in [
            ("requests_per_second = 0.0", "requests_per_second"),
            ("requests_per_second = nan", "requests_per_second"),
            ("attempts = 6", "attempts"),
            ("passes = 0", "passes"),
            ("answer_bytes = 1", "answer_bytes"),
            ("[scope]\nareas = [\"../etc\"]", "scope.areas"),
            ("[scope]\ndescend = false", "scope.areas"),
            ("[scope]\ndetail_path = \"/x\"", "scope.detail_path"),
            ("[scope]\nlist_path = \"http://other/\"", "scope.list_path"),
            ("[scope]\nlist_form = \"a=1\"", "scope.list_form"),
        ] {
            let settings: CrawlSettings = toml::from_str(toml).unwrap();
            let error = settings.check().unwrap_err().to_string();
            assert!(error.starts_with(&format!("setting {name}: ")), "{toml}: {error}");
        }
        assert!(toml::from_str::<CrawlSettings>("requests_per_minute = 1").is_err());
    }
}
