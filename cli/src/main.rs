//! `netmile`: explains codes and hashes, checks a set-up, looks after payments, drives the mock gateway.
//!
//! One module per verb in `commands`. Every verb returns an [`output::Answer`], which is printed as text or as one
//! JSON object; the exit codes are in [`output::Exit`]. No verb takes or prints a key.

mod arguments;
mod commands;
mod config;
mod context;
mod describe;
mod draft;
mod help;
mod http;
mod keys;
mod lang;
mod methods;
mod mock;
mod output;
mod progress;
mod shop;

use std::process::ExitCode;

use clap::FromArgMatches as _;

use arguments::Arguments;
use context::Context;
use output::Exit;

fn main() -> ExitCode {
    let raw: Vec<_> = std::env::args_os().collect();
    let lang = lang::detect(&raw, |name| std::env::var(name).ok());
    let parsed = help::command(lang)
        .try_get_matches_from(raw)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nobody reads: there is nothing left to say.
            let _ = error.print();
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Fine
            };
            return exit.into();
        }
    };
    let context = Context::new(lang, &arguments.global);
    let name = arguments.command.name();
    let outcome = commands::run(&context, arguments.command);
    output::print(&context, name, outcome).into()
}
