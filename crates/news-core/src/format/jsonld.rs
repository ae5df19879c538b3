//! A schema.org `NewsArticle` in JSON-LD, ready to be put into a page.

use super::clean::{image_source, link_target};
use super::json::{JsonStyle, to_json};
use super::record::{Node, Record};
use super::{in_bytes, value};
use crate::article::{
    Article, Attribution, Block, BlockKind, EntityKind, Image, Kind, Readout, SignOffKind,
};
use crate::metadata::{Access, Author, Metadata};

/// The article as one object. `<` is escaped, so that no text can end the script around it.
pub(super) fn write(article: &Article) -> String {
    let article = &in_bytes(article);
    let meta = &article.metadata;
    let url = value(meta.url.as_ref()).and_then(|url| link_target(url)).map(Node::Text);
    let record = Record::default()
        .line("@context", "https://schema.org")
        .line("@type", kind(article.verdict.kind))
        .with("@id", url.clone())
        .with("url", url.clone())
        .with("mainEntityOfPage", url)
        .with_line("headline", value(meta.headline.as_ref()))
        .with_line("alternativeHeadline", value(meta.alternative_headline.as_ref()))
        .with_line("abstract", value(meta.deck.as_ref()))
        .with_line("description", value(meta.description.as_ref()))
        .with("author", value(meta.authors.as_ref()).map(|all| Node::list(all.iter().map(person))))
        .with("editor", Node::list(signed(article, SignOffKind::Editing)))
        .with("contributor", Node::list(signed(article, SignOffKind::Contributor)))
        .with("translator", Node::list(signed(article, SignOffKind::Translation)))
        .with_line("datePublished", value(meta.published.as_ref()).map(ToString::to_string))
        .with_line("dateModified", value(meta.modified.as_ref()).map(ToString::to_string));
    let record = about(meta, record)
        .with("image", value(meta.image.as_ref()).map(|image| picture(image).into()))
        .with_line("dateline", article.wire.dateline.as_ref().map(|line| &line.raw))
        .with("locationCreated", places(article))
        .with("wordCount", words(article))
        .with("articleBody", Node::Text(article.text()))
        .with("correction", corrections(&article.blocks))
        .with("liveBlogUpdate", Node::list(article.blocks.iter().filter_map(live_update)))
        .with("mentions", mentions(article))
        .with("hasPart", quotations(article))
        .with("comment", Node::list(article.comments.iter().map(|c| comment(&c.text))));
    to_json(&record, JsonStyle::Indented).replace('<', "\\u003c")
}

/// The type of schema.org that says most.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Opinion => "OpinionNewsArticle",
        Kind::Analysis => "AnalysisNewsArticle",
        Kind::LiveBlog => "LiveBlogPosting",
        Kind::Sponsored => "AdvertiserContentArticle",
        Kind::Listing | Kind::HomePage => "CollectionPage",
        Kind::SearchResults => "SearchResultsPage",
        Kind::Forum | Kind::Product | Kind::ErrorPage | Kind::NotArticle => "WebPage",
        _ => "NewsArticle",
    }
}

fn about(meta: &Metadata, record: Record) -> Record {
    let rights = value(meta.rights.as_ref());
    let licence = rights.and_then(|rights| link_target(rights));
    let notice = if licence.is_none() { rights } else { None };
    let site = value(meta.site_name.as_ref()).map(|name| named("WebSite", name).into());
    record
        .with(
            "publisher",
            value(meta.publisher.as_ref()).map(|name| named("Organization", name).into()),
        )
        .with("isPartOf", site)
        .with(
            "sourceOrganization",
            value(meta.agency.as_ref()).map(|a| named("NewsMediaOrganization", a).into()),
        )
        .with_line("articleSection", value(meta.section.as_ref()))
        .with("keywords", value(meta.tags.as_ref()).map(Node::lines))
        .with_line("inLanguage", value(meta.language.as_ref()))
        .with(
            "isAccessibleForFree",
            value(meta.access.as_ref()).map(|a| Node::Flag(*a == Access::Free)),
        )
        .with("license", licence.map(Node::Text))
        .with_line("copyrightNotice", notice)
}

fn typed(kind: &'static str) -> Record {
    Record::default().line("@type", kind)
}

fn named(kind: &'static str, name: &str) -> Record {
    typed(kind).line("name", name)
}

fn person(author: &Author) -> Record {
    let kind = if author.is_organisation { "Organization" } else { "Person" };
    let employer = author.organisation.as_ref().map(|name| named("Organization", name).into());
    named(kind, &author.name)
        .with_line("jobTitle", author.role.as_ref())
        .with("worksFor", employer)
        .with_line("email", author.email.as_ref())
        .with("url", author.url.as_deref().and_then(link_target).map(Node::Text))
}

fn signed(article: &Article, kind: SignOffKind) -> impl Iterator<Item = Record> {
    let lines = article.wire.sign_offs.iter().filter(move |line| line.kind == kind);
    lines.flat_map(|line| line.people.iter().map(person))
}

fn picture(image: &Image) -> Record {
    typed("ImageObject")
        .with("url", image_source(&image.url).map(Node::Text))
        .with_line("caption", image.caption.as_ref())
        .with_line("creditText", image.credit.as_ref())
        .with_line("description", image.alt.as_ref())
        .with("width", image.width.map(|n| Node::Number(n.into())))
        .with("height", image.height.map(|n| Node::Number(n.into())))
}

fn places(article: &Article) -> Node {
    let places = article.wire.dateline.iter().flat_map(|line| &line.place);
    Node::list(places.map(|place| named("Place", place)))
}

fn words(article: &Article) -> Option<Node> {
    let words = article.text().split_whitespace().count();
    (words > 0).then_some(Node::Number(words as u64))
}

fn corrections(blocks: &[Block]) -> Node {
    let notes = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Note { text } => Some(typed("CorrectionComment").line("text", &text.text)),
        _ => None,
    });
    Node::list(notes)
}

fn live_update(block: &Block) -> Option<Record> {
    let BlockKind::LiveEntry { time, heading, blocks } = &block.kind else { return None };
    let text: Vec<_> = blocks.iter().flat_map(Block::lines).collect();
    let record = typed("BlogPosting")
        .with_line("headline", heading.as_ref())
        .with_line("datePublished", time.as_ref())
        .with("articleBody", Node::Text(text.join("\n")));
    Some(record)
}

fn mentions(article: &Article) -> Node {
    let entities = article.reading.iter().flat_map(|reading| &reading.entities);
    Node::list(entities.map(|entity| {
        match &entity.kind {
            EntityKind::Person { honorific, .. } => named("Person", &entity.name)
                .with_line("honorificPrefix", honorific.as_ref())
                .with_line("jobTitle", entity.role()),
            EntityKind::Organisation { acronym } => {
                named("Organization", &entity.name).with_line("alternateName", acronym.as_ref())
            }
            EntityKind::Place { country } => {
                let address = typed("PostalAddress").with_line("addressCountry", country.as_ref());
                let address = country.is_some().then_some(address.into());
                named("Place", &entity.name).with("address", address)
            }
        }
    }))
}

/// What is said in the article, by whom.
fn quotations(article: &Article) -> Node {
    let readout = Readout::from(article.clone());
    Node::list(readout.attributions().iter().map(quotation))
}

fn quotation(said: &Attribution<'_>) -> Record {
    let speaker = said.speaker.map(|name| named("Thing", name).with_line("description", said.role));
    typed("Quotation").line("text", &said.said.join(" ")).with("creator", speaker.map(Node::Object))
}

fn comment(text: &str) -> Record {
    typed("Comment").with("text", Node::Text(text.to_owned()))
}
