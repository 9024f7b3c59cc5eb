//! How often an unknown outcome is looked for.

/// Seconds from one look to the next; the last one repeats, so that an answer that comes late is found within the hour.
const LOOKS: [i64; 6] = [5, 15, 60, 300, 900, 3600];

/// Seconds until the next look, after so many.
pub(crate) fn next_look(looks: u32) -> i64 {
    let turn = usize::try_from(looks).unwrap_or(usize::MAX);
    let last = LOOKS.last().copied().unwrap_or(0);
    LOOKS.get(turn).copied().unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rarer_and_stay_hourly() {
        let waits: Vec<i64> = (0..8).map(next_look).collect();
        assert_eq!(waits, [5, 15, 60, 300, 900, 3600, 3600, 3600]);
        assert_eq!(next_look(u32::MAX), 3600);
    }
}
