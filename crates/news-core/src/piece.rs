//! Short pieces of a text with what their bytes are as sets of bits, so that the ends of words are found
//! without a jump at each byte, which nothing foresees.

use std::ops::Range;

/// Bytes of a piece at most.
pub(crate) const PIECE: usize = 64;
/// Bytes of a word that its [`Key`] holds.
const HEAD: usize = 8;

/// A text of at most [`PIECE`] bytes.
#[derive(Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) text: &'t str,
    /// The text with spaces behind it.
    bytes: [u8; PIECE + HEAD],
}

/// Which bytes of a piece are what: the lowest bit speaks of the first byte.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sets {
    /// Letters of ASCII.
    pub(crate) letters: u64,
    /// Those of them that are capitals.
    pub(crate) capitals: u64,
    /// Digits of ASCII.
    pub(crate) digits: u64,
    /// Plain spaces.
    pub(crate) spaces: u64,
    /// All that is not ASCII.
    pub(crate) others: u64,
    /// All bytes.
    pub(crate) all: u64,
    /// Whether some are control characters of ASCII.
    pub(crate) has_controls: bool,
}

/// The first bytes of a word, without the bits in which cases differ, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    head: u64,
    len: usize,
}

impl<'t> Piece<'t> {
    /// `None` for a longer text.
    #[inline]
    pub(crate) fn of(text: &'t str) -> Option<Self> {
        let mut bytes = [b' '; PIECE + HEAD];
        let room = bytes.get_mut(..text.len()).filter(|room| room.len() <= PIECE)?;
        room.copy_from_slice(text.as_bytes());
        Some(Self { text, bytes })
    }

    /// What its bytes are.
    #[inline]
    pub(crate) fn sets(&self) -> Sets {
        let mut sets = Sets::default();
        let (mut controls, mut at) = (0, 0);
        for word in self.bytes.as_chunks().0.iter().take(self.text.len().div_ceil(8)) {
            let word = u64::from_le_bytes(*word);
            let (low, ascii) = (word & !HIGH, !word & HIGH);
            let folded = low | repeat(0x20);
            let letters = at_least(folded, b'a') & !at_least(folded, b'z' + 1) & ascii;
            // The bit in which cases differ, moved to the highest one.
            let capitals = letters & !(word << 2);
            let digits = at_least(low, b'0') & !at_least(low, b'9' + 1) & ascii;
            controls |= !at_least(low, b' ') & ascii;
            sets.letters |= gather(letters) << at;
            sets.spaces |= gather(equal(word, b' ')) << at;
            // These are rare.
            for (set, found) in [
                (&mut sets.capitals, capitals),
                (&mut sets.digits, digits),
                (&mut sets.others, !ascii),
            ] {
                if found & HIGH != 0 {
                    *set |= gather(found) << at;
                }
            }
            at += 8;
        }
        sets.all = u64::MAX.checked_shr((PIECE - self.text.len()) as u32).unwrap_or(0);
        sets.spaces &= sets.all;
        sets.has_controls = controls != 0;
        sets
    }

    /// The bytes of a range.
    pub(crate) fn part(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The byte at a place; a space where none stands.
    #[inline]
    pub(crate) fn byte(&self, place: usize) -> u8 {
        self.bytes.get(place).copied().unwrap_or(b' ')
    }

    /// The key of the word in a range.
    #[inline]
    pub(crate) fn key(&self, range: &Range<usize>) -> Key {
        let head = self.bytes.get(range.start..).and_then(<[u8]>::first_chunk);
        let head = u64::from_le_bytes(head.copied().unwrap_or_default());
        let len = range.len();
        let own = u64::MAX.checked_shr((64 - 8 * len.min(HEAD)) as u32).unwrap_or(0);
        Key::new(head & own, len)
    }
}

impl Key {
    fn new(head: u64, len: usize) -> Self {
        Self { head: head | repeat(0x20), len }
    }

    /// The key of a word.
    pub(crate) fn of(word: &[u8]) -> Self {
        Self::new(head(word), word.len())
    }

    /// Whether it is that of a single word, in whatever case: of no more than its letters.
    pub(crate) fn is_whole(self) -> bool {
        let (own, len) = (self.head.to_le_bytes(), self.len.min(HEAD));
        self.len <= HEAD && own.get(..len).is_some_and(|own| own.iter().all(u8::is_ascii_lowercase))
    }

    /// A hash whose upper bits are the better ones.
    #[inline]
    pub(crate) fn hash(self) -> u64 {
        (self.head ^ (self.len as u64) << 3).wrapping_mul(GOLDEN)
    }
}

/// A part of a text that no word reaches into or out of. Words are of letters, digits and what is not ASCII.
#[derive(Debug)]
pub(crate) enum Part<'p, 't> {
    Short(&'p Piece<'t>, &'p Sets),
    /// One word too long for a piece, or many in a script without spaces.
    Long(&'t str),
}

/// Shows `each` the parts of a text.
pub(crate) fn for_parts<'t>(text: &'t str, mut each: impl FnMut(Part<'_, 't>)) {
    let mut rest = text;
    while !rest.is_empty() {
        let window = rest.get(..rest.floor_char_boundary(PIECE)).unwrap_or_default();
        let Some(piece) = Piece::of(window) else { return };
        let sets = piece.sets();
        let gaps = sets.all & !sets.words();
        let end = PIECE - gaps.leading_zeros() as usize;
        if window.len() == rest.len() {
            return each(Part::Short(&piece, &sets));
        } else if end > 0 {
            each(Part::Short(&piece, &sets.up_to(end)));
            rest = rest.get(end..).unwrap_or_default();
        } else {
            let is_gap = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
            let end = rest.bytes().position(is_gap).unwrap_or(rest.len());
            let (long, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            each(Part::Long(long));
            rest = behind;
        }
    }
}

impl Sets {
    /// Letters, digits and what is not ASCII.
    pub(crate) fn words(&self) -> u64 {
        self.letters | self.digits | self.others
    }

    /// What the bytes before a place are.
    fn up_to(self, place: usize) -> Self {
        let kept = !from(place);
        Self {
            letters: self.letters & kept,
            capitals: self.capitals & kept,
            digits: self.digits & kept,
            spaces: self.spaces & kept,
            others: self.others & kept,
            all: self.all & kept,
            has_controls: self.has_controls,
        }
    }
}

/// The runs of ones of a set, from the lowest on.
#[inline]
pub(crate) fn runs(set: u64) -> impl Iterator<Item = Range<usize>> {
    let mut rest = set;
    std::iter::from_fn(move || {
        (rest != 0).then(|| {
            let start = rest.trailing_zeros();
            let end = start + (!(rest >> start)).trailing_zeros();
            rest &= from(end as usize);
            start as usize..end as usize
        })
    })
}

/// The places of the ones of a set, from the lowest on.
#[inline]
pub(crate) fn places(set: u64) -> impl Iterator<Item = usize> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let place = rest.trailing_zeros() as usize;
        (rest != 0).then(|| {
            rest &= rest - 1;
            place
        })
    })
}

/// The bits from a place on.
#[inline]
pub(crate) fn from(place: usize) -> u64 {
    u64::MAX.checked_shl(place as u32).unwrap_or(0)
}

/// The first eight bytes as a number, zeros behind a shorter text.
#[inline]
pub(crate) fn head(text: &[u8]) -> u64 {
    if let Some(head) = text.first_chunk() {
        return u64::from_le_bytes(*head);
    }
    let len = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let [first, last] = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        return first | last << (8 * (len - 4));
    }
    let byte = |at: usize| text.get(at).map_or(0, |byte| u64::from(*byte) << (8 * at));
    byte(0) | byte(len / 2) | byte(len.saturating_sub(1))
}

/// How many letters and digits are among some bytes of ASCII, at most a hundred.
pub(crate) fn letters_and_digits(bytes: &[u8]) -> u32 {
    let (words, rest) = bytes.as_chunks();
    let found = |word: u64| {
        let folded = word | repeat(0x20);
        let letters = at_least(folded, b'a') & !at_least(folded, b'z' + 1);
        let digits = at_least(word, b'0') & !at_least(word, b'9' + 1);
        ((letters | digits) & HIGH) >> 7
    };
    let counts = words.iter().fold(0, |sum, word| sum + found(u64::from_le_bytes(*word)));
    ((counts + found(head(rest))).wrapping_mul(repeat(1)) >> 56) as u32
}

/// What hashing by multiplication multiplies with (Knuth, "The Art of Computer Programming" 6.4): the odd
/// fraction of the golden ratio in 64 bits.
pub(crate) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The highest bit of each byte.
pub(crate) const HIGH: u64 = repeat(0x80);

/// A byte eight times.
const fn repeat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The highest bit of each byte, which had it not, that is at least a limit.
pub(crate) fn at_least(word: u64, limit: u8) -> u64 {
    word + repeat(0x80 - limit)
}

/// The highest bit of each byte that equals one of ASCII.
pub(crate) fn equal(word: u64, byte: u8) -> u64 {
    !at_least((word & !HIGH) ^ repeat(byte), 1) & !word & HIGH
}

/// The highest bits of eight bytes beside each other.
fn gather(word: u64) -> u64 {
    (word & HIGH).wrapping_mul(0x0002_0408_1020_4081) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_what_it_is() {
        let texts =
            ["", "a", "aZ-09 ~", "Öl_\u{7f}@[`{/:\t\n !", &"xY 7é".repeat(10), &"a".repeat(64)];
        for text in texts {
            let piece = Piece::of(text).expect("short");
            let sets = piece.sets();
            let of = |is: fn(&u8) -> bool| {
                (0..)
                    .zip(text.bytes())
                    .filter(|(_, byte)| is(byte))
                    .fold(0, |set, (at, _)| set | 1 << at)
            };
            assert_eq!(sets.letters, of(u8::is_ascii_alphabetic), "{text:?}");
            assert_eq!(sets.capitals, of(u8::is_ascii_uppercase), "{text:?}");
            assert_eq!(sets.digits, of(u8::is_ascii_digit), "{text:?}");
            assert_eq!(sets.spaces, of(|byte| *byte == b' '), "{text:?}");
            assert_eq!(sets.has_controls, of(|byte| *byte < b' ') != 0, "{text:?}");
            assert_eq!(sets.others, of(|byte| !byte.is_ascii()), "{text:?}");
            assert_eq!(sets.all, of(|_| true), "{text:?}");
        }
        assert!(Piece::of(&"a".repeat(65)).is_none());
    }

    #[test]
    fn parts_keep_words_whole() {
        let long = "a".repeat(70);
        for text in [
            "",
            "one two",
            &"It is, by far, ".repeat(20),
            &format!("x {long}é y7 8"),
            &"東京，".repeat(40),
        ] {
            let mut words = Vec::new();
            for_parts(text, |part| match part {
                Part::Short(piece, sets) => {
                    words.extend(runs(sets.words()).map(|word| piece.part(&word)));
                }
                Part::Long(word) => words.push(word),
            });
            let ends = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
            let all: Vec<&str> = text.split(ends).filter(|word| !word.is_empty()).collect();
            assert_eq!(words, all);
        }
    }

    #[test]
    fn behind_a_piece_stand_spaces() {
        let text = "a".repeat(PIECE);
        let piece = Piece::of(&text).expect("short");
        assert_eq!(
            [63, 64, 71, 72, 1_000].map(|at| piece.byte(at)),
            [b'a', b' ', b' ', b' ', b' ']
        );
        assert_eq!(piece.key(&(60..64)), Key::of(b"AAAA"));
        assert_eq!(piece.key(&(64..64)), Key::of(b""));
        assert_eq!((piece.part(&(60..64)), piece.part(&(60..65))), ("aaaa", ""));
    }

    #[test]
    fn a_short_word_of_letters_is_its_key() {
        for word in ["a", "Word", "abcdefgh"] {
            assert!(Key::of(word.as_bytes()).is_whole(), "{word}");
        }
        for word in ["abcdefghi", "h1", "it's", "a@", "[a]", "é", "a b", "\0"] {
            assert!(!Key::of(word.as_bytes()).is_whole(), "{word}");
        }
    }

    #[test]
    fn letters_and_digits_are_counted() {
        for text in ["", "It's 7!", &"aZ09 @[`{/:~".repeat(8), &"a".repeat(100)] {
            let all = text.bytes().filter(u8::is_ascii_alphanumeric).count();
            assert_eq!(letters_and_digits(text.as_bytes()), all as u32, "{text:?}");
        }
    }

    #[test]
    fn runs_of_ones_are_told() {
        let all = |set| runs(set).collect::<Vec<_>>();
        assert_eq!(all(0), []);
        assert_eq!(all(0b1_0110), [1..3, 4..5]);
        assert_eq!(all(u64::MAX).first(), Some(&(0..64)));
        assert_eq!(all(1 << 63 | 1), [0..1, 63..64]);
        let all = |set| places(set).collect::<Vec<_>>();
        assert_eq!((all(0), all(0b1_0110)), (vec![], vec![1, 2, 4]));
        assert_eq!((all(u64::MAX).len(), all(1 << 63)), (64, vec![63]));
        assert_eq!([0, 63, 64].map(from), [u64::MAX, 1 << 63, 0]);
    }

    #[test]
    fn a_word_has_one_key_wherever_it_stands() {
        for len in 0..20 {
            let word: String = ('a'..='z').take(len).collect();
            let text = format!("no {word} more");
            let key = Piece::of(&text).expect("short").key(&(3..3 + len));
            assert_eq!(key.hash(), Key::of(word.to_ascii_uppercase().as_bytes()).hash());
            let mut padded = word.clone().into_bytes();
            padded.resize(8.max(len), 0);
            assert_eq!(Some(&head(word.as_bytes()).to_le_bytes()), padded.first_chunk());
        }
    }
}
