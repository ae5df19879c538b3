//! What serde calls for each kind of value.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{Compound, Writer};

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
