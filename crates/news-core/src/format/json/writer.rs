//! Writes JSON: the strings by runs of bytes, where most libraries look at one byte after another.

use std::fmt::{self, Write as _};
use std::io;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::super::clean::is_bidi_control;
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

    fn string(&mut self, text: &str) {
        self.out.push('"');
        let bytes = text.as_bytes();
        let (mut done, mut at) = (0, 0);
        while at < bytes.len() {
            let run = bytes.get(at..).and_then(|rest| rest.first_chunk());
            if run.is_some_and(is_plain_run) {
                at += RUN;
                continue;
            }
            let end = bytes.len().min(at + RUN);
            while at < end {
                let Some(c) = escaped(text, at) else {
                    at += 1;
                    continue;
                };
                self.out.push_str(text.get(done..at).unwrap_or_default());
                self.escape(c);
                at += c.len_utf8();
                done = at;
            }
        }
        self.out.push_str(text.get(done..).unwrap_or_default());
        self.out.push('"');
    }

    fn escape(&mut self, c: char) {
        match c {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\u{8}' => self.out.push_str("\\b"),
            '\t' => self.out.push_str("\\t"),
            '\n' => self.out.push_str("\\n"),
            '\u{c}' => self.out.push_str("\\f"),
            '\r' => self.out.push_str("\\r"),
            _ => _ = write!(self.out, "\\u{:04x}", c as u32),
        }
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

/// Bytes that are looked at together.
const RUN: usize = 32;

/// Whether nothing in a run of bytes may need an escape. Without jumps, so that the compiler makes vectors
/// of it.
fn is_plain_run(run: &[u8; RUN]) -> bool {
    let mut odd = 0;
    for byte in run {
        odd |= u8::from(*byte < b' ');
        for first in FIRST {
            odd |= u8::from(*byte == first);
        }
    }
    odd == 0
}

/// The bytes from a space on with which characters begin that are escaped.
const FIRST: [u8; 5] = [b'"', b'\\', 0x7f, 0xc2, 0xe2];

/// Whether a character that is escaped may begin with a byte, by byte.
const MAY_BE_ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < b' ' as usize {
        table[byte] = true;
        byte += 1;
    }
    let mut at = 0;
    while at < FIRST.len() {
        table[FIRST[at] as usize] = true;
        at += 1;
    }
    table
};

/// The character at a byte, where one begins there that is to be escaped.
fn escaped(text: &str, at: usize) -> Option<char> {
    let byte = text.as_bytes().get(at).filter(|byte| MAY_BE_ESCAPED[usize::from(**byte)]);
    byte.and_then(|_| text.get(at..)?.chars().next()).filter(|c| needs_escape(*c))
}

/// What JSON escapes, and what acts on a terminal: DEL, C1 and bidirectional controls.
fn needs_escape(c: char) -> bool {
    c < ' '
        || matches!(c, '"' | '\\' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}')
        || is_bidi_control(c)
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

/// Whole numbers, whatever their width.
macro_rules! whole {
    ($($signed:ident: $i:ty, $unsigned:ident: $u:ty);+) => {$(
        fn $signed(self, number: $i) -> fmt::Result {
            self.out.push_str(if number < 0 { "-" } else { "" });
            self.whole(number.unsigned_abs().into());
            Ok(())
        }

        fn $unsigned(self, number: $u) -> fmt::Result {
            self.whole(number.into());
            Ok(())
        }
    )+};
}

impl<'w, 's> Serializer for &'w mut Writer<'s> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Compound<'w, 's>;
    type SerializeTuple = Compound<'w, 's>;
    type SerializeTupleStruct = Compound<'w, 's>;
    type SerializeTupleVariant = Compound<'w, 's>;
    type SerializeMap = Compound<'w, 's>;
    type SerializeStruct = Compound<'w, 's>;
    type SerializeStructVariant = Compound<'w, 's>;

    whole!(
        serialize_i8: i8, serialize_u8: u8;
        serialize_i16: i16, serialize_u16: u16;
        serialize_i32: i32, serialize_u32: u32;
        serialize_i64: i64, serialize_u64: u64
    );

    fn serialize_f32(self, number: f32) -> fmt::Result {
        self.fraction(&number)
    }

    fn serialize_f64(self, number: f64) -> fmt::Result {
        self.fraction(&number)
    }

    fn serialize_bool(self, flag: bool) -> fmt::Result {
        self.out.push_str(if flag { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, c: char) -> fmt::Result {
        self.string(c.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> fmt::Result {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> fmt::Result {
        self.collect_seq(bytes)
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> fmt::Result {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.variant(name);
        value.serialize(&mut *self)?;
        self.end_variant();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w, 's>, fmt::Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'w, 's>, fmt::Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 's>, fmt::Error> {
        Ok(self.open('[', "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 's>, fmt::Error> {
        self.variant(name);
        Ok(self.open('[', "]"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w, 's>, fmt::Error> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'w, 's>, fmt::Error> {
        Ok(self.open('{', "}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'w, 's>, fmt::Error> {
        self.variant(name);
        Ok(self.open('{', "}"))
    }
}

/// What holds values or fields, whatever Rust calls it: how one is added, and how it ends.
macro_rules! compounds {
    ($($kind:ident: $method:ident($($name:ident: $of:ty)?) by $add:ident, $close:ident;)+) => {$(
        impl $kind for Compound<'_, '_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $($name: $of,)? value: &T) -> fmt::Result {
                self.$add($($name,)? value)
            }

            fn end(mut self) -> fmt::Result {
                self.$close();
                Ok(())
            }
        }
    )+};
}

compounds! {
    SerializeSeq: serialize_element() by item, close;
    SerializeTuple: serialize_element() by item, close;
    SerializeTupleStruct: serialize_field() by item, close;
    SerializeTupleVariant: serialize_field() by item, close_variant;
    SerializeStruct: serialize_field(name: &'static str) by field, close;
    SerializeStructVariant: serialize_field(name: &'static str) by field, close_variant;
}

impl SerializeMap for Compound<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        self.begin_item()?;
        let start = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        // Numbers become strings; other keys there are none.
        match self.writer.out.as_bytes().get(start) {
            Some(b'"') => {}
            Some(b'{' | b'[' | b'n') | None => return Err(fmt::Error),
            Some(_) => {
                self.writer.out.insert(start, '"');
                self.writer.out.push('"');
            }
        }
        self.writer.out.push_str(self.writer.colon());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        value.serialize(&mut *self.writer)
    }

    fn end(mut self) -> fmt::Result {
        self.close();
        Ok(())
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
    fn what_acts_on_a_terminal_is_escaped() {
        let escaped: Vec<char> = ('\u{7f}'..=char::MAX).filter(|c| needs_escape(*c)).collect();
        assert_eq!(escaped.len(), 33 + 2 + 9);
        for c in escaped {
            let code = format!("\\u{:04x}", c as u32);
            let written = write(&format!("é“{c}”\u{a0}{c}x"), JsonStyle::Line);
            assert_eq!(written, Some(format!("\"é“{code}”\u{a0}{code}x\"")));
        }
    }

    #[test]
    fn what_json_cannot_say_is_not_written() {
        assert_eq!(write(&BTreeMap::from([(vec![1], 2)]), JsonStyle::Line), None);
    }
}
