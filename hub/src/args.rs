//! The command line.

use std::path::PathBuf;

use api::identity::RevokedTokens;
use chrono::NaiveDate;
use clap::{Parser, Subcommand};
use entity::access::Role;
use entity::audit::{Mark, PublicKey};
use entity::declaration::FindingRule;
use entity::value::{RegionCode, SocialCreditCode};

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
    /// Write exchange files of invented enterprises, for trials and measurements.
    ///
    /// No enterprise in them exists: credit codes have region digits that no authority has. The same scale, seed and
    /// day give the same bytes on every machine.
    Generate(Generate),
    /// Print the GraphQL schema (SDL).
    Schema,
    /// Read a workbook and write its rows; the hub starts itself so, with narrow limits.
    #[command(hide = true)]
    ReadSpreadsheet(Workbook),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Token {
    /// ENTERPRISE, INSTITUTION, STAFF, AGGREGATOR, CREDIT_CLIENT, AUDITOR, SYSTEM_ADMIN, SECURITY_ADMIN or AUDIT_ADMIN.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Role,
    /// The district, such as 320582; for STAFF, AGGREGATOR and CREDIT_CLIENT.
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    /// The office within the bureau; for STAFF.
    #[arg(long, value_name = "NAME")]
    pub(crate) office: Option<String>,
    /// The credit code; for ENTERPRISE.
    #[arg(long, value_name = "CREDIT_CODE")]
    pub(crate) enterprise: Option<String>,
    /// The number of the CMA certificate; for INSTITUTION.
    #[arg(long, value_name = "CMA")]
    pub(crate) institution: Option<String>,
    /// The kinds of records, such as Enterprise,Declaration; for CREDIT_CLIENT.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Who it names: two people have two names.
    #[arg(long, value_name = "NAME", default_value = "developer")]
    pub(crate) subject: String,
    /// For the hub that `demo` runs, in its own data directory.
    #[arg(long)]
    pub(crate) demo: bool,
    /// Seconds that it is valid for, 3600 at most.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    pub(crate) ttl: i64,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RevokeToken {
    /// The name of the token: its claim `jti`, which the audit trail shows, too.
    #[arg(value_name = "JTI", value_parser = token_name)]
    pub(crate) token_id: String,
    /// For the hub that `demo` runs, in its own data directory.
    #[arg(long)]
    pub(crate) demo: bool,
}

fn token_name(text: &str) -> Result<String, String> {
    RevokedTokens::is_name(text)
        .then(|| text.to_owned())
        .ok_or_else(|| "a name has 1 to 200 characters, none of them a control character".to_owned())
}

fn role(word: &str) -> Result<Role, String> {
    let words = || {
        Role::ALL
            .iter()
            .map(|role| role.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    word.to_uppercase()
        .parse()
        .map_err(|()| format!("there are {}", words()))
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
    /// mandatory standards), metrology-ledger (ledgers of measuring instruments) or institution-list (testing institutions).
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
pub(crate) struct VerifyLog {
    /// A head that was kept outside, as `audit-head` printed it: the trail must have that entry.
    #[arg(long, value_name = "SEQ:HASH")]
    pub(crate) head: Option<Mark>,
    /// The key that heads must be signed with, instead of the one that the database holds; may be repeated.
    #[arg(long, value_name = "HEX")]
    pub(crate) key: Vec<PublicKey>,
    /// Print one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
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
