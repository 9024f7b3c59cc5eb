//! The C header.

use std::path::Path;

use cbindgen::{Builder, Config, DocumentationStyle, EnumConfig, Language, Style};

use crate::Result;

const ABOUT: &str = "\
/* netmile: NetMile payments through the SBPS gateway.
 *
 * Generated from the library's sources; do not edit.
 *
 * - A call that can fail returns a netmile_status and takes `error` last. `error` may be NULL; otherwise it receives
 *   an object on failure, which the caller frees with netmile_error_free, and is left alone on success.
 * - Out-parameters are written on success only.
 * - Text is UTF-8 and ends with NUL; bytes come with their length. What is handed in is copied.
 * - An object that a function gives out is freed by the caller with the free function of its type; freeing NULL does
 *   nothing. Pointers got from an object live as long as the object.
 * - A client may be used by several threads at once, and after a fork. Other objects belong to one thread at a time.
 */";

const INCLUDES: [&str; 3] = ["stdbool.h", "stddef.h", "stdint.h"];

/// On one line, as facades that read the header leave out lines of the preprocessor. Behind the function's declaration,
/// which it would replace.
const CHECKED: &str = "\
/* The program says which interface it was compiled for, and the library refuses another one. */
#define netmile_client_new(...) netmile_client_new_for(NETMILE_ABI_VERSION, __VA_ARGS__)
";

const END: &str = "\n#endif  /* NETMILE_H */";

/// The files in the order of the header.
const SOURCES: [&str; 7] = [
    "error", "client", "run", "request", "checkout", "answer", "events",
];

pub(crate) fn generate(crate_dir: &Path) -> Result<String> {
    let config = Config {
        language: Language::C,
        header: Some(ABOUT.to_owned()),
        include_guard: Some("NETMILE_H".to_owned()),
        after_includes: Some(format!(
            "\n/* The interface that this header describes; see netmile_abi_version. */\n#define NETMILE_ABI_VERSION {}",
            abi_version(crate_dir)?
        )),
        cpp_compat: true,
        style: Style::Both,
        usize_is_size_t: true,
        documentation_style: DocumentationStyle::Doxy,
        no_includes: true,
        sys_includes: INCLUDES.map(str::to_owned).to_vec(),
        enumeration: EnumConfig::default(),
        ..Config::default()
    };
    let mut builder = Builder::new().with_config(config);
    for source in SOURCES {
        builder = builder.with_src(crate_dir.join("src").join(source).with_extension("rs"));
    }
    let mut header = Vec::new();
    builder.generate()?.write(&mut header);
    let header = without_safety_sections(&String::from_utf8(header)?);
    let (body, rest) = header
        .rsplit_once(END)
        .ok_or("the header does not end as it did")?;
    Ok(format!("{body}\n{CHECKED}{END}{rest}"))
}

/// The number stands in one place, the operations crate.
fn abi_version(crate_dir: &Path) -> Result<u32> {
    let source = std::fs::read_to_string(crate_dir.join("../uniffi/src/lib.rs"))?;
    let number = source
        .lines()
        .find_map(|line| line.strip_prefix("pub const ABI_VERSION: u32 = "))
        .and_then(|rest| rest.strip_suffix(';'))
        .ok_or("the ABI version is not where it was")?;
    Ok(number.parse()?)
}

/// The sections for Rust's reviewers say in Rust's words what the header says at its top.
fn without_safety_sections(header: &str) -> String {
    let mut kept = Vec::new();
    let mut inside = false;
    for line in header.lines() {
        if line.trim() == "* # Safety" {
            inside = true;
            if kept.last().is_some_and(|last: &&str| last.trim() == "*") {
                kept.pop();
            }
        } else if line.trim() == "*/" {
            inside = false;
        }
        if !inside {
            kept.push(line);
        }
    }
    let mut text = kept.join("\n");
    text.push('\n');
    text
}
