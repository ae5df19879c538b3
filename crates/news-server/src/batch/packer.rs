//! Packs a stream so that what was given so far can be read at the other end at once.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use news_io::coding::Coding;

/// gzip, or nothing.
#[derive(Debug)]
pub(super) struct Packer(Option<GzEncoder<Vec<u8>>>);

impl Packer {
    /// A packer; a coding other than gzip packs nothing.
    pub(super) fn new(coding: Coding) -> Self {
        let encoder = || GzEncoder::new(Vec::new(), Compression::fast());
        Self((coding == Coding::Gzip).then(encoder))
    }

    /// `bytes`, packed and flushed.
    pub(super) fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        let Some(encoder) = &mut self.0 else { return bytes.to_vec() };
        // Writing into memory does not fail.
        let _ = encoder.write_all(bytes).and_then(|()| encoder.flush());
        std::mem::take(encoder.get_mut())
    }

    /// What ends the stream.
    pub(super) fn finish(self) -> Vec<u8> {
        self.0.and_then(|encoder| encoder.finish().ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use news_io::coding::unpack;

    use super::*;

    #[test]
    fn pieces_make_one_stream() {
        for coding in [Coding::Gzip, Coding::Identity] {
            let mut packer = Packer::new(coding);
            let mut all = packer.pack(b"one\n");
            assert!(!all.is_empty());
            all.extend(packer.pack(b"two\n"));
            all.extend(packer.finish());
            assert_eq!(unpack(&all, coding, 100).as_deref(), Ok(&b"one\ntwo\n"[..]));
        }
    }
}
