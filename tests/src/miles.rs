//! A site of the mock's demo, and files for it.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use netmile::reference::{Site, SiteSecret};

/// A campaign of the demo that takes 10 to 500 miles.
pub const CAMPAIGN: &str = "46256";

/// The demo's site at a mock.
///
/// # Errors
/// `configuration` when the address is not the loopback's.
pub fn site(mock: &str) -> netmile::Result<Site> {
    let secret = SiteSecret::new("demo-secret-of-the-mock-not-a-secret-1")?;
    Site::new("8763", "demo-key-1", secret, mock)
}

/// What a file asks for, counted while it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Rows.
    pub rows: u64,
    /// Rows of people who are no members.
    pub strangers: u64,
    /// Miles of members.
    pub miles: u64,
    /// Miles of strangers.
    pub strangers_miles: u64,
}

/// Writes a file without faults: members of the mock's crowd, and every 97th row a stranger.
///
/// # Errors
/// Whatever the file says.
pub fn write_file(path: &Path, rows: u64) -> std::io::Result<Asked> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let mut asked = Asked {
        rows,
        ..Asked::default()
    };
    for row in 1..=rows {
        let miles = 10 + row * 7919 % 491;
        if row % 97 == 0 {
            asked.strangers += 1;
            asked.strangers_miles += miles;
            write!(out, "stranger{row}@crowd.example,K{row},{miles}\r\n")?;
        } else {
            asked.miles += miles;
            write!(out, "u{row:07}@crowd.example,K{row},{miles}\r\n")?;
        }
    }
    out.flush()?;
    Ok(asked)
}
