//! What a story says, for people at a terminal: the text with quotes, cues, speakers, names and times
//! in colour.

use std::fmt::Write as _;

use news_core::article::{EntityKind, Reading, Readout, Span};
use owo_colors::OwoColorize;

use crate::summary::clean;

/// What a stretch of text is. Where several hold, the last of this list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    Quote,
    Name,
    Person,
    Speaker,
    Cue,
    Time,
}

const PARTS: [Part; 7] =
    [Part::Plain, Part::Quote, Part::Name, Part::Person, Part::Speaker, Part::Cue, Part::Time];

/// The text in colour, what the colours mean, and how much was found.
pub(crate) fn shown(readout: &Readout) -> String {
    let mut out = String::new();
    let mut edges = edges(&readout.reading);
    edges.sort_by_key(|edge| (edge.block, edge.at));
    let mut edges = edges.as_slice();
    for (index, text) in readout.texts.iter().enumerate() {
        let own = edges.partition_point(|edge| edge.block as usize <= index);
        let (here, rest) = edges.split_at(own);
        edges = rest;
        if !text.is_empty() {
            let _ = writeln!(out, "{}\n", coloured(text, here));
        }
    }
    out + &legend(&readout.reading)
}

/// Where a part begins or ends; a time's end with its value.
struct Edge<'r> {
    block: u32,
    at: u32,
    part: Part,
    begins: bool,
    value: Option<&'r str>,
}

fn edges(reading: &Reading) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    let mut add = |span: Span, part, value| {
        let edge = |at, begins, value| Edge { block: span.block, at, part, begins, value };
        edges.extend([edge(span.start, true, None), edge(span.end, false, value)]);
    };
    for time in &reading.times {
        add(time.span, Part::Time, Some(time.value.as_str()));
    }
    for entity in &reading.entities {
        let is_person = matches!(entity.kind, EntityKind::Person { .. });
        let part = if is_person { Part::Person } else { Part::Name };
        entity.mentions.iter().for_each(|mention| add(mention.span, part, None));
    }
    for quote in &reading.quotes {
        quote.contents.iter().for_each(|span| add(*span, Part::Quote, None));
        quote.cue.iter().for_each(|cue| add(cue.span, Part::Cue, None));
        let speaker = quote.speaker.iter().filter(|speaker| !speaker.carried);
        speaker.for_each(|speaker| add(speaker.span, Part::Speaker, None));
    }
    edges
}

/// One sweep over the edges, counting what is open.
fn coloured(text: &str, edges: &[Edge<'_>]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    let mut open = [0usize; PARTS.len()];
    for edge in edges {
        push(&mut out, text.get(at..edge.at as usize).unwrap_or_default(), top(&open));
        at = at.max(edge.at as usize);
        let count = &mut open[edge.part as usize];
        *count = if edge.begins { *count + 1 } else { count.saturating_sub(1) };
        if let Some(value) = edge.value {
            let _ = write!(out, " {}", format!("[{value}]").cyan().dimmed());
        }
    }
    push(&mut out, text.get(at..).unwrap_or_default(), top(&open));
    out
}

fn top(open: &[usize; PARTS.len()]) -> Part {
    let last = PARTS.iter().rev().find(|part| open[**part as usize] > 0);
    last.copied().unwrap_or(Part::Plain)
}

fn push(out: &mut String, text: &str, part: Part) {
    if text.is_empty() {
        return;
    }
    let text = lines(text);
    let _ = match part {
        Part::Plain => write!(out, "{text}"),
        Part::Quote => write!(out, "{}", text.green()),
        Part::Name => write!(out, "{}", text.blue()),
        Part::Person => write!(out, "{}", text.bold()),
        Part::Speaker => write!(out, "{}", text.magenta().bold()),
        Part::Cue => write!(out, "{}", text.yellow()),
        Part::Time => write!(out, "{}", text.cyan().underline()),
    };
}

fn legend(reading: &Reading) -> String {
    format!(
        "{} · {} · {} · {} · {} · {}\n",
        format!("{} quotes", reading.quotes.len()).green(),
        "cues".yellow(),
        "speakers".magenta().bold(),
        format!("{} names", reading.entities.len()).blue(),
        format!("{} times", reading.times.len()).cyan(),
        format!("{} sentences", reading.sentences.len()).dimmed(),
    )
}

/// Without control characters; white space at the ends and line breaks stay.
fn lines(text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let edge = |is_there: bool| if is_there { " " } else { "" };
        let words = clean(line);
        out.push_str(if at > 0 { "\n" } else { "" });
        out.push_str(edge(line.starts_with(char::is_whitespace)));
        out.push_str(&words);
        out.push_str(edge(!words.is_empty() && line.ends_with(char::is_whitespace)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_colour() {
        let text = "“We won,” Mr. Ek said on 3 May 2024 in Köln.";
        let out = shown(&Readout::of_text(text, Some("en"), None));
        assert!(out.contains("\u{1b}[32mWe won,\u{1b}[39m"), "{out:?}");
        assert!(out.contains("\u{1b}[33msaid\u{1b}[39m"), "{out:?}");
        assert!(out.contains("[2024-05-03]"), "{out:?}");
    }
}
