//! What can be typed.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    cancels, clock, doctor, explain_code, explain_hash, inquire, issue, notify, reconcile, refund,
    uploads, waiting,
};

/// Explains codes and hashes, checks a set-up, looks after payments, and drives the mock gateway.
#[derive(Debug, Parser)]
#[command(
    name = "netmile",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every verb takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Prints one JSON object instead of text.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language; by default that of the environment (LC_ALL, LC_MESSAGES, LANG).
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<LangName>,
    /// Configuration file; by default netmile.toml of this directory, if there is one.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "NETMILE_CONFIG",
        hide_env_values = true
    )]
    pub(crate) config: Option<PathBuf>,
    /// Prints this help.
    #[arg(long, short, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Prints the version.
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangName {
    Ja,
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Says what a result code or HTTP status of the gateway means and what to do.
    ExplainCode(explain_code::ExplainCode),
    /// Says why a hash does not match: names the wrong recipe behind it.
    ExplainHash(explain_hash::ExplainHash),
    /// Checks keys, clock, endpoints and the shop's notice URL.
    Doctor(doctor::Doctor),
    /// Asks the gateway what became of a payment.
    Inquire(inquire::Inquire),
    /// Refunds a payment, all of it or a part.
    Refund(refund::Refund),
    /// Lists payments and miles whose outcome is not known, or that a person must look at.
    Unresolved(waiting::Unresolved),
    /// Finds out about payments and miles whose outcome is not known.
    Resolve(waiting::Resolve),
    /// Compares the journal with a settlement statement.
    Reconcile(reconcile::Reconcile),
    /// Issues the miles of a CSV file of any size.
    Issue(issue::Issue),
    /// Lists uploads of files that wait for NetMile or for a person, and records what a person found out.
    Uploads(uploads::Uploads),
    /// Lists wishes to cancel miles that wait for an outcome or a person, and records what a person found out.
    Cancels(cancels::Cancels),
    /// Makes a running mock gateway send a notice.
    Notify(notify::Notify),
    /// Shows or moves the clock of a running mock gateway.
    Clock(clock::Clock),
}

impl Command {
    /// The verb as it is typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::ExplainCode(_) => "explain-code",
            Self::ExplainHash(_) => "explain-hash",
            Self::Doctor(_) => "doctor",
            Self::Inquire(_) => "inquire",
            Self::Refund(_) => "refund",
            Self::Unresolved(_) => "unresolved",
            Self::Resolve(_) => "resolve",
            Self::Reconcile(_) => "reconcile",
            Self::Issue(_) => "issue",
            Self::Uploads(_) => "uploads",
            Self::Cancels(_) => "cancels",
            Self::Notify(_) => "notify",
            Self::Clock(_) => "clock",
        }
    }
}

/// Where the hash key comes from. Never the command line: that is in the shell's history and the list of processes.
#[derive(Debug, Args)]
pub(crate) struct KeyArguments {
    /// File that holds the hash key; else the environment's NETMILE_HASH_KEY, else hash_key_file of the configuration.
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// Which mock to talk to.
#[derive(Debug, Args)]
pub(crate) struct MockArguments {
    /// Address of the mock gateway; else mock_url of the configuration, else http://127.0.0.1:8080.
    #[arg(
        long,
        value_name = "URL",
        env = "NETMILE_MOCK_URL",
        hide_env_values = true
    )]
    pub(crate) mock: Option<String>,
}
