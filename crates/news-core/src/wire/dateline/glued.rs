//! Datelines of Chinese, Japanese and Korean copy, whose parts stand without spaces:
//! `(서울=연합뉴스) 홍길동 기자 = `, `【東京共同】`, `新华社北京1月5日电 `.

use std::ops::Range;

use super::super::agency::{Agency, named};
use super::super::place;
use super::Opening;
use crate::metadata::byline;

/// Longest reporter's name with title between bracket and equals sign, in bytes.
const REPORTER_BYTES: usize = 90;
/// Bytes in which a Chinese dateline ends.
const CHINESE_BYTES: usize = 90;

const BRACKETS: [(char, char); 6] =
    [('(', ')'), ('[', ']'), ('【', '】'), ('［', '］'), ('（', '）'), ('〔', '〕')];

/// The dateline at the beginning of `head`.
pub(super) fn find(head: &str) -> Option<Opening> {
    if head.is_ascii() {
        return None;
    }
    in_brackets(head).or_else(|| chinese(head, 0))
}

fn in_brackets(head: &str) -> Option<Opening> {
    let open = head.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(o, _)| *o == open)?;
    let start = open.len_utf8();
    let len = head.get(start..)?.find(*close)?;
    let inside = start..start + len;
    let content = head.get(inside.clone())?;
    let end = inside.end + close.len_utf8();
    if let Some((place, agency)) = content.split_once(['=', '＝']) {
        let at = inside.end - agency.len();
        return korean(head, (inside.start..inside.start + place.len(), at..inside.end), end);
    }
    japanese(head, inside, end).or_else(|| {
        let found = chinese(head, start)?;
        Some(Opening { range: 0..end.max(found.range.end), ..found })
    })
}

/// `(서울=연합뉴스) 홍길동 기자 = `, `【ワシントン＝共同】`
fn korean(head: &str, parts: (Range<usize>, Range<usize>), end: usize) -> Option<Opening> {
    let (place, text) = parts;
    let agency = named(head.get(text.clone())?)?;
    let rest = head.get(end..)?;
    let reporter = rest.find('=').filter(|at| *at <= REPORTER_BYTES);
    let end = reporter.map_or(end, |at| end + at + 1);
    Some(Opening {
        range: 0..end,
        place: Some(place),
        date: None,
        agency: Some(agency),
        agency_text: Some(text),
    })
}

/// `【東京共同】`, `[東京　５日　ロイター] - `
fn japanese(head: &str, inside: Range<usize>, end: usize) -> Option<Opening> {
    let content = head.get(inside.clone())?;
    let (before, alias) = byline::agency_suffix(content)?;
    let agency = Agency { name: byline::agency(alias)?, is_short: false };
    let at = inside.start + before.len();
    let before = before.trim_end();
    let (place, date) = match before.find(char::is_whitespace) {
        Some(cut) => {
            let day = before.get(cut..)?.trim();
            let start = inside.start + before.len() - day.len();
            (before.get(..cut)?, Some(start..start + day.len()))
        }
        None => (before, None),
    };
    let place = (!place.is_empty()).then(|| inside.start..inside.start + place.len());
    let end = super::separator(head, end).unwrap_or(end);
    let agency_text = Some(at..at + alias.len());
    Some(Opening { range: 0..end, place, date, agency: Some(agency), agency_text })
}

/// `新华社北京1月5日电`, `中央社記者王小明台北5日電`
fn chinese(head: &str, from: usize) -> Option<Opening> {
    let rest = head.get(from..)?;
    let (alias, name) = byline::agency_prefix(rest)?;
    let text = from..from + alias.len();
    let close = rest.find(['电', '電']).filter(|at| *at <= CHINESE_BYTES)?;
    let middle = rest.get(alias.len()..close)?;
    let digit = middle.find(char::is_numeric)?;
    let before = middle.get(..digit)?;
    let known =
        place::at_end(before).unwrap_or(if before.contains(['记', '記']) { "" } else { before });
    let date = text.end + digit..from + close;
    let place = (!known.is_empty()).then(|| date.start - known.len()..date.start);
    let agency = Some(Agency { name, is_short: false });
    let end = from + close + '电'.len_utf8();
    Some(Opening { range: 0..end, place, date: Some(date), agency, agency_text: Some(text) })
}
