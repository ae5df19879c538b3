//! Story segments to typed blocks, with the pictures and embeds that stand between them.

mod embed;
mod figure;
mod inline;
mod live;
mod table;

use std::ops::Range;

use table::Tally;
use url::Url;

use crate::article::{Block, BlockKind, ListItem, Text, TurnRole};
use crate::content::{self, Measures, Segment, Story, Zone, prose_units};
use crate::dom::{Dom, NodeId, Tag, local_name};
use crate::error::{Warning, WarningCode};
use crate::letters::fold;
use crate::metadata::StoryPlace;
use crate::options::Limits;
use crate::provenance::SourceRange;
use crate::room;
use crate::survey::Survey;

/// What building needs to look at.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) dom: &'a Dom<'a>,
    pub(crate) measures: &'a Measures,
    pub(crate) story: &'a Story,
    /// Base of relative addresses.
    pub(crate) base: Option<&'a Url>,
    pub(crate) limits: &'a Limits,
    /// Whether the page says that it is a live blog.
    pub(crate) is_live: bool,
}

/// The blocks of the story in reading order, with a warning where a limit cut one.
pub(crate) fn build(page: Page<'_>, warnings: &mut Vec<Warning>) -> Vec<Block> {
    let mut builder = Builder::new(page);
    for i in page.story.kept.iter().copied() {
        builder.segment(&page.measures.segments[i]);
    }
    builder.between(page.end());
    builder.rest();
    let Builder { mut blocks, nodes, tally, .. } = builder;
    let Tally { cells, narrowed } = tally;
    if narrowed > 0 {
        let limit = page.limits.table_columns;
        let message = format!("{narrowed} table cells were narrowed to {limit} columns");
        warnings.push(Warning::new(WarningCode::TableLimit, message));
    }
    let limit = page.limits.table_cells;
    if cells > limit {
        let message =
            format!("tables have {cells} cells: rows after the first {limit} are left out");
        warnings.push(Warning::new(WarningCode::CellLimit, message));
    }
    if page.is_live {
        blocks = live::entries(&page, blocks, &nodes);
    }
    tidy(&mut blocks);
    blocks
}

/// Blocks of a story that data gave as HTML. They have no place in the source.
pub(crate) fn from_html(
    html: &str,
    base: Option<&Url>,
    limits: &Limits,
    warnings: &mut Vec<Warning>,
) -> Vec<Block> {
    let parsed = crate::dom::parse(html, limits);
    warnings.extend(parsed.warnings);
    let measures = crate::content::measure(&parsed.dom, Survey::of(&parsed.dom).zones);
    let story = Story::whole(&measures);
    let dom = &parsed.dom;
    let base = base.cloned().and_then(|base| proportionate(base, dom, warnings));
    let base = base.as_ref();
    let page = Page { dom, measures: &measures, story: &story, base, limits, is_live: false };
    let mut blocks = build(page, warnings);
    for block in &mut blocks {
        block.source.clear();
    }
    blocks
}

/// Makes the opening block a deck where it is the stated one, or a heading that says what the page's
/// description says: decks are often set as headings.
pub(crate) fn mark_deck(blocks: &mut [Block], [deck, description]: [Option<&str>; 2]) {
    let opening = blocks.iter_mut().find(|b| !matches!(b.kind, BlockKind::Figure { .. }));
    let Some(Block { kind, .. }) = opening else { return };
    let is_heading = matches!(kind, BlockKind::Heading { .. });
    let (BlockKind::Paragraph { text } | BlockKind::Heading { text, .. }) = kind else { return };
    let opened = fold(&text.text);
    let says = |stated: Option<&str>| stated.is_some_and(|stated| fold(stated) == opened);
    if says(deck) || is_heading && says(description) {
        *kind = BlockKind::Deck { text: std::mem::take(text) };
    }
}

/// Where the story stands on the page; `None` when there is none.
pub(crate) fn place(page: Page<'_>) -> Option<StoryPlace> {
    let segments = &page.measures.segments;
    let first = segments.get(*page.story.kept.first()?)?.nodes.start;
    let last = segments.get(*page.story.kept.last()?)?.nodes.end;
    let headline = page.story.headline.and_then(|i| segments.get(i));
    let headline = headline.map(|segment| content::element_of(page.dom, segment));
    let kept = page.story.kept.iter().filter_map(|i| segments.get(*i));
    let mut prose = kept.filter(|s| prose_units(&s.counts) > 0 && !s.zone.has(Zone::DECK));
    let prose = prose.next().map_or(last, |s| s.nodes.start);
    Some(StoryPlace { headline, range: first..last, prose })
}

/// Letters of the running text.
pub(crate) fn letters(blocks: &[Block]) -> u32 {
    blocks.iter().flat_map(Block::borrowed_lines).map(|line| content::letters_units(&line)).sum()
}

/// Bytes of prose that tell a language.
const SAMPLE_BYTES: usize = 4_000;

/// Bytes of one line in it, as many as the characters that are looked at can take: a line may be megabytes.
const LINE_BYTES: usize = 4 * SAMPLE_BYTES;

/// The beginning of the story's prose.
pub(crate) fn sample(blocks: &[Block]) -> String {
    let mut sample = String::new();
    for line in blocks.iter().flat_map(Block::borrowed_lines) {
        if sample.len() > SAMPLE_BYTES {
            break;
        }
        sample.push_str(line.get(..line.floor_char_boundary(LINE_BYTES)).unwrap_or_default());
        sample.push('\n');
    }
    sample
}

impl Page<'_> {
    /// First node of the story: pictures may stand between the headline and the first paragraph.
    fn start(&self) -> NodeId {
        let first = self.story.kept.first().map(|i| self.measures.segments[*i].nodes.start);
        let headline = self.story.headline.map(|i| self.measures.segments[i].nodes.end);
        match (headline, first) {
            (Some(headline), Some(first)) if headline < first => headline,
            (_, Some(first)) => first.min(self.story.root.max(1)),
            (_, None) => 0,
        }
    }

    /// One past the last node in which pictures still belong to the story.
    fn end(&self) -> NodeId {
        self.story.kept.last().map_or(0, |i| self.measures.segments[*i].nodes.end)
    }

    /// Whether a node stands in a part of the page that is no story, or another one.
    fn is_junk(&self, id: NodeId) -> bool {
        self.measures.zones[id as usize].has(Zone::JUNK)
            || self.story.others.iter().any(|story| self.dom.contains(*story, id))
    }

    /// Nearest element of one of `tags` around `id`, inside the story's root.
    fn around(&self, id: NodeId, tags: &[Tag]) -> Option<NodeId> {
        let own = tags.contains(&self.dom.tag(id)).then_some(id);
        own.or_else(|| {
            self.dom
                .ancestors(id)
                .take_while(|a| *a != self.story.root)
                .find(|a| tags.contains(&self.dom.tag(*a)))
        })
    }

    /// Outermost element of one of `tags` around `id`, inside the story's root.
    fn outermost(&self, id: NodeId, tags: &[Tag]) -> Option<NodeId> {
        std::iter::once(id)
            .chain(self.dom.ancestors(id))
            .take_while(|a| *a != self.story.root)
            .filter(|a| tags.contains(&self.dom.tag(*a)))
            .last()
    }
}

/// The element whose segments make one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    None,
    List { list: NodeId, item: NodeId },
    Quote(NodeId),
    Table(NodeId),
}

struct Builder<'a> {
    page: Page<'a>,
    blocks: Vec<Block>,
    /// First node of each block.
    nodes: Vec<NodeId>,
    /// Nodes before this one have been dealt with.
    at: NodeId,
    group: Group,
    /// The table looked at last, and whether it holds data.
    table: (NodeId, bool),
    tally: Tally,
}

const LISTS: [Tag; 2] = [Tag::Ul, Tag::Ol];

impl<'a> Builder<'a> {
    fn new(page: Page<'a>) -> Self {
        Self {
            page,
            blocks: Vec::new(),
            nodes: Vec::new(),
            at: page.start(),
            group: Group::None,
            table: (0, false),
            tally: Tally::default(),
        }
    }

    fn segment(&mut self, segment: &Segment) {
        if segment.nodes.end <= self.at {
            return;
        }
        self.between(segment.nodes.start);
        if segment.nodes.end <= self.at {
            return;
        }
        let source = self.page.dom.span(&segment.nodes);
        if let Some(table) = self.data_table(segment) {
            self.table(table);
            return;
        }
        self.at = segment.nodes.end;
        if self.page.dom.tag(segment.container) == Tag::Pre {
            self.push(BlockKind::Code { text: self.code(segment) }, segment.nodes.start, source);
            return;
        }
        let text = inline::text(&self.page, segment);
        if !text.is_empty() {
            self.prose(segment, text, source);
        }
    }

    fn prose(&mut self, segment: &Segment, text: Text, source: SourceRange) {
        let page = self.page;
        let node = segment.nodes.start;
        let is_subhead = segment.zone.has(Zone::DECK)
            && segment.counts.units <= MAX_BOLD_HEADING
            && segment.counts.stops == 0
            && page.around(segment.container, &[Tag::Li]).is_none()
            && !self.is_before_prose();
        if let Some(level) = heading_level(&page, segment).or(is_subhead.then_some(3)) {
            self.push(BlockKind::Heading { level, text }, node, source);
        } else if segment.zone.has(Zone::PULLQUOTE) {
            self.push(BlockKind::PullQuote { text }, node, source);
        } else if let Some(quote) = page.outermost(segment.container, &[Tag::Blockquote]) {
            self.quote(quote, text, node, source);
        } else if let Some(item) = page.around(segment.container, &[Tag::Li]) {
            self.list(item, text, node, source);
        } else if segment.zone.has(Zone::NOTE) || crate::content::is_note(&text.text) {
            self.push(BlockKind::Note { text }, node, source);
        } else if segment.zone.has(Zone::DECK) && self.is_before_prose() {
            self.push(BlockKind::Deck { text }, node, source);
        } else {
            self.push(BlockKind::Paragraph { text }, node, source);
        }
    }

    /// Whether nothing but decks and figures has been built.
    fn is_before_prose(&self) -> bool {
        self.blocks
            .iter()
            .all(|b| matches!(b.kind, BlockKind::Deck { .. } | BlockKind::Figure { .. }))
    }

    fn push(&mut self, kind: BlockKind, node: NodeId, source: SourceRange) {
        self.group = Group::None;
        self.nodes.push(node);
        let start = self.page.start();
        let (done, whole) = (node.saturating_sub(start), self.page.end().saturating_sub(start));
        let block = Block { kind, source: vec![source] };
        room::push(&mut self.blocks, block, done as usize, whole as usize);
    }

    fn quote(&mut self, quote: NodeId, text: Text, node: NodeId, source: SourceRange) {
        if self.group == Group::Quote(quote)
            && let Some(Block { kind: BlockKind::BlockQuote { text: old, .. }, source: sources }) =
                self.blocks.last_mut()
        {
            inline::join(old, "\n", text);
            sources.push(source);
            return;
        }
        self.push(BlockKind::BlockQuote { text, attribution: None }, node, source);
        self.group = Group::Quote(quote);
    }

    fn list(&mut self, item: NodeId, text: Text, node: NodeId, source: SourceRange) {
        let parent = self.page.dom.parent(item);
        // Items without a list are shown as items; those of one parent are one list.
        let bare = (!LISTS.contains(&self.page.dom.tag(parent))).then_some(parent);
        let Some(list) = self.page.outermost(item, &LISTS).or(bare) else {
            self.push(BlockKind::Paragraph { text }, node, source);
            return;
        };
        let same_item = self.group == Group::List { list, item };
        let same_list = matches!(self.group, Group::List { list: l, .. } if l == list);
        let depth = self
            .page
            .dom
            .ancestors(item)
            .take_while(|a| *a != list)
            .filter(|a| LISTS.contains(&self.page.dom.tag(*a)))
            .count();
        let item_block = ListItem { depth: u8::try_from(depth).unwrap_or(u8::MAX), text };
        if same_list
            && let Some(Block { kind: BlockKind::List { items, .. }, source: sources }) =
                self.blocks.last_mut()
        {
            sources.push(source);
            match items.last_mut() {
                Some(last) if same_item => inline::join(&mut last.text, "\n", item_block.text),
                _ => items.push(item_block),
            }
        } else {
            let ordered = self.page.dom.tag(list) == Tag::Ol;
            self.push(BlockKind::List { ordered, items: vec![item_block] }, node, source);
        }
        self.group = Group::List { list, item };
    }

    /// The data table a segment stands in.
    fn data_table(&mut self, segment: &Segment) -> Option<NodeId> {
        let table = self.page.outermost(segment.container, &[Tag::Table])?;
        if self.table.0 != table {
            self.table = (table, table::is_data(&self.page, table));
        }
        self.table.1.then_some(table)
    }

    fn table(&mut self, table: NodeId) {
        self.at = self.page.dom.end(table);
        if self.group != Group::Table(table) {
            let kind = table::read(&self.page, table, &mut self.tally);
            self.push(kind, table, self.page.dom.extent(table));
            self.group = Group::Table(table);
        }
    }

    fn code(&self, segment: &Segment) -> String {
        let text = content::text_of(self.page.dom, segment);
        text.trim_matches('\n').trim_end().to_owned()
    }

    /// Captioned pictures after the last paragraph: all inside the story's element, and a gallery of at
    /// least [`GALLERY`] in the article or main element around it.
    fn rest(&mut self) {
        let page = self.page;
        let inside = page.dom.end(page.story.root);
        let around = page.dom.ancestors(page.story.root);
        let outer = around.filter(|a| matches!(page.dom.tag(*a), Tag::Article | Tag::Main)).last();
        let end = outer.map_or(inside, |id| page.dom.end(id));
        let mut found = Vec::new();
        let mut skip = self.at;
        for id in self.at..end {
            if id < skip || page.is_junk(id) {
                continue;
            }
            if let Some((kind, until)) =
                figure::read(&page, id).filter(|(kind, _)| has_caption(kind))
            {
                found.push((id, kind));
                skip = until;
            }
        }
        let is_gallery = found.len() >= GALLERY;
        for (id, kind) in found.into_iter().filter(|(id, _)| is_gallery || *id < inside) {
            self.push(kind, id, page.dom.extent(id));
        }
    }

    /// Pictures and embeds between what was built and node `end`. The text of a post is its embed's, and so
    /// dealt with as a whole.
    fn between(&mut self, end: NodeId) {
        let range: Range<NodeId> = self.at..end;
        let mut skip = 0;
        for id in range {
            if id < skip || self.page.is_junk(id) {
                continue;
            }
            let found = figure::read(&self.page, id).or_else(|| embed::read(&self.page, id));
            if let Some((kind, until)) = found {
                let extent = self.page.dom.extent(id);
                if matches!(kind, BlockKind::Embed { quoted: Some(_), .. }) {
                    self.at = until;
                }
                self.push(kind, id, extent);
                skip = until;
            }
        }
        self.at = self.at.max(end);
    }
}

/// Captioned pictures that make a gallery.
const GALLERY: usize = 3;

fn has_caption(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Figure { image } if image.caption.is_some())
}

/// Units up to which a paragraph all in bold is a heading.
const MAX_BOLD_HEADING: u32 = 120;

fn heading_level(page: &Page<'_>, segment: &Segment) -> Option<u8> {
    let in_list = page.around(segment.container, &[Tag::Li, Tag::Blockquote, Tag::Td]).is_some();
    let tag = page.dom.tag(segment.container);
    let tagged = tag.heading_level().or_else(|| {
        page.dom.ancestors(segment.container).take(2).find_map(|a| page.dom.tag(a).heading_level())
    });
    let counts = &segment.counts;
    let bold = counts.bold_units == counts.units
        && counts.units <= MAX_BOLD_HEADING
        && counts.stops == 0
        && !in_list;
    tagged.or(bold.then_some(3)).map(|level| level.max(2))
}

/// Removes what makes no sense at the end: headings without anything below them.
fn tidy(blocks: &mut Vec<Block>) {
    while matches!(blocks.last(), Some(Block { kind: BlockKind::Heading { .. }, .. })) {
        blocks.pop();
    }
    turns(blocks);
}

/// Share of paragraphs that must be questions in bold for a text to be an interview.
const QUESTION_SHARE: f32 = 0.2;

/// Makes turns out of an interview's paragraphs: questions all in bold that end with a question mark,
/// at least three of them.
fn turns(blocks: &mut [Block]) {
    let question = |b: &Block| match &b.kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph { text } => is_question(text),
        _ => false,
    };
    let questions = blocks.iter().filter(|b| question(b)).count();
    if questions < 3 || (questions as f32) < QUESTION_SHARE * blocks.len() as f32 {
        return;
    }
    let mut begun = false;
    for block in blocks {
        let asks = question(block);
        begun |= asks;
        if begun
            && !is_set_apart(block)
            && let BlockKind::Paragraph { text } | BlockKind::Heading { text, .. } = &mut block.kind
        {
            let role = if asks { TurnRole::Question } else { TurnRole::Answer };
            block.kind = BlockKind::Turn { role, text: std::mem::take(text) };
        }
    }
}

/// A paragraph all in italics between the turns is the editor's.
fn is_set_apart(block: &Block) -> bool {
    use crate::article::MarkKind;
    matches!(&block.kind, BlockKind::Paragraph { text } if is_all(text, &MarkKind::Emphasis))
}

fn is_question(text: &Text) -> bool {
    use crate::article::MarkKind;
    text.text.ends_with(['?', '？', '؟']) && is_all(text, &MarkKind::Strong)
}

/// Whether one mark of this kind covers the whole text.
fn is_all(text: &Text, kind: &crate::article::MarkKind) -> bool {
    text.marks.iter().any(|m| m.kind == *kind && m.start == 0 && m.end as usize == text.text.len())
}

/// The absolute `http(s)` or `mailto` address that an attribute gives.
pub(crate) fn address(base: Option<&Url>, raw: &str) -> Option<String> {
    let raw = raw.trim();
    let url = match base {
        Some(base) => base.join(raw).ok()?,
        None => Url::parse(raw).ok()?,
    };
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into())
}

/// The document's base: `<base href>` against the page's address.
pub(crate) fn base(dom: &Dom, url: Option<&str>, warnings: &mut Vec<Warning>) -> Option<Url> {
    let page = url.and_then(|u| Url::parse(u).ok());
    let stated = dom
        .all()
        .take(400)
        .find(|id| dom.tag(*id) == Tag::Base)
        .and_then(|id| dom.attr(id, local_name!("href")));
    let base = match (stated, page) {
        (Some(href), Some(page)) => page.join(href).ok().or(Some(page)),
        (Some(href), None) => Url::parse(href).ok(),
        (None, page) => page,
    };
    proportionate(base?, dom, warnings)
}

/// Length of a base that is never out of proportion, in bytes: a link takes 15 bytes of a page at least.
const SHORT_BASE: usize = 128;
/// What all addresses of a page may grow by where it is their base, in bytes, and a node of the page more.
const GROWTH: (usize, usize) = (1 << 20, 128);

/// The base, or its folder, where that cannot blow up the page: each relative address takes it in whole,
/// so that a long one in half of the page and short links in the other half give the square of it.
fn proportionate(base: Url, dom: &Dom, warnings: &mut Vec<Warning>) -> Option<Url> {
    if base.as_str().len() <= SHORT_BASE {
        return Some(base);
    }
    let addresses = dom.all().filter(|id| dom.attributes(*id).len() > 0).count();
    let most = GROWTH.0 + GROWTH.1 * dom.len();
    let fits = |url: &Url| url.as_str().len() * addresses <= most;
    if fits(&base) {
        return Some(base);
    }
    let folder = base.join(".").ok().filter(fits);
    let instead = folder.as_ref().map_or("left out", |_| "counted from its folder");
    let message =
        format!("the base has {} bytes: relative addresses are {instead}", base.as_str().len());
    warnings.push(Warning::new(WarningCode::LongBase, message));
    folder
}
