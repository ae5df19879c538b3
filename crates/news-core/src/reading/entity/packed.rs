//! Numbers with data, looked up in the file where they stand: nothing is unpacked or indexed first, and a
//! process reads of a model no more than the pages that a text asks for.

/// Buckets, one for each value of a number's high 16 bits: a bucket of the largest file holds five entries.
pub(super) const BUCKETS: usize = 1 << 16;

/// The bucket of a number.
pub(super) fn bucket(number: u32) -> usize {
    (number >> 16) as usize
}

/// Numbers by buckets: an index of four bytes a bucket (how many entries it has, and in three bytes where
/// it begins behind the index), then the buckets, each the low 16 bits of its numbers, sorted, and what is
/// known of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed<'f> {
    index: &'f [[u8; 4]],
    buckets: &'f [u8],
}

/// A number that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'f> {
    /// Its place among the entries of its bucket.
    pub(super) place: usize,
    /// Entries of its bucket.
    pub(super) count: usize,
    /// The file from the data of its bucket on.
    pub(super) data: &'f [u8],
}

impl<'f> Packed<'f> {
    /// The table in a file. What a broken one does not hold is not there.
    pub(super) fn new(file: &'f [u8]) -> Self {
        let (index, buckets) = file.split_at_checked(BUCKETS * 4).unwrap_or_default();
        Self { index: index.as_chunks().0, buckets }
    }

    /// The entry of a number, if it has one.
    pub(super) fn get(&self, number: u32) -> Option<Entry<'f>> {
        let bucket = u32::from_le_bytes(*self.index.get(bucket(number))?);
        let (count, start) = ((bucket & 0xff) as usize, (bucket >> 8) as usize);
        let (numbers, data) = self.buckets.get(start..)?.split_at_checked(count * 2)?;
        let own = (number as u16).to_le_bytes();
        let place = numbers.as_chunks().0.iter().position(|low| *low == own)?;
        Some(Entry { place, count, data })
    }
}

/// The file of a table for entries sorted by number. `write` writes what is known of those of a bucket.
#[cfg(feature = "training")]
pub(super) fn write<D>(entries: &[(u32, D)], write: impl Fn(&[(u32, D)], &mut Vec<u8>)) -> Vec<u8> {
    let (mut index, mut buckets) = (Vec::new(), Vec::new());
    let mut rest = entries;
    for number in 0..BUCKETS {
        let count = rest.iter().take_while(|(own, _)| bucket(*own) == number).count();
        let (own, behind) = rest.split_at(count);
        assert!(count < 1 << 8 && buckets.len() < 1 << 24, "too many entries for the index");
        index.extend(((buckets.len() << 8 | count) as u32).to_le_bytes());
        buckets.extend(own.iter().flat_map(|(own, _)| (*own as u16).to_le_bytes()));
        write(own, &mut buckets);
        rest = behind;
    }
    index.extend(buckets);
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with `entries` in the bucket 7.
    fn file(entries: &[u8], count: u8) -> Vec<u8> {
        let mut file = vec![0; BUCKETS * 4];
        file[7 * 4] = count;
        file.extend(entries);
        file
    }

    #[test]
    fn numbers_are_found_where_they_stand() {
        let file = file(&[3, 0, 0, 1, b'a', b'b'], 2);
        let packed = Packed::new(&file);
        for (low, place) in [(3, 0), (256, 1)] {
            let entry = packed.get(7 << 16 | low).expect("an entry");
            assert_eq!((entry.place, entry.count, entry.data), (place, 2, &b"ab"[..]));
        }
        for number in [0, 3, 7 << 16, 7 << 16 | 4, 8 << 16 | 3, u32::MAX] {
            assert!(packed.get(number).is_none());
        }
    }

    #[test]
    fn of_a_broken_file_nothing_is_found() {
        for file in [vec![], vec![0xff; 9], vec![0xff; BUCKETS * 4], file(&[3, 0], 9)] {
            assert!(Packed::new(&file).get(7 << 16 | 3).is_none());
        }
    }
}
