//! Writes JSON as serde hands it over.

mod serializer;
mod string;

use std::fmt;
use std::io;

use serde::Serialize;

use super::JsonStyle;

/// What is written so far, or not yet handed over.
pub(super) struct Writer<'s> {
    out: String,
    style: JsonStyle,
    /// Lists and objects that are open.
    depth: usize,
    /// Where pieces go, if they go anywhere before the end.
    sink: Option<&'s mut dyn io::Write>,
    /// Why the sink took no more.
    failed: Option<io::Error>,
}

/// A value as JSON. `None`: it cannot be written, as a map cannot whose keys are lists.
pub(super) fn write<T: Serialize + ?Sized>(value: &T, style: JsonStyle) -> Option<String> {
    let mut writer = Writer::new(style, None);
    value.serialize(&mut writer).ok()?;
    Some(writer.out)
}

/// The same piece by piece into `sink`.
///
/// # Errors
/// Those of the sink, and what cannot be written.
pub(super) fn write_to<T: Serialize + ?Sized>(
    value: &T,
    style: JsonStyle,
    sink: &mut dyn io::Write,
) -> io::Result<()> {
    let mut writer = Writer::new(style, Some(sink));
    let written = value.serialize(&mut writer).and_then(|()| writer.hand_over());
    written.map_err(|error| writer.failed.unwrap_or_else(|| io::Error::other(error)))
}

/// Room made beforehand: most articles take some kilobytes.
const FIRST_BYTES: usize = 16 * 1024;
/// Bytes from which a piece is handed over.
const PIECE_BYTES: usize = 64 * 1024;

impl<'s> Writer<'s> {
    fn new(style: JsonStyle, sink: Option<&'s mut dyn io::Write>) -> Self {
        let out = String::with_capacity(FIRST_BYTES);
        Self { out, style, depth: 0, sink, failed: None }
    }

    /// Empties what is written into the sink, if there is one.
    fn hand_over(&mut self) -> fmt::Result {
        let Some(sink) = &mut self.sink else { return Ok(()) };
        let written = sink.write_all(self.out.as_bytes());
        self.out.clear();
        written.map_err(|error| {
            self.failed = Some(error);
            fmt::Error
        })
    }

    /// A number with a fraction: the shortest that reads as the same, as `serde_json` finds it.
    fn fraction(&mut self, number: &impl Serialize) -> fmt::Result {
        self.out.push_str(&serde_json::to_string(number).map_err(|_| fmt::Error)?);
        Ok(())
    }

    /// A whole number by its digits: what formats of all kinds are made for takes five times as long.
    fn whole(&mut self, mut number: u64) {
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        while number > 0 || at == digits.len() {
            at -= 1;
            digits[at] += (number % 10) as u8;
            number /= 10;
        }
        self.out.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
    }

    /// A name of ours, in which nothing is escaped.
    fn name(&mut self, name: &str) {
        self.out.push('"');
        self.out.push_str(name);
        self.out.push('"');
        self.out.push_str(self.colon());
    }

    fn open(&mut self, bracket: char, close: &'static str) -> Compound<'_, 's> {
        self.out.push(bracket);
        self.depth += 1;
        Compound { writer: self, is_empty: true, close }
    }

    /// Opens `{"name":` around what follows.
    fn variant(&mut self, name: &str) {
        self.out.push('{');
        self.depth += 1;
        self.new_line();
        self.name(name);
    }

    /// Closes what [`variant`](Self::variant) opened.
    fn end_variant(&mut self) {
        self.depth -= 1;
        self.new_line();
        self.out.push('}');
    }

    fn colon(&self) -> &'static str {
        if self.style == JsonStyle::Indented { ": " } else { ":" }
    }

    fn new_line(&mut self) {
        if self.style == JsonStyle::Indented {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", self.depth));
        }
    }
}

/// A list or object that is open.
pub(super) struct Compound<'w, 's> {
    writer: &'w mut Writer<'s>,
    is_empty: bool,
    close: &'static str,
}

impl Compound<'_, '_> {
    fn begin_item(&mut self) -> fmt::Result {
        if self.writer.out.len() >= PIECE_BYTES {
            self.writer.hand_over()?;
        }
        if !self.is_empty {
            self.writer.out.push(',');
        }
        self.is_empty = false;
        self.writer.new_line();
        Ok(())
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.begin_item()?;
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> fmt::Result {
        self.begin_item()?;
        self.writer.name(name);
        value.serialize(&mut *self.writer)
    }

    fn close(&mut self) {
        self.writer.depth -= 1;
        if !self.is_empty {
            self.writer.new_line();
        }
        self.writer.out.push_str(self.close);
    }

    fn close_variant(&mut self) {
        self.close();
        self.writer.end_variant();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Serialize)]
    struct Unit;

    #[derive(Serialize)]
    struct Pair(u8, Option<i64>);

    #[derive(Serialize)]
    enum Shape {
        Unit,
        New(f32),
        Tuple(bool, char),
        Struct { a: (), b: Vec<Unit> },
    }

    #[derive(Serialize)]
    struct Inner {
        text: String,
        bytes: (i8, i64, u64, f64),
    }

    #[derive(Serialize)]
    struct Record {
        shapes: Vec<Shape>,
        #[serde(flatten)]
        inner: Inner,
        map: BTreeMap<u16, Pair>,
        empty: (Vec<u8>, BTreeMap<String, u8>),
        nothing: Option<u8>,
    }

    fn record(text: String) -> Record {
        let shapes = vec![
            Shape::Unit,
            Shape::New(0.95),
            Shape::New(f32::NAN),
            Shape::Tuple(true, '"'),
            Shape::Struct { a: (), b: vec![Unit] },
        ];
        Record {
            shapes,
            inner: Inner { text, bytes: (0, i64::MIN, u64::MAX, 1e20) },
            map: BTreeMap::from([(7, Pair(1, None)), (8, Pair(2, Some(-3)))]),
            empty: Default::default(),
            nothing: None,
        }
    }

    #[test]
    fn it_writes_what_serde_json_writes() {
        for text in ["", "a\"b\\c\n\r\t\u{8}\u{c}\u{1f}/", "“ä” – \u{a0}🎈"] {
            for before in [0, 1, 30, 31, 32, 64] {
                let record = record("x".repeat(before) + text + "y");
                let line = serde_json::to_string(&record).expect("JSON");
                assert_eq!(write(&record, JsonStyle::Line).as_ref(), Some(&line));
                let indented = serde_json::to_string_pretty(&record).expect("JSON");
                assert_eq!(write(&record, JsonStyle::Indented).as_ref(), Some(&indented));
            }
        }
    }

    #[test]
    fn pieces_are_the_whole() {
        let record = vec![
            record("x“\n".repeat(1000)),
            record("y".repeat(PIECE_BYTES)),
            record(String::new()),
        ];
        for style in [JsonStyle::Line, JsonStyle::Indented] {
            let mut pieces = Vec::new();
            write_to(&record, style, &mut pieces).expect("room");
            assert_eq!(String::from_utf8(pieces).ok(), write(&record, style));
        }
        let mut full: &mut [u8] = &mut [0; 10];
        assert!(write_to(&record, JsonStyle::Line, &mut full).is_err());
    }

    #[test]
    fn what_json_cannot_say_is_not_written() {
        assert_eq!(write(&BTreeMap::from([(vec![1], 2)]), JsonStyle::Line), None);
    }
}
