//! What the caller hands in: the source, the options, the limits.

/// The bytes or text to read, and what the caller knows about them.
#[derive(Debug, Clone, Default)]
pub struct Source<'a> {
    /// The page itself.
    pub content: Content<'a>,
    /// Where the page was fetched from: the base of relative links and a source of dates. No
    /// request is ever made to it.
    pub url: Option<&'a str>,
    /// Encoding label from the transport (`charset` of the `Content-Type` header), any WHATWG
    /// label. Ignored for text, and where the bytes plainly contradict it.
    pub charset: Option<&'a str>,
    /// Media type from the transport, with or without parameters. `None`: looked at.
    pub content_type: Option<&'a str>,
    /// When the page was fetched, ISO 8601. Dates of publication after it are not believed; relative
    /// dates resolve against it. The core reads no clock.
    pub fetched_at: Option<&'a str>,
    /// The day on which the page is read, ISO 8601, where nothing tells when it was fetched. All it
    /// does is to strike dates of publication that lie after it.
    pub today: Option<&'a str>,
    /// When the story was written, ISO 8601, as far as the caller knows. Times said in the text
    /// count from it where neither dateline nor publication date tells.
    pub written: Option<&'a str>,
    /// Language the caller expects, BCP 47. Used where the page states none and its prose is too
    /// short to tell.
    pub language: Option<&'a str>,
}

/// Undecoded bytes, or text that needs no decoding.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Raw bytes: the encoding is found out.
    Bytes(&'a [u8]),
    /// Decoded text.
    Text(&'a str),
}

impl Default for Content<'_> {
    fn default() -> Self {
        Self::Bytes(&[])
    }
}

impl Content<'_> {
    /// Size in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.as_bytes().len()
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

impl<'a> Source<'a> {
    /// Bytes with nothing else known.
    #[must_use]
    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self { content: Content::Bytes(bytes), ..Self::default() }
    }

    /// Text with nothing else known.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        Self { content: Content::Text(text), ..Self::default() }
    }

    /// The same source, fetched from `url`.
    #[must_use]
    pub fn with_url(self, url: &'a str) -> Self {
        Self { url: Some(url), ..self }
    }
}

/// What the caller wants.
#[derive(Debug, Clone)]
pub struct Options {
    /// Read what the story says: sentences, times, entities, quotes. Default `true`; costs time in
    /// proportion to the story's text.
    pub reading: bool,
    /// Read the readers' comments apart from the story. Default `false`.
    pub comments: bool,
    /// Give the main content of pages that are no article too (forum, product, listing …), instead
    /// of an empty story. Default `false`.
    pub any_page: bool,
    /// Leave out what is less sure than this, 0 to 1: body and fields of the metadata whose
    /// confidence is below. Default 0.0, which leaves nothing out.
    pub min_confidence: f32,
    /// Bounds on work and memory.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            reading: true,
            comments: false,
            any_page: false,
            min_confidence: 0.0,
            limits: Limits::default(),
        }
    }
}

/// Bounds on work and memory for one page. Reaching one gives a typed error or a warning that
/// names it, never a silent loss. `docs/limits.md` tells what each costs at the worst.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of input; more is refused. Default 32 MiB: the largest news page seen in the wild is
    /// below 10 MiB.
    pub input_bytes: usize,
    /// Depth of the tree, in elements. Deeper elements are flattened, their text kept. Default 512,
    /// as browsers do.
    pub depth: usize,
    /// Nodes of the tree, four attributes counting as one; what comes after is cut. Default 1,000,000:
    /// the largest news page seen has 60,000.
    pub nodes: usize,
    /// Attributes of one tag; more are dropped. Default 256: elements of news pages have below 60.
    pub attributes: usize,
    /// Formatting elements open at a time: each is opened again in each block. More are not opened,
    /// their text is kept. Default 64: pages have below 10.
    pub formatting: usize,
    /// Open elements that all tags of the page may make the tree builder look through, at 5 to 9 ns
    /// each; then tags are ignored and text is kept. Default 50,000,000: a page of 2 MB has below a
    /// million.
    pub search: usize,
    /// Bytes of one JSON script (JSON-LD, application state) that is parsed; larger ones are passed
    /// over. Default 8 MiB.
    pub json_bytes: usize,
    /// Nesting of one JSON script; deeper ones are passed over. Default 128, as far as the parser goes:
    /// pages nest below 40 deep.
    pub json_depth: usize,
    /// Values looked at in the JSON of a page; the rest is not searched. Default 200,000.
    pub json_values: usize,
    /// Authors, tags, breadcrumb items and rejected candidates kept per field. Default 64.
    pub values: usize,
    /// Columns that one table cell may span; wider ones are narrowed. Default 100.
    pub table_columns: usize,
    /// Cells of all tables of a story; the rows after them are left out. Default 100,000.
    pub table_cells: usize,
    /// Blocks of a story; the rest is left out. Default 200,000: live blogs of days have below 10,000.
    pub blocks: usize,
    /// Bytes of a story's text whose meaning is read; the rest has no sentences, times, names and
    /// quotes. Default 2 MiB, the text of four novels.
    pub text_bytes: usize,
    /// Steps that a page may cost, of about ten nanoseconds each, counted by nodes, segments, bytes of
    /// JSON and of text, not by time: the same page always stops at the same place. What is left then
    /// is not done. Default 200,000,000; an ordinary page takes below a million.
    pub work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 32 << 20,
            depth: 512,
            nodes: 1_000_000,
            attributes: 256,
            formatting: 64,
            search: 50_000_000,
            json_bytes: 8 << 20,
            json_depth: 128,
            json_values: 200_000,
            values: 64,
            table_columns: 100,
            table_cells: 100_000,
            blocks: 200_000,
            text_bytes: 2 << 20,
            work: 200_000_000,
        }
    }
}
