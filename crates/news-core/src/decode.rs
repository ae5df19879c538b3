//! Bytes to text: which encoding, on what grounds, and what could not be read.
//!
//! Order of trust: byte order mark, transport header, `<meta>` prescan, valid UTF-8, statistics. A
//! declaration is not believed where the bytes contradict it: declared UTF-8 that is invalid, or
//! a declared legacy encoding over bytes that are valid multi-byte UTF-8.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::article::{self, EncodingBasis};
use crate::error::{Error, Warning, WarningCode};
use crate::options::{Content, Limits, Source};

/// The prescan of the HTML standard looks at the first 1,024 bytes; real pages declare later, so
/// more is read.
const PRESCAN_BYTES: usize = 8 * 1024;
/// Bytes around non-ASCII text that the detector sees: more costs 5 to 14 ms a page (measured,
/// `crates.md`).
const DETECT_BYTES: usize = 16 * 1024;
/// Share of control characters above which bytes are no text. Measured: text has none to speak
/// of, images and archives 10 % and more.
const MAX_CONTROL_SHARE: f32 = 0.05;

/// The decoded input.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: article::Encoding,
    pub(crate) warnings: Vec<Warning>,
    /// Whether the input is markup; otherwise plain text.
    pub(crate) is_markup: bool,
}

/// Decodes `source`, or refuses it.
pub(crate) fn decode<'a>(source: &Source<'a>, limits: &Limits) -> Result<Decoded<'a>, Error> {
    refuse(source.content.as_bytes(), limits)?;
    let (text, encoding) = match source.content {
        Content::Text(text) => (Cow::Borrowed(text), stated(UTF_8, EncodingBasis::Text, 0)),
        Content::Bytes(bytes) => decode_bytes(bytes, source.charset, source.content_type),
    };
    if !text.contains(char::is_alphanumeric) {
        return Err(Error::Empty);
    }
    let mut warnings = Vec::new();
    if encoding.replaced > 0 {
        warnings.push(Warning::new(
            WarningCode::ReplacedBytes,
            format!("{} invalid {} sequences were replaced", encoding.replaced, encoding.name),
        ));
    }
    if let Some(declared) = contradicted(source, &encoding) {
        let (read, message) = (&encoding.name, declared.name());
        warnings.push(Warning::new(
            WarningCode::WrongCharset,
            format!("the page declares {message}, its bytes are {read}"),
        ));
    }
    let is_markup = is_markup(&text, source.content_type);
    Ok(Decoded { text, encoding, warnings, is_markup })
}

/// The encoding that is declared, where another one was read on better grounds.
fn contradicted(source: &Source<'_>, read: &article::Encoding) -> Option<&'static Encoding> {
    let Content::Bytes(bytes) = source.content else { return None };
    if bytes.is_ascii() || matches!(read.basis, EncodingBasis::Header | EncodingBasis::Bom) {
        return None;
    }
    let header = source.charset.or_else(|| source.content_type.and_then(charset_parameter));
    let declared = header.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    declared.or_else(|| prescan(bytes)).filter(|declared| declared.name() != read.name)
}

fn refuse(bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > limits.input_bytes {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: limits.input_bytes });
    }
    match looks_like(bytes) {
        Some(looks_like) => Err(Error::NotText { looks_like }),
        None => Ok(()),
    }
}

/// File signatures of what is handed in by mistake most often.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "gzip data (unpack it first)"),
    (b"\x28\xb5\x2f\xfd", "zstd data (unpack it first)"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2 data (unpack it first)"),
    (b"\xfd7zXZ", "xz data (unpack it first)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
];

fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || utf16_guess(bytes).is_some()
    {
        return None;
    }
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let controls = sample.iter().filter(|b| is_control(**b)).count();
    let binary = controls as f32 > MAX_CONTROL_SHARE * sample.len() as f32;
    (binary && !opens_as_page(sample) && utf32(bytes).is_none()).then_some("binary data")
}

/// Whether the first thing in the bytes is a tag of a page. Controls in a page are dropped, as browsers
/// do, however many there are.
fn opens_as_page(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().strip_prefix(b"<").is_some_and(is_known_tag)
}

/// Controls that no text holds (escape is part of ISO-2022-JP).
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)
}

/// Whether the input is HTML: the media type says so, or a tag stands near the beginning.
fn is_markup(text: &str, content_type: Option<&str>) -> bool {
    let media_type = content_type.and_then(|t| t.split(';').next()).map(str::trim);
    match media_type {
        Some(t) if t.eq_ignore_ascii_case("text/plain") => false,
        Some(t) if t.eq_ignore_ascii_case("text/html") => true,
        Some(t) if t.eq_ignore_ascii_case("application/xhtml+xml") => true,
        _ => has_tags(text),
    }
}

fn has_tags(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.get(..64 * 1024).unwrap_or(bytes);
    memchr::memchr_iter(b'<', head).any(|at| {
        let rest = head.get(at + 1..).unwrap_or_default();
        rest.starts_with(b"!--") || rest.starts_with(b"!DOCTYPE") || is_known_tag(rest)
    })
}

/// Tags whose presence tells a page from a text with angle brackets in it. Not those whose names stand
/// in brackets in texts too, as placeholders do: `<data>`, `<label>`, `<object>`, `<output>`, `<time>`.
const TELLING_TAGS: [&str; 55] = [
    "html", "head", "body", "div", "p", "a", "br", "span", "title", "meta", "link", "script",
    "table", "ul", "h1", "h2", "article", "section", "b", "i", "em", "strong", "!doctype", "?xml",
    "img", "main", "aside", "base", "button", "center", "dl", "figure", "font", "footer", "form",
    "frameset", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "input", "li", "nav", "noscript",
    "ol", "pre", "select", "style", "svg", "td", "tr", "video",
];

fn is_known_tag(rest: &[u8]) -> bool {
    TELLING_TAGS.iter().any(|tag| {
        let Some(name) = rest.get(..tag.len()) else {
            return false;
        };
        let next = rest.get(tag.len()).copied().unwrap_or(b'>');
        name.eq_ignore_ascii_case(tag.as_bytes())
            && (next == b'>' || next == b'/' || next.is_ascii_whitespace())
    })
}

fn decode_bytes<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
    content_type: Option<&str>,
) -> (Cow<'a, str>, article::Encoding) {
    if let Some((name, order)) = utf32(bytes) {
        return decode_utf32(name, order, bytes);
    }
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, EncodingBasis::Bom, bytes.get(bom..).unwrap_or_default());
    }
    let header = charset.or_else(|| content_type.and_then(charset_parameter));
    let declared = [
        (header.and_then(|l| Encoding::for_label(l.trim().as_bytes())), EncodingBasis::Header),
        (utf16_guess(bytes), EncodingBasis::Detected),
        (iso_2022_jp_guess(bytes), EncodingBasis::Detected),
        (prescan(bytes), EncodingBasis::Meta),
    ];
    let valid = std::str::from_utf8(bytes);
    let is_utf8 = valid.is_ok() && !bytes.is_ascii();
    for (encoding, basis) in declared {
        let Some(encoding) = encoding.filter(|e| !is_utf8 || *e == UTF_8) else {
            continue;
        };
        if encoding == UTF_8 && valid.is_err() || encoding == WINDOWS_1252 && is_foreign(bytes) {
            continue;
        }
        if let Some(decoded) = decode_if_clean(encoding, basis, bytes) {
            return decoded;
        }
    }
    if let Ok(text) = valid {
        return (Cow::Borrowed(text), stated(UTF_8, EncodingBasis::Valid, 0));
    }
    undeclared(bytes, declared.iter().any(|(e, _)| *e == Some(UTF_8)))
}

/// Decodes as declared, unless more than one character in fifty is garbage: then the declaration
/// is wrong.
fn decode_if_clean<'a>(
    encoding: &'static Encoding,
    basis: EncodingBasis,
    bytes: &'a [u8],
) -> Option<(Cow<'a, str>, article::Encoding)> {
    let (text, stated) = decode_as(encoding, basis, bytes);
    let foreign = || bytes.iter().filter(|b| !b.is_ascii()).count();
    let is_clean = stated.replaced <= 1 || stated.replaced as usize * 50 <= foreign() + 50;
    is_clean.then_some((text, stated))
}

/// Bytes that are not valid UTF-8 and declare nothing believable. A few bad bytes in UTF-8 text
/// (a cut character, a pasted quote) stay UTF-8.
fn undeclared(bytes: &[u8], utf8_declared: bool) -> (Cow<'_, str>, article::Encoding) {
    let (text, utf8) = decode_as(UTF_8, EncodingBasis::Valid, bytes);
    let multibyte = text.chars().filter(|c| !c.is_ascii() && *c != '\u{fffd}').count();
    let good_share = if utf8_declared { 1 } else { 4 };
    if multibyte > good_share * utf8.replaced as usize {
        return (text, utf8);
    }
    let encoding = detect(bytes);
    decode_as(encoding, EncodingBasis::Detected, bytes)
}

/// Share of letters outside ASCII above which a text is in no language of Western Europe. French and
/// Czech, which have most accents, have below a sixth; scripts other than Latin nearly all.
const MAX_ACCENTED_SHARE: f32 = 0.4;

/// Whether bytes declared as Latin 1, the label that servers give without looking, are plainly in
/// another script, and the detector knows which.
fn is_foreign(bytes: &[u8]) -> bool {
    let sample = foreign_sample(bytes);
    let foreign = sample.iter().filter(|b| !b.is_ascii()).count();
    let letters = foreign + sample.iter().filter(|b| b.is_ascii_alphabetic()).count();
    foreign >= MIN_FOREIGN_BYTES
        && foreign as f32 > MAX_ACCENTED_SHARE * letters as f32
        && detect(bytes) != WINDOWS_1252
}

/// Bytes outside ASCII from which their share tells something.
const MIN_FOREIGN_BYTES: usize = 40;

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&foreign_sample(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The lines that hold non-ASCII bytes, up to [`DETECT_BYTES`].
fn foreign_sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split(|b| matches!(b, b'\n' | b'>' | b'<')) {
        if !line.is_ascii() || line.contains(&0x1b) {
            let room = DETECT_BYTES.saturating_sub(sample.len());
            sample.extend_from_slice(line.get(..room.min(line.len())).unwrap_or_default());
            sample.push(b'\n');
        }
        if sample.len() >= DETECT_BYTES {
            break;
        }
    }
    sample
}

fn decode_as<'a>(
    encoding: &'static Encoding,
    basis: EncodingBasis,
    bytes: &'a [u8],
) -> (Cow<'a, str>, article::Encoding) {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    (text, stated(encoding, basis, replaced))
}

fn stated(encoding: &'static Encoding, basis: EncodingBasis, replaced: usize) -> article::Encoding {
    article::Encoding {
        name: encoding.name().to_owned(),
        basis,
        replaced: u32::try_from(replaced).unwrap_or(u32::MAX),
    }
}

/// UTF-16 without a byte order mark: every other byte of the beginning is zero.
fn utf16_guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..64.min(bytes.len() & !1))?;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = sample.len() / 2;
    if half < 4 {
        None
    } else if zeros(1) * 4 >= half * 3 && zeros(0) == 0 {
        Some(UTF_16LE)
    } else if zeros(0) * 4 >= half * 3 && zeros(1) == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// ISO-2022-JP without a label: ASCII bytes among which escapes switch to a Japanese set.
fn iso_2022_jp_guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let has = |escape: &[u8]| memchr::memmem::find(bytes, escape).is_some();
    let switches = memchr::memchr(0x1b, bytes).is_some() && (has(b"\x1b$B") || has(b"\x1b$@"));
    (switches && bytes.is_ascii()).then_some(ISO_2022_JP)
}

/// The four bytes of a unit as a number.
type Order = fn([u8; 4]) -> u32;

/// UTF-32 by its byte order mark. The encoding standard leaves it out; programs write it all the same.
fn utf32(bytes: &[u8]) -> Option<(&'static str, Order)> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => Some(("UTF-32LE", u32::from_le_bytes)),
        [0, 0, 0xfe, 0xff, ..] => Some(("UTF-32BE", u32::from_be_bytes)),
        _ => None,
    }
}

fn decode_utf32(name: &str, order: Order, bytes: &[u8]) -> (Cow<'static, str>, article::Encoding) {
    let (units, rest) = bytes.as_chunks::<4>();
    let mut replaced = u32::from(!rest.is_empty());
    let mut text = String::with_capacity(units.len());
    for unit in units.iter().skip(1) {
        let c = char::from_u32(order(*unit));
        replaced += u32::from(c.is_none());
        text.push(c.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let encoding = article::Encoding { name: name.to_owned(), basis: EncodingBasis::Bom, replaced };
    (text.into(), encoding)
}

/// `charset` inside a media type.
fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// The encoding named by `<meta charset>`, `<meta http-equiv content>` or an XML declaration.
fn prescan(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN_BYTES).unwrap_or(bytes);
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', head.get(from..)?) {
        let start = from + at + 1;
        let tag = head.get(start..)?;
        let tag = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len()))?;
        from = start + if tag.starts_with(b"!--") { skip_comment(head.get(start..)?) } else { 0 };
        let label =
            label_in(tag, b"meta", b"charset").or_else(|| label_in(tag, b"?xml", b"encoding"));
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            // The standard: a page that can be read to its meta tag is not UTF-16; x-user-defined
            // means windows-1252.
            return Some(match encoding.name() {
                "UTF-16BE" | "UTF-16LE" => UTF_8,
                "x-user-defined" => WINDOWS_1252,
                _ => encoding,
            });
        }
    }
    None
}

fn skip_comment(rest: &[u8]) -> usize {
    memchr::memmem::find(rest, b"-->").unwrap_or(rest.len())
}

/// The value after `key=` in a tag named `name`.
fn label_in<'a>(tag: &'a [u8], name: &[u8], key: &[u8]) -> Option<&'a [u8]> {
    if !tag.get(..name.len())?.eq_ignore_ascii_case(name) {
        return None;
    }
    let at = tag.windows(key.len()).position(|w| w.eq_ignore_ascii_case(key))?;
    let rest = tag.get(at + key.len()..)?.trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b'>') || b.is_ascii_whitespace());
    rest.get(..end.unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_pages_from_texts() {
        for page in ["<iframe src=x></iframe>", "a <INPUT value=b>", "<!doctype html>a", "<li>a"] {
            assert!(is_markup(page, None), "{page}");
        }
        for text in ["a < b and b > c", "news <output> writes", "<lip", "<https://a.example/>"] {
            assert!(!is_markup(text, None), "{text}");
        }
    }
}
