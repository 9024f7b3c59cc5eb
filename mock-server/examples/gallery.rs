//! Writes every page of the mock with sample data in both languages, to look at them.
//!
//! `cargo run -p netmile-mock --example gallery -- DIRECTORY` leaves `ja/NAME.html`,
//! `en/NAME.html` and an index.

use std::path::PathBuf;
use std::{env, fs, io};

use netmile_mock::pages::*;

#[path = "../src/pages/samples/mod.rs"]
mod samples;

fn main() -> io::Result<()> {
    let Some(directory) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "give the directory to write to",
        ));
    };
    let mut index = String::from(
        "<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><h1>Gallery</h1><ul>",
    );
    let mut written = 0_usize;
    for lang in Lang::ALL {
        let folder = directory.join(lang.code());
        fs::create_dir_all(&folder)?;
        for sample in samples::pages(lang, &str::to_owned) {
            let bytes = if sample.shift_jis {
                to_shift_jis(&sample.html)
            } else {
                sample.html.into_bytes()
            };
            fs::write(folder.join(format!("{}.html", sample.name)), bytes)?;
            let path = format!("{}/{}.html", lang.code(), sample.name);
            index.push_str(&format!("<li><a href=\"{path}\">{path}</a>"));
            written += 1;
        }
    }
    fs::write(directory.join("index.html"), index)?;
    println!("{written} pages in {}", directory.display());
    Ok(())
}
