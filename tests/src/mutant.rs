//! Damaged inputs without end: the plain half of a fuzzer, for where coverage cannot be measured. The
//! same seeds and number of rounds give the same inputs.

/// Numbers that look random and are the same on every machine (Knuth's MMIX constants).
#[derive(Debug, Clone)]
pub struct Lcg(pub u64);

impl Lcg {
    /// A number below `n`; 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let (a, c) = (6_364_136_223_846_793_005, 1_442_695_040_888_963_407);
        self.0 = self.0.wrapping_mul(a).wrapping_add(c);
        (self.0 >> 33) as usize % n.max(1)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Longest input, in bytes: what takes long to read is a matter of the torture set.
const LONGEST: usize = 16 << 10;
/// Most times that a piece is repeated.
const REPEATS: usize = 200;
/// Most changes of one input.
const CHANGES: usize = 6;

/// Makes inputs out of seeds and words.
#[derive(Debug)]
pub struct Mutator {
    random: Lcg,
    seeds: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

impl Mutator {
    /// Inputs like `seeds`, with `words` in them.
    pub fn new(seeds: Vec<Vec<u8>>, words: Vec<Vec<u8>>) -> Self {
        Self { random: Lcg(seeds.len() as u64), seeds, words }
    }

    fn mutant(&mut self) -> Vec<u8> {
        let mut bytes = self.part_of_a_seed(LONGEST);
        for _ in 0..=self.random.below(CHANGES) {
            self.change(&mut bytes);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn part_of_a_seed(&mut self, most: usize) -> Vec<u8> {
        let seed = self.random.pick(&self.seeds).map(Vec::as_slice).unwrap_or_default();
        let from = self.random.below(1 + seed.len().saturating_sub(most));
        seed.iter().skip(from).take(most).copied().collect()
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.random.below(bytes.len() + 1);
        match self.random.below(7) {
            0 => flip(bytes, at, self.random.below(8)),
            1 => drop(bytes.drain(at..self.end(at, bytes.len()))),
            2 => {
                let again = bytes[at..self.end(at, bytes.len())].to_vec();
                self.insert_often(bytes, at, &again);
            }
            3 => {
                let word = self.random.pick(&self.words).cloned().unwrap_or_default();
                self.insert_often(bytes, at, &word);
            }
            4 => insert(bytes, at, &self.part_of_a_seed(600)),
            5 => insert(bytes, at, &[self.random.below(256) as u8]),
            _ => {
                let word = self.random.pick(&self.words).cloned().unwrap_or_default();
                insert(bytes, at, &word);
            }
        }
    }

    fn end(&mut self, at: usize, len: usize) -> usize {
        at + self.random.below(len - at + 1).min(300)
    }

    fn insert_often(&mut self, bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
        let times = if self.random.below(4) == 0 { self.random.below(REPEATS) } else { 1 };
        insert(bytes, at, &piece.repeat(times));
    }
}

impl Iterator for Mutator {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        Some(self.mutant())
    }
}

fn flip(bytes: &mut [u8], at: usize, bit: usize) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << bit;
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// The words of a dictionary as libFuzzer reads it: `"…"` a line, `name=` before it, `#` before
/// comments; `\\`, `\"` and `\x1b` stand for bytes.
pub fn dictionary(text: &str) -> Vec<Vec<u8>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let quoted = lines.filter_map(|line| line.split_once('"')?.1.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

fn unescaped(word: &str) -> Vec<u8> {
    let mut bytes = word.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        let escaped = if byte == b'\\' { bytes.next() } else { None };
        out.push(match escaped {
            Some(b'x') => {
                let hex: Vec<u8> = bytes.by_ref().take(2).collect();
                let hex = std::str::from_utf8(&hex).unwrap_or_default();
                u8::from_str_radix(hex, 16).unwrap_or_else(|e| panic!("{word}: {e}"))
            }
            Some(other) => other,
            None => byte,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_libfuzzer_reads_them() {
        let text = "# a comment\ntag=\"<p class=\\\"a\\\">\"\n\"\\x1b[31m\"\n\"\\\\\"\n";
        let words: [&[u8]; 3] = [b"<p class=\"a\">", b"\x1b[31m", b"\\"];
        assert_eq!(dictionary(text), words);
    }

    #[test]
    fn the_same_seeds_give_the_same_inputs() {
        let some = || Mutator::new(vec![b"<p>a story</p>".to_vec()], vec![b"<b>".to_vec()]);
        let (one, other): (Vec<_>, Vec<_>) = (some().take(99).collect(), some().take(99).collect());
        assert_eq!(one, other);
        assert!(one.iter().any(|input| *input != one[0]));
    }
}
