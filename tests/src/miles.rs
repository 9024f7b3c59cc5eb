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

/// A row of such a file. Its user and its key are those of no other row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Mail address.
    pub user: String,
    /// 指定キー.
    pub key: String,
    /// Miles.
    pub miles: u64,
    /// Whether it is for somebody who is no member.
    pub is_stranger: bool,
}

impl Row {
    /// The row with this number, from 1.
    #[must_use]
    pub fn of(number: u64) -> Self {
        let is_stranger = number.is_multiple_of(97);
        Self {
            user: match is_stranger {
                true => format!("stranger{number}@crowd.example"),
                false => format!("u{number:07}@crowd.example"),
            },
            key: format!("K{number}"),
            miles: 10 + number * 7919 % 491,
            is_stranger,
        }
    }
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
    for number in 1..=rows {
        let row = Row::of(number);
        if row.is_stranger {
            asked.strangers += 1;
            asked.strangers_miles += row.miles;
        } else {
            asked.miles += row.miles;
        }
        write!(out, "{},{},{}\r\n", row.user, row.key, row.miles)?;
    }
    out.flush()?;
    Ok(asked)
}
