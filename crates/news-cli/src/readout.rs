//! What a story says, for people at a terminal: the text with its times marked.

use std::fmt::Write as _;

use news_core::article::{Readout, TimeMention};
use owo_colors::OwoColorize;

use crate::summary::clean;

/// The text, times underlined with their values behind them, and how much was found.
pub(crate) fn shown(readout: &Readout) -> String {
    let mut out = String::new();
    for (index, text) in readout.texts.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let times = readout.reading.times.iter().filter(|time| time.span.block as usize == index);
        let _ = writeln!(out, "{}\n", marked(text, times));
    }
    let reading = &readout.reading;
    let counts = format!("{} sentences, {} times", reading.sentences.len(), reading.times.len());
    let _ = writeln!(out, "{}", counts.dimmed());
    out
}

fn marked<'a>(text: &str, times: impl Iterator<Item = &'a TimeMention>) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for time in times {
        let (start, end) = (time.span.start as usize, time.span.end as usize);
        out.push_str(&lines(text.get(at..start).unwrap_or_default()));
        let said = lines(text.get(start..end).unwrap_or_default());
        let _ = write!(out, "{} {}", said.underline(), format!("[{}]", time.value).cyan());
        at = end;
    }
    out.push_str(&lines(text.get(at..).unwrap_or_default()));
    out
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
