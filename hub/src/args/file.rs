//! The words of what writes files and erases them.

use std::path::PathBuf;

use ::ingest::{export, receipt};
use entity::record::RecordKind;
use entity::value::RegionCode;

use super::region_code;

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// An empty or missing directory for the files.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The form of the files: ndjson, csv or xlsx.
    #[arg(long, value_name = "FORM", default_value = "ndjson")]
    pub(crate) form: export::Form,
    /// Only these kinds, such as Enterprise,Declaration.
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = kind)]
    pub(crate) kinds: Vec<RecordKind>,
    /// Only records of these regions and what lies in them, and of no region.
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = region_code)]
    pub(crate) regions: Vec<RegionCode>,
    /// Also what is not public. The audit trail says so.
    #[arg(long)]
    pub(crate) all: bool,
    /// Print the manifest as one line of JSON and nothing else.
    #[arg(long)]
    pub(crate) json: bool,
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
