//! Prints a page of the book: `cargo run -p netmile --example codes_page -- ja > docs/codes.ja.md`.

use netmile::Lang;

fn main() {
    let lang = match std::env::args().nth(1).as_deref() {
        Some("ja") => Lang::Ja,
        _ => Lang::En,
    };
    print!("{}", netmile::api::codes::markdown(lang));
}
