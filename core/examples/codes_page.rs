//! Prints a page of the book: `cargo run -p netmile --example codes_page -- ja > docs/codes.ja.md`, and with a further
//! `miles` that of the codes of mile issuing (`docs/mile-codes.ja.md`).

use netmile::Lang;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let lang = match arguments.next().as_deref() {
        Some("ja") => Lang::Ja,
        _ => Lang::En,
    };
    print!(
        "{}",
        match arguments.next().as_deref() {
            Some("miles") => netmile::miles::codes::markdown(lang),
            _ => netmile::api::codes::markdown(lang),
        }
    );
}
