//! As much of a terminal as a bar needs: what stands on its screen.

/// What stood on a screen each time before a line was erased, and in the end.
pub struct Seen {
    pub before: Vec<String>,
    pub end: String,
}

/// Shows the bytes that a program wrote on a screen of so many columns.
#[track_caller]
pub fn shown(columns: usize, written: &str) -> Seen {
    let mut screen = Screen {
        columns,
        lines: vec![Vec::new()],
        row: 0,
        column: 0,
    };
    let mut before = Vec::new();
    let mut rest = written.chars();
    while let Some(next) = rest.next() {
        match next {
            '\r' => screen.column = 0,
            '\n' => screen.go_down(),
            '\u{1b}' => {
                assert_eq!(rest.next(), Some('['), "{written:?}");
                let mut number = String::new();
                let verb = loop {
                    match rest.next().unwrap() {
                        digit @ '0'..='9' => number.push(digit),
                        verb => break verb,
                    }
                };
                let count: usize = number.parse().unwrap_or(1);
                match verb {
                    'A' => screen.row = screen.row.saturating_sub(count),
                    'B' => (0..count).for_each(|_| screen.go_down()),
                    'K' => {
                        before.push(screen.text());
                        screen.lines[screen.row].clear();
                    }
                    other => panic!("{other} in {written:?}"),
                }
            }
            letter => screen.put(letter),
        }
    }
    let end = screen.text();
    Seen { before, end }
}

struct Screen {
    columns: usize,
    /// What is in each column; a wide letter has a NUL in its second one.
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
}

impl Screen {
    fn go_down(&mut self) {
        self.row += 1;
        if self.row == self.lines.len() {
            self.lines.push(Vec::new());
        }
    }

    fn put(&mut self, letter: char) {
        let width = if letter >= '\u{2e80}' { 2 } else { 1 };
        // The cursor stays behind the last column until something more is written.
        if self.column + width > self.columns {
            self.column = 0;
            self.go_down();
        }
        let line = &mut self.lines[self.row];
        line.resize(line.len().max(self.column + width), ' ');
        line[self.column] = letter;
        line[self.column + 1..self.column + width].fill('\0');
        self.column += width;
    }

    fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| {
            let letters = line.iter().filter(|letter| **letter != '\0');
            letters.collect::<String>().trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }
}
