//! Sentences: one pass over the text that stops only at marks which may end a sentence.
//!
//! A full stop is weighed by the word before it (abbreviation, initial, number) and the word after
//! it (upper case, a usual opener, an attribution); `!`, `?` and ellipses mostly by what follows.
//! Blank lines end every sentence, single line breaks only where the line was not wrapped. The
//! words are data: `lexicon/abbreviations` and `lexicon/sentence_words`.

mod around;
mod chars;
mod ends;
mod lines;
mod tables;
#[cfg(test)]
mod tests;

use std::ops::Range;

use around::{Closers, Next, Run};
use chars::{Mark, at, before};
use ends::goes_on;
use lines::Block;
use tables::Tables;

/// Bytes between a bracket and its partner within which stops count as inside. Longer spans are
/// more likely an unbalanced bracket than an aside.
const BRACKET_REACH_BYTES: usize = 600;

/// Brackets remembered at once: deeper nesting is no prose.
const BRACKETS: usize = 32;

/// Sentences of `text` in reading order, as byte ranges.
///
/// The ranges are sorted, do not overlap, start and end with something other than white space, and
/// leave out nothing but white space. `language` is a BCP 47 tag such as `de` or `pt-BR` and
/// chooses the abbreviations; without one the script decides, and Latin script counts as English.
/// A text of white space alone has no sentences.
pub fn sentences(text: &str, language: Option<&str>) -> Vec<Range<usize>> {
    let tables = Tables::of(language, text);
    let block = Block::open(text, 0);
    let start = text.len() - text.trim_start().len();
    Splitter { text, tables, start, found: Vec::new(), block, brackets: Vec::new() }.run()
}

struct Splitter<'t> {
    text: &'t str,
    tables: &'static Tables,
    /// Where the sentence being read begins.
    start: usize,
    found: Vec<Range<usize>>,
    block: Block,
    brackets: Vec<Bracket>,
}

/// An open bracket, and the state to go back to where it closes: stops inside do not count.
struct Bracket {
    at: usize,
    start: usize,
    found: usize,
}

impl<'t> Splitter<'t> {
    fn run(mut self) -> Vec<Range<usize>> {
        let mut from = 0;
        while let Some((place, c, mark)) = chars::next_mark(self.text, from) {
            from = self.handle(place, c, mark);
        }
        self.end_block(self.text.len());
        self.found
    }

    /// Ends the block, and the sentence, at `place`.
    fn end_block(&mut self, place: usize) {
        if self.found.is_empty()
            && let Some(len) = lines::date_line(self.so_far(place).trim_end(), self.tables)
        {
            let end = self.text.get(..place).unwrap_or_default().trim_end().len();
            self.cut(end - len);
        }
        self.cut(place);
        self.brackets.clear();
    }

    /// Deals with a mark and says where to read on.
    fn handle(&mut self, place: usize, c: char, mark: Mark) -> usize {
        let end = place + c.len_utf8();
        match mark {
            Mark::Dot | Mark::Ellipsis | Mark::Loud => return self.stop(place),
            Mark::Full => return self.full_stop(end),
            Mark::Line => return self.line(place),
            Mark::Point => return self.point(place, c),
            Mark::Rule => return self.rule(place, c),
            Mark::Bullet if self.block.bulleted && self.stands_alone(place) => self.cut(place),
            Mark::Bullet => {}
            Mark::Open => self.open(place),
            Mark::Shut => return self.shut(place, c),
        }
        end
    }

    /// Ends the sentence before `end`.
    fn cut(&mut self, end: usize) {
        let len = self.text.get(self.start..end).map_or(0, |sentence| sentence.trim_end().len());
        if len > 0 {
            self.found.push(self.start..self.start + len);
            self.start = around::skip_space(self.text, end);
        }
    }

    /// The sentence so far, up to `end`.
    fn so_far(&self, end: usize) -> &'t str {
        self.text.get(self.start..end).unwrap_or_default()
    }

    fn stands_alone(&self, place: usize) -> bool {
        before(self.text, place).is_none_or(char::is_whitespace)
    }

    // Colons, semicolons and rules

    fn point(&mut self, place: usize, c: char) -> usize {
        if self.ends_by_script(place, c) {
            return self.stop(place);
        }
        let smiled =
            if self.stands_alone(place) { around::marks_end(self.text, place) } else { place };
        if smiled > place {
            self.smile(place, smiled);
            return smiled;
        }
        if c == ':' {
            self.colon(place);
        }
        place + 1
    }

    /// `;` asks in Greek and `:` ends a sentence in Armenian.
    fn ends_by_script(&self, place: usize, c: char) -> bool {
        before(self.text, place).is_some_and(|letter| match c {
            ';' => chars::is_greek(letter),
            _ => chars::is_armenian(letter),
        })
    }

    /// A smiley ends a sentence in the place of a full stop.
    fn smile(&mut self, place: usize, end: usize) {
        let next_at = around::skip_space(self.text, end);
        let begins = Next::at(self.text, next_at).is_some_and(|next| next.begins());
        if next_at > end && begins && !self.so_far(place).is_empty() {
            self.cut(end);
        }
    }

    fn colon(&mut self, place: usize) {
        if self.text.get(place..).is_some_and(|rest| rest.starts_with("://")) {
            self.address(place);
        } else if at(self.text, place + 1).is_some_and(|c| c.is_ascii_digit()) {
            self.stamp(place);
        } else {
            self.credit(place);
        }
    }

    /// Addresses in a row are the lines of a list.
    fn address(&mut self, place: usize) {
        let start = self.token_start(place);
        // Asked first: a token without end is then looked back at once, not for each of its colons.
        if !self.stands_alone(start) {
            return;
        }
        let lead = self.so_far(start).trim_end();
        let last = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
        if last.starts_with("http") && last.contains("://") {
            self.cut(start);
        }
    }

    /// A numeric date with a time of day, as mails and pages are stamped, stands by itself.
    fn stamp(&mut self, place: usize) {
        let Some(stamp) = lines::stamp(self.text, self.start, place) else { return };
        let lead = self.so_far(stamp.start).trim_end();
        let last = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !last.starts_with(char::is_lowercase) && !last.ends_with([':', ',', '(', '-']) {
            self.cut(stamp.start);
        }
        let next_at = around::skip_space(self.text, stamp.end);
        if next_at > stamp.end
            && Next::at(self.text, next_at).is_some_and(|next| next.first.is_alphabetic())
        {
            self.cut(stamp.end);
        }
    }

    /// `Photo:` behind a caption opens its credit line.
    fn credit(&mut self, place: usize) {
        let start = self.word_start(place);
        let word = self.text.get(start..place).unwrap_or_default();
        let lead = self.so_far(start);
        let open = lead.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == '.');
        if open && lead.ends_with(' ') && self.tables.credits(word) {
            self.cut(start);
        }
    }

    /// A rule drawn with signs stands by itself.
    fn rule(&mut self, place: usize, c: char) -> usize {
        let rest = self.text.get(place..).unwrap_or_default();
        let end = place + rest.len() - rest.trim_start_matches(c).len();
        let ends = at(self.text, end).is_none_or(char::is_whitespace);
        if ends && end - place >= lines::RULE_CHARS && self.stands_alone(place) {
            self.cut(place);
            self.cut(end);
        }
        end
    }

    // Brackets

    fn open(&mut self, at: usize) {
        if self.brackets.len() == BRACKETS {
            self.brackets.clear();
        }
        self.brackets.push(Bracket { at, start: self.start, found: self.found.len() });
    }

    /// Takes back the cuts between the bracket that closes here and its partner: of brackets that
    /// always hold together what they quote, or where the sentence around them goes on.
    fn shut(&mut self, place: usize, c: char) -> usize {
        let end = place + c.len_utf8();
        if c == ')' && self.list_item(place, end) {
            return end;
        }
        let Some(bracket) = self.brackets.pop() else { return end };
        let cut_inside = self.found.len() > bracket.found && self.start > bracket.at;
        if cut_inside && place - bracket.at <= BRACKET_REACH_BYTES && self.holds(&bracket, end, c) {
            self.found.truncate(bracket.found);
            self.start = bracket.start;
        }
        end
    }

    /// Shuts the brackets among the closers behind a stop.
    fn shut_all(&mut self, run_end: usize, end: usize) {
        let closers = self.text.get(run_end..end).unwrap_or_default();
        for (offset, c) in closers.char_indices().filter(|&(_, c)| chars::shuts(c)) {
            self.shut(run_end + offset, c);
        }
    }

    fn holds(&self, bracket: &Bracket, end: usize, c: char) -> bool {
        if c != ')' {
            return true;
        }
        let led_in = self.text.get(bracket.start..bracket.at).is_some_and(|s| !s.trim().is_empty());
        let next = Next::at(self.text, around::skip_space(self.text, end));
        led_in && next.is_some_and(|next| next.first.is_lowercase())
    }

    // Line breaks

    fn line(&mut self, place: usize) -> usize {
        let next = around::skip_space(self.text, place);
        let gap = self.text.get(place..next).unwrap_or_default();
        if lines::is_blank(gap) {
            self.end_block(place);
            self.block = Block::open(self.text, next);
        } else if self.block.breaks(self.text, place, next) {
            self.cut(place);
        }
        next
    }

    /// Cuts before a list number that continues the list with which the block opened.
    fn list_item(&mut self, stop: usize, end: usize) -> bool {
        let Some(item) = self.block.next_item(self.text, stop, end) else { return false };
        if !self.so_far(item).chars().all(|c| chars::is_bullet(c) || c == ' ') {
            self.cut(item);
        }
        true
    }

    // Stops

    /// A mark that ends a sentence wherever it stands, as in Chinese, Hindi or Amharic.
    fn full_stop(&mut self, end: usize) -> usize {
        let run = around::stops_end(self.text, end);
        let closers = Closers::at(self.text, run);
        self.shut_all(run, closers.end);
        let end = closers.end;
        if self.text.get(end..).is_some_and(|rest| !goes_on(rest, closers)) {
            self.cut(end);
        }
        end
    }

    fn stop(&mut self, place: usize) -> usize {
        let run = Run::at(self.text, place);
        if run.dots == 1 && self.list_item(place, run.end) {
            return run.end;
        }
        let closers = Closers::at(self.text, run.end);
        self.shut_all(run.end, closers.end);
        let tail = around::marks_end(self.text, closers.end);
        let next_at = around::skip_space(self.text, tail);
        let gap = self.text.get(tail..next_at).unwrap_or_default();
        if lines::is_blank(gap) {
            return tail;
        }
        let Some(next) = Next::at(self.text, next_at) else { return tail };
        if gap.is_empty() {
            if self.ends_glued(&run, closers, &next) {
                self.cut(tail);
            }
        } else if self.ends(&run, closers, &next) {
            self.cut(
                run.spaced_after.filter(|_| run.dots == 4 && !next.lead.quote).unwrap_or(tail),
            );
        }
        tail
    }
}
