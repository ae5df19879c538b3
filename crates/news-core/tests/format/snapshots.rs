//! What a reader of each format gets.

use insta::assert_snapshot;
use news_core::article::BlockKind;
use news_core::format::{FieldPath, Format, FormatOptions, write};
use news_core::{Metadata, Options, Source, extract};

use crate::article::{bare, block, full, link, paragraph, read, text};

#[test]
fn markdown() {
    assert_snapshot!(write(&full(), Format::Markdown, &FormatOptions::default()));
}

#[test]
fn plain_text() {
    assert_snapshot!(write(&full(), Format::Text, &FormatOptions::default()));
}

#[test]
fn html() {
    assert_snapshot!(write(&full(), Format::Html, &FormatOptions::default()));
}

#[test]
fn json() {
    assert_snapshot!(write(&full(), Format::Json, &FormatOptions::default()));
}

#[test]
fn json_ld() {
    assert_snapshot!(write(&read(), Format::JsonLd, &FormatOptions::default()));
}

#[test]
fn json_ld_reads_back_in_a_page() {
    let mut article = read();
    // Readers take tags in a headline for markup.
    if let Some(headline) = &mut article.metadata.headline {
        "Flood hits Köln".clone_into(&mut headline.value);
    }
    let json = write(&article, Format::JsonLd, &FormatOptions::default());
    let html = write(&article, Format::Html, &FormatOptions::default());
    let page = format!(
        "<html><head><script type=\"application/ld+json\">{json}</script></head><body>{html}</body></html>"
    );
    let options = Options { any_page: true, ..Options::default() };
    let back = extract(&Source::text(&page), &options).expect("an article").metadata;
    let stated = article.metadata;
    let values = |meta: &Metadata| {
        (
            meta.headline.as_ref().map(|f| f.value.clone()),
            meta.published.as_ref().map(|f| f.value),
            meta.modified.as_ref().map(|f| f.value),
            meta.publisher.as_ref().map(|f| f.value.clone()),
            meta.section.as_ref().map(|f| f.value.clone()),
            meta.tags.as_ref().map(|f| f.value.clone()),
            meta.language.as_ref().map(|f| f.value.clone()),
            meta.url.as_ref().map(|f| f.value.clone()),
            meta.access.as_ref().map(|f| f.value),
        )
    };
    assert_eq!(values(&back), values(&stated));
    let names = |meta: &Metadata| -> Vec<String> {
        let authors = meta.authors.iter().flat_map(|f| &f.value);
        authors.map(|author| author.name.clone()).collect()
    };
    assert_eq!(names(&back), names(&stated));
}

#[test]
fn ninjs() {
    assert_snapshot!(write(&read(), Format::Ninjs, &FormatOptions::default()));
}

#[test]
fn nitf() {
    assert_snapshot!(write(&read(), Format::Nitf, &FormatOptions::default()));
}

#[test]
fn tei() {
    assert_snapshot!(write(&read(), Format::Tei, &FormatOptions::default()));
}

#[test]
fn nothing_known_is_written_too() {
    let empty = bare(Vec::new());
    let formats = [Format::JsonLd, Format::Ninjs, Format::Nitf, Format::Tei];
    let all = formats.map(|format| write(&empty, format, &FormatOptions::default()));
    assert_snapshot!(all.join("\n"));
}

#[test]
fn standalone_files() {
    let options = FormatOptions { standalone: true, ..FormatOptions::default() };
    let mut article = full();
    article.blocks.clear();
    article.comments.clear();
    let both = [Format::Markdown, Format::Html].map(|format| write(&article, format, &options));
    assert_snapshot!(both.join("\n"));
}

#[test]
fn the_deck_is_written_once() {
    let mut article = full();
    let deck = "What is known, and what is not";
    article.blocks = vec![block(BlockKind::Deck { text: text(deck, &[]) })];
    for format in [Format::Markdown, Format::Text, Format::Html] {
        let written = write(&article, format, &FormatOptions::default());
        assert_eq!(written.matches(deck).count(), 1, "{written}");
    }
}

#[test]
fn an_empty_article_is_empty_text() {
    let empty = bare(Vec::new());
    for format in [Format::Markdown, Format::Text] {
        assert_eq!(write(&empty, format, &FormatOptions::default()), "");
    }
    let html = write(&empty, Format::Html, &FormatOptions::default());
    assert_eq!(html, "<article>\n</article>\n");
}

fn fields(paths: &str) -> String {
    let paths = paths.split(',').map(|p| p.parse::<FieldPath>().expect("a field")).collect();
    let options = FormatOptions { fields: Some(paths), ..FormatOptions::default() };
    write(&full(), Format::Ndjson, &options)
}

#[test]
fn some_fields() {
    let lines = [
        fields("headline,authors.name,published,deck,agency,kind"),
        fields("metadata.headline.confidence,metadata.headline.origin.key,blocks.type"),
        fields("text"),
        fields("blocks.marks.url,blocks.marks.start,image.url"),
    ];
    assert_snapshot!(lines.concat());
}

#[test]
fn json_escapes_what_acts_on_a_terminal() {
    let article = bare(vec![paragraph(text("a\u{1b}[31m\u{9b}31m\u{7f}\u{202e}é", &[]))]);
    let options = FormatOptions {
        fields: Some(vec!["text".parse().expect("a field")]),
        ..FormatOptions::default()
    };
    let json = write(&article, Format::Ndjson, &options);
    assert_eq!(json, "{\"text\":\"a\\u001b[31m\\u009b31m\\u007f\\u202eé\"}\n");
}

#[test]
fn marks_that_markdown_cannot_say_are_dropped() {
    use news_core::article::MarkKind::{Emphasis, Strong};
    let cases = [
        (text("Köln:sagt", &[("Köln:", Strong)]), "Köln:sagt\n"),
        (text("Zeitung", &[("Zeit", Emphasis)]), "Zeitung\n"),
        (text("Zeitung", &[("Zeit", Strong)]), "**Zeit**ung\n"),
        (text("a b", &[("a ", Strong), ("b", Emphasis)]), "**a** _b_\n"),
        (text("ab", &[("a", Strong), ("b", Strong)]), "**ab**\n"),
        (text("abc", &[("ab", Strong), ("bc", Emphasis)]), "**ab**c\n"),
        (text("see! here", &[("here", link("javascript:alert(1)"))]), "see! here\n"),
        (
            text("see!here", &[("here", link("mailto:a b@c.example"))]),
            "see\\![here](mailto:a%20b@c.example)\n",
        ),
        (
            text("a", &[("a", link("http://x.example/?a=(1)&lt;")), ("a", Strong)]),
            "[**a**](http://x.example/?a=%281%29&amp;lt;)\n",
        ),
    ];
    for (given, markdown) in cases {
        assert_eq!(
            write(&bare(vec![paragraph(given)]), Format::Markdown, &FormatOptions::default()),
            markdown
        );
    }
}
