//! The sources that UniFFI makes from the library: Python, Kotlin, Swift.

use std::fs;
use std::path::Path;

use uniffi::{GenerateOptions, TargetLanguage, generate as uniffi_generate};

use crate::{Generated, Result};

/// What UniFFI writes, and where it goes. The names in front follow from `ffi/uniffi/uniffi.toml`.
const FILES: [(&str, &str); 5] = [
    (
        "netmile_ffi.py",
        "bindings/python/src/netmile/_generated/netmile_ffi.py",
    ),
    (
        "netmile/internal/ffi/netmile_ffi.kt",
        "bindings/kotlin/netmile/src/main/kotlin/netmile/internal/ffi/netmile_ffi.kt",
    ),
    (
        "NetmileGenerated.swift",
        "bindings/swift/Sources/NetmileGenerated/NetmileGenerated.swift",
    ),
    // A system library target of SwiftPM: a directory of its own with these two files.
    (
        "NetmileFFI.h",
        "bindings/swift/Sources/NetmileFFI/NetmileFFI.h",
    ),
    (
        "NetmileFFI.modulemap",
        "bindings/swift/Sources/NetmileFFI/module.modulemap",
    ),
];

pub(crate) fn generate(library: &Path) -> Result<Vec<Generated>> {
    if !library.is_file() {
        return Err(format!(
            "{} is not there: run `cargo build -p netmile-c` first",
            library.display()
        )
        .into());
    }
    let out = std::env::temp_dir().join(format!("netmile-bindgen-{}", std::process::id()));
    // The Kotlin and Swift faces expect the directory to be there.
    fs::create_dir_all(&out)?;
    let made = made(library, &out);
    let removed = fs::remove_dir_all(&out);
    let files = made?;
    removed?;
    Ok(files)
}

fn made(library: &Path, out: &Path) -> Result<Vec<Generated>> {
    let source = library
        .to_str()
        .ok_or("the path of the library is not UTF-8")?;
    uniffi_generate(GenerateOptions {
        languages: vec![
            TargetLanguage::Python,
            TargetLanguage::Kotlin,
            TargetLanguage::Swift,
        ],
        source: source.into(),
        out_dir: out
            .to_str()
            .ok_or("the temporary directory is not UTF-8")?
            .into(),
        format: false,
        ..GenerateOptions::default()
    })
    .map_err(|error| error.to_string())?;
    let mut files = Vec::new();
    for (name, path) in FILES {
        let text =
            fs::read_to_string(out.join(name)).map_err(|error| format!("{name}: {error}"))?;
        let text = if name.ends_with(".kt") {
            without_orphans(&text)
        } else {
            text
        };
        let content = text
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect();
        files.push(Generated { path, content });
    }
    Ok(files)
}

/// UniFFI leaves out the records that its configuration excludes, but not the converters of lists and optional
/// values of them, which then do not compile.
fn without_orphans(text: &str) -> String {
    let orphan = |line: &str| {
        let name = ["Optional", "Sequence", "OptionalSequence"]
            .iter()
            .find_map(|kind| line.strip_prefix(&format!("public object FfiConverter{kind}Type")))
            .and_then(|rest| rest.split(':').next());
        name.is_some_and(|name| !text.contains(&format!("public object FfiConverterType{name}")))
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if orphan(line) {
            inside = true;
            let comment = kept.iter().rposition(|line| *line == "/**");
            kept.truncate(comment.unwrap_or(kept.len()));
        }
        if !inside {
            kept.push(line);
        }
        inside = inside && line != "}";
    }
    kept.join("\n")
}
