//! The Python sources that UniFFI makes from the library.

use std::fs;
use std::path::Path;

use uniffi::{GenerateOptions, TargetLanguage, generate as uniffi_generate};

use crate::Result;

pub(crate) fn generate(library: &Path) -> Result<String> {
    if !library.is_file() {
        return Err(format!(
            "{} is not there: run `cargo build -p netmile-c` first",
            library.display()
        )
        .into());
    }
    let out = std::env::temp_dir().join(format!("netmile-bindgen-{}", std::process::id()));
    let source = library
        .to_str()
        .ok_or("the path of the library is not UTF-8")?;
    let made = uniffi_generate(GenerateOptions {
        languages: vec![TargetLanguage::Python],
        source: source.into(),
        out_dir: out
            .to_str()
            .ok_or("the temporary directory is not UTF-8")?
            .into(),
        format: false,
        ..GenerateOptions::default()
    })
    .map_err(|error| error.to_string())
    .and_then(|()| {
        fs::read_to_string(out.join("netmile_ffi.py")).map_err(|error| error.to_string())
    });
    let removed = fs::remove_dir_all(&out);
    let text = made?;
    removed?;
    Ok(text
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect())
}
