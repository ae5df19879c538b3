//! Lines of a stream, none longer than a limit.

use std::io::{self, BufRead};

/// A line without its line break.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// All of it.
    Whole(Vec<u8>),
    /// Longer than the limit: read over.
    TooLong,
}

/// Cuts a stream into lines. It ends after the first error.
#[derive(Debug)]
pub(super) struct Lines<R> {
    stream: R,
    limit: usize,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(stream: R, limit: usize) -> Self {
        Self { stream, limit, ended: false }
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let piece = self.stream.fill_buf()?;
            if piece.is_empty() {
                self.ended = true;
                break;
            }
            let end = piece.iter().position(|byte| *byte == b'\n');
            let part = piece.get(..end.unwrap_or(piece.len())).unwrap_or_default();
            too_long |= line.len() + part.len() > self.limit;
            if too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.stream.consume(used);
            if end.is_some() {
                return Ok(Some(if too_long { Line::TooLong } else { Line::Whole(line) }));
            }
        }
        let rest = if too_long { Line::TooLong } else { Line::Whole(line) };
        Ok((rest != Line::Whole(Vec::new())).then_some(rest))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        if self.ended {
            return None;
        }
        let line = self.line();
        self.ended |= line.is_err();
        line.transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn lines_up_to_the_limit() {
        let text = b"one\n\nfourx\nfive5\nlast" as &[u8];
        for size in [1, 3, 100] {
            let lines = Lines::new(BufReader::with_capacity(size, text), 4);
            let lines: Vec<_> = lines.map(|line| line.expect("a line")).collect();
            let whole = |text: &str| Line::Whole(text.into());
            let expected = [whole("one"), whole(""), Line::TooLong, Line::TooLong, whole("last")];
            assert_eq!(lines, expected, "{size}");
        }
    }
}
