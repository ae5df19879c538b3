//! Where articles are written: standard output, one file, or one file each in a folder.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use news_core::Trace;
use news_core::format::{Document, JsonStyle, write_json};
use serde::Serialize;

use crate::input::{Input, without_ending};
use crate::talk;

/// Where articles are written.
#[derive(Debug)]
pub(crate) enum Output {
    /// Standard output, with colours where it can show them.
    Stdout,
    /// One file for all.
    File(AtomicFile),
    /// A file for each input.
    Folder(Folder),
}

/// Bytes handed to the system at once.
const BUFFER: usize = 1 << 16;

/// What is written of a page.
pub(crate) enum Content {
    /// A text.
    Text(String),
    /// A record, which becomes JSON as it is written.
    Json(Box<Record>, JsonStyle),
}

impl Content {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text(text) => out.write_all(text.as_bytes()),
            Self::Json(record, style) => write_json(record, *style, out),
        }
    }
}

/// One JSON record.
#[derive(Serialize)]
pub(crate) struct Record {
    /// Name of the page, where there may be several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) input: Option<String>,
    #[serde(flatten)]
    pub(crate) article: Document<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<Trace>,
}

/// A folder that mirrors the names of the inputs.
#[derive(Debug)]
pub(crate) struct Folder {
    root: PathBuf,
    extension: &'static str,
    /// Hashes of the paths written so far: no input may replace the result of another.
    written: HashSet<u64>,
}

/// Whether `-o` names a folder: it is one, or ends with a slash.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

impl Output {
    /// Opens what `-o` names, if anything.
    pub(crate) fn open(path: Option<&Path>, extension: &'static str) -> anyhow::Result<Self> {
        match path {
            None => Ok(Self::Stdout),
            Some(path) if path == Path::new("-") => Ok(Self::Stdout),
            Some(path) if is_folder(path) => {
                fs::create_dir_all(path).with_context(|| cannot_write(path))?;
                Ok(Self::Folder(Folder {
                    root: path.to_owned(),
                    extension,
                    written: HashSet::new(),
                }))
            }
            Some(path) => Ok(Self::File(AtomicFile::create(path)?)),
        }
    }

    /// Writes what was read from `input`; `between` before it where it is not alone.
    pub(crate) fn write(
        &mut self,
        input: &Input,
        between: &str,
        content: &Content,
    ) -> anyhow::Result<()> {
        match self {
            Self::Stdout => {
                let mut out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
                out.write_all(between.as_bytes())
                    .and_then(|()| content.write(&mut out))
                    .and_then(|()| out.flush())
                    .context("cannot write to standard output")
            }
            Self::File(file) => {
                file.write(between)?;
                file.write_content(content)
            }
            Self::Folder(folder) => folder.write(input, content),
        }
    }

    /// Puts the file in place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::File(file) => file.commit(),
            Self::Stdout | Self::Folder(_) => Ok(()),
        }
    }
}

impl Folder {
    fn write(&mut self, input: &Input, content: &Content) -> anyhow::Result<()> {
        let path = self.path(input.relative());
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        if !self.written.insert(hasher.finish()) {
            bail!(
                "{} and an earlier input would both be {}: read them apart",
                input.name(),
                talk::name(&path)
            );
        }
        if input.path().is_some_and(|source| is_same_file(source, &path)) {
            bail!(
                "{} would be replaced by its own result: choose another folder for -o",
                input.name()
            );
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| cannot_write(folder))?;
        }
        let mut file = AtomicFile::create(&path)?;
        file.write_content(content)?;
        file.commit()
    }

    fn path(&self, relative: &Path) -> PathBuf {
        let mut name = self.root.join(without_ending(relative)).into_os_string();
        name.push(".");
        name.push(self.extension);
        name.into()
    }
}

/// Whether both are there and the same file.
pub(crate) fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Writes text to standard output, at once. Colours are taken out where it cannot show them.
pub(crate) fn to_stdout_in_colour(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write to standard output")
}

/// Writes data to standard output, at once and as it is.
pub(crate) fn to_stdout(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot write to standard output")
}

/// Writes a whole file: all of it or nothing.
pub(crate) fn to_file(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = AtomicFile::create(path)?;
    file.write(text)?;
    file.commit()
}

/// A file that appears only when it is complete: it is written beside its place, then moved. What
/// is no regular file (a pipe, a device) is written directly.
#[derive(Debug)]
pub(crate) struct AtomicFile {
    path: PathBuf,
    /// Where it is being written; `None` for what is written directly, and once it is in place.
    beside: Option<PathBuf>,
    file: BufWriter<File>,
}

impl AtomicFile {
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        let direct = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
        let beside = (!direct).then(|| beside(path));
        let target = beside.as_deref().unwrap_or(path);
        let file =
            if direct { File::options().write(true).open(target) } else { File::create(target) };
        let file = BufWriter::new(file.with_context(|| cannot_write(path))?);
        Ok(Self { path: path.to_owned(), beside, file })
    }

    pub(crate) fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.file.write_all(text.as_bytes()).with_context(|| cannot_write(&self.path))
    }

    fn write_content(&mut self, content: &Content) -> anyhow::Result<()> {
        content.write(&mut self.file).with_context(|| cannot_write(&self.path))
    }

    pub(crate) fn commit(mut self) -> anyhow::Result<()> {
        self.file.flush().with_context(|| cannot_write(&self.path))?;
        if let Some(beside) = &self.beside {
            fs::rename(beside, &self.path).with_context(|| cannot_write(&self.path))?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            let _ = fs::remove_file(beside);
        }
    }
}

/// `out/a.json` -> `out/.news-123.tmp`: short, since `a` may be as long as a name can be.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(OsString::from(format!(".news-{}.tmp", std::process::id())))
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", talk::name(path))
}
