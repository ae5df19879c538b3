//! ROUGE-LSum as rouge-score 0.1.2 counts it, without stemming: for each reference sentence the
//! union of its longest common subsequences with all sentences of the answer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::punkt::Splitter;
use super::text::Prf;

/// Lower-case runs of ASCII letters and digits.
pub(super) fn rouge_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let other = |c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit();
    lower.split(other).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One answer, to be scored against several references.
#[derive(Debug)]
pub(super) struct RougePage<'s> {
    splitter: &'s Splitter,
    ids: HashMap<String, u32>,
    /// Distinct sentences of the answer.
    candidates: Vec<Candidate>,
    known: HashSet<Vec<u32>>,
    /// How often the answer has each word, by id.
    counts: Vec<usize>,
    total: usize,
    unions: HashMap<Vec<u32>, Arc<[usize]>>,
}

/// A sentence of the answer and, for each of its words, the bits of its positions.
#[derive(Debug)]
struct Candidate {
    words: Vec<u32>,
    positions: HashMap<u32, Vec<u64>>,
}

impl<'s> RougePage<'s> {
    pub(super) fn new(answer: &str, splitter: &'s Splitter) -> Self {
        let mut page = Self {
            splitter,
            ids: HashMap::new(),
            candidates: Vec::new(),
            known: HashSet::new(),
            counts: Vec::new(),
            total: 0,
            unions: HashMap::new(),
        };
        for sentence in page.sentences(answer) {
            page.add(sentence);
        }
        page
    }

    fn add(&mut self, sentence: Vec<u32>) {
        count(&mut self.counts, &sentence);
        self.total += sentence.len();
        if self.known.insert(sentence.clone()) {
            self.candidates.push(Candidate::new(sentence));
        }
    }

    /// The sentences that have words, as word ids.
    fn sentences(&mut self, text: &str) -> Vec<Vec<u32>> {
        let sentences = self.splitter.sentences(text).into_iter().map(rouge_words);
        let worded: Vec<_> = sentences.filter(|words| !words.is_empty()).collect();
        worded.into_iter().map(|words| self.word_ids(words)).collect()
    }

    fn word_ids(&mut self, words: Vec<String>) -> Vec<u32> {
        let mut id = |word| {
            let next = self.ids.len() as u32;
            *self.ids.entry(word).or_insert(next)
        };
        words.into_iter().map(&mut id).collect()
    }

    pub(super) fn score(&mut self, reference: &str) -> Prf {
        let sentences = self.sentences(reference);
        let length: usize = sentences.iter().map(Vec::len).sum();
        if length == 0 || self.total == 0 {
            return Prf::default();
        }
        let (mut in_reference, mut hit) = (Vec::new(), Vec::new());
        for sentence in &sentences {
            count(&mut in_reference, sentence);
            let found: Vec<_> = self.union(sentence).iter().map(|&at| sentence[at]).collect();
            count(&mut hit, &found);
        }
        let capped = hit.iter().zip(&in_reference).zip(&self.counts);
        let hits = capped.map(|((hit, reference), answer)| *hit.min(reference).min(answer)).sum();
        Prf::of_counts(hits, self.total, length)
    }

    /// Positions of the reference sentence that some sentence of the answer shares with it.
    fn union(&mut self, sentence: &[u32]) -> Arc<[usize]> {
        if let Some(known) = self.unions.get(sentence) {
            return Arc::clone(known);
        }
        let union: Arc<[usize]> = self.find_union(sentence).into();
        self.unions.insert(sentence.to_vec(), Arc::clone(&union));
        union
    }

    fn find_union(&self, sentence: &[u32]) -> Vec<usize> {
        if self.known.contains(sentence) {
            return (0..sentence.len()).collect();
        }
        let possible = sentence.iter().filter(|&&word| self.has(word)).count();
        let mut found = vec![false; sentence.len()];
        for candidate in &self.candidates {
            candidate.mark_common(sentence, &mut found);
            if found.iter().filter(|&&hit| hit).count() == possible {
                break;
            }
        }
        (0..found.len()).filter(|&at| found[at]).collect()
    }

    fn has(&self, word: u32) -> bool {
        self.counts.get(word as usize).is_some_and(|&n| n > 0)
    }
}

fn count(counts: &mut Vec<usize>, words: &[u32]) {
    for &word in words {
        let at = word as usize;
        if counts.len() <= at {
            counts.resize(at + 1, 0);
        }
        counts[at] += 1;
    }
}

impl Candidate {
    fn new(words: Vec<u32>) -> Self {
        let size = words.len().div_ceil(64);
        let mut positions = HashMap::new();
        for (at, &word) in words.iter().enumerate() {
            let bits = positions.entry(word).or_insert_with(|| vec![0_u64; size]);
            bits[at / 64] |= 1 << (at % 64);
        }
        Self { words, positions }
    }

    /// Marks the positions of one longest common subsequence, chosen as rouge-score chooses.
    fn mark_common(&self, sentence: &[u32], found: &mut [bool]) {
        let rows: Vec<(usize, &Vec<u64>)> = sentence
            .iter()
            .enumerate()
            .filter_map(|(at, word)| Some((at, self.positions.get(word)?)))
            .collect();
        if rows.is_empty() {
            return;
        }
        let table = self.table(&rows);
        let (mut i, mut j) = (rows.len(), self.words.len());
        while i > 0 && j > 0 {
            let at = rows[i - 1].0;
            if sentence[at] == self.words[j - 1] {
                found[at] = true;
                (i, j) = (i - 1, j - 1);
            } else if zeros(&table[i], j - 1) > zeros(&table[i - 1], j) {
                j -= 1;
            } else {
                i -= 1;
            }
        }
    }

    /// Bit-parallel LCS (Hyyrö 2004): zero bits below `j` in row `i` count the LCS of the first
    /// `i` rows and the first `j` words.
    fn table(&self, rows: &[(usize, &Vec<u64>)]) -> Vec<Vec<u64>> {
        let mut table = Vec::with_capacity(rows.len() + 1);
        let mut row = vec![u64::MAX; self.words.len().div_ceil(64)];
        for (_, bits) in rows {
            let next = step(&row, bits);
            table.push(std::mem::replace(&mut row, next));
        }
        table.push(row);
        table
    }
}

fn step(row: &[u64], bits: &[u64]) -> Vec<u64> {
    let mut carry = false;
    let add = |(&v, &m): (&u64, &u64)| {
        let (sum, over) = v.overflowing_add(v & m);
        let (sum, again) = sum.overflowing_add(u64::from(carry));
        carry = over || again;
        sum | (v & !m)
    };
    row.iter().zip(bits).map(add).collect()
}

/// Zero bits among the first `n`.
fn zeros(row: &[u64], n: usize) -> usize {
    let whole: u32 = row.iter().take(n / 64).map(|bits| bits.count_zeros()).sum();
    let rest = row.get(n / 64).map_or(0, |bits| (!bits & ((1 << (n % 64)) - 1)).count_ones());
    (whole + rest) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn union_takes_hits_from_several_sentences() {
        let splitter = Splitter::Plain;
        let mut page = RougePage::new("w1 w2 w6 w7 w8. w1 w3 w8 w9 w5.", &splitter);
        let score = page.score("w1 w2 w3 w4 w5.");
        assert_eq!((score.precision, score.recall), (0.4, 0.8));
    }

    #[test]
    fn long_sentences_carry_over_words() {
        let long: Vec<_> = (0..200).map(|n| format!("w{n}")).collect();
        let other: Vec<_> = (0..200).filter(|n| n % 3 > 0).map(|n| format!("w{n}")).collect();
        let splitter = Splitter::Plain;
        let mut page = RougePage::new(&long.join(" "), &splitter);
        assert!(page.score(&other.join(" ")).recall > 0.999);
    }
}
