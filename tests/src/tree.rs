//! Pages built from bytes, element by element: what a fuzzer or a property test varies is the structure,
//! not the spelling of tags.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use news_core::Article;
use news_core::article::BlockKind;

/// Elements that hold others.
const OUTER: [&str; 32] = [
    "div",
    "article",
    "main",
    "section",
    "p",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
    "figcaption",
    "header",
    "footer",
    "aside",
    "nav",
    "h1",
    "h2",
    "h3",
    "pre",
    "dl",
    "dt",
    "dd",
    "details",
    "template",
    "form",
    "svg",
    "select",
];
/// Elements inside of lines.
const INNER: [&str; 16] = [
    "a", "em", "b", "i", "strong", "code", "u", "sup", "cite", "q", "time", "font", "small",
    "mark", "button", "label",
];
/// Elements without content.
const EMPTY: [&str; 8] = [
    "<br>",
    "<br><br>",
    "<hr>",
    "<img src=\"/a.jpg\" width=900 alt=\"picture alternative\">",
    "<iframe src=\"//www.youtube.com/embed/x\"></iframe>",
    "<input value=\"input value\">",
    "<!-- comment words -->",
    "<wbr>",
];
/// Attributes, given to the next element.
const ATTRIBUTES: [&str; 32] = [
    "class=\"article-body\"",
    "class=\"byline\"",
    "class=\"comments\"",
    "class=\"related-stories\"",
    "class=\"caption\"",
    "class=\"live-blog-entry\"",
    "class=\"newsletter promo\"",
    "class=\"dek summary\"",
    "class=\"credit\"",
    "class=\"pullquote\"",
    "id=\"story\"",
    "id=\"comment-1\"",
    "style=\"display:none\"",
    "hidden",
    "aria-hidden=\"true\"",
    "role=\"navigation\"",
    "role=\"main\"",
    "itemprop=\"articleBody\"",
    "itemprop=\"author\"",
    "itemprop=\"headline\"",
    "itemscope itemtype=\"http://schema.org/NewsArticle\"",
    "datetime=\"2024-05-02T10:00\"",
    "href=\"/storm?a=b#c\"",
    "href=\"javascript:alert(1)\"",
    "href=\"https://other.example/x_(y)\"",
    "href=\"#note-1\"",
    "rel=\"author\"",
    "colspan=\"1000\"",
    "start=\"7\"",
    "lang=\"de\"",
    "dir=\"rtl\"",
    "onclick=\"alert(1)\"",
];
/// What stands in lines: prose, cues of one convention or another, and what other formats would take
/// for markup.
const TEXTS: [&str; 32] = [
    "The council voted on Tuesday to keep the old mill open for another year, its mayor said.",
    "“We wait,” said Jane Doe, a spokeswoman for the ministry, on 2 May 2024.",
    "Der Rat stimmte am Dienstag dafür, die alte Mühle ein weiteres Jahr zu öffnen.",
    "市长说：“我们在等。”",
    "Мэр сказал: мы ждём до понедельника.",
    "قال العمدة إن المجلس صوّت يوم الثلاثاء.",
    "By Ana Li and Bo Öz",
    "Read more: the bridge",
    "Advertisement",
    "Photo: Ana Li / Reuters",
    "Comments (12)",
    "10:42",
    "May 2, 2024, 10:00 a.m.",
    "LONDON (Reuters) - ",
    "Q: Why now?",
    "A: Because.",
    "Correction: the mill is older.",
    "• ",
    "===",
    "| a | b |",
    "[x](javascript:alert(1))",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://e.example\")",
    "]]> --> */",
    "# heading? *bold* _em_ `code`",
    "\u{1b}[31mred\u{9b}32m",
    "over\u{202e}ride",
    "zero\u{200b}width soft\u{ad}hyphen",
    "e\u{301}\u{302}\u{303} 👩‍👩‍👧",
    "\u{a0}\u{3000}",
    "&amp;&lt;",
];
/// What stands in the head, or anywhere.
const HEAD: [&str; 16] = [
    "<title>Storm breaks mill – Daily </title>",
    "<meta property=\"og:title\" content=\"Storm breaks mill\">",
    "<meta property=\"og:description\" content=\"The mill broke in the storm.\">",
    "<meta name=\"author\" content=\"Ana Li\">",
    "<meta property=\"article:published_time\" content=\"2024-05-02T10:00:00+02:00\">",
    "<meta property=\"article:published_time\" content=\"2024-02-30T99:99:99+99:99\">",
    "<meta property=\"og:type\" content=\"article\">",
    "<meta name=\"keywords\" content=\"mill, storm, <b>\">",
    "<link rel=\"canonical\" href=\"/storm\">",
    "<base href=\"https://cdn.example/\">",
    "<script>var alerted = 1 < 2;</script>",
    "<style>.article-body { color: red }</style>",
    "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Storm breaks mill\"}</script>",
    "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Bo Öz\"}]}</script>",
    "<noscript>without scripts</noscript>",
    "<body class=\"article\">",
];

/// A page, and the words that stand in it.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The page.
    pub html: String,
    words: BTreeSet<String>,
}

impl Tree {
    /// The page that these bytes describe: three bits say what follows, five which. Every other text
    /// ends with a number of its own.
    pub fn of(bytes: &[u8]) -> Self {
        let mut builder = Builder::default();
        for byte in bytes {
            builder.add(byte >> 5, usize::from(byte & 0x1f));
        }
        builder.finish()
    }

    /// No word of the story that the page does not hold, and no numbered sentence twice.
    ///
    /// # Panics
    /// If there is one.
    pub fn check(&self, article: &Article) {
        let mut numbers = BTreeSet::new();
        for block in &article.blocks {
            // What is quoted and where it is from stands beside the text; times of entries are read.
            if matches!(block.kind, BlockKind::Embed { .. } | BlockKind::LiveEntry { .. }) {
                continue;
            }
            for word in block.lines().iter().flat_map(|line| line.split_whitespace()) {
                assert!(self.words.contains(word), "{word:?} is not in {}", self.html);
                let is_number = word.starts_with('№');
                assert!(
                    !is_number || numbers.insert(word.to_owned()),
                    "{word} twice: {}",
                    self.html
                );
            }
        }
    }
}

#[derive(Debug, Default)]
struct Builder {
    html: String,
    open: Vec<&'static str>,
    attributes: String,
    words: BTreeSet<String>,
    texts: usize,
}

impl Builder {
    fn add(&mut self, what: u8, which: usize) {
        match what {
            0 => self.open(OUTER[which]),
            1 => self.open(INNER[which / 2]),
            2 => self.close(which),
            3 | 4 => self.text(TEXTS[which], what == 3),
            5 => self.attributes.extend([" ", ATTRIBUTES[which]]),
            6 => self.html += EMPTY[which / 4],
            _ => self.html += HEAD[which / 2],
        }
    }

    fn open(&mut self, name: &'static str) {
        let _ = write!(self.html, "<{name}{}>", std::mem::take(&mut self.attributes));
        self.open.push(name);
    }

    /// Ends the innermost element; now and then one further out, so that tags cross.
    fn close(&mut self, which: usize) {
        let back = if which == 31 { 2 } else { 1 };
        let Some(at) = self.open.len().checked_sub(back) else { return };
        let name = self.open.remove(at);
        let _ = write!(self.html, "</{name}>");
    }

    fn text(&mut self, text: &str, is_numbered: bool) {
        self.texts += 1;
        let number = format!("№{}", self.texts);
        let parts = [text, if is_numbered { &number } else { "" }];
        for word in parts.iter().flat_map(|part| part.split_whitespace()) {
            self.words.insert(word.to_owned());
        }
        let text = parts.join(" ").replace('&', "&amp;").replace('<', "&lt;");
        let _ = write!(self.html, " {text} ");
    }

    fn finish(mut self) -> Tree {
        while let Some(name) = self.open.pop() {
            let _ = write!(self.html, "</{name}>");
        }
        let attributes = EMPTY.iter().chain(&HEAD).flat_map(|piece| piece.split(['"', '<', '>']));
        let words = attributes.flat_map(str::split_whitespace).map(str::to_owned);
        self.words.extend(words);
        Tree { html: self.html, words: self.words }
    }
}
