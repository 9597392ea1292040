//! The command line.

mod access;
mod file;
mod sync;
mod webhook;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use entity::declaration::FindingRule;
use entity::value::{RegionCode, SocialCreditCode};

pub(crate) use access::{RenewEpoch, RevokeToken, Token, VerifyLog};
pub(crate) use file::{EraseRaw, Export, Receipt};
pub(crate) use sync::{Reached, Reconcile, Relay, Sync};
pub(crate) use webhook::{Webhook, WebhookAction, WebhookAdd, WebhookReplay};

/// NQI Hub (质量基础设施数据中枢): standards, enterprises and products behind one typed GraphQL schema.
#[derive(Debug, Parser)]
#[command(
    name = "nqi-hub",
    version,
    about,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Args {
    /// Configuration file (TOML); every key is described in docs/configuration.md.
    #[arg(long, global = true, env = "NQI_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Database: sqlite://PATH or postgres://USER@HOST/NAME. Default: nqi-hub.db in the data directory.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database_url: Option<String>,
    /// Where raw files and the embedded database are kept. Default: the platform's data directory.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// What to log on standard error, such as `info` or `ingest=debug`.
    #[arg(
        long,
        global = true,
        env = "NQI_LOG",
        default_value = "warn",
        value_name = "FILTER"
    )]
    pub(crate) log: String,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill a database of its own with the bundled catalogue and serve it: the quickest way to see the hub.
    Demo(Listen),
    /// Serve GraphQL at /graphql and GraphiQL at /.
    Serve(Listen),
    /// Bring the database schema to the version of this binary.
    Migrate,
    /// Take a file of a source in.
    ///
    /// Ends with 0 when the run succeeded, 3 when it is held for a person, 1 when it failed, 2 for wrong usage. The
    /// same file again changes nothing; a run that was interrupted goes on where it stopped.
    Ingest(Ingest),
    /// Write files of what everybody may see, a file for each kind of record, with a manifest.
    ///
    /// The manifest holds row counts, hashes and the cursor at which the change feed goes on.
    Export(Export),
    /// Find the standard numbers in a text or CSV file and print it annotated: status today, and what replaced it.
    ///
    /// With --findings, print what is wrong with the declarations that the hub holds.
    Check(Check),
    /// Print a token for development, signed with the hub's own key.
    ///
    /// It is believed by a hub with the same data directory whose auth_mode is development, as that of `demo` is.
    Token(Token),
    /// Refuse a token from now on, whoever issued it.
    ///
    /// Every process on the database refuses it within 10 seconds, and ends the sockets and streams that it opened.
    RevokeToken(RevokeToken),
    /// Make every reader of the change feed begin anew: to be run after a restore, before the hub serves again.
    RenewEpoch(RenewEpoch),
    /// Prove that nothing was changed in the audit trail, taken out of it or moved.
    ///
    /// Ends with 0 when the trail is whole, and with 1 when it is not: then it names the first entry that is wrong.
    VerifyLog(VerifyLog),
    /// Sign the audit trail and print its newest head as one line, for a place outside of the hub.
    AuditHead,
    /// List runs, or release a held one.
    Runs(Runs),
    /// Look at rows that could not be taken, or try them again.
    Quarantine(Quarantine),
    /// Write the receipt (回执) of a run for its sender: what was accepted, and which rows were refused for what.
    Receipt(Receipt),
    /// Erase raw files with personal data, by erasing their keys.
    ///
    /// Nobody can read such a file again, in no backup of the data directory either; what was taken from it stays. The act is
    /// an entry of the audit trail.
    EraseRaw(EraseRaw),
    /// Write exchange files of invented enterprises, for trials and measurements.
    ///
    /// No enterprise in them exists: credit codes have region digits that no authority has. The same scale, seed and
    /// day give the same bytes on every machine.
    Generate(Generate),
    /// Print the GraphQL schema (SDL).
    Schema,
    /// Keep a copy of what a hub shows the owner of a token: a snapshot, and then every change.
    ///
    /// The token stands in a file that is read for every request (--token-file) or in NQI_SYNC_TOKEN. The same command
    /// goes on where it was interrupted. docs/sync.md says what is promised.
    Sync(Sync),
    /// Compare a copy with its hub by counts and checksums, and name the records that differ.
    ///
    /// Ends with 0 when nothing differs, and with 1 when something does.
    Reconcile(Reconcile),
    /// Take in what a hub below says, as it says it: the claims of its sources, under its name (R68).
    ///
    /// The token is of the role HUB at the hub below and stands in a file (--token-file) or in NQI_SYNC_TOKEN. The same command
    /// goes on where it was interrupted. docs/relay.md says what is promised.
    Relay(Relay),
    /// Have changes sent to an address, see how far that is, and have what was not taken sent again.
    ///
    /// `serve` sends them. docs/webhooks.md says what a receiver has to know.
    Webhook(Webhook),
    /// Read a workbook and write its rows; the hub starts itself so, with narrow limits.
    #[command(hide = true)]
    ReadSpreadsheet(Workbook),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Generate {
    /// county (600 enterprises, 4,000 declarations), city (ten times that) or province (60,000 and 400,000).
    #[arg(long, value_name = "SCALE")]
    pub(crate) scale: String,
    /// The seed of chance.
    #[arg(long, value_name = "N")]
    pub(crate) seed: u64,
    /// An empty or missing directory for the files.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The form of the declarations: ndjson or csv.
    #[arg(long, value_name = "FORM", default_value = "ndjson")]
    pub(crate) form: String,
    /// The newest day of the data (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", default_value = ::ingest::generate::DAY)]
    pub(crate) as_of: NaiveDate,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Workbook {
    /// The workbook.
    pub(crate) path: PathBuf,
    /// The sheet; all of them unless told.
    pub(crate) sheet: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Listen {
    /// Address and port to listen on. Default: 127.0.0.1:8080.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ingest {
    /// standards-catalogue (lists of standards), reference (divisions, classifications, holidays),
    /// enterprise-standard-platform (declarations), enterprise-register (lists of enterprises), mandatory-limits (limits of
    /// mandatory standards), double-publicity (licences and penalties), credit-listings (lists, repairs, risk classes),
    /// metrology-ledger (ledgers of measuring instruments, type approvals) or institution-list (testing institutions).
    pub(crate) adapter: String,
    /// The file; for `reference`, the folder of files that belong together; for `enterprise-standard-platform` also
    /// `exchange-table` (the hub's own table that a neighbour writes to) or the http address of a platform.
    #[arg(value_name = "PATH_OR_URL")]
    pub(crate) path: PathBuf,
    /// The day that the file describes, where it does not tell itself (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<NaiveDate>,
    /// The file is complete: what it leaves out is gone at the source.
    #[arg(long)]
    pub(crate) complete: bool,
    /// Print one line of JSON at the end and nothing else.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The text or CSV file; `-` reads standard input.
    #[arg(required_unless_present = "findings", conflicts_with = "findings")]
    pub(crate) file: Option<PathBuf>,
    /// Judge the declarations of the hub instead of a file.
    #[arg(long)]
    pub(crate) findings: bool,
    /// Only findings of this rule, such as `TEST_METHOD_MISSING`; may be repeated.
    #[arg(long, value_name = "RULE", requires = "findings", value_parser = finding_rule)]
    pub(crate) rule: Vec<FindingRule>,
    /// Only declarations of this enterprise.
    #[arg(long, value_name = "CODE", requires = "findings", value_parser = credit_code)]
    pub(crate) credit_code: Option<SocialCreditCode>,
    /// Only declarations of this region and what lies in it (six digits of GB/T 2260).
    #[arg(long, value_name = "CODE", requires = "findings", value_parser = region_code)]
    pub(crate) region: Option<RegionCode>,
    /// Judge by this day instead of today (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<NaiveDate>,
    /// Print one line of JSON per number or finding instead of a text.
    #[arg(long)]
    pub(crate) json: bool,
}

fn finding_rule(word: &str) -> Result<FindingRule, String> {
    let known = FindingRule::ALL
        .iter()
        .map(|rule| rule.as_str())
        .collect::<Vec<_>>();
    word.to_uppercase()
        .parse()
        .map_err(|()| format!("there is no such rule; the rules are {}", known.join(", ")))
}

fn credit_code(text: &str) -> Result<SocialCreditCode, String> {
    SocialCreditCode::parse(text).ok_or_else(|| "a credit code has 18 characters (GB 32100)".to_owned())
}

fn region_code(text: &str) -> Result<RegionCode, String> {
    RegionCode::parse(text).ok_or_else(|| "a region has six digits (GB/T 2260)".to_owned())
}

#[derive(Debug, clap::Args)]
pub(crate) struct Runs {
    #[command(subcommand)]
    pub(crate) action: Option<RunsAction>,
    /// Print one line of JSON per run.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RunsAction {
    /// Accept a held run as it is.
    Release {
        /// The run.
        run: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Quarantine {
    #[command(subcommand)]
    pub(crate) action: QuarantineAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum QuarantineAction {
    /// List rows with their place, reason and remedy.
    List {
        /// Only of this run.
        #[arg(long)]
        run: Option<String>,
        /// Also rows that were taken later.
        #[arg(long)]
        all: bool,
        /// Print one line of JSON per row.
        #[arg(long)]
        json: bool,
    },
    /// Try open rows again, after a mapping or the adapter was repaired.
    Redrive {
        /// Only of this run.
        #[arg(long)]
        run: Option<String>,
        /// Print one line of JSON at the end.
        #[arg(long)]
        json: bool,
    },
}
