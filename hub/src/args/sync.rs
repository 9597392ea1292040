//! The words of `sync` and `reconcile`.

use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Reached {
    /// A file that holds the bearer token; it is read for every request, so a newer one counts at once.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Certificate authorities (PEM) that alone are trusted for the hub, instead of those of the machine.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Sync {
    /// The address of the hub, such as https://hub.example.org.
    #[arg(value_name = "HUB")]
    pub(crate) hub: String,
    /// The copy: an SQLite file (ending .sqlite, .sqlite3 or .db), or a folder of NDJSON.
    #[arg(long, value_name = "FILE_OR_DIR")]
    pub(crate) into: PathBuf,
    #[command(flatten)]
    pub(crate) reached: Reached,
    /// Only these kinds, such as Enterprise,Declaration. Another choice than last time takes a new snapshot.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Only these regions and what lies in them, such as 320582,320600; records of no region are always among them.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) regions: Vec<String>,
    /// End when the copy is up to date, instead of following the hub.
    #[arg(long)]
    pub(crate) once: bool,
    /// Seconds between two looks at the feed while its event stream cannot be had. While it can, changes come at once.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) every: u64,
    /// Take a new snapshot into the copy, also one of another hub; what it does not hold is dropped.
    #[arg(long)]
    pub(crate) anew: bool,
    /// Print one line of JSON at the end and nothing else.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Reconcile {
    /// The address of the hub that the copy follows.
    #[arg(value_name = "HUB")]
    pub(crate) hub: String,
    /// The copy.
    #[arg(long, value_name = "FILE_OR_DIR")]
    pub(crate) with: PathBuf,
    #[command(flatten)]
    pub(crate) reached: Reached,
    /// Where something differs, take a new snapshot into the copy and compare again.
    #[arg(long)]
    pub(crate) repair: bool,
    /// Print one line of JSON per comparison.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Relay {
    /// The address of the hub below, such as https://hub.example.org.
    #[arg(value_name = "HUB")]
    pub(crate) hub: String,
    /// Its name here: lower-case letters, digits and -.
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: String,
    /// The rank of all that it says, among the sources of this hub; the smaller wins.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i32).range(0..=1_000_000))]
    pub(crate) rank: i32,
    #[command(flatten)]
    pub(crate) reached: Reached,
    /// Only these kinds, such as Enterprise,Declaration. Another choice than last time takes a new snapshot.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Only these regions and what lies in them, such as 320582,320600; records of no region are always among them.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) regions: Vec<String>,
    /// End when everything is here, instead of following the hub.
    #[arg(long)]
    pub(crate) once: bool,
    /// Seconds between two looks at the feed.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) every: u64,
    /// Take a new snapshot; what it does not hold is dropped.
    #[arg(long)]
    pub(crate) anew: bool,
    /// Print one line of JSON at the end and nothing else.
    #[arg(long)]
    pub(crate) json: bool,
}
