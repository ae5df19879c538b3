//! Which pages the command line names, and their bytes.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use news_core::format::without_controls;

use news_io::coding::unpack as unpack_body;
use news_io::fetch::{FetchError, FetchOptions, Outcome, Page, Wanted, fetch_blocking};

use crate::talk;

/// Endings of the files that are read from folders, each also with `.gz`.
const PAGE_ENDINGS: [&str; 6] = ["html", "htm", "xhtml", "xht", "shtml", "txt"];

/// A page to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A page on the web.
    Address(String),
    /// A file.
    File {
        /// Where it is.
        path: PathBuf,
        /// Its place under the folder that was named; its file name where a file was.
        relative: PathBuf,
    },
}

impl Input {
    /// The page that an argument names, if it is no folder.
    pub(crate) fn of(arg: &Path) -> Self {
        if arg == Path::new("-") {
            return Self::Stdin;
        }
        if let Some(address) = arg.to_str().filter(|arg| is_address(arg)) {
            return Self::Address(address.to_owned());
        }
        let relative = arg.file_name().unwrap_or(arg.as_os_str()).into();
        Self::File { path: arg.to_owned(), relative }
    }

    /// Its name for people.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::Address(address) => without_controls(&public(address)).into_owned(),
            Self::File { path, .. } => talk::name(path),
        }
    }

    /// Its name in data: the path, `-` for standard input. Bytes that are no Unicode are replaced.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Address(address) => public(address),
            Self::File { path, .. } => path.to_string_lossy().into_owned(),
        }
    }

    /// Where its output goes under a folder, still with its own ending.
    pub(crate) fn relative(&self) -> &Path {
        match self {
            Self::Stdin => Path::new("stdin"),
            Self::Address(_) => Path::new("page"),
            Self::File { relative, .. } => relative,
        }
    }

    /// The file, unless it is standard input.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdin | Self::Address(_) => None,
            Self::File { path, .. } => Some(path),
        }
    }

    /// Its bytes, unpacked; at most `limit` of them, packed or not.
    pub(crate) fn read(&self, limit: usize, fetch: &FetchOptions) -> Result<Loaded, String> {
        let bytes = match self {
            Self::Address(address) => return load(address, limit, fetch),
            Self::Stdin => read_at_most(io::stdin().lock(), 0, limit),
            Self::File { path, .. } => open(path).and_then(|file| {
                let length = file.metadata()?.len() as usize;
                read_at_most(file, length, limit)
            }),
        };
        let bytes = bytes.map_err(|error| self.explain(&error))?;
        let bytes = bytes.ok_or_else(|| format!("is larger than the limit of {}", size(limit)))?;
        let packed = bytes.starts_with(b"\x1f\x8b");
        let bytes = if packed { unpack(&bytes, limit)? } else { bytes };
        Ok(Loaded { bytes, page: None, today: today() })
    }

    fn explain(&self, error: &io::Error) -> String {
        let address = self.path().and_then(Path::to_str).is_some_and(|path| path.contains("://"));
        match error.kind() {
            _ if address => "is an address, but not of http or https".to_owned(),
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            _ => format!("cannot be read: {error}"),
        }
    }
}

/// The bytes of an input, and what came with them.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) bytes: Vec<u8>,
    /// The page as it was fetched, its own bytes taken out.
    pub(crate) page: Option<Page>,
    /// The day on which they were read.
    pub(crate) today: String,
}

fn today() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%d").to_string()
}

fn is_address(arg: &str) -> bool {
    let scheme = arg.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| scheme == "http" || scheme == "https")
}

/// The address without the name and password before its host: messages and records are read by others.
fn public(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host_end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    match rest.get(..host_end).and_then(|authority| authority.rfind('@')) {
        Some(at) => format!("{scheme}://{}", rest.get(at + 1..).unwrap_or_default()),
        None => address.to_owned(),
    }
}

/// Fetches a page.
fn load(address: &str, limit: usize, fetch: &FetchOptions) -> Result<Loaded, String> {
    let options = FetchOptions { bytes: limit, ..fetch.clone() };
    let wanted = Wanted { url: address, ..Wanted::default() };
    match fetch_blocking(options, wanted) {
        Err(FetchError::Refused) => {
            Err("is not known, or not public (--allow-private fetches it all the same)".to_owned())
        }
        Err(error) => Err(error.to_string()),
        Ok(Outcome::NotModified) => Err("the site sent no page".to_owned()),
        Ok(Outcome::Page(mut page)) => {
            let packed = std::mem::take(&mut page.bytes);
            let bytes = unpack_body(&packed, page.coding, limit).map_err(|e| e.to_string())?;
            Ok(Loaded { bytes: bytes.into_owned(), page: Some(*page), today: today() })
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(file)
}

/// Room for the read that finds the end of a file.
const END: usize = 64;

/// All bytes, or `None` where there are more than `limit`. They are `expected` to be so many: growing step by
/// step would hold them twice.
fn read_at_most(reader: impl Read, expected: usize, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::with_capacity(expected.min(limit) + END);
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= limit).then_some(bytes))
}

fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    match read_at_most(MultiGzDecoder::new(packed), packed.len(), limit) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(format!("unpacks to more than the limit of {}", size(limit))),
        Err(error) => Err(format!("is no whole gzip file: {error}")),
    }
}

fn size(bytes: usize) -> String {
    format!("{} MiB", bytes >> 20)
}

/// What a walk over the arguments meets.
#[derive(Debug)]
pub(crate) enum Found {
    /// A page.
    Page(Input),
    /// Something that was passed over, and why.
    Skipped(PathBuf, &'static str),
    /// Something that was asked for and is not there or cannot be listed.
    Missing(PathBuf, String),
}

/// Walks over the arguments, folders recursively and in sorted order. Only the names of the folders
/// being walked are held.
#[derive(Debug)]
pub(crate) struct Walk {
    args: std::vec::IntoIter<PathBuf>,
    /// The folder that was named: its path, and where it really is.
    root: (PathBuf, PathBuf),
    /// Entries left in each open folder, last first.
    open: Vec<Vec<PathBuf>>,
    /// Pages met since the last argument.
    pages: usize,
}

impl Walk {
    pub(crate) fn new(args: Vec<PathBuf>) -> Self {
        let args = args.into_iter();
        Self { args, root: Default::default(), open: Vec::new(), pages: 0 }
    }

    fn argument(&mut self, arg: PathBuf) -> Option<Found> {
        if !arg.is_dir() {
            return Some(Found::Page(Input::of(&arg)));
        }
        self.root = (arg.clone(), fs::canonicalize(&arg).unwrap_or_else(|_| arg.clone()));
        self.pages = 0;
        self.enter(arg)
    }

    /// Opens a folder; tells only what went wrong.
    fn enter(&mut self, folder: PathBuf) -> Option<Found> {
        let entries = fs::read_dir(&folder).and_then(|entries| {
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
        });
        match entries {
            Ok(mut entries) => {
                entries.sort_unstable_by(|a, b| b.cmp(a));
                self.open.push(entries);
                None
            }
            Err(error) => Some(Found::Missing(folder, format!("cannot be listed: {error}"))),
        }
    }

    fn entry(&mut self, path: PathBuf) -> Option<Found> {
        let kind = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => return Some(Found::Missing(path, format!("cannot be read: {error}"))),
        };
        if kind.is_dir() {
            return self.enter(path);
        }
        if !is_page(&path) {
            return None;
        }
        if let Some(why) = self.objection(&path, kind) {
            return Some(Found::Skipped(path, why));
        }
        self.pages += 1;
        let relative = path.strip_prefix(&self.root.0).unwrap_or(&path).to_owned();
        Some(Found::Page(Input::File { path, relative }))
    }

    /// Why an entry is not read.
    fn objection(&self, path: &Path, kind: FileType) -> Option<&'static str> {
        if kind.is_file() {
            return None;
        }
        if !kind.is_symlink() {
            return Some("not a regular file");
        }
        match fs::canonicalize(path) {
            Err(_) => Some("a link that leads nowhere"),
            Ok(target) if !target.starts_with(&self.root.1) => Some("a link out of the folder"),
            Ok(target) if !target.is_file() => Some("a link to something that is no regular file"),
            Ok(_) => None,
        }
    }

    /// The next entry of the innermost open folder, if any.
    fn step(&mut self) -> Option<Found> {
        let path = self.open.last_mut().and_then(Vec::pop);
        if let Some(path) = path {
            return self.entry(path);
        }
        self.open.pop();
        if self.open.is_empty() { self.leave() } else { None }
    }

    /// The folder that was named is done.
    fn leave(&self) -> Option<Found> {
        let nothing = "holds no pages (*.html, *.htm, *.xhtml, *.txt, each also .gz)";
        (self.pages == 0).then(|| Found::Missing(self.root.0.clone(), nothing.to_owned()))
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = if self.open.is_empty() {
                let arg = self.args.next()?;
                self.argument(arg)
            } else {
                self.step()
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Whether the name is that of a page.
fn is_page(path: &Path) -> bool {
    let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let inner = match ending(path) {
        Some(packed) if packed == "gz" => ending(&path.with_extension("")),
        plain => plain,
    };
    inner.is_some_and(|inner| PAGE_ENDINGS.contains(&inner.as_str()))
}

/// The name without `.gz` and without the ending of a page.
pub(crate) fn without_ending(path: &Path) -> PathBuf {
    let bare = match path.extension() {
        Some(packed) if packed.eq_ignore_ascii_case("gz") => path.with_extension(""),
        _ => path.to_owned(),
    };
    if is_page(&bare) { bare.with_extension("") } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        for (name, bare) in [
            ("a.html", "a"),
            ("b/a.HTM.gz", "b/a"),
            ("a.b.txt", "a.b"),
            ("a.pdf", "a.pdf"),
            ("stdin", "stdin"),
        ] {
            assert_eq!(without_ending(Path::new(name)), Path::new(bare));
        }
        assert!(
            is_page(Path::new("x/y.xhtml.gz"))
                && !is_page(Path::new("y.gz"))
                && !is_page(Path::new("html"))
        );
    }

    #[test]
    fn passwords_are_kept() {
        for (address, shown) in [
            ("http://a:b@c.example/d", "http://c.example/d"),
            ("https://a:p@ss@c.example", "https://c.example"),
            ("https://c.example/@a", "https://c.example/@a"),
        ] {
            assert_eq!(Input::Address(address.to_owned()).name(), shown);
            assert_eq!(Input::Address(address.to_owned()).label(), shown);
        }
    }

    #[test]
    fn unpacking_is_bounded() {
        use std::io::Write;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&[b'a'; 5000]).expect("packed");
        let packed = packer.finish().expect("packed");
        assert_eq!(unpack(&packed, 5000).map(|b| b.len()), Ok(5000));
        assert!(unpack(&packed, 4999).is_err_and(|e| e.contains("more than the limit")));
        assert!(unpack(&packed[..20], 5000).is_err_and(|e| e.contains("no whole gzip")));
    }
}
