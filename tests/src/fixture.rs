//! The pages under `fixtures/pages`.

use std::fs;
use std::path::{Path, PathBuf};

use news_core::Source;

/// The workspace's folder.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Where the fixture pages are.
pub fn pages_folder() -> PathBuf {
    root().join("fixtures/pages")
}

/// A composed page, and what its first line says about how to read it.
///
/// The first line may be a comment of `key: value` pairs parted by ` | `:
/// `<!-- url: https://… | charset: gbk -->`. Keys are the fields of [`Source`].
#[derive(Debug, Clone, Default)]
pub struct Fixture {
    /// File name without `.html`.
    pub slug: String,
    /// The page.
    pub bytes: Vec<u8>,
    url: Option<String>,
    charset: Option<String>,
    content_type: Option<String>,
    fetched_at: Option<String>,
    language: Option<String>,
}

impl Fixture {
    /// Reads a page.
    ///
    /// # Panics
    /// If it cannot be read, or its first line has a key that is none.
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let slug = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let first_line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
        let first_line = String::from_utf8_lossy(first_line).trim().to_owned();
        let comment = first_line.strip_prefix("<!-- ").and_then(|l| l.strip_suffix(" -->"));
        let mut fixture = Self { slug, bytes, ..Self::default() };
        for pair in comment.into_iter().flat_map(|comment| comment.split(" | ")) {
            fixture.set(pair);
        }
        fixture
    }

    fn set(&mut self, pair: &str) {
        let (key, value) = pair.split_once(": ").unwrap_or((pair, ""));
        let slot = match key {
            "url" => &mut self.url,
            "charset" => &mut self.charset,
            "content_type" => &mut self.content_type,
            "fetched_at" => &mut self.fetched_at,
            "language" => &mut self.language,
            _ => panic!("{}: no such option in the first line: {pair}", self.slug),
        };
        *slot = Some(value.to_owned());
    }

    /// All pages, by slug.
    ///
    /// # Panics
    /// If one cannot be read.
    pub fn all() -> Vec<Self> {
        let folder = pages_folder();
        let entries = fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "html"));
        let mut all: Vec<Self> = paths.iter().map(|path| Self::read(path)).collect();
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        all
    }

    /// The page as the engine takes it.
    pub fn source(&self) -> Source<'_> {
        self.source_of(&self.bytes)
    }

    /// Other bytes, with all else that is known about this page.
    pub fn source_of<'a>(&'a self, bytes: &'a [u8]) -> Source<'a> {
        Source {
            url: self.url.as_deref(),
            charset: self.charset.as_deref(),
            content_type: self.content_type.as_deref(),
            fetched_at: self.fetched_at.as_deref(),
            language: self.language.as_deref(),
            ..Source::bytes(bytes)
        }
    }
}
