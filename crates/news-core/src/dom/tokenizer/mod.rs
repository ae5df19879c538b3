//! Our own tokenizer: the WHATWG states over a whole page at once, in front of html5ever's tree
//! builder.
//!
//! html5ever's tokenizer reads characters from a queue of buffers, for pages that arrive in pieces.
//! Ours has the whole text, so each state is a byte search and each token a slice of the source; and
//! it knows where in the source each token stands. Parse errors are not reported.
//!
//! Every loop moves forward only: the work is linear in the text.

mod doctype;
mod names;
mod raw;
mod references;

use std::cell::Cell;
use std::collections::HashSet;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2, memchr3, memmem};

use names::Names;
use references::{References, reference};

/// Bytes of the source at which a token begins and ends.
pub(super) type Span = (u32, u32);

/// What bounds the tokenizer's work on one tag.
#[derive(Debug, Clone)]
pub(super) struct TokenizerLimits {
    /// Attributes kept of one tag.
    pub(super) max_attributes: usize,
}

/// What the source lost on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TokenizerReport {
    /// Attributes past the limit of one tag.
    pub(super) dropped_attributes: u64,
    /// Bytes of a tag that the end of the page cut off. The standard drops them: they may be the
    /// rest of the page after a quote that is never closed.
    pub(super) unfinished_tag_bytes: u32,
}

/// Hands the tokens of `text` to `sink`, the end of the file last. `position` says, before each
/// token is handed over, where it stands in the source.
///
/// `text` is below 4 GiB.
pub(super) fn tokenize<S: TokenSink>(
    text: &StrTendril,
    sink: &S,
    position: &Cell<Span>,
    limits: &TokenizerLimits,
) -> TokenizerReport {
    let bytes = text.as_bytes();
    let mut tokenizer = Tokenizer {
        input: text,
        bytes,
        sink,
        position,
        max_attributes: limits.max_attributes,
        has_cr: memchr(b'\r', bytes).is_some(),
        has_nul: memchr(0, bytes).is_some(),
        at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
        names: Names::default(),
        seen: HashSet::new(),
        report: TokenizerReport::default(),
    };
    tokenizer.run();
    tokenizer.report
}

/// White space of the standard. A carriage return counts as the line feed it is read as.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Attributes of one tag from which on duplicates are looked up in a set.
const MANY_ATTRIBUTES: usize = 24;

struct Tokenizer<'a, S> {
    input: &'a StrTendril,
    bytes: &'a [u8],
    sink: &'a S,
    position: &'a Cell<Span>,
    max_attributes: usize,
    /// Whether the page has a carriage return anywhere; most have none.
    has_cr: bool,
    /// Whether the page has a NUL anywhere.
    has_nul: bool,
    /// The next byte to read.
    at: usize,
    names: Names,
    /// Names of the tag's attributes, once there are many.
    seen: HashSet<LocalName>,
    report: TokenizerReport,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    fn run(&mut self) {
        while self.at < self.bytes.len() {
            self.data();
            if self.at < self.bytes.len() {
                self.markup();
            }
        }
        self.place(self.at, self.at);
        self.hand_over(Token::EOFToken);
        self.sink.end();
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        self.at = self.past_space(self.at);
    }

    fn past_space(&self, from: usize) -> usize {
        let mut at = from;
        while self.bytes.get(at).is_some_and(|b| is_space(*b)) {
            at += 1;
        }
        at
    }

    fn place(&self, start: usize, end: usize) {
        self.position.set((start as u32, end as u32));
    }

    /// Hands over a token whose answer changes nothing.
    fn hand_over(&self, token: Token) {
        // A script is never run, and the text is already decoded.
        let _ = self.sink.process_token(token, 1);
    }

    /// Text up to the next markup.
    fn data(&mut self) {
        let start = self.at;
        let mut at = start;
        let mut plain = !self.has_cr;
        loop {
            let rest = &self.bytes[at..];
            let hit = if plain { memchr2(b'<', b'&', rest) } else { memchr(b'<', rest) };
            let Some(i) = hit else {
                at = self.bytes.len();
                break;
            };
            at += i;
            if self.bytes[at] == b'&' {
                plain = false;
            } else if self.opens_markup(at) {
                break;
            }
            at += 1;
        }
        self.at = at;
        if start == at {
            return;
        }
        if self.has_nul {
            self.data_with_nul(start, at);
        } else {
            self.characters(start, at, if plain { References::None } else { References::Text });
        }
    }

    /// Whether the `<` at `at` begins a tag, a comment or a declaration; else it is text.
    fn opens_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => self.bytes.len() > at + 2,
            Some(b) => b.is_ascii_alphabetic(),
            None => false,
        }
    }

    fn data_with_nul(&self, start: usize, end: usize) {
        let mut from = start;
        while let Some(i) = memchr(0, &self.bytes[from..end]) {
            let nul = from + i;
            if nul > from {
                self.characters(from, nul, References::Text);
            }
            let run = self.bytes[nul..end].iter().take_while(|b| **b == 0).count();
            from = nul + run;
            self.nuls(nul, from);
        }
        if end > from {
            self.characters(from, end, References::Text);
        }
    }

    /// A run of NULs. The tree builder drops each but in foreign content: after the first it can
    /// only drop the others, so they are not shown to it.
    fn nuls(&self, start: usize, end: usize) {
        for at in start..end {
            self.place(at, at + 1);
            self.hand_over(Token::NullCharacterToken);
            if !self.sink.adjusted_current_node_present_but_not_in_html_namespace() {
                return;
            }
        }
    }

    fn characters(&self, start: usize, end: usize, references: References) {
        let text = self.decoded(start, end, references);
        self.place(start, end);
        self.hand_over(Token::CharacterTokens(text));
    }

    /// The source as it stands.
    fn slice(&self, start: usize, end: usize) -> StrTendril {
        self.input.subtendril(start as u32, (end - start) as u32)
    }

    fn str(&self, start: usize, end: usize) -> &str {
        self.input.get(start..end).unwrap_or_default()
    }

    /// The source with references resolved, line ends made line feeds and NULs made U+FFFD. Both
    /// ends stand at ASCII bytes.
    fn decoded(&self, start: usize, end: usize, references: References) -> StrTendril {
        let odd = self.has_cr || self.has_nul;
        if references == References::None && !odd {
            return self.slice(start, end);
        }
        let mut out = StrTendril::new();
        let mut copied = start;
        let mut at = start;
        loop {
            let rest = &self.bytes[at..end];
            let hit = match (references, odd) {
                (References::None, _) => memchr2(b'\r', 0, rest),
                (_, false) => memchr(b'&', rest),
                (_, true) => memchr3(b'&', b'\r', 0, rest),
            };
            let Some(i) = hit else { break };
            at += i;
            let (replacement, len) = match self.bytes[at] {
                b'&' => {
                    let Some(found) = reference(&self.bytes[at..end], references) else {
                        at += 1;
                        continue;
                    };
                    out.push_slice(self.str(copied, at));
                    out.push_char(found.first);
                    if let Some(second) = found.second {
                        out.push_char(second);
                    }
                    at += found.len;
                    copied = at;
                    continue;
                }
                // The line feed that follows is copied as it stands.
                b'\r' if self.bytes.get(at + 1) == Some(&b'\n') => ("", 1),
                b'\r' => ("\n", 1),
                _ => ("\u{fffd}", 1),
            };
            out.push_slice(self.str(copied, at));
            out.push_slice(replacement);
            at += len;
            copied = at;
        }
        if copied == start {
            return self.slice(start, end);
        }
        out.push_slice(self.str(copied, end));
        out
    }

    /// What begins with the `<` at the current position.
    fn markup(&mut self) {
        let start = self.at;
        match (self.bytes.get(start + 1), self.bytes.get(start + 2)) {
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?'), _) => self.bogus_comment(start + 1),
            (Some(b'/'), Some(b'>')) => self.at = start + 3,
            (Some(b'/'), Some(b)) if b.is_ascii_alphabetic() => self.tag(TagKind::EndTag),
            (Some(b'/'), _) => self.bogus_comment(start + 2),
            _ => self.tag(TagKind::StartTag),
        }
    }

    fn declaration(&mut self) {
        let from = self.at + 2;
        let rest = &self.bytes[from..];
        if rest.starts_with(b"--") {
            self.comment(from + 2);
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            self.doctype(from + 7);
        } else if rest.starts_with(b"[CDATA[")
            && self.sink.adjusted_current_node_present_but_not_in_html_namespace()
        {
            self.cdata(from + 7);
        } else {
            self.bogus_comment(from);
        }
    }

    fn cdata(&mut self, from: usize) {
        let found = memmem::find(&self.bytes[from..], b"]]>");
        let (end, next) = match found {
            Some(i) => (from + i, from + i + 3),
            None => (self.bytes.len(), self.bytes.len()),
        };
        self.at = next;
        // NULs are the tree builder's to judge here, as in plain text.
        let mut start = from;
        while self.has_nul
            && let Some(i) = memchr(0, &self.bytes[start..end])
        {
            if i > 0 {
                self.characters(start, start + i, References::None);
            }
            start += i + 1;
            self.nuls(start - 1, start);
        }
        if end > start {
            self.characters(start, end, References::None);
        }
    }

    /// A comment whose text begins at `from`.
    fn comment(&mut self, from: usize) {
        let rest = &self.bytes[from..];
        if rest.starts_with(b">") {
            return self.emit_comment(from, from, from + 1);
        }
        if rest.starts_with(b"->") {
            return self.emit_comment(from, from, from + 2);
        }
        let mut at = from;
        while let Some(i) = memchr(b'>', &self.bytes[at..]) {
            at += i;
            let text = &self.bytes[from..at];
            for close in [b"--".as_slice(), b"--!"] {
                if text.ends_with(close) {
                    return self.emit_comment(from, at - close.len(), at + 1);
                }
            }
            at += 1;
        }
        // Cut off by the end of the page, perhaps within its own end.
        let end = self.bytes.len();
        let text = &self.bytes[from..];
        let close =
            [b"--!".as_slice(), b"--", b"-"].into_iter().find(|close| text.ends_with(close));
        self.emit_comment(from, end - close.map_or(0, <[u8]>::len), end);
    }

    /// Anything in angle brackets that is no markup.
    fn bogus_comment(&mut self, from: usize) {
        match memchr(b'>', &self.bytes[from..]) {
            Some(i) => self.emit_comment(from, from + i, from + i + 1),
            None => self.emit_comment(from, self.bytes.len(), self.bytes.len()),
        }
    }

    fn emit_comment(&mut self, from: usize, to: usize, next: usize) {
        self.place(self.at, next);
        self.at = next;
        self.hand_over(Token::CommentToken(self.decoded(from, to, References::None)));
    }

    /// A start or end tag.
    fn tag(&mut self, kind: TagKind) {
        let start = self.at;
        let name_start = start + if kind == TagKind::EndTag { 2 } else { 1 };
        let name_end = self.find(name_start, |b| is_space(b) || matches!(b, b'/' | b'>'));
        let mut tag = Tag {
            kind,
            name: self.name(name_start, name_end),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        let mut at = name_end;
        loop {
            match self.bytes.get(at) {
                Some(b'>') => break,
                Some(b'/') => {
                    at += 1;
                    if self.bytes.get(at) == Some(&b'>') {
                        tag.self_closing = true;
                        break;
                    }
                }
                Some(b) if is_space(*b) => at += 1,
                Some(_) => match self.attribute(at, &mut tag) {
                    Some(next) => at = next,
                    None => return self.unfinished_tag(),
                },
                None => return self.unfinished_tag(),
            }
        }
        if tag.attrs.len() >= MANY_ATTRIBUTES {
            self.seen.clear();
        }
        self.at = at + 1;
        self.place(start, self.at);
        if kind == TagKind::EndTag {
            return self.hand_over(Token::TagToken(tag));
        }
        let name = tag.name.clone();
        match self.sink.process_token(Token::TagToken(tag), 1) {
            TokenSinkResult::RawData(raw) => self.raw(raw, &name),
            TokenSinkResult::Plaintext => self.plaintext(),
            // A script is never run, and the text is already decoded.
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => {}
        }
    }

    /// All that follows is text.
    fn plaintext(&mut self) {
        let from = self.at;
        self.at = self.bytes.len();
        if self.at > from {
            self.characters(from, self.at, References::None);
        }
    }

    /// The page ends within a tag: nothing of the tag is kept.
    fn unfinished_tag(&mut self) {
        self.report.unfinished_tag_bytes = (self.bytes.len() - self.at) as u32;
        self.at = self.bytes.len();
    }

    /// First byte from `from` on that `ends` takes; the end of the source if there is none.
    fn find(&self, from: usize, ends: impl Fn(u8) -> bool) -> usize {
        self.bytes[from..].iter().position(|b| ends(*b)).map_or(self.bytes.len(), |i| from + i)
    }

    /// Reads the attribute whose name begins at `from`. Gives where it ends; `None` if the page ends
    /// first.
    fn attribute(&mut self, from: usize, tag: &mut Tag) -> Option<usize> {
        // The first character belongs to the name even if it is an equals sign.
        let name_end = self.find(from + 1, |b| is_space(b) || matches!(b, b'/' | b'>' | b'='));
        let after = self.past_space(name_end);
        if self.bytes.get(after) != Some(&b'=') {
            self.add_attribute(tag, (from, name_end), (name_end, name_end), true);
            return Some(after);
        }
        let value_start = self.past_space(after + 1);
        let quote = *self.bytes.get(value_start)?;
        if !matches!(quote, b'"' | b'\'') {
            // Empty if the tag ends at once.
            let value_end = self.find(value_start, |b| is_space(b) || b == b'>');
            self.add_attribute(tag, (from, name_end), (value_start, value_end), false);
            return Some(value_end);
        }
        let value_start = value_start + 1;
        let mut value_end = value_start + memchr2(quote, b'&', &self.bytes[value_start..])?;
        let plain = self.bytes[value_end] == quote;
        if !plain {
            value_end += memchr(quote, &self.bytes[value_end..])?;
        }
        self.add_attribute(tag, (from, name_end), (value_start, value_end), plain);
        Some(value_end + 1)
    }

    /// Adds an attribute given by where its name and its value stand. A `plain` value has no
    /// ampersand.
    fn add_attribute(
        &mut self,
        tag: &mut Tag,
        name: (usize, usize),
        value: (usize, usize),
        plain: bool,
    ) {
        if tag.kind == TagKind::EndTag {
            return;
        }
        if tag.attrs.len() >= self.max_attributes {
            self.report.dropped_attributes += 1;
            return;
        }
        let name = self.name(name.0, name.1);
        if self.is_duplicate(&tag.attrs, &name) {
            tag.had_duplicate_attributes = true;
            return;
        }
        let references = if plain { References::None } else { References::Attribute };
        let value = self.decoded(value.0, value.1, references);
        tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value });
    }

    fn is_duplicate(&mut self, attributes: &[Attribute], name: &LocalName) -> bool {
        if attributes.len() < MANY_ATTRIBUTES {
            return attributes.iter().any(|a| a.name.local == *name);
        }
        if self.seen.is_empty() {
            self.seen.extend(attributes.iter().map(|a| a.name.local.clone()));
        }
        !self.seen.insert(name.clone())
    }

    /// The name in lower case.
    fn name(&mut self, start: usize, end: usize) -> LocalName {
        self.names.intern(self.input.get(start..end).unwrap_or_default())
    }

    /// The text of a script, a style, a title and their like.
    fn raw(&mut self, kind: RawKind, name: &str) {
        let start = self.at;
        let name = name.as_bytes();
        self.at = match kind {
            RawKind::Rcdata | RawKind::Rawtext => raw::end_of_raw_text(self.bytes, start, name),
            RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => {
                raw::end_of_script(self.bytes, start, name)
            }
        };
        if self.at > start {
            let references =
                if kind == RawKind::Rcdata { References::Text } else { References::None };
            self.characters(start, self.at, references);
        }
    }
}

#[cfg(test)]
mod tests;
