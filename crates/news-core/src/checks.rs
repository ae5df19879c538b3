//! Checks of what a caller says of a page, with messages for people. Each gives the value back.

use crate::metadata::Moment;

/// Longest address of a page, in bytes: what RFC 9110 asks servers to take. Relative addresses of the
/// page take it in.
const URL_BYTES: usize = 8_000;

/// An `http` or `https` address.
pub fn url(text: &str) -> Result<String, String> {
    if text.len() > URL_BYTES {
        return Err(format!("an address of more than {URL_BYTES} bytes"));
    }
    let url = url::Url::parse(text).map_err(|e| e.to_string())?;
    match url.scheme() {
        "http" | "https" => Ok(text.to_owned()),
        _ => Err("not an http or https address".to_owned()),
    }
}

/// A label of an encoding of the web.
pub fn charset(label: &str) -> Result<String, String> {
    match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(_) => Ok(label.to_owned()),
        None => Err("not an encoding of the web, such as utf-8 or windows-1252".to_owned()),
    }
}

/// A media type.
pub fn content_type(text: &str) -> Result<String, String> {
    let token = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    match text.split(';').next().and_then(|kind| kind.trim().split_once('/')) {
        Some((kind, subtype)) if token(kind) && token(subtype) => Ok(text.to_owned()),
        _ => Err("not a media type, such as text/html".to_owned()),
    }
}

/// An ISO 8601 day or time.
pub fn moment(text: &str) -> Result<String, String> {
    let value = serde_json::Value::String(text.to_owned());
    match serde_json::from_value::<Moment>(value) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("not a day or time, such as 2024-05-02 or 2024-05-02T10:00Z".to_owned()),
    }
}

/// A share, 0 to 1.
pub fn share(text: &str) -> Result<f32, String> {
    let share = text.parse::<f32>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "not a number from 0 to 1, such as 0.8".to_owned())
}

/// A BCP 47 language tag.
pub fn language(tag: &str) -> Result<String, String> {
    let subtag = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let first = |part: &str| part.len() >= 2 && part.chars().all(|c| c.is_ascii_alphabetic());
    if tag.split('-').all(subtag) && tag.split('-').next().is_some_and(first) {
        Ok(tag.to_owned())
    } else {
        Err("not a language tag, such as de or pt-BR".to_owned())
    }
}
