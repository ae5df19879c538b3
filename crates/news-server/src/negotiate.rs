//! What the client can read: `Accept`, `Accept-Encoding`.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING};
use news_core::format::Format;
use news_io::coding::Coding;

use crate::problem::{NOT_ACCEPTABLE, Problem};

/// Answers below this many bytes are not packed: it would save no packet.
const MIN_PACKED: usize = 1024;

/// The best of `formats`, in falling order of our own liking, that the client accepts.
pub(crate) fn format(headers: &HeaderMap, formats: &[Format]) -> Result<Format, Problem> {
    let accept = all(headers, ACCEPT);
    let Some(&first) = formats.first() else { return Err(Problem::new(NOT_ACCEPTABLE, "")) };
    if accept.trim().is_empty() {
        return Ok(first);
    }
    let ranges: Vec<_> = items(&accept).collect();
    best(formats, |format| quality(&ranges, essence(format.media_type())))
        .ok_or_else(|| not_written(formats))
}

/// The answer to who wants none of `formats`.
pub(crate) fn not_written(formats: &[Format]) -> Problem {
    let types: Vec<_> = formats.iter().map(|f| essence(f.media_type())).collect();
    Problem::new(NOT_ACCEPTABLE, format!("this endpoint writes {}", types.join(", ")))
}

/// How to pack an answer.
pub(crate) fn coding(headers: &HeaderMap) -> Coding {
    let accept = all(headers, ACCEPT_ENCODING);
    let stated: Vec<_> = items(&accept).collect();
    let quality = |coding: &Coding| {
        let exact = stated.iter().find(|(name, _)| name.eq_ignore_ascii_case(coding.name()));
        let any = || stated.iter().find(|(name, _)| *name == "*");
        // What is not named is not wanted, except no packing at all.
        let fallback = u16::from(*coding == Coding::Identity);
        exact.or_else(any).map_or(fallback, |(_, q)| *q)
    };
    best(&Coding::ALL, quality).unwrap_or_default()
}

/// The coding in which `length` bytes are worth sending.
pub(crate) fn worth(coding: Coding, length: usize) -> Coding {
    if length < MIN_PACKED { Coding::Identity } else { coding }
}

/// A media type without parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The first of the best; `None` where all are unwanted.
fn best<T: Copy>(choices: &[T], quality: impl Fn(&T) -> u16) -> Option<T> {
    let mut found = None;
    let mut top = 0;
    for choice in choices {
        let q = quality(choice);
        if q > top {
            (found, top) = (Some(*choice), q);
        }
    }
    found
}

/// Every value of a header, as one list.
fn all(headers: &HeaderMap, name: axum::http::HeaderName) -> String {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(",")
}

/// Items of a list with their quality in thousandths.
fn items(list: &str) -> impl Iterator<Item = (&str, u16)> {
    list.split(',').filter_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let q = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        let q = q.and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        Some((name, (q.clamp(0.0, 1.0) * 1000.0) as u16))
    })
}

/// Quality of a media type: that of the most specific range that fits.
fn quality(ranges: &[(&str, u16)], media_type: &str) -> u16 {
    let kind = media_type.split('/').next().unwrap_or_default();
    let specific = |range: &str| {
        if range.eq_ignore_ascii_case(media_type) {
            3
        } else if range.strip_suffix("/*").is_some_and(|k| k.eq_ignore_ascii_case(kind)) {
            2
        } else {
            u8::from(range == "*/*")
        }
    };
    let fitting = ranges.iter().map(|(range, q)| (specific(range), *q)).filter(|(s, _)| *s > 0);
    fitting.max_by_key(|(s, _)| *s).map_or(0, |(_, q)| q)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: axum::http::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().expect("a value"))])
    }

    #[test]
    fn the_best_accepted_format() {
        let format = |accept: &str| format(&headers(ACCEPT, accept), &Format::ALL).ok();
        assert_eq!(format("*/*"), Some(Format::Json));
        assert_eq!(format("text/markdown"), Some(Format::Markdown));
        assert_eq!(format("text/*, text/markdown;q=0.1"), Some(Format::Text));
        assert_eq!(format("text/html;q=0.5, application/x-ndjson"), Some(Format::Ndjson));
        assert_eq!(format("text/html,application/xml;q=0.9,*/*;q=0.8"), Some(Format::Html));
        assert_eq!(format("application/json;q=0, */*"), Some(Format::Ndjson));
        assert_eq!(format("image/png"), None);
        assert_eq!(format("a;q=x;;,,;q"), None);
    }

    #[test]
    fn the_best_accepted_coding() {
        let coding = |accept: &str| coding(&headers(ACCEPT_ENCODING, accept));
        assert_eq!(coding("gzip, deflate, br, zstd"), Coding::Brotli);
        assert_eq!(coding("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(coding(""), Coding::Identity);
        assert_eq!(coding("compress"), Coding::Identity);
        assert_eq!(coding("br;q=0, *"), Coding::Zstd);
        assert_eq!(coding("identity;q=0.5, *;q=0"), Coding::Identity);
    }
}
