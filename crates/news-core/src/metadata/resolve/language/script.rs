//! The script that a text is written in.

/// A script with a language of its own, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Hebrew,
    Han,
    Hiragana,
    Katakana,
    Hangul,
    Greek,
    Armenian,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Burmese,
    Georgian,
    Ethiopic,
    Khmer,
}

use Script::{
    Arabic, Armenian, Bengali, Burmese, Cyrillic, Devanagari, Ethiopic, Georgian, Greek, Gujarati,
    Gurmukhi, Han, Hangul, Hebrew, Hiragana, Kannada, Katakana, Khmer, Latin, Malayalam, Oriya,
    Sinhala, Tamil, Telugu, Thai,
};

/// All scripts, by their numbers.
const ALL: [Script; 25] = [
    Latin, Cyrillic, Arabic, Devanagari, Hebrew, Han, Hiragana, Katakana, Hangul, Greek, Armenian,
    Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala, Thai, Burmese,
    Georgian, Ethiopic, Khmer,
];

/// First and last letters of the blocks of Unicode outside ASCII, in their order.
const BLOCKS: [(char, char, Script); 62] = [
    ('\u{80}', '\u{2af}', Latin),
    ('\u{370}', '\u{3ff}', Greek),
    ('\u{400}', '\u{484}', Cyrillic),
    ('\u{487}', '\u{52f}', Cyrillic),
    ('\u{530}', '\u{58f}', Armenian),
    ('\u{590}', '\u{5ff}', Hebrew),
    ('\u{600}', '\u{6ff}', Arabic),
    ('\u{750}', '\u{7ff}', Arabic),
    ('\u{8a0}', '\u{8ff}', Arabic),
    ('\u{900}', '\u{97f}', Devanagari),
    ('\u{980}', '\u{9ff}', Bengali),
    ('\u{a00}', '\u{a7f}', Gurmukhi),
    ('\u{a80}', '\u{aff}', Gujarati),
    ('\u{b00}', '\u{b7f}', Oriya),
    ('\u{b80}', '\u{bff}', Tamil),
    ('\u{c00}', '\u{c7f}', Telugu),
    ('\u{c80}', '\u{cff}', Kannada),
    ('\u{d00}', '\u{d7f}', Malayalam),
    ('\u{d80}', '\u{dff}', Sinhala),
    ('\u{e00}', '\u{e7f}', Thai),
    ('\u{1000}', '\u{109f}', Burmese),
    ('\u{10a0}', '\u{10ff}', Georgian),
    ('\u{1100}', '\u{11ff}', Hangul),
    ('\u{1200}', '\u{139f}', Ethiopic),
    ('\u{1780}', '\u{17ff}', Khmer),
    ('\u{19e0}', '\u{19ff}', Khmer),
    ('\u{1cd0}', '\u{1cff}', Devanagari),
    ('\u{1d00}', '\u{1dbf}', Latin),
    ('\u{1e00}', '\u{1eff}', Latin),
    ('\u{2100}', '\u{214f}', Latin),
    ('\u{2c60}', '\u{2c7f}', Latin),
    ('\u{2d80}', '\u{2ddf}', Ethiopic),
    ('\u{2de0}', '\u{2dff}', Cyrillic),
    ('\u{2e80}', '\u{2e99}', Han),
    ('\u{2e9b}', '\u{2ef3}', Han),
    ('\u{2f00}', '\u{2fd5}', Han),
    ('\u{3005}', '\u{3005}', Han),
    ('\u{3007}', '\u{3007}', Han),
    ('\u{3021}', '\u{3029}', Han),
    ('\u{3038}', '\u{303b}', Han),
    ('\u{3040}', '\u{309f}', Hiragana),
    ('\u{30a0}', '\u{30ff}', Katakana),
    ('\u{3130}', '\u{318f}', Hangul),
    ('\u{3200}', '\u{32ff}', Hangul),
    ('\u{3400}', '\u{4db5}', Han),
    ('\u{4e00}', '\u{9fcc}', Han),
    ('\u{a640}', '\u{a69d}', Cyrillic),
    ('\u{a69f}', '\u{a69f}', Cyrillic),
    ('\u{a720}', '\u{a7ff}', Latin),
    ('\u{a8e0}', '\u{a8ff}', Devanagari),
    ('\u{a960}', '\u{a97f}', Hangul),
    ('\u{ab00}', '\u{ab2f}', Ethiopic),
    ('\u{ab30}', '\u{ab6f}', Latin),
    ('\u{ac00}', '\u{d7ff}', Hangul),
    ('\u{f900}', '\u{fa6d}', Han),
    ('\u{fa70}', '\u{fad9}', Han),
    ('\u{fb13}', '\u{fb17}', Armenian),
    ('\u{fb50}', '\u{fdff}', Arabic),
    ('\u{fe70}', '\u{feff}', Arabic),
    ('\u{ff00}', '\u{ffef}', Hangul),
    ('\u{10e60}', '\u{10e7f}', Arabic),
    ('\u{1ee00}', '\u{1eeff}', Arabic),
];

/// The characters of a text, counted by script.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    counts: [u32; ALL.len()],
}

impl Scripts {
    /// Counts a text.
    pub(super) fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for c in text.chars() {
            if c.is_ascii_alphabetic() {
                scripts.counts[Latin as usize] += 1;
            } else if !c.is_ascii()
                && let Some(script) = block(c)
            {
                scripts.counts[script as usize] += 1;
            }
        }
        scripts
    }

    /// Characters of one script.
    pub(super) fn count(&self, script: Script) -> u32 {
        self.counts[script as usize]
    }

    /// The script of most characters; `None` where none is known.
    pub(super) fn main(&self) -> Option<Script> {
        let most = ALL.into_iter().rev().max_by_key(|script| self.count(*script))?;
        (self.count(most) > 0).then_some(most)
    }
}

/// The script of a character outside ASCII.
fn block(c: char) -> Option<Script> {
    let (first, last, script) =
        *BLOCKS.get(BLOCKS.partition_point(|(first, ..)| *first <= c).checked_sub(1)?)?;
    (first..=last).contains(&c).then_some(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_in_order_and_scripts_by_their_numbers() {
        assert!(BLOCKS.iter().all(|(first, last, _)| first <= last));
        assert!(BLOCKS.windows(2).all(|two| two[0].1 < two[1].0));
        assert!(ALL.iter().enumerate().all(|(at, script)| *script as usize == at));
    }

    #[test]
    fn most_characters_tell_the_script() {
        let main = |text: &str| Scripts::of(text).main();
        assert_eq!(main("Ветер and дождь над портом"), Some(Cyrillic));
        assert_eq!(main("Sturm über dem Hafen"), Some(Latin));
        assert_eq!(main("항구에 부는 바람"), Some(Hangul));
        assert_eq!(main("12:30, 5 – 3"), None);
    }
}
