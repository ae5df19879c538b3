//! How a segment begins: what its first words tell.

use memchr::memchr;

use super::cue::{self, Cue};
use super::measure::Segment;
use crate::dom::{Dom, is_space};
use crate::letters::{RUN, Run, is_letter, lower_case, runs};
use crate::memo::{hash, mix};

/// Characters of a line that are looked at for cues and repetition.
const LINE_CHARS: usize = 64;

/// What the wording of a segment tells.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) cue: Option<Cue>,
    pub(super) starts_lower: bool,
    pub(super) has_bar: bool,
    /// Words of the headline that the line has, per word of the headline.
    pub(super) headline_words: f32,
}

/// Reads how segments begin.
#[derive(Debug)]
pub(super) struct LineReader {
    headline: Words,
    /// The beginning of the line that is read.
    start: String,
}

impl LineReader {
    pub(super) fn new(headline: &str) -> Self {
        Self { headline: Words::of(headline), start: String::new() }
    }

    /// What a line tells, and the hash of its first characters.
    pub(super) fn read(&mut self, dom: &Dom, segment: &Segment) -> (Line, u64) {
        let start = &mut self.start;
        read_start(dom, segment, start);
        let has_bar = has_bar(start);
        let starts_lower = start.chars().next().is_some_and(char::is_lowercase);
        lower_case(start);
        let cue = cue::at_start(start);
        let headline_words = self.headline.share_in(start);
        (Line { cue, starts_lower, has_bar, headline_words }, hash(start.as_bytes()))
    }
}

/// Hash of the tag and class of a segment's container.
pub(super) fn class_of(dom: &Dom, segment: &Segment) -> u64 {
    let class = dom.attr(segment.container, crate::dom::local_name!("class")).unwrap_or_default();
    mix(hash(class.as_bytes()), dom.tag(segment.container) as u64)
}

/// Reads the first [`LINE_CHARS`] characters of a segment.
fn read_start(dom: &Dom, segment: &Segment, start: &mut String) {
    start.clear();
    let mut room = LINE_CHARS;
    for id in segment.nodes.clone() {
        if room == 0 || start.len() >= 2 * LINE_CHARS {
            break;
        }
        let text = dom.text(id);
        let text = text.get(..4 * LINE_CHARS).unwrap_or(text);
        let text = if start.is_empty() { text.trim_start() } else { text };
        for run in runs(text) {
            if room == 0 {
                break;
            }
            room -= match run {
                Run::Ascii(run) => push_ascii(start, run, room),
                Run::Other(c) => push_other(start, c),
            };
        }
    }
}

/// Appends up to `room` characters of ASCII with its white space collapsed, and tells how many.
fn push_ascii(start: &mut String, run: &str, room: usize) -> usize {
    let (mut out, mut count) = ([0; RUN], 0);
    let mut space = ends_in_space(start);
    for byte in run.bytes() {
        let is_space = is_space(char::from(byte));
        out[count % RUN] = if is_space { b' ' } else { byte };
        count += usize::from(!(is_space && space));
        space = is_space;
    }
    count = count.min(room);
    start.push_str(str::from_utf8(out.get(..count).unwrap_or_default()).unwrap_or_default());
    count
}

/// Appends a character, but no space behind a space, and tells how many.
fn push_other(start: &mut String, c: char) -> usize {
    if is_space(c) && ends_in_space(start) {
        return 0;
    }
    start.push(if is_space(c) { ' ' } else { c });
    1
}

fn ends_in_space(start: &str) -> bool {
    start.is_empty() || start.ends_with(' ')
}

fn has_bar(text: &str) -> bool {
    if text.is_ascii() {
        memchr(b'|', text.as_bytes()).is_some()
    } else {
        text.contains(['|', '•', '·'])
    }
}

/// Bytes of a word that says nothing.
const SHORT_WORD: usize = 3;

/// Words of a headline, sorted, each once.
#[derive(Debug, Default)]
struct Words {
    words: Vec<String>,
    /// A bit for each length and first byte: most words of a page need no search.
    beginnings: u64,
}

impl Words {
    fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let words = text.split(|c| !is_letter(c)).filter(|word| word.len() > SHORT_WORD);
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let beginnings = words.iter().fold(0, |bits, word| bits | beginning(word.as_bytes()));
        Self { words, beginnings }
    }

    /// How many of the words of a line are among these, per word of these.
    fn share_in(&self, line: &str) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let is_known = |word: &[u8]| {
            word.len() > SHORT_WORD
                && self.beginnings & beginning(word) != 0
                && self.words.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok()
        };
        let shared = if line.is_ascii() {
            line.as_bytes().split(|b| !b.is_ascii_alphanumeric()).filter(|w| is_known(w)).count()
        } else {
            line.split(|c| !is_letter(c)).filter(|word| is_known(word.as_bytes())).count()
        };
        shared as f32 / self.words.len() as f32
    }
}

/// The bit of words that begin and are as long as this one.
fn beginning(word: &[u8]) -> u64 {
    let first = word.first().copied().unwrap_or_default();
    1 << ((usize::from(first) * 5 + word.len()) % 64)
}
