//! Packs a stream so that what was given so far can be read at the other end at once.

use std::io::Write;

use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

use crate::coding::{BROTLI_QUALITY, BROTLI_WINDOW, Coding, pack};

/// Bytes that brotli takes in at once.
const BROTLI_BUFFER: usize = 1 << 14;

/// A packer of one stream.
pub struct Packer(Inner);

enum Inner {
    Identity,
    Gzip(GzEncoder<Vec<u8>>),
    Deflate(ZlibEncoder<Vec<u8>>),
    Brotli(Box<CompressorWriter<Vec<u8>>>),
    /// A frame a piece: there is no flushing inside of one.
    Zstd,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    /// A packer at the level that costs least.
    #[must_use]
    pub fn new(coding: Coding) -> Self {
        Self(match coding {
            Coding::Identity => Inner::Identity,
            Coding::Gzip => Inner::Gzip(GzEncoder::new(Vec::new(), Compression::fast())),
            Coding::Deflate => Inner::Deflate(ZlibEncoder::new(Vec::new(), Compression::fast())),
            Coding::Brotli => Inner::Brotli(Box::new(CompressorWriter::new(
                Vec::new(),
                BROTLI_BUFFER,
                BROTLI_QUALITY,
                BROTLI_WINDOW,
            ))),
            Coding::Zstd => Inner::Zstd,
        })
    }

    /// `bytes`, packed and flushed.
    pub fn pack(&mut self, bytes: &[u8]) -> Vec<u8> {
        match &mut self.0 {
            Inner::Identity => bytes.to_vec(),
            Inner::Zstd => pack(bytes, Coding::Zstd),
            Inner::Gzip(encoder) => {
                flushed(encoder, bytes);
                std::mem::take(encoder.get_mut())
            }
            Inner::Deflate(encoder) => {
                flushed(encoder, bytes);
                std::mem::take(encoder.get_mut())
            }
            Inner::Brotli(encoder) => {
                flushed(encoder, bytes);
                std::mem::take(encoder.get_mut())
            }
        }
    }

    /// What ends the stream.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            Inner::Identity | Inner::Zstd => Vec::new(),
            Inner::Gzip(encoder) => encoder.finish().unwrap_or_default(),
            Inner::Deflate(encoder) => encoder.finish().unwrap_or_default(),
            Inner::Brotli(encoder) => encoder.into_inner(),
        }
    }
}

fn flushed(encoder: &mut impl Write, bytes: &[u8]) {
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes).and_then(|()| encoder.flush());
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;
    use crate::coding::{reader, unpack};

    #[test]
    fn pieces_make_one_stream() {
        for coding in Coding::ALL {
            let mut packer = Packer::new(coding);
            let mut all = packer.pack(b"one\n");
            all.extend(packer.pack(b"two\n"));
            all.extend(packer.finish());
            assert_eq!(unpack(&all, coding, 100).as_deref(), Ok(&b"one\ntwo\n"[..]), "{coding:?}");
        }
    }

    #[test]
    fn a_piece_can_be_read_before_the_next() {
        for coding in Coding::ALL {
            let mut packer = Packer::new(coding);
            let packed = packer.pack(b"one\n");
            let mut piece = [0; 4];
            let read = reader(coding, BufReader::new(packed.as_slice())).read_exact(&mut piece);
            assert!(read.is_ok(), "{coding:?}: {read:?}");
            assert_eq!(&piece, b"one\n", "{coding:?}");
        }
    }
}
