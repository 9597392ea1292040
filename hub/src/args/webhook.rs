//! The words of `webhook`.

use api::identity::Grant;
use api::webhook::Begin;
use clap::Subcommand;
use entity::access::Role;

use super::access::role;

#[derive(Debug, clap::Args)]
pub(crate) struct Webhook {
    #[command(subcommand)]
    pub(crate) action: WebhookAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WebhookAction {
    /// Make a webhook and print its key, once; or give the one of that name another address and other rights.
    ///
    /// A webhook that exists keeps its key and its place, and goes on if it had stopped and the address is another one. Where its rights change, its receiver is told LEAVE and ENTER.
    Add(Box<WebhookAdd>),
    /// List the webhooks and how far each of them is.
    List {
        /// Print one line of JSON per webhook.
        #[arg(long)]
        json: bool,
    },
    /// Take a webhook away with its dead letters.
    Remove {
        /// The webhook.
        name: String,
    },
    /// List the batches that were given up.
    Dead {
        /// Only of this webhook.
        name: Option<String>,
        /// Print one line of JSON per batch.
        #[arg(long)]
        json: bool,
    },
    /// Deliver again everything behind a place, in its order; a webhook that had stopped goes on.
    Replay(WebhookReplay),
    /// Let a webhook that had stopped, or that waits for its next attempt, go on from where it stands.
    Resume {
        /// The webhook.
        name: String,
    },
    /// Make a new key and print it, once; the former one signs, too, until --settle.
    RotateKey {
        /// The webhook.
        name: String,
        /// Sign with the newest key alone from now on.
        #[arg(long)]
        settle: bool,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct WebhookAdd {
    /// Its name: small letters, digits and hyphens.
    pub(crate) name: String,
    /// The address of the receiver: https, or http to this machine.
    pub(crate) url: String,
    /// The role of the reader: that of its tokens, or PUBLIC.
    #[arg(long, value_name = "ROLE", value_parser = role)]
    pub(crate) role: Role,
    /// The district, such as 320582; for STAFF and CREDIT_CLIENT.
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    /// The credit code; for ENTERPRISE.
    #[arg(long, value_name = "CREDIT_CODE")]
    pub(crate) enterprise: Option<String>,
    /// The number of the CMA certificate; for INSTITUTION.
    #[arg(long, value_name = "CMA")]
    pub(crate) institution: Option<String>,
    /// The kinds of records that were agreed on, such as Enterprise,Declaration; for CREDIT_CLIENT.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Send only these kinds of what the reader may see.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub(crate) only_kinds: Vec<String>,
    /// Send only these regions and what lies in them; records of no region are always among them.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) only_regions: Vec<String>,
    /// Who vouches for the reader, as in its tokens; with --subject, so that it can go on by itself from a cursor that was sent.
    #[arg(long, value_name = "ISS", default_value = "urn:nqi-hub")]
    pub(crate) issuer: String,
    /// The name of the reader, as in its tokens; the name of the webhook unless told.
    #[arg(long, value_name = "SUB")]
    pub(crate) subject: Option<String>,
    /// Begin at the start of the feed; without this and --from with what happens from now on.
    #[arg(long, conflicts_with = "from")]
    pub(crate) from_start: bool,
    /// Begin behind a cursor of the reader, such as that of a snapshot.
    #[arg(long, value_name = "CURSOR")]
    pub(crate) from: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WebhookReplay {
    /// The webhook.
    pub(crate) name: String,
    /// From the batch of a dead letter.
    #[arg(
        long,
        value_name = "NUMBER",
        required_unless_present_any = ["from", "from_start"],
        conflicts_with_all = ["from", "from_start"]
    )]
    pub(crate) dead: Option<i64>,
    /// From behind a cursor of the reader, such as one that was sent.
    #[arg(long, value_name = "CURSOR", conflicts_with = "from_start")]
    pub(crate) from: Option<String>,
    /// From the start of the feed.
    #[arg(long)]
    pub(crate) from_start: bool,
}

impl WebhookAdd {
    /// Role and bounds; none for what is public.
    pub(crate) fn grant(&self) -> Option<Grant> {
        let grant = Grant {
            region: self.region.clone(),
            enterprise: self.enterprise.clone(),
            institution: self.institution.clone(),
            kinds: self.kinds.clone(),
            ..Grant::new(self.role)
        };
        (grant != Grant::new(Role::Public)).then_some(grant)
    }

    /// Where a new one begins.
    pub(crate) fn begin(&self) -> Begin {
        match &self.from {
            Some(cursor) => Begin::Cursor(cursor.clone()),
            None if self.from_start => Begin::Start,
            None => Begin::Now,
        }
    }
}
