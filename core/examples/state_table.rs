//! Prints the transition table for the docs: `cargo run -p netmile --example state_table -- ja`.

use netmile::Lang;

fn main() {
    let lang = match std::env::args().nth(1).as_deref() {
        Some("ja") => Lang::Ja,
        _ => Lang::En,
    };
    print!("{}", netmile::purchase::table::markdown(lang));
}
