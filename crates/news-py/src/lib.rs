//! The Python module `news`: pages in, articles out as plain dictionaries.
//!
//! Everything is the JSON of `news-core`, loaded by Python's own `json`, so that the schema of the
//! article describes what comes out here too. The interpreter's lock is released while a page is read.

use news_core::article::{OffsetUnit, Readout};
use news_core::format::{FormatOptions, JsonStyle, document, to_json};
use news_core::{Content, Options, Source};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// A page as Python gives it.
#[derive(FromPyObject)]
enum Page {
    /// Decoded text.
    #[pyo3(transparent)]
    Text(String),
    /// Bytes whose encoding is found out.
    #[pyo3(transparent)]
    Bytes(Vec<u8>),
}

impl Page {
    fn content(&self) -> Content<'_> {
        match self {
            Self::Text(text) => Content::Text(text),
            Self::Bytes(bytes) => Content::Bytes(bytes),
        }
    }
}

/// Reads news pages: the article, who said what in it, and where each value came from.
#[pymodule]
mod news {
    use super::{
        Bound, FormatOptions, JsonStyle, OffsetUnit, Options, Page, PyAny, PyResult, Python,
        Readout, Source, document, loaded, pyfunction, to_json,
    };

    /// Read the article in a page: HTML or plain text, as `str` or `bytes`.
    ///
    /// Gives the article as a dictionary in the shape of `news schema`; ranges count characters of
    /// Python strings. Raises ValueError for what is empty, too large or no text.
    #[pyfunction]
    #[pyo3(signature = (page, *, url=None, charset=None, content_type=None, fetched_at=None,
        written=None, language=None, reading=true, comments=false, any_page=false, min_confidence=0.0))]
    #[expect(clippy::too_many_arguments, reason = "keywords of a Python function")]
    #[expect(clippy::needless_pass_by_value, reason = "converted from Python, so owned")]
    fn extract<'py>(
        py: Python<'py>,
        page: Page,
        url: Option<&str>,
        charset: Option<&str>,
        content_type: Option<&str>,
        fetched_at: Option<&str>,
        written: Option<&str>,
        language: Option<&str>,
        reading: bool,
        comments: bool,
        any_page: bool,
        min_confidence: f32,
    ) -> PyResult<Bound<'py, PyAny>> {
        let content = page.content();
        let today = None;
        let source =
            Source { content, url, charset, content_type, fetched_at, today, written, language };
        let options = Options { reading, comments, any_page, min_confidence, ..Options::default() };
        let json = py.detach(|| {
            let article = news_core::extract(&source, &options).map_err(|e| e.to_string())?;
            Ok(to_json(&document(&article, &FormatOptions::default()), JsonStyle::Line))
        });
        loaded(py, json)
    }

    /// Read what a text says, as it stands: quotes, people, organisations, places, times, sentences.
    ///
    /// Gives a dictionary of `texts` and `reading`; ranges count characters of Python strings.
    #[pyfunction]
    #[pyo3(signature = (text, *, written=None, language=None))]
    fn read<'py>(
        py: Python<'py>,
        text: &str,
        written: Option<&str>,
        language: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let source = Source { written, language, ..Source::text(text) };
        let json = py.detach(|| {
            let readout = news_core::read_text(&source, &Options::default());
            let readout: Readout = readout.map_err(|e| e.to_string())?;
            Ok(to_json(&readout.with_offsets(OffsetUnit::Codepoint), JsonStyle::Line))
        });
        loaded(py, json)
    }
}

/// JSON as Python's objects, or a ValueError.
fn loaded(py: Python<'_>, json: Result<String, String>) -> PyResult<Bound<'_, PyAny>> {
    let json = json.map_err(PyValueError::new_err)?;
    py.import("json")?.call_method1("loads", (json,))
}
