//! The verbs, one module each. A verb has its arguments as a `clap` type and a function `run` that returns an
//! [`Outcome`]; it prints nothing itself.

pub(crate) mod cancels;
pub(crate) mod clock;
pub(crate) mod doctor;
pub(crate) mod explain_code;
pub(crate) mod explain_hash;
pub(crate) mod inquire;
pub(crate) mod issue;
pub(crate) mod notify;
pub(crate) mod reconcile;
pub(crate) mod refund;
pub(crate) mod uploads;
pub(crate) mod waiting;

use crate::arguments::Command;
use crate::context::Context;
use crate::output::Outcome;

/// Runs a verb.
pub(crate) fn run(context: &Context, command: Command) -> Outcome {
    match command {
        Command::ExplainCode(arguments) => Ok(explain_code::run(context, &arguments)),
        Command::ExplainHash(arguments) => explain_hash::run(context, &arguments),
        Command::Doctor(arguments) => doctor::run(context, &arguments),
        Command::Inquire(arguments) => inquire::run(context, &arguments),
        Command::Refund(arguments) => refund::run(context, &arguments),
        Command::Unresolved(arguments) => waiting::unresolved(context, &arguments),
        Command::Resolve(arguments) => waiting::resolve(context, &arguments),
        Command::Reconcile(arguments) => reconcile::run(context, &arguments),
        Command::Issue(arguments) => issue::run(context, &arguments),
        Command::Uploads(arguments) => uploads::run(context, &arguments),
        Command::Cancels(arguments) => cancels::run(context, &arguments),
        Command::Notify(arguments) => notify::run(context, &arguments),
        Command::Clock(arguments) => clock::run(context, &arguments),
    }
}
