//! What the shop keeps about miles and points besides the journal. Survives its processes.

use std::collections::BTreeMap;

use netmile::miles::CancelStanding;
use netmile::reference::UserId;

/// What the shop believes about one issue or exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belief {
    /// Issued under this id of the office.
    Issued(String),
    /// Refused, or never arrived.
    Refused,
}

/// The points of the shop's own programme: each `tran_id` takes them once, and gives them back once.
#[derive(Debug, Default)]
pub struct Points {
    taken: BTreeMap<String, u64>,
    back: BTreeMap<String, u64>,
}

impl Points {
    /// Takes points for an exchange, unless that was done.
    pub fn take(&mut self, tran_id: &str, points: u64) {
        self.taken.entry(tran_id.to_owned()).or_insert(points);
    }

    /// Gives back what was taken for an exchange, unless that was done, or nothing was taken.
    pub fn give_back(&mut self, tran_id: &str) {
        if let Some(points) = self.taken.get(tran_id) {
            self.back.entry(tran_id.to_owned()).or_insert(*points);
        }
    }

    /// Whether points were taken for an exchange.
    #[must_use]
    pub fn has_taken(&self, tran_id: &str) -> bool {
        self.taken.contains_key(tran_id)
    }

    /// Points that the customer has less for this exchange.
    #[must_use]
    pub fn kept(&self, tran_id: &str) -> u64 {
        let of = |map: &BTreeMap<String, u64>| map.get(tran_id).copied().unwrap_or(0);
        of(&self.taken).saturating_sub(of(&self.back))
    }
}

/// The shop's tables about miles.
#[derive(Debug, Default)]
pub struct MilesBook {
    /// Under which try a reward stands, by number of the reward.
    pub tries: BTreeMap<usize, u32>,
    /// User ids that the office told, by number of the reward.
    pub users: BTreeMap<usize, UserId>,
    /// What is believed, by `tran_id`; of rows by hand by `tran_id` and row.
    pub beliefs: BTreeMap<String, Belief>,
    /// What became of wishes to cancel, by id of the issue.
    pub cancels: BTreeMap<String, CancelStanding>,
    /// The wish to cancel that was made last, by number of the reward: its id at the office.
    pub wishes: BTreeMap<usize, String>,
    /// The points.
    pub points: Points,
}

impl MilesBook {
    /// The `tran_id` of a reward's present try.
    pub fn tran_id(&mut self, letter: char, seed: u64, reward: usize) -> String {
        let number = *self.tries.entry(reward).or_insert(1);
        name(letter, seed, reward, number)
    }

    /// The names that a reward has had.
    pub fn names(&self, letter: char, seed: u64, reward: usize) -> Vec<String> {
        let last = self.tries.get(&reward).copied().unwrap_or(0);
        let names = 1..=last;
        names.map(|n| name(letter, seed, reward, n)).collect()
    }

    /// The issue that a reward led to, as the shop believes.
    #[must_use]
    pub fn issued(&self, names: &[String]) -> Option<&str> {
        names.iter().find_map(|name| match self.beliefs.get(name) {
            Some(Belief::Issued(id)) => Some(id.as_str()),
            _ => None,
        })
    }

    /// Notes what became of a wish to cancel. That it was cancelled before is no news.
    pub fn cancelled(&mut self, issuance_id: &str, standing: &CancelStanding) {
        use CancelStanding as S;
        let known = self.cancels.get(issuance_id);
        let decided = |standing: &S| matches!(standing, S::Cancelled | S::Approved);
        let news = match (known, standing) {
            (Some(known), _) if decided(known) => false,
            // A second wish says nothing of the first.
            (Some(S::Applied), S::Refused(_)) => false,
            _ => true,
        };
        if news {
            self.cancels
                .insert(issuance_id.to_owned(), standing.clone());
        }
    }
}

fn name(letter: char, seed: u64, reward: usize, number: u32) -> String {
    format!("{letter}{seed}-{reward}-{number}")
}
