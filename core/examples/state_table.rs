//! Prints the transition tables for the docs: `cargo run -p netmile --example state_table -- ja charges` (or `exchange`).

use netmile::Lang;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| asked.iter().any(|given| given == word);
    let lang = if has("ja") { Lang::Ja } else { Lang::En };
    let table = if has("charges") {
        netmile::charge::table::markdown(lang)
    } else if has("exchange") {
        netmile::exchange::table::markdown(lang)
    } else {
        netmile::purchase::table::markdown(lang)
    };
    print!("{table}");
}
