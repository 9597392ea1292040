//! The words of what writes files and erases them.

use std::path::PathBuf;

use ::ingest::file::Encoding;
use ::ingest::{export, receipt};
use entity::record::RecordKind;
use entity::value::RegionCode;

use super::region_code;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("where").required(true))]
pub(crate) struct Export {
    /// An empty or missing directory for the files; one in which the same export was interrupted is gone on with.
    #[arg(long, group = "where", value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write declarations into the exchange table (前置库) of a neighbour instead, those that changed since the last time. An
    /// address with a password stands in NQI_EXCHANGE_URL, and this word then stays without one.
    #[arg(
        long,
        group = "where",
        value_name = "URL",
        num_args = 0..=1,
        default_missing_value = "",
        conflicts_with_all = ["form", "kinds", "regions", "encoding"]
    )]
    pub(crate) into_table: Option<String>,
    /// Write all declarations into the exchange table again.
    #[arg(long, requires = "into_table")]
    pub(crate) anew: bool,
    /// The form of the files: ndjson, csv, xlsx, or package (licences and penalties, 双公示).
    #[arg(long, value_name = "FORM", default_value = "ndjson")]
    pub(crate) form: export::Form,
    /// Only these kinds, such as Enterprise,Declaration.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kind)]
    pub(crate) kinds: Vec<RecordKind>,
    /// Only records of these regions and what lies in them, and of no region.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = region_code)]
    pub(crate) regions: Vec<RegionCode>,
    /// Who sends: stands in the head of packages, and names this hub in the exchange table.
    #[arg(long, value_name = "NAME", default_value = export::SENDER, value_parser = sender)]
    pub(crate) sender: String,
    /// The encoding of packages: utf-8 or gb18030.
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = encoding)]
    pub(crate) encoding: Encoding,
    /// Also what is not public. The audit trail says so.
    #[arg(long)]
    pub(crate) all: bool,
    /// Print the manifest, or the counts, as one line of JSON and nothing else.
    #[arg(long)]
    pub(crate) json: bool,
}

fn sender(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= 100 && !text.contains(char::is_control);
    fits.then(|| text.to_owned())
        .ok_or_else(|| "a sender has 1 to 100 characters".to_owned())
}

fn encoding(word: &str) -> Result<Encoding, String> {
    match word.to_ascii_lowercase().as_str() {
        "utf-8" => Ok(Encoding::Utf8),
        "gb18030" => Ok(Encoding::Gb18030),
        _ => Err("there are utf-8 and gb18030".to_owned()),
    }
}

fn kind(word: &str) -> Result<RecordKind, String> {
    let known = || RecordKind::ALL.map(RecordKind::as_str).join(", ");
    word.parse().map_err(|()| format!("there are {}", known()))
}

#[derive(Debug, clap::Args)]
pub(crate) struct Receipt {
    /// The run, as `ingest` and `runs` print it.
    pub(crate) run: String,
    /// The file to write; it must not be there yet. Standard output unless told.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// csv or xml; by the ending of the file unless told, else csv.
    #[arg(long, value_name = "FORM", value_parser = receipt_form)]
    pub(crate) form: Option<receipt::Form>,
}

fn receipt_form(word: &str) -> Result<receipt::Form, String> {
    receipt::Form::parse(word).ok_or_else(|| "a receipt is csv or xml".to_owned())
}

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("which").required(true))]
pub(crate) struct EraseRaw {
    /// The file with this SHA-256, as `runs` and the ledger show it.
    #[arg(group = "which", value_name = "SHA256", value_parser = sha256)]
    pub(crate) sha256: Option<String>,
    /// Every file that came more than so many days ago.
    #[arg(long, group = "which", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) older_than: Option<u32>,
    /// Print one line of JSON at the end.
    #[arg(long)]
    pub(crate) json: bool,
}

fn sha256(text: &str) -> Result<String, String> {
    let text = text.to_ascii_lowercase();
    let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash
        .then_some(text)
        .ok_or_else(|| "a SHA-256 has 64 hexadecimal digits".to_owned())
}
