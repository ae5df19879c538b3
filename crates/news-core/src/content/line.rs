//! How a segment begins: what its first words tell.

use std::borrow::Cow;

use memchr::memchr;

use super::cue::{self, Cue};
use super::measure::Segment;
use crate::dom::{Dom, is_space, local_name};
use crate::letters::{RUN, Run, is_letter, lower, runs};
use crate::memo::{hash, mix};
use crate::piece::{self, Part};

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
    start: Start,
}

impl LineReader {
    pub(super) fn new(headline: &str) -> Self {
        Self { headline: Words::of(headline), start: Start::default() }
    }

    /// What a line tells, and the hash of its first characters.
    pub(super) fn read(&mut self, dom: &Dom, segment: &Segment) -> (Line, u64) {
        let start = &mut self.start;
        start.read(dom, segment);
        let starts_lower = start.first.is_some_and(char::is_lowercase);
        let start = start.lower();
        let line = Line {
            cue: cue::at_start(&start),
            starts_lower,
            has_bar: has_bar(&start),
            headline_words: self.headline.share_in(&start),
        };
        (line, hash(start.as_bytes()))
    }
}

/// Hash of the tag and class of a segment's container.
pub(super) fn class_of(dom: &Dom, segment: &Segment) -> u64 {
    let class = dom.attr(segment.container, local_name!("class")).unwrap_or_default();
    mix(hash(class.as_bytes()), dom.tag(segment.container) as u64)
}

/// The beginning of a line.
#[derive(Debug, Default)]
struct Start {
    /// In lower case, but for characters that are not quick to tell.
    text: Vec<u8>,
    /// The first character as it is written.
    first: Option<char>,
    /// Whether there are such characters.
    is_odd: bool,
}

impl Start {
    /// Reads the first [`LINE_CHARS`] characters of a segment.
    fn read(&mut self, dom: &Dom, segment: &Segment) {
        self.text.clear();
        (self.first, self.is_odd) = (None, false);
        let mut room = LINE_CHARS;
        for id in segment.nodes.clone() {
            if room == 0 || self.text.len() >= 2 * LINE_CHARS {
                break;
            }
            let text = dom.text(id);
            let text = text.get(..4 * LINE_CHARS).unwrap_or(text);
            let text =
                if self.text.is_empty() { text.trim_ascii_start().trim_start() } else { text };
            for run in runs(text) {
                if room == 0 {
                    break;
                }
                if self.text.is_empty() {
                    self.first = text.chars().next();
                }
                room -= match run {
                    Run::Ascii(run) => self.push_ascii(run, room),
                    Run::Other(c) => self.push_other(c),
                };
            }
        }
    }

    /// Appends up to `room` characters of ASCII with its white space collapsed, and tells how many.
    fn push_ascii(&mut self, run: &str, room: usize) -> usize {
        let (mut out, mut count) = ([0; RUN], 0);
        let mut space = self.ends_in_space();
        for byte in run.bytes() {
            let byte = LOWERED[usize::from(byte & 127)];
            out[count % RUN] = byte;
            let is_space = byte == b' ';
            count += usize::from(!(is_space & space));
            space = is_space;
        }
        count = count.min(room);
        self.text.extend_from_slice(out.get(..count).unwrap_or_default());
        count
    }

    /// Appends a character, but no space behind a space, and tells how many.
    fn push_other(&mut self, c: char) -> usize {
        if is_space(c) && self.ends_in_space() {
            return 0;
        }
        let lower = if is_space(c) { Some(' ') } else { lower(c) };
        self.is_odd |= lower.is_none();
        self.text.extend_from_slice(lower.unwrap_or(c).encode_utf8(&mut [0; 4]).as_bytes());
        1
    }

    fn ends_in_space(&self) -> bool {
        self.text.last().is_none_or(|last| *last == b' ')
    }

    fn lower(&self) -> Cow<'_, str> {
        let text = str::from_utf8(&self.text).unwrap_or_default();
        if self.is_odd { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) }
    }
}

/// ASCII in lower case, white space as plain spaces.
const LOWERED: [u8; 128] = {
    let mut lowered = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        let c = byte as u8;
        lowered[byte] = if is_space(c as char) { b' ' } else { c.to_ascii_lowercase() };
        byte += 1;
    }
    lowered
};

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
        let beginnings = words.iter().fold(0, |bits, word| {
            bits | beginning(word.bytes().next().unwrap_or_default(), word.len())
        });
        Self { words, beginnings }
    }

    /// Whether a word that begins and is as long as one may be among these.
    fn may_hold(&self, first: u8, len: usize) -> bool {
        // One jump for both, which are as good as random by themselves.
        (len > SHORT_WORD) & (self.beginnings & beginning(first, len) != 0)
    }

    /// How many of the words of a line are among these, per word of these.
    fn share_in(&self, line: &str) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let is_known = |word: &str| {
            self.may_hold(word.bytes().next().unwrap_or_default(), word.len())
                && self.words.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
        };
        let count =
            |words: &str| words.split(|c| !is_letter(c)).filter(|word| is_known(word)).count();
        let mut shared = 0;
        piece::for_parts(line, |part| match part {
            Part::Long(words) => shared += count(words),
            Part::Short(piece, sets) => {
                for words in piece::runs(sets.words()) {
                    let inside = piece::from(words.start) & !piece::from(words.end);
                    if sets.others & inside != 0 {
                        shared += count(piece.part(&words));
                    } else if self.may_hold(piece.byte(words.start), words.len()) {
                        shared += usize::from(is_known(piece.part(&words)));
                    }
                }
            }
        });
        shared as f32 / self.words.len() as f32
    }
}

/// The bit of words of a first byte and a length.
fn beginning(first: u8, len: usize) -> u64 {
    1 << ((usize::from(first) * 5 + len) % 64)
}
