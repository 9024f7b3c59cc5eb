//! Writes the generated parts of the bindings: the C header and the UniFFI sources (Python, Kotlin, Swift).
//!
//! ```text
//! cargo build -p netmile-c
//! cargo run -p netmile-bindgen -- --out .          write them below this directory
//! cargo run -p netmile-bindgen -- --out . --check  fail if what is there differs
//! ```
//!
//! The UniFFI sources come from the built library (`--library`; by default the one of the dev profile), which must
//! not be stripped.

mod faces;
mod header;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A generated file: where it goes, below the output directory, and what it holds.
pub(crate) struct Generated {
    path: &'static str,
    content: String,
}

struct Arguments {
    out: PathBuf,
    library: PathBuf,
    check: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("netmile-bindgen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments = arguments()?;
    let root = workspace();
    let mut files = vec![Generated {
        path: "bindings/c/include/netmile.h",
        content: header::generate(&root.join("ffi/c"))?,
    }];
    files.extend(faces::generate(&arguments.library)?);
    for file in &files {
        let path = arguments.out.join(file.path);
        if arguments.check {
            check(&path, file)?;
        } else {
            write(&path, file)?;
        }
    }
    Ok(())
}

fn arguments() -> Result<Arguments> {
    let mut arguments = Arguments {
        out: PathBuf::from("."),
        library: default_library(),
        check: false,
    };
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        let mut value = || {
            given
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--out" => arguments.out = value()?.into(),
            "--library" => arguments.library = value()?.into(),
            "--check" => arguments.check = true,
            _ => {
                return Err("usage: netmile-bindgen [--out DIR] [--library FILE] [--check]".into());
            }
        }
    }
    Ok(arguments)
}

/// The workspace that this program was built from.
fn workspace() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

fn default_library() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace().join("target"), PathBuf::from);
    let name = format!(
        "{}netmile{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    target.join("debug").join(name)
}

fn check(path: &Path, file: &Generated) -> Result<()> {
    let there = fs::read_to_string(path).unwrap_or_default();
    if there != file.content {
        return Err(format!(
            "{} is not what the sources give; run netmile-bindgen and commit it",
            file.path
        )
        .into());
    }
    Ok(())
}

fn write(path: &Path, file: &Generated) -> Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    fs::write(path, &file.content)?;
    println!("{}", file.path);
    Ok(())
}
