//! Bad input: never a panic, never a hang, the same each time, and every range inside what it
//! counts in ([`read_soundly`] checks this). What a limit cuts is said by name.

use std::fmt::Write as _;

use news_core::{Article, Error, Limits, Options, Source, WarningCode, extract};
use news_tests::{Fixture, read_soundly};
use proptest::collection::vec;
use proptest::prelude::*;

/// All that can be asked for, so that all code runs.
fn everything() -> Options {
    Options { comments: true, any_page: true, ..Options::default() }
}

fn codes(article: &Article) -> Vec<WarningCode> {
    article.warnings.iter().map(|warning| warning.code).collect()
}

/// What the article says about reaching a limit.
fn warning(article: &Article, code: WarningCode) -> &str {
    let found = article.warnings.iter().find(|warning| warning.code == code);
    found.map_or_else(|| panic!("no {code:?} among {:?}", codes(article)), |w| &w.message)
}

mod pages {
    use news_tests::mutant::Lcg;

    use super::*;

    /// Reads a damaged page; what is refused is fine too.
    fn read(page: &Fixture, bytes: &[u8]) {
        let _ = read_soundly(&page.source_of(bytes), &everything());
    }

    #[test]
    fn as_they_are() {
        for page in Fixture::all() {
            let read = read_soundly(&page.source(), &Options::default());
            assert!(read.is_ok(), "{}: {read:?}", page.slug);
        }
    }

    #[test]
    fn cut_short() {
        for page in Fixture::all() {
            for part in [1, 3, 7, 8, 11, 15] {
                // Not on the byte that a tag or character ends on.
                read(&page, &page.bytes[..page.bytes.len() * part / 16 + part]);
            }
        }
    }

    #[test]
    fn with_bytes_flipped() {
        for page in Fixture::all() {
            let mut random = Lcg(page.bytes.len() as u64);
            for share in [2_000, 100] {
                let mut bytes = page.bytes.clone();
                for _ in 0..=bytes.len() / share {
                    let at = random.below(bytes.len());
                    bytes[at] ^= 1 << random.below(8);
                }
                read(&page, &bytes);
            }
        }
    }

    #[test]
    fn with_nuls_inserted() {
        for page in Fixture::all() {
            let mut random = Lcg(7);
            let mut bytes = page.bytes.clone();
            for _ in 0..50 {
                bytes.insert(random.below(bytes.len()), 0);
            }
            read(&page, &bytes);
        }
    }

    #[test]
    fn with_a_wrong_charset() {
        for page in Fixture::all() {
            for label in ["utf-8", "utf-16le", "iso-2022-jp", "gb18030", "x-user-defined", "none"] {
                let source = Source { charset: Some(label), ..page.source() };
                let _ = read_soundly(&source, &everything());
            }
        }
    }

    #[test]
    fn as_plain_text() {
        for page in Fixture::all() {
            let source = Source { content_type: Some("text/plain"), ..page.source() };
            let read = read_soundly(&source, &everything());
            assert!(read.is_ok(), "{}: {read:?}", page.slug);
        }
    }
}

mod any {
    use super::*;

    /// Pieces of pages that mean something to some stage.
    const SOUP: &[&str] = &[
        "<html lang=de>",
        "<head>",
        "<title>Storm – News</title>",
        "<body class=article>",
        "<article>",
        "</article>",
        "<main>",
        "<div class=\"story-body\">",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<p class=byline>By Ana Li, Bo Öz and 李明</p>",
        "<br><br>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<a href=\"/a?b#c\">",
        "<a href=javascript:x>",
        "</a>",
        "<em>",
        "</em>",
        "<b>",
        "</b>",
        "<i>",
        "<code>",
        "</code>",
        "<pre>",
        "</pre>",
        "<ul>",
        "<ol start=3>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<th>",
        "<td colspan=1000000000>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<figure>",
        "<img src=a.jpg width=99999999999>",
        "<figcaption>",
        "</figure>",
        "<iframe src=//youtube.com/embed/x>",
        "<script>",
        "</script>",
        "<svg>",
        "<math>",
        "<template>",
        "<select>",
        "<option>",
        "<textarea>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<meta property=og:title content=\"Storm\">",
        "<meta charset=koi8-r>",
        "<meta property=article:published_time content=2024-02-30T99:99:99+99:99>",
        "<time datetime=2024-05-02T10:00>",
        "</time>",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"S\"",
        "}",
        "<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"article\":{\"body\":\"<p>",
        "\"}}}",
        "<div itemscope itemtype=http://schema.org/NewsArticle>",
        "<span itemprop=author>",
        "The mayor said the bridge would open on Monday, and that nobody would pay. ",
        "“Wir warten”, sagte er. ",
        "Мэр сказал: мы ждём. ",
        "市长说：“我们在等。”",
        "قال العمدة ",
        "\u{200b}\u{ad}",
        "e\u{301}\u{302}",
        "👩‍👩‍👧",
        "&amp;",
        "&#x0;",
        "&#27;",
        "&#xd800;",
        "&nosuch;",
        "\0",
        "\r\n",
        "\u{85}",
        " ",
        "<",
        "&",
        "\"",
        "'",
        "https://news.example/2024/05/02/storm",
        "Comments (12)",
        "Read more: ",
        "<div class=comments>",
        "<div style=display:none>",
        "<div class=live-blog-entry>",
        "10:42 ",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn bytes(bytes in vec(any::<u8>(), 0..600)) {
            let _ = read_soundly(&Source::bytes(&bytes), &everything());
        }

        #[test]
        fn text(text in any::<String>(), label in "[a-z0-9-]{0,12}") {
            let source = Source { charset: Some(&label), ..Source::text(&text) };
            let _ = read_soundly(&source.with_url(&text), &everything());
        }

        #[test]
        fn tag_soup(pieces in vec(prop::sample::select(SOUP), 0..120)) {
            let _ = read_soundly(&Source::text(&pieces.concat()), &everything());
        }

        #[test]
        fn soup_around_a_story(before in vec(prop::sample::select(SOUP), 0..20),
                               inside in vec(prop::sample::select(SOUP), 0..60)) {
            let line = "The council voted on Tuesday to keep the old mill open for another year.";
            let story = inside.iter().map(|piece| format!("<p>{line} {piece} {line}</p>"));
            let page = before.concat() + "<article><h1>Mill stays</h1>" + &story.collect::<String>();
            let _ = read_soundly(&Source::text(&page), &everything());
        }

        #[test]
        fn tight_limits(pieces in vec(prop::sample::select(SOUP), 0..120), limit in 0..12usize) {
            let limits = Limits {
                depth: limit, nodes: 4 * limit, attributes: limit, json_bytes: 8 * limit,
                values: limit, table_columns: limit, ..Limits::default()
            };
            let options = Options { limits, ..everything() };
            let _ = read_soundly(&Source::text(&pieces.concat()), &options);
        }
    }
}

mod refused {
    use super::*;

    fn refusal(bytes: &[u8]) -> Error {
        match extract(&Source::bytes(bytes), &Options::default()) {
            Err(error) => error,
            Ok(article) => panic!("read: {article:?}"),
        }
    }

    fn not_text(bytes: &[u8]) -> &'static str {
        match refusal(bytes) {
            Error::NotText { looks_like } => looks_like,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn nothing() {
        assert_eq!(refusal(b""), Error::Empty);
        assert_eq!(extract(&Source::text(""), &Options::default()).map(|_| ()), Err(Error::Empty));
    }

    #[test]
    fn white_space_only() {
        assert_eq!(refusal(b" \n\t\r\n \x0c "), Error::Empty);
        assert_eq!(refusal("\u{a0}\u{3000}\n".as_bytes()), Error::Empty);
        assert_eq!(refusal(b"\xef\xbb\xbf\n"), Error::Empty);
    }

    #[test]
    fn marks_without_a_letter() {
        assert_eq!(refusal(b"<"), Error::Empty);
        assert_eq!(refusal("\u{fffd}!?\u{1f642} \u{201c}".as_bytes()), Error::Empty);
    }

    #[test]
    fn documents_archives_and_pictures() {
        assert_eq!(
            not_text(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>"),
            "a PDF document"
        );
        assert_eq!(
            not_text(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x03\x00"),
            "gzip data (unpack it first)"
        );
        assert_eq!(not_text(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "a PNG picture");
        assert_eq!(not_text(b"\xff\xd8\xff\xe0\x00\x10JFIF"), "a JPEG picture");
        assert_eq!(not_text(b"PK\x03\x04\x14\x00\x06\x00"), "a zip archive or office document");
    }

    #[test]
    fn binary_data() {
        let noise = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8);
        let noise: Vec<u8> = noise.filter(|byte| *byte != b'<').collect();
        assert_eq!(not_text(&noise), "binary data");
        assert_eq!(not_text(&[0; 1000]), "binary data");
    }

    #[test]
    fn fifty_megabytes() {
        let page = story_page(50 << 20);
        let (bytes, limit) = (page.len(), 32 << 20);
        let error = refusal(page.as_bytes());
        assert_eq!(error, Error::TooLarge { bytes, limit });
        let message =
            format!("the input has {bytes} bytes, more than the limit input_bytes = {limit}");
        assert_eq!((error.code(), error.to_string()), ("too_large", message));
    }
}

/// A page of about `bytes` bytes, no paragraph like another.
fn story_page(bytes: usize) -> String {
    let mut page = "<html><body><article><h1>Mill stays</h1>".to_owned();
    for ward in 0.. {
        if page.len() >= bytes {
            break;
        }
        let _ =
            writeln!(page, "<p>The council of ward {ward} voted to keep its old mill open.</p>");
    }
    page
}

mod heavy {
    use super::*;

    const MILLION: usize = 1_000_000;
    const STORY: &str = "<p>The council voted on Tuesday to keep the old mill open.</p>";

    fn read(page: &str) -> Article {
        let options = everything();
        extract(&Source::text(page), &options).unwrap_or_else(|refused| panic!("{refused}"))
    }

    #[test]
    fn nested_tags() {
        for tag in ["div", "span", "font", "b", "table", "svg", "li"] {
            let page = format!("{STORY}{}The end.", format!("<{tag}>").repeat(MILLION));
            let article = read(&page);
            let said = codes(&article);
            let limits =
                [WarningCode::DepthLimit, WarningCode::FormattingLimit, WarningCode::NodeLimit];
            assert!(said.iter().any(|code| limits.contains(code)), "{tag}: {said:?}");
        }
    }

    #[test]
    fn nested_tags_name_the_limit_and_keep_the_text() {
        let end = "The mayor was pleased with the vote of the council, she said on Monday.";
        let nest = "<div>".repeat(MILLION);
        let article = read(&format!("<article><h1>Mill stays</h1>{STORY}{nest}{STORY}<p>{end}"));
        let message = warning(&article, WarningCode::DepthLimit);
        assert!(message.ends_with(" elements near or below depth 512 were flattened"), "{message}");
        assert!(article.text().ends_with(end), "{article:?}");
    }

    #[test]
    fn attributes_of_one_tag() {
        let many = (0..MILLION).fold(String::new(), |many, n| many + " a" + &n.to_string());
        let article = read(&format!("{STORY}<div{many}>{STORY}"));
        let message = warning(&article, WarningCode::AttributeLimit);
        assert_eq!(message, "999744 attributes after the first 256 of a tag were dropped");
    }

    #[test]
    fn nodes() {
        let article = read(&format!("{STORY}{}", "<br>x".repeat(MILLION)));
        let message = warning(&article, WarningCode::NodeLimit);
        assert!(message.starts_with("the tree has 1000000 nodes: "), "{message}");
    }

    #[test]
    fn values_of_a_field() {
        let tag = |tags: String, n: u32| tags + "<a rel=tag>ward " + &n.to_string() + "</a> ";
        let tags = (0..100).fold(String::new(), tag);
        let article = read(&format!("<article><h1>Mill stays</h1>{STORY}{STORY}{tags}"));
        let message = warning(&article, WarningCode::ValueLimit);
        assert!(
            message.starts_with("36 authors, tags or candidates after the first 64"),
            "{message}"
        );
        assert_eq!(article.metadata.tags.map(|field| field.value.len()), Some(64));
    }

    #[test]
    fn columns_of_a_cell() {
        let row = "<tr><th>Ward<th>Votes<tr><td>Harbour<td>1,204<tr><td colspan=5000>All<td>9,310";
        let table = format!("<table>{row}</table>");
        let article = read(&format!("<article><h1>Mill stays</h1>{STORY}{table}{STORY}"));
        let message = warning(&article, WarningCode::TableLimit);
        assert_eq!(message, "1 table cells were narrowed to 100 columns");
    }

    #[test]
    fn a_page_that_ends_within_a_tag() {
        let article = read(&format!("<article><h1>Mill stays</h1>{STORY}<p class='note>{STORY}"));
        let message = warning(&article, WarningCode::UnfinishedTag);
        assert!(message.starts_with("the page ends within a tag: its last "), "{message}");
    }

    #[test]
    fn json() {
        let json =
            format!("{{\"@type\":\"NewsArticle\",\"headline\":\"{}\"}}", "x".repeat(9 << 20));
        let page = format!("<script type=application/ld+json>{json}</script>{STORY}");
        let article = read(&page);
        let message = warning(&article, WarningCode::JsonLimit);
        assert!(message.contains("json_bytes"), "{message}");
    }

    #[test]
    fn deep_json() {
        let page =
            format!("<script type=application/ld+json>{}</script>{STORY}", "[".repeat(MILLION));
        let article = read(&page);
        let message = warning(&article, WarningCode::JsonLimit);
        assert!(message.ends_with("deeper than the limit json_depth = 128"), "{message}");
    }

    #[test]
    fn open_formatting_before_many_paragraphs() {
        let page = "<b>".repeat(5_000) + &"<p>x".repeat(5_000);
        let article = read(&page);
        assert!(codes(&article).contains(&WarningCode::FormattingLimit), "{:?}", codes(&article));
    }

    #[test]
    fn long_runs_without_tags() {
        let story = story_page(8_000);
        let pieces = [
            "a\u{ad}",
            "\0",
            "&",
            "&amp;",
            "<",
            "\u{301}",
            "\n",
            "By ",
            "1 May 2024 ",
            "\"",
            "(a.b/",
        ];
        for piece in pieces {
            let article = read(&format!("{story}<p>{}", piece.repeat(MILLION)));
            assert!(article.text().len() > 5_000, "{piece:?}");
        }
    }

    #[test]
    fn comments_are_no_nodes() {
        let comments = "<!--x-->".repeat(2 * MILLION);
        let end = "The mayor was pleased with the vote of the council, she said on Monday.";
        let page = format!("<article><h1>Mill stays</h1>{STORY}{comments}{STORY}<p>{end}");
        let article = read(&page);
        assert!(article.text().ends_with(end), "{article:?}");
        assert!(!article.truncated, "{:?}", codes(&article));
    }

    #[test]
    fn closed_nesting_before_the_story() {
        for tag in ["object", "template", "g", "mrow"] {
            let (open, close) = match tag {
                "g" => ("<svg>", "</svg>"),
                "mrow" => ("<math>", "</math>"),
                _ => ("", ""),
            };
            let (starts, ends) = (format!("<{tag}>").repeat(50_000), format!("</{tag}>"));
            let nest = format!("{open}{starts}{}{close}", ends.repeat(50_000));
            let article = read(&format!("{nest}<article><h1>Mill stays</h1>{STORY}{STORY}"));
            assert!(article.text().contains("old mill open"), "{tag}: {:?}", codes(&article));
        }
    }

    #[test]
    fn options_outside_a_list_of_choices() {
        let choices = "<select><option>".repeat(1_000);
        let article = read(&format!("{choices}<article><h1>Mill stays</h1>{STORY}{STORY}"));
        assert!(article.text().contains("old mill open"));
        let page = format!("<article>{STORY}<select><option>Ward</select>{STORY}");
        assert!(!read(&page).text().contains("Ward"));
    }

    #[test]
    fn words_without_end() {
        let story = story_page(4_000);
        let pieces = ["http://", "word\u{2028}word\u{2029}word\u{85}", "word\u{2029}", "word\u{c}"];
        for piece in pieces {
            let article = read(&format!("{story}<p>{}", piece.repeat(100_000)));
            assert!(article.text().len() > 3_000, "{piece:?}");
        }
    }

    #[test]
    fn many_authors() {
        let author = |n: usize| format!("<span itemprop=author>Ana Ruiz {n}</span>");
        let authors: String = (0..50_000).map(author).collect();
        let article = read(&format!("<article><h1>Mill stays</h1>{STORY}{authors}{STORY}"));
        assert!(article.text().contains("old mill open"));
    }

    #[test]
    fn wide_table_cells() {
        let article = read(&format!(
            "<article>{STORY}{STORY}<table><tr><td colspan=1000000000>a<td>b</table>{STORY}"
        ));
        assert!(serde_json::to_string(&article).is_ok_and(|json| json.len() < 10_000));
    }

    #[test]
    fn pages_below_the_limit_of_size() {
        let article = read(&story_page(8 << 20));
        assert!(article.text().len() > 7 << 20);
    }
}
