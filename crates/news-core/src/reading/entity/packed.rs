//! Numbers with data, looked up in the file where they stand: nothing is unpacked, so that a program that
//! reads one short text does not first build a table of hundreds of thousands of entries.

use std::borrow::Cow;
use std::marker::PhantomData;

/// High bits of a number that choose its bucket: a bucket of the largest file holds about one entry.
const BUCKET_BITS: u32 = 18;

/// How long the data of a number is.
pub(super) trait Data {
    /// Bytes of the data at the start of a slice; `None` where it is cut off.
    fn length(bytes: &[u8]) -> Option<usize>;
}

/// Sorted numbers, each as the varint step from the one before, with its data behind it.
#[derive(Debug)]
pub(super) struct Packed<'f, D> {
    body: Cow<'f, [u8]>,
    /// For each bucket, where its first entry stands and the number before that.
    buckets: Vec<(u32, u32)>,
    data: PhantomData<D>,
}

impl<'f, D: Data> Packed<'f, D> {
    /// Looks once at every entry and tells its number. What follows a broken one is not there.
    pub(super) fn new(body: Cow<'f, [u8]>, mut each: impl FnMut(u32)) -> Self {
        let mut buckets = Vec::with_capacity(1 << BUCKET_BITS);
        let mut last = Entry { number: 0, data: 0, next: 0 };
        while let Some(entry) = Self::entry(&body, &last) {
            let open = bucket(entry.number) + 1;
            if open > buckets.len() {
                buckets.resize(open, (last.next as u32, last.number));
            }
            each(entry.number);
            last = entry;
        }
        buckets.resize(1 << BUCKET_BITS, (last.next as u32, last.number));
        Self { body, buckets, data: PhantomData }
    }

    /// The bytes from the data of a number on.
    pub(super) fn get(&self, number: u32) -> Option<&[u8]> {
        let (next, mut last) = *self.buckets.get(bucket(number))?;
        let mut rest = self.body.get(next as usize..)?;
        loop {
            let (step, at) = varint(rest, 0)?;
            last = last.checked_add(step)?;
            let data = rest.get(at..)?;
            if last >= number {
                return (last == number).then_some(data);
            }
            rest = data.get(D::length(data)?..)?;
        }
    }

    /// Every number, with the bytes from its data on.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, &[u8])> {
        let mut last = Entry { number: 0, data: 0, next: 0 };
        std::iter::from_fn(move || {
            last = Self::entry(&self.body, &last)?;
            Some((last.number, self.body.get(last.data..)?))
        })
    }

    fn entry(body: &[u8], last: &Entry) -> Option<Entry> {
        let (step, data) = varint(body, last.next)?;
        let length = D::length(body.get(data..)?)?;
        let number = last.number.checked_add(step)?;
        Some(Entry { number, data, next: data + length })
    }
}

/// An entry: where its data stands, and the next entry.
struct Entry {
    number: u32,
    data: usize,
    next: usize,
}

fn bucket(number: u32) -> usize {
    (number >> (u32::BITS - BUCKET_BITS)) as usize
}

/// The number at `at`, seven bits a byte, the lowest first, where the high bit says that more follow; and
/// where it ends.
fn varint(bytes: &[u8], mut at: usize) -> Option<(u32, usize)> {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = *bytes.get(at)?;
        at += 1;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((value, at));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct OneByte;

    impl Data for OneByte {
        fn length(bytes: &[u8]) -> Option<usize> {
            (!bytes.is_empty()).then_some(1)
        }
    }

    fn packed(body: &[u8]) -> (Packed<'_, OneByte>, Vec<u32>) {
        let mut numbers = Vec::new();
        (Packed::new(Cow::Borrowed(body), |number| numbers.push(number)), numbers)
    }

    #[test]
    fn numbers_are_found_where_they_stand() {
        let body = [3, b'a', 0x80, 0x80, 0x80, 0x80, 0x08, b'b', 1, b'c'];
        let (packed, numbers) = packed(&body);
        let (b, c) = (3 + (8 << 28), 4 + (8 << 28));
        assert_eq!(numbers, [3, b, c]);
        for (number, data) in [(3, b'a'), (b, b'b'), (c, b'c')] {
            assert_eq!(packed.get(number).and_then(<[u8]>::first), Some(&data));
        }
        for number in [0, 2, 4, b - 1, c + 1, u32::MAX] {
            assert_eq!(packed.get(number), None);
        }
    }

    #[test]
    fn a_broken_file_ends_early() {
        for body in [&[][..], &[3], &[0x80], &[0xff; 9], &[3, b'a', 0x80]] {
            let (packed, numbers) = packed(body);
            assert!(numbers.len() <= 1);
            assert_eq!(packed.get(u32::MAX), None);
        }
    }
}
