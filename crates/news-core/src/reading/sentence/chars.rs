//! Kinds of characters, and steps from one to the next.

/// What a character may do to a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop that has other uses.
    Dot,
    /// Leaders that may stand inside a sentence.
    Ellipsis,
    /// `!` and `?`.
    Loud,
    /// Ends a sentence wherever it stands.
    Full,
    /// `;` and `:`, which end sentences in some scripts, and smile.
    Point,
    /// A sign that rules are drawn with.
    Rule,
    /// A line break.
    Line,
    /// Opens an item of a list.
    Bullet,
    /// Opens a bracket that holds together what it quotes.
    Open,
    /// Closes such a bracket.
    Shut,
}

fn mark(c: char) -> Option<Mark> {
    Some(match c {
        '.' | '．' => Mark::Dot,
        '…' | '‥' => Mark::Ellipsis,
        _ if is_loud(c) => Mark::Loud,
        _ if is_full(c) => Mark::Full,
        ';' | ':' => Mark::Point,
        '_' | '*' | '=' | '~' | '-' => Mark::Rule,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Mark::Line,
        _ if is_bullet(c) => Mark::Bullet,
        '(' | '「' | '『' | '（' => Mark::Open,
        _ if shuts(c) => Mark::Shut,
        _ => return None,
    })
}

/// The next mark at or behind `from`.
pub(super) fn next_mark(text: &str, from: usize) -> Option<(usize, char, Mark)> {
    let bytes = text.as_bytes();
    let mut place = from;
    loop {
        place += bytes.get(place..)?.iter().position(|&b| MARK_BYTES[b as usize])?;
        let c = at(text, place)?;
        if let Some(mark) = mark(c) {
            return Some((place, c, mark));
        }
        place += c.len_utf8();
    }
}

/// Closes a bracket that holds together what it quotes.
pub(super) fn shuts(c: char) -> bool {
    matches!(c, ')' | '」' | '』' | '）')
}

/// First bytes of the characters that are marks.
const MARK_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = *b".!?;:_*=~-\n\r\x0b\x0c()\xc2\xd6\xd8\xdb\xe0\xe1\xe2\xe3\xef";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

pub(super) fn at(text: &str, place: usize) -> Option<char> {
    text.get(place..)?.chars().next()
}

pub(super) fn before(text: &str, place: usize) -> Option<char> {
    text.get(..place)?.chars().next_back()
}

/// The place behind the character at `place`.
pub(super) fn after(text: &str, place: usize) -> usize {
    place + at(text, place).map_or(0, char::len_utf8)
}

pub(super) fn is_loud(c: char) -> bool {
    matches!(c, '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '؟')
}

/// Full stops of Chinese and Japanese, Urdu, Hindi, Armenian, Amharic, Khmer and Burmese.
fn is_full(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '｡'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '፨'
            | '។'
            | '៕'
            | '။'
    )
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '．' | '…' | '‥') || is_loud(c) || is_full(c)
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '´'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
    )
}

pub(super) fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '(' | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '（'
            | '）'
            | '【'
            | '】'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〔'
            | '〕'
            | '〖'
            | '〗'
            | '［'
            | '］'
    )
}

/// Closes behind a stop, or stays with it unseen (zero-width and direction marks).
pub(super) fn is_closer(c: char) -> bool {
    is_quote(c) && !matches!(c, '„' | '‚' | '「' | '『')
        || matches!(
            c,
            ')' | ']'
                | '}'
                | '）'
                | '】'
                | '》'
                | '〉'
                | '〕'
                | '〗'
                | '］'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202c}'
                | '\u{2069}'
                | '\u{feff}'
                | '*'
                | '_'
        )
}

/// Stands before the first word of a sentence, or of a word.
pub(super) fn is_opener(c: char) -> bool {
    is_quote(c)
        || is_bracket(c)
        || is_dash(c)
        || matches!(c, '¿' | '¡' | '*' | '_' | ' ' | '\u{a0}')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '⁃')
}

/// A sentence may begin with it although it is no letter and no digit.
pub(super) fn is_symbol(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '#' | '@' | '§' | '&' | '°' | '~' | '>' | '<' | '+' | '=')
        || is_bullet(c)
        || (!c.is_ascii() && !c.is_alphanumeric() && !is_stop(c) && !is_closer(c))
}

pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '‣' | '▪' | '●' | '■' | '◦' | '◆' | '►')
}

pub(super) fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

pub(super) fn is_armenian(c: char) -> bool {
    matches!(c, '\u{531}'..='\u{587}')
}

/// Hiragana that carries a sentence on behind a quote: all but what opens one rarely begins so.
pub(super) fn is_particle(c: char) -> bool {
    matches!(
        c,
        'と' | 'っ' | 'の' | 'は' | 'が' | 'を' | 'に' | 'も' | 'で' | 'な' | 'や' | 'か' | 'へ'
    )
}

/// Bytes of the smiley at the start of `rest`, 0 where there is none.
pub(super) fn emoticon_len(rest: &str) -> usize {
    let ends = |len: usize| at(rest, len).is_none_or(|c| !c.is_alphanumeric());
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    if is_emoji(first) {
        let whole =
            rest.trim_start_matches(|c| is_emoji(c) || matches!(c, '\u{200d}' | '\u{fe0f}'));
        return rest.len() - whole.len();
    }
    let bytes = rest.as_bytes();
    let len = match bytes {
        [b':' | b';' | b'=' | b'8', b'-' | b'o' | b'^' | b'\'', mouth, ..] if is_mouth(*mouth) => 3,
        [b':' | b';' | b'=', mouth, ..] if is_mouth(*mouth) => 2,
        [b'<', b'3', ..] | [b'^', b'^', ..] => 2,
        [b'^', b'_', b'^', ..] => 3,
        _ => 0,
    };
    if len == 0 || !ends(len) {
        return 0;
    }
    let tail = rest.get(len..).unwrap_or_default();
    rest.len() - tail.trim_start_matches([')', '(', 'D']).len()
}

/// Bytes of the reference number at the start of `rest`, as encyclopaedias set them: `[12]`.
pub(super) fn reference_len(rest: &str) -> usize {
    let Some(inner) = rest.strip_prefix('[') else { return 0 };
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && at(inner, digits) == Some(']') { digits + 2 } else { 0 }
}

fn is_mouth(b: u8) -> bool {
    matches!(
        b,
        b')' | b'(' | b'D' | b'P' | b'p' | b'O' | b'o' | b'|' | b']' | b'[' | b'*' | b'3' | b'/'
    )
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '♥' | '❤' | '☺' | '☹')
}
