//! Content codings of HTTP: packing, and unpacking that stops at a limit.

use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};

use flate2::Compression;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Largest window of a zstd frame, in bytes: RFC 9659 allows no more over HTTP.
const ZSTD_WINDOW: u64 = 8 << 20;

/// Level of gzip, 1 to 9: twice as fast as the usual 6, a few per cent larger.
const GZIP_LEVEL: u32 = 4;

/// Quality of brotli, 0 to 11: what a server can afford for every answer.
pub(crate) const BROTLI_QUALITY: u32 = 4;

/// Binary logarithm of brotli's window in bytes.
pub(crate) const BROTLI_WINDOW: u32 = 20;

/// How a body is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Not at all.
    #[default]
    Identity,
    /// gzip (RFC 1952), several members after each other allowed.
    Gzip,
    /// zlib (RFC 1950), or bare deflate, which some send under the same name.
    Deflate,
    /// Brotli (RFC 7932).
    Brotli,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// Why a body could not be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It unpacks to more than the limit.
    #[error("the body unpacks to more than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// It is cut short, damaged, or packed in another way.
    #[error("the body is not whole {coding} data", coding = .0.name())]
    Broken(Coding),
}

/// A content coding that is not known, or several after each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the content coding is not one of gzip, deflate, br, zstd")]
pub struct UnknownCoding;

impl Coding {
    /// Every coding, best first.
    pub const ALL: [Self; 5] =
        [Self::Brotli, Self::Zstd, Self::Gzip, Self::Deflate, Self::Identity];

    /// Its name in headers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// Reads a `Content-Encoding`. No header, or an empty one, is no coding.
    ///
    /// # Errors
    /// For names that are not known, and for several codings.
    pub fn of_header(value: Option<&str>) -> Result<Self, UnknownCoding> {
        let name = value.unwrap_or_default().trim();
        if name.is_empty() {
            return Ok(Self::Identity);
        }
        let is = |coding: &Self| {
            name.eq_ignore_ascii_case(coding.name())
                || (*coding == Self::Gzip && name.eq_ignore_ascii_case("x-gzip"))
        };
        Self::ALL.into_iter().find(is).ok_or(UnknownCoding)
    }
}

/// The unpacked bytes, at most `limit` of them.
///
/// # Errors
/// When there are more, or the bytes are not what `coding` says.
pub fn unpack(bytes: &[u8], coding: Coding, limit: usize) -> Result<Cow<'_, [u8]>, UnpackError> {
    if coding == Coding::Identity {
        let fits = bytes.len() <= limit;
        return fits.then_some(Cow::Borrowed(bytes)).ok_or(UnpackError::TooLarge { limit });
    }
    // All of it at once: growing by doubling would hold three times as much for a moment. Memory that
    // is not written to costs nothing.
    let mut out = Vec::with_capacity(limit + 1);
    let mut reader = reader(coding, bytes).take(limit as u64 + 1);
    reader.read_to_end(&mut out).map_err(|_| UnpackError::Broken(coding))?;
    if out.len() > limit { Err(UnpackError::TooLarge { limit }) } else { Ok(Cow::Owned(out)) }
}

/// A reader of the unpacked bytes of `packed`. It ends with an error where the data are cut short
/// or damaged.
pub fn reader<'a>(coding: Coding, packed: impl BufRead + Send + 'a) -> Box<dyn Read + Send + 'a> {
    match coding {
        Coding::Identity => Box::new(packed),
        Coding::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
        Coding::Deflate => Box::new(Deflate::Unknown(packed)),
        Coding::Brotli => Box::new(brotli::Decompressor::new(packed, 1 << 16)),
        Coding::Zstd => Box::new(Frames::Between(packed)),
    }
}

/// `bytes` packed.
#[must_use]
pub fn pack(bytes: &[u8], coding: Coding) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4);
    let level = Compression::new(GZIP_LEVEL);
    // Writing into memory does not fail.
    let _ = match coding {
        Coding::Identity => out.write_all(bytes),
        Coding::Gzip => flate2::write::GzEncoder::new(&mut out, level).write_all(bytes),
        Coding::Deflate => flate2::write::ZlibEncoder::new(&mut out, level).write_all(bytes),
        Coding::Brotli => {
            brotli::CompressorWriter::new(&mut out, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW)
                .write_all(bytes)
        }
        Coding::Zstd => {
            out = compress_to_vec(bytes, CompressionLevel::Fastest);
            Ok(())
        }
    };
    out
}

/// zlib or bare deflate, told apart by the first two bytes.
enum Deflate<R> {
    Unknown(R),
    Zlib(flate2::bufread::ZlibDecoder<R>),
    Bare(flate2::bufread::DeflateDecoder<R>),
    Done,
}

impl<R: BufRead> Read for Deflate<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if let Self::Unknown(_) = self
            && let Self::Unknown(mut packed) = std::mem::replace(self, Self::Done)
        {
            let is_zlib = packed.fill_buf()?.first().is_some_and(|byte| byte & 0x0f == 8);
            *self = if is_zlib {
                Self::Zlib(flate2::bufread::ZlibDecoder::new(packed))
            } else {
                Self::Bare(flate2::bufread::DeflateDecoder::new(packed))
            };
        }
        match self {
            Self::Zlib(reader) => reader.read(buf),
            Self::Bare(reader) => reader.read(buf),
            Self::Unknown(_) | Self::Done => Ok(0),
        }
    }
}

/// zstd frames after each other.
enum Frames<R: BufRead> {
    Between(R),
    Inside(Box<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
    Done,
}

impl<R: BufRead> Frames<R> {
    /// Opens the next frame, if there is one.
    fn open(mut packed: R, first: bool) -> io::Result<Self> {
        if !first && packed.fill_buf()?.is_empty() {
            return Ok(Self::Done);
        }
        let frame = StreamingDecoder::new_with_max_window_size(packed, ZSTD_WINDOW);
        frame.map(|frame| Self::Inside(Box::new(frame))).map_err(io::Error::other)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            match self {
                Self::Done => return Ok(0),
                Self::Between(_) => {}
                Self::Inside(frame) => match frame.read(buf)? {
                    0 if !buf.is_empty() => {}
                    n => return Ok(n),
                },
            }
            *self = match std::mem::replace(self, Self::Done) {
                Self::Between(packed) => Self::open(packed, true)?,
                Self::Inside(frame) => {
                    let (packed, decoder) = frame.into_parts();
                    let stated = decoder.get_checksum_from_data();
                    if stated.is_some() && stated != decoder.get_calculated_checksum() {
                        return Err(io::Error::other("checksum"));
                    }
                    Self::open(packed, false)?
                }
                Self::Done => Self::Done,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story() -> Vec<u8> {
        "The ferry sailed again on Tuesday. ".repeat(4000).into_bytes()
    }

    #[test]
    fn what_is_packed_unpacks_up_to_the_limit() {
        let story = story();
        for coding in Coding::ALL {
            let packed = pack(&story, coding);
            assert_eq!(unpack(&packed, coding, story.len()).as_deref(), Ok(&*story), "{coding:?}");
            let limit = story.len() - 1;
            assert_eq!(unpack(&packed, coding, limit), Err(UnpackError::TooLarge { limit }));
            if coding != Coding::Identity {
                assert!(packed.len() < story.len() / 10, "{coding:?} {}", packed.len());
            }
        }
    }

    #[test]
    fn cut_or_foreign_bytes_are_broken() {
        let story = story();
        for coding in Coding::ALL.into_iter().filter(|coding| *coding != Coding::Identity) {
            let packed = pack(&story, coding);
            let broken = Err(UnpackError::Broken(coding));
            assert_eq!(unpack(&packed[..packed.len() - 9], coding, 1 << 20), broken, "{coding:?}");
            assert_eq!(unpack(b"<html><p>plain", coding, 1 << 20), broken, "{coding:?}");
            assert_eq!(unpack(b"", coding, 1 << 20), broken, "{coding:?}");
        }
    }

    #[test]
    fn bare_deflate_goes_as_deflate() {
        let mut bare = Vec::new();
        let mut writer = flate2::write::DeflateEncoder::new(&mut bare, Compression::fast());
        writer.write_all(b"a story").expect("written");
        writer.finish().expect("written");
        assert_eq!(unpack(&bare, Coding::Deflate, 100).as_deref(), Ok(&b"a story"[..]));
    }

    #[test]
    fn frames_and_members_follow_each_other() {
        for coding in [Coding::Gzip, Coding::Zstd] {
            let two = [pack(b"one ", coding), pack(b"two", coding)].concat();
            assert_eq!(unpack(&two, coding, 100).as_deref(), Ok(&b"one two"[..]), "{coding:?}");
        }
    }

    #[test]
    fn headers_name_one_coding() {
        for (header, coding) in [
            (None, Ok(Coding::Identity)),
            (Some(""), Ok(Coding::Identity)),
            (Some(" X-GZIP "), Ok(Coding::Gzip)),
            (Some("br"), Ok(Coding::Brotli)),
            (Some("gzip, gzip"), Err(UnknownCoding)),
            (Some("compress"), Err(UnknownCoding)),
        ] {
            assert_eq!(Coding::of_header(header), coding, "{header:?}");
        }
    }
}
