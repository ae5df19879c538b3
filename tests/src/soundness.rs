//! What holds for every article, whatever the input.

use std::borrow::Cow;

use encoding_rs::Encoding;
use news_core::article::{
    Block, BlockKind, EncodingBasis, Image, Layout, Mark, OffsetUnit, Reading, Readout, Span, Text,
};
use news_core::{
    Article, Content, Decision, Error, Options, Source, SourceRange, explain, extract, read_text,
};

/// Reads `source` and checks what holds for every article: the same each time, with and without a
/// trace; ranges inside what they count in; the same after a trip through JSON.
///
/// # Errors
/// As [`extract`], the same each time.
///
/// # Panics
/// If anything of it does not hold.
pub fn read_soundly(source: &Source<'_>, options: &Options) -> Result<Article, Error> {
    let first = extract(source, options);
    let explained = explain(source, options);
    let (article, trace) = match (first, explained) {
        (Ok(article), Ok((again, trace))) => {
            assert_eq!(json(&article), json(&again), "the second run differs");
            (article, trace)
        }
        (Err(refused), Err(again)) => {
            assert_eq!(refused, again);
            return Err(refused);
        }
        (first, explained) => panic!("first {first:?}, then {explained:?}"),
    };
    let input = Input { text: decoded(source, &article) };
    input.check(&article);
    trace.decisions.iter().for_each(|Decision { range, .. }| input.holds(*range));
    check_round_trip(&article);
    check_offsets(&article);
    check_places(&article);
    if let Some(reading) = &article.reading {
        check_reading(reading, &article.layout());
    }
    Ok(article)
}

/// Reads what a text says and checks what holds for every reading: the same each time, ranges inside
/// the text, the same after a trip through JSON and through the other units.
///
/// # Errors
/// As [`read_text`], the same each time.
///
/// # Panics
/// If anything of it does not hold.
pub fn read_text_soundly(source: &Source<'_>, options: &Options) -> Result<Readout, Error> {
    let readout = read_text(source, options);
    assert_eq!(readout, read_text(source, options), "the second run differs");
    let readout = readout?;
    let json = serde_json::to_string(&readout).unwrap_or_else(|e| panic!("{e}"));
    let back: Readout = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}: {json}"));
    assert_eq!(readout, back, "JSON changes the reading");
    for unit in [OffsetUnit::Codepoint, OffsetUnit::Utf16] {
        let there = readout.clone().with_offsets(unit);
        assert_eq!(there.with_offsets(OffsetUnit::Utf8), readout, "offsets by way of {unit:?}");
    }
    check_reading(&readout.reading, &Layout::plain(readout.texts.concat()));
    Ok(readout)
}

fn json(article: &Article) -> String {
    serde_json::to_string(article).unwrap_or_else(|e| panic!("{e}"))
}

/// What source ranges count in.
struct Input<'a> {
    text: Cow<'a, str>,
}

/// The source as the article says it was decoded.
fn decoded<'a>(source: &Source<'a>, article: &Article) -> Cow<'a, str> {
    let bytes = match source.content {
        Content::Text(text) => return Cow::Borrowed(text),
        Content::Bytes(bytes) => bytes,
    };
    let name = &article.encoding.name;
    if let Some(order) = name.strip_prefix("UTF-32") {
        let little = order == "LE";
        let unit =
            |b: &[u8; 4]| if little { u32::from_le_bytes(*b) } else { u32::from_be_bytes(*b) };
        let units = bytes.as_chunks::<4>().0.iter().skip(1).map(unit);
        return units.map(|unit| char::from_u32(unit).unwrap_or('\u{fffd}')).collect();
    }
    let encoding = Encoding::for_label(name.as_bytes()).unwrap_or_else(|| panic!("no {name}"));
    match article.encoding.basis {
        EncodingBasis::Bom => encoding.decode_with_bom_removal(bytes).0,
        _ => encoding.decode_without_bom_handling(bytes).0,
    }
}

impl Input<'_> {
    fn check(&self, article: &Article) {
        article.blocks.iter().for_each(|block| self.check_block(block));
        article.comments.iter().for_each(|comment| self.holds(comment.source));
        for range in origins(article) {
            self.holds(range);
        }
    }

    fn check_block(&self, block: &Block) {
        block.source.iter().for_each(|range| self.holds(*range));
        texts(&block.kind).into_iter().for_each(check_text);
        if let BlockKind::LiveEntry { blocks, .. } = &block.kind {
            for inner in blocks {
                self.check_block(inner);
            }
        }
        assert_full(&block.kind);
    }

    fn holds(&self, range: SourceRange) {
        let found = self.text.get(range.start as usize..range.end as usize);
        assert!(found.is_some(), "{range:?} is no range of the {} bytes of input", self.text.len());
    }
}

/// Ranges of the metadata, the rejected values' too.
fn origins(article: &Article) -> Vec<SourceRange> {
    let metadata = serde_json::to_value(&article.metadata).unwrap_or_default();
    let fields = metadata.as_object().into_iter().flat_map(|fields| fields.values());
    let claims = fields.flat_map(|field| {
        let rejected = field["rejected"].as_array().into_iter().flatten();
        std::iter::once(field).chain(rejected)
    });
    claims
        .filter_map(|claim| serde_json::from_value(claim["origin"]["range"].clone()).ok())
        .collect()
}

fn texts(block: &BlockKind) -> Vec<&Text> {
    match block {
        BlockKind::Paragraph { text }
        | BlockKind::Heading { text, .. }
        | BlockKind::BlockQuote { text, .. }
        | BlockKind::PullQuote { text }
        | BlockKind::Turn { text, .. }
        | BlockKind::Note { text }
        | BlockKind::Deck { text }
        | BlockKind::SummaryBullet { text } => vec![text],
        BlockKind::List { items, .. } => items.iter().map(|item| &item.text).collect(),
        BlockKind::Table { rows, .. } => rows.iter().flatten().map(|cell| &cell.text).collect(),
        _ => Vec::new(),
    }
}

/// Marks lie in the text, cut no character, are sorted, and nest.
fn check_text(text: &Text) {
    let mut open: Vec<&Mark> = Vec::new();
    let mut previous = (0, u32::MAX);
    for mark in &text.marks {
        let inside = text.text.get(mark.start as usize..mark.end as usize);
        assert!(inside.is_some_and(|t| !t.is_empty()), "{mark:?} is no range of {text:?}");
        let here = (mark.start, mark.end);
        let sorted = previous.0 < here.0 || (previous.0 == here.0 && previous.1 >= here.1);
        assert!(sorted, "{mark:?} stands too late in {text:?}");
        previous = here;
        open.retain(|outer| outer.end > mark.start);
        let nested = open.iter().all(|outer| mark.end <= outer.end);
        assert!(nested, "{mark:?} crosses another in {text:?}");
        open.push(mark);
    }
}

/// No block without content.
fn assert_full(block: &BlockKind) {
    let full = match block {
        BlockKind::List { items, .. } => !items.is_empty(),
        BlockKind::Table { rows, .. } => rows.iter().any(|row| !row.is_empty()),
        BlockKind::Figure { image: Image { url, .. } } => !url.is_empty(),
        BlockKind::Embed { platform, .. } => !platform.is_empty(),
        BlockKind::Code { text } => !text.trim().is_empty(),
        BlockKind::LiveEntry { heading, blocks, .. } => heading.is_some() || !blocks.is_empty(),
        _ => texts(block).iter().all(|text| !text.text.trim().is_empty()),
    };
    assert!(full, "an empty block: {block:?}");
}

fn check_round_trip(article: &Article) {
    let json = json(article);
    let back: Article = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e}: {json}"));
    assert_eq!(*article, back, "JSON changes the article");
}

/// Offsets survive the way through the other units.
fn check_offsets(article: &Article) {
    for unit in [OffsetUnit::Codepoint, OffsetUnit::Utf16] {
        let there = article.clone().with_offsets(unit);
        assert_eq!(there.offset_unit, unit);
        assert_eq!(there.with_offsets(OffsetUnit::Utf8), *article, "offsets by way of {unit:?}");
    }
}

/// A [`Layout`](news_core::article::Layout) maps ranges of the text to blocks and back.
fn check_places(article: &Article) {
    let layout = article.layout();
    for (i, block) in article.blocks.iter().enumerate() {
        let lines = block.lines().join("\n");
        let Some(range) = layout.block(i) else {
            assert_eq!(lines, "", "block {i} has text and no range");
            continue;
        };
        assert_eq!(layout.text().get(range.clone()), Some(lines.as_str()), "range of block {i}");
        let whole = Span { block: i as u32, start: 0, end: lines.len() as u32 };
        assert_eq!(layout.span(&range), Some(whole));
        assert_eq!(layout.range(whole), Some(range.clone()));
        assert_eq!(layout.span(&(range.start..range.end + 1)), None, "block {i} ends there");
    }
}

/// Ranges of the reading lie in their blocks, sorted and apart.
fn check_reading(reading: &Reading, layout: &Layout) {
    let times: Vec<Span> = reading.times.iter().map(|time| time.span).collect();
    for spans in [&reading.sentences, &times] {
        for span in spans {
            let text = layout.range(*span).and_then(|range| layout.text().get(range));
            assert!(text.is_some_and(|text| !text.trim().is_empty()), "{span:?}");
        }
        assert!(spans.windows(2).all(|w| (w[0].block, w[0].end) <= (w[1].block, w[1].start)));
    }
    let holds = |span: Span| assert!(layout.range(span).is_some(), "{span:?}");
    for (at, entity) in reading.entities.iter().enumerate() {
        assert_eq!(entity.id as usize, at);
        assert!(!entity.name.is_empty() && !entity.mentions.is_empty());
        entity.mentions.iter().for_each(|mention| holds(mention.span));
        entity.quotes.iter().for_each(|quote| assert!((*quote as usize) < reading.quotes.len()));
    }
    for (at, quote) in reading.quotes.iter().enumerate() {
        quote.contents.iter().for_each(|span| holds(*span));
        quote.cue.iter().for_each(|cue| holds(cue.span));
        let speaker = quote.speaker.iter().inspect(|speaker| holds(speaker.span));
        for entity in speaker.filter_map(|speaker| reading.entities.get(speaker.entity? as usize)) {
            assert!(entity.quotes.contains(&(at as u32)), "quote {at} of {}", entity.name);
        }
    }
}
