//! Quotation marks: what they open and close, in every style, paragraph by paragraph.
//!
//! An opened quotation ends at its closing mark, at another opening mark of its own style, or with
//! its paragraph: no mark reaches beyond that, so an odd one costs one paragraph at most.

use std::ops::Range;

/// A quoted segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    /// With its marks.
    pub(super) outer: Range<usize>,
    /// Without its marks, white space at the ends cut off.
    pub(super) inner: Range<usize>,
    /// Has a closing mark.
    pub(super) closed: bool,
    /// Place of its paragraph.
    pub(super) paragraph: usize,
    /// Quotations it stands in. 0: none.
    pub(super) depth: u8,
}

/// Quotations open at once. Deeper nesting is no prose.
const DEPTH: usize = 4;

/// Shortest segment that may lack its closing mark, in bytes.
const UNCLOSED_BYTES: usize = 3;

/// What a mark may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens(Style),
    Closes(Style),
    Toggles(Style),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// " “ ” „ '' ``
    Double,
    /// ' ‘ ’
    Single,
    /// « » ‹ ›
    Angle,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    style: Style,
    start: usize,
    end: usize,
    /// A low mark, closed by a high one: „ “.
    low: bool,
}

/// Whether two straight apostrophes stress words, as in wikis: the text has „low marks“ to quote.
pub(super) fn has_emphasis(text: &str) -> bool {
    text.contains('„')
}

/// The segments of a paragraph, in the order of their opening marks; with `emphasis` two straight
/// apostrophes are no mark.
pub(super) fn segments(
    text: &str,
    range: &Range<usize>,
    paragraph: usize,
    emphasis: bool,
    found: &mut Vec<Segment>,
) {
    let first = found.len();
    let open = Vec::new();
    let ahead = (0, false);
    let mut scan = Scan { text, range: range.clone(), paragraph, emphasis, open, ahead, found };
    scan.run();
    let fresh = found.get_mut(first..).unwrap_or_default();
    fresh.sort_by_key(|segment| segment.outer.start);
    nest(fresh);
}

/// Counts for each segment those it stands in.
fn nest(segments: &mut [Segment]) {
    let mut ends: Vec<usize> = Vec::new();
    for segment in segments {
        while ends.last().is_some_and(|end| *end <= segment.outer.start) {
            ends.pop();
        }
        segment.depth = ends.len() as u8;
        ends.push(segment.outer.end);
    }
}

struct Scan<'t, 'f> {
    text: &'t str,
    range: Range<usize>,
    paragraph: usize,
    emphasis: bool,
    open: Vec<Open>,
    /// The next mark that can close single quotes, and whether it does; behind it unknown.
    ahead: (usize, bool),
    found: &'f mut Vec<Segment>,
}

/// Bytes that can begin a quotation mark or a tag.
fn may_begin(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b'<' | 0xC2 | 0xE2 | 0xE3 | 0xEF)
}

impl Scan<'_, '_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.range.start;
        while let Some(step) =
            bytes.get(at..self.range.end).and_then(|rest| rest.iter().position(|b| may_begin(*b)))
        {
            at += step;
            at = self.mark(at);
        }
        self.leave_open();
    }

    /// Deals with what may be a mark at `at`; says where to read on.
    fn mark(&mut self, at: usize) -> usize {
        let Some(c) = self.text.get(at..).and_then(|rest| rest.chars().next()) else {
            return at + 1;
        };
        if c == '<' {
            return self.tag_end(at);
        }
        let double =
            self.char_at(at + c.len_utf8()) == Some(c) && matches!(c, '\'' | '`' | '‘' | '’');
        let end = at + c.len_utf8() * if double { 2 } else { 1 };
        let Some(mark) = self.kind(c, double, at, end) else { return end };
        match mark {
            Mark::Opens(style) => self.opens(style, at, end, c == '„' || c == '‚'),
            Mark::Closes(style) => self.closes(style, at, end),
            Mark::Toggles(style) if self.reopens(style, at, end) => {
                self.opens(style, at, end, false);
            }
            Mark::Toggles(style) if self.is_open(style) => self.closes(style, at, end),
            Mark::Toggles(style) => self.opens(style, at, end, false),
        }
        end
    }

    fn kind(&mut self, c: char, double: bool, at: usize, end: usize) -> Option<Mark> {
        let low = self.open.last().is_some_and(|open| open.low);
        Some(match c {
            '“' if low => Mark::Closes(Style::Double),
            '“' | '„' => Mark::Opens(Style::Double),
            '`' | '‘' if double => Mark::Opens(Style::Double),
            '”' if !self.is_open(Style::Double) && self.may_open(at, end) => {
                Mark::Opens(Style::Double)
            }
            '”' => Mark::Closes(Style::Double),
            '’' if double => Mark::Closes(Style::Double),
            '\'' if double && self.emphasis => return None,
            '"' | '‟' | '＂' | '\'' if double || c != '\'' => {
                if self.is_inch(at, end) || self.is_stray(at, end) {
                    return None;
                }
                Mark::Toggles(Style::Double)
            }
            '«' | '‹' | '»' | '›' => return self.angle(c, at, end),
            '「' | '｢' => Mark::Opens(Style::Corner),
            '」' | '｣' => Mark::Closes(Style::Corner),
            '『' => Mark::Opens(Style::WhiteCorner),
            '』' => Mark::Closes(Style::WhiteCorner),
            '‚' => Mark::Opens(Style::Single),
            '‘' if low => Mark::Closes(Style::Single),
            '\'' | '‘' | '’' => return self.single(c, at, end),
            _ => return None,
        })
    }

    /// The end of the tag that begins at `at`, whose marks hold values of attributes: text that
    /// markup was left in.
    fn tag_end(&self, at: usize) -> usize {
        let rest = self.text.get(at + 1..self.range.end).unwrap_or_default();
        let named = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end =
            rest.find(['<', '>']).filter(|end| named && rest.as_bytes().get(*end) == Some(&b'>'));
        end.map_or(at + 1, |end| at + end + 2)
    }

    /// French «…» and German »…«: a mark that points either way opens before a word.
    fn angle(&self, c: char, at: usize, end: usize) -> Option<Mark> {
        let french_open = matches!(c, '«' | '‹');
        let open = self.is_open(Style::Angle);
        let spaced = self.char_at(end).is_some_and(is_thin_space);
        match () {
            () if !open && (self.may_open(at, end) || french_open && spaced) => {
                Some(Mark::Opens(Style::Angle))
            }
            () if open => Some(Mark::Closes(Style::Angle)),
            () => None,
        }
    }

    /// A single mark quotes where it stands free on its outer side; else it is an apostrophe.
    fn single(&mut self, c: char, at: usize, end: usize) -> Option<Mark> {
        let before = self.char_before(at);
        let after = self.char_at(end);
        let wordy = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if self.is_open(Style::Single) {
            let closes = !wordy(after) && before.is_some_and(|c| !c.is_whitespace());
            let plural = before == Some('s') && after == Some(' ') && self.closes_later(end);
            return (closes && !plural && c != '‘').then_some(Mark::Closes(Style::Single));
        }
        let opens = c != '’' && self.may_open(at, end) && !self.is_elision(end);
        (opens && self.closes_later(end)).then_some(Mark::Opens(Style::Single))
    }

    /// "'90s", "'tis".
    fn is_elision(&self, end: usize) -> bool {
        let rest = self.text.get(end..self.range.end).unwrap_or_default();
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        digits == 2 || ["tis", "em", "til", "cause", "n", "bout", "twas"].contains(&word)
    }

    /// Whether a mark that can close single quotes follows in the paragraph, near enough.
    fn closes_later(&mut self, end: usize) -> bool {
        if self.ahead.0 < end {
            self.ahead = self.next_closing(end);
        }
        let (place, closes) = self.ahead;
        closes && place - end <= SINGLE_REACH_BYTES
    }

    /// The next mark from `end` on that closes single quotes, or the double one that forbids it.
    fn next_closing(&self, end: usize) -> (usize, bool) {
        let rest = self.text.get(end..self.range.end).unwrap_or_default();
        let marks = rest.match_indices(['\'', '’', '"', '”']);
        let mut events =
            marks.map(|(offset, mark)| (end + offset, mark)).filter(|(place, mark)| {
                matches!(*mark, "\"" | "”") || self.closes_single(*place, *place + mark.len())
            });
        events
            .next()
            .map_or((self.range.end, false), |(place, mark)| (place, matches!(mark, "'" | "’")))
    }

    /// Whether the single mark at `at` stands behind a word or stop and before none: no plural's
    /// apostrophe.
    fn closes_single(&self, at: usize, end: usize) -> bool {
        let sure = |c: char| ".,!?…".contains(c) || c.is_alphanumeric() && c != 's';
        self.char_at(end).is_none_or(|next| !next.is_alphanumeric())
            && self.char_before(at).is_some_and(sure)
    }

    /// An inch mark: right behind a digit, with nothing open.
    fn is_inch(&self, at: usize, end: usize) -> bool {
        !self.is_open(Style::Double)
            && self.char_before(at).is_some_and(char::is_numeric)
            && self.char_at(end).is_none_or(|c| !c.is_alphanumeric())
    }

    /// A mark that can only open, with one open: the partner of that one was left out.
    fn reopens(&self, style: Style, at: usize, end: usize) -> bool {
        let behind_stop = self.text.get(self.range.start..at).is_some_and(|before| {
            before.ends_with(". ") || before.ends_with("! ") || before.ends_with("? ")
        });
        self.is_open(style) && behind_stop && self.char_at(end).is_some_and(char::is_uppercase)
    }

    /// A mark that can only close, with nothing open: its partner was left out.
    fn is_stray(&self, at: usize, end: usize) -> bool {
        let glued = self.char_before(at).is_some_and(|c| c.is_alphanumeric() || ".,!?".contains(c));
        !self.is_open(Style::Double) && glued && self.char_at(end).is_none_or(char::is_whitespace)
    }

    /// Whether a mark stands before a word and behind a space or an opening mark.
    fn may_open(&self, at: usize, end: usize) -> bool {
        let before = self.char_before(at);
        let outside = before.is_none_or(|c| c.is_whitespace() || "([{“„«»\"—–-‘'".contains(c));
        outside && self.char_at(end).is_some_and(|c| !c.is_whitespace())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.range.end)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(self.range.start..at)?.chars().next_back()
    }

    fn is_open(&self, style: Style) -> bool {
        self.open.iter().any(|open| open.style == style)
    }

    /// Opens a quotation; one of the same style still open ends here, for its mark was left out.
    fn opens(&mut self, style: Style, at: usize, end: usize, low: bool) {
        if let Some(place) = self.open.iter().position(|open| open.style == style) {
            self.end_from(place, at, at, false);
        }
        if self.open.len() < DEPTH {
            self.open.push(Open { style, start: at, end, low });
        }
    }

    fn closes(&mut self, style: Style, at: usize, end: usize) {
        if let Some(place) = self.open.iter().rposition(|open| open.style == style) {
            self.end_from(place, at, end, true);
        }
    }

    /// Ends the quotations opened at `place` and after; those inside it lack a mark and count for
    /// nothing.
    fn end_from(&mut self, place: usize, at: usize, end: usize, closed: bool) {
        if let Some(open) = self.open.get(place).copied() {
            self.push(&open, at, end, closed);
        }
        self.open.truncate(place);
    }

    fn push(&mut self, open: &Open, at: usize, end: usize, closed: bool) {
        let slice = self.text.get(open.end..at).unwrap_or_default();
        let start = open.end + (slice.len() - slice.trim_start().len());
        let inner = start..start + slice.trim().len();
        if !inner.is_empty() {
            let outer = open.start..if closed { end } else { inner.end };
            let paragraph = self.paragraph;
            self.found.push(Segment { outer, inner, closed, paragraph, depth: 0 });
        }
    }

    /// What is still open ends with the paragraph, if it is more than a stray mark.
    fn leave_open(&mut self) {
        let Some(open) = self.open.first().copied() else { return };
        let end = self.range.end;
        if open.style != Style::Single && end.saturating_sub(open.start) >= UNCLOSED_BYTES {
            self.push(&open, end, end, false);
        }
        self.open.clear();
    }
}

/// Bytes within which a single mark must close.
const SINGLE_REACH_BYTES: usize = 400;

fn is_thin_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | ' ' | '\u{2009}')
}
